"""What happened, for ever: one chain of entries per public body, and one for the installation itself.

An entry holds plain ids and labels and no foreign keys: it outlives what it tells about. The database refuses to
change or remove an entry (triggers in the migration), each entry carries the hash of the one before it, and numbers
run without gaps, so a changed, removed or cut-off entry shows.
"""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.tenancy import tenant_manager


class Chain(models.Model):
    """The end of one chain: the row that an addition locks. `key` is the body's id, or "installation"."""

    key = models.CharField(max_length=40, primary_key=True)
    length = models.PositiveBigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default="0" * 64)
    # What the last check of the whole chain found: up to which entry it holds, and the first that does not.
    verified_at = models.DateTimeField(null=True)
    verified_entries = models.PositiveBigIntegerField(default=0)
    verified_first_bad = models.PositiveBigIntegerField(null=True)
    checkpointed_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.key

    @property
    def added_since(self) -> int:
        """How many entries came after the last check."""
        return self.length - self.verified_entries


class Entry(models.Model):
    """One event: who did what to which record, and when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chain = models.CharField(max_length=40)
    organisation_id = models.UUIDField(null=True)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_id = models.CharField(max_length=64)
    actor_label = models.CharField(max_length=200)
    action = models.CharField(_("action"), max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=64)
    subject_label = models.CharField(max_length=300)
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects: ClassVar[Any] = tenant_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="event_log_number_once")]
        # One for each way in which the auditor reads the log, newest first: a page costs the same however long it is.
        indexes = [
            models.Index(fields=["organisation_id", "subject_id", "subject_type", "at"], name="event_log_record"),
            models.Index(fields=["organisation_id", "at"], name="event_log_time"),
            models.Index(fields=["organisation_id", "action", "at"], name="event_log_action"),
            models.Index(fields=["organisation_id", "actor_label", "at"], name="event_log_actor"),
            models.Index(fields=["organisation_id", "subject_type", "at"], name="event_log_kind"),
        ]
        ordering = ["chain", "number"]

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.subject_label}"
