"""The lists of meetings, abstentions and exemptions: columns on screen and in files."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from openintegriteit.ui.listing import ListColumn, Listing

MEETINGS: Listing[Any] = Listing(
    name="vergaderingen",
    columns=(
        ListColumn(_("Meeting"), lambda row: row.title),
        ListColumn(_("Day"), lambda row: row.held_on, key="dag", order=("held_on", "id")),
        ListColumn(_("Time"), lambda row: f"{row.starts_at:%H:%M}" if row.starts_at else "", file_only=True),
        ListColumn(_("Who meets"), lambda row: row.get_body_display()),
        ListColumn(_("Subjects"), lambda row: row.subject_count, numeric=True),
        ListColumn(_("To look at"), lambda row: row.open_suggestions, numeric=True),
        ListColumn(_("Abstentions"), lambda row: row.abstention_count, numeric=True),
        ListColumn(_("Record completed on"), lambda row: row.concluded_on, file_only=True),
        ListColumn(_("Called off on"), lambda row: row.called_off_on, file_only=True),
    ),
    default_order="-dag",
)
ABSTENTIONS: Listing[Any] = Listing(
    name="onthoudingen",
    columns=(
        ListColumn(_("Name"), lambda row: row.person.full_name),
        ListColumn(_("Subject"), lambda row: row.subject.title),
        ListColumn(_("Meeting"), lambda row: row.subject.meeting.title, file_only=True),
        ListColumn(_("Day of the meeting"), lambda row: row.subject.meeting.held_on),
        ListColumn(_("Who meets"), lambda row: row.subject.meeting.get_body_display(), file_only=True),
        ListColumn(_("From what"), lambda row: row.get_part_display()),
        ListColumn(_("Reason in a few words"), lambda row: row.reason),
        ListColumn(_("How it stands"), lambda row: row.get_state_display(), file_only=True),
        ListColumn(_("Recorded on"), lambda row: row.recorded_on, key="vastgelegd", order=("recorded_on", "id")),
        ListColumn(_("Recorded by"), lambda row: row.recorded_by, file_only=True),
        ListColumn(_("Withdrawn on"), lambda row: row.withdrawn_on, file_only=True),
        ListColumn(_("Why it is withdrawn"), lambda row: row.withdrawn_because, file_only=True),
    ),
    default_order="-vastgelegd",
)
EXEMPTIONS: Listing[Any] = Listing(
    name="ontheffingen",
    columns=(
        ListColumn(_("Name"), lambda row: row.person.full_name),
        ListColumn(_("Which act"), lambda row: row.get_act_display()),
        ListColumn(_("What it is about"), lambda row: row.about, file_only=True),
        ListColumn(_("Article"), lambda row: row.article, file_only=True),
        ListColumn(_("Granted by"), lambda row: row.get_granted_by_display()),
        ListColumn(_("Granted on"), lambda row: row.granted_on, key="verleend", order=("granted_on", "id")),
        ListColumn(_("Holds until"), lambda row: row.holds_until, key="tot", order=("holds_until", "id")),
        ListColumn(_("To be looked at again on"), lambda row: row.review_on, key="kijken", order=("review_on", "id")),
        ListColumn(_("Reference of the decision"), lambda row: row.reference, file_only=True),
        ListColumn(_("Conditions"), lambda row: row.conditions, file_only=True),
        ListColumn(_("Recorded by"), lambda row: row.recorded_by, file_only=True),
    ),
    default_order="-verleend",
)
