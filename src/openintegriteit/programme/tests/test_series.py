"""Activities that come back: previewed, made once, each on its own, called off together."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.event_log.models import Entry
from openintegriteit.programme.due import calendar_items
from openintegriteit.programme.models import Activity, Recurrence
from openintegriteit.programme.recurrence import call_off_following, repeat_activity
from openintegriteit.programme.tests.factories import activity, measure, working_group

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-21 12:00", tick=False):
        yield


@pytest.fixture
def client(client_as):
    return client_as("coordinator")


def meeting(organisation, **values) -> Activity:
    given = {"title": "Overleg", "theme": "Werkgroep", "year": 2026, "starts_on": date(2026, 12, 31)}
    return activity(organisation, **given | values)


def sent(client, about, **values):
    form = {"every": "1", "last_day": "2027-03-31"} | values
    return client.post(reverse("programme:activity_repeat", args=[about.pk]), form)


def days() -> list[date]:
    return [row.starts_on for row in Activity.objects.order_by("starts_on")]


def repeated(coordinator, about, until=date(2027, 3, 31)) -> list[Activity]:
    repeat_activity(actor=coordinator, activity=about, expected_version=1, every=Recurrence.MONTHLY, last=until)
    return list(Activity.objects.order_by("starts_on"))


def test_the_days_are_shown_before_anything_is_made(client, organisation) -> None:
    about = meeting(organisation)

    response = sent(client, about)

    assert response.status_code == 200
    assert [occurrence.day for occurrence in response.context["days"]] == [
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
    ]
    assert "zondag 28 februari 2027" in response.content.decode().lower()
    assert (days(), Entry.objects.count()) == ([date(2026, 12, 31)], 0)


def test_sending_twice_makes_them_once(client, organisation) -> None:
    about = meeting(organisation)

    answers = [sent(client, about, doen="ja", shown="1").status_code for _click in range(2)]

    assert answers == [302, 302]
    assert days() == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]
    assert set(Activity.objects.values_list("series", flat=True)) == {about.pk}
    assert Entry.objects.filter(action="activity.created").count() == 3
    assert Entry.objects.get(action="activity.repeated").details == {"added": 3}


def test_what_they_have_in_common_is_copied_and_what_each_has_to_tell_is_not(coordinator, organisation) -> None:
    group, number = working_group(organisation), measure(organisation)
    about = meeting(
        organisation,
        kind="meeting",
        scope="integrity",
        pillar=3,
        audience="leden",
        led_by="voorzitter",
        measure=number,
        working_group=group,
        status="confirmed",
        confirmed_by="directie",
        sessions=1,
        participants=8,
        invited=9,
        outcome="Goed",
        note="Lokaal 3",
        ends_on=date(2027, 1, 1),
    )

    row = repeated(coordinator, about, until=date(2027, 1, 31))[1]

    shared = (row.kind, row.scope, row.pillar, row.audience, row.led_by, row.measure, row.working_group)
    assert shared == ("meeting", "integrity", 3, "leden", "voorzitter", number, group)
    assert (row.status, row.confirmed_by, row.outcome, row.note) == ("planned", "", "", "")
    assert (row.sessions, row.participants, row.invited) == (None, None, None)
    assert (row.year, row.starts_on, row.ends_on) == (2027, date(2027, 1, 31), date(2027, 2, 1))
    assert "voorzitter" in row.search_text


def test_a_series_goes_on_from_any_of_its_activities_also_when_one_was_moved(coordinator, organisation) -> None:
    rows = repeated(coordinator, meeting(organisation))
    Activity.objects.filter(pk=rows[2].pk).update(starts_on=date(2027, 3, 2))

    repeat_activity(
        actor=coordinator, activity=rows[1], expected_version=1, every=Recurrence.MONTHLY, last=date(2027, 4, 30)
    )

    assert days() == [*(date(2026, 12, 31), date(2027, 1, 31), date(2027, 3, 2), date(2027, 3, 31)), date(2027, 4, 30)]


@pytest.mark.parametrize(
    "wrong", [{"every": "2"}, {"every": ""}, {"last_day": "2026-12-31"}, {"last_day": "2040-01-01"}, {"last_day": "x"}]
)
def test_what_cannot_be_repeated_comes_back(client, organisation, wrong) -> None:
    about = meeting(organisation)

    assert sent(client, about, doen="ja", shown="1", **wrong).status_code == 422
    assert days() == [date(2026, 12, 31)]


def test_without_a_date_there_is_nothing_to_count_from(client, organisation) -> None:
    about = meeting(organisation, starts_on=None)

    assert "heeft nog geen datum" in client.get(reverse("programme:activity_repeat", args=[about.pk])).content.decode()
    assert sent(client, about, doen="ja", shown="1").status_code == 422


@pytest.mark.parametrize("shown", ["1", ""])
def test_when_somebody_changed_the_activity_meanwhile_the_days_are_shown_again(client, organisation, shown) -> None:
    about = meeting(organisation, version=2)

    response = sent(client, about, doen="ja", shown=shown)

    assert response.status_code == 409
    assert ("shown", 2) in response.context["hidden"]
    assert days() == [date(2026, 12, 31)]


def test_this_one_and_all_after_it_are_called_off_at_once(client, coordinator, organisation) -> None:
    rows = repeated(coordinator, meeting(organisation))
    Activity.objects.filter(pk=rows[2].pk).update(status="held")
    address = reverse("programme:series_call_off", args=[rows[1].pk])

    answers = [client.post(address, {"why": why}).status_code for why in (" ", "De groep stopt", "Anders")]

    assert answers == [422, 302, 302]
    assert [(row.status, row.called_off_because) for row in Activity.objects.order_by("starts_on")] == [
        ("planned", ""),
        ("called_off", "De groep stopt"),
        ("held", ""),
        ("called_off", "De groep stopt"),
    ]
    assert Entry.objects.filter(action="activity.changed").count() == 2


def test_an_activity_of_no_series_has_none_after_it(client, coordinator, organisation) -> None:
    alone, undated = meeting(organisation), meeting(organisation, starts_on=None)

    numbers = [call_off_following(actor=coordinator, activity=row, why="Stopt") for row in (alone, undated)]

    assert numbers == [0, 0]
    assert {row.status for row in Activity.objects.all()} == {"planned"}
    assert client.get(reverse("programme:series_call_off", args=[alone.pk])).status_code == 200


def test_the_calendar_says_that_it_belongs_to_a_series(coordinator, organisation) -> None:
    repeated(coordinator, meeting(organisation, audience="leden"), until=date(2027, 1, 31))
    meeting(organisation, title="Eenmalig", starts_on=date(2027, 1, 30))

    items = calendar_items(coordinator, date(2027, 1, 1), date(2027, 1, 31), 10)

    assert [(item.title, item.detail) for item in items] == [
        ("Eenmalig", "Werkgroep"),
        ("Overleg", "leden; onderdeel van een reeks"),
    ]


def test_the_page_shows_the_whole_series_with_as_many_queries(client, coordinator, organisation) -> None:
    rows = repeated(coordinator, meeting(organisation), until=date(2027, 1, 31))
    address = reverse("activity", args=[rows[0].pk])
    few = data_queries(lambda: client.get(address))
    repeated(coordinator, rows[0], until=date(2031, 12, 31))

    shown = client.get(address)

    assert len(shown.context["series"]) == 61
    assert data_queries(lambda: client.get(address)) == few


def test_only_the_coordinator_repeats_and_calls_off(actor_with, coordinator, organisation) -> None:
    rows, actor = repeated(coordinator, meeting(organisation)), actor_with("secretary")

    with pytest.raises(PermissionDenied):
        repeated(actor, rows[0], until=date(2028, 1, 1))
    with pytest.raises(PermissionDenied):
        call_off_following(actor=actor, activity=rows[0], why="Stopt")

    assert [row.status for row in Activity.objects.all()] == ["planned"] * 4


def test_an_operation_refuses_what_the_form_refuses(coordinator, organisation) -> None:
    about = meeting(organisation)

    with pytest.raises(ValueError, match="repeated"):
        repeated(coordinator, about, until=date(2040, 1, 1))
    with pytest.raises(ValueError, match="reason"):
        call_off_following(actor=coordinator, activity=about, why=" ")
    with pytest.raises(StaleRecord):
        repeat_activity(
            actor=coordinator, activity=about, expected_version=9, every=Recurrence.YEARLY, last=date(2030, 1, 1)
        )
    assert days() == [date(2026, 12, 31)]


@pytest.mark.parametrize("name", ["activity_repeat", "series_call_off", "material_new", "activity_evaluate"])
def test_an_activity_of_another_body_is_absent(client, organisation, other_organisation, name) -> None:
    with organisation_scope(other_organisation.pk):
        theirs = meeting(other_organisation)

    assert client.post(reverse(f"programme:{name}", args=[theirs.pk]), {"why": "x"}).status_code == 404
    assert client.get(reverse(f"programme:{name}", args=[theirs.pk])).status_code == 404
