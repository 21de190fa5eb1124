"""Who may reach a case, and what an answer forbids the browser."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sitrep.web.access import Sessions, security_headers
from sitrep.web.server import make_api
from sitrep.web.settings import RefusedToServe, WebSettings, check
from tests.case.stories import SEIZED, key
from tests.web.conftest import HERE

ACCEPT = {"kind": "accept", "event": key(SEIZED)}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_this_machine_alone_needs_no_password(host: str) -> None:
    check(WebSettings(host=host))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "case.example.org"])
def test_anywhere_else_is_refused_without_a_password_and_says_what_to_do(host: str) -> None:
    with pytest.raises(RefusedToServe, match="SITREP_PASSWORD or --password"):
        check(WebSettings(host=host))


def test_a_password_or_a_proxy_allows_it() -> None:
    check(WebSettings(host="0.0.0.0", password="x"))
    check(WebSettings(host="0.0.0.0", proxy_header="X-Forwarded-User"))


def test_the_server_is_not_made_where_it_would_be_refused(case: Path) -> None:
    with pytest.raises(RefusedToServe):
        make_api(case, WebSettings(host="0.0.0.0"))


def test_a_name_that_is_not_ours_is_not_answered(client: TestClient) -> None:
    rebound = client.get("/api/case", headers={"host": "evil.example:8420"})
    assert rebound.status_code == 400
    assert "--name evil.example" in rebound.text


@pytest.mark.parametrize("host", ["localhost:8420", "127.0.0.1:8420", "[::1]:8420"])
def test_this_machines_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/api/case", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": HERE, "sec-fetch-site": "cross-site"},
    ],
)
def test_another_sites_page_cannot_decide(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/api/decisions", json=ACCEPT, headers=headers).status_code == 403
    assert client.get("/api/decisions").json() == []


@pytest.mark.parametrize("headers", [{"origin": HERE, "sec-fetch-site": "same-origin"}, {"origin": HERE}, {}])
def test_our_own_page_and_a_program_can_decide(client: TestClient, headers: dict[str, str]) -> None:
    made = client.post("/api/decisions", json=ACCEPT, headers=headers)
    assert (made.status_code, made.json()["who"]) == (201, "Ines")


def test_a_form_of_another_site_cannot_pass_for_json(client: TestClient) -> None:
    sent = client.post("/api/decisions", content=b'{"kind":"accept"}', headers={"content-type": "text/plain"})
    assert sent.status_code == 422


def test_another_site_cannot_read_by_embedding_but_its_links_lead_here(client: TestClient) -> None:
    embedded = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    followed = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert client.get("/api/incidents", headers=embedded).status_code == 403
    assert client.get("/api/incidents", headers=followed).status_code == 200


def test_a_socket_of_another_site_is_closed(client: TestClient) -> None:
    with (
        pytest.raises(Exception) as closed,
        client.websocket_connect("/ws", headers={"origin": "https://evil.example"}),
    ):
        pass
    assert getattr(closed.value, "code", None) == 1008


def test_answers_let_only_our_own_scripts_run(client: TestClient) -> None:
    headers = client.get("/docs").headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert "unsafe-inline" not in policy["script-src"]
    assert (policy["default-src"], policy["frame-ancestors"], policy["base-uri"]) == (
        "'none'",
        "'none'",
        "'none'",
    )
    assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY")


def test_each_answer_has_a_nonce_of_its_own(client: TestClient) -> None:
    first, second = (client.get("/docs").headers["content-security-policy"] for _ in range(2))
    assert first != second


def test_tiles_are_let_in_only_where_they_are_allowed() -> None:
    def images(settings: WebSettings) -> str:
        return dict(security_headers("n", settings))["content-security-policy"]

    assert "openstreetmap" not in images(WebSettings())
    assert "https://tile.openstreetmap.org" in images(WebSettings(tiles=True))


# ---------------------------------------------------------------------------------------------- password


def test_without_the_password_nothing_is_shown(guarded: TestClient) -> None:
    for path in ("/api/case", "/docs", "/openapi.json", "/"):
        assert guarded.get(path).status_code == 401


def test_a_browser_is_led_to_the_sign_in_and_back(guarded: TestClient) -> None:
    led = guarded.get("/api/case?x=1", headers={"accept": "text/html"})
    assert (led.status_code, led.headers["location"]) == (303, "/login?to=%2Fapi%2Fcase%3Fx%3D1")
    signed = guarded.post("/login", data={"who": "Ines", "password": "correct horse", "to": "/api/case?x=1"})
    assert (signed.status_code, signed.headers["location"]) == (303, "/api/case?x=1")
    assert guarded.get("/api/case").status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(guarded: TestClient) -> None:
    cookie = guarded.post("/login", data={"who": "Ines", "password": "correct horse"}).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()


def test_who_signed_in_is_who_decides(guarded: TestClient) -> None:
    guarded.post("/login", data={"who": "Ines", "password": "correct horse"})
    assert guarded.post("/api/decisions", json=ACCEPT).json()["who"] == "Ines"


def test_a_wrong_password_lets_nobody_in(guarded: TestClient) -> None:
    assert guarded.post("/login", data={"who": "Ines", "password": "wrong"}).status_code == 403
    assert guarded.get("/api/case").status_code == 401


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_to_no_other_site(guarded: TestClient, to: str) -> None:
    signed = guarded.post("/login", data={"who": "Ines", "password": "correct horse", "to": to})
    assert signed.headers["location"] == "/"


def test_a_program_gives_the_password_by_basic_authentication(guarded: TestClient) -> None:
    assert guarded.get("/api/case", auth=("Ines", "correct horse")).status_code == 200
    assert guarded.get("/api/case", auth=("Ines", "wrong")).status_code == 401


def test_signing_out_forgets_the_cookie(guarded: TestClient) -> None:
    guarded.post("/login", data={"who": "Ines", "password": "correct horse"})
    guarded.post("/logout")
    assert guarded.get("/api/case").status_code == 401


def test_guessing_is_stopped_even_with_the_right_password_among_the_guesses() -> None:
    sessions = Sessions("right")
    assert not any(sessions.is_password(str(guess)) for guess in range(10))
    assert not sessions.is_password("right")


def test_a_token_is_nobodys_once_it_is_changed_or_run_out(monkeypatch: pytest.MonkeyPatch) -> None:
    sessions = Sessions("right")
    token = sessions.token("Ines|Ana")
    assert sessions.who(token) == "Ines|Ana"
    assert sessions.who(token[:-1] + ("0" if token[-1] != "0" else "1")) is None
    assert sessions.who("x") is None
    assert Sessions("right").who(token) is None
    later = time.time() + 13 * 3600
    monkeypatch.setattr(time, "time", lambda: later)
    assert sessions.who(token) is None


# ------------------------------------------------------------------------------------------------- proxy


def proxied(case: Path, peer: str) -> TestClient:
    settings = WebSettings(host="0.0.0.0", proxy_header="X-Forwarded-User", proxies=("10.1.1.1",))
    return TestClient(make_api(case, settings), base_url=HERE, client=(peer, 4000))


def test_the_proxys_word_for_a_user_counts(case: Path) -> None:
    with proxied(case, "10.1.1.1") as client:
        made = client.post("/api/decisions", json=ACCEPT, headers={"x-forwarded-user": "ana"})
        assert made.json()["who"] == "ana"


def test_anybody_elses_word_does_not(case: Path) -> None:
    with proxied(case, "10.1.1.2") as client:
        assert client.get("/api/case", headers={"x-forwarded-user": "ana"}).status_code == 401


def test_the_proxy_must_name_a_user(case: Path) -> None:
    with proxied(case, "10.1.1.1") as client:
        assert client.get("/api/case").status_code == 401


# ------------------------------------------------------------------------------------------------ limits


@pytest.fixture
def small(case: Path) -> TestClient:
    return TestClient(make_api(case, WebSettings(max_upload_bytes=1000)), base_url=HERE)


def test_a_request_that_says_it_is_too_large_is_not_read(small: TestClient) -> None:
    assert small.post("/api/reports/files", files={"files": ("a.txt", b"x" * 2000)}).status_code == 413


def test_one_that_does_not_say_so_is_cut_off(small: TestClient) -> None:
    def pieces():  # type: ignore[no-untyped-def]
        for _ in range(50):
            yield b"x" * 100

    sent = small.post("/api/reports", content=pieces(), headers={"content-type": "application/json"})
    assert sent.status_code == 413
