"""What was destroyed is written down outside the database, and destroyed again when an older backup came back."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.desks.kept import KINDS
from openintegriteit.event_log.models import Entry
from openintegriteit.event_log.queries import verify_chain
from openintegriteit.organisations.models import Person
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.retention.destroying import destroy_approved, handle
from openintegriteit.retention.models import DestructionList, ListState
from openintegriteit.retention.operations import set_hold
from openintegriteit.retention.replaying import destroy_again, unknown_kinds
from openintegriteit.retention.tests.factories import GIFTS, agreed, drawn_up, executed, old_gift, rule, somebody
from openintegriteit.retention.written import Destroyed, Unreadable, read_destroyed, write_down, write_down_lists

pytestmark = pytest.mark.database
LONG_BEFORE = timezone.now() - timedelta(days=30)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DESTROYED_DIR = tmp_path / "vernietigd"
    return settings.DESTROYED_DIR


def told_of(row, kind=GIFTS, **values):
    told = Destroyed(row.organisation_id, 7, kind, row.pk, "Geschenk", "Besluit", timezone.now())
    return replace(told, **values)


def again(*told, since=LONG_BEFORE):
    """Destroy them again, from outside the scope of any body, as a restore does."""
    with organisation_scope(None):
        return destroy_again(KINDS, told, since)


def test_what_is_destroyed_is_written_down(organisation, folder):
    kept = rule(organisation, category="B 3")
    due, recent = old_gift(organisation), old_gift(organisation, starts_on=timezone.localdate())

    made = executed(organisation, drawn_up(organisation))

    ((name, (line,)),) = read_destroyed(folder).items()
    assert name == f"{made.pk}.jsonl"
    row = made.records.get()
    assert line == Destroyed(organisation.pk, 1, GIFTS, due.pk, row.words, kept.ground, row.handled_at)
    text = (folder / name).read_text()
    assert due.person.full_name not in text and due.title not in text and str(recent.pk) not in text


def test_it_is_written_once_and_what_was_missed_is_caught_up(organisation, folder):
    rule(organisation)
    for _ in range(3):
        old_gift(organisation)
    made = agreed(organisation, drawn_up(organisation))
    handle(KINDS, made.records.first().pk, timezone.localdate())  # and killed before it was written down
    assert not folder.exists()

    destroy_approved(KINDS)
    write_down(made)
    write_down_lists()

    (lines,) = read_destroyed(folder).values()
    assert len({line.record for line in lines}) == len(lines) == 3


def test_a_list_that_was_carried_out_before_gets_its_file(organisation, other_organisation, folder):
    rule(organisation)
    old_gift(organisation)
    made = executed(organisation, drawn_up(organisation))
    before = (folder / f"{made.pk}.jsonl").read_bytes()
    (folder / f"{made.pk}.jsonl").unlink()

    with organisation_scope(None):
        write_down_lists()

    assert (folder / f"{made.pk}.jsonl").read_bytes() == before


def test_where_the_folder_refuses_the_list_stays_open_and_goes_on_later(organisation, folder):
    rule(organisation)
    old_gift(organisation)
    made = agreed(organisation, drawn_up(organisation))
    folder.write_text("een bestand op de plek van de map")

    destroy_approved(KINDS)
    assert DestructionList.objects.get().state == ListState.APPROVED

    folder.unlink()
    destroy_approved(KINDS)
    made.refresh_from_db()
    assert (made.state, made.destroyed) == (ListState.DONE, 1)
    assert len(read_destroyed(folder)[f"{made.pk}.jsonl"]) == 1


def test_a_record_that_came_back_goes_again(organisation):
    due, other = old_gift(organisation), old_gift(organisation)
    told = told_of(due)

    replay = again(told)

    assert (replay.destroyed, replay.kept) == (1, ())
    assert Declaration.objects.get() == other
    entry = Entry.objects.get(action="record.destroyed")
    assert entry.subject_id == str(due.pk)
    assert entry.details == {"destruction_list": 7, "ground": "Besluit", "destroyed_first": told.at.isoformat()}
    assert verify_chain(str(organisation.pk)).first_bad is None
    assert again(told).destroyed == 0


def test_what_was_destroyed_before_the_backup_and_read_in_anew_stays(organisation):
    due = old_gift(organisation)

    assert again(told_of(due), since=timezone.now()).destroyed == 0
    assert Declaration.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda other: {"body": other.pk},
        lambda _: {"body": uuid.uuid4()},
        lambda _: {"record": uuid.uuid4()},
        lambda _: {"kind": "gifts_office_holders"},
        lambda _: {"kind": "people_officials"},
    ],
)
def test_only_that_record_of_that_body_and_kind_goes(organisation, other_organisation, wrong):
    due = old_gift(organisation)

    replay = again(told_of(due, **wrong(other_organisation)))

    assert (replay.destroyed, replay.kept) == (0, ())
    assert Declaration.objects.get() == due and Person.objects.exists()


def test_what_a_hold_keeps_by_the_backup_stays_and_is_told(organisation):
    due = old_gift(organisation)
    set_hold(
        actor=somebody(organisation, Role.COORDINATOR),
        identifier=uuid.uuid4(),
        side="officials",
        values={"person": due.person, "label": "Iets", "cause": "court", "reason": "Er loopt een zaak."},
    )

    told = told_of(due)
    assert again(told).kept == (told,)
    assert Declaration.objects.get() == due


def test_a_person_goes_after_what_was_about_them(organisation):
    """In the order of then; one about whom something else came back stays."""
    gone, needed = PersonFactory(organisation=organisation), PersonFactory(organisation=organisation)
    about_gone = old_gift(organisation, gone)
    old_gift(organisation, needed)
    later = timezone.now() + timedelta(minutes=1)
    people = [told_of(person, "people_officials", at=later) for person in (gone, needed)]

    replay = again(*people, told_of(about_gone))

    assert replay.destroyed == 2 and replay.kept == (people[1],)
    assert not Person.objects.filter(pk=gone.pk).exists() and Person.objects.filter(pk=needed.pk).exists()


def test_a_list_that_came_back_with_both_agreements_is_left_to_the_worker(organisation):
    rule(organisation)
    due = old_gift(organisation)
    made = agreed(organisation, drawn_up(organisation))

    assert again(told_of(due)).destroyed == 0

    destroy_approved(KINDS)
    made.refresh_from_db()
    assert (made.state, made.destroyed) == (ListState.DONE, 1)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"body": "x"}',
        b"[" * 100_000,
        b'{"body": "%s", "list": "1", "kind": "a", "record": "%s", "words": "", "ground": "", "at": "2026-01-01T00:00"}'
        % (str(uuid.uuid4()).encode(), str(uuid.uuid4()).encode()),
    ],
)
def test_a_line_that_tells_nothing_is_named(folder, line):
    folder.mkdir()
    (folder / "lijst.jsonl").write_bytes(b"\n".join([line, b""]))

    with pytest.raises(Unreadable, match=r"lijst\.jsonl, regel 1"):
        read_destroyed(folder)


def test_a_kind_of_a_newer_version_is_named(organisation):
    due = old_gift(organisation)
    assert unknown_kinds(KINDS, [told_of(due), told_of(due, kind="later")]) == ["later"]
