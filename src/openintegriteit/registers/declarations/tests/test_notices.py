"""Mails about declarations: to who decides about what waits, and to who declared about a decision or a question."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.models import RoleGrant
from openintegriteit.messages.models import Message
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations import operations
from openintegriteit.registers.declarations.models import Declaration, Deputy
from openintegriteit.registers.declarations.notices import tell_deciders
from openintegriteit.registers.declarations.queries import declaration_address
from openintegriteit.registers.declarations.tests.factories import acting, somebody
from openintegriteit.registers.outside_positions.tests.factories import position

pytestmark = pytest.mark.database
ALLOWED = {"outcome": "allowed", "conditions": "", "reasons": "Het past.", "review_on": None, "holds_until": None}


@pytest.fixture
def team(organisation):
    """A manager with an official who declared something."""
    manager, leader = somebody(organisation, Role.MANAGER)
    official, person = somebody(organisation, Role.STAFF, manager=leader)
    return manager, leader, official, position(organisation, person).declaration


def decide(organisation, user, declaration, **values) -> None:
    current = Declaration.objects.get(pk=declaration.pk)
    operations.decide(
        actor=acting(user, organisation),
        declaration=current,
        expected_version=current.version,
        values=ALLOWED | values,
        about={},
    )


def say(organisation, user, declaration, text="Hoeveel uren zijn het?") -> None:
    operations.remark(actor=acting(user, organisation), declaration=declaration, identifier=uuid.uuid4(), text=text)


def subjects_to(user) -> list[str]:
    return list(Message.objects.filter(recipient=user.email).order_by("created_at").values_list("subject", flat=True))


def test_who_decides_gets_one_mail_about_what_waits_without_a_name(organisation, team) -> None:
    manager, leader, official, declaration = team
    deputy, stand_in = somebody(organisation, Role.MANAGER)

    assert (tell_deciders(timezone.now()), tell_deciders(timezone.now())) == (1, 0)
    position(organisation, declaration.person)
    position(organisation, declaration.person)
    Deputy.objects.create(organisation=organisation, leader=leader, deputy=stand_in, starts_on=today(), ends_on=today())
    assert (tell_deciders(timezone.now()), tell_deciders(timezone.now())) == (2, 0)

    assert subjects_to(manager) == ["Er wacht een opgave op u", "Er wachten 2 opgaven op u"]
    assert subjects_to(deputy) == ["Er wachten 3 opgaven op u"]
    assert subjects_to(official) == []
    for mail in Message.objects.all():
        assert reverse("declarations:to_decide") in mail.body
        for word in (declaration.title, declaration.person.full_name, declaration.person.family_name):
            assert word not in mail.subject + mail.body
    assert Entry.objects.filter(action="declaration.decider_told").count() == 6


def test_what_waits_again_is_told_again(organisation, team) -> None:
    manager, _leader, _official, declaration = team

    def told() -> int:
        return tell_deciders(timezone.now())

    told()

    decide(organisation, manager, declaration, holds_until=today() + timedelta(days=9))
    assert told() == 0
    with time_machine.travel(timezone.now() + timedelta(days=11)):
        assert (told(), told()) == (1, 0)  # the decision does not hold any more


def test_who_declared_gets_a_mail_about_a_decision_and_about_a_question(organisation, team) -> None:
    manager, _leader, official, declaration = team

    say(organisation, manager, declaration)
    say(organisation, manager, declaration, "En sinds wanneer?")
    assert subjects_to(official) == ["Er is een vraag over iets wat u hebt opgegeven"]
    say(organisation, official, declaration, "Vier, sinds 2020.")
    say(organisation, manager, declaration, "Ook op dinsdag?")
    decide(organisation, manager, declaration)

    assert subjects_to(official)[1:] == [
        "Er is een vraag over iets wat u hebt opgegeven",
        "Er is besloten over iets wat u hebt opgegeven",
    ]
    for mail in Message.objects.all():
        assert declaration_address(declaration.pk) in mail.body
        for word in (declaration.title, ALLOWED["reasons"], "dinsdag", manager.name):
            assert word not in mail.subject + mail.body


def test_what_who_declared_writes_is_told_to_the_manager_and_who_stands_in(organisation, team) -> None:
    manager, leader, official, declaration = team
    deputy, stand_in = somebody(organisation, Role.MANAGER)
    Deputy.objects.create(organisation=organisation, leader=leader, deputy=stand_in, starts_on=today(), ends_on=today())

    for text in ("Mag dit ook?", "Ik bedoel de club."):
        say(organisation, official, declaration, text)
    say(organisation, manager, declaration, "Welke club?")
    say(organisation, official, declaration, "De voetbalclub.")

    expected = ["Er is iets geschreven bij een opgave"] * 2
    assert (subjects_to(manager), subjects_to(deputy)) == (expected, expected)
    for mail in Message.objects.filter(recipient=manager.email):
        assert declaration_address(declaration.pk) in mail.body
        assert declaration.person.full_name not in mail.body and "club" not in mail.body


def test_an_answer_is_told_to_who_asked_as_long_as_they_may_read_it(organisation, team) -> None:
    manager, _leader, official, declaration = team
    (coordinator, _row), (other, _other_row) = (somebody(organisation, Role.COORDINATOR) for _number in range(2))
    say(organisation, coordinator, declaration)
    say(organisation, official, declaration, "Drie uur.")
    expected = ["Er is iets geschreven bij een opgave"]

    assert (subjects_to(coordinator), subjects_to(manager), subjects_to(other)) == (expected, expected, [])
    RoleGrant.objects.filter(user=coordinator).update(ended_at=timezone.now())
    say(organisation, manager, declaration, "In de week?")
    say(organisation, official, declaration, "Ja.")
    assert (subjects_to(coordinator), subjects_to(manager)) == (expected, expected * 2)


def test_a_question_of_another_day_is_told_also_when_the_last_one_was_never_answered(organisation, team) -> None:
    manager, _leader, official, declaration = team
    say(organisation, manager, declaration)
    decide(organisation, manager, declaration)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        say(organisation, manager, declaration, "En nu?")

    assert len(subjects_to(official)) == 3


def test_a_manager_who_may_not_decide_is_not_sent_to_a_page_that_stays_shut(organisation) -> None:
    _user, leader = somebody(organisation, Role.STAFF)
    official, person = somebody(organisation, Role.STAFF, manager=leader)

    say(organisation, official, position(organisation, person).declaration)

    assert not Message.objects.exists()


def test_what_a_member_writes_is_told_to_the_clerk(organisation) -> None:
    clerk, _row = somebody(organisation, Role.CLERK)
    somebody(organisation, Role.SECRETARY)
    member, person = somebody(organisation, Role.ELECTED_MEMBER, kind="elected_member")

    say(organisation, member, position(organisation, person).declaration)

    assert list(Message.objects.values_list("recipient", flat=True)) == [clerk.email]


@pytest.mark.parametrize("person", [{"email": ""}, {"ended_on": "2026-01-31"}])
def test_who_left_or_has_no_address_gets_no_mail(organisation, team, person) -> None:
    manager, _leader, _official, declaration = team
    Person.objects.filter(pk=declaration.person_id).update(**person)

    decide(organisation, manager, declaration)

    assert not Message.objects.exists()
