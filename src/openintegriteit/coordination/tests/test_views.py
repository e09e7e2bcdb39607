import uuid
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from openintegriteit.coordination.due import calendar_items, due_items
from openintegriteit.coordination.models import Advice, OwnTheme
from openintegriteit.coordination.tests.factories import advice
from openintegriteit.coordination.themes import THEMES, theme_names
from openintegriteit.core.tests.counting import data_queries

pytestmark = pytest.mark.database
DAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-21 12:00", tick=False):
        yield


@pytest.fixture
def client(client_as):
    return client_as("coordinator")


def form(**values) -> dict:
    given = {"day": "2026-11-20", "theme": "overig", "initiative": "asked", "function": "hr"}
    return given | {"question": "Wat mag?", "advice": "Dit mag.", "submission": uuid.uuid4()} | values


def shown(client, query: str = "") -> list[str]:
    response = client.get(reverse("coordination:advices") + query)
    return [row.question for row in response.context["listing"].page]


def test_the_list_is_filtered_by_what_the_address_says(client, organisation) -> None:
    advice(organisation, question="a", theme="omgangsvormen", day=date(2025, 12, 31))
    advice(organisation, question="b", initiative="unasked", day=date(2026, 1, 1))
    advice(organisation, question="c", function="manager", day=date(2026, 11, 1))

    assert shown(client) == ["c", "b", "a"]
    assert shown(client, "?jaar=2026") == ["c", "b"]
    assert shown(client, "?thema=omgangsvormen") == ["a"]
    assert shown(client, "?soort=ongevraagd") == ["b"]
    assert shown(client, "?functie=leidinggevende") == ["c"]
    assert shown(client, "?jaar=x&thema=y&soort=z&functie=q&sorteer=id") == ["c", "b", "a"]


def test_the_list_asks_the_database_as_often_for_many(client, organisation) -> None:
    def queries() -> int:
        return data_queries(lambda: client.get(reverse("coordination:advices")))

    row = {"organisation": organisation, "day": DAY, "initiative": "asked", "function": "hr", "theme": "overig"}
    Advice.objects.bulk_create(Advice(question=f"V{n}", advice="A", **row) for n in range(10))
    few = queries()
    Advice.objects.bulk_create(Advice(question=f"V{n}", advice="A", **row) for n in range(10, 1000))

    assert queries() == few
    assert few <= 8


def test_what_is_late_says_so_in_the_list_and_on_its_page(client, organisation) -> None:
    about = advice(organisation, follow_up="Lijst nalezen", follow_up_on=date(2026, 11, 20))

    for address in (reverse("coordination:advices"), reverse("coordination:advice", args=[about.pk])):
        assert ">te laat</span>" in client.get(address).content.decode()

    about.followed_up_on = DAY
    about.save()
    for address in (reverse("coordination:advices"), reverse("coordination:advice", args=[about.pk])):
        assert ">te laat</span>" not in client.get(address).content.decode()


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize("name", ["advices", "counts"])
def test_lists_are_files_as_well(client, organisation, name, file_format) -> None:
    advice(organisation)

    response = client.get(reverse(f"coordination:{name}"), {"formaat": file_format})

    assert response.status_code == 200
    assert f"-2026-11-21.{file_format}" in response["Content-Disposition"]


def test_the_file_of_counts_hides_what_the_page_hides(client, organisation) -> None:
    advice(organisation)

    told = client.get(reverse("coordination:counts"), {"formaat": "csv"}).content.decode()

    assert "2026;Totaal;Gevraagd;1" in told.replace(",", ";").replace('"', "")
    assert "afgeschermd" in told
    assert "Nevenwerkzaamheden" not in told


def test_advice_is_added_once(client) -> None:
    values = form(hours="1.5")
    for _ in range(2):
        assert client.post(reverse("coordination:advice_new"), values).status_code == 302

    assert [(row.question, str(row.hours)) for row in Advice.objects.all()] == [("Wat mag?", "1.5")]


def test_the_form_asks_not_to_name_people(client) -> None:
    assert "Noem hier geen mensen bij naam" in client.get(reverse("coordination:advice_new")).content.decode()


def test_what_cannot_be_saved_comes_back_as_typed(client) -> None:
    response = client.post(reverse("coordination:advice_new"), form(day="2026-11-22", question="Getypt"))

    assert response.status_code == 422
    assert "Getypt" in response.content.decode()
    assert list(response.context["form"].errors) == ["day"]
    assert Advice.objects.count() == 0


def test_who_comes_second_sees_both_texts(client, organisation) -> None:
    about = advice(organisation, question="Van de eerste", version=2)
    address = reverse("coordination:advice_edit", args=[about.pk])

    response = client.post(address, form(question="Van de tweede", version="1"))

    assert response.status_code == 409
    assert "Van de eerste" in response.content.decode()
    assert "Van de tweede" in response.content.decode()
    assert Advice.objects.get().question == "Van de eerste"
    assert client.post(address, form(question="Van de tweede", version="2")).status_code == 302
    assert Advice.objects.get().question == "Van de tweede"


def test_an_own_theme_can_be_chosen_and_is_named_everywhere(client) -> None:
    client.post(reverse("coordination:themes"), {"name": "Thuiswerken", "submission": uuid.uuid4()})
    client.post(reverse("coordination:advice_new"), form(theme="eigen-thuiswerken"))
    about = Advice.objects.get()

    for name, args in (("advices", []), ("advice", [about.pk]), ("counts", []), ("themes", [])):
        assert "Thuiswerken" in client.get(reverse(f"coordination:{name}", args=args)).content.decode() or (
            name == "counts"  # one piece of advice is not broken down
        )


@pytest.mark.parametrize("name", ["overig", "Thuiswerken", "thuiswerken!", "?"])
def test_a_theme_that_exists_or_has_no_letters_is_not_added(client, organisation, name) -> None:
    OwnTheme.objects.create(organisation=organisation, code="eigen-thuiswerken", name="Thuiswerken")

    response = client.post(reverse("coordination:themes"), {"name": name, "submission": uuid.uuid4()})

    assert response.status_code == 422
    assert OwnTheme.objects.count() == 1


def test_follow_up_is_due_until_it_is_done(organisation, actor_with) -> None:
    todo = {"follow_up": "Lijst nalezen", "follow_up_on": date(2026, 12, 5)}
    advice(organisation, **todo)
    advice(organisation, **todo | {"follow_up_on": date(2026, 12, 6)})
    advice(organisation, **todo, followed_up_on=DAY)

    due = due_items(actor_with("coordinator"), DAY)

    assert [(item.title, item.due_on) for item in due] == [("Lijst nalezen", date(2026, 12, 5))]
    year = (date(2026, 1, 1), date(2026, 12, 31), 10)
    assert [item.waiting for item in calendar_items(actor_with("coordinator"), *year)].count(True) == 2
    assert (due_items(actor_with("secretary"), DAY), calendar_items(actor_with("secretary"), *year)) == ([], [])


def test_every_theme_has_an_english_name(organisation) -> None:
    with translation.override("en"):
        told = theme_names()

    assert [theme.code for theme in THEMES if told[theme.code] == theme.name] == []
