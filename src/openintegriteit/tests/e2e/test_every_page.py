"""Every page that links lead to, walked by the roles that have work to do: it opens, and everybody can use it."""

from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from openintegriteit.core.roles import Role
from openintegriteit.tests.architecture.pages import FILES, PAGES
from openintegriteit.tests.browser import sign_in
from openintegriteit.tests.e2e.accessibility import NARROWEST, axe_violations, width_on_narrow_screen
from openintegriteit.tests.e2e.conftest import PHONE, WIDE

WALKERS = (Role.COORDINATOR, Role.FUNCTIONAL_ADMINISTRATOR, Role.TECHNICAL_ADMINISTRATOR, Role.HR, Role.STAFF)
OF_EACH_ROLE = {"desks:home"}
# What no link of the demonstration leads to; the tests of the apps open these.
WITHOUT_LINK = {
    "accountability:import_preview",  # after an upload
    "organisations:import_columns",
    "organisations:import_preview",
    "accountability:write_section",  # leads back to its section
    "programme:measure_note",  # leads back to its measure
    "ui:components",  # for who builds pages
}


def problems_of(page):
    """What is wrong with the page for people who see, hear or move differently."""
    found = [] if page.locator("h1").count() == 1 else [f"{page.url} has not exactly one heading of the first level"]
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        found += axe_violations(page)
    width = width_on_narrow_screen(page)
    return found + ([f"{page.url} is {width} pixels wide"] if width > NARROWEST else [])


@pytest.mark.slow
def test_every_page_opens_for_everybody_and_every_page_is_linked(page, demonstration):
    seen: set[str] = set()
    problems: list[str] = []
    for role in WALKERS:
        page.context.clear_cookies()
        sign_in(page, demonstration.address, str(role.label))
        seen -= OF_EACH_ROLE
        to_do = ["/werk/"]
        while to_do:
            path = to_do.pop()
            name = resolve(path).view_name
            if name in seen or name in FILES or PAGES[name].posts:
                continue
            seen.add(name)
            response = page.goto(demonstration.address + path)
            problems += [f"{role}: {path} answers {response.status}"] if response.status not in {200, 202} else []
            problems += problems_of(page)
            links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
            to_do += [urlsplit(link).path for link in links if link.startswith(f"{demonstration.address}/werk/")]

    needs_account = {name for name, about in PAGES.items() if about.kind != "everybody" and not about.posts}
    by_hand = {name for name in PAGES if name.startswith(("account_", "mfa_"))}
    assert problems == []
    assert needs_account - seen - FILES - WITHOUT_LINK - by_hand == set()
