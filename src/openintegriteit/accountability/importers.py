"""A year from a file: the one way in, for the browser, the console and the example body."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from openintegriteit.accountability.facts import form_headings
from openintegriteit.accountability.models import AnnualReport
from openintegriteit.accountability.sections import form_section
from openintegriteit.accountability.workbook.applying import YearChanges, apply_year, preview_year
from openintegriteit.accountability.workbook.naming import measure_names
from openintegriteit.accountability.workbook.parsing import Known, YearFile, parse
from openintegriteit.accountability.workbook.sheets import SHEETS
from openintegriteit.core.roles import Actor
from openintegriteit.core.spreadsheets.reading import read_workbook
from openintegriteit.core.spreadsheets.templates import SheetTemplate, template_workbook
from openintegriteit.core.spreadsheets.workbook import Workbook, plain
from openintegriteit.figures.catalogue import CATALOGUE, indicators
from openintegriteit.figures.models import YearFigure
from openintegriteit.organisations.models import Organisation
from openintegriteit.policy.pillars import PILLARS

UPLOAD_PURPOSE = "year"


def read_year(workbook: Workbook, organisation: Organisation) -> YearFile:
    """The rows of a workbook, checked for this body; what is wrong stands in its errors."""
    headings = form_headings(organisation)
    published = YearFigure.objects.filter(published_before=True)
    known = Known(
        name=organisation.name,
        kind=organisation.kind,
        adopted=frozenset(AnnualReport.objects.filter(is_open=False).values_list("year", flat=True)),
        indicator_code=indicator_codes(),
        form={plain(heading.title): form_section(heading.key) for heading in headings},
        form_headings=tuple(heading.title for heading in headings),
        published={(figure.indicator, figure.year): figure.value for figure in published},
        measures=measure_names(organisation.kind),
    )
    return parse(workbook, known)


def indicator_codes() -> Callable[[str], str | None]:
    """A function that finds the code of a figure by its code or its name, whatever the capitals and accents."""
    offered = (*CATALOGUE, *indicators().values())  # the workbook is Dutch, whatever the language of the screen
    known = {plain(word): found.code for found in offered for word in (found.code, found.name)}
    return lambda name: known.get(plain(name))


def preview(file: YearFile, *, actor: Actor) -> YearChanges:
    """What the file would change."""
    return preview_year(file, actor=actor, code_of=indicator_codes())


def apply(file: YearFile, *, actor: Actor, previewed: str | None = None) -> YearChanges:
    """Store the file, all or nothing. Raises ValueError, ChangedMeanwhile and ReportAdopted, as `apply_year` does."""
    return apply_year(file, actor=actor, code_of=indicator_codes(), previewed=previewed)


def import_year_file(
    path: Path, *, organisation: Organisation, actor: Actor, dry_run: bool
) -> tuple[YearFile, YearChanges | None]:
    """Import a file by its path. Without changes in the answer, the errors say why.

    Raises UnreadableFile and OSError.
    """
    file = read_year(read_workbook(path.read_bytes(), name=path.stem), organisation)
    if file.errors:
        return file, None
    return file, preview(file, actor=actor) if dry_run else apply(file, actor=actor)


def year_template(file_format: Literal["xlsx", "ods"]) -> bytes:
    """The empty workbook with explanations and examples, as "xlsx" or "ods"."""
    figures = [(known.name, f"{known.definition} ({known.unit})") for known in CATALOGUE]
    words = {"pillar": [(str(pillar.number), pillar.name) for pillar in PILLARS], "indicator": figures}
    sheets = [SheetTemplate(kind.name, kind.intro, kind.columns, words=words) for kind in SHEETS]
    return template_workbook(sheets, file_format)
