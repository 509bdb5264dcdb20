//! Texts of every kind: what people have, and the worst that each part of the detector can be given.
//!
//! Whatever could be somebody's is of example.com, 555-01xx or 192.0.2.0/24, or made up.

use std::fmt::Write as _;

/// A kind of text.
pub(crate) struct Kind {
    /// For the table.
    pub(crate) name: &'static str,
    /// A part of it, to be repeated.
    pub(crate) text: String,
}

/// All kinds. Those after `source` are no texts of people.
pub(crate) fn all() -> Vec<Kind> {
    let prose = include_str!("texts/prose.txt");
    let made: &[(&'static str, String)] = &[
        ("prose", prose.to_owned()),
        ("prose in one line", prose.replace('\n', " ")),
        ("prose in capitals", prose.to_uppercase()),
        ("clinical notes", include_str!("texts/clinical.txt").to_owned()),
        ("no personal data", NOBODY.to_owned()),
        ("dense personal data", dense()),
        ("log", include_str!("texts/log.txt").to_owned()),
        ("CSV", csv()),
        ("source", include_str!("detect.rs").to_owned()),
        ("table of numbers", numbers('\t', '\n')),
        ("numbers in one line", numbers(' ', ' ')),
        ("only digits", "7".repeat(4096)),
        ("single digits", "1 2 3 4 5 6 7 8 9 0 ".to_owned()),
        ("only colons", ":".repeat(4096)),
        ("chain of colons", "a:b:c:".to_owned()),
        ("only @", "@".repeat(4096)),
        ("chain of @", "a@b.c".to_owned()),
        ("only +", "+1".to_owned()),
        ("capital words", "GREEN HOSPITAL MAY LONDON SMITH ROAD ".to_owned()),
        ("names", "Ada Poe Maria Weber Ivan Rossi Grace Okafor ".to_owned()),
        ("initials", "A. B. C. D. E. ".to_owned()),
        ("titles", "Mr. ".to_owned()),
        ("letters and digits", "A1 b2 C3 ".to_owned()),
        ("long letters and digits", "a7Qx0Zp3Lk9Vt2Rw8Ys5".repeat(200)),
        ("pieces by hyphens", "A-b-C-".to_owned()),
        ("cells", "a | b | c\n".to_owned()),
        ("outside ASCII", "Zoë Müller née à Orléans, où José habitait. ".to_owned()),
        ("Cyrillic", "Иван Петров живёт в Москве на улице Ленина. ".to_owned()),
    ];
    made.iter().map(|(name, text)| Kind { name, text: text.clone() }).collect()
}

const NOBODY: &str = "Water boils when its vapour presses as hard as the air above it. On a high mountain the air is thin, so it \
    boils sooner and the soup takes longer. The lid of a heavy pot keeps the vapour in, the pressure goes up, and with it the \
    heat at which the water boils. That is why beans are done in half the time.\n\n";

const GIVEN: [&str; 5] = ["Ada", "Maria", "Ivan", "Grace", "Omar"];
const FAMILY: [&str; 7] = ["Poe", "Weber", "Rossi", "Okafor", "Novak", "Silva", "Haddad"];

/// The same numbers in every run, without a source of randomness.
fn sequence() -> impl FnMut(u64) -> u64 {
    let mut state = 42_u64;
    move |below| {
        state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        (state >> 33) % below
    }
}

fn dense() -> String {
    let mut next = sequence();
    let mut line = || {
        let (given, family) = (GIVEN[next(5) as usize], FAMILY[next(7) as usize]);
        let (day, month, year) = (1 + next(28), 1 + next(12), 1930 + next(80));
        let (phone, house, zip) = (next(100), 1 + next(998), 10_000 + next(80_000));
        format!(
            "{given} {family}, born {month:02}/{day:02}/{year}, phone (202) 555-01{phone:02}, {given}.{family}@example.com, \
             {house} Oak Street, Springfield, IL {zip}, from 192.0.2.{phone}\n"
        )
    };
    (0..500).map(|_| line()).collect()
}

fn csv() -> String {
    let mut next = sequence();
    let mut line = |id: u64| {
        let (given, family) = (GIVEN[next(5) as usize], FAMILY[next(7) as usize]);
        format!("{id},{given} {family},{given}{id}@example.org,555-01{:02},London,{}\n", next(100), next(100_000))
    };
    let lines: String = (1..500).map(&mut line).collect();
    format!("id,name,email,phone,city,balance\n{lines}")
}

fn numbers(between: char, after: char) -> String {
    let mut next = sequence();
    (0..2000).fold(String::new(), |mut text, at| {
        let _ = write!(text, "{}{}", next(100_000), if at % 10 == 9 { after } else { between });
        text
    })
}
