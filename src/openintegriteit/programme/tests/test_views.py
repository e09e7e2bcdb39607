import uuid
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.programme.models import (
    Activity,
    Finding,
    GroupMember,
    Measure,
    MeasureHeading,
    ProgressNote,
    WorkingGroup,
)
from openintegriteit.programme.tests.factories import activity, finding, heading, measure, plan_of

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-21 12:00", tick=False):
        yield


@pytest.fixture
def client(client_as):
    return client_as("coordinator")


def address_of(name, *args) -> str:
    """Where a page stands; a measure and an activity get what a higher floor knows, so their names stand apart."""
    return reverse(name if name in {"measure", "measure_note", "activity"} else f"programme:{name}", args=args)


def page(client, name, *args, query="") -> str:
    response = client.get(address_of(name, *args) + query)
    assert response.status_code == 200
    return response.content.decode()


def measure_form(**values) -> dict:
    return {"title": "Doorlichten", "priority": "2", "status": "not_started", "submission": uuid.uuid4()} | values


def activity_form(**values) -> dict:
    given = {"title": "Training", "theme": "Trainingen", "kind": "training", "year": "2026", "status": "planned"}
    return given | {"submission": uuid.uuid4()} | values


# -- Lists -----------------------------------------------------------------------------------------------------------


def shown_numbers(client, query: str) -> list[int]:
    response = client.get(reverse("programme:measures") + query)
    return [row.number for row in response.context["listing"].page]


def test_measures_are_filtered_by_what_the_address_says(client, organisation) -> None:
    under = heading(organisation, "Inkoop")
    measure(organisation, number=1, title="Rollen scheiden", pillar=5, status="delayed", due_on=date(2026, 11, 20))
    measure(organisation, number=2, owner="Financiën", pillar=5, status="done", due_on=date(2025, 11, 20))
    measure(organisation, number=3, heading=under, status="on_schedule", due_on=date(2026, 11, 21))

    assert shown_numbers(client, "") == [1, 2, 3]
    assert shown_numbers(client, "?zoek=rollen+SCHEIDEN") == [1]
    assert shown_numbers(client, "?stand=te-laat") == [1]
    assert shown_numbers(client, "?pijler=5&eigenaar=financ") == [2]
    assert shown_numbers(client, f"?rubriek={under.pk}") == [3]
    assert shown_numbers(client, "?jaar=2026&sorteer=-nummer") == [3, 1]
    assert shown_numbers(client, "?pijler=99&jaar=x&rubriek=y&pagina=z&sorteer=id") == [1, 2, 3]


def test_the_word_of_a_status_filters(client, organisation) -> None:
    measure(organisation, number=1, status="on_schedule")
    measure(organisation, number=2, status="done")
    options = {str(label): word for word, label in _choices(client, "measures", "stand")}

    assert shown_numbers(client, f"?stand={options[str(Measure(status='done').get_status_display())]}") == [2]


def _choices(client, name, field) -> list:
    return list(client.get(reverse(f"programme:{name}")).context["listing"].filters.fields[field].choices)


def test_activities_in_the_look_back_are_held_or_running(client, organisation) -> None:
    for status in ("held", "running", "planned", "called_off"):
        activity(organisation, title=status, status=status)

    response = client.get(reverse("programme:activities") + "?stand=terugblik&jaar=2025")

    assert {row.title for row in response.context["listing"].page} == {"held", "running"}


def test_a_list_is_handed_out_as_it_is_filtered(client, organisation) -> None:
    measure(organisation, number=1, title="=1+1", status="done")
    measure(organisation, number=2, title="Andere", status="delayed", due_on=date(2026, 1, 1))

    response = client.get(reverse("programme:measures") + "?formaat=csv&stand=te-laat")
    everything = client.get(reverse("programme:measures") + "?formaat=csv")

    assert len(response.content.decode("utf-8-sig").splitlines()) == 2
    assert ";'=1+1;" in everything.content.decode("utf-8-sig")
    assert response["Content-Disposition"] == 'attachment; filename="maatregelen-2026-11-21.csv"'


@pytest.mark.parametrize("name", ["measures", "findings", "activities", "working_groups"])
def test_a_list_asks_as_much_of_the_database_with_a_thousand_rows(client, organisation, name) -> None:
    def make(numbers) -> None:
        plan, title = plan_of(organisation), MeasureHeading.objects.first() or heading(organisation, "Rubriek")
        of = {"organisation": organisation}
        rows = [Measure(plan=plan, number=n, title="M", heading=title, due_on=date(2026, 1, 1), **of) for n in numbers]
        Measure.objects.bulk_create(rows)
        Finding.objects.bulk_create(Finding(number=n, kind="audit", text="B", **of) for n in numbers)
        groups = [WorkingGroup(name=f"W{n}", **of) for n in numbers]
        WorkingGroup.objects.bulk_create(groups)
        GroupMember.objects.bulk_create(GroupMember(group=group, name="Lid", **of) for group in groups)
        Activity.objects.bulk_create(
            Activity(title="A", theme="T", year=2026, measure=row, working_group=group, series=group.pk, **of)
            for row, group in zip(rows, groups, strict=True)
        )

    def queries() -> int:
        return data_queries(lambda: page(client, name))

    make(range(1, 11))
    few = queries()
    make(range(11, 1001))

    assert queries() == few
    assert few <= 9


# -- One record ------------------------------------------------------------------------------------------------------


def test_a_measure_shows_all_that_hangs_on_it(client, organisation) -> None:
    weak = finding(organisation, number=7, text="Eén persoon doet alles")
    about = measure(organisation, title="Rollen scheiden", finding=weak, description="Eerste alinea\n\n- een\n- twee")
    activity(organisation, title="Analyse", measure=about)
    ProgressNote.objects.create(organisation=organisation, measure=about, text="<b>Loopt</b>")

    shown = page(client, "measure", about.pk)

    assert "7. Eén persoon doet alles" in shown
    assert "Analyse" in shown
    assert "&lt;b&gt;Loopt&lt;/b&gt;" in shown
    assert '<li class="utrecht-unordered-list__item">een</li>' in shown


def test_a_manager_sees_measures_without_what_lies_around_them(client_as, organisation) -> None:
    about = measure(organisation, finding=finding(organisation, text="Geheime zwakte"))
    activity(organisation, title="Gesloten overleg", measure=about)

    shown = page(client_as("manager"), "measure", about.pk)

    assert "Geheime zwakte" not in shown
    assert "Gesloten overleg" not in shown


def test_the_history_of_a_measure_tells_a_manager_nothing_of_findings(client, client_as, organisation) -> None:
    weak = finding(organisation, number=3, text="Geheime zwakte")
    about = measure(organisation, number=1)
    client.post(
        reverse("programme:measure_edit", args=[about.pk]), measure_form(version=1, finding="3", owner="Inkoop")
    )

    told = {role: page(client_as(role), "measure", about.pk) for role in ("secretary", "manager")}

    assert [told[role].count(str(weak)) for role in ("secretary", "manager")] == [2, 0]
    assert "Eigenaar: “Inkoop”" in told["manager"]


@pytest.mark.parametrize(("role", "told"), [("secretary", True), ("manager", False)])
def test_a_file_of_measures_names_findings_for_who_may_see_them(client_as, organisation, role, told) -> None:
    measure(organisation, finding=finding(organisation, number=98765))

    file = client_as(role).get(reverse("programme:measures"), {"formaat": "csv"}).content.decode()

    assert ("98765" in file, "Bevinding" in file) == (told, told)


def test_a_new_measure_gets_its_number_and_leads_to_its_page(client, organisation) -> None:
    finding(organisation, number=3)

    response = client.post(
        reverse("programme:measure_new"), measure_form(finding="3", pillar="5", description="een\r\ntwee")
    )

    made = Measure.objects.get()
    assert response.status_code == 302
    assert response["Location"] == reverse("measure", args=[made.pk])
    assert (made.number, made.pillar, made.finding.number, made.description) == (1, 5, 3, "een\ntwee")


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"finding": "99"},
        {"finding": "99999999999999999999999"},
        {"due_on": "31-02-2026"},
        {"budget": "veel"},
        {"status": "delayed", "finished_on": "2026-01-01"},
        {"heading": "geen"},
        {"pillar": "9"},
    ],
)
def test_what_cannot_be_saved_comes_back_as_it_was_typed(client, organisation, wrong) -> None:
    response = client.post(reverse("programme:measure_new"), measure_form(owner="Getypte eigenaar", **wrong))

    assert response.status_code == 422
    assert "Getypte eigenaar" in response.content.decode()
    assert not Measure.objects.exists()


def test_two_people_change_one_measure(client, organisation) -> None:
    about = measure(organisation, title="Oud", owner="Financiën")
    address = reverse("programme:measure_edit", args=[about.pk])
    client.post(address, measure_form(title="Van de eerste", owner="Financiën", version="1"))

    response = client.post(address, measure_form(title="Van de tweede", owner="Financiën", version="1"))

    shown = response.content.decode()
    assert response.status_code == 409
    assert "Van de eerste" in shown
    assert 'value="Van de tweede"' in shown
    assert [difference.stored for difference in response.context["differences"]] == ["Van de eerste"]
    assert Measure.objects.get().title == "Van de eerste"

    again = client.post(
        address, measure_form(title="Van de tweede", version=response.context["form"]["version"].value())
    )
    assert again.status_code == 302
    assert Measure.objects.get().title == "Van de tweede"


def test_the_number_of_a_measure_cannot_be_sent_along(client, organisation) -> None:
    about = measure(organisation, number=9)

    client.post(reverse("programme:measure_edit", args=[about.pk]), measure_form(version="1", number="1"))

    assert Measure.objects.get().number == 9


def test_the_status_is_changed_by_itself(client, organisation) -> None:
    about = measure(organisation, title="Blijft", status="delayed")

    client.post(reverse("programme:measure_status", args=[about.pk]), {"status": "done", "version": "1"})

    changed = Measure.objects.get()
    assert (changed.title, changed.status, changed.finished_on) == ("Blijft", "done", date(2026, 11, 21))


def test_a_note_is_added_and_a_wrong_one_comes_back(client, organisation) -> None:
    about = measure(organisation)
    address = reverse("measure_note", args=[about.pk])

    wrong = client.post(address, {"text": "Te vroeg", "noted_on": "2026-11-22", "submission": uuid.uuid4()})
    right = client.post(address, {"text": "Loopt goed", "noted_on": "2026-11-21", "submission": uuid.uuid4()})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "Te vroeg" in wrong.content.decode()
    assert [note.text for note in ProgressNote.objects.all()] == ["Loopt goed"]


def test_an_activity_is_added_with_its_measure(client, organisation) -> None:
    measure(organisation, number=13)

    response = client.post(reverse("programme:activity_new"), activity_form(measure="13", sessions="0"))

    made = Activity.objects.get()
    assert response["Location"] == reverse("activity", args=[made.pk])
    assert (made.measure.number, made.sessions, made.participants) == (13, 0, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "called_off"},
        {"status": "held", "starts_on": "2026-11-22"},
        {"starts_on": "2026-12-02", "ends_on": "2026-12-01"},
        {"sessions": "-1"},
        {"year": "1889"},
    ],
)
def test_a_wrong_activity_comes_back(client, organisation, wrong) -> None:
    response = client.post(reverse("programme:activity_new"), activity_form(audience="Iedereen hier", **wrong))

    assert response.status_code == 422
    assert "Iedereen hier" in response.content.decode()
    assert not Activity.objects.exists()


def test_a_finding_is_added_and_changed(client, organisation) -> None:
    form = {"text": "Zwak", "kind": "audit", "status": "open", "taken_over": "undecided"}
    client.post(reverse("programme:finding_new"), form | {"submission": uuid.uuid4()})
    found = Finding.objects.get()

    client.post(reverse("programme:finding_edit", args=[found.pk]), form | {"status": "resolved", "version": "1"})

    found.refresh_from_db()
    assert (found.number, found.status, found.version) == (1, "resolved", 2)
    assert len(client.get(reverse("programme:finding", args=[found.pk])).context["history"]) == 2


def test_a_heading_stands_once_in_the_plan(client, organisation) -> None:
    address = reverse("programme:headings")
    form = {"title": "Inkoop", "order": "1"}

    first = client.post(address, form | {"submission": uuid.uuid4()})
    second = client.post(address, form | {"submission": uuid.uuid4()})

    assert (first.status_code, second.status_code) == (302, 422)
    assert MeasureHeading.objects.count() == 1


# -- Who may see what ------------------------------------------------------------------------------------------------

DETAILS = (
    "measure",
    "measure_edit",
    "measure_status",
    "measure_note",
    "heading",
    "finding",
    "finding_edit",
    "activity",
    "activity_edit",
)


@pytest.mark.parametrize("name", DETAILS)
def test_a_record_of_another_body_is_as_absent_as_one_that_never_was(client, organisation, other_organisation, name):
    with organisation_scope(other_organisation.pk):
        theirs = {
            "measure": measure(other_organisation).pk,
            "heading": heading(other_organisation, "Hun rubriek").pk,
            "finding": finding(other_organisation).pk,
            "activity": activity(other_organisation).pk,
        }[name.split("_")[0]]

    foreign, absent = (client.post(address_of(name, key)) for key in (theirs, uuid.uuid4()))

    assert foreign.status_code == absent.status_code == 404
    assert client.get(address_of(name, theirs)).status_code == 404


@pytest.mark.parametrize(
    ("role", "measures", "findings", "new"),
    [
        ("coordinator", 200, 200, 200),
        ("secretary", 200, 200, 403),
        ("internal_auditor", 200, 200, 403),
        ("manager", 200, 403, 403),
        ("clerk", 403, 403, 403),
        ("staff", 403, 403, 403),
        ("technical_administrator", 403, 403, 403),
    ],
)
def test_each_role_opens_its_own_pages(client_as, role, measures, findings, new) -> None:
    client = client_as(role)

    def status(name: str) -> int:
        return client.get(reverse(f"programme:{name}")).status_code

    assert (status("measures"), status("findings"), status("measure_new")) == (measures, findings, new)
    assert status("activities") == findings
    assert client.get(reverse("programme:measures") + "?formaat=csv").status_code == measures


def test_who_is_not_signed_in_is_asked_to(client_as, organisation) -> None:
    client = client_as("coordinator")
    client.logout()

    assert client.get(reverse("programme:measures"))["Location"].startswith("/account/")


# -- Was it held? ----------------------------------------------------------------------------------------------------


def answer(client, about, **values):
    given = {"version": about.version, "outcome": ""} | values
    return client.post(reverse("programme:activity_answer", args=[about.pk]), given)


def test_an_activity_whose_day_has_gone_by_is_held_in_one_click(client, organisation) -> None:
    about = activity(organisation, starts_on=date(2026, 11, 20))
    assert reverse("programme:activity_answer", args=[about.pk]) in page(client, "activity", about.pk)

    assert answer(client, about, status="held").status_code == 302

    about.refresh_from_db()
    assert (about.status, about.participants) == ("held", None)
    assert reverse("programme:activity_answer", args=[about.pk]) not in page(client, "activity", about.pk)


@pytest.mark.parametrize(
    ("day", "values"),
    [(20, {"status": "called_off"}), (20, {"status": "planned"}), (20, {}), (22, {"status": "held"})],
)
def test_an_answer_that_cannot_be_changes_nothing(client, organisation, day, values) -> None:
    about = activity(organisation, starts_on=date(2026, 11, day))

    assert answer(client, about, **values).status_code == 422

    about.refresh_from_db()
    assert (about.status, about.version) == ("planned", 1)


def test_an_answer_on_an_older_version_is_a_choice(client, organisation) -> None:
    about = activity(organisation, starts_on=date(2026, 11, 20), version=2)

    assert answer(client, about, version=1, status="held").status_code == 409
    about.refresh_from_db()
    assert about.status == "planned"


def test_the_list_finds_what_nobody_told_about(client, organisation) -> None:
    activity(organisation, title="Voorbij", starts_on=date(2026, 11, 20))
    activity(organisation, title="Loopt nog", starts_on=date(2026, 11, 20), ends_on=date(2026, 11, 21))
    activity(organisation, title="Geweest", starts_on=date(2026, 11, 20), status="held")

    shown = page(client, "activities", query="?stand=te-vertellen")

    assert [title in shown for title in ("Voorbij", "Loopt nog", "Geweest")] == [True, False, False]
