"""Every change to declarations: permission, change and log entry together.

The event log is read by others than those who may read a declaration. Its entries tell who declared in which register
and which fields changed, never what they said.

Creating takes the key of the new record, so that doing it twice makes one. Changing takes the version that the person
saw, and raises StaleRecord when somebody else was first.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate

from openintegriteit.core.clock import today
from openintegriteit.core.locking import save_if_unchanged
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of, create_once
from openintegriteit.event_log.operations import record
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations.mails import tell_declarant, tell_who_reads
from openintegriteit.registers.declarations.models import (
    POSSIBLE,
    Decision,
    Declaration,
    Details,
    Draft,
    NothingToDeclare,
    Proposal,
    RegisterKey,
    Remark,
)
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.declarations.queries import (
    asks_second,
    draft_of,
    may_agree,
    may_decide,
    may_take_back,
    may_write,
    reader_of,
    visible_to,
)
from openintegriteit.registers.declarations.registers import REGISTERS, lasts, regime_of

ON_DECLARATION = ("starts_on",)  # what the form of a register asks and the declaration keeps
ON_DECLARATION_WHEN_DECIDED = ("outcome", "review_on", "holds_until")  # what it takes over of the newest decision
JUDGED = (*ON_DECLARATION_WHEN_DECIDED, "reasons", "conditions")


class Withdrawn(Exception):
    """The declaration was withdrawn, so nothing about it changes any more."""


class AlreadyDecided(Exception):
    """Somebody decided about the declaration as it reads now."""


class StillDeclared(Exception):
    """The person has declarations that hold, so there is something to declare."""


class IsOver(Exception):
    """What was declared is over, so that it goes on by declaring it anew."""


class HappenedOnce(Exception):
    """What was declared happened on one day, so that it neither stops nor still is so."""


@transaction.atomic
def declare[D: Details](
    model: type[D],
    *,
    actor: Actor,
    identifier: UUID,
    register: str,
    person: Person,
    values: Mapping[str, Any],
    asks_decision: bool = True,
) -> D:
    """Declare something in a register, whose details are of the model; the same key twice makes one.

    `values` are what its form asks. `asks_decision` False: the register knows that this needs no decision, also where
    its rules say that somebody decides. PermissionDenied for who may not declare for the person.
    """
    require_writing(actor, person)
    _hold(person)
    details = model(organisation_id=body_of(actor), **_of_details(values))
    regime = regime_of(person)
    details.declaration = create_once(
        actor=actor,
        action="declaration.made",
        model=Declaration,
        identifier=identifier,
        values={
            "register": register,
            "person": person,
            "regime": regime,
            "title": str(details),
            "asks_decision": asks_decision and REGISTERS[register].regimes[regime].decided,
            "first_declared_on": today(),
            "declared_on": today(),
            **_of_declaration(values),
        },
        label=label_of(register, person),
    )
    _forget_draft(actor, register, person)
    existing: D | None = model.objects.filter(declaration=details.declaration).first()
    if existing:
        return existing
    details.repeat()
    details.save()
    return details


@transaction.atomic
def change[D: Details](
    details: D,
    *,
    actor: Actor,
    expected_version: int,
    values: Mapping[str, Any],
    asks_decision: bool = True,
    follow_up: Collection[str] = (),
) -> D:
    """Change what was declared, as the next revision of it; where a decision was taken, a new one is asked.

    What was proposed about it is void.

    `asks_decision` as in `declare`. `follow_up` names fields that tell what was done since: where it was allowed, a
    change of only those keeps the revision, and so the decision. Nothing happens when nothing differs. Raises
    Withdrawn, and StaleRecord when somebody else was first.
    """
    current: D = type(details).objects.select_related("declaration__person").get(pk=details.pk)
    require_writing(actor, current.declaration.person)
    declaration = _held(current.declaration)
    _forget_draft(actor, declaration.register, declaration.person, declaration)
    own = {name: value for name, value in _of_details(values).items() if getattr(current, name) != value}
    days = {name: value for name, value in _of_declaration(values).items() if getattr(declaration, name) != value}
    if not own and not days:
        return current
    for name, value in own.items():
        setattr(current, name, value)
    for name, value in {**days, "title": str(current)}.items():
        setattr(declaration, name, value)
    decided = REGISTERS[declaration.register].regimes[declaration.regime].decided
    declaration.asks_decision = asks_decision and decided
    was_allowed = declaration.outcome in POSSIBLE
    if declaration.is_proposed:
        _close_proposal(declaration)
    if not (was_allowed and {*own, *days} <= set(follow_up)):
        declaration.revision += 1
        declaration.declared_on = today()
    save_if_unchanged(
        declaration,
        expected_version=declaration.version,
        fields=[*days, "title", "asks_decision", "revision", "declared_on", "is_proposed"],
    )
    _log(actor, "declaration.changed", declaration, fields=sorted([*own, *days]), revision=declaration.revision)
    current.declaration = declaration
    save_if_unchanged(current, expected_version=expected_version, fields=[*own, *current.repeat()])
    return current


@transaction.atomic
def end(*, actor: Actor, declaration: Declaration, expected_version: int, ends_on: date) -> Declaration:
    """Say on what day it stopped. That asks no new decision. Raises HappenedOnce.

    What is over goes on by declaring it anew, as that asks one: a day that has gone by becomes no later one (IsOver).
    """
    require_writing(actor, declaration.person)
    current = _held_lasting(declaration)
    was_until = current.ends_on
    if was_until and was_until < min(today(), ends_on) and current.version == expected_version:
        raise IsOver
    current.ends_on = ends_on
    save_if_unchanged(current, expected_version=expected_version, fields=["ends_on"])
    _log(actor, "declaration.ended", current)
    return current


@transaction.atomic
def withdraw(*, actor: Actor, declaration: Declaration, expected_version: int, reason: str) -> Declaration:
    """Take back what was declared by mistake, with the reason. Doing it twice does it once."""
    require_writing(actor, declaration.person)
    current: Declaration = Declaration.objects.select_for_update().get(pk=declaration.pk)
    if current.withdrawn_on:
        return current
    current.withdrawn_on, current.withdrawn_because = today(), reason
    save_if_unchanged(current, expected_version=expected_version, fields=["withdrawn_on", "withdrawn_because"])
    current.drafts.all().delete()
    _log(actor, "declaration.withdrawn", current)
    return current


@transaction.atomic
def confirm(*, actor: Actor, declaration: Declaration) -> Declaration:
    """Say that it still is as it was declared. Twice on one day says it once. Raises HappenedOnce."""
    require_writing(actor, declaration.person)
    current = _held_lasting(declaration)
    if current.confirmed_on == today():
        return current
    current.confirmed_on = today()
    save_if_unchanged(current, expected_version=current.version, fields=["confirmed_on"])
    _log(actor, "declaration.confirmed", current)
    return current


@transaction.atomic
def say_nothing(*, actor: Actor, person: Person, register: str) -> NothingToDeclare:
    """Say that somebody has nothing to declare in a register; twice on one day says it once.

    Where what is declared happened on one day, it says that there is nothing more. Raises StillDeclared where
    something holds.
    """
    require_writing(actor, person)
    declared = Declaration.objects.of_people([person]).current_on(today()).filter(register=register)
    if REGISTERS[register].lasts and declared.exists():
        raise StillDeclared
    said, is_new = NothingToDeclare.objects.get_or_create(
        organisation_id=body_of(actor),
        register=register,
        person=person,
        said_on=today(),
        defaults={"recorded_by": actor.label},
    )
    if is_new:
        record(actor=actor, action="declaration.nothing", subject=said, label=label_of(register, person))
    return said


@transaction.atomic
def decide(
    *,
    actor: Actor,
    declaration: Declaration,
    expected_version: int,
    values: Mapping[str, Any],
    about: Mapping[str, str],
) -> Decision | Proposal:
    """Decide about a declaration as it reads now; `about` keeps what it said, in words.

    Where the body wants a second person to look, it is a proposal. Raises AlreadyDecided for who comes second,
    Withdrawn, StaleRecord when it was changed since the person read it, and PermissionDenied for who is not above the
    person who declared.
    """
    current, reader = _held(declaration), reader_of(actor)
    if not may_decide(reader, current):
        raise PermissionDenied
    if not current.awaits_decision or current.is_proposed:
        raise AlreadyDecided
    current.notices.all().delete()
    if not asks_second(current.register, values["outcome"]):
        return _put_in_force(actor, current, expected_version, values, about=about, decided_by=actor.label)
    current.is_proposed = True
    save_if_unchanged(current, expected_version=expected_version, fields=["is_proposed"])
    proposal: Proposal = Proposal.objects.create(
        organisation_id=body_of(actor),
        declaration=current,
        revision=current.revision,
        proposed_by=actor.label,
        account=actor.identifier,
        person=reader.own[0],
        address=reader.own[0].email.lower(),
        **values,
    )
    _log(actor, "declaration.proposed", current, revision=proposal.revision)
    return proposal


@transaction.atomic
def agree(*, actor: Actor, declaration: Declaration, expected_version: int, about: Mapping[str, str]) -> Decision:
    """Agree as the second person to what is proposed, which puts it in force.

    Raises as `decide` does, and PermissionDenied for the first person and for who declared.
    """
    current = _held_proposed(actor, declaration)
    proposal = _close_proposal(current)
    values = {name: getattr(proposal, name) for name in JUDGED}
    told = {"about": about, "decided_by": proposal.proposed_by, "seconded_by": actor.label}
    return _put_in_force(actor, current, expected_version, values, **told)


@transaction.atomic
def send_back(*, actor: Actor, declaration: Declaration, expected_version: int, reason: str) -> Proposal:
    """Send back as the second person what is proposed, so that it waits for a decision again. Raises as `agree`."""
    current = _held_proposed(actor, declaration)
    proposal = _close_proposal(current)
    proposal.returned_by, proposal.returned_because = actor.label, reason
    proposal.save(update_fields=["returned_by", "returned_because"])
    save_if_unchanged(current, expected_version=expected_version, fields=["is_proposed"])
    _log(actor, "declaration.sent_back", current, revision=proposal.revision)
    return proposal


@transaction.atomic
def take_back(*, actor: Actor, declaration: Declaration, expected_version: int) -> Proposal:
    """Take back one's own proposal before a second person said anything, so that it waits for a decision again.

    Raises AlreadyDecided for who comes after the second person, otherwise as `decide`.
    """
    current = _held(declaration)
    if not current.is_proposed:
        raise AlreadyDecided
    if not may_take_back(reader_of(actor), current):
        raise PermissionDenied
    proposal = _close_proposal(current)
    save_if_unchanged(current, expected_version=expected_version, fields=["is_proposed"])
    _log(actor, "declaration.taken_back", current, revision=proposal.revision)
    return proposal


def _held_proposed(actor: Actor, declaration: Declaration) -> Declaration:
    current = _held(declaration)
    if not current.is_proposed:
        raise AlreadyDecided
    if not may_agree(reader_of(actor), current):
        raise PermissionDenied
    return current


def _close_proposal(declaration: Declaration) -> Proposal:
    """Close the open proposal about a declaration, whose `is_proposed` is the caller's to store."""
    declaration.is_proposed = False
    proposal: Proposal = declaration.proposals.get(is_open=True)
    proposal.is_open = False
    proposal.save(update_fields=["is_open"])
    declaration.notices.all().delete()
    return proposal


def _put_in_force(
    actor: Actor, declaration: Declaration, expected_version: int, values: Mapping[str, Any], **told: Any
) -> Decision:
    for name in ON_DECLARATION_WHEN_DECIDED:
        setattr(declaration, name, values.get(name))
    declaration.decided_revision = declaration.revision
    save_if_unchanged(
        declaration,
        expected_version=expected_version,
        fields=[*ON_DECLARATION_WHEN_DECIDED, "decided_revision", "is_proposed"],
    )
    decision: Decision = Decision.objects.create(
        organisation_id=body_of(actor),
        declaration=declaration,
        revision=declaration.revision,
        decided_on=today(),
        **values,
        **told,
    )
    _log(actor, "declaration.decided", declaration, outcome=decision.outcome, revision=decision.revision)
    tell_declarant(actor, declaration, "declarations/mail/decided.txt")
    return decision


@transaction.atomic
def remark(*, actor: Actor, declaration: Declaration, identifier: UUID, text: str) -> Remark:
    """Ask something about a declaration, or answer it; the same key twice makes one. PermissionDenied for others.

    The other side gets a mail, unless this one said the last word, today: then there is a mail already.
    """
    reader = reader_of(actor)
    if not visible_to(reader).filter(pk=declaration.pk).exists():
        raise PermissionDenied
    existing: Remark | None = Remark.objects.filter(pk=identifier).first()
    if existing:
        return existing
    last: Remark | None = declaration.remarks.last()
    made: Remark = Remark.objects.create(
        pk=identifier,
        organisation_id=body_of(actor),
        declaration=declaration,
        text=text,
        author=actor.label,
        account=actor.identifier,
        by_declarant=declaration.person_id in reader.own_keys,
    )
    _log(actor, "declaration.remarked", declaration)
    is_mailed = last is not None and last.by_declarant == made.by_declarant and localdate(last.written_at) == today()
    if not is_mailed:
        if made.by_declarant:
            tell_who_reads(actor, declaration)
        else:
            tell_declarant(actor, declaration, "declarations/mail/question.txt")
    return made


@transaction.atomic
def keep_draft(
    *,
    actor: Actor,
    register: str,
    person: Person,
    declaration: Declaration | None = None,
    identifier: UUID | None = None,
    typed: Mapping[str, Sequence[str]],
) -> Draft | None:
    """Keep what the actor typed for a person, instead of what they kept of it before: the last one wins.

    `declaration`: what it changes. `identifier`: the key that the declaration gets. None, and nothing is kept, of what
    was declared under that key or withdrawn meanwhile.
    """
    require_writing(actor, person)
    _hold(person)
    if declaration is None:
        over = Declaration.objects.filter(pk=identifier)
    else:
        over = Declaration.objects.filter(pk=declaration.pk, withdrawn_on__isnull=False)
    if over.exists():
        return None
    draft, is_new = Draft.objects.update_or_create(
        organisation_id=body_of(actor),
        author=actor.identifier,
        register=register,
        person=person,
        declaration=declaration,
        defaults={"typed": typed},
    )
    if is_new:
        record(actor=actor, action="declaration.draft_begun", subject=draft)
    return draft


@transaction.atomic
def discard_draft(*, actor: Actor, register: str, person: Person, declaration: Declaration | None = None) -> None:
    """Throw away what the actor kept. Doing it twice does it once."""
    POLICY.require(actor, "declare")
    draft = draft_of(actor, register, person, declaration)
    if draft is not None:
        record(actor=actor, action="declaration.draft_discarded", subject=draft)
        draft.delete()


def require_writing(actor: Actor, person: Person) -> None:
    """Raise PermissionDenied unless the actor may declare for the person."""
    POLICY.require(actor, "declare")
    if not may_write(reader_of(actor), person):
        raise PermissionDenied


def _hold(person: Person) -> None:
    """Nothing else is begun or declared for the person until the end of the transaction, so no draft outlives it."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def _held(declaration: Declaration) -> Declaration:
    """The declaration as it is now, held until the end of the transaction. Raises Withdrawn."""
    held: Declaration = (
        Declaration.objects.select_for_update(of=("self",)).select_related("person").get(pk=declaration.pk)
    )
    if held.withdrawn_on:
        raise Withdrawn
    return held


def _held_lasting(declaration: Declaration) -> Declaration:
    if not lasts(declaration):
        raise HappenedOnce
    return _held(declaration)


def _forget_draft(actor: Actor, register: str, person: Person, declaration: Declaration | None = None) -> None:
    """What was declared is no draft any more."""
    Draft.objects.filter(author=actor.identifier, register=register, person=person, declaration=declaration).delete()


def _of_declaration(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in ON_DECLARATION}


def _of_details(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in ON_DECLARATION}


@translation.override(settings.LANGUAGE_CODE)
def label_of(register: str, person: Person) -> str:
    """What the event log calls a declaration: in which register, of whom."""
    return f"{RegisterKey(register).label.capitalize()}: {person.full_name}"


def _log(actor: Actor, action: str, declaration: Declaration, **details: Any) -> None:
    label = label_of(declaration.register, declaration.person)
    record(actor=actor, action=action, subject=declaration, label=label, details=details)
