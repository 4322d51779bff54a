"""The line model (src/clean/model.rs) from examples: reading them, the fit, the choice of the threshold.

An example is (set, group, evidence, verdict, furniture): what the rules made of a line, and whether most of it is
dropped in the gold (furniture) or is body, title, heading or summary (text). Captions are left out. Examples of one
group (articles on one event, pages of one site) never fall on both sides of a fold.
"""
import hashlib
import json
import math
import pathlib
import random
import subprocess
import sys
from urllib.parse import urlparse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "eval"))
import furniture_texts  # noqa: E402

FOLDS, PENALTY, PASSES, RATE = 5, 0.0005, 12, 0.3
# A page's line against one of the other sets: with less, the model learns the ways of invented pages and loses more
# text of real ones (body lines lost in cross-validation: 2.09 % at 0.3, 1.92 % at 1).
WEIGHT_OF_PAGES = 1.0
# As SPEAKS and DOUBT_OF_HEADING in src/clean/model.rs.
SPEAKS = {"has-site-word", "has-reader", "has-house", "has-button", "has-network", "first-order"}
DOUBT_OF_HEADING = 0.2
# A line of text lost weighs as much as so many pieces of furniture kept.
COST = 5
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97, 0.98, 0.99)
KEPT = {".", "title", "standfirst", "heading", "caption"}


def gold_articles(folder):
    """(name, text, record) of each article of a folder with `documents.jsonl` and `texts/`."""
    texts = {path.stem: path.read_text(encoding="utf8") for path in (folder / "texts").rglob("*.txt")}
    for line in (folder / "documents.jsonl").read_text(encoding="utf8").splitlines():
        record = json.loads(line)
        name = pathlib.Path(record["source"]["path"]).stem
        yield name, texts[name], record


def gold_documents(folder):
    for name, text, record in gold_articles(folder):
        spans = [(*a["raw"], a["action"] == "drop") for a in record["artefacts"] if a["action"] in ("drop", "relabel")]
        spans += [(*s["raw"], False) for s in record["sentences"] if s["role"] == "body"]
        yield folder.name, name.split("-")[0], text, record["lang"], spans


def furniture_documents(path):
    for lang, name, text, pieces in furniture_texts.read(path):
        spans = [(start, end, kind.split("|")[0] not in KEPT) for kind, start, end in pieces]
        yield path.stem, name, text, lang, spans


def site(page):
    return urlparse(page["url"]).netloc


def page_documents(pages):
    """The lines inside and after the body, of pages as scripts/eval/page_lines.py reads them."""
    for page in pages:
        lines = [line for line in page["lines"] if line["reg"] in ("in", "near")]
        last = max((i for i, line in enumerate(lines) if line["reg"] == "in"), default=0)
        text, spans, inside = "", [], False
        for i, line in enumerate(lines):
            inside = inside or line["reg"] == "in"
            usable = line["y"] is not None and (line["reg"] == "in" or i > last) and inside
            if usable and "caption" not in (line["ty"] or ""):
                spans.append((len(text), len(text) + len(line["t"]), line["y"] == 0))
            text += line["t"] + "\n"
        yield "pages", site(page), text, None, spans


def evidence_on(command, texts):
    """What the example `line_evidence` prints of texts and their languages, `id` being the place in the list."""
    source = "".join(
        json.dumps({"id": i, "text": text} | ({"lang": lang} if lang else {})) + "\n"
        for i, (text, lang) in enumerate(texts)
    )
    run = subprocess.run(command, input=source, capture_output=True, text=True, check=True)
    return map(json.loads, run.stdout.splitlines())


def examples(evidence, gold=(), furniture=(), pages=()):
    """The examples of documents; `evidence` is the command of the example `line_evidence`."""
    documents = [d for folder in gold for d in gold_documents(folder)]
    documents += [d for path in furniture for d in furniture_documents(path)]
    documents += page_documents(pages)
    out = []
    for line in evidence_on(evidence.split(), [(text, lang) for _, _, text, lang, _ in documents]):
        name, group, _, _, spans = documents[line["id"]]
        start, end = line["raw"]
        covered = {True: 0, False: 0}
        for a, b, furniture_there in spans:
            covered[furniture_there] += max(0, min(b, end) - max(a, start))
        if 2 * sum(covered.values()) > end - start:
            out.append((name, group, line["evidence"], line["verdict"], covered[True] > covered[False]))
    return out


def fit(rows):
    """Weights by gradient descent, a step after each line, each weight at a rate of its own (Adagrad)."""
    weights, squares = {}, {}
    order = list(rows)
    for turn in range(PASSES):
        random.Random(turn).shuffle(order)
        for name, _, evidence, _, furniture in order:
            size = WEIGHT_OF_PAGES if name == "pages" else 1.0
            names = ["bias", *evidence]
            score = sum(weights.get(e, 0.0) for e in names)
            error = size * (1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - furniture)
            for e in names:
                slope = error + (PENALTY * weights.get(e, 0.0) if e != "bias" else 0.0)
                squares[e] = squares.get(e, 1.0) + slope * slope
                weights[e] = weights.get(e, 0.0) - RATE * slope / math.sqrt(squares[e])
    return weights


def probability(weights, evidence):
    score = sum(weights.get(e, 0.0) for e in ["bias", *evidence])
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def fold(group):
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % FOLDS


def left_out(rows):
    """(example, probability), each by the fit without the examples of its fold."""
    scored = []
    for number in range(FOLDS):
        weights = fit([row for row in rows if fold(row[1]) != number])
        scored += [(row, probability(weights, row[2])) for row in rows if fold(row[1]) == number]
    return scored


def is_taken(row, chance, threshold):
    """Whether the cleaner would take a line out that the rules left."""
    if row[3] == "loose":
        return chance >= 1 - (1 - threshold) * DOUBT_OF_HEADING
    return row[3] == "text" and chance >= threshold and not SPEAKS.isdisjoint(row[2])


def choose_threshold(scored):
    """The threshold at which furniture found, less the cost of text lost, is most, on examples left out of the fit."""

    def gain(threshold):
        taken = [row for row, chance in scored if is_taken(row, chance, threshold)]
        return sum(1 if row[4] else -COST for row in taken)

    return max(THRESHOLDS, key=lambda t: (gain(t), t))


def as_config(weights, threshold):
    """The model as a configuration of the command."""
    lines = "".join(f'"{name}" = {weight:.6f}\n' for name, weight in sorted(weights.items()))
    return f"[clean]\nline_threshold = {threshold}\n[clean.line_weights]\n{lines}"
