"""The secret address of the year calendar: what calendar programs read there, for whom, and until when."""

from datetime import date, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from openintegriteit.core.clock import today
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.desks.feed import calendar_file
from openintegriteit.desks.models import CalendarFeed
from openintegriteit.desks.operations import make_feed, stop_feed
from openintegriteit.desks.views_feed import feed
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.models import RoleGrant, SecondFactorReset, User
from openintegriteit.identity.queries import actor_for
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles
from openintegriteit.messages.links import token_hash
from openintegriteit.programme.tests.factories import finding, measure

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MAY = date(2026, 5, 20)
PAGE, MAKE, STOP = (
    "/werk/jaarkalender/agenda/",
    "/werk/jaarkalender/agenda/maken/",
    "/werk/jaarkalender/agenda/stoppen/",
)


@pytest.fixture
def user(organisation):
    return user_with_roles(organisation, "coordinator")


@pytest.fixture
def signed_in(user):
    add_second_factor(user)
    client = Client()
    client.force_login(user)
    return client


def secret_of(user, organisation):
    return make_feed(actor=actor_for(user, organisation.pk), identifier=uuid4())


def fetched(token, **headers):
    return Client().get(f"/agenda/{token}.ics", headers=headers)


def events(content):
    return Calendar.from_ical(content).walk("VEVENT")


def in_file(actor, organisation):
    return events(calendar_file(actor, organisation, today()))


def logged():
    return list(Entry.objects.filter(action__startswith="calendar_feed").values_list("action", flat=True))


class TestTheFile:
    """What stands in the file, and whether calendar programs can read it."""

    def test_an_item_is_a_day_that_says_how_it_stands_and_leads_to_its_page(self, organisation, coordinator):
        measure(organisation, number=902, title="Blijft liggen", due_on=MAY - timedelta(days=1), owner="P&O")

        (event,) = events(calendar_file(coordinator, organisation, MAY))

        assert event["SUMMARY"] == "Te laat: 902. Blijft liggen"
        assert event["DESCRIPTION"].startswith("te laat, ")
        assert event["DESCRIPTION"].endswith("\nP&O")
        assert event.decoded("DTSTART") == date(2026, 5, 19)
        assert event.decoded("DTEND") == MAY
        assert urlsplit(event["URL"])[:2] == ("https", "testserver")
        assert urlsplit(event["URL"]).path.startswith("/werk/maatregelen/")
        assert event["TRANSP"] == "TRANSPARENT"

    def test_it_holds_this_year_and_the_next(self, organisation, coordinator):
        year = today().year
        for title, day in (
            ("vorig", date(year - 1, 12, 31)),
            ("eerste", date(year, 1, 1)),
            ("laatste", date(year + 1, 12, 31)),
            ("later", date(year + 2, 1, 1)),
        ):
            measure(organisation, title=title, due_on=day, status="done")

        found = [event["SUMMARY"].split(". ")[1] for event in in_file(coordinator, organisation)]

        assert found == ["eerste", "laatste"]

    @pytest.mark.parametrize(
        ("title", "shown"),
        [
            ("Komma, puntkomma; en \\ schuin", "Komma, puntkomma; en \\ schuin"),
            ("regel een\r\nregel twee\nEND:VCALENDAR", "regel een regel twee END:VCALENDAR"),
            ("x" * 300, "x" * 300),
            ("👩‍👧 ♥ " * 40, ("👩‍👧 ♥ " * 40).strip()),
            ("bel\x07 en\x1b[31m en\x7f", "bel en [31m en"),
        ],
        ids=["marks", "line ends", "long", "emoji", "control characters"],
    )
    def test_a_hostile_title_stays_one_title(self, organisation, coordinator, title, shown):
        measure(organisation, number=7, title=title, due_on=today(), owner=title[:100])

        content = calendar_file(coordinator, organisation, today())

        (event,) = events(content)
        assert event["SUMMARY"] == f"7. {shown}"
        assert event["DESCRIPTION"].count("\n") == 1
        lines = content.split(b"\r\n")
        assert max(len(line) for line in lines) <= 75
        assert b"\n" not in b"".join(lines)
        assert b"\r" not in b"".join(lines)
        assert lines[-1] == b""

    def test_the_mark_of_an_item_stays_when_its_day_and_title_change(self, organisation, coordinator):
        row = measure(organisation, title="Eerst", due_on=today())
        (before,) = in_file(coordinator, organisation)

        type(row).objects.filter(pk=row.pk).update(title="Daarna", due_on=date(today().year, 12, 31))

        (after,) = in_file(coordinator, organisation)
        assert (after["UID"], after["SUMMARY"].endswith("Daarna")) == (before["UID"], True)

    def test_two_days_of_one_record_are_two_items(self, organisation, coordinator):
        finding(organisation, due_on=today(), reinspected_on=today())

        found = in_file(coordinator, organisation)

        assert len(found) == 2
        assert len({event["UID"] for event in found}) == 2

    def test_it_says_when_there_is_more_than_fits(self, organisation, coordinator):
        for _ in range(3):
            measure(organisation, due_on=today() + timedelta(days=1))

        found = events(calendar_file(coordinator, organisation, today(), most=2))

        assert len(found) == 3
        assert "meer dan in uw agenda past" in found[0]["SUMMARY"]


class TestFetching:
    """The address without signing in."""

    def test_it_gives_the_calendar_in_dutch_and_is_kept_nowhere(self, organisation, user):
        token = secret_of(user, organisation)
        measure(organisation, title="Blijft liggen", due_on=today())
        client = Client()
        client.cookies[configured.LANGUAGE_COOKIE_NAME] = "en"

        response = client.get(f"/agenda/{token}.ics")

        assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
        assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
        assert response["Content-Language"] == "nl"
        assert b"X-WR-CALNAME:Jaarkalender van Gemeente Proef\r\n" in response.content
        assert not response.cookies

    def test_fetching_is_not_logged_and_costs_the_same_at_any_size(self, organisation, user):
        token = secret_of(user, organisation)
        fetched(token)
        counts = []
        for rows in (10, 990):
            for _ in range(rows):
                measure(organisation, due_on=today())
            with CaptureQueriesContext(connection) as queries:
                fetched(token)
            counts.append(len([query for query in queries if "set_config" not in query["sql"]]))

        assert counts[0] == counts[1]
        assert logged() == ["calendar_feed.made"]

    def test_it_shows_what_the_person_may_see_at_that_moment(self, organisation, user):
        token = secret_of(user, organisation)
        measure(organisation, title="Een maatregel", due_on=today())
        finding(organisation, text="Een bevinding", due_on=today())
        assert len(events(fetched(token).content)) == 2

        RoleGrant.objects.filter(user=user).update(role="manager")

        (event,) = events(fetched(token).content)
        assert event["SUMMARY"].endswith("Een maatregel")

    @pytest.mark.parametrize(
        "happened",
        [
            lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
            lambda user: RoleGrant.objects.filter(user=user).update(ended_at=timezone.now()),
            lambda user: RoleGrant.objects.filter(user=user).update(paused_at=timezone.now()),
            lambda user: RoleGrant.objects.filter(user=user).update(confirmed_at=None),
            lambda user: RoleGrant.objects.filter(user=user).update(by_claim=True),
            lambda user: RoleGrant.objects.filter(user=user).update(role="staff"),
            lambda user: stop_feed(actor=actor_for(user, user.role_grants.get().organisation_id)),
            lambda user: secret_of(user, user.role_grants.get().organisation),
            lambda user: SecondFactorReset.objects.create(
                organisation=user.role_grants.get().organisation, user=user, done_at=timezone.now()
            ),
        ],
        ids=["inactive", "ended", "paused", "unconfirmed", "by claim", "staff", "stopped", "renewed", "reset"],
    )
    def test_it_is_gone_and_tells_nothing(self, organisation, user, happened):
        token = secret_of(user, organisation)
        measure(organisation, due_on=today())
        assert fetched(token).status_code == 200

        happened(user)

        response = fetched(token)
        assert (response.status_code, response.content) == (410, b"")

    @pytest.mark.parametrize("token", ["onbekend", "%00", "..", "%F0%9F%92%A3", "a" * 2000, "' OR 1=1 --", "%ff"])
    def test_an_unknown_address_is_as_any_unknown_address(self, organisation, user, token):
        secret_of(user, organisation)

        response = fetched(token)

        assert response.status_code == 404
        assert "text/html" in response["Content-Type"]

    def test_at_another_body_it_is_unknown(self, organisation, other_organisation, user, settings):
        settings.ALLOWED_HOSTS = ["*"]
        token = secret_of(user, organisation)
        with organisation_scope(other_organisation.pk):
            RoleGrant.objects.create(
                organisation=other_organisation, user=user, role="coordinator", confirmed_at=timezone.now()
            )
            measure(other_organisation, title="Van de ander", due_on=today())

        elsewhere = Client().get(f"/agenda/{token}.ics", headers={"host": "ander.example"})

        assert elsewhere.status_code == 404
        assert events(fetched(token).content) == []

    def test_it_only_reads(self, organisation, user):
        assert Client().post(f"/agenda/{secret_of(user, organisation)}.ics").status_code == 405


class TestMakingAndStopping:
    """One's own page about the address."""

    def test_the_address_is_shown_once_and_only_its_hash_is_kept(self, organisation, signed_in, user):
        submission = str(uuid4())

        first = signed_in.post(MAKE, {"submission": submission})
        again = signed_in.post(MAKE, {"submission": submission}, follow=True)

        address = first.context["address"]
        token = address.removeprefix("https://testserver/agenda/").removesuffix(".ics")
        feed = CalendarFeed.objects.get()
        assert (feed.user, feed.token_hash) == (user, token_hash(token))
        assert address in first.content.decode()
        assert first.context["subscribe"] == address.replace("https", "webcal")
        assert "al één keer gezien" in again.content.decode()
        assert token not in again.content.decode()
        assert fetched(token).status_code == 200
        assert logged() == ["calendar_feed.made"]

    def test_a_new_address_ends_the_one_before(self, organisation, signed_in, user):
        old = secret_of(user, organisation)

        response = signed_in.post(MAKE, {"submission": str(uuid4())})

        assert response.status_code == 200
        assert fetched(old).status_code == 410
        assert CalendarFeed.objects.in_force().count() == 1
        assert logged() == ["calendar_feed.made", "calendar_feed.renewed"]

    def test_stopping_twice_is_logged_once(self, organisation, signed_in, user):
        secret_of(user, organisation)

        for _ in range(2):
            assert signed_in.post(STOP, follow=True).status_code == 200

        assert CalendarFeed.objects.in_force().count() == 0
        assert logged() == ["calendar_feed.made", "calendar_feed.stopped"]

    def test_a_form_that_cannot_be_read_makes_nothing(self, signed_in):
        assert signed_in.post(MAKE, {"submission": "onzin"}).status_code == 422
        assert CalendarFeed.objects.count() == 0

    def test_who_may_not_see_the_calendar_makes_no_address(self, client_as):
        client = client_as("staff")

        assert client.post(MAKE, {"submission": str(uuid4())}).status_code == 403
        assert client.get(PAGE).status_code == 403
        assert CalendarFeed.objects.count() == 0

    def test_a_role_of_the_sign_in_service_gives_no_address(self, organisation, user, coordinator):
        RoleGrant.objects.filter(user=user).update(by_claim=True)

        with pytest.raises(PermissionDenied):
            secret_of(user, organisation)

        assert CalendarFeed.objects.count() == 0
        assert logged() == []

    def test_the_page_says_which_roles_do_not_count_in_a_calendar(self, organisation, user, rf):
        RoleGrant.objects.create(
            organisation=organisation, user=user, role="manager", by_claim=True, confirmed_at=timezone.now()
        )
        request = rf.get(PAGE)
        request.user, request.organisation, request.actor = user, organisation, actor_for(user, organisation.pk)

        text = feed(request).content.decode()

        assert "Wat u als leidinggevende mag zien, staat er niet in" in text

    def test_two_people_have_an_address_each(self, organisation, user):
        other = user_with_roles(organisation, "clerk")

        tokens = {secret_of(user, organisation), secret_of(other, organisation)}

        assert [fetched(token).status_code for token in tokens] == [200, 200]

    @pytest.mark.parametrize(("role", "is_told"), [("manager", True), ("staff", False)])
    def test_the_page_of_the_account_leads_to_it_for_who_may_see_the_calendar(self, client_as, role, is_told):
        assert (f'href="{PAGE}"' in client_as(role).get("/werk/account/").content.decode()) is is_told
