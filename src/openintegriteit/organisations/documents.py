"""Documents in the house style as files: made once per state of the records, kept on disk, never half written."""

import hashlib
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from openintegriteit import __version__
from openintegriteit.core.documents import Format, write
from openintegriteit.core.documents.model import Document
from openintegriteit.core.files import is_part, write_whole
from openintegriteit.organisations.house_style import files_of
from openintegriteit.organisations.models import Organisation

FOLDER = "documents"
KEPT_FOR = timedelta(days=30)


def kept_file(organisation: Organisation, document: Document, file_format: Format) -> Path:
    """Where the document is kept in this format. The name is made of everything it says: another text, another name."""
    content = hashlib.sha256(f"{__version__} {document!r}".encode()).hexdigest()
    return Path(settings.DATA_DIR) / FOLDER / str(organisation.pk) / f"{content}.{file_format}"


def making(organisation: Organisation, document: Document, file_format: Format) -> Callable[[], Path]:
    """What writes the document to its place, also in another thread: it asks the database for nothing any more.

    The document appears there whole or not at all, also when the process is killed.
    """
    file, files = kept_file(organisation, document, file_format), files_of(document.theme)

    def make() -> Path:
        write_whole(file, write(document, file_format, files))
        return file

    return make


def make_file(organisation: Organisation, document: Document, file_format: Format) -> Path:
    """Write the document to its place, as `making` does.

    Call `forget_old_documents` every day: whoever asks again for what was removed has it made again.
    """
    return making(organisation, document, file_format)()


def make_once(organisation: Organisation, document: Document, file_format: Format) -> Path:
    """Where the document is kept in this format, written now unless it is there already."""
    file = kept_file(organisation, document, file_format)
    return file if file.exists() else make_file(organisation, document, file_format)


def forget_old_documents() -> None:
    """Remove what was made longer than KEPT_FOR ago, of every body; also what a killed process left behind."""
    for file in (Path(settings.DATA_DIR) / FOLDER).glob("*/*"):
        with suppress(FileNotFoundError):  # another worker was first
            if file.stat().st_mtime < time.time() - KEPT_FOR.total_seconds():
                file.unlink()


def forget_documents(organisation: UUID) -> None:
    """Remove what was made of the records of a body, as what was destroyed may stand in it. Repeatable."""
    for file in (Path(settings.DATA_DIR) / FOLDER / str(organisation)).glob("*"):
        if not is_part(file):
            file.unlink(missing_ok=True)
