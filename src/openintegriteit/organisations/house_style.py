"""How the documents of a body look: its letterhead, its logo, and its own templates for Word and OpenDocument.

A document carries its style and names the files of it. So a document that was adopted keeps the look that it had then,
whatever is changed here afterwards.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from openintegriteit.core.documents.images import JudgedPicture
from openintegriteit.core.documents.model import (
    BulletList,
    Column,
    Document,
    Heading,
    Letterhead,
    Logo,
    Table,
    Theme,
    cell,
    paragraph,
)
from openintegriteit.core.documents.office import try_template
from openintegriteit.core.documents.template_judging import JudgedTemplate
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of, save_changes
from openintegriteit.event_log.operations import record
from openintegriteit.organisations.models import HouseStyle, Organisation, StyleFile
from openintegriteit.organisations.permissions import POLICY

TEMPLATE_FIELDS = {StyleFile.Kind.WORD: "word_template", StyleFile.Kind.OPEN_DOCUMENT: "open_document_template"}
SAMPLE_DAY = date(2026, 1, 1)


def house_style_of(organisation: Organisation) -> HouseStyle:
    """The house style of a body with its files but not their content (one query); a new one when it has set nothing."""
    files = ("logo", "word_template", "open_document_template")
    styles = HouseStyle.objects.select_related(*files).defer(*(f"{file}__content" for file in files))
    return styles.filter(organisation=organisation).first() or HouseStyle(organisation=organisation)


def theme_of(organisation: Organisation) -> Theme:
    """What documents of a body carry of its house style (one query)."""
    return _theme(organisation, house_style_of(organisation))


def theme_with(organisation: Organisation, template: StyleFile) -> Theme:
    """The house style as it would be with a template that is not used yet."""
    style = house_style_of(organisation)
    setattr(style, TEMPLATE_FIELDS[StyleFile.Kind(template.kind)], template)
    return _theme(organisation, style)


def files_of(theme: Theme) -> dict[str, bytes]:
    """The files that a theme names, by their SHA-256 (at most one query). Call it in the scope of the body."""
    letterhead = theme.letterhead
    named = {letterhead.logo.sha256 if letterhead.logo else "", letterhead.word_template}
    named = (named | {letterhead.open_document_template}) - {""}
    if not named:
        return {}
    rows = StyleFile.objects.filter(sha256__in=named).values_list("sha256", "content")
    return {sha256: bytes(content) for sha256, content in rows}


@transaction.atomic
def change_house_style(*, actor: Actor, expected_version: int, values: Mapping[str, Any]) -> HouseStyle:
    """Change lines, footer, colour or font. Raises StaleRecord when somebody else was first."""
    POLICY.require(actor, "change_house_style")
    style, _made = HouseStyle.objects.get_or_create(organisation_id=body_of(actor))
    return save_changes(
        actor=actor, action="house_style.changed", instance=style, expected_version=expected_version, values=values
    )


@transaction.atomic
def set_logo(
    *, actor: Actor, expected_version: int, picture: JudgedPicture | None, name: str, alternative_text: str
) -> HouseStyle:
    """Use a logo, or with no picture only say otherwise what the one in use shows. Raises StaleRecord."""
    values: dict[str, Any] = {"alternative_text": alternative_text}
    if picture is not None:
        shape = {"media_type": picture.media_type, "width": picture.width, "height": picture.height}
        values["logo"] = _kept(actor, StyleFile.Kind.LOGO, picture.content, name, shape)
    style = change_house_style(actor=actor, expected_version=expected_version, values=values)
    _mark_used(style.logo)
    return style


def remove_logo(*, actor: Actor, expected_version: int) -> HouseStyle:
    """Let the name of the body stand in the place of its logo again. Raises StaleRecord."""
    values = {"logo": None, "alternative_text": ""}
    return change_house_style(actor=actor, expected_version=expected_version, values=values)


def add_template(*, actor: Actor, organisation: Organisation, template: JudgedTemplate, name: str) -> StyleFile:
    """Try a template by writing a document with it, and keep it to be looked at; it is not used yet.

    The same file twice is kept once. Raises UnusableTemplate when no document comes of it.
    """
    POLICY.require(actor, "change_house_style")
    lacking = try_template(template.content, sample_of(organisation, theme_of(organisation)), template.form)
    with transaction.atomic():
        kind = StyleFile.Kind(template.form)
        return _kept(actor, kind, template.content, name, {"lacking": list(lacking)})


@transaction.atomic
def use_template(*, actor: Actor, template: StyleFile, expected_version: int) -> HouseStyle:
    """Write documents with a template from now on. Raises StaleRecord."""
    values = {TEMPLATE_FIELDS[StyleFile.Kind(template.kind)]: template}
    style = change_house_style(actor=actor, expected_version=expected_version, values=values)
    _mark_used(template)
    return style


def drop_template(*, actor: Actor, kind: StyleFile.Kind, expected_version: int) -> HouseStyle:
    """Write documents in the look of the product again. Raises StaleRecord."""
    return change_house_style(actor=actor, expected_version=expected_version, values={TEMPLATE_FIELDS[kind]: None})


@transaction.atomic
def discard_template(*, actor: Actor, template: StyleFile) -> None:
    """Throw a template away that was never used; one that was used stays, for documents may have been made with it."""
    POLICY.require(actor, "change_house_style")
    unused = StyleFile.objects.filter(pk=template.pk, used_at__isnull=True)
    if unused.delete()[0]:
        record(actor=actor, action="stylefile.discarded", subject=template)


@translation.override(settings.LANGUAGE_CODE)
def sample_of(organisation: Organisation, theme: Theme) -> Document:
    """A small document with everything that a report has, to see how the house style looks."""
    table = Table(
        _("Measures per year"),
        (Column(_("Year")), Column(_("Planned"), numeric=True), Column(_("Done"), numeric=True)),
        ((cell("2024"), cell("12"), cell("9")), (cell("2025"), cell("14"), cell("13"))),
    )
    return Document(
        title=_("Sample document"),
        subject=_("This is how documents of your organisation look"),
        theme=theme,
        date=SAMPLE_DAY,
        author=organisation.name,
        blocks=(
            Heading(_("First heading"), numbered=True),
            paragraph(_("This text is an example. Look at the logo, the lines, the colours and the font.")),
            Heading(_("Second heading"), level=2, numbered=True),
            BulletList(((paragraph(_("First point")),), (paragraph(_("Second point")),))),
            table,
        ),
    )


def _theme(organisation: Organisation, style: HouseStyle) -> Theme:
    logo = _logo(style.logo, style.alternative_text) if style.logo else None
    letterhead = Letterhead(
        lines=tuple(line for line in style.letterhead.splitlines() if line.strip()),
        footer=style.footer,
        font=style.font,
        logo=logo,
        word_template=style.word_template.sha256 if style.word_template else "",
        open_document_template=style.open_document_template.sha256 if style.open_document_template else "",
    )
    return Theme(organisation.name, style.accent_colour or organisation.primary_colour, letterhead=letterhead)


def _logo(file: StyleFile, words: str) -> Logo:
    return Logo(file.sha256, file.media_type, file.width, file.height, alternative_text=words)


def _kept(actor: Actor, kind: StyleFile.Kind, content: bytes, name: str, more: Mapping[str, Any]) -> StyleFile:
    POLICY.require(actor, "change_house_style")
    file: StyleFile
    file, made = StyleFile.objects.get_or_create(
        organisation_id=body_of(actor),
        kind=kind,
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={"content": content, "name": name, **more},
    )
    if made:
        record(actor=actor, action="stylefile.added", subject=file, details={"sha256": file.sha256})
    return file


def _mark_used(file: StyleFile | None) -> None:
    if file is not None:
        StyleFile.objects.filter(pk=file.pk, used_at__isnull=True).update(used_at=timezone.now())
