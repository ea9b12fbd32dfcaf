"""The optional writer: a language model that puts facts into running text, which is checked before it is used."""

from app.insight.writer.check import Refused, Sentence, Why, check
from app.insight.writer.client import NoAnswer, Writer
from app.insight.writer.facts import Fact

__all__ = ["Fact", "NoAnswer", "Refused", "Sentence", "Why", "Writer", "check"]
