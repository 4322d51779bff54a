"""The texts of `tests/gold/furniture`, for the scripts that measure and fit on them.

`read(path)` yields (language, name, text, pieces), a piece being (kind, start, end) with the blanks
around it; `within` leaves those out. The form of the files is told in `furniture.py`.
"""


def read(path):
    for part in path.read_text(encoding="utf8").split("\n# "):
        head, _, body = part.removeprefix("# ").partition("\n")
        lang, name = head.split()
        text, pieces = "", []
        for line in body.rstrip("\n").split("\n"):
            cells = line.split("\t")
            for kind, piece in zip(cells[::2], cells[1::2]):
                pieces.append((kind, len(text), len(text) + len(piece)))
                text += piece
            text += "\n"
        yield lang, name, text, pieces


def within(text, start, end):
    """A span without the blanks at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
