"""Mails about one declaration, written with the change that they tell of: a link, no name and no subject."""

from collections.abc import Mapping

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor
from openintegriteit.identity.queries import accounts_holding, addresses_holding, clerks_here
from openintegriteit.messages.letters import write
from openintegriteit.organisations.models import Person
from openintegriteit.organisations.queries import body_in_scope, web_address
from openintegriteit.registers.declarations.models import Declaration, Regime, Remark
from openintegriteit.registers.declarations.permissions import POLICY, VIEW
from openintegriteit.registers.declarations.queries import declaration_address, deputies_of


def tell_declarant(actor: Actor, declaration: Declaration, template: str) -> None:
    """Write a mail with a link to the declaration; who left, or has no address, gets none."""
    person = declaration.person
    if _is_reached(person):
        _tell(actor, declaration, template, {person.email: person.full_name})


def tell_who_reads(actor: Actor, declaration: Declaration) -> None:
    """Tell whoever the declaration is a matter of that the declarant wrote something beside it.

    That is the manager or the clerk, and who asked something about it and may still read it.
    """
    if declaration.regime == Regime.OFFICE_HOLDERS:
        names = {user.email: user.name for user in clerks_here(body_in_scope())}
    else:
        manager = declaration.person.manager
        reached = [manager] if manager and _is_reached(manager) else []
        reached += [row.deputy for row in deputies_of([manager.pk], today())] if manager else []
        deciders = addresses_holding(POLICY.roles("decide"))  # nobody else can open the page
        names = {person.email: person.full_name for person in reached if person.email.lower() in deciders}
    asked = set(Remark.objects.filter(declaration=declaration, by_declarant=False).values_list("account", flat=True))
    readers = accounts_holding(POLICY.roles(VIEW[Regime(declaration.regime)]))
    told = {address.lower() for address in names}
    names |= {user.email: user.name for user in readers if str(user.pk) in asked and user.email.lower() not in told}
    names.pop(declaration.person.email, None)
    _tell(actor, declaration, "declarations/mail/answer.txt", names)


def _is_reached(person: Person) -> bool:
    return person.email != "" and not person.has_left_by(today())


def _tell(actor: Actor, declaration: Declaration, template: str, names: Mapping[str, str]) -> None:
    """Write a mail with a link to the declaration to each of these addresses; no name of who declared, no subject."""
    body = body_in_scope()
    address = web_address(body, declaration_address(declaration.pk))
    for recipient, name in names.items():
        write(actor, recipient, template, name=name, body=body.name, address=address)
