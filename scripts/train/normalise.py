"""The model view of a sentence: what the translator reads, on the source and on the target side.

The program has the same steps in Rust, and both read the same table of character folds
(`src/rules/model_view.tsv`); `tests/data/model_view.tsv` holds lines that both must agree on
(`test_normalise.py` runs them here). The steps, in this order:

1. NFC;
2. character folds of the table;
3. guillemets become straight quotation marks, each taking the spaces on its inner side with it;
4. editorial letters join their word (`recrut[ait]` is `recrutait`), a cut in brackets is `...`;
5. digit groups are joined (`1 280` is `1280`);
6. no space before `, ; : ! ? % ) ]`;
7. single spaces, trimmed.

Used as a program it is a filter: one sentence a line in, one a line out.
"""

import re
import sys
import unicodedata
from pathlib import Path

TABLE = Path(__file__).resolve().parents[2] / "src" / "rules" / "model_view.tsv"


def code_point(text):
    """The character that `U+XXXX` names."""
    return chr(int(text[2:], 16))


def load_folds(path=TABLE):
    """The table of folds as a dict that `str.translate` takes."""
    folds = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        source, target = line.split("\t")[:2]
        if target.startswith("U+"):
            target = code_point(target)
        folds[ord(code_point(source))] = target
    return folds


FOLDS = load_folds()
OPENING = re.compile("[«‹] *")
CLOSING = re.compile(" *[»›]")
# Whether it holds letters only and touches one is decided in `join_editorial`.
IN_BRACKETS = re.compile(r"\[([^\[\]]+)\]")
CUT = re.compile(r"\(\.\.\.\)|\[\.\.\.\]")
# Groups of digits with one space between. No digit may touch either end, directly or over one
# space (`12 34 567`, `1 280 5` stay), and the first group may not be a decimal (`3,1 280` stays).
DIGIT_GROUPS = re.compile(
    r"(?<![0-9])(?<![0-9][,. ])[0-9]{1,3}(?: [0-9]{3})+(?![0-9])(?! [0-9])"
)
SPACE_BEFORE = re.compile(" +(?=[,;:!?%)\\]])")
SPACES = re.compile(" {2,}")


def join_editorial(text):
    """Take the brackets off letters that an editor put inside or beside a word."""

    def join(match):
        before = text[match.start() - 1 : match.start()]
        after = text[match.end() : match.end() + 1]
        touches = before.isalpha() or after.isalpha()
        return match[1] if touches and match[1].isalpha() else match[0]

    return IN_BRACKETS.sub(join, text)


def normalise(text):
    """The model view of one sentence."""
    text = unicodedata.normalize("NFC", text).translate(FOLDS)
    text = CLOSING.sub('"', OPENING.sub('"', text))
    text = CUT.sub("...", join_editorial(text))
    text = DIGIT_GROUPS.sub(lambda match: match[0].replace(" ", ""), text)
    text = SPACE_BEFORE.sub("", text)
    return SPACES.sub(" ", text).strip(" ")


def main():
    for line in sys.stdin:
        print(normalise(line.rstrip("\n")))


if __name__ == "__main__":
    main()
