"""Whom the law prohibits acts, what they declared and still goes on, and for what an exemption runs."""

from datetime import date
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from openintegriteit.organisations.models import OFFICE_HOLDERS, HeldAs, Person, PersonKind, PersonQuerySet
from openintegriteit.organisations.queries import holding_as
from openintegriteit.registers.abstentions.law import law_of
from openintegriteit.registers.abstentions.models import Exemption, ExemptionQuerySet
from openintegriteit.registers.declarations.models import Declaration, Regime, not_over_on
from openintegriteit.registers.declarations.registers import REGISTERS
from openintegriteit.registers.designations.queries import designated
from openintegriteit.registers.prohibited_acts.models import ProhibitedAct
from openintegriteit.registers.prohibited_acts.operations import REGISTER

RULES = REGISTERS[REGISTER].regimes
DUTY = RULES[Regime.OFFICIALS].designated_for


def bound(organisation_kind: str, day: date) -> PersonQuerySet:
    """Whom the list of the law concerns on a day in a kind of body: its office holders, its secretary and its clerk.

    Who acts for the chair is one of them already: as the chair, as an executive member or as an elected one.
    """
    holders, officials = (RULES[regime].articles for regime in (Regime.OFFICE_HOLDERS, Regime.OFFICIALS))
    which = Q(kind__in=holders.get(organisation_kind, {}))
    if organisation_kind in officials:
        which |= Q(pk__in=designated(DUTY, day)) & ~Q(kind__in=OFFICE_HOLDERS)
    rows: PersonQuerySet = Person.objects.present_on(day).filter(which)
    return rows


def going_on(organisation_kind: str, day: date) -> QuerySet[ProhibitedAct]:
    """What the people whom the list concerns declared and is not over (no query)."""
    declared = Declaration.objects.filter(not_over_on(day), register=REGISTER, person__in=bound(organisation_kind, day))
    rows: QuerySet[ProhibitedAct] = ProhibitedAct.objects.filter(declaration__in=declared)
    return rows.select_related("declaration__person")


def without_exemption(organisation_kind: str, day: date) -> QuerySet[ProhibitedAct]:
    """Of these the ones for which no exemption runs for the same person and act (no query).

    Gemeentewet 15(2), Provinciewet 15(2), Waterschapswet 33(2). Who stands in for a mayor needs one for that office
    too, which somebody else grants: Gemeentewet 80 with 69(1). Whether it was granted for this very contract, people
    judge.
    """
    running = _running(day).filter(person=OuterRef("declaration__person"), act=OuterRef("act"))
    missing, law = Q(~Exists(running)), law_of(organisation_kind)
    of_chair, of_own_office = law.stands_in, law.exemptions.get(PersonKind.EXECUTIVE_MEMBER)
    if of_chair and of_own_office and of_chair.granted_by != of_own_office.granted_by:
        for_chair = Q(granted_by=of_chair.granted_by)
        one_of_two = ~Exists(running.filter(for_chair)) | ~Exists(running.exclude(for_chair))
        missing |= Q(holding_as([HeldAs.STANDS_IN], day, "declaration__person__")) & one_of_two
    return going_on(organisation_kind, day).filter(missing)


def exemption_for(act: ProhibitedAct, day: date) -> Exemption | None:
    """The newest exemption of the same person and act that runs on the day (one query)."""
    rows = _running(day).filter(person=act.declaration.person_id, act=act.act)
    found: Exemption | None = rows.order_by("-granted_on", "pk").first()
    return found


def _running(day: date) -> ExemptionQuerySet:
    rows: ExemptionQuerySet = Exemption.objects.not_over_on(day).filter(granted_on__lte=day)
    return rows


def new_exemption_address(act: ProhibitedAct) -> str:
    """The form in which an exemption for an act is recorded, with for whom and from what; no name stands in it."""
    known = {"persoon": str(act.declaration.person_id), "handeling": act.act}
    return f"{reverse('abstentions:new_exemption')}?{urlencode(known)}"


def list_address() -> str:
    """The list of what was declared."""
    return reverse("prohibited_acts:acts")
