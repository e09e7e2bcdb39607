"""What a council member declares stands on the public site within seconds, in every form, and leaves as fast."""

import json
import time
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from openintegriteit.tests.browser import sign_in
from openintegriteit.tests.e2e.accessibility import NARROWEST, axe_violations, width_on_narrow_screen
from openintegriteit.tests.e2e.conftest import PHONE

pytestmark = pytest.mark.slow
PATIENCE = 60  # seconds; it takes a few, and a busy machine is given its time
REGISTER = "/registers/nevenfuncties-politieke-ambtsdragers/"
DATA = "/open-data/nevenfuncties-politieke-ambtsdragers"
NAME = "Wijkvereniging De Populier"


def read(address: str) -> bytes:
    with urllib.request.urlopen(address) as answer:  # noqa: S310  our own server
        content: bytes = answer.read()
    return content


def until(is_so: Callable[[], bool]) -> None:
    """Wait until it is so. Fails when it takes longer than anybody waits."""
    started = time.monotonic()
    while not is_so():
        assert time.monotonic() - started < PATIENCE
        time.sleep(0.5)


def test_a_declaration_is_public_within_seconds_and_gone_as_fast(open_page, demonstration):
    address = demonstration.address
    phone = open_page(java_script_enabled=False, viewport=PHONE)
    sign_in(phone, address, "volksvertegenwoordiger")
    phone.goto(f"{address}/werk/mijn-opgaven/")
    phone.locator("a[href*='/nevenfuncties/']", has_text="Iets opgeven").click()
    phone.get_by_label("Wat u daar doet").fill("Penningmeester")
    phone.get_by_label("Organisatie of bedrijf").fill(NAME)
    phone.get_by_role("group", name="Betaald").get_by_label("nee").check()
    phone.get_by_role("button", name="Opgeven").click()
    declaration = phone.url

    until(lambda: NAME.encode() in read(address + REGISTER))
    entries = {entry["where"]: entry for entry in json.loads(read(f"{address}{DATA}.json"))["entries"]}
    assert entries[NAME]["id"] in declaration
    assert NAME.encode() in read(f"{address}{DATA}.csv")
    assert read(f"{address}{DATA}.ods").startswith(b"PK")
    assert NAME.encode() in read(f"{address}/open-data/popolo.json")
    assert read(f"{address}{REGISTER}nevenfuncties-politieke-ambtsdragers.pdf").startswith(b"%PDF")

    phone.goto(address + REGISTER)
    expect(phone.get_by_text(NAME)).to_be_visible()
    phone.get_by_role("link", name="Wat er veranderde").click()
    expect(phone.get_by_text(NAME)).to_be_visible()

    phone.goto(declaration)
    phone.get_by_role("link", name="Per ongeluk opgegeven? Trek het in").click()
    phone.get_by_label("Waarom trekt u dit in?").fill("Vergissing")
    phone.get_by_role("button", name="Trek in").click()
    until(lambda: NAME.encode() not in read(address + REGISTER))
    for name in (f"{DATA}.json", f"{DATA}.csv", f"{DATA}-wijzigingen.json", f"{REGISTER}wijzigingen/"):
        assert NAME.encode() not in read(address + name)


@pytest.mark.parametrize(
    "path", ["/", REGISTER, f"{REGISTER}wijzigingen/", "/regelingen/", "/verslagen/", "/open-data/"]
)
def test_everybody_can_use_each_page(open_page, demonstration, path):
    until(lambda: b"Nevenfuncties" in read(f"{demonstration.address}/open-data/"))
    page = open_page(java_script_enabled=True)
    problems = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(demonstration.address + path)
        problems += axe_violations(page)

    assert problems == []
    assert width_on_narrow_screen(page) <= NARROWEST
