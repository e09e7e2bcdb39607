"""The workbook of a year: its sheets, their columns and the words that a cell may hold. This is the file format."""

from dataclasses import dataclass

from openintegriteit.accountability.models import AnnexKind
from openintegriteit.accountability.sections import section_choices
from openintegriteit.core.spreadsheets.columns import Column
from openintegriteit.organisations.models import OrganisationKind
from openintegriteit.policy.models import Audience, RegulationKind
from openintegriteit.programme.models import (
    ActivityKind,
    ActivityStatus,
    FindingKind,
    FindingStatus,
    MeasureStatus,
    Priority,
    Scope,
)

BODIES = (
    (OrganisationKind.MUNICIPALITY, "gemeente"),
    (OrganisationKind.PROVINCE, "provincie"),
    (OrganisationKind.WATER_BOARD, "waterschap"),
    (OrganisationKind.JOINT_BODY, "gemeenschappelijke regeling"),
)
REGULATIONS = (
    (RegulationKind.CODE_OF_CONDUCT, "gedragscode"),
    (RegulationKind.SCHEME, "regeling"),
    (RegulationKind.PROTOCOL, "protocol"),
    (RegulationKind.BYLAW, "verordening"),
    (RegulationKind.OTHER, "overig"),
)
AUDIENCES = (
    (Audience.OFFICIALS, "ambtenaren"),
    (Audience.EXECUTIVE, "bestuurders"),
    (Audience.REPRESENTATIVES, "volksvertegenwoordigers"),
    (Audience.EVERYBODY, "iedereen"),
)
MEASURE_STATUSES = (
    (MeasureStatus.NOT_STARTED, "niet begonnen"),
    (MeasureStatus.ON_SCHEDULE, "op schema"),
    (MeasureStatus.DELAYED, "vertraagd"),
    (MeasureStatus.CONTINUOUS, "doorlopend"),
    (MeasureStatus.DONE, "klaar"),
    (MeasureStatus.DROPPED, "vervallen"),
    (MeasureStatus.UNKNOWN, "onbekend"),
)
PRIORITIES = ((str(Priority.LOW), "laag"), (str(Priority.NORMAL), "gewoon"), (str(Priority.HIGH), "hoog"))
ACTIVITIES = (
    (ActivityKind.CEREMONY, "beëdiging"),
    (ActivityKind.TRAINING, "training"),
    (ActivityKind.TEAM_TALK, "teamgesprek"),
    (ActivityKind.LECTURE, "lezing"),
    (ActivityKind.MEETING, "overleg"),
    (ActivityKind.COMMUNICATION, "communicatie"),
    (ActivityKind.INVESTIGATION, "onderzoek"),
    (ActivityKind.PUBLICATION, "publicatie"),
    (ActivityKind.OTHER, "overig"),
)
ACTIVITY_STATUSES = (
    (ActivityStatus.PLANNED, "gepland"),
    (ActivityStatus.CONFIRMED, "bevestigd"),
    (ActivityStatus.RUNNING, "loopt"),
    (ActivityStatus.HELD, "gehouden"),
    (ActivityStatus.CALLED_OFF, "afgezegd"),
)
SCOPES = ((Scope.INTEGRITY, "strikt integriteit"), (Scope.OPEN_CULTURE, "bredere open cultuur"))
FINDINGS = (
    (FindingKind.INSPECTORATE, "inspectie"),
    (FindingKind.AUDIT_COURT, "rekenkamer"),
    (FindingKind.ACCOUNTANT, "accountant"),
    (FindingKind.AUDIT, "audit"),
    (FindingKind.INVESTIGATION, "onderzoek"),
    (FindingKind.MONITOR, "monitor"),
    (FindingKind.COUNCIL, "raad"),
)
FINDING_STATUSES = (
    (FindingStatus.OPEN, "open"),
    (FindingStatus.IN_PROGRESS, "in behandeling"),
    (FindingStatus.RESOLVED, "opgelost"),
)
ANNEXES = (
    (AnnexKind.MEASURES, "maatregelen"),
    (AnnexKind.DOCUMENT, "document van anderen"),
    (AnnexKind.TEXT, "tekst"),
)


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A sheet of the workbook: its name, what it is for, and its columns."""

    key: str
    name: str
    intro: str
    columns: tuple[Column, ...]


def _year(help_text: str, example: str = "2025") -> Column:
    return Column("year", "Jaar", "integer", required=True, minimum=1990, maximum=2100, help=help_text, example=example)


def _pillar() -> Column:
    return Column("pillar", "Pijler", "integer", minimum=1, maximum=8, help="Nummer van de pijler, 1 tot en met 8.")


SHEETS = (
    SheetKind(
        "organisation",
        "Organisatie",
        "Wie u bent, en hoeveel mensen er werken. Eén rij per jaar. Alleen de rij van het jaar waarover u "
        "verslag doet, heeft een peildatum.",
        (
            Column(
                "name",
                "Naam",
                required=True,
                max_length=200,
                help="De naam van uw organisatie.",
                example="Gemeente Voorbeeld",
            ),
            Column("kind", "Soort", "choice", required=True, choices=BODIES, example="gemeente"),
            _year("Het jaar waarover de aantallen gaan."),
            Column(
                "reference_date",
                "Peildatum",
                "date",
                help="Tot en met deze dag vertelt het verslag ook wat later gebeurde.",
                example="31-03-2026",
            ),
            Column("heads", "Medewerkers", "integer", minimum=0, help="Aantal mensen op 31 december.", example="431"),
            Column("fte", "Fte", "decimal", minimum=0, help="Aantal fte op 31 december.", example="388,6"),
            Column("note", "Toelichting", max_length=500, help="Wie telt mee, en wie niet?"),
        ),
    ),
    SheetKind(
        "regulations",
        "Regelingen",
        "De codes, regelingen en protocollen over integriteit. Elke versie is een rij.",
        (
            Column("title", "Titel", required=True, max_length=200, example="Gedragscode voor medewerkers"),
            Column("kind", "Soort", "choice", required=True, choices=REGULATIONS, example="gedragscode"),
            Column("audience", "Voor wie", "choice", choices=AUDIENCES, example="ambtenaren"),
            Column("label", "Versie", max_length=40, example="2"),
            Column("adopted_by", "Vastgesteld door", max_length=200, example="het college"),
            Column("adopted_on", "Vastgesteld op", "date", example="17-06-2025"),
            Column("in_force_on", "In werking vanaf", "date", example="01-07-2025"),
            Column("replaces", "Vervangt", max_length=300, help="De regeling die hiermee vervalt."),
            Column("review_due_on", "Herzien voor", "date", help="Voor deze dag kijkt u of de regeling nog klopt."),
            Column("note", "Toelichting"),
        ),
    ),
    SheetKind(
        "policy_plans",
        "Beleidsdocumenten",
        "De documenten waarin uw integriteitsbeleid staat.",
        (
            Column("title", "Titel", required=True, max_length=200, example="Beleidsplan integriteit"),
            Column("adopted_by", "Vastgesteld door", max_length=200, example="het college"),
            Column("adopted_on", "Vastgesteld op", "date", example="24-02-2026"),
            Column(
                "policy_since",
                "Beleid sinds",
                "integer",
                minimum=1950,
                maximum=2100,
                help="Jaar sinds wanneer u integriteitsbeleid voert.",
                example="2012",
            ),
            Column("chapters", "Hoofdstukken", help="Eén hoofdstuk per regel in de cel."),
            Column("note", "Toelichting"),
        ),
    ),
    SheetKind(
        "measures",
        "Maatregelen",
        "De maatregelen uit uw plan. Een maatregel houdt altijd hetzelfde nummer.",
        (
            Column("number", "Nummer", "integer", required=True, minimum=1, maximum=9999, example="1"),
            Column(
                "heading",
                "Rubriek",
                max_length=200,
                help="De kop in uw plan waaronder de maatregel staat.",
                example="Bewust zijn",
            ),
            _pillar(),
            Column(
                "title",
                "Maatregel",
                required=True,
                max_length=300,
                example="Voer in elk team een gesprek over een dilemma",
            ),
            Column("description", "Omschrijving"),
            Column(
                "owner",
                "Eigenaar",
                max_length=200,
                help="De afdeling of persoon die ervoor zorgt.",
                example="Personeel en organisatie",
            ),
            Column("initiator", "Initiatief", max_length=200),
            Column("when", "Wanneer", max_length=200, help="In woorden, bijvoorbeeld: doorlopend.", example="in 2026"),
            Column("due_on", "Einddatum", "date", example="31-12-2026"),
            Column("priority", "Prioriteit", "choice", choices=PRIORITIES, example="gewoon"),
            Column("status", "Stand", "choice", choices=MEASURE_STATUSES, example="op schema", help="Leeg: onbekend."),
            Column("finished_on", "Klaar op", "date", help="Alleen als de stand klaar is."),
            Column(
                "finding",
                "Bevinding",
                "integer",
                minimum=1,
                help="Nummer van de bevinding waar de maatregel een antwoord op is.",
            ),
            Column("budget", "Budget", "decimal", minimum=0, help="In euro's."),
        ),
    ),
    SheetKind(
        "notes",
        "Voortgang",
        "Berichten over de voortgang van een maatregel. U kunt er steeds nieuwe bij zetten.",
        (
            Column(
                "measure",
                "Maatregel",
                "integer",
                required=True,
                minimum=1,
                help="Nummer van de maatregel.",
                example="1",
            ),
            Column("noted_on", "Datum", "date", example="02-10-2025"),
            Column("text", "Bericht", required=True, example="Twaalf teams hebben het gesprek gevoerd."),
        ),
    ),
    SheetKind(
        "activities",
        "Activiteiten",
        "Wat u deed en wat u van plan bent: bijeenkomsten, trainingen, gesprekken en berichten. "
        "Weet u een aantal niet? Laat de cel dan leeg.",
        (
            Column(
                "order",
                "Volgnummer",
                "integer",
                minimum=0,
                maximum=9999,
                help="De volgorde in het verslag.",
                example="1",
            ),
            Column(
                "theme",
                "Thema",
                required=True,
                max_length=200,
                help="De kop waaronder het verslag de activiteit noemt.",
                example="Trainingen",
            ),
            Column("title", "Activiteit", required=True, max_length=300, example="Training voor leidinggevenden"),
            Column("kind", "Soort", "choice", required=True, choices=ACTIVITIES, example="training"),
            _pillar(),
            _year("Het jaar van het verslag waarin de activiteit thuishoort."),
            Column("starts_on", "Datum", "date", example="14-05-2025"),
            Column("ends_on", "Tot en met", "date"),
            Column("period", "Periode", max_length=200, help="In woorden, als u de dag niet weet.", example="voorjaar"),
            Column("status", "Stand", "choice", required=True, choices=ACTIVITY_STATUSES, example="gehouden"),
            Column("sessions", "Aantal", "integer", minimum=0, maximum=100_000, help="Hoe vaak.", example="4"),
            Column("participants", "Deelnemers", "integer", minimum=0, maximum=1_000_000, example="52"),
            Column("scope", "Aard", "choice", choices=SCOPES, example="strikt integriteit"),
            Column("audience", "Doelgroep", max_length=200, example="leidinggevenden"),
            Column("led_by", "Begeleiding", max_length=200),
            Column("note", "Toelichting"),
            Column("outcome", "Resultaat"),
            Column("measure", "Maatregel", "integer", minimum=1, help="Nummer van de maatregel waar dit bij hoort."),
        ),
    ),
    SheetKind(
        "figures",
        "Jaarcijfers",
        "Aantallen per jaar. Vul drie jaren in, dan laat het verslag zien hoe het verandert. "
        "Een lege waarde betekent: onbekend. Nul betekent: nul.",
        (
            Column(
                "indicator",
                "Cijfer",
                required=True,
                max_length=200,
                help="De naam of de code uit de lijst met cijfers.",
                example="Personen bij een vertrouwenspersoon",
            ),
            _year("Het jaar waarover het cijfer gaat."),
            Column("value", "Waarde", "decimal", minimum=0, example="8"),
            Column("unit", "Eenheid", max_length=40, help="Alleen nodig bij een eigen cijfer.", example="personen"),
            Column("definition", "Definitie", help="Alleen als u anders telt dan de lijst met cijfers zegt."),
            Column("source", "Bron", max_length=300, example="Verslag van de vertrouwenspersonen"),
            Column(
                "has_break", "Reeksbreuk", "yes_no", help="Ja, als u dit jaar anders bent gaan tellen.", example="nee"
            ),
            Column("series_break", "Uitleg reeksbreuk", max_length=500, help="Wat telt u nu anders?"),
            Column("published_before", "Eerder gepubliceerd", "yes_no", example="ja"),
        ),
    ),
    SheetKind(
        "findings",
        "Bevindingen",
        "Wat anderen of uzelf vonden dat beter moet.",
        (
            Column("number", "Nummer", "integer", required=True, minimum=1, maximum=9999, example="1"),
            Column("kind", "Soort", "choice", required=True, choices=FINDINGS, example="inspectie"),
            Column("found_by", "Van wie", max_length=200, example="Arbeidsinspectie"),
            Column("letter_on", "Brief van", "date", example="12-09-2025"),
            Column(
                "text", "Bevinding", required=True, example="Het beleid tegen discriminatie is niet op papier gezet."
            ),
            Column("order", "Opdracht", help="Wat moet u doen?"),
            Column("due_on", "Termijn", "date"),
            Column("reinspected_on", "Herinspectie", "date"),
            Column("lifted_on", "Opgeheven op", "date"),
            Column("dates_in_words", "Datum in woorden", max_length=200, help="Als u alleen de maand weet."),
            Column("status", "Stand", "choice", required=True, choices=FINDING_STATUSES, example="in behandeling"),
            Column("note", "Toelichting"),
        ),
    ),
    SheetKind(
        "questions",
        "Raadsvragen",
        "Vragen van de raad (of Provinciale Staten, of het algemeen bestuur) over het verslag, met uw antwoord.",
        (
            Column("order", "Volgorde", "integer", required=True, minimum=1, maximum=9999, example="1"),
            Column(
                "number", "Nummer", max_length=20, help="Het nummer dat de raad gaf. Leeg: zonder nummer.", example="1"
            ),
            Column("question", "Vraag", required=True, example="Hoeveel teams moeten het gesprek nog voeren?"),
            Column("asked_by", "Steller", max_length=200),
            Column("received_on", "Ontvangen op", "date", example="20-04-2026"),
            Column("answer", "Antwoord", example="Nog drie teams."),
            Column(
                "same_answer_as",
                "Zelfde antwoord als",
                "integer",
                minimum=1,
                help="De volgorde van de vraag met hetzelfde antwoord.",
            ),
            Column("not_applicable", "Niet van toepassing", "yes_no", example="nee"),
            Column("measure", "Over maatregel", "integer", minimum=1),
            Column("paragraph", "Over paragraaf", max_length=200),
        ),
    ),
    SheetKind(
        "texts",
        "Verslagteksten",
        "Uw eigen teksten voor het verslag. Een lege regel begint een nieuwe alinea, een regel die met een streepje "
        "begint is een punt van een lijst. Wat u niet invult, stellen wij voor u op.",
        (
            Column("section", "Onderdeel", "choice", required=True, choices=section_choices(), example="visie"),
            Column("heading", "Kop", max_length=200, help="Alleen bij formulier: de kop in uw formulier."),
            Column("text", "Tekst", required=True, example="Inwoners moeten op ons kunnen rekenen."),
        ),
    ),
    SheetKind(
        "annexes",
        "Bijlagen",
        "De bijlagen bij het verslag.",
        (
            Column("order", "Volgorde", "integer", required=True, minimum=1, maximum=99, example="1"),
            Column("title", "Titel", required=True, max_length=300, example="Maatregelen en hun stand"),
            Column("kind", "Soort", "choice", required=True, choices=ANNEXES, example="maatregelen"),
            Column("text", "Tekst"),
            Column("file_name", "Bestand", max_length=200, help="De naam van het losse document."),
            Column("author", "Opsteller", max_length=200),
            Column(
                "confidential",
                "Vertrouwelijk",
                "yes_no",
                help="Ja: het verslag noemt de bijlage, maar toont haar niet.",
                example="nee",
            ),
        ),
    ),
)
