"""The role table holds on every page: each route is walked by each role, and by someone without an account."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app.people.models import StaffAccount
from app.people.roles import Access, Role
from app.places.models import Neighbourhood

SAMPLES = {"lang": "en", "code": "WK034401", "number": 1, "slug": "none", "page": 1}


def pages(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Every rule with each of its methods and an address of it."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        values: dict[str, Any] = {}
        for name in rule.arguments:
            is_uuid = type(rule._converters[name]).__name__ == "UUIDConverter"
            values[name] = uuid4() if is_uuid else SAMPLES.get(name, "x")
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield rule, method, adapter.build(rule.endpoint, values, method=method)


def test_every_view_says_who_may_come(app: Flask) -> None:
    unmarked = [e for e, view in app.view_functions.items() if e != "static" and not hasattr(view, "access")]
    assert unmarked == []


def test_staff_pages_lie_below_staff_and_public_pages_do_not(app: Flask) -> None:
    for rule, _method, path in pages(app):
        access: Access = app.view_functions[rule.endpoint].access  # type: ignore[attr-defined]
        below_staff = path.startswith("/en/staff/")
        if rule.endpoint not in ("people.sign_in", "people.sign_out"):
            assert below_staff == (access.permission is not None), path


@pytest.mark.parametrize("role", [None, *Role])
def test_a_route_admits_exactly_whom_the_table_admits(
    app: Flask,
    neighbourhood: Neighbourhood,
    role: Role | None,
    client: Any,
    sign_in: Callable[[StaffAccount], Any],
    request: pytest.FixtureRequest,
) -> None:
    if role is not None:
        client = sign_in(request.getfixturevalue(role.value))
    token = client.hidden_fields("/en/staff/sign-in")["csrf_token"]
    seen = 0
    for rule, method, path in pages(app):
        if rule.endpoint == "people.sign_out":
            continue
        access: Access = app.view_functions[rule.endpoint].access  # type: ignore[attr-defined]
        response = client.open(path, method=method, data={"csrf_token": token} if method == "POST" else None)
        if access.admits(role):
            assert response.status_code in (200, 302, 303, 400, 404, 405, 409, 410, 413, 422, 503), (
                path,
                response.status,
            )
            assert "/staff/sign-in" not in (response.location or ""), path
        elif role is None:
            sent_away = response.status_code == 302 and "/staff/sign-in" in response.location
            assert sent_away or response.status_code in (400, 401), (path, response.status)
        else:
            assert response.status_code == 403, (path, response.status)
        seen += 1
    assert seen > 10


def test_a_form_without_a_token_changes_nothing_anywhere(
    app: Flask, coordinator: StaffAccount, sign_in: Callable[[StaffAccount], Any]
) -> None:
    client = sign_in(coordinator)
    for _rule, method, path in pages(app):
        if method == "POST":
            assert client.post(path, data={"text": "x"}).status_code == 400, path
