"""The draft tells what the records show: zero where they say zero, nothing where they do not know."""

import re
from datetime import date
from decimal import Decimal
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import page
import pytest

from openintegriteit.accountability.building import document_of, section_of
from openintegriteit.accountability.drafting import questions_for
from openintegriteit.accountability.facts import gather
from openintegriteit.accountability.models import Annex, AnnexKind, ReportText
from openintegriteit.accountability.sections import SECTIONS
from openintegriteit.accountability.tests.factories import report
from openintegriteit.core.documents import write
from openintegriteit.core.documents.chart import StackedBarChart
from openintegriteit.core.documents.html import body_fragment
from openintegriteit.core.documents.model import Figure, plain_text
from openintegriteit.figures.tests.factories import year_figure
from openintegriteit.policy.models import PlanGoal, PolicyPlan, Regulation, RegulationVersion
from openintegriteit.programme.models import ProgressNote
from openintegriteit.programme.tests.factories import activity, finding, measure, working_group

pytestmark = [pytest.mark.django_db, pytest.mark.database]
UNTIL = date(2026, 3, 31)


def facts_of(organisation, **values):
    return gather(report(organisation, **values), organisation)


def section(facts, key):
    return section_of(next(kind for kind in SECTIONS if kind.key == key), facts)


def words(facts):
    html = re.sub(r"<svg.*?</svg>", " ", body_fragment(document_of(facts)), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def table(facts, caption):
    """The rows of a table in words."""
    (found,) = (table for table in document_of(facts).tables() if table.caption == caption)
    return [tuple(plain_text(cell.runs) for cell in row) for row in found.rows]


@pytest.fixture
def nothing(organisation):
    """A year of which nothing at all was recorded, but for its report."""
    return facts_of(organisation)


def test_a_year_with_nothing_says_zero(nothing):
    told = words(nothing)

    for sentence in (
        "Er zijn geen regelingen vastgelegd.",
        "Er is geen beleidsdocument vastgelegd.",
        "Over 2025 zijn 0 activiteiten vastgelegd.",
        "Er zijn 0 bevindingen van anderen vastgelegd.",
        "In 2025 waren er 0 bijeenkomsten voor de ambtseed of belofte.",
        "Het plan telt 0 maatregelen.",
        "Voor 2026 zijn nog geen activiteiten vastgelegd.",
        "Niet van toepassing.",
        "Advies raadscommissie",
    ):
        assert sentence in told


def test_a_year_with_nothing_claims_nothing_that_nobody_counted(nothing):
    told = words(nothing)

    for unknown in ("vertrouwenspersoon.", "meldingen", "medewerkers de eed", "None"):
        assert unknown not in told


def test_a_year_with_nothing_is_a_valid_pdf(nothing):
    assert page.validate_pdf_bytes(write(document_of(nothing), "pdf"), profile="ua1").failures == []


@pytest.mark.parametrize(("file_format", "part"), [("docx", "word/document.xml"), ("odt", "content.xml")])
def test_a_year_with_nothing_is_a_valid_office_document(nothing, file_format, part):
    with ZipFile(BytesIO(write(document_of(nothing), file_format))) as archive:
        assert archive.testzip() is None
        assert "0 activiteiten" in archive.read(part).decode()


def test_a_year_with_nothing_is_a_web_page(nothing):
    text = write(document_of(nothing), "html").decode()

    assert text.startswith("<!doctype html>")
    assert "0 activiteiten" in text


def test_an_unknown_number_of_persons_is_left_out_and_not_told_as_zero(organisation):
    activity(organisation, kind="ceremony", status="held", sessions=2, participants=None)

    text = section(facts_of(organisation), "ambtseed").text

    assert text == "In 2025 waren er [[oath-ceremonies 2025]] bijeenkomsten voor de ambtseed of belofte."


def test_secrecy_is_told_in_one_sentence_once_all_three_numbers_are_known(organisation):
    of_the_year = report(organisation)
    for code, value in (("imposed", 4), ("lifted", 0), ("running", 7)):
        assert section(gather(of_the_year, organisation), "cijfers").text == ""
        year_figure(organisation, f"secrecy-{code}", 2025, value)

    told = (
        "In 2025 kwam er [[secrecy-imposed 2025]] keer geheimhouding bij: opgelegd, of bij een besloten vergadering "
        "door de wet zelf. [[secrecy-lifted 2025]] keer is geheimhouding opgeheven. Nog niet opgeheven: "
        "[[secrecy-running 2025]] keer."
    )
    assert section(gather(of_the_year, organisation), "cijfers").text == told


def test_ceremonies_of_which_nobody_knows_the_number_are_not_told(organisation):
    activity(organisation, kind="ceremony", status="held", sessions=None)

    assert section(facts_of(organisation), "ambtseed").text == ""


def test_the_meetings_of_the_working_group_are_told_once_they_are_known(organisation):
    about, group = report(organisation), working_group(organisation)

    def told() -> str:
        return section(gather(about, organisation), "terugblik").text

    assert told() == "Over 2025 zijn 0 activiteiten vastgelegd."
    held = {"kind": "meeting", "status": "held", "working_group": group}
    activity(organisation, starts_on=date(2025, 3, 1), **held)
    assert told() == ("In 2025 kwam de werkgroep 1 keer bij elkaar. Dit is er gedaan, per thema.")
    activity(organisation, sessions=3, **held)
    activity(organisation, sessions=9, **held | {"kind": "training"})
    assert told().startswith("In 2025 kwam de werkgroep 4 keer bij elkaar.")
    activity(organisation, sessions=2, **held | {"working_group": working_group(organisation, name="Kerngroep")})
    assert told().startswith("In 2025 hielden de werkgroepen 6 overleggen.")
    activity(organisation, sessions=None, **held)

    assert told() == "Dit is er gedaan, per thema."


@pytest.mark.parametrize(("answers", "told"), [(5, True), (4, False), (None, False)])
def test_a_mark_of_few_answers_is_never_in_the_report(organisation, answers, told):
    activity(organisation, status="held", evaluations=answers, mark=Decimal("7.8"))

    text = words(facts_of(organisation))

    assert ("gemiddeld een 7,8 van 5 mensen" in text) is told
    assert ("7,8" in text) is told


def test_a_known_zero_is_told_as_zero(organisation):
    year_figure(organisation, "adviser-contact-persons", 2025, 0)

    text = section(facts_of(organisation), "vertrouwenspersonen").text

    assert text == "In 2025 zochten 0 personen contact met een vertrouwenspersoon."


def test_a_figure_that_is_known_to_be_unknown_is_not_told_as_zero(organisation):
    year_figure(organisation, "adviser-contact-persons", 2024, 21)
    year_figure(organisation, "adviser-contact-persons", 2025, None)
    facts = facts_of(organisation)

    assert section(facts, "vertrouwenspersonen").text == ""
    assert table(facts, "Cijfers van 2023 tot en met 2025")[0][2:] == ("onbekend", "21", "onbekend")


def test_one_is_told_in_the_singular(organisation):
    activity(organisation, kind="ceremony", status="held", sessions=1, participants=1)

    text = section(facts_of(organisation), "ambtseed").text

    assert text == (
        "In 2025 was er [[oath-ceremonies 2025]] bijeenkomst voor de ambtseed of belofte. "
        "Daarbij legde [[oath-persons 2025]] medewerker de eed of belofte af."
    )


def test_what_only_the_author_knows_is_asked_until_it_is_written(organisation):
    about = report(organisation)
    asked = questions_for("visie", gather(about, organisation))

    ReportText.objects.create(organisation=organisation, report=about, section="visie", text="Wij zijn open.")

    assert asked == ("Waar staat uw organisatie voor? Beschrijf het in een paar zinnen. De gegevens weten het niet.",)
    assert questions_for("visie", gather(about, organisation)) == ()


class TestPolicyPlan:
    """The vision and the goals of the policy plan, in the version that held on the reference date."""

    @staticmethod
    def plan(organisation, adopted_on=UNTIL, **values):
        given = {"title": "Beleidsplan", "vision": "Wij zijn eerlijk.", "adopted_by": "het college"} | values
        made = PolicyPlan.objects.create(organisation=organisation, adopted_on=adopted_on, **given)
        for number, (pillar, text) in enumerate(((1, "Iedereen kent de waarden."), (None, "Wij leren.")), start=1):
            PlanGoal.objects.create(organisation=organisation, plan=made, number=number, pillar=pillar, text=text)
        return made

    def test_the_vision_of_the_plan_is_the_draft_and_is_not_asked_any_more(self, organisation):
        self.plan(organisation, vision="Wij zijn eerlijk.\n\n- Wij zijn open.")
        facts = facts_of(organisation)

        text = "Dit staat in “Beleidsplan”:\n\nWij zijn eerlijk.\n\n- Wij zijn open."
        assert section(facts, "visie").text == text
        assert questions_for("visie", facts) == ()

    def test_the_goals_of_the_plan_are_told(self, organisation):
        made = self.plan(organisation)
        PlanGoal.objects.filter(number=2).update(seen_by="90% in de meting.", due_on=date(2028, 1, 1))
        facts = facts_of(organisation)

        assert section(facts, "beleidsdocument").text == (
            "Het integriteitsbeleid staat in een beleidsdocument. Er zijn 2 doelen gesteld."
        )
        told = words(facts)
        assert "De doelen zijn: Waarden, visie, cultuur: Iedereen kent de waarden. " in told
        assert (
            "Wij leren. Zo is te zien dat het doel is bereikt: 90% in de meting. Bereikt voor 1 januari 2028." in told
        )
        assert facts.goals_of(made) == tuple(PlanGoal.objects.all())

    def test_a_plan_without_vision_and_goals_is_told_as_before(self, organisation):
        PolicyPlan.objects.create(organisation=organisation, title="Nota", adopted_on=UNTIL)
        facts = facts_of(organisation)

        assert section(facts, "visie").text == ""
        assert len(questions_for("visie", facts)) == 1
        assert section(facts, "beleidsdocument").text == "Het integriteitsbeleid staat in een beleidsdocument."
        assert "doelen" not in words(facts)

    @pytest.mark.parametrize(("adopted_on", "told"), [(None, 1), (date(2026, 4, 1), 1), (UNTIL, 2)])
    def test_only_the_version_that_held_is_told(self, organisation, adopted_on, told):
        first = self.plan(organisation, adopted_on=date(2024, 1, 1))
        self.plan(organisation, adopted_on, edition=2, follows=first, vision="Wij zijn open.")

        facts = facts_of(organisation)

        assert [plan.edition for plan in facts.policy_plans] == [told]
        assert ("Wij zijn open." in section(facts, "visie").text) == (told == 2)

    def test_a_plan_that_nobody_adopted_tells_no_vision_and_no_goals(self, organisation):
        self.plan(organisation, adopted_on=None)
        facts = facts_of(organisation)

        assert section(facts, "visie").text == ""
        assert section(facts, "beleidsdocument").text == "Het integriteitsbeleid staat in een beleidsdocument."
        assert "Iedereen kent de waarden." not in words(facts)


@pytest.mark.parametrize(("before", "now", "asks"), [(21, 8, True), (8, 21, True), (2, 4, False), (10, 15, False)])
def test_a_figure_that_halved_or_doubled_asks_for_the_reason(organisation, before, now, asks):
    year_figure(organisation, "adviser-contact-persons", 2024, before)
    year_figure(organisation, "adviser-contact-persons", 2025, now)

    assert bool(questions_for("cijfers", facts_of(organisation))) is asks


def test_a_figure_that_cannot_be_compared_asks_nothing_and_says_so(organisation):
    year_figure(organisation, "adviser-contact-persons", 2024, 21)
    year_figure(organisation, "adviser-contact-persons", 2025, 8, series_break="Wij tellen nu personen.")
    facts = facts_of(organisation)

    assert questions_for("cijfers", facts) == ()
    assert "het cijfer van 2025 is niet te vergelijken met eerdere jaren. Wij tellen nu personen." in words(facts)


def test_a_section_that_is_ready_without_a_text_goes_on_telling_the_records(organisation):
    about = report(organisation)
    ReportText.objects.create(organisation=organisation, report=about, section="terugblik", ready=True)
    before = section(gather(about, organisation), "terugblik")

    activity(organisation, status="held")
    after = section(gather(about, organisation), "terugblik")

    assert (before.state, before.text) == ("ready", "Over 2025 zijn 0 activiteiten vastgelegd.")
    assert (after.state, after.text) == ("ready", "Dit is er gedaan, per thema.")


def test_a_section_that_is_left_out_is_not_in_the_document(organisation):
    about = report(organisation)
    ReportText.objects.create(organisation=organisation, report=about, section="terugblik", text="Weg", left_out=True)

    headings = [heading.text for heading in document_of(gather(about, organisation)).headings()]

    assert "Terugblik op 2025" not in headings
    assert "Agenda voor 2026" in headings


class TestTheReferenceDate:
    """What happened after the reference date is not told."""

    def test_a_measure_that_was_finished_later_is_not_done_yet(self, organisation):
        measure(organisation, number=1, pillar=1, status="done", finished_on=date(2026, 3, 31))
        measure(organisation, number=2, pillar=2, status="done", finished_on=date(2026, 4, 1))
        about = report(organisation)
        Annex.objects.create(organisation=organisation, report=about, order=1, title="Stand", kind=AnnexKind.MEASURES)
        facts = gather(about, organisation)

        (chart,) = (block.chart for block in document_of(facts).blocks if isinstance(block, Figure))

        assert table(facts, "Maatregelen naar stand op 31 maart 2026") == [("nog niet klaar", "1"), ("klaar", "1")]
        assert [row[-1] for row in table(facts, "Maatregelen")] == ["Klaar.", "Nog niet klaar."]
        assert isinstance(chart, StackedBarChart)
        assert [series.values for series in chart.series] == [(1, 0), (0, 1)]

    def test_a_measure_that_was_finished_later_is_on_the_agenda(self, organisation):
        measure(organisation, title="Vroeg", status="done", due_on=date(2026, 2, 1), finished_on=date(2026, 2, 1))
        measure(organisation, title="Laat", status="done", due_on=date(2026, 5, 1), finished_on=date(2026, 5, 1))
        measure(organisation, title="Vervallen", status="dropped", due_on=date(2026, 5, 1))

        told = words(facts_of(organisation))
        agenda = told[told.index("Deze maatregelen hebben een einddatum in 2026") :]

        assert "Laat" in agenda
        assert "Vroeg" not in agenda
        assert "Vervallen" not in agenda

    def test_measures_of_unknown_status_are_counted_as_unknown(self, organisation):
        measure(organisation, status="unknown")

        assert table(facts_of(organisation), "Maatregelen naar stand op 31 maart 2026") == [("onbekend", "1")]

    def test_notes_of_a_later_day_are_not_told(self, organisation):
        row = measure(organisation, status="on_schedule")
        for day, text in ((UNTIL, "Op tijd"), (date(2026, 4, 1), "Te laat")):
            ProgressNote.objects.create(organisation=organisation, measure=row, noted_on=day, text=text)
        about = report(organisation)
        Annex.objects.create(organisation=organisation, report=about, order=1, title="Stand", kind=AnnexKind.MEASURES)

        assert table(gather(about, organisation), "Maatregelen")[0][-1] == "Op schema. Op tijd"

    def test_a_finding_of_a_later_letter_is_not_told(self, organisation):
        finding(organisation, text="Te laat gevonden", letter_on=date(2026, 4, 1))
        finding(organisation, text="Op tijd gevonden", letter_on=UNTIL)

        told = words(facts_of(organisation))

        assert "Op tijd gevonden" in told
        assert "Te laat gevonden" not in told

    def test_a_finding_that_was_lifted_later_is_not_resolved_yet(self, organisation):
        finding(organisation, text="Open", status="resolved", lifted_on=date(2026, 4, 1))

        told = words(facts_of(organisation))

        assert "Stand: nog niet opgelost." in told
        assert "Opgeheven" not in told

    def test_a_policy_plan_and_a_version_of_later_are_not_told(self, organisation):
        for title, day in (("Plan van later", date(2026, 4, 1)), ("Plan van nu", UNTIL)):
            PolicyPlan.objects.create(organisation=organisation, title=title, adopted_on=day)
        code = Regulation.objects.create(organisation=organisation, title="Gedragscode", kind="code_of_conduct")
        for label, day in (("1", date(2020, 1, 1)), ("2", date(2026, 4, 1))):
            RegulationVersion.objects.create(
                organisation=organisation, regulation=code, label=label, in_force_on=day, adopted_on=day
            )

        told = words(facts_of(organisation))

        assert "Plan van nu" in told
        assert "Plan van later" not in told
        assert "in werking sinds 1 januari 2020" in told

    def test_how_a_later_activity_of_the_agenda_went_is_not_told(self, organisation):
        values = {"year": 2026, "status": "held", "participants": 12, "outcome": "Het ging goed."}
        activity(organisation, title="Vroege training", starts_on=date(2026, 2, 1), **values)
        activity(organisation, title="Late training", starts_on=date(2026, 5, 1), **values)

        told = words(facts_of(organisation))

        assert "Vroege training : 1 februari 2026, 12 deelnemers. Het ging goed." in told
        assert "Late training : 1 mei 2026. " in told


def test_hostile_text_of_records_is_only_text(organisation):
    hostile = "<img src=x onerror=alert(1)> {year} {{ x }} [[oath-persons 2025]] #let"
    about = report(organisation)
    activity(organisation, title=hostile, theme=hostile, status="held", note=hostile, outcome=hostile)
    measure(organisation, title=hostile, owner=hostile)
    finding(organisation, text=hostile, found_by=hostile, order=hostile)
    ReportText.objects.create(organisation=organisation, report=about, section="visie", text=hostile)
    document = document_of(gather(about, organisation))

    assert "<img" not in body_fragment(document)
    for file_format in ("pdf", "docx", "odt", "html"):
        assert write(document, file_format)
