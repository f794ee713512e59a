"""The synthetic city: the files that departments would really hand over for one month, by a seed.

    city = build_city(seed=7, payees=20_000)
    month = write_month(city, Path("var/demo"))

Guarantees: nobody in it can be real (identity.py, account.py), every fault in it is known
(planted.py), the same arguments give the same bytes. It knows nothing of Fundtrail.
"""

from demo.city.desk import Progress, Run
from demo.city.errors import CityError
from demo.city.layout import Layout
from demo.city.month import Month, write_month
from demo.city.plan import Bank, City, District, Street, build_city
from demo.city.planted import Expected, Place, Planted
from demo.city.policy import Band, Policy, load_policy
from demo.city.timetable import Timetable

__all__ = [
    "Band",
    "Bank",
    "City",
    "CityError",
    "District",
    "Expected",
    "Layout",
    "Month",
    "Place",
    "Planted",
    "Policy",
    "Progress",
    "Run",
    "Street",
    "Timetable",
    "build_city",
    "load_policy",
    "write_month",
]
