"""A coordinator has a code read; somebody reads it on a phone, by the link in the mail, without an account."""

import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from openintegriteit.tests.browser import sign_in
from openintegriteit.tests.e2e.accessibility import axe_clean, fits_narrow_screens
from openintegriteit.tests.e2e.conftest import PHONE
from openintegriteit.tests.e2e.test_first_year import MINUTE, link_in_mail
from openintegriteit.tests.installation import Installation, Server

pytestmark = pytest.mark.slow
READER = "bram.oostwoud@voorbeeld.example"
SEND = """
import django
django.setup()
from django.utils import timezone
from openintegriteit.messages.operations import send_due
send_due(timezone.now())
"""


def test_a_code_is_read_on_a_phone_and_the_coordinator_sees_it(open_page, demonstration):
    desk = open_page()
    sign_in(desk, demonstration.address, "integriteitscoördinator")
    start_the_campaign(desk, demonstration)
    send_what_waits(demonstration)
    mailed = link_in_mail(demonstration.log.parent / "mail", READER, r"http://\S+/lezen/")
    link = f"{demonstration.address}/{mailed.split('/', 3)[3]}"

    phone = open_page(viewport=PHONE)
    phone.goto(link)
    expect(phone.get_by_text("Het belangrijkste")).to_be_visible()
    phone.get_by_text("De volledige tekst").click()
    expect(phone.get_by_text("Artikel 6. Vragen en zorgen")).to_be_visible()
    looks_right(phone)
    phone.get_by_role("button", name="Ik heb dit gelezen").click()
    expect(phone.get_by_role("heading", level=1, name="Dank u")).to_be_visible()
    looks_right(phone)
    phone.goto(link)
    expect(phone.get_by_role("heading", level=1, name="U hebt dit al gelezen")).to_be_visible()

    desk.reload()
    expect(desk.get_by_role("heading", name="1 van de 2 hebben geantwoord")).to_be_visible()
    looks_right(desk)
    desk.get_by_role("link", name="Wie heeft nog niet geantwoord?").click()
    expect(desk.get_by_role("rowheader")).to_have_text(["Merel Hogendijk"])
    looks_right(desk)


def start_the_campaign(desk: Page, server: Server) -> None:
    """Ask the office of the clerk only, look who that is, start, and wait until everybody has been invited."""
    desk.goto(f"{server.address}/werk/campagnes/")
    desk.get_by_role("link", name="Lezen: de nieuwe gedragscode").click()
    desk.get_by_role("link", name="Wijzig", exact=True).click()
    desk.get_by_label("Griffie").check()
    desk.get_by_label("Herinner zoveel dagen").fill("een week")
    desk.get_by_role("button", name="Bewaar en bekijk wie het krijgt").click()
    expect(desk.get_by_role("alert").first).to_be_visible()
    looks_right(desk)
    desk.get_by_label("Herinner zoveel dagen").fill("7, 2")
    desk.get_by_role("button", name="Bewaar en bekijk wie het krijgt").click()
    expect(desk.get_by_text("2 personen krijgen deze vraag.")).to_be_visible()
    looks_right(desk)
    desk.get_by_role("button", name="Start de campagne").click()
    again = desk.get_by_role("link", name="Kijk opnieuw")
    for _look in range(60):
        if not again.is_visible():
            break
        desk.wait_for_timeout(500)
        again.click()
    expect(desk.get_by_role("heading", name="0 van de 2 hebben geantwoord")).to_be_visible(timeout=MINUTE)


def send_what_waits(server: Server) -> None:
    """What the worker does every minute."""
    environment = Installation(server.log.parent).environment()
    environment["DJANGO_SETTINGS_MODULE"] = "openintegriteit.config.settings"
    subprocess.run([sys.executable, "-c", SEND], env=environment, capture_output=True, check=True)


def looks_right(page: Page) -> None:
    """What must hold of every page."""
    axe_clean(page)
    fits_narrow_screens(page)
