"""Where the body stands on the law: what records show beside what people say, and never more than either."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openintegriteit.accountability import editions
from openintegriteit.accountability.building import document_of
from openintegriteit.accountability.comparing import marks_of
from openintegriteit.accountability.facts import gather
from openintegriteit.accountability.legal_position import (
    counted,
    legal_position,
    position_in_numbers,
    position_named,
)
from openintegriteit.accountability.tests import factories
from openintegriteit.core.clock import today
from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.desks.calendar import year_calendar
from openintegriteit.event_log.models import Entry
from openintegriteit.policy import due
from openintegriteit.policy.models import (
    ObligationAnswer,
    OwnObligation,
    PolicyPlan,
    Regulation,
    RegulationVersion,
)
from openintegriteit.policy.operations import add_own_obligation, answer_obligation, change_own_obligation
from openintegriteit.programme.tests.factories import measure

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = date(2026, 11, 26)
CODE = "AW-04-3"  # Ambtenarenwet 2017, artikel 4, lid 3: a code of conduct for officials
ACCOUNT = "AW-04-4"  # Ambtenarenwet 2017, artikel 4, lid 4: account in public every year
PLAN = "AW-04-1"  # Ambtenarenwet 2017, artikel 4, lid 1: policy
PAGE = "/werk/verplichtingen/"


def code(organisation, audience="officials", in_force_on=date(2024, 1, 1)):
    regulation = Regulation.objects.create(
        organisation=organisation, title=f"Code {audience}", kind="code_of_conduct", audience=audience
    )
    RegulationVersion.objects.create(organisation=organisation, regulation=regulation, in_force_on=in_force_on)
    return regulation


def at(organisation, key):
    return next(found for found in legal_position(organisation, DAY) if found.key == key)


def answer(actor, key=CODE, version=0, **values):
    said = {"state": "met", "explanation": "Vastgesteld en te vinden.", "answered_on": DAY} | values
    return answer_obligation(actor=actor, obligation=key, expected_version=version, values=said)


def test_a_code_in_force_for_officials_answers_the_duty_by_itself_and_no_other(organisation):
    regulation = code(organisation)

    found = at(organisation, CODE)

    assert (found.state, found.answer) == ("met", None)
    assert found.recorded.reason == "‘Code officials’ geldt sinds 1 januari 2024."
    assert str(regulation.pk) in found.recorded.address
    assert at(organisation, "GW-15-3").state == "open"
    assert at(organisation, "GW-41c-2").state == "open"


def test_a_code_for_everybody_answers_for_each_group(organisation):
    code(organisation, audience="everybody")

    assert {key: at(organisation, key).state for key in (CODE, "GW-15-3", "GW-41c-2")} == {
        CODE: "met",
        "GW-15-3": "met",
        "GW-41c-2": "met",
    }


@pytest.mark.parametrize("in_force_on", [None, date(2027, 1, 1)])
def test_a_code_that_does_not_hold_yet_answers_nothing(organisation, in_force_on):
    code(organisation, in_force_on=in_force_on)

    found = at(organisation, CODE)

    assert (found.state, found.recorded.state) == ("open", "not_shown")


def test_the_measures_that_answer_an_obligation_are_named(client_as, organisation):
    measure(organisation, number=7, title="Leg de code elk jaar uit", status="delayed", obligation=CODE)
    coordinator = client_as("coordinator")

    page, one = (coordinator.get(where).content.decode() for where in (PAGE, f"{PAGE}{CODE}/"))
    file = coordinator.get(f"{PAGE}?formaat=csv").content.decode("utf-8-sig")
    other = coordinator.get(f"{PAGE}{ACCOUNT}/").content.decode()

    assert page.count("7. Leg de code elk jaar uit") == one.count("7. Leg de code elk jaar uit") == 1
    assert "7. Leg de code elk jaar uit (vertraagd)" in file
    assert "7. Leg de code elk jaar uit" not in other


def test_who_may_not_see_measures_sees_none_with_the_obligations(client_as, organisation):
    measure(organisation, number=7, title="Leg de code elk jaar uit", obligation=CODE)
    client = client_as("works_council")

    for where in (PAGE, f"{PAGE}{CODE}/", f"{PAGE}?formaat=csv"):
        assert "Leg de code elk jaar uit" not in client.get(where).content.decode()


def test_an_adopted_policy_plan_is_shown_and_one_that_is_not_adopted_is_not(organisation):
    PolicyPlan.objects.create(organisation=organisation, title="Nota", adopted_on=None)
    assert at(organisation, PLAN).state == "open"

    PolicyPlan.objects.update(adopted_on=date(2025, 6, 1))

    assert at(organisation, PLAN).state == "met"
    assert "kunnen alleen mensen zien" in at(organisation, PLAN).recorded.reason


def test_the_yearly_account_is_met_once_the_report_over_last_year_is_public(organisation, coordinator):
    assert at(organisation, ACCOUNT).recorded.reason == "Er is nog geen verslag over 2025 begonnen."
    report = factories.report(organisation)
    assert at(organisation, ACCOUNT).state == "open"
    seen = marks_of(document_of(gather(report, organisation)))
    editions.adopt(actor=coordinator, report=report, taken_on=date(2026, 5, 12), note="", seen=seen)
    assert at(organisation, ACCOUNT).state == "open"

    editions.send(actor=coordinator, report=report, kind="published", taken_on=date(2026, 6, 1), note="")

    assert at(organisation, ACCOUNT).state == "met"


def test_what_people_say_counts_and_a_difference_is_shown(organisation, coordinator):
    code(organisation)
    answer(coordinator, state="not_met", explanation="Niemand kent haar.")

    found = at(organisation, CODE)

    assert (found.state, found.recorded.state, found.differs) == ("not_met", "met", True)


def test_law_that_does_not_hold_yet_asks_nothing_until_its_day_has_been_set(organisation):
    found = at(organisation, "WBK-02-2e")

    assert found.state == "not_yet"
    assert "not_yet" in counted(legal_position(organisation, DAY))


@pytest.mark.parametrize("kind", ["municipality", "province", "water_board", "joint_body"])
def test_each_kind_of_body_has_its_own_law(organisation, kind):
    organisation.kind = kind

    laws = {found.law for found in legal_position(organisation, DAY)}

    assert "Ambtenarenwet 2017" in laws
    assert len(laws & {"Gemeentewet", "Provinciewet", "Waterschapswet"}) == (0 if kind == "joint_body" else 1)


def test_an_answer_is_changed_upon_the_version_that_was_seen(organisation, coordinator):
    first = answer(coordinator)
    again = answer(coordinator, version=first.version, owner="Concerncontroller")

    with pytest.raises(StaleRecord):
        answer(coordinator, version=0, state="not_met")
    with pytest.raises(StaleRecord):
        answer(coordinator, version=first.version, state="not_met")

    assert (again.owner, ObligationAnswer.objects.get().state) == ("Concerncontroller", "met")
    assert Entry.objects.filter(action="obligation.answered").count() == 2


def test_only_the_coordinator_answers(organisation, actor_with):
    for role in ("secretary", "clerk", "internal_auditor", "works_council"):
        with pytest.raises(PermissionDenied):
            answer(actor_with(role))

    assert not ObligationAnswer.objects.exists()


def test_a_duty_of_the_body_itself_stands_among_them_until_it_ends(organisation, coordinator):
    values = {"law": "Convenant integriteit", "who": "de gemeente", "what": "Doet mee aan het netwerk."}
    own = add_own_obligation(actor=coordinator, identifier=organisation.pk, values=values)
    add_own_obligation(actor=coordinator, identifier=organisation.pk, values=values)
    answer(coordinator, key=str(own.pk), state="partly")
    assert at(organisation, str(own.pk)).state == "partly"

    change_own_obligation(
        actor=coordinator, obligation=own, expected_version=own.version, values={"ended_on": date(2026, 11, 1)}
    )

    assert OwnObligation.objects.count() == 1
    assert str(own.pk) not in {found.key for found in legal_position(organisation, DAY)}
    assert position_named(organisation, str(own.pk), DAY).state == "partly"


def test_desks_count_the_duties_as_the_page_has_them_and_remember_for_a_while_what_records_show(
    organisation, coordinator
):
    regulation = code(organisation)
    values = {"law": "Convenant integriteit", "who": "de gemeente", "what": "Doet mee aan het netwerk."}
    own = add_own_obligation(actor=coordinator, identifier=organisation.pk, values=values)
    answer(coordinator, key=ACCOUNT, state="not_met", review_due_on=date(2026, 11, 1))
    answer(coordinator, key=str(own.pk), state="partly", review_due_on=DAY)

    numbers = position_in_numbers(organisation, DAY)
    positions = legal_position(organisation, DAY)
    regulation.delete()
    answer(coordinator, key=PLAN, state="not_met")
    later = position_in_numbers(organisation, DAY)

    assert {state: number for state, number in numbers.states.items() if number} == counted(positions)
    assert numbers.overdue == sum(found.is_review_overdue(DAY) for found in positions) == 1
    assert (later.states["not_met"], later.states["met"]) == (2, numbers.states["met"])
    with CaptureQueriesContext(connection) as captured:
        position_in_numbers(organisation, DAY)
    assert len(captured) == 3


def test_an_answer_to_look_at_again_is_due_and_stands_in_the_calendar(organisation, coordinator):
    answer(coordinator, review_due_on=DAY)

    [item] = due.due_items(coordinator, DAY)
    listed = year_calendar(coordinator, DAY.year, DAY, kind="obligation")

    assert (item.due_on, item.address) == (DAY, f"{PAGE}{CODE}/")
    assert "Ambtenarenwet 2017, artikel 4, lid 3" in item.title
    assert listed.shown == 1


def test_bodies_do_not_see_each_others_answers(organisation, coordinator, other_organisation):
    answer(coordinator)

    with organisation_scope(other_organisation.pk):
        assert at(other_organisation, CODE).answer is None


# -- The pages


def test_the_page_counts_and_filters_and_hands_out_the_same_rows(client_as, organisation, coordinator):
    code(organisation)
    answer(coordinator, key=PLAN, state="not_met", explanation="Er is geen beleid.", review_due_on=date(2026, 1, 1))
    client = client_as("clerk")

    page = client.get(PAGE).content.decode()
    wrong = client.get(f"{PAGE}?stand=niet-voldaan").content.decode()
    again = client.get(f"{PAGE}?kijken=opnieuw").content.decode()
    file = client.get(f"{PAGE}?stand=niet-voldaan&formaat=csv").content.decode()

    assert "vragen uw aandacht" in page
    assert "‘Code officials’ geldt sinds 1 januari 2024." in page
    assert wrong.count('<th scope="row"') == again.count('<th scope="row"') == 1
    assert "Er is geen beleid." in file
    assert "Code officials" not in file


@pytest.mark.parametrize("query", ["?stand=verzonnen", "?wet=x&kijken=y", "?zoek=" + "e" * 500, "?formaat=exe"])
def test_filters_that_make_no_sense_are_passed_over(client_as, organisation, query):
    assert client_as("secretary").get(f"{PAGE}{query}").status_code == 200


def test_the_coordinator_answers_on_the_page_and_keeps_what_was_typed(client_as, organisation, coordinator):
    client, address = client_as("coordinator"), f"{PAGE}{CODE}/"
    typed = {"state": "partly", "explanation": "Nog niet voor iedereen.", "answered_on": "2026-01-05", "version": "0"}

    empty = client.post(address, typed | {"explanation": ""})
    ahead = client.post(address, typed | {"answered_on": "2999-01-01"})
    saved = client.post(address, typed)
    stale = client.post(address, typed | {"explanation": "Van een ander tabblad."})

    assert [empty.status_code, ahead.status_code, saved.status_code, stale.status_code] == [422, 422, 302, 409]
    assert "Van een ander tabblad." in stale.content.decode()
    assert ObligationAnswer.objects.get().explanation == "Nog niet voor iedereen."


def test_a_reader_sees_the_answer_and_no_form(client_as, organisation, coordinator):
    answer(coordinator, evidence="Besluit 12, zaaksysteem", owner="Concerncontroller")
    client = client_as("works_council")

    page = client.get(f"{PAGE}{CODE}/").content.decode()

    assert "Besluit 12, zaaksysteem" in page
    assert "Bewaar het antwoord" not in page
    assert client.post(f"{PAGE}{CODE}/", {"state": "met"}).status_code == 403


@pytest.mark.parametrize("key", ["BESTAAT-NIET", "PW-15-3", "'; DROP TABLE", "../../etc"])
def test_an_obligation_of_another_kind_of_body_is_as_absent(client_as, organisation, key):
    assert client_as("coordinator").get(f"{PAGE}{key}/").status_code == 404


def test_the_page_asks_the_database_as_often_for_many(client_as, organisation, django_assert_num_queries):
    client = client_as("coordinator")
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for number in range(60):
        own = OwnObligation.objects.create(organisation=organisation, law="Eigen", who="wij", what=f"Plicht {number}.")
        ObligationAnswer.objects.create(
            organisation=organisation, obligation=str(own.pk), state="met", explanation="Ja.", answered_on=today()
        )

    with django_assert_num_queries(len(few)):
        client.get(PAGE)
