"""The zip file that an XLSX or ODS is, opened with distrust: every size is known before it is spent."""

import copy
import io
import zipfile
import zlib
from collections.abc import Generator
from typing import Self

from django.utils.translation import gettext as _

from openintegriteit.core.spreadsheets.refusal import Limits, UnreadableFile, broken, grouped, too_large

CHUNK = 64 * 1024
FASTEST = 1
MOST_PARTS = 2000
# Below this size a part may be packed as tightly as it likes.
RATIO_COUNTS_FROM = 1024 * 1024
ENCRYPTED = 0x1
MEGABYTE = 1024 * 1024


class Archive:
    """The parts of a zip file. Raises UnreadableFile for a zip that is broken, encrypted, or larger than it may be.

    Whoever reads on, reads the copy: it holds the parts that were looked through, byte by byte, and nothing else. So
    no other reader can find something in the file that was not looked at.
    """

    def __init__(self, content: bytes, limits: Limits) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError):  # all that a damaged directory can raise
            raise broken() from None
        parts = self._zip.infolist()
        self.names = tuple(part.filename for part in parts)
        _refuse_ambiguous(self.names)
        if any(part.flag_bits & ENCRYPTED for part in parts):
            raise password_protected()
        _refuse_bomb(parts, limits)
        self._copy = io.BytesIO()
        self._copied = zipfile.ZipFile(self._copy, "w")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._zip.close()
        self._copied.close()

    def copied_chunks(self, name: str) -> Generator[bytes]:
        """The content of a part, unpacked piece by piece, which goes into the copy as well."""
        target = zipfile.ZipInfo(name)
        target.compress_type, target.compress_level = zipfile.ZIP_DEFLATED, FASTEST
        with self._copied.open(target, "w") as copy_of_part:
            for chunk in self.chunks(name):
                copy_of_part.write(chunk)
                yield chunk

    def copy(self) -> io.BytesIO:
        """A zip file with the copied parts. No part can be copied after this."""
        self._copied.close()
        self._copy.seek(0)
        return self._copy

    def chunks(self, name: str) -> Generator[bytes]:
        """The content of a part, unpacked piece by piece.

        The directory's word is not taken for it: a part that unpacks to more than the directory says is refused.
        """
        try:
            declared = self._zip.getinfo(name)
            generous = copy.copy(declared)
            generous.file_size = declared.file_size + 1
            left = declared.file_size
            with self._zip.open(generous) as part:
                while chunk := part.read(CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise broken()
                    yield chunk
        # All that reading a damaged part can raise: its check sum, its stream, its method, its place in the file.
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, KeyError):
            raise broken() from None

    def read(self, name: str, limit: int) -> bytes:
        """At most `limit` bytes of a part."""
        content = b""
        for chunk in self.chunks(name):
            content += chunk
            if len(content) >= limit:
                break
        return content[:limit]


def password_protected() -> UnreadableFile:
    """For a file that opens only with a password."""
    return UnreadableFile(
        _("The file is protected with a password. Save it without a password and upload it once more.")
    )


def _refuse_ambiguous(names: tuple[str, ...]) -> None:
    """Two parts of one name: what is checked must be what is read."""
    if len(names) > MOST_PARTS or len({name.replace("\\", "/").casefold() for name in names}) < len(names):
        raise broken()


def _refuse_bomb(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    if sum(part.file_size for part in parts) > limits.unpacked_size:
        raise too_large(
            _("The file unpacks to more than %(limit)s MB.") % {"limit": grouped(limits.unpacked_size // MEGABYTE)}
        )
    for part in parts:
        if part.file_size > RATIO_COUNTS_FROM and part.file_size > limits.ratio * max(part.compress_size, 1):
            raise too_large(_("The file unpacks to many times its own size, which a usual spreadsheet does not do."))
