"""People are found by their email address, in any case, however they were stored, and by an index."""

import pytest
from django.db import connection

from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations.models import Person
from openintegriteit.organisations.tests.factories import make_people

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def person(organisation, number, email):
    return Person.objects.create(organisation=organisation, personnel_number=number, family_name="Amrani", email=email)


@pytest.mark.parametrize("address", ["s.amrani@hier.example", "S.AMRANI@HIER.EXAMPLE"])
def test_an_address_is_the_same_in_any_case(organisation, address):
    found = person(organisation, "1", "S.Amrani@hier.example")
    person(organisation, "2", "s_amrani@hier.example")
    person(organisation, "3", "")

    assert list(Person.objects.with_address(address)) == [found]


def test_no_address_is_nobodys(organisation):
    person(organisation, "1", "")

    assert list(Person.objects.with_address("")) == []


def test_accents_tell_addresses_apart(organisation):
    person(organisation, "1", "josé@hier.example")

    assert list(Person.objects.with_address("jose@hier.example")) == []


def test_a_changed_address_is_found_at_once(organisation):
    row = person(organisation, "1", "oud@hier.example")
    Person.objects.filter(pk=row.pk).update(email="Nieuw@hier.example")

    assert not Person.objects.with_address("oud@hier.example").exists()
    assert Person.objects.with_address("nieuw@hier.example").get() == row


def test_other_bodies_are_not_searched(organisation, other_organisation):
    with organisation_scope(other_organisation.pk):
        person(other_organisation, "1", "daar@hier.example")

    assert not Person.objects.with_address("daar@hier.example").exists()


def test_an_index_finds_the_address(organisation):
    """On PostgreSQL also below row-level security, which keeps indexes on expressions from being used."""
    make_people(organisation, 2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE organisations_person")

    plan = Person.objects.with_address("Iemand@hier.example").explain()

    assert "person_by_email" in plan
