"""No template says a word to people outside gettext."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, NavigableString
from jinja2 import Environment

TEMPLATES = Path(__file__).parents[2] / "app" / "templates"
# Names, which are the same in every language; and classes and attributes that a macro puts into a tag.
NOT_SAID = re.compile(r"Wijkstem|WCAG 2\.2|EUPL-1\.2|\b(?:utrecht|wijk)-[\w-]+|\b[\w-]+=\"\u00a4\"")
READ_ALOUD = ("title", "alt", "placeholder", "aria-label", "aria-description")


def words_outside_gettext(source: str) -> list[str]:
    """Texts with letters that a template holds itself: between tags, or in an attribute that is read aloud."""
    environment = Environment(autoescape=True)
    literal = "".join(
        text if kind == "data" else "\N{CURRENCY SIGN}" if kind == "variable_begin" else ""
        for _line, kind, text in environment.lex(source)
    )
    page = BeautifulSoup(literal, "html.parser")
    pieces = [
        text
        for text in page.find_all(string=True)
        if type(text) is NavigableString and text.find_parent("code") is None
    ]
    for tag in page.find_all(True):
        pieces += [tag[name] for name in READ_ALOUD if tag.has_attr(name)]
    return [piece.strip() for piece in pieces if re.search(r"[^\W\d_]{2,}", NOT_SAID.sub("", piece))]


def test_the_check_sees_what_it_should() -> None:
    assert words_outside_gettext('<p class="x">{{ _("Hello") }}</p>{% if a > b %}<b>Stray words</b>{% endif %}') == [
        "Stray words"
    ]
    assert words_outside_gettext('<img alt="A dog" src="x.png">') == ["A dog"]
    assert words_outside_gettext('<b class="{% if a %}one{% else %}two{% endif %}" lang="{{ l }}">{{ x }}</b>') == []
    assert words_outside_gettext('{# a note #}<a href="{{ url_for("x") }}">{{ title }}</a> · 3') == []


@pytest.mark.parametrize(
    "template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_templates_speak_through_gettext_only(template: Path) -> None:
    assert words_outside_gettext(template.read_text(encoding="utf-8")) == []
