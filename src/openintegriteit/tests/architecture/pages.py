"""The matrix: every name of the resolver, and who may open it."""

from uuid import UUID

from openintegriteit.accountability.models import (
    Annex,
    AnnualReport,
    CouncilQuestion,
    Edition,
    EditionFile,
    FormHeading,
    SectionComment,
)
from openintegriteit.campaigns.models import Campaign, Invitee
from openintegriteit.coordination.models import Advice
from openintegriteit.core.roles import Role
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.models import ClaimRole, Invitation, RoleGrant, SecondFactorReset
from openintegriteit.messages.models import Message
from openintegriteit.organisations.models import Appointment, HeadCount, Mandate, Person, StyleFile, Unit
from openintegriteit.policy.models import OwnObligation, PlanGoal, PolicyPlan, Regulation, RegulationVersion
from openintegriteit.programme.models import (
    ActionPlan,
    Activity,
    Evidence,
    Finding,
    GroupEvaluation,
    GroupMember,
    Material,
    Measure,
    MeasureHeading,
    WorkingGroup,
)
from openintegriteit.registers.declarations.permissions import DECIDERS, EVERYBODY
from openintegriteit.tests.architecture.matrix import Page, change, everybody, signed_in, view
from openintegriteit.tests.architecture.pages_registers import (
    ABSTENTIONS,
    ADMINISTRATOR,
    CAMPAIGN_READERS,
    COORDINATOR,
    DEPARTURES,
    DESIGNATIONS,
    OATHS,
    PUBLICATION,
    REGISTERS,
    RETENTION,
    SCREENING,
    SECRECY,
)

SECOND_GRANTERS = (Role.FUNCTIONAL_ADMINISTRATOR, Role.SECRETARY)
STYLE_READERS = (Role.COORDINATOR, Role.FUNCTIONAL_ADMINISTRATOR)
PEOPLE_READERS = (Role.COORDINATOR, Role.HR, Role.FUNCTIONAL_ADMINISTRATOR)
PEOPLE_EDITORS = (Role.HR, Role.FUNCTIONAL_ADMINISTRATOR)
PROGRAMME_READERS = (
    Role.COORDINATOR,
    Role.SECRETARY,
    Role.CHAIR,
    Role.EXECUTIVE_MEMBER,
    Role.INTERNAL_AUDITOR,
)
POLICY_READERS = (*PROGRAMME_READERS, Role.CLERK, Role.WORKS_COUNCIL)
REPORT_RECORDERS = (Role.COORDINATOR, Role.SECRETARY)
REPORT_READERS = (*PROGRAMME_READERS, Role.CLERK)
YEAR = (AnnualReport, "year")
UNKNOWN = UUID(int=0)  # of a record that is not there
UPLOAD = "0" * 32  # of a file that was uploaded: nobody uploaded this one
TECHNICAL = (Role.TECHNICAL_ADMINISTRATOR,)

SIGN_IN: dict[str, Page] = {
    "account_login": everybody(),
    "provider_leave": everybody(),
    "openid_connect_callback": everybody(provider_id="organisatie"),
    "account_logout": everybody(),
    "account_inactive": everybody(),
    "account_reauthenticate": signed_in(),
    "account_change_password": signed_in(),
    "account_reset_password": everybody(),
    "account_reset_password_done": everybody(),
    "account_reset_password_from_key": everybody(uidb36="1", key="onbekend"),
    "account_reset_password_from_key_done": everybody(),
    "mfa_index": everybody(),
    "mfa_authenticate": everybody(),
    "mfa_reauthenticate": signed_in(),
    "mfa_activate_totp": signed_in(),
    "mfa_deactivate_totp": signed_in(),
    "mfa_view_recovery_codes": signed_in(),
    "mfa_generate_recovery_codes": signed_in(),
    "mfa_download_recovery_codes": signed_in(),
    "mfa_list_webauthn": everybody(),
    "mfa_add_webauthn": signed_in(),
    "mfa_reauthenticate_webauthn": signed_in(),
    "mfa_login_webauthn": everybody(),
    "mfa_remove_webauthn": signed_in(key="onbekend"),
    "invitation": everybody(token="onbekend"),
    "house_style_sheet": everybody(),
    "answer_measures": everybody(token="onbekend"),
    "read_campaign": everybody(token="onbekend"),
    "sign_statement": everybody(token="onbekend"),
    "declare_in_round": everybody(token="onbekend"),
    "declare_in_round_new": everybody(token="onbekend", register="gifts"),
    "declare_in_round_edit": everybody(token="onbekend", declaration=UNKNOWN),
    "declare_in_round_end": everybody(token="onbekend", declaration=UNKNOWN),
    "identity_setup:code": everybody(),
    "identity_setup:body": everybody(),
    "identity_setup:colour": everybody(),
    "identity_setup:administrator": everybody(),
    "identity_setup:style_sheet": everybody(),
}
IDENTITY: dict[str, Page] = {
    "identity:account": signed_in(),
    "identity:busy": signed_in(),
    "identity:sign_out_elsewhere": signed_in().by_post(),
    "identity:people": view(*SECOND_GRANTERS),
    "identity:person": view(*SECOND_GRANTERS, user_id=(RoleGrant, "user_id")),
    "identity:grant": change(*ADMINISTRATOR, user_id=(RoleGrant, "user_id")),
    "identity:confirm": change(*SECOND_GRANTERS, grant_id=RoleGrant),
    "identity:end": change(*ADMINISTRATOR, user_id=(RoleGrant, "user_id"), grant_id=RoleGrant),
    "identity:ask_reset": change(*SECOND_GRANTERS, user_id=(RoleGrant, "user_id")),
    "identity:remove": change(*ADMINISTRATOR, user_id=(RoleGrant, "user_id")),
    "identity:resume": change(*SECOND_GRANTERS, user_id=(RoleGrant, "user_id")),
    "identity:confirm_reset": change(*SECOND_GRANTERS, reset_id=SecondFactorReset),
    "identity:withdraw_reset": change(*SECOND_GRANTERS, reset_id=SecondFactorReset),
    "identity:unlink": change(*ADMINISTRATOR, user_id=(RoleGrant, "user_id")),
    "identity:provider": view(*ADMINISTRATOR),
    "identity:provider_rules": view(*ADMINISTRATOR),
    "identity:add_claim_role": change(*ADMINISTRATOR),
    "identity:remove_claim_role": change(*ADMINISTRATOR, claim_role_id=ClaimRole),
    "identity:invitations": view(*SECOND_GRANTERS),
    "identity:invite": view(*ADMINISTRATOR),
    "identity:send_again": change(*ADMINISTRATOR, invitation_id=Invitation),
    "identity:withdraw": change(*ADMINISTRATOR, invitation_id=Invitation),
    "identity:house_style": view(*ADMINISTRATOR),
}
ORGANISATIONS: dict[str, Page] = {
    "organisations:people": view(*PEOPLE_READERS),
    "organisations:person": view(*PEOPLE_READERS, person_id=Person),
    "organisations:person_new": view(*PEOPLE_EDITORS),
    "organisations:person_change": view(*PEOPLE_EDITORS, person_id=Person),
    "organisations:person_end": view(*PEOPLE_EDITORS, person_id=Person),
    "organisations:appointment_new": view(*PEOPLE_EDITORS, person_id=Person),
    "organisations:appointment_end": view(*PEOPLE_EDITORS, appointment_id=Appointment),
    "organisations:mandate_new": view(*PEOPLE_EDITORS, person_id=Person),
    "organisations:mandate_end": view(*PEOPLE_EDITORS, mandate_id=Mandate),
    "organisations:import_upload": view(*PEOPLE_READERS),
    "organisations:import_template": view(*PEOPLE_READERS, extension="xlsx"),
    "organisations:import_columns": view(*PEOPLE_READERS, identifier=UPLOAD).without_record(),
    "organisations:import_preview": view(*PEOPLE_READERS, identifier=UPLOAD).without_record(),
    "organisations:units": view(*PEOPLE_READERS),
    "organisations:unit_new": view(*PEOPLE_EDITORS),
    "organisations:unit_change": view(*PEOPLE_EDITORS, unit_id=Unit),
    "organisations:unit_remove": change(*PEOPLE_EDITORS, unit_id=Unit),
    "organisations:body": view(*PEOPLE_READERS),
    "organisations:house_style": view(*STYLE_READERS),
    "organisations:house_style_change": view(*ADMINISTRATOR),
    "organisations:logo": view(*ADMINISTRATOR),
    "organisations:logo_remove": change(*ADMINISTRATOR),
    "organisations:template_new": view(*ADMINISTRATOR),
    "organisations:template": view(*STYLE_READERS, template_id=StyleFile),
    "organisations:template_use": change(*ADMINISTRATOR, template_id=StyleFile),
    "organisations:template_discard": change(*ADMINISTRATOR, template_id=StyleFile),
    "organisations:template_drop": change(*ADMINISTRATOR, kind="docx"),
    "organisations:sample": view(*STYLE_READERS, file_format="html"),
    "organisations:template_sample": view(*STYLE_READERS, template_id=StyleFile, file_format="html"),
    "organisations:body_change": view(*ADMINISTRATOR),
    "organisations:head_count_new": view(*PEOPLE_READERS),
    "organisations:head_count_change": view(*PEOPLE_READERS, head_count_id=HeadCount),
}
PROGRAMME: dict[str, Page] = {
    "programme:measures": view(*PROGRAMME_READERS, Role.MANAGER),
    "programme:reminders": view(*COORDINATOR),
    "measure": view(*PROGRAMME_READERS, Role.MANAGER, pk=Measure),
    "programme:measure_new": view(*COORDINATOR),
    "programme:measure_edit": view(*COORDINATOR, pk=Measure),
    "programme:measure_status": view(*COORDINATOR, pk=Measure),
    "measure_note": view(*COORDINATOR, pk=Measure),
    "programme:measures_bulk": view(*COORDINATOR),
    "programme:evidence_new": view(*COORDINATOR, pk=Measure),
    "programme:evidence_withdraw": view(*COORDINATOR, pk=Evidence),
    "programme:action_plans": view(*PROGRAMME_READERS, Role.MANAGER),
    "programme:action_plan_new": view(*COORDINATOR),
    "programme:action_plan_edit": view(*COORDINATOR, pk=ActionPlan),
    "programme:measures_carry": view(*COORDINATOR, pk=ActionPlan),
    "programme:headings": view(*COORDINATOR),
    "programme:heading": view(*COORDINATOR, pk=MeasureHeading),
    "programme:findings": view(*PROGRAMME_READERS),
    "programme:finding": view(*PROGRAMME_READERS, pk=Finding),
    "programme:finding_new": view(*COORDINATOR),
    "programme:finding_edit": view(*COORDINATOR, pk=Finding),
    "programme:activities": view(*PROGRAMME_READERS),
    "activity": view(*PROGRAMME_READERS, pk=Activity),
    "programme:activity_new": view(*COORDINATOR),
    "programme:activity_edit": view(*COORDINATOR, pk=Activity),
    "programme:activity_answer": view(*COORDINATOR, pk=Activity),
    "programme:activity_evaluate": view(*COORDINATOR, pk=Activity),
    "programme:activity_repeat": view(*COORDINATOR, pk=Activity),
    "programme:series_call_off": view(*COORDINATOR, pk=Activity),
    "programme:material_new": view(*COORDINATOR, pk=Activity),
    "programme:material_withdraw": view(*COORDINATOR, pk=Material),
    "programme:working_groups": view(*PROGRAMME_READERS),
    "programme:working_group": view(*PROGRAMME_READERS, pk=WorkingGroup),
    "programme:working_group_new": view(*COORDINATOR),
    "programme:working_group_edit": view(*COORDINATOR, pk=WorkingGroup),
    "programme:group_member_new": view(*COORDINATOR, pk=WorkingGroup),
    "programme:group_member_edit": view(*COORDINATOR, pk=GroupMember),
    "programme:group_evaluation_new": view(*COORDINATOR, pk=WorkingGroup),
    "programme:group_evaluation_edit": view(*COORDINATOR, pk=GroupEvaluation),
}
COORDINATION: dict[str, Page] = {
    "coordination:advices": view(*COORDINATOR),
    "coordination:advice": view(*COORDINATOR, pk=Advice),
    "coordination:advice_new": view(*COORDINATOR),
    "coordination:advice_edit": view(*COORDINATOR, pk=Advice),
    "coordination:counts": view(*COORDINATOR),
    "coordination:themes": view(*COORDINATOR),
}
ACCOUNTABILITY: dict[str, Page] = {
    "accountability:reports": view(*REPORT_READERS),
    "accountability:start": view(*COORDINATOR),
    "accountability:form_headings": view(*COORDINATOR),
    "accountability:form_heading": view(*COORDINATOR, key=(FormHeading, "key")),
    "accountability:report": view(*REPORT_READERS, year=YEAR),
    "accountability:dates": view(*COORDINATOR, year=YEAR),
    "accountability:section": view(*REPORT_READERS, year=YEAR, slug="terugblik"),
    "accountability:write_section": view(*COORDINATOR, year=YEAR, slug="terugblik"),
    "accountability:download": view(*REPORT_READERS, year=YEAR, file_format="html"),
    "accountability:questions": view(*REPORT_READERS, year=YEAR),
    "accountability:newest_questions": view(*REPORT_READERS),
    "accountability:question_new": view(*COORDINATOR, year=YEAR),
    "accountability:question_edit": view(*COORDINATOR, pk=CouncilQuestion),
    "accountability:answer_step": view(*REPORT_RECORDERS, year=YEAR, slug="vastgesteld"),
    "accountability:answers_file": view(*REPORT_READERS, year=YEAR, file_format="html"),
    "accountability:answer_correct": view(*COORDINATOR, pk=CouncilQuestion),
    "accountability:part_new": view(*COORDINATOR, pk=CouncilQuestion),
    "accountability:part_move": change(*COORDINATOR, pk=CouncilQuestion).of_a_record_with(
        part_of=CouncilQuestion, part_order=1
    ),
    "accountability:earlier": view(*COORDINATOR, pk=CouncilQuestion),
    "accountability:take_over": change(*COORDINATOR, pk=CouncilQuestion, source=CouncilQuestion),
    "accountability:promise": view(*COORDINATOR, pk=CouncilQuestion),
    "accountability:annex_new": view(*COORDINATOR, year=YEAR),
    "accountability:annex_edit": view(*COORDINATOR, pk=Annex),
    "accountability:annex_file": view(*REPORT_READERS, pk=Annex).without_record(),
    "accountability:annex_file_choose": view(*COORDINATOR, pk=Annex).without_record(),
    "accountability:annex_file_judge": view(*COORDINATOR, pk=Annex).without_record(),
    "accountability:annex_file_remove": change(*COORDINATOR, pk=Annex).without_record(),
    "accountability:annex_file_download": view(*REPORT_READERS, pk=Annex).without_record(),
    "accountability:edition_annex": view(
        *REPORT_READERS,
        year=(EditionFile, "edition__report__year"),
        number=(EditionFile, "edition__number"),
        order=(EditionFile, "order"),
    ),
    "accountability:step": view(*REPORT_RECORDERS, year=YEAR, slug="vastgesteld"),
    "accountability:restate": view(*COORDINATOR, year=YEAR),
    "accountability:edition": view(*REPORT_READERS, year=(Edition, "report__year"), number=(Edition, "number")),
    "accountability:edition_file": view(
        *REPORT_READERS, year=(Edition, "report__year"), number=(Edition, "number"), file_format="html"
    ),
    "accountability:comment": view(*REPORT_RECORDERS, year=YEAR, slug="terugblik"),
    "accountability:comment_resolve": change(*REPORT_RECORDERS, pk=SectionComment),
    "accountability:periods": view(*REPORT_READERS),
    "accountability:period": view(*REPORT_READERS, slug="2026-h1"),
    "accountability:period_file": view(*REPORT_READERS, slug="2026-h1", file_format="html"),
    "accountability:legal_position": view(*POLICY_READERS),
    "accountability:obligation": view(*POLICY_READERS, key=(OwnObligation, "pk")),
    "accountability:own_obligation_new": view(*COORDINATOR),
    "accountability:own_obligation": view(*COORDINATOR, pk=OwnObligation),
    "accountability:import": view(*COORDINATOR),
    "accountability:import_template": view(*COORDINATOR, file_format="xlsx"),
    "accountability:import_preview": view(*COORDINATOR, identifier=UPLOAD).without_record(),
    "accountability:import_apply": change(*COORDINATOR, identifier=UPLOAD).without_record(),
    "accountability:import_give_up": change(*COORDINATOR, identifier=UPLOAD).without_record(),
}
POLICY: dict[str, Page] = {
    "policy:obligations": view(*POLICY_READERS),
    "policy:regulations": view(*POLICY_READERS),
    "policy:regulation": view(*POLICY_READERS, pk=Regulation),
    "policy:regulation_new": view(*COORDINATOR),
    "policy:regulation_edit": view(*COORDINATOR, pk=Regulation),
    "policy:version_new": view(*COORDINATOR, pk=Regulation),
    "policy:version": view(*POLICY_READERS, pk=RegulationVersion),
    "policy:version_text": view(*COORDINATOR, pk=RegulationVersion),
    "policy:version_campaign": view(*COORDINATOR, pk=RegulationVersion),
    "policy:my_rules": view(*Role),
    "policy:my_rule": view(*Role, pk=RegulationVersion),
    "policy:say_read": change(*Role, pk=RegulationVersion),
    "policy:plans": view(*POLICY_READERS),
    "policy_plan": view(*POLICY_READERS, pk=PolicyPlan),
    "policy:plan_new": view(*COORDINATOR),
    "policy:plan_edit": view(*COORDINATOR, pk=PolicyPlan),
    "policy:plan_adopt": view(*COORDINATOR, pk=PolicyPlan),
    "policy:plan_next": change(*COORDINATOR, pk=PolicyPlan),
    "policy:plan_part_new": view(*COORDINATOR, pk=PolicyPlan, kind="doel"),
    "policy:plan_part_edit": view(*COORDINATOR, pk=PlanGoal, kind="doel"),
    "policy:plan_part_remove": change(*COORDINATOR, pk=PlanGoal, kind="doel"),
}
CAMPAIGNS: dict[str, Page] = {
    "campaigns:campaigns": view(*CAMPAIGN_READERS, Role.CLERK),
    "campaign": view(*CAMPAIGN_READERS, pk=Campaign).not_theirs(Role.CLERK),
    "campaigns:campaign_edit": view(*COORDINATOR, pk=Campaign).not_theirs(Role.CLERK),
    "campaign_start": change(*COORDINATOR, pk=Campaign).not_theirs(Role.CLERK),
    "campaigns:close": change(*COORDINATOR, pk=Campaign).not_theirs(Role.CLERK),
    "campaigns:invitees": view(*CAMPAIGN_READERS, pk=Campaign).not_theirs(Role.CLERK),
    "campaigns:note_paper": change(*CAMPAIGN_READERS, pk=Invitee).not_theirs(Role.CLERK),
    "rounds:new": view(*COORDINATOR, Role.CLERK),
    "rounds:edit": view(*COORDINATOR, pk=Campaign)
    .of_a_record_with(asks="declare", subject_parts=["outside_positions"])
    .not_theirs(Role.CLERK),
    "rounds:mine": view(*EVERYBODY, pk=Campaign).without_record(),
    "rounds:mine_new": view(*EVERYBODY, pk=Campaign, register="gifts").without_record(),
    "rounds:mine_edit": view(*EVERYBODY, pk=Campaign, declaration=UNKNOWN).without_record(),
    "rounds:mine_end": view(*EVERYBODY, pk=Campaign, declaration=UNKNOWN).without_record(),
    "rounds:paper": view(Role.HR, Role.CLERK, pk=Invitee).without_record(),
    "rounds:paper_new": view(Role.HR, Role.CLERK, pk=Invitee, register="gifts").without_record(),
    "rounds:paper_edit": view(Role.HR, Role.CLERK, pk=Invitee, declaration=UNKNOWN).without_record(),
    "rounds:paper_end": view(Role.HR, Role.CLERK, pk=Invitee, declaration=UNKNOWN).without_record(),
    "rounds:team": view(*DECIDERS, pk=Campaign).without_record(),
}
FIGURES: dict[str, Page] = {
    "figures:figures": view(*PROGRAMME_READERS),
    "figures:indicator": view(*PROGRAMME_READERS, code="disclosures-received"),
    "figures:indicator_new": view(*COORDINATOR),
    "figures:figure_edit": view(*COORDINATOR, code="disclosures-received", year=2025),
}
DESKS: dict[str, Page] = {
    "public_home": everybody(),
    "accessibility": everybody(),
    "choose_language": everybody(language="en"),
    "calendar_file": everybody(token="onbekend"),
    "desks:home": view(*Role),
    "desks:calendar": view(*POLICY_READERS, Role.MANAGER, Role.HR),
    "desks:feed": view(*POLICY_READERS, Role.MANAGER, Role.HR),
    "desks:feed_make": change(*POLICY_READERS, Role.MANAGER, Role.HR),
    "desks:feed_stop": change(*POLICY_READERS, Role.MANAGER, Role.HR),
    "desks:search": view(*Role),
    "ui:components": everybody(),  # every component in every state, with invented content
}
EVENT_LOG: dict[str, Page] = {
    "event_log:entries": view(Role.INTERNAL_AUDITOR),
    "event_log:entry": view(Role.INTERNAL_AUDITOR, pk=Entry),
}
MESSAGES: dict[str, Page] = {
    "messages:stuck": view(*TECHNICAL),
    "messages:try_again": change(*TECHNICAL, message_id=Message),
    "messages:discard": change(*TECHNICAL, message_id=Message),
}
PAGES: dict[str, Page] = (
    SIGN_IN
    | EVENT_LOG
    | IDENTITY
    | MESSAGES
    | ORGANISATIONS
    | PROGRAMME
    | REGISTERS
    | DESIGNATIONS
    | OATHS
    | SCREENING
    | DEPARTURES
    | ABSTENTIONS
    | SECRECY
    | PUBLICATION
    | RETENTION
    | COORDINATION
    | POLICY
    | CAMPAIGNS
    | FIGURES
    | ACCOUNTABILITY
    | DESKS
)
FILES = {  # what the browser keeps or reads as a file, not shows as a page
    "calendar_file",
    "choose_language",
    "accountability:download",
    "accountability:edition_file",
    "accountability:answers_file",
    "accountability:annex_file_download",
    "accountability:edition_annex",
    "accountability:period_file",
    "accountability:import_template",
    "house_style_sheet",
    "identity:busy",
    "identity_setup:style_sheet",
    "mfa_download_recovery_codes",
    "intake:template",
    "oaths:certificate",
    "oaths:certificates",
    "organisations:import_template",
    "organisations:sample",
    "organisations:template_sample",
}
