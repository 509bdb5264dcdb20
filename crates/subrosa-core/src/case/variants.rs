//! The writings of what a case sheet says of a person.
//!
//! Compared folded ([`fold`](crate::fold)): blanks, hyphens, case and the encoding of accents make no difference anyway, so
//! `J. Roe` stands for `J.Roe` and `j.  roe`, and a hyphenated name for the same with a blank.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::{Name, Person, dates, typos};
use crate::dictionary::{self, word_hash};
use crate::entity::Entity;

/// Fewest letters of a name that is looked for without regard to capitals.
const LONG: usize = 5;

/// One writing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
    /// As somebody may write it.
    pub text: String,
    /// What it is.
    pub entity: Entity,
    /// Where it counts.
    pub stands: Stands,
    /// Whether it is a slip of the keyboard, which may be how another name is written.
    pub slip: bool,
}

/// Where a writing counts as one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stands {
    /// Wherever its letters stand one after the other, also inside longer words.
    Anywhere,
    /// As a word of its own.
    Alone,
    /// As a word of its own that begins with a capital letter.
    Capitalised,
    /// As a word of its own in which all letters are capitals.
    Capitals,
}

/// All writings of a person's names, dates, addresses and numbers.
pub fn of(person: &Person) -> Vec<Term> {
    let mut terms = Terms::default();
    for name in &person.names {
        terms.name(name);
    }
    for alias in &person.aliases {
        terms.with_plain(alias, &Entity::PERSON, word_stands(alias));
    }
    for date in &person.born {
        for writing in dates::writings(*date) {
            terms.add(writing, &Entity::DATE_OF_BIRTH, Stands::Alone);
        }
    }
    for address in &person.addresses {
        terms.with_plain(address, &Entity::STREET_ADDRESS, Stands::Anywhere);
        terms.with_plain(&address.replace(',', " "), &Entity::STREET_ADDRESS, Stands::Anywhere);
        // The street alone tells the house; the town alone does not.
        let street = address.split([',', '\n']).next().unwrap_or_default();
        if street.chars().any(|sign| sign.is_ascii_digit()) && street.chars().filter(|sign| sign.is_alphabetic()).count() > 2 {
            terms.with_plain(street, &Entity::STREET_ADDRESS, Stands::Anywhere);
        }
    }
    for phone in &person.phones {
        for writing in phones(phone) {
            terms.add(writing, &Entity::PHONE_NUMBER, Stands::Alone);
        }
    }
    for email in &person.emails {
        terms.add(email.clone(), &Entity::EMAIL_ADDRESS, Stands::Alone);
    }
    for (entity, numbers) in &person.numbers {
        for number in numbers {
            terms.add(number.clone(), entity, Stands::Alone);
            let bare: String = number.chars().filter(|sign| sign.is_alphanumeric()).collect();
            terms.add(bare, entity, Stands::Alone);
        }
    }
    for term in &person.terms {
        let short = term.chars().filter(|sign| sign.is_alphanumeric()).count() < 4;
        terms.with_plain(term, &Entity::DENIED_TERM, if short { Stands::Alone } else { Stands::Anywhere });
    }
    terms.0
}

#[derive(Default)]
struct Terms(Vec<Term>);

impl Terms {
    fn add(&mut self, text: String, entity: &Entity, stands: Stands) {
        if text.chars().any(char::is_alphanumeric) {
            self.0.push(Term { text, entity: entity.clone(), stands, slip: false });
        }
    }

    /// A writing, the same without accents, and as German writes it without umlauts.
    fn with_plain(&mut self, text: &str, entity: &Entity, stands: Stands) {
        self.add(text.to_owned(), entity, stands);
        if text.is_ascii() {
            return;
        }
        let plain = without_accents(text);
        let german = without_accents(&in_ascii(text));
        for other in [&german, &plain] {
            if *other != text {
                self.add(other.clone(), entity, stands);
            }
        }
    }

    fn name(&mut self, name: &Name) {
        let person = &Entity::PERSON;
        let given = name.given.join(" ");
        let family = name.family.join(" ");
        if !given.is_empty() && !family.is_empty() {
            let initials: Vec<char> = name.given.iter().filter_map(|word| word.chars().next()).collect();
            let dotted = each(initials.iter(), ". ");
            let bare = each(initials.iter(), "");
            let first = name.given.first().cloned().unwrap_or_default();
            let middle = each(initials.iter().skip(1), ". ");
            let first_initial = initials.first().copied().unwrap_or_default();
            for whole in [
                format!("{given} {family}"),
                format!("{first} {family}"),
                format!("{first} {middle}{family}"),
                format!("{family}, {given}"),
                format!("{family}, {first}"),
                format!("{family} {given}"),
                format!("{family} {first}"),
            ] {
                self.with_plain(&whole, person, Stands::Alone);
            }
            for short in [
                format!("{dotted}{family}"),
                format!("{first_initial}. {family}"),
                format!("{family}, {dotted}"),
                format!("{family}, {first_initial}."),
            ] {
                self.with_plain(short.trim_end(), person, Stands::Capitalised);
            }
            // As mailboxes and accounts are named.
            let mailbox = family.replace(' ', "");
            let mut accounts =
                vec![format!("{first_initial}{mailbox}"), format!("{mailbox}{first_initial}"), format!("{bare}{mailbox}")];
            let short = first_initial.to_string();
            for (sign, given) in [(".", &first), (".", &short), ("_", &first), ("_", &short)] {
                accounts.extend([format!("{given}{sign}{mailbox}"), format!("{mailbox}{sign}{given}")]);
            }
            for account in accounts {
                if account.chars().count() >= LONG {
                    self.with_plain(&account, person, Stands::Alone);
                }
            }
            let family_initials = name.family.iter().filter_map(|word| word.chars().find(|letter| letter.is_uppercase()));
            let all: Vec<char> = initials.iter().copied().chain(family_initials.clone()).collect();
            let few: Vec<char> = initials.iter().copied().take(1).chain(family_initials).collect();
            for letters in [all, few] {
                self.add(each(letters.iter(), "."), person, Stands::Capitals);
            }
        }
        for word in name.given.iter().chain([&family]).filter(|word| !word.is_empty()) {
            self.part(word);
        }
        // Of a double name each half is used.
        for half in family.split([' ', '-']).chain(given.split('-')).filter(|half| half.chars().count() > 3) {
            if half != family && half != given {
                self.part(half);
            }
        }
    }

    /// A given or family name alone, in the genitive of other languages, and with a typing error.
    fn part(&mut self, word: &str) {
        let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
        if letters < 2 {
            return;
        }
        self.with_plain(word, &Entity::PERSON, word_stands(word));
        if letters > 3 && !word.ends_with('s') {
            self.with_plain(&format!("{word}s"), &Entity::PERSON, Stands::Capitalised);
        }
        let slips = typos::of(word).into_iter();
        let slip = |text| Term { text, entity: Entity::PERSON, stands: Stands::Capitalised, slip: true };
        self.0.extend(slips.map(slip));
    }
}

/// Each letter with what stands behind it.
fn each<'l>(letters: impl Iterator<Item = &'l char>, behind: &str) -> String {
    letters.flat_map(|letter| [letter.to_string(), behind.to_owned()]).collect()
}

/// Whether a name needs its capital to be told from a word.
fn word_stands(word: &str) -> Stands {
    let everyday = !word.contains(' ') && dictionary::common_words().get(word_hash(word)).is_some();
    if everyday || word.chars().count() < LONG { Stands::Capitalised } else { Stands::Alone }
}

/// How a telephone number is written: as given, bare, and with its last seven to ten digits grouped.
fn phones(phone: &str) -> Vec<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let mut all = vec![phone.to_owned(), digits.clone()];
    if let Some((country, national)) = digits.len().checked_sub(10).and_then(|at| digits.split_at_checked(at)) {
        let (area, rest) = national.split_at_checked(3).unwrap_or_default();
        let (exchange, line) = rest.split_at_checked(3).unwrap_or_default();
        let mut forms: Vec<String> = [".", "/", ""].iter().map(|gap| format!("{area}{gap}{exchange}{gap}{line}")).collect();
        forms.push(format!("({area}) {exchange}-{line}"));
        forms.push(format!("({area}) {exchange}.{line}"));
        forms.push(format!("{area}/{exchange}-{line}"));
        if !country.is_empty() && country.len() <= 3 {
            let with_country: Vec<_> =
                forms.iter().flat_map(|form| [format!("+{country} {form}"), format!("{country} {form}")]).collect();
            all.push(format!("+{digits}"));
            all.push(format!("0{national}"));
            all.push(format!("00{digits}"));
            forms.extend(with_country);
        }
        all.extend(forms);
    }
    all
}

fn without_accents(text: &str) -> String {
    text.nfd().filter(|sign| !is_combining_mark(*sign)).nfc().collect()
}

/// Letters that are no others with an accent, in ASCII.
fn in_ascii(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 4);
    for letter in text.nfc() {
        plain.push_str(match letter {
            'ä' | 'æ' => "ae",
            'Ä' | 'Æ' => "Ae",
            'ö' | 'ø' | 'œ' => "oe",
            'Ö' | 'Ø' | 'Œ' => "Oe",
            'ü' => "ue",
            'Ü' => "Ue",
            'ß' => "ss",
            'å' => "aa",
            'Å' => "Aa",
            'ł' => "l",
            'Ł' => "L",
            'đ' => "d",
            'Đ' => "D",
            other => {
                plain.push(other);
                continue;
            }
        });
    }
    plain
}
