"""The web server that stands before the product outside demo mode: it speaks https and passes on what it is asked."""

import ssl
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

PATIENCE = 60  # seconds in which the product has to answer
OF_ONE_CONNECTION = {"connection", "keep-alive", "transfer-encoding"}


@contextmanager
def https_in_front_of(address: str, folder: Path) -> Iterator[str]:
    """Serve over https what answers at the address, and give the new one. The certificate comes in the folder."""
    product_at = urlsplit(address).netloc
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(folder / "localhost.pem"))

    class Forward(BaseHTTPRequestHandler):
        """Passes a request on, and its answer back."""

        protocol_version = "HTTP/1.1"
        timeout = PATIENCE

        def setup(self) -> None:
            """Speak https first: in the thread of the connection, so that a slow browser keeps nobody waiting."""
            self.request = context.wrap_socket(self.request, server_side=True)
            super().setup()

        def finish(self) -> None:
            """Close what `setup` opened."""
            super().finish()
            self.request.close()

        def do_GET(self) -> None:
            """Both methods that browsers use, alike."""
            asked = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            headers = {name: value for name, value in self.headers.items() if name.lower() not in OF_ONE_CONNECTION}
            with closing(HTTPConnection(product_at, timeout=PATIENCE)) as product:
                product.request(self.command, self.path, asked, headers | {"X-Forwarded-Proto": "https"})
                answer = product.getresponse()
                self._answer(answer.status, answer.getheaders(), answer.read())

        do_POST = do_GET

        def _answer(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in OF_ONE_CONNECTION | {"content-length"}:
                    self.send_header(name, value)
            if status not in {204, 304}:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing: the product has a log of its own."""

    with _Server(("127.0.0.1", 0), Forward) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"https://localhost:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    """A thread per connection; those that browsers leave open do not keep the tests from ending."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell what went wrong, unless it is a browser that hung up."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def certificate(file: Path) -> Path:
    """A certificate for localhost that nobody vouches for, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]), datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    pem = builder.sign(key, SHA256()).public_bytes(Encoding.PEM)
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + pem)
    return file
