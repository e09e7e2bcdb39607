"""The worker destroys what two people agreed to: all of a record or nothing, once, or the reason why it stays."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection

from openintegriteit.core.clock import today
from openintegriteit.core.files import write_whole
from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.desks.kept import KINDS
from openintegriteit.event_log.models import Entry
from openintegriteit.event_log.queries import verify_chain
from openintegriteit.organisations.documents import FOLDER
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.declarations.models import Decision, Declaration, Remark
from openintegriteit.registers.gifts.models import Gift
from openintegriteit.retention import destroying
from openintegriteit.retention.destroying import destroy_approved, digest_of, finish, handle
from openintegriteit.retention.models import Because, DestructionList, Fate, KindCount, ListedRecord, ListState
from openintegriteit.retention.operations import set_hold
from openintegriteit.retention.recorded import recorded_answers
from openintegriteit.retention.tests.factories import (
    GIFTS,
    agreed,
    drawn_up,
    executed,
    old_gift,
    rule,
    somebody,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def with_details(organisation, declaration):
    """A decision and a question about it."""
    Decision.objects.create(
        organisation=organisation,
        declaration=declaration,
        revision=1,
        outcome="allowed",
        reasons="Mag.",
        decided_on=today(),
        decided_by="Chef",
    )
    Remark.objects.create(organisation=organisation, declaration=declaration, text="Van wie?", author="Chef")


def everything():
    return [model.objects.count() for model in (Declaration, Gift, Decision, Remark)]


def fates(destruction_list):
    return set(destruction_list.records.values_list("fate", "because"))


def test_a_record_goes_with_all_its_details_and_the_list_stays(organisation):
    kept = rule(organisation, category="B 3")
    due, recent = old_gift(organisation), old_gift(organisation, starts_on=today())
    with_details(organisation, due)
    with_details(organisation, recent)

    made = executed(organisation, drawn_up(organisation))

    assert everything() == [1, 1, 1, 1]
    assert Declaration.objects.get() == recent
    assert (made.state, made.destroyed, made.passed_over, made.closed_on) == (ListState.DONE, 1, 0, today())
    row = made.records.get()
    assert (row.fate, row.because, row.person, row.record) == (Fate.DESTROYED, "", None, due.pk)
    assert made.sha256 == digest_of(made)
    entry = Entry.objects.get(action="record.destroyed")
    assert (entry.subject_type, entry.subject_id) == ("declarations.declaration", str(due.pk))
    assert entry.details == {"destruction_list": 1, "ground": kept.ground}
    (declared,) = [told for told in recorded_answers(today()) if told.subject == "destruction_declared"]
    assert declared.state == "met" and "vervangen of blijvend" in declared.reason  # Archiefbesluit 1995, art. 8


def test_documents_in_which_it_may_stand_go_with_it(organisation, other_organisation, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    rule(organisation)
    old_gift(organisation)
    own, others = (tmp_path / FOLDER / str(body.pk) / "x.pdf" for body in (organisation, other_organisation))
    for file in (own, others):
        write_whole(file, b"x")

    executed(organisation, drawn_up(organisation))

    assert (own.exists(), others.exists()) == (False, True)


def test_the_log_outlives_the_record_and_its_chain_holds(organisation):
    rule(organisation)
    due = old_gift(organisation)
    name, gifts = due.person.full_name, due.title
    executed(organisation, drawn_up(organisation))

    assert verify_chain(str(organisation.pk)).first_bad is None
    told = Entry.objects.filter(action__in=["record.destroyed", "destruction_list.drawn_up"])
    said = " ".join(f"{entry.subject_label} {entry.details}" for entry in told)
    assert name not in said and gifts not in said


def test_before_two_agreed_nothing_goes(organisation):
    rule(organisation)
    old_gift(organisation)
    drawn_up(organisation)

    destroy_approved(KINDS)

    assert Declaration.objects.count() == 1
    row = ListedRecord.objects.get()
    handle(KINDS, row.pk, today())
    assert ListedRecord.objects.get().fate == Fate.WAITS


def test_doing_it_again_does_nothing(organisation):
    rule(organisation)
    old_gift(organisation)
    made = executed(organisation, drawn_up(organisation))
    before = Entry.objects.count()

    destroy_approved(KINDS)
    handle(KINDS, made.records.get().pk, today())
    finish(KINDS, made.pk, today())

    assert Entry.objects.count() == before


@pytest.mark.parametrize("about", ["person", "kind", "record"])
def test_a_hold_after_two_agreed_keeps_it(organisation, about):
    rule(organisation)
    due = old_gift(organisation)
    made = agreed(organisation, drawn_up(organisation))
    values = {
        "person": {"person": due.person},
        "kind": {"kind": GIFTS},
        "record": {"kind": GIFTS, "record": due.pk},
    }[about]
    set_hold(
        actor=somebody(organisation, Role.COORDINATOR),
        identifier=uuid.uuid4(),
        side="officials",
        values={"label": "Iets", "cause": "court", "reason": "Er loopt een zaak.", **values},
    )

    destroy_approved(KINDS)

    made.refresh_from_db()
    assert fates(made) == {(Fate.PASSED_OVER, Because.HELD)}
    assert (made.destroyed, made.passed_over) == (0, 1)
    assert Declaration.objects.count() == 1


def test_what_changed_since_stays(organisation):
    rule(organisation)
    edited, asked = old_gift(organisation), old_gift(organisation)
    made = agreed(organisation, drawn_up(organisation))
    Declaration.objects.filter(pk=edited.pk).update(version=2)
    Remark.objects.create(organisation=organisation, declaration=asked, text="Van wie?", author="Chef")

    destroy_approved(KINDS)

    assert fates(made) == {(Fate.PASSED_OVER, Because.CHANGED)}
    assert Declaration.objects.count() == 2


def test_what_is_not_due_any_more_or_is_gone_is_passed_over(organisation):
    rule(organisation)
    later, gone = old_gift(organisation), old_gift(organisation)
    made = agreed(organisation, drawn_up(organisation))
    Declaration.objects.filter(pk=later.pk).update(starts_on=today() - timedelta(days=9))
    gone.delete()

    destroy_approved(KINDS)

    assert fates(made) == {(Fate.PASSED_OVER, Because.NOT_DUE), (Fate.PASSED_OVER, Because.GONE)}


def test_another_rule_since_then_keeps_it(organisation):
    rule(organisation)
    old_gift(organisation)
    made = agreed(organisation, drawn_up(organisation))
    rule(organisation, in_force_from=today(), months=1)

    destroy_approved(KINDS)

    assert fates(made) == {(Fate.PASSED_OVER, Because.RULE)}


def test_who_came_back_is_not_destroyed(organisation):
    rule(organisation, start="service")
    person = PersonFactory(organisation=organisation, started_on=None, ended_on=today() - timedelta(days=4000))
    old_gift(organisation, person)
    made = agreed(organisation, drawn_up(organisation))
    person.ended_on = None
    person.save()

    destroy_approved(KINDS)

    assert fates(made) == {(Fate.PASSED_OVER, Because.NOT_DUE)}


def test_what_another_record_needs_stays_whole_and_the_log_says_nothing_of_it(organisation, monkeypatch):
    from django.db.models import ProtectedError

    rule(organisation)
    with_details(organisation, old_gift(organisation))
    made = agreed(organisation, drawn_up(organisation))

    def protected(self, *args, **kwargs):
        self.remarks.all().delete()
        raise ProtectedError("in use", set())

    monkeypatch.setattr(Declaration, "delete", protected)
    destroy_approved(KINDS)

    assert fates(made) == {(Fate.PASSED_OVER, Because.IN_USE)}
    assert everything() == [1, 1, 1, 1]
    assert not Entry.objects.filter(action="record.destroyed").exists()


def test_what_fails_half_way_is_there_whole_and_done_next_time(organisation, monkeypatch):
    rule(organisation)
    for _number in range(3):
        with_details(organisation, old_gift(organisation))
    made = agreed(organisation, drawn_up(organisation))
    real, calls = ListedRecord.save, []

    def dies_at_the_second(self, **kwargs):
        calls.append(self.pk)
        if len(calls) == 2:
            raise OSError("stroom weg")
        return real(self, **kwargs)

    monkeypatch.setattr(ListedRecord, "save", dies_at_the_second)
    destroy_approved(KINDS)
    assert everything() == [2, 2, 2, 2]
    assert made.records.waiting().count() == 2
    assert Entry.objects.filter(action="record.destroyed").count() == 1

    destroy_approved(KINDS)

    made.refresh_from_db()
    assert everything() == [0, 0, 0, 0]
    assert (made.state, made.destroyed) == (ListState.DONE, 3)
    assert Entry.objects.filter(action="record.destroyed").count() == 3


def test_a_long_list_is_done_in_parts(organisation, monkeypatch):
    monkeypatch.setattr(destroying, "MOST_AT_ONCE", 2)
    rule(organisation)
    for _number in range(3):
        old_gift(organisation)
    made = agreed(organisation, drawn_up(organisation))

    destroy_approved(KINDS)
    left, state = Declaration.objects.count(), DestructionList.objects.get().state
    destroy_approved(KINDS)

    assert (left, state) == (1, ListState.APPROVED)
    made.refresh_from_db()
    assert (Declaration.objects.count(), made.state) == (0, ListState.DONE)


def test_every_body_gets_its_turn_and_keeps_its_own(organisation, other_organisation):
    rule(organisation)
    mine = old_gift(organisation)
    agreed(organisation, drawn_up(organisation))
    with organisation_scope(other_organisation.pk):
        rule(other_organisation)
        old_gift(other_organisation)
        theirs = agreed(other_organisation, drawn_up(other_organisation))
        kept = old_gift(other_organisation)

    destroy_approved(KINDS)

    assert not Declaration.objects.filter(pk=mine.pk).exists()
    with organisation_scope(other_organisation.pk):
        theirs.refresh_from_db()
        assert (theirs.number, theirs.state) == (1, ListState.DONE)
        assert list(Declaration.objects.all()) == [kept]


def test_afterwards_the_kinds_are_counted_anew(organisation):
    rule(organisation)
    old_gift(organisation)

    executed(organisation, drawn_up(organisation))

    counted = KindCount.objects.get(kind=GIFTS)
    assert (counted.in_all, counted.due, counted.held, counted.unknown) == (0, 0, 0, 0)
    assert connection.in_atomic_block  # of the test: nothing above left a transaction open
