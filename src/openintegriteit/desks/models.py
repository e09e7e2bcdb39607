"""The secret address at which a calendar program reads the year calendar of one person."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager
from openintegriteit.identity.models import SecondFactorReset, User


class CalendarFeedQuerySet(TenantQuerySet):
    """Selections of secret addresses."""

    def in_force(self) -> "CalendarFeedQuerySet":
        """Addresses that were not ended, of people who may sign in.

        Whoever got a new second step since then perhaps lost the telephone that knows the address as well.
        """
        lost = SecondFactorReset.objects.filter(user=OuterRef("user"), done_at__gte=OuterRef("made_at"))
        return self.filter(~Exists(lost), ended_at__isnull=True, user__is_active=True)


class CalendarFeed(TenantModel):
    """A secret address of the year calendar, for one person in one body. Only the hash of the secret is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name=_("account"))
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = tenant_manager(CalendarFeedQuerySet)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=Q(ended_at__isnull=True), name="one_calendar_feed_a_person"
            )
        ]

    def __str__(self) -> str:
        return str(self.user)
