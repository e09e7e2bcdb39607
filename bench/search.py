"""Search over everything at 50,000 measures and 50,000 people: as many queries as at 10 of each, p95 at most 100 ms."""

from collections.abc import Iterator

from bench.bodies import SIZES, opening
from bench.measuring import Result, data_queries, timed
from openintegriteit.core.roles import Role

TARGET = "p95 <= 100 ms"
# Words of many records, of some, of none, two at once, and letters that stand in nearly every record.
WORDS = ("ambtseed", "amrani", "komt+nergens+voor", "ambtseed+team+399", "e")


def measure() -> Iterator[Result]:
    """Each search at both sizes, by the coordinator: the role that finds records of every kind."""
    for words in WORDS:
        address = f"/werk/zoeken/?zoek={words}"
        for host, size in SIZES.items():
            work = opening(host, Role.COORDINATOR, address)
            yield Result(address, TARGET, size, data_queries(work), timed(work, 40))
