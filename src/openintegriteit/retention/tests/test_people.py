"""People on the list go a term after they left, once no other record is about them."""

import pytest
from django.db.models import ForeignObjectRel
from django.urls import reverse
from django.utils import translation

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.desks.kept import KINDS
from openintegriteit.desks.kept_people import DO_WITHOUT, GO_ALONG
from openintegriteit.event_log.models import Entry
from openintegriteit.organisations.models import Appointment, Mandate, Person, Position
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.organisations.tests.test_import_plan import apply, book
from openintegriteit.programme.models import GroupMember, Measure
from openintegriteit.programme.tests.factories import measure, working_group
from openintegriteit.publication.models import Entry as PublicLine
from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.retention.destroying import destroy_approved
from openintegriteit.retention.lists import NothingDue
from openintegriteit.retention.models import Fate, Hold
from openintegriteit.retention.operations import end_hold
from openintegriteit.retention.queries import numbers_of
from openintegriteit.retention.tests.factories import (
    LONG_AGO,
    agreed,
    drawn_up,
    executed,
    old_gift,
    rule,
    somebody,
    yesterday,
)
from openintegriteit.retention.tests.test_kinds import LEFT, MADE
from openintegriteit.retention.tests.test_lists import hold

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PEOPLE = "people_officials"


def leaver(organisation, **values):
    return PersonFactory(organisation=organisation, **LEFT | values)


def numbers(organisation, key=PEOPLE):
    found = numbers_of(KINDS[key], rule(organisation, key), today())
    return found.due, found.held


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_kind_of_record_that_can_need_a_person_has_words_of_its_own(organisation, language) -> None:
    """By these words the needs are told apart: of two kinds with the same ones, one would be lost."""
    relations = [field for field in Person._meta.get_fields(include_hidden=True) if isinstance(field, ForeignObjectRel)]
    needing = {relation.related_model for relation in relations} - {*GO_ALONG, *DO_WITHOUT, Hold}

    with translation.override(language):
        assert len(KINDS[PEOPLE].needed_by()) == len(needing | {PublicLine})


def test_a_person_goes_after_the_last_record_with_what_is_their_own(organisation, actor_with, client_as):
    # given somebody who left long ago, with a declaration, and records that tell in their own words whose they are
    person = leaver(organisation, personnel_number="7", family_name="Vertrokkene")
    old_gift(organisation, person)
    post = Position.objects.create(organisation=organisation, title="Adviseur")
    Appointment.objects.create(organisation=organisation, person=person, position=post, ended_on=LONG_AGO)
    Mandate.objects.create(organisation=organisation, person=person, office="secretaris", ended_on=LONG_AGO)
    measure(organisation, owner="Adviseur", owner_person=person)
    GroupMember.objects.create(
        organisation=organisation, group=working_group(organisation), name="Adviseur", person=person
    )
    PersonFactory(organisation=organisation, manager=person, **LEFT | {"ended_on": yesterday()})
    ended = hold(organisation, person=person)
    keeper = somebody(organisation, Role.COORDINATOR)
    end_hold(actor=keeper, hold=ended, expected_version=ended.version, reason="Voorbij.")

    # then the declaration keeps the person, and the page of the kind says so
    assert numbers(organisation) == (0, 1)
    page = client_as(Role.COORDINATOR).get(f"/werk/bewaren/soorten/{PEOPLE}/")
    assert page.context["needed_by"] == [("Opgave", 1)]
    rule(organisation, "gifts_officials")
    with pytest.raises(NothingDue):
        drawn_up(organisation, PEOPLE)

    # when the declaration goes first, and the person with the next list
    executed(organisation, drawn_up(organisation, "gifts_officials"))
    made = drawn_up(organisation, PEOPLE)
    assert made.records.get().person == person.pk
    executed(organisation, made)

    # then nothing of the person is left, and the log tells it by a key
    assert not Person.objects.filter(pk=person.pk).exists()
    assert (Appointment.objects.count(), Mandate.objects.count(), Hold.objects.count()) == (0, 0, 0)
    assert not Declaration.objects.exists()
    assert Measure.objects.values_list("owner", "owner_person").get() == ("Adviseur", None)
    assert GroupMember.objects.values_list("name", "person").get() == ("Adviseur", None)
    told = Entry.objects.filter(action="record.destroyed").get(subject_id=str(person.pk))
    assert "Vertrokkene" not in f"{told.subject_label} {told.details}"
    assert made.records.get().person is None

    # and who comes back in a file is somebody new
    row = ("7", "Nieuw", None, "Vertrokkene", None, "ambtenaar", None, None, None, None, None, None)
    apply(actor_with(Role.COORDINATOR), book(row))
    assert Person.objects.get(personnel_number="7").pk != person.pk


def test_whatever_is_about_somebody_keeps_the_name(organisation):
    for key, kind in KINDS.items():
        if kind.person not in ("", "pk"):
            MADE[key](organisation)
    Person.objects.update(**LEFT)

    due, held = zip(*(numbers(organisation, people) for people in (PEOPLE, "people_office_holders")), strict=True)

    assert (due, sum(held)) == ((0, 0), Person.objects.count())


def test_who_is_here_leads_somebody_or_stands_on_the_public_site_stays(organisation, other_organisation):
    PersonFactory(organisation=organisation)
    PersonFactory(organisation=organisation, manager=leaver(organisation))
    PublicLine.objects.create(
        organisation=organisation, register="gifts", person=leaver(organisation).pk, title="Naam", added_on=LONG_AGO
    )
    came_back = leaver(organisation, email="jan@proef.example")
    PersonFactory(organisation=organisation, email="Jan@proef.example")
    with organisation_scope(other_organisation.pk):
        leaver(other_organisation)

    assert numbers(organisation) == (0, 2)
    assert KINDS[PEOPLE].rows("service").get(pk=came_back.pk).began is None


def test_what_comes_up_after_two_people_agreed_keeps_the_person(organisation):
    rule(organisation, PEOPLE)
    held, needed, changed, gone = (leaver(organisation) for _number in range(4))
    made = drawn_up(organisation)
    agreed(organisation, made)
    hold(organisation, person=held)
    old_gift(organisation, needed)
    Person.objects.filter(pk=changed.pk).update(version=changed.version + 1)

    destroy_approved(KINDS)

    assert dict(made.records.values_list("record", "because")) == {
        held.pk: "held",
        needed.pk: "in_use",
        changed.pk: "changed",
        gone.pk: "",
    }
    assert made.records.get(record=gone.pk).fate == Fate.DESTROYED


class TestWhatKeepsOnePerson:
    """On the page of the kind, by name or number; which kinds of records, not what stands in them."""

    def asked(self, client, words, key=PEOPLE):
        response = client.get(reverse("retention:kind", args=[key]), {"zoek": words})
        assert response.status_code == 200
        return response

    def test_each_thing_that_keeps_somebody_is_told(self, client_as, organisation):
        rule(organisation, PEOPLE)
        held, needed, here, free = (leaver(organisation, family_name=name) for name in ("Aa", "Bee", "Cee", "Dee"))
        Person.objects.filter(pk=here.pk).update(ended_on=None)
        hold(organisation, person=held)
        old_gift(organisation, needed)
        keeper = client_as(Role.COORDINATOR)

        told = {name: self.asked(keeper, name).content.decode() for name in ("Aa", "Bee", "Cee", "Dee")}

        assert "Een opschorting houdt deze persoon vast." in told["Aa"]
        assert "<li>Opgave</li>" in told["Bee"] and "opschorting houdt" not in told["Bee"]
        assert "Werkt hier of heeft een ambt" in told["Cee"]
        assert "Niets houdt deze persoon nog vast" in told["Dee"]
        assert free.full_name in told["Dee"]
        assert Entry.objects.filter(action="people.read").count() == 4

    def test_a_term_that_runs_and_a_missing_rule_are_told(self, client_as, organisation):
        leaver(organisation, family_name="Aa", ended_on=yesterday())
        keeper = client_as(Role.COORDINATOR)
        assert "geen regel" in self.asked(keeper, "Aa").content.decode()

        rule(organisation, PEOPLE)
        assert "De termijn loopt tot en met" in self.asked(keeper, "Aa").content.decode()

    def test_of_the_other_side_or_another_body_nobody_is_told(self, client_as, organisation, other_organisation):
        leaver(organisation, family_name="Raadslid", kind="elected_member")
        with organisation_scope(other_organisation.pk):
            leaver(other_organisation, family_name="Elders")
        keeper = client_as(Role.COORDINATOR)

        for words in ("Raadslid", "Elders", "Niemand"):
            assert self.asked(keeper, words).context["stays"] == []
        assert not Entry.objects.filter(action="people.read").exists()

    def test_of_other_kinds_nobody_is_asked_about(self, client_as, organisation):
        assert self.asked(client_as(Role.COORDINATOR), "Aa", "gifts_officials").context["about"] is None
