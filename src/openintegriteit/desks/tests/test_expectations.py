"""What the law expects of the person who looks: by role, by kind of body, in both languages."""

import re

import pytest
from django.utils import translation

from openintegriteit.core.roles import Actor, Role
from openintegriteit.desks.expectations import EVERY, PERSON_KINDS, expectations_of
from openintegriteit.organisations.models import OrganisationKind

ARTICLE = re.compile(r"(Ambtenarenwet 2017|Gemeentewet|Provinciewet|Waterschapswet), artikel \d+[a-z]?(, lid \d+)?")
LAW_OF = {"municipality": "Gemeentewet", "province": "Provinciewet", "water_board": "Waterschapswet"}


def told(kind, *roles):
    return expectations_of(Actor("1", "Iemand", None, frozenset(roles)), kind)


def articles(kind, *roles):
    return [article for expected in told(kind, *roles) for _sentence, article in expected.sentences]


def test_every_sentence_names_an_article_of_the_law_of_its_kind_of_body():
    for kind in PERSON_KINDS:
        for expectation in kind.expectations:
            for body, article in expectation.law.items():
                assert ARTICLE.match(article), article
                assert article.startswith("Ambtenarenwet 2017" if body == EVERY else LAW_OF[body])


@pytest.mark.parametrize("body", OrganisationKind)
def test_an_official_reads_the_same_at_every_kind_of_body(body):
    (expected,) = told(body, "staff")

    assert expected.title == "Van u als ambtenaar"
    assert expected.sentences[0] == (
        "U gedraagt zich zoals een goed ambtenaar dat hoort te doen.",
        "Ambtenarenwet 2017, artikel 6",
    )
    assert len(expected.sentences) == 9


def test_an_elected_member_reads_the_law_of_the_body_with_its_names():
    (council,) = told("municipality", "elected_member")
    (water_board,) = told("water_board", "elected_member")

    assert council.title == "Van u als raadslid"
    assert council.sentences[1][1] == "Gemeentewet, artikel 12"
    assert water_board.title == "Van u als lid van het algemeen bestuur"
    assert water_board.sentences[-1][1] == "Waterschapswet, artikel 33, lid 3"


def test_what_does_not_hold_at_a_body_is_left_out():
    assert "Gemeentewet, artikel 41a" in articles("municipality", "executive_member")
    assert not [article for article in articles("water_board", "executive_member") if "Gemeentewet" in article]
    assert len(articles("water_board", "executive_member")) < len(articles("province", "executive_member"))
    assert told("joint_body", "elected_member", "executive_member") == []


def test_the_chair_reads_who_promotes_integrity():
    promoted = [articles(kind, "chair")[1] for kind in LAW_OF]

    assert promoted == [
        "Gemeentewet, artikel 170, lid 2",
        "Provinciewet, artikel 175, lid 2",
        "Waterschapswet, artikel 94, lid 2",
    ]


def test_who_has_two_functions_reads_both_and_who_has_none_of_them_nothing():
    assert len(told("province", "executive_member", "elected_member")) == 2
    assert told("municipality", "technical_administrator", "investigator") == []


@pytest.mark.parametrize("body", OrganisationKind)
def test_every_sentence_has_english_words(body):
    dutch = told(body, *Role)
    with translation.override("en"):
        english = told(body, *Role)

    for one, other in zip(dutch, english, strict=True):
        assert one.title != other.title
        assert all(a[0] != b[0] and a[1] == b[1] for a, b in zip(one.sentences, other.sentences, strict=True))


@pytest.mark.django_db
@pytest.mark.database
class TestTheDesk:
    """The desk for everybody."""

    def test_it_tells_a_staff_member_what_is_expected(self, client_as):
        text = client_as("staff").get("/werk/").content.decode()

        assert "Wat er van u wordt verwacht" in text
        assert "Ambtenarenwet 2017, artikel 9" in text
        assert "Gemeentewet" not in text

    def test_it_is_silent_for_who_the_law_says_nothing_certain_about(self, client_as):
        text = client_as("investigator").get("/werk/?bureau=iedereen").content.decode()

        assert "Wat er van u wordt verwacht" not in text
