"""One's own oath or statement: signing the statement with an account, and who reads which certificate."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.queries import actor_for
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles
from openintegriteit.identity.tests.test_sign_in import CODE, code_of, sign_in
from openintegriteit.messages.models import Message
from openintegriteit.organisations.models import PersonKind
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.oaths.models import How, Oath
from openintegriteit.registers.oaths.signing import send_links, sign_with_account
from openintegriteit.registers.oaths.tests.factories import oath, words

pytestmark = pytest.mark.database
MINE = "/werk/eden/mijn/"


@pytest.fixture
def account(organisation):
    return user_with_roles(organisation, Role.STAFF)


@pytest.fixture
def intern(organisation, account):
    return PersonFactory(organisation=organisation, kind=PersonKind.INTERN, email=account.email.upper())


@pytest.fixture
def text(organisation):
    return words(organisation)


def signed_in(account, *, with_app=True):
    """A browser in which somebody signed in, with their second factor where they have one."""
    client, secret = Client(), add_second_factor(account) if with_app else ""
    sign_in(client, account)
    if secret:
        client.post(CODE, {"code": code_of(secret)})
    return client


def test_an_intern_with_an_account_signs_once_and_the_mailed_link_ends(actor_with, account, intern, text) -> None:
    send_links(actor=actor_with(Role.HR), people=[intern.pk], now=timezone.now())
    link = next(line for line in Message.objects.get().body.splitlines() if "/verklaring/" in line)
    client = signed_in(account)
    assert MINE in client.get("/werk/").content.decode()
    assert "Ik werk eerlijk." in client.get(MINE).content.decode()
    assert not Oath.objects.exists()

    first, again = (client.post(MINE, {"text": text.pk}, follow=True).content.decode() for _ in range(2))

    made = Oath.objects.get()
    assert (made.person, made.text, made.taken_on, made.how) == (intern, text, today(), How.ACCOUNT)
    assert "Dank u, u hebt getekend" in first
    assert "Dank u" not in again
    assert reverse("oaths:certificate", args=[made.pk]) in again
    assert Client().get(link.removeprefix("https://testserver")).status_code == 410
    assert Entry.objects.get(action="oath.signed_with_account").actor_label == str(account)
    assert "Uw integriteitsverklaring" not in client.get("/werk/").content.decode()


@pytest.mark.parametrize("with_app", [True, False])
def test_without_a_second_factor_in_this_visit_nobody_signs(account, intern, text, with_app) -> None:
    client = Client()
    client.force_login(account)
    if with_app:
        add_second_factor(account)

    page, sent = client.get(MINE).content.decode(), client.post(MINE, {"text": text.pk})

    assert (f"{'bevestigen' if with_app else 'app'}/?next={MINE}") in page
    assert "Ik teken deze verklaring" not in page
    assert sent.status_code == 409
    with pytest.raises(PermissionDenied):
        sign_with_account(actor=actor_for(account, intern.organisation_id), text=text, second_factor=False)
    assert not Oath.objects.exists()


def test_the_second_factor_is_used_and_one_comes_back_to_sign(account, intern, text) -> None:
    client, secret = Client(), add_second_factor(account)
    client.force_login(account)

    answer = client.post(f"/account/tweede-factor/bevestigen/?next={MINE}", {"code": code_of(secret), "next": MINE})

    assert answer["Location"] == MINE
    assert client.post(MINE, {"text": text.pk}).status_code == 302
    assert Oath.objects.get().how == How.ACCOUNT


@pytest.mark.parametrize("sent", [{}, {"text": "onzin"}, {"text": "\x00"}])
def test_only_the_words_that_were_read_are_signed_with_an_account(account, intern, text, sent) -> None:
    assert signed_in(account).post(MINE, sent).status_code == 409
    assert not Oath.objects.exists()


@pytest.mark.parametrize("kind", [PersonKind.OFFICIAL, PersonKind.ELECTED_MEMBER])
def test_an_oath_is_not_signed_but_taken_before_somebody(organisation, account, text, kind) -> None:
    somebody = PersonFactory(organisation=organisation, kind=kind, email=account.email)
    client = signed_in(account)

    assert "Ik teken" not in client.get(MINE).content.decode()
    client.post(MINE, {"text": text.pk})
    assert sign_with_account(actor=actor_for(account, somebody.organisation_id), text=text, second_factor=True) == []
    assert not Oath.objects.exists()


def test_who_may_not_read_a_certificate_finds_none(client_as, organisation, account, intern, text) -> None:
    own, other = oath(organisation, intern, text=text), oath(organisation, PersonFactory(organisation=organisation))
    gone = oath(organisation, intern, taken_on=today(), withdrawn_on=today(), withdrawn_because="Mis")

    def answers(client):
        return [client.get(reverse("oaths:certificate", args=[row.pk])).status_code for row in (own, other, gone)]

    assert answers(signed_in(account)) == [202, 404, 404]
    assert answers(client_as(Role.HR)) == [202, 202, 404]
    assert answers(client_as(Role.CLERK)) == [404, 404, 404]
