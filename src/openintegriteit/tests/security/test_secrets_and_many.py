"""Secrets of one sort open nothing of another, and changing many at once reaches no other body."""

from datetime import timedelta

import pytest
from django.urls import reverse

from openintegriteit.campaigns.preparing import FAMILY
from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.messages.links import make_link
from openintegriteit.messages.models import OneTimeLink
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.programme.forms_bulk import versions_of
from openintegriteit.programme.models import Measure
from openintegriteit.programme.tests.factories import measure

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.mark.parametrize(
    ("purpose", "pages"),
    [
        ("measures", ["/lezen/{}/", "/agenda/{}.ics"]),
        (f"{FAMILY}{'0' * 8}-0000-0000-0000-{'0' * 12}", ["/lezen/{}/", "/antwoord/{}/", "/agenda/{}.ics"]),
        ("account", ["/lezen/{}/", "/agenda/{}.ics"]),
    ],
)
def test_a_link_for_one_thing_opens_no_other(client, coordinator, organisation, purpose, pages):
    person = PersonFactory(organisation=organisation)
    token = make_link(actor=coordinator, person=person, purpose=purpose, valid_for=timedelta(days=1))

    for page in pages:
        for ask in (client.get, client.post):
            assert ask(page.format(token)).status_code in (404, 405, 410), page

    assert OneTimeLink.objects.get().used_at is None
    assert not Entry.objects.exists()


@pytest.fixture
def theirs(other_organisation):
    with organisation_scope(other_organisation.pk):
        return measure(other_organisation, title="Geheim van de buren", owner="Buren")


@pytest.mark.parametrize("button", [{}, {"doen": "ja"}, {"terug": "ja"}])
def test_changing_many_does_not_show_or_change_a_measure_of_another_body(
    client_as, organisation, other_organisation, theirs, button
):
    own = measure(organisation, owner="Inkoop")
    sent = {"measures": versions_of([own, theirs]), "owner": "Nieuw"}

    answer = client_as(Role.COORDINATOR).post(reverse("programme:measures_bulk"), sent | button)

    assert answer.status_code in (200, 302)
    assert "Geheim van de buren" not in answer.content.decode()
    assert Measure.objects.get().owner == ("Nieuw" if "doen" in button else "Inkoop")
    with organisation_scope(other_organisation.pk):
        assert (Measure.objects.get().owner, Measure.objects.get().version) == ("Buren", 1)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR}))
def test_changing_many_is_refused_to_who_may_not_change_one(client_as, organisation, role):
    own = measure(organisation, owner="Inkoop")
    sent = {"measures": versions_of([own]), "owner": "Nieuw", "doen": "ja"}

    assert client_as(role).post(reverse("programme:measures_bulk"), sent).status_code == 403

    assert Measure.objects.get().owner == "Inkoop"
