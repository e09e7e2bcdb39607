"""A document as DOCX or ODT, by pandoc, from a tree that we build ourselves: no text is read as markup on the way.

The look comes from a reference document: pandoc's own, with the files of the folder `reference` filled in for the house
style and laid over it.
"""

import io
import json
import os
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape

import structlog
from django.utils.translation import gettext as _

from openintegriteit.core.documents import model
from openintegriteit.core.documents.colours import readable_on_white
from openintegriteit.core.documents.first_page import first_page_of
from openintegriteit.core.documents.office_templates import (
    PARTS,
    UnusableTemplate,
    completed,
    refused_by_writer,
    template_of,
)
from openintegriteit.core.documents.pandoc_tree import OfficeFormat, pandoc_tree
from openintegriteit.core.documents.wording import locale, printable

MOST_MEMORY = "-M1g"
PATIENCE = 120  # seconds; a report takes less than one
logger = structlog.get_logger("openintegriteit.documents")
REFERENCE = Path(__file__).parent / "reference"
_FIRST_COLUMN_PLAIN = 'w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="0" w:val="0020"'
_FIRST_COLUMN_HEADS = 'w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1" w:val="06A0"'


def write_docx(document: model.Document, files: Mapping[str, bytes]) -> bytes:
    """The document for Word."""
    written = _written(document, "docx", files)
    content = _with_row_headers(_entry(written, "word/document.xml"), document)
    return _overlaid(written, {"word/document.xml": content})


def write_odt(document: model.Document, files: Mapping[str, bytes]) -> bytes:
    """The document as OpenDocument text, the standard for Dutch government (ODF 1.3)."""
    written = _written(document, "odt", files)
    content = _with_rules(_entry(written, "content.xml"), readable_on_white(document.theme.primary_colour))
    return _overlaid(written, {"content.xml": _with_alternative_texts(content, document)})


def _with_row_headers(content: str, document: model.Document) -> str:
    """The content in which the tables say that their first column heads the rows, where it does."""
    looks = iter([_FIRST_COLUMN_HEADS if table.row_headers else _FIRST_COLUMN_PLAIN for table in document.tables()])
    return re.sub(re.escape(_FIRST_COLUMN_PLAIN), lambda _plain: next(looks), content)


def _with_rules(content: str, primary: str) -> str:
    """The content with thin rules between the rows of tables, where pandoc writes none."""
    for cell, rule in (("TableHeaderRowCell", f"1pt solid {primary}"), ("TableRowCell", "0.5pt solid #cfd6dc")):
        name = re.escape(f'style:name="{cell}"')
        bottom = f'fo:padding="0.1cm" fo:border="none" fo:border-bottom="{rule}"'
        content = re.sub(f'({name}[^>]*>\\s*<style:table-cell-properties )fo:border="none"', rf"\g<1>{bottom}", content)
    return content


def _with_alternative_texts(content: str, document: model.Document) -> str:
    """The content with the words of each figure, which pandoc leaves out of ODT."""
    words = iter([figure.words() for figure in document.figures()])
    return re.sub(
        "</draw:frame>", lambda end: f"<svg:desc>{escape(printable(next(words)))}</svg:desc>{end[0]}", content
    )


def _written(document: model.Document, form: OfficeFormat, files: Mapping[str, bytes]) -> bytes:
    """What pandoc makes of the document; a template of the body that pandoc refuses does not stop it.

    Raises:
        subprocess.CalledProcessError: if pandoc refuses; its own words are in `stderr`.
    """
    reference = own_reference(document, form, files)
    template = files.get(template_of(document.theme, form))
    if template is None:
        return _by_pandoc(document, form, reference)
    try:
        return _by_pandoc(document, form, completed(template, form, reference).content)
    except (subprocess.SubprocessError, UnusableTemplate) as problem:
        logger.warning("template_left_out", format=form, problem=str(problem))
        return _by_pandoc(document, form, reference)


def try_template(template: bytes, document: model.Document, form: OfficeFormat) -> tuple[str, ...]:
    """Write a document with a template; returns the names of the styles that it lacks and that ours stand in for.

    Raises:
        UnusableTemplate: if no document comes of it.
    """
    whole = completed(template, form, own_reference(document, form, {}))
    try:
        written = _by_pandoc(document, form, whole.content)
        _entry(written, PARTS[form].written)
    except (subprocess.SubprocessError, KeyError, UnicodeDecodeError, zipfile.BadZipFile) as problem:
        raise refused_by_writer() from problem
    return whole.lacking


def _by_pandoc(document: model.Document, form: OfficeFormat, reference: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        tree = pandoc_tree(document, form, pictures=Path(folder))
        file = Path(folder, f"reference.{form}")
        file.write_bytes(reference)
        _run_pandoc(
            ["--from=json", f"--to={form}", f"--reference-doc={file}", f"--output=document.{form}"],
            given=json.dumps(tree).encode(),
            folder=folder,
            created=datetime.combine(document.date, time(), tzinfo=UTC),
        )
        return Path(folder, f"document.{form}").read_bytes()


def _run_pandoc(arguments: list[str], *, given: bytes, folder: str, created: datetime) -> bytes:
    import pypandoc

    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(created.timestamp()))}
    command = [pypandoc.get_pandoc_path(), "+RTS", MOST_MEMORY, "-RTS", *arguments]
    done = subprocess.run(  # noqa: S603 the pandoc of our own packages; the words of others come by its input
        command, input=given, cwd=folder, env=environment, capture_output=True, check=True, timeout=PATIENCE
    )
    return done.stdout


def own_reference(document: model.Document, form: OfficeFormat, files: Mapping[str, bytes]) -> bytes:
    """Our own reference document in the house style of the body."""
    before_page, before_pages, after_pages = _page_words()
    language, _dash, country = locale(document).partition("-")
    letterhead = document.theme.letterhead
    values = {
        "primary": readable_on_white(document.theme.primary_colour).removeprefix("#"),
        "organisation": printable(document.theme.organisation_name),
        "title": " ".join(printable(document.title).split()),
        "locale": locale(document),
        "language": language,
        "country": country or "none",
        "before_page": before_page,
        "before_pages": before_pages,
        "after_pages": after_pages,
        "footer": printable(letterhead.footer),
        "font": letterhead.font,
        "font_instead": model.FONTS[letterhead.font],
    }
    escaped = {name: escape(value) for name, value in values.items()}
    first_page = first_page_of(document.theme, form, files, escaped)
    filled: dict[str, str | bytes] = {
        str(path.relative_to(REFERENCE / form)): Template(path.read_text("utf-8")).substitute(
            escaped | first_page.insertions
        )
        for path in sorted((REFERENCE / form).rglob("*.xml*"))
    }
    return _overlaid(_default_reference(form), filled | first_page.parts)


@cache
def _default_reference(form: OfficeFormat) -> bytes:
    wanted = [f"--print-default-data-file=reference.{form}"]
    return _run_pandoc(wanted, given=b"", folder=tempfile.gettempdir(), created=datetime(2000, 1, 1, tzinfo=UTC))


def _overlaid(archive: bytes, files: Mapping[str, str | bytes]) -> bytes:
    """The zip file with these files added or in the place of its own; its order and dates stay."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = files[entry.filename] if entry.filename in files else old.read(entry)
            new.writestr(entry, content, compress_type=entry.compress_type)
        for name in sorted(files.keys() - {entry.filename for entry in old.infolist()}):
            new.writestr(zipfile.ZipInfo(name), files[name], compress_type=zipfile.ZIP_DEFLATED)
    return result.getvalue()


def _entry(archive: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return opened.read(name).decode()


def _page_words() -> tuple[str, str, str]:
    before_page, _page, rest = _("Page {page} of {pages}").partition("{page}")
    before_pages, _pages, after_pages = rest.partition("{pages}")
    return before_page, before_pages, after_pages
