from datetime import date

import pytest

from openintegriteit.programme.models import ProgressNote
from openintegriteit.programme.queries import (
    activities_by_theme,
    activity_count,
    agenda,
    all_findings,
    finding_count,
    measures_by_heading,
    measures_per_pillar,
)
from openintegriteit.programme.tests.factories import activity, finding, heading, measure

pytestmark = pytest.mark.database
TODAY = date(2026, 11, 21)


def note(of, day: date | None, text: str) -> None:
    ProgressNote.objects.create(organisation=of.organisation, measure=of, noted_on=day, text=text)


def test_measures_stand_under_their_headings_in_order(organisation, django_assert_num_queries) -> None:
    second, first = heading(organisation, "Tweede", 2), heading(organisation, "Eerste", 1)
    measure(organisation, number=4)
    measure(organisation, number=3, heading=second)
    measure(organisation, number=2, heading=first)
    measure(organisation, number=1, heading=first)

    with django_assert_num_queries(2):
        groups = measures_by_heading()

    assert [(group.title, [row.number for row in group.measures]) for group in groups] == [
        ("Eerste", [1, 2]),
        ("Tweede", [3]),
        ("", [4]),
    ]


def test_headings_with_the_same_order_do_not_mix(organisation) -> None:
    a, b = heading(organisation, "A"), heading(organisation, "B")
    for number, title in enumerate((b, a, b, a), start=1):
        measure(organisation, number=number, heading=title)

    assert [(group.title, len(group.measures)) for group in measures_by_heading()] == [("A", 2), ("B", 2)]


def test_notes_are_told_up_to_the_reference_date(organisation) -> None:
    about = measure(organisation, status="done", finished_on=date(2026, 5, 1))
    note(about, date(2026, 3, 31), "op de peildatum")
    note(about, date(2026, 4, 1), "een dag later")
    note(about, None, "zonder datum")

    row = measures_by_heading(date(2026, 3, 31))[0].measures[0]

    assert [told.text for told in row.notes] == ["zonder datum", "op de peildatum"]
    assert row.finished_on is None
    assert len(measures_by_heading()[0].measures[0].notes) == 3


def test_all_pillars_are_counted_and_no_pillar_only_when_needed(organisation, django_assert_num_queries) -> None:
    measure(organisation, pillar=3, status="delayed", due_on=date(2026, 11, 20))
    measure(organisation, pillar=3, status="on_schedule", due_on=TODAY)
    measure(organisation, pillar=3, status="done", due_on=date(2026, 1, 1))

    with django_assert_num_queries(1):
        counts = measures_per_pillar(TODAY)

    assert [count.pillar.number for count in counts if count.pillar] == [1, 2, 3, 4, 5, 6, 7, 8]
    third = counts[2]
    assert (third.measures, third.open, third.late, third.done) == (3, 2, 1, 1)
    assert counts[0].measures == 0

    measure(organisation)
    assert measures_per_pillar(TODAY)[-1].pillar is None


def test_looking_back_tells_what_was_held_or_runs_by_theme(organisation) -> None:
    activity(organisation, theme="Werkgroep", title="a", order=1, status="running")
    activity(organisation, theme="Training", title="b", order=2, status="held")
    activity(organisation, theme="Werkgroep", title="c", order=3, status="held")
    activity(organisation, theme="Training", title="d", order=4, status="called_off")
    activity(organisation, theme="Training", title="e", order=5, status="planned")

    groups = activities_by_theme(2025)

    assert [(group.theme, [row.title for row in group.activities]) for group in groups] == [
        ("Werkgroep", ["a", "c"]),
        ("Training", ["b"]),
    ]


def test_the_agenda_leaves_out_what_was_called_off(organisation) -> None:
    activity(organisation, title="a", year=2026, status="planned", pillar=3)
    activity(organisation, title="b", year=2026, status="called_off", pillar=3)
    activity(organisation, title="c", year=2026, status="held")

    assert [row.title for group in agenda(2026) for row in group.activities] == ["a", "c"]


def test_findings_come_with_the_measures_that_answer_them(organisation, django_assert_num_queries) -> None:
    asked = finding(organisation, number=2)
    finding(organisation, number=1, status="resolved")
    measure(organisation, number=9, title="Doorlichten", finding=asked)

    with django_assert_num_queries(2):
        rows = all_findings()

    assert [(row.finding.number, row.measures) for row in rows] == [(1, ()), (2, ((9, "Doorlichten"),))]


def test_counts_for_the_desk_take_a_query_each(organisation, django_assert_num_queries) -> None:
    finding(organisation, number=1, status="resolved")
    finding(organisation, number=2)
    activity(organisation, title="a", year=2026, status="held", participants=12)
    activity(organisation, title="b", year=2026, status="held", participants=None)
    activity(organisation, title="c", year=2026, status="planned", participants=40)

    with django_assert_num_queries(2):
        findings, activities = finding_count(), activity_count(2026)

    assert (findings.in_all, findings.unresolved) == (2, 1)
    assert (activities.activities, activities.known_participants) == (2, 12)
    assert activity_count(2025).known_participants == 0
