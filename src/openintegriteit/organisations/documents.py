"""Documents in the house style as files: made once per state of the records, kept on disk, never half written."""

import hashlib
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from openintegriteit import __version__
from openintegriteit.core.documents import Format, write
from openintegriteit.core.documents.model import Document
from openintegriteit.core.files import write_whole
from openintegriteit.organisations.house_style import files_of
from openintegriteit.organisations.models import Organisation

FOLDER = "documents"
KEPT_FOR = timedelta(days=30)


def kept_file(organisation: Organisation, document: Document, file_format: Format) -> Path:
    """Where the document is kept in this format. The name is made of everything it says: another text, another name."""
    content = hashlib.sha256(f"{__version__} {document!r}".encode()).hexdigest()
    return Path(settings.DATA_DIR) / FOLDER / str(organisation.pk) / f"{content}.{file_format}"


def make_file(organisation: Organisation, document: Document, file_format: Format) -> Path:
    """Write the document to its place. It appears there whole or not at all, also when the process is killed.

    What was made longer than KEPT_FOR ago is removed; whoever asks for it again has it made again.
    """
    file = kept_file(organisation, document, file_format)
    write_whole(file, write(document, file_format, files_of(document.theme)))
    _forget_old(file.parent)
    return file


def make_once(organisation: Organisation, document: Document, file_format: Format) -> Path:
    """Where the document is kept in this format, written now unless it is there already."""
    file = kept_file(organisation, document, file_format)
    return file if file.exists() else make_file(organisation, document, file_format)


def _forget_old(folder: Path) -> None:
    """Also removes what a killed process left behind."""
    for file in folder.iterdir():
        with suppress(FileNotFoundError):  # another worker was first
            if file.stat().st_mtime < time.time() - KEPT_FOR.total_seconds():
                file.unlink()
