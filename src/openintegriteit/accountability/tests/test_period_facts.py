"""What a half-year, quarter or month tells: each record by its day, and the state of the day, never that of later."""

from datetime import date

import pytest

from openintegriteit.accountability.period_facts import gather_part, parts_with_something
from openintegriteit.accountability.periods import PartOfYear, part_named
from openintegriteit.accountability.tests.factories import question, report
from openintegriteit.campaigns.tests.factories import campaign
from openintegriteit.coordination.tests.factories import advice
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.policy.tests.factories import plan, regulation, version
from openintegriteit.programme.models import Activity, ActivityStatus, ProgressNote
from openintegriteit.programme.tests.factories import activity, finding, measure

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LATER = date(2026, 11, 26)
ALL = tuple(ActivityStatus)


def facts(organisation, slug="2026-h1", today=LATER):
    return gather_part(part_named(slug), organisation, today)


def titles(rows):
    return [row.title for row in rows]


def test_activities_of_the_months_quarters_halves_and_the_year_are_the_same(organisation):
    for month in range(1, 13):
        for number in range(month % 4):
            activity(organisation, year=2026, title=f"{month}-{number}", starts_on=date(2026, month, 28), status="held")
        activity(organisation, year=2027, title=f"{month}-eerste", starts_on=date(2026, month, 1))
    activity(organisation, year=2026, title="jaar ervoor", starts_on=date(2025, 12, 31))
    activity(organisation, year=2026, title="jaar erna", starts_on=date(2027, 1, 1))
    activity(organisation, year=2026, title="zonder dag", period="voorjaar")
    activity(organisation, title="over de grens", starts_on=date(2026, 6, 30), ends_on=date(2026, 7, 2), year=2026)

    def told(months):
        parts = [PartOfYear(2026, months, number) for number in range(1, 12 // months + 1)]
        return sorted(title for p in parts for title in titles(gather_part(p, organisation, LATER).begun(*ALL)))

    of_the_year = Activity.objects.filter(starts_on__year=2026)
    assert of_the_year.count() == 12 + 18 + 1
    assert told(1) == told(3) == told(6) == sorted(titles(of_the_year))


def test_activities_without_a_day_are_named_apart_in_every_part_of_their_year(organisation):
    activity(organisation, year=2026, title="Voorjaar", period="in het voorjaar")
    activity(organisation, year=2025, title="Vorig jaar", period="in de herfst")
    activity(organisation, year=2026, title="Met dag", starts_on=date(2026, 3, 1))

    for slug in ("2026-h1", "2026-k4", "2026-m07"):
        told = facts(organisation, slug)
        assert titles(told.without_day) == ["Voorjaar"]
        assert "Voorjaar" not in titles(told.activities)


@pytest.mark.parametrize(
    ("today", "course", "moment"),
    [
        (date(2025, 12, 31), "coming", date(2025, 12, 31)),
        (date(2026, 1, 1), "running", date(2026, 1, 1)),
        (date(2026, 6, 30), "running", date(2026, 6, 30)),
        (date(2026, 7, 1), "over", date(2026, 6, 30)),
    ],
)
def test_whether_a_part_is_over_running_or_coming(organisation, today, course, moment):
    told = facts(organisation, today=today)

    assert (told.course, told.moment) == (course, moment)


def test_what_was_finished_after_a_part_was_late_at_its_end(organisation):
    measure(organisation, title="Later klaar", due_on=date(2026, 5, 1), status="done", finished_on=date(2026, 7, 1))
    measure(organisation, title="Op tijd", due_on=date(2026, 5, 1), status="done", finished_on=date(2026, 4, 1))
    measure(organisation, title="Laatste dag", due_on=date(2026, 6, 30), status="done", finished_on=date(2026, 6, 30))
    measure(organisation, title="Nog open", due_on=date(2026, 6, 30), status="delayed")
    measure(organisation, title="Al jaren open", due_on=date(2020, 1, 1), status="not_started")
    measure(organisation, title="Vervallen", due_on=date(2026, 5, 1), status="dropped")
    measure(organisation, title="Dag onbekend", due_on=date(2026, 5, 1), status="done")
    measure(organisation, title="Volgende helft", due_on=date(2026, 7, 1), status="on_schedule")

    told = facts(organisation)

    assert titles(told.late) == ["Later klaar", "Nog open", "Al jaren open"]
    assert titles(told.finished) == ["Op tijd", "Laatste dag"]
    assert titles(told.due_after) == ["Volgende helft"]
    assert told.done_without_day == 1
    assert titles(told.due) == ["Later klaar", "Op tijd", "Laatste dag", "Nog open", "Vervallen", "Dag onbekend"]
    assert titles(facts(organisation, "2026-h2").finished) == ["Later klaar"]


def test_in_a_running_part_only_what_is_late_today_is_late(organisation):
    measure(organisation, title="Gisteren", due_on=date(2026, 5, 11))
    measure(organisation, title="Vandaag", due_on=date(2026, 5, 12))
    measure(organisation, title="Straks", due_on=date(2026, 6, 30))

    told = facts(organisation, today=date(2026, 5, 12))

    assert titles(told.late) == ["Gisteren"]
    assert titles(told.due) == ["Gisteren", "Vandaag", "Straks"]


def test_each_record_is_told_in_the_part_of_its_day(organisation):
    first, second = date(2026, 1, 1), date(2026, 7, 1)
    about, of = report(organisation), measure(organisation)
    for day in (first, second):
        month = f"{day:%m}"
        ProgressNote.objects.create(organisation=organisation, measure=of, noted_on=day, text=month)
        finding(organisation, text=f"ontvangen {month}", letter_on=day)
        finding(organisation, text=f"opgeheven {month}", lifted_on=day, status="resolved")
        version(regulation(organisation, title=f"code {month}"), "1", adopted_on=day)
        version(regulation(organisation, title=f"in werking {month}"), "1", in_force_on=day)
        plan(organisation, title=f"plan {month}", adopted_on=day)
        question(about, question=f"vraag {month}", received_on=day)
        campaign(organisation, title=f"lees {month}", state="closed", closed_on=day)
    ProgressNote.objects.create(organisation=organisation, measure=of, text="zonder dag")

    told = facts(organisation)

    assert [note.text for note in told.notes] == ["01"]
    assert [row.text for row in told.findings] == ["ontvangen 01", "opgeheven 01"]
    assert [row.regulation.title for row in told.regulations] == ["code 01", "in werking 01"]
    assert titles(told.policy_plans) == ["plan 01"]
    assert [row.question for row in told.questions] == ["vraag 01"]
    assert titles(told.campaigns) == ["lees 01"]
    assert not told.is_empty


def test_what_comes_in_the_next_part_of_the_same_length(organisation):
    in_april, in_july = date(2026, 4, 10), date(2026, 7, 10)
    about = report(organisation, council_on=in_april)
    for day in (in_april, in_july):
        activity(organisation, title=f"activiteit {day:%m}", starts_on=day)
        activity(organisation, title=f"afgezegd {day:%m}", starts_on=day, status="called_off")
        measure(organisation, title=f"maatregel {day:%m}", due_on=day)
        finding(organisation, text=f"bevinding {day:%m}", due_on=day)
        regulation(organisation, title=f"code {day:%m}", review_due_on=day)
        question(about, question=f"vraag {day:%m}", answer_due_on=day)

    told = facts(organisation, "2026-k1")

    assert titles(told.coming_activities) == ["activiteit 04"]
    assert titles(told.due_after) == ["maatregel 04"]
    assert [row.text for row in told.findings] == ["bevinding 04"]
    assert titles(told.reviews) == ["code 04"]
    assert [row.question for row in told.questions] == ["vraag 04"]
    assert [row.year for row in told.reports_due] == [2025]
    assert told.is_empty


def test_counted_figures_add_what_is_known_of_what_was_held_in_the_part(organisation):
    shared = {"kind": "training", "status": "held"}
    activity(organisation, starts_on=date(2026, 2, 1), sessions=2, participants=12, **shared)
    activity(organisation, starts_on=date(2026, 3, 1), sessions=1, **shared)
    activity(organisation, starts_on=date(2026, 8, 1), sessions=40, participants=400, **shared)
    activity(organisation, starts_on=date(2026, 4, 1), sessions=5, kind="training", status="planned")

    counted = {row.code: (row.activities, row.known, row.unknown) for row in facts(organisation).counted}

    assert counted == {"training-sessions": (2, 3, 0), "training-participants": (2, 12, 1)}


def test_advice_is_counted_from_the_first_entry_of_the_log_on(organisation):
    advice(organisation, day=date(2026, 2, 3))
    advice(organisation, day=date(2026, 8, 3), initiative="unasked")

    assert facts(organisation, "2026-m01").advice is None
    assert (facts(organisation).advice.asked, facts(organisation).advice.unasked) == (1, 0)
    assert (facts(organisation, "2026-h2").advice.asked, facts(organisation, "2026-h2").advice.unasked) == (0, 1)
    assert facts(organisation, "2027-h1").advice is None


def test_the_list_has_the_parts_with_a_day_and_advice_gives_no_part_away(organisation):
    activity(organisation, starts_on=date(2025, 2, 3))
    measure(organisation, due_on=date(2026, 8, 1), status="done", finished_on=date(2026, 9, 1))
    advice(organisation, day=date(2024, 1, 1))
    activity(organisation, starts_on=date(2999, 1, 1))

    years = parts_with_something()

    assert {year: [part.slug for rows in parts.values() for part in rows] for year, parts in years.items()} == {
        2026: ["2026-h2", "2026-k3", "2026-m08", "2026-m09"],
        2025: ["2025-h1", "2025-k1", "2025-m02"],
    }
    assert list(years) == [2026, 2025]
    assert facts(organisation, "2024-h1").is_empty


def test_another_body_is_told_nothing_of_it(organisation, other_organisation):
    activity(organisation, starts_on=date(2026, 2, 3), status="held")
    measure(organisation, due_on=date(2026, 2, 3))
    advice(organisation, day=date(2026, 2, 3))

    with organisation_scope(other_organisation.pk):
        told = facts(other_organisation)
        assert (told.is_empty, told.late, told.advice, parts_with_something()) == (True, (), None, {})
