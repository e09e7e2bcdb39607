"""What holds for an annual report, without a database."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

# The steps of a report as addresses write them.
STEPS = {
    "nagekeken": "reviewed",
    "vastgesteld": "adopted",
    "naar-volksvertegenwoordiging": "to_representatives",
    "naar-ondernemingsraad": "to_works_council",
    "op-intranet": "on_intranet",
    "openbaar": "published",
}
# The steps of the answers to questions, as addresses write them.
ANSWER_STEPS = {"opgesteld": "drafted", "vastgesteld": "adopted", "verzonden": "sent"}
GOING_OUT = ("to_representatives", "to_works_council", "on_intranet", "published")


def reference_date_problem(year: int, reference_date: date) -> str:
    """Why the report over the year cannot tell up to that day; empty: it can."""
    if reference_date < date(year, 12, 31):
        return _("The reference date cannot lie before the end of the year.")
    if reference_date > date(year + 1, 12, 31):
        return _("The reference date cannot lie more than a year after the year of the report.")
    return ""


def is_told(day: date | None, reference_date: date) -> bool:
    """Whether the report tells what happened on the day: up to and including the reference date, or when unknown."""
    return day is None or day <= reference_date


def steps_to_take(taken: Collection[str], *, is_open: bool) -> tuple[str, ...]:
    """The steps that a report can take now, given those that its edition took already.

    While it is open it is reviewed (as often as its texts change) and adopted; adoption closes it, and only then it
    goes out, each way once, in any order. The review is no condition: what the executive adopted is adopted.
    """
    if is_open:
        return ("reviewed", "adopted")
    return tuple(kind for kind in GOING_OUT if kind not in taken)


def changed_parts(seen: dict[str, str], now: dict[str, str]) -> tuple[str, ...]:
    """The parts of a report that are other than the ones that somebody saw, by their marks; also new and gone ones."""
    return tuple(part for part in {**now, **seen} if seen.get(part) != now.get(part))


def answer_steps_to_take(taken: Collection[str]) -> tuple[str, ...]:
    """The steps that the answers can take now: drafted, adopted, sent. Drafting may go unrecorded, adopting may not."""
    if "sent" in taken:
        return ()
    if "adopted" in taken:
        return ("sent",)
    return ("adopted",) if "drafted" in taken else ("drafted", "adopted")
