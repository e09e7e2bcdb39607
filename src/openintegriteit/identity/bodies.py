"""One more body in an installation: made from the console, with an invitation for its first administrator."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from openintegriteit.core.roles import Role, console_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.operations import record
from openintegriteit.identity.invitations import invite, withdraw
from openintegriteit.identity.models import Invitation
from openintegriteit.identity.queries import ever_had_administrator
from openintegriteit.identity.refusal import Refused
from openintegriteit.organisations.models import Organisation
from openintegriteit.organisations.queries import web_address


@transaction.atomic
def add_body(*, name: str, kind: str, host: str | None, email: str, person: str) -> Organisation:
    """Make a body and invite its first functional administrator by mail: all of it or nothing.

    For a body that is there already with the same name, kind and host, and that nobody administers yet, the earlier
    invitation stops working and a new one is sent. Raises Refused when a body would not be found by its host name, and
    when the name or the host belongs to another body.
    """
    body = _same_body(name, kind, host) or _new_body(name, kind, host)
    actor = console_actor(body.pk)
    with organisation_scope(body.pk):
        if ever_had_administrator():
            raise Refused(_("This organisation has a functional administrator already, who invites the others."))
        for invitation in Invitation.objects.unanswered():
            withdraw(actor=actor, invitation=invitation)
        invite(
            actor=actor,
            email=email,
            name=person,
            roles=[Role.FUNCTIONAL_ADMINISTRATOR],
            address_of=lambda token: web_address(body, reverse("invitation", args=[token])),
        )
    return body


def _same_body(name: str, kind: str, host: str | None) -> Organisation | None:
    return Organisation.objects.select_for_update().filter(name=name, kind=kind, host=host).first()


def _new_body(name: str, kind: str, host: str | None) -> Organisation:
    """The body, once every body can be told by its host name. Logged in its own chain."""
    others = list(Organisation.objects.select_for_update().order_by("name"))
    if others and not host:
        raise Refused(_("A second organisation needs a web address of its own."))
    nameless = [other.name for other in others if not other.host]
    if nameless:
        raise Refused(_("First give %(body)s a web address of its own.") % {"body": nameless[0]})
    if any(other.name.casefold() == name.casefold() for other in others):
        raise Refused(_("There is an organisation with this name already."))
    try:
        with transaction.atomic():
            body: Organisation = Organisation.objects.create(name=name, kind=kind, host=host)
    except IntegrityError:
        raise Refused(_("This web address belongs to another organisation.")) from None
    with organisation_scope(body.pk):
        record(actor=console_actor(body.pk), action="organisation.set_up", subject=body)
    return body
