"""Two people, one record: who comes second is told, and nothing is overwritten."""

import pytest

from openintegriteit.core.locking import StaleRecord, save_if_unchanged
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.policy.models import Regulation

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def regulation(organisation):
    return Regulation.objects.create(organisation=organisation, title="Gedragscode", kind="code_of_conduct")


def test_an_edit_on_the_version_that_was_seen_is_stored(regulation):
    regulation.note = "nieuw"

    save_if_unchanged(regulation, expected_version=1, fields=["note"])

    stored = Regulation.objects.get()
    assert (stored.note, stored.version, regulation.version) == ("nieuw", 2, 2)


def test_an_edit_on_an_older_version_changes_nothing_and_carries_what_is_stored(regulation):
    other = Regulation.objects.get()
    other.note = "van een ander"
    save_if_unchanged(other, expected_version=1, fields=["note"])
    regulation.note = "van mij"

    with pytest.raises(StaleRecord) as stale:
        save_if_unchanged(regulation, expected_version=1, fields=["note"])

    assert stale.value.current.note == "van een ander"
    assert Regulation.objects.get().note == "van een ander"


def test_only_the_named_fields_are_stored(regulation):
    regulation.note, regulation.title = "nieuw", "Iets anders"

    save_if_unchanged(regulation, expected_version=1, fields=["note"])

    assert Regulation.objects.get().title == "Gedragscode"


def test_a_record_of_another_body_cannot_be_stored(regulation, other_organisation):
    regulation.note = "van buiten"

    with organisation_scope(other_organisation.pk), pytest.raises(Regulation.DoesNotExist):
        save_if_unchanged(regulation, expected_version=1, fields=["note"])

    assert Regulation.objects.get().note == ""
