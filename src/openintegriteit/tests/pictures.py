"""A picture of every page per role, at the width of a desk and of a phone: `make pictures`, result in var/pictures.

Pages come from the role matrix. Addresses that are about a record get a record of the example body.
Other looks are taken by their names: `make pictures LOOKS="dark plain print"`.
"""

import argparse
import html
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from operator import attrgetter
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as BrowserPage

from openintegriteit.tests.browser import chromium, flags, sign_in
from openintegriteit.tests.installation import Installation

FOLDER = Path("var/pictures")


@dataclass(frozen=True)
class Look:
    """In what way pages are looked at: the widths in pixels, and what the browser is set to."""

    name: str
    widths: tuple[int, ...] = (1280, 390)
    scheme: Literal["light", "dark"] = "light"
    media: Literal["screen", "print"] = "screen"
    scripts: bool = True

    def open(self, browser: Browser, server: str, role: str | None) -> BrowserPage:
        """A fresh window that looks so, signed in with the role, by its Dutch name, if one is given."""
        page = browser.new_context(
            locale="nl-NL", color_scheme=self.scheme, java_script_enabled=self.scripts
        ).new_page()
        if role:
            sign_in(page, server, role)
        page.emulate_media(media=self.media)  # only now: print hides the buttons
        return page

    def file(self, role: str, name: str, width: int) -> Path:
        """Where the picture of a page is kept."""
        look = "" if self.name == "light" else f"-{self.name}"
        return FOLDER / role / f"{name.replace(':', '-')}{look}-{width}.png"


LOOKS = {
    look.name: look
    for look in (
        Look("light"),
        Look("dark", scheme="dark"),
        Look("plain", scripts=False),
        Look("print", widths=(718,), media="print"),  # A4 between margins of a centimetre
    )
}


def addresses() -> Iterator[tuple[str, str, list[str]]]:
    """Each page that can be opened by a link: its name, its address, and the roles that may open it ([]: anybody)."""
    from django.conf import settings
    from django.urls import reverse

    from openintegriteit.core.tenancy import organisation_scope
    from openintegriteit.organisations.models import Organisation
    from openintegriteit.tests.architecture.pages import FILES, PAGES

    assert settings.DEMO_MODE
    with organisation_scope(Organisation.objects.get().pk):
        for name, page in PAGES.items():
            arguments = {key: _argument(value) for key, value in page.arguments.items()}
            if page.posts or name in FILES or None in arguments.values():
                continue
            roles = [] if page.kind == "everybody" else sorted(page.roles)
            yield name, reverse(name, kwargs=arguments), roles[:1] if page.kind == "signed_in" else roles


def _argument(value: object) -> object:
    """A record of the example body where one is asked for; None when there is none."""
    model, field = value if isinstance(value, tuple) else (value, "pk")
    if not isinstance(model, type):
        return value
    row = model.objects.first()  # type: ignore[attr-defined]
    return attrgetter(field.replace("__", "."))(row) if row else None


def take(page: BrowserPage, look: Look, where: str, name: str, role: str) -> list[Path]:
    """Open the page and keep what it looks like at each width of the look."""
    files = []
    for width in look.widths:
        page.set_viewport_size({"width": width, "height": 900})
        response = page.goto(where)
        if response is None or response.status >= 400:
            print(f"{role}: {where} answers {response and response.status}", file=sys.stderr)  # noqa: T201
        file = look.file(role, name, width)
        file.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=file, full_page=True)
        files.append(file)
    return files


def index(files: list[Path]) -> None:
    """A page with all pictures, per role."""
    links = "\n".join(
        f'<figure><img src="{html.escape(str(file.relative_to(FOLDER)))}" alt="" loading="lazy">'
        f"<figcaption>{html.escape(str(file.relative_to(FOLDER)))}</figcaption></figure>"
        for file in files
    )
    style = (
        "figure{display:inline-block;vertical-align:top;margin:1rem;max-width:45%}img{max-width:100%;border:1px solid}"
    )
    (FOLDER / "index.html").write_text(
        f'<!doctype html><html lang="nl"><title>Beelden</title><style>{style}</style>{links}</html>'
    )


def main() -> None:
    """Serve the example body from a folder of its own and walk through it as each role, in each look asked for."""
    parser = argparse.ArgumentParser(prog="python -m openintegriteit.tests.pictures", description=__doc__)
    parser.add_argument("looks", nargs="*", choices=tuple(LOOKS), help="which looks")
    looks = [LOOKS[name] for name in parser.parse_args().looks or ["light"]]
    with tempfile.TemporaryDirectory(prefix="openintegriteit-pictures-") as folder:
        installation = Installation(Path(folder))
        installation.run("demo")
        os.environ |= installation.environment() | {"DJANGO_SETTINGS_MODULE": "openintegriteit.config.settings"}
        import django

        django.setup()
        from openintegriteit.core.roles import Role

        pages = list(addresses())
        roles = sorted({role for _, _, allowed in pages for role in allowed})
        files = []
        with installation.serving() as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=flags())
            for look, role in product(looks, ["bezoeker", *roles]):
                page = look.open(browser, server.address, str(Role(role).label) if role in roles else None)
                for name, where, allowed in pages:
                    if role in (allowed or ["bezoeker"]):
                        files += take(page, look, server.address + where, name, role)
                page.context.close()
            browser.close()
    index(files)
    print(f"{len(files)} beelden: {(FOLDER / 'index.html').resolve()}")  # noqa: T201


if __name__ == "__main__":
    main()
