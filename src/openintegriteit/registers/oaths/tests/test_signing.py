"""Signing the integrity statement by a link, without an account."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.event_log.models import Entry
from openintegriteit.messages.models import Message, OneTimeLink
from openintegriteit.organisations.models import PersonKind
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.oaths import operations
from openintegriteit.registers.oaths.models import How, Oath
from openintegriteit.registers.oaths.signing import MOMENTS, NoText, send_links
from openintegriteit.registers.oaths.tests.factories import oath, words

pytestmark = pytest.mark.database


@pytest.fixture
def intern(organisation):
    return PersonFactory(organisation=organisation, kind=PersonKind.INTERN, email="stage@proef.example")


@pytest.fixture
def text(organisation):
    return words(organisation)


@pytest.fixture
def hr(actor_with):
    return actor_with(Role.HR)


@pytest.fixture
def link(hr, intern, text):
    """The address in the mail."""
    assert send_links(actor=hr, people=[intern.pk], now=timezone.now()) == 1
    return mailed()


def mailed():
    body = Message.objects.order_by("-created_at").first().body
    return next(line for line in body.splitlines() if "/verklaring/" in line).removeprefix("https://testserver")


def test_an_intern_signs_and_coming_back_is_no_mistake(client, link, intern, text) -> None:
    page = client.get(link)
    assert "Ik werk eerlijk." in page.content.decode()
    assert not Oath.objects.exists()

    thanks = client.post(link, {"text": text.pk})
    again = client.post(link, {"text": text.pk})

    made = Oath.objects.get()
    assert (made.person, made.text, made.taken_on, made.how) == (intern, text, today(), How.LINK)
    assert "Dank u, u hebt getekend" in thanks.content.decode()
    assert (again.status_code, "U hebt dit al getekend" in again.content.decode()) == (200, True)
    assert "U hebt dit al getekend" in client.get(link).content.decode()
    entry = Entry.objects.get(action="oath.signed")
    assert entry.actor_label == intern.full_name


def test_the_page_is_no_copy_in_a_cache_and_names_the_words_as_dutch(client, link) -> None:
    page = client.get(link)

    assert "no-store" in page["Cache-Control"]
    assert 'lang="nl"' in page.content.decode()


@pytest.mark.parametrize("sent", [{}, {"text": "onzin"}, {"text": "\x00"}, {"text": "0" * 5000}])
def test_only_the_words_that_were_read_are_signed(client, link, sent) -> None:
    assert client.post(link, sent).status_code == 409
    assert not Oath.objects.exists()


def test_words_that_changed_meanwhile_are_read_first(client, link, organisation, text) -> None:
    words(organisation, text="Ik werk ook zorgvuldig.")

    answer = client.post(link, {"text": text.pk})

    assert answer.status_code == 409
    assert "Ik werk ook zorgvuldig." in answer.content.decode()
    assert not Oath.objects.exists()


def test_a_link_that_ended_says_so(client, link, text) -> None:
    OneTimeLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    for answer in (client.get(link), client.post(link, {"text": text.pk}), client.get("/verklaring/onzin/")):
        assert answer.status_code == 410
        assert "Deze link werkt niet meer" in answer.content.decode()
    assert not Oath.objects.exists()


def test_a_newer_mail_ends_the_link_before_it(client, link, hr, intern) -> None:
    later = timezone.now() + MOMENTS + timedelta(seconds=1)

    assert send_links(actor=hr, people=[intern.pk], now=later) == 1

    assert client.get(link).status_code == 410


def test_who_signed_on_paper_meanwhile_has_no_link_any_more(client, link, hr, intern, text) -> None:
    values = {"form": "statement", "taken_on": today(), "how": "paper", "text": text}
    operations.record_oath(actor=hr, identifier=intern.pk, person=intern, values=values)

    assert client.post(link, {"text": text.pk}).status_code == 410
    assert Oath.objects.get().how == How.PAPER


@pytest.mark.parametrize("values", [{"kind": PersonKind.OFFICIAL}, {"ended_on": "yesterday"}])
def test_who_does_not_owe_the_statement_any_more_does_not_sign(client, link, intern, text, values) -> None:
    intern.kind = values.get("kind", intern.kind)
    if "ended_on" in values:
        intern.ended_on = today() - timedelta(days=1)
    intern.save()

    assert client.post(link, {"text": text.pk}).status_code == 410
    assert not Oath.objects.exists()


def test_what_was_signed_and_withdrawn_asks_a_new_link(client, link, hr, text) -> None:
    client.post(link, {"text": text.pk})
    made = Oath.objects.get()
    operations.withdraw(actor=hr, oath=made, expected_version=1, reason="Verkeerde persoon tekende")

    assert client.get(link).status_code == 410


def test_another_body_does_not_know_the_link(link, other_organisation, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assert Client(headers={"host": "ander.example"}).get(link).status_code == 410


def test_links_go_to_who_owes_the_statement_and_has_an_address_only(hr, organisation, intern, text) -> None:
    def made(**values):
        return PersonFactory(
            organisation=organisation, **{"kind": PersonKind.HIRED, "email": "x@proef.example"} | values
        )

    signed, official, silent, left = (
        made(),
        made(kind=PersonKind.OFFICIAL),
        made(email=""),
        made(ended_on=today() - timedelta(days=1)),
    )
    oath(organisation, signed)
    asked = [somebody.pk for somebody in (intern, signed, official, silent, left)]

    assert send_links(actor=hr, people=asked, now=timezone.now()) == 1
    assert Message.objects.get().recipient == "stage@proef.example"
    assert Entry.objects.filter(action="oath.asked").count() == 1


def test_sending_the_same_form_twice_mails_once(client_as, intern, text) -> None:
    client, where = client_as(Role.HR), reverse("oaths:send")
    form = client.get(where).context["form"]
    assert str(intern.pk) in form.initial["people"]
    sent = {"people": [intern.pk], "submission": intern.pk}

    first = client.post(where, sent, follow=True).content.decode()
    second = client.post(where, sent, follow=True).content.decode()

    assert "1 persoon krijgt een mail" in first
    assert "heeft een mail gekregen" in first
    assert "kregen zojuist al een mail" in second
    assert Message.objects.count() == 1


@pytest.mark.parametrize("people", [[], ["onzin"], ["\x00"]])
def test_a_choice_that_was_not_offered_is_told(client_as, intern, text, people) -> None:
    answer = client_as(Role.HR).post(reverse("oaths:send"), {"people": people, "submission": intern.pk})

    assert answer.status_code == 422
    assert not Message.objects.exists()


def test_without_words_there_is_nothing_to_sign(hr, client_as, intern) -> None:
    with pytest.raises(NoText):
        send_links(actor=hr, people=[intern.pk], now=timezone.now())

    answer = client_as(Role.HR).post(reverse("oaths:send"), {"people": [intern.pk], "submission": intern.pk})
    assert (answer.status_code, "Vul eerst de tekst" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CLERK, Role.CHAIR, Role.MANAGER])
def test_only_the_personnel_department_sends_links(actor_with, intern, text, role) -> None:
    with pytest.raises(PermissionDenied):
        send_links(actor=actor_with(role), people=[intern.pk], now=timezone.now())


def test_the_form_offers_at_most_a_hundred_and_those_without_a_mail_first(
    client_as, organisation, hr, intern, text
) -> None:
    send_links(actor=hr, people=[intern.pk], now=timezone.now())
    for number in range(101):
        PersonFactory(organisation=organisation, kind=PersonKind.HIRED, email=f"p{number}@proef.example")

    page = client_as(Role.HR).get(reverse("oaths:send"))

    assert page.content.decode().count('name="people"') == 100
    assert str(intern.pk) not in page.content.decode()
    assert "eerste honderd" in page.content.decode()
