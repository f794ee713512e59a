"""CSV files, decoded strictly and as a stream: one encoding must fit the whole file.

The agreed encodings are tried in their order, each over the whole file before a row is read. Where
none shows the header, but another common one does, the file is refused for its encoding.
"""

import codecs
import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from oracles.cell import Row, Table, fold
from oracles.errors import FileRefused

CHUNK_BYTES = 1 << 16
FIELD_CHARACTERS_MAX = 1 << 17
_COMMON = ("utf-8-sig", "gb18030", "utf-16", "big5")


def read_csv(path: Path, encodings: Sequence[str], titles: Sequence[str], search: int) -> Table:
    """The rows of a CSV file. Raises FileRefused (`file-encoding`, `file-damaged`)."""
    encoding = _encoding(path, encodings, titles, search)
    return Table(sheet="", rows=_rows(path, encoding), count=None)


def _encoding(path: Path, encodings: Sequence[str], titles: Sequence[str], search: int) -> str:
    readable = [encoding for encoding in encodings if decodes(path, encoding)]
    for encoding in readable:
        if _shows(path, encoding, titles, search):
            return encoding

    others = [other for other in _COMMON if other not in encodings]
    likely = [o for o in others if decodes(path, o) and _shows(path, o, titles, search)]
    expected = " / ".join(_plain(encoding) for encoding in encodings)
    if likely:
        raise FileRefused("file-encoding", expected=expected, got=_plain(likely[0]))
    if not readable:
        raise FileRefused("file-encoding", expected=expected, got="其他编码 another one")
    return readable[0]


def decodes(path: Path, encoding: str) -> bool:
    """Whether every byte of the file is of this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _shows(path: Path, encoding: str, titles: Sequence[str], search: int) -> bool:
    """Whether at least half of the titles stand in the first rows, read in this encoding."""
    try:
        rows = list(islice(_rows(path, encoding), search))
    except (FileRefused, UnicodeError):
        return False
    seen = {fold(value) for row in rows for value in row.values}
    return 2 * sum(fold(title) in seen for title in titles) >= len(titles)


def _rows(path: Path, encoding: str) -> Iterator[Row]:
    csv.field_size_limit(FIELD_CHARACTERS_MAX)
    try:
        with path.open(encoding=encoding, newline="") as file:
            for number, values in enumerate(csv.reader(file, strict=True), 1):
                yield Row(number, values)
    except csv.Error as error:
        raise FileRefused("file-damaged", got=f"CSV: {error}") from error


def _plain(encoding: str) -> str:
    names = {"utf-8-sig": "UTF-8", "gb18030": "GB 18030", "utf-16": "UTF-16", "big5": "Big5"}
    return names.get(encoding, encoding.upper())
