"""What everyone can see of concerns, and what nobody can."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from app.contributions.models import Source
from app.extensions import db
from app.insight import service
from app.insight.models import ConcernState, Passage

LIST = "/en/neighbourhoods/WK034401/concerns"


def path(concern):
    return f"{LIST}/{concern.id}"


@pytest.fixture
def lift(make_concern, say):
    """A confirmed concern of seven people: five in Dutch, two in Arabic."""
    concern = make_concern("The lift is broken", ConcernState.CONFIRMED, theme="housing")
    for n in range(5):
        say(f"lift stuk {n}", concern, feeling="negative", quote_rank=n + 2)
    say("المصعد معطل منذ أسابيع", concern, language="ar", feeling="negative", quote_rank=1)
    say("المصعد لا يعمل", concern, language="ar", feeling="negative")
    return concern


@pytest.mark.parametrize("state", [ConcernState.FOUND, ConcernState.DISMISSED, ConcernState.MERGED])
def test_only_a_confirmed_concern_is_public(client, make_concern, say, lift, state):
    more = {"merged_into_id": make_concern("Other").id} if state is ConcernState.MERGED else {}
    if state is ConcernState.DISMISSED:
        more["reason"] = lift.title
    hidden = make_concern("Not for everyone", state, **more)
    say("hidden words", hidden)
    assert client.get(path(hidden)).status_code == 404
    assert "Not for everyone" not in client.get(LIST).text
    assert service.quotes(hidden.id) == []


def test_the_page_tells_how_many_people_and_lets_them_speak(client, lift):
    page = client.get(path(lift)).text
    assert "7 people in Waterkwartier say this." in page
    assert "lift stuk 0" in page
    assert "The lift is broken" in client.get(LIST).text


def test_an_arabic_quote_keeps_its_language_and_direction_on_an_english_page(client, lift):
    quote = client.page(path(lift)).find("blockquote")
    assert (quote["lang"], quote["dir"]) == ("ar", "rtl")
    assert "المصعد معطل" in quote.text
    assert "In Arabic" in quote.parent.text


def test_a_small_group_is_not_shown_and_cannot_be_worked_out(client, lift, say):
    def table():
        return {row.th.text: row.td.text for row in client.page(path(lift)).select("tbody tr")}

    assert "Arabic" not in table()
    assert "Dutch" not in table()  # 7 - 5 would give the two away
    for n in range(5):
        say(f"asansör bozuk {n}", lift, language="tr")
        say(f"winda nie działa {n}", lift, language="pl")
    shown = table()
    assert "Arabic" not in shown
    assert sorted(shown[name] for name in ("Polish", "Dutch", "Turkish") if name in shown) == ["5", "5"]
    assert shown["All others together"] == "7"


def test_fewer_than_five_people_are_no_number_anywhere(client, make_concern, say):
    concern = make_concern("Rent", ConcernState.CONFIRMED)
    for n in range(4):
        say(f"rent {n}", concern)
    page = BeautifulSoup(client.get(path(concern)).text, "html.parser").main
    assert "Fewer than 5 people" in page.text
    assert "4" not in page.text
    assert not page.select("table")
    assert "Fewer than 5 people" in client.get(LIST).text
    assert service.public_concerns(concern.neighbourhood_id)[0].people is None


def test_someone_who_feels_differently_is_heard_too(client, make_concern, say):
    concern = make_concern("Traffic", ConcernState.CONFIRMED)
    for n in range(8):
        say(f"too fast {n}", concern, feeling="negative", quote_rank=n + 1)
    say("it is calm here", concern, feeling="positive")
    quotes = service.quotes(concern.id)
    assert [quote.is_counter_voice for quote in quotes] == [False] * 4 + [True]
    assert quotes[-1].text == "it is calm here"
    assert "Someone who feels differently" in client.get(path(concern)).text


def test_urgent_words_and_single_voices_are_never_public(client, lift, say):
    say("I will hurt myself", lift, urgent=True, quote_rank=0)
    say("nobody else says this")
    for page in (LIST, path(lift)):
        text = client.get(page).text
        assert "hurt myself" not in text
        assert "nobody else says this" not in text


def test_a_quote_says_that_the_person_said_more_without_showing_it(client, make_concern, say):
    concern = make_concern("Rent", ConcernState.CONFIRMED)
    say("The rent is high.", concern, whole="My son is ill. The rent is high. Bye")
    quote = client.page(path(concern)).find("blockquote").text
    assert quote == "… The rent is high. …"


def test_withdrawn_words_are_gone_from_every_door_at_once(client, coordinator, sign_in, lift, say, withdraw):
    secret = say("my very own secret words", lift, quote_rank=0)
    contribution = secret.contribution
    staff_client = sign_in(coordinator)
    doors = [
        (client, LIST),
        (client, path(lift)),
        (staff_client, "/en/staff/neighbourhoods/WK034401/concerns?state=all"),
        (staff_client, f"/en/staff/concerns/{lift.id}"),
        (staff_client, f"/en/staff/concerns/{lift.id}/split"),
        (staff_client, "/en/staff/neighbourhoods/WK034401/voices"),
    ]
    assert "my very own secret words" in client.get(path(lift)).text
    withdraw(contribution)
    for who, door in doors:
        assert "my very own secret words" not in who.get(door).text, door
    assert service.concerns_of([contribution.id]) == {contribution.id: []}
    assert all(quote.text != "my very own secret words" for quote in service.quotes(lift.id))
    left = select(Passage).where(Passage.contribution_id == contribution.id)
    assert db.session.scalar(left) is None


def test_a_title_made_of_withdrawn_words_goes_with_them(client, make_concern, say, withdraw):
    concern = make_concern("my very own secret words", ConcernState.CONFIRMED, theme="housing")
    secret = say("so: my very own secret words", concern)
    say("other words", concern)
    withdraw(secret.contribution)
    assert "secret" not in client.get(LIST).text
    assert "Housing" in client.page(path(concern)).h1.text


def test_a_title_that_others_said_too_stays(make_concern, say, withdraw):
    concern = make_concern("the lift", theme="housing")
    say("The Lift is broken", concern)
    withdraw(say("so  the lift is old", concern).contribution)
    assert concern.title.get("en") == "the lift"


def test_a_shortened_title_is_recognised(make_concern, say, withdraw):
    concern = make_concern("my very own…")
    secret = say("my very own secret words", concern)
    say("other words", concern)
    withdraw(secret.contribution)
    assert "my very" not in str(dict(concern.title.texts))


def test_a_concern_in_which_nobody_speaks_any_more_is_gone(client, make_concern, say, withdraw):
    concern = make_concern("Rent", ConcernState.CONFIRMED)
    withdraw(say("the rent", concern).contribution)
    assert client.get(path(concern)).status_code == 404
    assert service.public_concerns(concern.neighbourhood_id) == []


def test_the_address_of_a_merged_concern_leads_to_where_its_words_are(client, coordinator, make_concern, say):
    a, b, c = (make_concern(name, ConcernState.CONFIRMED) for name in "ABC")
    for concern in (a, b, c):
        say(f"words of {concern.title.get('en')}", concern)
    service.merge(a.id, a.version, b.id, coordinator)
    service.merge(b.id, b.version, c.id, coordinator)
    for old in (a, b):
        assert client.get(path(old)).location == path(c)
    assert "words of A" in client.get(path(c)).text
    assert {k: v.id for k, v in service.public_concerns_by_id([a.id, b.id]).items()} == {a.id: c.id, b.id: c.id}


def test_a_concern_is_found_in_its_own_neighbourhood_only(client, lift, other_neighbourhood):
    assert client.get(f"/en/neighbourhoods/WK099901/concerns/{lift.id}").status_code == 404


def test_someone_finds_back_what_happened_with_their_words(coordinator, make_concern, say):
    found, confirmed = make_concern("Found"), make_concern("Confirmed", ConcernState.CONFIRMED)
    dismissed = make_concern("Dismissed", ConcernState.DISMISSED, reason=confirmed.title)
    mine = [say(f"words {n}", concern).contribution_id for n, concern in enumerate((found, confirmed, dismissed))]
    mine.append(say("alone").contribution_id)
    heard = service.concerns_of(mine)
    assert [[(h.state, h.title, h.reason) for h in heard[key]] for key in mine] == [
        [(ConcernState.FOUND, None, None)],
        [(ConcernState.CONFIRMED, confirmed.title, None)],
        [(ConcernState.DISMISSED, None, confirmed.title)],
        [],
    ]


def test_themes_count_people_and_hide_small_groups(neighbourhood, say):
    for n in range(6):
        say(f"rent {n}", theme="housing")
    say("unsafe", theme="safety")
    assert service.people_by_theme(neighbourhood.id) == {"housing": 6, "safety": None}


def test_sources_are_named(client, make_concern, say):
    concern = make_concern("Rent", ConcernState.CONFIRMED)
    for n in range(5):
        say(f"rent {n}", concern, source=Source.SURVEY_ANSWER)
    assert "Answer in a survey" in client.get(path(concern)).text


def test_public_pages_ask_the_database_at_most_12_times(client, make_concern, say, count_statements):
    concerns = [make_concern(f"Concern {n}", ConcernState.CONFIRMED) for n in range(20)]
    for concern in concerns:
        for n in range(6):
            say(f"text {n}", concern, feeling="positive" if n == 0 else "negative")
    for page in (LIST, path(concerns[0])):
        with count_statements() as statements:
            assert client.get(page).status_code == 200
        assert statements.count <= 12, (page, statements.texts)
