"""Who owes an answer about financial interests because of their position, and who gave none."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from openintegriteit.organisations.models import OFFICE_HOLDERS, Person, PersonQuerySet
from openintegriteit.registers.declarations.queries import answered
from openintegriteit.registers.designations.queries import designated, holding_now
from openintegriteit.registers.interests.operations import REGISTER

DUTY = "declares_interests"


def owing(day: date) -> PersonQuerySet:
    """The officials who hold a position of which interests have to be declared (Ambtenarenwet 2017, art. 8(2)b)."""
    rows: PersonQuerySet = Person.objects.filter(pk__in=designated(DUTY, day)).exclude(kind__in=OFFICE_HOLDERS)
    return rows


def unanswered(day: date) -> PersonQuerySet:
    """Those of them who neither declared an interest nor said that there is nothing."""
    rows: PersonQuerySet = owing(day).exclude(answered(REGISTER))
    return rows


def with_posts(people: QuerySet[Person], day: date) -> QuerySet[Person]:
    """People with their unit, manager and the positions that they hold on the day (two queries)."""
    posts = Prefetch("appointments", holding_now(day).select_related("position"))
    return people.select_related("unit", "manager").prefetch_related(posts)
