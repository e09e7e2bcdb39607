"""A sign-in service that really runs: oidc-provider-mock behind HTTP on the own machine, with people to sign in as.

`requests` remembers what we asked of it, and `forged` lets a test answer in its place, as an attacker would.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import oidc_provider_mock
import requests
import werkzeug.serving
from django.test import Client

from openintegriteit.identity.providers import Provider

LEAVE = "/account/aanmelddienst/"
DOMAIN = "proef.example"


class QuietHandler(werkzeug.serving.WSGIRequestHandler):
    """Says nothing on the console."""

    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing."""


class RunningProvider:
    """The service and what it heard. `forged` holds answers by path, given instead of the service's own, `elsewhere`
    where it sends who asks for a path. With a certificate it speaks https."""

    def __init__(self, certificate: Path | None = None) -> None:
        self._application = oidc_provider_mock.app(require_nonce=True)
        self.asked: list[tuple[str, dict[str, list[str]]]] = []
        self.forged: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {}
        self.elsewhere: dict[str, str] = {}
        self._server = werkzeug.serving.make_server(
            "localhost",
            0,
            self._answer,
            threaded=True,
            request_handler=QuietHandler,
            ssl_context=(str(certificate), None) if certificate else None,
        )
        self.issuer = f"{'https' if certificate else 'http'}://localhost:{self._server.server_port}"

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Any:
        path = environ["PATH_INFO"]
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = BytesIO(body)
        self.asked.append((path, parse_qs(body.decode()) | parse_qs(environ.get("QUERY_STRING", ""))))
        if path in self.elsewhere:
            start_response("307 Temporary Redirect", [("Location", self.elsewhere[path]), ("Content-Length", "0")])
            return [b""]
        if path not in self.forged:
            return self._application(environ, start_response)
        said: list[str] = []
        own = b"".join(self._application(environ, lambda status, headers, exc_info=None: said.append(status)))
        answer = json.dumps(self.forged[path](json.loads(own))).encode()
        start_response(said[0], [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))])
        return [answer]

    @contextmanager
    def running(self) -> Iterator["RunningProvider"]:
        """Serve on a thread until the end of the block."""
        thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            thread.join()
            self._server.server_close()

    def of_body(self, host: str | None = None) -> Provider:
        """What the technical administrator writes down about it."""
        return Provider(host, "Gemeentenet", self.issuer, "openintegriteit", "geheim", (DOMAIN,))

    def knows(self, subject: str, **claims: Any) -> None:
        """Let the service know a person: by default with a verified address of the body."""
        said = {"email": f"{subject}@{DOMAIN}", "email_verified": True, "name": subject.title(), **claims}
        requests.put(f"{self.issuer}/users/{subject}", json=said, timeout=5).raise_for_status()

    def approve(self, address: str, subject: str) -> str:
        """Sign in at the service, as its page does; returns where it sends the browser."""
        answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=5)
        return answer.headers["Location"]

    def sign_in(self, client: Client, subject: str, *, next_page: str = "", **headers: str) -> Any:
        """The whole way, from our page to the service and back; returns our last answer."""
        query = {"next": next_page} if next_page else {}
        address = client.get(LEAVE, query, headers=headers)["Location"]
        return client.get(path_of(self.approve(address, subject)), headers=headers)


def path_of(address: str) -> str:
    """The address without its host."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"
