"""What the register answers about duties of law, and what it counts for the annual report."""

import uuid
from datetime import date, timedelta

import pytest

from openintegriteit.core.clock import today
from openintegriteit.core.contracts import Period
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.organisations.models import OFFICE_HOLDERS, OrganisationKind
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.policy.obligations import obligation_named
from openintegriteit.registers.abstentions.law import LAWS
from openintegriteit.registers.abstentions.models import Act, MeetingBody
from openintegriteit.registers.abstentions.recorded import recorded_answers
from openintegriteit.registers.abstentions.tests.factories import CLUB, abstention, exemption, meeting, suggestion
from openintegriteit.registers.abstentions.yearbook import figures

pytestmark = pytest.mark.database
MONTH_AGO = today() - timedelta(days=30)
DUTIES = [
    ("municipality", "GW-28", ["representative"]),
    ("municipality", "GW-58", ["executive"]),
    ("province", "PW-28", ["representative"]),
    ("province", "PW-58", ["executive"]),
    ("water_board", "WSW-38a", ["representative", "executive"]),
]


def answer(organisation, key):
    duty = obligation_named(key, organisation.kind)
    (found,) = [row for row in recorded_answers(today()) if row.subject == duty.recorded]
    return found.state, found.reason


@pytest.mark.parametrize(("kind", "key", "bodies"), DUTIES)
def test_gemeentewet_28_58_provinciewet_28_58_waterschapswet_38a_who_abstained_is_recorded(
    organisation, kind, key, bodies
) -> None:
    organisation.kind = kind
    assert answer(organisation, key) == ("not_shown", "In het register staat geen vergadering van het afgelopen jaar.")
    made = [
        meeting(organisation, body=body, held_on=MONTH_AGO, concluded_on=today(), title=f"{body} {number}")
        for body in bodies
        for number in (1, 2)
    ]
    state, reason = answer(organisation, key)
    assert (state, reason.endswith("Of iemand zich had moeten onthouden, laten deze gegevens niet zien.")) == (
        "met",
        True,
    )

    open_one = meeting(organisation, body=bodies[-1], held_on=MONTH_AGO)

    assert answer(organisation, key) == (
        "not_shown",
        f"Bij 1 van de {len(made) + 1} vergaderingen van het afgelopen jaar is niet vastgelegd wie zich onthield.",
    )
    open_one.called_off_on, open_one.called_off_because = today(), "Storm"
    open_one.save()
    assert answer(organisation, key)[0] == "met"


@pytest.mark.parametrize(
    "values",
    [{"held_on": today() - timedelta(days=10)}, {"held_on": today()}, {"held_on": today() - timedelta(days=400)}],
)
def test_gemeentewet_28_what_is_recent_or_long_ago_shows_nothing_yet(organisation, values) -> None:
    meeting(organisation, held_on=MONTH_AGO, concluded_on=today())
    meeting(organisation, title="Andere", **values)

    assert answer(organisation, "GW-28")[0] == "met"


def test_gemeentewet_58_meetings_of_the_council_show_nothing_about_the_executive(organisation) -> None:
    meeting(organisation, held_on=MONTH_AGO, concluded_on=today())

    assert answer(organisation, "GW-58")[0] == "not_shown"


def test_waterschapswet_38a_45_holds_in_both_boards(organisation) -> None:
    organisation.kind = "water_board"
    meeting(organisation, held_on=MONTH_AGO, concluded_on=today())

    state, reason = answer(organisation, "WSW-38a")

    assert (state, reason.startswith("Van het afgelopen jaar staan maar van één van de twee")) == ("not_shown", True)


def test_the_answers_cost_one_query(organisation) -> None:
    meeting(organisation, held_on=MONTH_AGO)

    assert data_queries(lambda: recorded_answers(today())) == 1


@pytest.mark.parametrize("kind", [kind for kind in OrganisationKind if kind != OrganisationKind.JOINT_BODY])
def test_the_law_names_an_article_for_every_body_person_and_act(kind) -> None:
    law = LAWS[kind]

    assert all(law.body(body).article for body in MeetingBody)
    assert set(law.exemptions) >= OFFICE_HOLDERS
    assert set(law.acts) == set(Act)
    assert len(set(law.acts.values())) == len(Act)


def test_of_a_joint_body_we_know_no_article(organisation) -> None:
    assert {law.article for law in LAWS["joint_body"].bodies.values()} == {""}


def test_the_year_counts_meetings_suggestions_abstentions_and_exemptions_without_names(organisation) -> None:
    year = today().year
    periods = [Period(year - 1, date(year, 3, 31)), Period(year, date(year + 1, 3, 31))]
    assert figures(organisation.pk, periods) == []
    somebody = PersonFactory(organisation=organisation, kind="elected_member")
    values = {"held_on": date(year, 3, 1), "compared_at": "2026-03-01T12:00:00Z"}
    made = meeting(organisation, CLUB, CLUB + " twee", CLUB + " drie", **values)
    first, second, third = made.subjects.all()
    suggestion(organisation, somebody, first, dismissed_on=today(), dismissed_because="Andere club")
    suggestion(organisation, somebody, second)
    abstention(organisation, somebody, first)
    abstention(organisation, somebody, second, state="announced")
    abstention(organisation, somebody, third, withdrawn_on=today(), withdrawn_because="Vergissing")
    off = meeting(organisation, CLUB, title="Weg", called_off_on=today(), called_off_because="Storm", **values)
    suggestion(organisation, somebody, off.subjects.get())
    meeting(organisation, title=uuid.uuid4().hex, held_on=date(year, 4, 1))  # of after the fact: never compared
    exemption(organisation, somebody, granted_on=date(year - 2, 1, 1))
    exemption(organisation, somebody, granted_on=date(year - 2, 1, 1), holds_until=date(year, 12, 30))
    exemption(organisation, somebody, granted_on=date(year, 1, 1), holds_until=date(year, 12, 31))

    told = figures(organisation.pk, periods)

    assert {(figure.code, figure.year): figure.value for figure in told} == {
        ("meetings-compared", year): 1,
        ("abstention-suggestions", year): 2,
        ("abstentions", year): 1,
        ("exemptions-held", year): 2,
    }
    assert somebody.family_name not in str(told)
