"""Console commands: what the technical administrator types. Exit codes: 0 done, 1 refused, 2 wrong call."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from openintegriteit.config import commands_event_log, commands_files
from openintegriteit.config.commanding import DONE, REFUSED, Refusal, body_named, require_migrated, say

if TYPE_CHECKING:
    from django.forms import Form

    from openintegriteit.retention.replaying import Replay

FORMATS = ("pdf", "docx", "odt", "html")
KINDS = {
    "gemeente": "municipality",
    "provincie": "province",
    "waterschap": "water_board",
    "gemeenschappelijke-regeling": "joint_body",
}


def run(arguments: Sequence[str]) -> int:
    """Carry out a command; returns the exit code. A wrong call ends in SystemExit(2), as argparse does."""
    options = parser().parse_args(arguments)
    if options.command is _serve and os.environ.get("OPENINTEGRITEIT_DEMO") == "1":
        # Links in mails name the port that is served: told before the settings are read, here and by what we start.
        os.environ.setdefault("OPENINTEGRITEIT_ADDRESS", f"http://localhost:{options.port}")
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
    serve.add_argument("--public-only", action="store_true", help="alleen de openbare sites, ook zonder database")
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
    import_.set_defaults(command=commands_files.import_file)

    report = commands.add_parser("report", help="maak een verslag")
    report.add_argument(
        "kind", choices=("annual", "period"), help="annual: het jaarverslag; period: de tussenstand van een deel"
    )
    report.add_argument("--year", type=int, help="het jaar van het jaarverslag (standaard het laatste)")
    report.add_argument(
        "--period", metavar="DEEL", help="halfjaar, kwartaal of maand, zoals 2026-h1, 2026-k3 of 2026-m05"
    )
    report.add_argument("--format", choices=FORMATS, default="pdf")
    report.add_argument("--output", type=Path, required=True, metavar="BESTAND")
    _organisation_option(report)
    report.set_defaults(command=commands_files.report)

    event_log = commands.add_parser("event-log", help="controleer het logboek, of maak er een controlepunt van")
    parts = event_log.add_subparsers(required=True, metavar="wat")
    verify = parts.add_parser("verify", help="controleer of er geen regel is veranderd of weg is")
    verify.add_argument("--checkpoint", type=Path, metavar="PAD", help="bestand of map met controlepunten van eerder")
    verify.add_argument(
        "--public-key", action="append", metavar="SLEUTEL", help="openbare sleutel van de controlepunten (mag vaker)"
    )
    _organisation_option(verify)
    verify.set_defaults(command=commands_event_log.verify)
    checkpoint = parts.add_parser("checkpoint", help="maak nu het controlepunt van vandaag")
    checkpoint.set_defaults(command=commands_event_log.checkpoint)
    public_key = parts.add_parser("public-key", help="laat de openbare sleutel van de controlepunten zien")
    public_key.set_defaults(command=commands_event_log.public_key)

    backup = commands.add_parser("backup", help="maak een back-up in een nieuwe map")
    backup.add_argument("folder", type=Path, metavar="MAP")
    backup.set_defaults(command=_backup)

    restore = commands.add_parser("restore", help="zet een back-up terug in een lege installatie")
    restore.add_argument("folder", type=Path, metavar="MAP")
    restore.add_argument("--destroyed", type=Path, metavar="MAP", help="de map met wat later is vernietigd")
    restore.set_defaults(command=_restore)

    organisation = commands.add_parser("organisation", help="voeg een organisatie toe, of geef haar een webadres")
    bodies = organisation.add_subparsers(required=True, metavar="wat")
    add = bodies.add_parser("add", help="voeg een organisatie toe en nodig haar functioneel beheerder uit")
    add.add_argument("--name", required=True, metavar="NAAM", help="zoals: Waterschap Voorbeeldstroom")
    add.add_argument("--kind", required=True, choices=tuple(KINDS), help="de soort, die wet, namen en formulier kiest")
    add.add_argument("--host", default="", metavar="WEBADRES", help="haar eigen naam, zonder https://")
    add.add_argument("--administrator", required=True, metavar="MAILADRES", help="wie de uitnodiging krijgt")
    add.add_argument("--administrator-name", required=True, metavar="NAAM", help="hoe die persoon heet")
    add.set_defaults(command=_add_organisation)
    address = bodies.add_parser("address", help="geef een organisatie een eigen webadres")
    address.add_argument("host", metavar="WEBADRES")
    _organisation_option(address)
    address.set_defaults(command=_set_address)

    reset = commands.add_parser("reset-second-factor", help="haal iemands tweede stap weg, als niemand anders dat kan")
    reset.add_argument("email", metavar="MAILADRES")
    _organisation_option(reset)
    reset.set_defaults(command=_reset_second_factor)

    check = commands.add_parser("check", help="controleer de installatie")
    check.set_defaults(command=_check)
    return root


def _organisation_option(command: argparse.ArgumentParser) -> None:
    command.add_argument("--organisation", metavar="NAAM", help="de organisatie, als er meer dan één is")


# The commands import what they need themselves: the framework must be set up first, and starting stays quick.


def _demo(options: argparse.Namespace) -> int:
    from django.conf import settings

    from openintegriteit.desks.demo import build_demo

    if not settings.DEMO_MODE:
        raise Refusal(
            "Het voorbeeld komt niet in een echte installatie. Wilt u het zien, zet dan OPENINTEGRITEIT_DEMO=1."
        )
    for line in build_demo():
        say(line)
    return DONE


def _serve(options: argparse.Namespace) -> int:
    from openintegriteit.config.serving import serve, serve_public_sites

    if options.public_only:
        return serve_public_sites(host=options.host, port=options.port, say=say)
    return serve(host=options.host, port=options.port, with_worker=not options.without_worker, say=say)


def _worker(options: argparse.Namespace) -> int:
    from openintegriteit.config.serving import work

    work(only_worker=options.only_worker)
    return DONE


def _backup(options: argparse.Namespace) -> int:
    from openintegriteit.config.backup import Refused, back_up

    require_migrated()
    try:
        manifest = back_up(options.folder)
    except Refused as problem:
        raise Refusal(str(problem)) from problem
    rows, files = sum(table.rows for table in manifest.tables), len(manifest.parts) - len(manifest.tables)
    say(f"De back-up staat in {options.folder}: {rows} rijen en {files} bestanden.")
    say("De geheime sleutel en de sleutel van de controlepunten zitten er niet in. Bewaar die op een andere plek.")
    return DONE


def _restore(options: argparse.Namespace) -> int:
    from openintegriteit.config.backup import Refused
    from openintegriteit.config.restore import restore

    try:
        restored = restore(options.folder, options.destroyed)
    except Refused as problem:
        raise Refusal(str(problem)) from problem
    say(f"De back-up van {restored.made_at} is teruggezet: {restored.rows} rijen en {restored.files} bestanden.")
    bad = [chain for chain in restored.chains if chain.first_bad is not None]
    for chain in bad:
        say(f"LET OP: het logboek van {chain.chain} klopt niet vanaf regel {chain.first_bad}.")
    if not bad:
        say(f"Alle {len(restored.chains)} logboeken kloppen.")
    _tell_replay(restored.replay, restored.told)
    if not restored.key_fits:
        say("LET OP: de geheime sleutel is een andere dan bij de back-up. Zo werkt de tweede stap van niemand.")
        say("Zet de goede in OPENINTEGRITEIT_SECRET_KEY voordat u start.")
    say("Start met: openintegriteit serve.")
    return REFUSED if bad else DONE


def _tell_replay(replay: "Replay", told: int) -> None:
    """What became of what was destroyed after the backup was made."""
    if not told:
        say("Er is geen bestand gevonden van wat na deze back-up is vernietigd. Is er wel iets vernietigd, begin dan")
        say("opnieuw met een lege installatie en noem de map met die bestanden achter --destroyed.")
        return
    say(f"Opnieuw vernietigd, omdat het na deze back-up al was vernietigd: {replay.destroyed}.")
    if replay.kept:
        say(f"LET OP: {len(replay.kept)} staan er weer en blijven, omdat iets anders ze vasthoudt:")
        for each in replay.kept:
            say(f"- vernietigingslijst {each.list_number}: {each.words} ({each.record})")


def _reset_second_factor(options: argparse.Namespace) -> int:
    from openintegriteit.core.roles import console_actor
    from openintegriteit.core.tenancy import organisation_scope
    from openintegriteit.identity.queries import people_here
    from openintegriteit.identity.refusal import Refused
    from openintegriteit.identity.resets import reset_from_console

    organisation = body_named(options.organisation)
    with organisation_scope(organisation.pk):
        user = people_here().filter(email=options.email.strip().lower()).first()
        if user is None:
            raise Refusal(f"Bij {organisation.name} heeft niemand een account met het adres {options.email}.")
        try:
            reset_from_console(actor=console_actor(organisation.pk), user=user)
        except Refused as refusal:
            raise Refusal(str(refusal)) from refusal
    say(f"De tweede stap van {user} is weggehaald. Bij het volgende inloggen stelt deze persoon een nieuwe in.")
    return DONE


def _add_organisation(options: argparse.Namespace) -> int:
    from openintegriteit.identity.bodies import add_body
    from openintegriteit.identity.forms import NewBodyForm
    from openintegriteit.identity.refusal import Refused

    require_migrated()
    typed = {"name": options.name, "kind": KINDS[options.kind], "host": options.host}
    form = NewBodyForm(typed | {"email": options.administrator, "person": options.administrator_name})
    if not form.is_valid():
        raise Refusal(_what_is_wrong(form))
    try:
        body = add_body(**form.cleaned_data)
    except Refused as refusal:
        raise Refusal(str(refusal)) from refusal
    say(f"{body.name} staat klaar. De uitnodiging gaat naar {options.administrator} en werkt zeven dagen.")
    _warn_of_unknown_host(body.host)
    return DONE


def _set_address(options: argparse.Namespace) -> int:
    from django.db import IntegrityError

    from openintegriteit.core.roles import console_actor
    from openintegriteit.core.tenancy import organisation_scope
    from openintegriteit.identity.forms import BodyForm
    from openintegriteit.organisations.operations import change_body

    body = body_named(options.organisation)
    form = BodyForm({"name": body.name, "kind": body.kind, "host": options.host})
    if not form.is_valid():
        raise Refusal(_what_is_wrong(form))
    with organisation_scope(body.pk):
        try:
            change_body(
                actor=console_actor(body.pk),
                organisation=body,
                expected_version=body.version,
                values={"host": form.cleaned_data["host"]},
            )
        except IntegrityError as problem:
            raise Refusal(f"Het webadres {options.host} is van een andere organisatie.") from problem
    say(f"{body.name} staat voortaan op {form.cleaned_data['host']}.")
    _warn_of_unknown_host(form.cleaned_data["host"])
    return DONE


def _what_is_wrong(form: "Form") -> str:
    """The errors of a form in one line each, with the label of the field before it."""
    return "\n".join(f"{form.fields[name].label}: {error}" for name, errors in form.errors.items() for error in errors)


def _warn_of_unknown_host(host: str | None) -> None:
    from django.conf import settings

    if host and host not in settings.ALLOWED_HOSTS:
        say(f"Zet {host} ook in OPENINTEGRITEIT_HOSTS en start de website opnieuw.")


def _check(options: argparse.Namespace) -> int:
    from openintegriteit.config.serving import problems

    found = problems()
    if found:
        for problem in found:
            say(problem)
        return REFUSED
    from openintegriteit.core.tenancy import organisation_scope
    from openintegriteit.desks.administrators import readings, stuck_mail
    from openintegriteit.organisations.models import Organisation

    stuck = 0
    for body in Organisation.objects.all():
        with organisation_scope(body.pk):
            stuck += stuck_mail()
    told = readings(stuck_mail=stuck)
    for reading in told:
        say(f"{reading.name}: {reading.value}" + ("" if reading.well else f" (let op: {reading.advice})"))
    well = all(reading.well for reading in told)
    say("De installatie is in orde." if well else "De installatie werkt, maar vraagt aandacht.")
    return DONE
