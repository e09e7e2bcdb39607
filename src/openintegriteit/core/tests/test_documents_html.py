import lxml.html
import pytest

from openintegriteit.core.documents import write
from openintegriteit.core.documents.html import body_fragment
from openintegriteit.core.documents.model import (
    Column,
    Heading,
    Link,
    Paragraph,
    Table,
    TableOfContents,
    cell,
    paragraph,
)
from openintegriteit.core.tests.sample_document import (
    ARABIC,
    EMOJI,
    HARD_TEXTS,
    LONG_WORD,
    OATHS,
    document,
    rich_document,
)


@pytest.fixture(scope="module")
def rich() -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(write(rich_document(), "html").decode())


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_the_page_says_its_language_title_and_maker(rich: lxml.html.HtmlElement) -> None:
    assert rich.get("lang") == "nl"
    assert rich.findtext(".//title") == "Jaarverslag integriteit 2019"
    assert rich.xpath("string(//meta[@name='description']/@content)") == "Verantwoording aan de gemeenteraad"
    assert rich.xpath("string(//meta[@name='author']/@content)") == "Coördinator integriteit"
    assert rich.xpath("string(//meta[@name='dcterms.date']/@content)") == "2020-03-31"


def test_headings_follow_each_other_without_a_skip(rich: lxml.html.HtmlElement) -> None:
    levels = [int(heading.tag[1]) for heading in rich.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]

    assert levels == [1, 2, 2, 2, 3, 3, 4, 5, 2, 2]


def test_the_first_link_skips_to_the_content(rich: lxml.html.HtmlElement) -> None:
    first = rich.xpath("//a")[0]

    assert (first.get("href"), words(first)) == ("#inhoud", "Naar de inhoud")
    assert [element.tag for element in rich.xpath("//*[@id='inhoud']")] == ["main"]


def test_the_table_of_contents_leads_to_headings(rich: lxml.html.HtmlElement) -> None:
    links = rich.xpath("//nav//a")

    assert [words(link) for link in links] == [
        "Voorstel",
        "1 Terugblik",
        "1.1 Vertrouwenspersonen",
        "1.2 Maatregelen",
        "Bijlage: het plan",
        "Advies",
    ]
    assert [words(rich.get_element_by_id(link.get("href")[1:])) for link in links] == [words(link) for link in links]


def test_every_identifier_occurs_once(rich: lxml.html.HtmlElement) -> None:
    identifiers = rich.xpath("//@id")

    assert len(identifiers) == len(set(identifiers))


def test_tables_have_a_caption_and_headers_with_scope(rich: lxml.html.HtmlElement) -> None:
    tables = rich.xpath("//main/div[@class='table']/table")

    assert [words(table.find("caption")) for table in tables] == [
        "Tabel 1. Cijfers over drie jaar",
        "Tabel 2. Alle maatregelen",
        "Tabel 3. Wie erbij was",
    ]
    assert {header.get("scope") for header in rich.xpath("//thead//th")} == {"col"}
    assert {header.get("scope") for header in rich.xpath("//tbody//th")} == {"row"}
    assert len(tables[1].xpath("./tbody/tr/th")) == 120
    assert len(tables[2].xpath("./tbody/tr/th")) == 0


def test_each_figure_has_a_name_words_and_its_figures_as_a_table(rich: lxml.html.HtmlElement) -> None:
    figures = rich.xpath("//figure")

    assert [words(figure.find("figcaption")) for figure in figures] == [
        "Figuur 1. Beëdigingen van drie jaar",
        "Figuur 2. Aantal maatregelen per pijler",
        "Figuur 3. Hoe het met de maatregelen staat",
    ]
    first = figures[0].find("svg")
    assert first.get("role") == "img"
    assert [element.tag for element in first][:2] == ["title", "desc"]
    assert first.get("aria-labelledby").split() == [first[0].get("id"), first[1].get("id")]
    assert words(first[1]) == OATHS.alternative_text()
    assert words(figures[0].find("details/summary")) == "De cijfers van figuur 1"
    cells = [words(cell) for cell in figures[0].xpath(".//details//tbody//*[self::th or self::td]")]
    assert cells == ["2017", "48", "2018", "niet bekend", "2019", "1.234,5"]


def test_the_page_loads_nothing_and_runs_nothing(rich: lxml.html.HtmlElement) -> None:
    assert rich.xpath("//script|//link|//iframe|//object|//@style|//@onclick|//@onload") == []
    assert [source[:26] for source in rich.xpath("//@src")] == ["data:image/svg+xml;base64,"]
    assert "url(" not in rich.findtext(".//style")
    assert "@import" not in rich.findtext(".//style")


def test_the_house_colour_is_dark_enough_to_read(rich: lxml.html.HtmlElement) -> None:
    assert "#ffcc00" not in rich.findtext(".//style")


@pytest.mark.parametrize("text", [*HARD_TEXTS, EMOJI, ARABIC, LONG_WORD])
def test_a_text_stays_text_wherever_it_stands(text: str) -> None:
    table = Table(text, (Column(text), Column("B")), ((cell(text), cell("2")),))
    link = Paragraph((Link(text, "https://voorbeeld.example/?a=1&b='\""),))

    page = lxml.html.document_fromstring(
        write(
            document(Heading(text), paragraph(text), table, link, title=text, subject=text, author=text), "html"
        ).decode()
    )

    expected = " ".join(text.split())
    assert page.findtext(".//title") == text
    assert page.xpath("string(//meta[@name='author']/@content)") == text
    assert [
        words(page.find(path)) for path in (".//h1", ".//main/h2", ".//main/p", ".//td/..//th", ".//main//p/a")
    ] == ([expected] * 5)
    assert page.xpath("string(//main//p/a/@href)") == "https://voorbeeld.example/?a=1&b='\""
    assert page.xpath("//script") == []


def test_a_line_end_is_a_line_end() -> None:
    assert body_fragment(document(paragraph("een\r\ntwee"))) == "<p>een<br>twee</p>"


def test_the_fragment_starts_below_the_title_and_keeps_the_colours_of_the_pictures() -> None:
    fragment = lxml.html.fragment_fromstring(body_fragment(rich_document()), create_parent="div")

    assert fragment.xpath("//h1|//style|//header") == []
    assert "#0b5d63" in {path.get("fill") for path in fragment.xpath("//figure//path")}


def test_a_document_with_only_a_title_is_a_page() -> None:
    page = lxml.html.document_fromstring(write(document(TableOfContents()), "html").decode())

    assert words(page.find(".//h1")) == "Jaarverslag integriteit 2019"
    assert words(page.find(".//main")) == ""
    assert page.xpath("//nav") == []


def test_equal_documents_give_equal_pages() -> None:
    assert write(rich_document(), "html") == write(rich_document(), "html")
