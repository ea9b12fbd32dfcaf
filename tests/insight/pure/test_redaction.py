"""Personal data is taken out before anything else reads a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from stdnum import iban
from stdnum.nl import bsn

from app.insight import redact
from app.insight.redaction import labels_in

MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


@pytest.mark.parametrize(
    ("text", "language", "expected", "kinds"),
    [
        ("Mail me op jan.j@voorbeeld.nl aub", "nl", "Mail me op [e-mail] aub", ("email",)),
        ("Mail jan (at) voorbeeld.nl", "nl", "Mail [e-mail]", ("email",)),
        ("Bel 06-12345678 of 030 286 00 00", "nl", "Bel [telefoon] of [telefoon]", ("phone", "phone")),
        ("Call +44 20 7946 0958 please", "en", "Call [phone] please", ("phone",)),
        ("NL91 ABNA 0417 1643 00 is van mij", "nl", "[rekening] is van mij", ("iban",)),
        ("Mijn bsn is 111222333", "nl", "Mijn bsn is [bsn]", ("bsn",)),
        ("Mijn bsn is 111 222 333", "nl", "Mijn bsn is [bsn]", ("bsn",)),
        ("Wij wonen op 3563 AB 12", "nl", "Wij wonen op [postcode]", ("postcode",)),
        ("Op de Kanaalstraat 12 lekt het", "nl", "Op de Kanaalstraat [huisnummer] lekt het", ("house_number",)),
        ("De bus met AB-12-CD rijdt te hard", "nl", "De bus met [kenteken] rijdt te hard", ("number_plate",)),
        ("Mijn buurvrouw Fatima de Vries helpt", "nl", "Mijn buurvrouw [naam] helpt", ("name",)),
        ("De conciërge, Henk, maakt alles", "nl", "De conciërge, [naam], maakt alles", ("name",)),
        ("De heer A. van den Berg lacht", "nl", "De heer [naam] lacht", ("name",)),
        ("mail jan punt smit at gmail punt com", "nl", "mail [e-mail]", ("email",)),
        ("email: wojtek at proton.me", "en", "email: [email]", ("email",)),
        ("lucyb22 [at] outlook [dot] com", "en", "[email]", ("email",)),
        ("Bel +31 (0)6 98 76 54 32 even", "nl", "Bel [telefoon] even", ("phone",)),
        ("mijn nummer is 06/98765432", "nl", "mijn nummer is [telefoon]", ("phone",)),
        ("Call +44 7700 900123 please", "en", "Call [phone] please", ("phone",)),
        ("Mijn bsn is 111222334, denk ik", "nl", "Mijn bsn is [bsn], denk ik", ("bsn",)),
        ("NL29 TRIO 0493 6657 87 graag voor vrijdag", "nl", "[rekening] graag voor vrijdag", ("iban",)),
        ("Wij wonen op 6811-DV", "nl", "Wij wonen op [postcode]", ("postcode",)),
        (
            "Lindelaan 12-II, 14 en 16 hs lekken",
            "nl",
            "Lindelaan [huisnummer], [huisnummer] en [huisnummer] lekken",
            ("house_number",) * 3,
        ),
        (
            "de kade nr 7b en op nummer 27",
            "nl",
            "de kade nr [huisnummer] en op nummer [huisnummer]",
            ("house_number",) * 2,
        ),
        ("Flat 12-II is empty", "en", "Flat [house number] is empty", ("house_number",)),
        (
            "een golf gh482k en kenteken 7 tzx 41",
            "nl",
            "een golf [kenteken] en kenteken [kenteken]",
            ("number_plate",) * 2,
        ),
        ("Ahmet Bey hep yardım ediyor", "tr", "[isim] Bey hep yardım ediyor", ("name",)),
        ("Benim adım Zeynep", "tr", "Benim adım [isim]", ("name",)),
        ("Pani Kowalska pomaga nam", "pl", "Pani [nazwisko] pomaga nam", ("name",)),
        ("السيدة فاطمة تساعدنا", "ar", "السيدة [اسم] تساعدنا", ("name",)),
        ("Mrs. Jones helps us", "en", "Mrs. [name] helps us", ("name",)),
        ("Dank!\nGroetjes, Anneke", "nl", "Dank!\nGroetjes, [naam]", ("name",)),
    ],
)
def test_personal_data_makes_place_for_its_kind(
    text: str, language: str, expected: str, kinds: tuple[str, ...]
) -> None:
    found = redact(text, language)
    assert (found.text, found.found) == (expected, kinds)


@pytest.mark.parametrize(
    "text",
    [
        "De Jan van Galenstraat is vies",
        "De speeltuin in het Wilhelminapark is kapot",
        "Roos en jasmijn bloeien in de tuin",
        "In 2018 groeide de wijk met 1200 mensen",
        "Bus 12 komt om 8.30 uur, lijn 4 niet",
        "Het kost € 1.250,00 per maand",
        "Zaterdag 12-03-2025 is er een feest",
        "Wil de gemeente nu eens luisteren?",
        "Niemand leest deze 987654321 formulieren",
        "Skating rink on Gordon ave.",
        "In 2018 AD kostte een kaart nog 25 euro",
        "Op de Dorpsstraat 30 km per uur, 3 bomen en 12 weken wachten",
        "Het fietspad 3 meter breder en op het schoolplein 40 kinderen",
        "De factuur noemt rekening NL12ABNA0937293068",
        "De 1500kg zware bus en 2000 eu subsidie",
        "We sat at the dot on the map and I work at ziggo.nl",
        "3dec25 was het 20cm diep",
        "bel 112 of 14 030",
    ],
)
def test_what_is_no_personal_data_stays(text: str) -> None:
    assert redact(text, "nl").text == text


def test_a_year_before_capitals_is_no_postcode() -> None:
    assert redact("Since 2018 BG grew", "en").text == "Since 2018 BG grew"


def test_a_number_cannot_hide_behind_what_is_not_seen() -> None:
    assert redact("mijn bsn 111\u200b222\u200b333", "nl").text == "mijn bsn [bsn]"
    assert redact("NL91\u202eABNA0417164300", "nl").found == ("iban",)
    assert redact("bel ٠٦١٢٣٤٥٦٧٨", "nl").found == ("phone",)


def test_a_part_knows_what_was_taken_out_of_it() -> None:
    redacted = redact("Bel 0612345678. Of mail a@b.nl", "nl")
    assert labels_in(redacted.text[:15], redacted) == ("phone",)
    assert labels_in("[telefoon]", redact("[telefoon] staat hier gewoon", "nl")) == ()


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["NL91ABNA0417164300", "nl91 abna 0417 1643 00", "DE89370400440532013000", "111222333", "111 222 333"]
            + ["x@y.nl", "een.twee@drie.vier.com", "0612345678", "3563AB 12", "AB-12-CD", "Jan de Vries", "mevrouw"]
            + [" ", " ", ", ", ".", "-", "\n", "de", "lift", "mijn naam is ", "\u200b", "1", "é", "😊", "سيد"]
        ),
        st.text(max_size=6),
    ),
    max_size=14,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(PIECES)
@example("111222333-111222333")
@example("a@b.nl@c.nl")
@example("NL91ABNA0417164300NL91ABNA0417164300")
def test_no_valid_number_or_address_is_left(text: str) -> None:
    left = redact(text, "nl").text
    assert not MAIL.search(left)
    for word in re.findall(r"[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]){11,30}", left):
        compact = word.replace(" ", "")
        assert not any(iban.is_valid(compact[:end], check_country=False) for end in range(15, len(compact) + 1))
    for word in re.findall(r"(?<!\d)\d{9}(?!\d)", left):
        assert not bsn.is_valid(word)


@settings(max_examples=100, deadline=None)
@given(PIECES)
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    once = redact(text, "nl").text
    assert redact(once, "nl").text == once


@pytest.mark.parametrize(
    "piece",
    [
        "a@",
        "AA11",
        "1 ",
        "0612345678 ",
        "Jan ",
        "Jan van der ",
        "1234",
        "mijn naam is ",
        "x",
        "-1",
        "1234ab ",
        "a.b-",
        "a at b dot ",
        "JAN ",
        "0 ",
        "Kanaalstraat 12 ",
        "groetjes, ",
        "kenteken a",
    ],
)
def test_a_long_text_made_to_be_slow_is_just_read(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    assert len(redact(text, "nl").text) <= 10 * len(text)
