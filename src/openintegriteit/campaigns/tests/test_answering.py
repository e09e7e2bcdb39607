"""Saying that one has read: by the link, signed in or on paper, and once whatever the way."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from openintegriteit.campaigns import operations
from openintegriteit.campaigns.models import Invitee, Route
from openintegriteit.campaigns.preparing import FAMILY
from openintegriteit.campaigns.tests.factories import opened
from openintegriteit.core.roles import Role
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.queries import actor_for
from openintegriteit.identity.tests.factories import user_with_roles
from openintegriteit.messages.links import forget_old_links, link_about
from openintegriteit.messages.models import Message, OneTimeLink
from openintegriteit.organisations.tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def reader(organisation):
    return PersonFactory(organisation=organisation, given_name="Noor", family_name="Groot", email="Noor@proef.example")


@pytest.fixture
def asked(organisation, reader):
    return opened(organisation, intro="Wij hebben een nieuwe code.")


@pytest.fixture
def invitee(asked):
    return Invitee.objects.select_related("campaign", "person").get()


@pytest.fixture
def address(asked):
    return "/lezen/" + re.search(r"/lezen/([\w-]+)/", Message.objects.get().body)[1] + "/"


def account_of_the_reader(organisation):
    user = user_with_roles(organisation, Role.STAFF)
    user.email = "noor@proef.example"
    user.save()
    return user


def link_of(address):
    return link_about(address.split("/")[2], FAMILY)


def answers():
    return list(Invitee.objects.values_list("route", flat=True)), Entry.objects.filter(
        action="campaign.answered"
    ).count()


def test_opening_the_page_changes_nothing(client, address):
    page = client.get(address)

    assert page.status_code == 200
    assert "Noor Groot" in page.content.decode()
    assert "Wij hebben een nieuwe code." in page.content.decode()
    assert page["Cache-Control"].startswith("max-age=0")
    assert answers() == ([""], 0)


def test_the_button_records_who_read_and_when(client, address, reader):
    response = client.post(address)

    assert response.status_code == 200
    assert "Dank u" in response.content.decode()
    assert answers() == ([Route.LINK], 1)
    entry = Entry.objects.get(action="campaign.answered")
    assert (entry.actor_id, entry.actor_label) == (f"person:{reader.pk}", "Noor Groot")
    assert Invitee.objects.get().answered_at is not None


def test_pressing_twice_or_coming_back_is_no_mistake(client, address):
    client.post(address)

    for response in (client.post(address), client.get(address)):
        assert response.status_code == 200
        assert "U hebt dit al gelezen" in response.content.decode()
    assert answers() == ([Route.LINK], 1)


def test_a_replaced_link_says_to_use_the_newest_mail(client, address):
    OneTimeLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    for response in (client.get(address), client.post(address)):
        assert response.status_code == 410
        assert "nieuwste mail" in response.content.decode()
    assert answers() == ([""], 0)


def test_a_closed_campaign_takes_no_answers(client, address, asked, coordinator, invitee):
    operations.close(actor=coordinator, campaign=asked)

    response = client.post(address)
    with pytest.raises(operations.CampaignClosed):
        operations.answer_by_link(link=link_of(address), invitee=invitee)

    assert response.status_code == 410
    assert "afgesloten" in response.content.decode()
    assert answers() == ([""], 0)


def test_an_answer_outlives_its_link(client, address):
    client.post(address)

    forget_old_links(timezone.now() + timedelta(days=500))

    assert not OneTimeLink.objects.exists()
    assert answers() == ([Route.LINK], 1)


def test_a_link_answers_for_its_own_campaign_only(organisation, address, invitee):
    opened(organisation, title="Nog een")
    other = Invitee.objects.exclude(pk=invitee.pk).select_related("campaign", "person").get()

    with pytest.raises(ValueError, match="its own campaign"):
        operations.answer_by_link(link=link_of(address), invitee=other)

    assert set(answers()[0]) == {""}


def test_a_link_of_another_body_opens_nothing(address, other_organisation, settings):
    settings.ALLOWED_HOSTS = ["ander.example"]

    assert Client(HTTP_HOST="ander.example").get(address).status_code == 410


def test_who_is_signed_in_with_the_same_address_answers_and_the_link_ends(organisation, invitee, address, client):
    user = account_of_the_reader(organisation)
    actor = actor_for(user, organisation.pk)

    assert operations.answer_signed_in(actor=actor, invitee=invitee) is True
    assert operations.answer_signed_in(actor=actor, invitee=invitee) is False

    assert answers() == ([Route.ACCOUNT], 1)
    assert not link_of(address).is_open()
    assert "U hebt dit al gelezen" in client.post(address).content.decode()


def test_who_answered_by_the_link_has_answered_for_the_account_too(organisation, invitee, address, client):
    client.post(address)
    actor = actor_for(account_of_the_reader(organisation), organisation.pk)

    assert operations.answer_signed_in(actor=actor, invitee=invitee) is False
    assert answers() == ([Route.LINK], 1)


def test_nobody_answers_for_somebody_else(actor_with, invitee):
    with pytest.raises(PermissionDenied):
        operations.answer_signed_in(actor=actor_with(Role.STAFF), invitee=invitee)

    assert answers() == ([""], 0)


def test_the_coordinator_records_what_came_on_paper(coordinator, actor_with, invitee, address):
    with pytest.raises(PermissionDenied):
        operations.note_paper(actor=actor_with(Role.MANAGER), invitee=invitee)

    assert operations.note_paper(actor=coordinator, invitee=invitee) is True
    assert operations.note_paper(actor=coordinator, invitee=invitee) is False

    assert answers() == ([Route.PAPER], 1)
    assert not link_of(address).is_open()
