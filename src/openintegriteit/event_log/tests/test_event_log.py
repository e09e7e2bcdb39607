"""The promises of the event log: complete, in order, and impossible to change unseen."""

import pytest
from django.db import DatabaseError, connection, transaction

from openintegriteit.core.roles import Actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log import queries
from openintegriteit.event_log.models import Chain, Entry
from openintegriteit.event_log.operations import entry_hash, record
from openintegriteit.event_log.queries import verify_chain

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def actor(organisation):
    return Actor("1", "Noor", organisation.pk)


def change_behind_its_back(sql: str, parameters: list[object]) -> None:
    """What somebody with access to the database could do: take the triggers away, then change."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER event_log_no_update")
            cursor.execute("DROP TRIGGER event_log_no_delete")
        else:
            cursor.execute("ALTER TABLE event_log_entry DISABLE TRIGGER ALL")
        cursor.execute(sql, parameters)


def test_entries_are_numbered_without_gaps_and_verify(organisation, actor):
    for title in ("een", "twee", "drie"):
        record(actor=actor, action="measure.created", subject="programme.measure", label=title)

    assert list(Entry.objects.values_list("number", "subject_label")) == [(1, "een"), (2, "twee"), (3, "drie")]
    outcome = verify_chain(organisation.pk)
    assert (outcome.entries, outcome.first_bad) == (3, None)


@pytest.mark.parametrize("statement", ["UPDATE event_log_entry SET action = 'x'", "DELETE FROM event_log_entry"])
def test_the_database_refuses_to_change_or_remove(actor, statement):
    record(actor=actor, action="a", subject="page")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Entry.objects.get().action == "a"


def test_a_changed_entry_is_named(organisation, actor):
    for number in range(5):
        record(actor=actor, action=f"a{number}", subject="page")

    change_behind_its_back("UPDATE event_log_entry SET action = %s WHERE number = 3", ["b"])

    outcome = verify_chain(organisation.pk)
    assert (outcome.first_bad, outcome.reason) == (3, "changed")


@pytest.mark.parametrize(
    "column",
    ["action", "actor_id", "actor_label", "subject_type", "subject_id", "subject_label", "details", "hash"],
)
def test_no_part_of_an_entry_can_be_changed_unseen(organisation, actor, column):
    record(actor=actor, action="a", subject="page", details={"changes": {"title": ["een", "twee"]}})

    change_behind_its_back(f"UPDATE event_log_entry SET {column} = %s", ['{"changes": {}}'])  # noqa: S608 our own names

    assert verify_chain(organisation.pk).first_bad == 1


def test_who_changes_an_entry_and_its_hash_must_change_all_that_follow(organisation, actor):
    for number in range(3):
        record(actor=actor, action=f"a{number}", subject="page")
    forged = Entry.objects.get(number=1)
    forged.action = "b"
    forged.hash = entry_hash(forged)

    change_behind_its_back("UPDATE event_log_entry SET action = 'b', hash = %s WHERE number = 1", [forged.hash])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE event_log_entry SET previous_hash = %s WHERE number = 2", [forged.hash])

    assert verify_chain(organisation.pk).first_bad == 2


def test_a_tail_that_is_cut_off_together_with_the_end_of_the_chain_is_noticed(organisation, actor):
    for number in range(3):
        record(actor=actor, action=f"a{number}", subject="page")

    change_behind_its_back("DELETE FROM event_log_entry WHERE number = %s", [3])
    Chain.objects.all().delete()

    outcome = verify_chain(organisation.pk)

    assert (outcome.first_bad, outcome.reason) == (1, "changed")  # the chain knows none of its entries


def test_a_removed_entry_and_a_cut_off_tail_are_noticed(organisation, actor):
    for number in range(4):
        record(actor=actor, action=f"a{number}", subject="page")

    change_behind_its_back("DELETE FROM event_log_entry WHERE number = %s", [4])
    assert (verify_chain(organisation.pk).first_bad, verify_chain(organisation.pk).reason) == (4, "cut off")

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM event_log_entry WHERE number = 2")
    assert (verify_chain(organisation.pk).first_bad, verify_chain(organisation.pk).reason) == (2, "missing")


def test_an_entry_falls_with_the_change_that_it_tells_about(actor):
    with pytest.raises(ValueError, match="undone"), transaction.atomic():
        record(actor=actor, action="a", subject="page")
        raise ValueError("undone")

    assert not Entry.objects.exists()
    assert not Chain.objects.exists()


def test_bodies_have_chains_of_their_own(organisation, actor, other_organisation):
    record(actor=actor, action="a", subject="page")
    with organisation_scope(other_organisation.pk):
        record(actor=Actor("2", "Ali", other_organisation.pk), action="b", subject="page")

        assert list(Entry.objects.values_list("number", "action")) == [(1, "b")]
    assert list(Entry.objects.values_list("number", "action")) == [(1, "a")]


def test_entries_that_come_while_it_is_checked_are_no_fault(organisation, actor, monkeypatch):
    for number in range(3):
        record(actor=actor, action=f"a{number}", subject="page")
    seal, calls = queries.entry_hash, []

    def seal_while_others_write(entry):
        calls.append(entry.number)
        if len(calls) == 2:
            record(actor=actor, action="meanwhile", subject="page")
        return seal(entry)

    monkeypatch.setattr(queries, "entry_hash", seal_while_others_write)

    outcome = verify_chain(organisation.pk)

    assert outcome.first_bad is None
    assert outcome.entries >= 3


def test_an_entry_that_the_chain_does_not_know_is_noticed(organisation, actor):
    for number in range(3):
        record(actor=actor, action=f"a{number}", subject="page")
    before = Chain.objects.values("length", "last_hash").get()
    record(actor=actor, action="slipped in", subject="page")
    Chain.objects.update(**before)

    outcome = verify_chain(organisation.pk)

    assert (outcome.entries, outcome.first_bad) == (3, 4)


def test_a_last_entry_that_was_made_anew_is_noticed(organisation, actor):
    for number in range(3):
        record(actor=actor, action=f"a{number}", subject="page")
    Chain.objects.update(last_hash="f" * 64)

    assert verify_chain(organisation.pk).first_bad == 3
