"""Amounts are read as they were meant, or not at all."""

from decimal import Decimal

import pytest
from django import forms
from django.utils import translation

from openintegriteit.ui.amounts import EuroField, amount_from, euros


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12,50", "12.50"),
        ("12.50", "12.50"),
        ("12,5", "12.5"),
        ("50", "50"),
        ("0", "0"),
        ("0,05", "0.05"),
        ("€ 50", "50"),
        ("50,-", "50"),
        ("€ 1.250,--", "1250"),
        ("1.250", "1250"),
        ("1.250,00", "1250.00"),
        ("1.234.567,89", "1234567.89"),
        ("1,250.00", "1250.00"),
        ("1 250,00", "1250.00"),
        (" 1\u00a0250 ", "1250"),
    ],
)
def test_what_was_meant(typed, meant) -> None:
    assert amount_from(typed) == Decimal(meant)


@pytest.mark.parametrize(
    "typed",
    [
        "-1",
        "−5",
        "1,250",  # in English a thousand, in Dutch one and a quarter
        "0.125",
        "12,505",
        "1.25.000",
        "12.3456,00",
        "1,2,3",
        "1e3",
        "NaN",
        "Infinity",
        "²",
        "١٢",
        "vijftig",
        "€",
        ",50",
        "5,",
        "50 euro",
        "$ 50",
    ],
)
def test_what_could_mean_anything_is_refused(typed) -> None:
    with pytest.raises(ValueError, match=r".*"):
        amount_from(typed)


def test_a_field_takes_as_many_digits_as_the_column() -> None:
    field = EuroField(required=False)

    assert field.clean("9.999.999,99") == Decimal("9999999.99")
    assert field.clean("") is None
    for typed in ("10.000.000", "9" * 5000, "-1", "12,345"):
        with pytest.raises(forms.ValidationError):
            field.clean(typed)


def test_an_amount_reads_as_one_would_type_it() -> None:
    assert EuroField().prepare_value(Decimal("1250.50")) in ("1250,50", "1.250,50")
    assert EuroField().prepare_value("zo getypt") == "zo getypt"
    assert [euros(Decimal(value)) for value in ("50", "50.00", "12.5", "1250")] == [
        "€\u00a050",
        "€\u00a050",
        "€\u00a012,50",
        "€\u00a01.250",
    ]
    with translation.override("en"):
        assert euros(Decimal("1250.5")) == "€\u00a01,250.50"
        assert amount_from(EuroField().prepare_value(Decimal("1250.5"))) == Decimal("1250.5")
