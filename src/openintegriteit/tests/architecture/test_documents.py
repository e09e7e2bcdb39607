"""What the pages in docs/ refer to is there, and what a body must fill in is marked alike."""

import re

import pytest
from django.conf import settings

DOCS = settings.PACKAGE_DIR.parents[1] / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
LEGAL = sorted((DOCS / "legal").glob("*.md"))
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#([^)\s]+))?\)")


def anchors(page):
    """The places on a page that a link can lead to."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_every_link_leads_somewhere(page):
    lost = []
    for target, anchor in LINK.findall(page.read_text()):
        found = (page.parent / target).resolve()
        if not found.exists() or (anchor and anchor not in anchors(found)):
            lost.append(f"{target}#{anchor}")
    assert lost == []


@pytest.mark.parametrize("page", LEGAL, ids=lambda page: page.name)
def test_what_a_body_fills_in_is_marked_alike(page):
    text = page.read_text()

    marked = re.findall(r"\*\*\[vul in: [^\]]+\]\*\*", text)
    assert marked
    assert text.count("[vul in:") == len(marked)
    assert re.findall(r"_{3,}|\.{4,}|XXX|TODO|\bPM\b", text) == []


def test_every_legal_page_is_listed():
    listed = {target for target, _anchor in LINK.findall((DOCS / "legal" / "README.md").read_text())}

    assert {page.name for page in LEGAL} - {"README.md"} <= listed
