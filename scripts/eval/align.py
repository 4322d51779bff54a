#!/usr/bin/env python3
"""Scores `diptych align A B` on parallel and comparable texts.

usage: align.py DATA --diptych PATH [--only NAME,...] [--cache FOLDER] [--lexicon src/rules/fr/lexicon_en.tsv]
DATA holds text-berg/, transread/, syn_mono_fren/, syn_comp_fren/, bucc_like_fren/,
sentence-confidence/ and word-links/ as the development data does; NAME is one of
text-berg, transread, syn_mono, syn_comp, bucc, confidence, words. Translations that
the program makes are kept in FOLDER.

Texts in order are counted as vecalign's scorer does, strictly: precision over all
beads found, those of one side only included ("nulls"), recall over the gold beads
that have both sides; "no nulls" leaves them out of precision too. Texts out of order are counted by pairs of lines; for
these the best F1 and the recall at precision 0.99 over all thresholds are printed
beside the figures at the program's own.

confidence: the area under the curve of the program's score (pairs both judges call
sure against those both call not corresponding), and the expected calibration error
over ten bins of that score. words: linked characters (pairs of a French and an
English one): precision over all gold links, recall over all and over those of single
words, beside the links of the dictionary alone (IBM model 1 on the training pairs,
`--lexicon`): each French word with its likeliest English word that is there.

The program's prices and scorers were fitted on the development data that is scored
here; `align_beads` and `scripts/align/mining.py` print what each set scores when it
was left out, `scripts/align/fit.py --report` the same for articles.
"""
import argparse, ast, json, pathlib, re, subprocess, tempfile, time, unicodedata

def beads(args, a, b, via=(), langs="fr,en", mode=None):
    command = [args.diptych, "align", str(a), str(b), "--langs", langs, "--format", "beads"]
    for v in via: command += ["--via", str(v)]
    if mode: command += ["--mode", mode]
    started = time.time()
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    beads.seconds += time.time() - started
    return [bead(line) for line in text.splitlines() if line]
beads.seconds = 0.0

def bead(line):
    """`[8, 9]:[10, 11]:0.83` or `[3]:[]`"""
    a, rest = line.strip().split("]:[", 1); b, _, score = rest.partition("]")
    return tuple(ast.literal_eval(a + "]")), tuple(ast.literal_eval("[" + b + "]")), float(score.lstrip(":") or 0)

def strict(documents):
    tp = {False: 0, True: 0}; found = {False: 0, True: 0}; recalled = wanted = 0
    for got, gold in documents:
        got, gold = {g[:2] for g in got}, set(gold); full = {g for g in gold if g[0] and g[1]}
        for nulls in (False, True):
            kept = got if nulls else {g for g in got if g[0] and g[1]}
            tp[nulls] += len(kept & gold); found[nulls] += len(kept)
        recalled += len(got & full); wanted += len(full)
    def f(nulls):
        p, r = tp[nulls] / max(1, found[nulls]), recalled / max(1, wanted)
        return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f}"
    return f"with nulls {f(True)} | no nulls {f(False)}"

def gold_beads(path, swap=False):
    out = [bead(line)[:2] for line in open(path, encoding="utf8") if line.strip()]
    return [(b, a) for a, b in out] if swap else out

def pairs(path): return {tuple(map(int, line.split())) for line in open(path) if line.strip()}

def unordered(documents):
    scored, wanted = [], 0
    for got, gold in documents:
        wanted += len(gold); scored += [(s, (a[0], b[0]) in gold) for a, b, s in got if len(a) == len(b) == 1]
    right = sum(ok for _, ok in scored); p, r = right / max(1, len(scored)), right / max(1, wanted)
    best = sure = hit = 0
    for n, (_, ok) in enumerate(sorted(scored, reverse=True), 1):
        hit += ok; best = max(best, 2 * hit / (n + wanted)); sure = hit / wanted if hit / n >= 0.99 else sure
    return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f} | best F1 {best:.3f}, recall at precision 0.99 {sure:.3f}"

def translated(args, path):
    """A file of the program's translations of a French file, made once."""
    if not args.cache: return path_of(path, args, tempfile.mkdtemp())
    return path_of(path, args, args.cache)

def path_of(path, args, folder):
    out = pathlib.Path(folder) / f"{path.name}.translated"; out.parent.mkdir(parents=True, exist_ok=True)
    if not out.exists():
        with open(out, "w") as f: subprocess.run([args.diptych, "translate", "--lines", str(path)], stdout=f, stderr=subprocess.DEVNULL, check=True)
    return out

def confidence(args, d):
    rows = [l.rstrip("\n").split("\t") for l in open(d / "sconf.tsv", encoding="utf8")][1:]
    folder = pathlib.Path(args.cache or tempfile.mkdtemp()); folder.mkdir(parents=True, exist_ok=True); a, b = folder / "confidence.fr", folder / "confidence.en"
    a.write_text("".join(r[2] + "\n" for r in rows)); b.write_text("".join(r[1] + "\n" for r in rows))
    score = {x[0]: s for x, y, s in beads(args, a, b, [translated(args, a)], mode="parallel") if len(x) == 1 and x == y}
    pairs = [(score.get(i, 0.0), r[3] == "sure") for i, r in enumerate(rows) if r[3] == r[4] and r[3] in ("sure", "not corresponding")]
    pos, neg = [s for s, y in pairs if y], [s for s, y in pairs if not y]
    auc = sum((p > n) + 0.5 * (p == n) for p in pos for n in neg) / (len(pos) * len(neg))
    bins = [[(s, y) for s, y in pairs if min(9, int(s * 10)) == k] for k in range(10)]
    print(f"confidence: AUC {auc:.3f}, ECE {sum(abs(sum(y - s for s, y in b)) for b in bins) / len(pairs):.3f}, {len(pos)} sure, {len(neg)} not corresponding")

def linked(links): return {(x, y) for l in links for fa, fb in l["fr"] for x in range(fa, fb) for ea, eb in l["en"] for y in range(ea, eb)}

def dictionary(path):
    table = {}
    for l in open(path, encoding="utf8"):
        if l[0] != "#" and "\t" in l:
            f, e = l.rstrip("\n").split("\t"); table[f] = {x.split(":")[0]: int(x.split(":")[1]) for x in e.split(" ") if ":" in x}
    return table

def by_dictionary(table, fr, en):
    fold = lambda w: "".join(c for c in unicodedata.normalize("NFD", w.lower()) if not unicodedata.combining(c))
    split = lambda t: [(m.start(), m.end(), fold(m.group())) for m in re.finditer(r"[^\W_]+", t)]
    words = split(en); out = set()
    for a, b, w in split(fr):
        best = max(((table.get(w, {}).get(v, 0), -abs(a / len(fr) - c / len(en)), c, e) for c, e, v in words), default=(0,))
        if best[0] > 0: out |= {(x, y) for x in range(a, b) for y in range(best[2], best[3])}
    return out

def word_links(args, d):
    rows = [json.loads(l) for l in open(d / "links.jsonl", encoding="utf8")]
    folder = pathlib.Path(tempfile.mkdtemp()); a, b = folder / "fr", folder / "en"; line = lambda t: t.replace("\n", " ").replace("\r", " ") + "\n"
    a.write_text("".join(line(r["fr"]) for r in rows)); b.write_text("".join(line(r["en"]) for r in rows))
    text = subprocess.run([args.diptych, "align", str(a), str(b), "--via", str(translated(args, a) if args.cache else a), "--mode", "parallel", "--format", "jsonl"], capture_output=True, text=True, check=True).stdout
    found = {x["a"][0]: x["words"] for x in map(json.loads, text.splitlines()) if len(x["a"]) == 1 and x["a"] == x["b"]}
    ours = lambda i, r: {(x, y) for (p, q), (u, v), _ in found.get(i, []) for x in range(p, q) for y in range(u, v)}
    table = dictionary(args.lexicon) if args.lexicon else None
    for name, links in (("program", ours),) + ((("dictionary alone", lambda i, r: by_dictionary(table, r["fr"], r["en"])),) if table else ()):
        right = n = all_ = sure = all_hit = sure_hit = 0
        for i, r in enumerate(rows):
            got, gold, single = links(i, r), linked(r["links"]), linked([l for l in r["links"] if l["sure"]])
            right += len(got & gold); n += len(got); all_ += len(gold); sure += len(single); all_hit += len(got & gold); sure_hit += len(got & single)
        print(f"words, {name}: P {right / max(1, n):.3f}, R {all_hit / all_:.3f} of all, {sure_hit / sure:.3f} of single words")

def main():
    ap = argparse.ArgumentParser(); ap.add_argument("data", type=pathlib.Path); ap.add_argument("--diptych", default="target/release/diptych"); ap.add_argument("--only", default=""); ap.add_argument("--cache"); ap.add_argument("--lexicon")
    args = ap.parse_args(); d = args.data; only = set(filter(None, args.only.split(",")))
    wanted = lambda name: not only or name in only
    if wanted("text-berg"):
        t = d / "text-berg"; every = sorted(t.glob("dev.mt_*.fr"))
        for name, via in [(v.name, [v]) for v in every] + [("all", every)]:
            print("text-berg", name, strict([(beads(args, t / "dev.de", t / "dev.fr", via, "de,fr"), gold_beads(t / "dev.defr"))]))
    if wanted("transread"):   # by the program's own translation
        t = d / "transread"
        books = [(g.stem, beads(args, g.with_suffix(".fr"), g.with_suffix(".en"), [translated(args, g.with_suffix(".fr"))]), gold_beads(g, swap=True)) for g in sorted(t.glob("*.enfr"))]
        for name, got, gold in books: print("transread", name, strict([(got, gold)]))
        print("transread, all", strict([b[1:] for b in books]))
    for mt in ("bergamot-tiny", "google"):
        if wanted("syn_mono"):
            t = d / "syn_mono_fren"; ids = [g.stem for g in sorted(t.glob("*.fren"))]
            print("syn_mono", mt, strict([(beads(args, t / f"{i}.fr", t / f"{i}.en", [t / f"{i}.mt_{mt}.en"]), gold_beads(t / f"{i}.fren")) for i in ids]))
        if wanted("bucc"):
            t = d / "bucc_like_fren"
            print("bucc", mt, unordered([(beads(args, t / "dev.fr", t / "dev.en", [t / f"dev.mt_{mt}.en"]), pairs(t / "dev.gold"))]))
    if wanted("syn_comp"):
        t = d / "syn_comp_fren"; ids = [g.stem for g in sorted(t.glob("*.gold"))]
        print("syn_comp", unordered([(beads(args, t / f"{i}.fr", t / f"{i}.en", [t / f"{i}.mt_bergamot-tiny.en"]), pairs(t / f"{i}.gold")) for i in ids]))
    if wanted("confidence"): confidence(args, d / "sentence-confidence")
    if wanted("words"): word_links(args, d / "word-links")
    print(f"{beads.seconds:.1f} s in the aligner, loading included")

if __name__ == "__main__": main()
