"""Records what Hugging Face's transformers makes of sentences, to hold the engine `rust-bert` against.

    python scripts/eval/marian_tokens.py MODEL > tests/data/fr-en-hf.jsonl

Sentences are the first 200 French ones of `tests/gold`, in the model view, those first that are neither
short nor repeated. A line has the text, the numbers of its pieces, and those of its translation by
greedy search in float32, one sentence at a time, without the marks of start and end: at most twice
as many as the source has and 16, as the engine limits them. `tests/rust_bert.rs` reads the result.

Needs: pip install torch transformers sentencepiece safetensors
"""

import argparse
import json
import sys
from pathlib import Path

import torch
from transformers import MarianMTModel, MarianTokenizer

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "train"))
from normalise import normalise  # noqa: E402


def sentences():
    seen = set()
    for path in sorted(ROOT.glob("tests/gold/*/documents.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            document = json.loads(line)
            for sentence in document.get("sentences", []):
                text = normalise(sentence.get("text", ""))
                if sentence.get("lang", document["lang"]) == "fr" and 5 <= len(text.split()) <= 40 and text not in seen:
                    seen.add(text)
                    yield text


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("model")
    p.add_argument("--count", type=int, default=200)
    args = p.parse_args()
    torch.set_num_threads(1)
    tokenizer = MarianTokenizer.from_pretrained(args.model)
    model = MarianMTModel.from_pretrained(args.model, torch_dtype=torch.float32).eval()
    marks = {model.config.eos_token_id, model.config.pad_token_id}
    for text, _ in zip(sentences(), range(args.count)):
        source = tokenizer(text, return_tensors="pt").input_ids
        longest = 2 * source.shape[1] + 16
        output = model.generate(source, num_beams=1, do_sample=False, max_length=longest + 2)[0].tolist()
        target = [i for i in output if i not in marks][:longest]
        record = {"text": text, "source": source[0].tolist()[:-1], "target": target}
        print(json.dumps(record, ensure_ascii=False))


if __name__ == "__main__":
    main()
