"""The rules of quarantine: why a row or a file cannot be taken, and what a clerk does about it.

A rule that starts with `file-` refuses the whole file; every other one refuses one row.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A stable slug, what is wrong, and the one thing to do."""

    slug: str
    zh: str
    en: str
    todo_zh: str
    todo_en: str

    @property
    def whole_file(self) -> bool:
        """Whether the rule refuses the file rather than one row."""
        return self.slug.startswith("file-")


_TABLE = (
    (
        "id-number-rounded",
        "证件号码单元格是数字格式,后几位已丢失",
        "the ID number is in a numeric cell and has lost its last digits",
        "将该列设为文本格式,按原件重新录入此号码",
        "format the column as text and type the number again from the document",
    ),
    (
        "id-number-checksum",
        "证件号码校验位不符(GB 11643)",
        "the check character of the ID number is wrong (GB 11643)",
        "按证件原件核对后更正",
        "compare with the document and correct it",
    ),
    (
        "id-number-shape",
        "证件号码不是 18 位(或旧版 15 位)",
        "the ID number is not of 18 characters (or a legacy one of 15)",
        "按证件原件核对后更正",
        "compare with the document and correct it",
    ),
    (
        "id-number-date",
        "证件号码中的出生日期不存在",
        "the date of birth inside the ID number does not exist",
        "按证件原件核对后更正",
        "compare with the document and correct it",
    ),
    (
        "organisation-id",
        "统一社会信用代码不正确(GB 32100)",
        "not a unified social credit code (GB 32100)",
        "按登记证书核对后更正",
        "compare with the certificate and correct it",
    ),
    (
        "number-rounded",
        "号码单元格是数字格式,超过 15 位的数字已丢失",
        "a number of more than 15 digits stands in a numeric cell and has lost digits",
        "将该列设为文本格式,重新录入此号码",
        "format the column as text and type the number again",
    ),
    (
        "value-missing",
        "必填项为空",
        "a value that is required is missing",
        "补填此单元格",
        "fill in this cell",
    ),
    (
        "value-not-money",
        "不是金额",
        "not an amount of money",
        "按 1234.50 的写法更正,最多两位小数",
        "write it like 1234.50, with at most two decimals",
    ),
    (
        "value-not-date",
        "不是约定写法的日期",
        "not a date in an agreed form",
        "按 2026-10-08 的写法更正",
        "write it like 2026-10-08",
    ),
    (
        "value-not-number",
        "不是整数",
        "not a whole number",
        "改为阿拉伯数字",
        "write it in digits",
    ),
    (
        "value-not-digits",
        "号码中有数字以外的字符",
        "a number with characters that are not digits",
        "按原件核对后更正",
        "compare with the document and correct it",
    ),
    (
        "value-not-code",
        "不是代码(字母、数字、点、横线,最多 31 位)",
        "not a code (letters, digits, dots, hyphens, at most 31)",
        "按代码表更正",
        "correct it from the table of codes",
    ),
    (
        "value-unknown",
        "不是约定的取值",
        "not one of the agreed values",
        "按约定的取值更正,或请管理员补充映射文件",
        "use an agreed value, or have the mapping file extended",
    ),
    (
        "row-too-long",
        "该行比表头多出单元格,列可能已错位",
        "the row has more cells than the header; its columns may have shifted",
        "检查该行是否多了分隔符",
        "look for an extra separator in the row",
    ),
    (
        "duplicate-in-file",
        "同一人同一月的待遇在本名册中已有一行",
        "this duty is already on the list: same person, same month",
        "核实后删除重复的一行,或另行申报补差",
        "remove the second row, or file an adjustment of its own",
    ),
    (
        "not-in-run",
        "附言中的申请编号不在该发放批次中",
        "the application number is not in this run",
        "向银行核对该笔属于哪个批次",
        "ask the bank which run the line belongs to",
    ),
    (
        "file-encoding",
        "文件编码不是约定的编码",
        "the file is not in an agreed encoding",
        "请报送单位按约定编码重新导出",
        "have the sender export it again in the agreed encoding",
    ),
    (
        "file-missing-column",
        "文件缺少必需的列",
        "the file lacks a column that is needed",
        "请报送单位补齐该列后重新报送",
        "have the sender add the column and send the file again",
    ),
    (
        "file-ambiguous-column",
        "文件中有两列同名",
        "two columns of the file carry one title",
        "请报送单位改正表头后重新报送",
        "have the sender correct the header and send the file again",
    ),
    (
        "file-damaged",
        "文件打不开或已损坏",
        "the file cannot be opened or is damaged",
        "请报送单位重新导出",
        "have the sender export it again",
    ),
    (
        "file-empty",
        "文件没有表头或没有数据行",
        "the file has no header or no rows",
        "确认报送单位是否发错文件",
        "ask the sender whether it is the right file",
    ),
)

RULES: dict[str, Rule] = {
    slug: Rule(slug=slug, zh=zh, en=en, todo_zh=todo_zh, todo_en=todo_en)
    for slug, zh, en, todo_zh, todo_en in _TABLE
}


def rule(slug: str) -> Rule:
    """The rule of this slug."""
    return RULES[slug]
