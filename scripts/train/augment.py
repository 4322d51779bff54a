"""Multiplies pairs by what news is hard for: names, numbers, quotations, capitals, fragments.

    python augment.py --work WORK --name near --passes 1 --out near_a.tsv
    python augment.py --work WORK --name templates --count 60000 --out names.tsv

The first form rewrites the pairs of `WORK/NAME.tsv`, each with some probability and always on both
sides at once, so that the two stay translations of each other:

- a capitalised word that both sides have alike becomes another one, real or invented: what is
  learnt is to copy;
- a number that both sides have becomes another one of its form;
- the whole is put in quotation marks, or in capitals, or loses its full stop;
- two pairs are joined into one (long sentences).

With `--named` only pairs with shared names are written, and all these names are replaced.

The second fills the sentences of `lists/templates.tsv` with names in two spellings, and adds
English lines and lines of signs, which stay as they are.
"""

import argparse
import random
import re
from pathlib import Path

from names import LISTS, VOWEL, Names
from normalise import normalise

NAME = re.compile(r"(?<![\w'-])[A-Z][\w-]*[a-z][\w-]*(?![\w-])")
FR_NAME = re.compile(r"(?<![\w-])[A-Z][\w-]*[a-z][\w-]*(?![\w-])")
NUMBER = re.compile(r"(?<![\w.,])[0-9]+(?:[.,][0-9]+)*(?![\w]|[.,][0-9])")


def inner_names(text, pattern):
    """Capitalised words that do not stand where any word is capitalised."""
    found = []
    for match in pattern.finditer(text):
        before = text[: match.start()].rstrip()
        if before and before[-1] not in '.!?":-(':
            found.append(match[0])
    return found


def replace_word(text, old, new):
    return re.sub(rf"(?<![\w-]){re.escape(old)}(?![\w-])", lambda _: new, text)


def swap_names(fr, en, names, keep):
    """Other names for those that both sides have, each left as it is with probability `keep`."""
    shared = set(inner_names(fr, FR_NAME)) & set(inner_names(en, NAME))
    for old in sorted(shared):
        if random.random() < keep:
            continue
        new = names.name()
        elided = re.search(rf"\b[dlDL]'{re.escape(old)}\b", fr) is not None
        for _ in range(20):
            if bool(VOWEL.match(new)) == bool(VOWEL.match(old)) or not elided:
                break
            new = names.name()
        if random.random() < 0.15:
            new += f" {names.name()}"
        fr, en = replace_word(fr, old, new), replace_word(en, old, new)
    return fr, en


def like(number):
    """Another number of the same form: years stay years, groups keep their size."""
    if re.fullmatch("(19|20)[0-9]{2}", number):
        return str(random.randint(1900, 2035))
    digits = [random.choice("0123456789") if c.isdigit() else c for c in number]
    if digits[0] == "0" and number[0] != "0":
        digits[0] = random.choice("23456789")
    if number.isdigit() and len(number) > 2 and random.random() < 0.4:
        # Round numbers: a run of zeros is what gets lost.
        zeros = random.randint(1, len(number) - 1)
        digits[-zeros:] = "0" * zeros
    return "".join(digits)


def swap_numbers(fr, en):
    """Numbers as `(digits without separators)` must be unique on both sides and alike."""
    sides = []
    for text in (fr, en):
        keys = {}
        for match in NUMBER.finditer(text):
            key = re.sub("[.,]", "", match[0])
            keys[key] = None if key in keys else match
        sides.append(keys)
    edits = [[], []]
    for key, match in sides[0].items():
        other = sides[1].get(key)
        if not match or not other or key in ("0", "1") or random.random() < 0.3:
            continue
        digits = iter(re.sub("[.,]", "", like(match[0])))
        new_fr = "".join(c if c in ".," else next(digits) for c in match[0])
        digits = iter(re.sub("[.,]", "", new_fr))
        new_en = "".join(c if c in ".," else next(digits) for c in other[0])
        if new_fr in ("0", "1"):
            continue
        edits[0].append((match.span(), new_fr))
        edits[1].append((other.span(), new_en))
    result = []
    for text, changes in zip((fr, en), edits):
        for (start, end), new in sorted(changes, reverse=True):
            text = text[:start] + new + text[end:]
        result.append(text)
    return tuple(result)


def vary(fr, en, names):
    if random.random() < 0.45:
        fr, en = swap_names(fr, en, names, keep=0.3)
    if random.random() < 0.5:
        fr, en = swap_numbers(fr, en)
    chance = random.random()
    if chance < 0.012:
        return fr.upper(), en.upper()
    if chance < 0.03 and '"' not in fr + en:
        return f'"{fr}"', f'"{en}"'
    if chance < 0.06 and fr.endswith(".") and en.endswith(".") and not fr.endswith(".."):
        return fr[:-1], en[:-1]
    if chance < 0.08 and fr[0].isupper() and en[0].isupper() and len(fr.split()[0]) > 2:
        return fr[0].lower() + fr[1:], en[0].lower() + en[1:] if en.split()[0] != "I" else en
    return fr, en


def varied(pairs, names, passes, join):
    for _ in range(passes):
        random.shuffle(pairs)
        held = None
        for pair in pairs:
            fr, en = vary(*pair, names)
            short = len(fr) + len(en) < 330
            if held and short:
                yield f"{held[0]} {fr}", f"{held[1]} {en}"
                held = None
            elif not held and short and random.random() < join:
                held = fr, en
            else:
                yield fr, en


def named(pairs, names, passes):
    """Only pairs with shared names, all of which are replaced."""
    for _ in range(passes):
        random.shuffle(pairs)
        for pair in pairs:
            swapped = swap_names(*pair, names, keep=0.0)
            if swapped != pair:
                yield swap_numbers(*swapped)


def contract(text):
    """French contractions and elisions that filling a template left undone."""
    for long, short in (("de le ", "du "), ("de les ", "des "), ("à le ", "au "), ("à les ", "aux ")):
        text = re.sub(rf"\b{long}", short, text)
    text = re.sub(r"\bde Le ", "du ", re.sub(r"\bà Le ", "au ", text))
    text = re.sub(r"\bde (?=[AEIOUÉÈÊÎÔ])", "d'", text)
    return text[0].upper() + text[1:]


class Sentence:
    def __init__(self, fr, en):
        self.fr, self.en = fr, en
        self.fr_low, self.en_low = fr[0].lower() + fr[1:], en[0].lower() + en[1:]


def filled(templates, names, sentences):
    fr, en = random.choice(templates)
    slots = {}
    for slot in set(re.findall(r"\{(\w+)", fr + en)):
        slots[slot] = Sentence(*random.choice(sentences)) if slot == "S" else names.draw(slot[0])
    fr, en = contract(fr.format(**slots)), en.format(**slots)
    return normalise(fr), normalise(en[0].upper() + en[1:])


def signs():
    """A line that is no sentence."""
    kind = random.random()
    if kind < 0.4:
        return random.choice("-*=_#.~+•▸→|") * random.randint(1, 30)
    if kind < 0.7:
        return " ".join(random.choices("* - | / • + = → # > ~ @ ...".split(), k=random.randint(2, 6)))
    return " ".join(str(random.randint(0, 2100)) for _ in range(random.randint(1, 6)))


def kept():
    return random.choice(
        ("{0}", "@{0}", "#{0}", "www.{1}.com", "https://{1}.org/{2}", "{0} (AFP)", "{0} / Reuters", "{0} {3}", "{0}: {2}")
    )


def load(path):
    with open(path, encoding="utf-8") as file:
        return [tuple(line.rstrip("\n").split("\t")) for line in file]


def harvest(files):
    """Capitalised words that both sides of some pair have inside the sentence."""
    found = set()
    for file in files:
        for fr, en in load(file):
            found |= set(inner_names(fr, FR_NAME)) & set(inner_names(en, NAME))
    return sorted(n for n in found if 3 <= len(n) <= 18)


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--work", type=Path, required=True)
    p.add_argument("--name", required=True)
    p.add_argument("--passes", type=int, default=1)
    p.add_argument("--count", type=int, default=0)
    p.add_argument("--join", type=float, default=0.02, help="share of pairs joined with the next")
    p.add_argument("--named", action="store_true", help="only pairs with shared names, all replaced")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--out", type=Path, required=True)
    args = p.parse_args()
    random.seed(args.seed)
    stored = args.work / "shared_names.txt"
    if not stored.exists():
        names = harvest(args.work / f"{k}.tsv" for k in ("news", "teacher", "near", "far", "prose"))
        stored.write_text("\n".join(names) + "\n", "utf-8")
    names = Names(stored.read_text("utf-8").split())
    with open(args.out, "w", encoding="utf-8") as file:
        if args.name != "templates":
            pairs = load(args.work / f"{args.name}.tsv")
            made = named(pairs, names, args.passes) if args.named else varied(pairs, names, args.passes, args.join)
            file.writelines(f"{fr}\t{en}\n" for fr, en in made)
            return
        templates = [line for line in load(LISTS / "templates.tsv") if len(line) == 2]
        pairs = [p for k in ("news", "teacher") for p in load(args.work / f"{k}.tsv")]
        sentences = [
            (fr[:-1], en[:-1])
            for fr, en in pairs
            if fr.endswith(".") and en.endswith(".") and '"' not in fr + en and 20 < len(fr) < 160
        ]
        english = [en for _, en in pairs if len(en) < 250]
        for _ in range(args.count):
            chance = random.random()
            if chance < 0.86:
                fr, en = filled(templates, names, sentences)
            elif chance < 0.93:
                fr = en = random.choice(english)
            elif chance < 0.96:
                fr = en = normalise(signs())
            else:
                name = names.name()
                fr = en = normalise(kept().format(name, name.lower(), names.name().lower(), names.name()))
            if fr and en:
                file.write(f"{fr}\t{en}\n")


if __name__ == "__main__":
    main()
