"""The desks: what each role sees first, and where it may go from there."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from openintegriteit.accountability.models import ReportText
from openintegriteit.accountability.operations import start_report
from openintegriteit.accountability.tests.factories import question
from openintegriteit.campaigns.tests.factories import opened
from openintegriteit.core.clock import today
from openintegriteit.core.models import ScheduledJob
from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.desks.views import HITS_OF_A_KIND
from openintegriteit.event_log.models import Chain
from openintegriteit.event_log.operations import record
from openintegriteit.event_log.queries import verify_chain
from openintegriteit.figures.tests.factories import year_figure
from openintegriteit.identity.models import RoleGrant
from openintegriteit.identity.tests.factories import user_with_roles
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.policy.models import Regulation, RegulationVersion
from openintegriteit.policy.reading import subject_of
from openintegriteit.policy.tests.factories import regulation, version
from openintegriteit.programme.models import Activity, Finding, Measure
from openintegriteit.programme.tests.factories import activity, finding, measure, plan_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

HOME = "/werk/"


def desk(client):
    response = client.get(HOME)
    assert response.status_code == 200
    return response


def menu(client):
    """The labels of the menu by group."""
    return {group.title: [entry.label for entry in group.entries] for group in desk(client).context["navigation"]}


def counted(client):
    """The entries of the menu that count something, with what they count."""
    entries = [entry for group in desk(client).context["navigation"] for entry in group.entries]
    return [(entry.label, entry.count) for entry in entries if entry.count]


@pytest.fixture
def about(organisation, coordinator):
    year = today().year - 1
    return start_report(actor=coordinator, year=year, reference_date=date(year, 12, 31))


class TestTheCoordinator:
    """The desk of the integrity coordinator."""

    def test_an_empty_body_is_told_where_to_begin(self, client_as, organisation):
        text = desk(client_as("coordinator")).content.decode()

        assert "Begin met uw eerste jaar" in text
        assert "Nu te doen" not in text
        assert "Begin hier" in text
        assert reverse("accountability:import") in text

    def test_what_is_due_stands_on_top_the_latest_first(self, client_as, organisation):
        day = today()
        measure(organisation, title="Bijna", due_on=day + timedelta(days=3))
        measure(organisation, title="Te laat", due_on=day - timedelta(days=12))
        measure(organisation, title="Later", due_on=day + timedelta(days=90))
        finding(organisation, text="Bevonden", due_on=day + timedelta(days=1))

        response = desk(client_as("coordinator"))

        assert [item.title for item in response.context["desk"].due] == ["Te laat", "Bevonden", "Bijna"]
        assert "3 dingen vragen vandaag uw aandacht" in response.content.decode()
        assert "12 dagen te laat" in response.content.decode()

    def test_a_report_that_goes_out_soon_says_how_many_sections_wait(self, client_as, organisation, about):
        about.council_on = today() + timedelta(days=20)
        about.save()
        for section, states in (("visie", {"ready": True}), ("borging", {"left_out": True}), ("agenda", {})):
            ReportText.objects.create(organisation=organisation, report=about, section=section, **states)
        # A text of the form is no section.
        ReportText.objects.create(organisation=organisation, report=about, section="formulier:authority", ready=True)

        (item,) = desk(client_as("coordinator")).context["desk"].due

        assert item.title == f"Jaarverslag {about.year} gaat naar de raad"
        assert item.detail == "12 onderdelen zijn nog niet klaar."

    def test_a_question_without_an_answer_is_due(self, client_as, organisation, about):
        question(about, question="Waarom?", answer="Daarom.")
        open_question = question(about, question="Hoeveel?")

        (item,) = desk(client_as("coordinator")).context["desk"].due

        assert (item.detail, item.address) == (
            "Hoeveel?",
            reverse("accountability:question_edit", args=[open_question.pk]),
        )

    def test_the_thread_counts_what_the_records_hold(self, client_as, organisation, about):
        code = Regulation.objects.create(
            organisation=organisation, title="Code", kind="scheme", review_due_on=date(2020, 1, 1)
        )
        RegulationVersion.objects.create(organisation=organisation, regulation=code)
        finding(organisation, status="open")
        finding(organisation, status="resolved")
        measure(organisation, status="done")
        measure(organisation, due_on=today() - timedelta(days=1))
        activity(organisation, year=about.year, status="held", participants=1200)
        activity(organisation, year=about.year, status="held", participants=None)

        beads = desk(client_as("coordinator")).context["desk"].beads

        assert [(bead.figure, bead.detail) for bead in beads[:4]] == [
            ("1", "1 moet worden herzien"),
            ("1", "van 2 in totaal"),
            ("2", "1 klaar, 1 te laat"),
            ("2", "1.200 bekende deelnemers"),
        ]
        assert beads[4].figure == "0%"

    def test_measures_of_this_quarter_are_listed(self, client_as, organisation, monkeypatch):
        measure(organisation, title="Dit kwartaal", due_on=date(2026, 12, 31))
        measure(organisation, title="Volgend kwartaal", due_on=date(2027, 1, 1))
        measure(organisation, title="Vorig kwartaal", due_on=date(2026, 9, 30))
        monkeypatch.setattr("openintegriteit.desks.views.today", lambda: date(2026, 11, 22))

        listed = desk(client_as("coordinator")).context["desk"].measures

        assert [row.title for row in listed] == ["Dit kwartaal"]

    def test_measures_without_any_pillar_or_figure_draw_no_chart(self, client_as, organisation, about):
        measure(organisation)

        shown = desk(client_as("coordinator")).context["desk"]

        assert (shown.pillars, shown.contacts) == (None, None)

    def test_pillars_and_contacts_are_drawn_with_their_figures(self, client_as, organisation, about):
        measure(organisation, pillar=1)
        year_figure(organisation, "adviser-contact-persons", about.year, 8)

        shown = desk(client_as("coordinator")).context["desk"]

        assert shown.pillars.table.rows[0][1:] == ("0", "0", "1")
        assert [row[1] for row in shown.contacts.table.rows] == ["niet bekend", "niet bekend", "8"]

    @pytest.mark.slow
    def test_it_asks_the_database_as_often_for_many_records_as_for_few(self, client_as, organisation, about):
        client = client_as("coordinator")
        plan = plan_of(organisation)

        def queries_with(number):
            have = Measure.objects.count()
            rows, shared = range(have + 1, number + 1), {"organisation": organisation}
            Measure.objects.bulk_create(
                Measure(plan=plan, number=n, title=f"M{n}", pillar=1 + n % 8, due_on=today(), **shared) for n in rows
            )
            Finding.objects.bulk_create(Finding(number=n, kind="audit", text="B", **shared) for n in rows)
            Activity.objects.bulk_create(
                Activity(title="A", theme=f"T{n % 9}", year=about.year, status="held", **shared) for n in rows
            )
            client.get(HOME)  # what is fetched once, and charts that are asked of the worker, are not counted
            with CaptureQueriesContext(connection) as captured:
                client.get(HOME)
            return len([query for query in captured if "django_tasks" not in query["sql"]])

        few, many = queries_with(10), queries_with(1000)

        assert many == few
        assert few <= 40


class TestAdministrators:
    """The desks of the functional and the technical administrator."""

    def test_the_functional_administrator_sees_which_roles_wait(self, client_as, organisation):
        someone = user_with_roles(organisation)
        RoleGrant.objects.create(organisation=organisation, user=someone, role=Role.HANDLER)

        text = desk(client_as("functional_administrator")).content.decode()

        assert "Eén rol wacht op een tweede" in text
        assert someone.name in text

    def test_the_technical_administrator_sees_how_it_does_and_no_content(self, client_as, organisation):
        measure(organisation, title="Inhoud van de organisatie")

        text = desk(client_as("technical_administrator")).content.decode()

        assert "Zo gaat het met de installatie" in text
        assert "Inhoud van de organisatie" not in text
        own = ["Mijn bureau", "Mijn regels en codes"]
        assert list(menu(client_as("technical_administrator")).values()) == [own, ["Post die niet wegging"]]

    def test_a_worker_that_is_silent_is_told_of(self, client_as, organisation):
        def worker():
            readings = desk(client_as("technical_administrator")).context["readings"]
            return next(row for row in readings if row.name == "Werk op de achtergrond")

        unseen = worker()
        job = ScheduledJob.objects.create(name="proef", last_run_at=timezone.now() - timedelta(hours=1))
        silent = worker()
        ScheduledJob.objects.filter(pk=job.pk).update(last_run_at=timezone.now())
        alive = worker()

        assert (unseen.well, silent.well, alive.well) == (False, False, True)
        assert "openintegriteit worker" in unseen.advice
        assert "openintegriteit worker" in silent.advice
        assert alive.advice == ""

    def test_the_nightly_work_is_told_of(self, client_as, organisation, coordinator, settings):
        def readings():
            found = desk(client_as("technical_administrator")).context["readings"]
            return {row.name: (row.well, row.value) for row in found}

        record(actor=coordinator, action="measure.created", subject="programme.measure")
        assert readings()["Laatste back-up"] == (False, "nog niet")
        assert readings()["Laatste controle van het logboek"] == (False, "nog niet")
        assert readings()["Laatste controlepunt van het logboek"] == (False, "nog niet")

        job = ScheduledJob.objects.create(name="backup", last_run_at=timezone.now())
        verify_chain(organisation.pk)
        settings.CHECKPOINT_MAIL = "ict@proef.example"
        assert readings()["Laatste controlepunt van het logboek"] == (False, "nog niet")
        Chain.objects.update(checkpointed_on=timezone.localdate())
        assert all(readings()[name][0] for name in readings() if name.startswith("Laatste"))
        assert not readings()["Werk op de achtergrond"][0]  # a backup is no sign of the worker

        long_ago = timezone.now() - timedelta(days=3)
        ScheduledJob.objects.filter(pk=job.pk).update(last_run_at=long_ago)
        Chain.objects.update(verified_at=long_ago)
        assert not readings()["Laatste back-up"][0]
        assert not readings()["Laatste controle van het logboek"][0]

        Chain.objects.update(checkpointed_on=long_ago.date())
        assert not readings()["Laatste controlepunt van het logboek"][0]

        Chain.objects.update(verified_at=timezone.now(), verified_first_bad=1)
        assert readings()["Laatste controle van het logboek"] == (False, "klopt niet")

    def test_the_technical_administrator_sees_where_what_is_destroyed_cannot_be_written(
        self, client_as, settings, tmp_path
    ):
        def reading():
            found = desk(client_as("technical_administrator")).context["readings"]
            return next(row for row in found if row.name == "Wat is vernietigd")

        settings.DESTROYED_DIR = tmp_path / "nog" / "niet" / "daar"
        assert (reading().well, reading().advice) == (True, "")
        (tmp_path / "bestand").write_text("geen map")
        settings.DESTROYED_DIR = tmp_path / "bestand" / "daarin"
        assert not reading().well
        assert str(settings.DESTROYED_DIR) in reading().advice

    def test_who_is_both_coordinator_and_administrator_gets_the_desk_of_the_coordinator(self, client_as, organisation):
        response = desk(client_as("coordinator", "functional_administrator"))

        assert "desks/coordinator.html" in [template.name for template in response.templates]


class TestNavigation:
    """Each role sees only its own entries."""

    @pytest.mark.parametrize(
        ("role", "labels"),
        [
            ("staff", []),
            ("elected_member", ["Mijn vergaderingen"]),
            ("adviser", []),
            ("manager", ["Opgaven om over te beslissen", "Jaarkalender", "Maatregelen"]),
            (
                "clerk",
                [
                    "Jaarkalender",
                    "Wat de wet vraagt",
                    "Stand van de verplichtingen",
                    "Regelingen en codes",
                    "Beleidsplan",
                    "Campagnes",
                    "Nevenfuncties",
                    "Financiële belangen",
                    "Geschenken",
                    "Verboden handelingen",
                    "Eden en verklaringen",
                    "Screening",
                    "Vertrek",
                    "Vergaderingen en onthoudingen",
                    "Geheimhouding",
                    "Registers inlezen",
                    "Jaarverslagen",
                    "Tussenstanden",
                    "Raadsvragen",
                    "Openbare site",
                    "Bewaren en vernietigen",
                ],
            ),
            (
                "works_council",
                [
                    "Jaarkalender",
                    "Wat de wet vraagt",
                    "Stand van de verplichtingen",
                    "Regelingen en codes",
                    "Beleidsplan",
                ],
            ),
            (
                "hr",
                [
                    "Jaarkalender",
                    "Campagnes",
                    "Nevenfuncties",
                    "Financiële belangen",
                    "Geschenken",
                    "Verboden handelingen",
                    "Vervangers",
                    "Aangewezen functies",
                    "Eden en verklaringen",
                    "Screening",
                    "Vertrek",
                    "Opgaven per jaar",
                    "Registers inlezen",
                    "Openbare site",
                    "Mensen",
                    "Afdelingen",
                    "Organisatie",
                    "Bewaren en vernietigen",
                ],
            ),
        ],
    )
    def test_the_menu_of_a_role(self, client_as, organisation, role, labels):
        shown = menu(client_as(role))

        assert [label for entries in shown.values() for label in entries] == [
            "Mijn bureau",
            "Mijn regels en codes",
            "Mijn opgaven",
            *labels,
        ]

    def test_the_menu_names_the_questions_as_this_kind_of_body_does(self, client_as, organisation):
        organisation.kind = "province"
        organisation.save()

        told = menu(client_as("coordinator"))["Verantwoorden"]
        assert told == ["Jaarverslagen", "Tussenstanden", "Statenvragen", "Openbare site", "Jaar inlezen"]

    def test_the_coordinator_walks_the_thread(self, client_as, organisation):
        assert list(menu(client_as("coordinator"))) == [
            "",
            "Norm",
            "Meten",
            "Doen",
            "Registers",
            "Verantwoorden",
            "Beheer",
        ]

    @pytest.mark.parametrize("role", Role.values)
    def test_every_entry_of_the_menu_opens(self, client_as, organisation, role):
        client = client_as(role)

        for group in desk(client).context["navigation"]:
            for entry in group.entries:
                assert client.get(entry.url, follow=True).status_code == 200, entry.url

    def test_where_one_is_is_marked_once(self, client_as, organisation, about):
        response = client_as("coordinator").get(reverse("accountability:report", args=[about.year]))

        entries = [entry for group in response.context["navigation"] for entry in group.entries]
        assert [entry.label for entry in entries if entry.current] == ["Jaarverslagen"]

    def test_a_page_that_is_in_no_menu_marks_nothing(self, client_as, organisation):
        response = client_as("coordinator").get(reverse("desks:search"))

        assert not any(entry.current for group in response.context["navigation"] for entry in group.entries)

    def test_late_measures_are_counted_beside_their_entry(self, client_as, organisation):
        measure(organisation, due_on=today() - timedelta(days=1))
        measure(organisation, due_on=today() - timedelta(days=1), status="done")

        assert counted(client_as("manager")) == [("Maatregelen", "1")]

    def test_the_menu_counts_no_further_than_it_tells(self, client_as, organisation):
        late = [measure(organisation, due_on=today() - timedelta(days=1)) for _ in range(100)]
        client = client_as("manager")
        assert counted(client) == [("Maatregelen", "99+")]

        Measure.objects.filter(pk=late[0].pk).update(status="done")
        assert counted(client) == [("Maatregelen", "99")]

    def test_who_has_nothing_to_do_here_is_told_so_kindly(self, client_as, organisation):
        assert "Er is hier nog niets voor u te doen" in desk(client_as("staff")).content.decode()

    def test_who_is_asked_to_read_something_sees_it_on_the_desk(self, client, organisation):
        user = user_with_roles(organisation, Role.STAFF)
        PersonFactory(organisation=organisation, email=user.email)
        code = regulation(organisation, title="Gedragscode")
        opened(organisation, **subject_of(version(code, "2")))
        client.force_login(user)

        text = desk(client).content.decode()

        assert "Gedragscode, versie 2" in text
        assert "Er is hier nog niets voor u te doen" not in text


class TestSearch:
    """Search over everything that one may see, within one's own body."""

    def hits(self, client, words):
        response = client.get(reverse("desks:search"), {"zoek": words})
        assert response.status_code == 200
        return [hit.title for hit in response.context["hits"]]

    @pytest.fixture
    def filled(self, organisation, about):
        measure(organisation, number=7, title="Zeldzaam woord in een maatregel")
        finding(organisation, text="Zeldzaam woord in een bevinding")
        activity(organisation, title="Zeldzaam woord in een activiteit")
        Regulation.objects.create(organisation=organisation, title="Zeldzaam woord in een code", kind="scheme")
        question(about, question="Zeldzaam woord in een vraag?")
        PersonFactory(organisation=organisation, family_name="Zeldzaam").save()

    def test_hits_stand_under_their_kind_with_how_many_there_are(self, client_as, filled, organisation):
        for _ in range(HITS_OF_A_KIND):
            activity(organisation, title="Zeldzaam woord in een activiteit")

        response = client_as("coordinator").get(reverse("desks:search"), {"zoek": "zeldzaam woord"})

        counts = {group.kind: (group.count, len(group.hits)) for group in response.context["groups"]}
        assert (counts["maatregel"], counts["activiteit"]) == (("1", 1), (f"{HITS_OF_A_KIND}+", HITS_OF_A_KIND))

    def test_the_coordinator_finds_records_of_every_kind(self, client_as, filled):
        found = self.hits(client_as("coordinator"), "zeldzaam woord")

        for kind in ("maatregel", "bevinding", "activiteit", "code", "vraag?"):
            assert any(title.endswith(kind) for title in found), kind

    def test_each_role_finds_what_it_may_see(self, client_as, filled):
        def kinds(role):
            return sorted(title.rpartition(" ")[2] for title in self.hits(client_as(role), "zeldzaam woord"))

        assert kinds("manager") == ["maatregel"]
        assert kinds("clerk") == ["code", "vraag?"]
        assert kinds("staff") == []
        assert kinds("technical_administrator") == []

    def test_nothing_of_another_body_is_found(self, client_as, organisation, other_organisation):
        with organisation_scope(other_organisation.pk):
            measure(other_organisation, title="Geheim van de buren")

        assert self.hits(client_as("coordinator"), "buren") == []

    @pytest.mark.parametrize("words", ["", "   ", "%", "_", "'; DROP TABLE x; --", "x" * 5000, "\x00", "é" * 300])
    def test_strange_words_do_no_harm(self, client_as, filled, words):
        assert self.hits(client_as("coordinator"), words) == []


class TestPublicPages:
    """What everybody can open."""

    def test_the_front_page_leads_to_signing_in(self, client, organisation):
        text = client.get("/").content.decode()

        assert "Integriteit bij Gemeente Proef" in text
        assert reverse("account_login") in text

    def test_who_is_signed_in_goes_to_the_desk(self, client_as, organisation):
        assert client_as("staff").get("/").url == HOME

    def test_the_accessibility_page_is_for_everybody(self, client, organisation):
        response = client.get("/toegankelijkheid/")

        assert response.status_code == 200
        assert "WCAG 2.2" in response.content.decode()

    def test_the_desk_asks_to_sign_in(self, client, organisation):
        assert client.get(HOME).url.startswith(reverse("account_login"))

    def test_the_front_page_of_each_body_names_only_itself(self, client, settings, organisation, other_organisation):
        settings.ALLOWED_HOSTS = ["testserver", "ander.example"]
        own = client.get("/").content.decode()
        other = client.get("/", headers={"host": "ander.example"}).content.decode()

        assert "Gemeente Proef" in own
        assert "Waterschap Ander" not in own
        assert "Waterschap Ander" in other
        assert "Gemeente Proef" not in other
