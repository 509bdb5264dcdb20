//! Sentences and forms of our own making, filled with names from the dictionaries: kinds of text that no corpus has.

use std::collections::HashSet;
use std::path::Path;

use anyhow::Context;

use super::corpus::{Annotation, Record};
use super::learn::Random;

/// The templates of a language, and how many documents are made of them.
const LANGUAGES: &[(&str, usize)] = &[
    (include_str!("templates/en.txt"), 5000),
    (include_str!("templates/es.txt"), 1500),
    (include_str!("templates/de.txt"), 3000),
    (include_str!("templates/fr.txt"), 1800),
    (include_str!("templates/it.txt"), 600),
    (include_str!("templates/nl.txt"), 600),
    (include_str!("templates/pt.txt"), 600),
];
/// Templates in a document.
const LINES: u64 = 4;

/// Words to fill in.
#[derive(Default)]
struct Lists {
    given: Vec<String>,
    surnames: Vec<String>,
    cities: Vec<String>,
    regions: Vec<String>,
    countries: Vec<String>,
    drugs: Vec<String>,
    conditions: Vec<String>,
    eponyms: Vec<String>,
}

/// All documents.
pub(super) fn documents(dictionaries: &Path) -> anyhow::Result<Vec<Record>> {
    let lists = Lists::read(dictionaries)?;
    let mut random = Random::new(11);
    let mut records = Vec::new();
    for (templates, count) in LANGUAGES {
        let templates: Vec<&str> = templates.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
        for _ in 0..*count {
            let mut record = Record { text: String::new(), spans: Vec::new(), unsure: Vec::new() };
            for line in 0..=random.below(LINES) {
                if line > 0 {
                    record.text.push_str(["\n", "\n\n", " "][random.below(3) as usize]);
                }
                lists.fill(templates[random.below(templates.len() as u64) as usize], &mut record, &mut random);
            }
            records.push(record);
        }
    }
    Ok(records)
}

impl Lists {
    fn read(dictionaries: &Path) -> anyhow::Result<Self> {
        let rows = |file: &str| -> anyhow::Result<Vec<Vec<String>>> {
            let path = dictionaries.join(file);
            let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            Ok(text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect())
        };
        let words = rows("words.tsv")?;
        let known: HashSet<&str> = words.iter().map(|row| row[0].as_str()).collect();
        let mut lists = Self::default();
        for row in rows("names.tsv")? {
            // Common names twice: they are what most text has.
            let listed = |band: &str| match band {
                "0" => 0,
                "1" => 1,
                _ => 2,
            };
            if row[3] == "0" && row[0].len() > 2 && (!known.contains(row[0].as_str()) || row[1] == "3" || row[2] == "3") {
                let (given, surname) = (listed(&row[1]), listed(&row[2]));
                lists.given.extend(std::iter::repeat_n(titled(&row[0]), if given >= surname { given } else { 0 }));
                lists.surnames.extend(std::iter::repeat_n(titled(&row[0]), if surname >= given { surname } else { 0 }));
            }
        }
        for row in rows("places.tsv")? {
            let list = match row[1].as_str() {
                "city" if row[3] == "0" => &mut lists.cities,
                "country" => &mut lists.countries,
                "region" => &mut lists.regions,
                _ => continue,
            };
            list.push(titled(&row[0]));
        }
        for row in rows("health.tsv")?.into_iter().filter(|row| row[2] == "0" && row[3] == "0" && row[0].len() < 28) {
            match row[1].as_str() {
                "condition" => lists.conditions.push(row[0].clone()),
                "medication" if !row[0].contains(' ') => lists.drugs.push(row[0].clone()),
                _ => {}
            }
        }
        lists.eponyms = rows("classes.tsv")?
            .into_iter()
            .filter(|row| row[1].contains("eponym") && !row[0].contains(' '))
            .map(|row| titled(&row[0]))
            .collect();
        Ok(lists)
    }

    fn fill(&self, template: &str, record: &mut Record, random: &mut Random) {
        let mut rest = template;
        let mut open: Option<(usize, &str)> = None;
        while let Some(first) = rest.chars().next() {
            let label =
                rest.strip_prefix('[').and_then(|inner| inner.split_at_checked(2)).filter(|(label, _)| label.ends_with(':'));
            if let Some((label, inner)) = label {
                let label = match label {
                    "P:" => "PER",
                    "L:" => "LOC",
                    _ => "ORG",
                };
                open = Some((record.text.chars().count(), label));
                rest = inner;
            } else if let (']', Some((start, label))) = (first, open) {
                record.spans.push(Annotation { start, end: record.text.chars().count(), label: label.to_owned() });
                open = None;
                rest = &rest[1..];
            } else if let Some((slot, after)) = rest.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
                let word = self.word(slot, random);
                record.text.push_str(&word);
                rest = after;
            } else if let Some(after) = rest.strip_prefix("\\n") {
                record.text.push('\n');
                rest = after;
            } else if let Some(after) = rest.strip_prefix("\\t") {
                record.text.push('\t');
                rest = after;
            } else {
                record.text.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }

    fn any(&self, random: &mut Random) -> String {
        self.given[random.below(self.given.len() as u64) as usize].clone()
    }

    fn word(&self, slot: &str, random: &mut Random) -> String {
        let drawn = random.below(1 << 40);
        let of = |list: &[String]| list.get((drawn % list.len().max(1) as u64) as usize).cloned().unwrap_or_default();
        match slot {
            // `Min-jun`, `Jean-Luc`: some given names are two.
            "given" => match random.below(12) {
                0 => format!("{}-{}", self.any(random), self.any(random).to_lowercase()),
                1 => format!("{}-{}", self.any(random), self.any(random)),
                _ => self.any(random),
            },
            "GIVEN" => of(&self.given).to_uppercase(),
            "surname" => of(&self.surnames),
            "SURNAME" => of(&self.surnames).to_uppercase(),
            "city" => of(&self.cities),
            "CITY" => of(&self.cities).to_uppercase(),
            "state" => of(&self.regions),
            "country" => of(&self.countries),
            "eponym" => of(&self.eponyms),
            "drug" => either(of(&self.drugs), random),
            "condition" => either(of(&self.conditions), random),
            "initial" | "INITIAL" => char::from(b'A' + random.below(26) as u8).to_string(),
            "digits" => (10 + random.below(9990)).to_string(),
            _ => ["van", "de", "von", "bin", "al", "della", "ten"][random.below(7) as usize].to_owned(),
        }
    }
}

/// With or without a capital.
fn either(word: String, random: &mut Random) -> String {
    if random.below(2) == 0 { titled(&word) } else { word }
}

/// Every word with a capital.
fn titled(term: &str) -> String {
    let mut out = String::with_capacity(term.len());
    let mut start = true;
    for letter in term.chars() {
        if start {
            out.extend(letter.to_uppercase());
        } else {
            out.push(letter);
        }
        start = !letter.is_alphanumeric() && letter != '\'';
    }
    out
}
