"""Who leads under somebody, as the list of people records it."""

import pytest

from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations.models import Person
from openintegriteit.organisations.queries import leaders_below
from openintegriteit.organisations.tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def scope(organisation):
    with organisation_scope(organisation.pk):
        yield


def person(organisation, manager=None):
    return PersonFactory(organisation=organisation, manager=manager)


def test_everybody_who_leads_somebody_under_the_leaders_however_deep(organisation, django_assert_num_queries):
    top, beside = person(organisation), person(organisation)
    middle = person(organisation, top)
    low = person(organisation, middle)
    person(organisation, low)
    person(organisation, top)
    person(organisation, beside)

    with django_assert_num_queries(1):
        assert leaders_below([top.pk]) == {top.pk, middle.pk, low.pk}
    assert leaders_below([middle.pk, beside.pk]) == {middle.pk, low.pk, beside.pk}


def test_a_leader_of_nobody_stands_alone_and_nobody_costs_no_query(organisation, django_assert_num_queries):
    alone = person(organisation)

    assert leaders_below([alone.pk]) == {alone.pk}
    with django_assert_num_queries(0):
        assert leaders_below([]) == set()


def test_who_is_above_oneself_is_passed_once(organisation):
    first = person(organisation)
    second = person(organisation, first)
    Person.objects.filter(pk=first.pk).update(manager=second)

    assert leaders_below([first.pk]) == {first.pk, second.pk}


def test_people_of_another_body_are_never_walked_past(organisation, other_organisation):
    ours = person(organisation)
    with organisation_scope(other_organisation.pk):
        theirs = person(other_organisation)
        under = person(other_organisation, theirs)
        person(other_organisation, under)

    assert leaders_below([ours.pk, theirs.pk]) == {ours.pk, theirs.pk}
