"""One-time links: they answer once, for a while, for one person and one purpose."""

from datetime import timedelta

import pytest
from django.utils import timezone

from openintegriteit.messages.links import LinkSpent, forget_old_links, make_link, open_link, token_hash, use_up
from openintegriteit.messages.models import OneTimeLink
from openintegriteit.organisations.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
WEEK = timedelta(days=7)


@pytest.fixture
def person(organisation):
    return Person.objects.create(organisation=organisation, personnel_number="1", family_name="Vries", infix="de")


@pytest.fixture
def link(coordinator, person):
    """Makes a link, as it stands in the mail."""

    def make(purpose="measures", valid_for=WEEK):
        return make_link(actor=coordinator, person=person, purpose=purpose, valid_for=valid_for)

    return make


def test_only_the_hash_of_a_link_is_kept(link):
    token = link()

    assert OneTimeLink.objects.get().token_hash == token_hash(token)
    assert token not in str(OneTimeLink.objects.values())


def test_opening_does_not_use_a_link_up_and_answering_does(link, person, organisation):
    token = link()

    found = open_link(token, "measures")
    assert found == open_link(token, "measures")
    answerer = use_up(found)

    assert (answerer.label, answerer.organisation_id, answerer.roles) == ("de Vries", organisation.pk, frozenset())
    assert open_link(token, "measures") is None
    with pytest.raises(LinkSpent):
        use_up(found)


def test_a_link_is_for_one_purpose(link):
    assert open_link(link("measures"), "codes") is None


def test_a_link_ends_with_its_term(link):
    token = link(valid_for=timedelta(0))

    assert open_link(token, "measures") is None


def test_a_newer_link_takes_the_place_of_the_one_before_it_for_the_same_purpose_only(link):
    first, other, second = link("measures"), link("codes"), link("measures")

    assert open_link(first, "measures") is None
    assert open_link(other, "codes") is not None
    assert open_link(second, "measures") is not None


def test_another_body_cannot_open_a_link(link, other_organisation):
    from openintegriteit.core.tenancy import organisation_scope

    token = link()

    with organisation_scope(other_organisation.pk):
        assert open_link(token, "measures") is None


def test_links_that_ended_long_ago_are_forgotten(link):
    link(), link("codes", valid_for=-timedelta(days=91))

    assert forget_old_links(timezone.now()) == 1
    assert OneTimeLink.objects.get().purpose == "measures"
