"""What the tests need from the system: a browser, PostgreSQL and gettext.

Missing packages are installed where that is allowed (root on a system with apt). Otherwise the tests stop here and
name the exact command: a test is never left out in silence.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

from openintegriteit.tests.browser import chromium
from openintegriteit.tests.postgresql import programs

NEEDED: tuple[tuple[str, Callable[[], object]], ...] = (
    ("chromium", chromium),
    ("postgresql", programs),
    ("gettext", lambda: shutil.which("xgettext") and shutil.which("msgmerge")),
)


def missing() -> list[str]:
    """The Debian names of the packages that are not here yet."""
    return [package for package, find in NEEDED if not find()]


def main() -> int:
    """Install what is missing, or say how; the exit code is 1 when something is still missing."""
    packages = missing()
    if not packages:
        return 0
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "--quiet"], check=False)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(install, check=False, env=environment)
        packages = missing()
    if packages:
        print(f"De tests hebben deze pakketten van het systeem nodig: {', '.join(packages)}.")  # noqa: T201
        print(f"Installeer ze met: sudo {' '.join(install)}")  # noqa: T201
        print("Geen Debian of Ubuntu? Zet chromium, initdb (PostgreSQL 15+) en xgettext op PATH.")  # noqa: T201
    return 1 if packages else 0


if __name__ == "__main__":
    sys.exit(main())
