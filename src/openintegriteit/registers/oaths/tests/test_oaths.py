"""Oaths, affirmations and integrity statements: who owes one, recording, withdrawing, words, and who reads what."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.organisations.models import OrganisationKind, PersonKind
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.oaths import operations
from openintegriteit.registers.oaths.models import ForWhom, Oath, OathForm, OathText
from openintegriteit.registers.oaths.queries import current_text, owing
from openintegriteit.registers.oaths.rules import OF_OFFICE_HOLDERS, OF_OFFICIALS, for_whom_of, kinds_of
from openintegriteit.registers.oaths.tests.factories import oath, words
from openintegriteit.registers.oaths.texts import TEXTS, legal_text

pytestmark = pytest.mark.database


def person(organisation, kind=PersonKind.OFFICIAL, **values):
    return PersonFactory(organisation=organisation, kind=kind, **values)


def who_owes(groups=tuple(ForWhom)):
    return set(owing(groups, today()))


def typed(somebody, **values):
    given = {"person": somebody.personnel_number, "form": "oath", "taken_on": "2026-03-30", "how": "ceremony"}
    given |= {"before_whom": "de secretaris", "occasion": "", "text": "", "submission": uuid.uuid4()}
    return given | values


def send(client, somebody, **values):
    return client.post(reverse("oaths:new"), typed(somebody, **values), follow=True)


def test_every_kind_of_person_belongs_to_one_group_and_one_regime() -> None:
    assert {for_whom_of(kind) for kind in PersonKind} == set(ForWhom)
    assert set(OF_OFFICIALS) | set(OF_OFFICE_HOLDERS) == set(ForWhom)
    assert set(OF_OFFICIALS).isdisjoint(OF_OFFICE_HOLDERS)
    assert kinds_of([ForWhom.CHAIR]) == [PersonKind.CHAIR]


def test_who_is_here_without_an_oath_owes_one(organisation) -> None:
    taken, owes = person(organisation), person(organisation)
    oath(organisation, taken)
    person(organisation, ended_on=today() - timedelta(days=1))
    person(organisation, started_on=today() + timedelta(days=1))

    assert who_owes() == {owes}


def test_an_oath_that_was_withdrawn_is_owed_again(organisation) -> None:
    somebody = person(organisation)
    oath(organisation, somebody, withdrawn_on=today(), withdrawn_because="Verkeerde persoon")

    assert who_owes() == {somebody}


def test_an_intern_who_becomes_an_official_owes_an_oath(organisation) -> None:
    somebody = person(organisation, PersonKind.INTERN)
    oath(organisation, somebody)
    assert who_owes() == set()

    somebody.kind = PersonKind.OFFICIAL
    somebody.save()

    assert who_owes() == {somebody}


def test_gemeentewet_41a_a_council_member_who_becomes_alderman_takes_a_new_oath(organisation) -> None:
    somebody = person(organisation, PersonKind.ELECTED_MEMBER)
    oath(organisation, somebody)
    somebody.kind = PersonKind.EXECUTIVE_MEMBER
    somebody.save()

    assert who_owes() == {somebody}


def test_who_goes_from_one_job_without_appointment_to_another_does_not_sign_again(organisation) -> None:
    somebody = person(organisation, PersonKind.INTERN)
    oath(organisation, somebody)
    somebody.kind = PersonKind.HIRED
    somebody.save()

    assert who_owes() == set()


@pytest.mark.parametrize(
    ("role", "seen", "hidden"),
    [
        (Role.HR, {"official", "intern"}, {"elected_member", "chair"}),
        (Role.COORDINATOR, {"official", "intern"}, {"elected_member", "chair"}),
        (Role.CLERK, {"elected_member", "chair"}, {"official", "intern"}),
        (Role.CHAIR, {"elected_member", "chair"}, {"official", "intern"}),
    ],
)
@pytest.mark.parametrize("name", ["owing", "taken"])
@pytest.mark.parametrize("file_format", ["", "csv"])
def test_officials_and_office_holders_are_never_read_by_one_role(
    client_as, organisation, name, file_format, role, seen, hidden
) -> None:
    for kind in seen | hidden:
        somebody = person(organisation, kind, family_name=f"Van{kind.replace('_', '')}")
        if name == "taken":
            oath(organisation, somebody)

    page = client_as(role).get(reverse(f"oaths:{name}"), {"formaat": file_format}).content.decode()

    assert [kind for kind in seen if f"Van{kind.replace('_', '')}" not in page] == []
    assert [kind for kind in hidden if f"Van{kind.replace('_', '')}" in page] == []


@pytest.mark.parametrize(
    ("role", "kind", "status"),
    [
        (Role.HR, "official", 200),
        (Role.COORDINATOR, "intern", 200),
        (Role.CLERK, "chair", 200),
        (Role.CLERK, "official", 404),
        (Role.HR, "elected_member", 404),
    ],
)
def test_one_oath_of_the_other_regime_is_as_absent(client_as, organisation, role, kind, status) -> None:
    found = oath(organisation, person(organisation, kind))

    assert client_as(role).get(reverse("oaths:oath", args=[found.pk])).status_code == status


def test_the_list_is_narrowed_by_kind_department_newcomers_and_words(client_as, organisation) -> None:
    old = person(organisation, started_on=date(2010, 1, 1), family_name="Aaldijk")
    new = person(organisation, PersonKind.INTERN, started_on=today(), family_name="Börner")
    client = client_as(Role.HR)

    def names(**asked):
        page = client.get(reverse("oaths:owing"), asked).content.decode()
        return {somebody.family_name for somebody in (old, new) if somebody.family_name in page}

    assert names() == {"Aaldijk", "Börner"}
    assert names(nieuw="on") == {"Börner"}
    assert names(soort="stagiair") == {"Börner"}
    assert names(zoek="borner") == {"Börner"}
    assert names(afdeling=old.unit.code if old.unit else "", soort="ambtenaar") == {"Aaldijk"}


def test_the_personnel_department_records_once_however_often_it_sends(client_as, organisation) -> None:
    somebody, form = person(organisation), {"submission": uuid.uuid4()}
    client = client_as(Role.HR)

    for _ in range(2):
        page = send(client, somebody, **form).content.decode()

    made = Oath.objects.get()
    assert (made.person, made.for_whom, made.form) == (somebody, ForWhom.OFFICIAL, OathForm.OATH)
    assert "de secretaris" in page
    assert "Eed of verklaring vastgelegd" in page
    assert who_owes() == set()


def test_from_the_list_the_person_and_the_words_are_filled_in(client_as, organisation) -> None:
    somebody, text = person(organisation, PersonKind.INTERN), words(organisation)

    page = client_as(Role.HR).get(reverse("oaths:new"), {"persoon": somebody.pk}).content.decode()

    assert f'value="{somebody.personnel_number}"' in page
    assert f'<option value="{text.pk}" selected' in page


@pytest.mark.parametrize("asked", ["", "onzin", "00000000-0000-4000-8000-000000000000"])
def test_a_person_in_the_address_who_is_not_there_fills_in_nothing(client_as, organisation, asked) -> None:
    assert client_as(Role.HR).get(reverse("oaths:new"), {"persoon": asked}).status_code == 200


def test_the_name_of_who_is_recorded_by_others_is_not_given_away(client_as, organisation) -> None:
    member = person(organisation, PersonKind.ELECTED_MEMBER)

    page = client_as(Role.HR).get(reverse("oaths:new"), {"persoon": member.pk}).content.decode()

    assert member.personnel_number not in page


@pytest.mark.parametrize(
    ("kind", "values", "message"),
    [
        ("official", {"person": "niemand zo"}, "Wij kennen niemand"),
        ("official", {"form": "statement"}, "Kies eed of belofte"),
        ("intern", {"form": "oath"}, "tekent een integriteitsverklaring"),
        ("elected_member", {}, "iemand met een andere rol"),
        ("official", {"before_whom": ""}, "bij wie de eed"),
        ("official", {"taken_on": (today() + timedelta(days=1)).isoformat()}, "moet nog komen"),
        ("official", {"taken_on": "gisteren"}, "datum"),
        ("official", {"how": "link"}, "geldige keuze"),
        ("official", {"text": "onzin"}, "geldige keuze"),
    ],
)
def test_bad_input_is_told_and_nothing_is_recorded(client_as, organisation, kind, values, message) -> None:
    response = send(client_as(Role.HR), person(organisation, kind), **values)

    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Oath.objects.exists()


def test_words_for_others_do_not_fit(client_as, organisation) -> None:
    text = words(organisation)

    page = send(client_as(Role.HR), person(organisation), text=text.pk).content.decode()

    assert "Deze tekst is voor anderen" in page


def test_the_same_day_twice_is_told(client_as, organisation) -> None:
    somebody, client = person(organisation), client_as(Role.HR)
    send(client, somebody)

    page = send(client, somebody).content.decode()

    assert "staat het op deze dag al" in page
    assert Oath.objects.count() == 1


def test_the_database_itself_keeps_one_a_day_and_the_right_form(organisation) -> None:
    somebody = person(organisation)
    oath(organisation, somebody)

    with pytest.raises(IntegrityError), transaction.atomic():
        oath(organisation, somebody)
    with pytest.raises(IntegrityError), transaction.atomic():
        oath(organisation, somebody, form="statement", taken_on=date(2026, 2, 1))


def test_a_person_of_another_body_cannot_be_meant(client_as, organisation, other_organisation) -> None:
    with organisation_scope(other_organisation.pk):
        foreign = PersonFactory(organisation=other_organisation, personnel_number="ELDERS-1")

    assert send(client_as(Role.HR), foreign).status_code == 422


@pytest.mark.parametrize(
    ("role", "kind"),
    [(Role.HR, "chair"), (Role.CLERK, "official"), (Role.COORDINATOR, "official"), (Role.CHAIR, "chair")],
)
def test_who_does_not_record_a_group_changes_nothing(actor_with, organisation, role, kind) -> None:
    somebody, actor = person(organisation, kind), actor_with(role)
    made = oath(organisation, somebody)

    with pytest.raises(PermissionDenied):
        operations.record_oath(actor=actor, identifier=uuid.uuid4(), person=somebody, values={})
    with pytest.raises(PermissionDenied):
        operations.withdraw(actor=actor, oath=made, expected_version=1, reason="Zomaar")
    with pytest.raises(PermissionDenied):
        operations.add_text(actor=actor, identifier=uuid.uuid4(), values={"for_whom": for_whom_of(kind)})


def test_a_mistake_is_withdrawn_with_the_reason_and_stays(client_as, organisation) -> None:
    made, client = oath(organisation, person(organisation)), client_as(Role.HR)
    where = reverse("oaths:withdraw", args=[made.pk])
    assert client.post(where, {"version": 1, "withdrawn_because": ""}).status_code == 422

    page = client.post(where, {"version": 1, "withdrawn_because": "Was een ander"}, follow=True).content.decode()

    made.refresh_from_db()
    assert (made.withdrawn_on, made.withdrawn_because) == (today(), "Was een ander")
    assert "Eed of verklaring ingetrokken" in page
    assert "al ingetrokken" in client.get(where, follow=True).content.decode()
    listed = reverse("oaths:taken")
    assert made.person.full_name not in client.get(listed).content.decode()
    assert made.person.full_name in client.get(listed, {"fout": "on"}).content.decode()


def test_two_who_withdraw_do_not_overwrite_each_other(actor_with, organisation) -> None:
    made, actor = oath(organisation, person(organisation)), actor_with(Role.HR)
    operations.withdraw(actor=actor, oath=made, expected_version=1, reason="Eerst")

    again = operations.withdraw(actor=actor, oath=made, expected_version=1, reason="Later")

    assert again.withdrawn_because == "Eerst"


def test_the_words_that_hold_are_the_newest_in_force(organisation) -> None:
    assert current_text(ForWhom.NOT_EMPLOYED, today()) is None
    words(organisation, label="Oud", in_force_from=date(2020, 1, 1))
    words(organisation, label="Nu")
    words(organisation, label="Hersteld op dezelfde dag")
    words(organisation, label="Straks", in_force_from=today() + timedelta(days=1))

    assert current_text(ForWhom.NOT_EMPLOYED, today()).label == "Hersteld op dezelfde dag"


def test_the_clerk_takes_over_the_words_of_the_law(client_as, organisation) -> None:
    client, where = client_as(Role.CLERK), reverse("oaths:new_text")
    assert "Gemeentewet, artikel 14" in client.get(reverse("oaths:texts")).content.decode()
    form = client.get(where, {"voor": "elected_member"}).context["form"]
    assert "lid van de raad" in form.initial["text"]
    sent = {"for_whom": "elected_member", "submission": uuid.uuid4(), "in_force_from": "2026-01-01"}

    for _ in range(2):
        client.post(where, sent | {"label": form.initial["label"], "text": form.initial["text"]})

    assert OathText.objects.get().for_whom == ForWhom.ELECTED_MEMBER


def test_words_for_a_group_of_others_cannot_be_entered(client_as, organisation) -> None:
    sent = {"for_whom": "chair", "label": "X", "text": "X", "in_force_from": "2026-01-01", "submission": uuid.uuid4()}

    assert client_as(Role.HR).post(reverse("oaths:new_text"), sent).status_code == 422
    assert (
        client_as(Role.HR).get(reverse("oaths:new_text"), {"voor": "chair"}).context["form"].initial.get("text") is None
    )


def test_of_officials_the_page_says_that_the_body_enters_its_own_words(client_as, organisation) -> None:
    page = client_as(Role.HR).get(reverse("oaths:texts")).content.decode()

    assert "een besluit op grond van artikel 7" in page
    assert "Neem deze tekst over" in page  # our own statement


@pytest.mark.parametrize("kind", [kind for kind in OrganisationKind if kind != OrganisationKind.JOINT_BODY])
@pytest.mark.parametrize("group", [ForWhom.ELECTED_MEMBER, ForWhom.CHAIR, ForWhom.AUDIT_COURT_MEMBER])
def test_the_words_of_the_law_are_there_for_office_holders(kind, group) -> None:
    law = legal_text(group, kind)

    assert law.article
    assert law.text.startswith("Ik zweer (verklaar)")
    assert "getrouw zal zijn aan de Grondwet" in law.text


def test_a_group_has_one_text_per_kind_of_body() -> None:
    pairs = [(row.for_whom, kind) for row in TEXTS for kind in row.bodies]

    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("name", ["owing", "taken", "texts"])
def test_a_page_costs_the_same_however_long_it_is(client_as, organisation, name) -> None:
    client, where = client_as(Role.HR), reverse(f"oaths:{name}")

    def fill():
        person(organisation)
        oath(organisation, person(organisation), text=words(organisation))

    fill()
    few = data_queries(lambda: client.get(where))
    for _ in range(30):
        fill()

    assert data_queries(lambda: client.get(where)) == few <= 9
