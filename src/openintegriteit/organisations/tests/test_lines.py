"""Who is above and below whom, as the list of people records it."""

import pytest

from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations.lines import Line, line_of, lines_of
from openintegriteit.organisations.models import Person
from openintegriteit.organisations.tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def scope(organisation):
    with organisation_scope(organisation.pk):
        yield


def person(organisation, manager=None, **values):
    return PersonFactory(organisation=organisation, manager=manager, **values)


def keys(*people):
    return {someone.pk for someone in people}


def test_everybody_who_leads_somebody_under_the_leaders_however_deep(organisation, django_assert_num_queries):
    top, beside = person(organisation), person(organisation)
    middle = person(organisation, top)
    low = person(organisation, middle)
    person(organisation, low)
    person(organisation, top)
    person(organisation, beside)

    with django_assert_num_queries(1):
        assert line_of([top.pk]).leaders == keys(top, middle, low)
    assert line_of([middle.pk, beside.pk]).leaders == keys(middle, low, beside)


def test_everybody_above_however_deep_and_by_whichever_of_their_rows(organisation):
    top = person(organisation, email="top@stad.example")
    also_top = person(organisation, email="Top@stad.example")
    middle = person(organisation, top, email="")
    low = person(organisation, middle)
    person(organisation, top, email="")  # no mail address makes nobody the same

    assert line_of([low.pk]).above == keys(low, middle, top, also_top)
    assert line_of([top.pk]).above == keys(top, also_top)


def test_a_leader_of_nobody_stands_alone_and_nobody_costs_no_query(organisation, django_assert_num_queries):
    alone = person(organisation)

    assert line_of([alone.pk]) == Line(leaders=frozenset([alone.pk]), above=frozenset([alone.pk]))
    with django_assert_num_queries(0):
        assert line_of([]) == Line()


def test_the_line_of_others_is_found_in_the_same_query(organisation, django_assert_num_queries):
    top = person(organisation)
    middle, beside = person(organisation, top), person(organisation, top)
    low = person(organisation, beside)
    person(organisation, low)
    others = Person.objects.filter(pk=beside.pk).values("pk")

    with django_assert_num_queries(1):
        ours, theirs = lines_of([middle.pk], others)
    assert ours == Line(leaders=frozenset(keys(middle)), above=frozenset(keys(middle, top)))
    assert theirs == Line(leaders=frozenset(keys(beside, low)), above=frozenset(keys(beside, top)))
    assert lines_of([middle.pk], others, downward=False)[1] == Line(
        leaders=frozenset(keys(beside)), above=frozenset(keys(beside, top))
    )


def test_who_is_above_oneself_is_passed_once(organisation):
    first = person(organisation)
    second = person(organisation, first)
    Person.objects.filter(pk=first.pk).update(manager=second)

    assert line_of([first.pk]) == Line(leaders=frozenset(keys(first, second)), above=frozenset(keys(first, second)))


def test_people_of_another_body_are_never_walked_past(organisation, other_organisation):
    ours = person(organisation, email="iemand@stad.example")
    with organisation_scope(other_organisation.pk):
        theirs = person(other_organisation, email="iemand@stad.example")
        under = person(other_organisation, theirs)
        person(other_organisation, under)
        others = Person.objects.filter(pk=under.pk).values("pk")

    assert line_of([ours.pk, theirs.pk]) == Line(leaders=frozenset(keys(ours)), above=frozenset(keys(ours)))
    assert lines_of([ours.pk], others)[1] == Line()
