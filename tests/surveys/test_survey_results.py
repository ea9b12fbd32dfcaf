"""What came of it: who sent it counts, nobody is found back, and what is taken back is gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.contributions import service as contributions
from app.contributions.models import Contribution, ContributionOriginal
from app.people.models import Resident
from app.places.models import Neighbourhood
from app.surveys.counting import OptionRow
from app.surveys.models import Answer, Response, Survey
from app.surveys.service import Results, begin, publish, responses_of, results, save, submit, visit, withdraw_response
from tests.surveys.phones import Phone
from tests.surveys.survey_files import CHAIN


@pytest.fixture
def answered(survey: Survey, neighbourhood: Neighbourhood, session: Any) -> Callable[..., Resident]:
    """A resident who gave these answers, and sent them unless told otherwise."""

    def go(send: bool = True, **answers: Any) -> Resident:
        resident = Resident(receipt_hash=f"{session.scalar(select(func.count()).select_from(Resident)):064}")
        session.add(resident)
        session.commit()
        here = visit(neighbourhood.code, "small", resident)
        assert here is not None
        begin(here, resident, "en")
        here = visit(neighbourhood.code, "small", resident)
        assert here is not None
        save(here, answers)
        if send:
            submit(here, "en")
        return resident

    return go


def fine(**more: Any) -> dict[str, Any]:
    return {"broken": ("nothing",), "people": 3, "wish": "Trees", **more}


def counted(neighbourhood: Neighbourhood) -> Results:
    here = visit(neighbourhood.code, "small", None)
    assert here is not None
    return results(here.survey, here.newest_id)


def one(found: Results, question: str) -> Any:
    return next(each for each in found.counts if each.question.id == question)


def test_only_what_was_sent_and_asked_is_counted(answered: Any, neighbourhood: Neighbourhood) -> None:
    for _person in range(6):
        answered(**fine(told="yes_told", story="left over from before"))
    answered(send=False, **fine())
    found = counted(neighbourhood)
    assert found.people == 6
    assert one(found, "broken").rows == (OptionRow("lift", 0), OptionRow("door", 0), OptionRow("nothing", 6))
    assert one(found, "told").asked == 0
    assert one(found, "story").asked == 0
    assert one(found, "wish").answered == 6


def test_below_five_nothing_is_shown_and_at_five_something(
    answered: Any, neighbourhood: Neighbourhood, phone: Phone
) -> None:
    for _person in range(4):
        answered(**fine())
    assert counted(neighbourhood) == Results(None)
    page = phone.text("/results")
    assert "Too few people sent answers" in page
    assert "What is broken?" not in page
    answered(**fine())
    assert "5 people sent answers." in phone.text("/results")


def test_the_page_has_bars_with_a_table_and_hides_small_groups(answered: Any, phone: Phone) -> None:
    for _person in range(7):
        answered(**fine())
    for _person in range(2):
        answered(**fine(broken=("lift",), told="not_told"))
    page = phone.see("/results")
    section = next(s for s in page.select("section") if "What is broken?" in s.get_text())
    assert [row.get_text(" ", strip=True) for row in section.select("tbody tr")] == [
        "The lift too few to show", "The door 0", "Nothing 7",
    ]  # fmt: skip
    assert len(section.select("svg")) == 3
    told = next(s for s in page.select("section") if "Did you tell the landlord?" in s.get_text())
    assert "Too few people got this question" in told.get_text()
    assert "Trees" not in page.get_text()


def test_nobody_yet(phone: Phone) -> None:
    assert "Nobody sent answers yet." in phone.text("/results")


def test_answers_to_other_words_are_not_mixed_in(answered: Any, neighbourhood: Neighbourhood, phone: Phone) -> None:
    for _person in range(5):
        answered(**fine())
    publish(CHAIN.replace("How many people live here?", "How many adults live here?").encode(), neighbourhood)
    for _person in range(6):
        answered(**fine(people=2))
    found = counted(neighbourhood)
    assert (found.people, found.changed) == (11, 1)
    assert one(found, "broken").asked == 11
    assert one(found, "people").asked == 6
    assert "The words of 1 question changed on the way." in phone.text("/results")


def test_what_is_taken_back_is_erased_and_not_counted(
    answered: Any, neighbourhood: Neighbourhood, session: Any
) -> None:
    people = [answered(**fine(wish=f"wish {number}")) for number in range(6)]
    mine = responses_of(people[0])
    assert [(each.slug, each.title.get("en")) for each in mine] == [("small", "A small survey")]
    assert mine[0].submitted_at is not None
    assert withdraw_response(people[0], mine[0].id)
    assert withdraw_response(people[0], mine[0].id)  # twice does no harm
    assert counted(neighbourhood).people == 5
    assert session.scalar(select(func.count()).where(Answer.response_id == mine[0].id)) == 0
    assert "wish 0" not in session.scalars(select(ContributionOriginal.text)).all()
    assert len(session.scalars(contributions.live()).all()) == 5
    assert session.scalar(select(func.count()).select_from(Contribution)) == 6
    assert responses_of(people[0]) == []


def test_what_was_not_sent_can_be_taken_back_too(answered: Any, session: Any) -> None:
    person = answered(send=False, **fine())
    assert withdraw_response(person, responses_of(person)[0].id)
    assert session.scalars(select(Answer)).all() == []


def test_nobody_takes_back_the_answers_of_another(answered: Any, session: Any) -> None:
    mine, theirs = answered(**fine()), answered(**fine())
    assert not withdraw_response(mine, responses_of(theirs)[0].id)
    assert session.scalar(select(func.count()).where(Response.withdrawn_at.is_not(None))) == 0


def test_who_took_answers_back_may_begin_anew(answered: Any, phone: Phone, session: Any) -> None:
    phone.shortest(wish="First")
    person = session.scalars(select(Resident)).one()
    withdraw_response(person, responses_of(person)[0].id)
    phone.shortest(wish="Second")
    assert session.scalars(select(ContributionOriginal.text)).all() == ["Second"]


def test_words_that_were_taken_back_alone_are_in_no_answer_either(answered: Any, session: Any) -> None:
    answered(**fine(wish="My secret"))
    contribution = session.scalars(select(Contribution)).one()
    contributions.withdraw(contribution)
    session.commit()
    assert "My secret" not in str([answer.value for answer in session.scalars(select(Answer))])


def test_the_database_holds_one_response_each(answered: Any, session: Any) -> None:
    person = answered(**fine())
    response = session.scalars(select(Response)).one()
    session.add(
        Response(
            survey_id=response.survey_id,
            survey_version_id=response.survey_version_id,
            resident_id=person.id,
            language="en",
        )
    )
    with pytest.raises(IntegrityError):
        session.commit()
    session.rollback()


def test_the_receipt_page_asks_the_database_once_for_all_responses(
    answered: Any, session: Any, count_statements: Any
) -> None:
    person = answered(**fine())
    session.refresh(person)
    with count_statements() as statements:
        assert len(responses_of(person)) == 1
    assert statements.count == 1
