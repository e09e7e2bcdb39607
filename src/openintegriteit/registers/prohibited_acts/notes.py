"""What stands on the page of a declared act about the law: that an exemption runs, or that none does."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from openintegriteit.campaigns.queries import own_people
from openintegriteit.core.access import ActorRequest
from openintegriteit.core.clock import today
from openintegriteit.registers.abstentions.permissions import POLICY, kinds_to
from openintegriteit.registers.abstentions.queries import exemption_address, may_record
from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.registers.declarations.words import Note
from openintegriteit.registers.prohibited_acts.law import may_be_exempted, places_of
from openintegriteit.registers.prohibited_acts.queries import (
    exemption_for,
    going_on,
    new_exemption_address,
    without_exemption,
)


def notes_of(request: ActorRequest, declaration: Declaration) -> list[Note]:
    """What the law says about the act (one query; one to five more); nothing of what is over or concerns nobody."""
    kind, actor = request.organisation.kind, request.actor
    act = going_on(kind, today()).filter(declaration=declaration).first()
    if act is None:
        return []
    person = act.declaration.person
    place = places_of(kind, person.kind).get(act.act, "")
    if not may_be_exempted(act.act):
        text = _(
            "Does this fall under the list of the law (%(place)s)? Then it stops: record the last day. Does it not? "
            "Then the declaration is withdrawn, with the reason."
        )
        return [Note("warning", _("Nobody can grant an exemption for this"), text % {"place": place})]
    found = exemption_for(act, today())
    if found is None:
        text = _(
            "Does this fall under the list of the law (%(place)s)? Then an exemption is needed. Have it recorded, or "
            "record the last day. Does it not? Then the declaration is withdrawn, with the reason."
        )
        keeps = may_record(actor, person)
        link, address = (_("Record an exemption"), new_exemption_address(act)) if keeps else ("", "")
        return [Note("warning", _("No exemption runs for this"), text % {"place": place}, link, address)]
    if without_exemption(kind, today()).filter(pk=act.pk).exists():
        text = _("Who stands in for the mayor needs one for the own office and one for that of the mayor.")
        link, address = (
            (_("Record an exemption"), new_exemption_address(act)) if may_record(actor, person) else ("", "")
        )
        return [Note("warning", _("One of the two exemptions does not run"), text, link, address)]
    reads = POLICY.allows(actor, "view_exemptions") and person.kind in kinds_to("view", actor)
    if not reads and person not in own_people(actor):
        told_elsewhere = _("What it is about, tells who keeps the exemptions.")
        return [Note("info", _("An exemption runs for this person and this act"), told_elsewhere)]
    told = {"about": found.about, "day": date_format(found.holds_until, "DATE_FORMAT") if found.holds_until else ""}
    text = _("It is about: %(about)s. It holds until %(day)s.") if found.holds_until else _("It is about: %(about)s.")
    return [
        Note(
            "info",
            _("An exemption runs for this person and this act"),
            text % told,
            _("View") if reads else "",
            exemption_address(found.pk) if reads else "",
        )
    ]
