"""The public site on disk: one folder per body that any web server can serve, replaced as a whole.

    DATA_DIR/public/HOST          a link to the newest build of the body of that host
    DATA_DIR/public/site          the same of the only body of an installation, which answers on every host
    DATA_DIR/site-builds/BODY/N   the builds of a body, of which the two newest are kept

The builds stand outside of `public`, where no name that a visitor makes up leads to one from before something was
taken down.

A visitor never meets half a build: the link moves in one step. What did not change keeps its file and its moment, so
that browsers and harvesters need not fetch it again.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from openintegriteit.core.files import write_whole
from openintegriteit.organisations.models import Organisation

ANY_HOST = "site"
BUILDS, BUILDS_KEPT = "site-builds", 2
type Site = Mapping[str, bytes]  # what each file holds, by its path from the root of the site


def public_folder() -> Path:
    """Where the sites of all bodies stand."""
    return Path(settings.DATA_DIR) / "public"


@contextmanager
def building(organisation: Organisation) -> Iterator[None]:
    """Be the only one on this machine who builds the site of a body; whoever comes second waits.

    The lock ends with the process that holds it, also when that is killed.
    """
    folder = _builds(organisation)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def put_online(organisation: Organisation, site: Site) -> None:
    """Let the site of a body be this from now on. Raises OSError when the disk refuses; the old site then stays.

    Within `building`.
    """
    folder = _builds(organisation)
    numbers = sorted(_numbers(folder))
    newest = folder / str(numbers[-1]) if numbers else None
    build = folder / str(numbers[-1] + 1 if numbers else 1)
    try:
        for name, content in site.items():
            _put(build / name, content, newest / name if newest else None)
        _link(organisation, build)
    except OSError:
        shutil.rmtree(build, ignore_errors=True)
        raise
    for number in numbers[: -(BUILDS_KEPT - 1)]:
        shutil.rmtree(folder / str(number))


def _put(file: Path, content: bytes, earlier: Path | None) -> None:
    """Write a file, or let it be the earlier one where that holds the same."""
    if earlier is not None and earlier.is_file() and earlier.read_bytes() == content:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.hardlink_to(earlier)
    else:
        write_whole(file, content)
        file.chmod(0o644)  # for a web server that is not us


def _link(organisation: Organisation, build: Path) -> None:
    """Point the names of the body to the build, and no other name any more."""
    root = public_folder()
    root.mkdir(parents=True, exist_ok=True)
    is_only_one = not Organisation.objects.exclude(pk=organisation.pk).exists()
    names = {organisation.host} if organisation.host else set()
    if is_only_one:
        names.add(ANY_HOST)
    else:
        (root / ANY_HOST).unlink(missing_ok=True)
    for name in names:
        new = build.parent / "link"
        new.unlink(missing_ok=True)
        new.symlink_to(os.path.relpath(build, root))
        new.replace(root / name)
    for other in root.iterdir():
        if other.is_symlink() and other.name not in names and other.resolve().parent == build.parent:
            other.unlink()


def _builds(organisation: Organisation) -> Path:
    return Path(settings.DATA_DIR) / BUILDS / str(organisation.pk)


def _numbers(folder: Path) -> Iterator[int]:
    for build in folder.iterdir():
        if build.is_dir():
            yield int(build.name)
