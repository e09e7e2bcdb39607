"""What was adopted, as it is kept: content that is read back only when it is still what was adopted."""

import hashlib
import json

from openintegriteit.accountability.models import Edition
from openintegriteit.core.documents.model import Document
from openintegriteit.core.documents.storing import as_data, from_data


class EditionDamaged(Exception):
    """The content of an edition is no longer what was adopted."""


def hash_of(document: Document) -> str:
    """SHA-256 of all that the document says, in hexadecimal."""
    stored = json.dumps(as_data(document), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(stored.encode()).hexdigest()


def document_of_edition(edition: Edition) -> Document:
    """The document as it was adopted. Raises EditionDamaged when the stored content is another."""
    try:
        document = from_data(edition.content)
    except (ValueError, TypeError, LookupError, AttributeError) as problem:
        raise EditionDamaged from problem
    if hash_of(document) != edition.content_hash:
        raise EditionDamaged
    return document
