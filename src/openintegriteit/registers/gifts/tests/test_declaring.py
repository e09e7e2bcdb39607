"""Declaring a gift: who decides, by which rule, and what happens after the decision."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.registers.declarations import operations as declarations
from openintegriteit.registers.declarations.models import Declaration, NothingToDeclare, Regime
from openintegriteit.registers.declarations.queries import may_decide, reader_of, to_decide_by
from openintegriteit.registers.declarations.tests.factories import acting, somebody
from openintegriteit.registers.gifts import operations
from openintegriteit.registers.gifts.models import Gift
from openintegriteit.registers.gifts.queries import totals_per_giver
from openintegriteit.registers.gifts.tests.factories import TOLD, gift, rule

pytestmark = pytest.mark.database
VALUES = TOLD | {"starts_on": date(2026, 11, 2)}
DECIDED = {"outcome": "allowed", "conditions": "", "reasons": "Het is klein.", "review_on": None}


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


@pytest.fixture
def member(organisation):
    user, row = somebody(organisation, Role.ELECTED_MEMBER, kind="elected_member")
    return acting(user, organisation), row


def declared(who, **values) -> Gift:
    actor, person = who
    return operations.declare(actor=actor, identifier=uuid.uuid4(), person=person, values=VALUES | values)


def changed(who, made, **values) -> Declaration:
    current = Gift.objects.select_related("declaration").get(pk=made.pk)
    operations.change(current, actor=who[0], expected_version=current.version, values=VALUES | values)
    return Declaration.objects.get(pk=made.declaration_id)


def decide(head, made, **values) -> None:
    current = Declaration.objects.get(pk=made.declaration_id)
    declarations.decide(
        actor=head[0], declaration=current, expected_version=current.version, values=DECIDED | values, about={}
    )


def test_declaring_twice_with_one_key_makes_one(official) -> None:
    actor, person = official
    key = uuid.uuid4()

    first = operations.declare(actor=actor, identifier=key, person=person, values=VALUES)
    second = operations.declare(actor=actor, identifier=key, person=person, values=VALUES)

    assert first == second
    declaration = Declaration.objects.get()
    assert (declaration.register, declaration.title, declaration.starts_on, declaration.asks_decision) == (
        "gifts",
        "Fles wijn, Bouwbedrijf De Hoop",
        date(2026, 11, 2),
        True,
    )
    assert Gift.objects.get().giver_key == "bouwbedrijf de hoop"


def test_below_the_limit_nobody_waits_for_a_decision(organisation, official, head) -> None:
    rule(organisation)
    small, large = declared(official), declared(official, value=Decimal("50.01"))

    waiting = list(to_decide_by(reader_of(head[0])))

    assert waiting == [large.declaration]
    assert not small.declaration.awaits_decision
    assert not may_decide(reader_of(head[0]), small.declaration)


def test_the_rule_of_the_day_of_the_offer_counts(organisation, official) -> None:
    rule(organisation, in_force_from=date(2026, 1, 1), limit=Decimal(10))
    rule(organisation, in_force_from=date(2026, 11, 2), limit=Decimal(50))
    rule(organisation, in_force_from=date(2026, 12, 1), limit=Decimal(0))
    rule(organisation, regime="office_holders", in_force_from=date(2026, 11, 1), limit=Decimal(0))

    asks = {
        day: declared(official, starts_on=date.fromisoformat(day)).declaration.asks_decision
        for day in ("2025-12-31", "2026-11-01", "2026-11-02", "2026-11-26")
    }

    assert asks == {"2025-12-31": True, "2026-11-01": True, "2026-11-02": False, "2026-11-26": False}


def test_nobody_decides_about_what_an_office_holder_declares(member) -> None:
    made = declared(member, value=Decimal(5000), received_at="home")

    assert not made.declaration.asks_decision
    with pytest.raises(IntegrityError), transaction.atomic():
        Declaration.objects.update(asks_decision=True)


def test_what_was_offered_and_allowed_is_accepted_without_a_new_decision(official, head) -> None:
    made = declared(official, answer="offered", value=Decimal(80))
    decide(head, made)

    after = changed(official, made, answer="accepted", value=Decimal(80))

    assert Gift.objects.get().answer == "accepted"
    assert (after.revision, after.decided_revision, after.awaits_decision) == (1, 1, False)
    assert changed(official, made, answer="accepted", value=Decimal(90)).awaits_decision


def test_what_was_offered_and_forbidden_is_not_accepted_in_silence(official, head) -> None:
    made = declared(official, answer="offered", value=Decimal(80))
    decide(head, made, outcome="forbidden")

    assert not changed(official, made, answer="refused", value=Decimal(80)).awaits_decision
    assert changed(official, made, answer="accepted", value=Decimal(80)).awaits_decision


def test_what_is_refused_after_all_waits_no_more(official, head) -> None:
    made = declared(official, answer="offered")
    assert made.declaration.awaits_decision

    assert not changed(official, made, answer="refused").awaits_decision
    with pytest.raises(PermissionDenied):
        decide(head, made)


def test_what_turns_out_to_be_worth_more_asks_a_decision(organisation, official) -> None:
    rule(organisation)
    made = declared(official)

    assert changed(official, made, value=Decimal("60.00")).awaits_decision


def test_two_changes_at_once_do_not_overwrite_each_other(official) -> None:
    made = declared(official)
    change = {"actor": official[0], "expected_version": made.version}
    operations.change(made, **change, values=VALUES | {"what": "Twee flessen"})

    with pytest.raises(StaleRecord):
        operations.change(made, **change, values=VALUES | {"what": "Drie flessen"})

    assert (Gift.objects.get().what, Declaration.objects.get().revision) == ("Twee flessen", 2)


def test_another_giver_is_counted_as_another(official) -> None:
    made = declared(official)

    changed(official, made, giver_organisation="", giver_person="Jan Étoile")

    assert Gift.objects.get().giver_key == "jan etoile"
    assert Declaration.objects.get().title == "Fles wijn, Jan Étoile"


def test_a_gift_repeats_the_regime_and_the_day_of_its_declaration_whatever_changes(official, member) -> None:
    made = declared(official)
    declared(member)
    changed(official, made, starts_on=date(2026, 3, 1))
    changed(official, made, starts_on=date(2026, 3, 2), what="Twee flessen")

    rows = Gift.objects.order_by("regime").values_list(
        "regime", "declaration__regime", "offered_on", "declaration__starts_on"
    )
    assert list(rows) == [
        ("office_holders", "office_holders", VALUES["starts_on"], VALUES["starts_on"]),
        ("officials", "officials", date(2026, 3, 2), date(2026, 3, 2)),
    ]
    for regimes in ([Regime.OFFICIALS], list(Regime)):
        plan = totals_per_giver(regimes).order_by("-number").explain()
        assert connection.vendor != "sqlite" or "USING COVERING INDEX gift_totals" in plan


def test_a_gift_happened_once(official) -> None:
    made = declared(official)
    about = {"actor": official[0], "declaration": made.declaration}

    with pytest.raises(declarations.HappenedOnce):
        declarations.end(**about, expected_version=1, ends_on=date(2026, 11, 25))
    with pytest.raises(declarations.HappenedOnce):
        declarations.confirm(**about)


def test_nothing_more_to_declare_is_an_answer_beside_a_gift(official) -> None:
    declared(official)

    declarations.say_nothing(actor=official[0], person=official[1], register="gifts")

    assert NothingToDeclare.objects.get().register == "gifts"


def test_nobody_declares_for_somebody_else_but_who_records_what_comes_on_paper(organisation, official, member) -> None:
    def may(role, person) -> bool:
        actor = acting(somebody(organisation, role)[0], organisation)
        try:
            operations.declare(actor=actor, identifier=uuid.uuid4(), person=person, values=VALUES)
        except PermissionDenied:
            return False
        return True

    assert {role for role in Role if may(role, official[1])} == {Role.HR}
    assert {role for role in Role if may(role, member[1])} == {Role.CLERK}


@pytest.mark.parametrize("broken", [{"value": Decimal("-0.01")}, {"giver_organisation": "", "giver_person": ""}])
def test_the_database_holds_no_gift_that_cannot_be(organisation, official, broken) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        gift(organisation, official[1], detail=broken)


def test_an_amount_is_kept_to_the_cent(official) -> None:
    for value in ("0.10", "0.20", "9999999.99"):
        made = declared(official, value=Decimal(value))
        assert str(Gift.objects.get(pk=made.pk).value) == value


def test_the_event_log_never_tells_what_was_offered(official, head) -> None:
    made = declared(official, what="Geheime doos", giver_organisation="Geheim BV", value=Decimal(123))
    decide(head, made, reasons="Geheime reden")
    changed(official, made, what="Geheim ding", giver_organisation="Geheim NV", value=Decimal(456))

    told = " ".join(f"{entry.subject_label} {entry.details}" for entry in Entry.objects.all())

    assert "Geheim" not in told
    assert "456" not in told
    assert "giver_organisation" in told


def test_another_body_sees_nothing_of_it(organisation, other_organisation, official) -> None:
    made = declared(official)
    rule(organisation)
    with organisation_scope(other_organisation.pk):
        assert not Gift.objects.filter(pk=made.pk).exists()
        assert operations.newest_rule("officials") is None
