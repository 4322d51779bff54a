"""How fast the engines translate, on one core: the default one, `rust-bert`, and CTranslate2 (PyPI).

    cargo build --release --features rust-bert
    python scripts/bench/engines.py TEXT

`TEXT` has one French sentence a line. The default engine runs `models/fr-en` (int8, SSRU decoder,
greedy), `rust-bert` and CTranslate2 the standard model in `models/fr-en-hf`, greedily and with a beam
of 4, one thread each, CTranslate2 in int8 and in float32, in batches of 32 sentences sorted by
length. Ratios are to the default engine.

Needs: pip install ctranslate2 transformers torch sentencepiece
"""

import argparse
import sys
import tempfile
from pathlib import Path

from turns import compare

ROOT = Path(__file__).resolve().parents[2]


def translate(folder, model, beams, compute):
    """Lines through CTranslate2: this script calls itself with this for a process of its own."""
    import ctranslate2
    import sentencepiece

    translator = ctranslate2.Translator(folder, compute_type=compute, inter_threads=1, intra_threads=1)
    pieces = sentencepiece.SentencePieceProcessor(model_file=f"{model}/source.spm")
    rows = [pieces.encode(line.strip(), out_type=str) + ["</s>"] for line in sys.stdin]
    results = translator.translate_batch(rows, beam_size=beams, max_batch_size=32, batch_type="examples")
    for result in results:
        print(pieces.decode(result.hypotheses[0]))


def convert(model, folder):
    from ctranslate2.converters import TransformersConverter

    TransformersConverter(str(model)).convert(folder, quantization="float32")


def main():
    if sys.argv[1:2] == ["--translate"]:
        folder, model, beams, compute = sys.argv[2:]
        return translate(folder, model, int(beams), compute)
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("text", type=Path)
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--program", default=ROOT / "target/release/diptych")
    p.add_argument("--standard", type=Path, default=ROOT / "models/fr-en-hf")
    p.add_argument("--default", type=Path, default=ROOT / "models/fr-en")
    args = p.parse_args()
    text = args.text.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        convert(args.standard, f"{folder}/ct2")
        commands = {"default engine, greedy": f"{args.program} translate --lines -q --jobs 1 --model {args.default}"}
        for beams in (1, 4):
            config = Path(folder, f"{beams}.toml")
            config.write_text(f"[translate]\nbeams = {beams}\n")
            commands[f"rust-bert float32, beam {beams}"] = (
                f"{args.program} translate --lines -q --jobs 1 --engine rust-bert --model {args.standard} --config {config}"
            )
            for compute in ("float32", "int8"):
                commands[f"ctranslate2 {compute}, beam {beams}"] = (
                    f"{sys.executable} {__file__} --translate {folder}/ct2 {args.standard} {beams} {compute}"
                )
        compare(commands, text, len(text.split()), args.rounds)


if __name__ == "__main__":
    main()
