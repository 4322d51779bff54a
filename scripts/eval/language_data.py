#!/usr/bin/env python3
"""Paragraphs in many languages for `language.py`, out of free software that is installed or unpacked here.

usage: language_data.py OUT [--django LOCALE_FOLDER...] [--manpages FOLDER]

LOCALE_FOLDER is `django/conf/locale` of a Django installation (and the `locale` folders under `django/contrib`):
messages of five words or more are joined until they have 300 characters. FOLDER holds one unpacked Debian package
`manpages-XX` a sub-folder XX: paragraphs of 200 to 2,000 characters. At most 400 paragraphs a language are written,
one a line. Nothing of this is part of the project.
"""
import argparse
import collections
import gzip
import pathlib
import re

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("out", type=pathlib.Path)
parser.add_argument("--django", type=pathlib.Path, nargs="*", default=[])
parser.add_argument("--manpages", type=pathlib.Path)
options = parser.parse_args()
LANGS = "bg ca cs cy da de el en es et eu fi fr ga gl hr hu is it lt lv mk nl nb pl pt ro ru sk sl sq sr sr_Latn sv tr uk be".split()
NAMES = {"nb": "no", "pt-br": "pt", "sr_Latn": "sr"}
paragraphs = collections.defaultdict(list)


def messages(path):
    """The translations in a .po file."""
    for entry in path.read_text(encoding="utf8").split("\n\n"):
        if "#, fuzzy" in entry or "Project-Id-Version" in entry:
            continue
        for match in re.finditer(r'^msgstr(?:\[\d\])? ((?:".*"\n?)+)', entry, re.M):
            text = "".join(re.findall(r'"(.*)"', match[1]))
            text = re.sub(r"%\(\w+\)[sdi]|%[sd]|\{\w*\}|<[^>]+>|\\.", " ", text)
            if len(text.split()) >= 5:
                yield " ".join(text.split())


for folder in options.django:
    for lang in LANGS:
        for path in sorted((folder / lang / "LC_MESSAGES").glob("django.po")):
            joined = ""
            for message in messages(path):
                joined += message + " "
                if len(joined) >= 300:
                    paragraphs[NAMES.get(lang, lang)].append(joined.strip())
                    joined = ""
if options.manpages:
    for folder in sorted(options.manpages.iterdir()):
        lang = NAMES.get(folder.name, folder.name)
        for path in sorted(folder.rglob("man[1-8]/*.gz"))[:400]:
            try:
                text = gzip.open(path, "rt", encoding="utf8").read()
            except (OSError, UnicodeDecodeError):
                continue
            for block in re.split(r"\n(?:[.'].*|)(?=\n)", text):
                block = re.sub(r"^[.'].*$", "", block, flags=re.M)
                block = re.sub(r"\\f\(?\w{1,2}|\\f\[\w*\]|\\[&|^/,%]|\\\(\w\w|\\-", lambda m: "-" if m[0] == r"\-" else "", block)
                block = " ".join(block.split())
                words = block.split()
                # Many pages are translated in part; names and addresses are no text.
                english = sum(word in ("the", "of", "and", "is", "to") for word in words) * 25 > len(words)
                if 200 <= len(block) <= 2000 and "\\" not in block and "@" not in block and not english:
                    paragraphs[lang].append(block)
options.out.mkdir(parents=True, exist_ok=True)
for lang, found in sorted(paragraphs.items()):
    step = max(1, len(found) // 400)
    (options.out / f"{lang}.txt").write_text("\n".join(found[::step][:400]) + "\n", encoding="utf8")
    print(lang, len(found[::step][:400]))
