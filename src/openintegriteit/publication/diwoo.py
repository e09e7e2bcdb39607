"""Sitemaps for the Woo-index: which documents there are, after the handbook of the Woo-harvester (DiWoo 0.9.8).

Each category of documents has an index of sitemaps whose name says which it is, and robots.txt names the indexes. The
metadata is given only when the body has said which organisation it is in TOOI, for it asks for that identifier.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from openintegriteit.organisations.queries import web_address
from openintegriteit.publication.queries import Line, Shown
from openintegriteit.publication.site import Files
from openintegriteit.publication.telling import Body, address_of, document_names

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
DIWOO = "https://standaarden.overheid.nl/diwoo/metadata/"
THESAURUS = "https://identifier.overheid.nl/tooi/def/thes/kern/"
LANGUAGE = "http://publications.europa.eu/resource/authority/language/NLD"
FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type/"
ADOPTION = ("c_641ecd76", "vaststelling")


@dataclass(frozen=True, slots=True)
class Category:
    """A category of documents that a body makes public of its own accord (Woo, article 3.3)."""

    code: str  # in the thesaurus of TOOI
    name: str


CATEGORIES = {
    "002": Category("c_aab6bfc7", "overige besluiten van algemene strekking"),
    "012": Category("c_c6cd1213", "jaarplannen en jaarverslagen"),
}


def sitemaps(body: Body, registers: Sequence[Shown]) -> Files:
    """robots.txt, and for each category of documents its index and its sitemap."""
    of_documents = [shown for shown in registers if shown.register.woo_category]
    names = [f"/sitemaps/sitemapindex-diwoo-infocat{shown.register.woo_category}.xml" for shown in of_documents]
    lines = ["User-agent: *", "Disallow: /werk/", "Disallow: /account/"]
    lines += [f"Sitemap: {web_address(body.organisation, name)}" for name in names]
    yield "robots.txt", ("\n".join(lines) + "\n").encode()
    for shown, name in zip(of_documents, names, strict=True):
        sitemap = f"sitemaps/sitemap-{shown.register.slug}.xml"
        updated = (shown.updated_on or body.day).isoformat()
        located = escape(web_address(body.organisation, f"/{sitemap}"))
        index = f"<sitemap><loc>{located}</loc><lastmod>{updated}</lastmod></sitemap>"
        yield name.strip("/"), _xml("sitemapindex", index)
        yield sitemap, _xml("urlset", "".join(_urls(body, shown)), f' xmlns:diwoo="{DIWOO}"')


def _urls(body: Body, shown: Shown) -> Iterator[str]:
    for line in shown.lines:
        for name in document_names(line):
            form = name.rpartition(".")[2]
            if form == "html":  # the harvester wants the document itself, not a page
                continue
            location = escape(web_address(body.organisation, f"{address_of(shown)}{name}"))
            told = f"<loc>{location}</loc><lastmod>{line.updated_on.isoformat()}</lastmod>"
            yield f"<url>{told}{_metadata(body, shown, line, form) if body.publication.tooi else ''}</url>"


def _metadata(body: Body, shown: Shown, line: Line, form: str) -> str:
    category = CATEGORIES[shown.register.woo_category]
    adopted = line.content.get("adopted_on") or line.added_on.isoformat()
    publisher = _tag("publisher", body.organisation.name, body.publication.tooi)
    handling = _tag("soortHandeling", ADOPTION[1], THESAURUS + ADOPTION[0]) + _tag("atTime", f"{adopted}T00:00:00")
    parts = (
        publisher,
        _tag("verantwoordelijke", body.organisation.name, body.publication.tooi),
        _within("titelcollectie", _tag("officieleTitel", str(line.content["title"]))),
        _within(
            "classificatiecollectie",
            _within("informatiecategorieen", _tag("informatiecategorie", category.name, THESAURUS + category.code)),
        ),
        _tag("creatiedatum", date.fromisoformat(adopted).isoformat()),
        _tag("language", "Nederlands", LANGUAGE),
        _tag("format", form, FILE_TYPES + form.upper()),
        _within("documenthandelingen", _within("documenthandeling", handling)),
    )
    return _within("Document", _within("DiWoo", "".join(parts)))


def _tag(name: str, text: str, resource: str = "") -> str:
    named = f" resource={quoteattr(resource)}" if resource else ""
    return f"<diwoo:{name}{named}>{escape(text)}</diwoo:{name}>"


def _within(name: str, content: str) -> str:
    return f"<diwoo:{name}>{content}</diwoo:{name}>"


def _xml(root: str, content: str, also: str = "") -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{SITEMAP}"{also}>{content}</{root}>\n'.encode()
