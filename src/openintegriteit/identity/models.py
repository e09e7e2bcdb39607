"""Accounts, roles per body, lost second factors, invitations, visits, and the code that starts an installation."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager
from openintegriteit.identity.rules import NOT_FROM_CLAIMS

if TYPE_CHECKING:
    from openintegriteit.identity.sessions import SessionStore


class UserManager(BaseUserManager["User"]):
    """Finds accounts by mail address, whatever its capitals."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account; without a password nobody can sign in with one."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account with this mail address."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A person with an account: one for all bodies that the person works for. Rights come from role grants only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    # Since when only the key is left, because somebody's record still points at it (`removal.py`).
    emptied_at = models.DateTimeField(null=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    is_staff = False  # there is no administration site, and nobody stands above the permission policies
    is_superuser = False

    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="email_once_whatever_capitals"),
            models.CheckConstraint(
                condition=Q(emptied_at__isnull=True)
                | Q(name="", is_active=False, email__endswith="@vertrokken.invalid"),
                name="emptied_account_is_nobodys",
            ),
        ]

    def __str__(self) -> str:
        return gettext("former user") if self.emptied_at else self.name or self.email


class RoleGrantQuerySet(TenantQuerySet):
    """Selections of role grants."""

    def in_force(self) -> "RoleGrantQuerySet":
        """Grants that give rights now: confirmed, not paused and not ended."""
        return self.filter(confirmed_at__isnull=False, paused_at__isnull=True, ended_at__isnull=True)

    def paused(self) -> "RoleGrantQuerySet":
        """Grants that wait until this body knows again whose account it is."""
        return self.filter(paused_at__isnull=False, ended_at__isnull=True)

    def waiting(self) -> "RoleGrantQuerySet":
        """Grants of sensitive roles that wait for a second granter."""
        return self.filter(confirmed_at__isnull=True, ended_at__isnull=True)


class RoleGrant(TenantModel):
    """A role that somebody holds in a body. Sensitive roles (`SECOND_GRANTER`) count once a second person confirms."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(_("role"), max_length=30, choices=Role)
    # Given by the body's sign-in service: counts only in visits that began there.
    by_claim = models.BooleanField(default=False)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    # Since when the rights wait, because the person set up a new second factor that this body did not arrange.
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = tenant_manager(RoleGrantQuerySet)

    class Meta:
        ordering = ["user__name", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user", "role"], condition=Q(ended_at__isnull=True), name="role_held_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("granted_by")),
                name="second_granter_is_another",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("user")), name="nobody_confirms_own_role"
            ),
            models.CheckConstraint(
                condition=Q(by_claim=False) | ~Q(role__in=NOT_FROM_CLAIMS), name="no_sensitive_role_by_claim"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class SecondFactorResetQuerySet(TenantQuerySet):
    """Selections of resets of second factors."""

    def waiting(self) -> "SecondFactorResetQuerySet":
        """Resets that wait for a second person."""
        return self.filter(done_at__isnull=True, withdrawn_at__isnull=True)


class SecondFactorReset(TenantModel):
    """Somebody lost the second factor and sets up a new one; for who holds a sensitive role a second person agrees."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = tenant_manager(SecondFactorResetQuerySet)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(done_at__isnull=True, withdrawn_at__isnull=True),
                name="reset_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=True) | ~Q(asked_by=F("user")), name="nobody_resets_oneself"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | ~Q(confirmed_by=F("user")) & (Q(asked_by__isnull=True) | ~Q(confirmed_by=F("asked_by"))),
                name="reset_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class ProviderRules(TenantModel, VersionedModel):
    """What the body makes of what its sign-in service says about people (OpenID Connect)."""

    claim = models.CharField(_("claim with groups or roles"), max_length=100, default="groups")
    second_factor = models.CharField(_("values that count as a second factor"), max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="provider_rules_once")]

    def __str__(self) -> str:
        return self.claim


class ClaimRole(TenantModel):
    """Who has this group or role at the sign-in service gets this role here, until the service says so no more."""

    value = models.CharField(_("group or role at the sign-in service"), max_length=200)
    role = models.CharField(_("role"), max_length=30, choices=Role)

    class Meta:
        ordering = ["value", "role"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "value", "role"], name="claim_gives_role_once"),
            models.CheckConstraint(condition=~Q(role__in=NOT_FROM_CLAIMS), name="no_sensitive_role_from_claims"),
        ]

    def __str__(self) -> str:
        return f"{self.value}: {self.get_role_display()}"


class ProviderLink(TenantModel):
    """Who somebody is at the body's sign-in service: by the name that never changes there, not by mail address."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "issuer", "subject"], name="one_account_a_subject"),
            models.UniqueConstraint(fields=["organisation", "issuer", "user"], name="one_subject_an_account"),
        ]

    def __str__(self) -> str:
        return str(self.user)


class InvitationQuerySet(TenantQuerySet):
    """Selections of invitations."""

    def unanswered(self) -> "InvitationQuerySet":
        """Neither accepted nor withdrawn; perhaps expired."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def open_at(self, moment: datetime) -> "InvitationQuerySet":
        """Invitations whose link works at the moment."""
        return self.unanswered().filter(expires_at__gt=moment)


class Invitation(TenantModel):
    """A mailed one-time link with which somebody makes an account or joins a body. Only the link's hash is kept."""

    email = models.EmailField(_("email address"))
    name = models.CharField(_("name"), max_length=200)
    roles = models.JSONField(_("roles"), default=list)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = tenant_manager(InvitationQuerySet)

    class Meta:
        ordering = ["-invited_at"]

    def __str__(self) -> str:
        return self.email

    @property
    def role_names(self) -> list[str]:
        """What people call the roles."""
        return [str(Role(role).label) for role in self.roles]

    @property
    def has_expired(self) -> bool:
        """Whether the link has stopped working because of its age."""
        return self.expires_at <= timezone.now()


class Session(AbstractBaseSession):
    """A visit from one browser to one body; whose it is and since when (`sessions.py`).

    The body keeps what one body accepted as a sign-in from counting at another. It is no tenant row: whoever lost the
    second factor is signed out everywhere.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    body = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, null=True, related_name="+")
    signed_in_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)  # to the minute

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        """The store that reads and writes these rows."""
        from openintegriteit.identity.sessions import SessionStore  # the store needs this model

        return SessionStore


class SetupCode(models.Model):
    """The one-time code that the console prints on an empty installation. Only its hash is kept."""

    code_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.created_at}"
