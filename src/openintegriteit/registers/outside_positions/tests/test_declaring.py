"""Declaring, changing, ending and withdrawing an outside position, and deciding about it."""

import uuid
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.declarations import operations as declarations
from openintegriteit.registers.declarations.models import Decision, Declaration, NothingToDeclare, Remark
from openintegriteit.registers.declarations.tests.factories import acting, somebody
from openintegriteit.registers.outside_positions import operations
from openintegriteit.registers.outside_positions.models import OutsidePosition
from openintegriteit.registers.outside_positions.tests.factories import TYPED

pytestmark = pytest.mark.database
VALUES = TYPED | {"touches_duties": "Nee.", "starts_on": date(2026, 1, 1)}
DECIDED = {"outcome": "allowed", "conditions": "", "reasons": "Het raakt het werk niet.", "review_on": None}


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-26 12:00", tick=False):
        yield


@pytest.fixture
def head(organisation):
    user, row = somebody(organisation, Role.MANAGER)
    return acting(user, organisation), row


@pytest.fixture
def official(organisation, head):
    user, row = somebody(organisation, Role.STAFF, manager=head[1])
    return acting(user, organisation), row


def declared(official) -> OutsidePosition:
    actor, person = official
    return operations.declare(actor=actor, identifier=uuid.uuid4(), person=person, values=VALUES)


def decide(head, declaration, **values) -> Decision:
    current = Declaration.objects.get(pk=declaration.pk)
    return declarations.decide(
        actor=head[0],
        declaration=current,
        expected_version=values.pop("version", current.version),
        values=DECIDED | values,
        about={"Functie": "Penningmeester"},
    )


def test_declaring_twice_with_one_key_makes_one(official) -> None:
    actor, person = official
    key = uuid.uuid4()

    first = operations.declare(actor=actor, identifier=key, person=person, values=VALUES)
    second = operations.declare(actor=actor, identifier=key, person=person, values=VALUES)

    assert first == second
    declaration = Declaration.objects.get()
    assert (declaration.title, declaration.regime, declaration.declared_on, declaration.starts_on) == (
        "Penningmeester, Stichting De Brug",
        "officials",
        date(2026, 11, 26),
        date(2026, 1, 1),
    )


def test_the_kind_of_person_decides_the_regime(organisation) -> None:
    regimes = {}
    for kind in ("official", "intern", "hired", "chair", "executive_member", "elected_member", "audit_court_member"):
        user, row = somebody(organisation, Role.STAFF, kind=kind)
        actor = acting(user, organisation)
        made = operations.declare(actor=actor, identifier=uuid.uuid4(), person=row, values=VALUES)
        regimes[kind] = made.declaration.regime

    assert {kind for kind, regime in regimes.items() if regime == "officials"} == {"official", "intern", "hired"}


def test_nobody_declares_for_somebody_else_but_who_records_what_comes_on_paper(organisation, official) -> None:
    member = PersonFactory(organisation=organisation, kind="elected_member")

    def may(role, person) -> bool:
        actor = acting(somebody(organisation, role)[0], organisation)
        try:
            operations.declare(actor=actor, identifier=uuid.uuid4(), person=person, values=VALUES)
        except PermissionDenied:
            return False
        return True

    assert {role for role in Role if may(role, official[1])} == {Role.HR}
    assert {role for role in Role if may(role, member)} == {Role.CLERK}


def test_a_change_makes_the_next_revision_and_asks_a_new_decision(official, head) -> None:
    made = declared(official)
    decide(head, made.declaration)

    changed = operations.change(
        made, actor=official[0], expected_version=made.version, values=VALUES | {"is_paid": True}
    )

    declaration = Declaration.objects.get()
    assert (changed.is_paid, declaration.revision, declaration.decided_revision) == (True, 2, 1)
    assert declaration.awaits_decision
    assert declaration.outcome == "allowed"


def test_a_change_of_nothing_asks_nothing(official, head) -> None:
    made = declared(official)
    decide(head, made.declaration)

    operations.change(made, actor=official[0], expected_version=made.version, values=VALUES)

    assert not Declaration.objects.get().awaits_decision


def test_two_changes_at_once_do_not_overwrite_each_other(official) -> None:
    made = declared(official)
    change = {"actor": official[0], "expected_version": made.version}
    operations.change(made, **change, values=VALUES | {"where": "Stichting Een"})

    with pytest.raises(StaleRecord):
        operations.change(made, **change, values=VALUES | {"where": "Stichting Twee"})

    assert OutsidePosition.objects.get().where == "Stichting Een"
    assert Declaration.objects.get().revision == 2


def test_a_decision_keeps_what_it_was_about_and_comes_once(official, head) -> None:
    made = declared(official)

    decision = decide(head, made.declaration, outcome="conditions", conditions="Niet in werktijd.")

    assert (decision.revision, decision.about, decision.decided_by) == (1, {"Functie": "Penningmeester"}, head[0].label)
    with pytest.raises(declarations.AlreadyDecided):
        decide(head, made.declaration)
    assert Decision.objects.count() == 1


def test_what_was_changed_since_it_was_read_is_not_decided_about(official, head) -> None:
    made = declared(official)
    seen = Declaration.objects.get().version
    operations.change(made, actor=official[0], expected_version=made.version, values=VALUES | {"is_paid": True})

    with pytest.raises(StaleRecord):
        decide(head, made.declaration, version=seen)

    assert Decision.objects.count() == 0


def test_only_who_is_above_the_person_decides(organisation, official) -> None:
    made = declared(official)
    other = acting(somebody(organisation, Role.MANAGER)[0], organisation), None

    for actor in (other, (official[0], None)):
        with pytest.raises(PermissionDenied):
            decide(actor, made.declaration)


def test_a_withdrawn_declaration_stays_and_changes_no_more(official, head) -> None:
    made = declared(official)
    withdraw = {"actor": official[0], "declaration": made.declaration, "reason": "Vergissing."}
    declarations.withdraw(**withdraw, expected_version=1)
    declarations.withdraw(**withdraw, expected_version=1)

    with pytest.raises(declarations.Withdrawn):
        decide(head, made.declaration)
    with pytest.raises(declarations.Withdrawn):
        operations.change(made, actor=official[0], expected_version=made.version, values=VALUES | {"is_paid": True})
    assert OutsidePosition.objects.get().is_paid is False
    assert Declaration.objects.get().withdrawn_because == "Vergissing."


def test_nothing_to_declare_is_an_answer_unless_there_is_something(official) -> None:
    actor, person = official
    for _time in range(2):
        declarations.say_nothing(actor=actor, person=person, register="outside_positions")
    assert NothingToDeclare.objects.count() == 1

    made = declared(official)
    with pytest.raises(declarations.StillDeclared):
        declarations.say_nothing(actor=actor, person=person, register="outside_positions")

    declarations.end(
        actor=actor, declaration=made.declaration, expected_version=made.declaration.version, ends_on=date(2026, 11, 25)
    )
    declarations.say_nothing(actor=actor, person=person, register="outside_positions")


def test_confirming_asks_no_new_decision(official, head) -> None:
    made = declared(official)
    decide(head, made.declaration)

    declarations.confirm(actor=official[0], declaration=made.declaration)

    declaration = Declaration.objects.get()
    assert (declaration.confirmed_on, declaration.awaits_decision) == (date(2026, 11, 26), False)


def test_questions_are_for_who_may_read_it(organisation, official, head) -> None:
    made = declared(official)
    key = uuid.uuid4()
    ask = {"declaration": made.declaration, "text": "Hoeveel uur kost het?"}
    for _time in range(2):
        declarations.remark(actor=head[0], identifier=key, **ask)
    declarations.remark(actor=official[0], identifier=uuid.uuid4(), declaration=made.declaration, text="Twee uur.")

    stranger = acting(somebody(organisation, Role.MANAGER)[0], organisation)
    with pytest.raises(PermissionDenied):
        declarations.remark(actor=stranger, identifier=uuid.uuid4(), **ask)

    assert [(remark.text, remark.by_declarant) for remark in Remark.objects.all()] == [
        ("Hoeveel uur kost het?", False),
        ("Twee uur.", True),
    ]


def test_the_event_log_never_tells_what_was_declared(official, head) -> None:
    made = declared(official)
    decide(head, made.declaration, reasons="Geheime reden")
    operations.change(made, actor=official[0], expected_version=made.version, values=VALUES | {"where": "Geheim BV"})
    declarations.remark(actor=head[0], identifier=uuid.uuid4(), declaration=made.declaration, text="Geheime vraag")

    told = " ".join(f"{entry.subject_label} {entry.details}" for entry in Entry.objects.all())

    assert "Brug" not in told
    assert "Geheim" not in told
    assert "where" in told


def test_another_body_sees_nothing_of_it(organisation, other_organisation, official) -> None:
    made = declared(official)
    with organisation_scope(other_organisation.pk):
        assert not Declaration.objects.filter(pk=made.declaration_id).exists()
        assert not OutsidePosition.objects.exists()
