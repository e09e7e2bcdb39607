"""Deputies: on their days they read and decide what the leader would, never about themselves or who is above them."""

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from openintegriteit.core.roles import Role
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.desks.team import team_desk
from openintegriteit.event_log.models import Entry
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.declarations import operations, operations_deciders
from openintegriteit.registers.declarations.models import Decision, Deputy
from openintegriteit.registers.declarations.queries import may_decide, reader_of, to_decide_by, visible_to
from openintegriteit.registers.declarations.tests.factories import acting, somebody
from openintegriteit.registers.outside_positions.tests.factories import position

pytestmark = pytest.mark.database
DAY = date(2026, 11, 26)
DECIDED = {"outcome": "allowed", "conditions": "", "reasons": "Het kan.", "review_on": None}


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-26 12:00", tick=False):
        yield


@pytest.fixture
def leader(organisation):
    return somebody(organisation, Role.MANAGER, family_name="Leider")


@pytest.fixture
def official(organisation, leader):
    return somebody(organisation, Role.STAFF, manager=leader[1])


def stands_in(organisation, leader, deputy, **values) -> Deputy:
    days = {"starts_on": DAY, "ends_on": DAY} | values
    return Deputy.objects.create(organisation=organisation, leader=leader, deputy=deputy, **days)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def name(actor, leader, deputy, **values) -> Deputy:
    told = {"leader": leader, "deputy": deputy, "starts_on": DAY, "ends_on": None} | values
    return operations_deciders.name_deputy(actor=actor, identifier=uuid.uuid4(), values=told)


@pytest.mark.parametrize(
    ("starts", "ends", "role", "does"),
    [
        (0, 0, Role.MANAGER, True),
        (-5, None, Role.SECRETARY, True),
        (1, 9, Role.MANAGER, False),
        (-9, -1, Role.MANAGER, False),
        (0, 0, Role.STAFF, False),
    ],
)
def test_a_deputy_reads_and_decides_on_their_days_with_a_role_that_decides(
    organisation, leader, official, starts, ends, role, does
) -> None:
    user, row = somebody(organisation, role)
    declared = position(organisation, official[1]).declaration
    last = None if ends is None else DAY + timedelta(days=ends)
    stands_in(organisation, leader[1], row, starts_on=DAY + timedelta(days=starts), ends_on=last)
    reader = reader_of(acting(user, organisation))

    told = (
        declared in visible_to(reader),
        declared in to_decide_by(reader),
        may_decide(reader, declared),
        bool(team_desk(reader.actor, DAY).declarations),
    )

    assert told == (does,) * 4


def test_a_decision_after_the_last_day_is_refused(organisation, leader, official) -> None:
    user, row = somebody(organisation, Role.MANAGER)
    declared = position(organisation, official[1]).declaration
    stands_in(organisation, leader[1], row)
    sent = {"actor": acting(user, organisation), "declaration": declared, "values": DECIDED, "about": {}}

    with time_machine.travel("2026-11-27 12:00", tick=False):
        browser = signed_in(user)
        for address in ("declaration", "declaration_decide"):
            assert browser.get(reverse(address, args=[declared.pk])).status_code == 404
        with pytest.raises(PermissionDenied):
            operations.decide(**sent, expected_version=1)
    assert operations.decide(**sent, expected_version=1).decided_by == str(user)


def test_never_about_themselves_or_about_who_is_above_them(organisation, leader) -> None:
    middle = PersonFactory(organisation=organisation, manager=leader[1], email="midden@proef.example")
    user, deputy = somebody(organisation, Role.MANAGER, manager=middle)
    rows = {
        "self": PersonFactory(organisation=organisation, manager=leader[1], email=deputy.email.upper()),
        "superior": middle,
        "superior again": PersonFactory(organisation=organisation, manager=leader[1], email="MIDDEN@proef.example"),
        "colleague": PersonFactory(organisation=organisation, manager=leader[1]),
        "below the superior": PersonFactory(organisation=organisation, manager=middle),
        "leader": leader[1],
    }
    declared = {name: position(organisation, row).declaration for name, row in rows.items()}
    stands_in(organisation, leader[1], deputy)
    reader = reader_of(acting(user, organisation))

    assert {name for name, row in declared.items() if may_decide(reader, row)} == {"colleague", "below the superior"}
    assert set(to_decide_by(reader)) == {declared["colleague"], declared["below the superior"]}
    assert {name for name, row in declared.items() if row in visible_to(reader)} == {
        "self",
        "colleague",
        "below the superior",
    }


def test_a_deputy_decides_about_nobody_about_whom_the_leader_cannot(organisation, leader) -> None:
    head = PersonFactory(organisation=organisation, email="hoofd@proef.example")
    leader[1].manager = head
    leader[1].save()
    rows = [PersonFactory(organisation=organisation, manager=leader[1], email=row.email) for row in (head, leader[1])]
    declared = {position(organisation, row).declaration for row in rows}
    user, deputy = somebody(organisation, Role.MANAGER)
    stands_in(organisation, leader[1], deputy)
    above, top = somebody(organisation, Role.MANAGER)
    stands_in(organisation, leader[1], top)
    head.manager = top
    head.save()
    declared |= {position(organisation, row).declaration for row in (head, leader[1])}

    stranger, own_line = (reader_of(acting(one, organisation)) for one in (user, above))

    assert not any(may_decide(stranger, row) for row in declared)
    assert set(to_decide_by(stranger)) == set()
    assert set(to_decide_by(own_line)) == declared == {row for row in declared if may_decide(own_line, row)}


def test_a_leader_who_stands_in_for_their_own_superior_decides_not_about_themselves(organisation, leader) -> None:
    user, row = somebody(organisation, Role.MANAGER, manager=leader[1])
    own = position(organisation, row).declaration
    stands_in(organisation, leader[1], row)

    with pytest.raises(PermissionDenied):
        operations.decide(
            actor=acting(user, organisation), declaration=own, expected_version=1, values=DECIDED, about={}
        )
    assert not Decision.objects.exists()


def test_a_leader_names_for_themselves_and_the_personnel_department_for_all(organisation, leader) -> None:
    deputy, other = (somebody(organisation, Role.MANAGER)[1] for _number in range(2))
    PersonFactory(organisation=organisation, manager=leader[1])
    twin = PersonFactory(organisation=organisation, email=leader[1].email.upper())
    hr, staff = (acting(somebody(organisation, role)[0], organisation) for role in (Role.HR, Role.STAFF))
    head = acting(leader[0], organisation)

    made = name(head, leader[1], deputy)
    name(hr, leader[1], other)
    for actor, whom, by in ((head, other, deputy), (staff, leader[1], deputy), (hr, leader[1], twin)):
        with pytest.raises(PermissionDenied):
            name(actor, whom, by)
    stranger = acting(somebody(organisation, Role.MANAGER)[0], organisation)
    for change in (
        lambda: operations_deciders.end_deputy(
            actor=stranger, deputy=made, expected_version=1, values={"ends_on": DAY}
        ),
        lambda: operations_deciders.remove_deputy(actor=stranger, deputy=made),
    ):
        with pytest.raises(PermissionDenied):
            change()

    assert Deputy.objects.count() == 2
    assert Entry.objects.filter(action="deputy.named").count() == 2


def test_the_pages_name_end_and_take_away(organisation, leader, official) -> None:
    user, deputy = somebody(organisation, Role.MANAGER)
    without_role = somebody(organisation, Role.STAFF)[1]
    browser, stranger = signed_in(leader[0]), signed_in(somebody(organisation, Role.MANAGER)[0])
    new, overview = reverse("declarations:deputy_new"), reverse("declarations:deputies")
    sent = {"leader": leader[1].pk, "deputy": deputy.pk, "starts_on": "2026-11-26", "submission": uuid.uuid4()}

    assert browser.get(new).context["form"].fields["deputy"].queryset.count() == 3  # the leader and both managers
    for wrong in (without_role.pk, leader[1].pk):
        assert browser.post(new, sent | {"deputy": wrong}).status_code == 422
    assert browser.post(new, sent | {"leader": deputy.pk}).status_code == 422
    assert browser.post(new, sent | {"ends_on": "2026-11-25"}).status_code == 422
    assert deputy.full_name in browser.post(new, sent, follow=True).content.decode()
    made = Deputy.objects.get()
    end, remove = (reverse(f"declarations:deputy_{name}", args=[made.pk]) for name in ("end", "remove"))
    assert deputy.full_name not in stranger.get(overview).content.decode()
    assert stranger.get(end).status_code == stranger.post(remove).status_code == 404

    assert browser.post(end, {"version": 1, "ends_on": "2026-12-01"}).status_code == 302
    with time_machine.travel("2026-11-27 12:00", tick=False):
        assert "al begonnen" in signed_in(leader[0]).post(remove, follow=True).content.decode()
        assert "U vervangt" in signed_in(user).get(reverse("declarations:to_decide")).content.decode()
    assert "1 december 2026" in browser.get(end).content.decode()
    browser.post(remove)
    assert not Deputy.objects.exists()
    actions = Entry.objects.filter(action__startswith="deputy.").order_by("number")
    assert [entry.action for entry in actions] == ["deputy.named", "deputy.changed", "deputy.removed"]


def test_pages_ask_the_database_as_often_for_many(organisation, leader, official) -> None:
    user, row = somebody(organisation, Role.MANAGER, manager=leader[1])
    hr = signed_in(somebody(organisation, Role.HR)[0])
    addresses = [(hr, reverse("declarations:deputies")), (signed_in(user), reverse("declarations:to_decide"))]

    def more(number) -> None:
        for _number in range(number):
            boss = PersonFactory(organisation=organisation)
            stands_in(organisation, boss, row)
            position(organisation, PersonFactory(organisation=organisation, manager=boss))

    def asked() -> list[int]:
        return [data_queries(lambda client=client, at=at: client.get(at)) for client, at in addresses]

    more(3)
    asked()
    few = asked()
    more(40)

    assert asked() == few
    assert few == [6, 9]
