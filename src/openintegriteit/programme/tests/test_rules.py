from datetime import date
from decimal import Decimal

import pytest

from openintegriteit.programme.rules import (
    activity_problems,
    awaits_answer,
    confirmation_problems,
    evaluation_problems,
    finished_day,
    measure_problems,
    repeat_problems,
    repeated_days,
    seems_resolved,
    taken_over_problems,
)

TODAY = date(2026, 11, 21)
YESTERDAY, TOMORROW = date(2026, 11, 20), date(2026, 11, 22)


@pytest.mark.parametrize(
    ("status", "given", "was_done", "expected"),
    [
        ("done", None, False, TODAY),
        ("done", YESTERDAY, False, YESTERDAY),
        ("done", None, True, None),
        ("delayed", YESTERDAY, True, None),
    ],
)
def test_only_a_measure_that_is_done_has_a_last_day(status, given, was_done, expected) -> None:
    assert finished_day(status, given, was_done=was_done, day=TODAY) == expected


def test_a_day_of_finishing_belongs_to_done_and_has_come() -> None:
    assert list(measure_problems("delayed", YESTERDAY, TODAY)) == ["finished_on"]
    assert list(measure_problems("done", TOMORROW, TODAY)) == ["finished_on"]
    assert measure_problems("done", TODAY, TODAY) == {}


def problems(**values) -> list[str]:
    given = {"status": "planned", "starts_on": None, "ends_on": None, "because": "", "day": TODAY} | values
    return list(activity_problems(**{"was": "planned"} | given))


def test_an_activity_that_was_held_does_not_lie_ahead() -> None:
    assert problems(status="held", starts_on=TOMORROW) == ["starts_on"]
    assert problems(status="held", starts_on=TODAY) == []
    assert problems(status="held") == []
    assert problems(status="planned", starts_on=TOMORROW) == []


def test_an_activity_ends_after_it_starts() -> None:
    assert problems(starts_on=TODAY, ends_on=YESTERDAY) == ["ends_on"]
    assert problems(starts_on=TODAY, ends_on=TODAY) == []
    assert problems(ends_on=TODAY) == ["starts_on"]


def test_calling_off_asks_why() -> None:
    assert problems(status="called_off", because="  ") == ["called_off_because"]
    assert problems(status="called_off", because="Te weinig aanmeldingen.") == []
    assert problems(was="called_off", status="called_off") == []
    assert problems(status="held", because="Te weinig aanmeldingen.") == ["called_off_because"]


@pytest.mark.parametrize(
    ("was", "status", "by", "on", "wrong"),
    [
        ("planned", "confirmed", "", None, ["confirmed_by"]),
        ("planned", "confirmed", " ", TODAY, ["confirmed_by"]),
        ("planned", "confirmed", "Directie", None, []),
        ("planned", "confirmed", "Directie", TODAY, []),
        ("planned", "confirmed", "Directie", TOMORROW, ["confirmed_on"]),
        ("confirmed", "confirmed", "", None, []),
        ("confirmed", "held", "Directie", YESTERDAY, []),
        ("planned", "planned", "Directie", None, ["status"]),
        ("planned", "planned", "", TODAY, ["status"]),
        ("planned", "held", "", None, []),
    ],
)
def test_what_becomes_confirmed_asks_by_whom(was, status, by, on, wrong) -> None:
    assert list(confirmation_problems(was=was, status=status, by=by, on=on, day=TODAY)) == wrong


def test_without_answers_there_is_no_mark() -> None:
    assert list(evaluation_problems(evaluations=0, mark=Decimal("7.5"))) == ["mark"]
    assert evaluation_problems(evaluations=None, mark=Decimal("7.5")) == {}
    assert evaluation_problems(evaluations=0, mark=None) == {}


@pytest.mark.parametrize(
    ("first", "every", "last", "days"),
    [
        (date(2026, 1, 31), 1, date(2026, 4, 30), [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]),
        (date(2024, 1, 30), 1, date(2024, 3, 1), [date(2024, 2, 29)]),
        (date(2026, 11, 15), 3, date(2027, 5, 15), [date(2027, 2, 15), date(2027, 5, 15)]),
        (date(2026, 8, 31), 6, date(2027, 3, 1), [date(2027, 2, 28)]),
        (date(2024, 2, 29), 12, date(2026, 1, 1), [date(2025, 2, 28)]),
        (date(2026, 1, 31), 1, date(2026, 2, 27), []),
        (date(9999, 11, 30), 1, date(9999, 12, 31), [date(9999, 12, 30)]),
    ],
)
def test_an_activity_comes_back_on_the_same_day_or_the_last_of_a_shorter_month(first, every, last, days) -> None:
    assert repeated_days(first, every, last) == days


@pytest.mark.parametrize(
    ("first", "every", "last", "wrong"),
    [
        (None, 1, date(2026, 12, 31), [""]),
        (date(2026, 1, 1), 1, date(2031, 1, 1), []),
        (date(2026, 1, 1), 1, date(2031, 2, 1), ["last_day"]),
        (date(2026, 1, 1), 12, date(2086, 1, 1), []),
        (date(2026, 1, 1), 12, date(2087, 1, 1), ["last_day"]),
        (date(2026, 1, 1), 1, date(2026, 1, 31), ["last_day"]),
        (date(2026, 1, 1), 1, date(2025, 1, 1), ["last_day"]),
        (date(1, 1, 1), 1, date(9999, 12, 31), ["last_day"]),
    ],
)
def test_an_activity_is_repeated_at_most_sixty_times(first, every, last, wrong) -> None:
    assert list(repeat_problems(first=first, every=every, last=last)) == wrong


def waits(status: str, starts_on, ends_on=None) -> bool:
    return awaits_answer(status=status, starts_on=starts_on, ends_on=ends_on, day=TODAY)


def test_an_activity_asks_whether_it_was_held_once_its_last_day_has_gone_by() -> None:
    assert waits("planned", YESTERDAY)
    assert waits("confirmed", YESTERDAY)
    assert not waits("planned", TODAY)
    assert not waits("planned", YESTERDAY, TODAY)
    assert not waits("planned", None)
    assert not waits("held", YESTERDAY)
    assert not waits("called_off", YESTERDAY)


@pytest.mark.parametrize(
    ("taken_over", "by", "on", "why", "wrong"),
    [
        ("yes", "", None, "", set()),
        ("yes", "College", TODAY, "Terecht", set()),
        ("no", "", None, "Te duur", set()),
        ("no", "College", TODAY, " ", {"taken_over_why"}),
        ("partly", "", None, "", {"taken_over_why"}),
        ("yes", "College", TOMORROW, "", {"taken_over_on"}),
        ("no", "College", TOMORROW, "", {"taken_over_on", "taken_over_why"}),
        ("undecided", "", None, "", set()),
        ("undecided", "College", None, "", {"taken_over"}),
        ("undecided", "", TODAY, "", {"taken_over"}),
        ("undecided", "", None, "Te duur", {"taken_over"}),
    ],
)
def test_not_taking_over_an_advice_asks_for_a_reason(taken_over, by, on, why, wrong) -> None:
    assert set(taken_over_problems(taken_over=taken_over, by=by, on=on, why=why, day=TODAY)) == wrong


@pytest.mark.parametrize(
    ("status", "measures", "expected"),
    [
        ("open", ["done", "done"], True),
        ("in_progress", ["done"], True),
        ("open", [], False),
        ("open", ["done", "dropped"], False),
        ("open", ["done", "continuous"], False),
        ("resolved", ["done"], False),
    ],
)
def test_a_finding_seems_resolved_when_all_measures_are_done(status, measures, expected) -> None:
    assert seems_resolved(status, measures) is expected
