"""Text helpers: the same folding and the same cut into words as the library's."""

import re
import unicodedata

LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t"})
APOSTROPHES = re.compile("['\u2019\u2018\u02bc\u02b9\u00b4\u201b]")
NOT_WORD = re.compile(r"[\W_]+")
ASCII_WORD = re.compile(r"[a-z]+")


def fold(text):
    """Lower case, without accents and apostrophes: `O’Brién` is `obrien`."""
    text = APOSTROPHES.sub("", text)
    text = unicodedata.normalize("NFKD", text).lower().translate(LETTERS)
    text = unicodedata.normalize("NFKD", text)
    return "".join(c for c in text if not unicodedata.combining(c))


def words(text):
    """The folded words of a text: hyphens, dots and spaces part them."""
    return [word for word in NOT_WORD.split(fold(text)) if word]


def phrase(text):
    """The folded words with one space between them: one spelling for all of a term's."""
    return " ".join(words(text))


def is_latin(text):
    """Whether the folded text is letters a to z, digits and spaces."""
    return bool(text) and text.isascii() and all(c.isalnum() or c == " " for c in text)


def hand(directory, name):
    """A list written by hand: one entry a line, `#` for comments."""
    lines = (directory / f"{name}").read_text(encoding="utf-8").split("\n")
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
