"""The pages for accounts, roles, invitations and the set-up in a real browser: readable for everybody, and whole.

The pages are fetched first, each in the state in which people meet it; then a browser shows them without a network.
"""

from functools import partial
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone
from django.utils.csp import build_policy
from playwright.sync_api import ConsoleMessage, Page, Request, Route, sync_playwright

from openintegriteit.core.roles import Role
from openintegriteit.identity.demo import demo_people
from openintegriteit.identity.invitations import invite
from openintegriteit.identity.models import Invitation, RoleGrant, User
from openintegriteit.identity.operations import new_setup_code
from openintegriteit.identity.tests.factories import user_with_roles
from openintegriteit.identity.tests.test_sign_in import code_of
from openintegriteit.messages.models import Message
from openintegriteit.tests.browser import chromium, flags
from openintegriteit.ui.house_style import token_sheet

pytestmark = [pytest.mark.django_db, pytest.mark.e2e, pytest.mark.slow]
SITE = "http://localhost"


def empty_installation():
    """The four steps of the set-up, the last with everything wrong."""
    client, code = Client(), new_setup_code()
    yield "code", client.post("/inrichten/", {"code": "fout"})
    client.post("/inrichten/", {"code": code})
    yield "organisatie", client.get("/inrichten/organisatie/")
    client.post("/inrichten/organisatie/", {"name": "Gemeente Nieuw", "kind": "municipality"})
    yield "kleur", client.post("/inrichten/huisstijl/", {"colour": "#7a1f5c", "preview": "1"})
    client.post("/inrichten/huisstijl/", {"colour": "#7a1f5c"})
    yield "beheerder", client.post("/inrichten/beheerder/", {"password": "kort", "password_again": "kort"})


def visitor(organisation, actor_with):
    """What somebody sees who is not signed in."""
    client = Client()
    yield "aanmelden", client.get("/account/inloggen/")
    yield "aanmelden-fout", client.post("/account/inloggen/", {"login": "x@y.example", "password": "fout"})
    yield "vergeten", client.get("/account/wachtwoord/vergeten/")
    yield "vergeten-verstuurd", client.get("/account/wachtwoord/vergeten/verstuurd/")
    yield "link-fout", client.get("/account/wachtwoord/nieuw/abc-onbekend/")
    yield "inactief", client.get("/account/inactief/")
    yield "uitnodiging-dicht", client.get("/account/uitnodiging/onbekend/")
    tokens = []
    administrator = actor_with(Role.FUNCTIONAL_ADMINISTRATOR)
    for email in ("nieuw@proef.example", user_with_roles(organisation).email):
        roles = [Role.COORDINATOR, Role.HANDLER]
        invite(actor=administrator, email=email, name="Nieuw Mens", roles=roles, address_of=lambda t: tokens.append(t))
    yield "uitnodiging-nieuw", client.post(f"/account/uitnodiging/{tokens[0]}/", {"password": "kort"})
    yield "uitnodiging-bestaand", client.get(f"/account/uitnodiging/{tokens[1]}/")
    client.force_login(User.objects.get(email=Invitation.objects.exclude(email="nieuw@proef.example").get().email))
    yield "uitnodiging-erbij", client.get(f"/account/uitnodiging/{tokens[1]}/")
    yield "uitnodiging-ander", client.get(f"/account/uitnodiging/{tokens[0]}/")
    yield "geen-rol", client.get("/werk/account/")


def newcomer(organisation):
    """Setting up the second factor."""
    client, user = Client(), user_with_roles(organisation, Role.COORDINATOR)
    client.post("/account/inloggen/", {"login": user.email, "password": "geheim wachtwoord 1"})
    yield "app", client.post("/account/tweede-factor/app/", {"code": "000000"})
    yield "afmelden", client.get("/account/uitloggen/")


def member(client_as):
    """One's own account."""
    client = client_as(Role.COORDINATOR, Role.STAFF)
    client_of_same = Client()
    client_of_same.force_login(User.objects.get(pk=client.session["_auth_user_id"]))
    yield "account", client.get("/werk/account/")
    yield "wachtwoord", client.get("/account/wachtwoord/")
    yield "opnieuw-bevestigen", client.get("/account/opnieuw-bevestigen/")
    yield "opnieuw-bevestigen-code", client.get("/account/tweede-factor/bevestigen/")


def fresh_member(organisation):
    """What asks for a password typed a moment ago, and the code on the way in."""
    user = user_with_roles(organisation, Role.STAFF)
    client = Client()
    client.post("/account/inloggen/", {"login": user.email, "password": "geheim wachtwoord 1"})
    client.get("/account/tweede-factor/app/")
    client.post("/account/tweede-factor/app/", {"code": code_of(client.session["mfa.totp.secret"])})
    yield "herstelcodes", client.get("/account/tweede-factor/herstelcodes/")
    yield "herstelcodes-nieuw", client.get("/account/tweede-factor/herstelcodes/nieuw/")
    yield "app-weg", client.get("/account/tweede-factor/app/weg/")
    client.post("/account/uitloggen/")
    client.post("/account/inloggen/", {"login": user.email, "password": "geheim wachtwoord 1"})
    yield "code-tweede-stap", client.get("/account/tweede-factor/code/")


def administrator(client_as, organisation):
    """People, roles, invitations, house style; mail that did not go out."""
    client = client_as(Role.FUNCTIONAL_ADMINISTRATOR)
    colleague = user_with_roles(organisation, Role.STAFF, Role.HR)
    RoleGrant.objects.create(organisation=organisation, user=colleague, role=Role.HANDLER)
    RoleGrant.objects.create(organisation=organisation, user=colleague, role=Role.CLERK, ended_at=timezone.now())
    typed = {"name": "Nieuw Mens", "email": "uitgenodigd@proef.example", "roles": [Role.STAFF]}
    client.post("/werk/rollen/uitnodigingen/nieuw/", typed)
    yield "rollen", client.get("/werk/rollen/")
    yield "rollen-leeg", client.get("/werk/rollen/?zoek=bestaatniet")
    yield "persoon", client.post(f"/werk/rollen/{colleague.pk}/toekennen/", {"role": "keizer"})
    yield "uitnodigingen", client.get("/werk/rollen/uitnodigingen/")
    yield "uitnodigen", client.post("/werk/rollen/uitnodigingen/nieuw/", {"name": ""})
    yield "huisstijl", client.post("/werk/huisstijl/", {"colour": "#7a1f5c", "preview": "1"})
    Message.objects.update(attempts=3)
    yield "post", client_as(Role.TECHNICAL_ADMINISTRATOR).get("/werk/post/")


def demonstration(organisation, settings):
    """The choice of roles."""
    settings.DEMO_MODE = True
    demo_people(organisation)
    yield "kiezer", Client().get("/account/inloggen/")


@pytest.fixture
def show(settings):
    """Shows pages that were fetched in a browser, at each width, light and dark, and collects what is wrong."""

    def make(pages) -> list[str]:
        fetched = {name: response.content.decode() for name, response in pages}
        policy = build_policy(settings.SECURE_CSP)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=flags())
            found: list[str] = []
            for width, scheme in ((1280, "light"), (390, "light"), (390, "dark"), (320, "light")):
                context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
                page = context.new_page()
                page.on("console", partial(complain, found))
                context.route("**/*", lambda route, request: answer(route, request, fetched, policy))
                for name in fetched:
                    page.goto(f"{SITE}/{name}/")
                    found += [f"{name} {width} {scheme} {problem}" for problem in problems(page, width)]
            browser.close()
        return found

    return make


def complain(found: list[str], message: ConsoleMessage) -> None:
    """Note what the browser calls an error, such as what the content security policy stopped."""
    if message.type == "error":
        found.append(f"console: {message.text}")


def answer(route: Route, request: Request, fetched: dict[str, str], policy: str) -> None:
    """A page that was fetched, a static file, or a house style."""
    address = urlsplit(request.url)
    if address.path.startswith("/static/"):
        route.fulfill(path=finders.find(address.path.removeprefix("/static/")))
    elif address.path.endswith("huisstijl.css"):
        route.fulfill(body=token_sheet(f"#{address.query.partition('=')[2]}"), content_type="text/css")
    elif address.path.strip("/") in fetched:
        headers = {"Content-Security-Policy": policy}
        route.fulfill(body=fetched[address.path.strip("/")], content_type="text/html; charset=utf-8", headers=headers)
    else:
        route.abort()


def problems(page: Page, width: int) -> list[str]:
    """What axe finds, and whether the page is wider than the window."""
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true })")
    found = [
        f"{rule['id']}: {node['html']}" for rule in Axe().run(page).response["violations"] for node in rule["nodes"]
    ]
    too_wide = page.evaluate("document.documentElement.scrollWidth") > width
    return [*found, "is wider than the window"] if too_wide else found


def test_the_set_up(show):
    assert show(list(empty_installation())) == []


def test_pages_for_visitors(show, organisation, actor_with):
    assert show(list(visitor(organisation, actor_with))) == []


def test_pages_about_ones_own_account(show, organisation, client_as):
    pages = [*newcomer(organisation), *member(client_as), *fresh_member(organisation)]
    assert show(pages) == []


def test_pages_for_administrators(show, organisation, client_as):
    assert show(list(administrator(client_as, organisation))) == []


def test_the_choice_of_roles(show, organisation, settings):
    assert show(list(demonstration(organisation, settings))) == []
