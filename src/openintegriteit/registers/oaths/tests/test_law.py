"""What the register answers about duties of law, and what it counts for the annual report."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from openintegriteit.core.clock import today
from openintegriteit.core.contracts import Period
from openintegriteit.core.roles import Role
from openintegriteit.organisations.models import Mandate, PersonKind
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.policy.obligations import obligation_named
from openintegriteit.registers.oaths.models import ForWhom, Oath
from openintegriteit.registers.oaths.queries import owing
from openintegriteit.registers.oaths.recorded import recorded_answers
from openintegriteit.registers.oaths.tests.factories import oath, words
from openintegriteit.registers.oaths.yearbook import figures

pytestmark = pytest.mark.database
KINDS = ("municipality", "province", "water_board")
DUTIES = {
    "municipality": {
        "GW-14": "elected_member",
        "GW-41a": "executive_member",
        "GW-65": "chair",
        "GW-81g": "audit_court_member",
    },
    "province": {
        "PW-14": "elected_member",
        "PW-40a": "executive_member",
        "PW-64": "chair",
        "PW-79g": "audit_court_member",
    },
    "water_board": {"WSW-34": "elected_member", "WSW-50": "chair", "WSW-51ag": "audit_court_member"},
}


def answer(organisation, key):
    duty = obligation_named(key, organisation.kind)
    (found,) = [row for row in recorded_answers(today()) if row.subject == duty.recorded]
    return found.state, found.reason


@pytest.mark.parametrize("kind", KINDS)
def test_ambtenarenwet_5_1_a_officials_took_the_oath(organisation, kind) -> None:
    organisation.kind = kind
    assert answer(organisation, "AW-05-1a") == ("not_shown", "In de lijst van mensen staat geen ambtenaar.")
    first, second = (PersonFactory(organisation=organisation) for _ in range(2))
    PersonFactory(organisation=organisation, kind=PersonKind.INTERN)
    oath(organisation, first)

    assert answer(organisation, "AW-05-1a") == (
        "not_shown",
        "Van 1 van de 2 staat geen eed of belofte in het register.",
    )

    oath(organisation, second)

    assert answer(organisation, "AW-05-1a") == (
        "met",
        "Alle 2 personen om wie het gaat, legden de eed of belofte af. "
        "Of dat bij het begin van de dienst was, is niet vergeleken.",
    )


def test_ambtenarenwet_7_the_words_are_known(organisation) -> None:
    assert answer(organisation, "AW-07")[0] == "not_shown"
    oath(organisation, PersonFactory(organisation=organisation), text=words(organisation, ForWhom.OFFICIAL))
    assert answer(organisation, "AW-07") == ("met", "Van de 1 eed of belofte is de tekst bekend.")

    oath(organisation, PersonFactory(organisation=organisation))

    assert answer(organisation, "AW-07")[0] == "not_shown"


@pytest.mark.parametrize(("kind", "key"), [(kind, key) for kind, duties in DUTIES.items() for key in duties])
def test_who_is_elected_or_appointed_again_takes_the_oath_anew(organisation, kind, key) -> None:
    """Gemeentewet 14, 41a, 65 and 81g; Provinciewet 14, 40a, 64 and 79g; Waterschapswet 34, 50 and 51ag."""
    organisation.kind = kind
    organisation.save()
    began, before = today() - timedelta(days=30), today() - timedelta(days=31)
    first = before - timedelta(days=4 * 365)
    somebody = PersonFactory(organisation=organisation, kind=DUTIES[kind][key], started_on=first)
    office = {"organisation": organisation, "person": somebody, "office": "Ambt"}
    mandate = Mandate.objects.create(**office, started_on=first)
    oath(organisation, somebody, taken_on=first)
    Mandate.objects.create(**office | {"office": "Nog een ambt"}, started_on=began)
    Mandate.objects.create(**office | {"office": "Burgemeester"}, started_on=began, held_as="stands_in")

    def owes() -> bool:
        asked = set(owing(tuple(ForWhom), today())) == {somebody}
        assert (answer(organisation, key)[0] == "not_shown") == asked
        return asked

    assert not owes()
    again = Mandate.objects.create(**office, started_on=today() + timedelta(days=1))
    assert not owes()
    Mandate.objects.filter(pk=again.pk).update(started_on=began)
    for ended_on in (None, before):
        Mandate.objects.filter(pk=mandate.pk).update(ended_on=ended_on)
        assert owes()
    assert "eerdere termijn" in answer(organisation, key)[1]
    oath(organisation, somebody, taken_on=began - timedelta(days=2))
    assert not owes()


@pytest.mark.parametrize(("kind", "key"), [(kind, key) for kind, duties in DUTIES.items() for key in duties])
def test_office_holders_took_the_oath_of_their_office(organisation, kind, key) -> None:
    organisation.kind = kind
    organisation.save()
    somebody = PersonFactory(organisation=organisation, kind=DUTIES[kind][key], started_on=None)
    assert answer(organisation, key)[0] == "not_shown"
    oath(organisation, PersonFactory(organisation=organisation))
    assert answer(organisation, key)[0] == "not_shown"

    taken = oath(organisation, somebody)

    assert answer(organisation, key)[0] == "met"
    assert answer(organisation, key)[1].endswith("wanneer het ambt begon.") != names_no_day(kind, key)
    somebody.started_on = taken.taken_on - timedelta(days=1)
    somebody.save()
    assert answer(organisation, key)[0] == ("met" if names_no_day(kind, key) else "not_shown")
    oath(organisation, somebody, taken_on=somebody.started_on)
    assert answer(organisation, key)[0] == "met"


def names_no_day(kind, key):
    """Gemeentewet 65 and Provinciewet 64, unlike Waterschapswet 50."""
    return DUTIES[kind][key] == "chair" and kind != "water_board"


def test_the_year_counts_officials_once_and_every_statement(organisation) -> None:
    year = today().year
    assert figures(organisation.pk, [Period(year, date(year + 1, 3, 31))]) == []
    official, intern = PersonFactory(organisation=organisation), PersonFactory(organisation=organisation, kind="intern")
    for day in (date(year, 1, 5), date(year, 1, 6)):
        oath(organisation, official, taken_on=day)
        oath(organisation, intern, taken_on=day)
    oath(organisation, PersonFactory(organisation=organisation), taken_on=date(year - 1, 5, 1))
    oath(organisation, PersonFactory(organisation=organisation, kind="chair"), taken_on=date(year, 1, 5))
    mistake = {"withdrawn_on": today(), "withdrawn_because": "Vergissing"}
    oath(organisation, PersonFactory(organisation=organisation), taken_on=date(year, 1, 5), **mistake)

    told = figures(organisation.pk, [Period(year - 1, date(year, 3, 31)), Period(year, date(year + 1, 3, 31))])

    assert {(figure.code, figure.year): figure.value for figure in told} == {
        ("oath-persons", year): 1,
        ("integrity-statements", year): 2,
    }


def test_waterschapswet_34_45_who_sits_in_the_daily_board_from_the_general_board_owes_one_oath(organisation) -> None:
    """34: as a member of the general board. 45: for the daily board only who comes from outside (41(3)) owes it."""
    organisation.kind = "water_board"
    organisation.save()
    began = today() - timedelta(days=30)
    member, outsider = (
        PersonFactory(organisation=organisation, kind="executive_member", started_on=began) for _ in range(2)
    )
    of_outsider = {"organisation": organisation, "person": outsider, "office": "Heemraad", "started_on": began}
    Mandate.objects.create(**of_outsider, held_as="from_outside")
    assert set(owing(tuple(ForWhom), today())) == {member, outsider}
    assert answer(organisation, "WSW-34")[1] == "Van 1 van de 1 staat geen eed of belofte in het register."

    for person in (member, outsider):
        oath(organisation, person, for_whom="elected_member", taken_on=began)

    assert set(owing(tuple(ForWhom), today())) == {outsider}
    assert answer(organisation, "WSW-34")[0] == "met"
    oath(organisation, outsider, taken_on=began - timedelta(days=1))
    assert not owing(tuple(ForWhom), today())


@pytest.mark.parametrize(("kind", "key"), [("municipality", "GW-41a"), ("province", "PW-40a")])
def test_gemeentewet_41a_provinciewet_40a_who_was_elected_owes_the_oath_of_an_alderman_too(
    organisation, kind, key
) -> None:
    """ "Om tot wethouder (gedeputeerde) benoemd te worden": the oath of the council does not count for it."""
    organisation.kind = kind
    organisation.save()
    somebody = PersonFactory(organisation=organisation, kind="executive_member", started_on=today())
    oath(organisation, somebody, for_whom="elected_member", taken_on=today())

    assert set(owing(tuple(ForWhom), today())) == {somebody}
    assert answer(organisation, key)[0] == "not_shown"


def test_waterschapswet_34_the_words_of_the_general_board_are_offered_and_recorded(organisation, client_as) -> None:
    organisation.kind = "water_board"
    organisation.save()
    somebody = PersonFactory(organisation=organisation, kind="executive_member", started_on=today())
    text = words(organisation, ForWhom.ELECTED_MEMBER)
    client, address = client_as(Role.CLERK), reverse("oaths:new")
    form = client.get(address, {"persoon": somebody.pk}).context["form"]
    assert form["text"].initial == text
    typed = {"person": somebody.personnel_number, "form": "oath", "taken_on": today().isoformat(), "how": "paper"}

    assert client.post(address, typed | {"text": text.pk, "submission": uuid.uuid4()}).status_code == 302

    assert Oath.objects.get().for_whom == "elected_member"


@pytest.mark.parametrize(
    ("kind", "key", "hands"),
    [
        ("municipality", "GW-78-2", "de commissaris van de Koning"),
        ("province", "PW-76-2", "de minister van Binnenlandse Zaken en Koninkrijksrelaties"),
    ],
)
def test_who_is_charged_to_act_takes_the_oath_of_the_chair(organisation, client_as, kind, key, hands) -> None:
    """Gemeentewet 78(2), Provinciewet 76(2): into the hands of the commissioner, or the minister."""
    organisation.kind = kind
    organisation.save()
    began = today() - timedelta(days=30)
    somebody = PersonFactory(organisation=organisation, kind="chair", started_on=began - timedelta(days=900))
    assert answer(organisation, key) == ("met", "Niemand is van buiten aangewezen om waar te nemen.")
    Mandate.objects.create(
        organisation=organisation, person=somebody, office="Waarnemend", held_as="charged_to_act", started_on=began
    )
    oath(organisation, somebody, taken_on=began - timedelta(days=800))  # for an office of before
    assert answer(organisation, key)[0] == "not_shown"
    form = client_as(Role.CLERK).get(reverse("oaths:new"), {"persoon": somebody.pk}).content.decode()
    assert f'value="{hands}"' in form

    oath(organisation, somebody, taken_on=began)

    assert answer(organisation, key)[0] == "met"
