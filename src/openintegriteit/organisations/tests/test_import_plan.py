"""What a file of people would change, and every way in which a file can be wrong."""

from datetime import date
from decimal import Decimal

import pytest

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.spreadsheets.heads import guess_mapping, heads_of
from openintegriteit.core.spreadsheets.workbook import Row, Sheet, Workbook
from openintegriteit.event_log.models import Entry
from openintegriteit.event_log.queries import verify_chain
from openintegriteit.organisations.importers.applying import PlanChanged, apply_people
from openintegriteit.organisations.importers.columns import PEOPLE_COLUMNS
from openintegriteit.organisations.importers.plan import Options, make_plan
from openintegriteit.organisations.importers.reading import read_file, sheet_of_people
from openintegriteit.organisations.importers.records import load_records
from openintegriteit.organisations.models import Appointment, Person, Unit
from openintegriteit.organisations.rules import cycles, looks_like_citizen_service_number
from openintegriteit.organisations.tests.factories import PersonFactory, UnitFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DAY = date(2026, 3, 1)
HEADS = (
    "Personeelsnummer",
    "Voornaam",
    "Tussenvoegsel",
    "Achternaam",
    "E-mail",
    "Soort",
    "Functie",
    "Afdeling",
    "Leidinggevende",
    "In dienst",
    "Uit dienst",
    "Fte",
)
GRACE = ("1", "Grace", None, "Ramdin", "g@proef.example", "ambtenaar", "Directeur", "BV", None, "01-01-2020", None, 1)
SAMIRA = ("2", "Samira", "el", "Amrani", None, "ingehuurd", "Adviseur", "Personeel", "1", "01-03-2021", None, "0,89")
UNITS = (("Code", "Naam", "Onder"), ("BV", "Bedrijfsvoering", None), ("BV-P", "Personeel", "BV"))


def sheet(name, *rows):
    return Sheet(name, tuple(Row(number, tuple(cells)) for number, cells in enumerate(rows, start=1)))


def book(*people, heads=HEADS, units=UNITS):
    sheets = [sheet("Mensen", heads, *people)]
    return Workbook((*sheets, sheet("Afdelingen", *units)) if units else tuple(sheets))


def contents_of(workbook):
    return read_file(workbook, guess_mapping(heads_of(sheet_of_people(workbook)), PEOPLE_COLUMNS))


def plan_of(workbook, options=None):
    return make_plan(contents_of(workbook), load_records(), options or Options(DAY))


def apply(actor, workbook, options=None):
    options, contents = options or Options(DAY), contents_of(workbook)
    expected = make_plan(contents, load_records(), options).fingerprint
    return apply_people(actor=actor, contents=contents, options=options, expected=expected)


def problems(workbook):
    return [(error.sheet, error.row, error.column) for error in plan_of(workbook).errors]


def told(change):
    return {each.label: (each.before, each.after) for each in change.differences}


def test_people_and_units_are_added_with_their_positions(coordinator, organisation):
    plan = apply(coordinator, book(GRACE, SAMIRA))

    assert plan.errors == ()
    samira = Person.objects.select_related("unit__parent", "manager").get(personnel_number="2")
    assert (samira.full_name, samira.kind, samira.started_on) == ("Samira el Amrani", "hired", date(2021, 3, 1))
    assert (samira.unit.code, samira.unit.parent.code, samira.manager.full_name) == ("BV-P", "BV", "Grace Ramdin")
    held = samira.appointments.get()
    assert (held.position.title, held.position.unit, held.fte, held.started_on) == (
        "Adviseur",
        samira.unit,
        Decimal("0.89"),
        date(2021, 3, 1),
    )
    assert list(Person.objects.matching("samira amrani")) == [samira]


def test_a_second_time_changes_nothing(coordinator, organisation):
    apply(coordinator, book(GRACE, SAMIRA))
    entries, versions = Entry.objects.count(), list(Person.objects.values_list("version", "changed_at"))

    plan = apply(coordinator, book(GRACE, SAMIRA))

    assert (plan.units, plan.people, plan.unchanged) == ((), (), 2)
    assert Entry.objects.count() == entries
    assert list(Person.objects.values_list("version", "changed_at")) == versions


def test_every_changed_row_is_one_entry_that_holds_no_values(coordinator, organisation):
    apply(coordinator, book(GRACE, SAMIRA))
    renamed = (*SAMIRA[:3], "Bakker", *SAMIRA[4:])

    apply(coordinator, book(GRACE, renamed))

    actions = list(Entry.objects.order_by("number").values_list("action", "subject_label"))
    assert actions == [
        ("unit.created", "BV"),
        ("unit.created", "BV-P"),
        ("person.created", "1"),
        ("person.created", "2"),
        ("people.imported", "Gemeente Proef"),
        ("person.changed", "2"),
        ("people.imported", "Gemeente Proef"),
    ]
    assert Entry.objects.get(action="person.changed").details == {"fields": ["family_name"]}
    assert verify_chain(organisation.pk).first_bad is None
    assert issubclass(Person, VersionedModel)
    assert list(Person.objects.order_by("personnel_number").values_list("version", flat=True)) == [1, 2]


def test_a_column_that_is_not_there_leaves_the_field_and_an_empty_cell_empties_it(coordinator, organisation):
    apply(coordinator, book(GRACE, SAMIRA))

    apply(
        coordinator, book(("2", "Amrani", None), heads=("Personeelsnummer", "Achternaam", "Tussenvoegsel"), units=None)
    )

    samira = Person.objects.get(personnel_number="2")
    assert samira.full_name == "Samira Amrani"
    assert samira.manager is not None
    assert samira.appointments.get().ended_on is None


def test_somebody_who_moves_keeps_the_old_position_until_the_day_before(coordinator, organisation):
    apply(coordinator, book(GRACE, SAMIRA))
    moved = (*SAMIRA[:6], "Teamleider", "BV", *SAMIRA[8:])

    plan = apply(coordinator, book(GRACE, moved))

    (change,) = plan.people
    assert told(change) == {"Functie": ("Adviseur", "Teamleider"), "Afdeling": ("BV-P", "BV")}
    rows = Appointment.objects.filter(person__personnel_number="2").order_by("started_on")
    assert list(rows.values_list("position__title", "position__unit__code", "started_on", "ended_on")) == [
        ("Adviseur", "BV-P", date(2021, 3, 1), date(2026, 2, 28)),
        ("Teamleider", "BV", DAY, None),
    ]
    assert not plan_of(book(GRACE, moved)).changes_something


def test_other_hours_amend_the_position_in_place(coordinator, organisation):
    apply(coordinator, book(GRACE, SAMIRA))

    apply(coordinator, book(GRACE, (*SAMIRA[:11], "1")))

    held = Appointment.objects.get(person__personnel_number="2")
    assert (held.fte, held.ended_on) == (Decimal("1.00"), None)


def test_somebody_who_leaves_is_ended_with_the_position(coordinator, organisation):
    apply(coordinator, book(GRACE, SAMIRA))
    left = (*SAMIRA[:10], "31-01-2026", SAMIRA[11])

    plan = apply(coordinator, book(GRACE, left))

    assert [(change.key, change.action) for change in plan.people] == [("2", "ended")]
    assert Appointment.objects.get(person__personnel_number="2").ended_on == date(2026, 1, 31)
    assert not plan_of(book(GRACE, left)).changes_something


def test_who_is_not_in_the_file_leaves_only_when_that_is_asked(coordinator, organisation):
    apply(coordinator, book(GRACE, SAMIRA))
    PersonFactory(organisation=organisation, personnel_number="90", kind="elected_member")
    PersonFactory(organisation=organisation, personnel_number="91", started_on=date(2026, 9, 1))
    PersonFactory(organisation=organisation, personnel_number="92", ended_on=date(2025, 1, 1))

    assert plan_of(book(GRACE)).people == ()
    plan = apply(coordinator, book(GRACE), Options(DAY, end_absent=True))

    assert [(change.key, change.action) for change in plan.people] == [("2", "ended")]
    assert Person.objects.get(personnel_number="2").ended_on == date(2026, 2, 28)
    assert Appointment.objects.get(person__personnel_number="2").ended_on == date(2026, 2, 28)
    assert not plan_of(book(GRACE), Options(DAY, end_absent=True)).changes_something


def test_half_a_file_is_warned_for(coordinator, organisation):
    apply(coordinator, book(GRACE, SAMIRA))

    plan = plan_of(book(GRACE), Options(DAY, end_absent=True))

    assert len(plan.warnings) == 1


@pytest.mark.parametrize(
    ("place", "value", "column"),
    [
        (0, None, "Personeelsnummer"),
        (0, "x" * 41, "Personeelsnummer"),
        (3, None, "Achternaam"),
        (4, "geen adres", "E-mail"),
        (5, "koning", "Soort"),
        (7, "Onbekend", "Afdeling"),
        (8, "404", "Leidinggevende"),
        (8, "2", "Leidinggevende"),
        (9, "31-02-2021", "In dienst"),
        (10, "28-02-2021", "Uit dienst"),
        (11, "veel", "Fte"),
        (11, "3", "Fte"),
    ],
)
def test_every_bad_cell_is_named_and_nothing_is_stored(coordinator, organisation, place, value, column):
    wrong = (*SAMIRA[:place], value, *SAMIRA[place + 1 :])

    assert problems(book(GRACE, wrong)) == [("Mensen", 3, column)]
    with pytest.raises(PlanChanged):
        apply(coordinator, book(GRACE, wrong))
    assert not Person.objects.exists()
    assert not Unit.objects.exists()


def test_a_mistake_in_the_manager_does_not_make_the_team_wrong(organisation):
    wrong = (*GRACE[:9], "31-02-2021", *GRACE[10:])

    assert problems(book(wrong, SAMIRA)) == [("Mensen", 2, "In dienst")]


def test_a_number_that_stands_twice_is_named_with_the_first_row(organisation):
    (error,) = plan_of(book(GRACE, SAMIRA, GRACE)).errors

    assert (error.sheet, error.row, error.column) == ("Mensen", 4, "Personeelsnummer")
    assert "2" in error.problem


def test_managers_above_each_other_are_named_once(organisation):
    boss = (*GRACE[:8], "2", *GRACE[9:])

    assert problems(book(boss, SAMIRA)) == [("Mensen", 2, "Leidinggevende")]


def test_a_ring_with_somebody_who_is_only_recorded_is_found(coordinator, organisation):
    apply(coordinator, book(GRACE, SAMIRA))

    assert problems(book((*GRACE[:8], "2", *GRACE[9:]))) == [("Mensen", 2, "Leidinggevende")]


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ((("BV", "Bedrijfsvoering", "BV"),), (2, "Onder")),
        ((("BV", "Bedrijfsvoering", "X"),), (2, "Onder")),
        ((("A", "Een", "B"), ("B", "Twee", "A")), (2, "Onder")),
        ((("A", "Een", None), ("A", "Twee", None)), (3, "Code")),
        ((("A", None, None),), (2, "Naam")),
    ],
)
def test_units_that_make_no_tree_are_named(organisation, rows, place):
    workbook = book(("1", "Ramdin"), heads=("Personeelsnummer", "Achternaam"), units=(UNITS[0], *rows))

    assert [(error.row, error.column) for error in plan_of(workbook).errors] == [place]


def test_a_unit_of_another_body_is_unknown_here(organisation, other_organisation):
    from openintegriteit.core.tenancy import organisation_scope

    with organisation_scope(other_organisation.pk):
        UnitFactory(organisation=other_organisation, code="X", name="Elders")

    assert problems(book((*GRACE[:7], "X", *GRACE[8:]))) == [("Mensen", 2, "Afdeling")]


def test_a_name_that_two_units_have_asks_for_the_code(organisation):
    UnitFactory(organisation=organisation, code="T1", name="Personeel")

    (error,) = plan_of(book(GRACE, SAMIRA)).errors

    assert (error.row, error.column) == (3, "Afdeling")
    assert "BV-P, T1" in error.problem


def test_a_plan_that_changed_since_the_preview_is_not_applied(coordinator, organisation):
    apply(coordinator, book(GRACE, SAMIRA))
    renamed = book((*GRACE[:3], "Nieuw", *GRACE[4:]))
    expected = plan_of(renamed).fingerprint
    Person.objects.filter(personnel_number="1").update(family_name="Ondertussen")

    with pytest.raises(PlanChanged) as caught:
        apply_people(actor=coordinator, contents=contents_of(renamed), options=Options(DAY), expected=expected)

    assert told(caught.value.plan.people[0])["Achternaam"] == ("Ondertussen", "Nieuw")
    assert Person.objects.get(personnel_number="1").family_name == "Ondertussen"


def test_an_import_that_breaks_off_leaves_nothing(coordinator, organisation, monkeypatch):
    class Killed(Exception):
        pass

    def killed(*_args, **_kwargs):
        raise Killed

    monkeypatch.setattr("openintegriteit.organisations.importers.applying.record_many", killed)
    with pytest.raises(Killed):
        apply(coordinator, book(GRACE, SAMIRA))

    assert not Person.objects.exists()
    assert not Unit.objects.exists()
    assert not Appointment.objects.exists()


def test_numbers_that_are_citizen_service_numbers_are_warned_for(organisation):
    people = [(number, "Naam") for number in ("111222333", "123456782", "999990019")]

    assert len(plan_of(book(*people, heads=("Personeelsnummer", "Achternaam"), units=None)).warnings) == 1


def test_the_eleven_test():
    assert looks_like_citizen_service_number("111222333")
    assert not looks_like_citizen_service_number("111222334")
    assert not looks_like_citizen_service_number("12345678")
    assert not looks_like_citizen_service_number("000000000")


def test_rings_are_found_once_each():
    assert cycles({"a": "b", "b": None, "c": "a"}) == []
    assert cycles({"a": "a", "b": "a"}) == [("a",)]
    assert [set(ring) for ring in cycles({"a": "b", "b": "c", "c": "a", "d": "a", "x": "y", "y": "x"})] == [
        {"a", "b", "c"},
        {"x", "y"},
    ]
    assert cycles({"a": "outside"}) == []


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        (
            ["Pers.nr.", "Roepnaam", "Voorv.", "Geslachtsnaam"],
            ["personnel_number", "given_name", "infix", "family_name"],
        ),
        (["PERSONEELSNUMMER", "e-mail adres", "Schoenmaat"], ["personnel_number", "email", ""]),
        (["Naam", "Achternaam"], ["", "family_name"]),
        (["Datum uit dienst", "Datum in dienst"], ["ended_on", "started_on"]),
    ],
)
def test_heads_of_personnel_systems_are_guessed(heads, expected):
    guessed = guess_mapping(heads, PEOPLE_COLUMNS)

    assert [guessed[head] for head in heads] == expected
