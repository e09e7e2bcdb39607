"""Mail that leaves the house: written in the transaction that causes it, sent by the worker."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.tenancy import TenantModel


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
