"""Every page, walked by the links as the roles that have work to do: it opens, and everybody can use it."""

from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import expect

from openintegriteit.core.roles import Role
from openintegriteit.tests.architecture.pages import FILES, PAGES
from openintegriteit.tests.browser import sign_in
from openintegriteit.tests.e2e.accessibility import (
    NARROWEST,
    axe_violations,
    cut_off_on_a_tablet,
    out_of_place_on_paper,
    width_on_narrow_screen,
)
from openintegriteit.tests.e2e.conftest import PHONE, WIDE

pytestmark = pytest.mark.slow
WALKERS = (
    Role.COORDINATOR,
    Role.FUNCTIONAL_ADMINISTRATOR,
    Role.TECHNICAL_ADMINISTRATOR,
    Role.HR,
    Role.MANAGER,
    Role.INTERNAL_AUDITOR,
    Role.CLERK,
    Role.ELECTED_MEMBER,
    Role.STAFF,
)
OF_EACH_ROLE = {"desks:home"}
BEGINNINGS = ("/werk/", "/werk/zoeken/?zoek=integriteit")  # the second stands behind the search box
# What no link of the demonstration leads to.
WITHOUT_LINK = {
    "abstentions:call_off",  # of a meeting to come, and the walk comes to one that was: registers/abstentions/tests
    "accountability:annex_file",  # of an annex with a file: accountability/tests/test_annex_files.py
    "accountability:annex_file_choose",
    "accountability:annex_file_judge",
    "accountability:answer_correct",  # of an answer that was sent: test_in_depth.py
    "accountability:edition",  # of a report that was adopted: test_editions.py
    "accountability:import_preview",  # after an upload: test_first_year.py
    "accountability:own_obligation",  # of a duty that was added: test_obligations.py
    "accountability:restate",  # of a report that was adopted: test_editions.py
    "campaigns:campaign_edit",  # until the campaign is started: test_campaign.py
    "campaigns:invitees",  # of a campaign that was started: test_campaign.py
    "intake:columns",  # after an upload: registers/intake/tests
    "intake:intake",
    "intake:preview",
    "interests:edit",  # of what one declared oneself: test_interests.py
    "organisations:import_columns",  # after an upload: below
    "organisations:import_preview",
    "organisations:mandate_end",  # below
    "organisations:template",  # of a template that was sent in: test_plan_and_style.py
    "oaths:ceremony_attend",  # of a ceremony that was held, and the walk comes to one to come: registers/oaths/tests
    "outside_positions:incompatible",  # after six other things on a desk: registers/outside_positions/tests
    "outside_positions:intention",
    "outside_positions:undesirable",
    "policy:plan_part_edit",  # of a version that is being written: test_plan_and_style.py
    "policy:version_campaign",  # of a version with a text: test_plan_and_style.py
    "secrecy:withdraw_exclusion",  # of an exclusion that was recorded: registers/secrecy/tests
    "policy:version_text",  # until a campaign about the text is started: test_campaign.py
    "rounds:edit",  # of a round that is a draft: test_round.py
    "rounds:mine_edit",  # of what stands in a round of one's own: registers/rounds/tests
    "rounds:mine_end",
    "rounds:paper",  # behind a name in the list of who was asked: registers/rounds/tests
    "rounds:paper_edit",
    "rounds:paper_end",
    "rounds:paper_new",
    "programme:evidence_withdraw",  # of evidence that was added: test_in_depth.py
    "prohibited_acts:edit",  # of what one declared oneself: registers/prohibited_acts/tests
    "programme:measure_status",  # below
    "retention:declaration",  # of a list that was carried out: retention/tests/test_views.py
    "programme:measures_carry",  # the example has one action plan: test_carrying.py
    "programme:measures_bulk",  # behind a button of the list: test_in_depth.py
    "accountability:write_section",  # leads back to its section
    "programme:activity_answer",  # behind the buttons of an activity
    "programme:activity_evaluate",  # of an activity that was held: not the one that the walk comes to
    "programme:material_withdraw",  # of an activity with material
    "programme:series_call_off",  # of an activity in a series
    "declaration_second",  # of a proposal, and the walk comes to a gift: registers/declarations/tests
    "declarations:take_back",
    "declaration_remark",  # leads back to its declaration
    "declarations:end",  # of what lasts, and the walk comes to a gift: test_outside_positions.py
    "outside_positions:edit",
    "measure_note",  # leads back to its measure
    "ui:components",  # for who builds pages: ui/tests/test_browser.py
}


def problems_of(page):
    """What is wrong with the page for people who see, hear or move differently; dark on a phone, light elsewhere."""
    found = [] if page.locator("h1").count() == 1 else [f"{page.url} has not exactly one heading of the first level"]
    for size, colours in ((WIDE, "light"), (PHONE, "dark")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=colours)
        found += axe_violations(page)
    found += cut_off_on_a_tablet(page) + out_of_place_on_paper(page)
    width = width_on_narrow_screen(page)
    return found + ([f"{page.url} is {width} pixels wide"] if width > NARROWEST else [])


def pages_for(page, server, role):
    """Open each page that this role comes to by links, one of each name: gives the name and the answer."""
    page.context.clear_cookies()
    sign_in(page, server, str(role.label))
    opened, to_do = set(FILES), list(BEGINNINGS)
    while to_do:
        address = to_do.pop()
        name = resolve(urlsplit(address).path).view_name
        if name in opened or PAGES[name].posts:
            continue
        opened.add(name)
        yield name, page.goto(server + address)
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        to_do += [urlsplit(link).path for link in links if link.startswith(f"{server}/werk/")]


def test_every_page_opens_for_everybody_and_every_page_is_linked(page, demonstration):
    judged: set[str] = set()
    problems: list[str] = []
    for role in WALKERS:
        for name, answer in pages_for(page, demonstration.address, role):
            if answer.status not in {200, 202}:
                problems.append(f"{role}: {answer.url} answers {answer.status}")
            if name not in judged or name in OF_EACH_ROLE:
                problems += problems_of(page)
            judged.add(name)

    needs_account = {name for name, about in PAGES.items() if about.kind != "everybody" and not about.posts}
    by_hand = {name for name in PAGES if name.startswith(("account_", "mfa_"))}
    assert "\n".join(problems) == ""
    assert needs_account - judged - FILES - WITHOUT_LINK - by_hand == set()


def test_bringing_in_people(page, demonstration):
    people = b"Personeelsnummer;Voornaam;Achternaam;Soort\n90210;Nadia;Voorbeeld;ambtenaar\n"
    sign_in(page, demonstration.address, str(Role.HR.label))
    page.goto(f"{demonstration.address}/werk/mensen/inlezen/")

    page.locator("input[type=file]").set_input_files({"name": "mensen.csv", "mimeType": "", "buffer": people})
    page.get_by_role("button", name="Bekijk het bestand").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat betekenen de kolommen van uw bestand?")
    problems = problems_of(page)
    page.get_by_role("button", name="Laat zien wat er verandert").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit gaat er veranderen")

    assert problems + problems_of(page) == []


def test_the_end_of_an_office(page, demonstration):
    sign_in(page, demonstration.address, str(Role.HR.label))
    page.goto(f"{demonstration.address}/werk/mensen/")
    page.get_by_role("rowheader").first.get_by_role("link").click()
    page.get_by_role("link", name="Voeg een ambt toe").click()
    page.get_by_label("Ambt of bevoegdheid").fill("heffingsambtenaar")
    page.get_by_label("Eerste dag").fill("2026-01-01")
    page.get_by_role("button", name="Bewaar", exact=True).click()

    page.get_by_role("link", name="Leg het einde vast heffingsambtenaar").click()

    assert problems_of(page) == []


def test_how_a_measure_stands(page, demonstration):
    sign_in(page, demonstration.address, str(Role.COORDINATOR.label))
    page.goto(f"{demonstration.address}/werk/maatregelen/")
    page.get_by_role("rowheader").first.get_by_role("link").click()
    page.get_by_text("Wijzig de stand").click()
    page.get_by_label("Stand", exact=True).select_option("op schema")
    page.get_by_label("Klaar op").fill("2026-01-01")

    page.get_by_role("button", name="Bewaar de stand").click()

    expect(page.get_by_role("alert")).to_contain_text("Verbeter één ding en verstuur opnieuw")
    assert problems_of(page) == []


@pytest.mark.parametrize("address", ["maatregelen", "bevindingen", "activiteiten", "regelingen", "cijfers", "mensen"])
def test_on_a_phone_a_list_tells_all_without_scrolling_sideways(page, demonstration, address):
    sign_in(page, demonstration.address, str(Role.COORDINATOR.label))
    page.set_viewport_size({"width": 390, "height": 900})

    page.goto(f"{demonstration.address}/werk/{address}/")

    table = page.get_by_role("table")
    assert table.evaluate("table => table.parentElement.scrollWidth - table.parentElement.clientWidth") <= 0
    assert table.get_by_role("row").count() > 5
    expect(table.get_by_role("row").nth(1).get_by_role("rowheader")).to_be_visible()
    expect(table.get_by_role("row").nth(1).get_by_role("cell").last).to_be_visible()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/werk/maatregelen/?stand=bestaat-niet", 200),
        ("/werk/maatregelen/00000000-0000-0000-0000-000000000000/", 404),
        ("/werk/rollen/", 403),
        ("/account/uitnodiging/onbekend/", 410),
    ],
)
def test_a_refusal_is_a_page_for_everybody_too(page, demonstration, address, status):
    sign_in(page, demonstration.address, str(Role.COORDINATOR.label))

    answer = page.goto(demonstration.address + address)

    assert answer.status == status
    assert problems_of(page) == []


def test_public_pages_are_for_everybody(page, demonstration):
    problems = []
    for address in ("/", "/toegankelijkheid/", "/account/inloggen/", "/bestaat-niet/"):
        page.goto(demonstration.address + address)
        problems += problems_of(page)

    assert problems == []
