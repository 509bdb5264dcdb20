//! Ages in languages that set number and unit apart: `33 años`, `niño de siete años`, `45 ans`, `45-jährig`, `45 Jahre alt`.

use crate::block::Block;
use crate::recognizers::amounts;
use crate::recognizers::cue::{Cues, Words};
use crate::span::Span;
use crate::token::{Gap, Kind};

use super::{OLD, on_line, past_hyphen};

/// Units of other languages: a cue has to stand before.
pub(super) static FOREIGN: Words = Words::new(&[
    "año", "mes", "semana", "día", "an", "anno", "mese", "jahr", "monat", "woche", "jaar", "maand", "ano", "mês", "weken",
    "maand", "años", "ans", "anni", "anos", "jahre", "jahren", "jaar", "meses", "mois", "mesi", "monate", "monaten", "maanden",
    "semanas", "semaines", "wochen", "días", "dias", "jours", "tage", "tagen",
]);
/// Words that end an age without another: `45-jährige`, `45 Jahre alt`.
static WHOLE: Words = Words::new(&["jährig", "jährige", "jähriger", "jährigen", "jähriges", "jährigem", "jarige", "jarig"]);
/// Whom the age of `Mujer de 65 años` belongs to.
static PEOPLE: Cues = Cues::new(
    &[
        "edad",
        "mujer",
        "hombre",
        "varón",
        "paciente",
        "niño",
        "niña",
        "señora",
        "señor",
        "joven",
        "lactante",
        "femme",
        "homme",
        "patient",
        "patiente",
        "enfant",
        "fille",
        "garçon",
        "donna",
        "uomo",
        "paziente",
        "bambino",
        "bambina",
        "ragazzo",
        "mulher",
        "homem",
        "doente",
        "menino",
        "menina",
        "idade",
        "alter",
        "im alter von",
        "âgé",
        "âgée",
        "età",
        "leeftijd",
        "frau",
        "mann",
        "patientin",
        "man",
        "vrouw",
        "patiënt",
        "anciana",
        "adolescente",
        "neonato",
        "bebé",
        "padres",
        "hermano",
        "hermana",
        "hijo",
        "hija",
        "madre",
        "padre",
        "preescolar",
        "escolar",
        "säugling",
        "junge",
        "mädchen",
        "jongen",
        "meisje",
        "kind",
        "nourrisson",
        "ragazza",
        "neonata",
        "criança",
        "rapaz",
        "rapariga",
        "anciano",
        "caballero",
        "chico",
        "chica",
        "masculino",
        "femenino",
        "aged",
        "tenía",
        "tenia",
        "tiene",
        "cumplió",
        "tinha",
        "tem",
        "age",
    ],
    &[],
);

/// `33 años`, `45 ans`, `45-jährige`, `45 Jahre alt`.
pub(super) fn foreign(block: &Block<'_>, at: usize) -> Option<(Span, &'static str)> {
    let next = past_hyphen(block, at + 1);
    let unit = on_line(block, next)?;
    if WHOLE.has(unit) {
        return Some((block.span(at, at), "old"));
    }
    if !FOREIGN.has(unit) {
        return None;
    }
    with_unit(block, at, next).map(|last| (block.span(at, last), "unit"))
}

/// The last token of the age whose number starts at `first` and whose unit stands at `unit`, if the words around make it one.
pub(super) fn with_unit(block: &Block<'_>, first: usize, unit: usize) -> Option<usize> {
    let last = whole(block, unit);
    let after = last + 1;
    let of = matches!(block.str(after), "de" | "d" | "di" | "del");
    if of && NO_AGE.at(block, after + 1) || LATER.at(block, after) {
        return None;
    }
    let old = OLD.at(block, after) || of && LIFE.at(block, after + 1);
    (old || is_at_age(block, first, unit) || belongs_to_person(block, first)).then_some(last)
}

/// The last token of `5 años y 7 meses`, `un mes y medio`, of which the first unit is at `unit`.
fn whole(block: &Block<'_>, unit: usize) -> usize {
    if !matches!(block.str(unit + 1), "y" | "et" | "e" | "und" | "en") || block.tokens[unit + 1].gap > Gap::Line {
        return unit;
    }
    if matches!(block.str(unit + 2), "medio" | "media" | "demi" | "mezzo" | "meio") {
        return unit + 2;
    }
    (unit + 3..unit + 5)
        .find(|next| {
            on_line(block, *next).is_some_and(|token| FOREIGN.has(token)) && amounts::before(block, *next) == Some(unit + 2)
        })
        .unwrap_or(unit)
}

/// `a los 4 años`, `hasta los 7 años`; but `a los 2 años de la operación` and `a los 3 meses` count from something else.
fn is_at_age(block: &Block<'_>, first: usize, unit: usize) -> bool {
    first > 1
        && block.str(first - 1) == "los"
        && matches!(block.str(first - 2), "a" | "A" | "hasta" | "desde" | "Desde" | "de")
        && matches!(block.str(unit), "años" | "Años")
        && !matches!(block.str(unit + 1), "de" | "del" | "después" | "tras" | "previos" | "más")
}

/// `Mujer de 65 años`, `Paciente femenina de 49 años`, `patiente, 45 ans`: a person close before, and nothing that counts time.
pub(super) fn belongs_to_person(block: &Block<'_>, first: usize) -> bool {
    let mut at = first;
    for step in 0..7 {
        if at == 0 || block.tokens[at].gap > Gap::Line {
            return false;
        }
        at -= 1;
        if PEOPLE.ends_at(block, at).is_some() {
            return true;
        }
        let token = &block.tokens[at];
        let joint = token.is_byte(b',')
            || token.is_byte(b':')
            || matches!(block.str(at), "de" | "di" | "da" | "von" | "van" | "com" | "with" | "-");
        if step == 0 && !joint || COUNTING.has(token) || token.is_byte(b'.') || token.is_byte(b';') || token.kind == Kind::Number
        {
            return false;
        }
    }
    false
}

/// What makes a length of time a distance: `dos meses después`.
static LATER: Words = Words::new(&[
    "después", "antes", "después", "après", "avant", "später", "nach", "vorher", "zuvor", "dopo", "prima", "fa", "later",
    "depois", "geleden",
]);
/// `de edad`, `de vida`.
static LIFE: Words = Words::new(&["edad", "vida", "idade", "vie", "âge", "età", "leeftijd"]);
/// `3 años de evolución` is no age.
static NO_AGE: Words = Words::new(&[
    "evolución",
    "duración",
    "seguimiento",
    "tratamiento",
    "antigüedad",
    "experiencia",
    "supervivencia",
    "prisión",
    "hemodiálisis",
    "diálisis",
    "terapia",
    "evolução",
    "seguimento",
    "expérience",
    "esperienza",
    "la",
    "el",
    "los",
    "las",
]);
/// Words between a person and a number that make it no age: `paciente con dolor desde hace 3 años`.
static COUNTING: Words = Words::new(&[
    "con",
    "desde",
    "hace",
    "durante",
    "tras",
    "por",
    "en",
    "a",
    "que",
    "seit",
    "vor",
    "mit",
    "depuis",
    "avec",
    "pendant",
    "il",
    "da",
    "con",
    "sinds",
    "voor",
    "há",
    "for",
    "since",
    "historia",
    "hasta",
    "entre",
    "cada",
    "cabo",
    "más",
    "evolución",
    "und",
    "après",
    "après",
    "dopo",
    "nach",
    "después",
    "durant",
]);

/// `niño de siete años`, `un mes de vida`, `dreiundvierzig Jahre alt`.
pub(super) fn in_foreign_words(block: &Block<'_>, unit: usize, push: &mut impl FnMut(Span, u16, &'static str)) {
    let Some(before) = unit.checked_sub(1).filter(|_| block.tokens[unit].gap <= Gap::Line) else { return };
    let one = matches!(
        block.str(before).to_lowercase().as_str(),
        "un" | "una" | "uno" | "ein" | "eine" | "einem" | "une" | "een" | "um" | "uma"
    );
    let first = if one { Some(before) } else { amounts::in_words(block, before) };
    if let Some(first) = first
        && let Some(last) = with_unit(block, first, unit)
    {
        push(block.span(first, last), 700, "words");
    }
}
