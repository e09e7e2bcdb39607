"""The demonstration as a new user meets it: it answers, it says what it is, and one chooses who to be."""

import re
from contextlib import closing
from http.client import HTTPConnection

from playwright.sync_api import expect

from openintegriteit.core.roles import Role
from openintegriteit.tests.e2e.accessibility import axe_clean, fits_narrow_screens
from openintegriteit.tests.e2e.conftest import PHONE

COORDINATOR = re.compile(", integriteitscoördinator$")


def test_the_server_answers_on_any_host_name(demonstration):
    host, port = demonstration.address.removeprefix("http://").split(":")
    with closing(HTTPConnection(host, int(port), timeout=10)) as connection:
        connection.request("GET", "/healthz", headers={"Host": "elders.example"})
        response = connection.getresponse()

        assert (response.status, response.read()) == (200, b"ok\n")


def test_every_role_can_be_chosen(page, demonstration):
    page.goto(f"{demonstration.address}/werk/")

    expect(page).to_have_url(f"{demonstration.address}/account/inloggen/?next=%2Fwerk%2F")
    expect(page.get_by_role("button", name=COORDINATOR)).to_be_visible()
    expect(page.get_by_role("main").get_by_role("button")).to_have_count(len(Role))
    axe_clean(page)
    fits_narrow_screens(page)


def test_the_coordinator_comes_to_the_desk(page, demonstration):
    page.goto(f"{demonstration.address}/werk/")

    page.get_by_role("button", name=COORDINATOR).click()

    expect(page).to_have_url(f"{demonstration.address}/werk/")
    expect(page.get_by_role("main").get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("complementary", name="Voorbeeldomgeving")).to_be_visible()
    axe_clean(page)
    page.set_viewport_size(PHONE)
    axe_clean(page)
    fits_narrow_screens(page)


def test_an_empty_installation_leads_to_its_set_up(page, empty_server):
    page.goto(f"{empty_server.address}/werk/")

    expect(page).to_have_url(f"{empty_server.address}/inrichten/")
    axe_clean(page)
    fits_narrow_screens(page)
