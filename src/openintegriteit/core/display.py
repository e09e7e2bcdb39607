"""The value of a field as people read it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Field
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from openintegriteit.core.contracts import Number


def field_text(field: Field[Any, Any], value: Any) -> str:
    """The value of a model field in words: the label of a choice, a date, a Dutch number, a list; nothing is ""."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    labels = dict(field.flatchoices)
    if value in labels:
        return str(labels[value])
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case date():
            return date_format(value, "DATE_FORMAT")
        case Decimal():
            return number_format(value.normalize(), force_grouping=True)
        case _:
            return str(value)


def as_number(value: Decimal | None) -> Number | None:
    """A recorded value as people write it: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
