"""What the overview of a part of a year says, and what it leaves unsaid so that nobody is recognised."""

import re
from datetime import date
from html import unescape
from io import BytesIO

import pikepdf
import pytest
from django.utils import translation

from openintegriteit.accountability import answers
from openintegriteit.accountability.period_facts import gather_part
from openintegriteit.accountability.period_overview import band_in_words, overview_of
from openintegriteit.accountability.periods import part_named
from openintegriteit.accountability.tests.factories import question, report
from openintegriteit.campaigns.models import Invitee
from openintegriteit.campaigns.tests.factories import campaign
from openintegriteit.coordination.tests.factories import advice
from openintegriteit.core.documents import write
from openintegriteit.core.documents.html import body_fragment
from openintegriteit.organisations.models import Person
from openintegriteit.policy.tests.factories import plan, regulation, version
from openintegriteit.programme.models import ProgressNote
from openintegriteit.programme.tests.factories import activity, finding, measure

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LATER = date(2026, 11, 26)


def document(organisation, slug="2026-h1", today=LATER, **options):
    return overview_of(gather_part(part_named(slug), organisation, today), **options)


def words(*arguments, **options):
    """The text of the overview, without its form."""
    told = re.sub(r"<[^>]+>", " ", body_fragment(document(*arguments, **options)))
    return re.sub(r"\s+([.:;,])", r"\1", re.sub(r"\s+", " ", unescape(told))).strip()


def test_it_says_of_itself_what_it_is(organisation):
    with translation.override("en"):
        told = document(organisation)

    assert told.title == "Tussenstand integriteitsbeleid, eerste halfjaar van 2026"
    assert told.subject == "Voor intern gebruik. Dit is geen vastgestelde verantwoording."
    assert told.date == LATER
    assert words(organisation).startswith(
        "Dit is geen vastgestelde verantwoording. Dat is het jaarverslag over 2026. Deze tussenstand gaat over "
        "1 januari 2026 tot en met 30 juni 2026."
    )


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (LATER, "De periode is voorbij. De gegevens zijn gelezen op 26 november 2026."),
        (date(2026, 5, 1), "De periode loopt nog. Dit is de stand van 1 mei 2026."),
        (date(2025, 5, 1), "De periode moet nog beginnen. Dit is er op 1 mei 2025 voor vastgelegd."),
    ],
)
def test_it_says_of_which_day_it_tells_the_state(organisation, today, said):
    assert said in words(organisation, today=today)


def test_an_empty_part_says_so_kindly(organisation):
    over, coming = words(organisation), words(organisation, today=date(2025, 5, 1))

    assert "Over deze periode is niets vastgelegd met een dag. Was er toch iets? Vul het dan aan" in over
    assert "Voor deze periode is nog niets vastgelegd. Wat u plant met een dag, komt hier vanzelf" in coming
    for told in (over, coming):
        assert "In het kort" not in told
        assert told.endswith("Wat hierna komt: tweede halfjaar van 2026 Voor die periode is nog niets vastgelegd.")


def test_activities_stand_under_what_became_of_them(organisation):
    activity(organisation, year=2026, title="Eed", starts_on=date(2026, 3, 1), status="held", participants=12)
    activity(organisation, year=2025, title="Talk", starts_on=date(2026, 1, 8), status="running")
    activity(organisation, year=2026, title="Uitje", starts_on=date(2026, 4, 1), status="called_off", outcome="Ziek.")
    activity(organisation, year=2026, title="Lezing", starts_on=date(2026, 6, 1))
    activity(organisation, year=2026, title="Spel", starts_on=date(2026, 5, 1))
    activity(organisation, year=2026, title="Ooit", period="in het voorjaar")

    told = words(organisation, today=date(2026, 5, 12))

    assert "Gehouden Eed: 1 maart 2026, 12 deelnemers." in told
    assert "Onderweg Talk: 8 januari 2026. Hoort bij het verslag over 2025." in told
    assert "Afgezegd Uitje: 1 april 2026. Ziek." in told
    assert "Voorzien, en nog niet verteld of het doorging Spel: 1 mei 2026." in told
    assert "Voorzien Lezing: 1 juni 2026." in told
    assert "Zonder dag, hoort bij 2026 Ooit: in het voorjaar. Stand: gepland." in told


def test_the_status_of_today_is_never_told_as_that_of_the_end_of_the_part(organisation):
    due = {"due_on": date(2026, 5, 1)}
    measure(organisation, title="Na afloop", status="done", finished_on=date(2026, 8, 3), **due)
    measure(organisation, title="Nog bezig", status="delayed", **due)
    measure(organisation, title="Geen dag", status="done", **due)
    measure(organisation, title="Weg", status="dropped", **due)

    told, running = words(organisation), words(organisation, today=date(2026, 5, 12))

    assert "Na afloop 1 mei 2026 nog niet klaar op 30 juni 2026, wel op 3 augustus 2026" in told
    assert "Nog bezig 1 mei 2026 niet klaar; op 26 november 2026: vertraagd" in told
    assert "Geen dag 1 mei 2026 klaar, dag niet bekend" in told
    assert "Weg 1 mei 2026 vervallen, dag niet bekend" in told
    assert "Maatregelen te laat op 30 juni 2026 2 " in told
    assert "Van 1 maatregel die klaar is, is de dag niet bekend." in told
    assert "Wat is vervallen, telt niet als te laat" in told
    assert "Nog bezig 1 mei 2026 vertraagd" in running


def test_in_a_part_that_still_comes_nothing_is_late(organisation):
    measure(organisation, title="Oud", due_on=date(2025, 1, 1))
    measure(organisation, title="Straks", due_on=date(2026, 2, 1))

    told = words(organisation, today=date(2025, 5, 1))

    assert "Te laat" not in told
    assert "te laat op" not in told
    assert "Met een einddatum in deze periode" in told
    assert "Oud" not in told


def test_notes_findings_norms_and_questions_are_told(organisation, coordinator):
    day, about = date(2026, 2, 3), report(organisation)
    of = measure(organisation, number=7, title="Eed")
    ProgressNote.objects.create(organisation=organisation, measure=of, noted_on=day, text="Loopt goed")
    finding(organisation, text="Geen register.", found_by="Inspectie", letter_on=day, order="Maak er een.")
    finding(organisation, text="Te laat.", lifted_on=day, status="resolved")
    version(regulation(organisation, title="Gedragscode"), "2", adopted_on=day, adopted_by="de raad")
    plan(organisation, title="Beleid", adopted_on=day)
    question(about, question="Hoe vaak?", received_on=day, answer="Drie keer.")
    question(about, question="Hoe duur?", received_on=day)
    for kind in ("adopted", "sent"):
        answers.take_step(actor=coordinator, report=about, kind=kind, taken_on=day, note="")

    told = words(organisation)

    assert "Berichten over de voortgang 7. Eed 3 februari 2026: Loopt goed" in told
    assert "Ontvangen Inspectie: Geen register. Brief van 3 februari 2026. Opdracht: Maak er een." in told
    assert "Opgeheven Te laat. Opgeheven op 3 februari 2026." in told
    assert "Gedragscode: gedragscode, vastgesteld door de raad op 3 februari 2026." in told
    assert "Beleid: vastgesteld op 3 februari 2026." in told
    assert "Verslag over 2025, 3 februari 2026: antwoorden verzonden. Over dat verslag: 2 vragen." in told
    assert "Hoe vaak? Ontvangen op 3 februari 2026, over het verslag over 2025. Er is een antwoord" in told
    assert "Hoe duur? Ontvangen op 3 februari 2026, over het verslag over 2025. Er is nog geen antwoord" in told


def test_what_comes_next_stands_in_the_order_of_its_days(organisation):
    about = report(organisation, council_on=date(2026, 7, 3))
    finding(organisation, text="Geen register.", due_on=date(2026, 7, 2))
    finding(organisation, text="Al opgeheven.", due_on=date(2026, 7, 2), lifted_on=date(2026, 6, 30), status="resolved")
    regulation(organisation, title="Gedragscode", review_due_on=date(2026, 7, 4))
    question(about, question="Hoe duur?", answer_due_on=date(2026, 7, 1))
    question(about, question="Hoe vaak?", answer_due_on=date(2026, 7, 1), answer="Drie keer.")

    told = words(organisation).partition("Wat hierna komt: tweede halfjaar van 2026")[2]

    assert told.strip() == (
        "Andere termijnen Hoe duur? Antwoord uiterlijk 1 juli 2026. Geen register. Termijn: 2 juli 2026. "
        "Verslag over 2025 naar de raad op 3 juli 2026. Gedragscode: opnieuw bekijken vóór 4 juli 2026."
    )


@pytest.mark.parametrize(("number", "told"), [(0, "minder dan 10"), (9, "minder dan 10"), (10, "10 tot en met 19")])
def test_a_step_in_words(number, told):
    assert band_in_words(number) == told


def test_advice_is_told_in_steps_and_never_by_theme_or_function(organisation):
    for _number in range(3):
        advice(organisation, day=date(2026, 5, 12), function="manager", theme="geschenken")

    told = words(organisation, "2026-m05")

    assert "minder dan 10" in told
    assert re.search(r"\b3\b", told) is None
    for hidden in ("manager", "leidinggevende", "eschenk", "webwinkel"):
        assert hidden not in told
    assert words(organisation, "2026-m06").count("minder dan 10") == 2


def test_a_sum_with_an_unknown_number_is_not_known(organisation):
    shared = {"kind": "training", "status": "held", "starts_on": date(2026, 2, 1)}
    activity(organisation, sessions=2, participants=12, **shared)
    activity(organisation, sessions=1, **shared)

    assert "niet bekend: ten minste 12, van 1 activiteit ontbreekt het" in words(organisation)


@pytest.mark.parametrize(
    ("asked", "answered", "said"),
    [
        (4, 4, "Gevraagd aan minder dan 5 mensen."),
        (12, 6, "6 van de 12 mensen lazen het."),
        (8, 8, "8 van de 8 mensen lazen het."),
        (12, 10, "Gevraagd aan 12 mensen. Hoeveel antwoordden, staat hier niet"),
        (12, 3, "Gevraagd aan 12 mensen. Hoeveel antwoordden, staat hier niet"),
    ],
)
def test_how_many_read_is_told_unless_that_tells_of_a_few_people(organisation, asked, answered, said):
    closed = campaign(organisation, title="Lees de code", state="closed", closed_on=date(2026, 2, 3))
    for number in range(asked):
        person = Person.objects.create(organisation=organisation, personnel_number=number, family_name=f"P{number}")
        done = {"answered_at": "2026-02-01T12:00Z", "route": "link"} if number < answered else {}
        Invitee.objects.create(organisation=organisation, campaign=closed, person=person, **done)

    assert f"Lees de code: afgesloten op 3 februari 2026. {said}" in words(organisation)


def test_only_the_screen_has_links(organisation):
    made = measure(organisation, due_on=date(2026, 2, 1))

    on_screen, in_file = (
        body_fragment(document(organisation, link_to=link_to)) for link_to in ("https://voorbeeld.example", "")
    )

    assert f'href="https://voorbeeld.example/werk/maatregelen/{made.pk}/"' in on_screen
    assert "href" not in in_file


@pytest.mark.slow
@pytest.mark.parametrize("file_format", ["pdf", "docx", "odt", "html"])
def test_it_is_written_in_each_format(organisation, file_format):
    activity(organisation, year=2026, title="Eed & belofte", starts_on=date(2026, 3, 1), status="held")
    measure(organisation, due_on=date(2026, 2, 1))

    written = write(document(organisation), file_format)

    assert written
    if file_format == "pdf":
        with pikepdf.open(BytesIO(written)) as pdf, pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Tussenstand integriteitsbeleid, eerste halfjaar van 2026"
