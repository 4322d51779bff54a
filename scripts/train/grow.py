"""Makes a larger model that computes what a smaller one does, to go on training from there.

    python grow.py --base base.pt --base-vocab base.spm --vocab vocab.spm --out start.pt

Pieces that both vocabularies have keep their embedding; a new piece gets the mean of the pieces
that spelled it before. New encoder layers copy the one below with their residual branches made
small; new hidden units of the feed-forward layers read at random and write nothing at first.
`--base` is a state dict with the parameter names of `model.py` and its default width.
"""

import argparse
import unicodedata

import sentencepiece
import torch
from model import Model

BRANCH = 0.05  # what is left of a copied layer's branches


def embeddings(base, base_vocab, vocab):
    weight, bias = base["emb.weight"].clone(), base["ob"].clone()
    for i in range(vocab.get_piece_size()):
        piece = vocab.id_to_piece(i)
        if piece == base_vocab.id_to_piece(i):
            continue
        old = base_vocab.piece_to_id(piece)
        ids = [old]
        if old == base_vocab.unk_id():
            plain = unicodedata.normalize("NFD", piece.lstrip("▁"))[:1]
            ids = base_vocab.encode(plain) or [base_vocab.unk_id()]
        noise = 0.02 * torch.randn(weight.shape[1])
        weight[i] = base["emb.weight"][ids].mean(0) + noise
        bias[i] = base["ob"].min()
    return weight, bias


def widen(state, prefix, base, hidden):
    """Feed-forward weights with more hidden units; the new ones write zeros."""
    old = base[f"{prefix}.W1.weight"].shape[0]
    for name in ("W1.weight", "W1.bias"):
        state[f"{prefix}.{name}"][:old] = base[f"{prefix}.{name}"]
    state[f"{prefix}.W1.bias"][old:] = 0
    state[f"{prefix}.W2.weight"][:, :old] = base[f"{prefix}.W2.weight"]
    state[f"{prefix}.W2.weight"][:, old:] = 0
    state[f"{prefix}.W2.bias"] = base[f"{prefix}.W2.bias"].clone()
    for name in ("ln.weight", "ln.bias"):
        state[f"{prefix}.{name}"] = base[f"{prefix}.{name}"].clone()


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--base", required=True)
    p.add_argument("--base-vocab", required=True)
    p.add_argument("--vocab", required=True)
    p.add_argument("--enc-layers", type=int, default=6)
    p.add_argument("--hidden", type=int, default=1536)
    p.add_argument("--out", required=True)
    args = p.parse_args()
    torch.manual_seed(1)
    base = {k: v.float() for k, v in torch.load(args.base, weights_only=True).items()}
    old_layers = 1 + max(int(k.split(".")[1]) for k in base if k.startswith("enc."))
    model = Model(hidden=args.hidden, enc_layers=args.enc_layers)
    state = model.state_dict()
    for name in state:
        if name in base and state[name].shape == base[name].shape:
            state[name] = base[name].clone()
    old_vocab = sentencepiece.SentencePieceProcessor(model_file=args.base_vocab)
    new_vocab = sentencepiece.SentencePieceProcessor(model_file=args.vocab)
    state["emb.weight"], state["ob"] = embeddings(base, old_vocab, new_vocab)
    for i in range(old_layers):
        widen(state, f"enc.{i}.1", base, args.hidden)
    for i in range(2):
        widen(state, f"dec.{i}.2", base, args.hidden)
    for i in range(old_layers, args.enc_layers):
        for block in (0, 1):
            for name in [k for k in state if k.startswith(f"enc.{i}.{block}.")]:
                state[name] = state[name.replace(f"enc.{i}.", f"enc.{old_layers - 1}.", 1)].clone()
            for name in ("Wo.weight", "Wo.bias", "W2.weight", "W2.bias"):
                if f"enc.{i}.{block}.{name}" in state:
                    state[f"enc.{i}.{block}.{name}"] *= BRANCH
            # With its branches gone, the layer must give back what it reads: values that a
            # normalisation with scale and bias left, so with this mean and spread.
            scale, bias = (base[f"enc.{old_layers - 1}.1.ln.{k}"] for k in ("weight", "bias"))
            spread = (scale.square().mean() + bias.var()).sqrt()
            state[f"enc.{i}.{block}.ln.weight"].fill_(spread)
            state[f"enc.{i}.{block}.ln.bias"].fill_(bias.mean())
    model.load_state_dict(state)
    torch.save(dict(config=model.config, model=state, ema=state), args.out)
    print(f"{sum(v.numel() for v in state.values()) / 1e6:.2f} M parameters")


if __name__ == "__main__":
    main()
