"""What is public as files for machines: CSV, JSON, ODS, Popolo and DCAT, with a page and an index of them all."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from openintegriteit.core.spreadsheets.writing import CONTENT_TYPES, Table, Value, write
from openintegriteit.organisations.queries import web_address
from openintegriteit.publication import dcat, popolo
from openintegriteit.publication.models import Licence
from openintegriteit.publication.queries import FieldChange, Shown
from openintegriteit.publication.site import Files, rendered
from openintegriteit.publication.telling import Body, address_of

FOLDER = "open-data"
JSON, JSON_LD = "application/json", "application/ld+json"
PRIVACY_NOTICE = (
    "In deze gegevens staan namen van mensen. Ze zijn openbaar omdat de wet of een gedragscode dat vraagt, zodat "
    "iedereen kan zien of belangen elkaar raken. Gebruikt u ze, dan geldt voor u de privacywet (AVG). Gebruik ze "
    "alleen waarvoor ze bedoeld zijn, en haal bij u weg wat hier is verwijderd."
)


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which terms the data may be used."""

    name: str
    address: str


TERMS = {
    Licence.CC0: Terms("CC0 1.0", "http://creativecommons.org/publicdomain/zero/1.0/deed.nl"),
    Licence.CC_BY: Terms("CC BY 4.0", "http://creativecommons.org/licenses/by/4.0/deed.nl"),
}


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file with what an index says of it."""

    name: str
    title: str
    format: str
    media_type: str
    updated_on: date
    content: bytes
    of: str = ""  # the register that it holds: files of one register are forms of the same data


def open_data(body: Body, registers: Sequence[Shown]) -> Files:
    """All files below /open-data/."""
    terms = TERMS[Licence(body.publication.licence)]
    files = [file for shown in registers for file in _files_of(body, shown, terms)]
    files.append(_popolo(body, registers))
    files.append(_catalogue(body, registers, files, terms))
    yield from ((f"{FOLDER}/{file.name}", file.content) for file in files)
    yield f"{FOLDER}/index.json", _json(_index(body, files, terms))
    datasets = [list(of) for _dataset, of in groupby(files, lambda file: file.of)]
    context = {"datasets": datasets, "licence": terms, "privacy_notice": PRIVACY_NOTICE}
    yield f"{FOLDER}/index.html", rendered(body, "open_data", context)


def _files_of(body: Body, shown: Shown, terms: Terms) -> Iterator[DataFile]:
    register, updated_on = shown.register, shown.updated_on or body.day
    # Sheets are for people and speak as the pages do; JSON has the names that never change, for programs.
    heads = ["Kenmerk", *(column.label for column in register.columns), "Openbaar sinds", "Gewijzigd op"]
    table = Table(register.title, heads, [list(row) for row in _rows(shown)])
    lines = {
        "title": register.title,
        "publisher": body.organisation.name,
        "licence": terms.address,
        "updated": updated_on.isoformat(),
        "columns": {column.key: column.label for column in register.columns},
        "entries": [
            {
                "id": str(line.entry.key),
                "address": _address(body, shown, line.entry.key),
                **line.content,
                "public_since": line.added_on.isoformat(),
                "changed_on": line.changed_on.isoformat() if line.changed_on else None,
            }
            for line in shown.lines
        ],
        "not_shown": [
            {"id": str(marker.key), "removed_on": marker.removed_on.isoformat() if marker.removed_on else None}
            for marker in shown.markers
        ],
    }
    changes = [
        {
            "id": str(change.key),
            "day": change.day.isoformat(),
            "what": change.kind,
            "line": change.title,
            "fields": [{"field": field.label, "before": field.before, "after": field.after} for field in change.fields],
        }
        for change in shown.changes
    ]
    past = Table(
        f"{register.title}: veranderingen",
        ["Kenmerk", "Dag", "Wat", "Regel", "Velden"],
        [
            [str(change.key), change.day, change.word.lower(), change.title, _told(change.fields)]
            for change in shown.changes
        ],
    )
    name, title = register.slug, register.title
    past_title = f"{title}: wat er veranderde"
    yield DataFile(f"{name}.csv", title, "CSV", CONTENT_TYPES["csv"], updated_on, write([table], "csv"), name)
    yield DataFile(f"{name}.json", title, "JSON", JSON, updated_on, _json(lines), name)
    yield DataFile(f"{name}.ods", title, "ODS", CONTENT_TYPES["ods"], updated_on, write([table], "ods"), name)
    csv = write([past], "csv")
    yield DataFile(
        f"{name}-wijzigingen.csv", past_title, "CSV", CONTENT_TYPES["csv"], updated_on, csv, f"{name}-wijzigingen"
    )
    yield DataFile(
        f"{name}-wijzigingen.json", past_title, "JSON", JSON, updated_on, _json(changes), f"{name}-wijzigingen"
    )


def _rows(shown: Shown) -> Iterator[Iterable[Value]]:
    for line in shown.lines:
        values = [line.entry.values.get(column.key) for column in shown.register.columns]
        yield [str(line.entry.key), *values, line.added_on, line.changed_on]


def _told(fields: tuple[FieldChange, ...]) -> str:
    return "; ".join(
        f"{field.label}: {field.before or ''} > {field.after or ''}" if field.is_told else f"{field.label}: veranderd"
        for field in fields
    )


def _popolo(body: Body, registers: Sequence[Shown]) -> DataFile:
    about = [shown for shown in registers if shown.register.about_people]
    updated = max((shown.updated_on for shown in about if shown.updated_on), default=body.day)
    content = _json(popolo.popolo(body.organisation, about))
    return DataFile("popolo.json", "Mensen en hun functies (Popolo)", "JSON", JSON, updated, content, "popolo")


def _catalogue(body: Body, registers: Sequence[Shown], files: Sequence[DataFile], terms: Terms) -> DataFile:
    updated = max((shown.updated_on for shown in registers if shown.updated_on), default=body.day)
    offered = [
        dcat.Offered(
            file.of,
            file.title,
            web_address(body.organisation, f"/{FOLDER}/{file.name}"),
            file.format,
            file.media_type,
            file.updated_on,
        )
        for file in files
    ]
    content = _json(dcat.catalogue(body.organisation, body.publication, offered, terms.address))
    return DataFile("dcat.jsonld", "Beschrijving van deze bestanden (DCAT)", "JSON-LD", JSON_LD, updated, content)


def _index(body: Body, files: Sequence[DataFile], terms: Terms) -> dict[str, Any]:
    return {
        "publisher": body.organisation.name,
        "licence": terms.address,
        "privacy_notice": PRIVACY_NOTICE,
        "files": [
            {
                "address": web_address(body.organisation, f"/{FOLDER}/{file.name}"),
                "title": file.title,
                "format": file.format,
                "media_type": file.media_type,
                "licence": terms.address,
                "updated": file.updated_on.isoformat(),
                "bytes": len(file.content),
            }
            for file in files
        ],
    }


def _address(body: Body, shown: Shown, key: object) -> str:
    return web_address(body.organisation, f"{address_of(shown)}#{key}")


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
