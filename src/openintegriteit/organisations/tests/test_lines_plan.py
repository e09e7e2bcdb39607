"""How SQLite walks a line; each version of it plans in its own way."""

import pytest
from django.db import connection

from openintegriteit.core.database import learn_sizes
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations.lines import lines_of
from openintegriteit.organisations.models import Person
from openintegriteit.organisations.tests.factories import make_people

pytestmark = pytest.mark.django_db


def test_nobody_is_read_to_know_whom_the_walk_need_not_look_up(organisation):
    asked = []

    def note(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with organisation_scope(organisation.pk):
        make_people(organisation, 200)
        learn_sizes(connection)
        someone = Person.objects.all()[0]
        with connection.execute_wrapper(note):
            lines_of([someone.pk], Person.objects.filter(email="iemand@stad.example").values("pk"))

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[0][0]}", asked[0][1])
        plan = [step for *_numbers, step in cursor.fetchall()]
    assert any("person_by_email" in step for step in plan)
    assert not [step for step in plan if "BLOOM" in step or step.startswith(("SCAN person", "SCAN other"))]
