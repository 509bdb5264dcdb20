//! Compiles `dictionaries/*.tsv` into `crates/subrosa-core/data/*.bin`, and runs the script that makes the lists.
//!
//! After writing (or comparing) every term is looked up through the library's own code. To change the format of the tables,
//! empty the files in `data/` first: an empty one opens as a dictionary without entries.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use sha2::{Digest as _, Sha256};
use subrosa_core::dictionary::{
    ClassInfo, Entry, HealthInfo, HealthKind, NameInfo, PlaceInfo, PlaceKind, StaticMap, WordClass, WordInfo, build, phrase_hash,
    stem_hash, word_hash, words,
};
use subrosa_core::hex::hex;

use crate::project::{root, succeed};

/// Values by key, each made of the entries that fall on it.
type Entries = BTreeMap<u64, u32>;

/// Makes the compiled dictionaries; with `check`, only compares them with those on disk.
pub(crate) fn run(check: bool) -> Result<()> {
    let root = root();
    let tables = [
        ("names", table::<NameInfo>(names(&read(&root, "names")?)?)?),
        ("places", table::<PlaceInfo>(places(&read(&root, "places")?)?)?),
        ("health", table::<HealthInfo>(health(&read(&root, "health")?)?)?),
        ("words", table::<WordInfo>(everyday(&read(&root, "words")?)?)?),
        ("classes", table::<ClassInfo>(classes(&read(&root, "classes")?)?)?),
    ];
    let mut stale = Vec::new();
    println!("{:<10} {:>9} {:>10} {:>14}", "table", "entries", "bytes", "false hits");
    for (name, bytes) in &tables {
        let path = root.join(format!("crates/subrosa-core/data/{name}.bin"));
        if std::fs::read(&path).ok().as_deref() != Some(bytes) {
            stale.push(*name);
            if !check {
                std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
            }
        }
        let map = StaticMap::open(bytes).context("the table just built does not open")?;
        println!("{name:<10} {:>9} {:>10} {:>10} 2^{}", map.len(), bytes.len(), "1 in", map.fingerprint_bits());
    }
    let sums = sums(&root)?;
    let path = root.join("crates/subrosa-core/data/sums.txt");
    if std::fs::read_to_string(&path).ok().as_deref() != Some(&sums) {
        stale.push("sums.txt");
        if !check {
            std::fs::write(&path, sums).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    println!("{:<10} {:>9} {:>10}", "all", "", tables.iter().map(|(_, bytes)| bytes.len()).sum::<usize>());
    ensure!(!check || stale.is_empty(), "not current, run `cargo xtask gen`: {}", stale.join(", "));
    Ok(())
}

/// The SHA-256 of every table and of the tagger's weights: part of the hash of all that decides what is found.
fn sums(root: &Path) -> Result<String> {
    let mut sums = String::new();
    for name in ["classes", "health", "names", "places", "tagger", "words"] {
        let path = root.join(format!("crates/subrosa-core/data/{name}.bin"));
        let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        writeln!(sums, "{}  {name}.bin", hex(Sha256::digest(&bytes)))?;
    }
    Ok(sums)
}

/// Runs `dictionaries/extract.py` in a virtual environment of its own under `target/`.
pub(crate) fn extract(check: bool) -> Result<()> {
    let root = root();
    let environment = root.join("target/dictionaries/venv");
    let python = environment.join("bin/python");
    if !python.exists() {
        succeed(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
    }
    succeed(
        Command::new(&python).args(["-m", "pip", "install", "--quiet", "-r"]).arg(root.join("dictionaries/requirements.txt")),
    )?;
    let mut script = Command::new(&python);
    script.arg("-B").arg(root.join("dictionaries/extract.py"));
    if check {
        script.arg("--check");
    }
    succeed(&mut script)
}

fn read(root: &Path, name: &str) -> Result<Vec<Vec<String>>> {
    let path = root.join(format!("dictionaries/{name}.tsv"));
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut lines = text.lines();
    let columns = lines.next().with_context(|| format!("{} is empty", path.display()))?.split('\t').count();
    lines
        .enumerate()
        .map(|(index, line)| {
            let row: Vec<_> = line.split('\t').map(str::to_owned).collect();
            ensure!(row.len() == columns, "{}:{}: {} columns, not {columns}", path.display(), index + 2, row.len());
            Ok(row)
        })
        .collect()
}

/// Builds a table, then reads every entry back the way the library does.
fn table<E: Entry>(entries: Entries) -> Result<Vec<u8>> {
    let list: Vec<_> = entries.into_iter().collect();
    let bytes = build::build(&list, E::VALUE_BITS, E::FINGERPRINT_BITS)?;
    let map = StaticMap::open(&bytes).context("the table just built does not open")?;
    for &(key, value) in &list {
        let read = E::from_bits(map.get(key)).map(Entry::to_bits);
        ensure!(read == Some(value), "entry {key:#018x} reads as {read:?}, not {value}");
    }
    Ok(bytes)
}

fn names(rows: &[Vec<String>]) -> Result<Entries> {
    let mut entries = Entries::new();
    for row in rows {
        let info = NameInfo { given: number(&row[1], 3)?, surname: number(&row[2], 3)?, common_word: flag(&row[3])? };
        new_entry(&mut entries, &row[0], word_hash(&row[0]), info.to_bits())?;
    }
    Ok(entries)
}

fn everyday(rows: &[Vec<String>]) -> Result<Entries> {
    let mut entries = Entries::new();
    for row in rows {
        let info = WordInfo { frequency: number(&row[1], 7)?, mostly_lower_case: flag(&row[2])? };
        new_entry(&mut entries, &row[0], word_hash(&row[0]), info.to_bits())?;
    }
    Ok(entries)
}

fn places(rows: &[Vec<String>]) -> Result<Entries> {
    let mut entries = Entries::new();
    for row in rows {
        let kind = match row[1].as_str() {
            "city" => PlaceKind::City,
            "country" => PlaceKind::Country,
            "region" => PlaceKind::Region,
            "county" => PlaceKind::County,
            "demonym" => PlaceKind::Demonym,
            "geographic" => PlaceKind::Geographic,
            other => bail!("{}: no kind of place: {other}", row[0]),
        };
        let info = PlaceInfo { kind: Some(kind), population: number(&row[2], 3)?, ambiguous: flag(&row[3])?, prefix: false };
        let hash = prefixes(&mut entries, &row[0], word_hash, PlaceInfo { prefix: true, ..PlaceInfo::default() }.to_bits());
        merge(&mut entries, hash, info.to_bits());
    }
    Ok(entries)
}

fn health(rows: &[Vec<String>]) -> Result<Entries> {
    // A term and its plural are one entry. The plainer reading wins: one that needs neither capitals nor context.
    let mut terms = BTreeMap::new();
    let mut entries = Entries::new();
    for row in rows {
        let kind = match row[1].as_str() {
            "condition" => HealthKind::Condition,
            "symptom" => HealthKind::Symptom,
            "medication" => HealthKind::Medication,
            "procedure" => HealthKind::Procedure,
            "lab_test" => HealthKind::LabTest,
            "site" => HealthKind::Site,
            "modifier" => HealthKind::Modifier,
            "head" => HealthKind::Head,
            other => bail!("{}: no kind of health term: {other}", row[0]),
        };
        let info = HealthInfo { kind: Some(kind), upper_only: flag(&row[2])?, ambiguous: flag(&row[3])?, prefix: false };
        let hash = prefixes(&mut entries, &row[0], stem_hash, HealthInfo { prefix: true, ..HealthInfo::default() }.to_bits());
        let rank = (info.upper_only, info.ambiguous, row[0].len(), kind);
        terms
            .entry(hash)
            .and_modify(|best: &mut (_, _)| *best = (*best).min((rank, info.to_bits())))
            .or_insert((rank, info.to_bits()));
    }
    for (hash, (_, bits)) in terms {
        merge(&mut entries, hash, bits);
    }
    Ok(entries)
}

fn classes(rows: &[Vec<String>]) -> Result<Entries> {
    let mut entries = Entries::new();
    for row in rows {
        let mut info = ClassInfo::default();
        for name in row[1].split(',') {
            info = info.with(class_of(name).with_context(|| format!("{}: no class: {name}", row[0]))?);
        }
        if flag(&row[2])? {
            info = info.with_ambiguous();
        }
        let hash = prefixes(&mut entries, &row[0], word_hash, ClassInfo::default().with_prefix().to_bits());
        merge(&mut entries, hash, info.to_bits());
    }
    Ok(entries)
}

fn class_of(name: &str) -> Option<WordClass> {
    // `StreetTypeBefore` is `street_type_before` in the lists.
    WordClass::ALL.into_iter().find(|class| {
        let camel = format!("{class:?}");
        let snake: String = camel
            .char_indices()
            .flat_map(|(at, c)| (at > 0 && c.is_uppercase()).then_some('_').into_iter().chain(c.to_lowercase()))
            .collect();
        snake == name
    })
}

/// Marks every proper beginning of a term, and gives the hash of the whole.
fn prefixes(entries: &mut Entries, term: &str, hash: fn(&str) -> u64, prefix: u32) -> u64 {
    let mut parts = words(term).map(hash);
    let mut phrase = parts.next().unwrap_or_default();
    for next in parts {
        merge(entries, phrase, prefix);
        phrase = phrase_hash(phrase, next);
    }
    phrase
}

/// Adds the bits to an entry: a term can be the beginning of another one.
fn merge(entries: &mut Entries, key: u64, bits: u32) {
    *entries.entry(key).or_default() |= bits;
}

fn new_entry(entries: &mut Entries, term: &str, key: u64, bits: u32) -> Result<()> {
    ensure!(entries.insert(key, bits).is_none(), "{term}: occurs twice, or collides with another word");
    Ok(())
}

fn number(text: &str, most: u8) -> Result<u8> {
    let number = text.parse().with_context(|| format!("no number: {text}"))?;
    ensure!(number <= most, "{number} is more than {most}");
    Ok(number)
}

fn flag(text: &str) -> Result<bool> {
    Ok(number(text, 1)? == 1)
}
