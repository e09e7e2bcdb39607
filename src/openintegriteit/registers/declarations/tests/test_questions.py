"""A question about a declaration: who is asked sees it until they answer, and who decides sees that they did."""

import pytest
from django.urls import reverse

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.registers.declarations.due import questions_to
from openintegriteit.registers.declarations.models import Outcome, Remark
from openintegriteit.registers.declarations.operations import decide
from openintegriteit.registers.declarations.tests.factories import acting, somebody
from openintegriteit.registers.outside_positions.tests.factories import position

pytestmark = pytest.mark.database
HOME, MINE, TO_DECIDE = reverse("desks:home"), reverse("declarations:mine"), reverse("declarations:to_decide")


@pytest.fixture
def team(organisation):
    manager, leader = somebody(organisation, Role.MANAGER)
    official, person = somebody(organisation, Role.STAFF, manager=leader)
    return manager, official, person, position(organisation, person).declaration


def said(organisation, declaration, *, by_declarant):
    return Remark.objects.create(
        organisation=organisation, declaration=declaration, text="?", author="Iemand", by_declarant=by_declarant
    )


def test_who_is_asked_sees_it_on_their_desk_until_they_answer(client, organisation, team) -> None:
    _manager, official, person, declaration = team
    client.force_login(official)
    assert "Er is u iets gevraagd" not in client.get(MINE).content.decode()

    said(organisation, declaration, by_declarant=False)
    assert "Een vraag over wat u opgaf" in client.get(HOME).content.decode()
    shown = client.get(MINE).content.decode()
    assert "Er is u iets gevraagd" in shown and f"{reverse('declaration', args=[declaration.pk])}#vragen" in shown

    said(organisation, declaration, by_declarant=True)
    assert questions_to([person], today()) == []
    assert "Een vraag over wat u opgaf" not in client.get(HOME).content.decode()


def test_a_decision_ends_the_question(organisation, team) -> None:
    manager, _official, person, declaration = team
    said(organisation, declaration, by_declarant=False)
    assert questions_to([person], today()) == [declaration]

    values = {"outcome": Outcome.ALLOWED, "conditions": "", "reasons": "Past", "holds_until": None, "review_on": None}
    decide(
        actor=acting(manager, organisation),
        declaration=declaration,
        expected_version=declaration.version,
        values=values,
        about={},
    )

    assert questions_to([person], today()) == []


def test_who_decides_sees_whether_an_answer_came(client, organisation, team) -> None:
    manager, _official, _person, declaration = team
    client.force_login(manager)
    assert "Uw mensen wachten op uw besluit" in client.get(HOME).content.decode()

    said(organisation, declaration, by_declarant=False)
    assert "wacht op antwoord" in client.get(TO_DECIDE).content.decode()
    said(organisation, declaration, by_declarant=True)
    assert "beantwoord" in client.get(TO_DECIDE).content.decode()
