//! Names of people: what stands under a label such as `Patient:`, and `Surname, Given name`.
//!
//! In running text the [tagger](crate::tagger) finds names.
//!
//! *Misses by design*: names in small letters without a label, unless the whole text has no capitals.
//! *Confuses with*: titles of works, products, firms named after people.
//! *References*: US Census surnames and SSA given names, see `dictionaries/SOURCES.toml`.

use crate::block::Block;
use crate::confidence::Confidence;
use crate::dictionary::{self, WordClass};
use crate::entity::Entity;
use crate::lexicon::Lexeme;
use crate::machine;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::token::{Gap, Kind};
use crate::verdict::Verdict;

/// Names of people.
pub static RECOGNIZER: Person = Person {
    info: Info {
        module: module_path!(),
        entity: Entity::PERSON,
        summary: "Name of a person, with its titles.",
        context: &[
            "full name",
            "first name",
            "last name",
            "given name",
            "family name",
            "middle name",
            "maiden name",
            "surname",
            "forename",
            "patient name",
            "my name is",
            "name is",
            "signed by",
            "dictated by",
            "also known as",
            "née",
            ":name",
            ":patient",
            ":client",
            ":physician",
            ":doctor",
            ":provider",
            ":attending",
            ":nurse",
            ":contact",
            ":next of kin",
            ":spouse",
            ":mother",
            ":father",
            ":guardian",
            ":employee",
            ":customer",
            ":author",
            ":creator",
            ":last modified by",
            ":manager",
            ":from",
            ":to",
            ":cc",
            ":attorney",
            ":witness",
            ":signature",
            ":nombre",
            ":apellidos",
            ":paciente",
            ":médico",
            ":remitido por",
            ":nom",
            ":prénom",
            ":vorname",
            ":nachname",
        ],
        negative_context: &[
            ":file name",
            ":product name",
            ":company name",
            ":user name",
            ":host name",
            ":domain name",
            ":class name",
            ":table name",
            ":column name",
            ":field name",
            ":property name",
            ":style name",
            ":object name",
            ":brand name",
            ":drug name",
            ":account name",
            ":project name",
            ":street name",
            ":city name",
            ":country name",
            ":school name",
            ":hospital name",
            ":facility name",
        ],
        hits: &[
            "Seen by ⟦Dr. Maria Gonzalez⟧ today.",
            "I met ⟦John Smith⟧ in the hall, and ⟦Mr Okonkwo-Reyes⟧ too.",
            "Regards,\n⟦J. R. Thompson⟧, MD",
            "Patient: ⟦Ludwig van Dijk⟧",
            "⟦Kowalski, Anna⟧ (client)",
            "His wife ⟦Svetlana⟧ was present. ⟦Patrick O'Sullivan⟧ was not.",
            "⟦John Smith⟧ came. Later ⟦Smith⟧ left.",
            "Dear ⟦Michelle⟧,",
            "the long report that was written for the hearing by ⟦Mr Samuel\nAshgrove⟧ in spring",
        ],
        misses: &[
            "Will you mark the page in May?",
            "She has Parkinson's disease and a Foley catheter.",
            "The New York Times and General Electric.",
            "CHIEF COMPLAINT\nHISTORY OF PRESENT ILLNESS",
            "We went to Victoria Falls on Monday.",
        ],
    },
};

/// See [`RECOGNIZER`].
pub struct Person {
    info: Info,
}

impl Recognizer for Person {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Label, Trigger::Byte(b',')]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        if site.block.token(site.token).is_some_and(|token| token.is_byte(b',')) {
            propose_reversed(site.block, site.token, proposals);
        } else {
            propose_labelled(site, proposals);
        }
    }
}

/// A value under a label: one to four words with a capital, or all in lower case. Only a label that says so lifts it.
fn propose_labelled(site: &Site<'_>, proposals: &mut Vec<Proposal>) {
    let block = site.block;
    let mut first = site.token;
    while block
        .token(first)
        .is_some_and(|token| matches!(token.kind, Kind::Punctuation(b'"' | b'\'' | b'*' | b'_')) || is_title(block, first))
    {
        first += 1;
    }
    let mut last = first;
    let mut words = 0;
    while let Some(token) = block.token(last) {
        let continues = match token.kind {
            Kind::Word => (words == 0 || token.gap <= Gap::Blank) && !block.str(last).eq_ignore_ascii_case("and"),
            Kind::Punctuation(b'.' | b'-' | b'\'') => words > 0 && token.gap == Gap::None,
            Kind::Punctuation(b',') => {
                words == 1 && block.token(last + 1).is_some_and(|next| next.is_capitalised() && next.gap <= Gap::Blank)
            }
            Kind::Number | Kind::Punctuation(_) => false,
        };
        if !continues {
            break;
        }
        words += usize::from(token.kind == Kind::Word);
        last += 1;
    }
    while last > first && block.token(last - 1).is_some_and(|token| token.kind != Kind::Word) {
        last -= 1;
    }
    if words == 0
        || words > 5
        || last == first
        || (first..last).any(|index| machine::is_identifier(block, index) || machine::is_of_source(block, index))
    {
        return;
    }
    // `name: str` in source code is a type; a name stands in quotation marks.
    if block.is_source() && !block.tokens[first].is_capitalised() && first == site.token {
        return;
    }
    let capitals = (first..last).all(|index| {
        let token = block.tokens[index];
        token.kind != Kind::Word || token.is_capitalised() || token.len() <= 3
    });
    let known = (first..last).any(|index| dictionary::names().get(block.tokens[index].hash).is_some());
    let everyday = (first..last).all(|index| {
        let token = block.tokens[index];
        token.kind != Kind::Word || dictionary::common_words().get(token.hash).is_some_and(|word| word.mostly_lower_case)
    });
    // A whole cell or property under a label of its own is the name, however it is written.
    let whole = site.token == 0 && last == block.tokens.len();
    // `MRN`, `DOB`: more likely a label itself.
    let acronym = words == 1 && !known && block.tokens[first].shape.is_upper() && block.tokens[first].len() <= 4;
    let likely = !everyday && (capitals || known && words <= 3 || whole && words <= 4) || whole && known && capitals;
    if likely && !acronym {
        push(block, first, last - 1, 200, "labelled", proposals);
    }
}

fn is_title(block: &Block<'_>, index: usize) -> bool {
    let Some(token) = block.token(index) else { return false };
    match token.kind {
        Kind::Word => token.is_capitalised() && is_title_word(&block.lexeme(index)) && !is_saint(block, index) && token.len() > 1,
        Kind::Punctuation(b'.') => index > 0 && token.gap == Gap::None && is_title(block, index - 1),
        Kind::Number | Kind::Punctuation(_) => false,
    }
}

fn is_title_word(lexeme: &Lexeme) -> bool {
    lexeme.is(WordClass::Honorific)
}

/// `St. Luke's` is a church or a hospital, mostly.
fn is_saint(block: &Block<'_>, token: usize) -> bool {
    matches!(block.str(token), "St" | "ST" | "Saint" | "Ste" | "Santa" | "San")
}

/// `Kowalski, Anna M.`: a surname alone, a comma, a given name. The base leaves lists of names to what stands around.
fn propose_reversed(block: &Block<'_>, comma: usize, proposals: &mut Vec<Proposal>) {
    let (Some(before), Some(after)) = (comma.checked_sub(1), block.token(comma + 1)) else { return };
    let surname = &block.tokens[before];
    let alone = surname.gap >= Gap::Wide
        || block.begins_sentence(before)
        || block.before(before).is_some_and(|token| token.is_byte(b':'));
    if !alone
        || !surname.is_capitalised()
        || !after.is_capitalised()
        || after.gap != Gap::Blank
        || block.tokens[comma].gap != Gap::None
    {
        return;
    }
    let (last, first) = (&block.lexeme(before), &block.lexeme(comma + 1));
    let is_place = |lexeme: &Lexeme| lexeme.place.is_some_and(|place| place.kind.is_some() && !place.ambiguous);
    let fits = last.name.surname >= 1 && !last.is_everyday() || last.is_unknown();
    if !fits || first.name.given < 2 || first.is_everyday() || is_place(first) {
        return;
    }
    let list = last.name.given >= 2 && last.name.surname < 3;
    let base = if is_place(last) || list { 350 } else { 650 + 50 * u16::from(last.name.surname) };
    let mut end = comma + 1;
    while block.token(end + 1).is_some_and(|token| token.is_capitalised() && token.gap == Gap::Blank && token.len() == 1) {
        end += 1;
    }
    push(block, before, end, base, "surname-comma-given-name", proposals);
}

fn push(block: &Block<'_>, first: usize, last: usize, base: u16, pattern: &'static str, proposals: &mut Vec<Proposal>) {
    let span = block.span(first, last);
    proposals.push(Proposal { span, base: Confidence::new(base), pattern, verdict: Verdict::Unknown });
}
