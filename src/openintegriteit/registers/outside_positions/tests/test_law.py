"""What the register answers about duties of law, and what it makes public by it, for each kind of body."""

from datetime import date, timedelta

import pytest
from django.urls import reverse, reverse_lazy

from openintegriteit.accountability.legal_position import legal_position
from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.organisations.models import Appointment, PersonKind, Position
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.declarations.models import NothingToDeclare
from openintegriteit.registers.designations.models import Designation
from openintegriteit.registers.outside_positions.published import of_designated_officials, of_office_holders
from openintegriteit.registers.outside_positions.tests.factories import position

pytestmark = pytest.mark.database
KINDS = ("municipality", "province", "water_board")


def answer(organisation, key):
    (found,) = [row for row in legal_position(organisation, today()) if row.key == key]
    assert found.recorded is not None
    return found.recorded


def decided(organisation, person, **values):
    return position(organisation, person, outcome="allowed", decided_revision=1, **values)


def designated_official(organisation):
    post = Position.objects.create(organisation=organisation, title="Directeur")
    Designation.objects.create(
        organisation=organisation,
        position=post,
        publishes_side_jobs=True,
        reasons="Top van de organisatie",
        designated_on=date(2026, 1, 1),
    )
    person = PersonFactory(organisation=organisation)
    Appointment.objects.create(organisation=organisation, person=person, position=post)
    return person


@pytest.mark.parametrize("kind", KINDS)
def test_ambtenarenwet_5_1_b_side_jobs_are_kept(organisation, kind) -> None:
    organisation.kind = kind
    assert answer(organisation, "AW-05-1b").state == "not_shown"
    person = PersonFactory(organisation=organisation)
    decided(organisation, person)
    position(organisation, person)

    told = answer(organisation, "AW-05-1b")

    assert (told.state, told.reason) == (
        "met",
        "Er staan 2 nevenfuncties van ambtenaren in het register. 1 wacht op een besluit.",
    )


@pytest.mark.parametrize("kind", KINDS)
def test_ambtenarenwet_5_1_c_side_jobs_in_designated_positions_are_published(organisation, kind) -> None:
    organisation.kind = kind
    assert answer(organisation, "AW-05-1c").state == "not_shown"
    person = designated_official(organisation)
    assert answer(organisation, "AW-05-1c").state == "met"

    made = position(organisation, person)

    assert answer(organisation, "AW-05-1c").state == "not_shown"
    made.declaration.outcome, made.declaration.decided_revision = "forbidden", made.declaration.revision
    made.declaration.save()
    assert answer(organisation, "AW-05-1c").state == "not_shown"
    assert answer(organisation, "AW-05-1c").reason.endswith("1 is verboden en niet gestopt, en staat niet op de site.")


def test_of_designated_officials_only_what_was_decided_to_be_possible_is_public(organisation) -> None:
    person = designated_official(organisation)
    position(organisation, person, detail={"where": "Wacht nog"})
    position(organisation, person, detail={"where": "Mag niet"}, outcome="forbidden", decided_revision=1)
    position(
        organisation, person, detail={"where": "Sindsdien gewijzigd"}, outcome="allowed", decided_revision=1, revision=2
    )
    decided(organisation, person, detail={"where": "Mag"})
    decided(organisation, PersonFactory(organisation=organisation), detail={"where": "Niet aangewezen"})

    entries = of_designated_officials(organisation, today(), today())

    assert [(entry.values["where"], entry.values["office"]) for entry in entries] == [("Mag", "Directeur")]
    assert "ex_officio" not in entries[0].values


def test_the_two_regimes_never_stand_in_one_register(organisation) -> None:
    official, member = (
        designated_official(organisation),
        PersonFactory(organisation=organisation, kind="elected_member"),
    )
    of_official, of_member = decided(organisation, official), position(organisation, member)

    officials = {entry.key for entry in of_designated_officials(organisation, today(), today())}
    holders = {entry.key for entry in of_office_holders(organisation, today(), today())}

    assert (officials, holders) == ({of_official.declaration_id}, {of_member.declaration_id})


@pytest.mark.parametrize(
    ("kind", "key", "person_kind"),
    [
        ("municipality", "GW-12", PersonKind.ELECTED_MEMBER),
        ("municipality", "GW-41b-3", PersonKind.EXECUTIVE_MEMBER),
        ("province", "PW-11", PersonKind.ELECTED_MEMBER),
        ("province", "PW-40b-3", PersonKind.EXECUTIVE_MEMBER),
        ("water_board", "WSW-32", PersonKind.ELECTED_MEMBER),
    ],
)
def test_office_holders_have_all_made_their_positions_public(organisation, kind, key, person_kind) -> None:
    """Gemeentewet 12 and 41b(3), Provinciewet 11 and 40b(3), Waterschapswet 32."""
    organisation.kind = kind
    assert answer(organisation, key).state == "not_shown"
    first = PersonFactory(organisation=organisation, kind=person_kind)
    second = PersonFactory(organisation=organisation, kind=person_kind)
    PersonFactory(organisation=organisation, kind=person_kind, ended_on=today() - timedelta(days=1))
    position(organisation, first)
    assert answer(organisation, key).reason.startswith("Van 1 van de 2 ")

    NothingToDeclare.objects.create(
        organisation=organisation, register="outside_positions", person=second, said_on=today()
    )

    assert answer(organisation, key).state == "met"


@pytest.mark.parametrize(
    "address",
    [reverse_lazy("accountability:obligation", args=["AW-05-1b"]), reverse_lazy("accountability:legal_position")],
)
def test_a_page_that_refuses_the_reader_is_not_linked(client_as, organisation, address) -> None:
    link = reverse("outside_positions:positions")

    assert f'href="{link}"' in client_as(Role.COORDINATOR).get(address).content.decode().partition("<main")[2]
    assert f'href="{link}"' not in client_as(Role.INTERNAL_AUDITOR).get(address).content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_ambtenarenwet_8_1_a_each_side_job_was_decided_about(organisation, kind) -> None:
    organisation.kind = kind
    assert answer(organisation, "AW-08-1a").state == "not_shown"
    official = PersonFactory(organisation=organisation)
    decided(organisation, official)
    assert answer(organisation, "AW-08-1a").state == "met"

    position(organisation, official)

    assert answer(organisation, "AW-08-1a").reason == (
        "Ambtenaren hebben hiervan 2 opgaven gedaan. 1 wacht op een besluit."
    )
    assert answer(organisation, "AW-08-1a").state == "not_shown"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("began", "joined", "declared", "in_time"),
    [
        (date(2026, 6, 1), date(2020, 1, 1), date(2026, 5, 12), True),  # while it still was a plan
        (date(2026, 5, 12), date(2020, 1, 1), date(2026, 5, 12), True),
        (date(2026, 5, 11), date(2020, 1, 1), date(2026, 5, 12), False),
        (date(2015, 1, 1), date(2026, 5, 12), date(2026, 5, 12), True),  # on the first day of the employment
        (date(2015, 1, 1), date(2026, 5, 11), date(2026, 5, 12), False),
        (date(2015, 1, 1), None, date(2026, 5, 12), False),
        (None, date(2020, 1, 1), date(2026, 5, 12), False),
    ],
)
def test_ambtenarenwet_8_2_a_a_side_job_was_declared_before_it_began(
    organisation, kind, began, joined, declared, in_time
) -> None:
    organisation.kind = kind
    official = PersonFactory(organisation=organisation, started_on=joined)
    position(organisation, official, starts_on=began, declared_on=declared)

    assert answer(organisation, "AW-08-2a").state == ("met" if in_time else "not_shown")


def test_what_office_holders_declare_is_no_matter_of_the_ambtenarenwet(organisation) -> None:
    position(organisation, PersonFactory(organisation=organisation, kind=PersonKind.ELECTED_MEMBER))

    for key in ("AW-08-1a", "AW-08-2a"):
        assert answer(organisation, key).reason == "Dit heeft nog geen ambtenaar opgegeven."
