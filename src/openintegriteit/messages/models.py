"""Mail that leaves the house: written in the transaction that causes it, sent by the worker."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager
from openintegriteit.organisations.models import Person


class Message(TenantModel):
    """One mail to one address. It stays here until it is sent, so that nothing is lost when mail does not go out."""

    recipient = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at"]
        indexes = [models.Index(fields=["next_attempt_at"], condition=Q(sent_at__isnull=True), name="message_to_send")]

    def __str__(self) -> str:
        return self.subject


class OneTimeLinkQuerySet(TenantQuerySet):
    """Selections of links."""

    def open_at(self, moment: datetime) -> "OneTimeLinkQuerySet":
        """Links that can still be answered at the moment."""
        return self.filter(used_at__isnull=True, expires_at__gt=moment)


class OneTimeLink(TenantModel):
    """A mailed link with which a person without an account answers one question, once. Only the link's hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=60)  # what it opens, in the words of the app that asks: "measures"
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = tenant_manager(OneTimeLinkQuerySet)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["organisation", "purpose", "person"], name="one_time_link_by_person")]

    def __str__(self) -> str:
        return self.purpose

    def is_open(self) -> bool:
        """Whether the link can still be answered."""
        return self.used_at is None and self.expires_at > timezone.now()
