"""Puts an exported model where the program looks for it, with its description.

    python package.py --export EXPORT --vocab vocab.spm --scores wmt13.json flores-dev.json \\
        --name fr-en-2026-11-24 --out models/fr-en

Writes the int8 model, the vocabulary and `model.toml` (names, sizes and sha256 of the files, data
and licences, scores as `mt_score.py --json` printed them, one file a development set).
`MODEL_CARD.md` is written by hand.
"""

import argparse
import hashlib
import json
import shutil
from pathlib import Path

DATA = [
    "Europarl v7 (free use)",
    "Canadian laws and government pages (Open Government Licence Canada)",
    "Debian pages and news",
    "Python documentation (PSF)",
    "Tatoeba 2017 (CC BY 2.0 FR)",
    "TICO-19 (CC0)",
    "CDS blog (MIT)",
    "varied prose and manuals of public repositories (MIT, Apache-2.0, CC BY, CC BY-SA, GPL, AGPL, MPL-2.0)",
    "WMT news test sets 2008-2012 and newsdiscuss dev 2015 (given for research)",
    "French news and talks translated by a Firefox Translations model (MPL-2.0)",
    "names from Unicode CLDR (Unicode licence) and ISO codes (LGPL-2.1)",
]


def file_entry(role, path):
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    size = path.stat().st_size
    return f'\n[[files]]\nrole = "{role}"\npath = "{path.name}"\nsha256 = "{digest}"\nbytes = {size}\n'


def score_lines(paths):
    """The scores of each development set as lines of `model.toml`."""
    kept = ("bleu", "chrf", "names", "digits", "digits_reference", "repeating", "long_bleu")
    for path in paths:
        score = json.loads(path.read_text("utf-8"))
        yield f"{path.stem} = {{ {', '.join(f'{k} = {score[k]}' for k in kept)} }}"


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--export", type=Path, required=True)
    p.add_argument("--vocab", type=Path, required=True)
    p.add_argument("--scores", type=Path, nargs="*", default=[])
    p.add_argument("--name", required=True)
    p.add_argument("--out", type=Path, required=True)
    args = p.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    model = Path(shutil.copyfile(args.export / "model.int8.bin", args.out / "model.int8.bin"))
    vocab = Path(shutil.copyfile(args.vocab, args.out / "vocab.spm"))
    date = args.name.removeprefix("fr-en-")[:10]
    lines = [
        f'name = "{args.name}"',
        'source_lang = "fr"',
        'target_lang = "en"',
        'engine = "marian"',
        'licence = "CC0-1.0"',
        f'date = "{date}"',
        "dictionary = true",
        "data = [",
        *(f"    {json.dumps(source)}," for source in DATA),
        "]",
        "",
        "# int8, greedy; BLEU and chrF by sacrebleu, the rest in per cent (scripts/eval/mt_score.py).",
        "[scores]",
        *score_lines(args.scores),
    ]
    text = "\n".join(lines) + "\n" + file_entry("model", model) + file_entry("vocab", vocab)
    (args.out / "model.toml").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
