"""Who may open the pages of the registers, of what is published of them, and of how long they are kept."""

from datetime import date

from django.utils import timezone

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.organisations.models import Person
from openintegriteit.publication.models import Entry as PublicLine
from openintegriteit.publication.models import Hiding
from openintegriteit.registers.abstentions.models import Abstention, Exemption, Meeting, Subject
from openintegriteit.registers.declarations.models import Deputy
from openintegriteit.registers.declarations.permissions import DECIDERS, EVERYBODY, OF_OFFICE_HOLDERS, OF_OFFICIALS
from openintegriteit.registers.departures.models import CoolingOffRule, Departure
from openintegriteit.registers.designations.models import Designation
from openintegriteit.registers.gifts.models import Gift, GiftRule
from openintegriteit.registers.intake.models import Intake
from openintegriteit.registers.interests.models import FinancialInterest
from openintegriteit.registers.oaths.models import Ceremony, Oath
from openintegriteit.registers.outside_positions.models import OutsidePosition
from openintegriteit.registers.prohibited_acts.models import ProhibitedAct
from openintegriteit.registers.screening.models import Screening, ScreeningRule
from openintegriteit.registers.secrecy.models import Exclusion, ImposedSecrecy
from openintegriteit.retention.models import DestructionList, Hold, RetentionRule
from openintegriteit.tests.architecture.matrix import Page, change, view
from openintegriteit.tests.rows import another_day

LAST_YEAR = today().year - 1
COORDINATOR = (Role.COORDINATOR,)
ADMINISTRATOR = (Role.FUNCTIONAL_ADMINISTRATOR,)
CAMPAIGN_READERS = (Role.COORDINATOR, Role.HR)
DESIGNATION_READERS = (Role.COORDINATOR, Role.HR, Role.SECRETARY, Role.INTERNAL_AUDITOR)
DESIGNATIONS: dict[str, Page] = {
    "designations:designations": view(*DESIGNATION_READERS),
    "designations:new": view(*CAMPAIGN_READERS),
    "designations:designation": view(*DESIGNATION_READERS, pk=Designation),
    "designations:edit": view(*CAMPAIGN_READERS, pk=Designation),
}
KEEPERS = (Role.COORDINATOR, Role.HR, Role.CLERK, Role.CHAIR)
# Whose oaths one reads depends on the row too: those of others answer as absent.
OATH_RECORDERS = (Role.HR, Role.CLERK)
OATHS: dict[str, Page] = {
    "oaths:owing": view(*KEEPERS),
    "oaths:taken": view(*KEEPERS),
    "oaths:new": view(*OATH_RECORDERS),
    "oaths:texts": view(*KEEPERS),
    "oaths:new_text": view(*OATH_RECORDERS),
    "oaths:send": view(Role.HR),
    "oaths:oath": view(*KEEPERS, pk=Oath).without_record(),
    "oaths:withdraw": view(*OATH_RECORDERS, pk=Oath).without_record(),
    "oaths:mine": view(*EVERYBODY),
    "oaths:certificate": view(*EVERYBODY, pk=Oath).without_record(),
    "oaths:ceremonies": view(*KEEPERS),
    "oaths:ceremony_new": view(*OATH_RECORDERS),
    "oaths:ceremony": view(*KEEPERS, pk=Ceremony).without_record(),
    "oaths:ceremony_edit": view(*OATH_RECORDERS, pk=Ceremony).without_record(),
    "oaths:ceremony_move": view(*OATH_RECORDERS, pk=Ceremony).without_record(),
    "oaths:ceremony_call_off": view(*OATH_RECORDERS, pk=Ceremony).without_record(),
    "oaths:ceremony_invite": view(*OATH_RECORDERS, pk=Ceremony)
    .without_record()
    .of_a_record_with(activity__starts_on=date(2026, 1, 1)),
    "oaths:ceremony_attend": view(*OATH_RECORDERS, pk=Ceremony)
    .without_record()
    .of_a_record_with(activity__starts_on=date(2026, 1, 1)),
    "oaths:certificates": view(*KEEPERS, pk=Ceremony).without_record(),
}
SCREENING: dict[str, Page] = {
    "screening:owing": view(*KEEPERS),
    "screening:screenings": view(*KEEPERS),
    "screening:new": view(*OATH_RECORDERS),
    "screening:rules": view(*KEEPERS),
    "screening:rule_new": view(*OATH_RECORDERS),
    "screening:rule_edit": view(*OATH_RECORDERS, pk=ScreeningRule)
    .without_record()
    .of_a_record_with(ended_on=another_day),
    "screening:screening": view(*KEEPERS, pk=Screening).without_record(),
    "screening:edit": view(*OATH_RECORDERS, pk=Screening).without_record(),
    "screening:withdraw": view(*OATH_RECORDERS, pk=Screening).without_record(),
}
DEPARTURES: dict[str, Page] = {
    "departures:unrecorded": view(*KEEPERS),
    "departures:departures": view(*KEEPERS),
    "departures:new": view(*OATH_RECORDERS),
    "departures:hire": view(*KEEPERS),
    "departures:rules": view(*KEEPERS),
    "departures:rule_new": view(*OATH_RECORDERS),
    "departures:rule_edit": view(*OATH_RECORDERS, pk=CoolingOffRule)
    .without_record()
    .of_a_record_with(ended_on=another_day),
    "departures:departure": view(*KEEPERS, pk=Departure).without_record(),
    "departures:edit": view(*OATH_RECORDERS, pk=Departure).without_record(),
    "departures:withdraw": view(*OATH_RECORDERS, pk=Departure).without_record(),
}
MEETING_KEEPERS = (Role.CLERK, Role.SECRETARY)
MEETING_READERS = (*MEETING_KEEPERS, Role.CHAIR)
MEMBERS = (Role.ELECTED_MEMBER, Role.EXECUTIVE_MEMBER, Role.CHAIR)
AGENDA_READERS = (*MEETING_KEEPERS, *MEMBERS)
# Whose meetings and exemptions one reads depends on the row too: those of others answer as absent.
ABSTENTIONS: dict[str, Page] = {
    "abstentions:mine": view(*MEMBERS),
    "abstentions:meetings": view(*MEETING_READERS),
    "abstentions:new": view(*MEETING_KEEPERS),
    "abstentions:import": view(*MEETING_KEEPERS),
    "abstentions:meeting": view(*AGENDA_READERS, pk=Meeting).without_record(),
    "abstentions:edit": view(*MEETING_KEEPERS, pk=Meeting).without_record(),
    "abstentions:call_off": view(*MEETING_KEEPERS, pk=Meeting).without_record(),
    "abstentions:add_subjects": view(*MEETING_KEEPERS, pk=Meeting).without_record(),
    "abstentions:compare": change(*MEETING_KEEPERS, pk=Meeting).without_record(),
    "abstentions:conclude": change(*MEETING_KEEPERS, pk=Meeting).without_record(),
    "abstentions:subject": view(*MEETING_KEEPERS, pk=Subject).without_record(),
    "abstentions:remove_subject": change(*MEETING_KEEPERS, pk=Subject).without_record(),
    "abstentions:announce": view(*MEMBERS, pk=Subject).without_record(),
    "abstentions:record": view(*MEETING_KEEPERS, pk=Subject).without_record(),
    # A suggestion needs a declaration with its details: registers/abstentions/tests. This key leads to nothing.
    "abstentions:dismiss": view(*AGENDA_READERS, pk=Meeting).without_record(),
    "abstentions:abstentions": view(*MEETING_READERS),
    "abstentions:abstention": view(*AGENDA_READERS, pk=Abstention).without_record(),
    "abstentions:change": view(*MEETING_KEEPERS, pk=Abstention).without_record(),
    "abstentions:withdraw": view(*AGENDA_READERS, pk=Abstention).without_record(),
    "abstentions:exemptions": view(*MEETING_READERS, Role.HR),
    "abstentions:new_exemption": view(*MEETING_KEEPERS, Role.HR),
    "abstentions:exemption": view(*MEETING_READERS, Role.HR, pk=Exemption)
    .without_record()
    .of_a_record_with(person__kind="elected_member"),
    "abstentions:edit_exemption": view(*MEETING_KEEPERS, Role.HR, pk=Exemption)
    .without_record()
    .of_a_record_with(person__kind="elected_member"),
}
# The row of the tests was imposed by the representative body, so that it is not the secretary's.
SECRECY: dict[str, Page] = {
    "secrecy:list": view(*MEETING_READERS),
    "secrecy:new": view(*MEETING_KEEPERS),
    "secrecy:one": view(Role.CLERK, Role.CHAIR, pk=ImposedSecrecy).not_theirs(Role.SECRETARY),
    "secrecy:edit": view(Role.CLERK, pk=ImposedSecrecy).not_theirs(Role.SECRETARY),
    "secrecy:lift": view(Role.CLERK, pk=ImposedSecrecy).not_theirs(Role.SECRETARY),
    "secrecy:withdraw": view(Role.CLERK, pk=ImposedSecrecy).not_theirs(Role.SECRETARY),
    "secrecy:exclude": view(Role.CLERK, pk=ImposedSecrecy),
    "secrecy:withdraw_exclusion": view(Role.CLERK, pk=Exclusion),
}
RETENTION_VIEWERS = (*KEEPERS, Role.SECRETARY, Role.FUNCTIONAL_ADMINISTRATOR, Role.INTERNAL_AUDITOR)
APPROVERS = (*KEEPERS, Role.SECRETARY, Role.FUNCTIONAL_ADMINISTRATOR)
# Whose lists and holds one reads depends on the row too: those of the other side answer as absent.
RETENTION: dict[str, Page] = {
    "retention:overview": view(*RETENTION_VIEWERS),
    "retention:kind": view(*RETENTION_VIEWERS, key="gifts_officials").without_record(),
    "retention:rule_new": view(*ADMINISTRATOR, key="gifts_officials"),
    "retention:rule_remove": change(*ADMINISTRATOR, pk=RetentionRule).of_a_record_with(in_force_from=another_day),
    "retention:lists": view(*RETENTION_VIEWERS),
    "retention:list_new": view(Role.COORDINATOR, Role.CLERK, side="ambtenaren").without_record(),
    "retention:list": view(*RETENTION_VIEWERS, pk=DestructionList).without_record(),
    "retention:agree": change(*APPROVERS, pk=DestructionList).without_record(),
    "retention:take_back": view(*APPROVERS, pk=DestructionList).without_record(),
    "retention:declaration": view(*RETENTION_VIEWERS, pk=DestructionList).without_record(),
    "retention:holds": view(*KEEPERS),
    "retention:hold_new": view(Role.COORDINATOR, Role.CLERK),
    "retention:hold_edit": view(Role.COORDINATOR, Role.CLERK, pk=Hold).without_record(),
    "retention:hold_end": view(Role.COORDINATOR, Role.CLERK, pk=Hold).without_record(),
}
PUBLICATION: dict[str, Page] = {
    "publication:overview": view(*KEEPERS),
    "publication:entries": view(*KEEPERS),
    "publication:settings": view(Role.COORDINATOR, Role.CLERK),
    "publication:hide": view(*KEEPERS, pk=PublicLine).without_record(),
    "publication:show_again": change(*KEEPERS, pk=Hiding).without_record(),
}
# Who reads which declaration depends on the row too: what may not be read answers as absent.
REGISTERS: dict[str, Page] = {
    "declarations:mine": view(*EVERYBODY),
    "declarations:to_decide": view(*DECIDERS, *COORDINATOR),
    "declarations:rules": view(*COORDINATOR),
    "declarations:rule_edit": view(*COORDINATOR, register="gifts"),
    "declarations:deputies": view(*DECIDERS, Role.HR),
    "declarations:deputy_new": view(*DECIDERS, Role.HR),
    # Of oneself only; the personnel department sees those of everybody.
    "declarations:deputy_end": view(Role.HR, pk=Deputy).not_theirs(*DECIDERS),
    "declarations:deputy_remove": change(Role.HR, pk=Deputy)
    .of_a_record_with(starts_on=another_day)
    .not_theirs(*DECIDERS),
    "declarations:nothing": change(*EVERYBODY, person_id=Person, register="outside_positions").without_record(),
    "declarations:end": view(*EVERYBODY, pk=(OutsidePosition, "declaration_id")).without_record(),
    "declarations:withdraw": view(*EVERYBODY, pk=(OutsidePosition, "declaration_id")).without_record(),
    "declarations:take_back": view(*DECIDERS, pk=(OutsidePosition, "declaration_id")).without_record(),
    "declarations:confirm": change(*EVERYBODY, pk=(OutsidePosition, "declaration_id")).without_record(),
    "declaration": view(*EVERYBODY, pk=(OutsidePosition, "declaration_id")).without_record(),
    "declaration_remark": view(*EVERYBODY, pk=(OutsidePosition, "declaration_id")).without_record(),
    "declaration_second": view(*DECIDERS, *COORDINATOR, pk=(OutsidePosition, "declaration_id")).without_record(),
    "declaration_decide": view(*DECIDERS, pk=(OutsidePosition, "declaration_id")).without_record(),
    "outside_positions:positions": view(*OF_OFFICIALS, *OF_OFFICE_HOLDERS),
    "outside_positions:new": view(*EVERYBODY, person_id=Person).without_record(),
    "outside_positions:edit": view(*EVERYBODY, pk=(OutsidePosition, "declaration_id")).without_record(),
    "outside_positions:intention": view(Role.CLERK, pk=(OutsidePosition, "declaration_id")).without_record(),
    "outside_positions:incompatible": view(Role.CLERK, pk=(OutsidePosition, "declaration_id")).without_record(),
    "outside_positions:undesirable": view(Role.CLERK, pk=(OutsidePosition, "declaration_id")).without_record(),
    "outside_positions:incomes": view(*EVERYBODY),
    "outside_positions:incomes_of": view(*EVERYBODY, year=LAST_YEAR),
    "outside_positions:income": view(*EVERYBODY, person_id=Person, year=LAST_YEAR).without_record(),
    "gifts:gifts": view(*OF_OFFICIALS, *OF_OFFICE_HOLDERS),
    "gifts:new": view(*EVERYBODY, person_id=Person).without_record(),
    "gifts:edit": view(*EVERYBODY, pk=(Gift, "declaration_id"))
    .without_record()
    .of_a_record_with(declaration__register="gifts"),
    "interests:interests": view(*OF_OFFICIALS, *OF_OFFICE_HOLDERS),
    "interests:unanswered": view(*OF_OFFICIALS),
    "interests:new": view(*EVERYBODY, person_id=Person).without_record(),
    "interests:edit": view(*EVERYBODY, pk=(FinancialInterest, "declaration_id"))
    .without_record()
    .of_a_record_with(declaration__register="interests"),
    "prohibited_acts:acts": view(*OF_OFFICIALS, *OF_OFFICE_HOLDERS),
    "prohibited_acts:new": view(*EVERYBODY, person_id=Person).without_record(),
    "prohibited_acts:edit": view(*EVERYBODY, pk=(ProhibitedAct, "declaration_id"))
    .without_record()
    .of_a_record_with(declaration__register="prohibited_acts"),
    "intake:start": view(*OATH_RECORDERS),
    "intake:upload": view(*OATH_RECORDERS, slug="nevenfuncties"),
    "intake:template": view(*OATH_RECORDERS, slug="geschenken", extension="xlsx"),
    "intake:columns": view(*OATH_RECORDERS, slug="belangen", identifier="0" * 32).without_record(),
    "intake:preview": view(*OATH_RECORDERS, slug="belangen", identifier="0" * 32).without_record(),
    "intake:intake": view(*OATH_RECORDERS, pk=Intake).without_record().of_a_record_with(finished_at=timezone.now),
    "overview:year": view(*OF_OFFICIALS),
    "gifts:givers": view(*OF_OFFICIALS, *OF_OFFICE_HOLDERS),
    "gifts:rules": view(*OF_OFFICIALS, *OF_OFFICE_HOLDERS),
    "gifts:rule_new": view(*COORDINATOR, regime="ambtenaren"),
    "gifts:rule_remove": change(*COORDINATOR, pk=GiftRule).of_a_record_with(in_force_from=another_day),
}
