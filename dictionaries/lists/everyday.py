"""Everyday words: how common, and how often in lower case."""

import gzip
import json
import math

from .text import ASCII_WORD, fold, hand, is_latin, words

FREQUENCIES = "spacy-lookups-data"
WORDS = "scowl"
KEPT = 40_000
# A lower-case share above this makes a form a word; sentence starts and titles take the rest.
WORD_SHARE = 0.3


class Everyday:
    """Rates of words, per million."""

    def __init__(self, sources, directory):
        self.rates = {language: load_rates(sources, language) for language in ("en", "de", "es")}
        self.level, self.lower = scowl_levels(sources)
        self.stop = {word for line in hand(directory, "stopwords.txt") for part in line.split(",") for word in words(part)}

    def share(self, word, language="en"):
        """Lower-case uses among those in lower case or with a capital; 0 for an unknown word."""
        rates = self.rates[language]
        lower, title = rates.get(word, 0.0), rates.get(word.capitalize(), 0.0)
        return lower / (lower + title) if lower + title else 0.0

    def rate(self, word):
        """Uses per million as an everyday word of English, or of German or Spanish where it is a frequent one."""
        rate = 0.0
        lower = self.rates["en"].get(word, 0.0)
        known = self.level.get(word, 99)
        share = self.share(word)
        if known <= 70 and share >= WORD_SHARE or known <= 35 and share >= 0.15 or known > 70 and share >= 0.6 and lower >= 5:
            rate = lower
        for language, least in (("de", 0.6), ("es", 0.6)):
            if self.share(word, language) >= least and self.rates[language][word] >= 20:
                rate = max(rate, self.rates[language][word] / 4)
        return max(rate, 500.0) if word in self.stop else rate

    def table(self, names, places):
        """Rows of words.tsv: word, band 0 to 7, 1 when mostly in lower case."""
        english = self.rates["en"]
        uses = {}
        for word in self.level:
            uses[word] = english.get(word, 0.0) + english.get(word.capitalize(), 0.0) + english.get(word.upper(), 0.0)
        kept = sorted((w for w in uses if is_latin(w) and " " not in w), key=lambda w: (-uses[w], w))[:KEPT]
        for word in sorted(kept):
            share = self.share(word)
            name = names.get(word, (0, 0, False))
            # `However` and `Oh` begin sentences; it is not a name that keeps them in capitals.
            only_starts = word in self.lower and word not in places and max(name[0], name[1]) < 2 and share >= 0.02
            yield word, band(uses[word]), int(share >= 0.5 or only_starts)


def band(rate):
    """0 under one in a million, then 1, 3, 10, 30, 100, 300, 1000."""
    return sum(rate >= limit for limit in (1, 3, 10, 30, 100, 300, 1000))


def load_rates(sources, language):
    """Uses per million of each form as written, from natural logarithms of probabilities."""
    table = json.loads(gzip.decompress(sources.file(FREQUENCIES, f"{language}_lexeme_prob.json.gz")))
    rates = {}
    for form, probability in table.items():
        folded = fold(form)
        if not ASCII_WORD.fullmatch(folded):
            continue
        cased = folded if form.islower() else folded.upper() if form.isupper() and len(form) > 1 else folded.capitalize()
        rates[cased] = rates.get(cased, 0.0) + math.exp(probability) * 1e6
    sources.used(FREQUENCIES, len(rates))
    return rates


def scowl_levels(sources):
    """Words that are no names (Monday and English among them) with the level of the smallest list that has them, and those of
    the smaller lists that are written in lower case.
    """
    levels, lower = {}, set()
    for path in sources.files(WORDS, "usr/share/dict/scowl/"):
        name, _, level = path.rsplit("/", 1)[-1].rpartition(".")
        spelling, _, kind = name.partition("-")
        if spelling not in ("english", "american", "british") or not level.isdigit() or int(level) > 70:
            continue
        if kind not in ("words", "upper", "contractions"):
            continue
        for line in sources.file(WORDS, path).decode("latin-1").split("\n"):
            word = fold(line.strip())
            if word and not line.strip().endswith("'s"):
                levels[word] = min(levels.get(word, 99), int(level))
                if kind == "words" and int(level) <= 50:
                    lower.add(word)
    sources.used(WORDS, len(levels))
    return levels, lower
