//! Annotated text as sites with their tags.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;
use std::sync::LazyLock;

use anyhow::Context;
use serde::Deserialize;
use subrosa_core::block::Block;
use subrosa_core::detector::{Detector, Options};
use subrosa_core::dictionary::{PlaceKind, WordClass};
use subrosa_core::entity::Entity;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;
use subrosa_core::tagger::features::{self, Moving, Rows, Stand, Views};
use subrosa_core::tagger::sites;
use subrosa_core::tagger::{NameKind, Tag};
use subrosa_core::token::{Gap, Token, tokenise};

use super::learn::Random;
use super::packages;
use super::swap::Names;
use super::templates;

/// A text ready for learning.
pub(super) struct Document {
    /// How much one of its sites counts.
    pub(super) weight: f32,
    pub(super) sites: Vec<Example>,
    /// The rows of all sites that do not depend on tags.
    pub(super) rows: Vec<u32>,
}

/// A site and what it should be tagged.
pub(super) struct Example {
    pub(super) moving: Moving,
    pub(super) connector: bool,
    pub(super) joined: bool,
    /// `None`: the annotation is unsure, nothing is learned here.
    pub(super) gold: Option<Tag>,
    /// Its part of [`Document::rows`].
    pub(super) rows: std::ops::Range<usize>,
    /// Which of them come from its own word, a bit each.
    pub(super) own: u64,
}

#[derive(Deserialize)]
pub(super) struct Record {
    pub(super) text: String,
    pub(super) spans: Vec<Annotation>,
    #[serde(default)]
    pub(super) unsure: Vec<(usize, usize)>,
}

#[derive(Deserialize)]
pub(super) struct Annotation {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) label: String,
}

/// Files, how much each counts, and how many of their documents are also read in capitals or without any.
const SOURCES: &[(&str, f32)] = &[
    ("train/combined_per_loc_org.train.jsonl", 1.0),
    ("train/meddocan_es.train.jsonl", 1.2),
    ("train/bc5cdr.train.jsonl", 2.0),
    ("train/ncbi_disease.train.jsonl", 2.0),
    ("silver/silver_clinical_mts.jsonl.gz", 1.0),
    ("silver/silver_dialogue_dstc8.jsonl.gz", 1.0),
    ("silver/silver_employment_agreements.jsonl.gz", 1.0),
    ("silver/silver_fiction.jsonl.gz", 1.0),
    ("silver/silver_masc.jsonl.gz", 1.0),
    ("silver/silver_parliament_qmsum.jsonl.gz", 1.0),
    ("silver/silver_speech.jsonl.gz", 1.0),
    ("silver/silver_synthetic.jsonl.gz", 0.5),
    ("silver/silver_web_ewt.jsonl.gz", 1.0),
    ("silver/silver_wikipedia.jsonl.gz", 1.0),
    ("silver/silver_wikitables.jsonl.gz", 1.0),
];
/// Abstracts of medical papers: annotated for other things, but nobody is named in them. Places and bodies are, now and then.
const WITHOUT_NAMES: &[&str] = &["train/bc5cdr.train.jsonl", "train/ncbi_disease.train.jsonl"];
/// How much a piece of a software package counts.
const TECHNICAL: f32 = 1.0;
/// How much a document made from templates counts.
const MADE: f32 = 0.5;
/// Of this many documents one is read once more in capitals, another without any, four with lines broken at blanks, four with
/// some of the names in small letters.
const CASE_COPIES: usize = 24;
/// So many in so many documents are read once more with other names.
const SWAPPED: (u64, u64) = (3, 10);

/// Reads all sources.
pub(super) fn read(corpora: &Path, dictionaries: &Path, packages: &Path) -> anyhow::Result<Vec<Document>> {
    let mut documents = Vec::new();
    let mut random = Random::new(7);
    let names_of_others = Names::read(dictionaries)?;
    for (file, weight) in SOURCES {
        let names = !WITHOUT_NAMES.contains(file);
        for (index, record) in records(&corpora.join(file))?.into_iter().enumerate() {
            documents.push(document(&record.text, &record, *weight, names));
            match index % CASE_COPIES {
                0 => documents.push(document(&record.text.to_ascii_uppercase(), &record, *weight, names)),
                1 => documents.push(document(&record.text.to_ascii_lowercase(), &record, *weight, names)),
                2 | 8 | 14 | 20 => documents.push(document(&wrapped(&record.text, 55 + index % 30), &record, *weight, names)),
                5 | 11 | 17 | 23 if names => {
                    documents.push(document(&hasty(&record, &mut random), &record, *weight, names));
                }
                _ => {}
            }
            if names && random.below(SWAPPED.1) < SWAPPED.0 {
                let record = names_of_others.swap(&record, &mut random);
                documents.push(document(&record.text, &record, *weight, names));
            }
        }
    }
    for record in templates::documents(dictionaries)? {
        documents.push(document(&record.text, &record, MADE, true));
    }
    for text in packages::texts(packages)? {
        let nobody = Record { text, spans: Vec::new(), unsure: Vec::new() };
        documents.push(document(&nobody.text, &nobody, TECHNICAL, false));
    }
    Ok(documents)
}

/// The text with its long lines broken at blanks, as mail and documents have it. Every character keeps its place.
fn wrapped(text: &str, width: usize) -> String {
    let mut column = 0;
    text.chars()
        .map(|character| {
            column += 1;
            match character {
                '\n' => column = 0,
                ' ' if column > width => {
                    column = 0;
                    return '\n';
                }
                _ => {}
            }
            character
        })
        .collect()
}

/// The text as typed in a hurry: half of the names in small letters. Every character keeps its place.
fn hasty(record: &Record, random: &mut Random) -> String {
    let small: Vec<&Annotation> = record.spans.iter().filter(|_| random.below(2) == 0).collect();
    let mut characters: Vec<char> = record.text.chars().collect();
    for span in small {
        if let Some(name) = characters.get_mut(span.start..span.end) {
            for letter in name {
                letter.make_ascii_lowercase();
            }
        }
    }
    characters.into_iter().collect()
}

/// The records of a JSON Lines file, which may be compressed.
pub(super) fn records(path: &Path) -> anyhow::Result<Vec<Record>> {
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    let mut text = String::new();
    if path.extension().is_some_and(|extension| extension == "gz") {
        flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text)?;
    } else {
        text = String::from_utf8(bytes)?;
    }
    text.lines()
        .enumerate()
        .map(|(line, record)| serde_json::from_str(record).with_context(|| format!("{} line {}", path.display(), line + 1)))
        .collect()
}

/// What a label of any of the corpora names.
pub(super) fn kind(label: &str) -> Option<NameKind> {
    match label {
        "PER"
        | "PERSON"
        | "person"
        | "politician"
        | "writer"
        | "musicalartist"
        | "scientist"
        | "researcher"
        | "PATIENT"
        | "DOCTOR"
        | "RELATIVE"
        | "NAME"
        | "NOMBRE_SUJETO_ASISTENCIA"
        | "NOMBRE_PERSONAL_SANITARIO" => Some(NameKind::Person),
        "LOC"
        | "LOCATION"
        | "location"
        | "GPE"
        | "FAC"
        | "place"
        | "country"
        | "CITY"
        | "STATE"
        | "COUNTRY"
        | "STREET"
        | "STREET_ADDRESS"
        | "ADDRESS"
        | "GEOGRAPHIC_LOCATION"
        | "TERRITORIO"
        | "PAIS"
        | "CALLE" => Some(NameKind::Location),
        "ORG" | "ORGANIZATION" | "organization" | "organisation" | "corporation" | "politicalparty" | "band" | "university"
        | "HOSPITAL" | "INSTITUCION" | "CENTRO_SALUD" => Some(NameKind::Organization),
        _ => None,
    }
}

/// Byte offset of each character, and of the end.
pub(super) fn byte_offsets(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

fn document(text: &str, record: &Record, weight: f32, names: bool) -> Document {
    let bytes = byte_offsets(text);
    let mut tokens = Vec::new();
    tokenise(text, &mut tokens);
    let block = Block::new(text, &tokens, &[]);
    let tags = if names { tags(&block, record, &bytes) } else { no_names(&block) };
    let mut found = Vec::new();
    sites::find(&block, &mut found);
    let mut rows = Vec::new();
    let mut examples = Vec::with_capacity(found.len());
    let mut before: Option<Tag> = None;
    let mut views = Views::new();
    for (at, site) in found.iter().enumerate() {
        let (mut of_word, mut around) = (Rows::new(), Rows::new());
        let stand = Stand::of(&block, site.token, &mut views);
        features::of_word(block.str(site.token), &stand, &mut of_word);
        let moving = features::around(&block, &found, at, &stand, &mut views, &mut around);
        let start = rows.len();
        rows.extend_from_slice(of_word.as_slice());
        rows.extend_from_slice(around.as_slice());
        let own = of_word.own() | around.own() << of_word.as_slice().len();
        if !site.joined {
            before = None;
        }
        // A name whose first word is no site begins with the first that is one.
        let gold = tags[site.token].map(|tag| match tag.kind() {
            Some(kind) if tag.is_inside() && !site.connector && !tag.may_follow(before.unwrap_or(Tag::OUTSIDE)) => {
                Tag::begin(kind)
            }
            _ => tag,
        });
        before = gold;
        examples.push(Example { moving, connector: site.connector, joined: site.joined, gold, rows: start..rows.len(), own });
    }
    Document { weight, sites: examples, rows }
}

/// The tag of each token; `None` where the annotation is unsure.
fn tags(block: &Block<'_>, record: &Record, bytes: &[usize]) -> Vec<Option<Tag>> {
    let tokens = block.tokens;
    let mut tags = vec![Some(Tag::OUTSIDE); tokens.len()];
    let covered = |start: usize, end: usize| -> Option<std::ops::Range<usize>> {
        let (start, end) = (*bytes.get(start)?, *bytes.get(end)?);
        let first = tokens.partition_point(|token: &Token| (token.end as usize) <= start);
        let last = tokens.partition_point(|token: &Token| (token.start as usize) < end);
        (first < last).then_some(first..last)
    };
    for (start, end) in &record.unsure {
        covered(*start, *end).into_iter().flatten().for_each(|token| tags[token] = None);
    }
    let mut spans: Vec<_> = record.spans.iter().filter_map(|span| Some((kind(&span.label)?, span))).collect();
    // Of nested names the outer counts.
    spans.sort_by_key(|(_, span)| span.end - span.start);
    let peoples = peoples(block.text);
    let span_of = |range: &std::ops::Range<usize>| block.span(range.start, range.end - 1);
    for (kind, span) in spans {
        let Some(mut range) = covered(span.start, span.end) else { continue };
        if kind == NameKind::Person {
            if is_group_or_role(block, &range) || peoples.iter().any(|people| *people == span_of(&range)) {
                continue;
            }
            range = with_title(block, range);
        }
        for (place, token) in range.enumerate() {
            tags[token] = Some(if place == 0 { Tag::begin(kind) } else { Tag::inside(kind) });
        }
    }
    tags
}

/// A text in which hardly a person is named: what may be one, a place or a body is left open.
fn no_names(block: &Block<'_>) -> Vec<Option<Tag>> {
    // In capitals alone it is an abbreviation for something else: `LA`, `MI`.
    let open = |index: usize| {
        let lexeme = block.lexeme(index);
        lexeme.place.is_some() && !block.tokens[index].shape.is_upper()
            || lexeme.is(WordClass::OrganisationHead)
            || lexeme.is(WordClass::HospitalHead)
            || lexeme.is(WordClass::LegalForm)
            || is_somebody(block, index)
    };
    (0..block.tokens.len()).map(|index| (!open(index)).then_some(Tag::OUTSIDE)).collect()
}

/// A given name with another name beside, or the other name.
fn is_somebody(block: &Block<'_>, index: usize) -> bool {
    let named = |first: usize| {
        let given = block.lexeme(first).name;
        let last = block.token(first + 1).is_some_and(|token| token.gap == Gap::Blank && token.is_capitalised());
        let last_name = last && block.lexeme(first + 1).name.surname > 0;
        block.tokens[first].is_capitalised() && given.given > 0 && last_name
    };
    named(index) || index > 0 && named(index - 1)
}

/// Where peoples, religions and parties stand: those are found by another recognizer.
fn peoples(text: &str) -> Vec<Span> {
    static DETECTOR: LazyLock<Detector> =
        LazyLock::new(|| Detector::new(&Options { entities: BTreeSet::from([Entity::new("NRP")]), ..Options::default() }));
    DETECTOR.detect(&[Segment::new(text)]).into_iter().flatten().map(|finding| finding.span).collect()
}

/// A role or a people, which some corpora count as a person: `President`, `Senators`, `Americans`. Names nobody.
fn is_group_or_role(block: &Block<'_>, range: &std::ops::Range<usize>) -> bool {
    range.clone().all(|token| {
        let lexeme = block.lexeme(token);
        let role = [WordClass::Role, WordClass::Relationship, WordClass::Honorific].iter().any(|class| lexeme.is(*class));
        let people = lexeme.place.is_some_and(|place| place.kind == Some(PlaceKind::Demonym));
        (role || people) && lexeme.name.given < 2
    })
}

/// Corpora differ in whether `Mr` belongs to the name; here it does: it tells rank or sex.
fn with_title(block: &Block<'_>, mut range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    while range.start > 0 && block.tokens[range.start].gap <= Gap::Line {
        let stop = block.tokens[range.start - 1].is_byte(b'.') && block.tokens[range.start - 1].gap == Gap::None;
        match (range.start - 1).checked_sub(usize::from(stop)) {
            Some(title) if is_title(block, title) => range.start = title,
            _ => break,
        }
    }
    range
}

fn is_title(block: &Block<'_>, token: usize) -> bool {
    let lexeme = block.lexeme(token);
    lexeme.is(WordClass::Honorific) && lexeme.name.given < 3
}
