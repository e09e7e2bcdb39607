"""The coordinator's desk: at most 100 ms with charts from cache."""

from collections.abc import Iterator

from bench.bodies import SIZES, opening
from bench.measuring import Result, data_queries, timed
from openintegriteit.core.roles import Role


def measure() -> Iterator[Result]:
    """The desk of bodies of two sizes."""
    for host, size in SIZES.items():
        work = opening(host, Role.COORDINATOR, "/werk/")
        yield Result("desk of the coordinator", "p95 <= 100 ms", size, data_queries(work), timed(work, 40))
