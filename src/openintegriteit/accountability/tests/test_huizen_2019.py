"""The golden case: the workbook of one body's year imports without a warning.

Its report tells the facts of the published documents and no others: each test names the facts that it
checks.
"""

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from openintegriteit.accountability import importers
from openintegriteit.accountability.building import document_of, form_text
from openintegriteit.accountability.facts import YearFacts, gather
from openintegriteit.accountability.models import AnnualReport, CouncilQuestion
from openintegriteit.accountability.workbook.parsing import workbook_from_yaml
from openintegriteit.core.documents.html import body_fragment
from openintegriteit.core.documents.model import (
    DefinitionList,
    Document,
    NumberedList,
    SignatureBlock,
    SpaceToFill,
    plain_text,
)
from openintegriteit.core.roles import console_actor
from openintegriteit.core.spreadsheets.reading import read_workbook
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations.models import Organisation
from openintegriteit.programme.models import Measure, MeasureStatus

CASES = Path(__file__).parents[2] / "tests" / "cases"
WORKBOOK, SOURCE = CASES / "huizen-2019.xlsx", CASES / "huizen-2019.yaml"

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def huizen(db):
    body = Organisation.objects.create(name="Gemeente Huizen", kind="municipality")
    with organisation_scope(body.pk):
        yield body


@pytest.fixture
def facts(huizen) -> YearFacts:
    file = importers.read_year(read_workbook(WORKBOOK.read_bytes()), huizen)
    assert file.errors == ()
    assert file.warnings == ()
    importers.apply(file, actor=console_actor(huizen.pk))
    return gather(AnnualReport.objects.get(year=2019), huizen)


@pytest.fixture
def document(facts) -> Document:
    return document_of(facts)


@pytest.fixture
def words(document) -> str:
    """Everything that the report says, as one line of text without markup and pictures."""
    html = re.sub(r"<svg.*?</svg>", " ", body_fragment(document), flags=re.DOTALL)
    text = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))
    return re.sub(r" ([,:.])", r"\1", text)


def test_the_workbook_says_what_its_source_says(huizen):
    from_workbook = importers.read_year(read_workbook(WORKBOOK.read_bytes()), huizen)
    from_source = importers.read_year(workbook_from_yaml(SOURCE), huizen)

    assert {key: [row.values for row in rows] for key, rows in from_workbook.rows.items()} == {
        key: [row.values for row in rows] for key, rows in from_source.rows.items()
    }


def test_a_second_import_changes_nothing(facts, huizen):
    file = importers.read_year(read_workbook(WORKBOOK.read_bytes()), huizen)

    assert importers.preview(file, actor=console_actor(huizen.pk)).changes == ()


def test_year_and_reference_date(facts, document):
    assert (facts.period.year, facts.period.reference_date) == (2019, date(2020, 3, 31))
    assert document.title == "Verslag integriteitsbeleid 2019"


def test_the_proposal_is_to_take_note(words):
    assert "Kennisnemen van dit verslag en van de stappen die de gemeente hierna wil zetten." in words


def test_legal_basis_with_its_old_numbers(words):
    assert "Sinds maart 2006 moeten gemeenten integriteitsbeleid voeren." in words
    assert (
        "artikel 125ter, 125quater en 125quinquies (oude nummers; nu artikel 4 en 5 van de Ambtenarenwet 2017)" in words
    )


@pytest.mark.parametrize(
    "told",
    [
        "Gedragscode ambtenaren: gedragscode voor ambtenaren, in werking sinds 1 april 2014.",
        "Gedragscode bestuurders: gedragscode voor bestuurders, in werking sinds 1 april 2004.",
        "Regeling melding vermoeden misstand: regeling, in werking sinds 1 april 2014, "
        "in plaats van: Klokkenluidersregeling.",
        "Klachtenregeling ongewenst gedrag: regeling, in werking sinds 1 april 2014.",
        "Protocol e-mail, internet en social media: protocol, vastgesteld op 25 januari 2018.",
    ],
)
def test_the_five_regulations(words, told):
    assert told in words


def test_the_policy_document(words):
    assert "vastgesteld door het college op 17 september 2018" in words
    assert "Actief integriteitsbeleid sinds 2010." in words
    assert "De hoofdstukken zijn: Inleiding Wettelijk kader Praktijk Borging en monitoring" in words
    assert "jaarkalender. Die staat op intranet" in words


def test_the_oath(words, facts):
    assert "De tekst van de ambtseed of belofte heeft drie punten." in words
    assert "voor de wethouder die over personeel gaat" in words
    assert "ondertekenen daarbij een oorkonde" in words
    assert "Mensen die niet in dienst zijn, tekenen een integriteitsverklaring." in words
    assert facts.value("oath-ceremonies") == 5


def test_the_advisers_and_other_routes(words):
    assert "Sinds 1 oktober 2017 liggen de taken van de vertrouwenspersoon bij BING" in words
    assert "Daarvoor was er een vertrouwenspersoon binnen de gemeente, en sinds 2014" in words
    assert "De helpdesk van BING is gebleven." in words
    assert "het Huis voor Klokkenluiders" in words
    assert "de Landelijke Klachtencommissie Ongewenst Gedrag" in words


def test_persons_who_sought_contact_over_three_years(words, facts):
    assert [facts.value("adviser-contact-persons", year) for year in (2017, 2018, 2019)] == [2, 21, 8]
    assert "Personen bij een vertrouwenspersoon personen 2 21 8" in words
    assert all(figure.published_before for figure in facts.series["adviser-contact-persons"])


def test_eleven_headings_look_back_on_the_year(document):
    themes = [heading.text for heading in document.headings() if re.match(r"\d+\. ", heading.text)]

    assert themes == [
        "1. Ambtseed of belofte van nieuwe medewerkers",
        "2. Communicatie en informatie",
        "3. Interne werkgroep",
        "4. Workshops en trainingen",
        "5. Personeelsgesprekken",
        "6. Klimaat van bespreken en melden",
        "7. Evaluatie en nazorg van de onderzoeken in 2018 en 2019",
        "8. Registratie van nevenwerkzaamheden en financiële belangen",
        "9. Discriminatie op het werk voorkomen",
        "10. Financiële processen en control",
        "11. Bewust van ondermijning",
    ]


@pytest.mark.parametrize(
    "told",
    [
        "aflegden: 5 bijeenkomsten, voor nieuwe medewerkers.",
        "Populaire versie van de gedragscode op intranet: sinds eind 2019.",
        "Interne werkgroep voor integriteit en omgangsvormen: sinds eind 2017.",
        "De werkgroep wordt in de eerste helft van 2020 geëvalueerd.",
        "Teamgesprekken: 6 gesprekken.",
        "Lezing voor de hele organisatie: 1 keer",
        "Workshop met een spel over integriteit op de summerschool",
        "Gericht op een open cultuur in bredere zin: Feedback geven Dienend leiderschap "
        "Trainingenreeks over het moedige gesprek: najaar van 2019.",
        "De meting wordt in 2020 voorbereid.",
        "van het laatste kwartaal van 2019 tot in 2020, begeleiding: BING. Dit traject is vertrouwelijk.",
        "Nevenwerkzaamheden van de ambtelijke top gepubliceerd: december 2019.",
        "Inventarisatie van nevenwerkzaamheden en financiële belangen: eerste kwartaal van 2020.",
        "Het eerste volledige verslag gaat over 2020.",
        "De arbeidsinspectie gaf verschillende aanwijzingen. Zij controleerde in januari 2020 opnieuw. "
        "In februari 2020 zijn de aanwijzingen opgeheven.",
        "Regels voor budgethouders en mandaat vastgesteld: januari 2020.",
        "Bijeenkomst van budgethouders: eind januari 2020",
        "Verslag van het auditteam: 2 keer. De adviezen van het auditteam zijn overgenomen.",
        "Eerste bijeenkomst met de bedrijvenkring: eind februari 2020",
        "onder de vlag van het RIEC",
    ],
)
def test_what_was_done(words, told):
    assert told in words


def test_the_agenda_for_2020_with_its_reservation(words):
    assert "Door de coronasituatie sinds maart kan dit programma nog veranderen." in words
    agenda = words[words.rindex("Agenda voor 2020") : words.rindex("Tot slot")]
    for told in (
        "ambtseed of belofte van nieuwe medewerkers",
        "Werkgroep gaat door",
        "Communicatie en publicaties gaan door",
        "Workshop op de summerschool over integriteit en omgangsvormen in het eigen werk",
        "Training in de stappen van morele oordeelsvorming",
        "Training over de budgethoudersregels en vier ogen gaat door",
        "Register van nevenwerkzaamheden en belangen vullen, verslag over 2020 voorbereiden",
        "Acties en maatregelen uit de risico-inventarisatie gaan door",
        "Acties uit bijlage 1 gaan door",
        "Meldwegen bekendmaken, medewerkers leren signalen te zien, training in weerbaarheid",
        "Informatie voor raadsleden en bestuurders: Als zij dat willen.",
    ):
        assert told in agenda


def test_of_26_measures_the_two_known_ones_are_told(words, facts):
    assert "Het plan telt 26 maatregelen. Van 2 maatregelen leest u in dit verslag hoe het ermee staat." in words
    assert [measure.number for group in facts.measures for measure in group.measures] == [9, 15]
    annex = words[words.index("Bijlage 1: Maatregelen") :]
    assert "Breng de meest kwetsbare rollen, taken, processen en situaties in beeld" in annex
    assert "in de loop van 2020" in annex
    assert "De financiële processen kwamen als eerste aan de beurt. Dat was al voor 2020 gedaan." in annex
    assert "Initiatief: P&O" in annex
    assert "De populaire versie van de gedragscode is gepubliceerd" in annex


def test_the_form_says_what_the_council_form_said(facts):
    texts = {heading.title: form_text(heading, facts) for heading in facts.form}

    for title in (
        "Toegankelijkheid",
        "Geheimhouding",
        "Alternatieven",
        "Uitvoering inspraak- en participatieverordening",
        "Beslistermijn",
        "Financiële paragraaf",
        "Eerdere besluiten",
        "Voorgeschreven procedure",
        "Kader- en beleidsnota's",
    ):
        assert texts.pop(title) == "Niet van toepassing."
    assert texts.pop("Bevoegdheid") == "De raad neemt kennis van het verslag."
    assert "zegt niets in het bijzonder over integriteitsbeleid" in texts.pop("Collegeprogramma")
    assert "sinds 2017 op de kostenplaats Integriteit, nummer 9600020" in texts.pop("Begroting")
    assert texts.pop("Evaluatie") == "De raad krijgt elk jaar een verslag."
    assert texts == {}


def test_the_reports_so_far(words):
    assert (
        "De raad krijgt sinds 2012 elk jaar een verslag. Sinds 2013 zit het verslag van de vertrouwenspersonen erbij."
        in words
    )


def test_annexes_signatories_and_room_for_the_committee(document):
    annexes = next(block for block in document.blocks if isinstance(block, NumberedList))
    assert [plain_text(item[0].runs) for item in annexes.items] == [
        "Maatregelen voor het klimaat van bespreken en melden en hun stand",
        "Algemene terugkoppeling over de evaluatie van het onderzoek bij Openbare Werken (los document)",
        "Verslag van de vertrouwenspersonen over 2019 (BING; los document)",
    ]
    signatures = next(block for block in document.blocks if isinstance(block, SignatureBlock))
    assert [signatory.function for signatory in signatures.signatories] == ["De secretaris", "De burgemeester"]
    space = next(block for block in document.blocks if isinstance(block, SpaceToFill))
    assert (space.label, space.hint) == ("Advies raadscommissie", "In te vullen door de raadsgriffier.")


def test_the_form_of_the_document(document):
    chapters = [heading.text for heading in document.headings() if heading.level == 1]

    assert chapters == [
        "Voorstel",
        "Toelichting op het te nemen besluit",
        "Overige raadsinformatie",
        "Bijlagen",
        "Bijlage 1: Maatregelen voor het klimaat van bespreken en melden en hun stand",
    ]
    assert sum(1 for block in document.blocks if isinstance(block, DefinitionList)) == 2


# What the documents do not tell, the report does not tell either.


def test_unknown_numbers_stay_unknown(facts):
    assert facts.value("oath-persons") is None
    assert facts.value("adviser-conversations") is None
    assert facts.value("disclosures-received") is None
    assert facts.value("training-participants") is None
    assert facts.value("staff-heads") is None
    assert facts.value("serious-violations", 2018) == 2
    assert facts.value("serious-violations", 2019) is None
    assert [facts.value("oath-ceremonies", year) for year in (2017, 2018)] == [None, None]


def test_no_row_is_shown_of_which_every_year_is_unknown(words):
    for name in ("Gesprekken met een vertrouwenspersoon", "Ontvangen meldingen", "Deelnames aan trainingen"):
        assert name not in words


def test_every_number_in_the_report_is_one_of_the_documents(words):
    told = {int(number) for number in re.findall(r"(?<![\d.,])\d+(?![\d])", words)}
    years = set(range(2004, 2023)) | {125}
    days = {1, 17, 25, 31}
    facts_of_the_documents = {2, 21, 8, 5, 6, 26, 9, 15, 9600020, 4}
    counted_headings_tables_and_annexes = set(range(1, 12))
    assert told - years - days - facts_of_the_documents - counted_headings_tables_and_annexes == set()


def test_status_owner_and_heading_of_the_measures_are_not_made_up(facts):
    nine, fifteen = Measure.objects.order_by("number")
    assert (nine.status, nine.owner, nine.initiator, nine.heading, nine.pillar) == (
        MeasureStatus.UNKNOWN,
        "",
        "",
        None,
        None,
    )
    assert (fifteen.status, fifteen.owner, fifteen.initiator) == (MeasureStatus.CONTINUOUS, "", "P&O")


def test_no_status_count_over_a_part_of_the_plan(document):
    assert "Maatregelen naar stand op 31 maart 2020" not in [table.caption for table in document.tables()]


def test_sections_without_facts_are_absent(document):
    headings = {heading.text for heading in document.headings()}

    assert headings.isdisjoint({"Waar wij voor staan", "Borging"})


def test_no_judgement_and_no_cause_is_told(words):
    for word in ("positief", "helaas", "daling", "gedaald", "gestegen", "omdat", "waardoor", "Gytha", "adequaat"):
        assert word not in words.lower()


def test_the_questions_of_the_council(facts):
    questions = list(CouncilQuestion.objects.select_related("same_answer_as", "measure"))

    assert len(questions) == 14
    assert sum(1 for question in questions if question.number) == 13
    assert [question.number for question in questions if question.not_applicable] == ["2", "3", "4"]
    assert [(q.number, q.same_answer_as.number) for q in questions if q.same_answer_as] == [("9", "8")]
    assert {q.number: q.measure.number for q in questions if q.measure} == {"12": 9, "13": 15}
    assert {question.asked_by for question in questions} == {""}
    assert "nul keer gebruikt" in questions[0].answer


def test_the_eight_pillars_of_document_004(facts):
    answer = CouncilQuestion.objects.get(number="7").answer

    assert [line[2:] for line in answer.splitlines() if line.startswith("- ")] == [
        "Waarden en normen, commitment en visie, organisatiecultuur",
        "Leiderschap en management",
        "Training, communicatie en bewustwording",
        "Werving, screening, selectie, inwerkprogramma",
        "Regels, procedures en richtlijnen, structuren en processen",
        "Incidenten en handhaving",
        "Controlemechanismen en verantwoording",
        "Evalueren en rapporteren",
    ]
