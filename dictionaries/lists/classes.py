"""Classes of words that tell what stands beside them; mostly written by hand."""

from .sources import python_strings
from .text import hand, is_latin, words

CLASSES = (
    "honorific",
    "name_suffix",
    "relationship",
    "role",
    "legal_form",
    "organisation_head",
    "hospital_head",
    "street_type",
    "street_type_before",
    "unit_type",
    "month",
    "weekday",
    "particle",
    "eponym",
)


def table(sources, everyday, directory):
    """Rows of classes.tsv: term -> (classes, also an everyday word)."""
    found = {}
    for name in CLASSES:
        for line in hand(directory, f"{name}.txt"):
            add(found, line, name)
            parts = words(line)
            if "." in line and len(parts) > 1 and all(len(p) <= 2 for p in parts):
                add(found, "".join(parts), name)
            if name == "eponym" and "-" in line:
                add(found, parts[0], name)
    jobs(sources, found)
    rows = {}
    for term, classes in found.items():
        rate = everyday.rate(term) if " " not in term else 0.0
        rows[term] = (sorted(classes, key=CLASSES.index), rate >= 10 and not classes <= {"relationship", "role", "weekday"})
    return rows


def add(found, text, name):
    term = " ".join(words(text))
    if is_latin(term):
        found.setdefault(term, set()).add(name)


def jobs(sources, found):
    """English job titles of up to three words."""
    path = next(p for p in sources.files("Faker", "faker/providers/job/en_US/__init__.py"))
    source = sources.file("Faker", path)
    if not any(python_strings(source, ("jobs",))):
        source = sources.file("Faker", "faker/providers/job/__init__.py")
    for _, title in python_strings(source, ("jobs",)):
        # `Engineer, civil` is said the other way round.
        head, _, field = title.partition(",")
        field = field.strip()
        text = f"{field} {head}" if field and "/" not in field and "(" not in field else head
        if "/" not in text and 1 <= len(words(text)) <= 3:
            add(found, text, "role")
            sources.used("Faker", 1)
