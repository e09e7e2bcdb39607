"""What the register shows about duties of law."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.core.contracts import RecordedAnswer
from openintegriteit.organisations.models import Person, PersonKind
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.screening.law import LAW
from openintegriteit.registers.screening.models import ScreeningKind
from openintegriteit.registers.screening.queries import described, lacks_of
from openintegriteit.registers.screening.rules import Demand

SUBJECT = "certificates_of_executive_members"


def recorded_answers(day: date) -> list[RecordedAnswer]:
    """Whether executive members had a certificate of conduct that was new enough (two queries; one if there are none).

    Gemeentewet 36a(2), Provinciewet 35b(2), Waterschapswet 41(1): all three ask the same since the same day.
    """
    demand = duty_of_executive_members()
    members = described(Person.objects.present_on(day).filter(kind=PersonKind.EXECUTIVE_MEMBER), day)
    asked = [
        member
        for member in members
        if demand.asks(member.kind, at_risk=member.at_risk, appointed_on=member.appointed_on)
    ]
    missing = sum(1 for member in asked if lacks_of(member, [demand], day))
    if not members:
        reason = _("Nobody of this kind stands in the list of people.")
    elif not asked:
        reason = _("Nobody was appointed since the law asks this.")
    elif missing:
        reason = _("Of %(missing)d of %(in_all)d the register holds no certificate that was new enough.") % {
            "missing": missing,
            "in_all": len(asked),
        }
    else:
        reason = ngettext(
            "The %(number)d person concerned had a certificate that was new enough.",
            "All %(number)d people concerned had a certificate that was new enough.",
            len(asked),
        ) % {"number": len(asked)}
    met = bool(members) and not missing
    readers = POLICY.roles("view_office_holders")
    return [RecordedAnswer(SUBJECT, "met" if met else "not_shown", reason, reverse("screening:owing"), readers)]


def duty_of_executive_members() -> Demand:
    """What the law asks of executive members, the same in each kind of body (a test holds the three together)."""
    return next(
        demand
        for demands in LAW.values()
        for demand in demands
        if demand.kind == ScreeningKind.CERTIFICATE_OF_CONDUCT and demand.person_kind == PersonKind.EXECUTIVE_MEMBER
    )
