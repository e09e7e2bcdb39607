from datetime import date
from decimal import Decimal

import pytest
from django.db import models
from django.utils.translation import override

from openintegriteit.core.display import field_text

TEXT, DAY, AMOUNT, YES_NO = models.CharField(), models.DateField(), models.DecimalField(), models.BooleanField()
STATUS = models.CharField(choices=[("done", "klaar"), ("open", "open")])


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        (TEXT, "tekst", "tekst"),
        (TEXT, "", ""),
        (TEXT, None, ""),
        (STATUS, "done", "klaar"),
        (STATUS, "gone", "gone"),
        (DAY, date(2026, 11, 9), "9 november 2026"),
        (AMOUNT, Decimal("1250.50"), "1.250,5"),
        (AMOUNT, Decimal("100.00"), "100"),
        (AMOUNT, Decimal("0.00"), "0"),
        (models.PositiveSmallIntegerField(), 2026, "2026"),
        (models.JSONField(), [14, 7], "14, 7"),
    ],
)
def test_a_value_is_told_as_people_read_it(field, value, expected) -> None:
    with override("nl"):
        assert field_text(field, value) == expected
