"""Makes a standard Marian model readable for the engine `rust-bert`.

    python scripts/marian_to_safetensors.py DIR|ID OUT

Reads a model of the Hugging Face layout (a folder, or an id such as Helsinki-NLP/opus-mt-fr-en, which
is downloaded) with `transformers`, and writes config.json, vocab.json, source.spm, target.spm,
tokenizer_config.json and model.safetensors into OUT. Needed for models that come as
pytorch_model.bin only, and for files without the position tables, which `transformers` makes anew
each time and leaves out when it saves, but libtorch's side reads.

Needs: pip install torch transformers sentencepiece safetensors
"""

import argparse
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import MarianMTModel, MarianTokenizer


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("model", metavar="DIR|ID")
    p.add_argument("out", metavar="OUT", type=Path)
    args = p.parse_args()
    model = MarianMTModel.from_pretrained(args.model, torch_dtype=torch.float32)
    model.config.save_pretrained(args.out)
    MarianTokenizer.from_pretrained(args.model).save_pretrained(args.out)
    # The embedding is stored once, under the name that the engine asks for.
    shared = {"lm_head.weight", "model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight"}
    kept = {name: t.clone().contiguous() for name, t in model.state_dict().items() if name not in shared}
    save_file(kept, args.out / "model.safetensors", metadata={"format": "pt"})


if __name__ == "__main__":
    main()
