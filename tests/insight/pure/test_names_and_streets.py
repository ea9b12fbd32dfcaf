"""A person who lives in a street is a person; a street that is named after someone is a street."""

from __future__ import annotations

import pytest

from app.insight import redact


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("Mw. Jansen uit de Reigerflat kon niet", "Mw. [naam] uit de Reigerflat kon niet"),
        ("Mevrouw De Vries op de Vaartkade is 80", "Mevrouw [naam] op de Vaartkade is 80"),
        ("Dhr. Yilmaz uit de Spoorstraat belde", "Dhr. [naam] uit de Spoorstraat belde"),
        ("Dat zei meneer Jan van der Berg uit de Lindenlaan", "Dat zei meneer [naam] uit de Lindenlaan"),
        ("Ik sprak Fatima bij de Houten Brug", "Ik sprak [naam] bij de Houten Brug"),
        ("Ik sprak Ahmed Yilmaz aan de Kade", "Ik sprak [naam] aan de Kade"),
    ],
)
def test_a_name_before_a_street_is_taken_out_and_the_street_stays(text: str, redacted: str) -> None:
    assert redact(text, "nl").text == redacted


@pytest.mark.parametrize(
    "text",
    ["Ik woon in de Jan van Galenstraat", "De Willem de Zwijgerlaan is druk", "Op de Piet Heinkade waait het"],
)
def test_a_street_named_after_someone_stays(text: str) -> None:
    assert redact(text, "nl").text == text


@pytest.mark.parametrize(
    ("text", "language", "redacted"),
    [
        ("mijn buurman henk klust tot elf uur", "nl", "mijn buurman [naam] klust tot elf uur"),
        ("meneer de vries heeft gebeld", "nl", "meneer [naam] heeft gebeld"),
        ("ANNEKE VAN DE DERDE IS ZIEK", "nl", "[naam] VAN DE DERDE IS ZIEK"),
        ("de moeder van Sophie belde", "nl", "de moeder van [naam] belde"),
        ("top gedaan Roos en Merel!", "nl", "top gedaan [naam] en [naam]!"),
        ("Corrie van den Heuvel-de Wit zingt", "nl", "[naam] zingt"),
        ("Ik vroeg het aan Van Houten", "nl", "Ik vroeg het aan [naam]"),
        ("Groetjes van Rob uit de Tulpstraat", "nl", "Groetjes van [naam] uit de Tulpstraat"),
        ("hartelijk dank namens ons gezin, Nasrin", "nl", "hartelijk dank namens ons gezin, [naam]"),
        ("I'm Abdi, I am 15", "en", "I'm [name], I am 15"),
        ("Bill and Rose run the cafe", "en", "[name] and [name] run the cafe"),
        ("Best wishes\nJ. P. Harlow", "en", "Best wishes\n[name]"),
        ("Tom's dog bit me", "en", "[name]'s dog bit me"),
        ("Komşum Fatma çok hasta", "tr", "Komşum [isim] çok hasta"),
        ("sąsiad Marek słucha muzyki", "pl", "sąsiad [nazwisko] słucha muzyki"),
        ("З повагою, Микола Бондар", "uk", "З повагою, [імʼя]"),
        ("أنا أحمد وعمري ستة عشر", "ar", "أنا [اسم] وعمري ستة عشر"),
        ("unser Hausmeister Klaus ist weg", "de", "unser Hausmeister [name] ist weg"),
        ("mon voisin Karim crie", "fr", "mon voisin [nom] crie"),
    ],
)
def test_a_name_is_known_by_what_stands_around_it(text: str, language: str, redacted: str) -> None:
    assert redact(text, language).text == redacted


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wil de gemeente eens luisteren?", "nl"),
        ("Er is geen bankje bij het Willem Drees plantsoen", "nl"),
        ("Sint Maarten komt door de buurt", "nl"),
        ("Ga naar de Dirk of naar Albert Heijn", "nl"),
        ("een mevrouw van de gemeente was aardig", "nl"),
        ("In mei en juni is het feest", "nl"),
        ("Will the council ever answer?", "en"),
        ("Mark the spot where the tree fell", "en"),
        ("Grace period for parking, please", "en"),
        ("I'm Christian and my wife is Muslim", "en"),
        ("Stop at the Martin Luther King Park", "en"),
        ("Kind regards from the whole street", "en"),
        ("Bir abla bize yardım etti", "tr"),
        ("Anne babalar için kurs", "tr"),
        ("pani w sklepie jest miła", "pl"),
        ("أنا سعيد جدا", "ar"),
        ("السيدة التي في الأعلى تصرخ", "ar"),
        ("Die Frau im Erdgeschoss schreit", "de"),
    ],
)
def test_an_ordinary_word_or_a_place_is_no_name(text: str, language: str) -> None:
    assert redact(text, language).text == text
