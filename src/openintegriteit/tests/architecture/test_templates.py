"""What no template may hold: the content security policy would refuse it, or somebody's text would become markup."""

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2]
TEMPLATES = [path for path in sorted(PACKAGE.rglob("templates/**/*")) if path.suffix in {".html", ".svg", ".txt"}]
FORBIDDEN = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script in the page": re.compile(r"<script(?![^>]*\s(src=|type=\"application/json\"))", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "text let through as markup": re.compile(r"\|\s*safe\b|autoescape\s+off"),
    "an htmx attribute that evaluates code": re.compile(r"\bhx-(on|vals=[\"']js:)", re.IGNORECASE),
    "a file of another host": re.compile(r"(src|href|action)=[\"'](https?:)?//", re.IGNORECASE),
}
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what):
    found = [
        f"{path.relative_to(PACKAGE)}: {match.group(0)}"
        for path in TEMPLATES
        for match in FORBIDDEN[what].finditer(COMMENT.sub("", path.read_text()))
    ]

    assert TEMPLATES
    assert found == []


def test_every_form_that_posts_is_protected_against_forgery():
    form = re.compile(r"<form\b[^>]*method=[\"']post[\"'].*?</form>", re.IGNORECASE | re.DOTALL)

    unprotected = [
        str(path.relative_to(PACKAGE))
        for path in TEMPLATES
        for match in form.finditer(COMMENT.sub("", path.read_text()))
        if "{% csrf_token %}" not in match.group(0)
    ]

    assert unprotected == []


def test_a_table_with_tools_shows_its_caption_so_that_they_do_not_cover_the_headers():
    table = re.compile(r"<c-data-table\b[^>]*\bquiet=.*?</c-data-table>", re.DOTALL)

    covered = [
        str(path.relative_to(PACKAGE))
        for path in TEMPLATES
        for match in table.finditer(COMMENT.sub("", path.read_text()))
        if 'name="tools"' in match.group(0)
    ]

    assert covered == []


def test_a_chart_says_in_words_what_it_shows():
    chart = re.compile(r"<c-chart\b(?=[^>]*:svg=)(?![^>]*\balternative=)", re.DOTALL)

    silent = [str(path.relative_to(PACKAGE)) for path in TEMPLATES if chart.search(COMMENT.sub("", path.read_text()))]

    assert silent == []


def test_a_time_is_written_as_the_language_writes_it():
    fixed = [str(path.relative_to(PACKAGE)) for path in TEMPLATES if "H:i" in path.read_text()]

    assert fixed == []
