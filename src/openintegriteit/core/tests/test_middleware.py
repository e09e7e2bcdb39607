"""Around every request: health, a log without personal data, no caches for personal pages, no policy gaps."""

import json
import logging

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db


def test_health_answers_on_any_host_without_a_session(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/healthz", headers={"host": "wie.dan.ook.example"})

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert not response.cookies


def test_the_log_line_names_the_page_and_nothing_of_the_visitor(client, organisation, caplog):
    with caplog.at_level(logging.INFO, logger="openintegriteit.request"):
        client.get("/werk/mensen/?zoek=Jansen", headers={"user-agent": "Verrader 1.0"})

    [record] = [record for record in caplog.records if record.name == "openintegriteit.request"]
    told = json.dumps(record.msg, default=str)
    assert '"page": "organisations:people"' in told
    for secret in ("Jansen", "127.0.0.1", "Verrader", "/werk/mensen/"):
        assert secret not in told


def test_the_content_security_policy_has_no_unsafe_and_no_other_hosts(client, organisation):
    policy = client.get("/").headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "http" not in policy
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy


def test_a_personal_page_is_kept_by_no_cache(client_as):
    response = client_as("coordinator").get("/werk/")

    assert response.headers["Cache-Control"] == "no-store, private"


def test_an_upload_past_the_limit_gets_a_page_that_says_so(client_as, monkeypatch, django_assert_num_queries):
    from django.core.files.uploadedfile import SimpleUploadedFile

    monkeypatch.setattr(settings, "UPLOAD_LIMIT_BYTES", 1024)
    file = SimpleUploadedFile("groot.xlsx", b"x" * 5000)

    response = client_as("coordinator").post("/werk/jaar-inlezen/", {"file": file})

    assert response.status_code == 413
    assert "Er is niets bewaard" in response.content.decode()


@pytest.mark.parametrize(
    "address", ["/", "/healthz", "/bestaat-niet", "/static/ui/app.css", "/static/bestaat-niet.css"]
)
def test_whoever_answers_the_policy_goes_along(client, organisation, address):
    headers = client.get(address).headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
