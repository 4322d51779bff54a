"""Exports a checkpoint of the standard decoder in the Hugging Face layout, as OPUS-MT models have it.

    python export_hf.py --checkpoint RUN/last.pt --vocab vocab.spm --name fr-en-hf-2026-11-24 --out models/fr-en-hf
        [--scores wmt13.json flores-dev.json]

Writes `config.json`, `generation_config.json`, `tokenizer_config.json`, `vocab.json`, `source.spm`,
`target.spm`, `model.safetensors` and the program's `model.toml`. Weights are in half precision;
the position tables, which libtorch does not compute itself and `save_pretrained` leaves out, are
there in single precision. `MODEL_CARD.md` is written by hand.

The padding piece moves from its place in the vocabulary to the end, where OPUS-MT has it and
CTranslate2 looks for it. It also starts the decoder: its embedding is zero, because training
started from the position alone.
"""

import argparse
import json
import shutil
from pathlib import Path

import sentencepiece
import torch
from model import EOS, MAX_POSITIONS, PAD, UNK, load, positions
from package import DATA, file_entry, score_lines
from safetensors.torch import save_file

BLOCKS = {
    "Attention": {"Wq": "q_proj", "Wk": "k_proj", "Wv": "v_proj", "Wo": "out_proj"},
    "FeedForward": {"W1": "fc1", "W2": "fc2"},
}
ENCODER = [("self_attn.", "self_attn_layer_norm"), ("", "final_layer_norm")]
DECODER = [
    ("self_attn.", "self_attn_layer_norm"),
    ("encoder_attn.", "encoder_attn_layer_norm"),
    ("", "final_layer_norm"),
]


def to_end(table):
    """The rows with the padding's at the end, and zero."""
    return torch.cat([table[:PAD], table[PAD + 1 :], torch.zeros_like(table[:1])])


def layer_tensors(prefix, layer, names):
    for block, (part, norm) in zip(layer, names, strict=True):
        for ours, theirs in BLOCKS[type(block).__name__].items():
            linear = getattr(block, ours)
            yield f"{prefix}.{part}{theirs}.weight", linear.weight
            yield f"{prefix}.{part}{theirs}.bias", linear.bias
        yield f"{prefix}.{norm}.weight", block.ln.weight
        yield f"{prefix}.{norm}.bias", block.ln.bias


def tensors(model):
    width = model.config["width"]
    named = {"model.shared.weight": to_end(model.emb.weight), "final_logits_bias": to_end(model.ob)[None]}
    for side, layers, names in (("encoder", model.enc, ENCODER), ("decoder", model.dec, DECODER)):
        for i, layer in enumerate(layers):
            named.update(layer_tensors(f"model.{side}.layers.{i}", layer, names))
    named = {name: tensor.detach().half().contiguous() for name, tensor in named.items()}
    for side in ("encoder", "decoder"):
        named[f"model.{side}.embed_positions.weight"] = positions(MAX_POSITIONS, width, width // 2)
    return named


def configuration(model):
    c, pad = model.config, model.config["vocab"] - 1
    ids = {"bos_token_id": EOS, "eos_token_id": EOS, "pad_token_id": pad, "decoder_start_token_id": pad}
    generation = {**ids, "forced_eos_token_id": EOS, "bad_words_ids": [[pad]], "max_length": MAX_POSITIONS, "num_beams": 4}
    config = {
        "architectures": ["MarianMTModel"],
        "model_type": "marian",
        "activation_function": "relu",
        "activation_dropout": 0.0,
        "attention_dropout": 0.0,
        "dropout": 0.0,
        "d_model": c["width"],
        "encoder_layers": c["enc_layers"],
        "decoder_layers": c["dec_layers"],
        "num_hidden_layers": c["enc_layers"],
        "encoder_attention_heads": c["heads"],
        "decoder_attention_heads": c["heads"],
        "encoder_ffn_dim": c["hidden"],
        "decoder_ffn_dim": c["hidden"],
        "encoder_layerdrop": 0.0,
        "decoder_layerdrop": 0.0,
        "init_std": 0.02,
        "is_encoder_decoder": True,
        "max_position_embeddings": MAX_POSITIONS,
        "normalize_before": False,
        "normalize_embedding": False,
        "scale_embedding": True,
        "share_encoder_decoder_embeddings": True,
        "static_position_embeddings": True,
        "tie_word_embeddings": True,
        "torch_dtype": "float16",
        "use_cache": True,
        "vocab_size": c["vocab"],
        "decoder_vocab_size": c["vocab"],
        **ids,
        "forced_eos_token_id": EOS,
    }
    tokenizer = {
        "tokenizer_class": "MarianTokenizer",
        "source_lang": "fr",
        "target_lang": "en",
        "eos_token": "</s>",
        "unk_token": "<unk>",
        "pad_token": "<pad>",
        "model_max_length": MAX_POSITIONS,
    }
    return {"config.json": config, "generation_config.json": generation, "tokenizer_config.json": tokenizer}


def write_layout(model, vocab, out):
    """Writes the files of Hugging Face's layout; `vocab` is the path of the SentencePiece model."""
    out.mkdir(parents=True, exist_ok=True)
    save_file(tensors(model), out / "model.safetensors", metadata={"format": "pt"})
    (out / "model.safetensors").chmod(0o644)
    for name, content in configuration(model).items():
        (out / name).write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(vocab))
    assert (pieces.eos_id(), pieces.unk_id(), pieces.pad_id()) == (EOS, UNK, PAD)
    order = [i for i in range(len(pieces)) if i != PAD] + [PAD]
    table = json.dumps({pieces.id_to_piece(i): n for n, i in enumerate(order)}, ensure_ascii=False, indent=0)
    (out / "vocab.json").write_text(table + "\n", "utf-8")
    for side in ("source", "target"):
        shutil.copyfile(vocab, out / f"{side}.spm")


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--checkpoint", type=Path, required=True)
    p.add_argument("--weights", choices=("ema", "model"), default="ema")
    p.add_argument("--vocab", type=Path, required=True)
    p.add_argument("--name", required=True)
    p.add_argument("--scores", type=Path, nargs="*", default=[])
    p.add_argument("--out", type=Path, required=True)
    args = p.parse_args()
    write_layout(load(args.checkpoint, args.weights), args.vocab, args.out)
    lines = [
        f'name = "{args.name}"',
        'source_lang = "fr"',
        'target_lang = "en"',
        'engine = "rust-bert"',
        'licence = "CC0-1.0"',
        f'date = "{args.name[-10:]}"',
        "dictionary = true",
        "data = [",
        *(f"    {json.dumps(source)}," for source in DATA),
        "]",
        "",
        "# Beam of 4; BLEU and chrF by sacrebleu, the rest in per cent (scripts/eval/mt_score.py).",
        "[scores]",
        *score_lines(args.scores),
    ]
    roles = {
        "weights": "model.safetensors",
        "config": "config.json",
        "vocab": "vocab.json",
        "source_spm": "source.spm",
        "target_spm": "target.spm",
    }
    files = "".join(file_entry(role, args.out / name) for role, name in roles.items())
    (args.out / "model.toml").write_text("\n".join(lines) + "\n" + files, "utf-8")


if __name__ == "__main__":
    main()
