//! A table of forms: what is marked is found, the rest is not.

use super::{Date, find};
use crate::block::Block;
use crate::token::tokenise;

/// The dates of `text` that stand alone (at least 500), as a reader of the whole text finds them.
fn dates(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    tokenise(text, &mut tokens);
    let block = Block::new(text, &tokens, &[]);
    let mut found: Vec<Date> = Vec::new();
    for token in 0..tokens.len() {
        let Some(date) = find(&block, token).filter(|date| date.form.base() >= 500) else { continue };
        if !found.iter().any(|known| known.span.overlaps(date.span)) {
            found.push(date);
        }
    }
    found.iter().map(|date| date.span.of(text).to_owned()).collect()
}

#[test]
fn forms() {
    let table = [
        "⟦3 March 1980⟧",
        "⟦March 3rd, 1980⟧",
        "⟦Mar 3⟧ she came",
        "⟦Mar. 3, 1980⟧",
        "⟦3/4/1980⟧",
        "⟦03-04-80⟧",
        "⟦1980-03-04⟧",
        "⟦2024-03-04T10:20:30Z⟧",
        "⟦2024-03-04T10:20:30.123+01:00⟧",
        "⟦2018-02-24 12:45:18⟧",
        "⟦04.03.1980⟧",
        "⟦March 2019⟧",
        "the ⟦3rd of March⟧",
        "the ⟦3rd of March, 1980⟧",
        "⟦3rd March⟧",
        "⟦1999-2004⟧",
        "⟦1999–2004⟧",
        "(⟦1999⟧ y ⟦2002⟧)",
        "a ⟦1973⟧ film",
        "Hysterectomy, ⟦1996⟧.",
        "in the ⟦1980s⟧",
        "the ⟦'80s⟧",
        "in ⟦1998⟧",
        "since ⟦2004⟧.",
        "of ⟦1998⟧,",
        "the year ⟦2001⟧",
        "between ⟦1998⟧ and ⟦2000⟧",
        "Smith (⟦1998⟧)",
        "at ⟦10:30 am⟧",
        "at ⟦14:05⟧",
        "⟦5 p.m.⟧",
        "on ⟦4/12⟧.",
        "dated ⟦4/12⟧",
        "⟦12 de marzo de 2019⟧",
        "⟦12. März 2019⟧",
        "le ⟦3 mars 1980⟧",
        "le ⟦1er mars 1980⟧",
        "⟦12 dicembre 2001⟧",
        "op ⟦5 mei 2012⟧",
        "em ⟦7 de março de 2011⟧",
        "⟦Monday, 3 March 1980⟧",
        "⟦Tue 3/4/1980⟧",
        "⟦17-Feb-2023⟧",
        "⟦17Feb2023⟧",
        "⟦17-Feb-23⟧",
        "⟦3-5 March 1980⟧",
        "⟦12, 13 and 14 March⟧",
        "⟦March 3-5, 2019⟧",
        "⟦12/2019⟧",
        "⟦spring 1998⟧",
        "⟦Mar-80⟧",
        "⟦Mar '98⟧",
        "⟦July 4th '23⟧",
        "⟦March-May 2019⟧",
        "between ⟦12 March⟧ and ⟦4 April 1980⟧",
        "⟦12 / 03 / 1980⟧",
        "first ⟦half of 1993⟧",
        "el ⟦23-7-04⟧ se",
        "⟦septiembre de 2006⟧",
        "⟦2 d'août 2004⟧",
        "⟦29 February 2000⟧",
        "⟦05/12/2020⟧  DT: ⟦06/09/2020⟧",
        "report_⟦2019-03-04⟧.pdf",
        "seit ⟦1998⟧",
        "en ⟦2005⟧ y",
        "⟦May 10th, 2023⟧",
        "in ⟦May 2022⟧",
    ];
    let mut wrong = Vec::new();
    for marked in table {
        let text = marked.replace(['⟦', '⟧'], "");
        let wanted: Vec<_> = marked.split('⟦').skip(1).filter_map(|part| Some(part.split_once('⟧')?.0.to_owned())).collect();
        let found = dates(&text);
        if found != wanted {
            wrong.push(format!("{marked}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_dates() {
    let table = [
        "1.2.3",
        "v10.4.12",
        "§ 3.4",
        "1/2 tablet",
        "BP 120/80",
        "5/10 pain",
        "2/3 of it",
        "take 3/4 cup",
        "30/02/1980",
        "13/13/1999",
        "2023-13-01",
        "may 10 mg",
        "he may 3 times",
        "1,950",
        "2000 patients",
        "in 2000 patients",
        "of 2000 mg",
        "ratio 1:20",
        "1234-5678",
        "on 1/2 tablet",
        "on 2/3 doses",
        "555-555-0100",
        "192.0.2.10",
        "12:34:56:78:9a:bc",
        "$1998",
        "in 1,998",
        "10.1.2.2019.3",
        "page 12",
        "3 marks",
        "set 12 out 3",
        "in 1998/45",
        "12-34-56",
    ];
    for text in table {
        assert!(dates(text).is_empty(), "{text}: {:?}", dates(text));
    }
}

#[test]
fn hostile_text_does_no_harm() {
    for text in
        ["", "'", "'98", ".3", "3.", "-3-4", "99999999999999/1", "3 ", "1º", "３ March", "of 3", "März 3", "0/0/0000", "T10:20"]
    {
        dates(text);
    }
}
