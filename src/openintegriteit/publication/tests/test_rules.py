"""What differs between what should be public and what is."""

import uuid
from datetime import date

from openintegriteit.core.contracts import PublicEntry
from openintegriteit.publication.contents import REGISTERS
from openintegriteit.publication.rules import compare, content_of, kept_content, title_of

ONE, TWO, THREE = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()


def test_what_is_wanted_and_not_there_is_added_and_what_stands_and_is_not_wanted_is_removed() -> None:
    changes = compare({ONE: {"a": 1}, TWO: {"a": 2}}, {TWO: {"a": 2}, THREE: {"a": 3}})

    assert (changes.added, changes.changed, changes.removed) == ({THREE}, set(), {ONE})


def test_another_value_is_a_change_and_the_same_is_none() -> None:
    changes = compare({ONE: {"a": 1}, TWO: {"a": 2}}, {ONE: {"a": 1}, TWO: {"a": True}})

    assert (changes.added, changes.changed, changes.removed) == (set(), {TWO}, set())


def test_content_is_what_json_has() -> None:
    entry = PublicEntry(ONE, {"since": date(2026, 1, 31), "paid": False, "until": None, "name": "Ö"})

    assert content_of(entry) == {"since": "2026-01-31", "paid": False, "until": None, "name": "Ö"}


def test_another_text_is_another_content() -> None:
    before = kept_content(PublicEntry(ONE, {"title": "Code"}, text="Artikel 1"))

    assert before != kept_content(PublicEntry(ONE, {"title": "Code"}, text="Artikel 2"))


def test_a_line_is_called_by_its_words_alone() -> None:
    register = REGISTERS[0]
    values = {column.key: None for column in register.columns}
    told = values | {"name": "Anouk Dijkema", "role": "Docent", "since": date(2026, 1, 1), "paid": True}

    assert title_of(register, PublicEntry(ONE, told)) == "Anouk Dijkema, Docent"


def test_no_two_registers_share_a_key_or_an_address() -> None:
    assert len({item.key for item in REGISTERS}) == len({item.slug for item in REGISTERS}) == len(REGISTERS)
