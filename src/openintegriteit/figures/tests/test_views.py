import uuid
from datetime import date

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from openintegriteit.accountability.operations import start_report
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.figures.models import OwnIndicator, YearFigure
from openintegriteit.figures.tests.factories import year_figure
from openintegriteit.programme.tests.factories import activity

pytestmark = pytest.mark.database
TEAM_TALKS_2025 = ("team-talks", 2025)


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-21 12:00", tick=False):
        yield


@pytest.fixture
def client(client_as):
    return client_as("coordinator")


def address(*args) -> str:
    return reverse("figures:figure_edit", args=args or TEAM_TALKS_2025)


def test_three_years_stand_side_by_side(client, organisation) -> None:
    for year, value in ((2022, 1), (2023, 2), (2025, 0)):
        year_figure(organisation, "team-talks", year, value)

    def shown(query: str) -> list:
        rows = client.get(reverse("figures:figures") + query).context["rows"]
        return next([f.value for f in row.figures] for row in rows if row.indicator.code == "team-talks")

    assert shown("") == [2, None, 0]
    assert shown("?jaar=2024") == [1, 2, None]
    assert shown("?jaar=onzin") == [2, None, 0]
    assert len(client.get(reverse("figures:figures") + "?zoek=HALFUUR+team").context["rows"]) == 1


def test_the_figures_are_handed_out(client, organisation) -> None:
    year_figure(organisation, "team-talks", 2025, 6)

    lines = client.get(reverse("figures:figures") + "?formaat=csv&zoek=HALFUUR+team").content.decode("utf-8-sig")

    assert ";;;6;" in lines.splitlines()[1]


def test_the_list_asks_as_much_of_the_database_with_a_thousand_figures(client, organisation) -> None:
    def make(numbers) -> None:
        of = {"organisation": organisation}
        OwnIndicator.objects.bulk_create(
            OwnIndicator(code=f"eigen-{n}", name=f"Eigen {n}", unit="keer", definition="x", **of) for n in numbers
        )
        YearFigure.objects.bulk_create(YearFigure(indicator=f"eigen-{n}", year=2025, value=n, **of) for n in numbers)

    def queries() -> int:
        return data_queries(lambda: client.get(reverse("figures:figures")))

    make(range(10))
    few = queries()
    make(range(10, 1000))

    assert queries() == few
    assert few <= 23  # sixteen of them tell what the records of other apps count


def test_a_figure_is_entered_and_changed(client, organisation) -> None:
    client.post(address(), {"value": "6", "source": "Intranet", "submission": uuid.uuid4()})
    client.post(address(), {"value": "", "source": "Intranet", "version": "1"})

    figure = YearFigure.objects.get()
    assert (figure.value, figure.source, figure.version) == (None, "Intranet", 2)


@pytest.mark.parametrize("value", ["-1", "veel", "1e99"])
def test_a_wrong_figure_comes_back(client, organisation, value) -> None:
    response = client.post(address(), {"value": value, "source": "Getypte bron", "submission": uuid.uuid4()})

    assert response.status_code == 422
    assert "Getypte bron" in response.content.decode()
    assert not YearFigure.objects.exists()


def test_a_published_figure_is_corrected_with_a_reason(client, organisation) -> None:
    year_figure(organisation, "team-talks", 2025, 21, published_before=True)

    without_reason = client.post(address(), {"value": "19", "version": "1"})
    unchanged = client.post(address(), {"value": "21", "restatement_reason": "Zomaar", "version": "1"})
    client.post(address(), {"value": "19", "restatement_reason": "Dubbel geteld", "version": "1"})

    assert (without_reason.status_code, unchanged.status_code) == (422, 422)
    assert (YearFigure.objects.get().value, YearFigure.objects.get().restated_from) == (19, 21)
    shown = client.get(reverse("figures:indicator", args=["team-talks"])).content.decode()
    assert "21. Dubbel geteld" in shown


def test_two_people_change_one_figure(client, organisation) -> None:
    year_figure(organisation, "team-talks", 2025, 6)
    client.post(address(), {"value": "7", "version": "1"})

    response = client.post(address(), {"value": "8", "version": "1"})

    assert response.status_code == 409
    assert [(d.stored, d.typed) for d in response.context["differences"]] == [("7", "8")]
    assert YearFigure.objects.get().value == 7


def test_published_meanwhile_asks_for_a_correction(client, organisation) -> None:
    year_figure(organisation, "team-talks", 2025, 6, published_before=True)

    response = client.post(address(), {"value": "8", "source": "x", "version": "1"})

    assert response.status_code == 422
    assert YearFigure.objects.get().value == 6


def test_an_own_figure_has_a_new_name(client, organisation) -> None:
    form = {"unit": "keer", "definition": "Elk beraad."}

    taken = client.post(
        reverse("figures:indicator_new"),
        form | {"name": "teamgesprekken over integriteit", "submission": uuid.uuid4()},
    )
    made = client.post(reverse("figures:indicator_new"), form | {"name": "Moresberaden", "submission": uuid.uuid4()})

    assert (taken.status_code, made["Location"]) == (422, "/werk/cijfers/moresberaden/")
    assert client.get(made["Location"]).status_code == 200


def test_own_figures_of_another_body_are_as_absent_as_ones_that_never_were(client, organisation, other_organisation):
    with organisation_scope(other_organisation.pk):
        OwnIndicator.objects.create(
            organisation=other_organisation, code="hun-cijfer", name="Hun cijfer", unit="x", definition="x"
        )
        year_figure(other_organisation, "team-talks", 2025, 77)

    for code in ("hun-cijfer", "bestaat-niet"):
        assert client.get(reverse("figures:indicator", args=[code])).status_code == 404
        assert client.post(address(code, 2025)).status_code == 404
    assert "Hun cijfer" not in client.get(reverse("figures:figures")).content.decode()
    assert client.get(reverse("figures:indicator", args=["team-talks"])).context["years"] == []


def test_what_the_records_count_is_shown_until_somebody_enters_more(client, organisation, coordinator) -> None:
    start_report(actor=coordinator, year=2025, reference_date=date(2026, 3, 31))
    activity(organisation, kind="team_talk", status="held", year=2025, sessions=6)
    activity(organisation, kind="team_talk", status="held", year=2024, sessions=9)
    page = reverse("figures:indicator", args=["team-talks"])

    def listed() -> list:
        rows = client.get(reverse("figures:figures") + "?jaar=2025").context["rows"]
        return next([f.value for f in row.figures] for row in rows if row.indicator.code == "team-talks")

    assert listed() == [None, None, 6]  # of 2024 nobody gives account, so the records may not be complete
    counted = client.get(page).content.decode()
    assert "geteld" in counted and "1 activiteit van 2025" in counted
    assert "Uw gegevens tellen 6 gesprekken" in client.get(address("team-talks", 2025)).content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "1 activity of 2025" in client.get(page).content.decode()
    del client.cookies[settings.LANGUAGE_COOKIE_NAME]

    year_figure(organisation, "team-talks", 2025, 8)

    assert listed() == [None, None, 8]
    assert "geteld" not in client.get(page).content.decode()


def test_a_sum_that_is_not_known_is_not_counted(client, organisation, coordinator) -> None:
    start_report(actor=coordinator, year=2025, reference_date=date(2026, 3, 31))
    activity(organisation, kind="team_talk", status="held", year=2025, sessions=None)

    assert client.get(reverse("figures:indicator", args=["team-talks"])).context["years"] == []
    assert "Uw gegevens tellen" not in client.get(address("team-talks", 2025)).content.decode()


@pytest.mark.parametrize("year", [1989, 2028, 99999])
def test_years_that_nobody_means_are_not_there(client, organisation, year) -> None:
    assert client.get(address("team-talks", year)).status_code == 404


@pytest.mark.parametrize(
    ("role", "view", "change"),
    [("coordinator", 200, 200), ("chair", 200, 403), ("clerk", 403, 403), ("manager", 403, 403), ("staff", 403, 403)],
)
def test_each_role_opens_its_own_pages(client_as, role, view, change) -> None:
    client = client_as(role)

    assert client.get(reverse("figures:figures")).status_code == view
    assert client.get(reverse("figures:indicator", args=["team-talks"])).status_code == view
    assert client.get(address()).status_code == change
    assert client.get(reverse("figures:indicator_new")).status_code == change


def test_sending_a_new_figure_twice_is_no_mistake(client, organisation) -> None:
    typed = {"value": "6", "submission": uuid.uuid4()}

    answers = [client.post(address(), typed) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert YearFigure.objects.get().value == 6


def test_who_enters_a_figure_that_somebody_else_has_just_entered_is_not_told_that_it_was_saved(
    client, organisation
) -> None:
    year_figure(organisation, "team-talks", 2025, 7)

    answer = client.post(address(), {"value": "6", "submission": uuid.uuid4()})

    assert answer.status_code == 422
    assert answer.context["form"]["value"].value() == "6"
    assert YearFigure.objects.get().value == 7
