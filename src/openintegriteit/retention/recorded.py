"""What the terms and lists show about duties of law."""

from datetime import date
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.core.contracts import RecordedAnswer
from openintegriteit.retention.models import DestructionList, ListState
from openintegriteit.retention.permissions import POLICY
from openintegriteit.retention.proposals import SELECTION_LIST
from openintegriteit.retention.queries import rules_on

READERS = POLICY.roles("view")


def recorded_answers(day: date) -> list[RecordedAnswer]:
    """Whether each kind of record has a term (Archiefwet 1995, art. 3) and a declaration was made of what was destroyed
    (Archiefbesluit 1995, art. 8) (two queries)."""
    return [_terms(day), _declarations()]


def _terms(day: date) -> RecordedAnswer:
    in_all, ruled = len(SELECTION_LIST.proposals), len(SELECTION_LIST.proposals.keys() & rules_on(day).keys())
    if ruled < in_all:
        reason = _("Of %(ruled)d of the %(in_all)d kinds of record the retention term is recorded.") % {
            "ruled": ruled,
            "in_all": in_all,
        }
    else:
        reason = _("Of all %(in_all)d kinds of record the retention term is recorded.") % {"in_all": in_all}
    state: Literal["met", "not_shown"] = "met" if ruled == in_all else "not_shown"
    return RecordedAnswer("retention_terms", state, reason, reverse("retention:overview"), READERS)


def _declarations() -> RecordedAnswer:
    number = DestructionList.objects.filter(state=ListState.DONE).count()
    if number:
        reason = ngettext(
            "Of the %(number)d list that was carried out there is a declaration.",
            "Of all %(number)d lists that were carried out there is a declaration.",
            number,
        ) % {"number": number}
        reason += " " + _(
            "What was destroyed outside this program, replaced by a copy or given away for good, these records do not "
            "show."
        )
    else:
        reason = _("No destruction list has been carried out yet.")
    state: Literal["met", "not_shown"] = "met" if number else "not_shown"
    return RecordedAnswer("destruction_declared", state, reason, reverse("retention:lists"), READERS)
