"""The pages of who keeps the public site."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.publication.models import Entry, Hiding, Publication

pytestmark = pytest.mark.database


def typed(**values) -> dict:
    given = {"what": "regel", "reason": "Bedreigd", "hidden_until": (today() + timedelta(days=9)).isoformat()}
    return given | {"submission": uuid.uuid4()} | values


@pytest.fixture
def line(declared, site) -> Entry:
    site("/index.html")
    return Entry.objects.get()


def test_the_clerk_takes_a_line_away_and_brings_it_back(client_as, line, site) -> None:
    clerk = client_as(Role.CLERK)

    sent = clerk.post(reverse("publication:hide", args=[line.pk]), typed(), follow=True)

    assert "Bedreigd" in sent.content.decode()
    assert "Dijkema" not in site("/registers/nevenfuncties-politieke-ambtsdragers/index.html")
    clerk.post(reverse("publication:show_again", args=[Hiding.objects.get().pk]))
    assert "Dijkema" in site("/registers/nevenfuncties-politieke-ambtsdragers/index.html")


def test_the_same_form_sent_twice_does_it_once(client_as, line) -> None:
    clerk, form = client_as(Role.CLERK), typed()

    for _ in range(2):
        clerk.post(reverse("publication:hide", args=[line.pk]), form)

    assert Hiding.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"hidden_until": "vandaag"}, "datum"),
        ({"hidden_until": ""}, "verplicht"),
        ({"reason": ""}, "verplicht"),
        ({"what": "alles"}, "alles"),
    ],
)
def test_bad_input_is_told_and_kept(client_as, line, values, message) -> None:
    response = client_as(Role.CLERK).post(reverse("publication:hide", args=[line.pk]), typed(**values))

    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Hiding.objects.exists()


def test_a_day_that_has_come_is_refused(client_as, line) -> None:
    response = client_as(Role.CLERK).post(
        reverse("publication:hide", args=[line.pk]), typed(hidden_until=today().isoformat())
    )

    assert "Kies een dag na vandaag" in response.content.decode()


def test_the_coordinator_neither_finds_nor_hides_what_office_holders_declared(client_as, line) -> None:
    coordinator = client_as(Role.COORDINATOR)

    assert "Dijkema" not in coordinator.get(reverse("publication:entries")).content.decode()
    assert coordinator.post(reverse("publication:hide", args=[line.pk]), typed()).status_code == 404


def test_the_reason_is_read_by_who_keeps_the_register_alone(client_as, line) -> None:
    client_as(Role.CLERK).post(reverse("publication:hide", args=[line.pk]), typed())

    assert "Bedreigd" not in client_as(Role.COORDINATOR).get(reverse("publication:overview")).content.decode()


def test_lines_are_found_by_name_whatever_the_accents(client_as, line) -> None:
    clerk = client_as(Role.CLERK)

    assert "Dijkema" in clerk.get(reverse("publication:entries"), {"zoek": "dïjkema"}).content.decode()
    assert "Dijkema" not in clerk.get(reverse("publication:entries"), {"weg": "on"}).content.decode()


def test_settings_are_changed_and_a_wrong_identifier_is_refused(client_as, organisation) -> None:
    clerk, address = client_as(Role.CLERK), reverse("publication:settings")
    clerk.get(address)
    form = {"version": 1, "laid_open_at": "De balie", "contact": "", "shown_for_months": 6, "licence": "cc_by"}

    refused = clerk.post(address, form | {"tooi": "https://example.org/gm1"})
    clerk.post(address, form | {"tooi": "https://identifier.overheid.nl/tooi/id/gemeente/gm0000"})

    assert refused.status_code == 422
    saved = Publication.objects.get()
    assert (saved.laid_open_at, saved.shown_for_months, saved.licence) == ("De balie", 6, "cc_by")


def test_two_who_change_the_settings_do_not_overwrite_each_other(client_as, organisation) -> None:
    address, form = reverse("publication:settings"), {"version": 1, "shown_for_months": 6, "licence": "cc0"}
    client_as(Role.CLERK).post(address, form)

    second = client_as(Role.COORDINATOR).post(address, form | {"shown_for_months": 9})

    assert second.status_code == 409
    assert Publication.objects.get().shown_for_months == 6


def test_the_list_costs_the_same_however_long_it_is(client_as, line, organisation) -> None:
    clerk = client_as(Role.CLERK)
    few = data_queries(lambda: clerk.get(reverse("publication:entries")))
    for number in range(60):
        Entry.objects.create(
            organisation=organisation, register=line.register, title=f"Regel {number}", added_on=today()
        )

    assert data_queries(lambda: clerk.get(reverse("publication:entries"))) == few <= 8
