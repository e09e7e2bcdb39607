"""What a file of people may hold: its sheets, their columns, and the heads that personnel systems give them."""

from django.utils.translation import gettext_lazy as _

from openintegriteit.core.spreadsheets.columns import Column
from openintegriteit.core.spreadsheets.templates import SheetTemplate
from openintegriteit.organisations.models import PersonKind

PEOPLE_SHEET, UNITS_SHEET = "Mensen", "Afdelingen"
KINDS = (
    (PersonKind.OFFICIAL, "ambtenaar"),
    (PersonKind.INTERN, "stagiair"),
    (PersonKind.HIRED, "ingehuurd"),
    (PersonKind.HOLIDAY_WORKER, "vakantiekracht"),
    (PersonKind.ON_CALL, "oproepkracht"),
    (PersonKind.CHAIR, "burgemeester of voorzitter"),
    (PersonKind.EXECUTIVE_MEMBER, "bestuurder"),
    (PersonKind.ELECTED_MEMBER, "volksvertegenwoordiger"),
    (PersonKind.AUDIT_COURT_MEMBER, "rekenkamerlid"),
    (PersonKind.EXTERNAL, "extern"),
)

PEOPLE_COLUMNS = (
    Column(
        "personnel_number",
        "Personeelsnummer",
        required=True,
        max_length=40,
        synonyms=("Personeelsnr", "Persnr", "Medewerkernummer", "Medewerkernr", "Medewerker ID", "Registratienummer"),
        help=_("The number by which a person is recognised the next time. No citizen service number."),
        example="1001",
    ),
    Column(
        "given_name", "Voornaam", max_length=100, synonyms=("Roepnaam", "Voornamen", "Voorletters"), example="Samira"
    ),
    Column(
        "infix",
        "Tussenvoegsel",
        max_length=30,
        synonyms=("Voorvoegsel", "Voorvoegsels", "Tussenvoegsels", "Voorv"),
        example="el",
    ),
    Column(
        "family_name",
        "Achternaam",
        required=True,
        max_length=100,
        synonyms=("Naam", "Geslachtsnaam", "Familienaam", "Geboortenaam", "Naam medewerker"),
        example="Amrani",
    ),
    Column(
        "email",
        "E-mail",
        "email",
        max_length=254,
        synonyms=("E-mailadres", "Mailadres", "Mail", "E-mail werk", "Zakelijk e-mailadres"),
        example="s.elamrani@voorbeeld.example",
    ),
    Column(
        "kind",
        "Soort",
        "choice",
        choices=KINDS,
        synonyms=("Soort medewerker", "Soort dienstverband", "Dienstverband", "Type medewerker", "Aanstelling"),
        help=_("Left out, a new person is an official."),
        example="ambtenaar",
    ),
    Column(
        "position",
        "Functie",
        max_length=200,
        synonyms=("Functienaam", "Functieomschrijving", "Functietitel", "Rol"),
        example="Beleidsadviseur",
    ),
    Column(
        "unit",
        "Afdeling",
        max_length=200,
        synonyms=("Afdelingscode", "Organisatie-eenheid", "Org. eenheid", "Team", "Eenheid", "OE"),
        help=_("The code or the name of a unit that exists or stands in the sheet of units."),
        example="BV",
    ),
    Column(
        "manager",
        "Leidinggevende",
        max_length=40,
        synonyms=("Manager", "Personeelsnummer leidinggevende", "Leidinggevende nummer", "Teamleider"),
        help=_("The personnel number of the manager."),
        example="1000",
    ),
    Column(
        "started_on",
        "In dienst",
        "date",
        synonyms=("Datum in dienst", "Indiensttreding", "In dienst sinds", "Begindatum", "Datum indiensttreding"),
        example="01-03-2021",
    ),
    Column(
        "ended_on",
        "Uit dienst",
        "date",
        synonyms=("Datum uit dienst", "Uitdiensttreding", "Einddatum", "Laatste werkdag", "Datum uitdiensttreding"),
        help=_("The last day at work; empty for who stays."),
    ),
    Column(
        "fte",
        "Fte",
        "decimal",
        minimum=0,
        maximum=2,
        synonyms=("Deeltijdfactor", "Parttime factor", "Deeltijd", "Formatie"),
        help=_("How much of a full working week: 0,89 for 32 of 36 hours."),
        example="0,89",
    ),
)
UNIT_COLUMNS = (
    Column("code", "Code", required=True, max_length=40, synonyms=("Afdelingscode",), example="BV"),
    Column(
        "name", "Naam", required=True, max_length=200, synonyms=("Afdeling", "Omschrijving"), example="Bedrijfsvoering"
    ),
    Column(
        "parent",
        "Onder",
        max_length=40,
        synonyms=("Bovenliggende afdeling", "Valt onder"),
        help=_("The code of the unit to which this one belongs; empty for the top."),
        example="",
    ),
)

TEMPLATE = (
    SheetTemplate(
        PEOPLE_SHEET,
        _("Everybody who works for the body or governs it, one row a person."),
        PEOPLE_COLUMNS,
        (
            {
                "personnel_number": "1000",
                "given_name": "Johan",
                "family_name": "Visser",
                "email": "j.visser@voorbeeld.example",
                "kind": "ambtenaar",
                "position": "Afdelingshoofd",
                "unit": "BV",
            },
            {
                "personnel_number": "1001",
                "given_name": "Samira",
                "infix": "el",
                "family_name": "Amrani",
                "email": "s.elamrani@voorbeeld.example",
                "kind": "ambtenaar",
                "position": "Beleidsadviseur",
                "unit": "BV-P",
                "manager": "1000",
            },
        ),
    ),
    SheetTemplate(
        UNITS_SHEET,
        _("Departments and teams. A unit that is not in the file stays as it is."),
        UNIT_COLUMNS,
        ({"code": "BV", "name": "Bedrijfsvoering"}, {"code": "BV-P", "name": "Personeel", "parent": "BV"}),
    ),
)
