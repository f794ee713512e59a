"""planted.json: every fault put in, where it stands, and what must be found because of it.

Shape: `{version, seed, month, payees, faults[], decoys[]}`; each fault `{id, fault, title {zh, en},
street, file, row, application, id_number, expect[], also[]}`. `row` counts from 1 with titles and
header, and is null where the whole file is at fault. `also` lists the other rows written for it.
Decoys look like faults and must not be reported.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from demo.city.faults import (
    CREDITED_OFF_BY_ONE_FEN,
    DIED_IN_PAID_MONTH,
    FAULT_KINDS,
    SWAPPED_AFTER_NOTICE,
    FaultKind,
)
from demo.city.lines import application_of
from demo.city.plan import City
from demo.city.planting import Plant, Planting, plant_ids

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A row of a file below `files/`."""

    file: str
    row: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A finding that must appear: in the audit (`rule`, person, run) or in quarantine (place)."""

    where: str
    rule: str
    id_number: str | None = None
    run: str | None = None
    file: str | None = None
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    id: str
    fault: str
    title_zh: str
    title_en: str
    street: str | None
    place: Place
    application: str | None
    id_number: str | None
    expect: tuple[Expected, ...]
    also: tuple[Place, ...]


@dataclass(slots=True)
class Sightings:
    """Collects where the rows of each planted fault were written."""

    places: dict[str, list[Place]] = field(default_factory=dict)

    def note(self, plant: Plant, file: str, row: int) -> None:
        self.places.setdefault(plant.id, []).append(Place(file=file, row=row))


def planted_faults(city: City, planting: Planting, seen: Sightings) -> tuple[Planted, ...]:
    """All faults in the order of their ids, the decoys last."""
    by_street = sorted(planting.plants, key=lambda plant: plant.street.number)
    plants = {plant.id: plant for plant in reversed(by_street)}  # of a duplicate, the first street
    ids = plant_ids(city)
    return tuple(
        _of_person(city, plants[plant_id], seen.places[plant_id])
        if plant_id in plants
        else _of_file(plant_id, kind)
        for kind in (*FAULT_KINDS, DIED_IN_PAID_MONTH)
        for plant_id in ids[kind.slug]
    )


def write_planted(path: Path, city: City, planted: Iterable[Planted]) -> None:
    every = list(planted)
    decoy = DIED_IN_PAID_MONTH.slug
    document = {
        "version": VERSION,
        "seed": city.seed,
        "month": city.month,
        "payees": city.payees,
        "faults": [_as_json(one) for one in every if one.fault != decoy],
        "decoys": [_as_json(one) for one in every if one.fault == decoy],
    }
    text = json.dumps(document, ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _of_person(city: City, plant: Plant, places: list[Place]) -> Planted:
    kind = plant.kind
    place = next(place for place in places if place.file.startswith(kind.mark.value))
    return Planted(
        id=plant.id,
        fault=kind.slug,
        title_zh=kind.title_zh,
        title_en=kind.title_en,
        street=plant.street.code,
        place=place,
        application=application_of(city, plant.street, plant.index),
        id_number=plant.person.id_number,
        expect=tuple(_expected(city, plant, place)),
        also=tuple(other for other in places if other is not place),
    )


def _expected(city: City, plant: Plant, place: Place) -> Iterator[Expected]:
    kind = plant.kind
    if kind.quarantine_rule:
        yield _quarantined(kind, kind.quarantine_rule, place)
    run = city.run_code(plant.street) if kind is CREDITED_OFF_BY_ONE_FEN else None
    for rule in kind.audit_rules:
        yield Expected(where="audit", rule=rule, id_number=plant.person.id_number, run=run)
        if kind is SWAPPED_AFTER_NOTICE and plant.noticed is not None:
            yield Expected(where="audit", rule=rule, id_number=plant.noticed.id_number)


def _of_file(plant_id: str, kind: FaultKind) -> Planted:
    place = Place(file=kind.mark.value, row=None)
    return Planted(
        id=plant_id,
        fault=kind.slug,
        title_zh=kind.title_zh,
        title_en=kind.title_en,
        street=None,
        place=place,
        application=None,
        id_number=None,
        expect=(_quarantined(kind, kind.quarantine_rule or "", place),),
        also=(),
    )


def _quarantined(kind: FaultKind, rule: str, place: Place) -> Expected:
    return Expected(
        where="quarantine", rule=rule, file=place.file, row=place.row, column=kind.column
    )


def _as_json(planted: Planted) -> dict[str, object]:
    return {
        "id": planted.id,
        "fault": planted.fault,
        "title": {"zh": planted.title_zh, "en": planted.title_en},
        "street": planted.street,
        "file": planted.place.file,
        "row": planted.place.row,
        "application": planted.application,
        "id_number": planted.id_number,
        "expect": [
            {name: value for name, value in asdict(one).items() if value is not None}
            for one in planted.expect
        ],
        "also": [asdict(place) for place in planted.also],
    }
