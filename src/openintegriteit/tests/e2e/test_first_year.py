"""A whole year through the house, outside demo mode: from an empty installation to the report in hand.

Every page on the way is judged: axe finds nothing, and it fits a screen of 320 pixels.
"""

import re
import time
import zipfile
from email import message_from_bytes, policy
from io import BytesIO
from itertools import chain
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from playwright.sync_api import Page, Route, expect

from openintegriteit.identity.tests.test_sign_in import code_of
from openintegriteit.tests import cases
from openintegriteit.tests.e2e.accessibility import axe_clean, fits_narrow_screens
from openintegriteit.tests.installation import Server

pytestmark = pytest.mark.slow
YEAR = Path(cases.__file__).with_name("huizen-2019.xlsx")
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(200)
PASSWORD = "een zin die ik onthoud"
COORDINATOR = "i.de.boer@huizen.example"
WRITTEN = "In 2019 vroegen [[adviser-contact-persons 2019]] personen advies aan een vertrouwenspersoon."
TOLD = "In 2019 vroegen 8 personen advies aan een vertrouwenspersoon."
NOTE = "De rollen zijn in beeld."
BETWEEN_MAILS = b"\n" + b"-" * 79 + b"\n"  # Django names files by second and memory address: mails may share one
MINUTE = 60_000  # milliseconds: how long the worker may take on a busy machine


def test_from_an_empty_installation_to_the_report_in_hand(page, protected_server):
    set_up_the_installation(page, protected_server)
    link = invite_the_coordinator(page, protected_server)
    recovery_code = accept_the_invitation(page, link)
    bring_in_the_year(page)
    write_a_section(page)
    change_a_measure(page)
    take_the_report_along(page)
    see_what_is_left(page, protected_server)
    leave_nothing_behind(page)
    come_back(page, protected_server, recovery_code)


def set_up_the_installation(page: Page, server: Server) -> None:
    """The first functional administrator: the code from the console, the body, its colour, oneself."""
    code = re.search(r"eenmalige code: (\S+)", server.log.read_text())
    assert code
    page.goto(server.address)
    heading(page, "Vul de eenmalige code in")
    page.get_by_label("Code voor de inrichting").fill(code[1])
    press(page, "Verder")

    heading(page, "Voor welke organisatie is dit?")
    page.get_by_label("Naam van de organisatie").fill("Gemeente Huizen")
    page.get_by_role("radio", name="gemeente", exact=True).check()
    press(page, "Verder")

    heading(page, "Welke kleur heeft uw organisatie?")
    page.get_by_label("Hoofdkleur").fill("#7a1f5c")
    press(page, "Verder")

    heading(page, "Wie bent u?")
    page.get_by_label("Uw naam").fill("Fatima Bakker")
    page.get_by_label("Uw e-mailadres op het werk").fill("f.bakker@huizen.example")
    choose_password(page)
    press(page, "Richt in")
    set_up_second_factor(page)


def invite_the_coordinator(page: Page, server: Server) -> str:
    """Invite from the desk, and sign out. Gives the link in the mail."""
    heading(page, "Er is nu niets te bevestigen")
    page.get_by_role("main").get_by_role("link", name="Nodig iemand uit").click()
    heading(page, "Nodig iemand uit")
    page.get_by_label("Naam").fill("Iris de Boer")
    page.get_by_label("E-mailadres op het werk").fill(COORDINATOR)
    page.get_by_role("checkbox", name="Integriteitscoördinator").check()
    press(page, "Stuur de uitnodiging")
    heading(page, "1 uitnodiging wacht op antwoord")
    link = link_in_mail(server.log.with_name("mail"), COORDINATOR)
    press(page, "Meld af")
    heading(page, "Meld u aan")
    return link


def accept_the_invitation(page: Page, link: str) -> str:
    """Choose a password and tie an app, to an empty desk that says where to begin. Gives a recovery code."""
    page.goto(link)
    heading(page, "Kies een wachtwoord en u kunt beginnen")
    choose_password(page)
    press(page, "Maak mijn account")
    recovery_code = set_up_second_factor(page)
    heading(page, "Begin met uw eerste jaar")
    expect(page.get_by_role("heading", name="Begin hier")).to_be_visible()
    return recovery_code


def bring_in_the_year(page: Page) -> None:
    """Take the workbook, send a wrong file, then the right one; look at what will change, and store it."""
    page.get_by_role("main").get_by_role("link", name="Jaar inlezen").click()
    heading(page, "Breng een heel jaar in één keer in")
    with page.expect_download() as download:
        page.get_by_role("link", name="Werkboek voor Excel").click()
    assert download.value.suggested_filename == "werkboek-jaar.xlsx"
    assert zipfile.is_zipfile(download.value.path())

    page.get_by_label("Uw werkboek").set_input_files({"name": "jaar.xlsx", "mimeType": "", "buffer": PICTURE})
    press(page, "Laat zien wat er verandert")
    expect(page.get_by_role("alert")).to_contain_text("Dit is een afbeelding, geen rekenblad.")
    looks_right(page)

    page.get_by_label("Uw werkboek").set_input_files(YEAR)
    press(page, "Laat zien wat er verandert")
    heading(page, re.compile(r"^\d+ veranderingen in het jaar 2019$"))
    press(page, "Bewaar dit alles")
    heading(page, re.compile("vragen wachten op u$"))
    expect(page.get_by_role("status").filter(has_text="Het jaar is ingelezen")).to_be_visible()


def write_a_section(page: Page) -> None:
    """A sentence with a figure, which is filled in and leads to where it comes from."""
    page.get_by_role("main").get_by_role("link", name="Vertrouwenspersonen en meldpunten").click()
    heading(page, "Vertrouwenspersonen en meldpunten")
    page.get_by_role("link", name="Wijzig de tekst").click()
    text = page.get_by_label("Tekst")
    text.fill(f"{text.input_value()}\n\n{WRITTEN}")
    looks_right(page)
    press(page, "Bewaar de tekst")
    expect(page.get_by_role("article")).to_contain_text(TOLD)
    looks_right(page)
    page.get_by_role("article").get_by_role("link", name="8", exact=True).click()
    heading(page, "Personen bij een vertrouwenspersoon")


def change_a_measure(page: Page) -> None:
    """Give a measure an owner and tell how it goes."""
    menu(page, "Maatregelen")
    heading(page, "2 maatregelen")
    page.get_by_role("link", name="Breng de meest kwetsbare rollen").click()
    heading(page, re.compile("^Breng de meest kwetsbare rollen"))
    page.get_by_role("main").get_by_role("link", name="Wijzig", exact=True).click()
    heading(page, "Wijzig maatregel 9")
    page.get_by_label("Eigenaar").fill("Concerncontroller")
    page.get_by_label("Stand").select_option("op schema")
    press(page, "Bewaar")
    expect(page.get_by_role("definition").filter(has_text="Concerncontroller")).to_be_visible()
    page.get_by_label("Wat is er te vertellen?").fill(NOTE)
    press(page, "Voeg bericht toe")
    expect(page.get_by_role("listitem").filter(has_text=NOTE)).to_contain_text("Iris de Boer")
    looks_right(page)


def take_the_report_along(page: Page) -> None:
    """The report in its four forms: each tells what was written, with the figure of the records."""
    menu(page, "Jaarverslagen")
    heading(page, "De verantwoording, jaar na jaar")
    page.get_by_role("link", name="Open het verslag van 2019").click()
    heading(page, re.compile("vragen wachten op u$"))
    see_the_page_that_waits(page)
    with page.expect_response(lambda answer: answer.status == 200 and "/pdf/" in answer.url, timeout=MINUTE) as found:
        page.get_by_role("link", name="Bekijk als PDF").click()
    pdf = page.context.request.get(found.value.url).body()
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in opened.Root
        assert str(opened.Root.Lang).startswith("nl")
    with pymupdf.open(stream=pdf) as opened:
        tells_the_year(" ".join(sheet.get_text() for sheet in opened))
    page.goto(found.value.url.partition("bestand/")[0])
    tells_the_year(words_in(handed_out(page, "Word", "docx"), "word/document.xml"))
    tells_the_year(words_in(handed_out(page, "OpenDocument", "odt"), "content.xml"))
    tells_the_year(words(handed_out(page, "HTML", "html").read_text()))


def see_the_page_that_waits(page: Page) -> None:
    """While the worker writes; kept from asking again, so that there is time to judge it."""

    def ask_once(route: Route) -> None:
        answer = route.fetch()
        headers = {name: value for name, value in answer.headers.items() if name != "refresh"}
        assert headers != answer.headers
        route.fulfill(response=answer, headers=headers)

    page.route("**/bestand/**", ask_once)
    page.get_by_role("link", name="OpenDocument").click()
    heading(page, "Het document wordt gemaakt als ODT")
    page.unroute("**/bestand/**")
    page.get_by_role("link", name="Terug", exact=True).click()


def see_what_is_left(page: Page, server: Server) -> None:
    """The desk counts the questions that have no answer, and how far the report is."""
    page.goto(f"{server.address}/werk/")
    heading(page, "5 dingen vragen vandaag uw aandacht")
    expect(page.get_by_role("link", name=re.compile("^Beantwoord"))).to_have_count(5)
    expect(page.get_by_role("heading", name="De rode draad naar het verslag over 2019")).to_be_visible()
    expect(page.get_by_role("heading", name="Begin hier")).to_have_count(0)


def leave_nothing_behind(page: Page) -> None:
    """After signing out, going back shows the sign-in page and nothing of the desk."""
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert set(cookies) == {"__Host-session", "__Host-csrftoken"}
    assert all(cookie["secure"] and cookie["httpOnly"] for cookie in cookies.values())
    menu(page, "Maatregelen")
    press(page, "Meld af")
    heading(page, "Meld u aan")
    for _page in range(2):
        page.go_back()
        heading(page, "Meld u aan")
        expect(page.get_by_text("Iris de Boer")).to_have_count(0)


def come_back(page: Page, server: Server, recovery_code: str) -> None:
    """Sign in again, with a recovery code instead of the phone."""
    page.goto(f"{server.address}/werk/")
    page.get_by_label("E-mailadres").fill(COORDINATOR)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    press(page, "Meld u aan")
    heading(page, "Vul de code van uw app in")
    page.get_by_role("textbox").fill(recovery_code)
    press(page, "Meld u aan")
    heading(page, "5 dingen vragen vandaag uw aandacht")


def looks_right(page: Page) -> None:
    """What must hold of every page."""
    axe_clean(page)
    fits_narrow_screens(page)


def heading(page: Page, name: str | re.Pattern[str]) -> None:
    """The page says what is the matter, and is as it must be."""
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    looks_right(page)


def press(page: Page, name: str) -> None:
    """Press the button."""
    page.get_by_role("button", name=name, exact=True).click()


def menu(page: Page, name: str) -> None:
    """Go to a page by the menu, which is folded away where there is little room."""
    button, entry = page.get_by_role("button", name="Menu"), page.get_by_role("navigation", name="Hoofdmenu")
    if button.is_visible():
        button.click()
    entry.get_by_role("link", name=name).click()


def choose_password(page: Page) -> None:
    """Type it twice."""
    page.get_by_label("Kies een wachtwoord").fill(PASSWORD)
    page.get_by_label("Hetzelfde wachtwoord nog een keer").fill(PASSWORD)


def set_up_second_factor(page: Page) -> str:
    """Tie an app to the account by the secret on the page, and go on to the desk. Gives a recovery code."""
    heading(page, "Koppel een authenticator-app aan uw account")
    secret = page.get_by_role("main").get_by_role("code").inner_text()
    page.get_by_label("Code uit de app").fill(code_of(secret.replace(" ", "")))
    press(page, "Koppel de app")
    heading(page, "Bewaar uw herstelcodes goed")
    codes = page.get_by_role("main").get_by_role("code")
    expect(codes).to_have_count(10)
    recovery_code = codes.first.inner_text()
    page.get_by_role("link", name="Ik heb ze bewaard, verder").click()
    return recovery_code


def link_in_mail(folder: Path, recipient: str, scheme: str = "https://") -> str:
    """The link in the mail to this person, which the worker puts in the folder soon."""
    for _attempt in range(600):
        for content in chain.from_iterable(file.read_bytes().split(BETWEEN_MAILS) for file in folder.glob("*")):
            mail = message_from_bytes(content, policy=policy.default)
            link = re.search(rf"{scheme}\S+", mail.get_content()) if mail["To"] == recipient else None
            if link:
                return link[0]
        time.sleep(0.1)
    raise AssertionError(f"No mail to {recipient}")


def handed_out(page: Page, link: str, extension: str) -> Path:
    """The report as a file, once the worker has made it."""
    with page.expect_download(timeout=MINUTE) as download:
        page.get_by_role("link", name=link, exact=True).click()
    assert download.value.suggested_filename == f"jaarverslag-gemeentehuizen-2019.{extension}"
    page.goto(page.url.partition("bestand/")[0])
    return Path(download.value.path())


def words_in(file: Path, part: str) -> str:
    """The words of a document of an office program."""
    with zipfile.ZipFile(file) as document:
        return words(document.read(part).decode())


def words(markup: str) -> str:
    """What the markup says, without the markup."""
    return re.sub(r"<[^>]+>", "", markup)


def tells_the_year(text: str) -> None:
    """The report says what the coordinator wrote, and of whom it tells; each kind of file has spaces of its own."""
    told = "".join(text.split())
    assert TOLD.replace(" ", "") in told
    assert "GemeenteHuizen" in told
    assert "[[" not in told
