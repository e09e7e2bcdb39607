"""Who reads and decides about what (Ambtenarenwet 2017, art. 8): above the person, never oneself, never a superior."""

import pytest
from django.db import connection

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.registers.declarations.queries import may_decide, reader_of, to_decide_by, visible_to
from openintegriteit.registers.declarations.tests.factories import acting, somebody
from openintegriteit.registers.outside_positions.tests.factories import position

pytestmark = pytest.mark.database


@pytest.fixture
def line(organisation):
    """A director above a manager above an official, each with an account."""
    director, above = somebody(organisation, Role.MANAGER, family_name="Directeur")
    manager, middle = somebody(organisation, Role.MANAGER, family_name="Manager", manager=above)
    official, below = somebody(organisation, Role.STAFF, family_name="Ambtenaar", manager=middle)
    return {"director": (director, above), "manager": (manager, middle), "official": (official, below)}


def reader(organisation, user):
    return reader_of(acting(user, organisation))


def test_everybody_above_the_person_decides_and_nobody_else(organisation, line) -> None:
    declared = position(organisation, line["official"][1]).declaration
    elsewhere, _row = somebody(organisation, Role.MANAGER)

    allowed = {name: may_decide(reader(organisation, user), declared) for name, (user, _row) in line.items()}

    assert allowed == {"director": True, "manager": True, "official": False}
    assert not may_decide(reader(organisation, elsewhere), declared)


def test_nobody_decides_on_themselves_or_on_who_is_above_them(organisation, line) -> None:
    of_manager = position(organisation, line["manager"][1]).declaration
    of_director = position(organisation, line["director"][1]).declaration
    manager = reader(organisation, line["manager"][0])

    assert not may_decide(manager, of_manager)
    assert not may_decide(manager, of_director)
    assert may_decide(reader(organisation, line["director"][0]), of_manager)


def test_a_second_row_with_the_same_address_is_oneself(organisation, line) -> None:
    user, row = line["manager"]
    second = PersonFactory(organisation=organisation, email=row.email.upper(), manager=row)
    declared = position(organisation, second).declaration

    assert not may_decide(reader(organisation, user), declared)
    assert list(to_decide_by(reader(organisation, user))) == []


def test_nobody_decides_on_who_is_above_them_by_a_second_row_either(organisation, line) -> None:
    user, row = line["manager"]
    boss = line["director"][1]
    twin = PersonFactory(organisation=organisation, email=boss.email.upper(), manager=row)
    declared = position(organisation, twin).declaration
    manager = reader(organisation, user)

    assert not may_decide(manager, declared)
    assert list(to_decide_by(manager)) == []
    assert not visible_to(manager).filter(pk=declared.pk).exists()


def test_the_place_in_the_list_gives_nothing_without_the_role(organisation, line) -> None:
    boss, row = somebody(organisation, Role.STAFF)
    declared = position(organisation, PersonFactory(organisation=organisation, manager=row)).declaration

    assert not may_decide(reader(organisation, boss), declared)
    assert not visible_to(reader(organisation, boss)).filter(pk=declared.pk).exists()


def test_nobody_decides_about_what_an_office_holder_declares(organisation, line) -> None:
    alderman = PersonFactory(organisation=organisation, kind="executive_member", manager=line["manager"][1])
    declared = position(organisation, alderman).declaration
    manager = reader(organisation, line["manager"][0])

    assert not may_decide(manager, declared)
    assert not visible_to(manager).filter(pk=declared.pk).exists()
    assert list(Declaration.objects.to_decide(today())) == []


def test_the_two_regimes_have_readers_of_their_own(organisation, line) -> None:
    official = position(organisation, line["official"][1]).declaration
    member = position(organisation, PersonFactory(organisation=organisation, kind="elected_member")).declaration

    def read(*roles):
        user, _row = somebody(organisation, *roles)
        return set(visible_to(reader(organisation, user)))

    assert read(Role.COORDINATOR) == read(Role.HR) == {official}
    assert read(Role.CLERK) == read(Role.CHAIR) == {member}
    assert read(Role.STAFF) == read(Role.ELECTED_MEMBER) == read(Role.INTERNAL_AUDITOR) == set()
    assert set(visible_to(reader(organisation, line["official"][0]))) == {official}


def test_the_queue_holds_what_nobody_decided_about_as_it_reads_now(organisation, line) -> None:
    person = line["official"][1]
    waiting = position(organisation, person).declaration
    changed = position(organisation, person, outcome="allowed", decided_revision=1, revision=2).declaration
    position(organisation, person, outcome="allowed", decided_revision=1)
    position(organisation, person, withdrawn_on="2026-06-01", withdrawn_because="vergissing")
    position(organisation, line["manager"][1])

    assert set(to_decide_by(reader(organisation, line["manager"][0]))) == {waiting, changed}


@pytest.mark.parametrize("size", [3, 60])
def test_the_queue_asks_the_database_as_often_for_many(organisation, line, size) -> None:
    for _number in range(size):
        position(organisation, PersonFactory(organisation=organisation, manager=line["manager"][1]))

    manager = acting(line["manager"][0], organisation)

    assert data_queries(lambda: len(to_decide_by(reader_of(manager)).select_related("person"))) == 3
    assert len(to_decide_by(reader_of(manager))) == size


def test_what_waits_is_found_among_what_may_wait_alone(organisation):
    """Not by reading every declaration that ever asked a decision."""
    person = PersonFactory(organisation=organisation)
    values = {"organisation": organisation, "person": person, "register": "gifts", "regime": "officials"}
    day = dict.fromkeys(("declared_on", "first_declared_on", "starts_on"), today())
    decided = {"asks_decision": True, "outcome": "allowed", "decided_revision": 1}
    rows = [Declaration(**values, **day, **decided, title=f"Geschenk {number}") for number in range(2000)]
    Declaration.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE declarations_declaration")

    sql, params = Declaration.objects.to_decide(today()).order_by("declared_on").query.sql_with_params()
    how = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        cursor.execute(f"{how} {sql}", params)
        plan = str(cursor.fetchall())

    assert "waits_by_day" in plan
