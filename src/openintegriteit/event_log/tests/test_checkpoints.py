"""A checkpoint that left the machine shows that a log was cut off or made anew, and no checkpoint can be made up."""

import json
import stat
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from openintegriteit.event_log.checkpoints import (
    Checkpoint,
    KeyUnusable,
    NoCheckpoints,
    append,
    contradicted,
    is_signed_by,
    key_from,
    key_name,
    key_text,
    private_key_in,
    public_key_in,
    read,
    sign,
)
from openintegriteit.event_log.models import Chain

# The first test vector of RFC 8032, section 7.1.
SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
EMPTY_SIGNATURE = bytes.fromhex(
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
)
KEY = Ed25519PrivateKey.from_private_bytes(SEED)
AT = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
CHAIN = Chain(key="een", length=7, last_hash="a" * 64)
KNOWN = {("een", 7): "a" * 64}
KEYS = {key_name(KEY.public_key()): KEY.public_key()}
VECTOR = Checkpoint(
    chain="een",
    length=7,
    hash="a" * 64,
    at="2026-11-25T03:00:00+00:00",
    key="21fe31dfa154a261",
    signature="9vZnSy7zyZaubrp6Mx1YThIdBRN+vN9LVab5iHpVYIYQpiPm68uPKcWpi9Akt7SGxdDXB1aOCQPrToPt1x74Bw==",
)


def test_the_signature_is_that_of_the_standard():
    assert KEY.public_key().public_bytes_raw() == PUBLIC
    assert KEY.sign(b"") == EMPTY_SIGNATURE
    Ed25519PublicKey.from_public_bytes(PUBLIC).verify(EMPTY_SIGNATURE, b"")


def test_a_checkpoint_of_today_reads_the_same_for_ever():
    assert sign(KEY, CHAIN, AT) == VECTOR


def test_a_checkpoint_holds_while_the_chain_holds_its_entry():
    assert contradicted([sign(KEY, CHAIN, AT)], KEYS, KNOWN) is None


@pytest.mark.parametrize(
    ("known", "reason"), [({}, "missing"), ({("een", 7): "b" * 64}, "changed"), ({("twee", 7): "a" * 64}, "missing")]
)
def test_a_chain_that_was_cut_off_or_made_anew_contradicts_it(known, reason):
    broken = contradicted([sign(KEY, CHAIN, AT)], KEYS, known)

    assert broken is not None
    assert broken.reason == reason


@pytest.mark.parametrize(
    "change",
    [
        {"chain": "twee"},
        {"length": 6},
        {"hash": "b" * 64},
        {"at": "2026-11-26T03:00:00+00:00"},
        {"signature": ""},
        {"signature": "geen base64!"},
        {"signature": "AAAA"},
    ],
)
def test_whatever_is_changed_in_it_the_signature_fails(change):
    broken = contradicted([replace(sign(KEY, CHAIN, AT), **change)], KEYS, KNOWN)

    assert broken is not None
    assert broken.reason == "signature"


def test_a_key_of_somebody_else_is_not_taken():
    stranger = Ed25519PrivateKey.generate()
    made_up = sign(stranger, CHAIN, AT)

    assert contradicted([made_up], KEYS, KNOWN).reason == "unknown key"
    assert contradicted([replace(made_up, key=key_name(KEY.public_key()))], KEYS, KNOWN).reason == "signature"
    assert not is_signed_by(made_up, KEY.public_key())


def test_the_first_that_does_not_hold_is_named():
    early, late = (sign(KEY, Chain(key="een", length=n, last_hash="c" * 64), AT.replace(day=n)) for n in (3, 5))

    assert contradicted([late, early], KEYS, {}).checkpoint == early


class TestTheKey:
    """The private key is made once, for its owner only, and never replaced."""

    def test_made_once(self, tmp_path):
        file = tmp_path / "map" / "key.pem"

        first, second = private_key_in(file), private_key_in(file)

        assert first.private_bytes_raw() == second.private_bytes_raw()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert list(file.parent.iterdir()) == [file]

    def test_none_is_made_to_check(self, tmp_path):
        assert public_key_in(tmp_path / "key.pem") is None
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        "content", [b"", b"iets anders", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
    )
    def test_something_else_is_refused_and_kept(self, tmp_path, content):
        file = tmp_path / "key.pem"
        file.write_bytes(content)

        with pytest.raises(KeyUnusable):
            private_key_in(file)

        assert file.read_bytes() == content

    def test_a_public_key_is_copied_as_text(self):
        assert key_from(f" {key_text(KEY.public_key())}\n") == KEY.public_key()
        with pytest.raises(ValueError):
            key_from("AAAA")


class TestFiles:
    """Checkpoints in files, in mails that were kept, and in a folder with both."""

    def test_a_file_only_grows(self, tmp_path):
        file = tmp_path / "map" / "dag.jsonl"
        append(file, [VECTOR])
        before = file.read_bytes()

        append(file, [replace(VECTOR, length=9)])

        assert file.read_bytes().startswith(before)
        assert [each.length for each in read(file)] == [7, 9]

    def test_after_half_a_line_a_new_one_begins(self, tmp_path):
        file = tmp_path / "dag.jsonl"
        file.write_text('{"chain": "een", "len')

        append(file, [VECTOR])

        assert read(file) == [VECTOR]

    def test_a_kept_mail_is_read_in_any_encoding(self, tmp_path):
        for index, encoding in enumerate(("7bit", "quoted-printable", "base64")):
            mail = EmailMessage()
            mail["Subject"] = "Controlepunt"
            mail.set_content(f"Dag,\n\n{VECTOR.line()}\n", cte=encoding)
            (tmp_path / f"mail{index}.eml").write_bytes(mail.as_bytes())
        (tmp_path / "lees.md").write_text("geen controlepunt")

        assert read(tmp_path) == [VECTOR] * 3

    @pytest.mark.parametrize(
        "line",
        [
            "",
            "[]",
            "{}",
            "1",
            "[" * 100_000,
            json.dumps({"chain": "een"}),
            VECTOR.line().replace('"length": 7', '"length": true'),
            VECTOR.line().replace('"length": 7', '"length": 0'),
            VECTOR.line().replace('"length": 7', f'"length": {2**63}'),
            VECTOR.line().replace('"length": 7', '"length": "7"'),
            VECTOR.line().replace("a" * 64, "A" * 64),
            VECTOR.line().replace("2026-11-25T03", "gisteren"),
            VECTOR.line().replace('"chain": "een"', '"chain": null'),
            VECTOR.line().replace("}", ', "more": 1}'),
        ],
    )
    def test_what_is_no_checkpoint_is_passed_over(self, tmp_path, line):
        file = tmp_path / "dag.jsonl"
        file.write_text(line)

        with pytest.raises(NoCheckpoints):
            read(file)

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"\xff\xfe\x00",
            b"Content-Type: text/plain; charset=onbekend\n\nDag\xff",
            b"Content-Type: multipart/mixed; boundary=x\n\n--x",
            b"Content-Type: text/html\n\n<p>Dag",
            b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n%%%",
        ],
    )
    def test_a_mail_without_one_is_passed_over(self, tmp_path, content):
        (tmp_path / "mail.eml").write_bytes(content)

        with pytest.raises(NoCheckpoints):
            read(tmp_path)
