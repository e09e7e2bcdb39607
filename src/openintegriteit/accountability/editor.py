"""What the editor of the annual report shows: the parts with their state, and the part that is open."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from openintegriteit.accountability.building import Section, State, form_text, section_blocks, sections_of
from openintegriteit.accountability.facts import YearFacts
from openintegriteit.accountability.markup import blocks_of, figure_in_words
from openintegriteit.accountability.models import Annex, FormHeading
from openintegriteit.accountability.sections import form_section
from openintegriteit.core.contracts import Figure as YearNumber
from openintegriteit.core.documents.html import body_fragment
from openintegriteit.core.documents.model import Block, Document, Figure, Theme
from openintegriteit.ui.pictures import Picture, picture_of

TAGS: dict[State, tuple[str, object]] = {
    "ready": ("ok", _("ready")),
    "draft": ("soon", _("draft")),
    "empty": ("late", _("empty")),
    "left_out": ("neutral", _("left out")),
}


@dataclass(frozen=True, slots=True)
class Part:
    """An entry of the outline."""

    label: str
    address: str
    status: str
    tag: object
    is_current: bool


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from, in words, and the mark that puts it in a text."""

    figure: YearNumber
    name: str
    words: str
    mark: str


@dataclass(frozen=True, slots=True)
class Open:
    """The part that is open."""

    slug: str
    is_section: bool  # not a heading of the form, which cannot be left out
    heading: str
    text: str
    is_draft: bool
    state: State
    version: int
    questions: tuple[str, ...]
    pieces: tuple[SafeString | Picture, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class EditorPage:
    """The whole editor: outline, annexes, the open part, and what can be put in a text."""

    facts: YearFacts
    parts: tuple[Part, ...]
    form_parts: tuple[Part, ...]
    annexes: tuple[Annex, ...]
    questions: tuple[tuple[str, str, str], ...]  # heading of the section, its address, what is asked
    ready: int
    current: Open | None
    available: tuple[Source, ...]

    @property
    def share_ready(self) -> int:
        """How much of the report is ready, in whole percents."""
        return round(100 * self.ready / len(self.parts)) if self.parts else 0


def editor_page(facts: YearFacts, slug: str | None = None, *, link_to: str = "") -> EditorPage:
    """The editor with the named part open; without a name, the overview."""
    sections = sections_of(facts)
    current: Open | None = None
    for section in sections:
        if section.kind.slug == slug:
            current = _open_section(section, facts, link_to)
    for heading in facts.form:
        if _form_slug(heading) == slug:
            current = _open_heading(heading, facts, link_to)
    done = ("ready", "left_out")
    return EditorPage(
        facts=facts,
        parts=tuple(_part(f"{n} {s.heading}", s.kind.slug, s.state, facts, slug) for n, s in enumerate(sections, 1)),
        form_parts=tuple(_form_part(heading, facts, slug) for heading in facts.form),
        annexes=facts.annexes,
        questions=tuple(
            (section.heading, _address(facts, section.kind.slug), question)
            for section in sections
            if section.state not in done
            for question in section.questions
        ),
        ready=sum(1 for section in sections if section.state in done),
        current=current,
        available=tuple(_source(f, facts) for row in facts.series.values() for f in row[-1:] if f.value is not None),
    )


def entry_named(slug: str, facts: YearFacts) -> str:
    """The key under which the text of a part is kept. Raises Http404 for a part that does not exist."""
    for section in sections_of(facts):
        if section.kind.slug == slug:
            return section.kind.key
    for heading in facts.form:
        if _form_slug(heading) == slug:
            return form_section(heading.key)
    raise Http404


def _part(label: str, slug: str, state: State, facts: YearFacts, current: str | None) -> Part:
    status, tag = TAGS[state]
    return Part(label, _address(facts, slug), status, tag, slug == current)


def _address(facts: YearFacts, slug: str) -> str:
    return reverse("accountability:section", args=[facts.period.year, slug])


def _form_slug(heading: FormHeading) -> str:
    return f"formulier-{heading.key}"


def _form_part(heading: FormHeading, facts: YearFacts, current: str | None) -> Part:
    slug = _form_slug(heading)
    return Part(heading.title, _address(facts, slug), "neutral", "", slug == current)


def _open_section(section: Section, facts: YearFacts, link_to: str) -> Open:
    return Open(
        slug=section.kind.slug,
        is_section=True,
        heading=section.heading,
        text=section.text,
        is_draft=section.is_draft,
        state=section.state,
        version=section.version,
        questions=section.questions,
        pieces=_pieces(section_blocks(section, facts, 0, link_to=link_to), facts),
        sources=tuple(_source(figure, facts) for figure in section.sources),
    )


def _open_heading(heading: FormHeading, facts: YearFacts, link_to: str) -> Open:
    written = facts.texts.get(form_section(heading.key))
    text = form_text(heading, facts)
    return Open(
        slug=_form_slug(heading),
        is_section=False,
        heading=heading.title,
        text=text,
        is_draft=not (written and written.text),
        state="ready" if written and (written.text or written.ready) else "draft",
        version=written.version if written else 0,
        questions=(),
        pieces=_pieces(blocks_of(text, facts.figures, link_to=link_to), facts),
        sources=(),
    )


def _source(figure: YearNumber, facts: YearFacts) -> Source:
    name = facts.indicators[figure.code].name
    return Source(figure, name, figure_in_words(figure), f"[[{figure.code} {figure.year}]]")


def _pieces(blocks: tuple[Block, ...], facts: YearFacts) -> tuple[SafeString | Picture, ...]:
    """The blocks for the screen: text and tables as HTML, each chart as a picture that the worker drew."""
    pieces: list[SafeString | Picture] = []
    text: list[Block] = []
    for block in blocks:
        if isinstance(block, Figure):
            pieces += [_html(text, facts), picture_of(block.chart, body=facts.organisation.pk)]
            text = []
        else:
            text.append(block)
    return (*pieces, _html(text, facts)) if text else tuple(pieces)


def _html(blocks: list[Block], facts: YearFacts) -> SafeString:
    theme = Theme(facts.organisation.name)
    return body_fragment(Document("-", theme, facts.period.reference_date, tuple(blocks)))
