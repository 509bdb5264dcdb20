//! Dates of birth: a date or year that a label or the word `born` announces.
//!
//! *Misses by design*: a birth date told apart from other dates by the age it implies only; [`super::date_time`] still finds it.
//! *Confuses with*: birth dates of children in a mother's record, which are personal as well.
//! *References*: as [`super::date_time`].

use crate::confidence::Confidence;
use crate::dates;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::cue::Cues;
use crate::token::Kind;
use crate::verdict::Verdict;

/// Dates of birth.
pub static RECOGNIZER: DateOfBirth = DateOfBirth {
    info: Info {
        module: module_path!(),
        entity: Entity::DATE_OF_BIRTH,
        summary: "Date that a label or word says to be a person's birth.",
        context: PHRASES,
        negative_context: &[],
        hits: &[
            "DOB: ⟦3/4/1980⟧",
            "She was born on ⟦3 March 1980⟧ in Leeds.",
            "Date of birth ⟦Jan 22, 1966⟧",
            "Fecha de nacimiento: ⟦21/08/1992⟧.",
            "geboren am ⟦12. März 1950⟧",
            "(born ⟦1956⟧)",
            "DOB: ⟦14/14/1980⟧",
        ],
        misses: &["Seen on 3/4/1980. DOB not known.", "born to 2 parents", "Date: 3/4/1980"],
    },
};

const PHRASES: &[&str] = &[
    "dob",
    "d o b",
    "date of birth",
    "birth date",
    "birthdate",
    "birthday",
    "birth",
    "born",
    "née",
    "geboren",
    "geburtsdatum",
    "geb",
    "geburtstag",
    "nacido",
    "nacida",
    "nacimiento",
    "né",
    "née le",
    "naissance",
    "nato",
    "nata",
    "nascita",
    "nascido",
    "nascida",
    "nascimento",
    "geboortedatum",
    "geb dat",
];

static CUES: Cues = Cues::new(PHRASES, &[]);

/// Tokens between a cue and the last number of its date, at most.
const BEFORE: usize = 16;

/// The recognizer of [`Entity::DATE_OF_BIRTH`].
pub struct DateOfBirth {
    info: Info,
}

impl Recognizer for DateOfBirth {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Alphanumeric { min: 1, max: 14 }]
    }

    fn cues(&self) -> Vec<&Cues> {
        vec![&CUES]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let block = site.block;
        if block.token(site.token).is_none_or(|token| token.kind != Kind::Number) || !is_near(site) {
            return;
        }
        if let Some(date) = dates::find(block, site.token).filter(|date| !date.form.is_time()) {
            // The words before the number may be the month; the cue stands before the whole.
            let first = block.token_at(date.span.start);
            if announced(site, first) {
                let base = Confidence::new(900);
                proposals.push(Proposal { span: date.span, base, pattern: date.form.id(), verdict: Verdict::Unknown });
            }
        } else if block.token(site.token).is_some_and(|token| token.is_digits() && token.len() == 4)
            && matches!(block.str(site.token).get(..2), Some("18" | "19" | "20"))
            && announced(site, site.token)
        {
            let (span, base) = (block.span(site.token, site.token), Confidence::new(700));
            proposals.push(Proposal { span, base, pattern: "year", verdict: Verdict::Unknown });
        }
    }
}

/// Whether the last word of a cue stands before the site or in a label: cheaper than to read the date first.
fn is_near(site: &Site<'_>) -> bool {
    let start = site.token.saturating_sub(BEFORE);
    !site.block.labels.is_empty() || (start..site.token).any(|token| CUES.ends_at(site.block, token).is_some())
}

/// Whether a cue stands before the date at token `first`, past words such as `on`.
fn announced(site: &Site<'_>, first: usize) -> bool {
    let mut at = first;
    for _ in 0..3 {
        if CUES.of(site.block, at).is_some() {
            return true;
        }
        let skipped =
            at > 0 && matches!(site.block.str(at - 1), "on" | "in" | "am" | "im" | "le" | "el" | "il" | "em" | "op" | "en");
        if !skipped {
            return false;
        }
        at -= 1;
    }
    false
}
