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


# As many words in a row are the same sentence, or a part of it.
RUN = 7


class Scored:
    """The lines of files that something is scored on, to be left out of what it learns from."""

    def __init__(self, paths):
        self.short, self.runs = set(), set()
        for path in paths:
            for line in open(path, encoding="utf8"):
                short, runs = self.parts(line)
                self.short.update(short)
                self.runs.update(runs)

    @staticmethod
    def parts(text):
        """A short line's words, or all runs of a longer one's, joined or split as it may be elsewhere."""
        words = WORD.findall(text.lower())
        if len(words) < RUN:
            return [tuple(words)] if len(words) > 2 else [], []
        return [], [hash(tuple(words[k:k + RUN])) for k in range(len(words) - RUN + 1)]

    def holds(self, text):
        short, runs = self.parts(text)
        return any(s in self.short for s in short) or any(r in self.runs for r in runs)


def lines(paths, without=()):
    """Source, French and English of each line of the files; without a column for it, the source is the file.

    Pairs that have on either side a line, or a run of RUN words, of the files `without` are left out.
    """
    scored = Scored(without)
    for path in paths:
        with (lzma.open(path, "rt", encoding="utf8") if path.endswith(".xz") else open(path, encoding="utf8")) as f:
            for line in f:
                cells = line.rstrip("\n").split("\t")
                if len(cells) >= 2 and not any(map(scored.holds, cells[-2:])):
                    yield cells[0] if len(cells) > 2 else path, cells[-2], cells[-1]
