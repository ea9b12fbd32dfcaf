"""What the macros promise to people who listen to a page, read it in another language, or made a mistake."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask, g, render_template_string
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.common.localized import LocalizedText

CHOICES = [SelectChoice("a", "Alone"), SelectChoice("b", "With children")]
FORMS = (
    '{% from "macros/forms.html" import error_summary, text_field, number_field, textarea_field, select_field, '
    "radio_field, checkbox_field, scale_field, button_form %}"
)
ALL_FIELDS = (
    FORMS
    + """{{ error_summary(form) }}
{{ text_field(form.name, help="As on your letterbox", autocomplete="name") }}
{{ number_field(form.age, help="In years") }}
{{ textarea_field(form.say, help="In your own language") }}{{ select_field(form.where, help="Where") }}
{{ radio_field(form.home, help="Who lives with you", option_help={"b": "Also at weekends"}) }}
{{ checkbox_field(form.good, help="As many as you like") }}{{ checkbox_field(form.agree, help="At most four") }}
{{ scale_field(form.mark, "Very bad", "Very good", help="From 1 to 5") }}"""
)


class Part(Form):
    what = StringField("What", [InputRequired("Say what.")])


class Sample(Form):
    name = StringField("Name", [InputRequired("Type your name."), Length(max=5, message="At most 5 letters.")])
    age = IntegerField("Age", [InputRequired("Type your age, for example 47.")])
    say = TextAreaField("Say", [InputRequired("Write a sentence."), Length(min=3)])
    where = SelectField("Where", choices=CHOICES)
    home = RadioField("Home", choices=CHOICES, validators=[InputRequired("Choose one.")])
    good = SelectMultipleField("Good", choices=CHOICES, validators=[InputRequired("Choose at least one.")])
    agree = BooleanField("Agree", [InputRequired("Agree first.")])
    mark = RadioField(
        "Mark",
        choices=[*(SelectChoice(str(n), str(n)) for n in range(1, 6)), SelectChoice("none", "I do not know")],
        validators=[InputRequired("Choose a number.")],
    )
    skipped = StringField("Street", [Optional()])
    parts = FieldList(FormField(Part), min_entries=2)


@pytest.fixture
def render(app: Flask) -> Callable[..., BeautifulSoup]:
    """Render a piece of template as a page in a language would."""

    def rendered(template: str, language: str = "en", **context: object) -> BeautifulSoup:
        with app.test_request_context(f"/{language}/"):
            app.preprocess_request()
            assert g.lang == language
            return BeautifulSoup(render_template_string(template, **context), "html.parser")

    return rendered


def sent(**values: object) -> Sample:
    form = Sample(MultiDict(values))
    form.validate()
    return form


def by_id(page: BeautifulSoup, id_: str) -> Tag:
    found = page.find_all(id=id_)
    assert len(found) == 1, f"{len(found)} elements with id {id_}"
    return found[0]


def described(page: BeautifulSoup, control: Tag) -> str:
    return " ".join(by_id(page, i).get_text(" ", strip=True) for i in str(control["aria-describedby"]).split())


def test_every_control_has_a_label_of_its_own(render: Callable[..., BeautifulSoup]) -> None:
    page = render(ALL_FIELDS, form=sent())
    controls = page.find_all(["input", "select", "textarea"])
    assert len(controls) == 4 + 2 + 2 + 1 + 6
    for control in controls:
        (label,) = page.find_all("label", attrs={"for": control["id"]})
        assert label.get_text(strip=True)


@pytest.mark.parametrize(
    ("field", "help_text", "error"),
    [
        ("name", "As on your letterbox", "Type your name."),
        ("age", "In years", "Type your age, for example 47."),
        ("say", "In your own language", "Write a sentence."),
        ("agree", "At most four", "Agree first."),
    ],
)
def test_help_and_error_are_read_with_the_field(
    render: Callable[..., BeautifulSoup], field: str, help_text: str, error: str
) -> None:
    page = render(ALL_FIELDS, form=sent())
    control = by_id(page, field)
    assert help_text in described(page, control)
    assert f"Mistake: {error}" in described(page, control)
    assert control["aria-invalid"] == "true"
    assert control["aria-required"] == "true"


@pytest.mark.parametrize(("field", "question"), [("home", "Home"), ("good", "Good"), ("mark", "Mark")])
def test_a_group_is_named_by_its_question_and_tells_its_error(
    render: Callable[..., BeautifulSoup], field: str, question: str
) -> None:
    """Elsewhere screen readers read the options but not the question."""
    page = render(ALL_FIELDS, form=sent())
    group = by_id(page, field).find_parent("fieldset")
    assert group is not None
    assert group.legend is not None
    assert group.legend.get_text(strip=True) == question
    assert "Choose" in described(page, group)


def test_each_error_in_the_summary_leads_to_something_that_takes_the_focus(
    render: Callable[..., BeautifulSoup],
) -> None:
    form = sent(name="Alexandra", age="old")
    page = render(ALL_FIELDS, form=form)
    summary = page.find(attrs={"role": "alert"})
    assert isinstance(summary, Tag)
    assert summary["tabindex"] == "-1"
    assert summary.has_attr("autofocus")
    assert by_id(page, str(summary["aria-labelledby"])).get_text(strip=True)
    links = {str(a["href"])[1:]: a.get_text() for a in summary.find_all("a")}
    assert links["name"] == "At most 5 letters."
    assert {"name", "age", "say", "where", "home", "good", "agree", "mark"} < links.keys()
    for target in links.keys() - {"parts-0-what", "parts-1-what"}:
        assert by_id(page, target).name in ("input", "select", "textarea")
    assert links["parts-1-what"] == "Say what."


def test_the_same_error_twice_says_which_question_it_is_about(render: Callable[..., BeautifulSoup]) -> None:
    class Twice(Form):
        home = RadioField("Who lives with you?", choices=CHOICES, validators=[InputRequired(_l("Choose one."))])
        work = RadioField("Do you work?", choices=CHOICES, validators=[InputRequired(_l("Choose one."))])
        name = StringField("Name", [InputRequired(_l("Type your name."))])

    form = Twice(MultiDict())
    form.validate()
    page = render(FORMS + "{{ error_summary(form) }}", form=form)
    assert [a.get_text() for a in page.find_all("a")] == [
        "Who lives with you? – Choose one.",
        "Do you work? – Choose one.",
        "Type your name.",
    ]


def test_an_error_about_a_whole_list_is_in_the_summary(render: Callable[..., BeautifulSoup]) -> None:
    def refuse(_form: Form, _field: FieldList) -> None:
        raise ValidationError(_l("Give three parts."))

    class WithParts(Form):
        parts = FieldList(StringField("Part"), min_entries=1, validators=[refuse])

    form = WithParts(MultiDict())
    form.validate()
    page = render(FORMS + "{{ error_summary(form) }}", form=form)
    assert [li.get_text() for li in page.find_all("li")] == ["Give three parts."]


def test_there_is_no_summary_when_nothing_is_wrong(render: Callable[..., BeautifulSoup]) -> None:
    assert render(FORMS + "{{ error_summary(form) }}", form=Sample()).find(attrs={"role": "alert"}) is None


def test_a_failed_page_comes_back_as_the_person_left_it(render: Callable[..., BeautifulSoup]) -> None:
    form = sent(name="Alexandra", age="forty", say="<b>&", where="b", home="b", good="b", mark="none")
    page = render(ALL_FIELDS, form=form)
    assert by_id(page, "name")["value"] == "Alexandra"
    assert by_id(page, "age")["value"] == "forty"
    assert by_id(page, "say").get_text().strip() == "<b>&"
    assert [o["value"] for o in page.select("option[selected]")] == ["b"]
    assert [(i["name"], i["value"]) for i in page.select("input[checked]")] == [
        ("home", "b"),
        ("good", "b"),
        ("mark", "none"),
    ]


def test_the_browser_neither_refuses_nor_cuts(render: Callable[..., BeautifulSoup]) -> None:
    """Its messages are not in the reader's language, and a text that is too long must not be cut without a word."""
    for control in render(ALL_FIELDS, form=sent()).find_all(["input", "textarea", "select"]):
        assert not {"required", "maxlength", "minlength", "min", "max", "step", "pattern"} & control.attrs.keys()
        assert control.get("type") != "number"


def test_a_field_that_may_be_left_empty_says_so(render: Callable[..., BeautifulSoup]) -> None:
    page = render(FORMS + "{{ text_field(form.skipped) }}{{ text_field(form.name) }}", form=Sample())
    street, name = page.find_all("label")
    assert "not required" in street.get_text()
    assert "not required" not in name.get_text()


def test_the_words_at_the_ends_of_a_scale_are_read_with_its_numbers(render: Callable[..., BeautifulSoup]) -> None:
    page = render(ALL_FIELDS, form=Sample())
    labels = [label.get_text(strip=True) for label in page.select(".wijk-scale label")]
    assert labels == ["1: Very bad", "2", "3", "4", "5: Very good"]


def test_one_question_a_page_is_the_title_of_the_page(render: Callable[..., BeautifulSoup]) -> None:
    page = render(FORMS + "{{ radio_field(form.home, heading=True) }}", form=Sample())
    assert page.select_one("fieldset > legend > h1") is not None


def test_a_button_that_changes_something_is_a_form_with_a_token(render: Callable[..., BeautifulSoup]) -> None:
    page = render(FORMS + '{{ button_form("/go", "Support this", fields={"n": "<1>"}) }}')
    assert page.form is not None
    assert (page.form["method"], page.form["action"]) == ("post", "/go")
    assert {i["name"] for i in page.find_all("input", type="hidden")} == {"csrf_token", "n"}
    assert page.find("input", attrs={"name": "n"})["value"] == "<1>"  # type: ignore[index]


TEXT = '{% from "macros/text.html" import localized, quote %}'


def test_a_fallback_is_shown_and_named(render: Callable[..., BeautifulSoup]) -> None:
    text = LocalizedText({"nl": "Schone straten", "en": ""})
    page = render(TEXT + "{{ localized(text) }}", text=text)
    span = page.find(lang="nl")
    assert isinstance(span, Tag)
    assert (span.get_text(), span["dir"]) == ("Schone straten", "ltr")
    assert "(in Dutch, no translation yet)" in page.get_text()


def test_a_text_in_the_readers_own_language_stands_by_itself(render: Callable[..., BeautifulSoup]) -> None:
    assert str(render(TEXT + "{{ localized(text) }}", text=LocalizedText({"en": "Clean streets"}))) == "Clean streets"


@pytest.mark.parametrize(("language", "direction", "named"), [("ar", "rtl", "Arabic"), ("tr", "ltr", "Turkish")])
def test_a_quote_names_its_language_and_runs_in_its_direction(
    render: Callable[..., BeautifulSoup], language: str, direction: str, named: str
) -> None:
    page = render(TEXT + '{{ quote("<i>hi</i>", code, "idea", more="/whole") }}', code=language)
    assert page.blockquote is not None
    assert page.blockquote.get_text() == "<i>hi</i>"
    assert (page.blockquote["lang"], page.blockquote["dir"]) == (language, direction)
    assert page.figcaption is not None
    assert list(page.figcaption.stripped_strings) == [f"In {named}", "idea", "Read all of it"]


def test_a_quote_whose_language_is_not_determined_says_that(render: Callable[..., BeautifulSoup]) -> None:
    page = render(TEXT + '{{ quote("ok", None) }}')
    assert page.blockquote is not None
    assert not page.blockquote.has_attr("lang")
    assert "Language not determined" in page.get_text()


BARS = '{% from "macros/charts.html" import bars %}{{ bars(rows, "Most is said about traffic.") }}'


def test_a_chart_has_a_sentence_and_the_same_numbers_in_a_table(render: Callable[..., BeautifulSoup]) -> None:
    page = render(BARS, rows=[("Traffic", 1200, "/c/1"), ("Damp", 300), ("Noise", 0), ("Dogs", None)])
    assert page.figcaption is not None
    assert page.figcaption.get_text() == "Most is said about traffic."
    cells = [[c.get_text() for c in row.find_all(["th", "td"])] for row in page.select("tbody tr")]
    assert cells == [["Traffic", "1,200"], ["Damp", "300"], ["Noise", "0"], ["Dogs", "too few to show"]]
    assert [str(mark["width"]) for mark in page.select(".wijk-bars__mark")] == ["100.0%", "25.0%"]
    assert page.select_one('li a[href="/c/1"]') is not None


@pytest.mark.parametrize("rows", [[], [("Dogs", None)], [("Dogs", 0)]])
def test_a_chart_without_numbers_still_stands(render: Callable[..., BeautifulSoup], rows: list[object]) -> None:
    assert render(BARS, rows=rows).select(".wijk-bars__mark") == []


PAGE = '{% from "macros/page.html" import steps, timeline, figures, breadcrumb, definitions, notice, card %}'


def test_parts_of_a_page_escape_what_they_get(render: Callable[..., BeautifulSoup]) -> None:
    page = render(
        PAGE
        + """{{ card(x, "/", x, badge_text=x) }}{{ notice(x, title=x) }}{{ definitions([(x, x, "/")]) }}
        {{ timeline([{"title": x, "text": x, "when": x}]) }}{{ figures([(3, x)]) }}{{ breadcrumb([(x, "/"), (x,)]) }}
        {{ steps(1, 2, x) }}""",
        x="<script>",
    )
    assert page.find("script") is None
    assert page.get_text().count("<script>") == 15


def test_a_number_of_people_that_is_too_small_is_not_shown(render: Callable[..., BeautifulSoup]) -> None:
    page = render(PAGE + '{{ figures([(412, "people"), (None, "from one street")]) }}')
    assert [" ".join(li.get_text(" ", strip=True).split()) for li in page.find_all("li")] == [
        "412 people",
        "too few to show from one street",
    ]


def test_the_way_here_ends_with_this_page(render: Callable[..., BeautifulSoup]) -> None:
    page = render(PAGE + '{{ breadcrumb([("Town", "/t"), ("Street",)]) }}')
    here = page.find(attrs={"aria-current": "page"})
    assert isinstance(here, Tag)
    assert here.get_text() == "Street"
    assert [a["href"] for a in page.find_all("a")] == ["/t"]
