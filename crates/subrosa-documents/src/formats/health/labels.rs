//! Field names in plain words, from the path of elements that leads to a value: `Patient`, `name`, `family` is "family name".
//!
//! Written for FHIR (R4 and R5) and CDA (R2), whose names mean little without the one around them; it serves any record.

use crate::formats::html::in_words;

/// Names that say nothing of their value without the name around them.
const SAYS_NOTHING: &[&str] = &[
    "value",
    "values",
    "text",
    "display",
    "content",
    "data",
    "string",
    "extension",
    "value string",
    "item",
    "items",
    "entry",
    "row",
    "record",
    "element",
    "node",
    "original text",
    "value date",
    "value date time",
    "coding",
    "reference",
    "li",
    "key",
];

/// Parts of a person's name.
const NAME_PARTS: &[&str] = &["family", "given", "middle", "first", "last", "prefix", "suffix", "maiden", "full"];

/// Names whose kind must be said by the name around them.
const NEEDS_OWNER: &[&str] =
    &["name", "id", "identifier", "number", "code", "date", "start", "end", "low", "high", "period", "type", "line"];

/// What a system of identifiers is for, by a part of its address or number.
const SYSTEMS: &[(&str, &str)] = &[
    ("us-ssn", "social security number"),
    ("2.16.840.1.113883.4.1", "social security number"),
    ("us-npi", "npi"),
    ("2.16.840.1.113883.4.6", "npi"),
    ("us-medicare", "medicare number"),
    ("us-mbi", "medicare beneficiary identifier"),
    ("nhs-number", "nhs number"),
    ("2.16.840.1.113883.2.1.4.1", "nhs number"),
    ("passport", "passport number"),
    ("driver", "driver's license number"),
    ("2.16.840.1.113883.4.3", "driver's license number"),
    ("medicare-number", "medicare number"),
    ("ihi-number", "individual healthcare identifier"),
];

/// The field names of a value at the end of `path`, nearest first.
pub(crate) fn of_path<'p>(path: impl DoubleEndedIterator<Item = &'p str>) -> Vec<String> {
    let mut path = path.rev().map(|step| in_words(step.rsplit(':').next().unwrap_or(step))).filter(|step| !step.is_empty());
    let mut labels = Vec::with_capacity(2);
    let Some(mut last) = path.next() else { return labels };
    let mut owner = path.next();
    while SAYS_NOTHING.contains(&last.as_str()) {
        let Some(next) = owner.take() else { break };
        last = next;
        owner = path.next();
    }
    let parent = owner.as_deref().unwrap_or_default();
    if NAME_PARTS.contains(&last.as_str()) && parent.ends_with("name") {
        labels.push(format!("{last} name"));
    } else if last == "name" && parent.ends_with("name") {
        labels.push(last);
    } else if NEEDS_OWNER.contains(&last.as_str()) && !parent.is_empty() && !SAYS_NOTHING.contains(&parent) {
        labels.push(format!("{parent} {last}"));
        if last == "name" {
            labels.push(last);
        }
    } else {
        if last == "birth time" {
            labels.push("birth date".to_owned());
        }
        labels.push(last);
    }
    labels
}

/// What the system beside a value says of it: `phone`, `http://hl7.org/fhir/sid/us-ssn`, an object identifier.
pub(crate) fn of_system(system: &str) -> Option<String> {
    let lower = system.to_lowercase();
    if let Some((_, label)) = SYSTEMS.iter().find(|(part, _)| {
        lower == *part || part.contains('-') && lower.contains(part) || !part.contains('.') && lower.contains(part)
    }) {
        return Some((*label).to_owned());
    }
    let word = !system.is_empty()
        && system.len() <= 40
        && system.chars().all(|char| char.is_alphabetic() || matches!(char, ' ' | '-' | '\''));
    word.then_some(lower)
}

/// What the scheme of an address says of it.
pub(crate) fn of_scheme(value: &str) -> Option<&'static str> {
    let scheme = value.split_once(':')?.0.to_ascii_lowercase();
    match scheme.as_str() {
        "tel" | "callto" | "sms" => Some("phone"),
        "fax" => Some("fax"),
        "mailto" => Some("email"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(path: &[&str]) -> String {
        of_path(path.iter().copied()).into_iter().next().unwrap()
    }

    #[test]
    fn paths_are_said_in_plain_words() {
        assert_eq!(first(&["Patient", "name", "family"]), "family name");
        assert_eq!(first(&["Patient", "birthDate"]), "birth date");
        assert_eq!(first(&["Patient", "identifier", "value"]), "patient identifier");
        assert_eq!(first(&["patient", "birthTime"]), "birth date");
        assert_eq!(first(&["assignedPerson", "name"]), "assigned person name");
        assert_eq!(first(&["Patient", "address", "line"]), "address line");
        assert_eq!(first(&["patientRole", "id", "extension"]), "patient role id");
        assert_eq!(first(&["Observation", "valueString"]), "observation");
    }

    #[test]
    fn systems_are_named() {
        assert_eq!(of_system("http://hl7.org/fhir/sid/us-ssn").as_deref(), Some("social security number"));
        assert_eq!(of_system("2.16.840.1.113883.4.1").as_deref(), Some("social security number"));
        assert_eq!(of_system("phone").as_deref(), Some("phone"));
        assert_eq!(of_system("http://example.com/x1"), None);
        assert_eq!(of_scheme("tel:555-0100"), Some("phone"));
    }
}
