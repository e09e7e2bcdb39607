"""Filling in any form of the product: what it needs to be valid, to spoil one field after the other."""

from typing import Any
from uuid import uuid4

from django import forms


def form_of(response: Any) -> forms.BaseForm | None:
    """The form with which a page changes something; None where it only shows or filters."""
    shown = (value for context in response.context or () for part in context for value in part.values())
    for form in shown:
        if isinstance(form, forms.BaseForm) and {"version", "submission"} & form.fields.keys():
            return form
    return None


def valid_values(form: forms.BaseForm) -> dict[str, Any]:
    """What a person would send who changes nothing and fills in what must be filled in, where there is a choice."""
    sent = {name: _value(form[name], field) for name, field in form.fields.items()}
    return {name: value for name, value in sent.items() if value is not None}


def _value(bound: forms.BoundField, field: forms.Field) -> Any:
    value = bound.value()
    if isinstance(value, bool) and isinstance(field, forms.BooleanField):
        return "on" if value else None
    if isinstance(field, forms.MultipleChoiceField):
        return value or None
    if value not in (None, ""):
        return str(field.prepare_value(value))
    if not field.required:
        return None
    match field:
        case forms.UUIDField():
            return str(uuid4())
        case forms.ChoiceField():
            return next((str(key) for key, _label in field.choices if key), None)
        case forms.DateField():
            return "2026-01-01"
        case forms.IntegerField() | forms.DecimalField():
            return "2000"
        case _:
            return "tekst"
