"""TextBlob with our own parts, for notebooks: feeling and words, without the corpora that NLTK downloads.

from app.insight.textblob_parts import blobber
blobber()("The lift is broken again.").sentiment      # Sentiment(polarity=-0.9…, certainty=0.9…)
"""

import re
from typing import Any, NamedTuple

import numpy as np
from textblob import Blobber
from textblob.base import BaseSentimentAnalyzer, BaseTokenizer

from app.insight.encoding import default_encoder
from app.insight.language import find_language
from app.insight.learnt import learnt_for
from app.insight.records import Encoder
from app.insight.similar import vector_of


class Sentiment(NamedTuple):
    """`polarity`: -1 (negative) to 1 (positive); `certainty`: the probability of the likeliest of the three."""

    polarity: float
    certainty: float


class CivicSentiment(BaseSentimentAnalyzer):  # type: ignore[misc]
    """The feelings of our model, in any of its languages."""

    def __init__(self, encoder: Encoder | None = None) -> None:
        super().__init__()
        self._encoder = encoder or default_encoder()

    def analyze(self, text: str) -> Sentiment:
        """How positive minus how negative."""
        super().analyze(text)
        vector = vector_of(text, find_language(text), self._encoder)
        learnt = learnt_for(self._encoder)
        likely = learnt.feeling.shares(np.stack([vector]), learnt.pieces([text]))[0]
        shares = dict(zip(learnt.feeling.labels, likely, strict=True))
        return Sentiment(float(shares["positive"] - shares["negative"]), float(max(shares.values())))


class Words(BaseTokenizer):  # type: ignore[misc]
    """The words of a text in any script, without the signs between them."""

    def tokenize(self, text: str) -> list[str]:
        """The words, in order."""
        return re.findall(r"\w+(?:['’\-]\w+)*", text)


def blobber(encoder: Encoder | None = None) -> Any:
    """A maker of TextBlobs whose `.sentiment` is our model's, and whose `.words` work without downloads."""
    return Blobber(tokenizer=Words(), analyzer=CivicSentiment(encoder))
