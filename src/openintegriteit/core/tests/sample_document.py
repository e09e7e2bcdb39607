"""A document with everything in it, and texts that try to break out of a format."""

from datetime import date

from openintegriteit.core.documents.chart import BarChart, HorizontalBarChart, Series, StackedBarChart
from openintegriteit.core.documents.model import (
    Block,
    BulletList,
    Cell,
    Column,
    Definition,
    DefinitionList,
    Document,
    Figure,
    Heading,
    Link,
    NumberedList,
    PageBreak,
    Paragraph,
    Signatory,
    SignatureBlock,
    SpaceToFill,
    Table,
    TableOfContents,
    Text,
    Theme,
    cell,
    paragraph,
)

PILLARS = ("Visie en beleid", "Normen en waarden", "Structuur en borging", "Melden en onderzoek")
OATHS = BarChart(
    title="Beëdigingen",
    category_title="Jaar",
    categories=("2017", "2018", "2019"),
    series=(Series("Medewerkers", (48, None, 1234.5)),),
    unit="medewerkers",
    highlight="2019",
)
MEASURES = HorizontalBarChart(
    title="Maatregelen per pijler",
    category_title="Pijler",
    categories=PILLARS,
    series=(Series("Maatregelen", (3, 0, 7, None)),),
    unit="maatregelen",
)
PROGRESS = StackedBarChart(
    title="Stand van de maatregelen per pijler",
    category_title="Pijler",
    categories=PILLARS,
    series=(
        Series("klaar", (2, 0, 3, None)),
        Series("op schema", (1, 0, 4, 2)),
        Series("vertraagd", (0, 0, 5, 1)),
    ),
    unit="maatregelen",
)
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40" viewBox="0 0 120 40">'
    '<circle cx="20" cy="20" r="18" fill="#a3201d"/></svg>'
)
ACTIONS = (
    "Teamgesprek over",
    "Training over",
    "Nieuwe regels voor",
    "Onderzoek naar",
    "Voorlichting over",
    "Lezing over",
)
SUBJECTS = (
    "geschenken",
    "nevenwerkzaamheden en belangen",
    "gelijke behandeling bij een vergunning",
    "melden zonder zorgen",
    "inkoop",
    "omgaan met vertrouwelijke informatie, ook thuis en onderweg, met voorbeelden uit het werk van elke dag",
    "de eed en de belofte",
)
HARD_TEXTS = (
    "#set text(red) #pagebreak() $x^2$ *vet* _schuin_ `code` @bron [vak] {blok} // weg /* weg */",
    "<script>alert(1)</script> &amp; <b>\"aanhaling\"</b> 'enkel' ]]> {{ veld }} {% tag %} ${naam}",
    r"\newpage \u{41} %00 ~tilde~ ^hoog^ | pijp | -- --- ... \ schuine streep",
    "“gekrulde” ‘aanhaling’ — gedachtestreep … € ½ é ë ï ő ș ž ǆ Ω Ж",
)
EMOJI = "😀"
ARABIC = "العربية"
LONG_WORD = "meervoudigepersoonlijkheidsstoornisbehandelingsprotocol" * 6

REPORT_TABLE = Table(
    caption="Cijfers over drie jaar",
    columns=(
        Column("Cijfer", width_share=3),
        Column("2017", numeric=True),
        Column("2018", numeric=True),
        Column("2019", numeric=True),
    ),
    rows=(
        (cell("Beëdigingen"), cell("48"), cell("niet bekend"), cell("51")),
        (cell("Gesprekken"), cell("1.234,5"), cell("0"), cell("12")),
    ),
)


def document(*blocks: Block, **changes: object) -> Document:
    """A document of these blocks; `changes` replace its other fields."""
    fields: dict[str, object] = {
        "title": "Jaarverslag integriteit 2019",
        "theme": Theme("Gemeente Voorbeeld"),
        "date": date(2020, 3, 31),
        "blocks": blocks,
    }
    return Document(**{**fields, **changes})  # type: ignore[arg-type]  # fields by name, each test gives the right kind


def rich_document() -> Document:
    """A document with every kind of block, a long table and a logo."""
    return document(
        TableOfContents(deepest_level=2),
        Heading("Voorstel", identifier="voorstel"),
        paragraph("Het college stelt de raad voor dit verslag vast te stellen."),
        DefinitionList(
            (
                Definition("Historisch overzicht", (paragraph("Niet van toepassing."),)),
                Definition(
                    "Kanttekeningen", (paragraph("Twee."), BulletList(((paragraph("Geld"),), (paragraph("Tijd"),))))
                ),
            )
        ),
        Heading("Terugblik", numbered=True),
        Heading("Vertrouwenspersonen", level=2, numbered=True),
        Paragraph(
            (
                Text("Er waren "),
                Text("twaalf gesprekken", strong=True),
                Text(" en "),
                Text("veel", emphasis=True),
                Text(" vragen. Lees meer op "),
                Link("de website van de gemeente", "https://www.voorbeeld.example/integriteit?jaar=2019&taal=nl"),
                Text("."),
            )
        ),
        NumberedList(
            ((paragraph("Eerst praten"), BulletList(((paragraph("met elkaar"),),))), (paragraph("Dan melden"),))
        ),
        Figure(OATHS, "Beëdigingen van drie jaar"),
        REPORT_TABLE,
        Heading("Maatregelen", level=2, numbered=True),
        Figure(MEASURES, "Aantal maatregelen per pijler"),
        Figure(PROGRESS, "Hoe het met de maatregelen staat", "Bij structuur en borging lopen vijf maatregelen achter."),
        Heading("Dieper", level=3),
        Heading("Nog dieper", level=4),
        paragraph("Slot."),
        PageBreak(),
        Heading("Bijlage: het plan"),
        Table(
            caption="Alle maatregelen",
            columns=(
                Column("Nummer", numeric=True),
                Column("Maatregel", width_share=4),
                Column("Stand", width_share=2),
            ),
            rows=tuple(_measure(number) for number in range(1, 121)),
        ),
        Table(
            caption="Wie erbij was",
            columns=(Column("Afdeling"), Column("Dag")),
            rows=((cell("Griffie"), cell("maandag")),),
            row_headers=False,
        ),
        Heading("Advies"),
        SpaceToFill("Advies van de commissie", "In te vullen door de griffie."),
        SignatureBlock((Signatory("De secretaris", "A. de Vries"), Signatory("De burgemeester", "J. El Amrani"))),
        subject="Verantwoording aan de gemeenteraad",
        author="Coördinator integriteit",
        theme=Theme("Gemeente Voorbeeld", "#ffcc00", LOGO),
    )


def _measure(number: int) -> tuple[Cell, Cell, Cell]:
    words = f"{ACTIONS[number % len(ACTIONS)]} {SUBJECTS[number % len(SUBJECTS)]}"
    return cell(str(number)), cell(words), cell("op schema" if number % 2 else "klaar")
