"""Drawing up, agreeing and taking back: two others agree, whatever way somebody tries to agree twice."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role, console_actor
from openintegriteit.desks.kept import KINDS
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.models import User
from openintegriteit.identity.tests.factories import user_with_roles
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.retention import lists
from openintegriteit.retention.models import DestructionList, ListedRecord, ListState
from openintegriteit.retention.operations import end_hold, set_hold
from openintegriteit.retention.rules import latest_beginning
from openintegriteit.retention.tests.factories import (
    GIFTS,
    LONG_AGO,
    acting,
    agreed,
    drawn_up,
    old_gift,
    rule,
    somebody,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def hold(organisation, **values):
    given = {"label": "Iets", "cause": "woo", "reason": "Er loopt een verzoek."} | values
    return set_hold(
        actor=somebody(organisation, Role.COORDINATOR), identifier=uuid.uuid4(), side="officials", values=given
    )


def on_list(destruction_list):
    return set(destruction_list.records.values_list("record", flat=True))


class TestDrawingUp:
    """What comes on a list, and what does not."""

    def test_what_is_due_comes_on_it_and_what_is_not_does_not(self, organisation):
        kept = rule(organisation)
        due = old_gift(organisation)
        old_gift(organisation, starts_on=latest_beginning(60, today()) + timedelta(days=1))  # kept through today
        old_gift(organisation, starts_on=None)  # nobody knows when

        made = drawn_up(organisation)

        row = made.records.get()
        assert (row.record, row.rule, row.person) == (due.pk, kept, due.person_id)
        assert (row.began, row.kept_until) == (date(2010, 3, 31), date(2015, 3, 31))
        assert row.words == "Opgave van 31 maart 2010 in het register van geschenken, diensten en uitnodigingen"
        assert (made.number, made.records_in_all, made.state) == (1, 1, ListState.WAITING)

    def test_the_day_after_the_last_day_it_is_due(self, organisation):
        rule(organisation)
        due = old_gift(organisation, starts_on=latest_beginning(60, today()))

        assert on_list(drawn_up(organisation)) == {due.pk}

    @pytest.mark.parametrize("values", [{"keeps_for_ever": True, "start": "", "months": None}, None])
    def test_without_a_term_nothing_is_due(self, organisation, values):
        if values:
            rule(organisation, **values)
        old_gift(organisation)

        with pytest.raises(lists.NothingDue):
            drawn_up(organisation)
        assert not DestructionList.objects.exists()

    def test_a_rule_that_is_still_to_hold_makes_nothing_due(self, organisation):
        rule(organisation, in_force_from=today() + timedelta(days=1))
        old_gift(organisation)

        with pytest.raises(lists.NothingDue):
            drawn_up(organisation)

    def test_a_record_stands_on_one_open_list(self, organisation):
        rule(organisation)
        old_gift(organisation)
        drawn_up(organisation)

        with pytest.raises(lists.NothingDue):
            drawn_up(organisation)
        row = ListedRecord.objects.get()
        with pytest.raises(IntegrityError), transaction.atomic():
            ListedRecord.objects.create(
                organisation=organisation,
                on_list=row.on_list,
                kind=row.kind,
                record=row.record,
                words="x",
                rule=row.rule,
                began=row.began,
                kept_until=row.kept_until,
            )

    def test_sending_twice_makes_one(self, organisation):
        rule(organisation)
        old_gift(organisation)
        keeper, key = somebody(organisation, Role.COORDINATOR), uuid.uuid4()

        made = {
            lists.draw_up(actor=keeper, identifier=key, side="officials", keys=[GIFTS], kinds=KINDS).pk
            for _time in range(2)
        }

        assert made == {key}
        assert Entry.objects.filter(action="destruction_list.drawn_up").count() == 1

    def test_those_of_the_other_side_stay_off_it(self, organisation):
        rule(organisation)
        rule(organisation, "gifts_office_holders")
        official = old_gift(organisation)
        holder = old_gift(organisation, PersonFactory(organisation=organisation, kind="elected_member"))

        assert on_list(drawn_up(organisation, GIFTS, "gifts_office_holders")) == {official.pk}
        assert on_list(drawn_up(organisation, side="office_holders")) == {holder.pk}

    def test_a_long_list_is_cut_and_the_rest_comes_on_the_next(self, organisation, monkeypatch):
        monkeypatch.setattr(lists, "MOST_ON_A_LIST", 2)
        rule(organisation)
        rows = [old_gift(organisation, starts_on=date(2010, 3, day)) for day in (3, 1, 2)]

        first, second = drawn_up(organisation), drawn_up(organisation)

        assert on_list(first) == {rows[1].pk, rows[2].pk}
        assert on_list(second) == {rows[0].pk}
        assert second.number == 2

    @pytest.mark.parametrize(
        "role", [role for role in Role if role not in (Role.COORDINATOR, Role.CLERK)] + [Role.CLERK]
    )
    def test_others_do_not_draw_up(self, organisation, role):
        rule(organisation)
        old_gift(organisation)

        with pytest.raises(PermissionDenied):
            drawn_up(organisation, actor=somebody(organisation, role))

    def test_the_console_draws_nothing_up(self, organisation):
        with pytest.raises(lists.Refused):
            drawn_up(organisation, actor=console_actor(organisation.pk))


class TestHolds:
    """What a hold keeps comes on no list."""

    def test_a_person_a_kind_and_a_record(self, organisation):
        rule(organisation)
        free, held = old_gift(organisation), old_gift(organisation)
        of_record = hold(organisation, kind=GIFTS, record=held.pk)

        assert on_list(drawn_up(organisation)) == {free.pk}
        end_hold(actor=somebody(organisation, Role.COORDINATOR), hold=of_record, expected_version=1, reason="Klaar.")
        of_person = hold(organisation, person=held.person)
        with pytest.raises(lists.NothingDue):
            drawn_up(organisation)
        end_hold(actor=somebody(organisation, Role.COORDINATOR), hold=of_person, expected_version=1, reason="Klaar.")
        of_kind = hold(organisation, kind=GIFTS)
        with pytest.raises(lists.NothingDue):
            drawn_up(organisation)
        end_hold(actor=somebody(organisation, Role.COORDINATOR), hold=of_kind, expected_version=1, reason="Klaar.")
        assert on_list(drawn_up(organisation)) == {held.pk}

    def test_who_came_back_under_another_number_is_held_as_well(self, organisation):
        rule(organisation)
        before = PersonFactory(organisation=organisation, email="Jan@proef.example", started_on=None, ended_on=LONG_AGO)
        now = PersonFactory(organisation=organisation, email="jan@proef.example")
        old_gift(organisation, before)
        hold(organisation, person=now)

        with pytest.raises(lists.NothingDue):
            drawn_up(organisation)

    def test_people_without_an_address_are_not_one_person(self, organisation):
        rule(organisation)
        held, free = (PersonFactory(organisation=organisation, email="") for _number in range(2))
        due = old_gift(organisation, free)
        old_gift(organisation, held)
        hold(organisation, person=held)

        assert on_list(drawn_up(organisation)) == {due.pk}

    def test_the_day_it_was_expected_to_end_ends_nothing(self, organisation):
        rule(organisation)
        hold(organisation, kind=GIFTS, expected_until=date(2015, 1, 1))
        old_gift(organisation)

        with pytest.raises(lists.NothingDue):
            drawn_up(organisation)


class TestAgreeing:
    """Three people: one draws up, two others agree."""

    @pytest.fixture
    def made(self, organisation):
        rule(organisation)
        old_gift(organisation)
        return drawn_up(organisation)

    def test_two_others_agree(self, organisation, made):
        first, second = somebody(organisation, Role.HR), somebody(organisation, Role.SECRETARY)

        after_one = lists.agree(actor=first, destruction_list=made).state
        after_two = lists.agree(actor=second, destruction_list=made)

        assert (after_one, after_two.state) == (ListState.WAITING, ListState.APPROVED)
        assert (after_two.first_name, after_two.second_name) == (first.label, second.label)
        assert Declaration.objects.exists()  # the worker comes later
        assert Entry.objects.filter(action="destruction_list.agreed").count() == 2

    def test_not_who_drew_it_up_whatever_other_role(self, organisation):
        rule(organisation)
        old_gift(organisation)
        user = user_with_roles(organisation, *Role)
        made = drawn_up(organisation, actor=acting(user, organisation))

        with pytest.raises(lists.Refused):
            lists.agree(actor=acting(user, organisation), destruction_list=made)
        assert DestructionList.objects.get().first_by is None

    def test_nobody_twice(self, organisation, made):
        once = somebody(organisation, Role.HR)
        lists.agree(actor=once, destruction_list=made)

        with pytest.raises(lists.Refused):
            lists.agree(actor=once, destruction_list=made)
        assert DestructionList.objects.get().state == ListState.WAITING

    def test_two_accounts_of_one_mail_box_are_one_person(self, organisation):
        rule(organisation)
        old_gift(organisation)
        keeper = user_with_roles(organisation, Role.COORDINATOR)
        made = drawn_up(organisation, actor=acting(keeper, organisation))
        box, _at, domain = keeper.email.partition("@")
        other = User.objects.create_user(f"{box}+Beheer@{domain}", "geheim wachtwoord 1", name="Zelfde")

        for twin in (other,):
            with pytest.raises(lists.Refused):
                lists.agree(actor=with_role(twin, organisation, Role.SECRETARY), destruction_list=made)

    def test_another_address_since_then_makes_no_other_person(self, organisation, made):
        user = user_with_roles(organisation, Role.HR)
        lists.agree(actor=acting(user, organisation), destruction_list=made)
        before = user.email
        User.objects.filter(pk=user.pk).update(email="nieuw@proef.example")
        with pytest.raises(lists.Refused):
            lists.agree(actor=acting(user, organisation), destruction_list=made)
        taker = User.objects.create_user(before, "geheim wachtwoord 1", name="Op het oude adres")
        successor = User.objects.create_user("nieuw+2@proef.example", "geheim wachtwoord 1", name="Zelfde bus")

        for twin in (taker, successor):
            with pytest.raises(lists.Refused):
                lists.agree(actor=with_role(twin, organisation, Role.SECRETARY), destruction_list=made)

    @pytest.mark.parametrize("role", [Role.CLERK, Role.CHAIR, Role.STAFF, Role.MANAGER, Role.INTERNAL_AUDITOR])
    def test_not_who_has_nothing_to_do_with_it(self, organisation, made, role):
        with pytest.raises(PermissionDenied):
            lists.agree(actor=somebody(organisation, role), destruction_list=made)

    def test_a_role_that_ended_agrees_to_nothing(self, organisation, made):
        user = user_with_roles(organisation, Role.HR)
        user.role_grants.update(ended_at="2026-01-01T00:00:00Z")

        with pytest.raises(PermissionDenied):
            lists.agree(actor=acting(user, organisation), destruction_list=made)

    def test_a_third_agreement_changes_nothing(self, organisation, made):
        agreed(organisation, made)

        with pytest.raises(lists.Refused):
            lists.agree(actor=somebody(organisation, Role.HR), destruction_list=made)

    @pytest.mark.parametrize(
        "values",
        [
            {"state": "approved"},
            {"state": "done"},
            {"first_address": "iemand@proef.example"},
        ],
    )
    def test_the_database_refuses_what_the_operations_do_not_do(self, organisation, made, values):
        with pytest.raises(IntegrityError), transaction.atomic():
            DestructionList.objects.filter(pk=made.pk).update(**values)

    def test_the_database_refuses_the_same_person_by_account_or_address(self, organisation, made):
        other = user_with_roles(organisation)
        itself = {"first_by": made.drawn_up_by, "first_address": "x@y.example", "first_on": today()}
        its_box = {"first_by": other, "first_address": made.drawn_up_address, "first_on": today()}
        for values in (itself, its_box):
            with pytest.raises(IntegrityError), transaction.atomic():
                DestructionList.objects.filter(pk=made.pk).update(**values)
        lists.agree(actor=somebody(organisation, Role.HR), destruction_list=made)
        held = DestructionList.objects.get()
        twice = {"second_by": held.first_by, "second_address": "x@y.example", "second_on": today(), "state": "approved"}
        for values in (twice, twice | {"second_by": other, "second_address": held.first_address}):
            with pytest.raises(IntegrityError), transaction.atomic():
                DestructionList.objects.filter(pk=made.pk).update(**values)


class TestTakingBack:
    """Before the second person agreed a list can be taken back."""

    def test_its_records_stay_and_may_come_on_the_next(self, organisation):
        rule(organisation)
        old_gift(organisation)
        made = drawn_up(organisation)

        for _time in range(2):
            lists.take_back(
                actor=somebody(organisation, Role.HR), destruction_list=made, reason="Te vroeg.", kinds=KINDS
            )

        made.refresh_from_db()
        assert (made.state, made.refused_because, made.closed_on) == (ListState.REFUSED, "Te vroeg.", today())
        assert Entry.objects.filter(action="destruction_list.taken_back").count() == 1
        assert drawn_up(organisation).number == 2
        with pytest.raises(lists.Refused):
            lists.agree(actor=somebody(organisation, Role.SECRETARY), destruction_list=made)

    def test_not_after_two_agreed(self, organisation):
        rule(organisation)
        old_gift(organisation)
        made = agreed(organisation, drawn_up(organisation))

        with pytest.raises(lists.Refused):
            lists.take_back(
                actor=somebody(organisation, Role.HR), destruction_list=made, reason="Toch niet.", kinds=KINDS
            )

    def test_not_by_others(self, organisation):
        rule(organisation)
        old_gift(organisation)

        with pytest.raises(PermissionDenied):
            lists.take_back(
                actor=somebody(organisation, Role.CLERK),
                destruction_list=drawn_up(organisation),
                reason="Nee.",
                kinds=KINDS,
            )


def with_role(user, organisation, role):
    """An account that got a role in the body."""
    from django.utils import timezone

    from openintegriteit.identity.models import RoleGrant

    RoleGrant.objects.create(organisation=organisation, user=user, role=role, confirmed_at=timezone.now())
    return acting(user, organisation)
