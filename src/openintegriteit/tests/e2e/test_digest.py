"""A manager on a phone answers a mail about measures, without an account."""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from openintegriteit.tests.browser import sign_in
from openintegriteit.tests.e2e.accessibility import axe_clean, fits_narrow_screens
from openintegriteit.tests.e2e.conftest import PHONE
from openintegriteit.tests.e2e.test_first_year import link_in_mail
from openintegriteit.tests.installation import Installation, Server

pytestmark = pytest.mark.slow
OWNER = "noor.vanswinderen@voorbeeld.example"
SEND = """
import django
django.setup()
from django.utils import timezone
from openintegriteit.programme.digests import send_digests
print(send_digests(timezone.now()))
"""


def test_a_manager_answers_on_a_phone_what_the_coordinator_asked_by_mail(open_page, demonstration):
    desk = open_page()
    sign_in(desk, demonstration.address, "integriteitscoördinator")
    measure = give_an_owner(desk, demonstration)
    choose_how_often(desk, demonstration)
    assert run_the_job_of_the_morning(demonstration) == "1"
    mailed = link_in_mail(demonstration.log.parent / "mail", OWNER, r"http://\S+/antwoord/")
    link = f"{demonstration.address}/{mailed.split('/', 3)[3]}"

    phone = open_page(viewport=PHONE)
    phone.goto(link)
    looks_right(phone)
    answer = phone.get_by_role("group", name=measure)
    answer.get_by_label("Klaar op").fill("2026-01-01")
    phone.get_by_role("button", name="Verstuur mijn antwoorden").click()
    expect(phone.get_by_role("alert").first).to_be_visible()
    looks_right(phone)
    answer.get_by_label("Klaar op").fill("")
    answer.get_by_label("Stand").select_option("op schema")
    answer.get_by_label("Wat is er te vertellen?").fill("De eerste twee teams zijn klaar.")
    phone.get_by_role("button", name="Verstuur mijn antwoorden").click()
    expect(phone.get_by_role("heading", level=1, name="Dank u, uw antwoorden zijn bewaard")).to_be_visible()
    looks_right(phone)
    phone.goto(link)
    expect(phone.get_by_role("heading", level=1, name="Deze link werkt niet meer")).to_be_visible()

    desk.goto(f"{demonstration.address}/werk/maatregelen/herinneringen/")
    expect(desk.get_by_text("beantwoord op")).to_be_visible()
    looks_right(desk)
    desk.goto(f"{demonstration.address}/werk/maatregelen/?zoek={measure.partition('. ')[2]}")
    desk.get_by_role("rowheader").get_by_role("link").first.click()
    expect(desk.get_by_role("listitem").filter(has_text="De eerste twee teams zijn klaar.")).to_contain_text("Noor")


def give_an_owner(desk: Page, server: Server) -> str:
    """Choose a person for the first measure that is late; gives its number and name."""
    desk.goto(f"{server.address}/werk/maatregelen/?stand=te-laat")
    desk.get_by_role("rowheader").get_by_role("link").first.click()
    desk.get_by_role("link", name="Wijzig", exact=True).click()
    desk.get_by_label("Persoon voor herinneringen").fill("niemand die wij kennen")
    desk.get_by_role("button", name="Bewaar").click()
    expect(desk.get_by_role("alert")).to_be_visible()
    looks_right(desk)
    desk.get_by_label("Persoon voor herinneringen").fill("1003")
    desk.get_by_role("button", name="Bewaar").click()
    expect(desk.get_by_role("definition").filter(has_text="Noor van Swinderen")).to_be_visible()
    number = re.search(r"\d+", desk.get_by_text(re.compile(r"^Maatregel \d+ ")).inner_text())
    assert number
    return f"{number[0]}. {desk.get_by_role('heading', level=1).inner_text()}"


def choose_how_often(desk: Page, server: Server) -> None:
    """Switch the mails on; the page says who would get one."""
    desk.goto(f"{server.address}/werk/maatregelen/")
    desk.get_by_role("link", name="Herinner eigenaren").click()
    looks_right(desk)
    expect(desk.get_by_text(OWNER)).to_be_visible()
    desk.get_by_role("radio", name="elke week").check()
    desk.get_by_role("button", name="Bewaar").click()
    expect(desk.get_by_role("status").filter(has_text="Vanaf nu")).to_be_visible()


def run_the_job_of_the_morning(server: Server) -> str:
    """What the worker does at half past seven; gives how many mails it wrote."""
    environment = Installation(server.log.parent).environment()
    environment["DJANGO_SETTINGS_MODULE"] = "openintegriteit.config.settings"
    done = subprocess.run([sys.executable, "-c", SEND], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip().splitlines()[-1]


def looks_right(page: Page) -> None:
    """What must hold of every page."""
    axe_clean(page)
    fits_narrow_screens(page)
