"""Departures: who left without a record, recording, changing, withdrawing, hiring again, and who reads what."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.organisations.models import Mandate
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.departures import operations
from openintegriteit.registers.departures.due import calendar_items, due_items
from openintegriteit.registers.departures.models import HANDED_OVER, CoolingOffRule, Departure
from openintegriteit.registers.departures.queries import may_hire, unrecorded
from openintegriteit.registers.departures.tests.factories import FINISHED, departure, term

pytestmark = pytest.mark.database
REGIMES = ("officials", "office_holders")
LAST_DAY = date(2026, 3, 31)
TODAY = date(2026, 11, 27)


def person(organisation, kind="official", **values):
    return PersonFactory(organisation=organisation, kind=kind, **values)


def leaver(organisation, kind="official", **values):
    return person(organisation, kind, ended_on=LAST_DAY, **values)


def not_recorded(first_day=date(2026, 1, 1)):
    return {(row.pk, row.left_on) for row in unrecorded(REGIMES, first_day, TODAY)}


def typed(somebody, **values):
    given = {"person": somebody.personnel_number, "left_on": "2026-03-31", "talk": "held", "talk_on": "2026-03-20"}
    given |= {"talk_by": "Esra", "reminded_on": "2026-03-20", "submission": uuid.uuid4()}
    return given | dict.fromkeys(HANDED_OVER, "done") | values


def send(client, somebody, **values):
    return client.post(reverse("departures:new"), typed(somebody, **values), follow=True)


def test_who_left_by_the_list_of_people_and_has_no_record_is_listed(organisation) -> None:
    left, recorded, withdrawn = (leaver(organisation) for _ in range(3))
    departure(organisation, recorded)
    mistake = {"withdrawn_on": TODAY, "withdrawn_because": "Vergissing"}
    departure(organisation, withdrawn, **mistake)
    person(organisation)
    person(organisation, ended_on=TODAY + timedelta(days=1))
    person(organisation, ended_on=date(2025, 12, 31))

    assert not_recorded() == {(left.pk, LAST_DAY), (withdrawn.pk, LAST_DAY)}


def test_who_left_again_is_listed_again(organisation) -> None:
    somebody = leaver(organisation)
    departure(organisation, somebody, left_on=date(2020, 1, 1))

    assert not_recorded() == {(somebody.pk, LAST_DAY)}


def test_an_office_holder_left_when_the_last_office_ended(organisation) -> None:
    ended, goes_on, official = person(organisation, "chair"), person(organisation, "chair"), person(organisation)
    for somebody in (ended, goes_on, official):
        for day in (date(2022, 3, 30), LAST_DAY):
            Mandate.objects.create(organisation=organisation, person=somebody, office="Ambt", ended_on=day)
    Mandate.objects.create(organisation=organisation, person=goes_on, office="Ambt", started_on=LAST_DAY)
    assert not_recorded() == {(ended.pk, LAST_DAY)}

    departure(organisation, ended)

    assert not_recorded() == set()


@pytest.mark.parametrize(
    ("role", "seen", "hidden"),
    [
        (Role.HR, "official", "executive_member"),
        (Role.COORDINATOR, "official", "executive_member"),
        (Role.CLERK, "executive_member", "official"),
        (Role.CHAIR, "executive_member", "official"),
    ],
)
@pytest.mark.parametrize("name", ["unrecorded", "departures", "hire"])
@pytest.mark.parametrize("file_format", ["", "csv"])
def test_officials_and_office_holders_are_never_read_by_one_role(
    client_as, organisation, name, file_format, role, seen, hidden
) -> None:
    for kind in (seen, hidden):
        ended = today() - timedelta(days=10)
        somebody = person(organisation, kind, family_name=f"Van{kind.replace('_', '')}", ended_on=ended)
        if name == "departures":
            departure(organisation, somebody, left_on=ended)

    page = client_as(role).get(reverse(f"departures:{name}"), {"formaat": file_format, "zoek": "van"}).content.decode()

    assert f"Van{seen.replace('_', '')}" in page
    assert f"Van{hidden.replace('_', '')}" not in page


@pytest.mark.parametrize(
    ("role", "kind", "status"),
    [
        (Role.HR, "official", 200),
        (Role.COORDINATOR, "intern", 200),
        (Role.CLERK, "executive_member", 200),
        (Role.CHAIR, "executive_member", 200),
        (Role.CLERK, "official", 404),
        (Role.HR, "executive_member", 404),
        (Role.SECRETARY, "official", 403),
    ],
)
def test_a_departure_of_the_other_regime_answers_as_absent(client_as, organisation, role, kind, status) -> None:
    made = departure(organisation, leaver(organisation, kind))

    assert client_as(role).get(reverse("departures:departure", args=[made.pk])).status_code == status


def test_one_of_another_body_answers_as_absent(client_as, organisation, other_organisation) -> None:
    with organisation_scope(other_organisation.pk):
        stranger = PersonFactory(organisation=other_organisation, personnel_number="ELDERS-1", ended_on=LAST_DAY)
        foreign, foreign_rule = departure(other_organisation, stranger), term(other_organisation)
    client = client_as(Role.HR)

    for name in ("departure", "edit", "withdraw"):
        assert client.get(reverse(f"departures:{name}", args=[foreign.pk])).status_code == 404
    assert client.get(reverse("departures:rule_edit", args=[foreign_rule.pk])).status_code == 404
    assert send(client, stranger).status_code == 422
    found = client.get(reverse("departures:hire"), {"zoek": stranger.family_name}).content.decode()
    assert stranger.full_name not in found


def test_the_personnel_department_records_once_however_often_it_sends(client_as, organisation) -> None:
    somebody, client = leaver(organisation), client_as(Role.HR)
    initial = client.get(reverse("departures:new"), {"persoon": somebody.pk}).context["form"].initial
    assert (initial["person"], initial["left_on"]) == (somebody.personnel_number, LAST_DAY)
    form = typed(somebody)

    for _ in range(2):
        page = client.post(reverse("departures:new"), form, follow=True).content.decode()

    made = Departure.objects.get()
    assert (made.regime, made.kind, made.still_open()) == ("officials", "official", [])
    assert "20 maart 2026" in page
    assert client.post(reverse("departures:new"), typed(somebody)).status_code == 422


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"person": "Niemand"}, "Wij kennen niemand"),
        ({"talk_on": ""}, "op welke dag het gesprek"),
        ({"talk_on": "9999-01-01"}, "moet nog komen"),
        ({"reminded_on": "9999-01-01"}, "moet nog komen"),
        ({"left_on": "9999-12-31"}, "meer dan twee jaar"),
        ({"left_on": "2026-03-30"}, "31 maart 2026"),
        ({"keys": "kwijt"}, "geldige keuze"),
    ],
)
def test_bad_input_is_told_and_nothing_is_recorded(client_as, organisation, values, message) -> None:
    response = send(client_as(Role.HR), leaver(organisation), **values)

    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Departure.objects.exists()


def test_of_who_has_no_last_day_in_the_list_of_people_any_can_be_typed(client_as, organisation) -> None:
    assert send(client_as(Role.HR), person(organisation), left_on="2026-05-01").status_code == 200
    assert Departure.objects.get().left_on == date(2026, 5, 1)


def test_a_clerk_cannot_record_it_of_an_official(client_as, organisation) -> None:
    somebody, client = leaver(organisation), client_as(Role.CLERK)

    assert send(client, somebody).status_code == 422
    assert client.get(reverse("departures:new"), {"persoon": somebody.pk}).context["form"].initial == {}
    assert client.get(reverse("departures:new"), {"persoon": "x"}).context["form"].initial == {}
    assert send(client, leaver(organisation, "elected_member")).status_code == 200


@pytest.mark.parametrize(
    ("role", "kind"),
    [(Role.HR, "chair"), (Role.CLERK, "official"), (Role.COORDINATOR, "official"), (Role.CHAIR, "chair")],
)
def test_who_does_not_record_a_regime_changes_nothing(actor_with, organisation, role, kind) -> None:
    somebody, actor = leaver(organisation, kind), actor_with(role)
    made, rule = departure(organisation, somebody), term(organisation, for_whom=kind)

    with pytest.raises(PermissionDenied):
        operations.record_departure(actor=actor, identifier=uuid.uuid4(), person=somebody, values={})
    with pytest.raises(PermissionDenied):
        operations.change_departure(actor=actor, departure=made, expected_version=1, values={})
    with pytest.raises(PermissionDenied):
        operations.withdraw(actor=actor, departure=made, expected_version=1, reason="Zomaar")
    with pytest.raises(PermissionDenied):
        operations.add_rule(actor=actor, identifier=uuid.uuid4(), values={"for_whom": kind})
    with pytest.raises(PermissionDenied):
        operations.change_rule(actor=actor, rule=rule, expected_version=1, values={})


def test_what_was_done_is_added_and_two_do_not_overwrite_each_other(client_as, organisation) -> None:
    somebody = leaver(organisation)
    made = departure(organisation, somebody)
    where, form = reverse("departures:edit", args=[made.pk]), typed(somebody, version=1)

    page = client_as(Role.HR).post(where, form, follow=True).content.decode()

    made.refresh_from_db()
    assert (made.talk, made.still_open()) == ("held", [])
    assert "Vertrek gewijzigd" in page
    again = client_as(Role.HR).post(where, form | {"talk_by": "Iemand anders"})
    assert again.status_code == 409
    assert "Iemand anders" in again.content.decode()
    assert Departure.objects.get().talk_by == "Esra"


def test_a_mistake_is_withdrawn_with_the_reason_and_stays(client_as, organisation) -> None:
    made, client = departure(organisation, leaver(organisation)), client_as(Role.HR)
    where = reverse("departures:withdraw", args=[made.pk])
    assert client.post(where, {"version": 1, "withdrawn_because": ""}).status_code == 422

    page = client.post(where, {"version": 1, "withdrawn_because": "Was een ander"}, follow=True).content.decode()

    assert "Was een ander" in page
    for name in ("edit", "withdraw"):
        again = client.get(reverse(f"departures:{name}", args=[made.pk]), follow=True).content.decode()
        assert "al ingetrokken" in again
    listed = reverse("departures:departures")
    assert made.person.full_name not in client.get(listed).content.decode()
    assert made.person.full_name in client.get(listed, {"fout": "on"}).content.decode()


def test_the_database_itself_keeps_one_a_day_and_a_day_with_a_talk(organisation) -> None:
    somebody = leaver(organisation)
    departure(organisation, somebody)

    with pytest.raises(IntegrityError), transaction.atomic():
        departure(organisation, somebody)
    with pytest.raises(IntegrityError), transaction.atomic():
        departure(organisation, somebody, left_on=date(2026, 4, 1), talk="held")


def answers(words="", regimes=REGIMES, day=TODAY):
    return [(row.person.family_name, row.may, row.term and row.term.last_day) for row in may_hire(words, regimes, day)]


def test_may_we_hire_this_person_again_follows_from_the_term(organisation) -> None:
    term(organisation)
    term(organisation, for_whom="executive_member", months=6)
    departure(organisation, leaver(organisation, family_name="Ambtenaar"))
    departure(organisation, person(organisation, "executive_member", family_name="Bestuurder"))
    departure(organisation, person(organisation, "intern", family_name="Stagiair"))
    leaver(organisation, family_name="Vergeten")
    person(organisation, family_name="Werkt nog")
    departure(organisation, person(organisation, family_name="Gaat nog"), left_on=TODAY + timedelta(days=9))

    assert answers() == [
        ("Ambtenaar", False, date(2028, 3, 31)),
        ("Bestuurder", True, date(2026, 9, 30)),
        ("Stagiair", True, None),
        ("Vergeten", False, date(2028, 3, 31)),
    ]
    assert answers("bestuurder", ["officials"]) == []
    assert answers("ambten") == [("Ambtenaar", False, date(2028, 3, 31))]
    assert answers("ambten", day=date(2028, 3, 31))[0][1] is False
    assert answers("ambten", day=date(2028, 4, 1))[0][1] is True


def test_of_who_left_twice_the_last_time_counts(organisation) -> None:
    term(organisation)
    again = person(organisation, ended_on=date(2026, 6, 30), family_name="Tweemaal")
    departure(organisation, again, left_on=date(2020, 1, 1))
    assert answers() == [("Tweemaal", False, date(2028, 6, 30))]

    departure(organisation, again, left_on=date(2026, 6, 30), kind="intern")

    assert answers() == [("Tweemaal", True, None)]


def test_the_page_to_hire_again_tells_in_words(client_as, organisation) -> None:
    ended = today() - timedelta(days=10)
    somebody = person(organisation, ended_on=ended)
    client, where = client_as(Role.HR), reverse("departures:hire")

    def told(words):
        return client.get(where, {"zoek": words}).content.decode()

    assert "Wie wilt u inhuren" in told("")
    assert "Niemand met deze naam" in told("Onbekend")
    assert "Geen regel van u" in told(somebody.family_name)
    term(organisation, in_force_from=date(2020, 1, 1))
    assert "Niet tot en met" in told(somebody.family_name)
    assert "weet de griffier het" in told("")
    assert "weet personeelszaken het" in client_as(Role.CLERK).get(where).content.decode()


def rule_typed(**values):
    given = {
        "for_whom": "official",
        "months": "24",
        "what": "Niet inhuren",
        "basis": "Code",
        "submission": uuid.uuid4(),
    }
    return given | {"in_force_from": "2026-01-01", "submission": uuid.uuid4()} | values


def test_a_rule_is_recorded_once_changed_and_ended(client_as, organisation) -> None:
    client, form = client_as(Role.HR), rule_typed()
    for _ in range(2):
        page = client.post(reverse("departures:rule_new"), form, follow=True).content.decode()
    made = CoolingOffRule.objects.get()
    assert "24 maanden" in page
    assert client.post(reverse("departures:rule_new"), rule_typed()).status_code == 422
    assert client.post(reverse("departures:rule_new"), rule_typed(for_whom="chair")).status_code == 422
    assert client.post(reverse("departures:rule_new"), rule_typed(for_whom="intern", months="0")).status_code == 422
    where = reverse("departures:rule_edit", args=[made.pk])

    for ended, status in (("2025-01-01", 422), ("2026-06-01", 302), ("2026-07-01", 409)):
        assert client.post(where, rule_typed(version=1, ended_on=ended)).status_code == status

    term(organisation)
    assert client.post(where, rule_typed(version=2, ended_on="")).status_code == 422
    assert client_as(Role.CLERK).get(where).status_code == 404
    assert "Niet inhuren" not in client_as(Role.CLERK).get(reverse("departures:rules")).content.decode()


def test_what_has_to_be_done_stands_on_the_desk_of_who_keeps_it_and_in_the_calendar(actor_with, organisation) -> None:
    day = today() - timedelta(days=30)
    left = person(organisation, ended_on=day)
    half = departure(organisation, person(organisation), left_on=day, **FINISHED | {"keys": "open"})
    departure(organisation, person(organisation), left_on=day, **FINISHED)
    departure(organisation, person(organisation), left_on=today() + timedelta(days=60))
    member = person(organisation, "elected_member", ended_on=day)
    hr, clerk, coordinator = (actor_with(role) for role in (Role.HR, Role.CLERK, Role.COORDINATOR))

    assert [(item.title, item.due_on) for item in due_items(hr, today())] == [
        (left.full_name, day),
        (half.person.full_name, day),
    ]
    assert "sleutels" in due_items(hr, today())[1].detail
    assert [item.title for item in due_items(clerk, today())] == [member.full_name]
    assert due_items(coordinator, today()) == []
    assert sorted(item.waiting for item in calendar_items(hr, day, today(), 9)) == [False, True]
    assert calendar_items(coordinator, day, today(), 9) == []


@pytest.mark.parametrize("name", ["unrecorded", "departures", "hire", "rules"])
def test_a_page_costs_the_same_however_long_it_is(client_as, organisation, name) -> None:
    client, where = client_as(Role.HR), reverse(f"departures:{name}")
    term(organisation)

    def fill():
        person(organisation, ended_on=today() - timedelta(days=5), given_name="Kim")
        departure(organisation, person(organisation, given_name="Kim"), left_on=today() - timedelta(days=5))

    fill()
    few = data_queries(lambda: client.get(where, {"zoek": "kim"}))
    for _ in range(30):
        fill()

    assert data_queries(lambda: client.get(where, {"zoek": "kim"})) == few <= 8


def test_the_lists_can_be_searched_filtered_and_sorted(client_as, organisation) -> None:
    client, day = client_as(Role.HR), today() - timedelta(days=5)
    departure(organisation, person(organisation, family_name="Appel"), left_on=day, **FINISHED)
    departure(organisation, person(organisation, "intern", family_name="Peer"), left_on=day)
    person(organisation, family_name="Kers", ended_on=day)
    person(organisation, family_name="Druif", ended_on=today() - timedelta(days=500))

    def names(page, **asked):
        told = client.get(reverse(f"departures:{page}"), asked).content.decode()
        return [found for found in ("Appel", "Peer", "Kers", "Druif") if found in told]

    assert names("departures", sorteer="geheim") == ["Appel", "Peer"]
    assert names("departures", zoek="appel") == ["Appel"]
    assert names("departures", gesprek="gehouden") == ["Appel"]
    assert names("departures", soort="stagiair") == ["Peer"]
    assert names("departures", open="on") == ["Peer"]
    assert names("unrecorded") == ["Kers"]
    assert names("unrecorded", eerder="on") == ["Kers", "Druif"]
    assert names("unrecorded", eerder="on", zoek="druif") == ["Druif"]
    assert names("unrecorded", soort="stagiair") == []
