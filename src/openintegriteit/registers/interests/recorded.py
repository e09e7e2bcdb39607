"""What the register shows about duties of law."""

from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.core.contracts import RecordedAnswer
from openintegriteit.registers.declarations.models import Declaration, Regime
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.designations.models import Designation
from openintegriteit.registers.designations.permissions import POLICY as DESIGNATIONS
from openintegriteit.registers.interests.operations import REGISTER
from openintegriteit.registers.interests.queries import DUTY, answered, owing


def recorded_answers(day: date) -> list[RecordedAnswer]:
    """Whether positions are designated and who holds them has answered: Ambtenarenwet 2017, art. 5(1)d (three queries).

    One query as long as no position is designated.
    """
    designated = Designation.objects.holding_on(day).filter(**{DUTY: True}).count()
    if not designated:
        reason = _("No position has been designated of which the holders declare their financial interests.")
        return [
            RecordedAnswer(
                "interests_kept", "not_shown", reason, reverse("designations:designations"), DESIGNATIONS.roles("view")
            )
        ]
    people = owing(day).aggregate(in_all=Count("pk"), answered=Count("pk", filter=answered()))
    missing = people["in_all"] - people["answered"]
    waiting = Declaration.objects.to_decide().filter(register=REGISTER, regime=Regime.OFFICIALS).count()
    told = (_positions(designated), _holders(people["in_all"], missing), _waiting(waiting), _not_shown())
    address = reverse("interests:unanswered" if missing else "interests:interests")
    return [
        RecordedAnswer(
            "interests_kept",
            "not_shown" if missing or waiting else "met",
            " ".join(told),
            address,
            POLICY.roles("view_officials"),
        )
    ]


def _positions(number: int) -> str:
    return ngettext(
        "%(number)d position has been designated.", "%(number)d positions have been designated.", number
    ) % {"number": number}


def _holders(in_all: int, missing: int) -> str:
    if not in_all:
        return _("Nobody holds them now.")
    if not missing:
        return _("Everybody who holds them has answered.")
    return _("%(missing)d of %(in_all)d who hold them have not answered yet.") % {"missing": missing, "in_all": in_all}


def _waiting(number: int) -> str:
    if not number:
        return _("Nothing waits for a decision.")
    return ngettext("%(number)d waits for a decision.", "%(number)d wait for a decision.", number) % {"number": number}


def _not_shown() -> str:
    return _("Which interests are forbidden, these records do not show.")
