"""The annual report as a whole: the sections in their order, and the document that the council gets."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.utils import translation

from openintegriteit.accountability.drafting import draft_of, questions_for
from openintegriteit.accountability.facts import YearFacts
from openintegriteit.accountability.markup import blocks_of, figures_in
from openintegriteit.accountability.models import Annex, AnnexKind, FormHeading, Judgement
from openintegriteit.accountability.records import measure_tables, records_of
from openintegriteit.accountability.sections import (
    EXPLANATION,
    PROPOSAL,
    SECTIONS,
    SectionKind,
    form_content,
    form_section,
)
from openintegriteit.core.contracts import Figure
from openintegriteit.core.documents.model import (
    Block,
    Definition,
    DefinitionList,
    Document,
    Heading,
    NumberedList,
    PageBreak,
    Signatory,
    SignatureBlock,
    SpaceToFill,
    TableOfContents,
    paragraph,
)
from openintegriteit.organisations.house_style import theme_of

JUDGED = {
    Judgement.ACCESSIBLE: "toegankelijk",
    Judgement.PARTLY: "deels toegankelijk",
    Judgement.NOT: "niet toegankelijk",
    "": "toegankelijkheid niet beoordeeld",
}
State = Literal["ready", "draft", "empty", "left_out"]


@dataclass(frozen=True, slots=True)
class Section:
    """A section as its author sees it: the text that stands now, where it comes from, and what is asked."""

    kind: SectionKind
    heading: str
    text: str
    is_draft: bool
    state: State
    version: int  # of the author's text; 0: nothing written
    questions: tuple[str, ...]
    sources: tuple[Figure, ...]


def sections_of(facts: YearFacts) -> tuple[Section, ...]:
    """Every section of the report, in its order."""
    return tuple(section_of(kind, facts) for kind in SECTIONS)


def section_of(kind: SectionKind, facts: YearFacts) -> Section:
    """One section with its text, written or drafted."""
    written = facts.texts.get(kind.key)
    has_words = written is not None and bool(written.text)
    text = written.text if written is not None and has_words else draft_of(kind.key, facts)
    if written is not None and written.left_out:
        state: State = "left_out"
    elif written is not None and written.ready:
        state = "ready"
    else:
        state = "draft" if text or records_of(kind.key, facts, 3) else "empty"
    return Section(
        kind=kind,
        heading=kind.heading.format(year=facts.period.year, next_year=facts.period.year + 1),
        text=text,
        is_draft=not has_words,
        state=state,
        version=written.version if written is not None else 0,
        questions=questions_for(kind.key, facts),
        sources=_sources(kind, text, facts),
    )


def _sources(kind: SectionKind, text: str, facts: YearFacts) -> tuple[Figure, ...]:
    """The figures that the section shows, for the way back to the records."""
    named = [facts.figures[key] for key in figures_in(text) if key in facts.figures]
    if kind.key == "cijfers":
        named += [row[-1] for row in facts.series.values() if any(figure.value is not None for figure in row)]
    return tuple(dict.fromkeys(named))


def section_blocks(section: Section, facts: YearFacts, level: int, *, link_to: str = "") -> tuple[Block, ...]:
    """The section without its heading: the text, then the records."""
    return blocks_of(section.text, facts.figures, link_to=link_to) + records_of(section.kind.key, facts, level + 1)


@translation.override(settings.LANGUAGE_CODE)
def document_of(facts: YearFacts) -> Document:
    """The report in the form of a proposal to the representative body."""
    year = facts.period.year
    return Document(
        title=f"Verslag integriteitsbeleid {year}",
        subject=f"{str(facts.names['proposal']).capitalize()} van {facts.organisation.name}",
        theme=theme_of(facts.organisation),
        date=facts.period.reference_date,
        author=facts.organisation.name,
        blocks=tuple(_blocks(facts)),
    )


def _blocks(facts: YearFacts) -> Iterator[Block]:
    sections = {section.kind: section for section in sections_of(facts)}
    groups = _form_groups(facts)
    yield TableOfContents(deepest_level=2)
    yield from _told(sections[PROPOSAL], facts, 1)
    first_group = next(iter(groups), "Toelichting")
    yield Heading(first_group, 1)
    parent = ""
    for kind in EXPLANATION:
        blocks = tuple(_told(sections[kind], facts, 3 if kind.parent else 2))
        if blocks and kind.parent and kind.parent != parent:
            yield Heading(kind.parent, 2)
        parent = kind.parent if blocks else parent
        yield from blocks
    for number, (title, headings) in enumerate(groups.items()):
        if number:
            yield Heading(title, 1)
        yield DefinitionList(tuple(_form_answer(heading, facts) for heading in headings))
    if facts.annexes:
        yield Heading("Bijlagen", 1)
        yield NumberedList(tuple((paragraph(_annex_line(annex)),) for annex in facts.annexes))
    opening = f"{facts.names['executive_in_signature']},"
    yield SignatureBlock(tuple(Signatory(function) for function in facts.names["signatories"]), opening)
    advice = form_content()["committee_advice"]
    yield SpaceToFill(advice["heading"].format(**facts.names), advice["hint"].format(**facts.names))
    for annex in facts.annexes:
        yield from _annex(annex, facts)


def _told(section: Section, facts: YearFacts, level: int) -> Iterator[Block]:
    """A section with its heading; nothing at all when it is left out or has nothing to tell."""
    blocks = section_blocks(section, facts, level)
    if section.state != "left_out" and blocks:
        yield Heading(section.heading, level)
        yield from blocks


def _form_groups(facts: YearFacts) -> dict[str, list[FormHeading]]:
    groups: dict[str, list[FormHeading]] = {}
    for heading in facts.form:
        groups.setdefault(heading.group, []).append(heading)
    return groups


def form_text(heading: FormHeading, facts: YearFacts) -> str:
    """What stands under a heading of the form: what the author wrote, or the body's usual text."""
    written = facts.texts.get(form_section(heading.key))
    return written.text if written and written.text else heading.default_text


def _form_answer(heading: FormHeading, facts: YearFacts) -> Definition:
    return Definition(heading.title, blocks_of(form_text(heading, facts) or "Niet van toepassing.", facts.figures))


def _annex_line(annex: Annex) -> str:
    """What the report says of an annex. The SHA-256 of a file stands there too: another file, another report."""
    remarks = [annex.author] if annex.author else []
    if annex.confidential:
        remarks.append("vertrouwelijk, niet bijgevoegd")
        remarks += [f"SHA-256 {annex.file.sha256}"] if annex.file else []
    elif annex.file:
        judged = JUDGED[annex.file.judgement]
        remarks += [f"los document: {annex.file.name}", judged, f"SHA-256 {annex.file.sha256}"]
    elif annex.kind == AnnexKind.DOCUMENT and not annex.text:
        remarks.append("los document")
    return f"{annex.title} ({'; '.join(remarks)})" if remarks else annex.title


def _annex(annex: Annex, facts: YearFacts) -> Iterator[Block]:
    if annex.confidential:
        return
    blocks: tuple[Block, ...] = blocks_of(annex.text, facts.figures)
    if annex.kind == AnnexKind.MEASURES:
        blocks += tuple(measure_tables(facts.measures))
    if blocks:
        yield PageBreak()
        yield Heading(f"Bijlage {annex.order}: {annex.title}", 1)
        yield from blocks
