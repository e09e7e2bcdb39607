"""Reading regulations: what holds for oneself, what one is asked to read, and the text that a campaign shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from openintegriteit.campaigns.models import Campaign, Invitee
from openintegriteit.campaigns.queries import Reading, asked_of, own_people
from openintegriteit.core.roles import Actor
from openintegriteit.organisations.models import Person, PersonKind
from openintegriteit.policy.models import Audience, Regulation, RegulationVersion
from openintegriteit.policy.queries import version_address, with_version_in_force

KIND = RegulationVersion._meta.label_lower
# Whom a regulation for this audience holds for. Everybody, and no audience, is for all.
KINDS_OF_AUDIENCE: Mapping[str, tuple[PersonKind, ...]] = {
    Audience.OFFICIALS: (
        PersonKind.OFFICIAL,
        PersonKind.INTERN,
        PersonKind.HIRED,
        PersonKind.HOLIDAY_WORKER,
        PersonKind.ON_CALL,
        PersonKind.EXTERNAL,
    ),
    Audience.EXECUTIVE: (PersonKind.CHAIR, PersonKind.EXECUTIVE_MEMBER),
    Audience.REPRESENTATIVES: (PersonKind.ELECTED_MEMBER,),
}


@dataclass(frozen=True, slots=True)
class MyRules:
    """What holds for somebody with an account, and what that person is asked to read.

    `is_known`: the account's mail address stands on the list of people; otherwise everything in force is shown.
    """

    asked: tuple[Invitee, ...]
    rules: tuple[Regulation, ...]
    is_known: bool


def my_rules(actor: Actor, day: date) -> MyRules:
    """The regulations in force that hold for the actor, by title, and what is asked of the actor (three queries)."""
    people = own_people(actor)
    asked = tuple(_regulations_among(asked_of(people)))
    in_force = with_version_in_force(Regulation.objects.all(), day).filter(version_key__isnull=False)
    rules = in_force.filter(_for_kinds(people)) if people else in_force
    return MyRules(asked, tuple(rules.order_by("title")), is_known=bool(people))


def _regulations_among(invitees: list[Invitee]) -> list[Invitee]:
    return [invitee for invitee in invitees if invitee.campaign.subject_kind == KIND]


def _for_kinds(people: Iterable[Person]) -> Q:
    kinds = {person.kind for person in people}
    own = [audience for audience, held in KINDS_OF_AUDIENCE.items() if not kinds.isdisjoint(held)]
    return Q(audience__in=["", Audience.EVERYBODY, *own])


def asked_to_read(actor: Actor, version: RegulationVersion) -> list[Invitee]:
    """Where the actor is or was asked to read the version, also what has been answered (two queries)."""
    rows = Invitee.objects.filter(
        person__in=own_people(actor), campaign__subject_kind=KIND, campaign__subject_key=version.pk
    )
    return list(rows.select_related("campaign", "person"))


def is_readable(version: RegulationVersion, asked: list[Invitee], day: date) -> bool:
    """Whether somebody may read a version: it holds or held, or one was asked to (no query)."""
    return version.in_force_on is None or version.in_force_on <= day or bool(asked)


def subject_of(version: RegulationVersion) -> dict[str, Any]:
    """How a campaign knows a version."""
    return {
        "subject_kind": KIND,
        "subject_key": version.pk,
        "subject_label": _("%(regulation)s, version %(label)s")
        % {"regulation": version.regulation.title, "label": version.label},
        "subject_address": version_address(version.pk),
    }


def kinds_for(regulation: Regulation) -> list[str]:
    """The kinds of people that a campaign about a regulation offers first; empty: everybody."""
    return [str(kind) for kind in KINDS_OF_AUDIENCE.get(regulation.audience, ())]


def reading_of(campaign: Campaign) -> Reading:
    """What somebody reads in a campaign (one query); its label alone, when the version is there no more."""
    return reading_of_version(campaign.subject_key) or Reading(campaign.subject_label, "", "", "")


def reading_of_version(identifier: UUID) -> Reading | None:
    """The text of a version to read (one query)."""
    found = RegulationVersion.objects.select_related("regulation").filter(pk=identifier).first()
    return Reading(found.regulation.title, found.popular_text, found.text, found.web_address) if found else None
