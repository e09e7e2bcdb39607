"""What the register shows about duties of law."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.core.contracts import RecordedAnswer
from openintegriteit.registers.declarations.models import Declaration, DeclarationQuerySet, Regime
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.declarations.recorded import counted, decided
from openintegriteit.registers.designations.models import Designation
from openintegriteit.registers.designations.permissions import POLICY as DESIGNATIONS
from openintegriteit.registers.designations.queries import designated
from openintegriteit.registers.outside_positions.operations import REGISTER
from openintegriteit.registers.outside_positions.recorded_office_holders import of_office_holders

READERS = POLICY.roles("view_list")
READERS_OF_DESIGNATIONS = DESIGNATIONS.roles("view")


def recorded_answers(day: date) -> list[RecordedAnswer]:
    """Whether side jobs of officials are kept, judged and public, and what office holders owe (eleven queries)."""
    rows = Declaration.objects.filter(register=REGISTER, regime=Regime.OFFICIALS)
    undated = Q(withdrawn_on__isnull=True, starts_on__isnull=True)
    numbers = rows.aggregate(undated=Count("pk", filter=undated), **counted(day)) | {"late": _late(rows).count()}
    return [_kept(numbers), *_judged(numbers), _published(day), *of_office_holders(day)]


def _kept(numbers: Mapping[str, int]) -> RecordedAnswer:
    """Ambtenarenwet 2017, art. 5(1)b."""
    address = reverse("outside_positions:positions")
    if not numbers["in_all"]:
        reason = _("No official has declared a side job yet.")
        return RecordedAnswer("side_jobs_kept", "not_shown", reason, address, READERS)
    told = ngettext(
        "%(number)d side job of officials is in the register.",
        "%(number)d side jobs of officials are in the register.",
        numbers["in_all"],
    ) % {"number": numbers["in_all"]}
    waiting = ngettext("%(number)d waits for a decision.", "%(number)d wait for a decision.", numbers["waiting"]) % {
        "number": numbers["waiting"]
    }
    return RecordedAnswer(
        "side_jobs_kept", "met", f"{told} {waiting}" if numbers["waiting"] else told, address, READERS
    )


def _judged(numbers: Mapping[str, int]) -> Iterator[RecordedAnswer]:
    """Whether each side job was decided about and declared in time: Ambtenarenwet 2017, art. 8(1)a and 8(2)a.

    In time is before it began or, where it had begun by then, on the first day of the employment.
    """
    address = reverse("outside_positions:positions")
    yield decided("side_jobs_decided", numbers, address)
    told = [_in_time(numbers["in_all"], numbers["late"])]
    if numbers["undated"]:
        told.append(
            ngettext(
                "Of %(number)d nobody knows when it began.",
                "Of %(number)d nobody knows when they began.",
                numbers["undated"],
            )
            % {"number": numbers["undated"]}
        )
    is_met = numbers["in_all"] and not numbers["late"] and not numbers["undated"]
    yield RecordedAnswer("side_jobs_in_time", "met" if is_met else "not_shown", " ".join(told), address, READERS)


def _late(rows: DeclarationQuerySet) -> DeclarationQuerySet:
    """What was declared after it had begun; of most of it the declaration itself says that it was not."""
    since = Greatest("starts_on", Coalesce("person__started_on", "starts_on"))
    after_the_start = rows.filter(withdrawn_on__isnull=True, first_declared_on__gt=F("starts_on"))
    late: DeclarationQuerySet = after_the_start.filter(first_declared_on__gt=since)
    return late


def _in_time(in_all: int, late: int) -> str:
    if not in_all:
        return _("No official has declared this yet.")
    if not late:
        return _("Nothing was declared after it had begun.")
    return ngettext(
        "%(number)d was declared after it had begun.", "%(number)d were declared after they had begun.", late
    ) % {"number": late}


def _published(day: date) -> RecordedAnswer:
    """Ambtenarenwet 2017, art. 5(1)c: what waits for a decision or was forbidden and goes on, is not on the site."""
    address = reverse("designations:designations")
    number = Designation.objects.holding_on(day).filter(publishes_side_jobs=True).count()
    if not number:
        reason = _("No position has been designated of which the side jobs are made public.")
        return RecordedAnswer("side_jobs_published", "not_shown", reason, address, READERS_OF_DESIGNATIONS)
    told = ngettext(
        "%(number)d position has been designated; the side jobs in it are on the public site.",
        "%(number)d positions have been designated; the side jobs in them are on the public site.",
        number,
    ) % {"number": number}
    declared = Declaration.objects.filter(register=REGISTER, person__in=designated("publishes_side_jobs", day))
    numbers = declared.aggregate(**counted(day))
    if waiting := numbers["waiting"]:
        told += " " + ngettext("%(number)d waits for a decision.", "%(number)d wait for a decision.", waiting) % {
            "number": waiting
        }
    if forbidden := numbers["forbidden"]:
        told += " " + ngettext(
            "%(number)d was forbidden and has not stopped, and is not on the site.",
            "%(number)d were forbidden and have not stopped, and are not on the site.",
            forbidden,
        ) % {"number": forbidden}
    return RecordedAnswer(
        "side_jobs_published", "not_shown" if waiting or forbidden else "met", told, address, READERS_OF_DESIGNATIONS
    )
