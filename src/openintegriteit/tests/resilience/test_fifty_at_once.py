"""Fifty people write in the same few sections of a report at once: what was acknowledged is there, all of it.

Each of them adds a word of their own to the text that they see, upon its version; who comes second reads again and
tries once more. So a text that somebody overwrote would lack words that its author was told had been saved.
"""

import html
import http.cookiejar
import os
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.database]
PEOPLE = 50
SECONDS = float(os.environ.get("OPENINTEGRITEIT_TESTS_LOAD_SECONDS", "20"))
SECTIONS = ("visie", "borging", "aanleiding", "tot-slot", "ambtseed")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
VERSION = re.compile(r'name="version" value="(\d+)"')
TEXT = re.compile(r"<textarea[^>]*name=\"text\"[^>]*>(.*?)</textarea>", re.DOTALL)
COORDINATOR = re.compile(r'name="grant" value="([^"]+)"[^>]*aria-label="[^"]*, integriteitscoördinator"')


class Writer:
    """Somebody in a browser of their own."""

    def __init__(self, address, number):
        self.address, self.number = address, number
        self.browser = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), StaysPut
        )
        self.statuses = Counter()
        self.saved = []

    def ask(self, path, typed=None):
        """Status and page of an address; refusals are answers too."""
        data = urllib.parse.urlencode(typed).encode() if typed else None
        request = urllib.request.Request(f"{self.address}{path}", data)  # noqa: S310 our own server
        try:
            with self.browser.open(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()

    def sign_in(self):
        _status, page = self.ask("/account/inloggen/")
        grant = COORDINATOR.search(page)[1]
        status, _page = self.ask("/account/inloggen/", {"grant": grant, "csrfmiddlewaretoken": TOKEN.search(page)[1]})
        assert status == 302

    def write(self, until):
        attempt = 0
        while time.monotonic() < until:
            attempt += 1
            slug = SECTIONS[(self.number + attempt) % len(SECTIONS)]
            word = f"w{self.number}x{attempt}"
            _status, page = self.ask(f"/werk/verslagen/2025/{slug}/?schrijf")
            typed = {
                "csrfmiddlewaretoken": TOKEN.search(page)[1],
                "version": VERSION.search(page)[1],
                "text": f"{html.unescape(TEXT.search(page)[1]).strip()} {word}",
                "action": "save",
            }
            status, _page = self.ask(f"/werk/verslagen/2025/{slug}/bewaren/", typed)
            self.statuses[status] += 1
            if status == 302:
                self.saved.append((slug, word))


class StaysPut(urllib.request.HTTPRedirectHandler):
    """The answer itself counts, not where it leads."""

    def redirect_request(self, *arguments):
        return None


def test_fifty_people_write_at_once_and_nobody_loses_a_word(with_example):
    installation = with_example()
    with installation.serving() as server:
        writers = [Writer(server.address, number) for number in range(PEOPLE)]
        for writer in writers:
            writer.sign_in()
        until = time.monotonic() + SECONDS
        threads = [threading.Thread(target=writer.write, args=(until,)) for writer in writers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(SECONDS + 120)
        pages = {slug: writers[0].ask(f"/werk/verslagen/2025/{slug}/?schrijf")[1] for slug in SECTIONS}

    statuses = sum((writer.statuses for writer in writers), Counter())
    saved = [entry for writer in writers for entry in writer.saved]
    stored = {slug: set(html.unescape(TEXT.search(page)[1]).split()) for slug, page in pages.items()}
    assert set(statuses) <= {302, 409}
    assert len(saved) == statuses[302] >= len(SECTIONS)
    assert statuses[409] > 0
    assert [entry for entry in saved if entry[1] not in stored[entry[0]]] == []
    assert sum(word.startswith("w") and "x" in word for words in stored.values() for word in words) >= len(saved)
    assert "klopt" in installation.run("event-log", "verify")
