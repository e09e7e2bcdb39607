"""A valid row of any model, for tests that hold for every model."""

import itertools
import uuid
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations.models import Organisation

numbers = itertools.count(1)


def make_row(model: type[models.Model], organisation: Organisation, **given: Any) -> Any:
    """Store a row with everything that the model requires, and the rows that it refers to, in the body.

    Of what is `given` beside that, a model stands for a row of it, and what can be called for what it gives; the name
    of a relation with that of a field ("declaration__register") is for the row that it refers to.
    """
    if model is Organisation:
        return organisation
    required = [field for field in model._meta.concrete_fields if _is_required(field)]
    values = {field.name: _value(field, organisation, **_given_to(field.name, given)) for field in required}
    for name, value in given.items():
        if "__" in name:
            continue
        values[name] = make_row(value, organisation) if isinstance(value, type) else _given(value)
    with organisation_scope(organisation.pk):
        return model._default_manager.create(**values)


def another_day() -> date:
    """A day to come, each time another."""
    return date(2500, 1, 1) + timedelta(days=next(numbers))


def _given_to(relation: str, given: dict[str, Any]) -> dict[str, Any]:
    start = f"{relation}__"
    return {name.removeprefix(start): value for name, value in given.items() if name.startswith(start)}


def _given(value: Any) -> Any:
    return value() if callable(value) else value


def _is_required(field: models.Field[Any, Any]) -> bool:
    belongs_to_body = field.attname == "organisation_id"
    has_value = field.has_default() or field.null or field.generated or getattr(field, "auto_now", False)
    return belongs_to_body or not (
        has_value or field.primary_key or getattr(field, "auto_now_add", False) or field.blank
    )


def _value(field: models.Field[Any, Any], organisation: Organisation, **given: Any) -> Any:
    number = next(numbers)
    if field.is_relation:
        return make_row(field.related_model, organisation, **given)
    if field.attname == "organisation_id":
        return organisation.pk
    if field.choices:
        return field.choices[0][0]
    match field:
        case models.BinaryField():
            return f"rij-{number}".encode()
        case models.DateTimeField():
            return timezone.now()
        case models.DateField():
            return date(2026, 1, 1)
        case models.BooleanField():
            return False
        case models.EmailField():
            return f"rij{number}@proef.example"
        case models.UUIDField():
            return uuid.UUID(int=number)
        case models.IntegerField() | models.DecimalField():
            return 2000 + number % 7000  # a year too: four digits, however many rows one process makes
        case _:
            return f"rij-{number}"
