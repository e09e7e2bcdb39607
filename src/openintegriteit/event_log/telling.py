"""What the log tells, in words: actions, kinds of record, who acted, and what an entry holds beside its changes."""

from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import translation
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _

from openintegriteit.core.roles import Role
from openintegriteit.event_log.words import ACTIONS, ACTORS, DETAILS, KINDS, OF_AN_IMPORT, STEPS


def action_words(action: str) -> str:
    """What an action is called; an action without words keeps its name."""
    if action in ACTIONS:
        return str(ACTIONS[action])
    name, _dot, verb = action.partition(".")
    kinds = (kind for kind in KINDS if kind.partition(".")[2] == name)
    kind = next(kinds, None)
    if kind is None or verb not in OF_AN_IMPORT:
        return action
    return str(OF_AN_IMPORT[verb]) % {"kind": KINDS[kind]}


def kind_words(kind: str) -> str:
    """What a kind of record, or a page, is called."""
    return str(KINDS.get(kind, kind))


def actor_words(label: str) -> str:
    """The name of who acted, also when it was nobody with an account."""
    return str(ACTORS.get(label, label))


@translation.override(settings.LANGUAGE_CODE)
def address_word(words: Callable[[str], str], value: str) -> str:
    """How an action or kind is written in an address: its Dutch words, whatever the language of the screen."""
    return slugify(words(value))


def detail_lines(subject_type: str, details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What an entry tells beside its changes, as (what, value) in words."""
    return [
        (capfirst(str(DETAILS.get(name, name))), _value(subject_type, name, value))
        for name, value in details.items()
        if name != "changes" and not (name == "fields" and not value)
    ]


def field_words(model: type[models.Model] | None, name: str) -> str:
    """What a field of a record is called; one that the product no longer has keeps its name."""
    if model is None:
        return name
    try:
        return str(getattr(model._meta.get_field(name), "verbose_name", name))
    except FieldDoesNotExist:
        return name


def model_of(subject_type: str) -> type[models.Model] | None:
    """The model of a kind of record; None for a page, and for a kind that the product no longer has."""
    try:
        return apps.get_model(subject_type)
    except (LookupError, ValueError):
        return None


def _value(subject_type: str, name: str, value: Any) -> str:
    if name == "by" and value == "import":
        return _("reading in a file")
    if name == "fields" and isinstance(value, list):
        return ", ".join(field_words(model_of(subject_type), str(field)) for field in value) or _("none")
    if name == "step":
        return str(STEPS.get(str(value), value))
    if name in ("role", "roles"):
        labels = {str(role): str(label) for role, label in Role.choices}
        roles = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(str(role), str(role)) for role in roles) or _("none")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {told}" for key, told in value.items()) or _("none")
    if isinstance(value, list):
        return ", ".join(str(part) for part in value) or _("none")
    return str(value)
