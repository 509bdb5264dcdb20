//! `state-or-country`: a State of the United States or a country stays, any smaller place is labelled.
//!
//! 45 CFR 164.514(b)(2)(i)(B) names "all geographic subdivisions smaller than a State". "New York" and "Washington" are also
//! cities and the text alone does not tell which is meant, so they go; so do "Virginia" and "Jordan", who may be a daughter and a son,
//! unless a town stands before them. Names are English; a place this list does not know goes too.

use super::{Context, Leaves, Operator, Outcome};

/// Keeps a State or a country.
pub struct StateOrCountry;

impl Operator for StateOrCountry {
    fn id(&self) -> &'static str {
        "state-or-country"
    }

    fn description(&self) -> &'static str {
        "Keeps the name of a State of the United States or of a country, also behind a town: [LOCATION], Ohio. Labels any other place."
    }

    fn leaves(&self) -> Leaves {
        Leaves::General
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        if is_known(context.value) && !is_given_name(context.value) {
            return Outcome::Keep;
        }
        // Of "Columbus, Ohio" the State may stay.
        let (place, state) = context.value.rsplit_once(',').unwrap_or((context.value, ""));
        Outcome::Replace(if is_known(state) && !place.trim().is_empty() {
            format!("[{}],{state}", context.entity)
        } else {
            format!("[{}]", context.entity)
        })
    }
}

/// Whether this is the name or postal code of a State, district or territory of the United States.
pub(super) fn is_state(name: &str) -> bool {
    let country = name.starts_with("UK") || name.starts_with("US") || name.starts_with("U.");
    CODES.contains(&name) && !country || DOUBTFUL.contains(&name) || STATES.binary_search(&name.to_lowercase().as_str()).is_ok()
}

/// States that are towns too: where a town stands before them, they are the State.
const DOUBTFUL: &[&str] = &["New York", "NEW YORK", "Washington", "WASHINGTON", "Georgia", "GEORGIA"];

/// Whether people are called so.
fn is_given_name(name: &str) -> bool {
    ["chad", "georgia", "israel", "jordan", "virginia"].contains(&name.trim().to_lowercase().as_str())
}

fn is_known(name: &str) -> bool {
    let name = name.trim().trim_end_matches('.');
    let lower = name.to_lowercase();
    let plain = lower.strip_prefix("the ").unwrap_or(&lower);
    let plain = plain.strip_prefix("state of ").unwrap_or(plain);
    CODES.contains(&name) || STATES.binary_search(&plain).is_ok() || COUNTRIES.binary_search(&plain).is_ok()
}

/// Postal codes of States, and the usual short forms of countries. Capitals count: "in" and "or" are words.
#[rustfmt::skip] // many a line
const CODES: &[&str] = &[
    "AK", "AL", "AR", "AZ", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "HI", "IA", "ID", "IL", "IN", "KS", "KY", "LA", "MA",
    "MD", "ME", "MI", "MN", "MO", "MS", "MT", "NC", "ND", "NE", "NH", "NJ", "NM", "NV", "NY", "OH", "OK", "OR", "PA", "PR",
    "RI", "SC", "SD", "TN", "TX", "U.K", "U.S", "U.S.A", "UK", "US", "USA", "UT", "VA", "VT", "WA", "WI", "WV", "WY",
];

#[rustfmt::skip] // many a line
const STATES: &[&str] = &[
    "alabama", "alaska", "arizona", "arkansas", "california", "colorado", "connecticut", "delaware", "district of columbia",
    "florida", "georgia", "hawaii", "idaho", "illinois", "indiana", "iowa", "kansas", "kentucky", "louisiana", "maine",
    "maryland", "massachusetts", "michigan", "minnesota", "mississippi", "missouri", "montana", "nebraska", "nevada",
    "new hampshire", "new jersey", "new mexico", "north carolina", "north dakota", "ohio", "oklahoma", "oregon",
    "pennsylvania", "puerto rico", "rhode island", "south carolina", "south dakota", "tennessee", "texas", "utah",
    "vermont", "virginia", "west virginia", "wisconsin", "wyoming",
];

#[rustfmt::skip] // many a line
const COUNTRIES: &[&str] = &[
    "afghanistan", "albania", "algeria", "andorra", "angola", "argentina", "armenia", "australia", "austria", "azerbaijan",
    "bahamas", "bahrain", "bangladesh", "barbados", "belarus", "belgium", "belize", "benin", "bhutan", "bolivia",
    "bosnia and herzegovina", "botswana", "brazil", "brunei", "bulgaria", "burkina faso", "burundi", "cambodia", "cameroon",
    "canada", "cape verde", "central african republic", "chad", "chile", "china", "colombia", "comoros", "congo",
    "costa rica", "croatia", "cuba", "cyprus", "czech republic", "czechia", "denmark", "djibouti", "dominica",
    "dominican republic", "east timor", "ecuador", "egypt", "el salvador", "england", "equatorial guinea", "eritrea",
    "estonia", "eswatini", "ethiopia", "fiji", "finland", "france", "gabon", "gambia", "germany", "ghana", "great britain",
    "greece", "grenada", "guinea", "guinea-bissau", "guyana", "haiti", "honduras", "hungary", "iceland", "india",
    "indonesia", "iran", "iraq", "ireland", "israel", "italy", "ivory coast", "jamaica", "japan", "jordan", "kazakhstan",
    "kenya", "kiribati", "kosovo", "kyrgyzstan", "laos", "latvia", "lebanon", "lesotho", "liberia", "libya",
    "liechtenstein", "lithuania", "madagascar", "malawi", "malaysia", "maldives", "mali", "malta", "marshall islands",
    "mauritania", "mauritius", "mexico", "micronesia", "moldova", "mongolia", "montenegro", "morocco", "mozambique",
    "myanmar", "namibia", "nauru", "nepal", "netherlands", "new zealand", "nicaragua", "niger", "nigeria", "north korea",
    "north macedonia", "northern ireland", "norway", "oman", "pakistan", "palau", "palestine", "papua new guinea",
    "paraguay", "peru", "philippines", "poland", "portugal", "qatar", "romania", "russia", "rwanda", "saint lucia", "samoa",
    "saudi arabia", "scotland", "senegal", "serbia", "seychelles", "sierra leone", "slovakia", "slovenia",
    "solomon islands", "somalia", "south africa", "south korea", "south sudan", "spain", "sri lanka", "sudan", "suriname",
    "sweden", "switzerland", "syria", "taiwan", "tajikistan", "tanzania", "thailand", "togo", "tonga",
    "trinidad and tobago", "tunisia", "turkey", "turkmenistan", "tuvalu", "uganda", "ukraine", "united arab emirates",
    "united kingdom", "united states", "united states of america", "uruguay", "uzbekistan", "vanuatu", "venezuela",
    "vietnam", "wales", "yemen", "zambia", "zimbabwe",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;
    use crate::operators::operate;

    #[track_caller]
    fn case(value: &str, kept: bool) {
        let outcome = operate(&StateOrCountry, &Entity::LOCATION, value, None, &[]);
        assert_eq!(outcome, if kept { Outcome::Keep } else { Outcome::Replace("[LOCATION]".to_owned()) }, "{value}");
    }

    #[test]
    fn lists_are_sorted() {
        for list in [CODES, STATES, COUNTRIES] {
            assert!(list.is_sorted_by(|a, b| a < b));
        }
    }

    #[test]
    fn states_and_countries_stay() {
        for value in ["Ohio", "OHIO", "OH", "the State of Maine", "France", "the Netherlands", "U.S.", "District of Columbia"] {
            case(value, true);
        }
    }

    #[test]
    fn the_state_behind_a_town_stays() {
        let outcome = |value| operate(&StateOrCountry, &Entity::LOCATION, value, None, &[]);
        assert_eq!(outcome("Columbus, Ohio"), Outcome::Replace("[LOCATION], Ohio".to_owned()));
        assert_eq!(outcome("Paris, Île-de-France, France"), Outcome::Replace("[LOCATION], France".to_owned()));
        assert_eq!(outcome("Columbus, Bavaria"), Outcome::Replace("[LOCATION]".to_owned()));
        assert_eq!(outcome(", Ohio"), Outcome::Replace("[LOCATION]".to_owned()));
    }

    #[test]
    fn smaller_places_and_doubtful_ones_go() {
        for value in ["Columbus", "Cook County", "New York", "Washington", "Columbus, OH 43004", "oh", "in", "Bavaria", "", ", "]
        {
            case(value, false);
        }
        for value in ["Virginia", "JORDAN", "Chad"] {
            case(value, false);
        }
        case("West Virginia", true);
        case("the State of Georgia", true);
    }
}
