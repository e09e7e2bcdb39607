"""From draft to publication: what was adopted never changes, and nothing is adopted that nobody saw."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from openintegriteit.accountability import editions, operations
from openintegriteit.accountability.building import document_of
from openintegriteit.accountability.comparing import changes_between
from openintegriteit.accountability.documents import standing_document
from openintegriteit.accountability.editions import NotAdopted, ReportAdopted, ReportMoved
from openintegriteit.accountability.facts import gather
from openintegriteit.accountability.frozen import EditionDamaged, document_of_edition
from openintegriteit.accountability.importers import read_year
from openintegriteit.accountability.models import AnnualReport, Edition, ReportStep, SectionComment
from openintegriteit.accountability.tests import factories
from openintegriteit.accountability.tests.adopting import DAY, adopt, seen, words, write
from openintegriteit.core.documents.model import plain_text
from openintegriteit.core.roles import Role
from openintegriteit.event_log.models import Entry
from openintegriteit.figures.operations import restate_figure
from openintegriteit.figures.tests.factories import year_figure
from openintegriteit.organisations.models import HeadCount
from openintegriteit.programme.models import Activity
from openintegriteit.programme.tests.factories import activity

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def report(organisation):
    return factories.report(organisation)


@pytest.fixture
def secretary(actor_with):
    return actor_with(Role.SECRETARY)


def test_what_was_adopted_stays_as_it_was_when_records_change(coordinator, report, organisation):
    HeadCount.objects.create(organisation=organisation, year=2025, heads=340)
    write(coordinator, report, "Er werkten [[staff-heads 2025]] mensen.")
    edition = adopt(coordinator, report)

    HeadCount.objects.update(heads=999)
    report.refresh_from_db()

    assert "Er werkten 340 mensen." in words(standing_document(report, organisation))
    assert (edition.number, edition.adopted_on, report.is_open) == (1, DAY, False)
    entry = Entry.objects.get(action="annual_report.step")
    assert (entry.details["step"], entry.details["sha256"]) == ("adopted", edition.content_hash)


def test_the_draft_says_that_it_is_one_and_the_adopted_report_does_not(coordinator, report, organisation):
    before = standing_document(report, organisation)
    adopt(coordinator, report)
    report.refresh_from_db()

    assert before.subject == "Concept. Raadsvoorstel van Gemeente Proef"
    assert standing_document(report, organisation).subject == "Raadsvoorstel van Gemeente Proef"


def test_the_database_itself_refuses_to_change_an_edition(coordinator, report):
    adopt(coordinator, report)

    for change in (
        lambda: Edition.objects.update(adopted_on=date(2020, 1, 1)),
        lambda: Edition.objects.all().delete(),
        lambda: ReportStep.objects.update(taken_on=date(1900, 1, 1)),
        lambda: ReportStep.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            change()


def test_an_edition_that_was_tampered_with_is_not_shown_as_if_it_were_adopted(coordinator, report):
    edition = adopt(coordinator, report)
    edition.content["document"]["title"] = "Iets anders"

    with pytest.raises(EditionDamaged):
        document_of_edition(edition)


def test_nothing_is_adopted_when_the_author_wrote_meanwhile(coordinator, report):
    write(coordinator, report, "Zo staan wij ervoor.")
    on_the_screen = seen(report)
    write(coordinator, report, "Zo staan wij er toch niet voor.")

    with pytest.raises(ReportMoved) as moved:
        adopt(coordinator, report, seen=on_the_screen)

    assert moved.value.parts == ("Waar wij voor staan",)
    assert not Edition.objects.exists()
    assert AnnualReport.objects.get().is_open


def test_a_figure_that_moved_meanwhile_counts_as_a_change(coordinator, report, organisation):
    write(coordinator, report, "Er werkten [[staff-heads 2025]] mensen.")
    on_the_screen = seen(report)
    HeadCount.objects.create(organisation=organisation, year=2025, heads=340)

    with pytest.raises(ReportMoved):
        adopt(coordinator, report, seen=on_the_screen)


def test_an_adopted_report_cannot_be_written_in(coordinator, report):
    text = write(coordinator, report, "Zo staan wij ervoor.")
    annex = operations.create_annex(
        actor=coordinator, report=report, identifier=text.pk, values={"title": "Onderzoek", "kind": "text"}
    )
    adopt(coordinator, report)

    with pytest.raises(ReportAdopted):
        write(coordinator, report, "Toch anders.")
    with pytest.raises(ReportAdopted):
        operations.create_annex(
            actor=coordinator, report=report, identifier=report.pk, values={"title": "Nog een", "kind": "text"}
        )
    with pytest.raises(ReportAdopted):
        operations.change_annex(actor=coordinator, annex=annex, expected_version=1, values={"title": "Ander"})
    with pytest.raises(ReportAdopted):
        adopt(coordinator, report)
    text.refresh_from_db()
    assert text.text == "Zo staan wij ervoor."
    assert Edition.objects.count() == 1


def test_of_an_adopted_report_the_day_of_the_council_can_change_and_the_reference_date_cannot(coordinator, report):
    adopt(coordinator, report)
    report.refresh_from_db()
    change = {"actor": coordinator, "report": report, "expected_version": report.version}

    operations.change_report(**change, values={"reference_date": report.reference_date, "council_on": date(2026, 7, 1)})
    with pytest.raises(ReportAdopted):
        operations.change_report(**change, values={"reference_date": date(2026, 6, 1), "council_on": None})

    assert AnnualReport.objects.get().council_on == date(2026, 7, 1)


def test_a_workbook_of_a_year_that_was_adopted_is_refused(coordinator, report, organisation):
    adopt(coordinator, report)

    file = read_year(factories.workbook(), organisation)

    assert [str(error) for error in file.errors] == [
        "Blad Organisatie, rij 2, kolom Jaar: het verslag over dit jaar is vastgesteld. "
        "Begin eerst een herziening en lees het bestand daarna in."
    ]


def test_a_restatement_is_a_next_edition_that_says_so_and_leaves_the_first_as_it_was(coordinator, report, organisation):
    write(coordinator, report, "Er waren drie meldingen.")
    first = adopt(coordinator, report)
    editions.restate(actor=coordinator, report=report, reason="Een melding was dubbel geteld.")
    write(coordinator, report, "Er waren twee meldingen.")
    second = adopt(coordinator, report, taken_on=date(2026, 9, 1))

    new = document_of_edition(second)
    [change] = [
        part for part in changes_between(document_of_edition(first), new) if part.heading == "Waar wij voor staan"
    ]

    assert (second.number, second.reason) == (2, "Een melding was dubbel geteld.")
    assert "uitgave 2 van dit verslag, vastgesteld op 1 september 2026" in words(new)
    assert "De reden: Een melding was dubbel geteld." in words(new)
    assert (change.gone, change.come) == (("Er waren drie meldingen.",), ("Er waren twee meldingen.",))
    assert "Er waren drie meldingen." in words(document_of_edition(Edition.objects.get(number=1)))
    assert AnnualReport.objects.get().restated_because == ""


def test_opening_twice_keeps_the_first_reason(coordinator, report):
    adopt(coordinator, report)
    editions.restate(actor=coordinator, report=report, reason="Eerste reden")
    editions.restate(actor=coordinator, report=report, reason="Tweede reden")

    assert AnnualReport.objects.get().restated_because == "Eerste reden"
    assert Entry.objects.filter(action="annual_report.restated").count() == 1


def test_only_an_adopted_report_goes_out_and_each_way_once(coordinator, report):
    send = {"actor": coordinator, "report": report, "kind": "to_representatives", "note": ""}
    with pytest.raises(NotAdopted):
        editions.send(**send, taken_on=DAY)
    adopt(coordinator, report)

    first = editions.send(**send, taken_on=DAY + timedelta(days=1))
    again = editions.send(**send, taken_on=DAY + timedelta(days=2))

    assert first == again
    assert ReportStep.objects.get(kind="to_representatives").taken_on == DAY + timedelta(days=1)


def test_a_review_is_of_what_the_report_said_at_that_moment(coordinator, secretary, report):
    write(coordinator, report, "Zo staan wij ervoor.")
    review = {"actor": secretary, "report": report, "taken_on": DAY, "note": ""}

    first = editions.review(**review, seen=seen(report))
    twice = editions.review(**review, seen=seen(report))
    write(coordinator, report, "Zo staan wij er beter voor.")
    later = editions.review(**review, seen=seen(report))

    assert first == twice
    assert later.content_hash != first.content_hash


def test_each_step_asks_its_own_role(coordinator, secretary, actor_with, report):
    clerk, auditor = actor_with(Role.CLERK), actor_with(Role.INTERNAL_AUDITOR)
    said = {"taken_on": DAY, "note": "", "seen": seen(report)}

    with pytest.raises(PermissionDenied):
        editions.review(actor=coordinator, report=report, **said)
    for nobody in (clerk, auditor):
        with pytest.raises(PermissionDenied):
            editions.adopt(actor=nobody, report=report, **said)
    editions.adopt(actor=secretary, report=report, **said)
    with pytest.raises(PermissionDenied):
        editions.restate(actor=secretary, report=report, reason="Zomaar")
    with pytest.raises(PermissionDenied):
        editions.send(actor=auditor, report=report, kind="published", taken_on=DAY, note="")
    editions.send(actor=clerk, report=report, kind="to_representatives", taken_on=DAY, note="")

    assert set(ReportStep.objects.values_list("kind", flat=True)) == {"adopted", "to_representatives"}


def test_comments_stay_outside_the_report(coordinator, secretary, report):
    said = {"report": report, "identifier": report.pk, "section": "visie", "text": "Dit klopt niet."}
    before = seen(report)

    one = editions.comment(actor=secretary, **said)
    editions.comment(actor=secretary, **said)
    editions.resolve(actor=coordinator, comment=one)
    editions.resolve(actor=secretary, comment=one)

    assert seen(report) == before
    comment = SectionComment.objects.get()
    assert (comment.author, comment.resolved_by) == (secretary.label, coordinator.label)
    assert Entry.objects.filter(action="report_comment.resolved").count() == 1


def test_a_published_figure_that_was_corrected_is_told_with_its_reason(coordinator, organisation):
    figure = year_figure(organisation, "adviser-contact-persons", 2025, 21, published_before=True)
    restate_figure(
        actor=coordinator,
        figure=figure,
        expected_version=figure.version,
        value=Decimal(19),
        reason="Twee dubbel geteld.",
    )

    document = document_of(gather(factories.report(organisation), organisation))

    assert "het cijfer van 2025 is verbeterd van 21 in 19. Twee dubbel geteld." in words(document)


def test_what_last_years_report_announced_stands_beside_what_came_of_it(coordinator, organisation):
    last_year = factories.report(organisation, year=2025)
    for order, title in enumerate(("Themaweek", "Lezing", "Toneel", "Quiz")):
        activity(organisation, title=title, year=2026, order=order)
    adopt(coordinator, last_year)
    Activity.objects.filter(title="Themaweek").update(status="held")
    Activity.objects.filter(title="Toneel").update(status="called_off", outcome="De acteur was ziek.")
    Activity.objects.filter(title="Quiz").delete()
    Activity.objects.filter(title="Lezing").update(status="called_off", called_off_because="Het sneeuwde.")
    activity(organisation, title="Onverwacht", year=2026, status="held")
    this_year = factories.report(organisation, year=2026)

    document = document_of(gather(this_year, organisation))

    [table] = [found for found in document.tables() if "Aangekondigd in het verslag over 2025" in found.caption]
    assert [[plain_text(cell.runs) for cell in row] for row in table.rows] == [
        ["Themaweek", "gehouden"],
        ["Lezing", "afgezegd: Het sneeuwde."],
        ["Toneel", "afgezegd: De acteur was ziek."],
        ["Quiz", "onder deze naam is niets vastgelegd"],
    ]


def test_without_an_adopted_report_of_last_year_nothing_was_announced(organisation):
    factories.report(organisation, year=2025)
    activity(organisation, title="Themaweek", year=2026)

    facts = gather(factories.report(organisation, year=2026), organisation)

    assert facts.promises == ()
