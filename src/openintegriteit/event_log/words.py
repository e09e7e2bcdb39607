"""The words for what the log tells: one place for every action, kind of record and page that the product records.

A test reads the code of all apps and fails when an action or a kind of record lacks its words here.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.roles import Role

ACTIONS: Mapping[str, str | Promise] = {
    "abstention.announced": gettext_lazy("Abstention announced"),
    "abstention.changed": gettext_lazy("Abstention changed"),
    "abstention.recorded": gettext_lazy("Abstention recorded"),
    "abstention.withdrawn": gettext_lazy("Abstention withdrawn"),
    "account.passkey_added": gettext_lazy("Passkey made"),
    "account.passkey_removed": gettext_lazy("Passkey removed"),
    "account.password_changed": gettext_lazy("Own password changed"),
    "account.recovery_codes_renewed": gettext_lazy("Recovery codes renewed"),
    "account.second_factor_removed": gettext_lazy("Second step removed"),
    "account.second_factor_set_up": gettext_lazy("Second step set up"),
    "account.sign_in_failed": gettext_lazy("Signing in failed"),
    "account.signed_in": gettext_lazy("Signed in"),
    "account.signed_out": gettext_lazy("Signed out"),
    "account.signed_out_elsewhere": gettext_lazy("Signed out on other devices"),
    "action_plan.changed": gettext_lazy("Action plan changed"),
    "action_plan.created": gettext_lazy("Action plan added"),
    "activity.changed": gettext_lazy("Activity changed"),
    "activity.created": gettext_lazy("Activity added"),
    "activity.evaluated": gettext_lazy("Evaluation of an activity recorded"),
    "activity.material_added": gettext_lazy("Material added"),
    "activity.material_withdrawn": gettext_lazy("Material withdrawn"),
    "activity.repeated": gettext_lazy("Activity repeated"),
    "advice.changed": gettext_lazy("Advice changed"),
    "advice.created": gettext_lazy("Advice added"),
    "advice_theme.created": gettext_lazy("Theme of advice added"),
    "annex.changed": gettext_lazy("Annex changed"),
    "annex.created": gettext_lazy("Annex added"),
    "annex.file_added": gettext_lazy("Document added to an annex"),
    "annex.file_judged": gettext_lazy("Accessibility of a document judged"),
    "annex.file_removed": gettext_lazy("Document taken from an annex"),
    "annual_report.changed": gettext_lazy("Dates of the annual report changed"),
    "annual_report.created": gettext_lazy("Annual report started"),
    "annual_report.restated": gettext_lazy("Restatement of the annual report begun"),
    "annual_report.step": gettext_lazy("Step of the annual report recorded"),
    "backup.made": gettext_lazy("Backup made"),
    "backup.restored": gettext_lazy("Backup put back"),
    "body.changed": gettext_lazy("Details of the organisation changed"),
    "calendar_feed.made": gettext_lazy("Secret address of the year calendar made"),
    "calendar_feed.renewed": gettext_lazy("Secret address of the year calendar renewed"),
    "calendar_feed.stopped": gettext_lazy("Secret address of the year calendar stopped"),
    "campaign.answered": gettext_lazy("Read, and said so"),
    "campaign.changed": gettext_lazy("Campaign changed"),
    "campaign.closed": gettext_lazy("Campaign closed"),
    "campaign.created": gettext_lazy("Campaign added"),
    "campaign.managers_told": gettext_lazy("Managers told who has not answered"),
    "campaign.prepared": gettext_lazy("Everybody of a campaign invited"),
    "campaign.reminded": gettext_lazy("Reminders of a campaign written"),
    "campaign.started": gettext_lazy("Campaign started"),
    "ceremony.attended": gettext_lazy("Recorded who was at a ceremony"),
    "ceremony.changed": gettext_lazy("Ceremony changed"),
    "ceremony.invited": gettext_lazy("Somebody invited to a ceremony"),
    "ceremony.planned": gettext_lazy("Ceremony planned"),
    "cooling_off_rule.added": gettext_lazy("Term after a departure recorded"),
    "cooling_off_rule.changed": gettext_lazy("Term after a departure changed"),
    "council_question.changed": gettext_lazy("Question changed"),
    "council_question.corrected": gettext_lazy("Sent answer corrected"),
    "council_question.created": gettext_lazy("Question added"),
    "council_question.moved": gettext_lazy("Part of a question moved"),
    "council_question.promised": gettext_lazy("Measure made of an answer"),
    "council_question.step": gettext_lazy("Step of the answers recorded"),
    "council_question.taken_over": gettext_lazy("Answer of an earlier year taken over"),
    "declaration.brought_in": gettext_lazy("Declaration read in from a file"),
    "declaration.changed": gettext_lazy("Declaration changed"),
    "declaration.confirmed": gettext_lazy("Declaration confirmed"),
    "declaration.decided": gettext_lazy("Decided about a declaration"),
    "declaration.draft_begun": gettext_lazy("Draft of a declaration begun"),
    "declaration.draft_discarded": gettext_lazy("Draft of a declaration thrown away"),
    "declaration.draft_forgotten": gettext_lazy("Old draft of a declaration removed"),
    "declaration.ended": gettext_lazy("Last day of a declaration recorded"),
    "declaration.made": gettext_lazy("Declared"),
    "declaration.nothing": gettext_lazy("Nothing to declare"),
    "declaration.proposed": gettext_lazy("Decision about a declaration proposed"),
    "declaration.remarked": gettext_lazy("Question or answer about a declaration"),
    "declaration.second_look_chosen": gettext_lazy("Second person at decisions chosen"),
    "declaration.second_told": gettext_lazy("Possible second person told by mail about a proposal"),
    "declaration.sent_back": gettext_lazy("Proposal sent back by the second person"),
    "declaration.taken_back": gettext_lazy("Proposal taken back by who made it"),
    "declaration.withdrawn": gettext_lazy("Declaration withdrawn"),
    "declarations.taken_in": gettext_lazy("File of declarations read in"),
    "departure.changed": gettext_lazy("Departure changed"),
    "departure.recorded": gettext_lazy("Departure recorded"),
    "departure.withdrawn": gettext_lazy("Departure withdrawn"),
    "deputy.changed": gettext_lazy("Last day of a deputy changed"),
    "deputy.named": gettext_lazy("Deputy named"),
    "deputy.removed": gettext_lazy("Deputy taken away"),
    "designation.changed": gettext_lazy("Designation changed"),
    "designation.made": gettext_lazy("Position designated"),
    "exemption.changed": gettext_lazy("Exemption changed"),
    "exemption.recorded": gettext_lazy("Exemption recorded"),
    "gifts.rule_added": gettext_lazy("Rule on gifts recorded"),
    "gifts.rule_removed": gettext_lazy("Rule on gifts taken away before it was in force"),
    "destruction_list.agreed": gettext_lazy("Agreed to a destruction list"),
    "destruction_list.drawn_up": gettext_lazy("Destruction list drawn up"),
    "destruction_list.executed": gettext_lazy("Destruction list carried out"),
    "destruction_list.taken_back": gettext_lazy("Destruction list taken back"),
    "digest.answered": gettext_lazy("Mail about measures answered"),
    "digest.rules_changed": gettext_lazy("Reminding of owners changed"),
    "digest.sent": gettext_lazy("Mail about measures written"),
    "event_log.exported": gettext_lazy("Event log exported"),
    "event_log.read": gettext_lazy("Event log read"),
    "figure.changed": gettext_lazy("Figure changed"),
    "figure.entered": gettext_lazy("Figure filled in"),
    "figure.restated": gettext_lazy("Published figure corrected"),
    "finding.changed": gettext_lazy("Finding changed"),
    "finding.created": gettext_lazy("Finding added"),
    "form_heading.changed": gettext_lazy("Heading of the form changed"),
    "group_evaluation.added": gettext_lazy("Evaluation of a working group added"),
    "group_evaluation.changed": gettext_lazy("Evaluation of a working group changed"),
    "group_member.added": gettext_lazy("Member of a working group added"),
    "group_member.changed": gettext_lazy("Member of a working group changed"),
    "head_count.changed": gettext_lazy("Head count changed"),
    "head_count.created": gettext_lazy("Head count added"),
    "heading.changed": gettext_lazy("Heading of measures changed"),
    "heading.created": gettext_lazy("Heading of measures added"),
    "hold.changed": gettext_lazy("Hold changed"),
    "hold.ended": gettext_lazy("Hold ended"),
    "hold.set": gettext_lazy("Hold set"),
    "house_style.changed": gettext_lazy("House style of documents changed"),
    "indicator.added": gettext_lazy("Own figure added"),
    "invitation.accepted": gettext_lazy("Invitation accepted"),
    "invitation.sent": gettext_lazy("Invitation sent"),
    "invitation.sent_again": gettext_lazy("Invitation sent again"),
    "invitation.withdrawn": gettext_lazy("Invitation withdrawn"),
    "measure.changed": gettext_lazy("Measure changed"),
    "measure.created": gettext_lazy("Measure added"),
    "measure.evidence_withdrawn": gettext_lazy("Evidence withdrawn"),
    "measure.noted": gettext_lazy("Progress note added"),
    "measure.proven": gettext_lazy("Evidence added"),
    "measure.taken_over": gettext_lazy("Measure taken over into another action plan"),
    "meeting.added": gettext_lazy("Meeting added"),
    "meeting.called_off": gettext_lazy("Meeting called off"),
    "meeting.changed": gettext_lazy("Meeting changed"),
    "meeting.compared": gettext_lazy("Subjects laid beside the declarations"),
    "meeting.concluded": gettext_lazy("Record of who abstained completed"),
    "meeting.member_told": gettext_lazy("Member told by mail about an agenda"),
    "meeting.subjects_added": gettext_lazy("Subjects added to a meeting"),
    "message.discarded": gettext_lazy("Mail removed that did not go out"),
    "message.tried_again": gettext_lazy("Mail sent again"),
    "oath.asked": gettext_lazy("Mail with a link to sign the integrity statement sent"),
    "oath.recorded": gettext_lazy("Oath or statement recorded"),
    "oath.signed": gettext_lazy("Integrity statement signed by link"),
    "oath.signed_with_account": gettext_lazy("Integrity statement signed with an account"),
    "oath.withdrawn": gettext_lazy("Oath or statement withdrawn"),
    "oath_text.added": gettext_lazy("Words of an oath or statement added"),
    "obligation.added": gettext_lazy("Own obligation added"),
    "obligation.answered": gettext_lazy("Answer to an obligation recorded"),
    "obligation.changed": gettext_lazy("Own obligation changed"),
    "organisation.house_style_changed": gettext_lazy("House style changed"),
    "organisation.set_up": gettext_lazy("Organisation set up"),
    "people.imported": gettext_lazy("People read in"),
    "people.read": gettext_lazy("Page with personal data opened"),
    "outside_position.intention_recorded": gettext_lazy("Day recorded on which an intention was reported"),
    "outside_position.laid_beside_the_law": gettext_lazy("Position laid beside the functions that the law forbids"),
    "outside_position.weighed": gettext_lazy("Position weighed for whether it is undesirable"),
    "person.appointed": gettext_lazy("Position added"),
    "person.appointment_ended": gettext_lazy("Position ended"),
    "person.changed": gettext_lazy("Details of a person changed"),
    "person.created": gettext_lazy("Person added"),
    "person.ended": gettext_lazy("Last day recorded"),
    "person.mandate_ended": gettext_lazy("Office or authority ended"),
    "person.mandated": gettext_lazy("Office or authority added"),
    "plan_part.changed": gettext_lazy("Part of a policy plan changed"),
    "plan_part.created": gettext_lazy("Part of a policy plan added"),
    "plan_part.removed": gettext_lazy("Part of a policy plan taken out"),
    "policyplan.adopted": gettext_lazy("Policy plan adopted"),
    "policyplan.changed": gettext_lazy("Policy plan changed"),
    "policyplan.created": gettext_lazy("Policy plan added"),
    "policyplan.next_begun": gettext_lazy("Next version of a policy plan begun"),
    "provider.account_linked": gettext_lazy("Account tied to the sign-in service"),
    "provider.account_unlinked": gettext_lazy("Account untied from the sign-in service"),
    "provider.role_mapped": gettext_lazy("Role given by a group from now on"),
    "provider.role_unmapped": gettext_lazy("Role given by a group no more"),
    "provider.rules_changed": gettext_lazy("Rules of the sign-in service changed"),
    "position_income.changed": gettext_lazy("Income from positions changed"),
    "position_income.recorded": gettext_lazy("Income from positions recorded"),
    "publication.changed": gettext_lazy("Public site brought up to date"),
    "publication.hidden": gettext_lazy("Taken off the public site for safety"),
    "publication.settings_changed": gettext_lazy("Settings of the public site changed"),
    "publication.shown_again": gettext_lazy("Brought back on the public site"),
    "regulation.changed": gettext_lazy("Regulation changed"),
    "regulation.created": gettext_lazy("Regulation added"),
    "regulation.text_changed": gettext_lazy("Text of a version changed"),
    "regulation.version_added": gettext_lazy("Version added"),
    "report_comment.resolved": gettext_lazy("Comment on the report dealt with"),
    "report_comment.written": gettext_lazy("Comment on the report written"),
    "report_text.changed": gettext_lazy("Text of the report changed"),
    "record.destroyed": gettext_lazy("Record destroyed after its term"),
    "retention.rule_added": gettext_lazy("Retention term recorded"),
    "retention.rule_removed": gettext_lazy("Retention term taken away before it was in force"),
    "role.confirmed": gettext_lazy("Role confirmed by a second granter"),
    "role.ended": gettext_lazy("Role ended"),
    "role.granted": gettext_lazy("Role granted"),
    "role.kept_for_last_administrator": gettext_lazy("Role kept, because nobody else can administer"),
    "role.paused": gettext_lazy("Role waits, because the second step was reset elsewhere"),
    "role.resumed": gettext_lazy("Role counts again"),
    "screening.changed": gettext_lazy("Screening changed"),
    "screening.recorded": gettext_lazy("Screening recorded"),
    "screening.withdrawn": gettext_lazy("Screening withdrawn"),
    "screening_rule.added": gettext_lazy("Rule on screening recorded"),
    "screening_rule.changed": gettext_lazy("Rule on screening changed"),
    "secrecy.changed": gettext_lazy("Secrecy changed"),
    "secrecy.lifted": gettext_lazy("Secrecy lifted"),
    "secrecy.recorded": gettext_lazy("Secrecy recorded"),
    "secrecy.withdrawn": gettext_lazy("Secrecy withdrawn"),
    "second_factor.reset": gettext_lazy("Second step of somebody removed"),
    "second_factor.reset_asked": gettext_lazy("Removal of a second step asked"),
    "second_factor.reset_withdrawn": gettext_lazy("Removal of a second step withdrawn"),
    "stylefile.added": gettext_lazy("File of the house style added"),
    "stylefile.discarded": gettext_lazy("Template that was tried thrown away"),
    "subject.changed": gettext_lazy("Subject of a meeting changed"),
    "subject.removed": gettext_lazy("Subject of a meeting taken away"),
    "suggestion.dismissed": gettext_lazy("Suggestion put aside"),
    "unit.changed": gettext_lazy("Unit changed"),
    "unit.created": gettext_lazy("Unit added"),
    "unit.ended": gettext_lazy("Unit ended"),
    "unit.removed": gettext_lazy("Unit removed"),
    "working_group.changed": gettext_lazy("Working group changed"),
    "working_group.created": gettext_lazy("Working group added"),
}
# What an import writes is named after the kind of record: "headcount.created".
OF_AN_IMPORT: Mapping[str, str | Promise] = {
    "created": gettext_lazy("Read in: %(kind)s"),
    "changed": gettext_lazy("Changed by reading in: %(kind)s"),
}

KINDS: Mapping[str, str | Promise] = {
    "accountability.annex": gettext_lazy("annex"),
    "accountability.annexfile": gettext_lazy("document of others"),
    "accountability.annualreport": gettext_lazy("annual report"),
    "accountability.answercorrection": gettext_lazy("correction of an answer"),
    "accountability.answerstep": gettext_lazy("step of the answers"),
    "accountability.councilquestion": gettext_lazy("council question"),
    "accountability.edition": gettext_lazy("adopted edition of the report"),
    "accountability.editionfile": gettext_lazy("document of others with an adopted edition"),
    "accountability.formheading": gettext_lazy("heading of the form"),
    "accountability.reportstep": gettext_lazy("step of the report"),
    "accountability.reporttext": gettext_lazy("text of the report"),
    "accountability.sectioncomment": gettext_lazy("comment on the report"),
    "desks.calendarfeed": gettext_lazy("secret address of the year calendar"),
    "coordination.advice": gettext_lazy("advice"),
    "coordination.owntheme": gettext_lazy("theme of advice"),
    "campaigns.campaign": gettext_lazy("campaign"),
    "campaigns.invitee": gettext_lazy("somebody asked to read"),
    "declarations.decision": gettext_lazy("decision about a declaration"),
    "gifts.gift": gettext_lazy("gift"),
    "gifts.giftrule": gettext_lazy("rule on gifts"),
    "declarations.decidingrule": gettext_lazy("rule on the second person"),
    "declarations.declaration": gettext_lazy("declaration"),
    "declarations.draft": gettext_lazy("draft of a declaration"),
    "declarations.deputy": gettext_lazy("deputy"),
    "declarations.nothingtodeclare": gettext_lazy("nothing to declare"),
    "declarations.proposal": gettext_lazy("proposed decision about a declaration"),
    "declarations.proposalnotice": gettext_lazy("mail about a proposal"),
    "declarations.remark": gettext_lazy("question or answer"),
    "designations.designation": gettext_lazy("designated position"),
    "abstentions.abstention": gettext_lazy("abstention"),
    "abstentions.exemption": gettext_lazy("exemption from a prohibited act"),
    "abstentions.meeting": gettext_lazy("meeting of a board"),
    "abstentions.notice": gettext_lazy("mail about an agenda"),
    "abstentions.subject": gettext_lazy("subject of a meeting"),
    "abstentions.suggestion": gettext_lazy("suggestion before a meeting"),
    "oaths.attendance": gettext_lazy("somebody on the list of a ceremony"),
    "oaths.ceremony": gettext_lazy("ceremony for the oath or affirmation"),
    "oaths.oath": gettext_lazy("oath or statement"),
    "oaths.oathtext": gettext_lazy("words of an oath or statement"),
    "departures.coolingoffrule": gettext_lazy("term after a departure"),
    "departures.departure": gettext_lazy("departure"),
    "screening.screening": gettext_lazy("screening"),
    "screening.screeningrule": gettext_lazy("rule on screening"),
    "secrecy.imposedsecrecy": gettext_lazy("imposed secrecy"),
    "intake.intake": gettext_lazy("file of declarations"),
    "intake.stagedrow": gettext_lazy("row of a file of declarations"),
    "interests.financialinterest": gettext_lazy("financial interest"),
    "outside_positions.assessment": gettext_lazy("assessment of a position"),
    "outside_positions.finding": gettext_lazy("assessment of a position"),  # its name in entries of earlier versions
    "outside_positions.outsideposition": gettext_lazy("outside position"),
    "outside_positions.positionincome": gettext_lazy("income from positions"),
    "prohibited_acts.prohibitedact": gettext_lazy("prohibited act"),
    "publication.entry": gettext_lazy("public line"),
    "retention.destructionlist": gettext_lazy("destruction list"),
    "retention.hold": gettext_lazy("hold"),
    "retention.kindcount": gettext_lazy("count of records past their term"),
    "retention.listedrecord": gettext_lazy("record on a destruction list"),
    "retention.retentionrule": gettext_lazy("retention term"),
    "publication.entrychange": gettext_lazy("change of a public line"),
    "publication.hiding": gettext_lazy("taken off the public site"),
    "publication.publication": gettext_lazy("public site"),
    "event_log.entry": gettext_lazy("line of the event log"),
    "figures.ownindicator": gettext_lazy("own figure"),
    "figures.yearfigure": gettext_lazy("yearly figure"),
    "identity.claimrole": gettext_lazy("role by a group of the sign-in service"),
    "identity.invitation": gettext_lazy("invitation"),
    "identity.providerlink": gettext_lazy("tie to the sign-in service"),
    "identity.providerrules": gettext_lazy("rules of the sign-in service"),
    "identity.rolegrant": gettext_lazy("role"),
    "identity.secondfactorreset": gettext_lazy("second step that was lost"),
    "mail.message": gettext_lazy("mail"),
    "mail.onetimelink": gettext_lazy("one-time link"),
    "organisations.appointment": gettext_lazy("appointment"),
    "organisations.headcount": gettext_lazy("head count"),
    "organisations.housestyle": gettext_lazy("house style of documents"),
    "organisations.mandate": gettext_lazy("office or authority"),
    "organisations.organisation": gettext_lazy("organisation"),
    "organisations.person": gettext_lazy("person"),
    "organisations.position": gettext_lazy("position"),
    "organisations.stylefile": gettext_lazy("file of the house style"),
    "organisations.unit": gettext_lazy("department or team"),
    "policy.obligationanswer": gettext_lazy("answer to an obligation"),
    "policy.ownobligation": gettext_lazy("own obligation"),
    "policy.plangoal": gettext_lazy("goal of a policy plan"),
    "policy.planmeans": gettext_lazy("means of a policy plan"),
    "policy.planrole": gettext_lazy("role in a policy plan"),
    "policy.policyplan": gettext_lazy("policy plan"),
    "policy.regulation": gettext_lazy("regulation"),
    "policy.regulationversion": gettext_lazy("version of a regulation"),
    "programme.actionplan": gettext_lazy("list of measures"),
    "programme.activity": gettext_lazy("activity"),
    "programme.digest": gettext_lazy("mail about measures"),
    "programme.earlierplace": gettext_lazy("earlier place of a measure"),
    "programme.digestrules": gettext_lazy("rules for reminding owners"),
    "programme.evidence": gettext_lazy("evidence"),
    "programme.finding": gettext_lazy("finding"),
    "programme.groupevaluation": gettext_lazy("evaluation of a working group"),
    "programme.groupmember": gettext_lazy("member of a working group"),
    "programme.material": gettext_lazy("material"),
    "programme.measure": gettext_lazy("measure"),
    "programme.measureheading": gettext_lazy("heading of measures"),
    "programme.progressnote": gettext_lazy("progress note"),
    "programme.workinggroup": gettext_lazy("working group"),
    # Pages and other things that are no record.
    "account": gettext_lazy("own account"),
    "backup": gettext_lazy("backup"),
    "campaigns.invitees": gettext_lazy("who was asked in a campaign"),
    "event_log": gettext_lazy("event log"),
    "intake.columns": gettext_lazy("reading in declarations: columns"),
    "intake.preview": gettext_lazy("reading in declarations: preview"),
    "organisations.import_columns": gettext_lazy("reading in people: columns"),
    "organisations.import_preview": gettext_lazy("reading in people: preview"),
    "organisations.people": gettext_lazy("list of people"),
    "rounds.team": gettext_lazy("who of the own people answered in a campaign"),
    "search": gettext_lazy("search"),
}

# What else an entry may tell, beside what changed.
DETAILS: Mapping[str, str | Promise] = {
    "added": gettext_lazy("added"),
    "after": gettext_lazy("after it"),
    "before": gettext_lazy("before it"),
    "by": gettext_lazy("by way of"),
    "by_claim": gettext_lazy("got by a group"),
    "ceremony": gettext_lazy("ceremony"),
    "changed": gettext_lazy("changed"),
    "day": gettext_lazy("day"),
    "destroyed": gettext_lazy("destroyed"),
    "destroyed_before": gettext_lazy("destroyed before, read in again"),
    "destruction_list": gettext_lazy("number of the destruction list"),
    "edition": gettext_lazy("edition"),
    "ended": gettext_lazy("ended"),
    "evidence": gettext_lazy("evidence"),
    "fields": gettext_lazy("fields that were changed"),
    "file": gettext_lazy("document"),
    "filters": gettext_lazy("filters"),
    "found": gettext_lazy("people found"),
    "ground": gettext_lazy("on the ground of"),
    "lines": gettext_lazy("lines"),
    "made_at": gettext_lazy("backup of"),
    "material": gettext_lazy("material"),
    "noted": gettext_lazy("noted whether they came"),
    "note": gettext_lazy("id of the note"),
    "outcome": gettext_lazy("decision"),
    "passed_over": gettext_lazy("not destroyed"),
    "people": gettext_lazy("people"),
    "person": gettext_lazy("id of the account"),
    "removed": gettext_lazy("taken away"),
    "reason": gettext_lazy("reason"),
    "records": gettext_lazy("records"),
    "revision": gettext_lazy("revision"),
    "role": gettext_lazy("role"),
    "roles": gettext_lazy("roles"),
    "told": gettext_lazy("who was told"),
    "sha256": gettext_lazy("mark of the content"),
    "size": gettext_lazy("size in bytes"),
    "step": gettext_lazy("step"),
    "taken": gettext_lazy("oaths recorded"),
    "units": gettext_lazy("units"),
    "value": gettext_lazy("group at the sign-in service"),
    "version": gettext_lazy("version"),
    "visits": gettext_lazy("visits ended"),
    "waits": gettext_lazy("waits for a second person"),
}

STEPS: Mapping[str, str | Promise] = {
    "reviewed": gettext_lazy("reviewed"),
    "adopted": gettext_lazy("adopted"),
    "drafted": gettext_lazy("drafted"),
    "sent": gettext_lazy("sent"),
    "to_representatives": gettext_lazy("sent to the representative body"),
    "to_works_council": gettext_lazy("sent to the works council"),
    "on_intranet": gettext_lazy("on the intranet"),
    "published": gettext_lazy("made public"),
}

# Who acts when it is nobody with an account.
ACTORS: Mapping[str, str | Promise] = {
    "console": gettext_lazy("the console"),
    "unknown": gettext_lazy("somebody unknown"),
    "account without roles here": gettext_lazy("account without roles here"),
}


def action_words(action: str) -> str:
    """What an action is called; an action without words keeps its name."""
    if action in ACTIONS:
        return str(ACTIONS[action])
    name, _dot, verb = action.partition(".")
    kinds = (kind for kind in KINDS if kind.partition(".")[2] == name)
    kind = next(kinds, None)
    if kind is None or verb not in OF_AN_IMPORT:
        return action
    return str(OF_AN_IMPORT[verb]) % {"kind": KINDS[kind]}


def kind_words(kind: str) -> str:
    """What a kind of record, or a page, is called."""
    return str(KINDS.get(kind, kind))


def actor_words(label: str) -> str:
    """The name of who acted, also when it was nobody with an account."""
    return str(ACTORS.get(label, label))


@translation.override(settings.LANGUAGE_CODE)
def address_word(words: Callable[[str], str], value: str) -> str:
    """How an action or kind is written in an address: its Dutch words, whatever the language of the screen."""
    return slugify(words(value))


def detail_lines(subject_type: str, details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What an entry tells beside its changes, as (what, value) in words."""
    return [
        (capfirst(str(DETAILS.get(name, name))), _value(subject_type, name, value))
        for name, value in details.items()
        if name != "changes" and not (name == "fields" and not value)
    ]


def field_words(model: type[models.Model] | None, name: str) -> str:
    """What a field of a record is called; one that the product no longer has keeps its name."""
    if model is None:
        return name
    try:
        return str(getattr(model._meta.get_field(name), "verbose_name", name))
    except FieldDoesNotExist:
        return name


def model_of(subject_type: str) -> type[models.Model] | None:
    """The model of a kind of record; None for a page, and for a kind that the product no longer has."""
    try:
        return apps.get_model(subject_type)
    except (LookupError, ValueError):
        return None


def _value(subject_type: str, name: str, value: Any) -> str:
    if name == "by" and value == "import":
        return _("reading in a file")
    if name == "fields" and isinstance(value, list):
        return ", ".join(field_words(model_of(subject_type), str(field)) for field in value) or _("none")
    if name == "step":
        return str(STEPS.get(str(value), value))
    if name in ("role", "roles"):
        labels = {str(role): str(label) for role, label in Role.choices}
        roles = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(str(role), str(role)) for role in roles) or _("none")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {told}" for key, told in value.items()) or _("none")
    if isinstance(value, list):
        return ", ".join(str(part) for part in value) or _("none")
    return str(value)
