"""Public bodies, their units, people and positions."""

import uuid
from datetime import date
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.documents.model import FONTS
from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.searching import SearchTextField, holding
from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager


class OrganisationKind(models.TextChoices):
    """The kinds of public body; the kind picks articles, names and forms."""

    MUNICIPALITY = "municipality", _("municipality")
    PROVINCE = "province", _("province")
    WATER_BOARD = "water_board", _("water board")
    JOINT_BODY = "joint_body", _("joint body")


class Organisation(VersionedModel):
    """A public body: the tenant to which everything else belongs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind of body"), max_length=20, choices=OrganisationKind)
    host = models.CharField(_("host name"), max_length=253, unique=True, null=True, blank=True)
    primary_colour = models.CharField(_("main colour of the house style"), max_length=7, default="#0b5d63")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Unit(TenantModel, VersionedModel):
    """A department or team, in a tree."""

    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="unit_code_once")]

    def __str__(self) -> str:
        return self.name


class PersonKind(models.TextChoices):
    """In what capacity somebody works for or governs the body."""

    OFFICIAL = "official", _("official")
    INTERN = "intern", _("intern")
    HIRED = "hired", _("hired")
    HOLIDAY_WORKER = "holiday_worker", _("holiday worker")
    ON_CALL = "on_call", _("on-call worker")
    CHAIR = "chair", _("mayor or chair")
    EXECUTIVE_MEMBER = "executive_member", _("executive member")
    ELECTED_MEMBER = "elected_member", _("elected member")
    AUDIT_COURT_MEMBER = "audit_court_member", _("member of the court of audit")
    EXTERNAL = "external", _("external")


OFFICE_HOLDERS = frozenset(
    {PersonKind.CHAIR, PersonKind.EXECUTIVE_MEMBER, PersonKind.ELECTED_MEMBER, PersonKind.AUDIT_COURT_MEMBER}
)


class PersonQuerySet(TenantQuerySet):
    """Selections of people."""

    def present_on(self, day: date) -> "PersonQuerySet":
        """People who had started and had not left on the day."""
        started = Q(started_on__isnull=True) | Q(started_on__lte=day)
        return self.filter(started, Q(ended_on__isnull=True) | Q(ended_on__gte=day))

    def matching(self, text: str) -> "PersonQuerySet":
        """People in whose name, personnel number or email address every word of the text occurs."""
        return holding(self, text)

    def with_address(self, address: str) -> "PersonQuerySet":
        """People with this email address, in any case; nobody for an empty one."""
        return self.filter(email_lower=Lower(Value(address))) if address else self.none()


class Person(TenantModel, VersionedModel):
    """Somebody who works for the body or governs it, with or without an account."""

    personnel_number = models.CharField(_("personnel number"), max_length=40)
    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    infix = models.CharField(_("infix"), max_length=30, blank=True)
    family_name = models.CharField(_("family name"), max_length=100)
    email = models.EmailField(_("email address"), blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=PersonKind, default=PersonKind.OFFICIAL)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    manager = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="team")
    started_on = models.DateField(_("started on"), null=True, blank=True)
    ended_on = models.DateField(_("left on"), null=True, blank=True)
    # The database itself keeps it: below row-level security no index on an expression is used, one on a column is.
    email_lower = models.GeneratedField(
        expression=Lower("email"), output_field=models.CharField(max_length=254), db_persist=True
    )
    search_text = SearchTextField(sources=["full_name", "personnel_number", "email"])

    objects: ClassVar[Any] = tenant_manager(PersonQuerySet)

    class Meta:
        ordering = ["family_name", "given_name", "personnel_number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "personnel_number"], name="personnel_number_once"),
            models.CheckConstraint(condition=Q(ended_on__gte=F("started_on")), name="person_ends_after_start"),
        ]
        indexes = [
            # Who is present and in what order is read from the index alone, so a late page costs what the first does.
            models.Index(
                fields=["organisation", "family_name", "given_name", "id", "started_on", "ended_on"],
                name="person_by_name",
            ),
            models.Index(
                fields=["organisation", "kind", "family_name", "given_name", "id", "started_on", "ended_on"],
                name="person_by_kind",
            ),
            models.Index(
                fields=["organisation", "started_on", "family_name", "id", "ended_on"], name="person_by_start"
            ),
            models.Index(fields=["organisation", "ended_on"], name="person_by_end"),
            models.Index(fields=["organisation", "email_lower"], name="person_by_email"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Given name, infix and family name, as one writes them in Dutch."""
        return " ".join(part for part in (self.given_name, self.infix, self.family_name) if part)

    def has_left_by(self, day: date) -> bool:
        """Whether their last day was before this one."""
        return self.ended_on is not None and self.ended_on < day

    @property
    def sort_name(self) -> str:
        """Where the person stands in a list of names, as the list of people has it: Akker, Anna."""
        return ", ".join(part for part in (self.family_name, self.given_name) if part)


class Position(TenantModel):
    """A post in the organisation: what somebody does, and where."""

    title = models.CharField(_("position"), max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="positions")

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "title", "unit"], name="position_once_a_unit"),
            models.UniqueConstraint(
                fields=["organisation", "title"], condition=Q(unit__isnull=True), name="position_once_without_unit"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Appointment(TenantModel):
    """Who holds or held which position, from when until when."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="appointments")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="appointments")
    fte = models.DecimalField(_("fte"), max_digits=4, decimal_places=2, null=True, blank=True)
    started_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["-started_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ended_on__gte=F("started_on")), name="appointment_ends_after_start")
        ]
        indexes = [
            # Who holds one of a few positions is found by these, in a body in which everybody holds one.
            models.Index(
                fields=["organisation", "position", "person", "started_on", "ended_on"], name="appointment_by_position"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.position}"


class HeldAs(models.TextChoices):
    """In what way somebody holds an office to which the law adds duties. Empty: in the ordinary way.

    Acting: Gemeentewet 77, 78 and 80, Provinciewet 75, 76 and 78. From outside: Waterschapswet 41(3) and 45.
    """

    CHARGED_TO_ACT = "charged_to_act", _("acting, charged by the King's commissioner or the government")
    STANDS_IN = "stands_in", _("stands in for the mayor or King's commissioner, beside the own office")
    FROM_OUTSIDE = "from_outside", _("from outside the general board, with exemption")


ACTING = (HeldAs.CHARGED_TO_ACT, HeldAs.STANDS_IN)


class Mandate(TenantModel):
    """A public office or a written authority that a person holds for a time: alderman, clerk, mandated officer."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mandates")
    office = models.CharField(_("office or authority"), max_length=200)
    basis = models.CharField(_("based on"), max_length=300, blank=True)
    held_as = models.CharField(_("in what way"), max_length=20, choices=HeldAs, blank=True)
    started_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["-started_on"]

    def __str__(self) -> str:
        return f"{self.person}, {self.office}"


class HeadCount(TenantModel, VersionedModel):
    """How many people worked for the body, or for one of its units, on 31 December of a year."""

    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(1990)])
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="head_counts")
    heads = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    fte = models.DecimalField(_("fte"), max_digits=8, decimal_places=2, null=True, blank=True)
    note = models.CharField(_("explanation"), max_length=500, blank=True)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "unit"], name="head_count_once_a_unit"),
            models.UniqueConstraint(
                fields=["organisation", "year"], condition=Q(unit__isnull=True), name="head_count_once_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.heads}"


class StyleFile(TenantModel):
    """A logo or a template, judged when it came in. Its content never changes.

    A document names it by its SHA-256, also one that was adopted, so a file that was ever used stays.
    """

    class Kind(models.TextChoices):
        """What the file is for."""

        WORD = "docx", _("template for Word")
        OPEN_DOCUMENT = "odt", _("template for OpenDocument")
        LOGO = "logo", _("logo")

    kind = models.CharField(_("kind of file"), max_length=4, choices=Kind)
    name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    media_type = models.CharField(max_length=20, blank=True)  # of a logo, which has a size in pixels too
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)
    lacking = models.JSONField(default=list, blank=True)  # the styles that a template does not have
    added_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-added_at"]
        constraints = [models.UniqueConstraint(fields=["organisation", "kind", "sha256"], name="style_file_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.sha256[:12]})"


class HouseStyle(TenantModel, VersionedModel):
    """How the documents of a body look: one row per body, none as long as nobody set anything."""

    letterhead = models.TextField(_("lines of the letterhead"), blank=True)
    footer = models.CharField(_("words at the foot of each page"), max_length=160, blank=True)
    accent_colour = models.CharField(_("accent colour"), max_length=7, blank=True)
    font = models.CharField(_("font"), max_length=40, choices=[(font, font) for font in FONTS], default="Noto Sans")
    logo = models.ForeignKey(
        StyleFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    alternative_text = models.CharField(_("what the logo shows"), max_length=200, blank=True)
    word_template = models.ForeignKey(
        StyleFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("template for Word"),
    )
    open_document_template = models.ForeignKey(
        StyleFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("template for OpenDocument"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="one_house_style"),
            models.CheckConstraint(
                condition=Q(logo__isnull=True) | ~Q(alternative_text=""), name="logo_has_alternative_text"
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)
