import pytest

from openintegriteit.core.contracts import Figure
from openintegriteit.figures.queries import series
from openintegriteit.figures.tests.factories import year_figure

pytestmark = pytest.mark.database


def counted(code: str, year: int, value: int | None) -> Figure:
    return Figure(code, year, value, "gesprekken", "definitie", "3 activiteiten van 2025", "/werk/activiteiten/")


def test_every_year_asked_for_is_there_in_order(organisation, django_assert_num_queries) -> None:
    year_figure(organisation, "team-talks", 2024, 7, source="Intranet")

    with django_assert_num_queries(2):
        figures = series(["team-talks"], [2025, 2024, 2023])["team-talks"]

    assert [(figure.year, figure.value, figure.source) for figure in figures] == [
        (2023, None, ""),
        (2024, 7, "Intranet"),
        (2025, None, ""),
    ]
    assert {figure.unit for figure in figures} == {"gesprekken"}


def test_a_derived_figure_fills_a_year_without_a_recorded_one(organisation) -> None:
    figure = series(["team-talks"], [2025], [counted("team-talks", 2025, 9)])["team-talks"][0]

    assert (figure.value, figure.source) == (9, "3 activiteiten van 2025")


def test_a_recorded_value_holds_over_a_derived_one(organisation) -> None:
    year_figure(organisation, "measures-in-plan", 2019, 26, source="Bijlage 1")

    figure = series(["measures-in-plan"], [2019], [counted("measures-in-plan", 2019, 2)])["measures-in-plan"][0]

    assert (figure.value, figure.source) == (26, "Bijlage 1")


def test_recorded_as_unknown_yields_to_what_the_records_know(organisation) -> None:
    year_figure(organisation, "oath-persons", 2025, None)

    assert series(["oath-persons"], [2025], [counted("oath-persons", 2025, 14)])["oath-persons"][0].value == 14
    assert series(["oath-persons"], [2025], [counted("oath-persons", 2025, None)])["oath-persons"][0].value is None


def test_published_as_unknown_stays_unknown(organisation) -> None:
    year_figure(organisation, "oath-persons", 2024, None, published_before=True)

    figure = series(["oath-persons"], [2024], [counted("oath-persons", 2024, 14)])["oath-persons"][0]

    assert (figure.value, figure.published_before) == (None, True)


def test_zero_is_a_value(organisation) -> None:
    year_figure(organisation, "disclosures-received", 2025, 0)

    figure = series(["disclosures-received"], [2025], [counted("disclosures-received", 2025, 3)])
    assert figure["disclosures-received"][0].value == 0


def test_own_definition_and_break_are_told(organisation) -> None:
    year_figure(organisation, "staff-fte", 2025, "412.50", definition="Zonder griffie.", series_break="Nieuw systeem.")

    figure = series(["staff-fte"], [2025])["staff-fte"][0]

    assert (figure.value, figure.definition, figure.series_break) == (412.5, "Zonder griffie.", "Nieuw systeem.")


def test_an_unknown_code_is_an_error(organisation) -> None:
    with pytest.raises(KeyError):
        series(["bestaat-niet"], [2025])
