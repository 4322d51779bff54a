"""Parallel sentences as the scripts that train word vectors read them, and how they write a vector."""
import lzma
import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
# A character a dimension.
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def fold(text):
    """The text without accents, ligatures as two letters."""
    text = unicodedata.normalize("NFD", text.replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in text if not unicodedata.combining(c))


def lines(paths):
    """Source, French and English of each line of the files; without a column for it, the source is the file."""
    for path in paths:
        with (lzma.open(path, "rt", encoding="utf8") if path.endswith(".xz") else open(path, encoding="utf8")) as f:
            for line in f:
                cells = line.rstrip("\n").split("\t")
                if len(cells) >= 2:
                    yield cells[0] if len(cells) > 2 else path, cells[-2], cells[-1]
