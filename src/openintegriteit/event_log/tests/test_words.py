"""Everything that the product records has words: an auditor reads no names of the code."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

from openintegriteit.event_log.telling import action_words, detail_lines, kind_words
from openintegriteit.event_log.words import ACTIONS, DETAILS, KINDS
from openintegriteit.organisations.importers.applying import LOGGED

PACKAGE = Path(__file__).parents[2]
LOGGING = re.compile(r"\b(record|record_many|Event|save_changes|log_account_event)\b")
NAME = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")
CODE = [
    path
    for path in sorted(PACKAGE.glob("*/**/*.py"))
    if not {"tests", "migrations"} & set(path.parts) and LOGGING.search(path.read_text())
]
NO_ACTIONS = {"organisations.person", "organisations.person_change", "retention.kind"}  # pages


def names_in(path):
    """Every text in the code that has the form of an action, apart from those that are something else."""
    texts = {node.value for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant)}
    dotted = {text for text in texts if isinstance(text, str) and NAME.fullmatch(text)}
    models = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}
    return dotted - NO_ACTIONS - models - set(KINDS) - {text for text in dotted if text.startswith("openintegriteit.")}


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_action_in_the_code_has_words(path):
    lacking = {
        name
        for name in names_in(path)
        if action_words(name) == name and not name.endswith((".yaml", ".example", ".json"))
    }

    assert lacking == set(), "give these actions words in event_log/words.py and in its Dutch catalogue"


def test_the_search_finds_the_actions_that_are_there():
    found = set().union(*(names_in(path) for path in CODE))

    assert {"measure.created", "account.signed_in", "account.second_factor_removed", "people.read"} <= found
    assert {name for name in ACTIONS if name not in found and name.partition(".")[0] not in {"unit"}} == set()


def test_each_kind_of_record_has_words():
    kinds = {
        model._meta.label_lower
        for model in apps.get_models()
        if any(field.column == "organisation_id" for field in model._meta.local_concrete_fields)
    }

    assert kinds - set(KINDS) == set(), "give these kinds words in event_log/words.py and in its Dutch catalogue"
    assert kind_words("organisations.organisation") == "organisatie"


def test_what_an_import_writes_has_words_by_its_kind():
    assert action_words("headcount.created") == "Ingelezen: aantal medewerkers"
    assert action_words("measureheading.changed") == "Gewijzigd bij het inlezen: rubriek"


def details_in(path):
    """What the entries of a file tell beside their changes: the names in the details that it writes."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Call(func=ast.Name(id="_log"), keywords=keywords):
                names |= {keyword.arg for keyword in keywords if keyword.arg != "actor"}
            case ast.Call(func=ast.Name(id="Event"), args=[*_, ast.Dict(keys=keys)]):
                names |= {key.value for key in keys if key}
            case (
                ast.keyword(arg="details", value=ast.Dict(keys=keys))
                | ast.Assign(targets=[ast.Name(id="details" | "about")], value=ast.Dict(keys=keys))
                | ast.AnnAssign(target=ast.Name(id="details" | "about"), value=ast.Dict(keys=keys))
            ):
                names |= {key.value for key in keys if key}
    return names - {"changes"}


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_detail_in_the_code_has_words(path):
    assert details_in(path) - set(DETAILS) == set(), "give these details words in event_log/words.py and its catalogue"


def test_the_search_finds_the_details_that_are_there():
    found = set().union(*(details_in(path) for path in CODE)) | set(LOGGED)

    assert {"role", "waits", "made_at", "before", "lines"} <= found
    assert set(DETAILS) - found == set()


def test_a_yes_or_no_is_told_in_words():
    told = detail_lines("identity.rolegrant", {"role": "clerk", "waits": True, "by_claim": False})

    assert told == [("Rol", "griffier"), ("Wacht op een tweede persoon", "ja"), ("Gekregen door een groep", "nee")]


def test_all_words_are_dutch_and_no_two_actions_share_them():
    words = [str(words) for words in ACTIONS.values()]

    assert sorted(words) == sorted(set(words))
    assert str(DETAILS["lines"]) == "regels"


def test_an_action_of_long_ago_keeps_its_name():
    assert action_words("carrier_pigeon.sent") == "carrier_pigeon.sent"
    assert action_words("unknown") == "unknown"
    assert kind_words("pigeons.pigeon") == "pigeons.pigeon"
