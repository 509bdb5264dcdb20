//! What a word's form tells: diseases in `-itis`, operations in `-ectomy`, medicines by the stems of their international names.
//!
//! Only words that no list of everyday words has are asked, so `diagnosis` and `diploma` never come here.
//!
//! *References*: WHO, *The use of stems in the selection of International Nonproprietary Names (INN) for pharmaceutical
//! substances*; combining forms of Greek and Latin in medical terms.

use std::sync::OnceLock;

use crate::dictionary::{self, HealthKind};
use crate::token::Token;

/// Shortest word whose ending is believed.
const SHORTEST: usize = 7;
/// Longest.
const LONGEST: usize = 40;

#[rustfmt::skip]
const CONDITION: &[&str] = &[
    "itis", "itides", "osis", "oses", "omas", "oma", "omata", "emia", "emias", "aemia", "pathy", "pathies", "algia", "uria",
    "plegia", "paresis", "penia", "ectasia", "ectasis", "plasia", "rrhea", "rrhoea", "rrhage", "rrhagia", "iasis", "toxicity",
    "megaly", "malacia", "sclerosis", "stenosis", "edema", "oedema", "trophy", "cytosis", "philia", "phobia", "ptysis",
    "spasm", "dynia", "cele", "lalia", "phagia", "pnea", "pnoea", "kinesia", "praxia", "opia", "anopsia", "schisis",
    "dactyly", "cephaly", "deficiency", "plegic", "toxic", "emic", "aemic", "somnia", "mania", "ptosis", "melia", "rrhexis",
    "urias", "blastoma",
];

/// Words that end like a condition and are none.
#[rustfmt::skip]
const NO_CONDITION: &[&str] = &[
    "apoptosis", "mitosis", "meiosis", "cytosis", "symbiosis", "osmosis", "biosis", "gnosis", "kinosis", "hypnosis",
    "metamorphosis", "anastomosis", "homeopathy", "telepathy", "allopathy", "osteopathy", "naturopathy", "sympathy",
    "empathy", "antipathy", "apathy", "philosophia", "anglophilia", "anglophobia", "xenophobia", "homophobia", "systemic",
    "endemic", "epidemic", "pandemic", "polemic", "academic", "totemic", "genome", "diploma", "aroma", "stroma", "utopia",
    "cornucopia", "myopia", "bibliophilia", "theosis", "stroma", "soma", "coma", "exocytosis", "endocytosis", "phagocytosis",
    "pinocytosis", "transcytosis", "autotrophy", "heterotrophy", "trophy", "varicele", "nontoxic", "automata", "stomata", "stromata", "racemic", "meioses",
    "mitoses", "viviparous",
];

#[rustfmt::skip]
const PROCEDURE: &[&str] = &[
    "ectomy", "ectomies", "otomy", "otomies", "ostomy", "ostomies", "plasty", "plasties", "oscopy", "oscopies", "centesis",
    "pexy", "rrhaphy", "desis", "tripsy", "dialysis", "pheresis",
];

const NO_PROCEDURE: &[&str] =
    &["microscopy", "spectroscopy", "dichotomy", "anatomy", "stroboscopy", "telescopy", "fluoroscopy", "horoscopy", "phlebotomy"];

#[rustfmt::skip]
const MEDICATION: &[&str] = &[
    "umab", "ximab", "zumab", "tinib", "tinibs", "rafenib", "ciclib", "zomib", "parib", "opril", "april", "sartan", "sartans",
    "olol", "olols", "vastatin", "conazole", "nidazole", "prazole", "cillin", "mycin", "micin", "floxacin", "cycline",
    "oxetine", "azepam", "azolam", "barbital", "caine", "dipine", "tidine", "setron", "triptan", "gliptin", "gliflozin",
    "glutide", "glitazone", "profen", "coxib", "tavir", "navir", "tegravir", "buvir", "previr", "ciclovir", "cyclovir",
    "fungin", "penem", "dronate", "dronic", "thiazide", "semide", "osterone", "solone", "lukast", "fibrate", "rubicin",
    "platin", "taxel", "mustine", "trexate", "tecan", "oposide", "zosin", "terol", "phylline", "zepine", "apine", "peridol",
    "peridone", "piprazole", "triptyline", "pramine", "gabalin", "racetam", "bactam", "relix", "relin", "tretinoin",
    "parinux", "xaban", "gatran", "cef", "sulfonamide", "toin", "quine", "vudine", "citabine", "curium", "curonium",
    "flurane", "nercept", "stigmine", "orphan", "orphine", "codone", "morphone", "fentanil", "fentanyl", "nabinol",
    "dralazine", "thiazine", "promazine",
];

/// Chemicals by their groups.
#[rustfmt::skip]
const CHEMICAL: &[&str] = &[
    "hydrochloride", "hydrobromide", "mesylate", "maleate", "tartrate", "fumarate", "succinate", "besylate", "tosylate",
    "amine", "amines", "azine", "idine", "idines", "oxide", "chloride", "bromide", "iodide", "fluoride", "sulfate",
    "sulphate", "acetate", "nitrate", "nitrite", "citrate", "gluconate", "lactate", "stearate", "benzoate", "butyrate",
    "glutamate", "aspartate", "benzene", "phenol", "azole", "azoline", "pyridine", "pyrimidine", "quinoline", "uracil",
    "purine", "amide", "amides", "imide", "arginine", "tryptophan", "tyrosine", "cysteine", "ethanol", "methane", "ethane",
    "adenosine", "guanosine", "triazine", "hydrazine", "epinephrine", "adrenaline", "cannabinol", "estradiol", "cholesterol",
    "sterol", "anserin", "carbazine", "oxane", "thiourea", "nitrosourea", "urethane", "carbamate", "tetrazole", "piperidine",
    "piperazine", "cholate",
];

/// Adjectives of parts and states of the body.
const ADJECTIVE: &[&str] =
    &["al", "ic", "ar", "ary", "ous", "oid", "ative", "otic", "inal", "emal", "iform", "genic", "trophic", "plastic", "ile"];

/// What an ending says. Exceptions come before the endings they are exceptions of.
type Endings = Vec<(&'static str, Option<HealthKind>)>;

/// The endings by their last letter, in the order in which they are tried.
fn endings(last: u8) -> &'static [(&'static str, Option<HealthKind>)] {
    static BY_LETTER: OnceLock<[Endings; 26]> = OnceLock::new();
    let by_letter = BY_LETTER.get_or_init(|| {
        let mut by_letter = [const { Vec::new() }; 26];
        let lists = [
            (NO_CONDITION, None),
            (NO_PROCEDURE, None),
            (CONDITION, Some(HealthKind::Condition)),
            (PROCEDURE, Some(HealthKind::Procedure)),
            (MEDICATION, Some(HealthKind::Medication)),
            (CHEMICAL, Some(HealthKind::Medication)),
            (ADJECTIVE, Some(HealthKind::Site)),
        ];
        for (list, kind) in lists {
            for ending in list {
                if let Some(index) = letter(ending.bytes().last()) {
                    by_letter[index].push((*ending, kind));
                }
            }
        }
        by_letter
    });
    letter(Some(last)).map_or(&[], |index| &by_letter[index])
}

fn letter(byte: Option<u8>) -> Option<usize> {
    byte.filter(u8::is_ascii_alphabetic).map(|byte| usize::from(byte.to_ascii_lowercase() - b'a'))
}

/// What the form of a word tells of it, alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form {
    /// What its ending says, unless it is an everyday word.
    ending: Option<HealthKind>,
    /// A number may follow it: `type 2`, `stage III`.
    pub(super) counts: bool,
}

impl Form {
    /// Of the word `text`, whose hash is `hash`.
    pub(super) fn of(text: &str, hash: u64) -> Self {
        let counts = (4..=6).contains(&text.len())
            && ["type", "types", "stage", "stages", "grade", "class"].iter().any(|known| known.eq_ignore_ascii_case(text));
        Self { ending: ending(text, hash), counts }
    }

    /// Whether it tells nothing.
    pub(super) fn is_none(self) -> bool {
        self.ending.is_none() && !self.counts
    }

    /// What the word of this form is, where it stands, unless it is a name.
    pub(super) fn kind(self, token: &Token) -> Option<HealthKind> {
        let name = || dictionary::names().get(token.hash).is_some_and(|name| name.given.max(name.surname) > 0);
        // A part of the body is no proper name, and a surname may end in anything.
        self.ending.filter(|kind| !token.is_capitalised() || *kind != HealthKind::Site && !name())
    }
}

/// What the ending of `text` says, unless it is an everyday word.
fn ending(text: &str, hash: u64) -> Option<HealthKind> {
    if text.len() < SHORTEST || text.len() > LONGEST || !text.is_ascii() {
        return None;
    }
    let bytes = text.as_bytes();
    let endings = endings(bytes.last().copied()?);
    if endings.is_empty() || dictionary::common_words().get(hash).is_some() {
        return None;
    }
    let (_, kind) = endings.iter().find(|(ending, _)| {
        bytes.len() >= ending.len() && bytes[bytes.len() - ending.len()..].eq_ignore_ascii_case(ending.as_bytes())
    })?;
    *kind
}
