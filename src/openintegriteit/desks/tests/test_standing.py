"""The desk of who reads and does not keep the records: each colour in a word, with its reason."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openintegriteit.accountability.operations import start_report
from openintegriteit.accountability.tests.factories import question
from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.event_log.models import Chain
from openintegriteit.event_log.operations import record
from openintegriteit.event_log.queries import verify_chain
from openintegriteit.identity.models import RoleGrant
from openintegriteit.identity.tests.factories import user_with_roles
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.policy.models import Regulation
from openintegriteit.programme.models import Finding, Measure
from openintegriteit.programme.tests.factories import finding, measure, plan_of
from openintegriteit.registers.abstentions.tests.factories import exemption

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HOME = "/werk/"
OVERVIEW = "/werk/?bureau=overzicht"


def standings(client):
    """Colour, word and reason by subject."""
    return {row.subject: (row.status, row.reason) for row in client.get(OVERVIEW).context["desk"].standings}


@pytest.fixture
def about(organisation, coordinator):
    return start_report(actor=coordinator, year=today().year - 1, reference_date=today())


@pytest.mark.parametrize("role", ["chair", "executive_member", "secretary"])
def test_who_governs_sees_every_subject_of_the_thread(client_as, organisation, role):
    assert list(standings(client_as(role))) == [
        "Maatregelen",
        "Bevindingen",
        "Wettelijke verplichtingen",
        "Regelingen en codes",
        "Jaarverslag",
        "Raadsvragen",
    ]


@pytest.mark.parametrize(
    ("role", "subjects"),
    [
        ("manager", ["Maatregelen"]),
        ("works_council", ["Wettelijke verplichtingen", "Regelingen en codes"]),
        ("clerk", ["Wettelijke verplichtingen", "Regelingen en codes", "Jaarverslag", "Raadsvragen"]),
    ],
)
def test_others_see_only_what_they_may_open(client_as, organisation, role, subjects):
    client = client_as(role)

    assert list(standings(client)) == subjects
    for row in client.get(OVERVIEW).context["desk"].standings:
        assert client.get(row.address, follow=True).status_code == 200


def test_what_nobody_recorded_is_not_known_and_asks_nothing(client_as, organisation):
    response = client_as("chair").get(HOME)

    assert {row.status for row in response.context["desk"].standings} == {"neutral"}
    assert "Niets vraagt vandaag uw aandacht" in response.content.decode()


def test_measures_are_late_soon_or_in_order(client_as, organisation):
    client, day = client_as("manager"), today()
    measure(organisation, due_on=day + timedelta(days=31))
    assert standings(client)["Maatregelen"][0] == "ok"

    measure(organisation, due_on=day + timedelta(days=30))
    assert standings(client)["Maatregelen"] == ("soon", "1 maatregel eindigt binnen dertig dagen.")

    measure(organisation, due_on=day - timedelta(days=1))
    measure(organisation, due_on=day - timedelta(days=1), status="done")
    assert standings(client)["Maatregelen"] == ("late", "1 maatregel is over de datum.")


def test_findings_are_late_without_a_term_or_in_order(client_as, organisation):
    client, day = client_as("chair"), today()
    finding(organisation, status="resolved", due_on=day - timedelta(days=9))
    assert standings(client)["Bevindingen"] == ("ok", "Elke bevinding is opgelost.")

    finding(organisation, due_on=day)
    assert standings(client)["Bevindingen"] == ("ok", "1 bevinding staat open, binnen de termijn.")

    finding(organisation, due_on=None)
    assert standings(client)["Bevindingen"] == ("soon", "1 open bevinding heeft geen termijn.")

    finding(organisation, due_on=day - timedelta(days=1))
    assert standings(client)["Bevindingen"] == ("late", "Van 1 bevinding is de termijn voorbij.")


def test_regulations_and_questions_say_what_waits(client_as, organisation, about):
    Regulation.objects.create(
        organisation=organisation, title="Code", kind="scheme", review_due_on=today() - timedelta(days=1)
    )
    question(about, question="Waarom?")

    seen = standings(client_as("clerk"))

    assert seen["Regelingen en codes"] == (
        "late",
        "1 regeling is over de dag voor de herziening.",
    )
    assert seen["Raadsvragen"] == ("soon", "1 vraag heeft geen antwoord.")


def test_a_report_without_a_day_asks_for_one(client_as, organisation, about):
    assert standings(client_as("clerk"))[f"Jaarverslag {about.year}"] == (
        "soon",
        "14 onderdelen zijn nog niet klaar. Er is nog geen dag bepaald waarop het naar buiten gaat.",
    )


@pytest.mark.parametrize(("days", "status"), [(-1, "late"), (0, "soon"), (60, "soon"), (61, "ok")])
def test_a_report_with_open_sections_stands_by_the_day_on_which_it_goes_out(
    client_as, organisation, about, days, status
):
    about.council_on = today() + timedelta(days=days)
    about.save()

    found, reason = standings(client_as("secretary"))[f"Jaarverslag {about.year}"]

    assert found == status
    assert reason.startswith("14 onderdelen zijn nog niet klaar.")


def test_the_auditor_sees_how_the_event_log_stands(client_as, organisation, coordinator):
    client = client_as("internal_auditor")
    record(actor=coordinator, action="measure.created", subject="programme.measure")
    assert standings(client)["Logboek"] == ("neutral", "Het logboek is nog niet gecontroleerd.")

    verify_chain(organisation.pk)
    status, reason = standings(client)["Logboek"]
    assert status == "soon"
    assert reason.startswith("Het hele logboek is gecontroleerd op ")
    assert reason.endswith("Er is nog geen controlepunt gemaakt.")

    Chain.objects.filter(key=str(organisation.pk)).update(checkpointed_on=today())
    assert standings(client)["Logboek"][0] == "ok"

    Chain.objects.filter(key=str(organisation.pk)).update(verified_at=timezone.now() - timedelta(days=3))
    assert standings(client)["Logboek"][0] == "soon"

    Chain.objects.filter(key=str(organisation.pk)).update(verified_first_bad=3)
    assert standings(client)["Logboek"] == ("late", "Het logboek klopt niet vanaf regel 3.")


def test_the_days_to_come_are_those_that_the_person_may_see(client_as, organisation):
    measure(organisation, title="Straks", due_on=today() + timedelta(days=5))
    measure(organisation, title="Voorbij", due_on=today() - timedelta(days=5))
    finding(organisation, text="Bevonden", due_on=today() + timedelta(days=4))

    def coming(role):
        return [item.title for item in client_as(role).get(OVERVIEW).context["desk"].coming]

    assert [len(coming("chair")), len(coming("manager")), len(coming("works_council"))] == [2, 1, 0]


def test_of_many_things_to_do_the_desk_tells_how_many_there_are(client_as, organisation):
    member = PersonFactory(organisation=organisation, kind="executive_member")
    for _number in range(6):
        exemption(organisation, member, review_on=today())
    client = client_as("secretary")
    shown = client.get(HOME).content.decode()
    assert "Er liggen 6 dingen voor u klaar" in shown and "De eerste 6 van" not in shown

    exemption(organisation, member, review_on=today())

    page = client.get(HOME)
    assert len(page.context["desk"].due) == 6
    assert "De eerste 6 van 7." in page.content.decode()


def test_records_of_another_body_do_not_count(client_as, organisation, other_organisation):
    with organisation_scope(other_organisation.pk):
        measure(other_organisation, due_on=today() - timedelta(days=1))

    assert standings(client_as("manager"))["Maatregelen"][0] == "neutral"


def test_it_asks_the_database_as_often_for_many_records_as_for_few(client_as, organisation, about):
    client, plan = client_as("internal_auditor"), plan_of(organisation)

    def queries_with(number):
        rows, shared = range(Measure.objects.count() + 1, number + 1), {"organisation": organisation}
        Measure.objects.bulk_create(
            Measure(plan=plan, number=n, title=f"M{n}", due_on=today() - timedelta(days=1), **shared) for n in rows
        )
        Finding.objects.bulk_create(Finding(number=n, kind="audit", text="B", due_on=today(), **shared) for n in rows)
        client.get(HOME)
        return data_queries(lambda: client.get(HOME))

    few, many = queries_with(5), queries_with(300)

    assert many == few
    assert few <= 52


def test_what_many_parts_of_the_desk_ask_is_looked_up_once(client_as, organisation, about):
    client = client_as("executive_member")
    client.get(HOME)

    with CaptureQueriesContext(connection) as captured:
        client.get(HOME)

    own_rows = [query["sql"] for query in captured if '"organisations_person"."email_lower" = ' in query["sql"]]
    assert len(own_rows) == 1


def test_several_roles_have_tabs_and_the_address_chooses(client_as, organisation):
    client = client_as("coordinator", "secretary", "functional_administrator")

    def shown(address):
        response = client.get(address)
        return [str(label) for label, _address, _current in response.context["tabs"]], [
            str(label) for label, _address, current in response.context["tabs"] if current
        ]

    labels = ["Coördinator", "Hoe staan we ervoor", "Functioneel beheer", "Voor iedereen"]
    assert shown(HOME) == (labels, ["Coördinator"])
    assert shown(f"{HOME}?bureau=overzicht") == (labels, ["Hoe staan we ervoor"])
    assert shown(f"{HOME}?bureau=onbekend") == (labels, ["Coördinator"])


def test_the_address_gives_nobody_the_desk_of_another_role(client_as, organisation):
    response = client_as("staff").get(f"{HOME}?bureau=coordinator")

    assert "desks/home.html" in [template.name for template in response.templates]
    assert response.context["tabs"] == []


def test_everybody_sees_whom_to_ask_of_this_body_only(client_as, organisation, other_organisation):
    adviser = user_with_roles(organisation, "adviser")
    waiting = user_with_roles(organisation)
    RoleGrant.objects.create(organisation=organisation, user=waiting, role=Role.ADVISER)
    elsewhere = user_with_roles(other_organisation, "adviser")
    user_with_roles(organisation, "handler")

    contacts = client_as("staff").get(HOME).context["contacts"]

    assert contacts == [("vertrouwenspersoon", adviser.name)]
    assert waiting.name != adviser.name
    assert elsewhere.name not in str(contacts)
