"""What must hold for advice: pure functions, no database and no clock."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def advice_problems(
    *, given_on: date | None, follow_up: str, follow_up_on: date | None, followed_up_on: date | None, day: date
) -> dict[str, str | Promise]:
    """What is wrong with advice, by field. `day` is today."""
    problems: dict[str, str | Promise] = {}
    if given_on and given_on > day:
        problems["day"] = _("This day has yet to come. Fill in the day on which you gave the advice.")
    if (follow_up_on or followed_up_on) and not follow_up:
        problems["follow_up"] = _("Tell what is to be done, or leave the days of the follow-up empty.")
    if follow_up and not (follow_up_on or followed_up_on):
        problems["follow_up_on"] = _("Fill in before what day, so that your desk reminds you.")
    if followed_up_on and followed_up_on > day:
        problems["followed_up_on"] = _("This day has yet to come. Leave it empty until the follow-up is done.")
    return problems
