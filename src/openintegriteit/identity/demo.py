"""The people of the example body: one account per role, without a password, to be chosen on the sign-in page."""

from collections.abc import Mapping
from types import MappingProxyType

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from openintegriteit.core.roles import Role, console_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.operations import record
from openintegriteit.identity.models import RoleGrant, User
from openintegriteit.organisations.models import Organisation, Person

DOMAIN = "voorbeeld.example"
NAMES: Mapping[Role, str] = MappingProxyType(
    {
        Role.COORDINATOR: "Noor van Swinderen",
        Role.STAFF: "Klaas Hoeksema",
        Role.MANAGER: "Saskia Blokzijl",
        Role.SECRETARY: "Ineke Haverkort",
        Role.CLERK: "Bram Oostwoud",
        Role.CHAIR: "Hester Wijnalda",
        Role.EXECUTIVE_MEMBER: "Karim Bouzidi",
        Role.ELECTED_MEMBER: "Anouk Dijkema",
        Role.ADVISER: "Odette Lamberts",
        Role.HANDLER: "Chidi Okafor",
        Role.INVESTIGATOR: "Niels Rademaekers",
        Role.AUTHORITY: "Lotte Verheijden",
        Role.HR: "Esra Demirtaş",
        Role.INTERNAL_AUDITOR: "Ruben Adriaanse",
        Role.AUDIT_COURT: "Hugo Steenhagen",
        Role.WORKS_COUNCIL: "Sander Bruinewoud",
        Role.FUNCTIONAL_ADMINISTRATOR: "Youssef Tahiri",
        Role.TECHNICAL_ADMINISTRATOR: "Mei Lin Cheung",
    }
)


@transaction.atomic
def demo_people(organisation: Organisation) -> list[User]:
    """Make one account per role of the body, in the order of the chooser; repeatable.

    Who stands in the list of people has the address of the list, so that it is known what is theirs.

    Raises PermissionDenied outside demo mode.
    """
    if not settings.DEMO_MODE:
        raise PermissionDenied
    actor = console_actor(organisation.pk)
    people = []
    with organisation_scope(organisation.pk):
        listed = {person.full_name: person.email for person in Person.objects.exclude(email="")}
        for role, name in NAMES.items():
            email = listed.get(name, f"{role.value}@{DOMAIN}")
            user = User.objects.filter(email=email).first() or User.objects.create_user(email, name=name)
            grant, is_new = RoleGrant.objects.get_or_create(
                organisation=organisation,
                user=user,
                role=role,
                ended_at=None,
                defaults={"confirmed_at": timezone.now()},
            )
            if is_new:
                record(actor=actor, action="role.granted", subject=grant, details={"role": role, "person": user.pk})
            people.append(user)
    return people


def demo_choices() -> list[RoleGrant]:
    """The roles in force of the body in scope that the chooser offers: accounts of the example, without a password."""
    grants = RoleGrant.objects.in_force().select_related("user").filter(user__email__endswith=f"@{DOMAIN}")
    order = {role.value: number for number, role in enumerate(NAMES)}
    return sorted(
        (grant for grant in grants if grant.user.is_active and not grant.user.has_usable_password()),
        key=lambda grant: (order[grant.role], grant.user.name),
    )
