"""Whose rows of the list of people are one's own, and that the database finds them without reading the list."""

import pytest
from django.db import connection

from openintegriteit.campaigns.queries import own_people
from openintegriteit.core.roles import Role
from openintegriteit.identity.queries import actor_for
from openintegriteit.identity.tests.factories import user_with_roles
from openintegriteit.organisations.models import Person
from openintegriteit.organisations.tests.factories import make_people

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def actor(organisation):
    user = user_with_roles(organisation, Role.STAFF)
    user.email = "Iemand@hier.example"
    user.save()
    return actor_for(user, organisation.pk)


def test_rows_with_the_address_of_the_account_are_ones_own_in_any_case(organisation, actor):
    shared = {"organisation": organisation, "family_name": "Amrani"}
    own = Person.objects.create(personnel_number="a", email="iemand@HIER.example", **shared)
    Person.objects.create(personnel_number="b", email="iemand.anders@hier.example", **shared)
    Person.objects.create(personnel_number="c", email="", **shared)

    assert own_people(actor) == (own,)


def test_an_index_finds_them(organisation, actor):
    """On PostgreSQL also below row-level security, which keeps what may leak from being looked for in an index."""
    make_people(organisation, 2000)
    asked = []

    def listening(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE organisations_person")
    with connection.execute_wrapper(listening):
        own_people(actor)
    [(sql, params)] = asked
    how = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        cursor.execute(f"{how} {sql}", params)
        plan = str(cursor.fetchall())

    assert "person_by_email" in plan
