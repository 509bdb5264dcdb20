//! The annotated corpora, and the few types that their labels and our entities have in common.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;
use subrosa_core::span::Span;

use super::marked;
use crate::project::root;

/// An annotated document.
pub(crate) struct Gold {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) spans: Vec<(Span, Kind)>,
}

/// What an annotation says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Personal data of this type.
    Of(&'static str),
    /// Covering it is neither right nor wrong.
    DoNotCare,
}

/// A corpus.
pub(crate) struct Corpus {
    pub(crate) name: &'static str,
    labels: Labels,
    /// The only types that count; when empty all but health terms.
    only: &'static [&'static str],
}

/// What a corpus's labels mean.
enum Labels {
    /// Marks in the project's own texts, which name our entities.
    Own,
    /// Label and type; the last is for all other labels. `None` is text like any other, and so is not annotated.
    Map(&'static [(&'static str, Kind)], Option<Kind>),
}

const NAMES: &[&str] = &["PERSON", "LOCATION", "ORGANIZATION"];
const IGNORE: Kind = Kind::DoNotCare;

const fn of(kind: &'static str) -> Kind {
    Kind::Of(kind)
}

/// Newspaper labels.
const CONLL: Labels = Labels::Map(
    &[
        ("PER", of("PERSON")),
        ("LOC", of("LOCATION")),
        ("GPE", of("LOCATION")),
        ("FAC", of("LOCATION")),
        ("ORG", of("ORGANIZATION")),
    ],
    Some(IGNORE),
);

/// All corpora; the project's own first.
pub(crate) const ALL: &[Corpus] = &[
    Corpus { name: "own", labels: Labels::Own, only: &[] },
    Corpus {
        name: "tab",
        labels: Labels::Map(
            &[
                ("PERSON", of("PERSON")),
                ("LOC", of("LOCATION")),
                ("ORG", of("ORGANIZATION")),
                ("DATETIME", of("DATE")),
                ("CODE", of("ID")),
                ("DEM", of("NRP")),
                ("QUANTITY", of("QUANTITY")),
            ],
            Some(of("OTHER")),
        ),
        only: &[],
    },
    Corpus {
        name: "asq_phi",
        labels: Labels::Map(
            &[
                ("NAME", of("PERSON")),
                ("GEOGRAPHIC_LOCATION", of("LOCATION")),
                ("DATE", of("DATE")),
                ("EMAIL_ADDRESS", of("EMAIL")),
                ("PHONE_NUMBER", of("PHONE")),
                ("FAX_NUMBER", of("PHONE")),
                ("IP_ADDRESS", of("IP")),
                ("URL", of("URL")),
                ("AGE", of("AGE")),
            ],
            Some(of("ID")),
        ),
        only: &[],
    },
    Corpus {
        name: "synth_clinical",
        labels: Labels::Map(
            &[
                ("PATIENT", of("PERSON")),
                ("DOCTOR", of("PERSON")),
                ("RELATIVE", of("PERSON")),
                ("PROFESSION", of("OCCUPATION")),
                ("HOSPITAL", of("ORGANIZATION")),
                ("ORGANIZATION", of("ORGANIZATION")),
                ("STREET", of("LOCATION")),
                ("CITY", of("LOCATION")),
                ("STATE", of("LOCATION")),
                ("COUNTRY", of("LOCATION")),
                ("ZIP", of("LOCATION")),
                ("AGE", of("AGE")),
                ("DATE", of("DATE")),
                ("PHONE", of("PHONE")),
                ("FAX", of("PHONE")),
                ("EMAIL", of("EMAIL")),
                ("URL", of("URL")),
            ],
            Some(of("ID")),
        ),
        only: &[],
    },
    Corpus {
        name: "presidio_synth",
        labels: Labels::Map(
            &[
                ("PERSON", of("PERSON")),
                ("TITLE", IGNORE),
                ("PREFIX", IGNORE),
                ("STREET_ADDRESS", of("LOCATION")),
                ("ADDRESS", of("LOCATION")),
                ("GPE", of("LOCATION")),
                ("LOCATION", of("LOCATION")),
                ("ZIP_CODE", of("LOCATION")),
                ("ORGANIZATION", of("ORGANIZATION")),
                ("CREDIT_CARD", of("CREDIT_CARD")),
                ("DATE_TIME", of("DATE")),
                ("PHONE_NUMBER", of("PHONE")),
                ("AGE", of("AGE")),
                ("NRP", of("NRP")),
                ("EMAIL_ADDRESS", of("EMAIL")),
                ("DOMAIN_NAME", of("URL")),
                ("IBAN_CODE", of("ID")),
                ("US_SSN", of("ID")),
                ("IP_ADDRESS", of("IP")),
                ("US_DRIVER_LICENSE", of("ID")),
            ],
            Some(of("OTHER")),
        ),
        only: &[],
    },
    Corpus {
        name: "gum",
        labels: Labels::Map(
            &[("person", of("PERSON")), ("place", of("LOCATION")), ("organization", of("ORGANIZATION")), ("time", of("DATE"))],
            None,
        ),
        only: &["PERSON", "LOCATION", "ORGANIZATION", "DATE"],
    },
    Corpus { name: "uner_ewt", labels: CONLL, only: NAMES },
    Corpus {
        name: "wnut17",
        labels: Labels::Map(
            &[("person", of("PERSON")), ("location", of("LOCATION")), ("corporation", of("ORGANIZATION"))],
            Some(IGNORE),
        ),
        only: NAMES,
    },
    Corpus { name: "litbank", labels: CONLL, only: NAMES },
    Corpus {
        name: "crossner",
        labels: Labels::Map(
            &[
                ("person", of("PERSON")),
                ("politician", of("PERSON")),
                ("writer", of("PERSON")),
                ("musicalartist", of("PERSON")),
                ("scientist", of("PERSON")),
                ("researcher", of("PERSON")),
                ("location", of("LOCATION")),
                ("country", of("LOCATION")),
                ("organisation", of("ORGANIZATION")),
                ("politicalparty", of("ORGANIZATION")),
                ("band", of("ORGANIZATION")),
                ("university", of("ORGANIZATION")),
            ],
            Some(IGNORE),
        ),
        only: NAMES,
    },
    Corpus {
        name: "meddocan_es",
        labels: Labels::Map(
            &[
                ("NOMBRE_SUJETO_ASISTENCIA", of("PERSON")),
                ("NOMBRE_PERSONAL_SANITARIO", of("PERSON")),
                ("FAMILIARES_SUJETO_ASISTENCIA", IGNORE),
                ("SEXO_SUJETO_ASISTENCIA", IGNORE),
                ("TERRITORIO", of("LOCATION")),
                ("PAIS", of("LOCATION")),
                ("CALLE", of("LOCATION")),
                ("HOSPITAL", of("ORGANIZATION")),
                ("INSTITUCION", of("ORGANIZATION")),
                ("CENTRO_SALUD", of("ORGANIZATION")),
                ("FECHAS", of("DATE")),
                ("EDAD_SUJETO_ASISTENCIA", of("AGE")),
                ("NUMERO_TELEFONO", of("PHONE")),
                ("NUMERO_FAX", of("PHONE")),
                ("CORREO_ELECTRONICO", of("EMAIL")),
                ("PROFESION", of("OCCUPATION")),
            ],
            Some(of("ID")),
        ),
        only: &[],
    },
    Corpus { name: "ncbi_disease", labels: Labels::Map(&[], Some(of("HEALTH"))), only: &["HEALTH"] },
    Corpus { name: "bc5cdr", labels: Labels::Map(&[], Some(of("HEALTH"))), only: &["HEALTH"] },
];

/// The common type of one of our entities.
pub(crate) fn kind_of_entity(entity: &str) -> &'static str {
    match entity {
        "PERSON" => "PERSON",
        "LOCATION" | "STREET_ADDRESS" | "ZIP_CODE" | "POSTAL_CODE" | "COORDINATES" | "UK_POSTCODE" | "CA_POSTAL_CODE" => {
            "LOCATION"
        }
        "ORGANIZATION" | "HEALTH_FACILITY" => "ORGANIZATION",
        "DATE_TIME" | "DATE_OF_BIRTH" | "DURATION" => "DATE",
        "AGE" => "AGE",
        "PHONE_NUMBER" | "FAX_NUMBER" => "PHONE",
        "EMAIL_ADDRESS" => "EMAIL",
        "URL" => "URL",
        "IP_ADDRESS" => "IP",
        "CREDIT_CARD" => "CREDIT_CARD",
        "NRP" => "NRP",
        "OCCUPATION" => "OCCUPATION",
        "QUANTITY" => "QUANTITY",
        "HEALTH_CONDITION" | "MEDICATION" | "MEDICAL_PROCEDURE" | "LAB_TEST" | "SYMPTOM" => "HEALTH",
        _ => "ID",
    }
}

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
    spans: Vec<LineSpan>,
}

/// Offsets count code points.
#[derive(Deserialize)]
struct LineSpan {
    start: usize,
    end: usize,
    label: String,
    identifier_type: Option<String>,
}

impl Corpus {
    /// Whether findings of this type are judged here.
    pub(crate) fn counts(&self, kind: &str) -> bool {
        if self.only.is_empty() { kind != "HEALTH" } else { self.only.contains(&kind) }
    }

    /// The documents; nothing when the corpus is not there.
    pub(crate) fn load(&self, shared: &Path) -> Result<Option<Vec<Gold>>> {
        let Labels::Map(map, other) = &self.labels else { return own().map(Some) };
        let path = shared.join(format!("corpora/dev/{}.dev.jsonl", self.name));
        if !path.exists() {
            return Ok(None);
        }
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut documents = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let at = || format!("{}: line {}", path.display(), number + 1);
            let line: Line = serde_json::from_str(line).with_context(at)?;
            let mut offsets: Vec<usize> = line.text.char_indices().map(|(at, _)| at).collect();
            offsets.push(line.text.len());
            let mut spans = Vec::new();
            for span in &line.spans {
                let start = *offsets.get(span.start).with_context(at)?;
                let end = *offsets.get(span.end).with_context(at)?;
                let kind = map.iter().find(|(label, _)| *label == span.label).map(|(_, kind)| *kind).or(*other);
                let unmasked = span.identifier_type.as_deref() == Some("NO_MASK");
                if let Some(kind) = kind {
                    spans.push((Span::new(start, end), if unmasked { Kind::DoNotCare } else { kind }));
                }
            }
            documents.push(Gold { id: line.id, text: line.text, spans });
        }
        Ok(Some(documents))
    }
}

/// The project's own texts: one a file, marked.
fn own() -> Result<Vec<Gold>> {
    let folder = root().join("tests/accuracy/own");
    let mut paths: Vec<_> = std::fs::read_dir(&folder)
        .with_context(|| format!("cannot list {}", folder.display()))?
        .collect::<std::io::Result<Vec<_>>>()?
        .into_iter()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    let mut documents = Vec::new();
    for path in paths {
        let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let marked = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let (text, marks) = marked::parse(&marked).with_context(|| path.display().to_string())?;
        let spans = marks.into_iter().map(|(span, entity)| (span, Kind::Of(kind_of_entity(entity)))).collect();
        documents.push(Gold { id, text, spans });
    }
    Ok(documents)
}
