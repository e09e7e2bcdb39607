from datetime import date

import pytest

from openintegriteit.accountability.rules import is_told, reference_date_problem


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2026, 3, 31), date(2026, 12, 31)])
def test_a_report_may_tell_up_to_a_year_after_its_own(day):
    assert reference_date_problem(2025, day) == ""


def test_a_reference_date_before_the_end_of_the_year_is_refused():
    problem = reference_date_problem(2025, date(2025, 12, 30))

    assert problem == "De peildatum kan niet voor het einde van het jaar liggen."


def test_a_reference_date_more_than_a_year_later_is_refused():
    problem = reference_date_problem(2025, date(2027, 1, 1))

    assert problem == "De peildatum kan niet meer dan een jaar na het jaar van het verslag liggen."


@pytest.mark.parametrize(("day", "told"), [(date(2026, 3, 31), True), (date(2026, 4, 1), False), (None, True)])
def test_what_happened_up_to_and_including_the_reference_date_is_told(day, told):
    assert is_told(day, date(2026, 3, 31)) is told
