"""What a register shows about what officials do only after a decision: Ambtenarenwet 2017, art. 8."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.core.contracts import RecordedAnswer
from openintegriteit.registers.declarations.models import Outcome, not_over_on, waits_for_a_decision
from openintegriteit.registers.declarations.permissions import POLICY

READERS = POLICY.roles("view_officials")


def unanswered(missing: int, in_all: int) -> str:
    """How many people neither declared anything nor said that there is nothing."""
    told = {"missing": missing, "in_all": in_all}
    return _("%(missing)d of %(in_all)d have not declared anything yet, nor that there is nothing.") % told


def counted(day: date, which: Q | None = None) -> Mapping[str, Count]:
    """What `decided` needs of declarations of officials, each to be counted over those that `which` leaves.

    All that was not withdrawn, what waits for a decision, and what was forbidden as it reads now and has not stopped.
    """
    declared = Q(which or Q(), withdrawn_on__isnull=True)
    forbidden = Q(outcome=Outcome.FORBIDDEN, decided_revision=F("revision"))
    return {
        "in_all": Count("pk", filter=declared),
        "waiting": Count("pk", filter=declared & waits_for_a_decision(day)),
        "forbidden": Count("pk", filter=declared & forbidden & not_over_on(day)),
    }


def decided(subject: str, numbers: Mapping[str, int], address: str) -> RecordedAnswer:
    """Whether there is a decision about all that officials declared, and nothing that was forbidden goes on."""
    in_all, waiting, forbidden = numbers["in_all"], numbers["waiting"], numbers["forbidden"]
    if not in_all:
        return RecordedAnswer(subject, "not_shown", _("No official has declared this yet."), address, READERS)
    told = [
        ngettext(
            "Officials made %(number)d declaration of this.", "Officials made %(number)d declarations of this.", in_all
        )
        % {"number": in_all},
        ngettext("%(number)d waits for a decision.", "%(number)d wait for a decision.", waiting) % {"number": waiting}
        if waiting
        else _("Nothing waits for a decision."),
    ]
    if forbidden:
        told.append(
            ngettext(
                "%(number)d was forbidden and has not stopped.",
                "%(number)d were forbidden and have not stopped.",
                forbidden,
            )
            % {"number": forbidden}
        )
    return RecordedAnswer(subject, "not_shown" if waiting or forbidden else "met", " ".join(told), address, READERS)
