"""From what people type in a cell to a value, by Dutch habits: 31-01-2026, 1.234,5, ja.

Every function raises ValueError with a sentence for the user that names what was read and how to write it.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import isfinite

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from openintegriteit.core.spreadsheets.workbook import Cell, plain

MONTHS = (
    ("januari", "jan"),
    ("februari", "feb", "febr"),
    ("maart", "mrt"),
    ("april", "apr"),
    ("mei",),
    ("juni", "jun"),
    ("juli", "jul"),
    ("augustus", "aug"),
    ("september", "sep", "sept"),
    ("oktober", "okt"),
    ("november", "nov"),
    ("december", "dec"),
)
MONTH_NUMBERS = {name: number for number, names in enumerate(MONTHS, start=1) for name in names}
FIRST_YEAR, LAST_YEAR = 1900, 2199

DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
IN_WORDS = re.compile(r"(\d{1,2})\s+([a-z]+)\.?\s+(\d{4})", re.IGNORECASE)
NUMBER = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?", re.ASCII)
# A spreadsheet keeps fifteen digits; what lies behind them is noise of the binary fraction.
SPREADSHEET_DIGITS = ".15g"


def to_text(value: Cell) -> str:
    """The text of a cell; numbers, dates and yes or no are written as people in the Netherlands write them."""
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case date():
            return f"{value:%d-%m}-{value.year:04}"
        case float():
            return format(value, SPREADSHEET_DIGITS).replace(".", ",")
        case _:
            return str(value)


def to_date(value: Cell) -> date:
    """A day from a date cell or from text: d-m-jjjj, dd/mm/jjjj, jjjj-mm-dd or "31 maart 2026"."""
    day = value if isinstance(value, date) else _date_from_text(to_text(value))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(
            _("the year of %(value)s lies outside %(first)s to %(last)s. Write the date like 31-01-2026.")
            % {"value": to_text(day), "first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
        )
    return day


def _date_from_text(text: str) -> date:
    if match := DAY_FIRST.fullmatch(text):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
    elif match := YEAR_FIRST.fullmatch(text):
        day, month, year = int(match[3]), int(match[2]), int(match[1])
    elif (match := IN_WORDS.fullmatch(text)) and match[2].lower() in MONTH_NUMBERS:
        day, month, year = int(match[1]), MONTH_NUMBERS[match[2].lower()], int(match[3])
    else:
        raise ValueError(_("“%(value)s” is not a date. Write the date like 31-01-2026.") % {"value": text})
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(
            _("%(value)s is not an existing date. Write the date like 31-01-2026.") % {"value": text}
        ) from None


def to_decimal(value: Cell) -> Decimal:
    """A number from a number cell or from text: 1234,5 or 1.234,5, with or without a euro sign before it."""
    if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
        return Decimal(format(value, SPREADSHEET_DIGITS) if isinstance(value, float) else value)
    text = to_text(value)
    bare = text.removeprefix("€").replace("\N{NO-BREAK SPACE}", " ").strip().replace("−", "-")
    if not NUMBER.fullmatch(bare):
        raise ValueError(_("“%(value)s” is not a number. Write the number like 1234,5.") % {"value": text})
    return Decimal(bare.replace(".", "").replace(",", "."))


def to_integer(value: Cell) -> int:
    """A whole number from a number cell or from text."""
    try:
        number = to_decimal(value)
    except ValueError:
        number = None
    if number is None or number != number.to_integral_value():
        raise ValueError(
            _("“%(value)s” is not a whole number. Write digits only, like 12.") % {"value": to_text(value)}
        )
    return int(number)


def to_yes_or_no(value: Cell) -> bool:
    """Yes or no from a cell that is true or false, or from the words ja, nee, waar, onwaar, j, n."""
    if isinstance(value, bool):
        return value
    match plain(to_text(value)):
        case "ja" | "j" | "waar" | "yes" | "true":
            return True
        case "nee" | "neen" | "n" | "onwaar" | "no" | "false":
            return False
    raise ValueError(_("“%(value)s” is neither yes nor no. Write ja or nee.") % {"value": to_text(value)})


def to_choice(value: Cell, choices: Sequence[tuple[str, str]]) -> str:
    """The stored value of a choice whose label, or value, was written; capitals and accents make no difference."""
    meant = plain(to_text(value))
    for stored, label in choices:
        if meant in (plain(label), plain(stored)):
            return stored
    raise ValueError(
        _("“%(value)s” is not one of the choices. Choose from: %(choices)s.")
        % {"value": to_text(value), "choices": ", ".join(label for _stored, label in choices)}
    )


def to_email(value: Cell) -> str:
    """A mail address, checked for its form only."""
    text = to_text(value).removeprefix("mailto:")
    try:
        validate_email(text)
    except ValidationError:
        raise ValueError(
            _("“%(value)s” is not a mail address. Write it like naam@gemeente.nl.") % {"value": text}
        ) from None
    return text
