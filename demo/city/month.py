"""Writes all files of one month, as the departments would hand them over.

Guarantees: memory does not grow with the number of payees; files of an earlier month are never
written over; `files/` appears only when it is complete. Does not guarantee that anybody reads
them rightly: `planted.json` says what must be found.
"""

import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from demo.city.certification import Certification
from demo.city.death_register import DeathRegister, death_of, deaths_of
from demo.city.desk import Desk, Progress, Run
from demo.city.errors import CityError
from demo.city.layout import Layout
from demo.city.plan import City
from demo.city.planted import Planted, Sightings, planted_faults, write_planted
from demo.city.planting import plant_faults
from demo.city.population import populate
from demo.city.vouchers import Vouchers

# Which strangers appear in the files that cannot be read; the ones before may be swapped in.
_CERTIFIED_STRANGERS = slice(40, 80)
_DEAD_STRANGERS = slice(80, 120)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What was written. `layout` finds the files; paths in `planted` count from `layout.root`."""

    city: City
    layout: Layout
    runs: tuple[Run, ...]
    reissues: tuple[Run, ...]
    deaths: int
    planted_file: Path
    planted: tuple[Planted, ...]


def in_silence(lines: int) -> None:
    """The progress that nobody watches."""


def write_month(city: City, out: Path, progress: Progress = in_silence) -> Month:
    """Write `out/files/` and `out/planted.json`; `progress` is told how many lines were added."""
    final, partial = out / "files", out / "files.partial"
    if final.exists():
        raise CityError(
            f"{final} 已存在：请换一个目录，或先删除它",
            f"{final} exists: choose another directory or remove it first",
        )

    shutil.rmtree(partial, ignore_errors=True)
    month = _write(city, Layout(root=partial), out / "planted.json", progress)
    partial.rename(final)
    return month


def _write(city: City, layout: Layout, planted_file: Path, progress: Progress) -> Month:
    populations, seen = populate(city), Sightings()
    planting = plant_faults(city, populations)
    timetable = city.timetable
    with ExitStack() as open_files:
        desk = Desk(
            city=city,
            layout=layout,
            populations=populations,
            planting=planting,
            seen=seen,
            certification=Certification(layout.certification, city),
            vouchers=Vouchers(layout.vouchers, timetable.vouchers_issued),
            vouchers_reissue=Vouchers(layout.vouchers_reissue, timetable.reissue_vouchers_issued),
            progress=progress,
        )
        for file in (desk.certification, desk.vouchers, desk.vouchers_reissue):
            open_files.enter_context(file.table)
        written = [desk.write_street(street) for street in city.streets]
    deaths = _write_deaths(desk)
    _write_supplements(desk)

    planted = planted_faults(city, planting, seen)
    write_planted(planted_file, city, planted)
    return Month(
        city=city,
        layout=Layout(root=layout.root.with_name("files")),
        runs=tuple(run for run, _ in written),
        reissues=tuple(reissue for _, reissue in written if reissue is not None),
        deaths=deaths,
        planted_file=planted_file,
        planted=planted,
    )


def _write_deaths(desk: Desk) -> int:
    """The death register of all districts; answers how many deaths it holds."""
    deaths = 0
    register = DeathRegister(desk.layout.deaths, desk.city)
    with register.table:
        for district in desk.city.districts:
            population = desk.populations[district.code]
            for death in deaths_of(desk.city, district, population, desk.planting):
                row = register.append(death, district)
                deaths += 1
                if death.plant is not None:
                    desk.seen.note(death.plant, desk.layout.name(register.path), row)
    return deaths


def _write_supplements(desk: Desk) -> None:
    """Two files that no careful reader accepts. They name strangers, so nothing else follows."""
    city, layout, district = desk.city, desk.layout, desk.city.districts[0]
    population = desk.populations[district.code]
    certification = Certification(layout.certification_supplement, city, encoding="utf-16")
    with certification.table:
        for index in population.strangers[_CERTIFIED_STRANGERS]:
            certification.append(population.person(index))

    register = DeathRegister(layout.deaths_supplement, city, without_day=True)
    with register.table:
        for index in population.strangers[_DEAD_STRANGERS]:
            death = death_of(city, population.person(index), city.timetable.notice_opens)
            register.append(death, district)
