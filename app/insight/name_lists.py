"""Lists of names: Dutch ones from the package `deduce`, and the commonest of other languages.

Menger et al. 2018, "DEDUCE", Telematics and Informatics 35(4). Only its lists are read (14,000 first names, 10,000
surnames, in hundredths of a second): its own matcher wants a gigabyte of memory and minutes to build. Its first names
are those of people in the Netherlands, so they hold many Turkish, Arabic and Polish ones in Latin letters.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import util
from pathlib import Path

_OTHER_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae"})


def plain(word: str) -> str:
    """A word in lower case and without accents, so that "Ayşe", "Ayse" and "AYŞE" are one name."""
    if word.isascii():
        return word.lower()
    return "".join(_bare(letter) for letter in word.lower())


@cache
def _bare(letter: str) -> str:
    if letter in "йї":  # letters of their own, though written as one with an accent
        return letter
    return "".join(
        c for c in unicodedata.normalize("NFKD", letter).translate(_OTHER_LETTERS) if not unicodedata.combining(c)
    )


@dataclass(frozen=True, slots=True)
class NameLists:
    """Names as `plain` writes them. `with_interfix`: surnames as they stand behind "van", "de" and the like."""

    first: frozenset[str]
    last: frozenset[str]
    with_interfix: frozenset[str]


@cache
def dutch() -> NameLists:
    """The lists of `deduce`. Raises ModuleNotFoundError when the package is not installed."""
    spec = util.find_spec("deduce")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the package deduce, which carries the lists of names, is not installed")
    source = Path(spec.origin).with_name("data") / "lookup" / "src"

    def read(place: str, file: str = "items.txt") -> frozenset[str]:
        return frozenset(plain(word.strip()) for word in (source / place / file).read_text("utf-8").splitlines())

    common = read("whitelist/lst_common_word") | read("whitelist/lst_stop_word")
    first = read("names/lst_first_name") - read("names/lst_first_name", "exceptions.txt") - common
    last = read("names/lst_surname") - common
    long_first, long_last = (frozenset(name for name in names if len(name) > 2) for names in (first, last))
    return NameLists(long_first, long_last, read("names/lst_interfix_surname"))


def _names(*lines: str) -> frozenset[str]:
    return frozenset(plain(name) for name in " ".join(lines).split())


COMMON = {
    # what the Dutch list lacks: British and Irish, then South Asian, African, Arabic and East European ones
    "en": _names(
        "Bev Dave Steve Mick Tracey Tracy Sharon Shaun Darren Nigel Trevor Clive Gareth Callum Siobhan Niamh",
        "Debbie Zac Zach Alastair Hamish Brigid Grainne Roisin Eamon Fergus Padraig Seamus Darragh Cormac Maisie",
        "Kerry Tamsin Alfie Archie Barnaby Finlay Geoff Giles Godfrey Jarvis Lachlan Wallace Steph Josh Jess Liz",
        "Becky Gaz Hank Brenda Deepak Sanjay Rajesh Sunita Anjali Priya Deepa Gopal Harish Jagdeep Jaspreet",
        "Gurpreet Harpreet Krishnan Mohan Mukesh Pankaj Pradeep Swati Farooq Haroon Javed Naseem Nasreen Nazir",
        "Zubair Chidi Ngozi Kwame Abiola Adaeze Adebayo Adeola Babatunde Bukola Chika Chinedu Emeka Folake Funmi",
        "Ifeoma Ikenna Kojo Kwesi Nkechi Nneka Obinna Olamide Olu Oluwaseun Segun Temitope Tunde Uche Abeba Almaz",
        "Bereket Biniam Dawit Fikru Girma Haile Hiwot Kidane Mehari Meron Mulu Samrawit Senait Tekle Tesfaye",
        "Yohannes Yonas Zamzam Souleymane Ibrahima Aissatou Boubacar Cheikh Modou Ousmane Bashar Ghassan Haitham",
        "Iyad Ruba Yazan Hosni Slobodan Ljiljana Oksana Gheorghe Ionut Mihai Florin Ioana Raluca Radu Vasile",
        "Stoyan Georgi Dimitar Ivaylo Petya Desislava Plamen",
    ),
    "tr": _names(
        "Ahmet Mehmet Mustafa Hasan Hüseyin Ali İbrahim Murat Osman Yusuf İsmail Süleyman Halil Ömer Recep Emre",
        "Burak Serkan Hakan Kemal Orhan Oğuz Yiğit Volkan Selim Ayşe Fatma Emine Hatice Zeynep Elif Meryem Şerife",
        "Zehra Sultan Hanife Merve Havva Zeliha Esra Özlem Yasemin Hülya Büşra Kübra Tuğba Gülşen Sevgi Songül",
        "Nurcan Aslı Ebru Selin Derya Filiz Leyla Nermin Cemile Dilek Pınar",
    ),
    "pl": _names(
        "Agnieszka Piotr Krzysztof Małgorzata Katarzyna Grzegorz Zbigniew Wojciech Tomasz Paweł Łukasz Marcin",
        "Michał Jakub Kacper Szymon Mateusz Zofia Hanna Ewa Danuta Barbara Bożena Grażyna Halina Jadwiga Irena",
        "Teresa Jolanta Beata Renata Aleksandra Magdalena Joanna Dorota Monika Iwona Justyna Kinga Marek Andrzej",
        "Stanisław Tadeusz Ryszard Jerzy Henryk Mariusz Dariusz Sławomir Rafał Przemysław Bartosz Anna Maria Jan",
        "Adam Piotrek Kasia Basia Gosia Ania Zosia Tomek Wojtek Bartek Krzysiek Marysia Ola Magda Paulina Natalia",
    ),
    "uk": _names(
        "Олександр Андрій Богдан Тарас Микола Іван Петро Василь Юрій Сергій Володимир Дмитро Максим Назар Остап",
        "Ігор Олег Віктор Павло Степан Ярослав Анатолій Михайло Григорій Денис Артем Євген Вадим Руслан Валентин",
        "Оксана Ірина Марія Наталія Наталя Олена Тетяна Людмила Галина Світлана Юлія Катерина Анна Ганна Софія",
        "Дарина Дарія Вікторія Олександра Ольга Лариса Леся Зоя Соломія Христина Марта Зоряна Яна Аліна Діана Інна",
        "Алла Ніна Раїса Валентина Анастасія Поліна Уляна Богдана Надія Любов Віра Роман",
    ),
    "ar": _names(
        "محمد أحمد محمود مصطفى إبراهيم يوسف عثمان خالد حسين عبدالله إسماعيل يحيى زكريا بلال طارق ياسين حمزة سليمان",
        "داود موسى عيسى هارون فاطمة خديجة زينب مريم ليلى سارة آمنة أمينة نادية سميرة سمير كريمة رقية حفصة سلمى",
        "هاجر نورة رانيا دينا منى سعاد فوزية صفية حليمة مليكة نوال سعدية حسناء عبدالرحمن عبدالكريم إدريس رشيدة",
        "فؤاد جمال مروان أنس أيوب إلياس",
    ),
    "fr": _names(
        "Amélie Luc Jean Pierre Michel Philippe Nathalie Isabelle Sylvie Catherine Françoise Monique Jacques",
        "Thierry Aurélie Céline Sébastien Nicolas Julien Mathieu Karim Mamadou Aïssatou Fatoumata Fatou Aminata",
        "Ousmane Moussa Camille",
    ),
    "de": _names(
        "Jürgen Klaus Petra Wolfgang Günter Uwe Dieter Heike Sabine Monika Ursula Renate Helga Karin Ingrid",
        "Andreas Thomas Stefan Matthias Sebastian Anja Katrin Birgit Gisela Manfred Horst Werner Heinz Gerhard",
        "Bernd Jens",
    ),
}
"""Common given names by language: names also at the start of a sentence, where every word has a capital."""

ALSO_WORDS = _names(
    "كريم حسن سعيد جميل أمل نور سعيدة جميلة سليم أمين فرح وفاء ياسمين زهرة عادل رشيد ناصر منير علي عمر عائشة إيمان",
    "هدى حنان",
)
"""Arabic given names that are ordinary words as well: names only after a form of address."""
