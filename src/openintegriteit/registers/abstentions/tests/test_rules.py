"""When a subject looks like what somebody declared: whole words, names, and what never counts."""

import time
import uuid

import pytest

from openintegriteit.registers.abstentions.rules import (
    MOST_PER_SUBJECT,
    WORDS,
    Declared,
    likenesses,
    numbered,
    subjects_in,
    words_of,
)

SUBJECT, DECLARATION, PERSON = (uuid.UUID(int=number) for number in (1, 2, 3))
OWN = frozenset({"voorbeeld"})


def shared(title, name, *, whole=True):
    found = likenesses([(SUBJECT, title)], [Declared(DECLARATION, PERSON, name, whole)], OWN)
    return found[0].words if found else ()


@pytest.mark.parametrize(
    ("title", "name", "words"),
    [
        ("Huur van het clubhuis door De Meerkoet", "Stichting De Meerkoet", ("meerkoet",)),
        ("Subsidie MEERKOET 2027", "Vereniging de Meerkoet", ("meerkoet",)),
        ("Vergunning Café Bourré", "Cafe Bourre B.V.", ("cafe", "bourre")),
        ("Grondverkoop aan Börner & Zonen", "Borner en Zonen BV", ("borner",)),
        ("Renovatie zwembad", "Stichting Zwembad", ("zwembad",)),
        ("Bouw van een school in de wijk Oosterheem", "Wijkraad Oosterheem", ("oosterheem",)),
        ("Bestemmingsplan Dorpsstraat 12", "Woning, Dorpsstraat 12", ("dorpsstraat",)),
        ("Jaarrekening van de sociale werkplaats Sint-Jozef", "Sint Jozef", ("sint", "jozef")),
        ("Omgevingsvergunning voor ’t Hof", "'t Hof", ("hof",)),
        ("Sporthal en zwembad: nieuwbouw", "Stichting Sporthal en Zwembad", ("sporthal", "zwembad")),
    ],
)
def test_a_name_in_a_subject_is_found(title, name, words) -> None:
    assert shared(title, name) == words


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Aanleg van de Meerkoetlaan", "Stichting De Meerkoet"),  # whole words
        ("Subsidie aan verenigingen en stichtingen", "Stichting Vereniging BV"),  # legal forms
        ("Renovatie zwembad", "Zwembad De Meerkoet"),  # an everyday word alone
        ("Beleid van de gemeente Voorbeeld", "Voetbalclub Voorbeeld"),  # the name of the body itself
        ("Begroting 2026", "Jaargang 2026"),  # a number
        ("Vaststellen van het voorstel", "Adviesbureau Voorstel"),  # words of every agenda
        ("Verordening op de heffing", "AB CD EF"),  # short words
        ("", "Stichting De Meerkoet"),
        ("Renovatie", ""),
    ],
)
def test_what_says_nothing_is_not_found(title, name) -> None:
    assert shared(title, name) == ()


def test_a_description_counts_only_by_words_that_say_more() -> None:
    assert shared("Bouw van een woning", "Woning", whole=False) == ()
    assert shared("Woning aan de Kerkuilhof", "Woning Kerkuilhof", whole=False) == ("woning", "kerkuilhof")


def test_a_declaration_is_found_once_by_the_name_with_most_words() -> None:
    names = [Declared(DECLARATION, PERSON, "Meerkoet"), Declared(DECLARATION, PERSON, "Roeiclub Meerkoet")]

    (found,) = likenesses([(SUBJECT, "Steiger van roeiclub Meerkoet")], names)

    assert found.words == ("roeiclub", "meerkoet")


def test_a_subject_has_at_most_fifty_and_those_with_most_in_common() -> None:
    names = [Declared(uuid.UUID(int=10 + number), PERSON, "Meerkoet") for number in range(MOST_PER_SUBJECT + 5)]
    names.append(Declared(DECLARATION, PERSON, "Roeiclub Meerkoet"))

    found = likenesses([(SUBJECT, "Roeiclub Meerkoet")], names)

    assert (len(found), found[0].declaration) == (MOST_PER_SUBJECT, DECLARATION)


def test_five_thousand_declarations_beside_two_hundred_subjects_take_a_moment() -> None:
    names = [Declared(uuid.uuid4(), PERSON, f"Stichting Naam{number} Sportpark Zwembad") for number in range(5000)]
    subjects = [(uuid.uuid4(), f"Zwembad en sportpark van naam{number}") for number in range(200)]
    began = time.process_time()

    found = likenesses(subjects, names)

    assert time.process_time() - began < 5
    assert len(found) == 200


def test_the_word_lists_hold_words_as_they_are_compared() -> None:
    listed = [*WORDS.left_out, *WORDS.everyday]

    assert [word for word in listed if words_of(word) not in ([], [word])] == []
    assert WORDS.left_out & WORDS.everyday == set()


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("5. Een nieuwe school", ("5", "Een nieuwe school")),
        ("5a. Een nieuwe school", ("5a", "Een nieuwe school")),
        ("12.3) Verkeer", ("12.3", "Verkeer")),
        ("  7:   Twee   spaties ", ("7", "Twee spaties")),
        ("3\tTab", ("3", "Tab")),
        ("3 miljoen voor de school", ("", "3 miljoen voor de school")),
        ("2026. Een jaar", ("", "2026. Een jaar")),
        ("1.", ("", "1.")),
        ("=1+1", ("", "=1+1")),
    ],
)
def test_a_subject_may_begin_with_its_number(line, subject) -> None:
    assert numbered(line) == subject


def test_each_line_is_a_subject() -> None:
    assert subjects_in("1. Opening\r\n\n \n2. Sluiting\n") == [("1", "Opening"), ("2", "Sluiting")]
