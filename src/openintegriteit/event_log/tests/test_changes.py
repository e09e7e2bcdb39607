import uuid
from datetime import date

import pytest

from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of, create_once, history_of, save_changes
from openintegriteit.event_log.models import Entry
from openintegriteit.event_log.operations import record
from openintegriteit.event_log.queries import verify_chain
from openintegriteit.policy.models import Regulation

pytestmark = pytest.mark.database


@pytest.fixture
def regulation(organisation) -> Regulation:
    return Regulation.objects.create(organisation=organisation, title="Oud", kind="other")


def change(actor, regulation, version, **values) -> Regulation:
    return save_changes(
        actor=actor, action="regulation.changed", instance=regulation, expected_version=version, values=values
    )


def test_only_what_differs_is_stored_and_told(coordinator, regulation) -> None:
    saved = change(coordinator, regulation, 1, title="Oud", kind="protocol", review_due_on=date(2027, 1, 1))

    assert (saved.kind, saved.version) == ("protocol", 2)
    assert Entry.objects.get().details == {
        "changes": {"kind": ["other", "protocol"], "review_due_on": [None, "2027-01-01"]}
    }
    assert verify_chain(coordinator.organisation_id).first_bad is None


def test_nothing_is_told_when_nothing_differs(coordinator, regulation) -> None:
    assert change(coordinator, regulation, 1, title="Oud").version == 1
    assert not Entry.objects.exists()


def test_a_stale_change_leaves_no_trace(coordinator, regulation) -> None:
    change(coordinator, regulation, 1, title="Eerste")

    with pytest.raises(StaleRecord):
        change(coordinator, regulation, 1, title="Tweede")

    assert Regulation.objects.get().title == "Eerste"
    assert Entry.objects.count() == 1


def test_history_tells_changes_in_words_newest_first(coordinator, regulation, django_assert_num_queries) -> None:
    change(coordinator, regulation, 1, kind="protocol", review_due_on=date(2027, 1, 1))
    change(coordinator, regulation, 2, review_due_on=None)

    with django_assert_num_queries(1):
        newest, oldest = history_of(regulation, {"regulation.changed": "Gewijzigd"})

    assert (newest.actor, newest.action) == (coordinator.label, "Gewijzigd")
    assert [(line.before, line.after) for line in newest.changes] == [("1 januari 2027", "")]
    assert [line.before for line in oldest.changes] == [str(dict(Regulation.kind.field.flatchoices)["other"]), ""]


def test_history_survives_a_field_that_is_gone(coordinator, regulation) -> None:
    record(
        actor=coordinator, action="regulation.changed", subject=regulation, details={"changes": {"colour": ["a", "b"]}}
    )

    line = history_of(regulation, {})[0]

    assert line.action == "regulation.changed"
    assert [(change.label, change.before, change.after) for change in line.changes] == [("colour", "a", "b")]


def test_an_actor_without_a_body_creates_nothing() -> None:
    with pytest.raises(ValueError):
        body_of(Actor("console", "console", None))


def test_one_key_makes_one_record_and_one_entry(coordinator) -> None:
    identifier = uuid.uuid4()
    made = [
        create_once(
            actor=coordinator,
            action="regulation.created",
            model=Regulation,
            identifier=identifier,
            values={"title": title, "kind": "other"},
            label="De code",
        )
        for title in ("Eerst", "Nog eens")
    ]

    assert [(row.pk, row.title, row.organisation_id) for row in made] == [
        (identifier, "Eerst", coordinator.organisation_id)
    ] * 2
    assert list(Entry.objects.values_list("action", "subject_id", "subject_label")) == [
        ("regulation.created", str(identifier), "De code")
    ]
