"""Who is above and below whom, by the list of people: the database walks from manager to manager.

Nobody outside these lines is read, however many people there are.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from openintegriteit.core.tenancy import organisation_in_scope
from openintegriteit.organisations.models import Person

# UNION and not UNION ALL: who is above oneself is walked past once. The body goes along from step to step, and of a
# person nothing is asked by itself: for that SQLite would read all people of the installation first, to know whom it
# need not look up. A LEFT JOIN keeps it from beginning with everybody, too. What is not asked for (`below`, when
# `{leaders}` is `start`) is not walked.
WALK = """
WITH RECURSIVE start(of_others, id, body) AS (
    {start}
), above(of_others, id, body) AS (
    SELECT of_others, id, body FROM start
    UNION
    SELECT above.of_others, person.manager_id, above.body
    FROM above JOIN {people} person ON person.id = above.id AND person.organisation_id = above.body
), below(of_others, id, body) AS (
    SELECT of_others, id, body FROM start
    UNION
    SELECT below.of_others, person.id, below.body
    FROM below JOIN {people} person ON person.manager_id = below.id AND person.organisation_id = below.body
    WHERE EXISTS (SELECT 1 FROM {people} led WHERE led.manager_id = person.id AND led.organisation_id = below.body)
)
SELECT of_others, 0, id FROM {leaders}
UNION ALL
SELECT of_others, 1, id FROM above
UNION ALL
SELECT above.of_others, 1, other.id
FROM above
LEFT JOIN {people} person ON person.id = above.id AND person.organisation_id = above.body
LEFT JOIN {people} other ON other.email_lower = NULLIF(person.email_lower, '') AND other.organisation_id = above.body
"""
START = "SELECT {of_others}, id, organisation_id FROM {people} WHERE organisation_id = %s AND id IN ({keys})"


@dataclass(frozen=True, slots=True)
class Line:
    """The line of some people.

    `leaders`: themselves, and everybody under them who leads somebody. `above`: themselves and everybody above them,
    by whichever of their rows in the list of people (those with one mail address).
    """

    leaders: frozenset[UUID] = frozenset()
    above: frozenset[UUID] = frozenset()


def line_of(people: Collection[UUID], *, downward: bool = True) -> Line:
    """The line of these people, as `lines_of` gives it."""
    return lines_of(people, downward=downward)[0]


def lines_of(
    people: Collection[UUID], others: QuerySet[Any] | None = None, *, downward: bool = True
) -> tuple[Line, Line]:
    """The line of these people, and that of the others whose keys a query gives, in one query (none without people).

    Not `downward`: without who leads under them.
    """
    if not people:
        return Line(), Line()
    table = Person._meta.db_table
    body = Person._meta.get_field("organisation").get_db_prep_value(organisation_in_scope(), connection)
    start = START.format(of_others=0, people=table, keys=", ".join(["%s"] * len(people)))
    params = [body, *(Person._meta.pk.get_db_prep_value(key, connection) for key in people)]
    if others is not None:
        query, wanted = others.order_by().query.sql_with_params()
        start += " UNION ALL " + START.format(of_others=1, people=table, keys=query)
        params += [body, *wanted]
    found: dict[tuple[int, int], set[UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute(WALK.format(start=start, people=table, leaders="below" if downward else "start"), params)
        for of_others, is_above, key in cursor.fetchall():
            if key is not None:  # above who is at the top, and of who has no mail address
                found.setdefault((of_others, is_above), set()).add(key if isinstance(key, UUID) else UUID(key))
    these, theirs = (
        Line(frozenset(found.get((of_others, 0), ())), frozenset(found.get((of_others, 1), ()))) for of_others in (0, 1)
    )
    return these, theirs
