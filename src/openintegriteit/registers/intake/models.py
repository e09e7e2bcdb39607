"""A file of a register that somebody confirmed, and those of its rows that still have to become declarations."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.tenancy import TenantModel
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations.models import Regime, RegisterKey


class Intake(TenantModel):
    """That a file was brought in: how many declarations it adds, and how far that is.

    Its key is that of the upload, so that confirming twice does it once. `passed_over`: rows of people who went to the
    other regime while the file was being brought in. `finished_at` None: the worker is at it.
    """

    register = models.CharField(_("register"), max_length=40, choices=RegisterKey)
    rows = models.PositiveIntegerField(_("declarations to read in"))
    done = models.PositiveIntegerField(_("declarations read in"), default=0)
    passed_over = models.PositiveIntegerField(default=0)
    started_by = models.CharField(_("read in by"), max_length=200)
    starter = models.CharField(max_length=64)  # the identifier of who acts
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "register"],
                condition=Q(finished_at__isnull=True),
                name="one_intake_of_a_register_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_register_display()}, {date_format(self.started_at, 'DATE_FORMAT')}"


class StagedRow(TenantModel):
    """A row that was checked and waits to become a declaration, whose key it has. It goes when that is there."""

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="staged")
    place = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    regime = models.CharField(max_length=20, choices=Regime)
    values: Any = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intake", "place"], name="staged_row_once")]

    def __str__(self) -> str:
        return f"{self.intake}: {self.place}"
