//! What the steps make of small texts.

use super::{HealthTerm, health_terms};
use crate::block::Block;
use crate::dictionary::HealthKind;
use crate::token::tokenise;

fn found(text: &str) -> Vec<(HealthKind, &str)> {
    let mut tokens = Vec::new();
    tokenise(text, &mut tokens);
    let shown = |term: &HealthTerm| {
        let span = tokens[term.first].start as usize..tokens[term.last].end as usize;
        (term.kind, &text[span])
    };
    health_terms(&Block::new(text, &tokens, &[])).iter().filter(|term| !term.ambiguous).map(shown).collect()
}

#[test]
fn modifiers_sites_and_heads_are_one_term() {
    for text in [
        "acute renal failure",
        "chronic hepatic dysfunction",
        "loss of vision",
        "stage III colon cancer",
        "type 2 diabetes",
        "diabetes type 2",
        "cancer of the breast",
        "breast/ovarian cancer",
        "renal, hepatic and cardiac toxicity",
        "Ehlers-Danlos syndrome",
        "Norrie disease",
        "lymphoreticular disease",
        "APRT deficiency",
        "PAH-deficient",
        "Alzheimer's disease",
    ] {
        assert_eq!(found(text), [(HealthKind::Condition, text)]);
    }
}

#[test]
fn heads_alone_are_nothing() {
    for text in ["a power failure", "the loss of a friend", "This disease", "attack of the clones", "syndrome", "an injury"] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn a_name_before_a_label_is_no_disease() {
    for text in ["Maria\nDisease: none", "Maria   Disease: none", "Maria Disease: none", "Maria's disease"] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn endings_tell() {
    assert_eq!(found("zyxitis"), [(HealthKind::Condition, "zyxitis")]);
    assert_eq!(found("zyxarectomy"), [(HealthKind::Procedure, "zyxarectomy")]);
    assert_eq!(found("zyxarumab"), [(HealthKind::Medication, "zyxarumab")]);
    for text in ["prognosis", "diploma", "dichotomy", "sympathy", "pistol", "april"] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn a_name_of_a_disease_needs_its_genitive() {
    assert_eq!(found("Mr Parkinson"), []);
    assert_eq!(found("his Parkinson's"), [(HealthKind::Condition, "Parkinson's")]);
    assert_eq!(found("Parkinson disease"), [(HealthKind::Condition, "Parkinson disease")]);
}

#[test]
fn abbreviations_are_learnt() {
    let text = "Wiskott-Aldrich syndrome (WAS) was rare; WAS it is, and was.";
    let shown: Vec<_> = found(text).into_iter().map(|(_, text)| text).collect();
    assert_eq!(shown, ["Wiskott-Aldrich syndrome", "WAS", "WAS"]);
    assert_eq!(found("a power failure (PF), and PF"), []);
    // Somebody's initials are no abbreviation of a disease.
    assert_eq!(found("John has lung cancer (JC)."), [(HealthKind::Condition, "lung cancer")]);
}

#[test]
fn long_runs_end() {
    let text = "renal ".repeat(20_000) + "and renal, ".repeat(2_000).as_str() + "failure (((((" + &"A-".repeat(5_000);
    assert!(found(&text).len() < 10);
}
