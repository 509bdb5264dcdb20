//! Any other identifying number: what follows `case no.`, `our ref`, `claim number`, `certificate`, `licence no.`, `serial`, `ID:`.
//!
//! Everyday words such as `case` count only together with `no`, `number`, `#` or a colon.
//!
//! It also catches what has a recognizer of its own but fails its check: a mistyped number after `NPI` still is somebody's.
//!
//! *Misses by design*: identifiers without a digit, and those that nothing announces.
//! *Confuses with*: numbers of laws, standards and articles that have `no.` before them; only words for personal matters are cues.
//! *References*: 45 CFR 164.514(b)(2)(i)(K), (M) and (R).

use crate::block::Block;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger, unchecked};
use crate::recognizers::cue::{Cues, Words};
use crate::recognizers::generic::url;
use crate::recognizers::labelled::{Rule, TRIGGERS};
use crate::token::{Gap, Kind};
use crate::verdict::Verdict;

/// Identifiers of no particular kind.
pub static RECOGNIZER: UniqueIdentifier = UniqueIdentifier {
    info: Info {
        module: module_path!(),
        entity: Entity::new("UNIQUE_IDENTIFIER"),
        summary: "Case, reference, certificate, licence, device or other identifying number, after a word that says so.",
        context: &[],
        negative_context: &[],
        hits: &[
            "an application (no. ⟦31834/96⟧) against",
            "(applications nos. ⟦29701/96⟧, ⟦29702/96⟧ and ⟦29703/96⟧)",
            "Our ref: ⟦AB/2019/0042⟧",
            "License No: ⟦CLN-112233⟧, ID: ⟦987654321⟧",
            "(no. ⟦32814/11⟧)",
            "claim number ⟦AB 123456⟧",
            "Rechnungsnummer: ⟦RE-2024-00471⟧",
            "póliza nº ⟦0047113⟧",
            "numéro de sinistre : ⟦2024-77123⟧",
            "Personalnummer ⟦004711⟧",
            "her Aadhaar number ‘⟦98765400000071⟧’ and",
            "the credit card ⟦4716 9876 2234 1561⟧ used by",
            "the card ending in ⟦4242⟧ was",
            "Account ending ⟦4411⟧, SSN ends in ⟦6789⟧, last four digits: ⟦1234⟧",
            "Número de cliente «⟦778812⟧»",
            "Steuer-ID ⟦12 345 678 903⟧, verheiratet",
            "Jane Roe, Esq., Bar No. ⟦0091823⟧",
        ],
        misses: &[
            "in case 12345 people come",
            "ID 45 mg",
            "page no. 12345",
            "a passport for 3000 people",
            "with a credit card since 2019",
            "the case of 1998",
            "ref. 03/04/1980",
            "1234-5678",
            "Law no. 6136/99",
            "\"span_id\": \"be5aa3f649685497\"",
            "<section id=\"part-11234\" class=\"x\">",
        ],
    },
};

/// What announces an identifier.
static CUES: Cues = Cues::new(
    &[
        "our ref",
        "your ref",
        "ref no",
        "reference",
        "aktenzeichen",
        "az",
        "episodio",
        "expediente",
        "nºcol",
        "colegiado",
        "accession",
        "docket",
        "license plate",
        "number plate",
        "registration plate",
        "geschäftszeichen",
        "voter id",
        "national id",
        "employee id",
        "student id",
        "userid",
        "npi",
        "nhs",
        "dea",
        "ssn",
        "itin",
        "ein",
        "nino",
        "iban",
        "vin",
        "mbi",
        "dni",
        "nie",
        "nif",
        "nuhsa",
        "bsn",
        "nir",
        "tfn",
        "tax id",
        "study id",
        "user id",
        "tribal id",
        "identification number",
        "identity number",
        "aadhaar",
        "aadhar",
        "pan number",
        "pan card",
        "pan no",
        "passport",
        "passport number",
        "passport no",
        "credit card",
        "credit card number",
        "debit card",
        "debit card number",
        "card number",
        "card ending in",
        "card ending with",
        "account ending in",
        "account ending with",
        "number ending in",
        "number ending with",
        "card ending",
        "card ends in",
        "account ending",
        "account ends in",
        "number ends in",
        "last four digits",
        "last 4 digits",
        "last four of ssn",
        "last four of social",
        "last four of my social",
        "last four of my ssn",
        "routing number",
        "sort code",
        "ifsc",
        "ifsc code",
        "bank account",
        "social security",
        "social security number",
        "medicare",
        "medicaid",
        "tax identification number",
        "tax number",
        "utr",
        "ni no",
        "ni number",
        "national insurance",
        "bar no",
        "bar number",
        "ssn ending",
        "ssn ending in",
        "ssn ends in",
        "social ends in",
        "tin",
        "atin",
        "driver's license",
        "drivers license",
        "driver license",
        "driving licence",
        "voter card",
        "reisepass",
        "personalausweis",
        "steuernummer",
        "steuer id",
        "sozialversicherungsnummer",
        "pasaporte",
        "tarjeta sanitaria",
        "seguridad social",
        "número de cliente",
        "passeport",
        "sécurité sociale",
        "numéro fiscal",
        "reference number",
        "ref number",
        "claim ref",
        "policy ref",
        "booking ref",
        "participant id",
        "subject id",
        "sample id",
        "specimen id",
        "customer id",
        "client id",
        "member id",
        "case id",
        "record id",
        "badge number",
        "service number",
        "staff id",
        "personnel number",
        "student number",
        "employee number",
        "payroll number",
        "roll number",
        "enrolment number",
        "enrollment number",
        "unser zeichen",
        "ihr zeichen",
        "referenznummer",
        "rechnungsnummer",
        "rechnungs nr",
        "schadennummer",
        "schadensnummer",
        "schaden nr",
        "versicherungsscheinnummer",
        "policennummer",
        "vertragsnummer",
        "personalnummer",
        "personal nr",
        "mitgliedsnummer",
        "mitglieds nr",
        "ausweisnummer",
        "bestellnummer",
        "auftragsnummer",
        "vorgangsnummer",
        "matrikelnummer",
        "kundennr",
        "probennummer",
        "bearbeitungsnummer",
        "número de referencia",
        "referencia",
        "número de póliza",
        "nº de póliza",
        "número de factura",
        "nº de factura",
        "número de siniestro",
        "nº de siniestro",
        "número de contrato",
        "número de empleado",
        "número de socio",
        "número de afiliado",
        "localizador",
        "numéro de référence",
        "numéro de police",
        "numéro de contrat",
        "numéro de facture",
        "numéro de sinistre",
        "numéro de dossier",
        "numéro client",
        "numéro d'adhérent",
        "numéro de commande",
        "réf",
        "référence dossier",
        "matricule",
    ],
    &[
        "case",
        "application",
        "ref",
        "file",
        "claim",
        "certificate",
        "license",
        "licence",
        "permit",
        "device",
        "identifier",
        "id",
        "complaint",
        "registration",
        "participant",
        "subject",
        "sample",
        "specimen",
        "employee",
        "student",
        "badge",
        "visa",
        "booking",
        "confirmation",
        "order",
        "invoice",
        "ticket",
        "incident",
        "petition",
        "appeal",
        "staff",
        "member",
        "membership",
        "card",
        "plate",
        "implant",
        "prescription",
        "rx",
        "encounter",
        "visit",
        "episode",
        "admission",
        "lot",
        "dossier",
        "akte",
        "vorgang",
        "zaak",
        "pratica",
        "processo",
        "caso",
        "tracking",
        "user",
        "document",
        "transaction",
        "payment",
        "receipt",
        "policy",
        "contract",
        "proceedings",
        "judgment",
        "warrant",
        "inmate",
        "offender",
        "personnel",
        "crime",
        "rechnung",
        "auftrag",
        "vertrag",
        "bestellung",
        "schaden",
        "versicherungsschein",
        "mitglied",
        "ausweis",
        "probe",
        "siniestro",
        "póliza",
        "factura",
        "contrato",
        "empleado",
        "socio",
        "pedido",
        "muestra",
        "sinistre",
        "facture",
        "contrat",
        "adhérent",
        "commande",
        "référence",
        "échantillon",
        "demande",
        "solicitud",
        "reclamación",
    ],
);

/// The mark alone, before numbers with a year: `no. 32814/11`.
static NUMBERED: Cues = Cues::new(&["no", "nos", "nr", "nrs", "n"], &[]);
/// What else is numbered so: nothing personal.
static LAWS: Words = Words::new(&[
    "law",
    "laws",
    "act",
    "directive",
    "regulation",
    "rule",
    "article",
    "section",
    "decree",
    "protocol",
    "resolution",
    "convention",
    "recommendation",
    "ley",
    "decreto",
    "reglamento",
    "gesetz",
    "verordnung",
    "loi",
    "décret",
    "legge",
    "wet",
    "lei",
    "standard",
    "issue",
    "vol",
    "volume",
    "page",
    "pp",
    "bulletin",
    "gazette",
    "journal",
    "ordinance",
    "statute",
    "code",
    "amendment",
    "bill",
]);

/// The recognizer of the entity `UNIQUE_IDENTIFIER`.
pub struct UniqueIdentifier {
    info: Info,
}

impl Recognizer for UniqueIdentifier {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        TRIGGERS
    }

    fn cues(&self) -> Vec<&Cues> {
        vec![&CUES, &NUMBERED]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        if is_of_program(site) {
            return;
        }
        let before = proposals.len();
        Rule { cues: &CUES, base: 520, validate: unchecked }.propose(site, proposals);
        let start = site.token.saturating_sub(8);
        if proposals.len() == before && !(start..site.token).any(|token| LAWS.at(site.block, token)) {
            Rule { cues: &NUMBERED, base: 520, validate: number_and_year }.propose(site, proposals);
        }
    }
}

/// What programs number: `span_id`, `request-id`.
static PROGRAM: Words = Words::new(&[
    "span",
    "trace",
    "request",
    "req",
    "thread",
    "process",
    "job",
    "task",
    "build",
    "commit",
    "run",
    "node",
    "event",
    "message",
    "msg",
    "correlation",
    "batch",
    "queue",
    "shard",
    "container",
    "pod",
    "image",
    "cluster",
    "instance",
    "parent",
    "block",
    "page",
    "item",
    "element",
    "object",
    "row",
    "index",
    "lang",
    "font",
    "glyph",
    "texture",
    "vendor",
    "product",
    "type",
    "class",
    "rule",
    "test",
]);
/// Elements of pages, whose `id` is a place on the page.
static ELEMENTS: Words = Words::new(&[
    "a", "body", "button", "dd", "details", "div", "dl", "dt", "figure", "footer", "form", "g", "h", "header", "img", "input",
    "label", "li", "main", "nav", "ol", "p", "path", "script", "section", "select", "span", "style", "summary", "svg", "table",
    "tbody", "td", "th", "tr", "ul", "use",
]);

/// Whether the number belongs to a program: `"span_id": "be5aa3f6"`, `<section id="part-112">`, `0x4000`.
fn is_of_program(site: &Site<'_>) -> bool {
    let block = site.block;
    if block.str(site.token).starts_with("0x") {
        return true;
    }
    let start = site.token.saturating_sub(8);
    for at in (start..site.token).rev() {
        let token = &block.tokens[at];
        let joined =
            block.token(at + 1).is_some_and(|next| next.gap == Gap::None && matches!(next.kind, Kind::Punctuation(b'_' | b'-')));
        let number = block.token(at + 2).is_some_and(|next| next.gap == Gap::None && next.kind == Kind::Word && next.len() <= 2);
        if joined && number && PROGRAM.has(token) {
            return true;
        }
        if token.gap >= Gap::Line {
            break;
        }
    }
    in_element(block, site.token) || block.token(site.token).is_some_and(|token| url::in_public(block.text, token.start as usize))
}

/// Whether the number stands in the `id` of an element.
fn in_element(block: &Block<'_>, number: usize) -> bool {
    let Some(start) = block.token(number).map(|token| token.start as usize) else { return false };
    let mut from = start.saturating_sub(120);
    while !block.text.is_char_boundary(from) {
        from += 1;
    }
    let lead = &block.text[from..start];
    let Some(open) = lead.rfind('<').filter(|open| !lead[*open..].contains('>')) else { return false };
    let element = block.token_at(from + open + 1);
    let word = block.token(element);
    // `h1` is a number to the tokeniser.
    ELEMENTS.at(block, element) || word.is_some_and(|word| word.len() == 2 && block.str(element).starts_with('h'))
}

/// `32814/11`, `4512/2019`.
fn number_and_year(value: &str) -> Verdict {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    match value.split_once('/') {
        Some((number, year)) if digits(number) && digits(year) && number.len() >= 3 && matches!(year.len(), 2 | 4) => {
            Verdict::Unknown
        }
        _ => Verdict::Invalid,
    }
}
