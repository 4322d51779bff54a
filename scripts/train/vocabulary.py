"""Makes a vocabulary that can spell anything, from one trained on running text.

    python vocabulary.py --base base.spm --text news.txt --out vocab.spm

Digits are split (pieces with two digits or a digit beside anything but the word mark go), so that
numbers are copied digit by digit, and every letter of the Latin alphabets of Europe, currencies
and common signs have a piece of their own. The new pieces take the places of the old ones that
went and of those that the text uses least, so that all other pieces keep their ids and a model
trained with the base vocabulary can go on with this one (`grow.py`).
"""

import argparse
import re
from collections import Counter

import sentencepiece
from sentencepiece import sentencepiece_model_pb2 as proto

LETTERS = (
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"
    "ĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİıĶķĻļĽľŁłŃńŅņŇňŌōŐőŒœŔŕŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŸŹźŻżŽžȘșȚțəƏ"
)
SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~£¥€₽₴₺¢§©®°±×÷·•→←↑↓▸■●¿¡"
NORMAL = proto.ModelProto.SentencePiece.NORMAL


def joins_digits(piece):
    """Whether a digit shares the piece with anything but the mark of a word's beginning."""
    return bool(re.search("[0-9]", piece)) and len(piece.lstrip("▁")) > 1


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--base", required=True)
    p.add_argument("--text", required=True, help="sentences of both languages like those to translate")
    p.add_argument("--out", required=True)
    args = p.parse_args()

    with open(args.base, "rb") as file:
        model = proto.ModelProto.FromString(file.read())
    pieces = {p.piece for p in model.pieces}
    wanted = [c for c in dict.fromkeys(LETTERS + SIGNS + "0123456789") if c not in pieces]
    wanted += ["▁" + d for d in "0123456789" if "▁" + d not in pieces]
    if "▁" not in pieces:
        wanted.append("▁")

    vocab = sentencepiece.SentencePieceProcessor(model_file=args.base)
    # What the normaliser rewrites never reaches the pieces.
    wanted = [c for c in wanted if vocab.normalize(c).lstrip("▁") == c.lstrip("▁")]
    used = Counter()
    with open(args.text, encoding="utf-8") as file:
        for line in file:
            used.update(vocab.encode(line.rstrip("\n")))

    normal = [i for i, p in enumerate(model.pieces) if p.type == NORMAL]
    free = [i for i in normal if joins_digits(model.pieces[i].piece)]
    rare = sorted(
        (i for i in normal if len(model.pieces[i].piece) > 2 and i not in set(free)),
        key=lambda i: (used[i], -i),
    )
    places = free + rare[: max(0, len(wanted) - len(free))]
    lowest = min(p.score for p in model.pieces)
    for place, piece in zip(places, wanted):
        model.pieces[place].piece = piece
        model.pieces[place].score = lowest
    for place in places[len(wanted) :]:
        model.pieces[place].type = proto.ModelProto.SentencePiece.UNUSED
    model.trainer_spec.split_digits = True
    with open(args.out, "wb") as file:
        file.write(model.SerializeToString())
    print(f"{len(wanted)} new pieces, {len(free)} places from digits, {len(places)} changed")


if __name__ == "__main__":
    main()
