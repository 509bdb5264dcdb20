//! Nationality, religion and origin: what a person belongs to by birth or belief.
//!
//! No identifier alone, but with a town and an age it may be; special-category data under GDPR article 9.
//! *Misses by design*: descriptions in several words ("from the north of the country").
//! *Confuses with*: languages (`speaks French`), cuisines and products (`Danish furniture`).
//! *References*: demonyms, see `dictionaries/SOURCES.toml`; the identifier is Presidio's.

use crate::confidence::Confidence;
use crate::dictionary::PlaceKind;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::cue::Words;
use crate::verdict::Verdict;

/// Nationality, religion and origin.
pub static RECOGNIZER: Nrp = Nrp {
    info: Info {
        module: module_path!(),
        entity: Entity::new("NRP"),
        summary: "Nationality, religion or origin of a person.",
        context: &["nationality", "citizen", "national", "religion", "ethnicity", "origin", "born", "faith", ":race"],
        negative_context: &["language", "speaks", "spoken", "translated", "restaurant", "cuisine"],
        hits: &["a ⟦Norwegian⟧ national", "She is ⟦Catholic⟧.", "two ⟦Canadians⟧ were hurt"],
        misses: &["She speaks Norwegian.", "The national team won."],
    },
};

/// Faiths and peoples whose members no list of demonyms has.
static GROUPS: Words = Words::new(&[
    "catholic",
    "catholics",
    "protestant",
    "protestants",
    "muslim",
    "muslims",
    "jew",
    "jews",
    "jewish",
    "christian",
    "christians",
    "buddhist",
    "buddhists",
    "hindu",
    "hindus",
    "sikh",
    "sikhs",
    "mormon",
    "mormons",
    "methodist",
    "baptist",
    "lutheran",
    "anglican",
    "presbyterian",
    "orthodox",
    "sunni",
    "shia",
    "shiite",
    "alevi",
    "kurd",
    "kurds",
    "kurdish",
    "roma",
    "romani",
    "sinti",
    "hispanic",
    "latino",
    "latina",
    "caucasian",
    "navajo",
    "cherokee",
    "inuit",
    "maori",
    "basque",
    "catalan",
    "tamil",
    "pashtun",
    "uyghur",
    "chechen",
    "chechens",
    "palestinian",
    "palestinians",
    "arab",
    "arabs",
    "asian",
    "african",
    "european",
]);

/// See [`RECOGNIZER`].
pub struct Nrp {
    info: Info,
}

impl Recognizer for Nrp {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Block]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let block = site.block;
        for (token, lexeme) in block.tokens.iter().zip(block.lexemes()) {
            if !token.is_capitalised() || token.len() < 3 {
                continue;
            }
            let demonym = lexeme.place.is_some_and(|place| place.kind == Some(PlaceKind::Demonym) && !place.ambiguous);
            let group = GROUPS.has(token);
            if demonym || group {
                let base = Confidence::new(if lexeme.name.surname >= 2 { 450 } else { 620 });
                proposals.push(Proposal { span: token.span(), base, pattern: "demonym", verdict: Verdict::Unknown });
            }
        }
    }
}
