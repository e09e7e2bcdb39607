"""Many changes at once make one entry each, in the same chain and under the same promises."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from openintegriteit.core.roles import Actor
from openintegriteit.event_log.models import Chain, Entry
from openintegriteit.event_log.operations import Event, record, record_many
from openintegriteit.event_log.queries import verify_chain

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def actor(organisation):
    return Actor("1", "Noor", organisation.pk)


def events(number):
    return [Event("person.changed", "organisations.person", f"persoon {index}") for index in range(number)]


def test_entries_continue_the_chain_in_their_order(organisation, actor):
    record(actor=actor, action="a", subject="page")

    entries = record_many(actor=actor, events=events(3))
    record(actor=actor, action="z", subject="page")

    assert [entry.number for entry in entries] == [2, 3, 4]
    assert list(Entry.objects.values_list("number", "subject_label")) == [
        (1, "page"),
        (2, "persoon 0"),
        (3, "persoon 1"),
        (4, "persoon 2"),
        (5, "page"),
    ]
    outcome = verify_chain(organisation.pk)
    assert (outcome.entries, outcome.first_bad) == (5, None)


def test_each_entry_tells_its_record_and_details(organisation, actor):
    record_many(actor=actor, events=[Event("body.changed", organisation, details={"name": ["Oud", "Nieuw"]})])

    entry = Entry.objects.get()
    assert (entry.subject_type, entry.subject_id, entry.subject_label) == (
        "organisations.organisation",
        str(organisation.pk),
        "Gemeente Proef",
    )
    assert entry.details == {"name": ["Oud", "Nieuw"]}


def test_no_events_leave_the_chain_as_it_was(actor):
    record(actor=actor, action="a", subject="page")
    before = Chain.objects.values().get()

    assert record_many(actor=actor, events=[]) == []

    assert Chain.objects.values().get() == before


@pytest.mark.django_db(transaction=True)
def test_it_refuses_to_write_outside_a_transaction(actor):
    with pytest.raises(RuntimeError):
        record_many(actor=actor, events=events(1))

    assert not Entry.objects.exists()


def test_all_entries_fall_with_the_change_that_they_tell_about(actor):
    with pytest.raises(ValueError, match="undone"), transaction.atomic():
        record_many(actor=actor, events=events(3))
        raise ValueError("undone")

    assert not Entry.objects.exists()
    assert not Chain.objects.exists()


def test_a_thousand_entries_cost_a_handful_of_queries(organisation, actor):
    record(actor=actor, action="a", subject="page")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        record_many(actor=actor, events=events(1000))

    assert len(queries) <= 8
    assert verify_chain(organisation.pk).entries == 1001
