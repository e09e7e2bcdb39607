"""The personnel department mails a link; an intern signs the integrity statement on a phone, without scripts."""

import pytest
from playwright.sync_api import expect

from openintegriteit.tests.browser import sign_in
from openintegriteit.tests.e2e.conftest import PHONE
from openintegriteit.tests.e2e.test_campaign import looks_right, send_what_waits
from openintegriteit.tests.e2e.test_first_year import link_in_mail

pytestmark = pytest.mark.slow
INTERN, ADDRESS = "Timo Verkuijl", "timo.verkuijl@voorbeeld.example"


def test_an_intern_signs_by_link_on_a_phone_without_scripts(open_page, demonstration):
    desk = open_page()
    sign_in(desk, demonstration.address, "personeelszaken")
    desk.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Eden en verklaringen").click()
    expect(desk.get_by_role("rowheader").filter(has_text=INTERN)).to_be_visible()
    looks_right(desk)
    desk.get_by_role("link", name="Laat de verklaring tekenen met een link").click()
    looks_right(desk)
    boxes = desk.locator("input[name=people]")
    for number in range(boxes.count()):
        boxes.nth(number).uncheck()
    desk.get_by_role("checkbox", name=INTERN).check()
    desk.get_by_role("button", name="Verstuur de mails").click()
    expect(desk.get_by_role("status").filter(has_text="1 persoon krijgt een mail")).to_be_visible()
    send_what_waits(demonstration)
    mailed = link_in_mail(demonstration.log.parent / "mail", ADDRESS, r"http://\S+/verklaring/")

    link = f"{demonstration.address}/{mailed.split('/', 3)[3]}"
    reading = open_page(viewport=PHONE)
    reading.goto(link)
    looks_right(reading)

    phone = open_page(java_script_enabled=False, viewport=PHONE)
    phone.goto(link)
    expect(phone.get_by_text("Ik doe mijn werk eerlijk en zorgvuldig.")).to_be_visible()
    phone.get_by_role("button", name="Ik teken deze verklaring").click()
    expect(phone.get_by_role("heading", level=1, name="Dank u, u hebt getekend")).to_be_visible()
    phone.goto(link)
    expect(phone.get_by_role("heading", level=1, name="U hebt dit al getekend")).to_be_visible()

    desk.reload()
    expect(desk.get_by_role("rowheader").filter(has_text=INTERN)).to_have_count(0)
    desk.get_by_role("link", name="Afgelegd en getekend").click()
    looks_right(desk)
    desk.get_by_role("rowheader").get_by_role("link", name=INTERN).click()
    expect(desk.get_by_role("definition").filter(has_text="Met een link in een mail")).to_be_visible()
    looks_right(desk)


def test_the_page_to_sign_is_clean_on_a_phone(open_page, demonstration):
    phone = open_page(viewport=PHONE)
    phone.goto(f"{demonstration.address}/verklaring/onbekend/")
    expect(phone.get_by_role("heading", level=1, name="Deze link werkt niet meer")).to_be_visible()
    looks_right(phone)
