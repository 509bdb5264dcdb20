//! Dates and times: `3 March 1980`, `03/04/1980`, `1980-03-04T10:20`, `March 2019`, `in 1998`, `at 14:05`, `Christmas Day`.
//!
//! *Misses by design*: the times of log lines that tell of no person, the dates of releases and of series of measurements ([`crate::machine`]); a month alone, day and month in numbers (`4/12`), lone years and lone times unless a word announces
//! them; weeks and years seen from now (`last week`, `yesterday`) unless a word such as `seen` stands near, since texts are full of
//! them and they tell no day.
//! *Confuses with*: version numbers of three parts, fractions and scores, and years that are amounts. The calendar is checked.
//! *References*: ISO 8601-1:2019; Unicode CLDR, names of months and weekdays.

use crate::confidence::Confidence;
use crate::dates;
use crate::entity::Entity;
use crate::machine;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::verdict::Verdict;

/// Of dates that are nobody's, so low that a label does not lift them to one half.
const NOBODYS: u16 = 40;

/// Dates and times.
pub static RECOGNIZER: DateTime = DateTime {
    info: Info {
        module: module_path!(),
        entity: Entity::DATE_TIME,
        summary: "Date or time in numbers or words, checked against the calendar.",
        context: &[
            "date",
            "dated",
            "admitted",
            "admission",
            "discharge",
            "discharged",
            "visit",
            "seen",
            "birth",
            "dob",
            "fecha",
            "datum",
            "data",
            "time",
            "timestamp",
        ],
        negative_context: &[],
        hits: &[
            "Seen on ⟦3 March 1980⟧ and ⟦March 3rd, 1980⟧.",
            "DD: ⟦03-04-80⟧, ⟦3/4/1980⟧, ⟦04.03.1980⟧.",
            "log ⟦2024-03-04T10:20:30Z⟧ start",
            "⟦2024-03-04 10:20:30⟧ Patient seen in triage",
            "⟦2024-03-04T10:20:30Z⟧ Wound clean and dry\nAdmission: ⟦2024-03-04T10:20:30Z⟧",
            "⟦2024-03-04 10:20:30⟧ Na=140 K=4.2 Cl=101",
            "x;⟦2020-01-02⟧;140;4.2;101",
            "⟦2024-03-04T10:20:30Z⟧ INFO login of jane@example.com",
            "The ⟦3rd of March at 10:30 am⟧, or at ⟦11:15 am⟧",
            "since ⟦2004⟧, over ⟦1999-2004⟧, in the ⟦1980s⟧",
            "el ⟦12 de marzo de 2019⟧, am ⟦12. März 2019⟧, le ⟦1er mars 1980⟧",
            "Colonoscopy on ⟦3/26⟧ was normal",
            "on ⟦Tuesday⟧ morning, ⟦last Friday⟧ and in ⟦October⟧",
            "the ⟦third of March, 1998⟧ and ⟦twenty-first of May⟧",
            "seen ⟦last week⟧",
            "el ⟦tres de marzo de 2019⟧, en el ⟦año 2009⟧, en ⟦septiembre⟧",
            "le ⟦lundi⟧, am ⟦Montag⟧, im ⟦März⟧, in ⟦giugno⟧, in ⟦May⟧.\n10 beds",
            "signed ⟦4 Aug 2017 at 14:32⟧",
            "in ⟦508 BC⟧ and in ⟦1801⟧",
            "fell on ⟦Christmas Day⟧, ⟦Thanksgiving 2019⟧ and over ⟦Labor Day weekend⟧",
            "an ⟦Heiligabend⟧, desde ⟦Navidad⟧, depuis ⟦Pâques⟧, dopo ⟦Pasqua⟧, na ⟦Pasen⟧, no ⟦dia de Natal⟧",
        ],
        misses: &[
            "31/02/1980 and 13/13/1999",
            "2024-03-04T10:20:30.123Z INFO http.server: started",
            "date,open,high,low,close\n2020-01-02,17.31,22.10,16.02,19.77",
            "## [0.4.0] - 2025-10-23",
            "Copyright (C) 2001-2022 the authors",
            "[04/Mar/2024:10:20:30 +0000] \"GET /x HTTP/1.1\" 200",
            "Mar  4 10:20:30 host1 kernel: eth0: link is up",
            "BP 120/80, pain 5/10, take 1/2 tablet, section 3.4",
            "version 1.2.3 and 10.4.12",
            "of 2000 patients in 1,950 beds",
            "may 10 mg be given",
            "He may march on.",
            "a mass at the 2 o'clock position",
            "the last year of school",
            "in 1801 patients",
            "a Christmas tree, the Good Friday Agreement, Easter Rogers",
        ],
    },
};

/// The recognizer of [`Entity::DATE_TIME`].
pub struct DateTime {
    info: Info,
}

impl Recognizer for DateTime {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Alphanumeric { min: 1, max: 14 }, Trigger::Block]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let mut push = |date: dates::Date| {
            let nobodys = machine::is_nobodys_date(site.block, date.span);
            proposals.push(Proposal {
                span: date.span,
                base: Confidence::new(if nobodys { NOBODYS } else { date.form.base() }),
                pattern: date.form.id(),
                verdict: Verdict::Unknown,
            });
        };
        if let Some(date) = dates::find(site.block, site.token) {
            push(date);
        }
        if site.token == 0 {
            dates::phrases(site.block, push);
        }
    }
}
