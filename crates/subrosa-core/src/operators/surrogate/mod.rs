//! `surrogate`: something invented that reads like the value: another name, another telephone number that nobody has.
//!
//! For documents that people or programs go on reading, where `[PERSON-1]` would be in the way. What stands in is made with the
//! key, so the same value has the same stand-in in every document and run, and it is never the value itself.
//!
//! | what | stand-in |
//! | --- | --- |
//! | people | names of the same language (told by the name's words) and sex (told by the first name), as many as the name has and in the form it has: `Smith, John`, `J. S.`, capitals. All mentions of one person in a document fit together. `Mr` and its like stay, titles of rank and trade go, and so do particles (`van der`) |
//! | dates | as by [`date-shift`](super::date_shift) with its defaults |
//! | addresses | an invented street in the language of the street's word, with an invented town where a town was |
//! | telephones, identifiers, cards, addresses of machines | numbers from ranges that nobody has |
//! | e-mail addresses | invented names at `example.com`, `example.org`, `example.net` (RFC 2606) |
//! | web addresses | a page of `example.com` |
//!
//! *Labelled instead*: everything else, among it places, organisations, ages, identifiers of which no unused range is known,
//! names in other scripts than Latin, telephones of other countries or with extensions, addresses without a known street word.
//!
//! *Not told apart*: two people can come by the same stand-in (two in a few thousand), and a name can be that of somebody else
//! in the documents. Where mentions must be told apart use [`pseudonym`](super::pseudonym); a stand-in cannot be turned back.
//! The spoken-of sex of somebody whose first name the lists do not know can be wrong.
//!
//! *What is left*: which mentions are the same; language, sex and form of a name. Readers may take stand-ins for real: say in
//! the document that they are none. *The law*: as [`pseudonym`](super::pseudonym).
//!
//! *A second run* finds the stand-ins and replaces them again.

mod address;
mod names;
mod number;
mod person;

use super::date_shift::{self, DAYS, ORDER};
use super::keyed::{Draws, class, key};
use super::{Context, Leaves, Operator, Outcome, Parameter, labelled};
use crate::dates::Order;
use crate::entity::Entity;
use crate::key::Key;
use crate::secrets::Needs;
use unicode_normalization::UnicodeNormalization as _;

/// Puts something invented in the value's place.
pub struct Surrogate;

impl Operator for Surrogate {
    fn id(&self) -> &'static str {
        "surrogate"
    }

    fn description(&self) -> &'static str {
        "Puts something invented that reads alike in the value's place: other names, numbers nobody has, moved dates. Labels the rest."
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[ORDER]
    }

    fn needs(&self) -> Needs {
        Needs::Key
    }

    fn leaves(&self) -> Leaves {
        Leaves::Derived
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        let own = match key(context, self.id()) {
            Ok(own) => own,
            Err(refusal) => return refusal,
        };
        let (entity, value) = (context.entity, context.value);
        let mut draws = Draws::new(&own, &[class(entity).as_bytes(), context.identity.as_bytes()]);
        let text = match entity.id() {
            _ if *entity == Entity::PERSON => person::stand_in(value, context.identity, &own),
            "DATE_TIME" | "DATE_OF_BIRTH" => moved(context),
            "STREET_ADDRESS" => address::stand_in(value, &mut draws),
            "EMAIL_ADDRESS" => Some(email(context, &own, &mut draws)),
            "URL" => Some(url(value, &mut draws)),
            id => number::stand_in(id, value, &mut draws),
        };
        match text {
            Some(text) if text != value => Outcome::Replace(text),
            _ => labelled(context),
        }
    }
}

fn moved(context: &Context<'_>) -> Option<String> {
    let offset = date_shift::offset(context.secrets.key?, context.secrets.subject, DAYS, "both");
    let order = if context.parameters.text("order") == "day-month" { Order::DayMonth } else { Order::MonthDay };
    date_shift::shifted(context.value, offset, order)
}

/// The address of the person's stand-in, where it is known whose it is; else of somebody.
fn email(context: &Context<'_>, own: &Key, draws: &mut Draws) -> String {
    let (given, family) = person::somebody(draws);
    let domain = draws.one(&["example.com", "example.org", "example.net"]);
    let mailbox = context.value.split('@').next().unwrap_or_default();
    let owner = context.mailbox_of.and_then(|name| person::stand_in(name, name, own));
    if let Some([given, .., family]) = owner.as_deref().map(ascii_words).as_deref() {
        let local = match mailbox.chars().find(|sign| matches!(sign, '.' | '_' | '-')) {
            Some(sign) => format!("{given}{sign}{family}"),
            None => format!("{}{family}", given.get(..1).unwrap_or_default()),
        };
        return format!("{local}@{domain}");
    }
    format!("{given}.{family}{}@{domain}", 10 + draws.below(90))
}

/// The words of a name in small letters, none but those of ASCII.
fn ascii_words(name: &str) -> Vec<String> {
    let plain = |word: &str| word.nfd().filter(char::is_ascii_alphabetic).map(|sign| sign.to_ascii_lowercase()).collect();
    name.split_whitespace().map(plain).filter(|word: &String| !word.is_empty()).collect()
}

/// A page that says nothing, with the scheme of the value.
fn url(value: &str, draws: &mut Draws) -> String {
    let scheme = value.split_once("://").map_or(String::new(), |(scheme, _)| {
        if matches!(scheme, "http" | "https" | "ftp") { format!("{scheme}://") } else { "https://".to_owned() }
    });
    format!("{scheme}example.com/{:06x}", draws.below(1 << 24))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operators::testing::{Asked, asked, replaced};

    fn made(entity: &'static str, value: &str) -> String {
        replaced(&Surrogate, &Entity::new(entity), value, &[])
    }

    #[test]
    fn what_it_makes_never_changes() {
        let name = |value: &str| match asked(&Asked { value, identity: "jane doe", ..Asked::default() }, &Surrogate, &[]) {
            Outcome::Replace(text) => text,
            other => panic!("{other:?}"),
        };
        assert_eq!(name("Jane Doe"), "Pamela Jennings");
        assert_eq!(name("DOE, J."), "JENNINGS, P.");
        assert_eq!(made("EMAIL_ADDRESS", "jane.doe@example.com"), "vincent.palmer13@example.com");
        assert_eq!(made("URL", "https://jane.example.com/"), "https://example.com/f91a6a");
        assert_eq!(made("STREET_ADDRESS", "742 Evergreen Terrace, Springfield, IL 62701"), "21 Heron Court, Moondale, MN 00074");
        assert_eq!(made("PHONE_NUMBER", "(212) 555-0147"), "(555) 555-0116");
    }

    #[test]
    fn the_mailbox_of_a_person_is_that_of_the_stand_in() {
        let made = |entity: Entity, value: &str, mailbox_of: Option<&str>| {
            let question = Asked { entity: &entity, value, identity: "jane doe", mailbox_of, ..Asked::default() };
            let Outcome::Replace(text) = asked(&question, &Surrogate, &[]) else { panic!("a stand-in") };
            text
        };
        let name = made(Entity::PERSON, "Jane Doe", None);
        let (given, family) = name.split_once(' ').unwrap();
        let of = |value| made(Entity::EMAIL_ADDRESS, value, Some("jane doe"));
        let dotted = format!("{given}.{family}").to_lowercase();
        assert!(of("jane.doe@example.com").starts_with(&dotted), "{} {dotted}", of("jane.doe@example.com"));
        assert!(of("jdoe@example.com").starts_with(&format!("{}{family}", &given[..1]).to_lowercase()));
    }

    #[test]
    fn dates_move_as_by_date_shift() {
        let moved = replaced(&date_shift::DateShift, &Entity::DATE_TIME, "3 March 1980", &[]);
        assert_eq!(made("DATE_TIME", "3 March 1980"), moved);
        assert_eq!(made("DATE_OF_BIRTH", "March 1980"), "[DATE_OF_BIRTH]");
    }

    #[test]
    fn what_has_no_stand_in_is_labelled() {
        for entity in ["LOCATION", "ORGANIZATION", "AGE", "ES_NIF", "IBAN_CODE", "PASSWORD"] {
            assert_eq!(made(entity, "12345678Z"), format!("[{entity}]"));
        }
        assert_eq!(made("PERSON", "王小明"), "[PERSON]");
    }

    proptest::proptest! {
        #[test]
        fn never_the_value(value in "\\PC{0,40}", entity in 0_usize..6) {
            let entity = ["PERSON", "EMAIL_ADDRESS", "URL", "STREET_ADDRESS", "DATE_TIME", "PHONE_NUMBER"][entity];
            proptest::prop_assert_ne!(made(entity, &value), value);
        }
    }
}
