"""One's own visits: seeing them and ending the others."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.backends import VisitBackend
from openintegriteit.identity.models import RoleGrant, Session, User
from openintegriteit.identity.sessions import SessionStore, visitor
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles
from openintegriteit.identity.tests.test_sign_in import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def person(organisation):
    return user_with_roles(organisation, Role.STAFF)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_a_session_knows_whose_it_is_and_since_when(person):
    before = timezone.now()
    client = signed_in(person)
    row = Session.objects.get()
    assert row.user == person
    assert before <= row.signed_in_at <= timezone.now()
    # when it is written again
    session = client.session
    session["anything"] = 1
    session.save()
    # then the moment stays
    assert Session.objects.get().signed_in_at == row.signed_in_at


def test_a_session_of_nobody_has_no_name(client, organisation):
    session = SessionStore()
    session["anything"] = 1
    session.save()
    assert Session.objects.values_list("user", "signed_in_at").get() == (None, None)


def test_the_page_lists_ones_own_visits(person, organisation):
    here, _elsewhere = signed_in(person), signed_in(person)
    signed_in(user_with_roles(organisation, Role.STAFF))
    page = here.get("/werk/account/").content.decode()
    assert page.count("Deze browser") == 1
    assert page.count("Een andere browser") == 1


def test_signing_out_elsewhere_ends_only_ones_own_other_visits(person, organisation):
    here, elsewhere = signed_in(person), signed_in(person)
    somebody_else = signed_in(user_with_roles(organisation, Role.STAFF))

    assert here.post("/werk/account/elders-uitloggen/").status_code == 302

    assert here.get("/werk/account/").status_code == 200
    assert somebody_else.get("/werk/account/").status_code == 200
    assert elsewhere.get("/werk/account/")["Location"].startswith("/account/inloggen/")
    assert Entry.objects.get().details == {"visits": 1}


def test_expired_visits_are_not_shown_and_swept(person):
    here = signed_in(person)
    signed_in(person)
    Session.objects.exclude(session_key=here.session.session_key).update(expire_date=timezone.now())
    assert "Een andere browser" not in here.get("/werk/account/").content.decode()
    SessionStore.clear_expired()
    assert Session.objects.count() == 1


# -- A visit belongs to one body, and ends


def test_a_cookie_of_one_body_is_worth_nothing_at_another(organisation, other_organisation):
    # given somebody with the same role at both
    person = user_with_roles(organisation, Role.STAFF)
    with organisation_scope(other_organisation.pk):
        RoleGrant.objects.create(
            organisation=other_organisation, user=person, role=Role.STAFF, confirmed_at=timezone.now()
        )
    client = Client()
    client.post("/account/inloggen/", {"login": person.email, "password": "geheim wachtwoord 1"})
    assert client.get("/werk/account/").status_code == 200
    # when the browser shows the cookie to the other body
    there = client.get("/werk/account/", headers={"host": "ander.example"})
    # then nobody is signed in there
    assert there.status_code == 302
    assert there["Location"].startswith("/account/inloggen/")


def test_half_a_sign_in_is_not_finished_at_another_body(organisation, other_organisation):
    person = user_with_roles(organisation, Role.COORDINATOR)
    secret = add_second_factor(person)
    client = Client()
    client.post("/account/inloggen/", {"login": person.email, "password": "geheim wachtwoord 1"})
    answer = client.post("/account/tweede-factor/code/", {"code": code_of(secret)}, headers={"host": "ander.example"})
    assert answer["Location"] == "/account/inloggen/"
    assert not Session.objects.filter(user=person).exists()


def test_the_page_does_not_tell_of_visits_to_another_body(person, other_organisation):
    here = signed_in(person)
    with organisation_scope(other_organisation.pk):
        signed_in(person)
    assert "Een andere browser" not in here.get("/werk/account/").content.decode()
    here.post("/werk/account/elders-uitloggen/")
    assert Entry.objects.get().details == {"visits": 0}
    assert Session.objects.filter(user=person).count() == 2


def test_a_visit_ends_eight_hours_after_signing_in_however_busy_it_is(person, time_machine):
    time_machine.move_to("2026-03-02 08:00+01:00", tick=False)
    client = signed_in(person)
    for half_hour in range(1, 18):
        is_over = half_hour >= 16
        time_machine.move_to(f"2026-03-02 {8 + half_hour // 2:02d}:{half_hour % 2 * 30:02d}:01+01:00", tick=False)
        assert client.get("/werk/account/").status_code == (302 if is_over else 200), half_hour
        if not is_over:  # something that writes the session, and moves its end
            session = client.session
            session["busy"] = half_hour
            session.save()


def test_a_visit_ends_an_hour_after_it_was_last_used(person, time_machine):
    time_machine.move_to("2026-03-02 08:00+01:00", tick=False)
    client = signed_in(person)
    # given that pages were only looked at, which writes nothing else
    for moment in ("08:59", "09:58"):
        time_machine.move_to(f"2026-03-02 {moment}+01:00", tick=False)
        assert client.get("/werk/account/").status_code == 200
    # when nothing is asked for an hour and a second
    time_machine.move_to("2026-03-02 10:58:01+01:00", tick=False)
    # then the page asks to sign in, and leads back
    assert client.get("/werk/account/")["Location"] == "/account/inloggen/?next=%2Fwerk%2Faccount%2F"


def test_who_types_in_a_form_for_long_is_still_there(person, time_machine):
    time_machine.move_to("2026-03-02 08:00+01:00", tick=False)
    client = signed_in(person)
    time_machine.move_to("2026-03-02 08:55+01:00", tick=False)
    assert client.get("/werk/account/bezig/").status_code == 204
    time_machine.move_to("2026-03-02 09:50+01:00", tick=False)
    assert client.get("/werk/account/").status_code == 200


def test_how_long_a_visit_may_rest_is_a_setting(person, time_machine, settings):
    settings.SESSION_REST = timedelta(minutes=10)
    time_machine.move_to("2026-03-02 08:00+01:00", tick=False)
    client = signed_in(person)
    time_machine.move_to("2026-03-02 08:10:01+01:00", tick=False)
    assert client.get("/werk/account/").status_code == 302


def test_a_visit_that_ended_by_rest_is_not_shown_as_one_that_goes_on(person, time_machine):
    time_machine.move_to("2026-03-02 08:00+01:00", tick=False)
    signed_in(person)
    time_machine.move_to("2026-03-02 09:00:01+01:00", tick=False)
    assert "Een andere browser" not in signed_in(person).get("/werk/account/").content.decode()


def test_use_is_noted_once_a_minute(person, time_machine, django_assert_num_queries):
    time_machine.move_to("2026-03-02 08:00+01:00", tick=False)
    key = signed_in(person).session.session_key
    time_machine.move_to("2026-03-02 08:01:01+01:00", tick=False)
    for queries in (2, 1):
        with django_assert_num_queries(queries):
            SessionStore(key).load()


def test_the_account_comes_along_with_the_session_and_is_read_anew_for_each_request(person, organisation):
    client = signed_in(person)
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/werk/account/").status_code == 200
    assert len([query for query in asked if 'FROM "identity_user"' in query["sql"]]) == 0

    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/werk/account/")["Location"].startswith("/account/inloggen/")
    User.objects.filter(pk=person.pk).update(is_active=True)
    assert client.get("/werk/account/").status_code == 200
    # who has another password is signed out
    User.objects.filter(pk=person.pk).update(password="!")
    assert client.get("/werk/account/")["Location"].startswith("/account/inloggen/")


def test_one_visitor_is_never_taken_for_another(person, organisation):
    other = user_with_roles(organisation, Role.STAFF)
    SessionStore(signed_in(person).session.session_key).load()

    assert VisitBackend().get_user(other.pk) == other
    # what was read for the session is given once; the next who asks reads what the account is by then
    SessionStore(signed_in(person).session.session_key).load()
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert VisitBackend().get_user(person.pk) == person
    assert VisitBackend().get_user(person.pk) is None


def test_a_session_that_does_not_count_brings_no_account_along(person, time_machine):
    time_machine.move_to("2026-03-02 08:00+01:00", tick=False)
    key = signed_in(person).session.session_key
    time_machine.move_to("2026-03-02 09:00:01+01:00", tick=False)
    SessionStore(signed_in(person).session.session_key).load()
    assert SessionStore(key).load() == {}

    assert visitor(str(person.pk)) is None
