"""Certificates of oaths as PDF/UA: what they tell, that any name fits, and all of a ceremony in one file."""

from datetime import date
from io import BytesIO

import pikepdf
import pymupdf
import pytest
from django.urls import reverse

from openintegriteit.core.documents import write
from openintegriteit.core.roles import Role
from openintegriteit.core.tests.sample_document import HARD_TEXTS, LONG_WORD
from openintegriteit.core.tests.test_documents_pdf import failures, findings, text_of
from openintegriteit.organisations.documents import kept_file
from openintegriteit.organisations.models import HouseStyle
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.oaths.certificates import certificate_of, certificates_of
from openintegriteit.registers.oaths.models import ForWhom
from openintegriteit.registers.oaths.tasks import write_certificate, write_certificates
from openintegriteit.registers.oaths.tests.factories import ceremony, oath, words

pytestmark = pytest.mark.database
TAKEN = {"form": "oath", "before_whom": "de secretaris", "occasion": "Ambtseed", "taken_on": date(2026, 3, 30)}


@pytest.fixture
def said(organisation):
    return words(organisation, ForWhom.OFFICIAL, label="De ambtseed", text="Ik zweer dit.\n\n- eerlijk\n- zorgvuldig")


def test_a_certificate_tells_who_took_what_and_before_whom_in_the_house_style(organisation, said, tmp_path) -> None:
    HouseStyle.objects.create(organisation=organisation, letterhead="Postbus 1", footer="Alleen voor u")
    somebody = PersonFactory(organisation=organisation, given_name="Noor", infix="van", family_name="Swinderen")

    pdf = write(certificate_of(oath(organisation, somebody, text=said, **TAKEN), organisation), "pdf")

    assert failures(pdf) == []
    assert findings(pdf, tmp_path) == []
    told = text_of(pdf)
    parts = (
        "Bewijs van de eed",
        "Noor van Swinderen",
        "30 maart 2026",
        "de secretaris",
        "De ambtseed",
        "Ik zweer dit.",
    )
    assert [
        part for part in (*parts, "zorgvuldig", "Gemeente Proef", "Postbus 1", "Alleen voor u") if part not in told
    ] == []
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert (str(opened.Root.Lang), str(opened.docinfo["/Title"])) == ("nl-NL", "Bewijs van de eed")


@pytest.mark.parametrize("name", [LONG_WORD[:100], "Nguyễn 中文 😀 \u202e", HARD_TEXTS[0], HARD_TEXTS[1]])
def test_any_name_fits_and_stays_text(organisation, said, name) -> None:
    somebody = PersonFactory(organisation=organisation, given_name=name[:100], family_name=name[:100])
    held = ceremony(organisation, in_presence_of=(name * 5)[:500])
    values = TAKEN | {"before_whom": (name * 3)[:200], "occasion": (name * 3)[:300]}
    made = oath(organisation, somebody, text=said, ceremony=held, **values)

    for document in (certificate_of(made, organisation), certificates_of(held, organisation)):
        pdf = write(document, "pdf")
        assert failures(pdf) == []
        with pymupdf.open(stream=pdf) as opened:
            rights = [word[2] for sheet in opened for word in sheet.get_text("words")]
        assert max(rights) <= 595 - 70


def test_all_of_a_ceremony_stand_in_one_file_each_on_a_page_of_its_own(organisation, said) -> None:
    held = ceremony(organisation)
    assert certificates_of(held, organisation) is None
    names = ["Aalders", "Bakker", "Claassen"]
    for name in reversed(names):
        oath(organisation, PersonFactory(organisation=organisation, family_name=name), text=said, ceremony=held)
    oath(
        organisation,
        PersonFactory(organisation=organisation, family_name="Doorn"),
        ceremony=held,
        withdrawn_on=date(2026, 4, 1),
        withdrawn_because="Mis",
    )

    pdf = write(certificates_of(held, organisation), "pdf")

    assert failures(pdf) == []
    with pymupdf.open(stream=pdf) as opened:
        pages = [sheet.get_text() for sheet in opened]
    assert [[name for name in (*names, "Doorn") if name in page] for page in pages] == [[name] for name in names]
    with pikepdf.open(BytesIO(pdf)) as opened, opened.open_outline() as outline:
        assert [item.title.split()[-1] for item in outline.root] == names


def test_the_worker_writes_them_once_and_nothing_of_what_has_gone(client_as, organisation, said) -> None:
    held = ceremony(organisation)
    made = oath(organisation, PersonFactory(organisation=organisation), text=said, ceremony=held)
    client, body = client_as(Role.HR), str(organisation.pk)
    where = [reverse("oaths:certificate", args=[made.pk]), reverse("oaths:certificates", args=[held.pk])]
    waiting = [client.get(address) for address in where]
    assert [page.status_code for page in waiting] == [202, 202]
    assert "Het document wordt gemaakt als PDF" in waiting[0].content.decode()

    write_certificate.call(body, str(made.pk), "pdf")
    write_certificates.call(body, str(held.pk), "pdf")

    for answer in (client.get(address) for address in where):
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
    file = kept_file(organisation, certificate_of(made, organisation), "pdf")
    kept = set(file.parent.iterdir())
    made.withdrawn_on, made.withdrawn_because = date(2026, 4, 1), "Mis"
    made.save()
    write_certificate.call(body, str(made.pk), "pdf")
    write_certificates.call(body, str(held.pk), "pdf")
    assert set(file.parent.iterdir()) == kept
    assert client.get(where[1], follow=True).redirect_chain == [(reverse("oaths:ceremony", args=[held.pk]), 302)]
