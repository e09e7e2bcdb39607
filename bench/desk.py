"""The desk of each role: at most 100 ms with charts from cache."""

from collections.abc import Iterator

from bench.bodies import SIZES, opening
from bench.measuring import Result, data_queries, timed
from openintegriteit.core.roles import Role


def measure() -> Iterator[Result]:
    """The desks of bodies of two sizes."""
    for role in Role:
        for host, size in SIZES.items():
            work = opening(host, role, "/werk/")
            yield Result(f"desk of the {role.label}", "p95 <= 100 ms", size, data_queries(work), timed(work, 40))
