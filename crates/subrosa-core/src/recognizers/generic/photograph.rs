//! Words that say that a picture of a person's face comes with the text: `full-face photograph`, `photo attached`, `photo enclosed`.
//!
//! The picture is not in the text. What is found tells the reader that there is one to be taken out, too.
//!
//! *Misses by design*: pictures that no word mentions.
//! *Confuses with*: pictures of wounds and places, unless they are said to be of a face.
//! *References*: 45 CFR 164.514(b)(2)(i)(Q).

use crate::block::Block;
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::cue::Words;
use crate::recognizers::keywords::Keywords;
use crate::token::{Gap, Kind};
use crate::verdict::Verdict;

/// Mentions of photographs that come with a document.
pub static RECOGNIZER: Photograph = Photograph {
    info: Info {
        module: module_path!(),
        entity: Entity::new("PHOTOGRAPH"),
        summary: "Mention of a photograph of a person that comes with the document.",
        context: &[],
        negative_context: &[],
        hits: &[
            "See the ⟦full-face photograph⟧ below.",
            "⟦Photo of patient attached⟧.",
            "⟦photograph enclosed⟧",
            "Ein ⟦Lichtbild beigefügt⟧.",
            "⟦facial photo⟧ taken",
        ],
        misses: &[
            "She likes photographs of birds.",
            "photo: sunset over the bay",
            "attached is the report",
            "the camera has a full face",
        ],
    },
};

pub(in crate::recognizers) static WORDS: Keywords = Keywords::new(&[
    "photo",
    "photos",
    "photograph",
    "photographs",
    "picture",
    "pictures",
    "headshot",
    "mugshot",
    "lichtbild",
    "passbild",
    "foto",
    "fotos",
    "fotografía",
    "photographie",
    "photographies",
    "selfie",
]);
static ATTACHED: Words = Words::new(&[
    "attached",
    "enclosed",
    "appended",
    "beigefügt",
    "anbei",
    "beiliegend",
    "adjunta",
    "adjunto",
    "adjuntas",
    "jointe",
    "jointes",
    "jointe",
]);
static FACE: Words = Words::new(&["face", "facial"]);

/// The recognizer of the entity `PHOTOGRAPH`.
pub struct Photograph {
    info: Info,
}

impl Recognizer for Photograph {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Block]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let block = site.block;
        for picture in WORDS.find(block) {
            let found =
                of_face(block, picture).map(|first| (first, picture)).or_else(|| Some((picture, attached(block, picture)?)));
            if let Some((first, last)) = found {
                let (span, base) = (block.span(first, last), Confidence::new(550));
                proposals.push(Proposal { span, base, pattern: "mention", verdict: Verdict::Unknown });
            }
        }
    }
}

/// The first token of `full-face` or `facial` right before the picture.
fn of_face(block: &Block<'_>, picture: usize) -> Option<usize> {
    let face = picture.checked_sub(1).filter(|face| FACE.at(block, *face))?;
    if block.str(face).eq_ignore_ascii_case("facial") {
        return Some(face);
    }
    let full = |at: Option<usize>| at.filter(|at| block.str(*at).eq_ignore_ascii_case("full"));
    full(face.checked_sub(1)).or_else(|| full(face.checked_sub(2)))
}

/// The token that says within a few words that the picture is attached.
fn attached(block: &Block<'_>, picture: usize) -> Option<usize> {
    (picture + 1..picture + 5)
        .take_while(|at| block.token(*at).is_some_and(|token| token.kind == Kind::Word && token.gap <= Gap::Line))
        .find(|at| ATTACHED.at(block, *at))
}
