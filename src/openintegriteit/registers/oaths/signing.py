"""Signing the integrity statement oneself: by a link in a mail without an account, or with an account.

The row of who signed by a link has the key of the link, so that coming back finds it. Whoever got a mail moments ago is
passed over: sending the same form twice mails once. An oath or affirmation is never signed so: it is taken before
somebody.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from openintegriteit.campaigns.queries import own_people
from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of
from openintegriteit.event_log.operations import record
from openintegriteit.messages.letters import write_many
from openintegriteit.messages.links import LinkSpent, end_links, make_links, use_up
from openintegriteit.messages.models import OneTimeLink
from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.organisations.queries import web_address
from openintegriteit.registers.oaths.models import ForWhom, How, Oath, OathForm, OathText
from openintegriteit.registers.oaths.permissions import POLICY
from openintegriteit.registers.oaths.queries import STATEMENT_LINK, current_text, owing

WORKS_FOR = timedelta(days=30)
MOMENTS = timedelta(minutes=2)


class NoText(Exception):
    """The body has no words for the statement yet."""


@transaction.atomic
def send_links(*, actor: Actor, people: Iterable[UUID], now: datetime) -> int:
    """Mail a link to those of these people who owe the statement; returns how many. Raises NoText.

    Whoever has no mail address, signed meanwhile, or got a link moments ago is passed over.
    """
    POLICY.require(actor, "send")
    if current_text(ForWhom.NOT_EMPLOYED, today()) is None:
        raise NoText
    held = list(Person.objects.select_for_update().filter(pk__in=list(people)).order_by("pk").values_list("pk"))
    just_now = OneTimeLink.objects.open_at(now).filter(purpose=STATEMENT_LINK, created_at__gt=now - MOMENTS)
    rows = owing([ForWhom.NOT_EMPLOYED], today()).filter(pk__in=[key for (key,) in held]).exclude(email="")
    chosen = list(rows.exclude(pk__in=just_now.values("person")).order_by("pk"))
    secrets = make_links(actor=actor, people=chosen, purpose=STATEMENT_LINK, valid_for=WORKS_FOR)
    body = Organisation.objects.get(pk=body_of(actor))
    write_many(
        actor,
        "oaths/mail/statement.txt",
        (
            (
                person.email,
                {
                    "body": body,
                    "person": person,
                    "address": web_address(body, reverse("sign_statement", args=[secrets[person.pk]])),
                    "works_until": today() + WORKS_FOR,
                },
            )
            for person in chosen
        ),
    )
    for person in chosen:
        record(actor=actor, action="oath.asked", subject=person, label=person.full_name)
    return len(chosen)


def signed_by(link: OneTimeLink) -> Oath | None:
    """What the person of the link signed with it; None: nothing, or it was withdrawn since."""
    found: Oath | None = Oath.objects.standing().select_related("text").filter(pk=link.pk).first()
    return found


@transaction.atomic
def sign_by_link(*, link: OneTimeLink, text: OathText) -> Oath:
    """Record that the person of the link signed these words today.

    Raises LinkSpent for a link that ended, and for who does not owe the statement (any more).
    """
    actor = use_up(link)
    if not owing([ForWhom.NOT_EMPLOYED], today()).filter(pk=link.person_id).exists():
        raise LinkSpent
    return _signed(actor, "oath.signed", link.person, text, How.LINK, pk=link.pk)


@transaction.atomic
def sign_with_account(*, actor: Actor, text: OathText, second_factor: bool) -> list[Oath]:
    """Record that who is signed in signed these words today, for each of their rows that owes the statement.

    A mailed link ends. Signing twice signs once: who owes nothing (any more) gets an empty list. Raises
    PermissionDenied in a visit without a second factor.
    """
    POLICY.require(actor, "read_own")
    if not second_factor:
        raise PermissionDenied
    own = [person.pk for person in own_people(actor)]
    list(Person.objects.select_for_update().filter(pk__in=own).order_by("pk").values_list("pk"))  # one at a time
    people = list(owing([ForWhom.NOT_EMPLOYED], today()).filter(pk__in=own))
    made = [_signed(actor, "oath.signed_with_account", person, text, How.ACCOUNT) for person in people]
    end_links(person_ids=[person.pk for person in people], purpose=STATEMENT_LINK)
    return made


def _signed(actor: Actor, action: str, person: Person, text: OathText, how: How, **key: UUID) -> Oath:
    made: Oath = Oath.objects.create(
        organisation_id=body_of(actor),
        person=person,
        for_whom=ForWhom.NOT_EMPLOYED,
        form=OathForm.STATEMENT,
        taken_on=today(),
        how=how,
        text=text,
        recorded_by=actor.label,
        **key,
    )
    record(actor=actor, action=action, subject=made)
    return made
