"""Screenings: who owes one, recording, correcting, withdrawing, rules, and who reads what."""

import itertools
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
from openintegriteit.event_log.models import Entry
from openintegriteit.organisations.models import Appointment, Mandate, Person, Position
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.designations.models import Designation
from openintegriteit.registers.screening import operations
from openintegriteit.registers.screening.due import calendar_items, due_items
from openintegriteit.registers.screening.models import Screening, ScreeningRule
from openintegriteit.registers.screening.queries import demands_on, described, here_or_coming, lacks_of, owing
from openintegriteit.registers.screening.tests.factories import rule, screening

pytestmark = pytest.mark.database
REGIMES = ("officials", "office_holders")
OWING = "screening:owing"


def person(organisation, kind="official", **values):
    return PersonFactory(organisation=organisation, kind=kind, **values)


def who_owes(organisation, day=None):
    day = day or today()
    return set(owing(here_or_coming(day), demands_on(organisation, REGIMES, day), day))


def at_risk(organisation, somebody):
    post = Position.objects.create(organisation=organisation, title=f"Post {uuid.uuid4()}")
    Appointment.objects.create(organisation=organisation, person=somebody, position=post)
    Designation.objects.create(
        organisation=organisation, position=post, is_at_risk=True, reasons="Geld", designated_on=date(2020, 1, 1)
    )


def typed(somebody, **values):
    given = {"person": somebody.personnel_number, "kind": "certificate_of_conduct", "result": "in_order"}
    given |= {"done_on": "2026-01-05", "post": "Inkoper", "valid_until": "", "submission": uuid.uuid4()}
    return given | values


def send(client, somebody, **values):
    return client.post(reverse("screening:new"), typed(somebody, **values), follow=True)


def test_gemeentewet_36a_2_an_executive_member_who_was_appointed_owes_a_certificate(organisation) -> None:
    appointed = {"started_on": date(2024, 6, 1)}
    without, fresh, old = (person(organisation, "executive_member", **appointed) for _ in range(3))
    screening(organisation, fresh, done_on=date(2024, 3, 1))
    screening(organisation, old, done_on=date(2024, 2, 29))
    person(organisation, "executive_member", started_on=date(2022, 12, 31))
    person(organisation, "elected_member", **appointed)
    person(organisation, **appointed)

    assert who_owes(organisation) == {without, old}


@pytest.mark.parametrize("kind", ["province", "water_board"])
def test_provinciewet_35b_2_and_waterschapswet_41_1_ask_the_same(organisation, kind) -> None:
    organisation.kind = kind
    somebody = person(organisation, "executive_member", started_on=date(2024, 6, 1))

    assert who_owes(organisation) == {somebody}


def test_of_a_joint_body_we_know_no_law_that_asks_one(organisation) -> None:
    organisation.kind = "joint_body"
    person(organisation, "executive_member", started_on=date(2024, 6, 1))

    assert who_owes(organisation) == set()


def test_who_still_has_to_be_appointed_owes_it_already_and_who_left_does_not(organisation) -> None:
    coming = person(organisation, "executive_member", started_on=today() + timedelta(days=10))
    left = {"started_on": date(2024, 1, 1), "ended_on": today() - timedelta(days=1)}
    person(organisation, "executive_member", **left)

    assert who_owes(organisation) == {coming}


def test_a_new_appointment_asks_a_new_certificate(organisation) -> None:
    somebody = person(organisation, "executive_member", started_on=date(2023, 6, 1))
    screening(organisation, somebody, done_on=date(2023, 5, 1))
    assert who_owes(organisation) == set()

    Mandate.objects.create(organisation=organisation, person=somebody, office="Wethouder", started_on=date(2026, 3, 30))

    assert who_owes(organisation) == {somebody}


def test_an_office_that_ended_is_no_appointment(organisation) -> None:
    somebody = person(organisation, "executive_member", started_on=date(2022, 6, 1))
    ended = {"started_on": date(2024, 1, 1), "ended_on": date(2024, 12, 31)}
    Mandate.objects.create(organisation=organisation, person=somebody, office="Lid van een commissie", **ended)

    assert who_owes(organisation) == set()


def test_what_was_checked_as_an_official_does_not_count_for_an_office(organisation) -> None:
    somebody = person(organisation, "executive_member", started_on=date(2024, 6, 1))
    screening(organisation, somebody, done_on=date(2024, 5, 1), regime="officials")

    assert who_owes(organisation) == {somebody}


def test_a_rule_of_the_body_asks_it_of_others(organisation) -> None:
    official, intern = person(organisation), person(organisation, "intern")
    assert who_owes(organisation) == set()
    made = rule(organisation)

    assert who_owes(organisation) == {official}
    made.ended_on = today()
    made.save()
    assert who_owes(organisation) == set()
    rule(organisation, for_whom="intern", in_force_from=today() + timedelta(days=1))
    assert who_owes(organisation) == set()
    assert intern.kind == "intern"


def test_a_rule_can_ask_it_of_who_begins_from_its_day_on_only(organisation) -> None:
    rule(organisation, also_present=False, in_force_from=date(2025, 1, 1))
    person(organisation, started_on=date(2024, 12, 31))
    new, unknown = person(organisation, started_on=date(2025, 1, 1)), person(organisation, started_on=None)

    assert who_owes(organisation) == {new, unknown}


def test_a_rule_can_ask_it_of_who_holds_a_position_at_risk(organisation) -> None:
    rule(organisation, for_whom="at_risk")
    holder = person(organisation)
    person(organisation)
    at_risk(organisation, holder)

    assert who_owes(organisation) == {holder}


def test_one_that_was_withdrawn_is_owed_again(organisation) -> None:
    rule(organisation)
    somebody = person(organisation)
    screening(organisation, somebody, withdrawn_on=today(), withdrawn_because="Verkeerde persoon")

    assert who_owes(organisation) == {somebody}


def test_the_database_finds_who_the_rules_say(organisation) -> None:
    """Every pair of screenings with every day of appointment, for a rule that asks everything at once."""
    rule(organisation, fresh=True, in_force_from=date(2024, 1, 1), also_present=False)
    rule(organisation, kind="diplomas")
    day = date(2026, 11, 27)
    appointments = (None, date(2023, 12, 31), date(2024, 2, 28), date(2026, 5, 31))
    rows = [
        {"done_on": done_on, "result": result, "valid_until": until}
        for done_on in (date(2023, 11, 30), date(2026, 2, 28), date(2026, 6, 1))
        for result in ("in_order", "not_in_order")
        for until in (None, date(2026, 11, 26))
    ]
    pairs = [pair for pair in itertools.combinations(rows, 2) if pair[0]["done_on"] != pair[1]["done_on"]]
    for number, pair in enumerate(pairs):
        somebody = person(organisation, started_on=appointments[number % len(appointments)])
        screening(organisation, somebody, kind="diplomas")
        for values in pair if number % 3 else pair[:1]:
            screening(organisation, somebody, **values)
    demands = demands_on(organisation, REGIMES, day)

    by_rules = {row.pk for row in described(Person.objects.all(), day) if lacks_of(row, demands, day)}

    assert {row.pk for row in owing(Person.objects.all(), demands, day)} == by_rules
    assert 0 < len(by_rules) < len(pairs)


@pytest.mark.parametrize(
    ("role", "seen", "hidden"),
    [
        (Role.HR, "official", "executive_member"),
        (Role.COORDINATOR, "official", "executive_member"),
        (Role.CLERK, "executive_member", "official"),
        (Role.CHAIR, "executive_member", "official"),
    ],
)
@pytest.mark.parametrize("name", ["owing", "screenings"])
@pytest.mark.parametrize("file_format", ["", "csv"])
def test_officials_and_office_holders_are_never_read_by_one_role(
    client_as, organisation, name, file_format, role, seen, hidden
) -> None:
    rule(organisation)
    for kind in (seen, hidden):
        somebody = person(organisation, kind, family_name=f"Van{kind.replace('_', '')}", started_on=date(2024, 1, 1))
        if name == "screenings":
            screening(organisation, somebody)

    page = client_as(role).get(reverse(f"screening:{name}"), {"formaat": file_format}).content.decode()

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
def test_a_screening_of_the_other_regime_answers_as_absent(client_as, organisation, role, kind, status) -> None:
    made = screening(organisation, person(organisation, kind))

    assert client_as(role).get(reverse("screening:screening", args=[made.pk])).status_code == status


def test_who_only_reads_is_offered_nothing_to_change(client_as, organisation) -> None:
    made = screening(organisation, person(organisation))

    assert (
        "wijzigen/"
        not in client_as(Role.COORDINATOR).get(reverse("screening:screening", args=[made.pk])).content.decode()
    )
    assert client_as(Role.COORDINATOR).get(reverse("screening:edit", args=[made.pk])).status_code == 403


def test_one_of_another_body_answers_as_absent(client_as, organisation, other_organisation) -> None:
    with organisation_scope(other_organisation.pk):
        stranger = PersonFactory(organisation=other_organisation, personnel_number="ELDERS-1")
        foreign, foreign_rule = screening(other_organisation, stranger), rule(other_organisation)
    client = client_as(Role.HR)

    for name in ("screening", "edit", "withdraw"):
        assert client.get(reverse(f"screening:{name}", args=[foreign.pk])).status_code == 404
    assert client.get(reverse("screening:rule_edit", args=[foreign_rule.pk])).status_code == 404
    assert send(client, stranger).status_code == 422


def test_the_personnel_department_records_once_however_often_it_sends(client_as, organisation) -> None:
    somebody, client = person(organisation), client_as(Role.HR)
    rule(organisation, good_months=60)
    form = typed(somebody)

    for _ in range(2):
        page = client.post(reverse("screening:new"), form, follow=True).content.decode()

    made = Screening.objects.get()
    assert (made.regime, made.fresh_until, made.valid_until) == ("officials", date(2026, 4, 5), date(2031, 1, 5))
    assert "In orde" in page
    assert who_owes(organisation) == set()
    assert client.post(reverse("screening:new"), typed(somebody)).status_code == 422


def test_the_shortest_term_of_the_rules_is_counted_and_a_typed_day_wins(client_as, organisation) -> None:
    somebody = person(organisation)
    rule(organisation, good_months=60)
    rule(organisation, for_whom="at_risk", good_months=36)
    send(client_as(Role.HR), somebody)
    at_risk(organisation, somebody)
    send(client_as(Role.HR), somebody, done_on="2026-01-31")
    send(client_as(Role.HR), somebody, done_on="2026-02-01", valid_until="2027-01-01")

    assert [row.valid_until for row in Screening.objects.order_by("done_on")] == [
        date(2031, 1, 5),
        date(2029, 1, 31),
        date(2027, 1, 1),
    ]


def test_the_log_does_not_know_the_result(client_as, organisation) -> None:
    send(client_as(Role.HR), person(organisation), result="not_in_order")

    (entry,) = Entry.objects.filter(action="screening.recorded")
    assert "not_in_order" not in f"{entry.subject_label}{entry.details}"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"person": "Niemand"}, "Wij kennen niemand"),
        ({"kind": ""}, "verplicht"),
        ({"result": ""}, "verplicht"),
        ({"done_on": "9999-01-01"}, "moet nog komen"),
        ({"valid_until": "2025-01-01"}, "ligt vóór de dag"),
    ],
)
def test_bad_input_is_told_and_nothing_is_recorded(client_as, organisation, values, message) -> None:
    response = send(client_as(Role.HR), person(organisation), **values)

    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Screening.objects.exists()


def test_a_clerk_cannot_record_it_of_an_official(client_as, organisation) -> None:
    somebody = person(organisation)
    client = client_as(Role.CLERK)

    assert send(client, somebody).status_code == 422
    form = client.get(reverse("screening:new"), {"persoon": somebody.pk, "wat": "diplomas"}).context["form"]
    assert form.initial == {"kind": "diplomas"}
    mine = person(organisation, "executive_member")
    form = client.get(reverse("screening:new"), {"persoon": mine.pk}).context["form"]
    assert form.initial == {"person": mine.personnel_number}


@pytest.mark.parametrize(
    ("role", "kind"),
    [(Role.HR, "executive_member"), (Role.CLERK, "official"), (Role.COORDINATOR, "official"), (Role.CHAIR, "chair")],
)
def test_who_does_not_record_a_regime_changes_nothing(actor_with, organisation, role, kind) -> None:
    somebody, actor = person(organisation, kind), actor_with(role)
    made, asked = screening(organisation, somebody), rule(organisation, for_whom=kind)
    values = {"kind": "diplomas", "result": "in_order", "done_on": date(2026, 1, 1), "valid_until": None, "post": ""}

    with pytest.raises(PermissionDenied):
        operations.record_screening(actor=actor, identifier=uuid.uuid4(), person=somebody, values=values)
    with pytest.raises(PermissionDenied):
        operations.change_screening(actor=actor, screening=made, expected_version=1, values=values)
    with pytest.raises(PermissionDenied):
        operations.withdraw(actor=actor, screening=made, expected_version=1, reason="Zomaar")
    with pytest.raises(PermissionDenied):
        operations.add_rule(actor=actor, identifier=uuid.uuid4(), values={"for_whom": kind})
    with pytest.raises(PermissionDenied):
        operations.change_rule(actor=actor, rule=asked, expected_version=1, values={})


def correction(**values):
    return {"version": 1, "done_on": "2026-01-31", "post": "Inkoper", "valid_until": ""} | values


def test_a_day_is_corrected_and_the_history_tells(client_as, organisation) -> None:
    made = screening(organisation, person(organisation))
    where = reverse("screening:edit", args=[made.pk])

    page = client_as(Role.HR).post(where, correction(), follow=True).content.decode()

    made.refresh_from_db()
    assert (made.done_on, made.fresh_until) == (date(2026, 1, 31), date(2026, 4, 30))
    assert "Screening gewijzigd" in page


def test_two_who_correct_it_do_not_overwrite_each_other(client_as, organisation) -> None:
    made = screening(organisation, person(organisation))
    where = reverse("screening:edit", args=[made.pk])
    client_as(Role.HR).post(where, correction())

    response = client_as(Role.HR).post(where, correction(post="Iets anders"))

    assert response.status_code == 409
    assert "Iets anders" in response.content.decode()
    assert Screening.objects.get().post == "Inkoper"


def test_a_mistake_is_withdrawn_with_the_reason_and_stays(client_as, organisation) -> None:
    made, client = screening(organisation, person(organisation)), client_as(Role.HR)
    where = reverse("screening:withdraw", args=[made.pk])
    assert client.post(where, {"version": 1, "withdrawn_because": ""}).status_code == 422

    page = client.post(where, {"version": 1, "withdrawn_because": "Was een ander"}, follow=True).content.decode()

    assert "Was een ander" in page
    for name in ("edit", "withdraw"):
        again = client.get(reverse(f"screening:{name}", args=[made.pk]), follow=True).content.decode()
        assert "al ingetrokken" in again
    listed = reverse("screening:screenings")
    assert made.person.full_name not in client.get(listed).content.decode()
    assert made.person.full_name in client.get(listed, {"fout": "on"}).content.decode()


def test_the_database_itself_keeps_one_a_day_and_days_in_order(organisation) -> None:
    somebody = person(organisation)
    screening(organisation, somebody)

    with pytest.raises(IntegrityError), transaction.atomic():
        screening(organisation, somebody)
    with pytest.raises(IntegrityError), transaction.atomic():
        screening(organisation, somebody, kind="diplomas", valid_until=date(2026, 1, 4))


def rule_typed(**values):
    given = {"for_whom": "official", "kind": "diplomas", "good_months": "", "in_force_from": "2026-01-01"}
    return given | {"basis": "Beleid", "submission": uuid.uuid4()} | values


def test_a_rule_is_recorded_once_changed_and_ended(client_as, organisation) -> None:
    client, form = client_as(Role.HR), rule_typed(also_present="on", fresh="on", good_months="12")
    for _ in range(2):
        page = client.post(reverse("screening:rule_new"), form, follow=True).content.decode()
    made = ScreeningRule.objects.get()
    assert "Opnieuw na 12 maanden." in page
    assert client.post(reverse("screening:rule_new"), rule_typed()).status_code == 422
    where = reverse("screening:rule_edit", args=[made.pk])

    for ended, status in (("2025-01-01", 422), ("2026-06-01", 302), ("2026-07-01", 409)):
        assert client.post(where, rule_typed(version=1, ended_on=ended)).status_code == status

    made.refresh_from_db()
    assert made.ended_on == date(2026, 6, 1)
    rule(organisation, kind="diplomas")
    assert client.post(where, rule_typed(version=2, ended_on="")).status_code == 422


def test_a_rule_of_the_other_regime_answers_as_absent_and_cannot_be_made(client_as, organisation) -> None:
    made = rule(organisation)
    client = client_as(Role.CLERK)

    assert client.get(reverse("screening:rule_edit", args=[made.pk])).status_code == 404
    assert client.post(reverse("screening:rule_new"), rule_typed()).status_code == 422
    page = client.get(reverse("screening:rules")).content.decode()
    assert "Gemeentewet, artikel 36a, lid 2" in page
    assert "Beleid 2020" not in page
    assert "Beleid 2020" in client_as(Role.HR).get(reverse("screening:rules")).content.decode()


def test_what_has_to_be_done_again_stands_on_the_desk_of_who_keeps_it_and_in_the_calendar(
    actor_with, organisation
) -> None:
    day, somebody = today() + timedelta(days=30), person(organisation)
    screening(organisation, somebody, valid_until=day)
    member = person(organisation, "executive_member")
    screening(organisation, member, valid_until=day)
    replaced = person(organisation)
    screening(organisation, replaced, done_on=date(2025, 1, 1), valid_until=day)
    screening(organisation, replaced)
    screening(organisation, person(organisation, ended_on=today() - timedelta(days=1)), valid_until=day)
    screening(organisation, person(organisation), valid_until=day + timedelta(days=60))
    hr, clerk, coordinator = (actor_with(role) for role in (Role.HR, Role.CLERK, Role.COORDINATOR))

    assert [(item.title, item.due_on) for item in due_items(hr, today())] == [(somebody.full_name, day)]
    assert [item.title for item in due_items(clerk, today())] == [member.full_name]
    assert due_items(coordinator, today()) == []
    assert [item.title for item in calendar_items(hr, today(), day, 9)] == [somebody.full_name]
    assert calendar_items(coordinator, today(), day, 9) == []


@pytest.mark.parametrize("name", ["owing", "screenings", "rules"])
def test_a_page_costs_the_same_however_long_it_is(client_as, organisation, name) -> None:
    client, where = client_as(Role.HR), reverse(f"screening:{name}")
    rule(organisation)
    rule(organisation, for_whom="at_risk", kind="references", fresh=True)

    def fill():
        somebody = person(organisation)
        at_risk(organisation, somebody)
        screening(organisation, person(organisation), valid_until=today())

    fill()
    few = data_queries(lambda: client.get(where))
    for _ in range(30):
        fill()

    assert data_queries(lambda: client.get(where)) == few <= 9


def test_the_list_can_be_searched_filtered_and_sorted(client_as, organisation) -> None:
    client, where = client_as(Role.HR), reverse("screening:screenings")
    screening(organisation, person(organisation, family_name="Appel"))
    screening(organisation, person(organisation, family_name="Peer"), kind="diplomas", result="not_in_order")

    def names(name=where, **asked):
        page = client.get(name, asked).content.decode()
        return [found for found in ("Appel", "Peer") if found in page]

    assert names(zoek="appel") == ["Appel"]
    assert names(wat="diplomas") == ["Peer"]
    assert names(uitslag="niet-in-orde") == ["Peer"]
    assert names(sorteer="tot") == ["Appel", "Peer"]
    rule(organisation, kind="references")
    rule(organisation, kind="diplomas")
    owing_page = reverse(OWING)
    assert names(owing_page) == ["Appel", "Peer"]
    assert names(owing_page, wat="diplomas") == ["Appel", "Peer"]
    assert names(owing_page, wat="identiteit") == []
    assert names(owing_page, soort="stagiair") == []
    assert names(owing_page, zoek="peer") == ["Peer"]
