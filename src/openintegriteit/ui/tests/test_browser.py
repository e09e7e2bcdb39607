"""The frames and components in a real browser, served without a network: each request is answered by the test."""

from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.messages import ERROR, SUCCESS
from django.contrib.messages.storage.base import Message
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.csp import build_policy
from playwright.sync_api import Browser, Page, Request, Route, sync_playwright

from openintegriteit.tests.browser import chromium, flags
from openintegriteit.ui.house_style import token_sheet
from openintegriteit.ui.views import examples

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

SITE = "http://localhost"
MENU = [
    {"title": "", "entries": [{"label": "Mijn bureau", "url": "/werk/", "current": True}]},
    {
        "title": "Doen",
        "entries": [{"label": "Maatregelen", "url": "/werk/maatregelen/", "count": 3, "count_label": "te laat"}],
    },
]
FRAME = {
    "organisation": SimpleNamespace(name="Gemeente Proef"),
    "actor": SimpleNamespace(label="Fatima de Wit"),
    "role_name": "Integriteitscoördinator",
    "account_url": "/account/",
    "search_url": "/werk/zoeken/",
    "sign_out_url": "/account/afmelden/",
    "switch_url": "/account/wissel/",
    "demo_mode": True,
    "navigation": MENU,
    "messages": [Message(SUCCESS, "De maatregel is bewaard."), Message(ERROR, "De brief is niet verstuurd.")],
}


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=flags())
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, settings):
    """Open a page of this test's site: `open_page(width=390)`; what the browser complained of is in `complaints`."""
    contexts = []

    def make(address: str = "/werk/onderdelen/", width: int = 1280, **options) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.sent = []
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        context.route("**/*", lambda route, request: answer(route, request, page, settings))
        page.goto(SITE + address)
        return page

    yield make
    for context in contexts:
        context.close()


def answer(route: Route, request: Request, page: Page, settings) -> None:
    """Answer a request as the product would: static files, a house style, an error page or the components."""
    address = urlsplit(request.url)
    if address.netloc != "localhost":
        route.abort()
    elif address.path.startswith("/static/"):
        route.fulfill(path=finders.find(address.path.removeprefix("/static/")))
    elif address.path == "/huisstijl.css":
        route.fulfill(body=token_sheet(f"#{address.query}"), content_type="text/css")
    else:
        page.sent.append((request.method, address.path, address.query))
        headers = {"Content-Security-Policy": build_policy(settings.SECURE_CSP)}
        route.fulfill(body=html(address.path, address.query), content_type="text/html; charset=utf-8", headers=headers)


def html(path: str, query: str) -> str:
    """The page at an address."""
    request = RequestFactory().get(path, QUERY_STRING=query)
    if path.startswith("/fout/"):
        return render_to_string(path.removeprefix("/fout/"), {}, request)
    colour = request.GET.get("kleur")
    extra: dict[str, object] = {"house_style_url": f"/huisstijl.css?{colour}"} if colour else {}
    extra |= {"navigation": []} if "zonder-menu" in request.GET else {}
    return render_to_string("ui/components.html", examples(request) | FRAME | extra, request)


def violations(page: Page) -> list[str]:
    """What axe finds wrong on the page, rule by rule."""
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true })")
    found = Axe().run(page).response
    assert len(found["passes"]) > 10
    return [f"{rule['id']}: {node['html']}" for rule in found["violations"] for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_the_page_of_components(open_page, width, scheme):
    page = open_page(width=width, color_scheme=scheme)

    assert violations(page) == []
    assert page.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("colour", ["ffd200", "c8102e", "00205b"])
def test_axe_finds_nothing_in_the_house_style_of_a_body(open_page, colour, scheme):
    page = open_page(f"/werk/onderdelen/?kleur={colour}", color_scheme=scheme)

    assert violations(page) == []


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_axe_finds_nothing_on_pages_about_errors(open_page, name):
    page = open_page(f"/fout/{name}", width=390)

    assert violations(page) == []
    assert page.complaints == []


@pytest.mark.parametrize("address", ["/werk/onderdelen/", "/fout/404.html"])
@pytest.mark.parametrize("width", [320, 640])
def test_nothing_sticks_out_on_a_narrow_screen(open_page, address, width):
    page = open_page(address, width=width)

    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_finger_can_hit_everything(open_page):
    page = open_page(width=390)

    too_small = page.evaluate(
        """() => [...document.querySelectorAll('a, button, input, select, summary')]
            .filter((element) => element.checkVisibility() && !element.closest('p, .oi-text, .oi-sheet p, li li'))
            .map((element) => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
            .filter(([_, box]) => box.width > 1 && (box.width < 24 || box.height < 24))
            .map(([text]) => text)"""
    )

    assert too_small == []


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(open_page):
    page = open_page("/fout/404.html")

    page.keyboard.press("Tab")
    shown = page.locator(".nl-skip-link").bounding_box()
    page.keyboard.press("Enter")

    assert shown["y"] >= 0
    assert page.evaluate("document.activeElement.id") == "inhoud"


def test_every_stop_of_the_keyboard_can_be_seen(open_page):
    page = open_page()
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")

    unseen = []
    for _ in range(80):
        page.keyboard.press("Tab")
        outline, element = page.evaluate(
            """() => { const element = document.activeElement;
                return [getComputedStyle(element).outlineStyle, element.outerHTML.slice(0, 80)] }"""
        )
        if outline == "none" and not element.startswith("<body"):
            unseen.append(element)

    assert unseen == []


def test_the_menu_of_a_phone_opens_and_closes_without_script(open_page):
    page = open_page(width=390, java_script_enabled=False)
    menu = page.get_by_role("button", name="Menu", exact=True)
    entry = page.get_by_role("link", name="Maatregelen 3 te laat")
    assert not entry.is_visible()

    menu.focus()
    page.keyboard.press("Enter")
    assert entry.is_visible()
    page.keyboard.press("Escape")

    assert not entry.is_visible()


def test_the_menu_of_a_wide_screen_is_always_there(open_page):
    page = open_page(width=1280)

    assert page.get_by_role("link", name="Maatregelen 3 te laat").is_visible()
    assert not page.get_by_role("button", name="Menu", exact=True).is_visible()


def test_a_page_without_a_menu_takes_the_whole_width(open_page):
    page = open_page("/werk/onderdelen/?zonder-menu=1", width=1280)

    assert page.locator("main").bounding_box()["width"] == 1280


def test_what_must_be_mended_has_the_focus(open_page):
    page = open_page()

    assert page.evaluate("document.activeElement.getAttribute('aria-labelledby')") == "wat-verbeteren"


def test_a_link_of_the_error_summary_leads_into_its_field(open_page):
    page = open_page()

    page.get_by_role("link", name="Titel: Dit veld is verplicht.").click()

    assert page.evaluate("document.activeElement.id") == "id_wrong-title"


def test_choosing_a_filter_answers_at_once_and_keeps_the_place(open_page):
    page = open_page()

    page.locator("#id_stand").select_option("late")
    page.wait_for_url("**stand=late*")

    assert page.evaluate("document.activeElement.id") == "id_stand"


def test_filters_work_without_script(open_page):
    page = open_page(java_script_enabled=False)

    page.locator("#id_zoek").fill("eed")
    page.get_by_role("button", name="Toon").click()

    assert page.sent[-1] == ("GET", "/werk/onderdelen/", "zoek=eed&stand=")


def test_two_clicks_send_a_form_once(open_page):
    page = open_page()
    sign_out = page.get_by_role("button", name="Meld af")

    sign_out.evaluate("(button) => { button.click(); button.click() }")
    page.wait_for_url("**/afmelden/")

    assert [method for method, path, _ in page.sent if path == "/account/afmelden/"] == ["POST"]


def test_leaving_a_changed_form_asks_first(open_page):
    page = open_page()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.locator("#id_title").press_sequentially("Eed")
    page.goto(SITE + "/fout/404.html")

    assert asked == ["beforeunload"]


def test_asking_once_more_opens_in_place_without_script(open_page):
    page = open_page(java_script_enabled=False)
    sure = page.get_by_role("button", name="Ja, verwijder maatregel 9")
    assert not sure.is_visible()

    page.get_by_text("Verwijder maatregel", exact=True).click()

    assert sure.is_visible()


def test_paper_shows_the_content_and_no_controls(open_page):
    page = open_page()

    page.emulate_media(media="print", color_scheme="dark")

    assert not page.locator(".oi-bar").is_visible()
    assert not page.locator(".oi-nav").is_visible()
    assert page.locator("#maatregelen").is_visible()
    assert not page.locator(".oi-sort__mark").first.is_visible()
    controls = page.locator("button, .utrecht-button, .oi-filter, .oi-tabs, .utrecht-breadcrumb-nav")
    assert [control.text_content() for control in controls.all() if control.is_visible()] == []
    assert page.locator(".oi-table__scroll").first.evaluate("table => getComputedStyle(table).overflowX") == "visible"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_nothing_is_asked_of_another_host(open_page):
    page = open_page()
    others = page.evaluate("performance.getEntriesByType('resource').map((entry) => new URL(entry.name).host)")

    assert set(others) == {"localhost"}
