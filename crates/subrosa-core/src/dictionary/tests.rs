//! The compiled dictionaries as the library sees them.

use super::*;

fn place(text: &str) -> Option<(usize, PlaceInfo)> {
    places().longest(words(text).map(word_hash))
}

fn health_term(text: &str) -> Option<(usize, HealthInfo)> {
    health().longest(words(text).map(stem_hash))
}

fn class(text: &str) -> Option<(usize, ClassInfo)> {
    classes().longest(words(text).map(word_hash))
}

#[test]
fn names_know_how_common_they_are() {
    let maria = names().get(word_hash("MARÍA")).unwrap();
    assert_eq!((maria.given, maria.common_word), (3, false));
    let smith = names().get(word_hash("Smith")).unwrap();
    assert_eq!((smith.surname, smith.common_word), (3, false));
    assert!(names().get(word_hash("O’Brien")).is_some_and(|n| n.surname == 3));
    assert!(names().get(word_hash("Szymon")).is_some_and(|n| n.given > 0));
    for not_a_name in ["the", "is", "with", "hospital", "patient", "zqxv"] {
        assert_eq!(names().get(word_hash(not_a_name)), None, "{not_a_name}");
    }
}

#[test]
fn names_that_are_words_say_so() {
    for word in ["will", "mark", "may", "hope", "young", "brown", "grace", "rose", "april", "hunter"] {
        let info = names().get(word_hash(word));
        assert!(info.is_some_and(|n| n.common_word), "{word}: {info:?}");
    }
    for name in ["john", "maria", "garcia", "nguyen", "smith", "patricia", "mohammed"] {
        let info = names().get(word_hash(name));
        assert!(info.is_some_and(|n| !n.common_word), "{name}: {info:?}");
    }
}

#[test]
fn places_of_several_words_are_followed() {
    let (length, york) = place("New York City hall").unwrap();
    assert_eq!((length, york.kind, york.population), (3, Some(PlaceKind::City), 3));
    assert_eq!(place("Stratford-upon-Avon").map(|(n, p)| (n, p.kind)), Some((3, Some(PlaceKind::City))));
    assert_eq!(place("Großbritannien und").map(|(n, p)| (n, p.kind)), Some((1, Some(PlaceKind::Country))));
    assert_eq!(place("Estados Unidos").map(|(n, p)| (n, p.kind)), Some((2, Some(PlaceKind::Country))));
    assert_eq!(place("Canadians").map(|(_, p)| p.kind), Some(Some(PlaceKind::Demonym)));
    assert_eq!(place("Travis County").map(|(n, p)| (n, p.kind)), Some((2, Some(PlaceKind::County))));
    assert_eq!(place("Kalamazoo").map(|(_, p)| p.ambiguous), Some(false));
    for word in ["reading", "nice", "bath"] {
        assert!(place(word).is_some_and(|(_, p)| p.ambiguous), "{word}");
    }
    for word in ["of", "see", "the", "police"] {
        assert_eq!(place(word), None, "{word}");
    }
}

#[test]
fn health_terms_are_found_in_the_plural_too() {
    for (text, words, kind) in [
        ("type 2 diabetes mellitus", 4, HealthKind::Condition),
        ("Allergies", 1, HealthKind::Condition),
        ("Parkinson's disease", 2, HealthKind::Condition),
        ("metformin 500 mg", 1, HealthKind::Medication),
        ("shortness of breath on exertion", 3, HealthKind::Symptom),
        ("laparoscopic cholecystectomies", 0, HealthKind::Procedure),
        ("cholecystectomies", 1, HealthKind::Procedure),
        ("liver function tests", 3, HealthKind::LabTest),
    ] {
        let found = health_term(text).map(|(n, info)| (n, info.kind));
        assert_eq!(found, (words > 0).then_some((words, Some(kind))), "{text}");
    }
}

#[test]
fn abbreviations_ask_for_capitals() {
    for abbreviation in ["ALL", "ART", "MS", "ADD", "CBC"] {
        assert!(health_term(abbreviation).is_some_and(|(_, info)| info.upper_only), "{abbreviation}");
    }
    assert!(health_term("asthma").is_some_and(|(_, info)| !info.upper_only && !info.ambiguous));
}

#[test]
fn everyday_words_know_their_case() {
    let the = common_words().get(word_hash("The")).unwrap();
    assert_eq!((the.frequency, the.mostly_lower_case), (7, true));
    assert!(common_words().get(word_hash("Monday")).is_some_and(|w| !w.mostly_lower_case));
    assert!(common_words().get(word_hash("however")).is_some_and(|w| w.mostly_lower_case));
    assert_eq!(common_words().get(word_hash("zqxvk")), None);
}

#[test]
fn classes_tell_what_stands_beside() {
    for (text, expected) in [
        ("Dr", WordClass::Honorific),
        ("Ph.D.", WordClass::NameSuffix),
        ("PhD", WordClass::NameSuffix),
        ("mother-in-law", WordClass::Relationship),
        ("social worker", WordClass::Role),
        ("GmbH", WordClass::LegalForm),
        ("S.p.A.", WordClass::LegalForm),
        ("Universität", WordClass::OrganisationHead),
        ("Medical Center", WordClass::HospitalHead),
        ("Straße", WordClass::StreetType),
        ("Calle", WordClass::StreetTypeBefore),
        ("Suite", WordClass::UnitType),
        ("février", WordClass::Month),
        ("Donnerstag", WordClass::Weekday),
        ("van der", WordClass::Particle),
        ("Alzheimer", WordClass::Eponym),
        ("Charcot-Marie-Tooth", WordClass::Eponym),
    ] {
        let found = class(text);
        assert!(found.is_some_and(|(n, info)| n == words(text).count() && info.is(expected)), "{text}: {found:?}");
    }
    assert!(class("may").is_some_and(|(_, info)| info.ambiguous()));
}

#[test]
fn strangers_are_turned_away() {
    // Keys that no word has: a count is a sequence, its hash is as good as random.
    let strangers = 400_000_u64;
    let key = |n: u64| phrase_hash(0x1234_5678_9ABC_DEF0, n);
    let hits = |bits: u32, found: usize| {
        let allowed = strangers as usize >> bits;
        assert!(found <= allowed * 13 / 10 + 10, "{found} of {strangers} hit, {allowed} expected at most");
    };
    hits(names().fingerprint_bits(), (0..strangers).filter(|&n| names().get(key(n)).is_some()).count());
    hits(places().fingerprint_bits(), (0..strangers).filter(|&n| places().get(key(n)).is_some()).count());
    hits(health().fingerprint_bits(), (0..strangers).filter(|&n| health().get(key(n)).is_some()).count());
    hits(common_words().fingerprint_bits(), (0..strangers).filter(|&n| common_words().get(key(n)).is_some()).count());
    hits(classes().fingerprint_bits(), (0..strangers).filter(|&n| classes().get(key(n)).is_some()).count());
}
