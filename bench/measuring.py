"""How things are measured: warm, many times, as median and 95th percentile."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles

from django.db import connection
from django.test.utils import CaptureQueriesContext

# The log entry, savepoints and settings come on top of what a page asks of the data (contracts: query budgets).
NOT_DATA = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SELECT SET_CONFIG", "SET ")
LOG_TABLES = ("event_log_chain", "event_log_entry")


@dataclass(frozen=True, slots=True)
class Result:
    """One measured number beside its target. Times are in seconds."""

    what: str
    target: str
    size: int | None = None
    queries: int | None = None
    seconds: tuple[float, ...] = ()
    value: str = ""

    def __str__(self) -> str:
        size = "" if self.size is None else f"{self.size:,}"
        queries = "" if self.queries is None else str(self.queries)
        middle, high = (in_words(median(self.seconds)), in_words(p95(self.seconds))) if self.seconds else ("", "")
        return f"{self.what:<58} {size:>8} {queries:>7} {self.value or middle:>10} {high:>10}  {self.target}"


def p95(seconds: tuple[float, ...]) -> float:
    """The 95th percentile; of a single measurement the measurement itself."""
    return quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]


def in_words(seconds: float) -> str:
    """Seconds or milliseconds, whichever reads best."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def timed(work: Callable[[], object], times: int, warm_up: int = 2) -> tuple[float, ...]:
    """How long the work takes, each time, after it has been done a few times unmeasured.

    What this process built to measure with is no part of what a server holds, so memory is not tidied up for its sake.
    """
    for _ in range(warm_up):
        work()
    gc.collect()
    gc.freeze()
    measured = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        measured.append(time.perf_counter() - started)
    return tuple(measured)


def data_queries(work: Callable[[], object]) -> int:
    """How many queries for data the work takes."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return sum(1 for query in captured if is_data(query["sql"]))


def is_data(sql: str) -> bool:
    """Whether a statement asks for data, and does not only begin a transaction or add to the event log."""
    return not sql.upper().startswith(NOT_DATA) and not any(f'"{table}"' in sql for table in LOG_TABLES)
