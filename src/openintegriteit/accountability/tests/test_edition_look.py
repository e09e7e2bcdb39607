"""An edition keeps the look with which it was adopted."""

import pytest

from openintegriteit.accountability.building import document_of
from openintegriteit.accountability.facts import gather
from openintegriteit.accountability.frozen import document_of_edition, hash_of
from openintegriteit.accountability.tests import factories
from openintegriteit.accountability.tests.adopting import adopt
from openintegriteit.core.documents.images import judge_picture
from openintegriteit.core.roles import Role
from openintegriteit.core.tests.pictures import png
from openintegriteit.organisations import house_style
from openintegriteit.organisations.documents import kept_file, make_file

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def report(organisation):
    return factories.report(organisation)


@pytest.fixture
def secretary(actor_with):
    return actor_with(Role.SECRETARY)


def styled_by(administrator, colour, picture, version):
    house_style.change_house_style(
        actor=administrator,
        expected_version=version,
        values={"accent_colour": colour, "letterhead": f"Regel {colour}"},
    )
    return house_style.set_logo(
        actor=administrator,
        expected_version=version + 1,
        picture=judge_picture(picture),
        name="logo.png",
        alternative_text=f"Wapen {colour}",
    )


def test_an_edition_keeps_the_look_with_which_it_was_adopted(actor_with, coordinator, report, organisation):
    administrator = actor_with(Role.FUNCTIONAL_ADMINISTRATOR)
    style = styled_by(administrator, "#7a1f5c", png(24, 8), 1)
    edition = adopt(coordinator, report)
    before = make_file(organisation, document_of_edition(edition), "docx").read_bytes()

    styled_by(administrator, "#0a6b1f", png(8, 24), style.version)
    kept_file(organisation, document_of_edition(edition), "docx").unlink()
    after = make_file(organisation, document_of_edition(edition), "docx").read_bytes()

    assert after == before
    theme = document_of_edition(edition).theme
    assert (theme.primary_colour, theme.letterhead.logo.alternative_text) == ("#7a1f5c", "Wapen #7a1f5c")
    assert document_of(gather(report, organisation)).theme.primary_colour == "#0a6b1f"


def test_an_edition_from_before_there_were_letterheads_is_still_what_was_adopted(coordinator, report):
    edition = adopt(coordinator, report)

    assert set(edition.content["document"]["theme"]) == {"is", "organisation_name", "primary_colour", "logo_svg"}
    assert hash_of(document_of_edition(edition)) == edition.content_hash
