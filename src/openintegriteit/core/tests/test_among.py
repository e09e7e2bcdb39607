"""Asking for rows by many keys finds what `__in` finds, on every database."""

import uuid

import pytest

from openintegriteit.core.among import FEW
from openintegriteit.organisations.models import Person
from openintegriteit.organisations.tests.factories import PersonFactory

pytestmark = pytest.mark.database


@pytest.mark.parametrize("others", [0, FEW, 3 * FEW])
def test_the_same_rows_are_found_as_by_a_place_for_each_key(organisation, others):
    leader, led, alone = (PersonFactory(organisation=organisation) for _ in range(3))
    Person.objects.filter(pk=led.pk).update(manager=leader)
    keys = {leader.pk, *(uuid.uuid4() for _ in range(others))}

    assert list(Person.objects.filter(pk__among=keys)) == [leader]
    assert list(Person.objects.filter(manager__among=keys)) == [led]
    assert set(Person.objects.exclude(pk__among=keys)) == {led, alone}


@pytest.mark.parametrize("keys", [frozenset(), [], set()])
def test_among_none_there_is_nothing(organisation, keys):
    PersonFactory(organisation=organisation)

    assert not Person.objects.filter(pk__among=keys).exists()
    assert not Person.objects.filter(manager__among=keys).exists()
