"""Uploads that wait for confirmation: found by their own user only, for an hour, under a name that tells nothing."""

import os
import stat
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from openintegriteit.core.roles import Actor
from openintegriteit.core.staged_uploads import (
    KEPT_FOR,
    UploadGone,
    discard,
    fingerprint,
    stage,
    staged_content,
    sweep_expired_uploads,
)

BODY = uuid.uuid4()
NOOR = Actor("1", "Noor", BODY)


def files(tmp_path):
    return sorted((tmp_path / "uploads").iterdir())


def age(file, by):
    then = (timezone.now() - by).timestamp()
    os.utime(file, (then, then))


def test_the_user_who_uploaded_gets_the_bytes_back(tmp_path):
    identifier = stage(b"inhoud", purpose="people", actor=NOOR)

    assert staged_content(identifier, purpose="people", actor=NOOR) == b"inhoud"


@pytest.mark.parametrize(
    ("purpose", "actor"),
    [
        ("people", Actor("2", "Ali", BODY)),
        ("people", Actor("1", "Noor", uuid.uuid4())),
        ("year", NOOR),
    ],
    ids=["another user", "the same user in another body", "another purpose"],
)
def test_nobody_else_finds_it(purpose, actor):
    identifier = stage(b"inhoud", purpose="people", actor=NOOR)

    with pytest.raises(UploadGone):
        staged_content(identifier, purpose=purpose, actor=actor)
    discard(identifier, purpose=purpose, actor=actor)
    assert staged_content(identifier, purpose="people", actor=NOOR) == b"inhoud"


@pytest.mark.parametrize("identifier", ["", "../../etc/passwd", "a" * 5000, "\x00"])
def test_an_invented_identifier_finds_nothing(identifier):
    with pytest.raises(UploadGone):
        staged_content(identifier, purpose="people", actor=NOOR)


def test_the_file_is_private_and_its_name_holds_nothing_of_the_address(tmp_path):
    identifier = stage(b"inhoud", purpose="people", actor=NOOR)

    (file,) = files(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert identifier not in file.name


def test_discarding_removes_it_and_may_be_repeated(tmp_path):
    identifier = stage(b"inhoud", purpose="people", actor=NOOR)

    discard(identifier, purpose="people", actor=NOOR)
    discard(identifier, purpose="people", actor=NOOR)

    assert files(tmp_path) == []
    with pytest.raises(UploadGone):
        staged_content(identifier, purpose="people", actor=NOOR)


def test_after_an_hour_it_is_gone_even_before_it_is_swept(tmp_path):
    identifier = stage(b"inhoud", purpose="people", actor=NOOR)
    age(files(tmp_path)[0], KEPT_FOR + timedelta(seconds=1))

    with pytest.raises(UploadGone):
        staged_content(identifier, purpose="people", actor=NOOR)


def test_sweeping_removes_what_expired_and_nothing_else(tmp_path):
    stage(b"oud", purpose="people", actor=NOOR)
    age(files(tmp_path)[0], KEPT_FOR + timedelta(seconds=1))
    young = stage(b"nieuw", purpose="people", actor=NOOR)

    assert sweep_expired_uploads() == 1
    assert sweep_expired_uploads() == 0
    assert staged_content(young, purpose="people", actor=NOOR) == b"nieuw"


def test_sweeping_before_anybody_uploaded_is_harmless(tmp_path):
    assert not (tmp_path / "uploads").exists()
    assert sweep_expired_uploads() == 0


def test_a_fingerprint_tells_facts_and_their_order_apart():
    assert fingerprint([["a", 1], {"b": None}]) == fingerprint([["a", 1], {"b": None}])
    assert fingerprint([["a", 1]]) != fingerprint([["a", 2]])
    assert fingerprint(["ab", "c"]) != fingerprint(["a", "bc"])
    assert fingerprint(["a", "b"]) != fingerprint(["b", "a"])
