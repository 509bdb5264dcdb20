//! `city-state`: of a street address the town and State stay, `742 Evergreen Terrace, Springfield, IL 62701` becomes
//! `Springfield, IL`.
//!
//! The State, by its name or postal code, has to stand at the end, with or without a ZIP code and `USA`, and the town before it
//! behind a comma or line break. Nothing that has a digit or a word for a street, unit or box in it is taken for a town. What is
//! not written so, every address elsewhere in the world among it, is labelled.
//!
//! *What is left*: town and State. *The law*: Federal Rule of Criminal Procedure 49.1(a)(5) wants "the city and state of the home
//! address". Safe Harbor forbids the town.

use super::state_or_country::is_state;
use super::{Context, Leaves, Operator, Outcome, labelled};

/// Keeps town and State of an address.
pub struct CityState;

/// Words of a street, unit or box rather than a town, in small letters.
#[rustfmt::skip] // many a line
const NO_TOWN: &[&str] = &[
    "alley", "apartment", "apt", "ave", "avenue", "blvd", "boulevard", "box", "building", "bldg", "circle", "cir", "close", "court",
    "crescent", "ct", "dept", "dr", "drive", "expressway", "flat", "floor", "freeway", "highway", "hwy", "house", "lane", "ln", "loop",
    "lot", "parkway", "pike", "pkwy", "pl", "place", "plaza", "po", "rd", "road", "room", "route", "row", "rte", "square", "sq",
    "street", "suite", "ste", "terrace", "trail", "trailer", "trl", "turnpike", "unit", "walk", "way",
];
/// The most words of a town.
const MOST: usize = 4;

impl Operator for CityState {
    fn id(&self) -> &'static str {
        "city-state"
    }

    fn description(&self) -> &'static str {
        "Keeps town and State of an address in the United States: Springfield, IL. Labels all else."
    }

    fn leaves(&self) -> Leaves {
        Leaves::General
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        match town_and_state(context.value) {
            Some((town, state)) => {
                let kept = format!("{town}, {state}");
                if kept == context.value { Outcome::Keep } else { Outcome::Replace(kept) }
            }
            None => labelled(context),
        }
    }
}

fn town_and_state(address: &str) -> Option<(&str, &str)> {
    let mut parts = address.split([',', '\n', '\r', ';']).map(str::trim).filter(|part| !part.is_empty()).rev();
    let mut last = parts.next()?;
    if matches!(
        last.to_lowercase().trim_end_matches('.'),
        "usa" | "us" | "u.s" | "u.s.a" | "united states" | "united states of america"
    ) {
        last = parts.next()?;
    }
    if is_zip(last) {
        last = parts.next()?;
    }
    let bare = match last.rsplit_once(char::is_whitespace) {
        Some((before, zip)) if is_zip(zip) => before.trim(),
        _ => last,
    };
    let (town, state) = if is_state(bare) {
        (parts.next()?, bare)
    } else {
        // `Springfield IL`, `Fargo North Dakota`: the State is the last word or the last two.
        let blanks = bare.char_indices().filter(|(_, sign)| sign.is_whitespace()).map(|(at, _)| at);
        let (town, state) =
            blanks.rev().take(2).map(|at| bare.split_at(at)).filter(|(_, state)| is_state(state.trim())).last()?;
        (town.trim(), state.trim())
    };
    is_town(town).then_some((town, state))
}

fn is_zip(text: &str) -> bool {
    let (five, rest) = (text.get(..5).unwrap_or_default(), text.get(5..).unwrap_or_default());
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    five.len() == 5 && digits(five) && (rest.is_empty() || rest.len() == 5 && rest.starts_with('-') && digits(&rest[1..]))
}

fn is_town(name: &str) -> bool {
    let words: Vec<&str> = name.split(|sign: char| sign.is_whitespace() || sign == '-').filter(|word| !word.is_empty()).collect();
    (1..=MOST).contains(&words.len())
        && name.starts_with(char::is_uppercase)
        && name.chars().all(|sign| sign.is_alphabetic() || matches!(sign, ' ' | '.' | '\'' | '\u{2019}' | '-'))
        && !words.iter().any(|word| NO_TOWN.contains(&word.to_lowercase().trim_end_matches('.')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;
    use crate::operators::testing::replaced;

    #[track_caller]
    fn case(value: &str, expected: &str) {
        assert_eq!(replaced(&CityState, &Entity::STREET_ADDRESS, value, &[]), expected, "{value}");
    }

    #[test]
    fn town_and_state_stay() {
        case("742 Evergreen Terrace, Springfield, IL 62701", "Springfield, IL");
        case("12B Old Mill Rd., Apt 4\nSt. Paul, Minnesota 55101-1234", "St. Paul, Minnesota");
        case("P.O. Box 1234, Boston, MA 02110, USA", "Boston, MA");
        case("5 Main Street, Springfield IL 62701", "Springfield, IL");
        case("5 Main Street, Fargo North Dakota", "Fargo, North Dakota");
        case("5 Main Street\nCharleston West Virginia 25301", "Charleston, West Virginia");
        case("1 Elm Court, Coeur d'Alene, ID, 83814", "Coeur d'Alene, ID");
        case("Springfield, IL", "Springfield, IL");
    }

    #[test]
    fn all_else_is_labelled() {
        for value in [
            "742 Evergreen Terrace",
            "742 Evergreen Terrace, Springfield",
            "742 Evergreen Terrace, IL 62701",
            "5 Main St Springfield IL 62701",
            "Evergreen Terrace, IL",
            "Hauptstra\u{df}e 5, 10115 Berlin",
            "10 Example Street, London SW1A 2AA",
            "5 Main Street, Unit B, OH",
            "",
            ", ,",
            "100 Queen Street West, Toronto, ON M5H 2N2",
            "5 Main Street, in",
        ] {
            case(value, "[STREET_ADDRESS]");
        }
    }
}
