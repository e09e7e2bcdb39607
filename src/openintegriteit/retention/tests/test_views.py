"""The pages: what one types, sends twice or reads of the other side, and how often they ask the database."""

import uuid
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.desks.kept import KINDS
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.models import RoleGrant, User
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles
from openintegriteit.organisations.models import Person
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.gifts.tests.factories import gift
from openintegriteit.retention.counting import count
from openintegriteit.retention.models import DestructionList, Hold, KindCount, ListedRecord, ListState, RetentionRule
from openintegriteit.retention.tests.factories import GIFTS, LONG_AGO, drawn_up, executed, old_gift, rule

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TYPED_RULE = {
    "keeps_for_ever": "False",
    "length": "5",
    "unit": "years",
    "start": "day",
    "source": "Selectielijst",
    "category": "19.1",
    "adopted_by": "het college",
    "adopted_on": "2026-01-01",
    "in_force_from": "2026-02-01",
    "explanation": "",
}
TYPED_HOLD = {"person": "", "kind": GIFTS, "cause": "woo", "reason": "Verzoek 12.", "expected_until": ""}


def record_rule(client, **values):
    sent = TYPED_RULE | {"submission": uuid.uuid4()} | values
    return client.post(reverse("retention:rule_new", args=[GIFTS]), sent, follow=True)


def hold(client, where="", **values):
    sent = TYPED_HOLD | {"submission": uuid.uuid4()} | values
    return client.post(reverse("retention:hold_new") + where, sent, follow=True)


def draw_up(client, **values):
    sent = {"kinds": [GIFTS], "submission": uuid.uuid4()} | values
    return client.post(reverse("retention:list_new", args=["ambtenaren"]), sent, follow=True)


def page(client, name, *arguments):
    return client.get(reverse(f"retention:{name}", args=arguments))


class TestRules:
    """How long a kind is kept, recorded by the functional administrator."""

    def test_a_rule_is_recorded_with_its_source_and_counted_at_once(self, client_as, organisation):
        old_gift(organisation)
        client = client_as(Role.FUNCTIONAL_ADMINISTRATOR)

        answer = record_rule(client)

        made = RetentionRule.objects.get()
        assert (made.kind, made.months, made.start, made.ground) == (GIFTS, 60, "day", "Selectielijst, 19.1")
        assert "5 jaar na de dag waarop het gebeurde" in answer.content.decode()
        assert KindCount.objects.get().due == 1
        assert Entry.objects.filter(action="retention.rule_added").count() == 1

    def test_sending_twice_makes_one(self, client_as, organisation):
        client, key = client_as(Role.FUNCTIONAL_ADMINISTRATOR), uuid.uuid4()

        answers = [record_rule(client, submission=key).status_code for _time in range(2)]

        assert answers == [200, 200]
        assert RetentionRule.objects.count() == 1

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"length": ""}, "Schrijf op hoe lang"),
            ({"length": "0"}, "utrecht-form-field--invalid"),
            ({"length": "101"}, "meer dan honderd jaar"),
            ({"start": ""}, "Kies wanneer de termijn begint"),
            ({"keeps_for_ever": "True"}, "heeft geen termijn"),
            ({"source": ""}, "verplicht"),
            ({"adopted_by": ""}, "verplicht"),
            ({"adopted_on": str(today() + timedelta(days=7))}, "moet nog komen"),
            ({"start": "end"}, "geldige keuze"),
        ],
    )
    def test_what_cannot_hold_is_shown_again(self, client_as, organisation, values, words):
        answer = record_rule(client_as(Role.FUNCTIONAL_ADMINISTRATOR), **values)

        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not RetentionRule.objects.exists()

    def test_for_ever_and_months(self, client_as, organisation):
        client = client_as(Role.FUNCTIONAL_ADMINISTRATOR)

        record_rule(client, keeps_for_ever="True", length="", start="")
        record_rule(client, length="18", unit="months", in_force_from="2026-03-01")

        assert list(RetentionRule.objects.values_list("months", flat=True)) == [18, None]

    def test_history_is_not_rewritten(self, client_as, organisation):
        client = client_as(Role.FUNCTIONAL_ADMINISTRATOR)
        record_rule(client)

        answer = record_rule(client, in_force_from="2026-02-01", length="1")

        assert answer.status_code == 422
        assert RetentionRule.objects.get().months == 60

    def test_only_what_is_not_in_force_yet_is_taken_away(self, client_as, organisation):
        client = client_as(Role.FUNCTIONAL_ADMINISTRATOR)
        holds = rule(organisation)
        coming = rule(organisation, in_force_from=today() + timedelta(days=1))

        for row in (holds, coming):
            client.post(reverse("retention:rule_remove", args=[row.pk]))

        assert list(RetentionRule.objects.all()) == [holds]
        assert Entry.objects.filter(action="retention.rule_removed").count() == 1

    def test_a_province_gets_no_numbers_of_municipalities(self, client_as, organisation):
        client = client_as(Role.FUNCTIONAL_ADMINISTRATOR)
        of_municipality = page(client, "rule_new", GIFTS).content.decode()
        organisation.kind = "province"
        organisation.save()

        of_province = page(client, "rule_new", GIFTS).content.decode()

        assert 'value="19.1"' in of_municipality
        assert "19.1" not in of_province and "eigen selectielijst" in of_province

    def test_a_kind_that_does_not_exist_or_is_of_the_other_side_is_absent(self, client_as, organisation):
        assert page(client_as(Role.COORDINATOR), "kind", "gifts_office_holders").status_code == 404
        assert page(client_as(Role.COORDINATOR), "kind", "bestaat-niet").status_code == 404
        assert page(client_as(Role.CLERK), "kind", GIFTS).status_code == 404


class TestLists:
    """Drawing up, agreeing and reading by pages."""

    def test_the_whole_way(self, client_as, organisation):
        rule(organisation)
        old_gift(organisation)
        answer = draw_up(client_as(Role.COORDINATOR))
        made = DestructionList.objects.get()
        assert "Er staat 1 stuk op." in answer.content.decode()

        for role in (Role.HR, Role.SECRETARY):
            answer = client_as(role).post(reverse("retention:agree", args=[made.pk]), follow=True)
        assert "binnen enkele minuten vernietigd" in answer.content.decode()
        executed_list = DestructionList.objects.get()
        assert executed_list.state == ListState.APPROVED

    def test_the_button_of_who_drew_it_up_says_why_not(self, client_as, organisation):
        rule(organisation)
        old_gift(organisation)
        client = client_as(*Role)
        draw_up(client)
        made = DestructionList.objects.get()

        shown = page(client, "list", made.pk).content.decode()
        refused = client.post(reverse("retention:agree", args=[made.pk]), follow=True).content.decode()

        assert "U hebt deze lijst opgesteld" in shown and "Ik ga akkoord" not in shown
        assert "U hebt deze lijst opgesteld" in refused
        assert DestructionList.objects.get().first_by is None

    def test_sending_twice_makes_one_list(self, client_as, organisation):
        rule(organisation)
        old_gift(organisation)
        client, key = client_as(Role.COORDINATOR), uuid.uuid4()

        answers = [draw_up(client, submission=key).status_code for _time in range(2)]

        assert answers == [200, 200]
        assert DestructionList.objects.count() == 1

    def test_without_a_choice_or_with_that_of_another_nothing_is_drawn_up(self, client_as, organisation):
        rule(organisation)
        old_gift(organisation)
        rule(organisation, "gifts_office_holders")
        old_gift(organisation, PersonFactory(organisation=organisation, kind="chair"))
        client = client_as(Role.COORDINATOR)

        for kinds in ([], ["gifts_office_holders"], ["bestaat-niet"]):
            assert draw_up(client, kinds=kinds).status_code == 422
        assert client.get(reverse("retention:list_new", args=["ambtsdragers"])).status_code == 404
        assert not DestructionList.objects.exists()

    def test_who_reads_no_register_sees_no_names(self, client_as, organisation):
        rule(organisation)
        person = PersonFactory(organisation=organisation, family_name="Zichtbaar")
        declared = old_gift(organisation, person)
        made = drawn_up(organisation)

        for role in (Role.COORDINATOR, Role.HR):
            assert "Zichtbaar" in page(client_as(role), "list", made.pk).content.decode()
        for role in (Role.SECRETARY, Role.FUNCTIONAL_ADMINISTRATOR, Role.INTERNAL_AUDITOR):
            shown = page(client_as(role), "list", made.pk).content.decode()
            assert "Zichtbaar" not in shown and declared.title not in shown and "31 maart 2010" in shown
        file = client_as(Role.COORDINATOR).get(reverse("retention:list", args=[made.pk]), {"formaat": "csv"})
        assert b"Zichtbaar" not in file.content and str(declared.pk).encode() in file.content

    def test_those_of_the_other_side_are_absent(self, client_as, organisation):
        rule(organisation)
        old_gift(organisation)
        made = drawn_up(organisation)
        clerk = client_as(Role.CLERK)

        for name in ("list", "take_back", "declaration"):
            assert page(clerk, name, made.pk).status_code == 404
        assert clerk.post(reverse("retention:agree", args=[made.pk])).status_code == 404
        assert "Vernietigingslijst 1" not in page(clerk, "lists").content.decode()

    def test_lists_of_another_body_are_absent(self, client_as, organisation, other_organisation):
        with organisation_scope(other_organisation.pk):
            rule(other_organisation)
            old_gift(other_organisation)
            theirs = drawn_up(other_organisation)
            line = ListedRecord.objects.get()
        client = client_as(*Role)

        assert page(client, "list", theirs.pk).status_code == 404
        assert client.post(reverse("retention:agree", args=[theirs.pk])).status_code == 404
        assert client.get(reverse("retention:hold_new"), {"regel": str(line.pk)}).status_code == 404
        with organisation_scope(other_organisation.pk):
            assert DestructionList.objects.get().first_by is None

    def test_one_person_of_two_bodies_agrees_once_here(self, client_as, organisation, other_organisation):
        """A role elsewhere gives nothing here, and the same account counts once."""
        rule(organisation)
        old_gift(organisation)
        made = drawn_up(organisation)
        user = user_with_roles(other_organisation, Role.SECRETARY)
        add_second_factor(user)
        client = Client()
        client.force_login(user)

        assert client.post(reverse("retention:agree", args=[made.pk])).status_code == 403

    def test_taking_back_tells_why(self, client_as, organisation):
        rule(organisation)
        old_gift(organisation)
        made = drawn_up(organisation)
        client, where = client_as(Role.HR), reverse("retention:take_back", args=[made.pk])

        empty = client.post(where, {"refused_because": "", "version": 1})
        client.post(where, {"refused_because": "Nog nodig.", "version": 1})

        assert empty.status_code == 422
        assert DestructionList.objects.get().refused_because == "Nog nodig."
        assert "Nog nodig." in page(client, "list", made.pk).content.decode()

    def test_the_declaration_stays_without_names(self, client_as, organisation):
        rule(organisation, category="B 3")
        person = PersonFactory(organisation=organisation, family_name="Zichtbaar")
        declared = old_gift(organisation, person)
        made = drawn_up(organisation)
        client = client_as(Role.COORDINATOR)
        assert page(client, "declaration", made.pk).status_code == 404
        done = executed(organisation, made)
        Person.objects.filter(pk=person.pk).delete()

        shown = page(client, "declaration", made.pk).content.decode()

        for words in ("artikel 8", "Besluit bewaartermijnen, B 3", "Persoon", "31 maart 2010", done.sha256):
            assert words in shown
        assert "Zichtbaar" not in shown and declared.title not in shown and "niet meer zoals" not in shown
        ListedRecord.objects.update(words="Iets anders")
        assert "niet meer zoals" in page(client, "declaration", made.pk).content.decode()

    def test_a_held_record_is_shown_as_held(self, client_as, organisation):
        rule(organisation)
        held = old_gift(organisation)
        old_gift(organisation)
        made = drawn_up(organisation)
        client = client_as(Role.COORDINATOR)
        line = made.records.get(record=held.pk)

        hold(client, f"?regel={line.pk}")

        assert Hold.objects.get().record == held.pk
        assert page(client, "list", made.pk).content.decode().count("opgeschort") == 1

    def test_pages_ask_as_often_for_many_rows_as_for_few(self, client_as, organisation):
        rule(organisation)
        client = client_as(Role.COORDINATOR)

        def ask(number):
            made = [old_gift(organisation) for _number in range(number)]
            found = drawn_up(organisation)
            assert found.records_in_all == len(made)
            count(KINDS.values())
            addresses = [reverse("retention:list", args=[found.pk])]
            addresses += [reverse(f"retention:{name}") for name in ("overview", "lists", "holds")]
            return [data_queries(lambda where=where: client.get(where)) for where in addresses]

        few, many = ask(2), ask(30)

        assert few == many
        assert max(many) <= 10


class TestHolds:
    """Setting, changing and ending a hold."""

    def test_a_person_or_a_kind(self, client_as, organisation):
        person = PersonFactory(organisation=organisation)
        client = client_as(Role.COORDINATOR)

        hold(client)
        hold(client, kind="", person=person.personnel_number)

        assert set(Hold.objects.values_list("kind", "person", "side")) == {
            (GIFTS, None, "officials"),
            ("", person.pk, "officials"),
        }
        assert Entry.objects.filter(action="hold.set").count() == 2

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"kind": ""}, "een van beide"),
            ({"person": "9"}, "niemand"),
            ({"kind": "gifts_office_holders"}, "geldige keuze"),
            ({"reason": ""}, "verplicht"),
            ({"expected_until": str(today() - timedelta(days=1))}, "vandaag of een latere dag"),
        ],
    )
    def test_what_is_not_clear_is_shown_again(self, client_as, organisation, values, words):
        answer = hold(client_as(Role.COORDINATOR), **values)

        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not Hold.objects.exists()

    def test_people_of_the_other_side_are_for_another_role(self, client_as, organisation):
        holder = PersonFactory(organisation=organisation, kind="elected_member")

        refused = hold(client_as(Role.COORDINATOR), kind="", person=holder.personnel_number)
        accepted = hold(client_as(Role.CLERK), kind="", person=holder.personnel_number)

        assert (refused.status_code, accepted.status_code) == (422, 200)
        assert Hold.objects.get().side == "office_holders"
        assert holder.full_name not in page(client_as(Role.COORDINATOR), "holds").content.decode()

    def test_it_ends_with_the_reason_and_once(self, client_as, organisation):
        client = client_as(Role.COORDINATOR)
        hold(client)
        row = Hold.objects.get()
        where = reverse("retention:hold_end", args=[row.pk])

        empty = client.post(where, {"ended_because": "", "version": 1})
        for _time in range(2):
            client.post(where, {"ended_because": "Verzoek beantwoord.", "version": 1})

        row.refresh_from_db()
        assert empty.status_code == 422
        assert (row.ended_on, row.ended_because) == (today(), "Verzoek beantwoord.")
        assert Entry.objects.filter(action="hold.ended").count() == 1

    def test_who_changes_second_sees_both(self, client_as, organisation):
        client = client_as(Role.COORDINATOR)
        hold(client)
        row = Hold.objects.get()
        where = reverse("retention:hold_edit", args=[row.pk])
        sent = {"cause": "court", "expected_until": "", "version": 1}

        first = client.post(where, sent | {"reason": "Zaak 1."})
        second = client.post(where, sent | {"reason": "Zaak 2."})

        assert (first.status_code, second.status_code) == (302, 409)
        assert "Zaak 1." in second.content.decode() and "Zaak 2." in second.content.decode()

    def test_somebody_who_keeps_nothing_sets_none(self, client_as, organisation):
        for role in (Role.HR, Role.SECRETARY, Role.FUNCTIONAL_ADMINISTRATOR):
            assert hold(client_as(role)).status_code == 403
        assert not Hold.objects.exists()


class TestDesks:
    """What waits stands on the desk of who can do something about it."""

    def test_the_coordinator_sees_what_is_due_and_the_secretary_what_waits(self, client_as, organisation):
        rule(organisation)
        old_gift(organisation)
        count(KINDS.values())
        desk = reverse("desks:home")
        coordinator = client_as(Role.COORDINATOR)
        assert "1 stuk is over zijn bewaartermijn" in coordinator.get(desk).content.decode()

        drawn_up(organisation)

        assert "over zijn bewaartermijn" not in coordinator.get(desk).content.decode()
        assert "Vernietigingslijst 1" in client_as(Role.SECRETARY).get(desk).content.decode()
        assert "Vernietigingslijst 1" in client_as(Role.FUNCTIONAL_ADMINISTRATOR).get(desk).content.decode()
        assert "Vernietigingslijst 1" not in client_as(Role.STAFF).get(desk).content.decode()

    def test_a_hold_past_its_day_asks_a_look(self, client_as, organisation):
        client = client_as(Role.COORDINATOR)
        hold(client)
        Hold.objects.update(expected_until=LONG_AGO)

        assert "Moet dit nog bewaard blijven?" in client.get(reverse("desks:home")).content.decode()
        assert "kijk opnieuw" in page(client, "holds").content.decode()
        asked = {"jaar": LONG_AGO.year, "soort": "retention"}
        in_calendar = "Moet dit nog bewaard blijven?"
        assert in_calendar in client.get(reverse("desks:calendar"), asked).content.decode()
        assert in_calendar not in client_as(Role.CLERK).get(reverse("desks:calendar"), asked).content.decode()


def test_what_is_destroyed_is_found_no_more(client_as, organisation):
    rule(organisation)
    gift(
        organisation,
        PersonFactory(organisation=organisation),
        detail={"what": "Vindmijterug"},
        starts_on=LONG_AGO,
        declared_on=LONG_AGO,
    )
    client, where = client_as(Role.COORDINATOR), reverse("desks:search")
    before = client.get(where, {"zoek": "vindmijterug"}).content.decode().count("Vindmijterug, ")
    executed(organisation, drawn_up(organisation))

    assert before == 1
    assert "Vindmijterug, " not in client.get(where, {"zoek": "vindmijterug"}).content.decode()


def test_an_account_without_a_body_role_reads_nothing(organisation):
    user = User.objects.create_user("los@proef.example", "geheim wachtwoord 1", name="Los")
    client = Client()
    client.force_login(user)

    assert client.get(reverse("retention:overview")).status_code == 403
    assert not RoleGrant.objects.filter(user=user).exists()
    assert date(2010, 3, 31) == LONG_AGO
