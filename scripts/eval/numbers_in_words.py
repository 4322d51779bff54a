#!/usr/bin/env python3
"""How often the translation of a French sentence with a number in words has that number, in words or figures.

usage: numbers_in_words.py [--diptych PATH] [--errors]

Every cardinal from 11 to 99 and some larger ones, ordinals and centuries to the twenty-first, each in sentences of
ours, are translated with `diptych translate --lines`; prints how many translations have the number, by kind.
"""
import argparse
import re
import subprocess

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--diptych", default="target/release/diptych", help="the command to measure")
parser.add_argument("--errors", action="store_true", help="print each sentence whose number is lost")
options = parser.parse_args()

UNITS = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()
TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}
EN_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
EN_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
LARGER = {100: "cent", 120: "cent vingt", 200: "deux cents", 350: "trois cent cinquante", 1500: "mille cinq cents"}
ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI".split()
CARDINALS = (
    "Selon la police, {} personnes ont été interpellées dans la nuit.",
    "Après {} heures de négociations, les délégations se sont séparées.",
    "Le ministre a annoncé la création de {} postes.",
)
ORDINALS = ("Le {} sommet de l'organisation s'ouvre lundi à Genève.",)
CENTURIES = ("Au {} siècle, la ville comptait peu d'habitants.",)


def french(n):
    if n <= 16:
        return UNITS[n]
    if n < 20:
        return "dix-" + UNITS[n - 10]
    if n in LARGER:
        return LARGER[n]
    tens = max(t for t in TENS if t <= n)
    rest = n - tens
    if rest == 0:
        return "quatre-vingts" if n == 80 else TENS[tens]
    link = " et " if rest in (1, 11) and tens != 80 else "-"
    return TENS[tens] + link + french(rest)


def ordinal(n):
    word = french(n).removesuffix("s") if n == 80 else french(n)
    stem = {"cinq": "cinqu", "neuf": "neuv"}.get(re.split(r"[- ]", word)[-1])
    return (word[: -4] + stem if stem else word.removesuffix("e")) + "ième"


def english(n):
    """What the translation may have in place of a number."""
    forms = [str(n), f"{n:,}"]
    if n < 20:
        forms.append(EN_UNITS[n])
    elif n < 100:
        forms.append(EN_TENS[n // 10] + (f"-{EN_UNITS[n % 10]}" if n % 10 else ""))
    return forms + {100: ["a hundred"], 200: ["two hundred"]}.get(n, [])


def english_ordinal(n):
    special = {11: "eleventh", 12: "twelfth", 15: "fifteenth", 20: "twentieth", 21: "twenty-first"}
    return [f"{n}{end}" for end in ("st", "nd", "rd", "th")] + [special.get(n, f"{EN_UNITS[n % 20]}th")]


def cases():
    """(kind, French, what the English may have)"""
    for n in [*range(11, 100), *LARGER]:
        yield from (("cardinals", frame.format(french(n)), english(n)) for frame in CARDINALS)
    for n in range(11, 22):
        yield from (("ordinals", frame.format(ordinal(n)), english_ordinal(n)) for frame in ORDINALS)
        yield from (("centuries", frame.format(ROMAN[n - 1] + "e"), english_ordinal(n)) for frame in CENTURIES)


known = list(cases())
source = "".join(french + "\n" for _, french, _ in known)
run = subprocess.run(
    [options.diptych, "translate", "--lines", "-", "--quiet"], input=source, capture_output=True, text=True, check=True
)
counts = {}
for (kind, french_text, forms), translation in zip(known, run.stdout.splitlines(), strict=True):
    found = any(re.search(rf"(?<![\w,.]){re.escape(form)}(?!\w)", translation, re.I) for form in forms)
    hits, of = counts.get(kind, (0, 0))
    counts[kind] = (hits + found, of + 1)
    if options.errors and not found:
        print(f"{french_text}\n    {translation}")
for kind, (hits, of) in counts.items():
    print(f"{kind}: {hits} of {of} have their number")
