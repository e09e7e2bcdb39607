"""Checkpoints: how long a chain was at a moment and what its last entry sealed, signed, to be kept elsewhere.

Who can write to the database can make a whole new chain that holds. A checkpoint that left the machine before that
shows it: the chain of now no longer holds the entry that was sealed then. The signature (Ed25519) tells that the
checkpoint was made with the key of this installation; it does not help against who holds that key and every copy of
the checkpoints.
"""

import base64
import binascii
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from openintegriteit.event_log.models import Chain

PURPOSE = b"Open Integriteit checkpoint 1\n"  # so that a signature for something else never passes for this one
HASH = re.compile(r"[0-9a-f]{64}")
LONGEST = 2**63 - 1
ENDINGS = {".jsonl", ".txt", ".eml"}


class KeyUnusable(Exception):
    """The file with the private key cannot be read, or holds something else."""


class NoCheckpoints(Exception):
    """There is no checkpoint in what was given."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One chain at one moment: `length` entries, the last with this hash. `key` names the public key."""

    chain: str
    length: int
    hash: str
    at: str  # ISO 8601, UTC
    key: str
    signature: str  # base64

    def line(self) -> str:
        """The checkpoint as one line of JSON."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=True)


def sign(private_key: Ed25519PrivateKey, chain: Chain, at: datetime) -> Checkpoint:
    """A signed checkpoint of a chain as it is now."""
    moment = at.astimezone(UTC).isoformat(timespec="seconds")
    unsigned = Checkpoint(chain.key, chain.length, chain.last_hash, moment, key_name(private_key.public_key()), "")
    signature = base64.b64encode(private_key.sign(_signed_content(unsigned))).decode()
    return Checkpoint(**{**asdict(unsigned), "signature": signature})


def is_signed_by(checkpoint: Checkpoint, public_key: Ed25519PublicKey) -> bool:
    """Whether the holder of the private key signed exactly this."""
    try:
        public_key.verify(base64.b64decode(checkpoint.signature, validate=True), _signed_content(checkpoint))
    except (InvalidSignature, binascii.Error):
        return False
    return True


def _signed_content(checkpoint: Checkpoint) -> bytes:
    content = {name: value for name, value in asdict(checkpoint).items() if name != "signature"}
    return PURPOSE + json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


# -- Keys -------------------------------------------------------------------------------------------------------------


def private_key_in(file: Path) -> Ed25519PrivateKey:
    """The private key in the file; the first time it is made, for the owner of the process only.

    Two processes that make it at the same moment end with the same key. Raises KeyUnusable, or OSError when the disk
    refuses.
    """
    try:
        return _read_key(file)
    except FileNotFoundError:
        _make_key(file)
        return _read_key(file)


def public_key_in(file: Path) -> Ed25519PublicKey | None:
    """The public half of the key in the file; None where no key has been made. Raises KeyUnusable."""
    try:
        return _read_key(file).public_key()
    except FileNotFoundError:
        return None


def key_text(public_key: Ed25519PublicKey) -> str:
    """A public key as people copy it: its 32 bytes in base64."""
    return base64.b64encode(public_key.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def key_from(text: str) -> Ed25519PublicKey:
    """The public key that somebody copied. Raises ValueError when it is none."""
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(text.strip(), validate=True))


def key_name(public_key: Ed25519PublicKey) -> str:
    """A short name of a public key: the first 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(public_key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]


def _read_key(file: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except (ValueError, TypeError) as error:
        raise KeyUnusable(str(file)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnusable(str(file))
    return key


def _make_key(file: Path) -> None:
    content = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    handle, temporary = tempfile.mkstemp(dir=file.parent, suffix=".part")  # readable for its owner only
    try:
        with os.fdopen(handle, "wb") as part:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
        try:
            os.link(temporary, file)  # unlike a rename this never replaces a key
        except FileExistsError:
            return
    finally:
        Path(temporary).unlink(missing_ok=True)


# -- Files ------------------------------------------------------------------------------------------------------------


def append(file: Path, checkpoints: Iterable[Checkpoint]) -> None:
    """Add checkpoints to the end of a file, which may lie on a disk that only lets files grow. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    text = "".join(f"{checkpoint.line()}\n" for checkpoint in checkpoints)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
    with os.fdopen(descriptor, "ab") as grown:
        # After a line that was cut off by a full disk a new one begins.
        grown.write(("\n" if file.stat().st_size and not file.read_bytes().endswith(b"\n") else "").encode())
        grown.write(text.encode())
        grown.flush()
        os.fsync(grown.fileno())


def read(path: Path) -> list[Checkpoint]:
    """Every checkpoint in a file, in a mail that was kept as a file, or in a folder with such files.

    Lines that are no checkpoint are passed over: a mail has other lines too, and whoever can spoil a line can also
    remove it. Raises NoCheckpoints, or OSError.
    """
    files = sorted(file for file in path.iterdir() if file.suffix in ENDINGS) if path.is_dir() else [path]
    found = [checkpoint for file in files for line in _lines(file) if (checkpoint := _parsed(line))]
    if not found:
        raise NoCheckpoints(str(path))
    return found


def _lines(file: Path) -> Iterator[str]:
    content = file.read_bytes()
    if file.suffix != ".eml":
        return iter(content.decode(errors="replace").splitlines())
    body = message_from_bytes(content, policy=policy.default).get_body(("plain",))
    try:
        return iter(str(body.get_content()).splitlines() if body else ())
    except (LookupError, ValueError):  # in an encoding that nobody knows
        return iter(())


def _parsed(line: str) -> Checkpoint | None:
    try:
        values: Any = json.loads(line)
        checkpoint = Checkpoint(**values)
        datetime.fromisoformat(checkpoint.at)
    except (ValueError, TypeError, RecursionError):
        return None
    texts = (checkpoint.chain, checkpoint.hash, checkpoint.at, checkpoint.key, checkpoint.signature)
    right = all(isinstance(text, str) for text in texts) and type(checkpoint.length) is int
    return checkpoint if right and 0 < checkpoint.length <= LONGEST and HASH.fullmatch(checkpoint.hash) else None


# -- Comparing --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Broken:
    """A checkpoint that the chain of now contradicts, or that nobody we know signed."""

    checkpoint: Checkpoint
    reason: str  # "unknown key", "signature", "missing" or "changed"


def contradicted(
    checkpoints: Sequence[Checkpoint], public_keys: Mapping[str, Ed25519PublicKey], known: Mapping[tuple[str, int], str]
) -> Broken | None:
    """The first checkpoint that does not hold, by moment; None: all do.

    `known` gives the hash of now for each chain and number; `public_keys` are those that may have signed, by name.
    """
    for checkpoint in sorted(checkpoints, key=lambda checkpoint: (checkpoint.at, checkpoint.length)):
        public_key = public_keys.get(checkpoint.key)
        if public_key is None:
            return Broken(checkpoint, "unknown key")
        if not is_signed_by(checkpoint, public_key):
            return Broken(checkpoint, "signature")
        hash_of_now = known.get((checkpoint.chain, checkpoint.length))
        if hash_of_now is None:
            return Broken(checkpoint, "missing")
        if hash_of_now != checkpoint.hash:
            return Broken(checkpoint, "changed")
    return None
