"""One row through one mapping: parsed values by column name, or what is wrong with which cell."""

from collections.abc import Mapping as Table
from dataclasses import dataclass

from oracles.cell import Row, address, shape_of
from oracles.errors import CellRefused
from oracles.header import Header
from oracles.mapping import Mapping
from oracles.value import Parsed


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A line of the quarantine. `row` 0 and an empty `cell` speak of the whole file."""

    rule: str
    sheet: str = ""
    row: int = 0
    cell: str = ""
    column: str = ""
    shape: str = ""
    detail: str = ""


class RowRefused(Exception):  # it never leaves the intake
    """A row with at least one cell that cannot be read; carries all of its complaints."""

    def __init__(self, complaints: list[Complaint]) -> None:
        super().__init__(f"{len(complaints)} complaints")
        self.complaints = complaints


class RowReader:
    """Reads rows below a header."""

    def __init__(self, mapping: Mapping, header: Header, sheet: str) -> None:
        self._header, self._sheet = header, sheet
        self._columns = tuple(zip(mapping.columns, header.places, strict=True))

    def read(self, row: Row) -> Table[str, Parsed]:
        """Every mapped column's value, empty text where an optional one is. Raises RowRefused."""
        values: dict[str, Parsed] = {}
        complaints = []
        width = len(row.values)
        for column, place in self._columns:
            raw = row.values[place] if place is not None and place < width else None
            try:
                if raw is None or (isinstance(raw, str) and not raw.strip("\ufeff \t\u3000")):
                    if column.required:
                        raise CellRefused("value-missing", shape=shape_of(raw))
                    values[column.name] = ""
                else:
                    values[column.name] = column.parser(raw)
            except CellRefused as refused:
                complaints.append(self._complaint(refused, row, place or 0, column.titles[0]))
        complaints += self._too_long(row)
        if complaints:
            raise RowRefused(complaints)
        return values

    def complain(self, slug: str, row: Row, column: str) -> Complaint:
        """A complaint about the mapped column named `column` of `row`."""
        for mapped, place in self._columns:
            if mapped.name == column and place is not None:
                raw = row.values[place] if place < len(row.values) else None
                refused = CellRefused(slug, shape=shape_of(raw))
                return self._complaint(refused, row, place, mapped.titles[0])
        return Complaint(rule=slug, sheet=self._sheet, row=row.number)

    def _too_long(self, row: Row) -> list[Complaint]:
        beyond = row.values[self._header.width :]
        for place, raw in enumerate(beyond, self._header.width):
            if raw is not None and str(raw).strip():
                refused = CellRefused("row-too-long", shape=shape_of(raw))
                return [self._complaint(refused, row, place, "")]
        return []

    def _complaint(self, refused: CellRefused, row: Row, place: int, column: str) -> Complaint:
        return Complaint(
            rule=refused.rule.slug,
            sheet=self._sheet,
            row=row.number,
            cell=address(place, row.number),
            column=column,
            shape=refused.shape,
            detail=refused.detail,
        )
