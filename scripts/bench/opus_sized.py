"""The default engine against CTranslate2 (PyPI), both int8 on one core, on models as large as OPUS-MT.

    cargo build --release --example engine_alone
    python scripts/bench/opus_sized.py TEXT

No weights of that size are here, and speed does not depend on what they say: they are random, 512
wide, feed-forward 2,048, 8 heads, 58,101 pieces (the bundled vocabulary filled up with pieces that no text has), 6
encoder and 6 or 2 decoder layers. The default engine runs them with its SSRU decoder, CTranslate2 with
the standard one, greedily. The end of a sentence is made impossible, so every output is as long as the
engine lets it become, twice the source and four pieces; CTranslate2 is held to the same length for each
sentence. It runs one sentence at a time like the engine, and in batches of 32 sentences of one length.

Needs: pip install -r scripts/train/requirements.txt
"""

import argparse
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from turns import compare

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "train"))
PIECES = 58101
# The engine's limit.
LONGEST = 256


def translate(folder, batch):
    """Lines through CTranslate2: this script calls itself with this for a process of its own."""
    import ctranslate2
    import sentencepiece

    translator = ctranslate2.Translator(folder, compute_type="int8", inter_threads=1, intra_threads=1)
    pieces = sentencepiece.SentencePieceProcessor(model_file=f"{folder}/source.spm")
    by_length = defaultdict(list)
    for line in filter(str.strip, sys.stdin):
        row = pieces.encode(line.strip(), out_type=str) + ["</s>"]
        by_length[len(row)].append(row)
    for length, rows in sorted(by_length.items()):
        forced = min(2 * length + 4, LONGEST)
        for start in range(0, len(rows), batch):
            results = translator.translate_batch(
                rows[start : start + batch],
                beam_size=1,
                min_decoding_length=forced,
                max_decoding_length=forced,
            )
            assert all(len(result.hypotheses[0]) == forced for result in results)


def larger_vocabulary(small, path):
    from sentencepiece import sentencepiece_model_pb2

    model = sentencepiece_model_pb2.ModelProto.FromString(small.read_bytes())
    least = min(piece.score for piece in model.pieces)
    for number in range(len(model.pieces), PIECES):
        model.pieces.add(piece=f"\u2581qqqq{number}", score=least - number)
    path.write_bytes(model.SerializeToString())


def build(folder, small, layers, sentences):
    """The folders of both engines' models with this number of decoder layers."""
    import export
    import export_hf
    import sentencepiece
    import torch
    from ctranslate2.converters import TransformersConverter
    from model import EOS, Model
    from package import file_entry

    torch.manual_seed(1)
    vocab = folder / "vocab.spm"
    larger_vocabulary(small, vocab)
    sizes = dict(vocab=PIECES, width=512, hidden=2048, heads=8, enc_layers=6, dec_layers=layers)
    ours, theirs = folder / f"ssru-{layers}", folder / f"standard-{layers}"
    for where, decoder in ((ours, "ssru"), (theirs, "attention")):
        model = Model(**sizes, decoder=decoder).eval()
        model.ob.data[EOS] = -1e4
        if decoder == "attention":
            export_hf.write_layout(model, vocab, folder / "hf")
            TransformersConverter(str(folder / "hf")).convert(str(where), quantization="int8")
            (where / "source.spm").write_bytes(vocab.read_bytes())
        else:
            where.mkdir()
            pieces = sentencepiece.SentencePieceProcessor(model_file=str(vocab))
            export.export(model, where / "model.int8.bin", export.calibrate(model, pieces, sentences, 1.0))
            (where / "vocab.spm").write_bytes(vocab.read_bytes())
            head = f'name = "random-{layers}"\nsource_lang = "fr"\ntarget_lang = "en"\n'
            head += 'engine = "marian"\nlicence = "none"\ndate = ""\n'
            files = file_entry("model", where / "model.int8.bin") + file_entry("vocab", where / "vocab.spm")
            (where / "model.toml").write_text(head + files, "utf-8")
    return ours, theirs


def main():
    if sys.argv[1:2] == ["--translate"]:
        return translate(sys.argv[2], int(sys.argv[3]))
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("text", type=Path)
    p.add_argument("--vocab", type=Path, default=ROOT / "models/fr-en/vocab.spm")
    p.add_argument("--sentences", type=int, default=64)
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--program", default=ROOT / "target/release/examples/engine_alone")
    args = p.parse_args()
    lines = [line for line in args.text.read_text("utf-8").splitlines() if line.strip()][: args.sentences]
    text = "\n".join(lines) + "\n"
    for layers in (6, 2):
        with tempfile.TemporaryDirectory() as folder:
            ours, theirs = build(Path(folder), args.vocab, layers, lines[:8])
            commands = {f"default engine, 6+{layers}": f"{args.program} {ours}"}
            for batch in (1, 32):
                name = f"ctranslate2 int8, 6+{layers}, batches of {batch}"
                commands[name] = f"{sys.executable} {__file__} --translate {theirs} {batch}"
            compare(commands, text, len(text.split()), args.rounds)


if __name__ == "__main__":
    main()
