"""Checks the model view against the lines that the program's own test reads.

Run with `python scripts/train/test_normalise.py` or under pytest.
"""

from pathlib import Path

from normalise import normalise

LINES = Path(__file__).resolve().parents[2] / "tests" / "data" / "model_view.tsv"


def unescape(text):
    """`\\t`, `\\n`, `\\\\` and `\\u{XXXX}` as the characters they stand for."""
    out, rest = [], text
    while rest:
        if rest.startswith("\\u{"):
            end = rest.index("}")
            out.append(chr(int(rest[3:end], 16)))
            rest = rest[end + 1 :]
        elif rest.startswith("\\"):
            out.append({"t": "\t", "n": "\n", "\\": "\\"}[rest[1]])
            rest = rest[2:]
        else:
            out.append(rest[0])
            rest = rest[1:]
    return "".join(out)


def cases():
    for number, line in enumerate(LINES.read_text(encoding="utf-8").split("\n"), 1):
        if line and not line.startswith("#"):
            source, expected = line.split("\t")
            yield number, unescape(source), unescape(expected)


def test_lines():
    for number, source, expected in cases():
        assert normalise(source) == expected, f"line {number}: {normalise(source)!r}"


if __name__ == "__main__":
    test_lines()
    print(f"{sum(1 for _ in cases())} passed, 0 failed")
