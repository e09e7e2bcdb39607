"""Numbers as people in the Netherlands write them."""

from decimal import ROUND_HALF_UP, Decimal

Number = int | float | Decimal


def dutch_number(value: Number) -> str:
    """The number with points between thousands and a comma before at most two decimals: `1.234,5`."""
    rounded = Decimal(str(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    whole, _, decimals = f"{rounded:,.2f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")
