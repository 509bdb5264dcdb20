//! Numbers of cases before courts and with the police: `1:21-cv-01234-ABC`, `Case C-131/12`, `ECLI:EU:C:2014:317`, `No. 19-1392`,
//! `2 BvR 123/20`, and what follows `docket`, `crime reference`, `incident no.`, `police report`.
//!
//! *Misses by design*: numbers that nothing announces and that have no form of their own; reporter citations (`410 U.S. 113`).
//! *Confuses with*: numbers of laws and decisions; applications to the human rights court are
//! [`super::unique_identifier`].
//! *References*: US District Courts' CM/ECF numbering; Council conclusions 2011/C 127/01 (ECLI); Court of Justice, case numbering.

use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::recognizer::{Info, LazyRegex, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::cue::{Cue, Cues, Words};
use crate::recognizers::labelled::Rule;
use crate::span::Span;
use crate::token::{Gap, Kind};
use crate::verdict::Verdict;

/// Numbers of cases.
pub static RECOGNIZER: CaseNumber = CaseNumber {
    info: Info {
        module: module_path!(),
        entity: Entity::new("CASE_NUMBER"),
        summary: "Number of a case before a court or with the police.",
        context: &[],
        negative_context: &[],
        hits: &[
            "filed as ⟦1:21-cv-01234-ABC⟧ in May",
            "docket ⟦21-cr-00321⟧.",
            "Case ⟦C-131/12⟧ of the Court",
            "(⟦ECLI:EU:C:2014:317⟧)",
            "Docket No. ⟦19-1392⟧",
            "Roe, No. ⟦19-1392⟧, was",
            "Beschluss, ⟦2 BvR 123/20⟧",
            "Crime reference number: ⟦42/1234567/24⟧",
            "police report no. ⟦2024-004711⟧",
            "Aktenzeichen ⟦4 O 123/21⟧",
        ],
        misses: &[
            "the case of 1998",
            "chapter 1:21-22",
            "No. 12-14 of the journal, pages 19-1392",
            "an incident 12345 times",
            "3:14 in the case",
            "case \"PKIX_ED25519_PH\":",
        ],
    },
};

static CUES: Cues = Cues::new(
    &[
        "docket",
        "docket no",
        "docket number",
        "case no",
        "case number",
        "cause no",
        "civil action no",
        "criminal case no",
        "index no",
        "crime reference",
        "crime ref",
        "crime number",
        "crime reference number",
        "police report",
        "police report no",
        "incident number",
        "incident no",
        "incident report",
        "cad number",
        "cad ref",
        "fir no",
        "arrest no",
        "booking number",
        "warrant no",
        "citation no",
        "complaint no",
        "petition no",
        "writ petition",
        "court file no",
        "court file number",
        "claim form no",
        "inmate no",
        "inmate number",
        "prisoner number",
        "offender id",
        "probation no",
        "geschäftsnummer",
        "aktenzeichen",
        "geschäftszeichen",
        "tagebuchnummer",
        "vorgangsnummer",
        "n° rg",
        "rg n°",
        "numéro de dossier",
        "numéro de rôle",
        "procès-verbal n°",
        "pv n°",
        "número de expediente",
        "expediente n",
        "diligencias previas",
        "autos n",
        "atestado n",
        "rol gen",
        "zaaknummer",
        "rolnummer",
        "parketnummer",
    ],
    &["case", "incident", "docket", "warrant", "inmate", "complaint", "petition", "aktenzeichen", "dossier", "expediente", "az"],
);
/// `No. 19-1392` in the name of a case.
static NUMBERED: Cues = Cues::new(&["no", "nos"], &[]);
/// What else is numbered so.
static OTHERS: Words = Words::new(&[
    "law",
    "act",
    "rule",
    "form",
    "page",
    "pages",
    "vol",
    "volume",
    "issue",
    "journal",
    "part",
    "section",
    "report",
    "item",
    "model",
    "room",
    "figure",
    "table",
    "study",
    "lot",
    "room",
    "policy",
    "invoice",
    "order",
    "resolution",
    "release",
    "bulletin",
]);

/// The recognizer of the entity `CASE_NUMBER`.
pub struct CaseNumber {
    info: Info,
}

impl Recognizer for CaseNumber {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Alphanumeric { min: 1, max: 30 }, Trigger::Byte(b':')]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let Some(token) = site.block.token(site.token) else { return };
        if let Some((span, base, pattern)) = form(site) {
            proposals.push(Proposal { span, base: Confidence::new(base), pattern, verdict: Verdict::Unknown });
        } else if token.kind == Kind::Number
            && (token.len() >= 3 || site.block.token(site.token + 1).is_some_and(|next| next.gap == Gap::None))
        {
            let before = proposals.len();
            Rule { cues: &CUES, base: 620, validate: plausible }.propose(site, proposals);
            let numbered = token.len() == 2 && site.block.token(site.token + 1).is_some_and(|next| next.is_byte(b'-'));
            let start = site.token.saturating_sub(6);
            if numbered && proposals.len() == before && !(start..site.token).any(|token| OTHERS.at(site.block, token)) {
                Rule { cues: &NUMBERED, base: 550, validate: year_and_number }.propose(site, proposals);
            }
        }
    }
}

/// A form that needs no cue, or its own.
fn form(site: &Site<'_>) -> Option<(Span, u16, &'static str)> {
    static FEDERAL: LazyRegex = LazyRegex::new();
    static GERMAN: LazyRegex = LazyRegex::new();
    static REGISTER: LazyRegex = LazyRegex::new();
    static EUROPEAN: LazyRegex = LazyRegex::new();
    static ECLI: LazyRegex = LazyRegex::new();
    let (block, at) = (site.block, site.token);
    let (text, token) = (block.text, block.token(at)?);
    let start = token.start as usize;
    let alone = |start: usize, end: usize| {
        let before = text[..start].bytes().next_back();
        let after = text.as_bytes().get(end);
        !before.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'/' | b'.'))
            && !after.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'/' | b'_'))
    };
    match token.kind {
        Kind::Punctuation(b':') => {
            let name = block.before(at)?;
            let start = name.start as usize;
            if !block.str(at - 1).eq_ignore_ascii_case("ecli") || token.gap != Gap::None {
                return None;
            }
            let end = ECLI.match_at(r"(?i:ECLI):[A-Za-z]{2}:[A-Za-z0-9]{1,7}:\d{4}:[A-Za-z0-9.]{1,25}", text, start, 64)?;
            let end = start + text[start..end].trim_end_matches('.').len();
            Some((Span::new(start, end), 900, "ecli"))
        }
        Kind::Number if token.is_digits() && token.len() <= 2 => {
            let next = block.token(at + 1)?;
            // `1:21-cv` or `21-cv`.
            let letters = |hyphen: usize| {
                block.token(hyphen).is_some_and(|token| token.is_byte(b'-') && token.gap == Gap::None)
                    && block.token(hyphen + 1).is_some_and(|token| token.kind == Kind::Word && token.gap == Gap::None)
            };
            let joined = next.gap == Gap::None && (letters(at + 1) || next.is_byte(b':') && letters(at + 3));
            let register = next.gap == Gap::Blank && next.is_capitalised() && next.len() <= 4;
            if !joined && !register {
                return None;
            }
            let federal = r"(?:\d{1,2}:)?\d{2}-(?i:cv|cr|mc|mj|md|ap|bk|po|sw|civ|crim|cm|dp|ml)-\d{3,6}(?:-[A-Z]{2,4}){0,3}";
            if let Some(end) = FEDERAL.match_at(federal, text, start, 48).filter(|end| alone(start, *end)) {
                return Some((Span::new(start, end), 800, "federal"));
            }
            let german =
                r"\d{1,2} (?:BvR|BvL|BvE|BvF|StR|ZR|ZB|AZR|ABR|AR|StE|Ss|Ws|KLs|Ks|Ls|Ds|Cs|Js|UF|WF|Qs|Ns) \d{1,5}/\d{2}";
            if let Some(end) = GERMAN.match_at(german, text, start, 32).filter(|end| alone(start, *end)) {
                return Some((Span::new(start, end), 650, "german"));
            }
            let end = REGISTER
                .match_at(r"\d{1,2} [A-Z][A-Za-z]{0,3} \d{1,6}/\d{2}", text, start, 32)
                .filter(|end| alone(start, *end))?;
            CUES.before(block, at).is_some_and(Cue::holds).then_some((Span::new(start, end), 650, "register"))
        }
        Kind::Number => {
            // The letter before: `C-131/12`.
            let letter = at.checked_sub(2)?;
            let start = block.tokens[letter].start as usize;
            if block.tokens[letter].len() != 1 {
                return None;
            }
            let end = EUROPEAN.match_at(r"[CTF]-\d{1,4}/\d{2}(?: (?:P|PPU|R|AJ|RENV|OP))?", text, start, 24)?;
            let end = if alone(start, end) { end } else { return None };
            let named = (letter.saturating_sub(3)..letter).any(|word| CASES.at(block, word));
            named.then_some((Span::new(start, end), 700, "european"))
        }
        _ => None,
    }
}

static CASES: Words =
    Words::new(&["case", "cases", "rechtssache", "rechtssachen", "affaire", "affaires", "asunto", "asuntos", "causa", "zaak"]);

/// No name of a constant in code.
fn plausible(value: &str) -> Verdict {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    if value.contains('_') || letters > digits { Verdict::Invalid } else { Verdict::Unknown }
}

/// `19-1392`: a year of two digits, and a number.
fn year_and_number(value: &str) -> Verdict {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    match value.split_once('-') {
        Some((year, number)) if digits(year) && digits(number) && year.len() == 2 && (3..=5).contains(&number.len()) => {
            Verdict::Unknown
        }
        _ => Verdict::Invalid,
    }
}
