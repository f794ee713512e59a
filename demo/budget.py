"""Chapter: money comes down from the appropriation to the streets, and not a fen more."""

from demo.cast import CIVIL, FINANCE, district_agency, street_agency
from demo.city import City, Run
from demo.stage import Stage
from fundtrail.money import yuan
from fundtrail.statements import Allot, PassOn

RESERVE_STEP_FEN = 1_000_000  # funds are rounded up to whole ten thousand yuan
YEAR = 2026


def fund_code(city: City, place: str = "") -> str:
    """`OAA-2026` for the appropriation, `OAA-2026-190102` for a district."""
    root = f"{city.policy.programme}-{YEAR}"
    return f"{root}-{place}" if place else root


def bring_down(stage: Stage, city: City, runs: tuple[Run, ...]) -> int:
    """Allot and pass on what each street's month needs; answers the appropriation in fen.

    One attempt to pass on a fen too much is refused on the way.
    """
    needs = {run.street.code: _rounded_up(run.total_fen) for run in runs}
    per_district = {
        district.code: sum(needs[street.code] for street in district.streets)
        for district in city.districts
    }
    total = sum(per_district.values())
    finance, civil = stage.cast.officer(FINANCE, "budget"), stage.cast.officer(CIVIL, "budget")

    appropriation, city_fund = fund_code(city), fund_code(city, "1901")
    stage.act(
        finance,
        Allot(
            id="ZB-2026-1",
            fund=appropriation,
            programme=city.policy.programme,
            year=YEAR,
            agency=FINANCE,
            amount_fen=total,
            basis=stage.basis("云财社指〔2026〕1号"),
        ),
        f"下达指标 {appropriation} {yuan(total)} 元 appropriated",
    )
    stage.act(
        finance,
        _pass_on(stage, 2, appropriation, city_fund, CIVIL, total),
        f"下拨 passed on → {city_fund} {yuan(total)} 元",
    )
    number = 2
    for district in city.districts:
        number += 1
        fund, amount = fund_code(city, district.code), per_district[district.code]
        agency = district_agency(district.code)
        stage.act(
            civil,
            _pass_on(stage, number, city_fund, fund, agency, amount),
            f"下拨 passed on → {fund} {yuan(amount)} 元",
        )
    first = city.districts[0]
    stage.refused(
        stage.cast.officer(district_agency(first.code), "budget"),
        _pass_on(
            stage,
            99,
            fund_code(city, first.code),
            fund_code(city, first.streets[0].code),
            street_agency(first.streets[0].code),
            per_district[first.code] + 1,
        ),
        f"下拨 {yuan(per_district[first.code] + 1)} 元,多 0.01 元 one fen too much",
    )
    for district in city.districts:
        officer = stage.cast.officer(district_agency(district.code), "budget")
        for street in district.streets:
            number += 1
            fund, amount = fund_code(city, street.code), needs[street.code]
            parent, agency = fund_code(city, district.code), street_agency(street.code)
            stage.act(
                officer,
                _pass_on(stage, number, parent, fund, agency, amount),
                f"下拨 passed on → {fund} {yuan(amount)} 元",
            )
    return total


def _pass_on(
    stage: Stage, number: int, parent: str, fund: str, agency: str, amount_fen: int
) -> PassOn:
    return PassOn(
        id=f"ZB-2026-{number}",
        parent=parent,
        fund=fund,
        agency=agency,
        amount_fen=amount_fen,
        basis=stage.basis(f"云财社指〔2026〕{number}号"),
    )


def _rounded_up(amount_fen: int) -> int:
    return -(-amount_fen // RESERVE_STEP_FEN) * RESERVE_STEP_FEN
