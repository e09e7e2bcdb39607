"""The public site while the rest is down, and after a worker that was killed while it built."""

import time
import urllib.error
import urllib.request

import pytest

from openintegriteit.tests.installation import Server
from openintegriteit.tests.postgresql import free_port

pytestmark = pytest.mark.slow
PATIENCE = 60
REGISTER = "/registers/nevenfuncties-politieke-ambtsdragers/"


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310  our own server
            code: int = answer.status
    except urllib.error.HTTPError as answer:
        code = answer.code
        answer.close()
    return code


def until(is_so) -> None:
    started = time.monotonic()
    while not is_so():
        assert time.monotonic() - started < PATIENCE
        time.sleep(0.3)


def test_the_site_is_up_when_the_database_is_gone(example_body):
    with example_body.serving():
        until((example_body.folder / "public" / "site" / "index.html").exists)
    for file in example_body.folder.glob("openintegriteit.db*"):
        file.unlink()
    port, log = free_port(), example_body.folder / "public.log"
    process = example_body.start("serve", "--public-only", "--port", str(port), log=log)
    try:
        server = Server(f"http://localhost:{port}", process, log)
        server.wait()
        assert {path: status(server.address + path) for path in ("/", REGISTER, "/open-data/index.json")} == {
            "/": 200,
            REGISTER: 200,
            "/open-data/index.json": 200,
        }
        assert [status(server.address + path) for path in ("/werk/", "/account/inloggen/")] == [404, 404]
    finally:
        process.terminate()
        process.wait(timeout=20)
    assert not list(example_body.folder.glob("openintegriteit.db"))


def test_a_build_that_was_broken_off_is_passed_over(example_body):
    with example_body.serving():
        until((example_body.folder / "public" / "site" / "index.html").exists)
    link = example_body.folder / "public" / "site"
    build = link.resolve()
    half = build.parent / str(int(build.name) + 1)  # as a worker leaves it that was killed while it wrote
    half.mkdir(exist_ok=True)  # this worker may have left one itself
    (half / "index.html").write_text("half")

    with example_body.serving() as server:
        assert status(server.address + REGISTER) == 200
        until(lambda: link.resolve() not in (build, half))

    assert (link / "index.html").read_text() != "half"
    assert (link / REGISTER.strip("/") / "index.html").exists()
