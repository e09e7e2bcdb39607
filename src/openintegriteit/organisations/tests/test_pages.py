"""The pages about people, units and the body: who may open them, what they cost, what they keep."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.text import capfirst

from openintegriteit.core.searching import LONGEST
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.organisations.models import (
    Appointment,
    HeadCount,
    Mandate,
    Organisation,
    Person,
    Position,
    Unit,
)
from openintegriteit.organisations.search import search
from openintegriteit.organisations.tests.factories import PersonFactory, UnitFactory, make_people

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PAGES = ["people", "person_new", "import_upload", "units", "unit_new", "body", "body_change", "head_count_new"]
ALLOWED = {
    "people": {"coordinator", "hr", "functional_administrator"},
    "person_new": {"hr", "functional_administrator"},
    "import_upload": {"coordinator", "hr", "functional_administrator"},
    "units": {"coordinator", "hr", "functional_administrator"},
    "unit_new": {"hr", "functional_administrator"},
    "body": {"coordinator", "hr", "functional_administrator"},
    "body_change": {"functional_administrator"},
    "head_count_new": {"coordinator", "hr", "functional_administrator"},
}


def address(name, *args):
    return reverse(f"organisations:{name}", args=args)


def data_queries(captured):
    """The queries that count: without the transaction's own and without the log."""
    ignored = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "SELECT set_config")
    return [
        query["sql"] for query in captured if not query["sql"].startswith(ignored) and "event_log_" not in query["sql"]
    ]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", ["coordinator", "hr", "functional_administrator", "manager", "staff", "secretary"])
def test_only_the_roles_concerned_open_a_page(client_as, name, role):
    response = client_as(role).get(address(name))

    assert response.status_code == (200 if role in ALLOWED[name] else 403)


@pytest.mark.parametrize("name", PAGES)
def test_anonymous_visitors_are_sent_to_sign_in(client, organisation, name):
    response = client.get(address(name))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "name",
    ["person", "person_change", "person_end", "appointment_new", "mandate_new", "appointment_end", "mandate_end"],
)
def test_an_id_of_another_body_answers_as_an_absent_one(client_as, organisation, other_organisation, name):
    with organisation_scope(other_organisation.pk):
        unit = UnitFactory(organisation=other_organisation)
        foreign = PersonFactory(organisation=other_organisation)
        position = Position.objects.create(organisation=other_organisation, title="Adviseur", unit=unit)
        held = Appointment.objects.create(organisation=other_organisation, person=foreign, position=position)
        office = Mandate.objects.create(organisation=other_organisation, person=foreign, office="Dijkgraaf")
    key = {"appointment_end": held.pk, "mandate_end": office.pk}.get(name, foreign.pk)
    browser = client_as("hr")

    foreign_answer, absent_answer = browser.get(address(name, key)), browser.get(address(name, uuid.uuid4()))

    assert foreign_answer.status_code == absent_answer.status_code == 404
    assert foreign_answer.content == absent_answer.content


def test_units_and_head_counts_of_another_body_are_absent_too(client_as, organisation, other_organisation):
    with organisation_scope(other_organisation.pk):
        unit = UnitFactory(organisation=other_organisation)
        count = HeadCount.objects.create(organisation=other_organisation, year=2025, heads=10)
    browser = client_as("hr")

    assert browser.get(address("unit_change", unit.pk)).status_code == 404
    assert browser.post(address("unit_remove", unit.pk)).status_code == 404
    assert browser.get(address("head_count_change", count.pk)).status_code == 404
    with organisation_scope(other_organisation.pk):
        assert Unit.objects.filter(pk=unit.pk).exists()


@pytest.mark.parametrize("page", ["people", "units", "body"])
def test_lists_cost_the_same_at_ten_and_at_a_thousand(client_as, organisation, page):
    browser = client_as("hr")
    browser.get(address(page))
    make_people(organisation, 10, units=5)
    with CaptureQueriesContext(connection) as few:
        browser.get(address(page))
    Appointment.objects.all().delete()
    Person.objects.all().delete()
    Position.objects.all().delete()
    Unit.objects.all().delete()
    make_people(organisation, 1000, units=200)
    with CaptureQueriesContext(connection) as many:
        browser.get(address(page))

    assert len(data_queries(many)) == len(data_queries(few))
    assert len(data_queries(many)) <= 8, data_queries(many)


def test_a_page_of_people_is_one_entry_in_the_log(client_as, organisation):
    PersonFactory.create_batch(3, organisation=organisation)
    browser = client_as("hr")

    browser.get(address("people"))

    assert list(Entry.objects.values_list("action", "subject_type")) == [("people.read", "organisations.people")]


def test_reading_one_person_names_whom_by_number(client_as, organisation):
    person = PersonFactory(organisation=organisation, personnel_number="1001")

    client_as("hr").get(address("person", person.pk))

    entry = Entry.objects.get()
    assert (entry.action, entry.subject_id, entry.subject_label) == ("people.read", str(person.pk), "1001")


def shown(response):
    return [person.full_name for person in response.context["listing"].page]


def test_search_finds_names_without_accents_and_in_any_order(client_as, organisation):
    PersonFactory(organisation=organisation, given_name="Özlem", family_name="Yılmaz", personnel_number="1")
    PersonFactory(
        organisation=organisation, given_name="Anne", infix="van der", family_name="Veen", personnel_number="2"
    )
    browser = client_as("hr")

    assert shown(browser.get(address("people"), {"zoek": "ozlem"})) == ["Özlem Yılmaz"]
    assert shown(browser.get(address("people"), {"zoek": "veen ANNE"})) == ["Anne van der Veen"]
    assert shown(browser.get(address("people"), {"zoek": "%"})) == []


def test_the_list_starts_with_who_works_here_now(client_as, organisation):
    PersonFactory(organisation=organisation, given_name="Nu", family_name="A")
    PersonFactory(organisation=organisation, given_name="Weg", family_name="B", ended_on=date(2021, 1, 1))
    PersonFactory(organisation=organisation, given_name="Straks", family_name="C", started_on=date(2199, 1, 1))
    browser = client_as("hr")

    assert shown(browser.get(address("people"))) == ["Nu A"]
    assert shown(browser.get(address("people"), {"wie": "vertrokken"})) == ["Weg B"]
    assert shown(browser.get(address("people"), {"wie": "komt-nog"})) == ["Straks C"]
    assert shown(browser.get(address("people"), {"wie": "iedereen"})) == ["Nu A", "Weg B", "Straks C"]
    assert shown(browser.get(address("people"), {"wie": "onzin", "soort": "x", "sorteer": "pk"})) == ["Nu A"]


def test_a_unit_stands_for_everything_under_it(client_as, organisation):
    top = UnitFactory(organisation=organisation, code="A", name="Boven")
    team = UnitFactory(organisation=organisation, code="B", name="Onder", parent=top)
    other = UnitFactory(organisation=organisation, code="C", name="Naast")
    PersonFactory(organisation=organisation, given_name="In", family_name="Team", unit=team)
    PersonFactory(organisation=organisation, given_name="Ergens", family_name="Anders", unit=other)

    assert shown(client_as("hr").get(address("people"), {"afdeling": "A"})) == ["In Team"]


def test_the_list_is_handed_out_as_a_file_safe_from_formulas(client_as, organisation):
    PersonFactory(organisation=organisation, given_name="=1+1", family_name="Boef")

    response = client_as("hr").get(address("people"), {"formaat": "csv"})

    text = response.getvalue().decode("utf-8-sig")
    assert text.splitlines()[1].split(";")[0].lstrip('"').startswith("'=1+1")


FORM = {
    "personnel_number": "1001",
    "given_name": "Samira",
    "infix": "el",
    "family_name": "Amrani",
    "email": "s@proef.example",
    "kind": "official",
    "unit": "",
    "manager": "",
    "started_on": "2021-03-01",
    "ended_on": "",
}


def test_who_keeps_the_list_sees_that_somebody_else_has_the_same_name(client_as, organisation):
    named = {"organisation": organisation, "given_name": "Esra", "infix": "", "family_name": "Demir"}
    one, other = (PersonFactory(**named, email=f"{name}@proef.example") for name in ("esra", "demir"))
    PersonFactory(**named, email="ESRA@proef.example")
    address = reverse("organisations:person", args=[one.pk])

    page = client_as("hr").get(address)

    assert page.context["page"].namesakes == [other]
    assert "dezelfde naam" in page.content.decode()
    assert "dezelfde naam" not in client_as("coordinator").get(address).content.decode()


def test_adding_a_person_twice_makes_one(client_as, organisation):
    browser = client_as("hr")
    data = FORM | {"submission": str(uuid.uuid4())}

    first = browser.post(address("person_new"), data)
    again = browser.post(address("person_new"), data)

    person = Person.objects.get()
    assert (person.full_name, person.started_on) == ("Samira el Amrani", date(2021, 3, 1))
    assert first.url == again.url == address("person", person.pk)
    assert Entry.objects.filter(action="person.created").count() == 1


@pytest.mark.database
def test_a_name_of_letters_that_stand_for_many_is_stored_and_found(client_as, organisation):
    data = FORM | {"given_name": "\ufdfa" * 100, "submission": str(uuid.uuid4())}

    stored = client_as("hr").post(address("person_new"), data)

    assert stored.status_code == 302
    assert Person.objects.matching("\ufdfa").get().given_name == "\ufdfa" * 100
    assert len(Person.objects.get().search_text) <= LONGEST


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"family_name": ""}, "family_name"),
        ({"personnel_number": "1000"}, "personnel_number"),
        ({"ended_on": "2020-01-01"}, "ended_on"),
        ({"ended_on": "2021-02-31"}, "ended_on"),
        ({"manager": "niemand"}, "manager"),
        ({"manager": "bakker"}, "manager"),
        ({"unit": str(uuid.UUID(int=1))}, "unit"),
        ({"kind": "koning"}, "kind"),
    ],
)
def test_what_is_wrong_is_shown_again_and_nothing_is_stored(client_as, organisation, wrong, field):
    PersonFactory(organisation=organisation, personnel_number="1000", family_name="Bakker")
    PersonFactory(organisation=organisation, personnel_number="999", family_name="Bakker")
    data = FORM | {"submission": str(uuid.uuid4())} | wrong

    response = client_as("hr").post(address("person_new"), data)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "Samira" in response.content.decode()
    assert Person.objects.count() == 2


def test_the_manager_is_found_by_name_and_may_not_stand_below(client_as, organisation):
    boss = PersonFactory(organisation=organisation, personnel_number="1", given_name="Grace", family_name="Ramdin")
    person = PersonFactory(organisation=organisation, personnel_number="2", family_name="Smit")
    browser = client_as("hr")

    done = browser.post(
        address("person_change", person.pk), FORM | {"personnel_number": "2", "manager": "ramdin grace", "version": 1}
    )
    refused = browser.post(
        address("person_change", boss.pk), FORM | {"personnel_number": "1", "manager": "2", "version": 1}
    )

    assert done.status_code == 302
    assert Person.objects.get(pk=person.pk).manager == boss
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["manager"]
    assert Person.objects.get(pk=boss.pk).manager is None


def test_who_saves_second_sees_what_the_first_changed_and_keeps_the_text(client_as, organisation):
    person = PersonFactory(organisation=organisation, personnel_number="1001", family_name="Oud")
    browser = client_as("hr")
    browser.post(address("person_change", person.pk), FORM | {"family_name": "Eerste", "version": 1})

    response = browser.post(address("person_change", person.pk), FORM | {"family_name": "Tweede", "version": 1})

    assert response.status_code == 409
    page = response.content.decode()
    assert "Eerste" in page and "Tweede" in page
    assert Person.objects.get().family_name == "Eerste"
    assert (
        browser.post(address("person_change", person.pk), FORM | {"family_name": "Tweede", "version": 2}).status_code
        == 302
    )
    assert Person.objects.get().search_text.startswith("samira el tweede")


def test_the_log_names_changed_fields_and_not_what_was_in_them(client_as, organisation):
    person = PersonFactory(organisation=organisation, personnel_number="1001", given_name="Ewa", family_name="Smit")

    client_as("hr").post(address("person_change", person.pk), FORM | {"version": 1})

    entry = Entry.objects.get(action="person.changed")
    assert set(entry.details["fields"]) == {"given_name", "infix", "family_name", "email", "started_on"}
    assert "Amrani" not in str(entry.details) + entry.subject_label


def test_a_departure_ends_positions_and_offices_that_run(client_as, organisation):
    person = PersonFactory(organisation=organisation)
    position = Position.objects.create(organisation=organisation, title="Adviseur")
    Appointment.objects.create(organisation=organisation, person=person, position=position)
    Mandate.objects.create(organisation=organisation, person=person, office="Wethouder", ended_on=date(2022, 1, 1))

    response = client_as("hr").post(address("person_end", person.pk), {"last_day": "2025-06-30", "version": 1})

    assert response.status_code == 302
    assert Person.objects.get().ended_on == date(2025, 6, 30)
    assert Appointment.objects.get().ended_on == date(2025, 6, 30)
    assert Mandate.objects.get().ended_on == date(2022, 1, 1)


def test_a_departure_before_the_first_day_is_refused(client_as, organisation):
    person = PersonFactory(organisation=organisation, started_on=date(2024, 1, 1))

    response = client_as("hr").post(address("person_end", person.pk), {"last_day": "2023-12-31", "version": 1})

    assert response.status_code == 422
    assert Person.objects.get().ended_on is None


def test_a_position_is_added_once_and_ended_once(client_as, organisation):
    unit = UnitFactory(organisation=organisation)
    person = PersonFactory(organisation=organisation)
    browser = client_as("hr")
    data = {"title": "Adviseur", "unit": str(unit.pk), "fte": "0,89", "submission": str(uuid.uuid4())}

    browser.post(address("appointment_new", person.pk), data)
    browser.post(address("appointment_new", person.pk), data)
    held = Appointment.objects.get()
    for day in ("2025-06-30", "2025-12-31"):
        browser.post(address("appointment_end", held.pk), {"last_day": day, "version": 1})

    held.refresh_from_db()
    assert (held.position.title, held.position.unit, str(held.fte)) == ("Adviseur", unit, "0.89")
    assert held.ended_on == date(2025, 6, 30)


def test_an_office_is_added_and_ended(client_as, organisation):
    person = PersonFactory(organisation=organisation)
    browser = client_as("hr")
    data = {"office": "Wethouder", "basis": "Raadsbesluit", "started_on": "2022-06-01", "submission": str(uuid.uuid4())}

    browser.post(address("mandate_new", person.pk), data)
    browser.post(address("mandate_end", Mandate.objects.get().pk), {"last_day": "2026-03-31", "version": 1})

    assert Mandate.objects.get().ended_on == date(2026, 3, 31)
    page = browser.get(address("person", person.pk)).content.decode()
    assert "Wethouder" in page and "Raadsbesluit" in page


@pytest.mark.parametrize(
    ("body_kind", "person_kind", "way"),
    [
        ("municipality", "chair", "charged_to_act"),
        ("province", "executive_member", "stands_in"),
        ("water_board", "executive_member", "from_outside"),
        ("water_board", "chair", None),
        ("municipality", "official", None),
    ],
)
def test_only_a_way_that_the_law_knows_for_an_office_can_be_chosen(
    client_as, organisation, body_kind, person_kind, way
):
    """Gemeentewet 77 to 80, Provinciewet 75 to 78, Waterschapswet 41(3) and 45."""
    organisation.kind = body_kind
    organisation.save()
    person = PersonFactory(organisation=organisation, kind=person_kind)
    browser = client_as("hr")
    offered = browser.get(address("mandate_new", person.pk)).content.decode()
    assert ("held_as" in offered, f'value="{way}"' in offered) == (way is not None, way is not None)

    for chosen in ("charged_to_act", "stands_in", "from_outside"):
        data = {"office": "Ambt", "held_as": chosen, "submission": str(uuid.uuid4())}
        assert browser.post(address("mandate_new", person.pk), data).status_code == (
            422 if way not in (None, chosen) else 302
        )

    assert set(Mandate.objects.values_list("held_as", flat=True)) == {way or ""}
    page = browser.get(address("person", person.pk)).content.decode()
    assert way is None or capfirst(Mandate.objects.get().get_held_as_display()) in page


def test_units_form_a_tree_and_never_a_ring(client_as, organisation):
    top = UnitFactory(organisation=organisation, code="A", name="Boven")
    team = UnitFactory(organisation=organisation, code="B", name="Onder", parent=top)

    response = client_as("hr").post(
        address("unit_change", top.pk), {"code": "A", "name": "Boven", "parent": str(team.pk), "version": 1}
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["parent"]


def test_adding_a_unit_twice_makes_one(client_as, organisation):
    browser = client_as("hr")
    data = {"code": "A", "name": "Boven", "parent": "", "submission": str(uuid.uuid4())}

    statuses = [browser.post(address("unit_new"), data).status_code for _click in range(2)]

    assert statuses == [302, 302]
    assert Unit.objects.get().name == "Boven"


def test_a_key_that_is_none_is_refused(client_as, organisation):
    data = {"code": "A", "name": "Boven", "parent": "", "submission": "geen sleutel"}

    assert client_as("hr").post(address("unit_new"), data).status_code == 422


def test_search_finds_people_and_units_and_logs_that_people_were_read(coordinator, actor_with, organisation):
    unit = UnitFactory(organisation=organisation, code="BV", name="Bedrijfsvoering")
    PersonFactory(organisation=organisation, given_name="Özlem", family_name="Bedrijf", unit=unit)

    hits = search(coordinator, "bedrijf", 5)

    assert [(hit.title, hit.detail) for hit in hits] == [
        ("Özlem Bedrijf", "Bedrijfsvoering"),
        ("Bedrijfsvoering", "BV"),
    ]
    assert Entry.objects.get().details == {"found": 1}
    assert search(actor_with("staff"), "bedrijf", 5) == []
    assert search(coordinator, " ", 5) == []


def test_a_unit_goes_only_when_nothing_belongs_to_it(client_as, organisation):
    unit, empty = UnitFactory(organisation=organisation), UnitFactory(organisation=organisation)
    PersonFactory(organisation=organisation, unit=unit)
    counted = UnitFactory(organisation=organisation)
    HeadCount.objects.create(organisation=organisation, year=2025, unit=counted, heads=3)
    browser = client_as("hr")

    for each in (unit, empty, counted):
        browser.post(address("unit_remove", each.pk))

    assert set(Unit.objects.all()) == {unit, counted}
    assert HeadCount.objects.count() == 1
    assert Entry.objects.filter(action="unit.removed").count() == 1


def test_removing_a_unit_is_a_post(client_as, organisation):
    unit = UnitFactory(organisation=organisation)

    assert client_as("hr").get(address("unit_remove", unit.pk)).status_code == 405
    assert Unit.objects.exists()


def test_the_body_is_renamed_by_the_functional_administrator(client_as, organisation):
    data = {"name": "Gemeente Nieuw", "kind": "municipality", "version": 1}

    assert client_as("hr").post(address("body_change"), data).status_code == 403
    assert client_as("functional_administrator").post(address("body_change"), data).status_code == 302
    assert client_as("functional_administrator").post(address("body_change"), data | {"name": "X"}).status_code == 409
    assert Organisation.objects.get().name == "Gemeente Nieuw"


def test_a_year_has_one_head_count(client_as, organisation):
    browser = client_as("coordinator")
    data = {"year": "2025", "unit": "", "heads": "312", "fte": "280,5", "note": ""}

    first = browser.post(address("head_count_new"), data | {"submission": str(uuid.uuid4())})
    second = browser.post(address("head_count_new"), data | {"submission": str(uuid.uuid4())})

    assert (first.status_code, second.status_code) == (302, 422)
    count = HeadCount.objects.get()
    assert (count.heads, str(count.fte)) == (312, "280.50")
    browser.post(address("head_count_change", count.pk), data | {"heads": "", "version": 1})
    assert HeadCount.objects.get().heads is None


def test_a_form_about_a_person_leads_back_to_the_person_and_to_everybody(client_as, organisation):
    found = PersonFactory(organisation=organisation)

    crumbs = client_as("hr").get(address("appointment_new", found.pk)).context["crumbs"]

    assert [where for _, where in crumbs] == [address("people"), address("person", found.pk)]
