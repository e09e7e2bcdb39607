"""The house style of documents: who sets it, what is refused, and that what was adopted keeps its look."""

import re
import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openintegriteit.core.documents import write
from openintegriteit.core.documents.images import judge_picture
from openintegriteit.core.documents.template_judging import judge_template
from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.core.tests.hostile_files import repacked
from openintegriteit.core.tests.office_templates import part, template, without_styles
from openintegriteit.core.tests.pictures import JPEG, png
from openintegriteit.event_log.models import Entry
from openintegriteit.organisations import house_style as operations
from openintegriteit.organisations.documents import kept_file, make_file
from openintegriteit.organisations.house_style import files_of, sample_of, theme_of
from openintegriteit.organisations.models import HouseStyle, StyleFile
from openintegriteit.organisations.tasks import write_sample

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ADMINISTRATOR = Role.FUNCTIONAL_ADMINISTRATOR
TYPED = {
    "letterhead": "Gemeente Proef\r\n\r\n  Raadhuisplein 1\r\nwww.proef.example",
    "footer": "Postbus 1",
    "accent_colour": "#7A1F5C",
    "font": "Libertinus Serif",
    "version": "1",
}


def address(name, *args):
    return reverse(f"organisations:{name}", args=args)


def upload(content, name="logo.png"):
    return SimpleUploadedFile(name, content)


def logo_form(**changes):
    return {"picture": upload(png()), "alternative_text": "Wapen van Proef", "version": "1"} | changes


@pytest.fixture
def administrator(actor_with):
    return actor_with(ADMINISTRATOR)


def added_template(administrator, organisation, content=None):
    judged = judge_template(content or template("docx"))
    return operations.add_template(actor=administrator, organisation=organisation, template=judged, name="huis.dotx")


def test_the_coordinator_looks_and_only_the_administrator_changes(client_as, organisation):
    coordinator = client_as(Role.COORDINATOR)

    assert coordinator.get(address("house_style")).status_code == 200
    assert address("house_style_change") not in coordinator.get(address("house_style")).content.decode()
    for name, posted in (
        ("house_style_change", TYPED),
        ("logo", logo_form()),
        ("logo_remove", {}),
        ("template_new", {}),
    ):
        assert coordinator.post(address(name), posted).status_code == 403
    assert client_as(Role.HR).get(address("house_style")).status_code == 403
    assert not HouseStyle.objects.exists()
    assert not StyleFile.objects.exists()


def test_what_is_typed_is_stored_logged_and_carried_by_documents(client_as, organisation):
    response = client_as(ADMINISTRATOR).post(address("house_style_change"), TYPED)

    assert response.status_code == 302
    theme = theme_of(organisation)
    assert theme.letterhead.lines == ("Gemeente Proef", "Raadhuisplein 1", "www.proef.example")
    assert (theme.letterhead.footer, theme.letterhead.font, theme.primary_colour) == (
        "Postbus 1",
        "Libertinus Serif",
        "#7a1f5c",
    )
    entry = Entry.objects.get(action="house_style.changed")
    assert entry.details["changes"]["accent_colour"] == ["", "#7a1f5c"]


def test_without_a_house_style_documents_carry_what_they_always_did(organisation):
    theme = theme_of(organisation)

    assert (theme.organisation_name, theme.primary_colour) == (organisation.name, organisation.primary_colour)
    assert theme.letterhead == type(theme.letterhead)()
    assert files_of(theme) == {}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"accent_colour": "#ffcc00"}, "contrast van 1,51 op 1"),
        ({"accent_colour": "rood"}, "Schrijf een hekje"),
        ({"accent_colour": "#ff000"}, "Schrijf een hekje"),
        ({"letterhead": "a\n" * 9}, "er passen er hoogstens 8"),
        ({"letterhead": "x" * 71}, "langer dan 70 tekens"),
        ({"font": "Comic Sans"}, "Comic Sans"),
        ({"footer": "x" * 161}, "160"),
    ],
)
def test_what_does_not_fit_comes_back_as_typed_with_what_to_do(client_as, organisation, changes, said):
    response = client_as(ADMINISTRATOR).post(address("house_style_change"), TYPED | changes)

    assert response.status_code == 422
    page = response.content.decode()
    assert said in page
    assert "Postbus 1" in page or "footer" in changes
    assert not HouseStyle.objects.exists()


def test_the_shade_that_is_advised_can_be_read(client_as, organisation):
    client = client_as(ADMINISTRATOR)
    page = client.post(address("house_style_change"), TYPED | {"accent_colour": "#ffcc00"}).content.decode()
    shade = re.search("bijvoorbeeld (#[0-9a-f]{6})", page)[1]

    assert client.post(address("house_style_change"), TYPED | {"accent_colour": shade}).status_code == 302


def test_who_comes_second_sees_both_and_overwrites_nothing(client_as, organisation):
    client = client_as(ADMINISTRATOR)
    client.post(address("house_style_change"), TYPED)

    response = client.post(address("house_style_change"), TYPED | {"footer": "Postbus 2"})

    assert response.status_code == 409
    assert "Postbus 1" in response.content.decode()
    assert HouseStyle.objects.get().footer == "Postbus 1"


def test_a_logo_needs_words_and_comes_into_every_format(client_as, organisation):
    client = client_as(ADMINISTRATOR)

    refused = client.post(address("logo"), logo_form(alternative_text=" "))
    assert (refused.status_code, HouseStyle.objects.exists()) == (422, False)
    assert client.post(address("logo"), logo_form()).status_code == 302

    theme = theme_of(organisation)
    document, files = sample_of(organisation, theme), files_of(theme)
    assert files[theme.letterhead.logo.sha256] == png()
    assert b"Wapen van Proef" in write(document, "html", files)
    with zipfile.ZipFile(BytesIO(write(document, "docx", files))) as opened:
        assert opened.read("word/media/logo.png") == png()
    with zipfile.ZipFile(BytesIO(write(document, "odt", files))) as opened:
        assert opened.read("Pictures/logo.png") == png()
    assert "data:image/png;base64," in client.get(address("house_style")).content.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "geen PNG"),
        (b"<svg/>", "geen PNG"),
        (png()[:-9], "beschadigd"),
        (png() + b"\x00" * 250_000, "groter dan 200 kB"),
    ],
)
def test_a_bad_logo_is_refused_and_its_words_stay(client_as, organisation, content, said):
    response = client_as(ADMINISTRATOR).post(address("logo"), logo_form(picture=upload(content)))

    assert response.status_code == 422
    assert said in response.content.decode()
    assert "Wapen van Proef" in response.content.decode()
    assert not StyleFile.objects.exists()


def test_sending_a_logo_twice_or_late_stores_it_once(client_as, organisation):
    client = client_as(ADMINISTRATOR)
    client.post(address("logo"), logo_form())

    late = client.post(address("logo"), logo_form(picture=upload(JPEG), alternative_text="Ander"))

    assert late.status_code == 409
    assert HouseStyle.objects.get().alternative_text == "Wapen van Proef"
    assert StyleFile.objects.count() == 1


def test_only_the_words_of_a_logo_can_change(client_as, organisation):
    client = client_as(ADMINISTRATOR)
    client.post(address("logo"), logo_form())

    response = client.post(address("logo"), {"alternative_text": "Wapen met leeuw", "version": "2"})

    assert response.status_code == 302
    assert theme_of(organisation).letterhead.logo.alternative_text == "Wapen met leeuw"


def test_a_removed_logo_stays_for_what_was_made_with_it(client_as, organisation):
    client = client_as(ADMINISTRATOR)
    client.post(address("logo"), logo_form())
    before = theme_of(organisation)

    assert client.post(address("logo_remove")).status_code == 302

    assert theme_of(organisation).letterhead.logo is None
    assert files_of(before) == {before.letterhead.logo.sha256: png()}


def test_the_database_refuses_a_logo_without_words(organisation, administrator):
    operations.set_logo(
        actor=administrator, expected_version=1, picture=judge_picture(png()), name="x.png", alternative_text="Wapen"
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        HouseStyle.objects.update(alternative_text="")


def test_a_template_is_tried_shown_and_only_then_used(client_as, organisation):
    client = client_as(ADMINISTRATOR)
    poor = without_styles(template("docx"), "docx", ["heading 4"])

    tried = client.post(address("template_new"), {"file": upload(poor, "huis.dotx")})
    file = StyleFile.objects.get()
    page = client.get(tried.url).content.decode()

    assert tried.url == address("template", file.pk)
    assert "heading 4" in page
    assert address("template_sample", file.pk, "docx") in page
    assert theme_of(organisation).letterhead.word_template == ""
    assert client.post(address("template_use", file.pk), {"version": "1"}).status_code == 302
    assert client.post(address("template_use", file.pk), {"version": "1"}).status_code == 302
    assert theme_of(organisation).letterhead.word_template == file.sha256
    assert Entry.objects.filter(action="house_style.changed").count() == 1


def test_a_template_in_use_dresses_documents_until_it_is_dropped(client_as, organisation, administrator):
    file = added_template(administrator, organisation)
    operations.use_template(actor=administrator, template=file, expected_version=1)
    theme = theme_of(organisation)

    assert "0a6b1f" in part(write(sample_of(organisation, theme), "docx", files_of(theme)), "word/styles.xml").lower()
    assert client_as(ADMINISTRATOR).post(address("template_drop", "docx")).status_code == 302
    assert theme_of(organisation).letterhead.word_template == ""
    assert files_of(theme) != {}


@pytest.mark.parametrize("content", [b"", b"kapot", repacked(template("docx"), add={"word/vbaProject.bin": b"x"})])
def test_a_bad_template_is_refused_and_nothing_is_kept(client_as, organisation, content):
    response = client_as(ADMINISTRATOR).post(address("template_new"), {"file": upload(content, "huis.docx")})

    assert response.status_code == 422
    assert not StyleFile.objects.exists()


def test_a_template_with_which_nothing_can_be_written_is_refused(client_as, organisation):
    hollow = repacked(template("odt"), {"styles.xml": lambda _old: b"<x/>"})

    response = client_as(ADMINISTRATOR).post(address("template_new"), {"file": upload(hollow, "huis.ott")})

    assert response.status_code == 422
    assert "geen document te schrijven" in response.content.decode()


def test_a_template_that_was_only_tried_can_be_thrown_away_and_one_that_was_used_cannot(
    client_as, organisation, administrator
):
    client = client_as(ADMINISTRATOR)
    used = added_template(administrator, organisation)
    operations.use_template(actor=administrator, template=used, expected_version=1)
    tried = added_template(administrator, organisation, template("odt"))

    for file in (used, tried):
        assert client.post(address("template_discard", file.pk)).status_code == 302

    assert [file.pk for file in StyleFile.objects.all()] == [used.pk]
    assert Entry.objects.filter(action="stylefile.discarded").count() == 1


def test_using_a_template_that_somebody_else_was_before_changes_nothing(organisation, administrator):
    file = added_template(administrator, organisation)
    operations.change_house_style(actor=administrator, expected_version=1, values={"footer": "x"})

    with pytest.raises(StaleRecord):
        operations.use_template(actor=administrator, template=file, expected_version=1)
    assert StyleFile.objects.get().used_at is None


def test_files_of_another_body_are_as_absent(client_as, organisation, other_organisation, administrator):
    file = added_template(administrator, organisation)
    operations.set_logo(
        actor=administrator, expected_version=1, picture=judge_picture(png()), name="x.png", alternative_text="Wapen"
    )
    theme = theme_of(organisation)

    with organisation_scope(other_organisation.pk):
        assert files_of(theme) == {}
        assert theme_of(other_organisation).letterhead.logo is None
        assert not StyleFile.objects.filter(pk=file.pk).exists()


def test_the_worker_writes_the_sample_and_the_page_hands_it_out(
    client_as, organisation, administrator, settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    file = added_template(administrator, organisation)
    client = client_as(Role.COORDINATOR)
    where = address("template_sample", file.pk, "docx")

    assert client.get(where).status_code == 202
    write_sample.func(str(organisation.pk), str(file.pk), "docx")
    response = client.get(where)

    assert response["Content-Disposition"] == 'attachment; filename="proefdocument.docx"'
    assert "0a6b1f" in part(b"".join(response), "word/styles.xml").lower()
    assert client.get(address("sample", "docx")).status_code == 202


def test_another_house_style_is_another_file(organisation, administrator, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    before = sample_of(organisation, theme_of(organisation))
    operations.change_house_style(actor=administrator, expected_version=1, values={"footer": "Postbus 1"})
    after = sample_of(organisation, theme_of(organisation))

    assert kept_file(organisation, before, "html") != kept_file(organisation, after, "html")
    assert b"Postbus 1" in make_file(organisation, after, "html").read_bytes()
    assert b"Postbus 1" not in make_file(organisation, before, "html").read_bytes()


def test_the_page_and_the_theme_cost_as_little_with_many_files(client_as, organisation, administrator):
    client = client_as(ADMINISTRATOR)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(address("house_style"))
        return len(captured)

    client.get(address("house_style"))
    few = queries()
    for number in range(1, 30):
        StyleFile.objects.create(
            organisation=organisation, kind="logo", name=f"{number}.png", sha256=f"{number:064}", content=b"x"
        )
    assert queries() == few
    with CaptureQueriesContext(connection) as captured:
        theme_of(organisation)
    assert len(captured) == 1


def test_the_sample_has_a_fixed_day(organisation):
    assert sample_of(organisation, theme_of(organisation)).date == date(2026, 1, 1)
