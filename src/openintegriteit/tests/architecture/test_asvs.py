"""The mapping to OWASP ASVS names every requirement of levels 1 and 2 once, and only tests that are there."""

import ast
import re

import pytest
from django.conf import settings

from openintegriteit.tests.asvs import DOCS, LEVEL_OF, STATES, page, sections

ROWS = [row for rows in sections().values() for row in rows]


def names_of_tests(file):
    """The names of the tests of a file, also of those within a class."""
    tree = ast.parse((settings.PACKAGE_DIR / file).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_the_standard_is_there_as_a_whole():
    levels = list(LEVEL_OF.values())

    assert [levels.count(level) for level in (1, 2, 3)] == [70, 183, 92]


def test_every_requirement_of_levels_1_and_2_occurs_once():
    numbers = [row.number for row in ROWS]

    assert numbers == [number for number, level in LEVEL_OF.items() if level < 3]


@pytest.mark.parametrize("state", STATES)
def test_each_state_comes_with_what_it_needs(state):
    rows = [row for row in ROWS if row.state == state]

    assert rows or state == "open"  # the one state that should be empty
    without = [row.number for row in rows if not (row.tests if state == "proven" else row.how)]
    assert without == []
    if state in ("open", "absent", "runner", "other"):
        assert [row.number for row in rows if row.tests] == []


def test_every_state_is_known():
    assert {row.state for row in ROWS} <= set(STATES)


def test_every_test_that_is_named_is_there():
    named = sorted({test for row in ROWS for test in row.tests})

    missing = []
    for test in named:
        file, _colons, name = test.partition("::")
        if not (settings.PACKAGE_DIR / file).exists() or name not in names_of_tests(file):
            missing.append(test)
    assert missing == []


def test_every_page_that_is_named_is_there():
    headings = re.findall(r"^## (.+)$", (DOCS / "security.md").read_text(), re.MULTILINE)

    named = {heading for row in ROWS for heading in re.findall(r"security\.md, ([A-Z][a-z]+(?: in)?)", row.how)}
    assert named
    assert named <= set(headings)


def test_the_page_tells_what_the_file_says():
    assert (DOCS / "asvs.md").read_text() == page()
