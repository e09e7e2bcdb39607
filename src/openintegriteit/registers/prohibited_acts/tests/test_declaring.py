"""Declaring what may be a prohibited act, who reads it, and what it asks of whom."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from openintegriteit.core.clock import today
from openintegriteit.core.contracts import Period
from openintegriteit.core.roles import Actor, Role
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.organisations.models import PersonKind
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.abstentions.models import Act, Exemption
from openintegriteit.registers.abstentions.tests.factories import exemption
from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.registers.declarations.tests.factories import somebody
from openintegriteit.registers.designations.models import Designation
from openintegriteit.registers.prohibited_acts.due import due_items
from openintegriteit.registers.prohibited_acts.models import NeverExempted, ProhibitedAct
from openintegriteit.registers.prohibited_acts.tests.factories import TYPED, act, secretary_or_clerk
from openintegriteit.registers.prohibited_acts.yearbook import figures

pytestmark = pytest.mark.database


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def member(organisation):
    user, person = somebody(organisation, Role.ELECTED_MEMBER, kind=PersonKind.ELECTED_MEMBER)
    return signed_in(user), person


def main_of(response):
    return response.content.decode().partition("<main")[2]


def test_a_member_declares_and_the_clerk_records_the_exemption(client_as, member) -> None:
    client, person = member
    mine = client.get(reverse("declarations:mine")).content.decode()
    address = reverse("prohibited_acts:new", args=[person.pk])
    assert address in mine
    page = client.get(address).content.decode()
    assert "artikel 15, lid 1, onder d, 7e" in page and "volkstuin" in page and "artikel 47" not in page

    sent = TYPED | {"submission": uuid.uuid4(), "starts_on": "2026-03-01"}
    assert client.post(address, sent | {"act": NeverExempted.AGENT_IN_RULINGS}).status_code == 422
    told = client.post(address, sent, follow=True)

    declared = ProhibitedAct.objects.get().declaration
    assert (declared.title, declared.awaits_decision) == ("Weiland achter de sporthal, De organisatie", False)
    assert "Hiervoor loopt geen ontheffing" in main_of(told)
    assert reverse("abstentions:new_exemption") not in main_of(told)
    assert declared.title in main_of(client.get(reverse("desks:home")))

    clerk = client_as(Role.CLERK)
    assert declared.title in main_of(clerk.get(reverse("desks:home")))
    assert "geen ontheffing" in main_of(clerk.get(reverse("prohibited_acts:acts")))
    open_acts = clerk.get(reverse("prohibited_acts:acts"), {"stand": "zonder-ontheffing"})
    assert declared.title in main_of(open_acts)
    page = main_of(clerk.get(reverse("declaration", args=[declared.pk])))
    where = re.search(r'href="([^"]*ontheffingen/nieuw[^"]*)"', page)[1].replace("&amp;", "&")
    assert person.personnel_number not in where and "volkstuin" not in where
    assert f'value="{person.personnel_number}"' in main_of(clerk.get(where))


def test_who_is_of_no_concern_is_not_asked_and_cannot_declare(organisation) -> None:
    user, official = somebody(organisation, Role.STAFF)
    client = signed_in(user)
    assert "verboden handelingen" not in main_of(client.get(reverse("declarations:mine"))).lower()
    assert client.get(reverse("prohibited_acts:new", args=[official.pk])).status_code == 404
    nothing = reverse("declarations:nothing", args=[official.pk, "prohibited_acts"])
    assert client.post(nothing).status_code == 404

    secretary = secretary_or_clerk(organisation)
    secretary.email = user.email
    secretary.save()

    assert client.get(reverse("prohibited_acts:new", args=[secretary.pk])).status_code == 200
    assert client.post(reverse("declarations:nothing", args=[secretary.pk, "prohibited_acts"])).status_code == 302


def test_of_a_joint_body_nobody_is_asked(organisation, member) -> None:
    client, person = member
    organisation.kind = "joint_body"
    organisation.save()

    assert client.get(reverse("prohibited_acts:new", args=[person.pk])).status_code == 404


def test_what_goes_on_without_an_exemption_waits_for_who_keeps_the_register_and_for_whose_it_is(
    organisation, member
) -> None:
    _client, member = member
    other = PersonFactory(organisation=organisation, kind=PersonKind.EXECUTIVE_MEMBER)
    secretary = secretary_or_clerk(organisation)
    for person in (member, other, secretary):
        act(organisation, person, detail={"about": person.personnel_number})
    act(organisation, member, detail={"act": "supplies"})
    exemption(organisation, member, act=Act.SUPPLIES)
    act(organisation, other, detail={"about": "Over"}, ends_on=today() - timedelta(days=1))
    act(organisation, PersonFactory(organisation=organisation), detail={"about": "Niet aangewezen"})

    def titles(*roles):
        return {item.title.partition(",")[0] for item in due_items(actor(*roles), today())}

    def actor(*roles):
        return Actor("", "Iemand", organisation.pk, frozenset(roles))

    assert titles(Role.CLERK) == {member.personnel_number, other.personnel_number}
    assert titles(Role.HR) == {secretary.personnel_number}
    assert titles(Role.ELECTED_MEMBER) == titles(Role.COORDINATOR) == set()
    assert data_queries(lambda: due_items(actor(Role.COORDINATOR), today())) == 0


def test_who_keeps_exemptions_of_the_secretary_and_the_clerk(organisation, client_as) -> None:
    """HR does, the clerk does not, and nobody their own."""
    user, _person = somebody(organisation, Role.HR)
    secretary, own = secretary_or_clerk(organisation), secretary_or_clerk(organisation, "Griffier")
    own.email = user.email
    own.save()
    values = {"act": "lease", "about": "Loods", "granted_by": "provincial_executive", "granted_on": "2026-01-05"}
    address = reverse("abstentions:new_exemption")

    def record(client, person):
        sent = values | {"submission": uuid.uuid4(), "person": person.personnel_number}
        return client.post(address, sent).status_code

    hr, ordinary = signed_in(user), PersonFactory(organisation=organisation)
    assert record(client_as(Role.CLERK), secretary) == 422
    assert [record(hr, person) for person in (ordinary, own, secretary)] == [422, 422, 302]
    made = Exemption.objects.get()
    assert made.article == "Gemeentewet, artikel 101; artikel 15, lid 1, onder d, 7e"
    Designation.objects.all().delete()
    assert record(hr, secretary) == 422
    end = values | {"version": made.version, "holds_until": "2026-02-01"}
    assert hr.post(reverse("abstentions:edit_exemption", args=[made.pk]), end).status_code == 302
    assert hr.get(reverse("abstentions:meetings")).status_code == 403


def test_the_list_asks_as_much_of_the_database_with_more_rows(client_as, organisation, member) -> None:
    client, address = client_as(Role.CLERK), reverse("prohibited_acts:acts")
    act(organisation, member[1])
    client.get(address)
    few = data_queries(lambda: client.get(address))
    for number in range(12):
        act(organisation, member[1], detail={"about": f"Perceel {number}"})

    assert data_queries(lambda: client.get(address)) == few


def test_the_year_counts_what_went_on_at_its_end(organisation, member) -> None:
    _client, member = member
    periods = [Period(year, date(year, 12, 31)) for year in (2025, 2026)]
    assert figures(organisation.pk, periods) == []
    act(organisation, member)
    act(organisation, member, ends_on=date(2026, 12, 30))
    withdrawn = act(organisation, member).declaration
    Declaration.objects.filter(pk=withdrawn.pk).update(withdrawn_on=today(), withdrawn_because="Vergist.")

    assert [(figure.year, figure.value) for figure in figures(organisation.pk, periods)] == [(2026, 1)]
