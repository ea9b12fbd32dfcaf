"""Words that a writer may add because they say nothing by themselves.

No numbers in words, no quantity ("most", "all"), nothing that denies or doubts, no cause ("because"): those would be
claims.
"""

from __future__ import annotations

_WORDS = {
    "en": "a an the and also of in on at to for from with by as this that these those it its they them their there "
    "here is are was were be been has have had do does did who which said say says saying told tells among about so "
    "then person people someone words sounds sound felt feel",
    "nl": "de het een en ook van in op aan te voor uit met door als dit dat deze die er hier hij zij ze hun hen is "
    "zijn was waren wordt worden heeft hebben had wie wat zei zegt zeggen zeiden vertelt vertelde onder over dan zo "
    "persoon mensen iemand woorden klinkt klinken voelt voelen",
    "ar": "و في من على إلى عن مع هذا هذه ذلك تلك هو هي هم كان كانت كما أيضا أيضًا قال قالت قالوا يقول تقول يقولون شخص "
    "أشخاص الناس كلمات بين ثم",
}


def linking_words(language: str) -> frozenset[str]:
    """Those of a language in small letters; none for a language for which nobody wrote them down."""
    return frozenset(_WORDS.get(language, "").split())
