//! Whether names of all origins are found alike.

use std::fmt::Write as _;

use subrosa_core::tagger::NameKind;
use subrosa_core::tagger::model::Model;

use super::examine::tag;

const ORIGINS: &str = include_str!("origins.tsv");
/// Where the name stands; `*` is the whole name, `+` its last word alone.
const SENTENCES: &[&str] = &[
    "Yesterday * called the office about the appointment.",
    "The report was written by * and sent on Monday.",
    "I spoke with *, who lives nearby.",
    "* has been a client since March.",
    "Please ask * to sign the form.",
    "Later + said that the door had been open.",
    "According to +, nobody was hurt.",
    "Thanks,\n*",
    "She is staying with * until the end of the month.",
    "We met *, + and two others at the station.",
];

/// One origin, and the share of letters of its names that were found as names of people, and as names of any kind.
pub(super) struct Share {
    pub(super) origin: &'static str,
    pub(super) person: f64,
    pub(super) any: f64,
}

/// The shares of all origins.
pub(super) fn shares(model: Model<'_>) -> Vec<Share> {
    let mut shares = Vec::new();
    for line in ORIGINS.lines().filter(|line| !line.starts_with('#')) {
        let Some((origin, names)) = line.split_once('\t') else { continue };
        let (mut letters, mut person, mut any) = (0.0, 0.0, 0.0);
        for name in names.split(';') {
            let last = name.rsplit(' ').next().unwrap_or(name);
            for sentence in SENTENCES {
                let mut text = String::new();
                let mut places = Vec::new();
                for part in sentence.split_inclusive(['*', '+']) {
                    let word = if part.ends_with('*') { name } else { last };
                    text.push_str(part.trim_end_matches(['*', '+']));
                    if part.ends_with(['*', '+']) {
                        places.push(text.len()..text.len() + word.len());
                        text.push_str(word);
                    }
                }
                let found = tag(model, &text);
                for at in places.into_iter().flatten() {
                    let covers = |kind: Option<NameKind>| {
                        found.iter().any(|span| kind.is_none_or(|kind| span.0 == kind) && (span.1..span.2).contains(&at))
                    };
                    letters += 1.0;
                    person += f64::from(u8::from(covers(Some(NameKind::Person))));
                    any += f64::from(u8::from(covers(None)));
                }
            }
        }
        shares.push(Share { origin, person: 100.0 * person / letters, any: 100.0 * any / letters });
    }
    shares
}

/// As a Markdown table, the worst first.
pub(super) fn table(model: Model<'_>) -> String {
    let mut shares = shares(model);
    shares.sort_by(|one, other| one.any.total_cmp(&other.any));
    let mut table = String::from("| origin of the name | found as a person, % | found as any name, % |\n| --- | --- | --- |\n");
    for share in shares {
        let _ = writeln!(table, "| {} | {:.1} | {:.1} |", share.origin, share.person, share.any);
    }
    table
}
