"""What data there is, for catalogues: DCAT 3 as JSON-LD, with the values that DCAT-AP-NL asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openintegriteit.organisations.models import Organisation
from openintegriteit.organisations.queries import web_address
from openintegriteit.publication.models import Publication

AUTHORITY = "http://publications.europa.eu/resource/authority"
LANGUAGE = {"@id": f"{AUTHORITY}/language/NLD"}
FILE_TYPES = {"CSV": "CSV", "JSON": "JSON", "ODS": "ODS", "JSON-LD": "JSON_LD"}
MEDIA_TYPES = "https://www.iana.org/assignments/media-types"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Offered:
    """One file; those with the same `dataset` are forms of the same data."""

    dataset: str
    title: str
    address: str
    format: str
    media_type: str
    updated_on: date


def catalogue(
    organisation: Organisation, publication: Publication, files: Sequence[Offered], licence: str
) -> dict[str, Any]:
    """The catalogue of a body with its data sets and the files of each."""
    root = web_address(organisation, "/open-data/")
    datasets: dict[str, list[Offered]] = {}
    for file in files:
        datasets.setdefault(file.dataset, []).append(file)
    publisher = {
        "@id": publication.tooi or f"{root}#uitgever",
        "@type": "foaf:Agent",
        "foaf:name": organisation.name,
    }
    return {
        "@context": CONTEXT,
        "@id": root,
        "@type": "dcat:Catalog",
        "dct:title": _dutch(f"Open data over integriteit van {organisation.name}"),
        "dct:description": _dutch("De openbare registers, regelingen en jaarverslagen over integriteit."),
        "dct:publisher": publisher,
        "dct:language": LANGUAGE,
        "dct:license": {"@id": licence},
        "foaf:homepage": {"@id": web_address(organisation, "/")},
        "dcat:dataset": [
            _dataset(root, key, of, publisher["@id"], publication, licence) for key, of in datasets.items()
        ],
    }


def _dataset(
    root: str, key: str, files: Sequence[Offered], publisher: str, publication: Publication, licence: str
) -> dict[str, Any]:
    contact = {"@type": "vcard:Organization", "vcard:fn": "Vragen over de registers"}
    if publication.contact:
        contact["vcard:hasEmail"] = f"mailto:{publication.contact}"
    return {
        "@id": f"{root}#{key}",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{root}#{key}",
        "dct:title": _dutch(files[0].title),
        "dct:description": _dutch(files[0].title),
        "dct:publisher": {"@id": publisher},
        "dcat:contactPoint": contact,
        "dct:language": LANGUAGE,
        "dct:accessRights": {"@id": f"{AUTHORITY}/access-right/PUBLIC"},
        "dcat:theme": {"@id": f"{AUTHORITY}/data-theme/GOVE"},
        "dct:modified": _day(max(file.updated_on for file in files)),
        "dct:accrualPeriodicity": {"@id": f"{AUTHORITY}/frequency/CONT"},
        "dcat:distribution": [
            {
                "@id": file.address,
                "@type": "dcat:Distribution",
                "dct:title": _dutch(f"{file.title} ({file.format})"),
                "dcat:accessURL": {"@id": file.address},
                "dcat:downloadURL": {"@id": file.address},
                "dct:format": {"@id": f"{AUTHORITY}/file-type/{FILE_TYPES[file.format]}"},
                "dcat:mediaType": {"@id": f"{MEDIA_TYPES}/{file.media_type.partition(';')[0]}"},
                "dct:license": {"@id": licence},
                "dct:modified": _day(file.updated_on),
            }
            for file in files
        ],
    }


def _dutch(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "nl"}


def _day(day: date) -> dict[str, str]:
    return {"@value": day.isoformat(), "@type": "xsd:date"}
