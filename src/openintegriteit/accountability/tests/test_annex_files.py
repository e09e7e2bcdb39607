"""Documents of others with a report: kept, judged, downloaded, and never changed once adopted."""

import json
import os
import uuid
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from openintegriteit.accountability import annex_files as operations
from openintegriteit.accountability import editions
from openintegriteit.accountability.building import document_of
from openintegriteit.accountability.facts import gather
from openintegriteit.accountability.forms_annexes import safe_name
from openintegriteit.accountability.models import Annex, AnnexFile, AnnexKind, EditionFile
from openintegriteit.accountability.operations import change_annex
from openintegriteit.accountability.tests import factories
from openintegriteit.accountability.tests.adopting import adopt, seen
from openintegriteit.core.clock import today
from openintegriteit.core.documents.judging import judge_document
from openintegriteit.core.documents.model import NumberedList, plain_text
from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.core.tests.others import docx, odt, pdf
from openintegriteit.event_log.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.database]
READER = Role.EXECUTIVE_MEMBER


@pytest.fixture
def report(organisation):
    return factories.report(organisation)


@pytest.fixture
def annex(report):
    return made(report)


def made(report, order=1, **values):
    values = {"title": "Verslag vertrouwenspersonen", "author": "Bureau Luister", "kind": AnnexKind.DOCUMENT} | values
    return Annex.objects.create(organisation=report.organisation, report=report, order=order, **values)


def attach(actor, annex, content=None, **changes):
    current = Annex.objects.get(pk=annex.pk)
    said = {"identifier": uuid.uuid4(), "expected_version": current.version, "name": "verslag.pdf"} | changes
    return operations.attach_file(actor=actor, annex=annex, document=judge_document(content or pdf()), **said)


def judge(actor, annex, **changes):
    file = Annex.objects.get(pk=annex.pk).file
    values = {"judgement": "partly", "judgement_note": "Tabellen niet", "judged_on": date(2026, 4, 1)} | changes
    return operations.judge_file(actor=actor, annex=annex, file=file, expected_version=file.version, values=values)


def sent(client, annex, content, name="Verslag 2025.pdf", **changes):
    address = reverse("accountability:annex_file_choose", args=[annex.pk])
    form = client.get(address).context["form"]
    hidden = {field.name: str(field.value()) for field in form.hidden_fields()}
    return client.post(address, hidden | changes | {"file": SimpleUploadedFile(name, content)})


def line_of(report):
    """What the list of annexes in the report says of the document."""
    document = document_of(gather(report, report.organisation))
    lists = (block for block in document.blocks if isinstance(block, NumberedList))
    lines = (plain_text(item[0].runs) for found in lists for item in found.items)
    return next(line for line in lines if "vertrouwenspersonen" in line)


def test_an_upload_is_kept_as_it_came_in_and_logged_without_its_content(client_as, annex):
    content = pdf()

    response = sent(client_as("coordinator"), annex, content)

    file = AnnexFile.objects.get()
    assert response["Location"] == reverse("accountability:annex_file", args=[annex.pk])
    assert (file.name, file.form, bytes(file.content)) == ("Verslag-2025.pdf", "pdf", content)
    assert [key for key, _count in file.remarks] == ["pdf_untagged", "no_title", "no_language", "pdf_no_claim"]
    entry = Entry.objects.get(action="annex.file_added")
    assert entry.details == {"file": "Verslag-2025.pdf", "sha256": file.sha256, "size": file.size}


def pdf_of(file):
    return bytes(AnnexFile.objects.values_list("content", flat=True).get(pk=file.pk))


def test_sending_twice_makes_one(coordinator, annex):
    key = uuid.uuid4()

    first = attach(coordinator, annex, identifier=key, expected_version=1)
    again = attach(coordinator, annex, identifier=key, expected_version=1)

    assert first == again
    assert AnnexFile.objects.count() == Entry.objects.filter(action="annex.file_added").count() == 1


def test_another_file_takes_the_place_and_the_first_is_gone(coordinator, annex):
    first = attach(coordinator, annex)

    second = attach(coordinator, annex, docx(), name="verslag.docx")

    assert Annex.objects.get().file == second
    assert not AnnexFile.objects.filter(pk=first.pk).exists()


def test_a_stale_form_stores_nothing_and_says_that_the_file_must_be_chosen_again(client_as, coordinator, annex):
    attach(coordinator, annex)

    response = sent(client_as("coordinator"), annex, docx(), version="1")

    assert response.status_code == 409
    assert "kies uw bestand opnieuw" in response.content.decode()
    assert response.context["form"].initial["version"] == 2
    assert AnnexFile.objects.get().form == "pdf"


@pytest.mark.parametrize(("content", "said"), [(b"MZ", "geen PDF"), (b"", "geen PDF"), (b"%PDF-1.7", "niet te lezen")])
def test_what_is_refused_is_not_kept(client_as, annex, content, said):
    response = sent(client_as("coordinator"), annex, content)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not AnnexFile.objects.exists()


@pytest.fixture
def little_room(organisation):
    """A database that has no room for more than a few pages."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            most = cursor.execute("PRAGMA max_page_count").fetchone()[0]
            used = cursor.execute("PRAGMA page_count").fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {used + 20}")
            yield
            cursor.execute(f"PRAGMA max_page_count = {most}")
        else:
            table = "accountability_annexfile"
            cursor.execute(
                "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = 'disk_full'; END $$"
            )
            cursor.execute(f"CREATE TRIGGER no_room BEFORE INSERT ON {table} EXECUTE FUNCTION no_room()")
            yield
            cursor.execute("DROP FUNCTION no_room() CASCADE")


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_is_told_and_nothing_is_stored(client_as, annex, little_room):
    response = sent(client_as("coordinator"), annex, pdf(b"% " + os.urandom(500_000).hex().encode()))

    assert response.status_code == 507
    assert "geen ruimte" in response.content.decode()
    assert not AnnexFile.objects.exists()


def test_the_report_names_author_file_judgement_and_mark(coordinator, report, annex):
    file = attach(coordinator, annex)
    assert "los document: verslag.pdf; toegankelijkheid niet beoordeeld; SHA-256" in line_of(report)

    judge(coordinator, annex)

    assert f"(Bureau Luister; los document: verslag.pdf; deels toegankelijk; SHA-256 {file.sha256})" in line_of(report)


def test_a_confidential_file_is_named_by_its_mark_alone(coordinator, report):
    annex = made(report, confidential=True)
    file = attach(coordinator, annex)

    assert f"vertrouwelijk, niet bijgevoegd; SHA-256 {file.sha256}" in line_of(report)
    assert "verslag.pdf" not in line_of(report)


def test_a_judgement_says_who_and_when_and_two_at_once_do_not_overwrite(client_as, coordinator, annex):
    attach(coordinator, annex)
    client, address = client_as("coordinator"), reverse("accountability:annex_file_judge", args=[annex.pk])
    typed = {"version": "1", "judgement": "not", "judgement_note": "Alleen plaatjes", "judged_on": today().isoformat()}

    assert client.post(address, typed | {"judged_on": "2999-01-01"}).status_code == 422
    assert client.post(address, typed).status_code == 302
    assert client.post(address, typed | {"judgement": "accessible"}).status_code == 409

    file = AnnexFile.objects.get()
    assert (file.judgement, file.judgement_note, file.judged_on) == ("not", "Alleen plaatjes", today())
    assert file.judged_by
    page = client.get(reverse("accountability:annex_file", args=[annex.pk])).content.decode()
    assert "Niet toegankelijk. Alleen plaatjes" in page
    assert "De PDF heeft geen labels (tags)" in page
    with pytest.raises(StaleRecord):
        operations.judge_file(
            actor=coordinator, annex=made(annex.report, 2), file=file, expected_version=2, values={"judgement": "not"}
        )


def test_a_file_that_is_replaced_while_somebody_adopts_is_not_adopted(client_as, coordinator, report, annex):
    attach(coordinator, annex)
    client, address = client_as("coordinator"), "/werk/verslagen/2025/stap/vastgesteld/"
    shown = client.get(address).context["form"].initial["seen"]
    attach(coordinator, annex, pdf(good=True))

    refused = client.post(address, {"taken_on": "2026-05-12", "note": "", "seen": json.dumps(shown)})

    assert refused.status_code == 409
    assert "Bijlagen" in refused.content.decode()
    assert not EditionFile.objects.exists()


def test_an_adopted_edition_keeps_its_file_whatever_the_next_one_carries(client_as, coordinator, report, annex):
    first = attach(coordinator, annex)
    judge(coordinator, annex)
    adopt(coordinator, report)
    editions.restate(actor=coordinator, report=report, reason="Ander verslag")
    second = attach(coordinator, annex, odt(), name="verslag.odt")
    judge(coordinator, annex, judgement="accessible")
    adopt(coordinator, report)

    kept = [(row.edition.number, row.file, row.judgement) for row in EditionFile.objects.order_by("edition__number")]
    assert kept == [(1, first, "partly"), (2, second, "accessible")]
    client = client_as(READER)
    answers = [client.get(f"/werk/verslagen/2025/uitgaven/{number}/bijlagen/1/") for number in (1, 2)]
    assert [answer["Content-Type"] for answer in answers] == [
        "application/pdf",
        "application/vnd.oasis.opendocument.text",
    ]
    assert answers[0].content == pdf_of(first)
    page = client.get("/werk/verslagen/2025/uitgaven/1/").content.decode()
    assert "Deels toegankelijk. Tabellen niet" in page
    assert first.sha256 in page


def test_after_adoption_nothing_of_the_file_can_be_changed(client_as, coordinator, report, annex):
    attach(coordinator, annex)
    adopt(coordinator, report)

    with pytest.raises(editions.ReportAdopted):
        attach(coordinator, annex)
    with pytest.raises(editions.ReportAdopted):
        judge(coordinator, annex)
    with pytest.raises(editions.ReportAdopted):
        operations.remove_file(actor=coordinator, annex=annex, expected_version=2)
    client = client_as("coordinator")
    for name in ("annex_file_choose", "annex_file_judge", "annex_file_remove"):
        typed = {"version": "1", "judgement": "not", "judged_on": "2026-04-01"}
        response = client.post(reverse(f"accountability:{name}", args=[annex.pk]), typed)
        assert response.status_code == 409, name
    assert EditionFile.objects.count() == AnnexFile.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda: EditionFile.objects.update(judgement="accessible"),
        lambda: EditionFile.objects.all()._raw_delete("default"),
        lambda: AnnexFile.objects.update(content=b"anders"),
        lambda: AnnexFile.objects.update(name="anders.pdf"),
        lambda: AnnexFile.objects.all()._raw_delete("default"),
    ],
    ids=["judgement kept", "kept away", "content", "name", "file away"],
)
def test_the_database_itself_refuses_to_change_what_an_edition_keeps(coordinator, report, annex, change):
    attach(coordinator, annex)
    adopt(coordinator, report)

    with pytest.raises(DatabaseError), transaction.atomic():
        change()
        connection.check_constraints()  # also what waits until the end of the transaction

    assert EditionFile.objects.count() == AnnexFile.objects.count() == 1


def test_a_draft_lets_its_file_go_and_a_second_time_does_nothing(client_as, coordinator, annex):
    attach(coordinator, annex)
    client, address = client_as("coordinator"), reverse("accountability:annex_file_remove", args=[annex.pk])

    stale = client.post(address, {"version": "1"}, follow=True)
    assert "Iemand anders heeft deze bijlage" in stale.content.decode()
    assert AnnexFile.objects.exists()
    for _time in range(2):
        assert client.post(address, {"version": "2"}).status_code == 302

    assert Annex.objects.get().file is None
    assert not AnnexFile.objects.exists()
    assert Entry.objects.filter(action="annex.file_removed").count() == 1


def test_a_file_is_handed_out_to_be_kept_and_never_shown(client_as, coordinator, annex):
    attach(coordinator, annex, name="verslag.pdf")

    response = client_as(READER).get(reverse("accountability:annex_file_download", args=[annex.pk]))

    assert response["Content-Disposition"] == 'attachment; filename="verslag.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/pdf"


def test_what_is_confidential_opens_only_for_who_writes_the_report(client_as, coordinator, report):
    annex = made(report, confidential=True)
    file = attach(coordinator, annex)
    adopt(coordinator, report)
    reader, writer = client_as(READER), client_as("coordinator")
    addresses = [
        reverse("accountability:annex_file", args=[annex.pk]),
        reverse("accountability:annex_file_download", args=[annex.pk]),
        "/werk/verslagen/2025/uitgaven/1/bijlagen/1/",
    ]

    assert [reader.get(address).status_code for address in addresses] == [403, 403, 403]
    assert [writer.get(address).status_code for address in addresses] == [200, 200, 200]
    page = reader.get("/werk/verslagen/2025/uitgaven/1/").content.decode()
    assert "alleen wie het verslag schrijft" in page
    assert file.name not in page
    assert file.sha256 not in page
    assert file.name not in reader.get("/werk/verslagen/2025/").content.decode()


def test_others_change_nothing_and_other_bodies_find_nothing(
    client_as, actor_with, coordinator, other_organisation, annex
):
    attach(coordinator, annex)
    with pytest.raises(PermissionDenied):
        attach(actor_with(READER), annex)
    with organisation_scope(other_organisation.pk):
        theirs = made(factories.report(other_organisation))

    client = client_as("coordinator")
    for name in ("annex_file", "annex_file_choose", "annex_file_judge", "annex_file_download"):
        assert client.get(reverse(f"accountability:{name}", args=[theirs.pk])).status_code == 404
    assert client.post(reverse("accountability:annex_file_remove", args=[theirs.pk])).status_code == 404
    assert client.get("/werk/verslagen/2025/uitgaven/9/bijlagen/1/").status_code == 404


def test_only_a_document_of_others_has_a_file(client_as, coordinator, report, annex):
    text = made(report, 2, kind=AnnexKind.TEXT)
    with pytest.raises(operations.NoDocument):
        attach(coordinator, text)
    attach(coordinator, annex)

    client = client_as("coordinator")
    typed = {"title": "Verslag", "kind": "text", "version": "2"}
    response = client.post(reverse("accountability:annex_edit", args=[annex.pk]), typed)

    assert response.status_code == 422
    assert "Haal dat eerst weg" in response.content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        change_annex(actor=coordinator, annex=annex, expected_version=2, values={"kind": AnnexKind.TEXT})


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("Verslag 2025.pdf", "Verslag-2025.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Jan\\jaarverslag.docx", "jaarverslag.pdf"),
        ('a"; filename="b.exe', "a-filename-b.pdf"),
        ("verslag\r\nX-Kop: ja.pdf", "verslag-X-Kop-ja.pdf"),
        ("‮fdp.exe", "fdp.pdf"),
        ("", "document.pdf"),
        ("x" * 400 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_the_name_of_a_file_is_safe_and_ends_as_its_content_says(given, safe):
    assert safe_name(given, "pdf") == safe


def test_what_was_seen_holds_as_long_as_the_file_is_the_same(coordinator, report, annex):
    attach(coordinator, annex)
    before = seen(report)

    attach(coordinator, annex, pdf_of(AnnexFile.objects.get()))

    assert seen(report) == before


def test_who_reads_the_report_sees_the_judgement_and_no_way_to_change_it(client_as, coordinator, annex):
    attach(coordinator, annex)
    reader = client_as(READER)

    page = reader.get(reverse("accountability:annex_file", args=[annex.pk])).content.decode()

    assert "Nog niemand heeft het beoordeeld" in page
    assert "Beoordeel de toegankelijkheid" not in page
    for name in ("annex_file_choose", "annex_file_judge", "annex_file_remove"):
        assert reader.post(reverse(f"accountability:{name}", args=[annex.pk])).status_code == 403
    stranger = client_as(Role.HR)
    for name in ("annex_file", "annex_file_download"):
        assert stranger.get(reverse(f"accountability:{name}", args=[annex.pk])).status_code == 403
