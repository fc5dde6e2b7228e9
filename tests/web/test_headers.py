"""What every answer says to the browser, and what it never says."""

from __future__ import annotations

import re

import pytest

PATHS = [
    "/",
    "/?q=greve",
    "/article/cirque",
    "/aide",
    "/nothing",
    "/api/search?q=greve",
    "/api/x",
    "/style.css",
    "/completion.js",
    "/suggestions?q=gre",
    "/sante",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_protected(client, path):
    """No script but ours, no frame, no sniffing, no referrer, nothing from elsewhere; errors and assets included."""
    headers = client.get(path).headers

    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", PATHS)
def test_no_answer_sets_a_cookie(client, path):
    """Nothing is kept in the reader's browser."""
    assert "Set-Cookie" not in client.get(path).headers


@pytest.mark.parametrize("path", PATHS)
def test_pages_ask_nothing_of_other_sites(client, path):
    """No page names a file that a browser would fetch from elsewhere; the one script is ours, no style is inline."""
    text = client.get(path).text

    assert re.sub(r'<script defer src="/completion\.js\?v=\w+"></script>', "", text).count("<script") == 0
    assert " style=" not in text
    assert 'src="http' not in text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/article/cirque", "/api/search?q=greve", "/style.css"])
def test_only_reading_is_allowed(client, method, path):
    """Every method but GET and HEAD is refused."""
    response = client.open(path, method=method)

    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD"}


@pytest.mark.parametrize("path", PATHS)
def test_head_is_get_without_its_body(client, path):
    """HEAD gives the same status and headers, and no body."""
    get, head = client.get(path), client.head(path)

    assert head.status_code == get.status_code
    assert head.headers["Content-Length"] == get.headers["Content-Length"]
    assert head.data == b""


def test_pages_are_not_kept_by_proxies(client):
    """Results are for the one who asked."""
    assert client.get("/?q=greve").headers["Cache-Control"] == "private, no-cache"
