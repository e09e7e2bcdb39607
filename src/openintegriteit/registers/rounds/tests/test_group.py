"""Whom a round asks: who holds a designated position, who came into one newly, and who is new."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from openintegriteit.campaigns.models import Campaign, Invitee
from openintegriteit.campaigns.preparing import prepare
from openintegriteit.campaigns.queries import group_of
from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.organisations.models import Appointment
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.interests.tests.factories import designate
from openintegriteit.registers.rounds.queries import meant
from openintegriteit.registers.rounds.tasks import prepare_campaign

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def sent_round(**typed):
    """What the form of a round sends."""
    return {
        "submission": uuid.uuid4(),
        "title": f"Ronde {uuid.uuid4()}",
        "registers": ["outside_positions"],
        "opens_on": today(),
        "answer_before": today() + timedelta(days=20),
        **typed,
    }


def drafted(client, **typed):
    """The round that the form makes."""
    sent = sent_round(**typed)
    assert client.post(reverse("rounds:new"), sent).status_code == 302
    return Campaign.objects.get(title=sent["title"])


def test_a_round_among_designated_positions_asks_who_holds_one_or_holds_it_newly(organisation, client_as):
    people = {
        name: PersonFactory(organisation=organisation, given_name=name, started_on=day)
        for name, day in (("sinds lang", None), ("nieuw erin", None), ("nieuw aangewezen", None), ("geen", today()))
    }
    designate(organisation, people["sinds lang"], people["nieuw erin"])
    designate(organisation, people["nieuw aangewezen"], title="Toezichthouder", designated_on=today())
    designate(organisation, people["geen"], title="Baliemedewerker", declares_interests=False, is_at_risk=True)
    Appointment.objects.filter(person=people["nieuw erin"]).update(started_on=today())
    client, values = client_as(Role.COORDINATOR), {"registers": ["interests"], "only_designated": "on"}

    drafts = [drafted(client, **values), drafted(client, **values, designated_since=today())]

    groups = [{person.given_name for person in group_of(draft, today(), meant)} for draft in drafts]
    assert groups == [{"sinds lang", "nieuw erin", "nieuw aangewezen"}, {"nieuw erin", "nieuw aangewezen"}]
    page = client.get(reverse("campaign", args=[drafts[1].pk])).content.decode()
    assert ("2 personen krijgen deze vraag." in page, "Aangewezen functies" in page) == (True, True)
    client.post(reverse("campaign_start", args=[drafts[1].pk]), {"version": 1})
    with pytest.raises(ValueError, match="app that asks"):
        prepare(drafts[1].pk, today())  # who does not know them asks nobody, rather than everybody
    waiting = DBTaskResult.objects.get()
    prepare_campaign.call(*waiting.args_kwargs["args"])
    assert set(Invitee.objects.values_list("person__given_name", flat=True)) == groups[1]


def test_a_round_among_newcomers_asks_who_is_new(organisation, client_as):
    new = PersonFactory(organisation=organisation, started_on=today())
    PersonFactory(organisation=organisation, started_on=today() - timedelta(days=40))
    draft = drafted(client_as(Role.COORDINATOR), newcomers_since=today() - timedelta(days=30))

    assert list(group_of(draft, today(), meant)) == [new]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"registers": ["interests"]}, "registers"),
        ({"registers": ["gifts"], "only_designated": "on"}, "only_designated"),
        ({"designated_since": "2026-01-01"}, "designated_since"),
    ],
)
def test_a_round_that_not_everybody_in_its_group_can_answer_is_refused(organisation, client_as, typed, problem):
    answer = client_as(Role.COORDINATOR).post(reverse("rounds:new"), sent_round(**typed))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [problem])
    assert not Campaign.objects.exists()
