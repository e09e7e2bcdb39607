"""What the law asks of office holders about other functions: Gemeentewet, Provinciewet and Waterschapswet."""

from datetime import date

import pytest
from django.utils import translation
from django.utils.translation import gettext

from openintegriteit.core.searching import searchable
from openintegriteit.organisations.models import PersonKind
from openintegriteit.registers.outside_positions.law import FUNCTIONS, LAWS, law_of
from openintegriteit.registers.outside_positions.rules import (
    Reported,
    clues_of,
    income_due,
    last_year_due,
    looks_like,
    reported,
)

ELECTED, EXECUTIVE = PersonKind.ELECTED_MEMBER, PersonKind.EXECUTIVE_MEMBER
CHAIR, AUDIT_COURT = PersonKind.CHAIR, PersonKind.AUDIT_COURT_MEMBER
# What another article adds to the list.
ALSO = {
    ("municipality", EXECUTIVE): ["Gemeentewet, artikel 36a, lid 4"],
    ("province", EXECUTIVE): ["Provinciewet, artikel 35b, lid 4"],
}
NAMES = {"municipality": "Gemeente Duinstede", "province": "Provincie Zeeoord", "water_board": "Waterschap De Stroom"}


@pytest.mark.parametrize(
    ("kind", "office", "article", "last_letter"),
    [
        ("municipality", ELECTED, "Gemeentewet, artikel 13, lid 1", "o"),
        ("municipality", EXECUTIVE, "Gemeentewet, artikel 36b, lid 1", "r"),
        ("municipality", CHAIR, "Gemeentewet, artikel 68, lid 1", "r"),
        ("municipality", AUDIT_COURT, "Gemeentewet, artikel 81f, lid 1", "r"),
        ("province", ELECTED, "Provinciewet, artikel 13, lid 1", "k"),
        ("province", EXECUTIVE, "Provinciewet, artikel 35c, lid 1", "t"),
        ("province", CHAIR, "Provinciewet, artikel 67", "t"),
        ("province", AUDIT_COURT, "Provinciewet, artikel 79f, lid 1", "p"),
        ("water_board", ELECTED, "Waterschapswet, artikel 31, lid 2", "q"),
        ("water_board", EXECUTIVE, "Waterschapswet, artikel 31, lid 2", "q"),
        ("water_board", CHAIR, "Waterschapswet, artikel 47, lid 1", "q"),
        ("water_board", AUDIT_COURT, "Waterschapswet, artikel 51af, lid 1", "q"),
    ],
)
def test_each_office_has_the_whole_list_of_its_article(kind, office, article, last_letter) -> None:
    of_office = law_of(kind).incompatible[office]

    letters = [chr(code) for code in range(ord("a"), ord(last_letter) + 1)]
    assert of_office.article == article
    places = [function.place for function in of_office.functions]
    assert places[: len(letters)] == [f"{article}, onder {letter}" for letter in letters]
    assert places[len(letters) :] == ALSO.get((kind, office), [])


@pytest.mark.parametrize(
    ("kind", "letters", "own"),
    [
        ("municipality", "ghlm", "van de"),  # Gemeentewet 81f(1)
        ("province", "ghi", "van de eigen provincie"),  # Provinciewet 79f(1)
        ("water_board", "ghij", "van de eigen provincie"),  # Waterschapswet 51af(1)
    ],
)
def test_a_court_of_audit_does_not_go_together_with_offices_of_the_own_body_or_province(kind, letters, own) -> None:
    of_office = law_of(kind).incompatible[AUDIT_COURT]
    named = [function.what for function in of_office.functions if function.place[-1] in letters]

    assert len(named) == len(letters) and all(own in what for what in named)
    assert any("is de rekenkamer er samen met" in line for line in of_office.exceptions)


@pytest.mark.parametrize(
    ("kind", "office", "role", "where", "letters"),
    [
        ("municipality", ELECTED, "Burgemeester", "Gemeente Noordveen", "k"),
        ("municipality", ELECTED, "Beleidsadviseur", "Gemeente Duinstede", "o"),
        ("municipality", ELECTED, "Beleidsadviseur", "Gemeente Noordveen", ""),
        ("municipality", ELECTED, "Trainer", "Voetbalvereniging Duinstede", ""),
        ("municipality", ELECTED, "Wijkagent", "Politie Oost", "o"),
        ("municipality", ELECTED, "Commissaris", "Koninklijke Textiel NV", ""),
        ("municipality", EXECUTIVE, "Lid van de gemeenteraad", "Noordveen", "l"),
        ("municipality", EXECUTIVE, "Lid van de raad", "Gemeente Noordveen", "l"),
        ("municipality", EXECUTIVE, "Wethouder", "Gemeente Noordveen", "4"),  # article 36a, paragraph 4
        ("municipality", ELECTED, "Provinciegriffier", "Zeeoord", "j"),
        ("municipality", EXECUTIVE, "Lid", "Raad van State", "c"),
        ("municipality", CHAIR, "Commissaris van de Koning", "Zeeoord", "g"),
        ("municipality", CHAIR, "Voorzitter", "Veiligheidsregio Oost", ""),
        ("municipality", AUDIT_COURT, "Raadslid", "Gemeente Duinstede", "kp"),
        ("province", ELECTED, "Gedeputeerde", "Provincie Zeeoord", "hk"),
        ("province", ELECTED, "Burgemeester", "Gemeente Duinstede", ""),
        ("province", EXECUTIVE, "Burgemeester", "Gemeente Duinstede", "l"),
        ("province", EXECUTIVE, "Heemraad", "Waterschap De Stroom", "q"),
        ("province", CHAIR, "Statenlid", "Provincie Zeeoord", "go"),
        ("water_board", ELECTED, "Wethouder", "Gemeente Duinstede", "m"),
        ("water_board", EXECUTIVE, "Lid algemeen bestuur", "Waterschap Rijnland", "q"),
        ("water_board", CHAIR, "Lid verenigde vergadering", "Rijnland", "l"),
        ("water_board", CHAIR, "Lid van de provinciale staten", "Zeeoord", "h"),
        ("joint_body", EXECUTIVE, "Minister", "Den Haag", ""),
    ],
)
def test_words_that_look_like_a_function_of_the_list(kind, office, role, where, letters) -> None:
    of_office = law_of(kind).incompatible.get(office)
    found = looks_like(role, where, of_office.functions, NAMES[kind]) if of_office else []

    assert "".join(function.place[-1] for function in found) == letters
    text = searchable(f"{role}, {where}")
    assert not letters or any(clue in text for clue in clues_of(law_of(kind), NAMES[kind]))


@pytest.mark.parametrize("kind", ["municipality", "province", "water_board"])
@pytest.mark.parametrize(
    ("office", "told", "stands"),
    [
        (EXECUTIVE, {}, Reported.MISSING),
        (EXECUTIVE, {"reported_on": date(2026, 2, 28)}, Reported.IN_TIME),
        (EXECUTIVE, {"reported_on": date(2026, 3, 1)}, Reported.LATE),
        (EXECUTIVE, {"ex_officio": True}, Reported.MISSING),  # of an executive member the law makes no exception
        (EXECUTIVE, {"starts_on": date(2022, 6, 1)}, Reported.NOT_ASKED),  # held when the office began
        (EXECUTIVE, {"starts_on": None}, Reported.UNKNOWN),
        (EXECUTIVE, {"in_office_since": None}, Reported.MISSING),
        (CHAIR, {}, Reported.MISSING),
        (CHAIR, {"ex_officio": True}, Reported.NOT_ASKED),
        (ELECTED, {}, Reported.NOT_ASKED),
        (AUDIT_COURT, {}, Reported.NOT_ASKED),
    ],
)
def test_an_intention_is_reported_before_a_position_begins(kind, office, told, stands) -> None:
    """Gemeentewet 41b(2) and 67(2), Provinciewet 40b(2) and 66(2), Waterschapswet 44k(2) and 48(2)."""
    given = {
        "ex_officio": False,
        "starts_on": date(2026, 3, 1),
        "in_office_since": date(2022, 6, 1),
        "reported_on": None,
    }

    assert reported(law_of(kind), office, **given | told) == stands


def test_income_is_public_on_1_april_at_the_latest_also_when_that_is_a_holiday() -> None:
    """Gemeentewet 41b(4) and 67(3), Provinciewet 40b(4) and 66(3), Waterschapswet 44k(4) and 48(3)."""
    assert income_due(2025) == date(2026, 4, 1)
    assert income_due(2028) == date(2029, 4, 1)  # Easter Sunday
    assert [last_year_due(date(2026, 4, day)) for day in (1, 2)] == [2024, 2025]


def test_every_text_of_the_law_has_english_words() -> None:
    texts = {function["what"] for function in FUNCTIONS.values()}
    for law in LAWS.values():
        texts |= {law.told_to} | {text for of_office in law.incompatible.values() for text in of_office.exceptions}

    with translation.override("en"):
        assert [text for text in texts - {""} if gettext(text) == text and text != "minister"] == []


def test_of_who_acts_the_functions_of_both_offices_are_forbidden_each_once() -> None:
    """Gemeentewet 36b and, by 80, 68."""
    law = law_of("municipality")

    both = law.forbidden_beside((PersonKind.EXECUTIVE_MEMBER, PersonKind.CHAIR))

    assert both is not None
    named = [function.what for function in both.functions]
    of_each = [law.incompatible[kind].functions for kind in (PersonKind.EXECUTIVE_MEMBER, PersonKind.CHAIR)]
    assert set(named) == {function.what for functions in of_each for function in functions}
    assert len(named) == len(set(named))
    assert both.article == "Gemeentewet, artikel 36b, lid 1; Gemeentewet, artikel 68, lid 1"
