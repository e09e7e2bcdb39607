"""A round over declarations: asked of a group, answered signed in, by a link or on paper, and followed to its end."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openintegriteit.campaigns.models import Ask, Campaign, Invitee, Route
from openintegriteit.campaigns.operations import close, create_campaign, start
from openintegriteit.campaigns.preparing import prepare, send_reminders
from openintegriteit.campaigns.queries import group_of
from openintegriteit.campaigns.tests.factories import opened
from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role, console_actor
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.models import User
from openintegriteit.messages.models import Message, OneTimeLink
from openintegriteit.organisations.models import PersonKind, Position
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.declarations.models import Declaration, Deputy, Draft, NothingToDeclare
from openintegriteit.registers.declarations.queries import deputies_of
from openintegriteit.registers.declarations.tests.factories import acting, somebody
from openintegriteit.registers.outside_positions import operations as outside_positions
from openintegriteit.registers.outside_positions.tests.factories import TYPED
from openintegriteit.registers.rounds.queries import KIND, lines_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def asked(organisation, **values):
    """A round that was started and whose group was invited."""
    made = Campaign.objects.create(
        organisation=organisation,
        **{
            "asks": Ask.DECLARE,
            "subject_kind": KIND,
            "subject_key": uuid.uuid4(),
            "subject_label": "Nevenwerkzaamheden",
            "subject_parts": ["outside_positions", "interests"],
            "title": "Uw opgaven van dit jaar",
            "opens_on": today(),
            "answer_before": today() + timedelta(days=14),
        }
        | values,
    )
    keeper = console_actor(organisation.pk)
    if made.for_office_holders:
        keeper = acting(somebody(organisation, Role.CLERK)[0], organisation)
    start(actor=keeper, campaign=made, expected_version=made.version)
    prepare(made.pk, today())
    made.refresh_from_db()
    return made


def declared(organisation, user, person, **values):
    actor = acting(user, organisation)
    return outside_positions.declare(
        actor=actor, identifier=uuid.uuid4(), person=person, values=TYPED | values
    ).declaration


def seen_on(page):
    return re.search(r'name="seen" value="(\w+)"', page.content.decode())[1]


def link_in_the_newest_mail():
    body = Message.objects.order_by("-created_at").first().body
    return next(line for line in body.splitlines() if "/opgave/" in line).removeprefix("https://testserver")


def test_one_button_confirms_what_stands_and_tells_that_there_is_no_more(organisation):
    user, person = somebody(organisation, Role.STAFF)
    standing = declared(organisation, user, person)
    campaign = asked(organisation)
    client, address = signed_in(user), reverse("rounds:mine", args=[campaign.pk])

    page = client.get(address)
    thanks = client.post(address, {"seen": seen_on(page)})

    assert standing.title in page.content.decode()
    assert "Dit klopt en dit is alles" in page.content.decode()
    assert "Dank u, uw antwoord is vastgelegd" in thanks.content.decode()
    standing.refresh_from_db()
    assert standing.confirmed_on == today()
    row = Invitee.objects.get(person=person)
    assert (row.answered_at is not None, row.route) == (True, Route.ACCOUNT)
    assert Entry.objects.filter(action="campaign.answered").count() == 1


def test_who_has_nothing_to_declare_is_ready_in_one_click(organisation):
    user, person = somebody(organisation, Role.STAFF)
    campaign = asked(organisation)
    client, address = signed_in(user), reverse("rounds:mine", args=[campaign.pk])

    page = client.get(address)
    client.post(address, {"seen": seen_on(page)})
    again = client.post(address, {"seen": seen_on(page)})

    assert "Ik heb niets op te geven" in page.content.decode()
    assert list(NothingToDeclare.objects.values_list("person", "register")) == [(person.pk, "outside_positions")]
    assert "U hebt al geantwoord" in again.content.decode()


def test_interests_are_asked_of_who_holds_a_designated_position(organisation):
    from openintegriteit.organisations.models import Appointment
    from openintegriteit.registers.designations.models import Designation

    post = Position.objects.create(organisation=organisation, title="Inkoper")
    _user, buyer = somebody(organisation, Role.STAFF)
    other = PersonFactory(organisation=organisation)
    Appointment.objects.create(organisation=organisation, person=buyer, position=post, started_on=today())
    Designation.objects.create(
        organisation=organisation, position=post, declares_interests=True, reasons="Koopt in.", designated_on=today()
    )
    campaign = asked(organisation)

    of = {
        person: [line.own.register.key for line in lines_of(person, campaign, "municipality", today())]
        for person in (buyer, other)
    }

    assert of == {buyer: ["outside_positions", "interests"], other: ["outside_positions"]}


def test_without_an_account_a_link_does_everything_and_then_is_spent(organisation):
    person = PersonFactory(organisation=organisation, email="balie@proef.example")
    asked(organisation)
    link, client = link_in_the_newest_mail(), Client()

    form = client.get(f"{link}outside_positions/nieuw/")
    sent = {k: v for k, v in TYPED.items() if v is not None} | {
        "touches_duties": "Nee.",
        "submission": uuid.uuid4(),
        "starts_on": "2026-01-01",
    }
    saved = client.post(f"{link}outside_positions/nieuw/", sent)
    page = client.get(link)
    thanks = client.post(link, {"seen": seen_on(page)})

    assert (form.status_code, saved.status_code, saved["Location"]) == (200, 302, link)
    made = Declaration.objects.get()
    assert (made.person, made.confirmed_on, made.asks_decision) == (person, today(), True)
    assert made.title in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "Dank u, uw antwoord is vastgelegd" in thanks.content.decode()
    assert Invitee.objects.get().route == Route.LINK
    assert "U hebt al geantwoord" in client.get(link).content.decode()
    assert client.get(f"{link}{made.pk}/wijzigen/")["Location"] == link
    assert Entry.objects.get(action="declaration.made").actor_label == person.full_name


def test_on_the_way_something_is_changed_or_stopped(organisation):
    user, person = somebody(organisation, Role.STAFF)
    standing = declared(organisation, user, person)
    campaign = asked(organisation)
    client, address = signed_in(user), reverse("rounds:mine", args=[campaign.pk])

    assert client.get(f"{address}{standing.pk}/wijzigen/").status_code == 200
    done = client.post(
        f"{address}{standing.pk}/gestopt/", {"version": standing.version, "ends_on": today() - timedelta(days=1)}
    )

    assert done["Location"] == address
    assert "Ik heb niets op te geven" in client.get(address).content.decode()


def test_what_was_changed_since_the_page_was_opened_is_shown_first(organisation):
    user, person = somebody(organisation, Role.STAFF)
    campaign = asked(organisation)
    client, address = signed_in(user), reverse("rounds:mine", args=[campaign.pk])
    seen = seen_on(client.get(address))
    standing = declared(organisation, user, person)

    answer = client.post(address, {"seen": seen})

    assert answer.status_code == 409
    assert standing.title in answer.content.decode()
    assert Invitee.objects.get(person=person).answered_at is None


def test_who_has_an_account_signs_in_and_gets_no_link(organisation):
    user, person = somebody(organisation, Role.STAFF)
    campaign = asked(organisation)

    mail = Message.objects.get()

    assert (mail.recipient, OneTimeLink.objects.count()) == (person.email, 0)
    assert f"https://testserver{reverse('rounds:mine', args=[campaign.pk])}" in mail.body
    assert user.email == person.email


def test_the_two_regimes_never_mix(organisation):
    official = PersonFactory(organisation=organisation, kind=PersonKind.HIRED)
    member = PersonFactory(organisation=organisation, kind=PersonKind.ELECTED_MEMBER)
    of_officials = Campaign(asks=Ask.DECLARE, kinds=["elected_member"])
    of_holders = Campaign(asks=Ask.DECLARE, for_office_holders=True, kinds=[])

    assert list(group_of(of_officials, today())) == [official]
    assert list(group_of(of_holders, today())) == [member]


@pytest.mark.parametrize(("role", "own"), [(Role.COORDINATOR, False), (Role.CLERK, True)])
def test_the_clerk_keeps_rounds_of_office_holders_and_the_coordinator_those_of_officials(
    organisation, client_as, role, own
):
    PersonFactory(organisation=organisation)
    PersonFactory(organisation=organisation, kind=PersonKind.ELECTED_MEMBER)
    rounds = {side: asked(organisation, for_office_holders=side) for side in (False, True)}
    client = client_as(role)

    for side, campaign in rounds.items():
        expected = 200 if side == own else 404
        for page in ("campaign", "campaigns:invitees"):
            assert client.get(reverse(page, args=[campaign.pk])).status_code == expected
        assert client.post(reverse("campaigns:close", args=[campaign.pk])).status_code == (302 if side == own else 404)


def test_nobody_starts_a_round_of_the_other_side(organisation, actor_with):
    for role, for_office_holders in ((Role.COORDINATOR, True), (Role.CLERK, False), (Role.HR, False)):
        with pytest.raises(PermissionDenied):
            create_campaign(
                actor=actor_with(role),
                identifier=uuid.uuid4(),
                values={"asks": Ask.DECLARE, "for_office_holders": for_office_holders},
            )


def test_the_personnel_department_records_what_came_on_paper(organisation, client_as):
    PersonFactory(organisation=organisation, email="")
    campaign = asked(organisation)
    row = Invitee.objects.get()
    address = reverse("rounds:paper", args=[row.pk])
    client = client_as(Role.HR)

    client.post(address, {"seen": seen_on(client.get(address))})

    row.refresh_from_db()
    assert row.route == Route.PAPER
    assert NothingToDeclare.objects.count() == 1
    assert client_as(Role.CLERK).get(address).status_code == 404
    assert client_as(Role.COORDINATOR).get(address).status_code == 403
    assert campaign.title


def test_after_the_last_day_managers_and_their_deputies_hear_once_who_has_not_answered(organisation):
    head, row_of_head = somebody(organisation, Role.MANAGER)
    PersonFactory(organisation=organisation, manager=row_of_head, family_name="Zwijger", email="z@proef.example")
    campaign = asked(organisation, tells_managers=True)
    Campaign.objects.filter(pk=campaign.pk).update(
        opens_on=today() - timedelta(days=9), answer_before=today() - timedelta(days=1)
    )
    deputy, row_of_deputy = somebody(organisation, Role.MANAGER)
    Deputy.objects.create(organisation=organisation, leader=row_of_head, deputy=row_of_deputy, starts_on=today())

    send_reminders(timezone.now(), deputies_of)
    send_reminders(timezone.now(), deputies_of)

    told = Message.objects.filter(subject__startswith="Nog niet geantwoord")
    address = reverse("rounds:team", args=[campaign.pk])
    assert sorted(mail.recipient for mail in told) == sorted([head.email, deputy.email])
    for mail in told:
        assert (address in mail.body, "Zwijger" in mail.body) == (True, False)
        assert (f"omdat u {row_of_head.full_name} vervangt" in mail.body) == (mail.recipient == deputy.email)
    for user in (head, deputy):
        assert "Zwijger" in signed_in(user).get(address).content.decode()
    stranger, _row = somebody(organisation, Role.MANAGER)
    assert signed_in(stranger).get(address).status_code == 404


def test_a_closed_round_takes_no_answer(organisation):
    user, _person = somebody(organisation, Role.STAFF)
    campaign = asked(organisation)
    client, address = signed_in(user), reverse("rounds:mine", args=[campaign.pk])
    seen = seen_on(client.get(address))
    close(actor=console_actor(organisation.pk), campaign=campaign)

    answer = client.post(address, {"seen": seen})

    assert (answer.status_code, "gesloten" in answer.content.decode()) == (410, True)
    assert not NothingToDeclare.objects.exists()


def test_others_cannot_answer_for_somebody(organisation, client_as):
    PersonFactory(organisation=organisation)
    campaign = asked(organisation)

    assert client_as(Role.STAFF).get(reverse("rounds:mine", args=[campaign.pk])).status_code == 404
    assert Client().get("/opgave/raad-maar/").status_code == 410


def test_a_link_opens_nothing_of_somebody_else(organisation):
    user, person = somebody(organisation, Role.STAFF)
    theirs = declared(organisation, user, person)
    PersonFactory(organisation=organisation, email="balie@proef.example")
    asked(organisation)
    mail = Message.objects.get(recipient="balie@proef.example")
    link = next(line for line in mail.body.splitlines() if "/opgave/" in line).removeprefix("https://testserver")

    assert Client().get(f"{link}{theirs.pk}/wijzigen/").status_code == 404
    assert Client().post(f"{link}{theirs.pk}/gestopt/", {"version": 1, "ends_on": today()}).status_code == 404
    assert Client().get(f"{link}gifts/nieuw/").status_code == 404  # not asked in this round


def test_a_link_answers_only_what_it_asks(organisation):
    PersonFactory(organisation=organisation, email="balie@proef.example")
    asked(organisation)
    link, client = link_in_the_newest_mail(), Client()
    elsewhere = link.replace("/opgave/", "/lezen/")

    assert (client.get(elsewhere).status_code, client.post(elsewhere).status_code) == (410, 410)
    assert Invitee.objects.get().answered_at is None
    read = opened(organisation)
    body = Message.objects.order_by("-created_at").first().body
    to_read = next(line for line in body.splitlines() if "/lezen/" in line).removeprefix("https://testserver")
    assert client.post(to_read.replace("/lezen/", "/opgave/")).status_code == 410
    assert not Invitee.objects.filter(campaign=read, answered_at__isnull=False).exists()


def test_a_round_is_made_and_changed_in_the_browser(organisation, client_as):
    PersonFactory(organisation=organisation)
    client = client_as(Role.COORDINATOR)
    sent = {
        "submission": uuid.uuid4(),
        "title": "Opgaven 2026",
        "intro": "",
        "registers": ["outside_positions"],
        "opens_on": today(),
        "answer_before": today() + timedelta(days=20),
        "reminder_days": "7",
    }

    made = client.post(reverse("rounds:new"), sent)
    client.post(reverse("rounds:new"), sent)

    campaign = Campaign.objects.get()
    assert (made.status_code, campaign.subject_label, campaign.asks) == (302, "Nevenfuncties", Ask.DECLARE)
    changed = client.post(
        reverse("rounds:edit", args=[campaign.pk]),
        sent | {"version": campaign.version, "registers": ["outside_positions", "gifts"]},
    )
    campaign.refresh_from_db()
    assert (changed.status_code, campaign.subject_parts) == (302, ["outside_positions", "gifts"])


def test_what_is_begun_by_a_link_or_on_paper_waits_on_the_page_of_the_round(organisation, client_as):
    person = PersonFactory(organisation=organisation, email="balie@proef.example")
    asked(organisation)
    paper = reverse("rounds:paper", args=[Invitee.objects.get().pk])
    ways = ((Client(), link_in_the_newest_mail()), (client_as(Role.HR), paper))

    for number, (client, address) in enumerate(ways):
        form = f"{address}outside_positions/nieuw/"
        kept = client.post(form, {"role": f"Half {number}", "action": "later"}, follow=True)
        assert kept.redirect_chain == [(address, 302)]
        assert f'href="{form}"' in kept.content.decode()
        assert client.get(form).context["form"]["role"].value() == f"Half {number}"
    assert set(Draft.objects.values_list("author", "person")) == {
        (f"person:{person.pk}", person.pk),
        (str(User.objects.get().pk), person.pk),
    }

    client, address = ways[0]
    client.post(f"{address}outside_positions/nieuw/", {"action": "discard"})
    assert "Half" not in client.get(f"{address}outside_positions/nieuw/").content.decode()
