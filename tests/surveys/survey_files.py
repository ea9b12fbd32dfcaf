"""Small survey files to test with."""

from __future__ import annotations

from app.surveys.definition import Survey
from app.surveys.reading import read

HEAD = """\
survey: small
languages: [en]
minutes: 2
hear_within_days: 14
title: {en: A small survey}
why: {en: To know}
happens: {en: We read it}
pages:
"""

# Three levels deep, every type of question, and an open question at the end of the chain.
CHAIN = (
    HEAD
    + """\
  - id: home
    title: {en: Your home}
    questions:
      - id: broken
        type: multiple
        text: {en: What is broken?}
        options:
          - {id: lift, text: {en: The lift}}
          - {id: door, text: {en: The door}}
          - {id: nothing, text: {en: Nothing}, alone: true}
      - id: people
        type: number
        min: 1
        max: 20
        text: {en: How many people live here?}
  - id: told
    title: {en: Told}
    questions:
      - id: told
        type: single
        ask_if: {question: broken, any_of: [lift, door]}
        text: {en: Did you tell the landlord?}
        options:
          - {id: yes_told, text: {en: I told them}}
          - {id: not_told, text: {en: Not yet}}
  - id: after
    title: {en: After that}
    questions:
      - id: reply
        type: scale
        ask_if: {question: told, is: yes_told}
        text: {en: How good was the reply?}
        low: {en: Very bad}
        high: {en: Very good}
  - id: why_bad
    title: {en: Why}
    questions:
      - id: story
        type: open
        ask_if: {not: {question: reply, at_least: 3}}
        text: {en: What went wrong?}
  - id: last
    title: {en: At last}
    questions:
      - id: wish
        type: open
        text: {en: What do you wish for?}
"""
)


def survey_from(source: str) -> Survey:
    """The survey in this file, which must be right."""
    reading = read(source.encode(), "test.yaml")
    assert not reading.problems, "\n".join(map(str, reading.problems))
    assert reading.survey is not None
    return reading.survey
