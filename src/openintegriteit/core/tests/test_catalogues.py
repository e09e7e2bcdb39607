"""One catalogue per language: a text is found at the first look, and plurals are as every app has them."""

import gettext
import re

import pytest
from django.conf import settings
from django.utils.translation import gettext as translated
from django.utils.translation import ngettext, override, trans_real


@pytest.mark.parametrize("code", ["nl", "en"])
def test_a_language_has_one_catalogue(code):
    assert len(trans_real.translation(code)._catalog._catalogs) == 1


def test_our_words_go_before_those_of_a_library():
    with override("nl"):
        assert translated("Email") == "E-mailadres"


@pytest.mark.parametrize(("number", "said"), [(0, "fouten"), (1, "fout"), (2, "fouten")])
def test_a_number_has_its_plural(number, said):
    with override("nl"):
        told = ngettext("%(number)s mistake in the file", "%(number)s mistakes in the file", number)

    assert told == f"%(number)s {said} in het bestand"


def test_every_catalogue_counts_the_same_way():
    """Joining keeps one rule for plurals, so that all must say the same."""
    catalogues = [path.read_text(encoding="utf-8") for path in settings.PACKAGE_DIR.rglob("*.po")]
    rules = {gettext.c2py(rule) for rule in re.findall(r"plural=(.*?);", "".join(catalogues))}

    assert rules
    assert all([rule(number) for number in range(100)] == [number != 1 for number in range(100)] for rule in rules)
