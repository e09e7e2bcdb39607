"""Console commands with files: reading in people and years, handing out workbooks, reports and overviews."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from openintegriteit.config.commanding import DONE, REFUSED, Refusal, body_named, say, write_file

if TYPE_CHECKING:
    from openintegriteit.organisations.models import Organisation


def import_file(options: argparse.Namespace) -> int:
    """Read in people or a year, or hand out the empty workbook for them."""
    if options.template:
        return _write_template(options.what, options.file)
    from openintegriteit.core.spreadsheets.reading import UnreadableFile
    from openintegriteit.core.tenancy import organisation_scope
    from openintegriteit.desks.console import import_people_lines, import_year_lines

    organisation = body_named(options.organisation)
    lines_of = import_people_lines if options.what == "people" else import_year_lines
    try:
        with organisation_scope(organisation.pk):
            accepted, lines = lines_of(options.file, organisation, dry_run=options.dry_run)
    except UnreadableFile as problem:
        raise Refusal(str(problem)) from problem
    except OSError as problem:
        raise Refusal(f"Het bestand {options.file} is niet te lezen: {problem.strerror}.") from problem
    for line in lines:
        say(line)
    return DONE if accepted else REFUSED


def _write_template(what: str, file: Path) -> int:
    from openintegriteit.accountability.importers import year_template
    from openintegriteit.core.spreadsheets.templates import template_workbook
    from openintegriteit.organisations.importers.columns import TEMPLATE

    formats: dict[str, Literal["xlsx", "ods"]] = {".xlsx": "xlsx", ".ods": "ods"}
    file_format = formats.get(file.suffix.lower())
    if file_format is None:
        raise Refusal("Geef het werkboek een naam die eindigt op .xlsx of .ods.")
    content = template_workbook(TEMPLATE, file_format) if what == "people" else year_template(file_format)
    write_file(file, content)
    say(f"Het lege werkboek met uitleg staat in {file}.")
    return DONE


def report(options: argparse.Namespace) -> int:
    """Write the annual report, or the overview of a part of a year, to a file."""
    from openintegriteit.core.tenancy import organisation_scope

    organisation = body_named(options.organisation)
    with organisation_scope(organisation.pk):
        try:
            content, told = (_annual if options.kind == "annual" else _period)(organisation, options)
        except OSError as problem:
            raise Refusal(
                f"Het verslag {options.output} is niet te maken: {problem.strerror}. Is de schijf vol?"
            ) from problem
    write_file(options.output, content)
    say(told)
    return DONE


def _annual(organisation: "Organisation", options: argparse.Namespace) -> tuple[bytes, str]:
    from openintegriteit.accountability.documents import NoReport, annual_report, standing_in_words
    from openintegriteit.accountability.frozen import EditionDamaged

    if options.period:
        raise Refusal("Een deel van een jaar hoort bij: openintegriteit report period --period DEEL.")
    try:
        content = annual_report(organisation, year=options.year, file_format=options.format)
    except NoReport as problem:
        raise Refusal(str(problem)) from problem
    except EditionDamaged as problem:
        raise Refusal("De vastgestelde uitgave is niet meer wat is vastgesteld. Zet een back-up terug.") from problem
    told = standing_in_words(organisation, options.year)
    return content, f"Het jaarverslag staat in {options.output}. Het is {told}."


def _period(organisation: "Organisation", options: argparse.Namespace) -> tuple[bytes, str]:
    from openintegriteit.accountability.documents import overview_file
    from openintegriteit.accountability.periods import part_named

    part = part_named(options.period or "")
    if part is None:
        raise Refusal(
            "Noem het deel van het jaar met --period: een halfjaar (2026-h1), een kwartaal (2026-k3) of "
            "een maand (2026-m05)."
        )
    content = overview_file(organisation, part, file_format=options.format)
    return content, f"De tussenstand van {part.slug} staat in {options.output}."
