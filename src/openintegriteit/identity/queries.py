"""Reading about accounts, roles, invitations and visits."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor, Role
from openintegriteit.core.tenancy import organisation_in_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.models import (
    ClaimRole,
    Invitation,
    ProviderLink,
    RoleGrant,
    SecondFactorReset,
    Session,
    SetupCode,
    User,
)
from openintegriteit.identity.permissions import SECOND_GRANTERS
from openintegriteit.identity.providers import Provider
from openintegriteit.organisations.models import Organisation, OrganisationKind, Person
from openintegriteit.ui.listing import matching

WITH_CLERK = (OrganisationKind.MUNICIPALITY, OrganisationKind.PROVINCE)  # Gemeentewet 100, Provinciewet 97
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def actor_for(user: User, organisation_id: UUID) -> Actor:
    """The actor that a user is within the body in scope; without roles for somebody of another body (one query)."""
    rows = RoleGrant.objects.in_force().filter(user=user).values_list("role", _has_no_clerk(organisation_id))
    return Actor(str(user.pk), str(user), organisation_id, _roles(rows))


def _has_no_clerk(organisation_id: UUID) -> Case:
    """Whether nobody has the role of clerk here, and the law does not ask for one as it does of some bodies."""
    without = Organisation.objects.filter(pk=organisation_id).exclude(kind__in=WITH_CLERK)
    clerks = RoleGrant.objects.filter(role=Role.CLERK, ended_at__isnull=True)
    return Case(When(Exists(without) & ~Exists(clerks), then=Value(True)), default=Value(False))


def _roles(rows: Iterable[tuple[str, bool]]) -> frozenset[str]:
    """The roles that somebody has. In a body without a clerk the secretary does what a clerk does.

    Waterschapswet 55: the secretary assists the general board, and is present when it meets.
    """
    told = dict(rows)
    stands_in = any(told.values()) and Role.SECRETARY in told
    return frozenset(told) | (frozenset({Role.CLERK}) if stands_in else frozenset())


def actor_at_the_door(user: User, organisation_id: UUID, *, by_provider: bool) -> tuple[Actor, bool]:
    """The actor that a user is here, and whether the user has a second factor (one query, on every page).

    Roles that came from the sign-in service count only in a visit that began there (`by_provider`): whoever is closed
    out there cannot come in for them with a password. Without roles the second answer is False, whatever it is
    elsewhere.
    """
    own = Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS)
    grants = RoleGrant.objects.in_force().filter(user=user)
    counting = grants if by_provider else grants.filter(by_claim=False)
    rows = list(counting.values_list("role", _has_no_clerk(organisation_id), Exists(own)))
    roles = _roles((role, has_no_clerk) for role, has_no_clerk, _has_app in rows)
    return Actor(str(user.pk), str(user), organisation_id, roles), any(has_app for *_role, has_app in rows)


def has_app(user: User) -> bool:
    """Whether the user has an authenticator app (one query)."""
    has_one: bool = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    return has_one


def has_second_factor(user: User) -> bool:
    """Whether the user has an authenticator app or a passkey (one query)."""
    has_one: bool = Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists()
    return has_one


def user_of(actor: Actor) -> User | None:
    """The account behind an actor; None for the console (one query)."""
    try:
        return User.objects.filter(pk=UUID(actor.identifier)).first()
    except ValueError:
        return None


def address_of(actor: Actor) -> QuerySet[Any, Any]:
    """The mail address of the account behind an actor, in small letters: none or one, to compare with in another query.

    One value, not a list to look in: PostgreSQL works one value out beforehand and then finds it in an index. Within a
    list it would do so for each row, behind the rows' own check of the body (`lower` is not leakproof).
    """
    try:
        accounts = User.objects.filter(pk=UUID(actor.identifier))
    except ValueError:
        accounts = User.objects.none()
    return accounts.exclude(email="").values(address=Lower("email"))[:1]


def organisation_id(actor: Actor) -> UUID:
    """The body within which an actor acts. Raises ValueError for an actor of the installation."""
    if actor.organisation_id is None:
        raise ValueError("This actor belongs to no body.")
    return actor.organisation_id


# -- People and their roles -------------------------------------------------------------------------------------------


def people_here() -> QuerySet[User]:
    """Everybody who has or had a role in the body in scope, with the roles that have not ended in `open_grants`."""
    grants = RoleGrant.objects.filter(ended_at__isnull=True).order_by("role")
    return User.objects.filter(Exists(RoleGrant.objects.filter(user=OuterRef("pk")))).prefetch_related(
        Prefetch("role_grants", queryset=grants, to_attr="open_grants")
    )


def namesakes_of(user: User) -> list[User]:
    """Other accounts of the body in scope with the same name, by mail address (one query; none without a name).

    Nothing ties two accounts of one human being together.
    """
    return list(people_here().filter(name__iexact=user.name).exclude(pk=user.pk).order_by("email")) if user.name else []


def accounts_holding(roles: Collection[Role]) -> list[User]:
    """Everybody who holds one of the roles here and can sign in, by name (one query)."""
    held = RoleGrant.objects.in_force().filter(user=OuterRef("pk"), role__in=roles)
    return list(User.objects.filter(Exists(held), is_active=True).order_by("name", "pk"))


def clerks_here(organisation: Organisation) -> list[User]:
    """Who does the work of the clerk in the body in scope and can sign in: the secretary where the law asks no clerk
    and nobody has that role (two queries at most)."""
    clerks = accounts_holding([Role.CLERK])
    return clerks if clerks or organisation.kind in WITH_CLERK else accounts_holding([Role.SECRETARY])


def addresses_holding(roles: Collection[Role]) -> frozenset[str]:
    """The mail addresses, in small letters, of everybody who holds one of the roles here (one query)."""
    held = RoleGrant.objects.in_force().filter(role__in=roles, user__is_active=True)
    return frozenset(held.values_list(Lower("user__email"), flat=True))


def role_names(user: User) -> str:
    """The roles in `open_grants`, as one text for a file."""
    grants: list[RoleGrant] = user.open_grants  # type: ignore[attr-defined]  # put there by Prefetch
    return "; ".join(str(grant.get_role_display()) for grant in grants)


def narrowed_people(*, search: str = "", role: str = "") -> QuerySet[User]:
    """The people with an account here whose name or address holds each word, and who hold the role (two queries)."""
    people = matching(people_here(), search, ["name", "email"])
    if role:
        people = people.filter(Exists(RoleGrant.objects.filter(user=OuterRef("pk"), role=role, ended_at__isnull=True)))
    return people


def waiting_grants() -> list[RoleGrant]:
    """Sensitive roles of the body in scope that wait for a second granter (one query)."""
    return list(RoleGrant.objects.waiting().select_related("user", "granted_by").order_by("granted_at", "pk"))


def left_addresses() -> set[str]:
    """The mail addresses of people of the body in scope who have left and are not there in another way (two queries).

    Nobody's address is taken to have left because it is unknown: elected members and people from outside may have an
    account without being on the list of people.
    """
    known = Person.objects.exclude(email="").order_by()
    left = known.filter(ended_on__lt=today())
    still_there = known.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=today()))
    return set(left.values_list(Lower("email"), flat=True)) - set(still_there.values_list(Lower("email"), flat=True))


def ever_had_administrator() -> bool:
    """Whether somebody has or had the role of functional administrator in the body in scope (one query)."""
    had_one: bool = RoleGrant.objects.filter(role=Role.FUNCTIONAL_ADMINISTRATOR).exists()
    return had_one


def holders_of(*roles: Role) -> list[tuple[str, str]]:
    """Who holds each of the roles now in the body in scope: the name of the role and of the person (one query)."""
    grants = RoleGrant.objects.in_force().filter(role__in=roles, user__is_active=True).select_related("user")
    ordered = sorted(grants, key=lambda grant: (roles.index(Role(grant.role)), grant.user.name))
    return [(str(grant.get_role_display()), grant.user.name) for grant in ordered]


def waiting_resets() -> list[SecondFactorReset]:
    """Resets of second factors that wait for a second person (one query)."""
    return list(SecondFactorReset.objects.waiting().select_related("user", "asked_by"))


def waiting_reset_of(user: User) -> SecondFactorReset | None:
    """The reset of somebody's second factor that waits for a second person, if any (one query)."""
    found: SecondFactorReset | None = SecondFactorReset.objects.waiting().filter(user=user).first()
    return found


def paused_people() -> list[User]:
    """People whose roles here wait, because they set up a new second factor elsewhere (one query)."""
    return list(User.objects.filter(Exists(RoleGrant.objects.paused().filter(user=OuterRef("pk")))).order_by("name"))


def roles_are_paused(user: User) -> bool:
    """Whether roles of somebody here wait (one query)."""
    waits: bool = RoleGrant.objects.paused().filter(user=user).exists()
    return waits


def open_roles(user: User) -> frozenset[str]:
    """The roles of somebody here that have not ended, also those that wait (one query)."""
    return frozenset(RoleGrant.objects.filter(user=user, ended_at__isnull=True).values_list("role", flat=True))


def second_granters() -> list[User]:
    """Who can be a second person here, by mail address (one query)."""
    holders = RoleGrant.objects.in_force().filter(role__in=SECOND_GRANTERS, user__is_active=True)
    return sorted({holder.user for holder in holders.select_related("user")}, key=lambda person: person.email)


def grants_of(user: User) -> list[RoleGrant]:
    """All roles of somebody in the body in scope, those in force and waiting first, then the latest (one query)."""
    grants = RoleGrant.objects.filter(user=user).select_related("user", "granted_by", "confirmed_by")
    return sorted(grants, key=lambda grant: (grant.ended_at is not None, -grant.granted_at.timestamp()))


@dataclass(frozen=True, slots=True)
class RoleEvent:
    """Something that happened to a role, as the event log tells it."""

    at: datetime
    action: str
    role_name: str
    actor_label: str


def role_history(user: User, grants: list[RoleGrant]) -> list[RoleEvent]:
    """What happened to the roles and the second factor of somebody here, latest first (two queries).

    A role that came with an invitation was given by who invited, though the log names who accepted.
    """
    known: dict[str, RoleGrant | None] = {str(grant.pk): grant for grant in grants}
    resets = SecondFactorReset.objects.filter(user=user).values_list("pk", flat=True)
    known |= {str(reset): None for reset in resets}
    subjects = (RoleGrant._meta.label_lower, SecondFactorReset._meta.label_lower)
    entries = Entry.objects.filter(subject_type__in=subjects, subject_id__in=list(known))
    return [_role_event(entry, known[entry.subject_id]) for entry in entries.order_by("-number")[:100]]


def _role_event(entry: Entry, grant: RoleGrant | None) -> RoleEvent:
    if grant is None:
        return RoleEvent(entry.at, entry.action, "", entry.actor_label)
    granter = grant.granted_by if entry.action == "role.granted" else None
    return RoleEvent(entry.at, entry.action, grant.get_role_display(), str(granter or entry.actor_label))


def has_roles_here(email: str) -> bool:
    """Whether the account of an address has a role in the body in scope that has not ended."""
    held: bool = RoleGrant.objects.filter(user__email=email, ended_at__isnull=True).exists()
    return held


# -- The sign-in service ----------------------------------------------------------------------------------------------


def provider_of(organisation: Organisation) -> Provider | None:
    """The sign-in service of a body, if the technical administrator has set one up (no query)."""
    configured: tuple[Provider, ...] = settings.OIDC_PROVIDERS
    return next((provider for provider in configured if provider.host == organisation.host), None)


def is_linked(user: User) -> bool:
    """Whether somebody's account is tied to the sign-in service of the body in scope (one query)."""
    linked: bool = ProviderLink.objects.filter(user=user).exists()
    return linked


def mapped_roles() -> list[ClaimRole]:
    """Which group gives which role in the body in scope (one query)."""
    return list(ClaimRole.objects.all())


def roles_of_values(values: frozenset[str]) -> frozenset[str]:
    """The roles that these groups give in the body in scope (one query)."""
    return frozenset(ClaimRole.objects.filter(value__in=values).values_list("role", flat=True))


# -- Invitations ------------------------------------------------------------------------------------------------------


def unanswered_invitations() -> list[Invitation]:
    """Invitations of the body in scope that were neither accepted nor withdrawn, latest first (one query)."""
    return list(Invitation.objects.unanswered().select_related("invited_by"))


def open_invitation(token_hash: str) -> Invitation | None:
    """The invitation of a link of the body in scope, if the link works now (one query)."""
    found: Invitation | None = (
        Invitation.objects.open_at(timezone.now()).select_related("invited_by").filter(token_hash=token_hash).first()
    )
    return found


def account_exists(email: str) -> bool:
    """Whether an address has an account, at whatever body: only for the holder of a link mailed to that address."""
    return User.objects.filter(email=email).exists()


def is_known_here(user: User) -> bool:
    """Whether somebody has or had a role in the body in scope, or is invited to it (two queries at most)."""
    invited = Invitation.objects.open_at(timezone.now()).filter(email=user.email)
    return bool(RoleGrant.objects.filter(user=user).exists() or invited.exists())


# -- Visits -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Visit:
    """A browser in which somebody is signed in."""

    signed_in_at: datetime | None
    is_this_one: bool


def visits_of(user: User, session: SessionBase) -> list[Visit]:
    """Where somebody is signed in at the body in scope now, this browser first (one query)."""
    here = Session.objects.filter(user=user, body=organisation_in_scope())
    now = timezone.now()
    going_on = here.alias(last_used=Coalesce("used_at", "signed_in_at")).filter(
        expire_date__gt=now, last_used__gte=now - settings.SESSION_REST
    )
    rows = going_on.order_by("-signed_in_at")
    visits = [Visit(row.signed_in_at, row.session_key == session.session_key) for row in rows]
    return sorted(visits, key=lambda visit: not visit.is_this_one)


# -- House style ------------------------------------------------------------------------------------------------------


def style_address(organisation: Organisation) -> str:
    """Where the body's style sheet stands; the address changes with the colour, so caches never show an old one."""
    return f"/huisstijl.css?v={organisation.primary_colour.removeprefix('#')}"


# -- An empty installation --------------------------------------------------------------------------------------------


def installation_is_empty() -> bool:
    """Whether there is no body yet."""
    return not Organisation.objects.exists()


def setup_code_works(code_hash: str) -> bool:
    """Whether a set-up code is known and unused."""
    return SetupCode.objects.filter(code_hash=code_hash, used_at__isnull=True).exists()
