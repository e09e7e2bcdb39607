"""Files that wait between preview and confirmation: for one user, one purpose, and one hour at the most.

The address of a preview holds a random identifier. The file's name on disk is a keyed hash of that identifier, the
purpose, the body and the user, so that nobody else finds the file, whatever address they try, and the name tells
nothing. What was previewed is named by a `fingerprint`: whoever confirms sends it along, and where the plan, made anew,
has another one, something changed meanwhile and the preview is shown again.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from openintegriteit.core.roles import Actor

KEPT_FOR = timedelta(hours=1)
FOLDER = "uploads"


class UploadGone(Exception):
    """There is no such upload for this user: it was used, it expired, or it never was."""


def stage(content: bytes, *, purpose: str, actor: Actor) -> str:
    """Keep an upload and return its identifier, fit for an address. Raises OSError when the disk refuses it."""
    identifier = secrets.token_hex(16)
    file = _file(identifier, purpose, actor)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stored:
            stored.write(content)
    except OSError:
        file.unlink(missing_ok=True)
        raise
    return identifier


def staged_content(identifier: str, *, purpose: str, actor: Actor) -> bytes:
    """The bytes of an upload that this actor staged for this purpose. Raises UploadGone."""
    file = _file(identifier, purpose, actor)
    try:
        if _expired(file, timezone.now()):
            raise UploadGone
        return file.read_bytes()
    except FileNotFoundError as error:
        raise UploadGone from error


def discard(identifier: str, *, purpose: str, actor: Actor) -> None:
    """Remove an upload that was applied or given up; harmless when it is no longer there."""
    _file(identifier, purpose, actor).unlink(missing_ok=True)


def sweep_expired_uploads() -> int:
    """Remove every upload past its hour and return how many; a job of the worker runs it every few minutes."""
    now, swept = timezone.now(), 0
    for file in (settings.DATA_DIR / FOLDER).glob("*"):
        try:
            if _expired(file, now):
                file.unlink()
                swept += 1
        except FileNotFoundError:  # its user applied it at this very moment
            continue
    return swept


def fingerprint(facts: Iterable[object]) -> str:
    """A short name (32 hexadecimal digits) of a plan: the same facts in the same order give the same name."""
    digest = hashlib.sha256()
    for fact in facts:
        digest.update(json.dumps(fact, sort_keys=True, default=str, ensure_ascii=False).encode() + b"\n")
    return digest.hexdigest()[:32]


def _file(identifier: str, purpose: str, actor: Actor) -> Path:
    owner = json.dumps([identifier, purpose, str(actor.organisation_id), actor.identifier])
    return Path(settings.DATA_DIR) / FOLDER / salted_hmac("staged upload", owner, algorithm="sha256").hexdigest()


def _expired(file: Path, now: datetime) -> bool:
    return file.stat().st_mtime < (now - KEPT_FOR).timestamp()
