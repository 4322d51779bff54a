"""Names in two spellings, from Unicode CLDR, ISO code lists and `lists/`, and invented ones.

`Names` draws countries, regions, cities, people, nationalities, institutions, languages and
numbers, each with its French forms and its English one, for the templates of `augment.py`.
"""

import gettext
import random
import re
from collections import defaultdict
from pathlib import Path

import pycountry
from babel import Locale
from babel.dates import get_month_names

LISTS = Path(__file__).resolve().parent / "lists"
FR, EN = Locale("fr"), Locale("en")
MASCULINE_IN_E = {"Mexique", "Cambodge", "Mozambique", "Zimbabwe", "Suriname", "Belize"}
NO_ARTICLE = {
    "Cuba", "Chypre", "Malte", "Monaco", "Israël", "Madagascar", "Haïti", "Taïwan", "Singapour",
    "Bahreïn", "Djibouti", "Oman", "Sao Tomé-et-Principe", "Saint-Marin", "Andorre", "Maurice",
    "Hong Kong", "Porto Rico", "Sri Lanka", "Trinité-et-Tobago", "Vanuatu", "Kiribati", "Tuvalu",
}  # fmt: skip
PLURAL = re.compile("^(États|Pays-Bas|Philippines|Émirats|Îles|Maldives|Seychelles|Bahamas|Comores|Fidji|Bermudes|Samoa am|Territoires)")
VOWEL = re.compile("^[aeiouyhâàéèêëîïôöùûüœAEIOUHÂÀÉÈÊËÎÏÔÖÙÛÜŒ]")
THE = {"United States", "United Kingdom", "Netherlands", "Philippines", "United Arab Emirates", "Maldives", "Bahamas", "Seychelles", "Comoros", "Central African Republic", "Dominican Republic"}


class Item:
    """A bag of forms: `item.fr`, `item.en` and what else its kind has."""

    def __init__(self, **forms):
        self.__dict__.update(forms)
        for name in ("fr", "en", "le"):
            text = forms.get(name)
            if text:
                self.__dict__[name.capitalize()] = text[0].upper() + text[1:]


def read(name):
    for line in (LISTS / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def country(fr, en):
    fr, en = fr.replace("’", "'"), en.replace("’", "'").replace("&", "and")
    the = f"the {en}" if en in THE or en.endswith("Islands") else en
    possessive = the + ("'" if the.endswith("s") else "'s")
    forms = dict(bare=fr, en=the, Poss=possessive[0].upper() + possessive[1:])
    if PLURAL.match(fr):
        return Item(le=f"les {fr}", of=f"des {fr}", of_bare=f"des {fr}", fr_in=f"aux {fr}", **forms)
    if fr in NO_ARTICLE or fr.startswith(("Saint", "Sainte")):
        of = f"d'{fr}" if VOWEL.match(fr) else f"de {fr}"
        return Item(le=fr, of=of, of_bare=of, fr_in=f"à {fr}", **forms)
    if VOWEL.match(fr):
        return Item(le=f"l'{fr}", of=f"de l'{fr}", of_bare=f"d'{fr}", fr_in=f"en {fr}", **forms)
    if re.search("e($| |-)", fr) and fr not in MASCULINE_IN_E:
        return Item(le=f"la {fr}", of=f"de la {fr}", of_bare=f"de {fr}", fr_in=f"en {fr}", **forms)
    return Item(le=f"le {fr}", of=f"du {fr}", of_bare=f"du {fr}", fr_in=f"au {fr}", **forms)


def feminine_plural(word):
    return word if word.endswith("s") else word + "s"


def nationality(masculine, feminine, en):
    plural = masculine if masculine.endswith(("s", "x")) else masculine + "s"
    people = en if en.endswith(("ish", "ch", "ese", "ss")) else en + "s"
    return Item(
        m=masculine, f=feminine, ms=plural, fs=feminine_plural(feminine),
        Fm=masculine[0].upper() + masculine[1:], Fms=plural[0].upper() + plural[1:],
        en=en, ens=people, A=("An " if VOWEL.match(en) else "A ") + en,
    )  # fmt: skip


# English spelling of transliterated names to the French one, in this order.
TO_FRENCH = [
    ("shch", "chtch"), ("tch", "tch"), ("ch", "tch"), ("sh", "ch"), ("zh", "j"), ("j", "dj"),
    ("yan\\b", "ian"), ("oo", "ou"), ("u", "ou"), ("iy\\b|yy\\b|ey\\b", "eï"), ("sky\\b", "ski"), ("in\\b", "ine"),
    ("([aeo])y", "\\1ï"), ("gi", "gui"), ("ge", "gue"),
]  # fmt: skip
BEGINNINGS = "A Ab Al An Ar As Ba Bag Bo Bur Cha Che Da Du Dzhe Fa Ga Gri Gu Ha Hay Ig Is Ka Kha Ko Ku Ma Mak Mar Mi Mu Na Ne Ni No Ov Pa Pe Pu Ra Ru Sa Shu Sha Si Sta Su Ta Ter Tu U Va Vo Ya Yu Za Zhu".split()
MIDDLES = "ba ch da do ga gu ha ji ka kh ko la li lu ma mi mu na no nu ra ri ro ru sa sh shi su ta ti tu va vi ya za zh".split()
ENDINGS = "yan yan yan ov ev in in enko chuk sky shvili dze vich ukov uev ushin oyan unyan ashvili uchin".split()


def transliterated():
    """An invented family name as French and as English would spell it."""
    en = random.choice(BEGINNINGS) + "".join(random.choices(MIDDLES, k=random.choice((0, 1, 1, 2))))
    en += random.choice(ENDINGS)
    fr = en.lower()
    for pattern, replacement in TO_FRENCH:
        fr = re.sub(pattern, replacement, fr)
    return fr[0].upper() + fr[1:], en


class Invented:
    """Names that look like those it was given, letter by letter."""

    def __init__(self, names, order=2):
        self.order = order
        self.follows = defaultdict(list)
        for name in names:
            padded = "^" * order + name + "$"
            for i in range(order, len(padded)):
                self.follows[padded[i - order : i]].append(padded[i])

    def draw(self):
        while True:
            name = "^" * self.order
            while not name.endswith("$") and len(name) < 16:
                name += random.choice(self.follows[name[-self.order :]])
            name = name.strip("^$")
            if 3 <= len(name) <= 13:
                return name


class Names:
    def __init__(self, shared):
        """`shared` are capitalised words that both sides of pairs have alike."""
        self.shared = [n for n in shared if re.fullmatch("[A-Z][\\w'-]+", n)]
        self.invented = Invented([n for n in self.shared if n.isalpha() and not n.isupper()])
        codes = [c for c in EN.territories if len(c) == 2 and c in FR.territories]
        self.countries = [
            country(FR.territories[c], EN.territories[c])
            for c in codes
            if "(" not in FR.territories[c] + EN.territories[c] and c not in ("QO", "EU", "EZ", "UN", "XA", "XB", "ZZ")
        ]
        self.languages = [
            Item(
                bare=FR.languages[c],
                fr=("l'" if VOWEL.match(FR.languages[c]) else "le ") + FR.languages[c],
                en=EN.languages[c],
            )
            for c in EN.languages
            if len(c) == 2 and c in FR.languages
        ]
        self.cities = [Item(fr=fr, en=en) for fr, en in read("cities.tsv")] * 3
        for zone, french in FR.time_zones.items():
            english = EN.time_zones.get(zone, {}).get("city", zone.split("/")[-1].replace("_", " "))
            if "city" in french and zone.startswith(("Europe", "Asia", "Africa", "America", "Australia")):
                if not re.search(r"[\[\](]", french["city"] + english):
                    self.cities.append(Item(fr=french["city"].replace("’", "'"), en=english))
        translate = gettext.translation("iso3166-2", pycountry.LOCALES_DIR, ["fr"], fallback=True).gettext
        self.cities += [
            Item(fr=translate(s.name), en=s.name)
            for s in pycountry.subdivisions
            if re.fullmatch("[A-ZÀ-Þ][\\w' -]{2,20}", s.name) and s.name.isprintable()
            and max(map(ord, s.name + translate(s.name))) < 0x17F
        ]  # fmt: skip
        self.regions = [Item(fr=fr, en=en) for fr, en in read("regions.tsv")]
        self.people = [Item(fr=fr, en=en) for fr, en in read("people.tsv")]
        self.nationalities = [nationality(*row) for row in read("demonyms.tsv")]
        self.institutions = [Item(fr=fr, en=en) for fr, en in read("institutions.tsv")]
        months = [get_month_names("wide", locale=x) for x in ("fr", "en")]
        self.months = [Item(fr=months[0][i], en=months[1][i]) for i in range(1, 13)]

    def name(self):
        """One capitalised word, spelled alike in both languages."""
        return random.choice(self.shared) if random.random() < 0.55 else self.invented.draw()

    def person(self):
        chance = random.random()
        if chance < 0.35:
            item = random.choice(self.people)
            return Item(fr=item.fr, en=item.en, last=item.fr.split()[-1], last_en=item.en.split()[-1])
        first = self.name()
        last = transliterated() if chance < 0.5 else (self.name(),) * 2
        return Item(fr=f"{first} {last[0]}", en=f"{first} {last[1]}", last=last[0], last_en=last[1])

    def city(self):
        if random.random() < 0.3:
            return Item(**dict.fromkeys(("fr", "en"), self.name()))
        return random.choice(self.cities)

    def number(self, kind):
        if kind == "N":
            number = random.choice((random.randint(2, 99), random.randint(100, 999), random.randint(1000, 999_999)))
            if random.random() < 0.4:
                number = random.randint(1, 99) * 10 ** random.randint(1, 5)
            return Item(fr=str(number), en=f"{number:,}")
        if kind == "A":
            return str(random.randint(2, 99))
        if kind == "Q":
            value = f"{random.randint(0, 300) if random.random() < 0.3 else random.randint(0, 19)}.{random.randint(1, 9)}"
            return Item(fr=value.replace(".", ","), en=value)
        if kind == "H":
            hour, minute = random.randint(0, 23), random.randint(0, 59)
            french = random.choice((f"{hour} h {minute:02}", f"{hour}h{minute:02}", f"{hour}:{minute:02}"))
            return Item(fr=french, en=f"{hour}:{minute:02}")
        if kind == "Y":
            return str(random.randint(1850, 2035))
        return str(random.randint(1, 30))

    def draw(self, kind):
        """An item of the kind that a template's slot names by its letter."""
        lists = dict(C=self.countries, R=self.regions, D=self.nationalities, I=self.institutions, M=self.months, L=self.languages)
        if kind in lists:
            return random.choice(lists[kind])
        return {"P": self.person, "T": self.city}.get(kind, lambda: self.number(kind))()
