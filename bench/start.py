"""From command to answer in at most 3 s, and a web process of at most 200 MB after it has shown every kind of page."""

import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from bench.measuring import Result
from openintegriteit.tests.installation import Installation

TIMES = 5


def measure() -> Iterator[Result]:
    """The example body on a database of its own (SQLite, as `make run` makes it)."""
    with tempfile.TemporaryDirectory(prefix="openintegriteit-start-") as folder:
        installation = Installation(Path(folder))
        started = time.perf_counter()
        installation.run("demo")
        yield Result("example body and its reports, first time", "-", None, None, (time.perf_counter() - started,))
        started = time.perf_counter()
        installation.run("demo")
        yield Result("example body and its reports, second time", "-", None, None, (time.perf_counter() - started,))
        seconds = []
        for _ in range(TIMES):
            started = time.perf_counter()
            with installation.serving():
                seconds.append(time.perf_counter() - started)
        yield Result("start, until the first answer", "<= 3 s", None, None, tuple(seconds))
        with installation.serving() as server:
            for _ in range(20):
                urllib.request.urlopen(f"{server.address}/account/inloggen/").read()  # noqa: S310 our own server, on this machine
            for pid, name, megabytes in processes_of(server.process.pid):
                yield Result(f"memory of process {pid} ({name})"[:58], "web <= 200 MB", value=f"{megabytes} MB")


def processes_of(pid: int) -> Iterator[tuple[int, str, int]]:
    """The process and all under it: its number, what it runs, and the memory that is its own share, in MB (Linux)."""
    if not Path(f"/proc/{pid}/smaps_rollup").exists():
        return
    command = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").split(" -m ")[-1].strip()
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    kilobytes = int(next(line.split()[1] for line in rollup.splitlines() if line.startswith("Pss:")))
    yield pid, command, kilobytes // 1024
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from processes_of(int(child))
