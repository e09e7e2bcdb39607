"""The rule of the body: per regime, from a day on, never two on one day and never into the past of another."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from openintegriteit.core.roles import Role
from openintegriteit.event_log.models import Entry
from openintegriteit.registers.declarations.models import Regime
from openintegriteit.registers.gifts import operations
from openintegriteit.registers.gifts.forms import GiftRuleForm
from openintegriteit.registers.gifts.models import GiftRule
from openintegriteit.registers.gifts.queries import rule_on
from openintegriteit.registers.gifts.tests.factories import rule
from openintegriteit.registers.gifts.words import rule_in_words
from openintegriteit.ui.editing import save_if_valid

pytestmark = pytest.mark.database
OFFICIALS, OFFICE_HOLDERS = Regime.OFFICIALS, Regime.OFFICE_HOLDERS
VALUES = {
    "in_force_from": date(2026, 1, 1),
    "limit": Decimal("50.00"),
    "never_at_home": True,
    "exempt": "",
    "source": "Gedragscode, artikel 4",
}


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-26 12:00", tick=False):
        yield


def add(actor, regime=OFFICIALS, key=None, **values) -> GiftRule:
    return operations.add_rule(actor=actor, identifier=key or uuid.uuid4(), regime=regime, values=VALUES | values)


def typed(**values) -> dict:
    given = {"in_force_from": "2026-01-01", "limit": "50", "consent_below_limit": "False", "never_at_home": "True"}
    return given | {"submission": uuid.uuid4()} | values


def new(word="ambtenaren") -> str:
    return reverse("gifts:rule_new", args=[word])


def test_each_regime_has_its_own_rule_and_who_sets_it(actor_with) -> None:
    def may(role, regime) -> bool:
        try:
            with transaction.atomic():
                add(actor_with(role), regime, key=uuid.uuid4())
                transaction.set_rollback(True)
        except PermissionDenied:
            return False
        return True

    assert {role for role in Role if may(role, OFFICIALS)} == {Role.COORDINATOR}
    assert {role for role in Role if may(role, OFFICE_HOLDERS)} == {Role.CLERK}


def test_a_rule_holds_from_its_day_until_the_next(organisation) -> None:
    first = rule(organisation, in_force_from=date(2026, 1, 1))
    second = rule(organisation, in_force_from=date(2026, 7, 1))

    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1), date(9999, 12, 31))

    assert [rule_on(OFFICIALS, day) for day in days] == [None, first, first, second, second]
    assert rule_on(OFFICE_HOLDERS, days[-1]) is None


def test_the_next_rule_holds_from_a_later_day(coordinator) -> None:
    key = uuid.uuid4()
    add(coordinator, key=key)
    assert add(coordinator, key=key).pk == key

    for day in (date(2026, 1, 1), date(2025, 6, 1)):
        with pytest.raises(operations.NotLater):
            add(coordinator, in_force_from=day)
    add(coordinator, in_force_from=date(2026, 1, 2))
    assert GiftRule.objects.count() == 2


def test_two_at_once_on_one_day_make_one(organisation) -> None:
    rule(organisation)

    with pytest.raises(IntegrityError), transaction.atomic():
        rule(organisation)


@pytest.mark.parametrize("broken", [{"limit": Decimal(-1)}, {"regime": "office_holders", "consent_below_limit": True}])
def test_the_database_holds_no_rule_that_cannot_be(organisation, broken) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        rule(organisation, **broken)


def test_only_a_rule_that_is_not_in_force_yet_can_be_taken_away(organisation, coordinator, actor_with) -> None:
    now = rule(organisation, in_force_from=date(2026, 11, 26))
    later = rule(organisation, in_force_from=date(2026, 11, 27))

    with pytest.raises(operations.InForce):
        operations.remove_rule(actor=coordinator, rule=now)
    with pytest.raises(PermissionDenied):
        operations.remove_rule(actor=actor_with(Role.CLERK), rule=later)
    for _time in range(2):
        operations.remove_rule(actor=coordinator, rule=later)

    assert list(GiftRule.objects.all()) == [now]
    assert [entry.action for entry in Entry.objects.filter(action__startswith="gifts.")] == ["gifts.rule_removed"]


def test_the_log_names_the_rule_by_regime_and_day(coordinator) -> None:
    add(coordinator)

    assert Entry.objects.get(action="gifts.rule_added").subject_label == "ambtenaren, 1 januari 2026"


@pytest.mark.parametrize(
    ("regime", "values", "expected"),
    [
        (OFFICIALS, {}, "Tot en met €\u00a050 mag u een geschenk houden zonder toestemming."),
        (OFFICIALS, {"consent_below_limit": True}, "Is het meer waard dan €\u00a050? Dan weigert u het."),
        (OFFICIALS, {"limit": Decimal(0)}, "Zonder toestemming neemt u niets aan."),
        (OFFICE_HOLDERS, {"limit": Decimal("25.50")}, "Tot en met €\u00a025,50 mag u een geschenk houden. Wat meer"),
        (OFFICE_HOLDERS, {"limit": Decimal(0)}, "U houdt niets."),
    ],
)
def test_people_read_the_rule_in_plain_words(organisation, regime, values, expected) -> None:
    lines = rule_in_words(rule(organisation, regime=regime, exempt="pennen", source="artikel 4", **values), regime)

    assert expected in lines[0]
    assert lines[1:] == [
        "Laat nooit iets naar uw huis sturen.",
        "Dit hoeft u niet op te geven: pennen",
        "Dit staat in: artikel 4",
    ]


def test_without_a_rule_people_read_that_there_is_none(organisation) -> None:
    assert "geen regel" in rule_in_words(None, OFFICIALS)[0]
    assert "gedragscode" in rule_in_words(None, OFFICE_HOLDERS)[0]


def test_the_coordinator_records_a_rule_and_reads_it(organisation, client_as) -> None:
    client = client_as("coordinator")

    page = client.post(new(), typed(limit="€ 1.250,50", source="Gedragscode"), follow=True).content.decode()

    assert GiftRule.objects.get().limit == Decimal("1250.50")
    assert "Tot en met €\u00a01.250,50" in page
    assert "politieke ambtsdragers" not in page.lower().split("<main")[1]


@pytest.mark.parametrize(
    "values",
    [
        {"limit": "-1"},
        {"limit": "1,250"},
        {"limit": "12,505"},
        {"limit": "10000000"},
        {"limit": ""},
        {"in_force_from": "31-02-2026"},
        {"in_force_from": ""},
        {"never_at_home": ""},
        {"consent_below_limit": "misschien"},
    ],
)
def test_what_is_no_rule_is_shown_again(organisation, client_as, values) -> None:
    response = client_as("coordinator").post(new(), typed(**values))

    assert response.status_code == 422
    assert list(values) == list(response.context["form"].errors)
    assert not GiftRule.objects.exists()


def test_a_day_that_is_taken_is_a_fault_of_the_form_and_a_second_click_is_not(organisation, client_as) -> None:
    client, sent = client_as("coordinator"), typed()

    assert [client.post(new(), sent).status_code for _time in range(2)] == [302, 302]
    response = client.post(new(), typed())

    assert "in_force_from" in response.context["form"].errors
    assert GiftRule.objects.count() == 1


def test_an_office_holder_is_not_asked_for_consent(organisation, client_as) -> None:
    clerk = client_as("clerk")

    assert "consent_below_limit" not in clerk.get(new("ambtsdragers")).context["form"].fields
    assert clerk.post(new("ambtsdragers"), typed(consent_below_limit="True")).status_code == 302
    assert (GiftRule.objects.get().regime, GiftRule.objects.get().consent_below_limit) == ("office_holders", False)
    assert [clerk.get(new(word)).status_code for word in ("ambtenaren", "onbekend")] == [403, 404]
    assert client_as("coordinator").get(new("ambtsdragers")).status_code == 403
    assert client_as("hr").get(reverse("gifts:rules")).status_code == 200


def test_taking_away_what_is_in_force_says_why_not(organisation, client_as) -> None:
    made = rule(organisation)

    page = client_as("coordinator").post(reverse("gifts:rule_remove", args=[made.pk]), follow=True)

    assert "geldt al" in page.content.decode()
    assert GiftRule.objects.exists()


def test_a_rule_of_somebody_else_at_that_moment_is_a_fault_of_the_form(actor_with) -> None:
    actor = actor_with(Role.COORDINATOR)
    form = GiftRuleForm(typed(in_force_from="2026-01-01"), regime=OFFICIALS)

    def save() -> GiftRule:
        add(actor, in_force_from=date(2026, 3, 1))
        return add(actor, in_force_from=date(2026, 1, 1))

    assert save_if_valid(form, save) is None
    assert list(form.errors) == ["in_force_from"]
