import re
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from openintegriteit.ui.forms import ExampleForm
from openintegriteit.ui.tables import Column, headers
from openintegriteit.ui.views import components

COTTON = Path(__file__).parents[1] / "templates" / "cotton"
NASTY = "\"'><script>alert(1)</script>&"
ESCAPED = "&quot;&#x27;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;"


def rendered(source, address="/lijst/", **context):
    """The template text as a page would show it."""
    template = engines["django"].from_string(CottonCompiler().process(source))
    return template.render(context, RequestFactory().get(address))


def test_the_page_of_components_shows_each_component():
    gallery = (COTTON.parent / "ui" / "components.html").read_text()
    frames = "".join(path.read_text() for path in (COTTON.parent / "ui").glob("*.html"))
    parts = "".join(path.read_text() for path in COTTON.glob("*.html"))

    names = {path.stem.replace("_", "-") for path in COTTON.glob("*.html")}

    used = {name for name in names if f"<c-{name}" in gallery + frames + parts}
    assert names - used == set()


def test_the_page_of_components_is_served(rf):
    response = components(rf.get("/werk/onderdelen/", {"pagina": "2", "sorteer": "-budget"}))

    page = response.content.decode()
    assert response.status_code == 200
    assert 'aria-sort="descending"' in page
    assert "51 tot en met 100 van 1.042" in page
    assert "<c-" not in page


@pytest.mark.parametrize("path", sorted(COTTON.glob("*.html")), ids=lambda path: path.stem)
def test_each_component_tells_how_to_use_it(path):
    assert re.match(r"\{# [A-Z].* #\}", path.read_text())


def test_no_component_writes_attributes_that_nobody_escaped():
    # django-cotton's own {{ attrs }} does not escape what templates put in.
    found = [path.name for path in COTTON.glob("*.html") if re.search(r"\{\{\s*attrs", path.read_text())]

    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        '<c-button href="{{ text }}" label="{{ text }}">{{ text }}</c-button>',
        '<c-button :name="text" :value="text">{{ text }}</c-button>',
        '<c-card title="{{ text }}">{{ text }}</c-card>',
        '<c-card :title="text">{{ text }}</c-card>',
        '<c-bead :figure="text" :label="text" :href="text" :detail="text" />',
        '<c-confirm :label="text" :question="text" :confirm="text" :action="text">{{ text }}</c-confirm>',
        '<c-chart :caption="text" :columns="cells" :rows="rows" />',
        '<c-breadcrumbs :items="items" />',
        '<c-live :href="text" :source="text">{{ text }}</c-live>',
    ],
)
def test_what_people_typed_stays_text(source):
    page = rendered(source, text=NASTY, cells=[NASTY], rows=[[NASTY]], items=[(NASTY, NASTY)])

    assert ESCAPED in page
    assert "<script" not in page
    assert NASTY not in page


@pytest.mark.parametrize(
    "source", ["<c-tag>klaar</c-tag>", '<c-link href="#">acht</c-link>', '<c-live href="#">8</c-live>']
)
def test_words_in_a_sentence_bring_no_spaces_along(source):
    page = rendered(f"({source})")

    assert page.startswith("(<")
    assert page.endswith(">)")


def test_a_component_does_not_take_over_words_of_the_page_around_it():
    page = rendered("<c-card>inhoud</c-card>", title="Titel van de pagina", footer="voet", actions="knoppen")

    assert page.split() == ["<section", 'class="oi-card">', "inhoud", "</section>"]


def test_a_wrong_field_says_so_to_everybody():
    form = ExampleForm({"title": ""})

    page = rendered('<c-field :field="field" />', field=form["title"])

    assert 'for="id_title"' in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_title_helptext id_title_error"' in page
    assert 'id="id_title_helptext"' in page
    assert 'id="id_title_error"' in page
    assert "utrecht-textbox--invalid" in page
    assert "Dit veld is verplicht." in page
    assert "(niet verplicht)" not in page


def test_a_field_that_may_stay_empty_says_so():
    page = rendered('<c-field :field="field" />', field=ExampleForm()["explanation"])

    assert "(niet verplicht)" in page


def test_a_group_of_choices_has_a_legend_and_a_label_for_each():
    page = rendered('<c-field :field="field" />', field=ExampleForm({"paid": "yes"})["paid"])

    assert page.count("<legend") == 1
    assert 'for="id_paid_0"' in page
    assert 'for="id_paid_1"' in page
    assert re.search(r'<input[^>]*value="yes"[^>]*checked[^>]*class="utrecht-radio-button', page)


def test_a_file_field_says_beforehand_what_is_allowed():
    source = '<c-file-upload :field="field" formats="XLSX of ODS" limit="20 MB" />'

    page = rendered(source, field=ExampleForm()["attachment"])

    assert "Toegestaan: XLSX of ODS. Ten hoogste 20 MB." in page
    assert 'aria-describedby="id_attachment_toegestaan"' in page


def test_the_error_summary_says_what_to_do():
    one = rendered('<c-error-summary :form="form" />', form=ExampleForm({"title": ""}))
    none = rendered('<c-error-summary :form="form" />', form=ExampleForm())

    assert "Verbeter 6 dingen en verstuur opnieuw" in one
    assert '<a class="utrecht-link utrecht-link--html-a" href="#id_title">Titel: Dit veld is verplicht.</a>' in one
    assert none.strip() == ""


def test_another_page_keeps_the_filters():
    page = Paginator(range(200), 50).get_page(2)

    html = rendered('<c-pagination :page="page" />', "/lijst/?zoek=a%26b&pagina=2", page=page)

    assert 'rel="prev" href="?zoek=a%26b&amp;pagina=1"' in html
    assert 'rel="next" href="?zoek=a%26b&amp;pagina=3"' in html
    assert html.count("aria-current") == 1


def test_a_list_of_one_page_has_no_pages():
    assert rendered('<c-pagination :page="page" />', page=Paginator(range(3), 50).get_page(1)).strip() == ""


def test_filters_keep_the_order_and_drop_the_page():
    html = rendered('<c-filter-bar :form="form" />', "/lijst/?sorteer=-naam&pagina=4", form=ExampleForm())

    assert '<input type="hidden" name="sorteer" value="-naam">' in html
    assert "pagina" not in html
    assert "(niet verplicht)" not in html


def test_a_download_has_the_rows_that_one_sees():
    html = rendered('<c-exports address="/lijst/bestand/" />', "/lijst/?zoek=eed&pagina=4")

    assert 'href="/lijst/bestand/?zoek=eed&amp;formaat=xlsx"' in html
    assert 'href="/lijst/bestand/?zoek=eed&amp;formaat=ods"' in html
    assert 'href="/lijst/bestand/?zoek=eed&amp;formaat=csv"' in html


def test_numbers_have_a_column_that_lines_up(rf):
    heads = headers((Column("Budget", "budget", numeric=True),), rf.get("/").GET, "budget")

    html = rendered('<c-data-table caption="Maatregelen" :headers="heads"></c-data-table>', heads=heads)

    assert '<th scope="col" class="oi-number" aria-sort="ascending">' in html


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("400.html", "/werk/"),
        ("403.html", "/werk/"),
        ("403_csrf.html", "/werk/"),
        ("404.html", "/"),
        ("500.html", "/werk/"),
    ],
)
def test_a_page_about_an_error_needs_no_request_and_offers_a_way_on(name, way):
    page = render_to_string(name)
    main = page.partition("<main")[2].partition("</main>")[0]

    assert main.count("<h1") == 1
    assert f'href="{way}"' in main
    assert "Open Integriteit" in page


@pytest.mark.django_db
def test_a_page_that_is_not_there_sends_on_to_what_one_can_open(client, client_as):
    address = "/werk/bestaat-niet/"

    assert 'href="/">Naar de voorpagina' in client.get(address).content.decode()
    assert 'href="/werk/">Naar mijn bureau' in client_as("staff").get(address).content.decode()


def test_the_page_about_our_own_error_leans_on_nothing():
    source = (COTTON.parent / "500.html").read_text()

    assert re.findall(r"\{%.*?%\}|\{\{.*?\}\}|<c-[a-z]", source) == []
