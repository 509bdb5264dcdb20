#!/usr/bin/env python3
"""What the bytes of a module are: sections, and code by crate, module and function.

    python3 bytes.py target/web/wasm32-unknown-unknown/web/subrosa_wasm.wasm

The module as the compiler leaves it still has its names; the one in `wasm/dist/` has not. Generic code counts for the crate that
its outermost name is of, so that collections weigh more than their own lines.
"""
import collections
import re
import sys

data = open(sys.argv[1], "rb").read()


def leb(at):
    result = shift = 0
    while True:
        byte = data[at]
        at += 1
        result |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return result, at


def text(at):
    length, at = leb(at)
    return data[at:at + length].decode("utf-8", "replace"), at + length


KINDS = {1: "types", 2: "imports", 3: "functions", 4: "tables", 6: "globals", 7: "exports", 9: "elements", 10: "code", 11: "data"}
names, sizes, imported, sections = {}, [], 0, []
at = 8
while at < len(data):
    kind = data[at]
    length, start = leb(at + 1)
    at = start + length
    title = KINDS.get(kind, str(kind))
    if kind == 0:
        title, inside = text(start)
        while title == "name" and inside < at:
            part = data[inside]
            size, inside = leb(inside + 1)
            end = inside + size
            if part == 1:
                count, inside = leb(inside)
                for _ in range(count):
                    index, inside = leb(inside)
                    names[index], inside = text(inside)
            inside = end
    elif kind == 2:
        count, inside = leb(start)
        for _ in range(count):
            _, inside = text(inside)
            _, inside = text(inside)
            what = data[inside]
            inside += 1
            if what == 0:
                imported += 1
                _, inside = leb(inside)
            else:
                raise SystemExit("only functions are expected to be imported")
    elif kind == 10:
        count, inside = leb(start)
        for _ in range(count):
            size, inside = leb(inside)
            sizes.append(size)
            inside += size
    sections.append((length, title))

crates, modules, functions = collections.Counter(), collections.Counter(), []
for index, size in enumerate(sizes):
    name = names.get(index + imported, "?")
    # _ZN, then lengths and parts; a part that begins with an impl names its type in it.
    parts, rest = [], name.removeprefix("_ZN")
    while match := re.match(r"(\d+)", rest):
        length = int(match.group(1))
        parts.append(rest[match.end():match.end() + length])
        rest = rest[match.end() + length:]
    path = "::".join(parts).replace("..", "::").replace("$LT$", "<").replace("$GT$", ">").replace("$u20$", " ").replace("$RF$", "&").replace("_<", "<")
    path = re.sub(r"^(?:[<&(\[ ]|dyn |mut |impl )+", "", path)
    words = re.findall(r"\w+", path)
    crates[words[0] if words else "?"] += size
    modules["::".join(words[:3])] += size
    functions.append((size, path))
for title, rows in (("sections", sections), ("crates", [(size, name) for name, size in crates.items()]), ("modules", [(size, name) for name, size in modules.items()]), ("functions", functions)):
    print(f"\n{title}")
    for size, name in sorted(rows, reverse=True)[:30]:
        print(f"{size:>10} {name[:120]}")
