"""Uploads: limited while they stream in, and spreadsheets checked before anybody uses them."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.spreadsheets.reading import Limits, UnreadableFile, read_workbook
from openintegriteit.core.spreadsheets.workbook import Workbook

MEGABYTE = 1024 * 1024
SPREADSHEET_EXTENSIONS = ".xlsx,.ods,.csv"


class UploadTooLarge(MultiPartParserError):
    """An upload grew past UPLOAD_LIMIT_BYTES. `str()` is a message for the user."""

    def __init__(self) -> None:
        super().__init__(
            _("The upload is larger than %(limit)d MB. Choose a smaller file, or divide it into several files.")
            % {"limit": settings.UPLOAD_LIMIT_BYTES // MEGABYTE}
        )


class LimitedUploadHandler(FileUploadHandler):
    """The first upload handler: stops reading at the limit, counted over all files of the request.

    Raises UploadTooLarge; `core.middleware.upload_limit` turns that into a page.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the piece on to the handlers that store it, unless it is one too many."""
        self._received += len(raw_data)
        if self._received > settings.UPLOAD_LIMIT_BYTES:
            raise UploadTooLarge
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler has the file."""


@dataclass(frozen=True, slots=True)
class SpreadsheetUpload:
    """A spreadsheet that passed the checks: its name, its bytes as they came in, and what was read from it."""

    name: str
    content: bytes
    workbook: Workbook


class SpreadsheetField(forms.FileField):
    """A file field for XLSX, ODS and CSV; its cleaned value is a SpreadsheetUpload, its errors say what to do."""

    default_error_messages = {"required": gettext_lazy("Choose a file first.")}

    def __init__(self, *, limits: Limits | None = None, **options: Any) -> None:
        options.setdefault("widget", forms.FileInput(attrs={"accept": SPREADSHEET_EXTENSIONS}))
        options.setdefault("allow_empty_file", True)  # the reader says it better
        super().__init__(**options)
        self._limits = limits

    def to_python(self, data: "UploadedFile[Any] | None") -> SpreadsheetUpload | None:  # type: ignore[override]
        """Read the upload. Raises ValidationError with the message of the reader."""
        file = super().to_python(data)
        if file is None:
            return None
        content = file.read()
        try:
            workbook = read_workbook(content, name=file.name or "", limits=self._limits)
        except UnreadableFile as refusal:
            raise ValidationError(str(refusal), code="unreadable") from refusal
        return SpreadsheetUpload(file.name or "", content, workbook)
