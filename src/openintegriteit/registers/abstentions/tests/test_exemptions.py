"""Exemptions from prohibited acts: for whom, by whose grant, until when, and who keeps and reads them."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.organisations.models import Mandate
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.abstentions import exempting
from openintegriteit.registers.abstentions.models import Exemption
from openintegriteit.registers.abstentions.tests.factories import exemption

pytestmark = pytest.mark.database


def person(organisation, kind="elected_member", **values):
    return PersonFactory(organisation=organisation, kind=kind, **values)


def typed(somebody, **values):
    given = {
        "person": somebody.personnel_number,
        "act": "lease",
        "about": "Pacht van een weiland",
        "granted_by": "provincial_executive",
        "granted_on": "2026-01-05",
        "reference": "2026/17",
        "holds_until": "",
        "conditions": "",
        "review_on": "",
        "submission": uuid.uuid4(),
    }
    return given | values


def send(client, somebody, **values):
    return client.post(reverse("abstentions:new_exemption"), typed(somebody, **values), follow=True)


LAW = [
    ("municipality", "elected_member", "provincial_executive", "Gemeentewet, artikel 15, lid 2"),
    ("municipality", "executive_member", "provincial_executive", "Gemeentewet, artikel 41c, lid 1"),
    ("municipality", "chair", "kings_commissioner", "Gemeentewet, artikel 69, lid 1"),
    ("province", "elected_member", "minister", "Provinciewet, artikel 15, lid 2"),
    ("province", "executive_member", "minister", "Provinciewet, artikel 40c, lid 1"),
    ("province", "chair", "minister", "Provinciewet, artikel 68, lid 1"),
    ("water_board", "elected_member", "provincial_executive", "Waterschapswet, artikel 33, lid 2"),
    ("water_board", "executive_member", "provincial_executive", "Waterschapswet, artikel 33, lid 2"),
    ("water_board", "chair", "kings_commissioner", "Waterschapswet, artikel 47, lid 3"),
]


@pytest.mark.parametrize(("body", "kind", "granter", "article"), LAW)
def test_gemeentewet_15_41c_69_provinciewet_15_40c_68_waterschapswet_33_47_who_grants_it(
    client_as, organisation, body, kind, granter, article
) -> None:
    organisation.kind = body
    organisation.save()
    somebody, client = person(organisation, kind), client_as(Role.CLERK)
    wrong = "kings_commissioner" if granter != "kings_commissioner" else "minister"

    refused = send(client, somebody, granted_by=wrong)
    page = send(client, somebody, granted_by=granter).content.decode()

    assert refused.status_code == 422
    assert f": zo staat het in {article}." in refused.content.decode()
    made = Exemption.objects.get()
    assert made.article.startswith(f"{article}; artikel ")
    assert made.article.endswith(("onder d, 7e", "onder d, 7°"))
    assert article in page


@pytest.mark.parametrize(
    ("body", "granter", "article"),
    [
        ("municipality", "kings_commissioner", "Gemeentewet, artikel 80 met artikel 69, lid 1"),
        ("municipality", "provincial_executive", "Gemeentewet, artikel 41c, lid 1"),
        ("province", "minister", "Provinciewet, artikel 40c, lid 1"),
    ],
)
def test_gemeentewet_80_who_stands_in_for_the_mayor_can_get_it_from_the_commissioner_too(
    client_as, organisation, body, granter, article
) -> None:
    organisation.kind = body
    organisation.save()
    somebody, client = person(organisation, "executive_member"), client_as(Role.CLERK)
    Mandate.objects.create(organisation=organisation, person=somebody, office="Waarnemend", held_as="stands_in")

    assert (
        send(client, somebody, granted_by="minister" if body == "municipality" else "kings_commissioner").status_code
        == 422
    )
    send(client, somebody, granted_by=granter)

    assert Exemption.objects.get().article == f"{article}; artikel 15, lid 1, onder d, 7e"


def test_a_joint_body_names_the_granter_itself(client_as, organisation) -> None:
    organisation.kind = "joint_body"
    organisation.save()

    send(client_as(Role.CLERK), person(organisation), granted_by="minister")

    assert Exemption.objects.get().article == ""


def test_it_is_recorded_once_however_often_it_is_sent(client_as, organisation) -> None:
    somebody, form, client = person(organisation), {"submission": uuid.uuid4()}, client_as(Role.CLERK)

    for _ in range(2):
        send(client, somebody, **form)

    assert Exemption.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"person": "niemand zo"}, "Wij kennen niemand"),
        ({"granted_on": (today() + timedelta(days=1)).isoformat()}, "moet nog komen"),
        ({"holds_until": "2026-01-04"}, "ligt voor de dag waarop de ontheffing is verleend"),
        ({"act": "disputes"}, "geldige keuze"),
        ({"act": ""}, "verplicht"),
        ({"about": ""}, "verplicht"),
        ({"granted_by": ""}, "verplicht"),
        ({"review_on": "morgen"}, "datum"),
    ],
)
def test_bad_input_is_told_and_nothing_is_recorded(client_as, organisation, values, message) -> None:
    answer = send(client_as(Role.CLERK), person(organisation), **values)

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Exemption.objects.exists()


@pytest.mark.parametrize(
    ("role", "kind", "kept"),
    [
        (Role.CLERK, "elected_member", True),
        (Role.CLERK, "executive_member", True),
        (Role.SECRETARY, "executive_member", True),
        (Role.SECRETARY, "chair", True),
        (Role.SECRETARY, "elected_member", False),
        (Role.CLERK, "official", False),
    ],
)
def test_the_clerk_keeps_all_and_the_secretary_those_of_the_executive(
    client_as, actor_with, organisation, role, kind, kept
) -> None:
    somebody = person(organisation, kind)
    granted_by = "kings_commissioner" if kind == "chair" else "provincial_executive"

    answer = send(client_as(role), somebody, granted_by=granted_by)

    assert (answer.status_code, Exemption.objects.exists()) == ((200, True) if kept else (422, False))
    if not kept:
        with pytest.raises(PermissionDenied):
            exempting.record_exemption(actor=actor_with(role), identifier=uuid.uuid4(), person=somebody, values={})


@pytest.mark.parametrize(
    ("role", "kind", "status"),
    [
        (Role.CHAIR, "elected_member", 200),
        (Role.SECRETARY, "chair", 200),
        (Role.SECRETARY, "elected_member", 404),
        (Role.COORDINATOR, "elected_member", 403),
        (Role.ELECTED_MEMBER, "elected_member", 403),
    ],
)
def test_who_reads_which_exemption(client_as, organisation, role, kind, status) -> None:
    made = exemption(organisation, person(organisation, kind))

    assert client_as(role).get(reverse("abstentions:exemption", args=[made.pk])).status_code == status


def test_the_chair_reads_and_changes_nothing(client_as, actor_with, organisation) -> None:
    made = exemption(organisation, person(organisation))
    page = client_as(Role.CHAIR).get(reverse("abstentions:exemption", args=[made.pk])).content.decode()

    assert reverse("abstentions:edit_exemption", args=[made.pk]) not in page
    with pytest.raises(PermissionDenied):
        exempting.change_exemption(
            actor=actor_with(Role.CHAIR), exemption=made, expected_version=1, values={"about": "X"}
        )


def test_two_who_change_it_do_not_overwrite_each_other(client_as, organisation) -> None:
    somebody = person(organisation)
    made, client = exemption(organisation, somebody), client_as(Role.CLERK)
    where, sent = reverse("abstentions:edit_exemption", args=[made.pk]), typed(somebody, version=1)

    assert client.post(where, sent | {"holds_until": "2026-12-31", "act": "works"}).status_code == 302
    answer = client.post(where, sent | {"holds_until": "2027-12-31"})

    made.refresh_from_db()
    assert answer.status_code == 409
    assert (made.holds_until, made.article[-2:]) == (date(2026, 12, 31), "1e")


def test_the_list_hides_what_ended_until_asked(client_as, organisation) -> None:
    exemption(organisation, person(organisation, family_name="Börner"), reference="2026/17")
    exemption(organisation, person(organisation, family_name="Aaldijk"), holds_until=date(2026, 2, 1))
    client = client_as(Role.CLERK)

    def names(**asked):
        page = client.get(reverse("abstentions:exemptions"), asked).content.decode()
        return {name for name in ("Börner", "Aaldijk") if name in page}

    assert names() == {"Börner"}
    assert names(oud="on") == {"Börner", "Aaldijk"}
    assert names(oud="on", zoek="2026/17") == {"Börner"}


def test_the_database_itself_keeps_the_days_in_order(organisation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        exemption(organisation, person(organisation), holds_until=date(2025, 1, 1))
