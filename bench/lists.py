"""Lists and filters at 50,000 rows: as many queries as at 10 rows, at most 8, p95 at most 50 ms."""

from collections.abc import Iterator

from bench.bodies import LARGEST_CAMPAIGN, SIZES, opening
from bench.measuring import Result, data_queries, timed
from openintegriteit.core.roles import Role

TARGET = "<= 8 queries, p95 <= 50 ms"
PAGES = (
    (Role.COORDINATOR, "/werk/maatregelen/", ""),
    (Role.COORDINATOR, "/werk/maatregelen/", "?zoek=ambtseed"),
    (Role.COORDINATOR, "/werk/maatregelen/", "?zoek=komt+nergens+voor"),
    (Role.COORDINATOR, "/werk/maatregelen/", "?stand=te-laat&pijler=3"),
    (Role.COORDINATOR, "/werk/maatregelen/", "?sorteer=-datum"),
    (Role.COORDINATOR, "/werk/maatregelen/", "?sorteer=eigenaar"),
    (Role.COORDINATOR, "/werk/maatregelen/", "?pagina=500"),
    (Role.COORDINATOR, "/werk/maatregelen/", "?pagina=1000"),
    (Role.COORDINATOR, "/werk/bevindingen/", ""),
    (Role.COORDINATOR, "/werk/bevindingen/", "?zoek=ambtseed"),
    (Role.COORDINATOR, "/werk/bevindingen/", "?pagina=1000"),
    (Role.COORDINATOR, "/werk/activiteiten/", ""),
    (Role.COORDINATOR, "/werk/activiteiten/", "?zoek=ambtseed"),
    (Role.COORDINATOR, "/werk/activiteiten/", "?pagina=1000"),
    (Role.COORDINATOR, "/werk/adviezen/", ""),
    (Role.COORDINATOR, "/werk/adviezen/", "?pagina=1000"),
    (Role.COORDINATOR, "/werk/campagnes/", ""),
    (Role.COORDINATOR, "/werk/campagnes/{campaign}/mensen/", ""),
    (Role.COORDINATOR, "/werk/campagnes/{campaign}/mensen/", "?pagina=200"),
    (Role.HR, "/werk/mensen/", ""),
    (Role.HR, "/werk/mensen/", "?zoek=amrani"),
    (Role.HR, "/werk/mensen/", "?zoek=komt+nergens+voor"),
    (Role.HR, "/werk/mensen/", "?sorteer=-naam"),
    (Role.HR, "/werk/mensen/", "?pagina=500"),
    (Role.HR, "/werk/mensen/", "?pagina=1000"),
)


def measure() -> Iterator[Result]:
    """Each list, filter and order at both sizes, and the whole list as a file."""
    for role, address, query in PAGES:
        for host, size in SIZES.items():
            work = opening(host, role, address + query)
            size = min(size, LARGEST_CAMPAIGN) if "{campaign}" in address else size
            yield Result(address + query, TARGET, size, data_queries(work), timed(work, 40))
    for file_format in ("csv", "xlsx", "ods"):
        work = opening("groot.example", Role.COORDINATOR, f"/werk/maatregelen/?formaat={file_format}")
        yield Result(f"measures as {file_format}", "-", SIZES["groot.example"], None, timed(work, 1, warm_up=0))
