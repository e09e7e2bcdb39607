"""What no file of the project may hold: addresses of package registries and places on somebody's machine."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
FORBIDDEN = {
    # Put together from parts, so that this file itself stays clean.
    "the address of a package registry": "|".join(
        re.escape(part + ending)
        for part, ending in (
            ("pypi.", "org"),
            ("files.python", "hosted.org"),
            ("registry.np", "mjs.org"),
            ("registry.ya", "rnpkg.com"),
            ("crates.", "io"),
            ("rubygems.", "org"),
            ("proxy.gol", "ang.org"),
            ("cdn.jsde", "livr.net"),
            ("unpkg.", "com"),
        )
    ),
    "a path of one machine": r"(?<![\w.])/(root|home)/[a-z]|(?<![\w.])/wor"
    + r"k/(main|shared)|/opt/(pyp"
    + "i|wheels)",
    "a mark of an unsolved merge": r"^(<{7}|>{7}) ",
}


def project_files():
    """Every file that is or may become part of the project, as git sees it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what):
    pattern = re.compile(FORBIDDEN[what], re.MULTILINE)

    found = []
    for path in project_files():
        try:
            found += [f"{path.relative_to(ROOT)}: {match.group(0)}" for match in pattern.finditer(path.read_text())]
        except UnicodeDecodeError:
            continue

    assert found == []


def test_every_locked_package_has_a_hash():
    for file in ("run.txt", "dev.txt"):
        locked = re.split(r"^(?=\S)", (ROOT / "requirements" / file).read_text(), flags=re.MULTILINE)
        packages = [entry for entry in locked if "==" in entry]

        assert packages
        assert [entry for entry in packages if "--hash=sha256:" not in entry] == []
        assert [entry for entry in locked if entry.startswith("-")] == [], "an option, such as that of a registry"
