"""Storing a year: all of it or nothing, once, and every change in the log."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from openintegriteit.accountability import importers
from openintegriteit.accountability.models import Annex, AnnualReport, CouncilQuestion, FormHeading, ReportText
from openintegriteit.accountability.tests.factories import OWN_BODY, workbook
from openintegriteit.accountability.workbook import applying
from openintegriteit.accountability.workbook.applying import ChangedMeanwhile
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.figures.models import OwnIndicator, YearFigure
from openintegriteit.organisations.models import HeadCount
from openintegriteit.policy.models import PolicyPlan, Regulation, RegulationVersion
from openintegriteit.policy.operations_plans import adopt_plan, start_next_version
from openintegriteit.policy.plans import content_of
from openintegriteit.programme.models import ActionPlan, Activity, Finding, Measure, MeasureHeading, ProgressNote

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FILLED = (
    AnnualReport,
    HeadCount,
    Regulation,
    RegulationVersion,
    PolicyPlan,
    ActionPlan,
    MeasureHeading,
    Measure,
    ProgressNote,
    Activity,
    OwnIndicator,
    YearFigure,
    Finding,
    CouncilQuestion,
    ReportText,
    Annex,
)


def full_year(**sheets):
    """A row for every table."""
    return workbook(
        **{
            "Organisatie": [{**OWN_BODY, "Medewerkers": 431, "Fte": 388.655}],
            "Regelingen": [
                {"Titel": "Gedragscode", "Soort": "gedragscode", "Versie": version, "Vastgesteld op": day}
                for version, day in (("1", date(2019, 1, 1)), ("2", date(2025, 1, 1)))
            ],
            "Beleidsdocumenten": [{"Titel": "Plan", "Vastgesteld op": date(2024, 1, 1)}],
            "Maatregelen": [
                {"Nummer": 1, "Maatregel": "Eed", "Rubriek": "Begin", "Bevinding": 1, "Budget": 1000.129},
                {"Nummer": 2, "Maatregel": "Code", "Rubriek": "Begin", "Stand": "klaar", "Klaar op": date(2025, 5, 1)},
            ],
            "Voortgang": [{"Maatregel": 1, "Datum": date(2025, 2, 1), "Bericht": "Begonnen"}],
            "Activiteiten": [
                {
                    "Thema": "T",
                    "Activiteit": "A",
                    "Soort": "training",
                    "Jaar": 2025,
                    "Stand": "gehouden",
                    "Maatregel": 1,
                }
            ],
            "Jaarcijfers": [
                {"Cijfer": "Personen bij een vertrouwenspersoon", "Jaar": 2025, "Waarde": 8},
                {"Cijfer": "Rondjes", "Jaar": 2024, "Waarde": 3.255, "Eenheid": "rondjes"},
                {"Cijfer": "Rondjes", "Jaar": 2025, "Waarde": 4, "Eenheid": "rondjes"},
            ],
            "Bevindingen": [{"Nummer": 1, "Soort": "interne audit", "Bevinding": "B", "Stand": "open"}],
            "Raadsvragen": [
                {"Volgorde": 1, "Vraag": "Een?", "Zelfde antwoord als": 2},
                {"Volgorde": 2, "Vraag": "Twee?", "Antwoord": "Ja.", "Over maatregel": 1},
                {"Volgorde": 3, "Vraag": "Drie?", "Zelfde antwoord als": 2},
            ],
            "Verslagteksten": [
                {"Onderdeel": "visie", "Tekst": "Open."},
                {"Onderdeel": "formulier", "Kop": "Geheimhouding", "Tekst": "Geen."},
                {"Onderdeel": "begroting", "Tekst": "Post 1."},
            ],
            "Bijlagen": [{"Volgorde": 1, "Titel": "Stand", "Soort": "maatregelen"}],
        }
        | sheets
    )


@pytest.fixture
def store(organisation, coordinator):
    def stored(book, previewed=None):
        file = importers.read_year(book, organisation)
        assert file.errors == ()
        return importers.apply(file, actor=coordinator, previewed=previewed)

    return stored


@pytest.fixture
def foresee(organisation, coordinator):
    return lambda book: importers.preview(importers.read_year(book, organisation), actor=coordinator)


def counts():
    return {model.__name__: model.objects.count() for model in FILLED}


def test_every_sheet_arrives_where_it_belongs(store):
    store(full_year())

    assert counts() == {
        "AnnualReport": 1,
        "HeadCount": 1,
        "Regulation": 1,
        "RegulationVersion": 2,
        "PolicyPlan": 1,
        "ActionPlan": 1,
        "MeasureHeading": 1,
        "Measure": 2,
        "ProgressNote": 1,
        "Activity": 1,
        "OwnIndicator": 1,
        "YearFigure": 3,
        "Finding": 1,
        "CouncilQuestion": 3,
        "ReportText": 3,
        "Annex": 1,
    }
    eed = Measure.objects.select_related("finding", "heading").get(number=1)
    assert (eed.finding.number, eed.heading.title, str(eed.budget)) == (1, "Begin", "1000.13")
    assert Activity.objects.get().measure == eed
    assert [
        question.same_answer_as and question.same_answer_as.order for question in CouncilQuestion.objects.all()
    ] == [
        2,
        None,
        2,
    ]
    assert set(ReportText.objects.values_list("section", flat=True)) == {
        "visie",
        "formulier:confidentiality",
        "begroting",
    }


def test_a_preview_says_what_applying_does_and_stores_nothing(store, foresee):
    foreseen = foresee(full_year())

    assert sum(counts().values()) == 0
    assert not FormHeading.objects.exists()
    assert not Entry.objects.exists()
    done = store(full_year(), previewed=foreseen.fingerprint)
    assert done == foreseen


def test_records_are_told_in_the_words_of_the_file(foresee):
    changes = foresee(full_year()).changes

    assert {change.label for change in changes if change.sheet in {"Organisatie", "Jaarcijfers", "Verslagteksten"}} == {
        "medewerkers op 31 december 2025",
        "jaarverslag 2025",
        "Personen bij een vertrouwenspersoon, 2025",
        "Rondjes",
        "Rondjes, 2024",
        "Rondjes, 2025",
        "visie",
        "Geheimhouding",
        "begroting",
    }


def test_a_second_import_changes_nothing(store):
    store(full_year())
    entries, before = Entry.objects.count(), counts()

    again = store(full_year())

    assert again.changes == ()
    assert again.unchanged > 0
    assert (Entry.objects.count(), counts()) == (entries, before)


def test_each_changed_record_has_one_entry_in_the_log(store, coordinator):
    store(full_year())

    entries = list(Entry.objects.all())
    assert len({(entry.subject_type, entry.subject_id) for entry in entries}) == len(entries)
    assert len(entries) == sum(counts().values())
    assert {entry.actor_label for entry in entries} == {coordinator.label}


def test_a_change_is_told_in_words_and_raises_the_version(store, foresee):
    store(full_year())
    changed = full_year(
        Maatregelen=[
            {"Nummer": 1, "Maatregel": "Eed", "Rubriek": "Later", "Stand": "vertraagd", "Einddatum": date(2026, 7, 1)}
        ]
    )

    foreseen = foresee(changed)
    store(changed, previewed=foreseen.fingerprint)

    heading, measure = foreseen.changes
    assert (heading.kind, heading.label) == ("added", "Later")
    assert (measure.kind, measure.label) == ("changed", "1. Eed")
    assert set(measure.fields) == {
        ("einddatum", "", "1 juli 2026"),
        ("stand", "onbekend", "vertraagd"),
        ("rubriek", "Begin", "Later"),
    }
    assert Measure.objects.get(number=1).version == 2
    assert Entry.objects.filter(action="measure.changed").count() == 1


def test_what_the_file_has_no_column_for_stays_as_it_is(store):
    store(full_year())

    store(full_year(Maatregelen=[{"Nummer": 1, "Maatregel": "Eed of belofte"}]))

    measure = Measure.objects.select_related("heading", "finding").get(number=1)
    assert measure.title == "Eed of belofte"
    assert (measure.heading.title, measure.finding.number, str(measure.budget)) == ("Begin", 1, "1000.13")


def test_how_an_activity_was_confirmed_and_evaluated_comes_along_and_an_older_file_leaves_it(store):
    row = {"Thema": "T", "Activiteit": "A", "Soort": "training", "Jaar": 2025, "Stand": "gehouden"}
    more = {
        "Bevestigd door": "de directie",
        "Bevestigd op": date(2025, 2, 1),
        "Uitgenodigd": 12,
        "Evaluaties": 8,
        "Gemiddeld cijfer": 7.8,
        "Wat mensen zeiden": "Nuttig",
        "Wat wij anders doen": "Langer",
    }
    off = {**row, "Activiteit": "B", "Stand": "afgezegd", "Afgezegd omdat": "Sneeuw"}
    file = workbook(Activiteiten=[{**row, **more}, off])
    store(file)

    again, older = store(file), store(workbook(Activiteiten=[row]))

    assert (again.changes, older.changes) == ((), ())
    held, called_off = Activity.objects.order_by("title")
    assert (held.confirmed_by, held.confirmed_on, held.invited) == ("de directie", date(2025, 2, 1), 12)
    assert (held.evaluations, held.mark, held.said, held.next_time) == (8, Decimal("7.8"), "Nuttig", "Langer")
    assert (called_off.called_off_because, called_off.mark) == ("Sneeuw", None)


def test_an_empty_cell_of_a_column_that_is_there_empties_the_field(store):
    store(full_year(Maatregelen=[{"Nummer": 1, "Maatregel": "Eed", "Eigenaar": "P&O"}]))

    store(full_year(Maatregelen=[{"Nummer": 1, "Maatregel": "Eed", "Eigenaar": None}]))

    assert Measure.objects.get(number=1).owner == ""


def test_what_is_absent_from_the_file_stays(store):
    store(full_year())
    before = counts()

    store(workbook())

    assert counts() == before


def test_when_something_fails_halfway_nothing_is_stored(store, monkeypatch):
    def fail(*_arguments):
        raise IntegrityError("the disk is full")

    monkeypatch.setattr(applying, "_annexes", fail)

    with pytest.raises(IntegrityError):
        store(full_year())

    assert sum(counts().values()) == 0
    assert not Entry.objects.exists()


def test_what_changed_since_the_preview_is_shown_again_and_nothing_is_stored(store, foresee):
    store(full_year())
    changed = full_year(Maatregelen=[{"Nummer": 1, "Maatregel": "Eed", "Eigenaar": "P&O"}])
    foreseen = foresee(changed)
    Measure.objects.filter(number=1).update(owner="Griffie", version=2)

    with pytest.raises(ChangedMeanwhile) as meanwhile:
        store(changed, previewed=foreseen.fingerprint)

    assert meanwhile.value.changes.changes[0].fields == (("eigenaar", "Griffie", "P&O"),)
    assert Measure.objects.get(number=1).owner == "Griffie"


def test_somebody_who_changes_a_measure_at_that_very_moment_is_not_overwritten(store, monkeypatch):
    store(full_year())
    changed = full_year(Maatregelen=[{"Nummer": 1, "Maatregel": "Eed", "Eigenaar": "P&O"}])
    save, raced = applying.save_if_unchanged, []

    def somebody_was_first(instance, **options):
        if not raced:
            raced.append(Measure.objects.filter(number=1).update(owner="Griffie", version=2))
        save(instance, **options)

    monkeypatch.setattr(applying, "save_if_unchanged", somebody_was_first)

    with pytest.raises(ChangedMeanwhile):
        store(changed)


def test_a_file_with_errors_is_not_applied(organisation, coordinator):
    file = importers.read_year(workbook(Voortgang=[{"Maatregel": 7, "Bericht": "B"}]), organisation)

    with pytest.raises(ValueError, match="errors"):
        importers.apply(file, actor=coordinator)


@pytest.mark.parametrize("role", ["secretary", "clerk", "functional_administrator", "hr"])
def test_only_the_coordinator_brings_a_year_in(organisation, actor_with, role):
    file = importers.read_year(full_year(), organisation)

    with pytest.raises(PermissionDenied):
        importers.apply(file, actor=actor_with(role))
    assert sum(counts().values()) == 0


def test_a_year_of_one_body_leaves_the_other_alone(store, other_organisation):
    store(full_year())

    with organisation_scope(other_organisation.pk):
        assert sum(counts().values()) == 0


def test_a_policy_plan_that_was_adopted_here_stays_as_it_is(store, foresee, coordinator):
    store(full_year())
    plan = PolicyPlan.objects.get()
    seen = content_of(plan).mark
    adopt_plan(actor=coordinator, plan=plan, seen=seen, adopted_by="de raad", adopted_on=date(2026, 1, 2))
    start_next_version(actor=coordinator, plan=plan)
    row = {"Titel": plan.title, "Vastgesteld door": "een ander", "Toelichting": "Anders"}

    changes = store(full_year(Beleidsdocumenten=[row]))

    assert [change for change in changes.changes if change.sheet == "Beleidsdocumenten"] == []
    assert [(row.edition, row.adopted_by, row.note) for row in PolicyPlan.objects.order_by("edition")] == [
        (1, "de raad", plan.note),
        (2, "", plan.note),
    ]
