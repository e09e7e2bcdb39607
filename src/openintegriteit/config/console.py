"""Console commands: what the technical administrator types. Exit codes: 0 done, 1 refused, 2 wrong call."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

if TYPE_CHECKING:
    from openintegriteit.organisations.models import Organisation

DONE, REFUSED = 0, 1
FORMATS = ("pdf", "docx", "odt", "html")


class Refusal(Exception):
    """A command that cannot be carried out; the message says why and what to do."""


def say(line: str = "") -> None:
    """One line for the person at the console."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def run(arguments: Sequence[str]) -> int:
    """Carry out a command; returns the exit code. A wrong call ends in SystemExit(2), as argparse does."""
    options = parser().parse_args(arguments)
    try:
        django.setup()
        command: Callable[[argparse.Namespace], int] = options.command
        return command(options)
    except (Refusal, ImproperlyConfigured) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return REFUSED
    except DatabaseError as problem:
        sys.stderr.write(
            f"De database weigert, en er is niets half gedaan. Controleer of de schijf van de gegevensmap ruimte heeft "
            f"en of de database te bereiken is. De melding was: {problem}\n"
        )
        return REFUSED


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    root = argparse.ArgumentParser(prog="openintegriteit", description="Integriteitsmanagement voor overheden.")
    commands = root.add_subparsers(required=True, metavar="opdracht")

    demo = commands.add_parser("demo", help="maak de voorbeeldgemeente met haar jaarverslag")
    demo.set_defaults(command=_demo)

    serve = commands.add_parser("serve", help="start de website en het werk op de achtergrond")
    serve.add_argument("--host", default="127.0.0.1", help="adres waarop de website luistert (standaard 127.0.0.1)")
    serve.add_argument("--port", type=int, default=8000, help="poort (standaard 8000)")
    serve.add_argument("--without-worker", action="store_true", help="het werk op de achtergrond draait apart")
    serve.set_defaults(command=_serve)

    worker = commands.add_parser("worker", help="doe het werk op de achtergrond")
    worker.add_argument("--only-worker", action="store_true", help="er draait geen andere; pak afgebroken werk op")
    worker.set_defaults(command=_worker)

    import_ = commands.add_parser("import", help="lees mensen of een jaar in")
    import_.add_argument("what", choices=("people", "year"), help="people: mensen en afdelingen; year: een jaar")
    import_.add_argument("file", type=Path, metavar="BESTAND")
    import_.add_argument("--dry-run", action="store_true", help="laat zien wat er zou veranderen, verander niets")
    import_.add_argument("--template", action="store_true", help="schrijf een leeg werkboek met uitleg naar BESTAND")
    _organisation_option(import_)
    import_.set_defaults(command=_import)

    report = commands.add_parser("report", help="maak een verslag")
    report.add_argument("kind", choices=("annual",), help="annual: het jaarverslag")
    report.add_argument("--year", type=int, help="het jaar (standaard het laatste)")
    report.add_argument("--format", choices=FORMATS, default="pdf")
    report.add_argument("--output", type=Path, required=True, metavar="BESTAND")
    _organisation_option(report)
    report.set_defaults(command=_report)

    event_log = commands.add_parser("event-log", help="controleer het logboek")
    event_log.add_argument("action", choices=("verify",))
    _organisation_option(event_log)
    event_log.set_defaults(command=_event_log)

    check = commands.add_parser("check", help="controleer de installatie")
    check.set_defaults(command=_check)
    return root


def _organisation_option(command: argparse.ArgumentParser) -> None:
    command.add_argument("--organisation", metavar="NAAM", help="de organisatie, als er meer dan één is")


# The commands import what they need themselves: the framework must be set up first, and starting stays quick.


def _demo(options: argparse.Namespace) -> int:
    from openintegriteit.desks.demo import build_demo

    for line in build_demo():
        say(line)
    return DONE


def _serve(options: argparse.Namespace) -> int:
    from openintegriteit.config.serving import serve

    return serve(host=options.host, port=options.port, with_worker=not options.without_worker, say=say)


def _worker(options: argparse.Namespace) -> int:
    from openintegriteit.config.serving import work

    work(only_worker=options.only_worker)
    return DONE


def _import(options: argparse.Namespace) -> int:
    if options.template:
        return _write_template(options.what, options.file)
    from openintegriteit.core.spreadsheets.reading import UnreadableFile
    from openintegriteit.core.tenancy import organisation_scope
    from openintegriteit.desks.console import import_people_lines, import_year_lines

    organisation = _organisation(options.organisation)
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
    _write(file, content)
    say(f"Het lege werkboek met uitleg staat in {file}.")
    return DONE


def _report(options: argparse.Namespace) -> int:
    from openintegriteit.accountability.documents import NoReport, annual_report
    from openintegriteit.core.tenancy import organisation_scope

    organisation = _organisation(options.organisation)
    with organisation_scope(organisation.pk):
        try:
            content = annual_report(organisation, year=options.year, file_format=options.format)
        except NoReport as problem:
            raise Refusal(str(problem)) from problem
        except OSError as problem:
            raise Refusal(
                f"Het verslag {options.output} is niet te maken: {problem.strerror}. Is de schijf vol?"
            ) from problem
    _write(options.output, content)
    say(f"Het jaarverslag staat in {options.output}.")
    return DONE


def _write(file: Path, content: bytes) -> None:
    """Put the content under the name at once: after a kill or on a full disk the file is whole or as it was."""
    from openintegriteit.core.files import write_whole

    try:
        write_whole(file, content)
    except OSError as problem:
        raise Refusal(f"Het bestand {file} is niet te schrijven: {problem.strerror}.") from problem


def _event_log(options: argparse.Namespace) -> int:
    from openintegriteit.core.tenancy import organisation_scope
    from openintegriteit.event_log.queries import verify_chain
    from openintegriteit.organisations.models import Organisation

    _require_migrated()
    bodies = [_organisation(options.organisation)] if options.organisation else list(Organisation.objects.all())
    chains = [(body.name, body.pk) for body in bodies] + ([] if options.organisation else [("de installatie", None)])
    intact = True
    for name, key in chains:
        with organisation_scope(key):
            outcome = verify_chain(key)
        if outcome.first_bad is None:
            say(f"Het logboek van {name} klopt: {outcome.entries} regels.")
        else:
            intact = False
            what = {"missing": "ontbreekt", "changed": "is veranderd", "cut off": "en verder is afgeknipt"}
            say(f"Het logboek van {name} klopt niet: regel {outcome.first_bad} {what[outcome.reason]}.")
    return DONE if intact else REFUSED


def _check(options: argparse.Namespace) -> int:
    from openintegriteit.config.serving import problems

    found = problems()
    for problem in found:
        say(problem)
    if not found:
        say("De installatie is in orde.")
    return REFUSED if found else DONE


def _organisation(name: str | None) -> "Organisation":
    from openintegriteit.organisations.queries import organisation_named

    _require_migrated()
    try:
        return organisation_named(name)
    except LookupError as problem:
        choices = str(problem)
        raise Refusal(
            f"Noem de organisatie met --organisation. Te kiezen: {choices}."
            if choices
            else "Er is nog geen organisatie. Richt eerst de installatie in: start openintegriteit serve."
        ) from problem


def _require_migrated() -> None:
    from openintegriteit.config.serving import is_migrated

    if not is_migrated():
        raise Refusal("De database is nog niet klaar voor deze versie. Start eerst openintegriteit serve.")
