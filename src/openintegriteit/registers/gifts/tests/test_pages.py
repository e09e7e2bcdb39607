"""The pages of gifts, as people use them."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from openintegriteit.core.roles import Role
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.declarations.models import Declaration, NothingToDeclare
from openintegriteit.registers.declarations.tests.factories import somebody
from openintegriteit.registers.gifts.models import Gift
from openintegriteit.registers.gifts.tests.factories import gift, rule
from openintegriteit.ui.amounts import amount_from

pytestmark = pytest.mark.database
LIST, GIVERS = reverse("gifts:gifts"), reverse("gifts:givers")


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def head(organisation):
    user, row = somebody(organisation, Role.MANAGER)
    return signed_in(user), row


@pytest.fixture
def official(organisation, head):
    user, row = somebody(organisation, Role.STAFF, manager=head[1])
    return signed_in(user), row


@pytest.fixture
def member(organisation):
    user, row = somebody(organisation, Role.ELECTED_MEMBER, kind="elected_member")
    return signed_in(user), row


def typed(**values) -> dict:
    given = {
        "kind": "gift",
        "what": "Fles wijn",
        "giver_organisation": "Bouwbedrijf De Hoop",
        "relation": "Het bedrijf bouwt onze school.",
        "value": "15,00",
        "starts_on": "2026-01-05",
        "received_at": "work",
        "answer": "accepted",
    }
    return given | {"submission": uuid.uuid4()} | values


def new(person) -> str:
    return reverse("gifts:new", args=[person.pk])


def page_of(declaration) -> str:
    return reverse("declaration", args=[declaration.pk])


def text_of(response) -> str:
    return (b"".join(response) if response.streaming else response.content).decode()


def test_an_official_reads_the_rule_declares_and_waits_only_above_the_limit(organisation, official) -> None:
    rule(organisation)
    client, person = official

    assert "Tot en met €\u00a050 mag u een geschenk houden" in text_of(client.get(new(person)))
    client.post(new(person), typed())
    assert "wacht op besluit" not in text_of(client.get(reverse("declarations:mine")))
    page = client.post(new(person), typed(value="1.250,00"), follow=True)

    assert "wacht op besluit" in text_of(page)
    assert "€\u00a01.250" in text_of(page)


def test_an_office_holder_reads_the_rule_of_office_holders(organisation, member) -> None:
    rule(organisation, limit=Decimal(10))
    rule(organisation, regime="office_holders", limit=Decimal(75))
    client, person = member

    page = text_of(client.get(new(person)))
    client.post(new(person), typed(value="500"))

    assert "€\u00a075" in page
    assert "€\u00a010 " not in page
    assert "Gedragscode (Gemeentewet, artikel 15, lid 3)" in page
    assert not Declaration.objects.get().asks_decision


def test_who_changes_it_later_reads_the_rule_of_the_day_of_the_offer(organisation, official) -> None:
    rule(organisation, limit=Decimal(30))
    rule(organisation, in_force_from=date(2026, 6, 1), limit=Decimal(75))
    declaration = gift(organisation, official[1], starts_on=date(2026, 5, 11)).declaration

    page = text_of(official[0].get(reverse("gifts:edit", args=[declaration.pk])))

    assert "€\u00a030" in page
    assert "€\u00a075" not in page


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("value", {"value": "-1"}),
        ("value", {"value": "12,345"}),
        ("value", {"value": "1,250"}),
        ("value", {"value": "10.000.000"}),
        ("value", {"value": "veel"}),
        ("starts_on", {"starts_on": "9999-12-31"}),
        ("starts_on", {"starts_on": ""}),
        ("giver_organisation", {"giver_organisation": " "}),
        ("relation", {"relation": ""}),
        ("received_at", {"received_at": "maan"}),
        ("answer", {"answer": ""}),
        ("what", {"what": ""}),
    ],
)
def test_what_cannot_be_is_shown_again(official, field, values) -> None:
    client, person = official

    response = client.post(new(person), typed(**values))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Declaration.objects.exists()


@pytest.mark.parametrize(
    ("value", "kept"), [("12,50", "12.50"), ("1.250", "1250.00"), ("€ 1.250,05", "1250.05"), ("50,-", "50.00")]
)
def test_amounts_as_people_type_them(official, value, kept) -> None:
    client, person = official

    client.post(new(person), typed(value=value))

    made = Gift.objects.get()
    assert str(made.value) == kept
    again = client.get(reverse("gifts:edit", args=[made.declaration_id])).context["form"]
    assert amount_from(again["value"].value()) == Decimal(kept)


def test_only_a_person_gives_too(official) -> None:
    client, person = official

    client.post(new(person), typed(giver_organisation="", giver_person="Mevrouw Bakker", value=""))

    assert Declaration.objects.get().title == "Fles wijn, Mevrouw Bakker"
    assert Gift.objects.get().value is None


def test_what_was_allowed_is_told_without_a_new_decision(official, head) -> None:
    client, person = official
    client.post(new(person), typed(answer="offered"))
    declaration, made = Declaration.objects.get(), Gift.objects.get()
    decide = reverse("declaration_decide", args=[declaration.pk])
    head[0].post(decide, {"version": declaration.version, "outcome": "allowed", "reasons": "Kan."})
    edit = reverse("gifts:edit", args=[declaration.pk])

    assert "zonder nieuw besluit" in text_of(client.get(edit))
    client.post(edit, typed(version=made.version))

    page = text_of(client.get(page_of(declaration)))
    assert "wacht op besluit" not in page
    assert "Aangenomen" in page or "aangenomen" in page


def test_a_gift_is_neither_ended_nor_confirmed(organisation, official) -> None:
    client, person = official
    declaration = gift(organisation, person).declaration

    page = text_of(client.get(page_of(declaration)))

    assert "Het stopt" not in page
    assert "Dit klopt nog" not in page
    assert client.get(reverse("declarations:end", args=[declaration.pk])).status_code == 404
    assert client.post(reverse("declarations:confirm", args=[declaration.pk])).status_code == 404
    assert client.get(reverse("declarations:withdraw", args=[declaration.pk])).status_code == 200


def test_nothing_more_to_declare_is_one_click(organisation, official) -> None:
    client, person = official
    gift(organisation, person)
    mine = reverse("declarations:mine")
    assert "Ik heb verder niets op te geven" in text_of(client.get(mine))

    client.post(reverse("declarations:nothing", args=[person.pk, "gifts"]))

    assert NothingToDeclare.objects.get().register == "gifts"
    assert "verder niets hebt op te geven" in text_of(client.get(mine))


def test_what_may_not_be_read_answers_as_what_is_not_there(organisation, official, head, member) -> None:
    stranger = signed_in(somebody(organisation, Role.MANAGER)[0])
    of_official, of_member = gift(organisation, official[1]).declaration, gift(organisation, member[1]).declaration
    edit = reverse("gifts:edit", args=[of_official.pk])
    addresses = [page_of(of_official), edit, new(official[1]), reverse("declaration_decide", args=[of_official.pk])]

    assert [stranger.get(address).status_code for address in addresses] == [404] * 4
    assert [head[0].get(address).status_code for address in addresses] == [200, 404, 404, 200]
    assert [official[0].get(address).status_code for address in addresses] == [200, 200, 200, 403]
    assert [head[0].get(page_of(of_member)).status_code, official[0].get(page_of(of_member)).status_code] == [404, 404]
    outside = reverse("outside_positions:edit", args=[of_official.pk])
    assert official[0].get(outside).status_code == 404


@pytest.mark.parametrize("address", [LIST, GIVERS])
@pytest.mark.parametrize("file_format", ["", "csv"])
def test_lists_and_their_files_hold_one_regime_per_role(organisation, client_as, address, file_format) -> None:
    gift(organisation, PersonFactory(organisation=organisation), detail={"giver_organisation": "Ambtelijk BV"})
    member = PersonFactory(organisation=organisation, kind="elected_member")
    gift(organisation, member, detail={"giver_organisation": "Raad BV"})
    address += f"?formaat={file_format}" if file_format else ""

    def shown(role) -> tuple[bool, bool]:
        text = text_of(client_as(role).get(address))
        return "Ambtelijk BV" in text, "Raad BV" in text

    assert shown("coordinator") == shown("hr") == (True, False)
    assert shown("clerk") == shown("chair") == (False, True)
    assert shown("staff") == shown("manager") == (False, False)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"Wijn", "Diner", "Kaartje"}),
        ({"gever": "  CAFE de hoop"}, {"Wijn", "Diner"}),
        ({"gever": "cafe"}, set()),
        ({"stand": "geweigerd"}, {"Kaartje"}),
        ({"van": "2026-03-01"}, {"Diner", "Kaartje"}),
        ({"van": "2026-03-01", "tot": "2026-03-01"}, {"Diner"}),
        ({"besluit": "nog-niet"}, {"Wijn", "Diner"}),
        ({"zoek": "voetbal"}, {"Kaartje"}),
        ({"wie": "politieke-ambtsdragers"}, set()),
        ({"van": "geen dag", "stand": "onzin"}, {"Wijn", "Diner", "Kaartje"}),
    ],
)
def test_filters_leave_what_was_asked(organisation, client_as, asked, found) -> None:
    person = PersonFactory(organisation=organisation)
    for what, giver, day, answer in (
        ("Wijn", "Café De Hoop", date(2026, 1, 5), "accepted"),
        ("Diner", "Cafe de  Hoop", date(2026, 3, 1), "offered"),
        ("Kaartje", "Voetbalclub", date(2026, 5, 1), "refused"),
    ):
        told = {"what": what, "giver_organisation": giver, "answer": answer}
        gift(organisation, person, detail=told, starts_on=day, asks_decision=answer != "refused")
    gift(organisation, person, withdrawn_on=date(2026, 6, 1), withdrawn_because="fout")

    rows = client_as("hr").get(LIST, asked).context["listing"].page

    assert {row.gift.what for row in rows} == found


def test_totals_per_giver_are_exact_and_never_mix_the_regimes(organisation, client_as) -> None:
    official = PersonFactory(organisation=organisation)
    member = PersonFactory(organisation=organisation, kind="elected_member")
    for value, day, name in (("0.10", 3, "Café Noord"), ("0.20", 5, "cafe  noord"), ("1250.35", 4, "CAFÉ NOORD")):
        told = {"value": Decimal(value), "giver_organisation": name}
        gift(organisation, official, detail=told, starts_on=date(2026, day, 1))
    gift(organisation, official, detail={"value": None, "giver_organisation": "Café Noord"})
    gift(organisation, official, detail={"giver_organisation": "", "giver_person": "Bakker"})
    gift(organisation, member, detail={"giver_organisation": "Café Noord", "value": Decimal(7)})
    gift(organisation, official, detail={"giver_organisation": "Weg"}, withdrawn_on="2026-06-01", withdrawn_because="x")

    def told(*roles, **asked):
        return [
            (str(row.regime), row.number, str(row.total), row.without_value, row.first, row.last)
            for row in client_as(*roles).get(GIVERS, asked).context["totals"]
        ]

    noord = ("officials", 4, "1250.65", 1, date(2026, 3, 1), date(2026, 5, 11))
    bakker = ("officials", 1, "15.00", 0, date(2026, 5, 11), date(2026, 5, 11))
    of_member = ("office_holders", 1, "7.00", 0, date(2026, 5, 11), date(2026, 5, 11))
    assert told("coordinator") == [noord, bakker]
    assert told("clerk") == [of_member]
    assert set(told("coordinator", "clerk")) == {noord, bakker, of_member}
    assert told("coordinator", "clerk", wie="politieke-ambtsdragers") == [of_member]
    assert told("coordinator", zoek="bak") == [bakker]
    assert [row[1] for row in told("coordinator", tot="2026-04-01")] == [2]
    assert [row[2] for row in told("coordinator", sorteer="waarde")] == ["15.00", "1250.65"]


def test_a_giver_leads_to_its_gifts(organisation, client_as) -> None:
    person = PersonFactory(organisation=organisation)
    gift(organisation, person, detail={"giver_organisation": "Bos & Zn. = 100% <b>"})
    gift(organisation, person)
    client = client_as("hr")
    page = text_of(client.get(GIVERS))
    address = next(part for part in page.split('href="') if part.startswith(f"{LIST}?gever=Bos")).split('"')[0]

    rows = client.get(address.replace("&amp;", "&")).context["listing"].page

    assert [row.gift.giver_organisation for row in rows] == ["Bos & Zn. = 100% <b>"]


@pytest.mark.parametrize(("address", "budget"), [(LIST, 5), (GIVERS, 5)])
@pytest.mark.parametrize("size", [3, 60])
def test_lists_ask_the_database_as_often_for_many(organisation, client_as, address, budget, size) -> None:
    for number in range(size):
        told = {"giver_organisation": f"Gever {number}"}
        gift(organisation, PersonFactory(organisation=organisation), detail=told)
    client = client_as("hr")
    client.get(address)

    assert data_queries(lambda: client.get(address)) == budget


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "ods"])
def test_a_file_holds_what_the_screen_leaves_out(organisation, client_as, file_format) -> None:
    gift(organisation, PersonFactory(organisation=organisation), detail={"relation": "=1+1"})

    response = client_as("hr").get(f"{LIST}?formaat={file_format}")

    assert response.status_code == 200
    if file_format == "csv":
        text = text_of(response)
        assert "Verband met werk of ambt" in text
        assert "15" in text
