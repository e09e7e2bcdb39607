"""Documents as data: what is read back is what was stored, and gives the same files."""

import json
from dataclasses import replace

import pytest

from openintegriteit.core.documents import write
from openintegriteit.core.documents.model import Text
from openintegriteit.core.documents.storing import as_data, from_data
from openintegriteit.core.tests.sample_document import rich_document


def test_a_stored_document_is_read_back_as_it_was():
    document = rich_document()

    stored = json.loads(json.dumps(as_data(document)))

    assert from_data(stored) == document
    assert write(from_data(stored), "html") == write(document, "html")


def test_a_form_that_is_not_known_is_refused():
    with pytest.raises(ValueError, match="form 2"):
        from_data(as_data(rich_document()) | {"form": 2})


def test_what_json_cannot_hold_is_not_stored():
    with pytest.raises(TypeError, match="cannot hold"):
        as_data(replace(rich_document(), subject={Text("geen tekst")}))
