//! The words that tell a name from a thing.

use crate::recognizers::cue::Words;

/// Nouns that make a name the name of a thing, whatever the name.
#[rustfmt::skip]
pub(super) static THINGS: Words = Words::new(&[
    "disease", "syndrome", "palsy", "catheter", "catheters", "clamp", "clamps", "forceps", "retractor", "manoeuvre",
    "maneuver", "stain", "bodies", "cyst", "contracture", "fracture", "fractures", "deformity", "sarcoma", "lymphoma",
    "tumor", "tumour", "nodes", "reflex", "agar", "fasciotomy", "osteotomy", "procedure", "operation", "phenomenon",
    "anomaly", "malformation", "neuropathy", "dystrophy", "encephalopathy", "thyroiditis", "esophagus", "oesophagus",
    "diverticulum", "gangrene", "angina", "chorea", "ataxia", "cells", "drain", "drains", "dressing", "cannula", "criteria",
    "sequence", "triad", "tetrad", "contractions", "incision", "suture", "prosthesis", "arthroplasty", "ulcer", "nevus",
    "lesion", "spot", "spots", "lines", "granulomatosis", "macroglobulinemia", "nephropathy", "hernia", "duct", "gland",
    "glands", "ganglion", "fascia", "vaccine",
]);

/// Nouns that do so only for a name that is known to stand for a thing.
#[rustfmt::skip]
pub(super) static DOUBTFUL_THINGS: Words = Words::new(&[
    "sign", "signs", "test", "tests", "testing", "scale", "score", "scores", "lamp", "body", "classification", "index",
    "line", "stand", "monitor", "monitoring", "tube", "bag", "brush", "clip", "needle", "frame", "table", "position", "grade",
    "grading", "stage", "staging", "coma", "inventory", "scan", "flow", "ultrasound", "smear", "smears", "method", "formula",
    "equation", "rule", "rules", "law", "node", "point", "area", "space", "membrane", "valve", "shunt", "anastomosis",
    "approach", "technique", "exercises", "brace", "splint", "collar", "boot", "wire", "wires", "pin", "pins", "nail",
    "plate", "block", "nystagmus", "respiration", "respirations", "breathing", "pouch", "loop", "curve", "tremor", "facies",
    "virus", "cast", "dementia", "psychosis", "aphasia", "pupil", "pupils", "sinus", "canal", "chart", "questionnaire",
    "assessment", "mark", "hook", "speculum", "elevator", "scissors", "gown", "bypass", "resection", "repair", "gastrectomy",
    "stents", "stent", "balloon", "hearing", "risk", "depression", "swab", "thoracotomy", "ring", "rings", "ear", "patch",
    "class",
]);

/// Names that stand for a disease in the genitive alone, and seldom for a person.
#[rustfmt::skip]
pub(super) static DISEASES: Words = Words::new(&[
    "alzheimer", "crohn", "hodgkin", "huntington", "hashimoto", "raynaud", "sjogren", "asperger", "tourette", "meniere",
    "kaposi", "wegener", "takayasu", "peyronie", "dupuytren", "hirschsprung", "marfan", "behcet", "waldenstrom", "buerger",
    "klinefelter", "legionnaire", "legionnaires", "perthes", "scheuermann", "lou gehrig",
]);

/// The same, of names that many people bear.
#[rustfmt::skip]
pub(super) static DISEASES_OR_PEOPLE: Words = Words::new(&[
    "parkinson", "graves", "cushing", "addison", "barrett", "paget", "down", "downs", "bell", "reiter", "wilson", "hurler",
    "turner", "gaucher", "fabry", "still", "meckel", "merkel",
]);

/// Devices and measures called by the name alone: `a Foley`, `the Holter`.
#[rustfmt::skip]
pub(super) static DEVICES: Words = Words::new(&[
    "foley", "holter", "hickman", "broviac", "doppler", "penrose", "yankauer", "bovie", "apgar", "apgars", "babinski",
    "romberg", "valsalva", "trendelenburg", "heimlich", "snellen", "mantoux", "braden", "barthel", "glasgow", "gleason",
    "kocher", "lachman", "mcmurray", "phalen", "tinel", "spurling", "hawkins", "neer", "hoffmann", "kegel", "kegels", "mohs",
    "epworth", "rorschach", "papanicolaou", "pap", "bair", "ommaya", "tenckhoff", "dobhoff", "blakemore", "coude", "steri",
    "whipple", "billroth",
]);

/// What is done with a device, or how it does.
#[rustfmt::skip]
pub(super) static HANDLED: Words = Words::new(&[
    "removed", "inserted", "discontinued", "draining", "clamped", "unclamped", "exchanged", "patent", "intact",
]);

/// What stands before a device or a measure, and seldom before a person.
#[rustfmt::skip]
pub(super) static DETERMINERS: Words = Words::new(&[
    "a", "an", "the", "his", "her", "their", "via", "with", "without", "no", "negative", "positive", "indwelling", "f", "fr",
    "french", "by", "per", "on", "underwent", "placed", "remove", "removed", "insert", "inserted", "new",
]);

/// Trade names of drugs that are given names too.
#[rustfmt::skip]
pub(super) static DRUGS: Words = Words::new(&[
    "allegra", "alli", "ella", "yasmin", "yaz", "mirena", "kyleena", "liletta", "skyla", "camila", "errin", "jolivette",
    "heather", "aviane", "lessina", "portia", "levora", "apri", "cesia", "kelnor", "ocella", "gianvi", "loryna", "syeda",
    "beyaz", "tilia", "amethia", "amethyst", "alora", "climara", "femara", "april", "natazia", "estelle", "juliet", "julia",
    "laura", "melodene", "chateal", "emoquette", "juleber", "isibloom", "sharobel", "deblitane", "norlyda", "lyza",
    "marlissa", "vienna", "viorele", "zarah", "zovia", "elinest", "enskyce", "isabella", "azurette", "larissia", "lutera",
    "orsythia", "sronyx", "velivet", "vyfemla",
]);

/// What stands right before a drug.
#[rustfmt::skip]
pub(super) static TAKING: Words = Words::new(&[
    "taking", "takes", "took", "take", "taken", "on", "started", "start", "starting", "prescribed", "prescribe", "stopped",
    "tried", "continue", "continued", "refill", "tablet", "tablets", "dose", "oral", "contraceptive", "pill", "medication",
    "using", "uses",
]);

/// Units of doses and strengths.
#[rustfmt::skip]
pub(super) static UNITS: Words = Words::new(&[
    "mg", "mcg", "ug", "g", "gm", "gram", "grams", "ml", "cc", "units", "unit", "iu", "meq", "mmol", "tablet", "tablets",
    "tab", "tabs", "capsule", "capsules", "puff", "puffs", "drops", "spray", "sprays", "patch", "po", "bid", "tid", "qid",
    "qd", "qhs", "prn", "daily",
]);

/// Words after an abbreviation of two letters that make it an anatomical one: `LA enlargement`, `PA view`, `CT scan`.
#[rustfmt::skip]
pub(super) static MEASURES: Words = Words::new(&[
    "enlargement", "dilation", "dilatation", "pressure", "pressures", "scan", "scans", "view", "views", "line", "gradient",
    "thrombus", "appendage", "size", "volume", "function", "catheter", "catheterization", "lead", "leads", "wall",
    "angiogram", "angiography", "chest", "film", "radiograph", "hypertrophy", "mass", "ejection", "strain", "systolic",
    "diastolic", "flare", "exacerbation",
]);
