"""The words around names, by language: what stands before or after a name, and what only looks like one.

All are written as `plain` of name_lists.py gives them: lower case, without accents.
"""


def _set(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


TITLES = {
    "nl": _set("meneer mijnheer heer dhr hr mevrouw mevr mvr mw mej juffrouw familie fam"),
    "en": _set("mr mrs ms miss mister mister madam"),
    "tr": _set("sayin"),
    "pl": _set("pan pani pana pania panem panu panstwo"),
    "uk": _set("пан пані пана паном пану панові"),
    "fr": _set("monsieur madame mademoiselle mme mlle"),
    "de": _set("herr herrn frau"),
    "ar": _set("السيد السيدة للسيد للسيدة والسيد والسيدة الانسة الحاج الحاجة الشيخ"),
}
"""What follows is a name, unless it is a word of the language."""

ROLES = {
    "nl": _set(
        "wijkagent agent huismeester wethouder burgemeester raadslid conciërge concierge dokter dr huisarts",
        "meester juf beheerder jongerenwerker buurtwerker wijkwerker opbouwwerker werker voorzitter secretaris",
        "penningmeester wijkverpleegkundige verpleegster thuiszorgster wijkregisseur buurtregisseur wijkmanager",
        "makelaar gebiedsmakelaar klusjesman portier boa handhaver coach trainer vrijwilliger vrijwilligster",
        "consulent imam dominee pastoor kapper slager",
    ),
    "en": _set(
        "officer constable sergeant pc councillor caretaker janitor doctor dr nurse teacher principal warden coach",
        "inspector alderman mayor imam pastor rabbi headmaster postman",
    ),
    "tr": _set("doktor hoca ogretmen muhtar imam kapici komsum komsumuz kuzenim kizim oglum esim arkadasim"),
    "pl": _set("doktor doktora profesor radny radna dzielnicowy dozorca dozorczyni ksiadz sasiad sasiada sasiadka"),
    "uk": _set("лікар лікарка вчитель вчителька двірник сусід сусідка сусіда сусідку син дочка донька подруга друг"),
    "fr": _set("docteur dr gardien gardienne concierge voisin voisine fils fille ami amie mari femme collegue"),
    "de": _set(
        "hausmeister hausmeisterin doktor dr nachbar nachbarin nachbarn lehrer lehrerin polizist sohn tochter",
    ),
    "ar": _set("الدكتور الدكتورة الاستاذ الاستاذة المهندس المهندسة المعلم المعلمة جاري جارتي جارنا جارتنا ابني"),
}
"""Roles, family and neighbours: what follows may be a name, also after a comma."""

KIN = {
    "nl": _set(
        "buurman buurvrouw buurmeisje buurjongen tante oom ome opa oma zoon dochter zoontje dochtertje kleinzoon",
        "kleindochter broer zus zusje broertje nicht neef vriend vriendin collega moeder vader man vrouw",
    ),
    "en": _set(
        "mum mom mother dad father nan nana gran granny boyfriend girlfriend partner neighbour neighbor aunt",
        "auntie uncle grandma grandpa son daughter grandson granddaughter brother sister cousin friend husband",
        "wife colleague nephew niece",
    ),
    "tr": _set("oglu"),
    "pl": _set("corka syn brat siostra ciocia wujek kolega kolezanka"),
    "uk": _set("брат сестра тітка дядько"),
    "fr": _set("tante oncle frere soeur"),
    "de": _set("tante onkel bruder schwester freund freundin"),
    "ar": _set("ابنتي بنتي اخي اختي صديقي صديقتي زوجي زوجتي عمي عمتي خالي خالتي ابو ام"),
}

ABBREVIATED = _set("dhr hr mevr mvr mw mej fam mr mrs ms dr mme mlle st pc")
"""After these a dot ends no sentence."""

AFTER = _set(
    "bey beye beyi beyin hanim hanima hanimi hanimin abi abiye abla ablaya ablanin amca amcaya teyze teyzeye",
    "teyzenin hoca hocaya dayi yenge efendi",
)
"""Turkish forms of address, which follow the name."""

INTERFIXES = _set(
    "van von vom de den der des het te ten ter t el al ben bin ibn abu ait ou zu zur da di do dos del della la le",
    "du st mc mac",
)
"""What stands inside surnames. Not "op", "uit", "bij", "in", "aan": far more often they say where someone lives."""

ENDS_OF_PLACES = (
    "straat", "straatje", "laan", "weg", "plein", "kade", "gracht", "hof", "hofje", "pad", "dreef", "singel",
    "steeg", "plantsoen", "dijk", "baan", "park", "school", "college", "huis", "kerk", "hal", "brug", "veld",
    "flat", "toren", "markt", "haven", "tuin", "poort", "bos", "kwartier", "wal", "buurt", "wijk", "polder",
    "sluis", "hage", "dok", "street", "strasse", "platz", "allee",
)  # fmt: skip

PLACES_AFTER = _set(
    "straat laan weg plein kade gracht hof pad dreef singel steeg plantsoen dijk park school college lyceum kerk",
    "brug veld flat toren markt haven tuin kwartier zwembad bibliotheek ziekenhuis museum stadion gebouw mavo",
    "street road avenue square boulevard blvd ave rd st dr ln pkwy hwy highway parkway playground clinic hospital",
    "church mosque library center centre stadium trail bridge county city creek mall elementary airport golf",
    "course theater theatre store university campus circle ct apartments bypass pike river lake hill hills station",
    "garden gardens sokagi caddesi mahallesi parki okulu camii parkı ulica szkola",
)
CAPITAL_PLACES_AFTER = _set(
    "drive lane court place house hall way close field fields mill point gate foundation bell",
)
"""Only with a capital: "Sarah Lane" is a street, "Sarah lane" is not anything."""

PLACES_BEFORE = _set(
    "storm orkaan hurricane halte bushalte tramhalte metrohalte station school basisschool openbare obs lyceum",
    "zaal gebouw flat kerk cafe restaurant buurthuis sporthal park wijkcentrum verzorgingshuis supermarkt winkel",
    "merk sint st sankt saint santa san stop square plaza lake mount mt fort camp interstate im imienia szkola",
    "plac ulica ul aleja al place rue avenue boulevard ecole platz strasse schule вулиця вул площа школа імені ім",
    "парк sokak cadde okulu شارع ساحة مدرسة ميدان حي مسجد جامع حديقة الملك الملكة الامير",
)
ARTICLES = _set("de het t een the a an")
"""Between these and a name alone there is a thing: "de Dirk" is a shop."""

FAMOUS = (
    "albert heijn", "albert cuyp", "leen bakker", "bart smit", "dirk van den broek", "anne frank", "anny frank",
    "annie m", "martin luther", "nelson mandela", "victor hugo", "florence nightingale", "rosa parks",
    "willem alexander", "johan cruijff", "vincent van gogh", "michiel de ruyter", "willem drees",
    "willem de zwijger", "jan van galen", "piet hein", "anton de kom", "john kennedy", "abraham lincoln",
    "marie curie", "robert koch", "maria montessori", "rudolf steiner", "lech walesa", "анна франк", "анни франк",
    "тараса шевченка", "лесі українки", "max havelaar", "ben jerry", "taco bell", "donald duck", "harry potter",
    "mickey mouse", "jezus christus", "jesus christ", "karl marx", "adam smith",
)  # fmt: skip
"""Names of shops, and of those whom places are called after: nobody's personal data."""

NEVER = {
    "nl": _set(
        "januari februari maart april mei juni juli augustus september oktober november december maandag dinsdag",
        "woensdag donderdag vrijdag zaterdag zondag florida china paris roma india jordan israel amsterdam utrecht",
        "rotterdam holland nederland turkije marokko god allah jezus sinterklaas piet kerst pasen ramadan islam",
        "lente zomer herfst winter berg beer bloem hoop sky storm vlinder hal pet bos adel age alien alp amber",
        "anno aren arend aster ate aura baptist bars bate bel belle berber berk blaas boet brand brunette burgje",
        "ceder charisma cis claus constant dahlia dees deva dia diesel dim dimmen domina domino dong dot driek",
        "duifje ebbe eden egge engel engeltje ente erica erin faas fan fee feite fin flip flora florijn fop ger",
        "gloria gul guy hale hang haring harm hart hei heng hinde hok hope horst jazz jeep jent jersey jihad",
        "junior kaan kader kalle kam kan kane kar kas keet kick kien kier kin kit koop kor kris laas lam lasse",
        "lava lee lei lelie lila lis loe loet lok lotus louw luit maagje madelief madonna mala mare marine marines",
        "mat matje mens meta mie mier mik mint mus nas nest nies nova ouwe parel peer peet pel pier pluk pol",
        "prince prudent puck puk pui raaf ram raven reef rein reine rem rex riek riff rijkje rijmpje robijn roef",
        "roemer roman roosmarijn rosmarijn rover rozemarijn rui rune sage savanne schalk seine sel serve servet",
        "seven shanty sim sing skip sol splinter stans star stern stoffer sultan taco tam tamme thai tiara tos",
        "trees tromp truitje tuba uiltje urbanus vin vrouwtje waling wan ward wei wen wende wiek wijntje wik wikke",
        "win wisse wout zander zier zoetje zwaan zweer violet violette melodie klaver hoek bank ken keer open wens",
        "eis hier wat vlaanderen brussel antwerpen gent brugge luik berlijn spanje italie polen syrie tijm salie",
        "corona yours zus kerk turk turken",
    ),
    "en": _set(
        "mon tue wed thu fri sat feb mar apr jun jul aug sep sept oct nov dec january february march april may",
        "june july august summer winter spring autumn day sunday monday america asia austin boston brooklyn",
        "carolina chelsea cornell dakota denver devon doha france geneva georgia indiana jamaica kingston lima",
        "lincoln madison martinique medina memphis montana nevada palmyra phoenix salem santiago savannah savanna",
        "sydney valencia venice verona vienna virginia kentucky tennessee nashville jesus nana abbey ale alike",
        "aliene alpha amen angel basil bin blessing bliss bonny boy brain bran can candy caprice carry cars",
        "charity chase cherish cherry christ clay cliff coco coos crystal daily daisy dale dane danish dean deacon",
        "deli desire destiny dew dies din dine divine don donate done duke dusty earl ebony else eve fae fake fang",
        "fares fay fen fester fine fir flint floor flore fox franc frat gary gene genesis germ gill ginger given",
        "goof gosling greet griffin han harm has hay hazel heather heaven heavenly herald hero hilly him hind hung",
        "hyacinth ivory jade jay jelly jet jewel jilt jumbo just justice king knight lance lard laurel lean",
        "liberty lie lien lies lime line lion loan lone lore love lovely luck lucky lux mac mace mana marry mars",
        "mart mason math meadow mercy merit miles mine mink miracle misty moon murk nail nan nanny nine ninja noes",
        "ocean octave olive ole page pax pearl pebbles pep pepper pie piety pine ping pip pita pixie pom poppy",
        "precious princess prosper prudence rain ran randy ravish ray rice rich ridge rim rink rinse river riven",
        "rocky romany rosy rowdy rut saber said sake sang saw scarlet shade shady sienna silver sin sissy sole",
        "soma spike sun sunny taken take tan tea terra thor thyme ties tiger timber tin tine tiny ton tore town",
        "trinity tuna valiant vanity vesper viola vital wail wander want warren wart wick willow wing woody wood",
        "yard yen yes york zen zion christian muslim african hispanic indian english dutch police council city",
        "glen green gilbert shawnee",
    ),
    "tr": _set(
        "kurt turk alevi anne sabah cuma kira yan evi hediye berber geri eve deniz umut bayram bahar gul nur ata",
        "ay gunes",
    ),
    "pl": _set("roza wiosna nadzieja asia maj lato zima wigilia"),
    "uk": _set("надія любов віра роман мир"),
    "fr": _set("aimee rose claire blanche marine mardi merci noel place fleur lune"),
    "de": _set("rosa mai august frank rose ernst sie nur"),
}
"""In the lists of given names, but more often something else: a name only with a surname or after a sign."""

SOMETIMES = _set(
    "mark bill grace rose hope faith joy will frank jack rob bob art pat penny dawn ruby iris robin sandy sue lily",
    "heath holly jasmine dick nick ed mo jo bo max ted drew ivy roos merel wil bas els lies joke job jet sterre",
    "floor ton loes fleur ben len melody guy jasmijn linde leen cor ad ernst elke erna toon riet brit rosa",
)
"""Ordinary words that are often names as well: names when they have a capital in the middle of a sentence."""

ORGANISATIONS = _set(
    "bewoner bewoners bewonerscommissie buurtbewoner buurtbewoners buurt buurtcomite buren buur vereniging vve",
    "stichting team werkgroep huurder huurders huurdersvereniging ouder ouders anoniem iemand allemaal iedereen",
    "resident residents neighbour neighbours neighbor neighbors tenant tenants parent parents anonymous everyone",
    "all committee association mieszkaniec mieszkancy sasiedzi komsunuz mahalleli sakin bewohner nachbarn mieter",
    "gemeente corporatie council municipality mod goed advance voraus przod",
)
"""Who signs without a name."""

NO_INITIAL = _set("plan vitamine vitamin blok block flat gebouw type groep klas lijn zone ingang optie hepatitis")
"""After these a letter is no initial ("plan B. Jansen wacht")."""

NOT_ADDRESSED = _set(
    "العجوز المسنة المسن الكبيرة الكبير المدير المديرة الرئيس العمدة المسؤول المحترم اللي ديال لي",
)
"""Arabic words after a form of address that tell about the person instead of naming them, also in Moroccan."""

STOPS = _set(
    "ik je jij u hij zij ze we wij jullie het de een dat die dit deze er en of maar want dus als toen omdat is was",
    "zijn ben bent heb heeft had hebben kan kon kunnen wil wilt willen zal zou moet mag gaat ga doe doet deed niet",
    "geen nog ook al wel met van voor door op in uit aan bij naar om te over onder tot tegen zonder waar wie wat",
    "hoe waarom hier daar nu dan heel erg zo alvast vast hoor dag groeten groet groetjes vriendelijke lieve beste",
    "hallo hoi boven beneden hiernaast naast achter onze ons mijn jouw uw hun haar zelf altijd nooit vaak a an i",
    "you he she it they my your his her our their the this that these those and or but if when while because am",
    "are were be been has have do does did can could will would shall should may might must not no yes who what",
    "where why how here there now then very so too also from for with without at by to on out up down under about",
    "all some any more most many much other another just only please thanks thank dear hello hi kind regards",
    "upstairs downstairs next whole entire left right old new always never said says",
)
"""Words of Dutch and English that are nobody's name, whatever stands before them."""

MY_NAME_IS = (
    "mijn naam is", "m'n naam is", "ik heet", "mijn zoon heet", "mijn dochter heet", "mijn buurman heet",
    "mijn buurvrouw heet", "hij heet", "zij heet", "my name is", "my name's", "i am called", "je m'appelle",
    "je m’appelle", "mon nom est", "ich heiße", "ich heisse", "mein name ist", "nazywam się", "nazywam sie",
    "mam na imię", "mam na imie", "мене звати", "мене звуть", "benim adım", "benim adim", "اسمي", "إسمي",
    "انا اسمي", "t.n.v.", "tnv", "ten name van", "in the name of",
)  # fmt: skip
"""What follows is a name, with or without a capital."""

I_AM = (
    "ik ben", "hier is", "dit is", "met", "vraag naar", "ask for", "i am", "i'm", "i’m", "this is", "it's", "adım",
    "adim", "ismim", "ben", "jestem", "я", "меня зовут", "أنا", "انا", "je suis", "ich bin",
)  # fmt: skip
"""What follows may be a name, when it is one that is known."""

CLOSINGS = (
    "met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet", "vriendelijke groeten",
    "hartelijke groet", "hartelijke groeten", "met groet", "groetjes", "groeten", "groet", "mvg", "m.v.g.", "gr",
    "grt", "vr.gr.", "vr gr", "liefs", "hoogachtend", "kind regards", "best regards", "warm regards", "regards",
    "best wishes", "kindest regards", "yours sincerely", "yours faithfully", "yours truly", "sincerely", "cheers",
    "saygılarımla", "saygilarimla", "saygılar", "sevgiler", "selamlar", "pozdrawiam", "z poważaniem",
    "z powazaniem", "pozdrowienia", "cordialement", "bien à vous", "salutations", "bien cordialement",
    "mit freundlichen grüßen", "mit freundlichen gruessen", "viele grüße", "liebe grüße", "beste grüße", "mfg",
    "gruß", "з повагою", "مع تحيات", "مع التحية", "مع تحياتي", "تحياتي", "مع خالص التحيات", "مع الاحترام",
)  # fmt: skip

THANKS = (
    "bedankt", "alvast bedankt", "dank u wel", "dank u", "dank je wel", "dankjewel", "dankuwel", "dank", "bvd",
    "thanks", "many thanks", "thank you", "thx", "teşekkürler", "teşekkür ederim", "dziękuję", "dziekuje",
    "dzięki", "дякую", "merci", "danke", "vielen dank", "شكرا", "شكرا لكم", "شكراً", "شكراً لكم", "شكرا جزيلا",
)  # fmt: skip
"""A name behind these counts only where the text or the line ends with it."""

COMMANDS = _set("will wil art hope max mark floor job")
"""Of those: also before a word with a capital mostly no name ("Will Council listen")."""

SPEAKS = _set("zegt zei woont vertelt vertelde says said lives told thinks")
"""Behind a word that is sometimes a name, only a person does this."""

ASKED = _set(
    "met van door aan voor volgens vraag en tegen naar bij with by to ask from and for tell says thank thanks",
    "bedankt bel mail hoi hallo hi hello lieve beste dear",
)
"""Before a first name without a capital."""
