"""Read models of the account for pages that collect."""

from dataclasses import dataclass

from django.db.models import Q

from openintegriteit.accountability.models import AnnualReport, ReportText
from openintegriteit.accountability.sections import SECTIONS


@dataclass(frozen=True, slots=True)
class SectionCount:
    """How many sections a report has, and how many ask nothing more of their author: ready or left out."""

    in_all: int
    finished: int


def section_count(report: AnnualReport) -> SectionCount:
    """How far the author is with a report (one query)."""
    keys = [kind.key for kind in SECTIONS]
    finished = ReportText.objects.filter(Q(ready=True) | Q(left_out=True), report=report, section__in=keys).count()
    return SectionCount(len(keys), finished)
