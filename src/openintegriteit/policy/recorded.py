"""What the records of regulations and policy plans show about duties of law."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from openintegriteit.core.contracts import RecordedAnswer
from openintegriteit.policy.models import Audience, PolicyPlan, Regulation, RegulationKind
from openintegriteit.policy.queries import plan_address, regulation_address, with_version_in_force

# Each duty to have a code, and for whom that code must hold.
CODES = {
    "code_of_officials": Audience.OFFICIALS,
    "code_of_representatives": Audience.REPRESENTATIVES,
    "code_of_executive": Audience.EXECUTIVE,
}


def recorded_answers(day: date) -> list[RecordedAnswer]:
    """Whether a code of conduct holds for each group, and whether there is an adopted policy plan (two queries)."""
    return [*_codes(day), _plan(day)]


def _codes(day: date) -> Iterator[RecordedAnswer]:
    """Gemeentewet 15(3), 41c(2) and 69(2), Provinciewet 15(3), 40c(2) and 68(2), Waterschapswet 33(3).

    A code for executive members holds for the chair of their board too; the Waterschapswet asks one for all of them.
    """
    answers = list(_codes_of_each(day))
    yield from answers
    parts = [found for found in answers if found.subject != "code_of_officials"]
    worst = next((found for found in parts if found.state != "met"), parts[0])
    reason = " ".join(dict.fromkeys(found.reason for found in parts))
    yield RecordedAnswer("code_of_all_office_holders", worst.state, reason, worst.address)


def _codes_of_each(day: date) -> Iterator[RecordedAnswer]:
    codes = list(with_version_in_force(Regulation.objects.filter(kind=RegulationKind.CODE_OF_CONDUCT), day))
    for subject, audience in CODES.items():
        meant = [code for code in codes if code.audience in (audience, Audience.EVERYBODY)]
        holding = next((code for code in meant if code.version_in_force_on and code.version_in_force_on <= day), None)
        if holding:
            since = date_format(holding.version_in_force_on, "DATE_FORMAT")
            reason = _("“%(title)s” has been in force since %(day)s.") % {"title": holding.title, "day": since}
            yield RecordedAnswer(subject, "met", reason, regulation_address(holding.pk))
        elif meant:
            reason = _("“%(title)s” is there, but no version with a day from which it is in force.")
            address = regulation_address(meant[0].pk)
            yield RecordedAnswer(subject, "not_shown", reason % {"title": meant[0].title}, address)
        else:
            reason = _("No code of conduct for this group has been recorded.")
            yield RecordedAnswer(subject, "not_shown", reason, reverse("policy:regulations"))


def _plan(day: date) -> RecordedAnswer:
    plan: PolicyPlan | None = PolicyPlan.objects.filter(adopted_on__lte=day).first()
    if plan is None or plan.adopted_on is None:
        reason = _("No adopted policy plan has been recorded.")
        return RecordedAnswer("policy_plan", "not_shown", reason, reverse("policy:plans"))
    adopted = date_format(plan.adopted_on, "DATE_FORMAT")
    reason = _("“%(title)s” was adopted on %(day)s. Whether it treats every subject, only people can see.")
    return RecordedAnswer("policy_plan", "met", reason % {"title": plan.title, "day": adopted}, plan_address(plan.pk))
