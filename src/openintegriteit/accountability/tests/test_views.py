"""The screens of the annual report, as each role meets them."""

from datetime import date

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from openintegriteit.accountability import operations
from openintegriteit.accountability.models import Annex, AnnualReport, CouncilQuestion, FormHeading, ReportText
from openintegriteit.accountability.tasks import write_report
from openintegriteit.accountability.tests.factories import question, report
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.figures.tests.factories import year_figure
from openintegriteit.programme.tests.factories import measure

pytestmark = [pytest.mark.django_db, pytest.mark.database]

UNTIL = date(2026, 3, 31)


@pytest.fixture
def about(organisation, coordinator):
    return operations.start_report(actor=coordinator, year=2025, reference_date=UNTIL)


@pytest.fixture
def browser(client_as):
    return client_as("coordinator")


def address(name, *arguments):
    return reverse(f"accountability:{name}", args=arguments)


def page(client, name, *arguments):
    response = client.get(address(name, *arguments))
    assert response.status_code == 200
    return response.content.decode()


def save(client, slug="visie", **values):
    data = {"text": "Wij zijn open.", "version": 0, "action": "save"} | values
    return client.post(address("write_section", 2025, slug), data)


@pytest.mark.parametrize("role", ["clerk", "secretary", "chair", "executive_member", "internal_auditor"])
def test_a_reader_sees_the_report_without_anything_to_change(client_as, about, role):
    asked = question(about)
    reader = client_as(role)

    pages = [
        page(reader, "reports"),
        page(reader, "report", 2025),
        page(reader, "section", 2025, "visie"),
        page(reader, "questions", 2025),
    ]

    for text in pages:
        for change in ("bewaren/", "?schrijf", "/nieuw/", "/data/", f"/werk/vragen/{asked.pk}", "formulier/"):
            assert change not in text.partition("<main")[2]
    assert "wachten op u" not in pages[1]


def test_a_clerk_is_not_sent_to_measures_that_she_may_not_open(client_as, organisation, about):
    question(about, measure=measure(organisation, number=12))

    for_clerk, for_coordinator = (page(client_as(role), "questions", 2025) for role in ("clerk", "coordinator"))

    assert "maatregel 12" in for_clerk
    assert "/werk/maatregelen/" not in for_clerk
    assert "/werk/maatregelen/" in for_coordinator


def test_the_list_counts_only_questions_without_any_answer(browser, about):
    answered = question(about, answer="Ja.")
    question(about, same_answer_as=answered)
    question(about, not_applicable=True)
    question(about)

    (row,) = browser.get(address("reports")).context["reports"]

    assert row.open_questions == 1


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("report", (2019,)),
        ("report", (10**30,)),
        ("dates", (2019,)),
        ("section", (2019, "visie")),
        ("section", (2025, "bestaat-niet")),
        ("section", (2025, "formulier-bestaat-niet")),
        ("download", (2019, "pdf")),
        ("questions", (2019,)),
        ("question_new", (2019,)),
        ("annex_new", (2019,)),
        ("form_heading", ("bestaat-niet",)),
    ],
)
def test_what_is_not_there_is_not_found(browser, about, name, arguments):
    assert browser.get(address(name, *arguments)).status_code == 404


def test_writing_in_a_section_that_does_not_exist_is_not_found(browser, about):
    assert save(browser, "bestaat-niet").status_code == 404
    assert not ReportText.objects.exists()


def test_records_of_another_body_are_as_absent(browser, about, other_organisation):
    with organisation_scope(other_organisation.pk):
        foreign = report(other_organisation, 2019)
        asked = question(foreign)
        annex = Annex.objects.create(organisation=other_organisation, report=foreign, order=1, title="X", kind="text")
        FormHeading.objects.create(organisation=other_organisation, key="eigen", group="G", title="T")

    for name, arguments in (
        ("report", (2019,)),
        ("download", (2019, "pdf")),
        ("question_edit", (asked.pk,)),
        ("annex_edit", (annex.pk,)),
        ("form_heading", ("eigen",)),
    ):
        assert browser.get(address(name, *arguments)).status_code == 404
        assert browser.post(address(name, *arguments), {"version": 1}).status_code == 404
    assert "2019" not in page(browser, "reports")


class TestStarting:
    """Beginning a report."""

    def test_a_report_begins(self, browser, organisation):
        response = browser.post(address("start"), {"year": 2025, "reference_date": "2026-03-31"})

        assert response.url == address("report", 2025)
        assert AnnualReport.objects.get().reference_date == UNTIL
        assert page(browser, "report", 2025)

    @pytest.mark.parametrize(
        ("year", "day", "problem"),
        [
            ("2025", "2025-06-30", "De peildatum kan niet voor het einde van het jaar liggen."),
            ("2999", "2999-12-31", "Dit jaar is nog niet begonnen."),
            ("twee", "2026-03-31", "Voer een geheel getal in."),
            ("2025", "31-02-2026", "Voer een geldige datum in."),
        ],
    )
    def test_what_cannot_be_is_shown_again_as_typed(self, browser, organisation, year, day, problem):
        response = browser.post(address("start"), {"year": year, "reference_date": day})

        assert response.status_code == 422
        text = response.content.decode()
        assert problem in text
        assert f'value="{year}"' in text
        assert f'value="{day}"' in text
        assert not AnnualReport.objects.exists()

    def test_a_report_that_is_there_already_keeps_its_dates(self, browser, about):
        response = browser.post(address("start"), {"year": 2025, "reference_date": "2026-06-30"}, follow=True)

        assert AnnualReport.objects.get().reference_date == UNTIL
        assert "Dit verslag was er al." in response.content.decode()


class TestWriting:
    """Writing a section."""

    def test_what_is_written_stands_in_the_report(self, browser, about):
        response = save(browser, text="Wij zijn open.\r\n\r\n- Altijd", ready="on")

        assert response.url == address("section", 2025, "visie")
        stored = ReportText.objects.get()
        assert (stored.text, stored.ready) == ("Wij zijn open.\n\n- Altijd", True)
        assert "<li><p>Altijd</p></li>" in page(browser, "section", 2025, "visie").replace("\n", "")

    def test_a_text_that_is_too_long_is_kept_on_the_screen(self, browser, about):
        response = save(browser, text="x" * 50_001)

        assert response.status_code == 422
        assert "x" * 50_001 in response.content.decode()
        assert not ReportText.objects.exists()

    def test_a_figure_that_nobody_knows_is_named_and_the_text_kept(self, browser, about):
        response = save(browser, text="Er waren [[onzin 2025]] mensen.")

        text = response.content.decode()
        assert response.status_code == 422
        assert "Dit cijfer kennen wij niet: [[onzin 2025]]" in text
        assert "Er waren [[onzin 2025]] mensen.</textarea>" in text
        assert not ReportText.objects.exists()

    def test_a_stale_text_is_kept_beside_what_stands_there_now(self, browser, about):
        save(browser, text="Van een ander", ready="on")

        response = save(browser, text="Van mij", version=0)

        text = response.content.decode()
        assert response.status_code == 409
        assert "Van een ander" in text
        assert "Van mij</textarea>" in text
        assert ReportText.objects.get().text == "Van een ander"
        assert save(browser, text="Van ons", version=response.context["form"]["version"].value()).status_code == 302
        assert ReportText.objects.get().text == "Van ons"

    def test_sending_a_draft_as_ready_lets_it_go_on_telling_the_records(self, browser, about, organisation):
        save(browser, "maatregelen", text="", ready="on")
        measure(organisation)

        text = page(browser, "section", 2025, "maatregelen")

        assert ReportText.objects.get().text == ""
        assert "Het plan telt" in text
        assert "Dit is goed, het onderdeel is klaar" not in text

    def test_a_section_can_be_left_out_and_come_back(self, browser, about):
        save(browser)
        save(browser, version=1, action="leave-out")
        left_out = page(browser, "section", 2025, "visie")
        save(browser, version=2, action="draft")

        assert "weggelaten" in left_out
        stored = ReportText.objects.get()
        assert (stored.text, stored.left_out) == ("", False)

    def test_a_heading_of_the_form_is_written_like_a_section_but_cannot_be_left_out(self, browser, about):
        before = page(browser, "section", 2025, "formulier-confidentiality")
        save(browser, "formulier-confidentiality", text="Bijlage 2 is geheim.")
        after = page(browser, "section", 2025, "formulier-confidentiality")

        assert "Niet van toepassing." in before
        assert "Bijlage 2 is geheim." in after
        assert 'value="leave-out"' not in before + after

    def test_hostile_text_is_shown_as_text(self, browser, about):
        save(browser, text="<script>alert(1)</script> {{ x }}")

        text = page(browser, "section", 2025, "visie")

        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ x }}" in text

    def test_opening_the_address_that_only_stores_leads_back(self, browser, about):
        assert browser.get(address("write_section", 2025, "visie")).url == address("section", 2025, "visie")

    def test_a_figure_leads_back_to_its_records(self, browser, about, organisation):
        year_figure(organisation, "adviser-contact-persons", 2025, 8, source="Verslag")

        text = page(browser, "section", 2025, "vertrouwenspersonen")

        assert '<a href="http://testserver/werk/cijfers/adviser-contact-persons/">8</a>' in text


class TestChanging:
    """Dates, questions, annexes and the form: nothing typed gets lost, nobody overwrites silently."""

    def test_dates_that_cannot_be_are_shown_again(self, browser, about):
        data = {"version": 1, "reference_date": "2025-01-01", "council_on": "2026-06-18"}
        response = browser.post(address("dates", 2025), data)

        assert response.status_code == 422
        assert 'value="2026-06-18"' in response.content.decode()
        assert AnnualReport.objects.get().council_on is None

    def test_stale_dates_are_shown_beside_what_is_stored(self, browser, about):
        data = {"version": 1, "reference_date": "2026-03-31", "council_on": "2026-06-18"}
        browser.post(address("dates", 2025), data)

        response = browser.post(address("dates", 2025), data | {"council_on": "2026-07-01"})

        assert response.status_code == 409
        text = response.content.decode()
        assert "18 juni 2026" in text
        assert 'value="2026-07-01"' in text
        assert AnnualReport.objects.get().council_on == date(2026, 6, 18)

    def test_a_question_is_added_once_however_often_it_is_sent(self, browser, about):
        key = browser.get(address("question_new", 2025)).context["form"]["submission"].value()
        for _time in range(2):
            response = browser.post(address("question_new", 2025), {"submission": key, "question": "Waarom?"})

        assert response.url == address("questions", 2025)
        assert CouncilQuestion.objects.get().question == "Waarom?"

    def test_a_question_without_words_is_shown_again(self, browser, about):
        key = browser.get(address("question_new", 2025)).context["form"]["submission"].value()

        response = browser.post(address("question_new", 2025), {"submission": key, "answer": "Wel een antwoord"})

        assert response.status_code == 422
        assert "Wel een antwoord</textarea>" in response.content.decode()

    def test_a_stale_answer_is_shown_beside_what_is_stored(self, browser, about, organisation):
        row = measure(organisation, number=12)
        asked = question(about, question="Waarom?")
        data = {"version": 1, "question": "Waarom?", "answer": "Daarom."}
        browser.post(address("question_edit", asked.pk), data | {"measure": 12})

        response = browser.post(address("question_edit", asked.pk), data | {"answer": "Nee."})

        assert response.status_code == 409
        text = response.content.decode()
        assert "Daarom." in text
        assert "Nee.</textarea>" in text
        stored = CouncilQuestion.objects.get()
        assert (stored.answer, stored.measure) == ("Daarom.", row)

    def test_a_question_cannot_share_the_answer_of_another_report_or_of_itself(self, browser, about, organisation):
        asked, other = question(about), question(report(organisation, 2024))

        for chosen in (asked, other):
            data = {"version": 1, "question": "Waarom?", "same_answer_as": chosen.pk}
            assert browser.post(address("question_edit", asked.pk), data).status_code == 422

    def test_a_question_whose_answer_is_shared_keeps_an_answer_of_its_own(self, browser, about):
        shared, third = question(about, answer="Ja."), question(about, answer="Nee.")
        question(about, same_answer_as=shared)

        data = {"version": 1, "question": "Waarom?", "same_answer_as": third.pk}
        response = browser.post(address("question_edit", shared.pk), data)

        assert response.status_code == 422

    def test_a_stale_annex_is_shown_beside_what_is_stored(self, browser, about, organisation):
        annex = Annex.objects.create(organisation=organisation, report=about, order=1, title="X", kind="text")
        data = {"version": 1, "title": "Eerst", "kind": "text"}
        browser.post(address("annex_edit", annex.pk), data)

        response = browser.post(address("annex_edit", annex.pk), data | {"title": "Daarna"})

        assert response.status_code == 409
        assert Annex.objects.get().title == "Eerst"

    def test_the_form_of_the_body_can_be_changed(self, browser, about):
        assert "Toegankelijkheid" in page(browser, "form_headings")
        data = {"version": 1, "title": "Toegankelijk", "default_text": "Wij letten daarop."}

        response = browser.post(address("form_heading", "accessibility"), data)

        assert response.url == address("form_headings")
        assert "Wij letten daarop." in page(browser, "section", 2025, "formulier-accessibility")

    def test_a_stale_heading_is_shown_beside_what_is_stored(self, browser, about):
        data = {"version": 1, "title": "Eerst", "default_text": ""}
        browser.post(address("form_heading", "accessibility"), data)

        response = browser.post(address("form_heading", "accessibility"), data | {"title": "Daarna"})

        assert response.status_code == 409
        assert FormHeading.objects.get(key="accessibility").title == "Eerst"

    def test_two_headings_of_the_form_cannot_have_one_name(self, browser, about):
        data = {"version": 1, "title": "geheim-houding", "default_text": ""}

        response = browser.post(address("form_heading", "accessibility"), data)

        assert response.status_code == 422
        assert FormHeading.objects.get(key="accessibility").title == "Toegankelijkheid"


class TestDownload:
    """The report as a file."""

    def test_it_waits_for_the_worker_and_then_serves(self, browser, about, organisation):
        waiting = browser.get(address("download", 2025, "html"))

        assert waiting.status_code == 202
        assert waiting["Refresh"] == f"1; url={address('download', 2025, 'html')}?poging=1"
        (task,) = DBTaskResult.objects.all()
        write_report.call(*task.args_kwargs["args"])
        served = browser.get(address("download", 2025, "html"))

        assert served.status_code == 200
        assert served["Content-Disposition"] == 'attachment; filename="jaarverslag-gemeenteproef-2025.html"'
        assert b"Verslag integriteitsbeleid 2025" in b"".join(served.streaming_content)

    def test_asking_again_while_it_waits_does_not_fill_the_queue(self, browser, about):
        for attempt in (0, 1, 0, 20, 60, 60, 999):
            browser.get(address("download", 2025, "html"), {"poging": attempt})

        assert DBTaskResult.objects.count() == 1

    def test_when_it_takes_long_the_page_says_who_can_help(self, browser, about):
        text = browser.get(address("download", 2025, "pdf"), {"poging": "20"}).content.decode()

        assert "Het duurt langer dan anders" in text

    @pytest.mark.parametrize("attempt", ["-1", "1e9", "x", "9" * 40, "9" * 5000, "²"])
    def test_a_strange_number_of_attempts_does_no_harm(self, browser, about, attempt):
        assert browser.get(address("download", 2025, "html"), {"poging": attempt}).status_code == 202

    def test_writing_the_same_report_twice_is_harmless(self, organisation, about):
        for _time in range(2):
            write_report.call(str(organisation.pk), str(about.pk), "html")


# -- Keeping a text while it is written


def autosave(client, text, version, **more):
    return client.post(
        "/werk/verslagen/2025/visie/bewaren/", {"action": "autosave", "text": text, "version": version, **more}
    )


def test_a_text_is_kept_upon_the_version_that_the_author_saw(client_as, organisation):
    about, client = report(organisation), client_as("coordinator")

    first = autosave(client, "Een begin", 0)
    second = autosave(client, "Een begin en meer", first.json()["version"])
    stale = autosave(client, "Van een ander tabblad", first.json()["version"])

    assert first.json()["message"].startswith("Bewaard om ")
    assert second.status_code == 200
    assert (stale.status_code, "version" in stale.json()) == (409, False)
    assert about.texts.get().text == "Een begin en meer"


def test_a_text_with_an_unknown_figure_is_not_kept_by_itself(client_as, organisation):
    about = report(organisation)

    answer = autosave(client_as("coordinator"), "Er waren [[onbekend 2025]] meldingen.", 0)

    assert answer.status_code == 422
    assert not about.texts.exists()


def test_only_the_author_keeps_a_text(client_as, organisation):
    about = report(organisation)

    assert autosave(client_as("secretary"), "Van de lezer", 0).status_code == 403
    assert not about.texts.exists()
