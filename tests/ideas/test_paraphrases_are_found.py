"""The likeness from which a resident is asked "does one of these say the same?" (docs/decisions/ideas.md).

The ideas of the demo, each said again in other words or another language, and ideas that nobody had yet.
"""

from app.demo.words import read as demo
from app.ideas.service.reading import MOST_ALIKE, WORTH_ASKING
from app.insight import Statement, default_encoder, nearest, read

SAID_AGAIN = {
    "i-lift": [
        "Fix the lift on the same day\nWhen the lift in the flat breaks, it takes a week before someone comes. Older "
        "people cannot leave their home.",
        "Asansör bozulunca aynı gün tamir edilsin",
        "اصلاح المصعد في نفس اليوم",
    ],
    "i-lift-en": ["Een tweede lift in de Reigerflat", "Druga winda w wieżowcu, bo jedna ciągle się psuje"],
    "i-mould": [
        "A mould team that comes quickly when there is damp in your house",
        "فريق لإزالة العفن من المنازل بسرعة",
    ],
    "i-container": ["Adopt a rubbish container: neighbours keep the space around it clean"],
    "i-drempels": ["Speed bumps on Kanaalweg, cars drive too fast", "Progi zwalniające na Kanaalweg"],
    "i-jongeren": ["A place of our own for young people", "مكان للشباب في الحي"],
    "i-warm": ["Buy draught strips and radiator foil together with the whole building"],
    "i-taal": ["Nederlandse les in de avond", "دروس اللغة الهولندية في المساء"],
    "i-eiland": ["Repair the playground on the island", "De speeltuin op het eiland opknappen"],
    "i-soep": ["Eat soup together every Wednesday, so that nobody is lonely"],
    "i-oven": ["Een gezamenlijke steenoven op het plein", "A shared stone oven on the square"],
    "i-boeken": ["Poolse boeken in de bibliotheek", "A shelf with Polish books in the library"],
    "i-schaak": ["Schaaktafels bij het water", "Stoły do szachów nad wodą"],
    "i-munt": ["Een stukje grond om groente te verbouwen, een moestuin", "A small plot to grow vegetables"],
    "i-tunnel": ["Lights in the bicycle tunnel, it is dark and scary", "إنارة نفق الدراجات"],
    "i-bus": ["A neighbourhood bus with volunteers for people who cannot walk far"],
    "i-fietsvak": ["More bike racks and spots for shared scooters"],
    "i-vuil-s": ["Een keer per maand grofvuil ophalen", "A day each month to collect old furniture"],
    "i-pakket": ["Borrow tools from a shared tool cupboard", "Gereedschap delen met buren"],
}
NEW = [
    "Een zwembad voor de wijk",
    "Free wifi on the market square",
    "Meer bomen planten langs de straat",
    "Een hondenlosloopveld",
    "Flowers on every balcony",
    "Camera's tegen inbraak",
    "سوق أسبوعي للخضار",
    "Yeni bir otopark",
]


def test_most_paraphrases_are_found_and_few_others_are_shown() -> None:
    encoder = default_encoder()
    board = [Statement(i["key"], f"{i['title']}\n{i['text']}", i["lang"]) for i in demo("ideas")]
    on_board = read(board, encoder).passages
    vectors = [passage.vector for passage in on_board]

    def shown(words: str) -> list[str]:
        best: dict[str, float] = {}
        for passage in read([Statement("new", words)], encoder).passages:
            for row, likeness in nearest(passage.vector, vectors, len(vectors), WORTH_ASKING, encoder):
                key = on_board[row].statement_id
                best[key] = max(likeness, best.get(key, 0.0))
        return sorted(best, key=lambda key: -best[key])[:MOST_ALIKE]

    again = [(key, shown(words)) for key, said in SAID_AGAIN.items() for words in said]
    assert len(again) == 34
    assert sum(key in found for key, found in again) >= 25
    assert sum(len(set(found) - {key}) for key, found in again) <= 20
    assert sum(len(shown(words)) for words in NEW) <= 3
