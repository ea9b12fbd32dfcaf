"""The whole loop in a real browser: from a resident's words to an ambition they voted for, and back to the words."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import DESK, PHONE, Installation
from tests.journeys.people import HERE, Person, in_two_weeks, let_the_last_day_pass, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

WORDS = {
    "nl": (
        "De lift in de Reigerflat is weer stuk en mijn moeder kan er niet uit. Bel mij op 06-12345678.",
        "een bank",
    ),
    "ar": ("المصعد معطل مرة أخرى وأمي لا تستطيع الخروج من البيت. اتصلوا بي على 0612345678", "مقعد"),
}
IDEA = {
    "nl": ("Lift vaker laten nakijken", "Laat elke maand iemand naar de lift in de Reigerflat kijken."),
    "ar": ("أصلحوا المصعد في نفس اليوم", "المصعد في برج ريخرفلات يتعطل كثيرا ونبقى أسبوعا بلا مصعد."),
}
WIDTHS = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
LANGUAGES = pytest.mark.parametrize("lang", ["nl", "ar"])


@pytest.fixture
def someone(phone: Callable[..., Page], installation: Installation) -> Callable[..., Person]:
    """`someone("nl", PHONE)`: a person with a browser of their own."""
    return lambda lang, size, **how: Person(phone(size, **how), installation, lang)


def fill_in_survey(resident: Person) -> str:
    """Take the survey with a mistake, a change of mind and a look back; returns the receipt code."""
    resident.go("/")
    resident.follow(f"/neighbourhoods/{HERE}")
    resident.follow("/surveys/liveability")
    resident.press_in("/begin")

    resident.write("q_years", "veel")
    resident.tick("q_tenure", "housing_corporation")
    resident.press()
    assert resident.page.locator('[role="alert"] a[href="#q_years"]').count() == 1
    assert resident.page.locator('[name="q_years"]').input_value() == "veel"
    resident.write("q_years", "12")
    resident.press()

    resident.tick("q_home_mark", "2")
    resident.tick("q_home_problems", "lift")
    resident.press()
    resident.tick("q_told_someone", "yes_told")
    resident.press()
    resident.tick("q_outcome", "nothing_happened")
    resident.press()
    resident.write("q_waiting_months", "7")
    resident.press()
    assert "/questions/street" in resident.page.url

    for _page in range(4):  # back to the problems, and a change of mind: there is nothing wrong at home
        resident.press('button[name="back"]')
    assert "/questions/home" in resident.page.url
    assert resident.page.locator('[name="q_home_problems"][value="lift"]').is_checked()
    resident.tick("q_home_problems", "lift")
    resident.tick("q_home_problems", "nothing")
    resident.press()
    assert "/questions/street" in resident.page.url  # what follows from the lift is not asked any more

    resident.tick("q_street_mark", "3")
    resident.tick("q_neighbours_help", "yes_one")
    resident.press()
    resident.tick("q_safe_mark", "4")
    resident.press()
    for _page in range(6):
        if "/summary" in resident.page.url:
            break
        for group in resident.page.locator('main input[type="radio"]').all():
            name = str(group.get_attribute("name"))
            if resident.page.locator(f'[name="{name}"]:checked').count() == 0:
                resident.tick(name, str(group.get_attribute("value")))
        if resident.page.locator('[name="q_change"]').count():
            resident.write("q_change", WORDS[resident.lang][0])
        resident.press()
    assert resident.page.url.endswith("/summary")
    assert resident.page.locator('a[href*="q_waiting_months"]').count() == 0
    resident.press_in("/send")
    return resident.code


def post_idea(resident: Person) -> None:
    """Post an idea after looking at what others said, and support another."""
    resident.here()
    resident.follow("/ideas/new")
    title, text = IDEA[resident.lang]
    resident.write("title", title)
    resident.write("text", text)
    resident.press()
    post = resident.page.locator('button[name="step"][value="post"]')
    assert post.count() == 1, "nothing alike was shown, though the demo has ideas about the lift"
    resident.press('button[name="step"][value="post"]')
    assert resident.code
    resident.here("/ideas")
    supports = resident.page.locator('form[action$="/support"] button')
    resident.press('form[action$="/support"] button') if supports.count() else resident.follow("/ideas/")
    if not supports.count() and resident.page.locator('form[action$="/support"] button').count():
        resident.press('form[action$="/support"] button')
    assert resident.page.locator('form[action$="/stop-supporting"]').count() >= 1


def wait_until_read(resident: Person) -> None:
    """The receipt page tells more than that it came in, once the worker has read it."""
    for _second in range(60):
        resident.page.goto(resident.installation.url(f"/{resident.lang}/receipt/mine"))
        if resident.page.locator(".wijk-timeline__item--done").count() >= 4:
            return
        time.sleep(1)
    raise AssertionError("the worker did not read the words within a minute")


def review_and_propose(coordinator: Person) -> None:
    """Confirm a concern, give it a title, and make an ambition of it."""
    coordinator.go(f"/staff/neighbourhoods/{HERE}/concerns")
    coordinator.follow("/staff/concerns/")
    concern = re.sub(r".*/staff/concerns/([0-9a-f-]{36}).*", r"\1", coordinator.page.url)
    coordinator.follow("?language=")  # every number opens what is behind it
    assert coordinator.page.locator("article[data-contribution]").count() >= 1
    coordinator.go(f"/staff/concerns/{concern}")
    if coordinator.page.locator(f'form[action*="{concern}/confirm"]').count():
        coordinator.press_in("/confirm")
    coordinator.follow("/rename")
    coordinator.write(f"title-{coordinator.lang}", f"Zorg {concern[:8]}")
    coordinator.press()
    coordinator.follow("/ambition")
    coordinator.tick("ambition", str(coordinator.page.locator('[name="ambition"]').last.get_attribute("value")))
    coordinator.press()
    if "/ambition/new" in coordinator.page.url:
        fill_in_ambition(coordinator, f"Plan {concern[:8]}")


def fill_in_ambition(coordinator: Person, title: str) -> None:
    """The form of an ambition."""
    coordinator.write(f"title-{coordinator.lang}", title)
    coordinator.write(f"why-{coordinator.lang}", "Omdat bewoners erom vragen.")
    coordinator.page.locator('select[name="theme"]').select_option("housing")
    coordinator.tick("horizon", "short")
    coordinator.press()


def put_to_residents(coordinator: Person) -> tuple[str, list[str]]:
    """Make a poll of all proposals, print codes, open it; returns its slug and the codes."""
    coordinator.go(f"/staff/neighbourhoods/{HERE}/ambitions/poll")
    for box in coordinator.page.locator('[name="ambitions"]').all():
        coordinator.tick("ambitions", str(box.get_attribute("value")))
    title = f"Stemming {time.monotonic_ns()}"
    coordinator.write(f"title-{coordinator.lang}", title)
    coordinator.write(f"question-{coordinator.lang}", "Wat willen we eerst?")
    coordinator.write("seats", "1")
    coordinator.write("choices", "1")
    coordinator.write("last_day", in_two_weeks())
    coordinator.press()
    poll = coordinator.page.url.split("?")[0]
    coordinator.write("amount", "6")
    coordinator.press_in("/codes")
    codes = [text.strip() for text in coordinator.page.locator(".wijk-sheet .wijk-code").all_inner_texts()]
    assert len(codes) == 6
    assert coordinator.page.locator(".wijk-sheet svg").count() >= 6
    coordinator.page.goto(poll)
    coordinator.press_in("/open")
    slug = str(coordinator.page.locator('main a[href*="/polls/"]').last.get_attribute("href")).rsplit("/", 1)[1]
    return slug, codes


def vote(resident: Person, slug: str, code: str) -> None:
    """Vote with a code from a letter."""
    resident.here(f"/polls/{slug}")
    resident.follow("/vote")
    resident.write("code", code.lower())
    resident.press()
    resident.press('button[name="step"][value="check"]')
    assert resident.page.locator('[role="alert"]').count() == 1  # nothing chosen yet
    option = resident.page.locator('[name="choices"]').first.get_attribute("value")
    resident.tick("choices", str(option))
    resident.press('button[name="step"][value="check"]')
    resident.press('button[name="step"][value="cast"]')
    assert resident.page.url.endswith("/vote/done")


@WIDTHS
@LANGUAGES
def test_from_a_residents_words_to_an_ambition_they_voted_for(
    someone: Callable[..., Person], installation: Installation, lang: str, size: dict[str, int]
) -> None:
    resident, coordinator = someone(lang, size), someone(lang, size)
    receipt = fill_in_survey(resident)
    post_idea(resident)
    wait_until_read(resident)
    assert not resident.sees("12345678")  # the phone number was taken out

    sign_in(coordinator, "coordinator")
    review_and_propose(coordinator)
    coordinator.go(f"/staff/neighbourhoods/{HERE}/ambitions/new")
    fill_in_ambition(coordinator, "Nog een plan")
    slug, codes = put_to_residents(coordinator)

    for code in codes:
        vote(someone(lang, size), slug, code)
    let_the_last_day_pass(installation, slug)
    post_comment(resident)  # the worker wakes up, and counts as well
    wait_for_the_count(resident, slug)

    coordinator.go(f"/staff/neighbourhoods/{HERE}/ambitions")
    coordinator.follow("/take-over")
    coordinator.press_in("/take-over")
    coordinator.go(f"/staff/neighbourhoods/{HERE}/ambitions")
    promise_something(coordinator)
    walk_back(resident)

    other_phone = someone(lang, size)
    other_phone.go("/receipt")
    other_phone.write("code", receipt)
    other_phone.press_in("/receipt")
    assert other_phone.page.locator(".wijk-timeline__item").count() >= 4
    other_phone.follow("/withdraw")
    other_phone.press()
    assert other_phone.page.locator(".wijk-timeline__item").count() >= 1


def post_comment(resident: Person) -> None:
    """Say something about an idea."""
    resident.here("/ideas")
    resident.page.locator('main h2 a[href*="/ideas/"], main h3 a[href*="/ideas/"]').first.click()
    resident.write("text", WORDS[resident.lang][1] * 3)
    resident.press()


def wait_for_the_count(resident: Person, slug: str) -> None:
    """The result page says how it was counted."""
    for _second in range(90):
        resident.page.goto(installation_url(resident, slug))
        if resident.page.locator('a[href*="ballots.json"]').count():
            resident.here(f"/polls/{slug}")
            return
        time.sleep(1)
    raise AssertionError("the poll was not counted within a minute and a half")


def installation_url(resident: Person, slug: str) -> str:
    return resident.installation.url(f"/{resident.lang}/neighbourhoods/{HERE}/polls/{slug}")


def promise_something(coordinator: Person) -> None:
    """Write down what a party promises for the first ambition that takes promises."""
    for address in [
        str(link.get_attribute("href"))
        for link in coordinator.page.locator('main a[href*="/staff/ambitions/"]').all()
    ]:
        coordinator.page.goto(coordinator.installation.url(address))
        if coordinator.page.locator('a[href*="/agreements/new"]').count():
            break
    coordinator.follow("/agreements/new")
    coordinator.page.locator('select[name="party"]').select_option(index=1)
    coordinator.write(f"what-{coordinator.lang}", "Wij komen elke maand langs.")
    coordinator.write("due", in_two_weeks())
    coordinator.write(f"measured_how-{coordinator.lang}", "Ja of nee")
    coordinator.press()
    assert coordinator.sees("Wij komen elke maand langs.")


def walk_back(resident: Person) -> None:
    """From the neighbourhood to a plan, from the plan to the concern, from the concern to the words."""
    resident.here()
    resident.follow("/ambitions/")
    assert resident.page.locator(".wijk-quote").count() >= 1
    resident.follow("/concerns/")
    assert resident.page.locator(".wijk-quote").count() >= 1
    resident.here("/you-said")
    resident.here("/you-said/poster")


@LANGUAGES
def test_everything_works_without_javascript(someone: Callable[..., Person], lang: str) -> None:
    resident = someone(lang, PHONE, javascript=False)
    resident.page.goto(resident.installation.url(f"/{lang}/neighbourhoods/{HERE}/surveys/liveability"))
    resident.page.locator('form[action*="/begin"] button').click()
    assert "/questions/" in resident.page.url


def test_a_form_is_filled_in_and_sent_with_the_keyboard_alone(someone: Callable[..., Person]) -> None:
    resident = someone("nl", PHONE)
    resident.here("/ideas/new")
    keyboard = resident.page.keyboard
    keyboard.press("Tab")
    assert resident.page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    keyboard.press("Enter")
    resident.page.locator('[name="title"]').focus()
    keyboard.type("Een bankje bij de bushalte")
    keyboard.press("Tab")
    keyboard.type("Zodat oudere mensen kunnen zitten.")
    keyboard.press("Tab")
    with resident.page.expect_navigation():
        keyboard.press("Enter")
    # It is posted, or an idea that is alike is shown first, as far as the others have come.
    assert "/thanks" in resident.page.url or resident.sees("Een bankje bij de bushalte")


def test_a_resident_stays_on_this_site(someone: Callable[..., Person], installation: Installation) -> None:
    resident = someone("nl", PHONE)
    asked: list[str] = []
    resident.page.on("request", lambda request: asked.append(request.url))
    for path in ("", "/ideas", "/concerns", "/ambitions", "/polls", "/surveys/liveability"):
        resident.here(path)
    assert asked
    assert all(url.startswith(installation.address) or url.startswith("data:") for url in asked)
