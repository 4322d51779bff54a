#!/usr/bin/env python3
"""Text files in old encodings: how many are read as they were written.

usage: encodings.py [--diptych PATH] FOLDER...

Each `.txt` file under the folders is written in each encoding that has all of its characters (those that it lacks,
such as curly quotes in Latin-1, are put in plain first), and read with `diptych clean`. It is right where every
letter of the text is there again. Prints a line an encoding and the names of the files that are wrong.
"""
import argparse
import json
import pathlib
import subprocess
import tempfile

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("folders", nargs="+", type=pathlib.Path)
parser.add_argument("--diptych", default="target/release/diptych", help="the command to measure")
options = parser.parse_args()

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "iso-8859-15", "mac-roman"]
PLAIN = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "œ": "oe", "Œ": "OE", "\u202f": "\u00a0", "€": "EUR", "•": "-"}


def fitting(text, encoding):
    """The text with those characters that the encoding lacks in plain; nothing where some are left."""
    out = []
    for c in text:
        try:
            c.encode(encoding)
            out.append(c)
        except UnicodeEncodeError:
            if c not in PLAIN:
                return None
            out.append(PLAIN[c])
    return "".join(out)


def letters(text):
    return [c for c in text if c.isalpha()]


files = sorted(path for folder in options.folders for path in folder.rglob("*.txt"))
for encoding in ENCODINGS:
    with tempfile.TemporaryDirectory() as folder:
        expected = {}
        for path in files:
            text = fitting(path.read_text(encoding="utf8"), encoding)
            if text is not None and not text.isascii():
                expected[path.stem] = text
                (pathlib.Path(folder) / path.name).write_bytes(text.encode(encoding))
        run = subprocess.run([options.diptych, "clean", folder], capture_output=True, text=True)
        found = {}
        for record in map(json.loads, run.stdout.splitlines()):
            repaired = record["text"] + "".join(a["text"] for a in record["artefacts"] if a["action"] in ("drop", "relabel"))
            found[record["id"]] = repaired
    wrong = []
    for name, text in expected.items():
        accents = {c for c in letters(text) if not c.isascii()}
        got = {c for c in letters(found.get(name, "")) if not c.isascii()}
        if accents != got:
            wrong.append(name)
    print(f"{encoding}: {len(expected) - len(wrong)} of {len(expected)} right" + (": not " + " ".join(wrong) if wrong else ""))
