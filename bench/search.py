"""Search over 50,000 records, half measures and half people: as many queries as over 20, p95 at most 100 ms.

Over twice as many it is measured too, to show how it grows.
"""

from collections.abc import Iterator

from bench.bodies import ROWS, opening
from bench.measuring import Result, data_queries, timed
from openintegriteit.core.roles import Role

TARGET = "p95 <= 100 ms"
# Words of many records, of some, of none, two at once, and letters that stand in nearly every record.
WORDS = ("ambtseed", "amrani", "komt+nergens+voor", "ambtseed+team+399", "e")


def measure() -> Iterator[Result]:
    """Each search at both sizes, by the coordinator: the role that finds records of every kind."""
    for words in WORDS:
        address = f"/werk/zoeken/?zoek={words}"
        for host in sorted(ROWS, key=lambda host: ROWS[host]):
            work = opening(host, Role.COORDINATOR, address)
            target = TARGET if ROWS[host] <= 25_000 else "-"
            yield Result(address, target, 2 * ROWS[host], data_queries(work), timed(work, 40))
