"""The words of the draft: content/sentences.yaml, with the right form for the number."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils import formats

SENTENCES_FILE = Path(__file__).parent / "content" / "sentences.yaml"


@cache
def wording() -> dict[str, Any]:
    """All words, as in the file."""
    with SENTENCES_FILE.open(encoding="utf-8") as file:
        content: dict[str, Any] = yaml.safe_load(file)
    return content


def sentence(name: str, /, *, count: int | None = None, **values: object) -> str:
    """The sentence of this name with its values filled in; with a count, in the form for that number."""
    return in_number(wording()["drafts"][name], count, **values)


def in_number(forms: str | dict[str, str], count: int | None, /, **values: object) -> str:
    """One of the forms "none", "one" and "other", by the count; a text without forms as it is."""
    if isinstance(forms, str):
        return forms.format(count=count, **values)
    form = {0: "none", 1: "one"}.get(count if count is not None else 2, "other")
    return forms.get(form, forms["other"]).format(count=count, **values)


def question(name: str, /, **values: object) -> str:
    """What only the author can tell, as a question."""
    return str(wording()["questions"][name]).format(**values)


def day(value: Any) -> str:
    """A date in words: 31 maart 2026."""
    return formats.date_format(value, "j F Y")
