"""Every text that a user sees has a Dutch translation, and the same text reads the same in every app."""

import ast
import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).parents[2]
APPS = sorted(str(path.parent.relative_to(PACKAGE)) for path in PACKAGE.rglob("apps.py"))


def extracted(app, folder):
    """The texts in the code and templates of an app, found as `make messages` finds them."""
    not_code = shutil.ignore_patterns("tests", "migrations", "locale", "static", "fonts", "content", "__pycache__")
    shutil.copytree(PACKAGE / app, folder / app, ignore=not_code)
    (folder / app / "locale").mkdir()
    command = [Path(sys.executable).with_name("django-admin"), "makemessages", "--locale", "nl", "--no-wrap"]
    subprocess.run(command, cwd=folder / app, check=True, capture_output=True)
    catalogue = folder / app / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    return keys(read(catalogue)) if catalogue.exists() else {}


def read(path):
    return read_po(io.BytesIO(path.read_bytes()), locale="nl") if path.exists() else []


def keys(catalogue):
    return {(message.context, message.id): message for message in catalogue if message.id}


def translated(app):
    return keys(read(PACKAGE / app / "locale" / "nl" / "LC_MESSAGES" / "django.po"))


@pytest.mark.slow
@pytest.mark.parametrize("app", APPS)
def test_every_text_of_the_app_is_translated(app, tmp_path):
    translations, in_code = translated(app), extracted(app, tmp_path)

    missing = [
        key
        for key in in_code
        if key not in translations or translations[key].fuzzy or not all(_strings(translations[key]))
    ]

    assert missing == []
    assert set(translations) - set(in_code) == set(), "nobody says these any more, or a library does: config/locale"


def test_no_text_stands_within_an_f_string():
    """There `make messages` does not find it, so that it would stay English on a Dutch screen."""
    hidden = [
        f"{path.relative_to(PACKAGE)}:{outer.lineno}"
        for path in PACKAGE.rglob("*.py")
        for outer in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(outer, ast.JoinedStr)
        for inner in ast.walk(outer)
        if isinstance(inner, ast.Call)
        and getattr(inner.func, "id", "") in {"_", "gettext", "gettext_lazy", "ngettext"}
        and isinstance(inner.args[0], ast.Constant)
    ]

    assert hidden == []


def test_the_same_text_is_translated_alike_everywhere():
    readings = {}
    for app in APPS:
        for key, message in translated(app).items():
            readings.setdefault(key, {}).setdefault(str(message.string), []).append(app)

    assert {key: reading for key, reading in readings.items() if len(reading) > 1} == {}


@pytest.mark.parametrize("app", APPS)
def test_translations_fill_in_the_same_values(app):
    wrong = [(message.id, str(error)) for message in translated(app).values() for error in message.check()]

    assert wrong == []


def _strings(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)
