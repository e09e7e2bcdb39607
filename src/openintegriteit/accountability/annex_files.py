"""Documents of others that go with a report: kept as they came in, judged by a person, and never changed once adopted.

The report names such a document by the SHA-256 of its content. So a file that is replaced while somebody adopts the
report makes the report another one than was seen. An adopted edition keeps its files, whatever the next one carries.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction

from openintegriteit.accountability.editions import locked_while_open
from openintegriteit.accountability.models import Annex, AnnexFile, AnnexKind, EditionFile
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.core.documents.judging import JudgedDocument
from openintegriteit.core.locking import StaleRecord, save_if_unchanged
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of, save_changes
from openintegriteit.event_log.operations import record


class NoDocument(Exception):
    """The annex is no document of others, so it has no file."""


@transaction.atomic
def attach_file(
    *, actor: Actor, annex: Annex, identifier: UUID, expected_version: int, document: JudgedDocument, name: str
) -> AnnexFile:
    """Keep a document with an annex, in the place of the one that was there; the same key twice makes one.

    Raises StaleRecord when somebody else changed the annex meanwhile, NoDocument, and ReportAdopted.
    """
    POLICY.require(actor, "change")
    locked_while_open(annex.report)
    existing: AnnexFile | None = AnnexFile.objects.defer("content").filter(pk=identifier).first()
    if existing:
        return existing
    current = _current(annex, expected_version)
    if current.kind != AnnexKind.DOCUMENT:
        raise NoDocument
    replaced = current.file_id
    file: AnnexFile = AnnexFile.objects.create(
        pk=identifier,
        organisation_id=body_of(actor),
        name=name,
        form=document.form,
        sha256=sha256(document.content).hexdigest(),
        size=len(document.content),
        content=document.content,
        remarks=[[remark.key, remark.count] for remark in document.remarks],
        added_by=actor.label,
    )
    current.file = file
    save_if_unchanged(current, expected_version=expected_version, fields=["file"])
    _drop(replaced)
    details = {"file": name, "sha256": file.sha256, "size": file.size}
    record(actor=actor, action="annex.file_added", subject=current, details=details)
    return file


@transaction.atomic
def remove_file(*, actor: Actor, annex: Annex, expected_version: int) -> None:
    """Take the document from an annex; what an adopted edition keeps stays there. A second time does nothing.

    Raises StaleRecord when somebody else changed the annex meanwhile, and ReportAdopted.
    """
    POLICY.require(actor, "change")
    locked_while_open(annex.report)
    current: Annex = Annex.objects.get(pk=annex.pk)
    if current.file_id is None:
        return
    removed = AnnexFile.objects.defer("content").get(pk=current.file_id)
    current.file = None
    save_if_unchanged(current, expected_version=expected_version, fields=["file"])
    details = {"file": removed.name, "sha256": removed.sha256}
    record(actor=actor, action="annex.file_removed", subject=current, details=details)
    _drop(removed.pk)


@transaction.atomic
def judge_file(
    *, actor: Actor, annex: Annex, file: AnnexFile, expected_version: int, values: Mapping[str, Any]
) -> AnnexFile:
    """Say how accessible the document of an annex is. Editions that were adopted keep what was said before.

    Raises StaleRecord when somebody else did meanwhile or the annex has another file by now, and ReportAdopted.
    """
    POLICY.require(actor, "change")
    locked_while_open(annex.report)
    if Annex.objects.get(pk=annex.pk).file_id != file.pk:
        raise StaleRecord(file)
    return save_changes(
        actor=actor,
        action="annex.file_judged",
        instance=file,
        expected_version=expected_version,
        values={**values, "judged_by": actor.label},
    )


def _current(annex: Annex, expected_version: int) -> Annex:
    current: Annex = Annex.objects.get(pk=annex.pk)
    if current.version != expected_version:
        raise StaleRecord(current)
    return current


def _drop(file_id: UUID | None) -> None:
    """Remove a file that no annex has any more, unless an adopted edition keeps it."""
    if file_id is not None and not EditionFile.objects.filter(file=file_id).exists():
        AnnexFile.objects.filter(pk=file_id).delete()
