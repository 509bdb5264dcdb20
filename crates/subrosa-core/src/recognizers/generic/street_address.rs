//! House number and street, with unit, postal code, town, state and country where they follow, also on further lines.
//!
//! *Misses by design*: streets without a number or a street word, unless a label, `lives at` or `the corner of` announces
//! them.
//! *Confuses with*: `5 Way Valve`; a unit word or town after it decides.
//! *References*: USPS Publication 28; Universal Postal Union, addressing systems by country; street words, see
//! `dictionaries/SOURCES.toml`.

use crate::block::Block;
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::keyword::Classes;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::token::Kind;
use crate::verdict::Verdict;

mod announced;
mod boxes;
mod crossing;
mod name_first;
mod number_first;
mod tail;

/// Street addresses.
pub static RECOGNIZER: StreetAddress = StreetAddress {
    info: Info {
        module: module_path!(),
        entity: Entity::STREET_ADDRESS,
        summary: "House number and street, with town and postal code where they follow.",
        context: &[
            "address",
            "lives at",
            "resides at",
            "residing at",
            ":street",
            ":home",
            ":mailing",
            ":domicilio",
            ":dirección",
            ":adresse",
            ":anschrift",
        ],
        negative_context: &["ip address", "email address", "mac address"],
        hits: &[
            "lives at ⟦742 Evergreen Terrace, Springfield, IL 62701⟧ now",
            "⟦12B Old Mill Rd., Apt 4⟧",
            "⟦3 Tanner's Row⟧",
            "write to ⟦P.O. Box 1234, Boston, MA 02110⟧",
            "⟦Calle Mayor 12⟧, edificio nuevo",
            "⟦Hauptstraße 5⟧",
            "Address: ⟦99 Wharf Lane\nLittleton⟧\n\nThanks",
            "Domicilio: ⟦Calle Mayor, 5, 2º B⟧.\nLocalidad: X",
            "en ⟦C/ Sauceda nº 3 - 1º Izq. 41001 Sevilla⟧. Tel",
            "⟦Avda. del Río s/n⟧. Consulta",
            "⟦Hauptstraße 5, 10115 Berlin⟧ und",
            "au ⟦12 bis, rue de la Paix, 75002 Paris⟧ depuis",
            "in ⟦Via Roma 3, 00184 Roma⟧ e",
            "⟦Kerkstraat 12, 1017 GP Amsterdam⟧ en",
            "na ⟦Rua Augusta, 15, 1100-048 Lisboa⟧ e",
            "⟦PSC 1437, Box 3833\nAPO AA 34025⟧",
            "⟦10 Example Street, London SW1A 2AA⟧ now",
            "Domicilio: ⟦Olivos 97, 3 B⟧\n",
            "Domicilio: ⟦calle olivos 19, 3B⟧.\n",
            "Anschrift: ⟦Am Markt 12, 80331 München⟧. Seit",
            "wohnt in der ⟦Hauptstraße 5⟧ und",
            "⟦100 Queen Street West, Toronto, ON M5H 2N2⟧ is",
            "⟦Av. Paulista, 1578 - São Paulo - SP, 01310-200⟧. Nascido",
            "at the corner of ⟦Elm Street and 5th Avenue⟧ by noon",
            "vive en la esquina de ⟦Mayor y Olivos⟧.",
            "an der Ecke ⟦Lindenweg/Am Markt⟧.",
            "en ⟦Los Alisos, 10. 13002 Ciudad Real⟧. Correo",
            "⟦Av. Galaxia 6, esc. 2, 2ºb 28023. Madrid⟧ E-mail",
        ],
        misses: &[
            "On 24 December 1996 the Court decided.",
            "She walked 3 miles down the road.",
            "Take 2 Drive safely.",
            "AV de 0,6 en OD y AV de 1 en OI",
            "via Route 66",
            "in the corner of the room and the hall",
            "the corner of his mouth and 3 teeth",
            "Address: 0x7fff5694dc58",
            "email address: see below",
            "Vía oral 3 veces al día",
            "am Montag 5",
            "C/D ratio 0.3",
        ],
    },
};

/// See [`RECOGNIZER`].
pub struct StreetAddress {
    info: Info,
}

/// Most words of a street's name before its street word.
const LONGEST_NAME: usize = 5;

impl Recognizer for StreetAddress {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Alphanumeric { min: 1, max: 6 }, Trigger::Block, Trigger::Label]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let (block, at) = (site.block, site.token);
        if at == 0 {
            for keyword in block.keywords(Classes::STREET.and(Classes::CROSSING)) {
                if keyword.classes.any(Classes::CROSSING) {
                    crossing::from_word(block, keyword.token, proposals);
                } else {
                    name_first::from_word(block, keyword.token, proposals);
                }
            }
        }
        announced::labelled(block, at, proposals);
        if block.token(at).is_some_and(|token| token.kind == Kind::Number) {
            number_first::number_first(block, at, proposals);
            name_first::before_number(block, at, proposals);
            name_first::before_code(block, at, proposals);
            boxes::propose(block, at, proposals);
            announced::lives_at(block, at, proposals);
        }
    }
}

fn push(block: &Block<'_>, first: usize, last: usize, base: u16, pattern: &'static str, proposals: &mut Vec<Proposal>) {
    let span = block.span(first, last);
    proposals.push(Proposal { span, base: Confidence::new(base), pattern, verdict: Verdict::Unknown });
}
