"""Amounts in euros, as people in the Netherlands type and read them."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

CENTS = Decimal("0.01")
# What a point or comma means is certain in these only: thousands come in threes, cents in one or two.
SHAPES = (
    (re.compile(r"[0-9]+(?:[.,][0-9]{1,2})?"), ""),
    (re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]{1,2})?"), "."),
    (re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]{1,2}"), ","),
)
ROUND = re.compile(r",-{1,2}$")  # 50,- is 50 euros


def amount_from(text: str) -> Decimal:
    """The amount that was typed: "12,50", "1.250", "€ 1.250,-" or "12.50", exactly. Raises ValueError for another."""
    bare = ROUND.sub("", "".join(text.split()).removeprefix("€"))
    for shape, thousands in SHAPES:
        if shape.fullmatch(bare):
            return Decimal(bare.replace(thousands, "").replace(",", ".") if thousands else bare.replace(",", "."))
    raise ValueError(text)


def euros(value: Decimal) -> str:
    """An amount with the sign of the euro; cents only where there are any."""
    whole = value == value.to_integral_value()
    return f"€\N{NO-BREAK SPACE}{number_format(value, 0 if whole else 2, force_grouping=True)}"


class EuroField(forms.DecimalField):
    """An amount of euros that is not under nought. What its text means is never guessed."""

    default_error_messages = {
        "invalid": _("Write an amount in euros, for example 12,50."),
        "min_value": _("Write an amount that is not under nought."),
    }

    def __init__(self, *, max_digits: int = 9, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(**{"widget": widget, "min_value": 0, "max_digits": max_digits, "decimal_places": 2, **options})

    def to_python(self, value: Any) -> Any:
        """The amount. Raises ValidationError for what is none."""
        if isinstance(value, Decimal):
            return value
        if value in self.empty_values:
            return None
        try:
            return amount_from(str(value))
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        """The amount as one would type it; what was typed stays as it is."""
        return number_format(value, 2, use_l10n=True) if isinstance(value, Decimal) else value

    def widget_attrs(self, widget: forms.Widget) -> Any:
        """None of those of a number: the browser would refuse a comma."""
        return {}
