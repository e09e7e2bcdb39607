"""Groups of people who work on integrity together: who is in them, and how each year went."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.searching import SearchTextField
from openintegriteit.core.tenancy import TenantModel
from openintegriteit.organisations.models import Person

FIRST_YEAR = 1990  # of an account


class WorkingGroup(TenantModel, VersionedModel):
    """A group with a purpose. Its meetings are activities."""

    name = models.CharField(_("name"), max_length=200)
    purpose = models.TextField(_("what it is for"), blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    search_text = SearchTextField(sources=["name", "purpose"])

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="working_group_once"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="working_group_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMember(TenantModel, VersionedModel):
    """Somebody in a working group, by name or by function, from when until when."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="members")
    name = models.CharField(_("name or function"), max_length=200)
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    is_chair = models.BooleanField(_("chair"), default=False)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["-is_chair", "name"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="group_member_ends_after_start"),
            models.UniqueConstraint(
                fields=["group"], condition=Q(is_chair=True, until__isnull=True), name="group_has_one_chair"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupEvaluation(TenantModel, VersionedModel):
    """How a working group looks back on a year."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="evaluations")
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(FIRST_YEAR)])
    went_well = models.TextField(_("what went well"), blank=True)
    differently = models.TextField(_("what we do differently"), blank=True)
    evaluated_by = models.CharField(_("evaluated by"), max_length=200, blank=True)
    evaluated_on = models.DateField(_("evaluated on"), null=True, blank=True)

    class Meta:
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["group", "year"], name="group_evaluation_once_a_year")]

    def __str__(self) -> str:
        return str(self.year)
