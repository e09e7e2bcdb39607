"""Run the measurements: `python -m bench [claim ...]`, on SQLite, or on the PostgreSQL of OPENINTEGRITEIT_DATABASE_URL.

Nothing here fails because of a time: it prints the sizes, the median and the 95th percentile beside the target.
"""

import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from bench.measuring import Result

CLAIMS = ("lists", "search", "desk", "report", "people_import", "campaign", "publication", "registers", "start")


def set_up(folder: Path) -> str:
    """Make an empty database and give its name and version."""
    os.environ |= {
        "OPENINTEGRITEIT_DEMO": "1",
        "OPENINTEGRITEIT_DATA_DIR": str(folder),
        "OPENINTEGRITEIT_HOSTS": "klein.example,groot.example,half.example,openbaar.example,inlezen.example",
        "OPENINTEGRITEIT_LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "openintegriteit.config.settings",
    }
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from openintegriteit.config.serving import collect_static_files

    collect_static_files()
    settings.DEMO_MODE = False  # with the second factor, as in production; plain http for the test client
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        return f"{connection.display_name} {cursor.fetchone()[0]}"


def machine() -> str:
    """What the numbers were measured on."""
    cpus = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    models = {line.partition(":")[2].strip() for line in cpus.splitlines() if line.startswith("model name")}
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    name = ", ".join(models) or platform.machine()
    return f"{os.cpu_count()} x {name}, {memory} GB, {platform.system()}, Python {platform.python_version()}"


def main(claims: Iterable[str]) -> None:
    """Measure each claim and print a table."""
    with tempfile.TemporaryDirectory(prefix="openintegriteit-bench-") as folder:
        database = set_up(Path(folder))
        print(f"\n{machine()}; {database}\n")
        print(f"{'what':<58} {'size':>8} {'queries':>7} {'median':>10} {'p95':>10}  target")
        for claim in claims:
            measure: Callable[[], Iterable[Result]] = import_module(f"bench.{claim}").measure
            for result in measure():
                print(result, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or CLAIMS)
