"""What the register answers about prohibited acts, for each kind of body and each kind of person."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from openintegriteit.accountability.legal_position import legal_position
from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.organisations.models import Mandate, OrganisationKind, PersonKind
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.abstentions.law import LAWS
from openintegriteit.registers.abstentions.models import Act, Exemption
from openintegriteit.registers.abstentions.tests.factories import exemption
from openintegriteit.registers.declarations.models import NothingToDeclare, Regime
from openintegriteit.registers.prohibited_acts.law import EXAMPLES, places_of
from openintegriteit.registers.prohibited_acts.models import NeverExempted
from openintegriteit.registers.prohibited_acts.queries import RULES, without_exemption
from openintegriteit.registers.prohibited_acts.tests.factories import act, secretary_or_clerk

pytestmark = pytest.mark.database
ELECTED, EXECUTIVE = PersonKind.ELECTED_MEMBER, PersonKind.EXECUTIVE_MEMBER
CHAIR, AUDIT_COURT = PersonKind.CHAIR, PersonKind.AUDIT_COURT_MEMBER
DUTIES = [
    ("municipality", "GW-15-1", ELECTED),
    ("municipality", "GW-41c-1", EXECUTIVE),
    ("municipality", "GW-69-1", CHAIR),
    ("municipality", "GW-81h", AUDIT_COURT),
    ("province", "PW-15-1", ELECTED),
    ("province", "PW-40c-1", EXECUTIVE),
    ("province", "PW-68-1", CHAIR),
    ("province", "PW-79h", AUDIT_COURT),
    ("water_board", "WSW-33-1", ELECTED),
    ("water_board", "WSW-33-1", EXECUTIVE),
    ("water_board", "WSW-47-3", CHAIR),
    ("water_board", "WSW-51ah", AUDIT_COURT),
]


def answer(organisation, key):
    (found,) = [row for row in legal_position(organisation, today()) if row.key == key]
    assert found.recorded is not None
    return found.recorded.state, found.recorded.reason


def says_nothing(organisation, person):
    NothingToDeclare.objects.create(
        organisation=organisation, register="prohibited_acts", person=person, said_on=today()
    )


@pytest.mark.parametrize(("role", "reads"), [(Role.CLERK, True), (Role.WORKS_COUNCIL, False), (Role.SECRETARY, False)])
def test_what_one_person_declared_is_told_to_who_reads_the_register_only(client_as, organisation, role, reads):
    act(organisation, PersonFactory(organisation=organisation, kind=CHAIR))

    page = client_as(role).get(reverse("accountability:obligation", args=["GW-69-1"])).content.decode()

    assert ("1 opgegeven handeling loopt" in page, "Wie dit register mag lezen, ziet waarom" in page) == (
        reads,
        not reads,
    )


@pytest.fixture
def body(organisation):
    """The body as another kind."""

    def of_kind(kind):
        organisation.kind = kind
        organisation.save()
        return organisation

    return of_kind


@pytest.mark.parametrize(("kind", "key", "office"), DUTIES)
def test_everybody_was_laid_beside_the_list_and_what_goes_on_has_an_exemption(body, kind, key, office) -> None:
    """Gemeentewet 15(1) and (2), 41c(1), 69(1) and 81h, and what Provinciewet and Waterschapswet say alike."""
    organisation = body(kind)
    assert answer(organisation, key) == ("not_shown", "In de lijst van mensen staat niemand met dit ambt.")
    person, other = (PersonFactory(organisation=organisation, kind=office) for _number in range(2))
    says_nothing(organisation, other)
    assert answer(organisation, key)[1].startswith("Van 1 van de 2 ")
    made = act(organisation, person)
    assert answer(organisation, key) == ("not_shown", "1 opgegeven handeling loopt zonder ontheffing.")

    exemption(organisation, other)  # of somebody else
    exemption(organisation, person, act=Act.SUPPLIES)  # from another act
    assert answer(organisation, key)[0] == "not_shown"
    granted = exemption(organisation, person)
    assert answer(organisation, key)[0] == "met"
    for values, state in (
        ({"granted_on": today() + timedelta(days=1)}, "not_shown"),
        ({"granted_on": today() - timedelta(days=9), "holds_until": today()}, "met"),
        ({"holds_until": today() - timedelta(days=1)}, "not_shown"),
    ):
        Exemption.objects.filter(pk=granted.pk).update(**values)
        assert answer(organisation, key)[0] == state

    made.declaration.ends_on = today() - timedelta(days=1)
    made.declaration.save()
    assert answer(organisation, key)[0] == "met"


@pytest.mark.parametrize(("kind", "needs_two"), [("municipality", True), ("province", False)])
def test_gemeentewet_80_69_1_who_stands_in_for_the_mayor_needs_the_exemption_of_the_mayor_too(
    client_as, body, kind, needs_two
) -> None:
    """69(1): the King's commissioner grants it. Provinciewet 78 with 68(1): the minister, as of the own office."""
    organisation = body(kind)
    person = PersonFactory(organisation=organisation, kind=EXECUTIVE)
    stands_in = Mandate.objects.create(
        organisation=organisation, person=person, office="Waarnemend", held_as="stands_in", started_on=today()
    )
    made = act(organisation, person)
    own = exemption(organisation, person)

    def is_open():
        page = client_as(Role.CLERK).get(reverse("declaration", args=[made.declaration_id])).content.decode()
        found = without_exemption(kind, today()).exists()
        assert ("Een van de twee ontheffingen loopt niet" in page) == found
        return found

    assert is_open() == needs_two
    other = exemption(organisation, person, granted_by="kings_commissioner")
    assert not is_open()
    Exemption.objects.filter(pk=own.pk).delete()
    assert is_open() == needs_two
    stands_in.delete()
    assert (other.granted_by, is_open()) == ("kings_commissioner", False)


@pytest.mark.parametrize("kind", ["municipality", "province", "water_board"])
@pytest.mark.parametrize("never", sorted(set(NeverExempted) - {NeverExempted.AGENT_IN_RULINGS}))
def test_from_a_b_and_c_of_the_list_nobody_is_exempted(body, kind, never) -> None:
    """Gemeentewet 15(1)a to c and (2), Provinciewet 15(1)a to c and (2), Waterschapswet 33(1)a to c and (2)."""
    organisation = body(kind)
    person = PersonFactory(organisation=organisation, kind=ELECTED)
    for granted in Act:
        exemption(organisation, person, act=granted)
    key = {"municipality": "GW-15-1", "province": "PW-15-1", "water_board": "WSW-33-1"}[kind]

    act(organisation, person, detail={"act": never})

    assert answer(organisation, key)[0] == "not_shown"


@pytest.mark.parametrize(("kind", "key"), [("municipality", "GW-101"), ("province", "PW-98")])
def test_gemeentewet_101_provinciewet_98_the_secretary_and_the_clerk_owe_the_same(body, kind, key) -> None:
    organisation = body(kind)
    PersonFactory(organisation=organisation)  # of no concern
    secretary = secretary_or_clerk(organisation)
    assert "Aangewezen functies" in answer(organisation, key)[1]
    clerk = secretary_or_clerk(organisation, "Griffier")
    says_nothing(organisation, clerk)
    assert answer(organisation, key)[1].startswith("Van 1 van de 2 ")
    act(organisation, secretary)
    assert answer(organisation, key)[1] == "1 opgegeven handeling loopt zonder ontheffing."

    exemption(organisation, secretary)

    assert answer(organisation, key)[0] == "met"


def test_provinciewet_47_an_executive_member_advises_in_no_matter_that_the_executive_rules_on(body) -> None:
    organisation = body("province")
    person = PersonFactory(organisation=organisation, kind=EXECUTIVE)
    assert answer(organisation, "PW-47")[0] == "not_shown"
    made = act(organisation, person, detail={"act": NeverExempted.AGENT_IN_RULINGS})

    assert [answer(organisation, key)[0] for key in ("PW-47", "PW-40c-1")] == ["not_shown", "met"]
    assert "Ontheffing is hiervoor niet mogelijk" in answer(organisation, "PW-47")[1]

    made.declaration.ends_on = date(2026, 6, 1)
    made.declaration.save()
    assert answer(organisation, "PW-47")[0] == "met"


def test_the_data_has_every_act_of_each_law_once_with_an_example() -> None:
    """Those of Gemeentewet 15(1), Provinciewet 15(1) and Waterschapswet 33(1) are alike; Provinciewet 47 adds one."""
    common = {*NeverExempted, *Act} - {NeverExempted.AGENT_IN_RULINGS}
    for kind in ("municipality", "province", "water_board"):
        for office in PersonKind:
            places = places_of(kind, office)
            is_more = kind == "province" and office == EXECUTIVE
            assert set(places) == (common | {NeverExempted.AGENT_IN_RULINGS} if is_more else common)
            assert len(set(places.values())) == len(places)
    assert not places_of(OrganisationKind.JOINT_BODY, ELECTED)
    assert set(EXAMPLES) == {*NeverExempted, *Act}


def test_whom_the_list_concerns_can_be_granted_an_exemption() -> None:
    for kind, law in LAWS.items():
        holders = RULES[Regime.OFFICE_HOLDERS].articles.get(kind, {})
        assert set(holders) == {granted for granted in law.exemptions if granted in set(holders)}
        assert (kind in RULES[Regime.OFFICIALS].articles) == (PersonKind.OFFICIAL in law.exemptions)
