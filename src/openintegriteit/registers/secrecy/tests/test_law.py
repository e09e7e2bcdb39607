"""Secrecy as the law has it: who imposes, who lifts, on what it lies by itself, and what the records answer.

Gemeentewet 23(4) and 87 to 89, Provinciewet 23(4) and 84 to 86, Waterschapswet 35(4) and 55b to 55d.
"""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from openintegriteit.core.clock import today
from openintegriteit.core.contracts import Period
from openintegriteit.core.roles import Role
from openintegriteit.event_log.models import Entry
from openintegriteit.organisations.models import Mandate, OrganisationKind
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.policy.obligations import obligation_named
from openintegriteit.registers.secrecy import operations
from openintegriteit.registers.secrecy.due import due_items
from openintegriteit.registers.secrecy.forms import LiftForm, NewSecrecyForm, SecrecyForm
from openintegriteit.registers.secrecy.law import GROUNDS, LAWS, law_of
from openintegriteit.registers.secrecy.models import Exclusion, ImposedSecrecy, Organ
from openintegriteit.registers.secrecy.queries import may_be_excluded
from openintegriteit.registers.secrecy.recorded import recorded_answers
from openintegriteit.registers.secrecy.tests.factories import LIFTED, MARKED, exclusion, secrecy
from openintegriteit.registers.secrecy.yearbook import figures

pytestmark = pytest.mark.database
BODIES = ["municipality", "province", "water_board"]
DUTIES = [("municipality", "GW-89"), ("province", "PW-86"), ("water_board", "WSW-55d")]
COMMITTEE = {"imposed_by": "committee", "committee": "Commissie Ruimte"}
TODAY = date(2026, 9, 1)
GIVEN = {"given_on": date(2026, 4, 1)}


def test_gemeentewet_87_provinciewet_84_waterschapswet_55b_who_imposes_by_its_own_name() -> None:
    assert {kind: list(LAWS[kind].organs.values()) for kind in BODIES} == {
        "municipality": [
            "de gemeenteraad",
            "het college van burgemeester en wethouders",
            "de burgemeester",
            "een commissie",
        ],
        "province": ["Provinciale Staten", "Gedeputeerde Staten", "de commissaris van de Koning", "een commissie"],
        "water_board": ["het algemeen bestuur", "het dagelijks bestuur", "de voorzitter", "een commissie"],
    }
    assert [LAWS[kind].imposing for kind in BODIES] == [
        "Gemeentewet, artikel 87",
        "Provinciewet, artikel 84",
        "Waterschapswet, artikel 55b",
    ]


def test_wet_open_overheid_5_1_the_interests_are_those_of_paragraphs_1_and_2_and_no_other() -> None:
    assert list(GROUNDS) == [*(f"5.1.1.{letter}" for letter in "abcde"), *(f"5.1.2.{letter}" for letter in "abcdefghi")]
    assert GROUNDS["5.1.2.e"].article == "Woo, artikel 5.1, lid 2, onder e"


LIFTERS = [
    ({"imposed_by": "representative"}, {"representative"}),
    ({"imposed_by": "representative", "kind": "closed_meeting"}, {"representative"}),
    ({"imposed_by": "executive"}, {"executive"}),
    ({"imposed_by": "chair"}, {"chair"}),
    ({**COMMITTEE, "committee_of": "representative"}, {"committee", "representative"}),
    ({**COMMITTEE, "committee_of": "executive"}, {"committee", "executive"}),
    ({"imposed_by": "executive", **GIVEN}, {"representative"}),
    ({"imposed_by": "chair", **GIVEN}, {"representative"}),
    ({**COMMITTEE, "committee_of": "executive", **GIVEN}, {"representative"}),
]


@pytest.mark.parametrize("kind", BODIES)
def test_gemeentewet_89_3_4_provinciewet_86_3_4_waterschapswet_55d_3_4_who_lifts(
    organisation, actor_with, kind
) -> None:
    """Asked of the form, of the operation and of the database itself."""
    organisation.kind = kind
    organisation.save()
    keeper, told = actor_with(Role.CLERK, Role.SECRETARY), {"lifted_on": TODAY, "lifting_reference": "B 9"}
    for values, may in LIFTERS:
        made = secrecy(organisation, **values)
        for organ in {"committee", "chair", "executive", "representative"} - may:
            wrong = told | {"lifted_by": organ}
            assert not LiftForm(wrong | {"version": 1}, instance=made, law=law_of(kind)).is_valid()
            with pytest.raises(operations.MayNotLift):
                operations.lift(actor=keeper, secrecy=made, expected_version=1, values=wrong)
            with pytest.raises(IntegrityError), transaction.atomic():
                ImposedSecrecy.objects.filter(pk=made.pk).update(**wrong)
        for version, organ in enumerate(sorted(may), start=1):
            right = told | {"lifted_by": organ}
            assert LiftForm(right | {"version": 1}, instance=made, law=law_of(kind)).is_valid()
            lifted = operations.lift(actor=keeper, secrecy=made, expected_version=version, values=right)
            assert lifted.lifted_by == organ


CLOSED_MEETINGS = [
    *((kind, "representative", "", True) for kind in BODIES),
    *((kind, "executive", "", False) for kind in BODIES),
    ("municipality", "committee", "representative", True),
    ("province", "committee", "representative", True),
    ("municipality", "committee", "executive", False),
    ("province", "committee", "executive", False),
    ("water_board", "committee", "representative", False),
]


def test_gemeentewet_23_4_provinciewet_23_4_waterschapswet_35_4_on_which_closed_meetings_secrecy_lies(
    organisation, actor_with
) -> None:
    """By Gemeentewet 82(5), 83(4) and 84(3), Provinciewet 80(5), 81(4) and 82(3) also of their committees."""
    keeper = actor_with(Role.CLERK, Role.SECRETARY)
    for kind, by, founder, fits in CLOSED_MEETINGS:
        told = {"kind": "closed_meeting", "subject": "Besloten deel", "imposed_by": by, "imposed_on": "2026-03-03"}
        told |= {"committee": "Ruimte" if founder else "", "committee_of": founder, "submission": uuid.uuid4()}

        form = NewSecrecyForm(told, law=law_of(kind), actor=keeper)

        assert form.is_valid() is fits, (kind, by, founder)
        if fits:
            grounded = NewSecrecyForm(told | {"ground": "5.1.2.b"}, law=law_of(kind), actor=keeper)
            assert list(grounded.errors) == ["ground"]


def test_provinciewet_80_to_82_the_kings_commissioner_sets_up_no_committee() -> None:
    assert "chair" in LAWS["municipality"].founders
    assert list(LAWS["province"].founders) == ["representative", "executive"]


def answers(organisation, name):
    told = {row.subject: row for row in recorded_answers(today())}
    first, second = (told[obligation_named(f"{name}-{place}", organisation.kind).recorded] for place in (1, 2))
    return (first.state, first.reason), (second.state, second.reason)


@pytest.mark.parametrize(("kind", "name"), DUTIES)
def test_gemeentewet_89_1_provinciewet_86_1_waterschapswet_55d_1_every_secret_that_runs_is_marked(
    organisation, kind, name
) -> None:
    organisation.kind = kind
    assert answers(organisation, name)[0] == ("not_shown", "In het register staat geen opgelegde geheimhouding.")
    secrecy(organisation, **LIFTED)
    assert answers(organisation, name)[0] == ("met", "Van wat in het register staat is niets meer geheim.")
    secrecy(organisation, **MARKED)
    bare = secrecy(organisation, kind="closed_meeting", imposed_by="representative")
    secrecy(organisation, withdrawn_on=today(), withdrawn_because="Vergissing")

    assert answers(organisation, name)[0] == (
        "not_shown",
        "Bij 1 van de 2 keer dat geheimhouding nog geldt, is niet vastgelegd hoe dat is vermeld of verteld.",
    )

    ImposedSecrecy.objects.filter(pk=bare.pk).update(marked_on=date(2026, 3, 9), marking="Gezegd")
    assert answers(organisation, name)[0] == (
        "met",
        "Alle 2 keren dat geheimhouding nog geldt, is dat vermeld of verteld. "
        "Bij 1 daarvan gebeurde dat later dan op de dag van het opleggen.",
    )


@pytest.mark.parametrize(("kind", "name"), DUTIES)
def test_gemeentewet_89_2_provinciewet_86_2_waterschapswet_55d_2_there_is_a_list_of_what_runs_and_was_lifted(
    organisation, kind, name
) -> None:
    organisation.kind = kind
    assert answers(organisation, name)[1] == ("not_shown", "In het register staat geen opgelegde geheimhouding.")
    secrecy(organisation, **LIFTED)
    secrecy(organisation, review_on=today() - timedelta(days=1))
    secrecy(organisation, review_on=today())

    assert answers(organisation, name)[1] == (
        "met",
        "Op de lijst staan 2 keer geheimhouding die nog geldt en 1 keer die is opgeheven door wie dat mag. "
        "Bij 1 had al opnieuw bekeken moeten zijn of zij nog nodig is. "
        "Of iedereen zich eraan houdt, laten deze gegevens niet zien.",
    )


def test_wet_gemeenschappelijke_regelingen_23_3_what_the_board_does_not_confirm_lapses(
    client_as, actor_with, organisation
) -> None:
    """In the next meeting in which more than half of the members and of the votes are present."""
    organisation.kind = "joint_body"
    organisation.save()
    client, keeper = client_as(Role.SECRETARY), actor_with(Role.SECRETARY)
    made = secrecy(organisation, **MARKED)
    typed = {"version": 1, "subject": "Waarde", "reference": "Z 1", "imposed_on": "2026-03-03", "ground": "5.1.2.b"}
    typed |= {"marked_on": "2026-03-03", "marking": "Stempel", "given_on": "2026-03-10"}

    def change(**values):
        made.refresh_from_db()
        response = client.post(reverse("secrecy:edit", args=[made.pk]), typed | {"version": made.version} | values)
        return response.status_code, client.get(reverse("secrecy:one", args=[made.pk])).content.decode()

    assert due_items(keeper, today()) == []
    assert change()[0] == 302
    (item,) = due_items(keeper, today())
    assert item.detail.endswith("bekrachtigt (Wet gemeenschappelijke regelingen, artikel 23, lid 3).")
    for wrong in ({"meeting_on": "2026-03-09"}, {"is_confirmed": "on"}, {"given_on": "", "meeting_on": "2026-03-24"}):
        assert change(**wrong)[0] == 422
    status, page = change(meeting_on=today().isoformat())
    assert status == 302 and "daar te bekrachtigen" in page and "vervallen" not in page
    assert [item.due_on for item in due_items(keeper, today())] == [today()]
    assert ImposedSecrecy.objects.running(today()).exists()

    status, page = change(meeting_on=(today() - timedelta(days=1)).isoformat())

    assert (
        status == 302
        and "vervallen" in page
        and "daar niet bekrachtigd" in page
        and "artikel 23, lid 3" in page
        and "Wie haar mag opheffen" not in page
    )
    assert not ImposedSecrecy.objects.running(today()).exists() and due_items(keeper, today()) == []
    assert "Waarde" in client.get(reverse("secrecy:list"), {"stand": "vervallen"}).content.decode()
    assert client.get(reverse("secrecy:lift", args=[made.pk])).status_code == 302
    with pytest.raises(operations.SecrecyOver):
        made.refresh_from_db()
        told = {"lifted_by": "representative", "lifted_on": today(), "lifting_reference": "A 1"}
        operations.lift(actor=keeper, secrecy=made, expected_version=made.version, values=told)
    assert change(meeting_on=(today() - timedelta(days=1)).isoformat(), is_confirmed="on")[0] == 302
    assert ImposedSecrecy.objects.running(today()).exists() and due_items(keeper, today()) == []


def test_gemeentewet_89_4_provinciewet_86_4_waterschapswet_55d_4_nothing_lapses_by_law() -> None:
    """It goes on until it is lifted; confirming it is of the Wet gemeenschappelijke regelingen alone."""
    assert {kind: law.lapsing for kind, law in LAWS.items() if law.lapsing} == {
        "joint_body": "Wet gemeenschappelijke regelingen, artikel 23, lid 3"
    }
    assert not {"meeting_on", "is_confirmed"} & set(SecrecyForm(law=law_of("municipality")).fields)


@pytest.mark.parametrize(
    ("kind", "article"),
    [("municipality", "Gemeentewet, artikel 88, lid 5"), ("province", "Provinciewet, artikel 85, lid 5")],
)
def test_gemeentewet_88_5_provinciewet_85_5_what_a_committee_with_members_gets_the_whole_body_gets(
    client_as, actor_with, organisation, kind, article
) -> None:
    """Of the executive and the chair only. Waterschapswet 55c and Wet gemeenschappelijke regelingen 23 ask it not."""
    organisation.kind = kind
    organisation.save()
    made = secrecy(organisation, **MARKED, given_to_committee_on=date(2026, 3, 10))
    page = client_as(Role.SECRETARY).get(reverse("secrecy:one", args=[made.pk])).content.decode()
    assert f"ook aan {law_of(kind).organs[Organ.REPRESENTATIVE]} ({article})" in page
    (item,) = due_items(actor_with(Role.SECRETARY), today())
    assert (item.due_on, article in item.detail) == (date(2026, 3, 10), True)

    ImposedSecrecy.objects.update(given_on=date(2026, 3, 10))

    assert due_items(actor_with(Role.SECRETARY), today()) == []
    for by in ("representative", "committee"):
        values = {"imposed_by": by} | ({**COMMITTEE, "committee_of": "executive"} if by == "committee" else {})
        form = SecrecyForm(law=law_of(kind), instance=secrecy(organisation, **values))
        assert "given_to_committee_on" not in form.fields
    for other in ("water_board", "joint_body"):
        assert "given_to_committee_on" not in SecrecyForm(law=law_of(other)).fields


@pytest.mark.parametrize(
    ("kind", "article"),
    [
        ("municipality", "Gemeentewet, artikel 89, lid 5"),
        ("province", "Provinciewet, artikel 86, lid 5"),
        ("water_board", "Waterschapswet, artikel 55d, lid 5"),
    ],
)
def test_gemeentewet_89_5_provinciewet_86_5_waterschapswet_55d_5_who_broke_it_can_be_excluded_for_three_months(
    client_as, actor_with, organisation, kind, article
) -> None:
    """A member only, by the representative body. Of a water board who sits in the daily board is a member too."""
    organisation.kind = kind
    organisation.save()
    made, clerk = secrecy(organisation, imposed_by="representative"), client_as(Role.CLERK)
    member, executive, outsider, chair = (
        PersonFactory(organisation=organisation, kind=of)
        for of in ("elected_member", "executive_member", "executive_member", "chair")
    )
    Mandate.objects.create(organisation=organisation, person=outsider, office="Lid", held_as="from_outside")
    address, one = (reverse(f"secrecy:{name}", args=[made.pk]) for name in ("exclude", "one"))
    assert article in clerk.get(one).content.decode()
    typed = {"person": member.personnel_number, "starts_on": "2026-04-01", "ends_on": "2026-06-30", "reference": "R 7"}
    typed |= {"submission": uuid.uuid4()}

    for wrong in (
        {"ends_on": "2026-07-01"},
        {"ends_on": "2026-03-31"},
        {"person": chair.personnel_number},
        {"person": outsider.personnel_number},
    ):
        assert clerk.post(address, typed | wrong).status_code == 422
    with pytest.raises(operations.MayNotExclude):
        values = {"person": member, "starts_on": date(2026, 4, 1), "ends_on": date(2026, 7, 1), "reference": "R 7"}
        operations.exclude(actor=actor_with(Role.CLERK), identifier=uuid.uuid4(), secrecy=made, values=values)
    assert may_be_excluded(law_of(kind), executive, date(2026, 4, 1)) == (kind == "water_board")
    for _time in range(2):
        page = clerk.post(address, typed, follow=True).content.decode()

    excluded = Exclusion.objects.get()
    assert f"{member.full_name}, 1 april 2026 – 30 juni 2026 (R 7)" in page
    assert member.full_name in client_as(Role.CHAIR).get(one).content.decode()
    entry = Entry.objects.get(action="secrecy.excluded")
    assert (entry.subject_label, entry.details) == ("uitsluiting van geheime informatie, 1 april 2026", {})
    away = reverse("secrecy:withdraw_exclusion", args=[excluded.pk])
    page = clerk.post(away, {"version": 1, "withdrawn_because": "Ander lid"}, follow=True).content.decode()
    assert "Ander lid" in page


def test_who_keeps_the_secrecy_of_the_executive_reads_no_exclusion(client_as, organisation) -> None:
    made = secrecy(organisation, given_on=date(2026, 4, 1))
    excluded = exclusion(organisation, made)
    secretary = client_as(Role.SECRETARY)

    assert excluded.person.full_name not in secretary.get(reverse("secrecy:one", args=[made.pk])).content.decode()
    organisation.kind = "joint_body"  # Wet gemeenschappelijke regelingen 23 excludes nobody
    organisation.save()
    assert secretary.get(reverse("secrecy:exclude", args=[made.pk])).status_code == 404


def test_a_joint_body_has_its_own_law_and_people_answer_about_it() -> None:
    assert obligation_named("WGR-23-1", "joint_body").recorded == ""
    assert [kind.value for kind in LAWS[OrganisationKind.JOINT_BODY].kinds()] == ["document", "information"]


def test_the_year_counts_what_was_imposed_was_lifted_and_runs(organisation) -> None:
    year = today().year
    periods = [Period(year - 1, date(year, 3, 31)), Period(year, date(year + 1, 3, 31))]
    assert figures(organisation.pk, periods) == []
    first = date(year, 1, 1)
    secrecy(organisation, imposed_on=date(year - 3, 5, 1))
    secrecy(organisation, imposed_on=first)
    secrecy(organisation, **LIFTED | {"lifted_on": first}, imposed_on=date(year - 1, 5, 1))
    secrecy(organisation, imposed_on=first, withdrawn_on=first, withdrawn_because="Vergissing")

    told = figures(organisation.pk, periods)

    assert {(figure.code, figure.year): figure.value for figure in told} == {
        ("secrecy-imposed", year): 1,
        ("secrecy-lifted", year): 1,
        ("secrecy-running", year): 2,
    }
