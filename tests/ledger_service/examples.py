"""`python -m tests.ledger_service.examples`: ask for the examples again and write them down.

The examples of the OpenAPI document are real answers about the month of tests/scenario.py. Only
the payee's token is replaced, and a receipt keeps its first statement.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from fundtrail.chain.anvil import Anvil
from ledger_service.database import engine_of
from ledger_service.postgres import embedded
from ledger_service.slips import make_slips
from tests.ledger_service.conftest import NOON, Asked, index_all, running, settings_of
from tests.scenario import START, Scenario, build_scenario

FILE = Path(__file__).parents[2] / "ledger_service" / "examples.json"
RUN = "190101001-OAA-2026-10"


def ask_for_examples(asked: Asked, month: Scenario) -> dict[str, Any]:
    """The answers by the names that the routes give them."""
    payment = month.payment(outcome="credited").payment_id.hex()
    receipt = asked.get(f"/v1/payments/{payment}/receipt")
    receipt["statements"] = receipt["statements"][:1]
    return {
        "network": asked.get("/v1/network"),
        "funds": asked.get("/v1/funds?limit=2"),
        "fund": asked.get("/v1/funds/OAA-2026-190101"),
        "runs": asked.get("/v1/runs?stage=settled"),
        "run": asked.get(f"/v1/runs/{RUN}"),
        "payment": asked.get(f"/v1/payments/{payment}"),
        "receipt": receipt,
        "payee-status": _payee_status(asked, month),
    }


def ask_for_contests(asked: Asked) -> dict[str, Any]:
    """The answers about the month's contests, by the names that the routes give them."""
    (twice,) = asked.get("/v1/runs/190101002-TWICE")["challenges"]
    return {
        "dispute": asked.get("/v1/disputes/D-3"),
        "challenge": asked.get(f"/v1/challenges/{twice['id']}"),
    }


def _payee_status(asked: Asked, month: Scenario) -> Any:
    application = month.payment(outcome="returned").application
    with asked.engine.begin() as connection:
        connection.execute(text("DELETE FROM attempts"))
        slips = make_slips(connection, f"{RUN}-N", now=NOON, days=60, renew=True)
    code = next(slip.code for slip in slips if slip.application == application)
    answer = asked.client.post("/v1/payee-status", json={"code": code}).json()
    return {**answer, "token": "dG9rZW4tdGhhdC1sYXN0cy1maWZ0ZWVuLW1pbnV0ZXM"}


@contextmanager
def _asked(*, contested: bool) -> Iterator[tuple[Asked, Scenario]]:
    """A service over a chain and a database of its own."""
    with tempfile.TemporaryDirectory() as folder, Anvil(timestamp=START) as anvil:
        home = Path(folder)
        home.chmod(0o711)  # as root the database runs as another user
        month = build_scenario(anvil.url, home / "month", contested=contested)
        with embedded(home / "postgres", durable=False) as server:
            with engine_of(server.url) as engine:
                index_all(engine, month)
            with running(settings_of(month, server.url)) as asked:
                yield asked, month


def main() -> None:
    """Write `ledger_service/examples.json` anew."""
    with _asked(contested=False) as (asked, month):
        told = ask_for_examples(asked, month)
    with _asked(contested=True) as (asked, _):
        told |= ask_for_contests(asked)
    FILE.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
