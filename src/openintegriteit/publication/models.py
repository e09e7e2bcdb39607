"""What stands on the public site, what stood there before, and how a body wants it.

A line that was removed stays as an empty marker: its identifier, without a word about anybody.
"""

from datetime import date
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.searching import SearchTextField
from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager
from openintegriteit.organisations.models import Person

LONGEST_SHOWN_MONTHS = 120


class Licence(models.TextChoices):
    """Under which terms others may use the open data."""

    CC0 = "cc0", _("CC0: free, without conditions")
    CC_BY = "cc_by", _("CC BY: free, naming the source")


class Publication(TenantModel, VersionedModel):
    """How a body publishes: one row per body, made when it is first needed."""

    shown_for_months = models.PositiveSmallIntegerField(
        _("months that a line stays after it ended"), default=3, validators=[MaxValueValidator(LONGEST_SHOWN_MONTHS)]
    )
    laid_open_at = models.CharField(_("where the registers lie for everybody to read"), max_length=300, blank=True)
    contact = models.EmailField(_("mail address for questions about the registers"), blank=True)
    licence = models.CharField(_("terms of the open data"), max_length=10, choices=Licence, default=Licence.CC0)
    tooi = models.URLField(_("identifier of the organisation in TOOI"), max_length=200, blank=True)
    built_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="publication_once")]

    def __str__(self) -> str:
        return str(_("The public site"))


class EntryQuerySet(TenantQuerySet):
    """Selections of lines."""

    def standing(self) -> "EntryQuerySet":
        """The lines that are public, those that are taken down for a while among them."""
        return self.filter(removed_on__isnull=True)


class Entry(TenantModel):
    """One line of a public register; its key is that of the record behind it."""

    register = models.CharField(_("register"), max_length=60)
    person = models.UUIDField(null=True)
    title = models.CharField(_("line"), max_length=500, blank=True)
    content = models.JSONField(default=dict)  # the values as open data has them; empty once removed
    added_on = models.DateField(_("public since"))
    changed_on = models.DateField(_("changed on"), null=True)
    removed_on = models.DateField(_("removed on"), null=True)
    search_text = SearchTextField(sources=["title"])

    objects: ClassVar[Any] = tenant_manager(EntryQuerySet)

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True) | Q(content={}, title="", person__isnull=True),
                name="removed_entry_is_empty",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "register", "title", "id"], name="public_entry_by_title")]

    def __str__(self) -> str:
        return self.title


class ChangeKind(models.TextChoices):
    """What happened to a line."""

    ADDED = "added", _("added")
    CHANGED = "changed", _("changed")
    REMOVED = "removed", _("removed")


class EntryChange(TenantModel):
    """That a line was added, changed or removed, and what it said from then on. Emptied when the line is removed."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=ChangeKind)
    day = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    content = models.JSONField(default=dict)

    class Meta:
        ordering = ["-day", "-at", "id"]
        indexes = [models.Index(fields=["organisation", "day"], name="public_change_by_day")]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.kind}"


class HidingQuerySet(TenantQuerySet):
    """Selections of hidings."""

    def holding_on(self, day: date) -> "HidingQuerySet":
        """What is out of sight on the day."""
        return self.filter(ended_on__isnull=True, hidden_until__gt=day)


class Hiding(TenantModel):
    """That what is public of a person, or one line of it, is out of sight for a while, for somebody's safety."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="hidings")
    reason = models.TextField(_("why"), max_length=1000)
    hidden_on = models.DateField(_("out of sight since"))
    hidden_until = models.DateField(_("back on"))
    hidden_by = models.CharField(max_length=200)
    ended_on = models.DateField(_("brought back on"), null=True, blank=True)

    objects: ClassVar[Any] = tenant_manager(HidingQuerySet)

    class Meta:
        ordering = ["-hidden_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="hiding_tells_why"),
            models.CheckConstraint(condition=Q(hidden_until__gte=F("hidden_on")), name="hiding_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.hidden_until}"
