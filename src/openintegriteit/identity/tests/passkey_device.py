"""A device with passkeys, for tests: it answers what a website asks, as a browser would send it."""

import json
import secrets

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT = AuthenticatorData.FLAG.UP
CHECKED = PRESENT | AuthenticatorData.FLAG.UV


class Device:
    """Holds one passkey for one website."""

    def __init__(self, origin="https://testserver"):
        self.origin = origin
        self.host = origin.partition("://")[2].partition(":")[0]
        self.private_key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = secrets.token_bytes(32)
        self.holder = None

    @property
    def key(self):
        """What the browser calls the passkey."""
        return websafe_encode(self.credential_id)

    def makes(self, options, flags=CHECKED):
        """The answer to the question for a new passkey."""
        asked = options["publicKey"]
        self.holder = asked["user"]["id"]
        public_key = ES256.from_cryptography_key(self.private_key.public_key())
        credential = AttestedCredentialData.create(b"\0" * 16, self.credential_id, public_key)
        data = AuthenticatorData.create(sha256(self.host.encode()), flags | AuthenticatorData.FLAG.AT, 0, credential)
        response = {
            "clientDataJSON": websafe_encode(self._client_data("webauthn.create", asked["challenge"])),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        return self._answer(response, {"credProps": {"rk": True}})

    def signs(self, options, flags=CHECKED):
        """The answer to the question who one is."""
        client_data = self._client_data("webauthn.get", options["publicKey"]["challenge"])
        data = AuthenticatorData.create(sha256(self.host.encode()), flags, 0)
        response = {
            "clientDataJSON": websafe_encode(client_data),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(self.private_key.sign(data + sha256(client_data), ec.ECDSA(SHA256()))),
            "userHandle": self.holder,
        }
        return self._answer(response, {})

    def _client_data(self, kind, challenge):
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, response, results):
        return {
            "id": self.key,
            "rawId": self.key,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": results,
        }
