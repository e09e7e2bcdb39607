"""The screens speak English to whoever asks for it, on every page; what the body itself writes stays Dutch."""

import html
import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from openintegriteit.accountability.sections import SECTIONS, form_content, office_names
from openintegriteit.accountability.workbook.sheets import SHEETS
from openintegriteit.core.roles import Role
from openintegriteit.figures.catalogue import CATALOGUE, indicators
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles
from openintegriteit.messages.letters import write
from openintegriteit.messages.models import Message
from openintegriteit.organisations.models import OrganisationKind
from openintegriteit.programme.models import MeasureStatus
from openintegriteit.tests.architecture.pages import FILES, PAGES
from openintegriteit.tests.architecture.test_catalogues import APPS, translated
from openintegriteit.tests.architecture.test_role_matrix import address, bodies
from openintegriteit.ui.listing import address_word

pytestmark = pytest.mark.django_db
__all__ = ["bodies"]
FOR_BUILDERS = "ui:components"  # every component, with invented Dutch content
READ = [name for name, page in PAGES.items() if not page.posts and name not in {*FILES, FOR_BUILDERS}]
SHORTEST = 12  # shorter words may be the same in both languages


def of_the_body():
    """The words of Dutch documents: headings of the report and of its form, names in the workbook."""
    yield from (kind.heading for kind in SECTIONS)
    yield from (heading["heading"] for group in form_content()["groups"] for heading in group["headings"])
    yield from (
        word for sheet in SHEETS for word in (sheet.name, sheet.intro, *(column.name for column in sheet.columns))
    )


def dutch_texts():
    """What the Dutch catalogues say otherwise than in English, in words without values."""
    for app in APPS:
        for message in translated(app).values():
            sources, texts = (message.id, message.string) if message.pluralizable else ([message.id], [message.string])
            yield from (text for text in texts if text not in sources and len(text) > SHORTEST and "%" not in text)
    yield from (text for figure in CATALOGUE for text in (figure.name, figure.definition))


OF_THE_BODY = "\n".join(of_the_body())
DUTCH = {text: re.compile(rf"\b{re.escape(text)}(?!\w)") for text in set(dutch_texts()) if text not in OF_THE_BODY}


def words_on(response):
    """The words of a page, without those that it says are Dutch, such as what a law asks."""
    dutch = r'<span lang="nl">.*?</span>|<div [^>]*lang="nl"[^>]*>.*?</div>|<option [^>]*lang="nl"[^>]*>.*?</option>'
    page = re.sub(dutch, " ", response.content.decode(), flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


@pytest.fixture
def english(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.mark.slow
@pytest.mark.parametrize("name", READ)
def test_no_dutch_is_left_on_an_english_page(name, bodies, english):
    user = user_with_roles(bodies[0], *Role)
    add_second_factor(user)
    if PAGES[name].kind != "everybody":
        english.force_login(user)

    response = english.get(address(name, bodies[0]), follow=True)

    assert '<html lang="en">' in response.content.decode()
    words = words_on(response)
    assert sorted(text for text, found in DUTCH.items() if found.search(words)) == []


def test_every_figure_of_the_catalogue_has_english_words(organisation):
    with translation.override("en"):
        told = indicators()

    same = [figure.code for figure in CATALOGUE if figure.definition == told[figure.code].definition]
    assert same == []
    assert [figure.code for figure in CATALOGUE if figure.name == told[figure.code].name] == []


@pytest.mark.parametrize("kind", OrganisationKind)
def test_every_office_has_an_english_name(kind):
    with translation.override("en"):
        told = office_names(kind)

    assert [name for key, name in office_names(kind).items() if told[key] == name] == []


def test_the_language_of_the_browser_does_not_choose(client, organisation):
    page = client.get("/", headers={"accept-language": "en"})

    assert '<html lang="nl">' in page.content.decode()
    assert page["Content-Language"] == "nl"


def test_who_chooses_english_comes_back_to_the_page_and_keeps_it(client, organisation):
    here = "http://testserver/toegankelijkheid/?x=1"

    chosen = client.get(reverse("choose_language", args=["en"]), headers={"referer": here})

    assert (chosen.status_code, chosen["Location"]) == (302, here)
    cookie = chosen.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert '<html lang="en">' in client.get("/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://kwaad.example/", "//kwaad.example", "javascript:alert(1)", ""])
def test_nobody_is_led_away(client, organisation, elsewhere):
    chosen = client.get(reverse("choose_language", args=["en"]), headers={"referer": elsewhere})

    assert chosen["Location"] == "/"


@pytest.mark.parametrize("language", ["de", "xx", "..", "nl-be"])
def test_a_language_that_we_do_not_speak_is_no_page(client, organisation, language):
    assert client.get(f"/taal/{language}/").status_code == 404
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    assert '<html lang="nl">' in client.get("/").content.decode()


def test_a_mail_and_an_address_are_dutch_whatever_the_screen_of_the_sender(coordinator, organisation):
    with translation.override("en"):
        write(coordinator, "iemand@proef.example", "identity/mail/password_changed.txt", name="Iemand")
        word = address_word(MeasureStatus.ON_SCHEDULE)

    assert word == "op-schema"
    assert Message.objects.get().subject == "Uw wachtwoord is gewijzigd"
