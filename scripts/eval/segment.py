#!/usr/bin/env python3
"""Sentence boundaries of `diptych segment` against treebanks.

usage: segment.py FOLDER [--diptych PATH] [--errors] [--rivals]

FOLDER holds JSON files {"name", "variant", "lang", "items": [{"text", "bounds"}]}, where `bounds` are the code
points at which a sentence begins. A boundary is right when it is the same code point; the beginning of a text
counts for nothing. Prints precision, recall and F1 a file, and with --errors each boundary that is wrong. With
--rivals the crates `sentencex` and `srx` (with LanguageTool's rules, which it brings) are measured beside it: a small
program (`segment_rivals.rs`) is built for it in a temporary folder. The Python package `pysbd` is, where it is
installed.
"""
import argparse
import json
import pathlib
import shutil
import subprocess
import tempfile

# The versions that are measured.
RIVALS = {"sentencex": "0.1.33", "srx": "0.1.4"}
CRATES = {"serde_json": "1"}

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("--diptych", default="target/release/diptych", help="the command to measure")
parser.add_argument("--errors", action="store_true", help="print each wrong boundary")
parser.add_argument("--rivals", action="store_true", help="measure other splitters, too")
options = parser.parse_args()


def starts(items, lang):
    """Where the command begins sentences, a set of code points a text."""
    lines = [json.dumps({"id": str(i), "text": item["text"], "lang": lang}) for i, item in enumerate(items)]
    run = subprocess.run(
        [options.diptych, "segment", "-"], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True
    )
    found = {}
    for line in run.stdout.splitlines():
        record = json.loads(line)
        found[int(record["id"])] = {sentence["raw"][0] for sentence in record["sentences"]}
    return [found.get(i, set()) for i in range(len(items))]


def built(folder):
    """Builds the rivals' program; gives its path and that of the rules for `srx`."""
    versions = "".join(f'{name} = "{version}"\n' for name, version in CRATES.items())
    manifest = '[package]\nname = "segment_rivals"\nversion = "0.0.0"\nedition = "2024"\n\n[[bin]]\n'
    manifest += f'name = "segment_rivals"\npath = "main.rs"\n\n[dependencies]\n{versions}'
    manifest += f'srx = {{ version = "{RIVALS["srx"]}", features = ["from_xml"] }}\n'
    manifest += f'sentencex = "{RIVALS["sentencex"]}"\n'
    (folder / "Cargo.toml").write_text(manifest, encoding="utf8")
    shutil.copy(pathlib.Path(__file__).with_name("segment_rivals.rs"), folder / "main.rs")
    at = ["--manifest-path", str(folder / "Cargo.toml")]
    subprocess.run(["cargo", "build", "--quiet", "--target-dir", str(folder / "target"), *at], check=True)
    run = subprocess.run(
        ["cargo", "metadata", "--format-version", "1", *at], capture_output=True, text=True, check=True
    )
    crate = next(p for p in json.loads(run.stdout)["packages"] if p["name"] == "srx")
    rules = pathlib.Path(crate["manifest_path"]).with_name("data") / "segment.srx"
    return str(folder / "target/debug/segment_rivals"), str(rules)


def rival(command, items, lang):
    """Where one of the rivals begins sentences."""
    source = "".join(json.dumps({"lang": lang, "text": item["text"]}) + "\n" for item in items)
    run = subprocess.run(command, input=source, capture_output=True, text=True, check=True)
    return [set(json.loads(line)) for line in run.stdout.splitlines()]


def splitters():
    """Name and function of each splitter to measure; a function gives sets of starts as `starts` does."""
    yield "diptych", starts
    if not options.rivals:
        return
    with tempfile.TemporaryDirectory() as folder:
        command, rules = built(pathlib.Path(folder))
        for name in RIVALS:
            yield name, lambda items, lang, name=name: rival([command, name, rules], items, lang)
    try:
        import pysbd

        def segments(items, lang):
            segmenter = pysbd.Segmenter(language=lang, clean=False)
            return [starts_of(segmenter.segment(item["text"]), item["text"]) for item in items]

        yield "pysbd", segments
    except ImportError:
        print("pysbd is not installed")


def starts_of(sentences, text):
    """Where sentences, given in order, begin in their text."""
    found, at = set(), 0
    for sentence in map(str.strip, sentences):
        start = text.find(sentence, at)
        if sentence and start >= 0:
            found.add(start)
            at = start + len(sentence)
    return found


def score(name, splitter, data):
    right = predicted = expected = 0
    wrong = []
    for item, found in zip(data["items"], splitter(data["items"], data["lang"])):
        gold = set(item["bounds"]) - {0}
        found = found - {0}
        right += len(gold & found)
        predicted += len(found)
        expected += len(gold)
        for at in sorted(gold ^ found):
            kind = "missed" if at in gold else "false"
            wrong.append((kind, item["text"][max(0, at - 40) : at] + "|" + item["text"][at : at + 30]))
    f1 = 2 * right / max(1, predicted + expected)
    print(
        f"{data['name']} {data['variant']}: {name}: P {right / max(1, predicted):.4f} "
        f"R {right / max(1, expected):.4f} F1 {f1:.4f} of {expected}"
    )
    if options.errors:
        for kind, context in wrong:
            print(f"  {kind}: {context!r}")


for name, splitter in splitters():
    for path in sorted(options.folder.glob("*.json")):
        score(name, splitter, json.loads(path.read_text(encoding="utf8")))
