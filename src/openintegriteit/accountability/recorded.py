"""What the annual reports show about the duty to give account every year."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from openintegriteit.accountability.models import AnnualReport, ReportStep, StepKind
from openintegriteit.core.contracts import RecordedAnswer


def recorded_answers(day: date) -> list[RecordedAnswer]:
    """Whether the report over last year has been made public (two queries)."""
    year = day.year - 1
    report: AnnualReport | None = AnnualReport.objects.filter(year=year).first()
    if report is None:
        reason = _("No report over %(year)d has been started.") % {"year": year}
        return [RecordedAnswer("annual_account", "not_shown", reason, reverse("accountability:reports"))]
    address = reverse("accountability:report", args=[year])
    public = ReportStep.objects.filter(report=report, kind=StepKind.PUBLISHED).first()
    if public is None:
        reason = _("The report over %(year)d has not been made public.") % {"year": year}
        return [RecordedAnswer("annual_account", "not_shown", reason, address)]
    told = {"year": year, "day": date_format(public.taken_on, "DATE_FORMAT")}
    reason = _("The report over %(year)d was made public on %(day)s.") % told
    return [RecordedAnswer("annual_account", "met", reason, address)]
