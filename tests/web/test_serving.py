"""Below a path, with safe headers, without personal data in the logs."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from app import create_app
from app.config import Settings, SettingsError, load_settings
from app.web.request_log import JsonLines


def below(prefix: str, folder: Path) -> Any:
    app = create_app(
        Settings(
            data_dir=folder, secret_key="s" * 40, code_key="c" * 40, public_url=f"https://buurt.example.nl{prefix}"
        )
    )
    return app.test_client()


@pytest.mark.parametrize("path", ["/wijkstem/en/staff/sign-in", "/en/staff/sign-in"])
def test_below_a_path_every_address_carries_it(path: str, tmp_path: Path) -> None:
    response = below("/wijkstem", tmp_path).get(path)
    page = response.get_data(as_text=True)
    assert response.status_code == 200
    assert 'href="/wijkstem/static/css/' in page
    assert 'href="/wijkstem/en/"' in page
    assert 'href="/en/' not in page
    assert "Path=/wijkstem" in response.headers["Set-Cookie"]


def test_a_cookie_is_for_this_site_only_and_secure(tmp_path: Path) -> None:
    cookie = below("", tmp_path).get("/en/staff/sign-in").headers["Set-Cookie"]
    assert all(flag in cookie for flag in ("HttpOnly", "Secure", "SameSite=Lax"))


def test_no_cookie_is_set_by_reading(client: Any, neighbourhood: Any) -> None:
    for path in ("/en/", "/en/privacy", "/en/neighbourhoods/WK034401"):
        assert "Set-Cookie" not in client.get(path).headers, path


def test_every_page_forbids_foreign_and_inline_code(client: Any, app: Any) -> None:
    for path in ("/en/", "/en/no-such-page", "/healthz"):
        policy = client.get(path).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy


def test_sign_in_does_not_lead_to_another_site(client: Any, app: Any, neighbourhood: Any) -> None:
    from app.people.roles import Role
    from app.people.service import create_account

    create_account("anna", "Anna", "a long password", Role.COORDINATOR, neighbourhood.municipality)
    for target in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        response = client.post_form(
            f"/en/staff/sign-in?next={target}",
            {"login": "anna", "password": "a long password"},
            page="/en/staff/sign-in",
        )
        assert response.location == "/en/staff/", target


def test_the_log_knows_the_page_and_not_the_person(client: Any, app: Any, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        client.post_form("/en/staff/sign-in?next=/en/7KQ4", {"login": "jan@example.nl", "password": "geheim"},
                         page="/en/staff/sign-in")  # fmt: skip
    lines = [json.loads(JsonLines().format(record)) for record in caplog.records]
    assert {"method", "endpoint", "status", "ms", "request"} <= set(lines[-1])
    text = json.dumps(lines)
    assert not any(word in text for word in ("jan@example.nl", "geheim", "7KQ4", "127.0.0.1"))


def test_healthz_needs_nothing_and_readyz_says_what_is_missing(client: Any, app: Any) -> None:
    from app.common.heartbeat import beat

    assert client.get("/healthz").json == {"status": "ok"}
    response = client.get("/readyz")
    assert (response.status_code, response.json) == (503, {"database": True, "worker": False})
    beat()
    assert client.get("/readyz").json == {"database": True, "worker": True}


def test_the_front_door_leads_to_the_readers_language(client: Any, app: Any) -> None:
    assert client.get("/", headers={"Accept-Language": "ar,nl;q=0.5"}).location == "/ar/"
    assert client.get("/", headers={"Accept-Language": "fi"}).location == "/nl/"
    assert client.get("/xx/").status_code == 404


def test_odd_names_in_an_address_break_no_page(client: Any, app: Any) -> None:
    for query in ("endpoint=x", "_anchor=x", "_method=POST", "_scheme=x", "_external=1", "lang=xx", "a=1&a=2"):
        page = client.get(f"/nl/privacy?{query}")
        assert page.status_code == 200
        assert f'href="/ar/privacy?{query}"'.replace("&", "&amp;") in page.get_data(as_text=True)


def test_a_missing_file_is_not_remembered_as_missing(client: Any, app: Any) -> None:
    assert "immutable" not in client.get("/static/none.css").headers["Cache-Control"]
    assert "immutable" in client.get("/static/css/wijkstem.css").headers["Cache-Control"]


def test_two_installations_on_one_machine_do_not_take_each_others_cookie(tmp_path: Path) -> None:
    names = {Settings(data_dir=tmp_path, public_url=f"http://127.0.0.1:{port}").cookie_name for port in (5000, 5055)}
    assert len(names) == 2


def test_arabic_is_mirrored_and_dutch_is_not(client: Any, app: Any) -> None:
    assert 'lang="ar" dir="rtl"' in client.get("/ar/").get_data(as_text=True)
    assert 'lang="nl" dir="ltr"' in client.get("/nl/").get_data(as_text=True)


def test_too_many_tries_are_stopped_with_a_page_that_says_so(
    client: Any, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.extensions import limiter

    monkeypatch.setitem(app.config, "RATE_LIMIT_CODES", "3 per minute")
    limiter.enabled = True
    limiter.reset()
    statuses = [client.post_form("/en/staff/sign-in", {"login": "a", "password": "b"}).status_code for _ in range(4)]
    assert statuses == [422, 422, 422, 429]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("public_url", "wijkstem.nl", "PUBLIC_URL"),
        ("database_url", "mysql://x", "DATABASE_URL"),
        ("trusted_proxies", "-1", "TRUSTED_PROXIES"),
        ("log_level", "chatty", "LOG_LEVEL"),
    ],
)
def test_a_wrong_setting_is_named_at_start(name: str, value: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        load_settings(**{name: value})


def test_without_keys_the_start_says_which_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"SECRET_KEY.*app.cli.keys"):
        create_app(Settings(data_dir=tmp_path))


def test_keys_are_made_once_and_for_their_owner_only(tmp_path: Path) -> None:
    from app.cli.keys import make_keys

    assert make_keys(tmp_path) == ["secret_key", "code_key"]
    before = (tmp_path / "keys" / "code_key").read_text()
    assert make_keys(tmp_path) == []
    assert (tmp_path / "keys" / "code_key").read_text() == before
    assert (tmp_path / "keys" / "code_key").stat().st_mode & 0o077 == 0
