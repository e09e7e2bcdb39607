"""Duties that the records of several apps answer together."""

from datetime import date

import pytest

from openintegriteit.accountability.legal_position import legal_position
from openintegriteit.accountability.models import ReportStep
from openintegriteit.accountability.tests import factories
from openintegriteit.core.roles import Actor, Role
from openintegriteit.organisations.models import Mandate
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.policy.models import PolicyPlan
from openintegriteit.policy.tests.factories import regulation, version
from openintegriteit.programme.models import Activity
from openintegriteit.programme.tests.factories import activity
from openintegriteit.registers.abstentions.tests.factories import exemption
from openintegriteit.registers.declarations.models import NothingToDeclare
from openintegriteit.registers.oaths.tests.factories import ceremony, oath
from openintegriteit.registers.outside_positions.tests.factories import assessment, position
from openintegriteit.registers.prohibited_acts.tests.factories import act

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = date(2026, 11, 26)


def shown(organisation, key):
    (found,) = [row for row in legal_position(organisation, DAY) if row.key == key]
    return found.recorded


def test_waterschapswet_45_who_comes_from_outside_keeps_to_what_members_keep_to(organisation) -> None:
    organisation.kind = "water_board"
    organisation.save()
    member = PersonFactory(organisation=organisation, kind="executive_member", started_on=date(2026, 3, 1))
    assert shown(organisation, "WSW-45").reason == "Niemand komt van buiten het algemeen bestuur."
    Mandate.objects.create(
        organisation=organisation,
        person=member,
        office="Lid van het dagelijks bestuur",
        held_as="from_outside",
        started_on=date(2026, 3, 1),
    )
    assert shown(organisation, "WSW-45").state == "not_shown"
    oath(organisation, member, taken_on=date(2026, 3, 2))  # the law asks it before the office begins (34)
    made = position(organisation, member, detail={"role": "Wethouder", "where": "Gemeente Zuidveen"})
    told = shown(organisation, "WSW-45").reason
    assert ("voordat het ambt begon" in told, "1 opgegeven functie is nog niet afgehandeld" in told) == (True, True)

    oath(organisation, member, taken_on=date(2026, 3, 1))
    assessment(made, "exception")

    assert "nog geen opgave" in shown(organisation, "WSW-45").reason  # about the acts of 33
    declared = act(organisation, member)
    assert "zonder ontheffing" in shown(organisation, "WSW-45").reason

    exemption(organisation, member, act=declared.act)

    assert shown(organisation, "WSW-45").state == "met"


@pytest.mark.parametrize(
    ("kind", "key", "for_chair"),
    [("municipality", "GW-80", "kings_commissioner"), ("province", "PW-78", "minister")],
)
def test_who_acts_keeps_to_the_positions_the_acts_and_the_code_of_the_chair(organisation, kind, key, for_chair) -> None:
    """Gemeentewet 80 with 67 to 69, Provinciewet 78 with 66 to 68; Waterschapswet 51a says nothing like it."""
    organisation.kind = kind
    organisation.save()
    member = PersonFactory(organisation=organisation, kind="executive_member", started_on=date(2022, 6, 1))
    assert shown(organisation, key).state == "met"
    Mandate.objects.create(
        organisation=organisation, person=member, office="Waarnemend", held_as="stands_in", started_on=date(2026, 3, 1)
    )
    NothingToDeclare.objects.create(organisation=organisation, register="outside_positions", person=member, said_on=DAY)
    told = shown(organisation, key).reason
    assert ("nog geen opgave" in told, "geen gedragscode" in told) == (True, True)

    code = regulation(organisation, audience="executive")
    version(code, "1", adopted_on=date(2022, 1, 1), in_force_on=date(2022, 1, 1))
    declared = act(organisation, member)
    exemption(organisation, member, act=declared.act, granted_by="provincial_executive")
    assert (shown(organisation, key).state == "not_shown") == (kind == "municipality")
    exemption(organisation, member, act=declared.act, granted_by=for_chair)

    assert shown(organisation, key).state == "met"
    reader = Actor("", "Lid", organisation.pk, frozenset({Role.WORKS_COUNCIL}))
    assert shown(organisation, key).seen_by(reader).reason == "Wie dit register mag lezen, ziet waarom."


@pytest.mark.parametrize(
    ("kind", "key"), [("municipality", "GW-170-2"), ("province", "PW-175-2"), ("water_board", "WSW-94-2")]
)
def test_integrity_is_promoted_with_a_plan_and_what_was_held_or_sent(organisation, kind, key) -> None:
    """Gemeentewet 170(2), Provinciewet 175(2), Waterschapswet 94(2)."""
    organisation.kind = kind
    organisation.save()
    activity(organisation, status="held", starts_on=date(2025, 11, 25))  # more than a year ago
    activity(organisation, status="planned", starts_on=date(2026, 12, 1))
    PolicyPlan.objects.create(organisation=organisation, title="Nota", adopted_on=date(2025, 6, 1))
    assert shown(organisation, key).state == "not_shown"

    talk = activity(organisation, kind="team_talk", status="held", starts_on=date(2026, 5, 1))
    held = ceremony(organisation, starts_on=date(2026, 4, 1), with_executive_member=True)
    Activity.objects.filter(ceremony=held).update(status="held")
    told = shown(organisation, key)
    assert told.state == "met"
    assert "zijn 2 activiteiten gehouden. 1 daarvan was een teamgesprek. Bij 1 beëdiging " in told.reason

    held.delete()
    Activity.objects.filter(pk__in=[talk.pk, held.activity_id]).delete()
    assert shown(organisation, key).state == "not_shown"
    ReportStep.objects.create(
        organisation=organisation,
        report=factories.report(organisation),
        edition=1,
        kind="to_representatives",
        taken_on=date(2026, 6, 3),
    )
    assert shown(organisation, key).state == "met"
    assert "is op 3 juni 2026 verstuurd aan de volksvertegenwoordiging" in shown(organisation, key).reason
    PolicyPlan.objects.all().delete()
    assert shown(organisation, key).state == "not_shown"
