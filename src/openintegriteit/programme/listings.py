"""The lists of the programme: columns on screen and in files."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from openintegriteit.policy.obligations import obligation_label
from openintegriteit.programme.models import Activity, Finding, Measure
from openintegriteit.ui.listing import ListColumn, Listing

FINDING_ANSWERED: ListColumn[Measure] = ListColumn(
    _("Finding"), lambda row: row.finding.number if row.finding else None, file_only=True
)
MEASURES: Listing[Measure] = Listing(
    name="maatregelen",
    columns=(
        ListColumn(_("Number"), lambda row: row.number, key="nummer", order="number", numeric=True),
        ListColumn(_("Measure"), lambda row: row.title, key="maatregel", order="title"),
        ListColumn(_("Owner"), lambda row: row.owner, key="eigenaar", order=("owner", "number")),
        ListColumn(_("When"), lambda row: row.due_on, key="datum", order="due_on"),
        ListColumn(_("Status"), lambda row: row.get_status_display(), key="stand", order=("status", "number")),
        ListColumn(_("Heading"), lambda row: row.heading.title if row.heading else None, file_only=True),
        ListColumn(_("Pillar"), lambda row: row.pillar, file_only=True),
        ListColumn(_("Description"), lambda row: row.description, file_only=True),
        ListColumn(_("Initiative"), lambda row: row.initiator, file_only=True),
        ListColumn(_("When, in words"), lambda row: row.when, file_only=True),
        ListColumn(_("Priority"), lambda row: row.get_priority_display(), file_only=True),
        ListColumn(_("Finished on"), lambda row: row.finished_on, file_only=True),
        FINDING_ANSWERED,
        ListColumn(_("Goal of the policy plan"), lambda row: str(row.goal) if row.goal else None, file_only=True),
        ListColumn(
            _("Obligation"), lambda row: obligation_label(row.obligation) if row.obligation else None, file_only=True
        ),
        ListColumn(_("Budget in euros"), lambda row: row.budget, file_only=True),
        ListColumn(_("Action plan"), lambda row: row.plan.title, file_only=True),
    ),
    default_order="nummer",
)
MEASURES_ALONE = replace(  # for who may not see findings
    MEASURES, columns=tuple(column for column in MEASURES.columns if column is not FINDING_ANSWERED)
)

FINDINGS: Listing[Finding] = Listing(
    name="bevindingen",
    columns=(
        ListColumn(_("Number"), lambda row: row.number, key="nummer", order="number", numeric=True),
        ListColumn(_("Finding"), lambda row: row.text, key="bevinding", order="text"),
        ListColumn(_("Found by"), lambda row: row.found_by or row.get_kind_display(), key="van", order="found_by"),
        ListColumn(_("Term"), lambda row: row.due_on, key="termijn", order="due_on"),
        ListColumn(_("Status"), lambda row: row.get_status_display(), key="stand", order="status"),
        ListColumn(_("Taken over"), lambda row: row.get_taken_over_display(), key="overgenomen", order="taken_over"),
        ListColumn(_("Kind"), lambda row: row.get_kind_display(), file_only=True),
        ListColumn(_("Decided by"), lambda row: row.taken_over_by, file_only=True),
        ListColumn(_("Decided on"), lambda row: row.taken_over_on, file_only=True),
        ListColumn(_("Why so decided"), lambda row: row.taken_over_why, file_only=True),
        ListColumn(_("Date of the letter"), lambda row: row.letter_on, file_only=True),
        ListColumn(_("What is asked"), lambda row: row.order, file_only=True),
        ListColumn(_("Reinspection"), lambda row: row.reinspected_on, file_only=True),
        ListColumn(_("Lifted on"), lambda row: row.lifted_on, file_only=True),
        ListColumn(_("Dates in words"), lambda row: row.dates_in_words, file_only=True),
        ListColumn(_("Note"), lambda row: row.note, file_only=True),
    ),
    default_order="nummer",
)

ACTIVITIES: Listing[Activity] = Listing(
    name="activiteiten",
    columns=(
        ListColumn(_("Activity"), lambda row: row.title, key="activiteit", order="title"),
        ListColumn(_("Kind"), lambda row: row.get_kind_display(), key="soort", order="kind"),
        ListColumn(_("Year"), lambda row: row.year, key="jaar", order=("year", "starts_on", "order"), numeric=True),
        ListColumn(_("Date"), lambda row: row.starts_on, key="datum", order="starts_on"),
        ListColumn(_("Times"), lambda row: row.sessions, numeric=True),
        ListColumn(_("Participants"), lambda row: row.participants, numeric=True),
        ListColumn(_("Status"), lambda row: row.get_status_display(), key="stand", order="status"),
        ListColumn(_("Theme"), lambda row: row.theme, file_only=True),
        ListColumn(_("Pillar"), lambda row: row.pillar, file_only=True),
        ListColumn(_("Until"), lambda row: row.ends_on, file_only=True),
        ListColumn(_("When, in words"), lambda row: row.period, file_only=True),
        ListColumn(_("Nature"), lambda row: row.get_scope_display(), file_only=True),
        ListColumn(_("For whom"), lambda row: row.audience, file_only=True),
        ListColumn(_("Led by"), lambda row: row.led_by, file_only=True),
        ListColumn(_("Measure"), lambda row: row.measure.number if row.measure else None, file_only=True),
        ListColumn(_("Note"), lambda row: row.note, file_only=True),
        ListColumn(_("Outcome"), lambda row: row.outcome, file_only=True),
        ListColumn(_("Confirmed by"), lambda row: row.confirmed_by, file_only=True),
        ListColumn(_("Confirmed on"), lambda row: row.confirmed_on, file_only=True),
        ListColumn(_("Why called off"), lambda row: row.why_called_off, file_only=True),
        ListColumn(_("Invited"), lambda row: row.invited, file_only=True),
        ListColumn(_("Number of evaluations"), lambda row: row.evaluations, file_only=True),
        # A file goes from hand to hand, so it holds no mark of a few answers, also not for the coordinator.
        ListColumn(_("Average mark"), lambda row: row.told_mark, file_only=True),
        ListColumn(_("What people said"), lambda row: row.said, file_only=True),
        ListColumn(_("What we do differently"), lambda row: row.next_time, file_only=True),
        ListColumn(_("Part of a series"), lambda row: row.series is not None, file_only=True),
        ListColumn(
            _("Working group"), lambda row: row.working_group.name if row.working_group else None, file_only=True
        ),
    ),
    default_order="-jaar",
)
