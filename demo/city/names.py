"""Names as their bearers' generation has them, and how a public notice masks them.

Surnames in the order of their frequency in China; given names by sex. A few characters lie
outside GBK (䶮) or outside the basic plane (𬭎), as real registers have them: GB 18030 writes both.
"""

from demo.city.draw import Draw, Weighted

_SURNAMES = Weighted(
    {"王": 710, "李": 700, "张": 670, "刘": 520, "陈": 450, "杨": 300, "赵": 220, "黄": 220}
    | {"周": 200, "吴": 200, "徐": 150, "孙": 150, "胡": 130, "朱": 120, "高": 120, "林": 110}
    | {"何": 110, "郭": 110, "马": 110, "罗": 100, "梁": 80, "宋": 80, "郑": 80, "谢": 70}
    | {"韩": 70, "唐": 70, "冯": 70, "于": 60, "董": 60, "萧": 50, "程": 50, "曹": 50}
    | {"袁": 50, "邓": 50, "许": 50, "傅": 50, "沈": 50, "曾": 50, "彭": 50, "吕": 40}
    | {"苏": 40, "卢": 40, "蒋": 40, "蔡": 40, "贾": 40, "丁": 40, "魏": 40, "薛": 40}
    | {"叶": 40, "阎": 40, "余": 40, "潘": 40, "杜": 40, "戴": 30, "夏": 30, "钟": 30}
    | {"欧阳": 6, "上官": 2, "司马": 2, "诸葛": 2, "令狐": 1}
)
_MEN_FIRST = Weighted(
    {"建": 9, "国": 9, "志": 8, "文": 7, "德": 7, "永": 6, "明": 6, "玉": 5, "振": 4, "世": 4}
    | {"金": 4, "长": 4, "宝": 3, "正": 3, "福": 3, "庆": 3, "学": 3, "光": 3, "茂": 2, "兆": 1}
)
_MEN_LAST = Weighted(
    {"华": 8, "国": 7, "明": 7, "军": 5, "林": 5, "生": 5, "祥": 4, "荣": 4, "海": 4, "山": 4}
    | {"平": 4, "才": 3, "民": 3, "根": 3, "龙": 3, "义": 2, "堂": 2, "年": 2, "和": 2, "䶮": 1}
)
_WOMEN_FIRST = Weighted(
    {"秀": 10, "桂": 9, "玉": 9, "淑": 8, "凤": 7, "素": 6, "美": 5, "月": 5, "金": 4, "翠": 4}
    | {"春": 4, "惠": 4, "爱": 3, "彩": 3, "兰": 3, "慧": 2, "雅": 2, "云": 2, "巧": 2, "小": 2}
)
_WOMEN_LAST = Weighted(
    {"英": 10, "兰": 9, "珍": 9, "芳": 7, "华": 7, "梅": 6, "琴": 5, "云": 5, "香": 4, "莲": 4}
    | {"霞": 3, "芬": 3, "凤": 3, "娥": 3, "清": 2, "仙": 2, "娣": 2, "妹": 2, "贞": 2, "𬭎": 1}
)


def draw_name(draw: Draw, *, male: bool) -> str:
    """One name in five has a single given character."""
    first, last = (_MEN_FIRST, _MEN_LAST) if male else (_WOMEN_FIRST, _WOMEN_LAST)
    surname = draw.weighted(_SURNAMES)
    if draw.one_in(5):
        return surname + draw.weighted(last)
    return surname + draw.weighted(first) + draw.weighted(last)


def masked_name(name: str) -> str:
    """As a public notice shows it: 张*三, 张* where there are two characters."""
    if len(name) < 3:
        return name[0] + "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]
