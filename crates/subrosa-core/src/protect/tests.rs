//! What is a name and what only looks like one.

use super::is_protected;
use crate::block::Block;
use crate::token::tokenise;

/// The part between brackets is asked for.
fn protected(marked: &str) -> bool {
    let text = marked.replace(['⟦', '⟧'], "");
    let start = marked.find('⟦').expect("a mark");
    let end = marked.find('⟧').expect("a mark") - '⟦'.len_utf8();
    let mut tokens = Vec::new();
    tokenise(&text, &mut tokens);
    let block = Block::new(&text, &tokens, &[]);
    is_protected(&block, block.token_at(start), block.token_at(end - 1))
}

#[test]
fn names_of_things() {
    for text in [
        "has ⟦Parkinson⟧'s disease",
        "has ⟦Parkinson⟧'s.",
        "known ⟦Crohn⟧’s flare",
        "a ⟦Foley⟧ catheter",
        "The ⟦Foley⟧ was removed",
        "⟦Foley⟧ removed, voiding well",
        "under ⟦Wood⟧'s lamp",
        "⟦Glasgow⟧ Coma Scale 15",
        "⟦Glasgow Coma Scale⟧ 15",
        "⟦Babinski⟧ sign absent",
        "⟦Apgar⟧ scores 8 and 9",
        "non-⟦Hodgkin⟧'s lymphoma",
        "⟦Down⟧ syndrome",
        "⟦Downs⟧ syndrome",
        "⟦Bell⟧'s palsy",
        "dementia with ⟦Lewy⟧ bodies",
        "⟦Mayo⟧ stand",
        "two ⟦Kocher⟧ clamps",
        "⟦Kelly⟧ clamp",
        "⟦Apley⟧'s test",
        "⟦Holter⟧ monitor",
        "⟦Ehlers-Danlos⟧ syndrome",
        "⟦Guillain-Barré⟧ syndrome",
        "⟦Braxton Hicks⟧ contractions",
        "⟦Lachman Test⟧",
        "negative ⟦Romberg⟧",
        "took ⟦Allegra⟧ 180 mg",
        "taking ⟦Yasmin⟧ since",
        "⟦LA⟧ enlargement",
        "a ⟦PA⟧ view",
        "⟦Zyxander⟧ 2.5 mg at night",
    ] {
        assert!(protected(text), "{text}");
    }
}

#[test]
fn names_of_people() {
    for text in [
        "⟦Maria⟧'s disease got worse",
        "⟦Parkinson⟧'s car was gone",
        "⟦Foley⟧ removed the drain",
        "⟦Graves⟧ said so",
        "Mr. ⟦Parkinson⟧'s",
        "Dr. ⟦Foley⟧ came",
        "seen by ⟦Foley⟧.",
        "⟦Williams⟧ was admitted",
        "⟦Peter⟧'s test results",
        "⟦Anna Wilson⟧ has a disease",
        "⟦Paris⟧ was admitted",
        "⟦Allegra⟧ came home",
        "⟦Kelly⟧ stood up",
        "⟦Peter⟧ 45 years old",
        "⟦LA⟧ and New York",
        "⟦Zenitis⟧ came",
        "⟦Maria⟧\nDisease: asthma",
        "⟦Foley⟧\nCatheter: in place",
        "⟦Maria⟧    Disease: asthma",
        "told ⟦Maria⟧ procedure and risk",
    ] {
        assert!(!protected(text), "{text}");
    }
}

#[test]
fn any_tokens_may_be_asked_for() {
    let text = "Foley's 'sign' '";
    let mut tokens = Vec::new();
    tokenise(text, &mut tokens);
    let block = Block::new(text, &tokens, &[]);
    for first in 0..tokens.len() + 3 {
        for last in 0..tokens.len() + 3 {
            let _ = is_protected(&block, first, last);
        }
    }
}
