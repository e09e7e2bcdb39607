import re
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from openintegriteit.organisations.models import OrganisationKind
from openintegriteit.policy.obligations import OBLIGATIONS, obligations_of

ADDRESS = re.compile(r"https://wetten\.overheid\.nl/BWBR\d{7}/\d{4}-\d{2}-\d{2}#Artikel\d+(\.\d+)?[a-z]*")
FOR_EVERY_BODY = {
    "Ambtenarenwet 2017",
    "Arbeidsomstandighedenwet",
    "Archiefbesluit 1995",
    "Archiefwet 1995",
    "Uitvoeringswet Algemene verordening gegevensbescherming",
    "Wet bescherming klokkenluiders",
    "Wet op de ondernemingsraden",
    "Wet open overheid",
}

# Answers of bodies point at these names, so none of them ever goes or gets another meaning; new ones join.
GIVEN_OUT = (Path(__file__).parent / "obligation_names.txt").read_text(encoding="utf-8").split()


def test_every_obligation_has_a_name_of_its_own() -> None:
    names = [obligation.id for obligation in OBLIGATIONS]

    assert len(names) == len(set(names))


def test_a_name_once_given_out_stays() -> None:
    assert sorted(obligation.id for obligation in OBLIGATIONS) == GIVEN_OUT


def test_every_duty_that_holds_has_been_read_in_a_text_of_the_law_that_holds() -> None:
    assert [obligation.id for obligation in OBLIGATIONS if obligation.mark == "S"] == ["WBK-02-2e"]
    assert [obligation.id for obligation in OBLIGATIONS if obligation.text_of > date.today()] == []


@pytest.mark.parametrize("obligation", OBLIGATIONS, ids=lambda obligation: obligation.id)
def test_an_obligation_can_be_read_and_looked_up(obligation) -> None:
    assert ADDRESS.fullmatch(obligation.address)
    assert obligation.mark in ("V", "S")
    assert 20 <= len(obligation.what) <= 300
    assert obligation.what.endswith(".")
    assert obligation.checked_by.endswith(".")
    assert obligation.who and obligation.term
    words = f"{obligation.who} {obligation.what} {obligation.term} {obligation.checked_by}".lower()
    assert not re.search(r"\b(the|and|with|shall|must)\b", words)


def test_law_that_does_not_hold_yet_is_marked() -> None:
    assert [obligation.id for obligation in OBLIGATIONS if obligation.not_yet_in_force] == ["WBK-02-2e"]


@pytest.mark.parametrize("kind", OrganisationKind.values)
def test_laws_about_employers_hold_for_every_kind_of_body(kind) -> None:
    assert {"AW-04-4", "WBK-02-1", "ARBO-05"} <= {obligation.id for obligation in obligations_of(kind)}


@pytest.mark.parametrize(
    ("kind", "law"),
    [("municipality", "Gemeentewet"), ("province", "Provinciewet"), ("water_board", "Waterschapswet")],
)
def test_the_law_about_its_offices_holds_for_its_own_kind_of_body(kind, law) -> None:
    about_offices = {"Gemeentewet", "Provinciewet", "Waterschapswet"}

    assert {obligation.law for obligation in obligations_of(kind)} & about_offices == {law}
    assert {obligation.law for obligation in obligations_of("joint_body")} & about_offices == set()


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        ("municipality", {"Gemeentewet"}),
        ("province", {"Provinciewet"}),
        ("water_board", {"Waterschapswet"}),
        ("joint_body", {"Wet gemeenschappelijke regelingen"}),
    ],
)
def test_each_kind_of_body_has_these_laws_and_no_others(kind, own) -> None:
    assert {obligation.law for obligation in obligations_of(kind)} == FOR_EVERY_BODY | own


@pytest.mark.parametrize("kind", ["municipality", "province", "water_board"])
def test_every_office_owes_an_oath_and_publishes_what_it_does_beside(kind) -> None:
    said = " ".join(obligation.what for obligation in obligations_of(kind))

    assert said.count("eed of belofte") >= 3
    assert "openbaar" in said and "gedragscode vast" in said and "integriteit van" in said


@pytest.mark.database
class TestThePage:
    """What the reader sees of it."""

    def test_a_body_reads_its_own_law_with_the_way_to_the_text(self, client_as, organisation):
        page = client_as("clerk").get(reverse("policy:obligations")).content.decode()

        assert "Gemeentewet" in page and "Provinciewet" not in page
        assert 'href="https://wetten.overheid.nl/BWBR0001947/2025-07-01#Artikel4"' in page
        assert "geldt nog niet" in page
        assert "Weinig regels over uw bestuursleden" not in page

    def test_a_joint_body_is_told_what_is_missing(self, client_as, organisation):
        organisation.kind = "joint_body"
        organisation.save()

        page = client_as("coordinator").get(reverse("policy:obligations")).content.decode()

        assert "BWBR0005416" not in page
        assert "Weinig regels over uw bestuursleden" in page
        assert "Wet gemeenschappelijke regelingen" in page

    def test_filters_stay_in_the_address_and_go_together(self, client_as, organisation):
        client, where = client_as("coordinator"), reverse("policy:obligations")

        def found(**filters):
            return {row.id for _law, rows in client.get(where, filters).context["laws"] for row in rows}

        assert found(zoek="VÓÓR drie maanden verklaring") == set()
        assert found(zoek="drie maanden") == {"GW-36a-2"}
        assert found(zoek="drie maanden", wet="gemeentewet") == {"GW-36a-2"}
        assert found(wet="bestaat-niet") == {obligation.id for obligation in obligations_of("municipality")}

    def test_the_list_is_handed_out(self, client_as, organisation):
        file = client_as("coordinator").get(reverse("policy:obligations"), {"formaat": "csv", "wet": "gemeentewet"})

        lines = file.content.decode("utf-8-sig").splitlines()
        assert len(lines) == 1 + sum(obligation.law == "Gemeentewet" for obligation in OBLIGATIONS)
        assert lines[1].startswith("Gemeentewet;artikel 12;raadsleden;")
