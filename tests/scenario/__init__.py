"""One small month, complete: contracts, statements and an evidence folder that an audit verifies.

    with Anvil(timestamp=START) as anvil:
        scenario = build_scenario(anvil.url, folder)

Three streets under one district. Street 1 is settled: one payment came back and was paid again.
Street 2 is released and waits for the bank. Street 3 is approved and waits for the treasury.
Keys, salts and times follow from constants, so equal nodes give equal bytes. Not the demo: no
department files are read here, the records are written as an oracle would have written them.

`cast` says who there is, `chain` signs and sends, `folder` writes the evidence, `month` lives it.
"""

from tests.scenario.cast import PERIOD, START, STREETS, secret
from tests.scenario.month import Scenario, build_scenario
from tests.scenario.payments import Payment

__all__ = ["PERIOD", "START", "STREETS", "Payment", "Scenario", "build_scenario", "secret"]
