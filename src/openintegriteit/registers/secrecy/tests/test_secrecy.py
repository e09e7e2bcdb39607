"""Imposed secrecy: who reads and keeps what, recording, changing, lifting, withdrawing, and what the log holds."""

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
from openintegriteit.event_log.models import Entry
from openintegriteit.registers.secrecy import operations
from openintegriteit.registers.secrecy.due import calendar_items, due_items
from openintegriteit.registers.secrecy.models import ImposedSecrecy
from openintegriteit.registers.secrecy.tests.factories import LIFTED, MARKED, secrecy

pytestmark = pytest.mark.database
LIST, NEW = "/werk/geheimhouding/", "/werk/geheimhouding/nieuw/"
OF_COUNCIL = {"imposed_by": "committee", "committee": "Ruimte", "committee_of": "representative"}
GIVEN = {"given_on": date(2026, 4, 1)}


def page(name, made):
    return reverse(f"secrecy:{name}", args=[made.pk])


def typed(**values):
    given = {"kind": "document", "subject": "Waardebepaling", "reference": "Z 1", "imposed_by": "representative"}
    given |= {"imposed_on": "2026-03-03", "ground": "5.1.2.b", "submission": uuid.uuid4()}
    return given | values


def test_clerk_and_secretary_keep_their_own_side_and_what_is_given_is_the_clerks_too(client_as, organisation) -> None:
    seen = {
        "van de raad": secrecy(organisation, imposed_by="representative", subject="van de raad"),
        "van een commissie": secrecy(organisation, **OF_COUNCIL, subject="van een commissie"),
        "van het college": secrecy(organisation, subject="van het college"),
        "gegeven": secrecy(organisation, **GIVEN, imposed_by="chair", subject="gegeven"),
    }

    def read(role):
        client = client_as(role)
        text, file = (client.get(LIST, {"formaat": kind}).content.decode() for kind in ("", "csv"))
        opened = {name for name, made in seen.items() if client.get(page("one", made)).status_code == 200}
        kept = {name for name, made in seen.items() if client.get(page("edit", made)).status_code == 200}
        assert opened == {name for name in seen if name in text} == {name for name in seen if name in file}
        return opened, kept

    of_clerk, of_secretary = {"van de raad", "van een commissie", "gegeven"}, {"van het college", "gegeven"}
    assert read(Role.CLERK) == (of_clerk, of_clerk)
    assert read(Role.SECRETARY) == (of_secretary, of_secretary)
    assert read(Role.CHAIR) == (set(seen), set())
    for role in (Role.COORDINATOR, Role.ELECTED_MEMBER, Role.EXECUTIVE_MEMBER, Role.INTERNAL_AUDITOR):
        assert client_as(role).get(LIST).status_code == 403


def test_waterschapswet_55_without_a_clerk_the_secretary_keeps_that_of_the_general_board_too(
    client_as, organisation
) -> None:
    organisation.kind = "water_board"
    organisation.save()
    made, client = secrecy(organisation, imposed_by="representative"), client_as(Role.SECRETARY)
    assert client.get(page("edit", made)).status_code == 200

    client_as(Role.CLERK)

    assert client.get(page("edit", made)).status_code == 404


def test_one_of_another_body_answers_as_absent(client_as, other_organisation) -> None:
    with organisation_scope(other_organisation.pk):
        foreign = secrecy(other_organisation, subject="Van elders")
    client = client_as(Role.SECRETARY)

    for name in ("one", "edit", "lift", "withdraw"):
        assert client.get(page(name, foreign)).status_code == 404
    assert "Van elders" not in client.get(LIST).content.decode()


def test_it_is_recorded_once_changed_lifted_and_the_log_holds_no_word_of_it(client_as, organisation) -> None:
    client, form = client_as(Role.CLERK), typed(subject="Havenkade", known_to="Raadsleden")
    assert "nooit het geheim zelf" in client.get(NEW).content.decode()
    for _ in range(2):
        shown = client.post(NEW, form, follow=True).content.decode()
    made = ImposedSecrecy.objects.get()
    assert "Nog niet vastgelegd" in shown and "Gemeentewet, artikel 89, lid 1" in shown
    assert "de gemeenteraad" in shown

    change = form | {"version": 1, "marked_on": "2026-03-04", "marking": "Stempel", "review_on": "2026-06-01"}
    shown = client.post(page("edit", made), change, follow=True).content.decode()
    assert "4 maart 2026: Stempel" in shown
    again = client.post(page("edit", made), change | {"subject": "Iets anders"})
    assert again.status_code == 409 and "Iets anders" in again.content.decode()
    other = client.post(page("edit", made), change | {"ground": "5.1.2.f"}).context["differences"]
    (line,) = other
    assert line.stored.endswith("(Woo, artikel 5.1, lid 2, onder b)")

    lifting = {"version": 2, "lifted_by": "representative", "lifted_on": "2026-09-01", "lifting_reference": "R 12"}
    for wrong in ({"lifted_by": "executive"}, {"lifted_on": "2026-03-02"}, {"lifted_on": "9999-01-01"}):
        assert client.post(page("lift", made), lifting | wrong).status_code == 422
    assert client.post(page("lift", made), lifting | {"lifting_reference": ""}).status_code == 422
    shown = client.post(page("lift", made), lifting, follow=True).content.decode()
    assert "De gemeenteraad, 1 september 2026" in shown and "Geheimhouding opgeheven" in shown
    assert "al opgeheven" in client.get(page("edit", made), follow=True).content.decode()
    client.post(page("withdraw", made), {"version": 3, "withdrawn_because": "Was dubbel"}, follow=True)
    assert "al ingetrokken" in client.get(page("lift", made), follow=True).content.decode()

    entries = Entry.objects.filter(subject_type="secrecy.imposedsecrecy").order_by("number")
    assert [entry.action.removeprefix("secrecy.") for entry in entries] == [
        "recorded",
        "changed",
        "lifted",
        "withdrawn",
    ]
    logged = " ".join(f"{entry.subject_label} {entry.details}" for entry in entries)
    assert [word for word in ("Havenkade", "Raadsleden", "Stempel", "R 12", "Z 1", "dubbel") if word in logged] == []


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"subject": ""}, "Dit veld is verplicht"),
        ({"reference": ""}, "welk stuk"),
        ({"ground": ""}, "Kies het belang"),
        ({"ground": "5.1.5"}, "geldige keuze"),
        ({"imposed_on": "9999-01-01"}, "moet nog komen"),
        ({"marked_on": "2026-03-03"}, "hoe het is vermeld"),
        ({"marking": "Stempel"}, "op welke dag"),
        ({"given_on": "2026-04-01"}, "al van hen"),
        ({"imposed_by": "committee"}, "Vul dit in"),
        ({"committee": "Ruimte"}, "Laat dit leeg"),
        ({"imposed_by": "executive"}, "De secretaris houdt dit bij"),
        ({"imposed_by": "executive", "given_on": "2026-03-02"}, "ligt vóór de dag"),
        ({"kind": "closed_meeting"}, "door de wet zelf"),
    ],
)
def test_bad_input_is_told_and_nothing_is_recorded(client_as, values, message) -> None:
    response = client_as(Role.CLERK).post(NEW, typed(**values))

    assert response.status_code == 422
    assert message in response.content.decode()
    assert not ImposedSecrecy.objects.exists()


def test_what_was_given_to_the_representative_body_stays_given(client_as, actor_with, organisation) -> None:
    client = client_as(Role.CLERK)
    assert client.post(NEW, typed(imposed_by="executive", given_on="2026-04-01")).status_code == 302
    made = ImposedSecrecy.objects.get()

    response = client.post(page("edit", made), typed(version=1, given_on=""))

    assert response.status_code == 422 and "Dit blijft staan" in response.content.decode()
    with pytest.raises(operations.NotTakenBack):
        operations.change(actor=actor_with(Role.SECRETARY), secrecy=made, expected_version=1, values={"given_on": None})


def test_who_does_not_keep_it_changes_nothing_and_what_is_over_changes_no_more(actor_with, organisation) -> None:
    made, over = secrecy(organisation), secrecy(organisation, **LIFTED)
    values = {"imposed_by": "executive", "committee_of": "", "given_on": None}
    lifting = {"lifted_by": "executive", "lifted_on": today(), "lifting_reference": "B"}
    for role in (Role.CLERK, Role.CHAIR, Role.COORDINATOR):
        actor = actor_with(role)
        with pytest.raises(PermissionDenied):
            operations.impose(actor=actor, identifier=uuid.uuid4(), values=values)
        with pytest.raises(PermissionDenied):
            operations.change(actor=actor, secrecy=made, expected_version=1, values={"subject": "x"})
        with pytest.raises(PermissionDenied):
            operations.lift(actor=actor, secrecy=made, expected_version=1, values=lifting)
        with pytest.raises(PermissionDenied):
            operations.withdraw(actor=actor, secrecy=made, expected_version=1, reason="Zomaar")

    with pytest.raises(operations.SecrecyOver):
        operations.change(actor=actor_with(Role.SECRETARY), secrecy=over, expected_version=1, values={"subject": "x"})
    ImposedSecrecy.objects.update(withdrawn_on=today(), withdrawn_because="Fout")
    with pytest.raises(operations.SecrecyOver):
        operations.lift(actor=actor_with(Role.SECRETARY), secrecy=made, expected_version=1, values=lifting)


def test_the_database_itself_keeps_what_belongs_together(organisation) -> None:
    for wrong in (
        {"ground": ""},
        {"kind": "closed_meeting", "ground": "5.1.2.b"},
        {"imposed_by": "committee"},
        {"committee": "Ruimte"},
        {"marked_on": today()},
        {"imposed_by": "representative", **GIVEN},
        {"given_on": date(2026, 3, 2)},
        {"given_to_committee_on": date(2026, 3, 2)},
        {"given_to_committee_on": today(), "imposed_by": "representative"},
        {"meeting_on": today()},
        GIVEN | {"meeting_on": date(2026, 3, 31)},
        GIVEN | {"is_confirmed": True},
        {"lifted_on": today()},
        {"lifted_by": "executive"},
        LIFTED | {"lifted_on": date(2026, 3, 2)},
        LIFTED | GIVEN,
        {"withdrawn_on": today()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            secrecy(organisation, **wrong)


def test_what_has_no_mark_or_is_to_be_looked_at_is_on_the_desk_and_in_the_calendar(actor_with, organisation) -> None:
    soon, later = today() + timedelta(days=30), today() + timedelta(days=31)
    bare = secrecy(organisation)
    looked_at = secrecy(organisation, **MARKED, review_on=soon, subject="Niet op het bureau")
    secrecy(organisation, **MARKED, review_on=later)
    secrecy(organisation, **MARKED)
    secrecy(organisation, **LIFTED, review_on=soon)
    secretary, clerk, chair = (actor_with(role) for role in (Role.SECRETARY, Role.CLERK, Role.CHAIR))

    items = due_items(secretary, today())

    assert {(item.address, item.due_on) for item in items} == {
        (page("one", bare), bare.imposed_on),
        (page("one", looked_at), soon),
    }
    assert "Niet op het bureau" not in " ".join(item.title + item.detail for item in items)
    assert due_items(clerk, today()) == due_items(chair, today()) == []
    assert [item.waiting for item in calendar_items(chair, soon, later, 9)].count(True) == 2
    assert len(calendar_items(chair, soon, later, 9)) == 3
    assert calendar_items(clerk, soon, later, 9) == calendar_items(actor_with(Role.HR), soon, later, 9) == []


def test_the_list_is_searched_filtered_and_sorted_and_costs_the_same_however_long(client_as, organisation) -> None:
    client = client_as(Role.SECRETARY)
    secrecy(organisation, subject="Appel", **MARKED, review_on=today() - timedelta(days=1))
    secrecy(organisation, subject="Peer", kind="information", imposed_by="chair")
    secrecy(organisation, subject="Kers", **LIFTED)
    secrecy(organisation, subject="Druif", withdrawn_on=today(), withdrawn_because="Fout")

    def names(**asked):
        told = client.get(LIST, asked).content.decode()
        return {found for found in ("Appel", "Peer", "Kers", "Druif") if found in told}

    assert names(sorteer="geheim") == {"Appel", "Peer", "Kers"}
    assert (
        names(zoek="peer") == names(soort="informatie-die-niet-op-schrift-staat") == names(wie="voorzitter") == {"Peer"}
    )
    assert names(stand="loopt") == {"Appel", "Peer"}
    assert names(stand="bekijken") == {"Appel"}
    assert names(stand="niet-vermeld") == {"Peer"}
    assert names(stand="opgeheven") == {"Kers"}
    assert names(fout="on") == {"Appel", "Peer", "Kers", "Druif"}
    few = data_queries(lambda: client.get(LIST))
    for _ in range(60):
        secrecy(organisation)
    assert data_queries(lambda: client.get(LIST)) == few <= 8
