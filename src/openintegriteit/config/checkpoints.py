"""Each night the chains of the event log are walked, and every day a signed checkpoint of each leaves the machine."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from openintegriteit.core.roles import console_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.checkpoints import (
    Broken,
    Checkpoint,
    append,
    contradicted,
    key_name,
    private_key_in,
    sign,
)
from openintegriteit.event_log.models import Chain
from openintegriteit.event_log.operations import INSTALLATION
from openintegriteit.event_log.queries import Verification, hashes_in_chain, verify_chain
from openintegriteit.messages.operations import queue_message
from openintegriteit.organisations.models import Organisation

SUBJECT = "Controlepunt van het logboek, {day}"
BODY = """Dit is het controlepunt van het logboek van {name} op {day}.
Bewaar deze mail op een plek waar wie de server beheert niet bij kan.

Hiermee is later te zien of het logboek is afgeknipt of opnieuw gemaakt: bewaar de mail als bestand, en draai
openintegriteit event-log verify --checkpoint BESTAND

{state}

{lines}
"""


def key_file() -> Path:
    """Where the private key lives that signs checkpoints."""
    return settings.CHECKPOINT_KEY_FILE or settings.DATA_DIR / "checkpoint-key.pem"


def checkpoint_folder() -> Path:
    """Where checkpoints are written, a file a day."""
    return settings.CHECKPOINT_DIR or settings.DATA_DIR / "checkpoints"


@transaction.atomic
def sign_checkpoints(now: datetime) -> int:
    """Sign the chains that have none of today yet, write them to today's file and mail them; returns how many.

    Mail goes out in the same transaction as the mark that today is done, so once; killed in between, today's file may
    hold a chain twice. Raises OSError when the disk refuses, KeyUnusable when the key does.
    """
    day = timezone.localdate(now)
    chains = Chain.objects.select_for_update().filter(length__gt=0).order_by("key")
    due = [chain for chain in chains if chain.checkpointed_on != day]
    if not due:
        return 0
    private_key = private_key_in(key_file())
    signed = {chain.key: sign(private_key, chain, now) for chain in due}
    append(checkpoint_folder() / f"controlepunten-{day:%Y-%m-%d}.jsonl", signed.values())
    if settings.CHECKPOINT_MAIL:
        _mail(signed, {chain.key: chain for chain in due}, day)
    Chain.objects.filter(key__in=signed).update(checkpointed_on=day)
    return len(signed)


def _mail(signed: dict[str, Checkpoint], chains: dict[str, Chain], day: date) -> None:
    """A mail for each body, with its own chain and that of the installation."""
    for body in Organisation.objects.filter(pk__in=[key for key in signed if key != INSTALLATION]):
        own = [signed[key].line() for key in (str(body.pk), INSTALLATION) if key in signed]
        state = _state(chains[str(body.pk)])
        text = BODY.format(name=body.name, day=f"{day:%d-%m-%Y}", state=state, lines="\n".join(own))
        with organisation_scope(body.pk):
            queue_message(
                actor=console_actor(body.pk),
                recipient=settings.CHECKPOINT_MAIL,
                subject=SUBJECT.format(day=f"{day:%d-%m-%Y}"),
                body=text,
            )


def _state(chain: Chain) -> str:
    if chain.verified_at is None:
        return "Het logboek is nog niet gecontroleerd."
    checked = f"{timezone.localtime(chain.verified_at):%d-%m-%Y om %H.%M uur}"
    if chain.verified_first_bad:
        return f"LET OP: het logboek klopt niet vanaf regel {chain.verified_first_bad} (gecontroleerd op {checked})."
    return f"Het logboek klopte bij de laatste controle, op {checked}: {chain.verified_entries} regels."


def verify_all() -> list[Verification]:
    """Walk every chain, of each body and of the installation; each chain keeps the outcome."""
    outcomes = []
    for key in [*Organisation.objects.values_list("pk", flat=True), None]:
        with organisation_scope(key):
            outcomes.append(verify_chain(key))
    return outcomes


def first_contradicted(
    checkpoints: Sequence[Checkpoint], public_keys: Iterable[Ed25519PublicKey], bodies: Iterable[UUID | None]
) -> Broken | None:
    """The first checkpoint that the chains of these bodies (None: the installation) contradict; None: all hold.

    The chains themselves have been verified before. A checkpoint of a body that is not there is missing its entry.
    """
    known: dict[tuple[str, int], str] = {}
    for key in bodies:
        numbers = [each.length for each in checkpoints if each.chain == str(key or INSTALLATION)]
        with organisation_scope(key):
            known |= hashes_in_chain(key, numbers)
    return contradicted(checkpoints, {key_name(public_key): public_key for public_key in public_keys}, known)
