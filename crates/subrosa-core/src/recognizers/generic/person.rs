//! Names of people, by dictionaries, titles, initials and the words around.
//!
//! A capital and a list are weak evidence alone: a quarter of all other capitalised words are in a list of names. So a name
//! needs two parts, a title, a relation, a label, or one part that is nothing else.
//! The statistical tagger takes its seat beside this file: it will propose the same entity from the same runs of words.
//!
//! *Misses by design*: a lone surname that is also a word or a place, until the full name stands somewhere in the document;
//! names in lower case without a label.
//! *Confuses with*: titles of works, products, firms named after people.
//! *References*: US Census surnames and SSA given names, see `dictionaries/SOURCES.toml`.

use crate::block::Block;
use crate::confidence::Confidence;
use crate::dictionary::{self, WordClass};
use crate::entity::Entity;
use crate::lexicon::Lexeme;
use crate::names::{self, Run};
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::cue::Words;
use crate::token::{Gap, Kind};
use crate::verdict::Verdict;

/// Names of people.
pub static RECOGNIZER: Person = Person {
    info: Info {
        module: module_path!(),
        entity: Entity::PERSON,
        summary: "Name of a person, its titles left out.",
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
            "Seen by Dr. ⟦Maria Gonzalez⟧ today.",
            "I met ⟦John Smith⟧ in the hall, and Mr ⟦Okonkwo-Reyes⟧ too.",
            "Regards,\n⟦J. R. Thompson⟧, MD",
            "Patient: ⟦Ludwig van Dijk⟧",
            "⟦Kowalski, Anna⟧ (client)",
            "His wife ⟦Svetlana⟧ was present. ⟦Patrick O'Sullivan⟧ was not.",
            "⟦John Smith⟧ came. Later ⟦Smith⟧ left.",
            "Dear ⟦Michelle⟧,",
            "the long report that was written for the hearing by Mr ⟦Samuel\nAshgrove⟧ in spring",
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
        &[Trigger::Block, Trigger::Label]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        if site.token > 0 || !site.block.labels.is_empty() {
            propose_labelled(site, proposals);
        }
        if site.token > 0 {
            return;
        }
        let block = site.block;
        let mut found = Vec::new();
        names::runs(block, &mut found);
        for (index, run) in found.iter().enumerate() {
            propose_run(block, run, proposals);
            if let Some(next) = found.get(index + 1) {
                propose_reversed(block, run, next, proposals);
            }
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
    if words == 0 || words > 5 || last == first {
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
        Kind::Word => {
            token.is_capitalised() && is_title_word(&block.lexemes()[index]) && !is_saint(block, index) && token.len() > 1
        }
        Kind::Punctuation(b'.') => index > 0 && token.gap == Gap::None && is_title(block, index - 1),
        Kind::Number | Kind::Punctuation(_) => false,
    }
}

/// What a word of a run may be in a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Initial,
    Particle,
    /// In a list of given names (band), not an everyday word.
    Given(u8),
    /// In a list of surnames (band), not an everyday word.
    Surname(u8),
    /// In a list of names and an everyday word.
    Doubtful,
    /// In no list.
    Unknown,
    /// No part of a name.
    Other,
}

fn part(block: &Block<'_>, run: &Run, index: usize) -> Part {
    let word = run.words[index];
    if word.initial {
        return Part::Initial;
    }
    if word.particle {
        return Part::Particle;
    }
    let lexeme = run.lexeme(block, index);
    let name = lexeme.name;
    let class = lexeme.class;
    let never =
        [WordClass::OrganisationHead, WordClass::HospitalHead, WordClass::Month, WordClass::Weekday, WordClass::LegalForm];
    if never.iter().any(|never| class.is(*never)) && !(name.given >= 2 && class.ambiguous()) {
        return Part::Other;
    }
    if (class.is(WordClass::Relationship) || class.is(WordClass::Role)) && name.given < 2 {
        return Part::Other;
    }
    // A word in capitals among others in small letters: an abbreviation (`PCP Anna Weber`), unless a list knows it as a name.
    let upper = |word: &names::Word| block.tokens[word.head].shape.is_upper() && block.tokens[word.head].len() > 2;
    if upper(&word) && name.surname == 0 && !run.words.iter().all(|word| word.initial || word.particle || upper(word)) {
        return Part::Other;
    }
    if lexeme.is_everyday() {
        return if name.given.max(name.surname) >= 1 { Part::Doubtful } else { Part::Other };
    }
    if name.given >= name.surname && name.given > 0 {
        return Part::Given(name.given);
    }
    if name.surname > 0 {
        return Part::Surname(name.surname);
    }
    let given_before = index > 0 && {
        let before = run.lexeme(block, index - 1);
        before.name.given >= 2 && !before.is_everyday() && before.place.is_none()
    };
    if lexeme.place.is_some_and(|place| place.kind.is_some()) && !given_before
        || lexeme.word.is_some_and(|word| word.frequency >= 3)
    {
        return Part::Other;
    }
    Part::Unknown
}

fn is_name(part: Part) -> bool {
    matches!(part, Part::Given(_) | Part::Surname(_))
}

fn propose_run(block: &Block<'_>, run: &Run, proposals: &mut Vec<Proposal>) {
    let mut from = 0;
    // Cut the run at titles, roles and words that are in no name; each piece is looked at alone.
    while from < run.words.len() {
        let titled_by = |index: usize| {
            is_title_word(run.lexeme(block, index)) && !run.words[index].initial && !is_saint(block, run.words[index].first)
        };
        let mut title = false;
        let mut doubtful_title = false;
        while from < run.words.len() && titled_by(from) && !(from + 1 == run.words.len() && title_is_name(block, run, from)) {
            title = true;
            doubtful_title = run.lexeme(block, from).class.ambiguous();
            from += 1;
        }
        // `General Electric`, `Major League`: a title that is also a word needs a name after it.
        if doubtful_title
            && from < run.words.len()
            && !matches!(part(block, run, from), Part::Given(_) | Part::Surname(_) | Part::Unknown | Part::Initial)
        {
            title = false;
        }
        // `Mr. Smith`: the full stop ends the run, the title stands before it.
        title |= from == 0 && follows_title(block, run.first);
        let mut to = from;
        while to < run.words.len()
            && (part(block, run, to) != Part::Other || title && to == from)
            && !(to > from && titled_by(to))
        {
            to += 1;
        }
        if to > from {
            propose_piece(block, run, from, to, title, proposals);
            from = to;
        } else {
            from += 1;
        }
    }
}

fn is_title_word(lexeme: &Lexeme) -> bool {
    lexeme.is(WordClass::Honorific)
}

/// `St. Luke's` is a church or a hospital, mostly.
fn is_saint(block: &Block<'_>, token: usize) -> bool {
    matches!(block.str(token), "St" | "ST" | "Saint" | "Ste" | "Santa" | "San")
}

/// Whether a title stands before, perhaps with particles between: `Mr. van Beers`.
fn follows_title(block: &Block<'_>, first: usize) -> bool {
    let first = before_particles(block, first);
    block.token(first).is_some_and(|token| token.gap <= Gap::Line) && first > 0 && is_title(block, first - 1)
}

/// Goes back over the particles before a name.
fn before_particles(block: &Block<'_>, first: usize) -> usize {
    let mut at = first;
    while at > 0 && first - at < 3 && block.tokens[at].gap == Gap::Blank {
        let before = &block.tokens[at - 1];
        let particle = before.kind == Kind::Word
            && !before.is_capitalised()
            && dictionary::classes().get(before.hash).is_some_and(|class| class.is(WordClass::Particle));
        if !particle {
            break;
        }
        at -= 1;
    }
    at
}

/// `Dean`, `Prince`: a title that is also a name, alone at the end of a run.
fn title_is_name(block: &Block<'_>, run: &Run, index: usize) -> bool {
    run.lexeme(block, index).name.given >= 3
}

fn propose_piece(block: &Block<'_>, run: &Run, from: usize, to: usize, title: bool, proposals: &mut Vec<Proposal>) {
    let (mut from, mut to) = (from, to);
    // A name ends in no particle and no suffix, and starts with no everyday word that only has a capital as first of a sentence.
    while to > from && (run.words[to - 1].particle || run.lexeme(block, to - 1).is(WordClass::NameSuffix) && to - from > 1) {
        to -= 1;
    }
    let suffix = to < run.words.len() && run.lexeme(block, to).is(WordClass::NameSuffix)
        || has_suffix_after(block, run.words[to.max(1) - 1].last);
    while !title
        && to - from > 1
        && part(block, run, from) == Part::Doubtful
        && block.begins_sentence(run.words[from].first)
        && to - from > 2
    {
        from += 1;
    }
    if to <= from {
        return;
    }
    let parts: Vec<_> = (from..to).map(|index| part(block, run, index)).collect();
    let first = run.words[from].first;
    let upper =
        run.words[from..to].iter().all(|word| block.tokens[word.head].shape.is_upper()) && !parts.contains(&Part::Initial);
    let sentence = block.begins_sentence(first);
    let named = parts.iter().filter(|part| is_name(**part)).count();
    let (base, rule): (i32, _) = if title {
        (900, "title")
    } else if parts.len() == 1 {
        single(block, run, from, parts[0], sentence)
    } else {
        several(block, run, from, &parts, named)
    };
    if base <= 0 && !title && parts.len() > 1 && matches!(parts[0], Part::Doubtful | Part::Particle) {
        return propose_piece(block, run, from + 1, to, false, proposals);
    }
    let mut base = base;
    if suffix && !title && parts.len() > 1 {
        base = base.max(850);
    }
    if greeted(block, first) && parts.len() <= 2 && parts.iter().all(|part| *part != Part::Other) {
        base = base.max(if named > 0 { 800 } else { 550 });
    }
    if !title && related(block, first) && parts.iter().all(|part| *part != Part::Doubtful) {
        base = base.max(if named > 0 { 800 } else { 600 });
    }
    if upper && !title {
        base -= if parts.len() == 1 { 300 } else { 150 };
    }
    if base > 0 && (title || !crate::protect::is_protected(block, run.words[from].first, run.words[to - 1].last)) {
        let first = if title { before_particles(block, first) } else { first };
        push(block, first, run.words[to - 1].last, base as u16, rule, proposals);
    }
}

/// The confidence of one word alone.
fn single(block: &Block<'_>, run: &Run, index: usize, part: Part, sentence: bool) -> (i32, &'static str) {
    let lexeme = run.lexeme(block, index);
    let place = lexeme.place.is_some_and(|place| place.kind.is_some() && !place.ambiguous);
    let whole_run = run.words.len() == 1;
    let base = match part {
        Part::Given(3) if place => 510,
        Part::Given(3) => 640,
        Part::Given(2) if !place => 560,
        Part::Given(_) if !place => 350,
        Part::Surname(3) if !place && lexeme.word.is_none() => 480,
        Part::Surname(_) if !place => 320,
        Part::Unknown => 200,
        _ => 0,
    };
    // Part of a longer run, which may be the name of something else; an everyday word before it (`Dear`, `Then`) is no part.
    let after_everyday = index > 0 && index + 1 == run.words.len() && run.lexeme(block, index - 1).is_everyday();
    let doubts = [sentence && lexeme.word.is_some(), !whole_run && !after_everyday];
    (base - 150 * doubts.into_iter().map(i32::from).sum::<i32>(), "single-name")
}

/// The confidence of two words or more.
fn several(block: &Block<'_>, run: &Run, from: usize, parts: &[Part], named: usize) -> (i32, &'static str) {
    let first = parts[0];
    let last = parts[parts.len() - 1];
    let doubtful = parts.iter().filter(|part| **part == Part::Doubtful).count();
    let unknown = parts.iter().filter(|part| **part == Part::Unknown).count();
    let surname_of = |index: usize| run.lexeme(block, from + index).name.surname;
    let given_first = matches!(first, Part::Given(_)) || first == Part::Doubtful && run.lexeme(block, from).name.given >= 2;
    if parts.len() > 5 {
        return (0, "long-run");
    }
    if first == Part::Initial {
        let base = match last {
            Part::Given(_) | Part::Surname(_) => 750,
            Part::Unknown => 620,
            Part::Doubtful if surname_of(parts.len() - 1) >= 2 => 480,
            _ => 0,
        };
        return (base, "initials-and-surname");
    }
    let base = match (first, last) {
        (Part::Given(_), Part::Given(_) | Part::Surname(_)) => 850 - 100 * doubtful as i32,
        (Part::Given(band), Part::Initial) => 500 + 80 * i32::from(band),
        (Part::Given(band), Part::Doubtful) if band >= 2 => 700,
        (Part::Given(band), Part::Unknown) => 500 + 100 * i32::from(band),
        (Part::Given(_) | Part::Surname(_), Part::Doubtful) => 520,
        (Part::Surname(_), Part::Given(_) | Part::Surname(_)) => 650,
        (Part::Surname(_) | Part::Unknown, Part::Unknown) if named > 0 => 520,
        (Part::Unknown, Part::Given(_) | Part::Surname(_)) => 600,
        (Part::Doubtful, Part::Given(_) | Part::Surname(_)) if given_first => 700,
        (Part::Doubtful, Part::Unknown) if given_first => 540,
        (Part::Doubtful, Part::Doubtful) if given_first && surname_of(parts.len() - 1) >= 3 => 450,
        (Part::Unknown, Part::Unknown) if unknown >= 2 => 420,
        _ => 0,
    };
    (base, "given-name-and-surname")
}

/// `, MD` or `, RN` after a name.
fn has_suffix_after(block: &Block<'_>, last: usize) -> bool {
    let comma = block.token(last + 1).is_some_and(|token| token.is_byte(b',') && token.gap == Gap::None);
    let word = last + 1 + usize::from(comma);
    block.token(word).is_some_and(|token| token.gap <= Gap::Blank && token.is_capitalised() && token.len() <= 5)
        && block.lexemes()[word].is(WordClass::NameSuffix)
}

/// Words of greeting and parting that a name follows.
static GREETINGS: Words = Words::new(&[
    "dear", "hi", "hello", "hey", "hola", "querido", "querida", "estimado", "estimada", "liebe", "lieber", "cher", "chère",
]);

/// `Dear Michelle,`: a greeting before, and a comma, stop or line end after or nothing more.
fn greeted(block: &Block<'_>, first: usize) -> bool {
    first > 0 && GREETINGS.at(block, first - 1) && block.token(first).is_some_and(|token| token.gap == Gap::Blank)
}

/// Whether a word before says that a person follows: a relation (`his wife Anna`), a role (`attorney Jones`, `patient Smith`).
fn related(block: &Block<'_>, first: usize) -> bool {
    let Some(before) = block.before(first) else { return false };
    if before.kind != Kind::Word || block.token(first).is_none_or(|token| token.gap > Gap::Blank) {
        return false;
    }
    dictionary::classes().get(before.hash).is_some_and(|class| {
        class.is(WordClass::Relationship) || class.is(WordClass::Role) && !class.is(WordClass::OrganisationHead)
    })
}

/// `Kowalski, Anna`: a surname alone, a comma, a given name.
fn propose_reversed(block: &Block<'_>, run: &Run, next: &Run, proposals: &mut Vec<Proposal>) {
    let comma = block.token(run.last + 1).is_some_and(|token| token.is_byte(b',') && token.gap == Gap::None);
    if !comma
        || next.first != run.last + 2
        || block.tokens[next.first].gap > Gap::Blank
        || run.words.len() > 2
        || next.words.len() > 3
    {
        return;
    }
    let surname = run.lexeme(block, run.words.len() - 1);
    let given = next.lexeme(block, 0);
    let place = surname.place.is_some_and(|place| place.kind.is_some() && !place.ambiguous);
    let fits = surname.name.surname >= 1 && !surname.is_everyday() || surname.is_unknown();
    if !fits
        || given.name.given < 2
        || given.is_everyday()
        || given.place.is_some_and(|place| place.kind.is_some() && !place.ambiguous)
    {
        return;
    }
    // A list of given names (`Anna, Maria and Peter`) is no reversed name.
    let list = surname.name.given >= 2 && surname.name.surname < 3;
    let alone = block.begins_sentence(run.first) || block.tokens[run.first].gap >= Gap::Wide || run.words.len() == 1;
    let base = if place || list || !alone { 350 } else { 650 + 50 * u16::from(surname.name.surname) };
    push(block, run.first, next.last, base, "surname-comma-given-name", proposals);
}

fn push(block: &Block<'_>, first: usize, last: usize, base: u16, pattern: &'static str, proposals: &mut Vec<Proposal>) {
    let span = block.span(first, last);
    proposals.push(Proposal { span, base: Confidence::new(base), pattern, verdict: Verdict::Unknown });
}
