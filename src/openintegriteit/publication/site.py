"""The pages of the public site, and the printed edition of each register. All in Dutch, as what they tell is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

import openintegriteit
from openintegriteit.core.documents.model import Document
from openintegriteit.publication.printing import pdf, text_document
from openintegriteit.publication.queries import Line, PastChange, Shown
from openintegriteit.publication.telling import (
    Body,
    address_of,
    day_in_words,
    document_names,
    document_word,
    printed_name,
    words,
)
from openintegriteit.ui.house_style import token_sheet

LINES_ON_A_PAGE = 400
CHANGES_ON_A_PAGE = 500
NO_CLASS, NOWRAP = mark_safe(""), mark_safe(' class="oi-nowrap"')
STYLE = "stijl.css"
ASSETS = ("ui/mark.svg", "ui/vendor/nl-design-system.css", "ui/theme.css", "ui/app.css")
FONTS = "ui/fonts"
type Rows = Sequence[SafeString]
type Files = Iterator[tuple[str, bytes]]  # path from the root of the site, and what it holds


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One value in words."""

    label: str
    words: str
    kind: str

    @property
    def attributes(self) -> tuple[str, SafeString, str | SafeString]:
        """Label, class and content of its cell in the table."""
        if self.kind == "address" and self.words:
            return self.label, NO_CLASS, _anchor(self.words, "bekijk")
        return self.label, NOWRAP if self.kind in ("day", "amount") else NO_CLASS, self.words


def pages(body: Body, registers: Sequence[Shown], rows: Mapping[str, Rows], editions: Mapping[str, Document]) -> Files:
    """Every page of the site, with the style sheets and typefaces that they need.

    `rows`: those of each register, by its key (`rows_of`). `editions`: the printed ones; a page without one does not
    speak of it.
    """
    yield from _assets(body)
    yield "index.html", rendered(body, "home", {"registers": registers})
    yield "404.html", rendered(body, "not_found", {})
    for shown in registers:
        yield from pages_of(body, shown, rows[shown.register.key], editions.get(shown.register.key))


def pages_of(body: Body, shown: Shown, rows: Rows, edition: Document | None) -> Files:
    """The pages of one register, with its printed edition if there is one."""
    root = address_of(shown).strip("/")
    printed = printed_name(shown) if edition else ""
    yield from ((f"{root}/{name}", content) for name, content in _lists(body, shown, rows, printed))
    yield f"{root}/wijzigingen/index.html", rendered(body, "changes", {"shown": shown, "days": _days(shown)})
    if edition:
        yield f"{root}/{printed}", pdf(body, edition)
    for line in shown.lines:
        if line.entry.text:
            context = {"line": line, "cells": _cells(shown, line), "documents": document_names(line)}
            yield f"{root}/{line.entry.key}/index.html", rendered(body, "text", {"shown": shown, **context})
            yield f"{root}/{line.entry.key}.pdf", pdf(body, text_document(body, shown, line))
        for file in line.entry.files:
            yield f"{root}/{file.name}", file.content()


def _lists(body: Body, shown: Shown, rows: Rows, printed: str) -> Files:
    """The register on as many pages as it needs."""
    chunks, drawn = _chunks(shown.lines) or [()], iter(rows)
    names = ["index.html", *(f"pagina-{number}.html" for number in range(2, len(chunks) + 1))]
    for number, (name, chunk) in enumerate(zip(names, chunks, strict=True), start=1):
        its_rows = list(islice(drawn, len(chunk)))
        context = {"shown": shown, "rows": its_rows, "number": number, "pages": names, "printed": printed}
        yield name, rendered(body, "register", context)


def _days(shown: Shown) -> list[tuple[str, list[dict[str, object]]]]:
    """The newest changes, by day."""
    by_day = groupby(shown.changes[:CHANGES_ON_A_PAGE], lambda change: change.day)
    return [(day_in_words(day), [_told(change) for change in changes]) for day, changes in by_day]


def _cells(shown: Shown, line: Line) -> list[ShownCell]:
    return [
        ShownCell(column.label, words(column.kind, line.content.get(column.key)), column.kind)
        for column in shown.register.columns
    ]


def rows_of(shown: Shown) -> Rows:
    """The lines of a register as rows of the table on its pages."""
    return [_table_row(shown, line) for line in shown.lines]


def _table_row(shown: Shown, line: Line) -> SafeString:
    """A line as a row of the table. Not by a template: a register has thousands, and that would take seconds."""
    first, *others = _cells(shown, line)
    title: str | SafeString = first.words
    if line.entry.text:
        title = _anchor(f"{address_of(shown)}{line.entry.key}/", first.words)
    told = format_html_join("", '<td data-label="{}"{}>{}</td>', (cell.attributes for cell in others))
    if not shown.register.about_people:
        links = [_anchor(f"{address_of(shown)}{name}", document_word(name)) for name in document_names(line)]
        told += format_html('<td data-label="Lezen">{}</td>', format_html_join(", ", "{}", ((link,) for link in links)))
    return format_html('<tr id="{}"><th scope="row">{}</th>{}</tr>\n', line.entry.key, title, told)


def _anchor(address: str, text: str) -> SafeString:
    return format_html('<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>', address, text)


def _told(change: PastChange) -> dict[str, object]:
    fields = [
        (field.label, field.is_told, words(field.kind, field.before), words(field.kind, field.after))
        for field in change.fields
    ]
    return {"key": change.key, "word": change.word, "kind": change.kind, "title": change.title, "fields": fields}


def _chunks(lines: tuple[Line, ...]) -> list[tuple[Line, ...]]:
    """The lines a page at a time; what is about one person stays together as far as a page goes."""
    chunks: list[tuple[Line, ...]] = []
    current: list[Line] = []
    for _person, of_person in groupby(lines, lambda line: line.entry.person or line.entry.key):
        together = list(of_person)
        if current and len(current) + len(together) > LINES_ON_A_PAGE:
            chunks.append(tuple(current))
            current = []
        current += together
    return [*chunks, tuple(current)] if current else chunks


def _assets(body: Body) -> Files:
    """What the pages need besides themselves, so that the folder needs nothing from elsewhere."""
    yield STYLE, token_sheet(body.organisation.primary_colour).encode()
    fonts = sorted(file.name for file in (settings.PACKAGE_DIR / "ui/static" / FONTS).glob("*.woff2"))
    names = [*ASSETS, *(f"{FONTS}/{name}" for name in fonts)]
    for name in names:
        address = staticfiles_storage.url(name)
        with staticfiles_storage.open(address.removeprefix(settings.STATIC_URL)) as file:
            yield address.strip("/"), file.read()


def rendered(body: Body, template: str, context: dict[str, object]) -> bytes:
    """A page of the site by the name of its template."""
    given = {
        "organisation": body.organisation,
        "publication": body.publication,
        "product_name": "Open Integriteit",
        "product_version": openintegriteit.__version__,
        "demo_mode": settings.DEMO_MODE,
        "house_style_url": f"/{STYLE}",
        **context,
    }
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string(f"publication/site/{template}.html", given).encode()
