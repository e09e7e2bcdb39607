"""The account to the representative body: annual report, form, annexes and council questions."""

from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.tenancy import TenantModel, TenantQuerySet, tenant_manager
from openintegriteit.programme.models import Measure


class AnnualReport(TenantModel, VersionedModel):
    """The report over one year. Its figures come from the records; only what its author wrote is kept here."""

    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(1990)])
    reference_date = models.DateField(_("later events are told up to"))
    council_on = models.DateField(_("to the representative body on"), null=True, blank=True)
    # Whether texts, annexes and reference date can be changed: not from adoption until a restatement is begun.
    is_open = models.BooleanField(_("open for writing"), default=True)
    restated_because = models.TextField(_("why it is restated"), blank=True)

    class Meta:
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="annual_report_once")]

    def __str__(self) -> str:
        return str(self.year)


class ReportText(TenantModel, VersionedModel):
    """What the author wrote for one section, or that the section is left out. Without it the draft speaks."""

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="texts")
    section = models.CharField(_("section"), max_length=60)
    text = models.TextField(_("text"), blank=True)
    left_out = models.BooleanField(_("left out"), default=False)
    ready = models.BooleanField(_("ready"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "section"], name="report_text_once")]

    def __str__(self) -> str:
        return self.section


class Edition(TenantModel):
    """The report as the executive adopted it, figures and all. Never changed: a restatement is a next edition."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("edition"))
    reason = models.TextField(_("why it is restated"), blank=True)
    adopted_on = models.DateField(_("adopted on"))
    content = models.JSONField(default=dict)  # the document as `core.documents.storing` keeps it
    content_hash = models.CharField(max_length=64)  # SHA-256; the event log has it too
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="edition_number_once")]

    def __str__(self) -> str:
        return f"{self.report.year}, {self.number}"


class StepKind(models.TextChoices):
    """What happens to a report on its way to the public."""

    REVIEWED = "reviewed", _("reviewed")
    ADOPTED = "adopted", _("adopted")
    TO_REPRESENTATIVES = "to_representatives", _("sent to the representative body")
    TO_WORKS_COUNCIL = "to_works_council", _("sent to the works council")
    ON_INTRANET = "on_intranet", _("on the intranet")
    PUBLISHED = "published", _("made public")


class ReportStep(TenantModel):
    """That a step was taken with an edition of a report, on what day and by whom recorded. Added, never changed.

    `edition` counts from 1; a review comes before the edition with that number is made.
    """

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="steps")
    edition = models.PositiveSmallIntegerField()
    kind = models.CharField(_("step"), max_length=20, choices=StepKind)
    taken_on = models.DateField(_("on"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    content_hash = models.CharField(max_length=64)  # of what was reviewed, adopted or sent
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["edition", "recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "edition", "kind"], condition=~Q(kind=StepKind.REVIEWED), name="report_step_once"
            )
        ]

    def __str__(self) -> str:
        return str(StepKind(self.kind).label)


class CommentQuerySet(TenantQuerySet):
    """Selections of comments."""

    def open(self) -> "CommentQuerySet":
        """Comments with which nothing has been done yet."""
        return self.filter(resolved_at=None)


class SectionComment(TenantModel):
    """What author and reviewer say to each other about a section. It stands in no document."""

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="comments")
    section = models.CharField(_("section"), max_length=60)
    text = models.TextField(_("comment"))
    author = models.CharField(max_length=200)
    written_at = models.DateTimeField(auto_now_add=True)
    resolved_by = models.CharField(max_length=200, blank=True)
    resolved_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = tenant_manager(CommentQuerySet)

    class Meta:
        ordering = ["written_at"]

    def __str__(self) -> str:
        return self.text[:80]


class FormHeading(TenantModel, VersionedModel):
    """A heading of the body's own form for proposals, with the text that stands there unless the author changes it."""

    key = models.SlugField(max_length=60)
    group = models.CharField(_("part of the form"), max_length=100)
    title = models.CharField(_("heading"), max_length=200)
    order = models.PositiveSmallIntegerField(default=0)
    default_text = models.TextField(_("usual text"), blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="form_heading_once")]

    def __str__(self) -> str:
        return self.title


class AnnexKind(models.TextChoices):
    """What an annex holds."""

    MEASURES = "measures", _("measures")
    DOCUMENT = "document", _("document of others")
    TEXT = "text", _("text")


class Judgement(models.TextChoices):
    """Whether people can read a document with what they use to read, as a person judged it."""

    ACCESSIBLE = "accessible", _("accessible")
    PARTLY = "partly", _("partly accessible")
    NOT = "not", _("not accessible")


class JudgedFile(models.Model):
    """What a person said about how accessible a file is."""

    judgement = models.CharField(_("judgement"), max_length=10, choices=Judgement, blank=True)
    judgement_note = models.CharField(_("explanation"), max_length=500, blank=True)
    judged_on = models.DateField(_("judged on"), null=True, blank=True)
    judged_by = models.CharField(_("judged by"), max_length=200, blank=True)

    class Meta:
        abstract = True


class AnnexFile(TenantModel, VersionedModel, JudgedFile):
    """A document of others as it came in, and how accessible it is. Its content never changes; the judgement can.

    Where several rows are read, leave `content` out.
    """

    class Form(models.TextChoices):
        """What kind of file it is, as its content says."""

        PDF = "pdf", "PDF"
        WORD = "docx", "Word (DOCX)"
        OPEN_DOCUMENT = "odt", "OpenDocument (ODT)"

    name = models.CharField(_("file name"), max_length=200)
    form = models.CharField(_("kind of file"), max_length=4, choices=Form)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("size"))  # in bytes
    content = models.BinaryField()
    remarks = models.JSONField(default=list, blank=True)  # pairs of a key and a count: `core.documents.judging.Remark`
    added_by = models.CharField(max_length=200)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["added_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(judgement="", judged_on=None) | (~Q(judgement="") & Q(judged_on__isnull=False)),
                name="annex_file_judged_on_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.name


class AnnexQuerySet(TenantQuerySet):
    """Selections of annexes."""

    def with_files(self) -> "AnnexQuerySet":
        """Annexes with what is known of their files, but not the content of these."""
        return self.select_related("file").defer("file__content")


class Annex(TenantModel, VersionedModel):
    """An annex of a report: the measures as they stand, a text, or a separate document of others."""

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="annexes")
    order = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=AnnexKind)
    text = models.TextField(_("text"), blank=True)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    file = models.ForeignKey(
        AnnexFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    author = models.CharField(_("author"), max_length=200, blank=True)
    confidential = models.BooleanField(_("confidential"), default=False)

    objects: ClassVar[Any] = tenant_manager(AnnexQuerySet)

    class Meta:
        ordering = ["order"]
        verbose_name_plural = "annexes"
        constraints = [
            models.UniqueConstraint(fields=["report", "order"], name="annex_order_once"),
            models.CheckConstraint(
                condition=Q(file=None) | Q(kind=AnnexKind.DOCUMENT), name="annex_of_others_has_the_file"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EditionFile(TenantModel, JudgedFile):
    """A document of others as it went with an adopted edition, judgement and all. Added at adoption, never changed."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(AnnexFile, on_delete=models.PROTECT, related_name="kept_in")
    order = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    author = models.CharField(max_length=200, blank=True)
    confidential = models.BooleanField(default=False)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["edition", "order"], name="edition_file_once")]

    def __str__(self) -> str:
        return self.title


class CouncilQuestionQuerySet(TenantQuerySet):
    """Selections of questions."""

    def unanswered(self) -> "CouncilQuestionQuerySet":
        """What still asks for an answer: not its own, not another's, not "not applicable".

        An answer taken over counts only when its author checked it. A question with parts waits by its parts alone.
        """
        nothing = Q(answer="", not_applicable=False, same_answer_as=None) & ~Exists(_parts_of_outer())
        return self.filter(nothing | Q(is_checked=False))

    def sent(self) -> "CouncilQuestionQuerySet":
        """Questions whose answer has been sent, on the day `sent_on`."""
        answered = ~Q(answer="") | Q(not_applicable=True) | ~Q(same_answer_as=None)
        rows = self.filter(answered, is_checked=True, report__answer_steps__kind="sent")
        return rows.annotate(sent_on=F("report__answer_steps__taken_on"))


def _parts_of_outer() -> models.QuerySet[Any]:
    """The parts of the question that a query is about."""
    parts: models.QuerySet[Any] = CouncilQuestion.objects.filter(part_of=OuterRef("pk"))
    return parts


class AskerKind(models.TextChoices):
    """Who asked a question. Without a choice the asker is not known, or is told as the name alone tells."""

    GROUP = "group", _("a group or party")
    PERSON = "person", _("a person")


class CouncilQuestion(TenantModel, VersionedModel):
    """A question of the representative body about the report, and its answer. One answer may serve several.

    A question can have parts (a, b, c), each with its own text and answer; a part has none itself.
    """

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(_("order"))
    number = models.CharField(_("number"), max_length=20, blank=True)
    part_of = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    # 1 is part a. Apart from `order`, by which a workbook knows the question.
    part_order = models.PositiveSmallIntegerField(null=True, blank=True)
    question = models.TextField(_("question"))
    asker_kind = models.CharField(_("who asked it"), max_length=10, choices=AskerKind, blank=True)
    asked_by = models.CharField(_("asked by"), max_length=200, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    same_answer_as = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="sharing_answer"
    )
    not_applicable = models.BooleanField(_("not applicable"), default=False)
    measure = models.ForeignKey(
        Measure, on_delete=models.SET_NULL, null=True, blank=True, related_name="council_questions"
    )
    # The key of a section of the report, or words that a workbook brought.
    paragraph = models.CharField(_("about paragraph"), max_length=200, blank=True)
    answer_due_on = models.DateField(_("answer due on"), null=True, blank=True)
    # The sent answer of an earlier year that this one was taken from; until its author checked it, it is no answer.
    taken_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="taken_over_in"
    )
    is_checked = models.BooleanField(_("checked"), default=True)
    promised_measure = models.ForeignKey(
        Measure,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="promised_in",
        verbose_name=_("promised measure"),
    )

    objects: ClassVar[Any] = tenant_manager(CouncilQuestionQuerySet)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["report", "order"], name="council_question_order_once"),
            models.CheckConstraint(
                condition=Q(same_answer_as=None) | ~Q(same_answer_as=F("id")),
                name="council_question_answers_not_itself",
            ),
            models.CheckConstraint(
                condition=Q(part_of=None) | ~Q(part_of=F("id")), name="council_question_is_no_part_of_itself"
            ),
            models.CheckConstraint(
                condition=Q(part_of=None, part_order=None) | Q(part_of__isnull=False, part_order__isnull=False),
                name="council_question_part_has_place",
            ),
            models.UniqueConstraint(fields=["part_of", "part_order"], name="council_question_part_place_once"),
            models.CheckConstraint(
                condition=Q(asker_kind="") | ~Q(asked_by=""), name="council_question_asker_has_name"
            ),
        ]

    def __str__(self) -> str:
        return self.question[:80]

    @property
    def has_answer(self) -> bool:
        """Whether the question itself, apart from its parts, has an answer that its author stands for."""
        return self.is_checked and bool(self.answer or self.not_applicable or self.same_answer_as_id)

    @property
    def is_answered(self) -> bool:
        """Whether nothing of the question waits for an answer: neither it nor, when it has parts, one of them."""
        parts = self.parts.all()
        return all(part.has_answer for part in parts) and self.is_checked if parts else self.has_answer


class AnswerStepKind(models.TextChoices):
    """What happens to the answers about a report."""

    DRAFTED = "drafted", _("answers drafted")
    ADOPTED = "adopted", _("answers adopted")
    SENT = "sent", _("answers sent")


class AnswerStep(TenantModel):
    """That a step was taken with the answers about a report, on what day and by whom recorded. Added, never changed."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="answer_steps")
    kind = models.CharField(_("step"), max_length=20, choices=AnswerStepKind)
    taken_on = models.DateField(_("on"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["recorded_at"]
        constraints = [models.UniqueConstraint(fields=["report", "kind"], name="answer_step_once")]

    def __str__(self) -> str:
        return str(AnswerStepKind(self.kind).label)


class AnswerCorrection(TenantModel):
    """That an answer was corrected after it had been sent: what it said, and why. Added, never changed."""

    question = models.ForeignKey(CouncilQuestion, on_delete=models.PROTECT, related_name="corrections")
    before = models.TextField(_("answer before the correction"), blank=True)
    reason = models.TextField(_("reason of the correction"))
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["recorded_at"]

    def __str__(self) -> str:
        return self.reason[:80]
