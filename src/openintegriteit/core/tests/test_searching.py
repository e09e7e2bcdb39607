"""A record is found by its words, however they are written and however the record was stored."""

import pytest
from django.apps import apps
from django.db.models import F

from openintegriteit.accountability.models import CouncilQuestion
from openintegriteit.campaigns.models import Campaign
from openintegriteit.core.locking import save_if_unchanged
from openintegriteit.core.searching import LONGEST, Searchable, fill_search_text, holding, searchable
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.identity.models import User
from openintegriteit.organisations.models import Organisation, Person, Unit
from openintegriteit.policy.models import PolicyPlan, Regulation
from openintegriteit.programme.models import Finding
from openintegriteit.programme.tests.factories import finding
from openintegriteit.tests.rows import make_row
from openintegriteit.ui.listing import matching

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.mark.parametrize(
    ("said", "kept"),
    [("Één VERHAAL", "een verhaal"), ("Yılmaz Özlem", "yılmaz ozlem"), ("Straße", "strasse"), ("", "")],
)
def test_case_and_accents_do_not_matter(said, kept):
    assert searchable(said) == kept


@pytest.mark.parametrize("words", ["ÉÉN klacht", "klacht een", "100%", "onder_streept", "kl"])
def test_every_word_must_stand_in_the_record(organisation, words):
    asked = finding(organisation, number=1, text="Eén klacht, 100% onder_streept")
    finding(organisation, number=2, text="100 klaagde, onder-streept")

    assert list(holding(Finding.objects.all(), words).filter(number=1)) == [asked]
    assert holding(Finding.objects.all(), f"{words} ontbreekt").count() == 0


@pytest.mark.parametrize("sign", ["%", "_", "*", "?", "[", "]", "[a]", "[!a]", "^", "\\", "'"])
def test_signs_that_mean_something_to_a_database_mean_themselves(organisation, sign):
    finding(organisation, number=1, text="alles")
    meant = finding(organisation, number=2, text=f"een{sign}teken")

    assert list(holding(Finding.objects.all(), sign)) == [meant]
    assert list(holding(Finding.objects.all(), f"een{sign}t")) == [meant]


@pytest.mark.parametrize("words", ["een", "EEN", "ÉÉN", "eén"])
@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Regulation, "title"),
        (PolicyPlan, "chapters"),
        (CouncilQuestion, "answer"),
        (Campaign, "intro"),
        (Unit, "name"),
        (User, "name"),
    ],
)
def test_tables_without_a_search_text_are_found_with_and_without_accents(organisation, model, field, words):
    row, other = make_row(model, organisation), make_row(model, organisation)
    for each, text in ((row, "Zo is er één"), (other, "Zo is er gén")):
        setattr(each, field, text)
        each.save()

    assert list(matching(model._default_manager.filter(pk__in=[row.pk, other.pk]), f"{words} ZO", [field])) == [row]


@pytest.mark.parametrize("text", ["Één VERHAAL", "Özlem Ångström", "Straße", "FIJN ÇA và", "\ufb01 ½"])
def test_the_database_makes_texts_searchable_as_we_do(organisation, text):
    Unit.objects.create(organisation=organisation, code="1", name=text)

    assert Unit.objects.values_list(Searchable(F("name")), flat=True).get() == searchable(text)


def test_an_edit_and_a_bulk_addition_are_found_by_their_new_words(organisation):
    edited = finding(organisation, number=1, text="oud")
    edited.text = "nieuw"
    save_if_unchanged(edited, expected_version=1, fields=["text"])
    Person.objects.bulk_create(
        [Person(organisation=organisation, personnel_number="7", given_name="Zoë", family_name="Bergé")]
    )

    assert holding(Finding.objects.all(), "oud").count() == 0
    assert holding(Finding.objects.all(), "nieuw").count() == 1
    assert holding(Person.objects.all(), "berge zoe").count() == 1


def test_a_very_long_text_is_stored_and_found_by_its_beginning(organisation):
    finding(organisation, number=1, text="begin " + "\ufdfa" * LONGEST)

    assert len(holding(Finding.objects.all(), "begin").get().search_text) == LONGEST


def test_records_of_before_are_filled_body_by_body(organisation):
    other = Organisation.objects.create(name="Gemeente Elders", kind="municipality", host="elders.example")
    for body in (organisation, other):
        with organisation_scope(body.pk):
            finding(body, number=1, text="Vóór de overgang")
            Finding.objects.update(search_text="")

    fill_search_text(apps, "programme", {"Finding": ["text"]})

    for body in (organisation, other):
        with organisation_scope(body.pk):
            assert Finding.objects.get().search_text == "voor de overgang"
