"""Console commands about the event log: verifying it, and the checkpoints that leave the machine."""

import argparse
from typing import TYPE_CHECKING

from openintegriteit.config.commanding import DONE, REFUSED, Refusal, body_named, require_migrated, say

if TYPE_CHECKING:
    from uuid import UUID


def verify(options: argparse.Namespace) -> int:
    """Say of each chain whether it is intact, and which line is the first bad one."""
    from openintegriteit.core.tenancy import organisation_scope
    from openintegriteit.event_log.queries import verify_chain
    from openintegriteit.organisations.models import Organisation

    require_migrated()
    bodies = [body_named(options.organisation)] if options.organisation else list(Organisation.objects.all())
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
    if options.checkpoint:
        intact = _compare_with_checkpoints(options, dict(chains)) and intact
    return DONE if intact else REFUSED


def _compare_with_checkpoints(options: argparse.Namespace, chains: "dict[str, UUID | None]") -> bool:
    """Say whether the chains still hold every checkpoint that was kept elsewhere."""
    from openintegriteit.config.checkpoints import first_contradicted, key_file
    from openintegriteit.event_log.checkpoints import KeyUnusable, NoCheckpoints, key_from, public_key_in, read
    from openintegriteit.event_log.operations import INSTALLATION

    try:
        given = [key_from(text) for text in options.public_key or ()]
        own = None if given else public_key_in(key_file())
        found = read(options.checkpoint)
    except ValueError as problem:
        raise Refusal("Dit is geen openbare sleutel. Neem over wat event-log public-key liet zien.") from problem
    except KeyUnusable as problem:
        raise Refusal(f"In {key_file()} staat geen sleutel. Geef de openbare sleutel met --public-key.") from problem
    except (NoCheckpoints, OSError) as problem:
        raise Refusal(f"In {options.checkpoint} staat geen controlepunt dat te lezen is.") from problem
    asked = {str(key or INSTALLATION) for key in chains.values()}
    if options.organisation:
        found = [checkpoint for checkpoint in found if checkpoint.chain in asked]
        if not found:
            raise Refusal(f"In {options.checkpoint} staat geen controlepunt van deze organisatie.")
    broken = first_contradicted(found, [own] if own else given, chains.values())
    if broken is None:
        say(f"Alle {len(found)} controlepunten kloppen met het logboek.")
        return True
    names = {str(key or INSTALLATION): name for name, key in chains.items()}
    of = names.get(broken.checkpoint.chain, f"een organisatie die hier niet is ({broken.checkpoint.chain})")
    why = {
        "unknown key": f"is ondertekend met een andere sleutel ({broken.checkpoint.key}); geef die met --public-key",
        "signature": "heeft een ondertekening die niet klopt: het controlepunt zelf is veranderd",
        "missing": "noemt een regel die er niet meer is: het logboek is afgeknipt of opnieuw gemaakt",
        "changed": "noemt een andere inhoud van die regel: het logboek is opnieuw gemaakt",
    }
    at = f"{broken.checkpoint.at}, regel {broken.checkpoint.length}"
    say(f"Het controlepunt van {of} ({at}) {why[broken.reason]}.")
    return False


def checkpoint(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from openintegriteit.config.checkpoints import checkpoint_folder, key_file, sign_checkpoints
    from openintegriteit.event_log.checkpoints import KeyUnusable

    require_migrated()
    try:
        signed = sign_checkpoints(timezone.now())
    except OSError as problem:
        raise Refusal(f"Het controlepunt is niet te schrijven: {problem.strerror}. Is de schijf vol?") from problem
    except KeyUnusable as problem:
        raise Refusal(f"In {key_file()} staat geen sleutel om mee te ondertekenen. Zet de goede terug.") from problem
    told = f"{signed} controlepunten van vandaag staan" if signed else "De controlepunten van vandaag stonden al"
    say(f"{told} in {checkpoint_folder()}.")
    return DONE


def public_key(options: argparse.Namespace) -> int:
    from openintegriteit.config.checkpoints import key_file
    from openintegriteit.event_log.checkpoints import KeyUnusable, key_text, private_key_in

    try:
        say(key_text(private_key_in(key_file()).public_key()))
    except KeyUnusable as problem:
        raise Refusal(f"In {key_file()} staat geen sleutel om mee te ondertekenen. Zet de goede terug.") from problem
    except OSError as problem:
        raise Refusal(f"De sleutel {key_file()} is niet te lezen of te maken: {problem.strerror}.") from problem
    return DONE
