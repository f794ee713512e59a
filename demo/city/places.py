"""Names of the places in the fictional city, and addresses in them."""

from demo.city.draw import Draw

CITY_CODE = "190100"
CITY_NAME = "云州市"

MAX_DISTRICTS = 90
MAX_STREETS = 999

_LANDS = "云河湖江林山泉溪桥塔"
_SIDES = "中东滨西南北新安城"
_BLESSINGS = "安和平永宁康泰长福兴文德义礼仁信光明建华庆丰盛景春秋松柏竹梅"
_GROUNDS = "宁里园坊桥门台岗塘泉溪湾洲坡岭田庄埠亭阁苑湖河峰谷林堤港巷井渡城庙关"
_ROADS = ("幸福路", "解放路", "人民路", "和平街", "建设路", "光华里", "新民巷", "育才街")
_COMMUNITIES = ("第一", "第二", "第三", "向阳", "春晖", "桂花", "清泉", "敬老")


def district_code(number: int) -> str:
    """190102 for the first district: 01 is the city proper, as GB/T 2260 has it."""
    return f"{CITY_CODE[:4]}{number + 1:02d}"


def district_name(number: int) -> str:
    side, land = divmod(number - 1, len(_LANDS))
    return f"{_LANDS[land]}{_SIDES[(side + land) % len(_SIDES)]}区"


def street_name(number: int) -> str:
    """The `number`-th street office of the city, from 1: no two of a thousand running alike."""
    ground, blessing = divmod(number - 1, len(_BLESSINGS))
    return f"{_BLESSINGS[blessing]}{_GROUNDS[(ground + blessing) % len(_GROUNDS)]}街道"


def draw_address(draw: Draw) -> str:
    """The part of an address below the street office."""
    community, road = draw.choice(_COMMUNITIES), draw.choice(_ROADS)
    house, block = draw.below(280) + 1, draw.below(24) + 1
    room = (draw.below(18) + 1) * 100 + draw.below(4) + 1
    return f"{community}社区{road}{house}号{block}栋{room}室"
