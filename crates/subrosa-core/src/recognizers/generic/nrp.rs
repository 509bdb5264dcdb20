//! Nationality, religion and origin: what a person belongs to by birth or belief.
//!
//! No identifier alone, but with a town and an age it may be; special-category data under GDPR article 9.
//! *Misses by design*: descriptions in several words ("from the north of the country").
//! *Confuses with*: languages as such (`translated into French`; who `speaks French` is told by it), cuisines and products
//! (`Danish furniture`), scripts. In languages that write them small, a word such as `nacionalidad` or `mujer` has to be near.
//! *References*: demonyms, see `dictionaries/SOURCES.toml`; the identifier is Presidio's.

use crate::block::Block;
use crate::confidence::Confidence;
use crate::dictionary::{PlaceKind, word_hash};
use crate::entity::Entity;
use crate::keyword::Classes;
use crate::machine;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::cue::Words;
use crate::token::{Gap, Kind, Token};
use crate::verdict::Verdict;

/// Nationality, religion and origin.
pub static RECOGNIZER: Nrp = Nrp {
    info: Info {
        module: module_path!(),
        entity: Entity::new("NRP"),
        summary: "Nationality, religion or origin of a person.",
        context: &[
            "nationality",
            "citizen",
            "citizens",
            "national",
            "religion",
            "ethnicity",
            "ethnic",
            "origin",
            "born",
            "faith",
            ":race",
            "nacionalidad",
            "ciudadano",
            "ciudadana",
            "etnia",
            "raza",
            "religión",
            "origen",
            "mujer",
            "hombre",
            "varón",
            "paciente",
            "natural de",
            "nationalité",
            "ressortissant",
            "ressortissante",
            "citoyen",
            "citoyenne",
            "origine",
            "confession",
            "staatsangehörigkeit",
            "staatsangehöriger",
            "staatsangehörige",
            "staatsbürger",
            "herkunft",
            "nationalität",
            "abstammung",
            "konfession",
            "nazionalità",
            "cittadino",
            "cittadina",
            "nacionalidade",
            "origem",
            "nationaliteit",
            "afkomst",
        ],
        negative_context: &[
            "translated",
            "translation",
            "restaurant",
            "cuisine",
            "alphabet",
            "script",
            "numeral",
            "grammar",
            "dictionary",
        ],
        hits: &[
            "a ⟦Norwegian national⟧",
            "She is ⟦Catholic⟧.",
            "two ⟦Canadians⟧ were hurt",
            "She speaks ⟦Norwegian⟧.",
            "a 40-year-old ⟦black⟧ woman and a ⟦white⟧ male",
            "mujer ⟦ecuatoriana⟧ de 65 años, de nacionalidad ⟦española⟧",
            "de nationalité ⟦tunisienne⟧; ⟦türkischer⟧ Herkunft",
            "They are ⟦Jehovah's Witnesses⟧.",
        ],
        misses: &[
            "The national team won.",
            "GREEK SMALL LETTER ALPHA",
            "translated into Norwegian",
            "a black cat on a white wall",
            "tortilla española",
            "a drain of 7 French",
        ],
    },
};

/// Faiths and peoples whose members no list of demonyms has.
static GROUPS: Words = Words::new(&[
    "catholic",
    "catholics",
    "protestant",
    "protestants",
    "muslim",
    "muslims",
    "jew",
    "jews",
    "jewish",
    "christian",
    "christians",
    "buddhist",
    "buddhists",
    "hindu",
    "hindus",
    "sikh",
    "sikhs",
    "mormon",
    "mormons",
    "methodist",
    "baptist",
    "lutheran",
    "anglican",
    "presbyterian",
    "orthodox",
    "sunni",
    "shia",
    "shiite",
    "alevi",
    "kurd",
    "kurds",
    "kurdish",
    "roma",
    "romani",
    "sinti",
    "hispanic",
    "latino",
    "latina",
    "caucasian",
    "navajo",
    "cherokee",
    "inuit",
    "maori",
    "basque",
    "catalan",
    "tamil",
    "pashtun",
    "uyghur",
    "chechen",
    "chechens",
    "palestinian",
    "palestinians",
    "arab",
    "arabs",
    "asian",
    "african",
    "european",
    "africans",
    "asians",
    "hispanics",
    "yazidi",
    "yazidis",
    "druze",
    "ahmadi",
    "ismaili",
    "zoroastrian",
    "bahai",
    "rastafarian",
    "quaker",
    "quakers",
    "adventist",
    "adventists",
    "pentecostal",
    "evangelical",
    "maronite",
    "copt",
    "copts",
    "coptic",
    "salafi",
    "salafist",
    "islamist",
    "islamists",
    "zionist",
    "atheist",
    "sami",
    "saami",
    "aboriginal",
    "hmong",
    "rohingya",
    "hazara",
    "tajik",
    "yoruba",
    "igbo",
    "hausa",
    "zulu",
    "xhosa",
    "tutsi",
    "hutu",
    "sioux",
    "travellers",
    "marxist",
    "marxists",
    "leninist",
    "maoist",
    "trotskyist",
    "communists",
]);

/// Whether the word is that of a faith or people, whatever the dictionary of places says.
pub(crate) fn is_group(token: &Token) -> bool {
    GROUPS.has(token) || token.hash == word_hash("jehovah")
}

/// Whom a colour tells something of: `a black woman`.
static PEOPLE: Words = Words::new(&[
    "man",
    "woman",
    "men",
    "women",
    "male",
    "female",
    "boy",
    "girl",
    "person",
    "people",
    "gentleman",
    "lady",
    "patient",
    "child",
    "youth",
    "teenager",
]);
/// What follows the name of a script or a currency.
static NO_PEOPLE: Words = Words::new(&[
    "letter",
    "capital",
    "small",
    "symbol",
    "digit",
    "sign",
    "numeral",
    "numerals",
    "script",
    "alphabet",
    "ligature",
    "question",
    "indic",
    "tonos",
    "dialytika",
    "subtraction",
    "ypogegrammeni",
    "prosgegrammeni",
    "extended",
    "percent",
    "comma",
    "semicolon",
    "tatweel",
    "oxia",
    "koronis",
    "letters",
    "characters",
    "character",
    "keyboard",
    "locale",
    "calendar",
    "calendars",
    "encoding",
    "encodings",
    "charset",
    "codepage",
    "translation",
    "translations",
    "translator",
    "font",
    "fonts",
    "typeface",
    "syllables",
    "presentation",
    "punctuation",
    "vowel",
    "consonant",
    "layout",
    "plugin",
    "lexer",
    "parser",
    "hyphenation",
    "stemmer",
    "ordinal",
    "quotes",
    "isolated",
    "radicals",
]);

/// See [`RECOGNIZER`].
pub struct Nrp {
    info: Info,
}

impl Recognizer for Nrp {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Block]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let block = site.block;
        let mut push = |first: usize, last: usize, base: u16, pattern: &'static str| {
            let (span, base) = (block.span(first, last), Confidence::new(base));
            proposals.push(Proposal { span, base, pattern, verdict: Verdict::Unknown });
        };
        for index in block.notable().peoples.iter().map(|index| *index as usize) {
            let (token, lexeme) = (&block.tokens[index], &block.lexeme(index));
            if token.len() < 3 {
                continue;
            }
            let demonym = lexeme.place.is_some_and(|place| place.kind == Some(PlaceKind::Demonym) && !place.ambiguous);
            if demonym || GROUPS.has(token) {
                // `7 French` is the width of a catheter.
                let gauge = block.str(index) == "French"
                    && block.before(index).is_some_and(|before| before.kind == Kind::Number && before.len() <= 2);
                if gauge
                    || is_script(block, index)
                    || machine::is_identifier(block, index)
                    || token.shape.is_upper() && block.is_source()
                {
                    continue;
                }
                // `English` and `French` are surnames as well, but not before a word in lower case.
                let surname = lexeme.name.surname >= 2 && !describes(block, index);
                let last = index + usize::from(belongs(block, index + 1));
                push(index, last, if surname { 450 } else { 620 }, "demonym");
            } else if token.len() == 7
                && block.str(index).eq_ignore_ascii_case("jehovah")
                && let Some(last) =
                    (index + 1..index + 4).find(|next| block.str(*next).to_ascii_lowercase().starts_with("witness"))
            {
                push(index, last, 620, "group");
            }
        }
        for keyword in block.keywords(Classes::ORIGIN) {
            let at = keyword.token;
            if block.tokens[at].is_capitalised() && block.lexeme(at).place.is_some() {
                continue;
            }
            if COLOURS.at(block, at) {
                let person = PEOPLE.at(block, at + 1) && block.tokens[at + 1].gap == Gap::Blank;
                if person {
                    push(at, at, 540, "colour");
                }
            } else {
                // Written small: only a word such as `nacionalidad` makes it a person's.
                push(at, at, 250, "adjective");
            }
        }
    }
}

/// `a Norwegian national`, `of Tamil descent`: the word that says how somebody belongs goes with the people's name.
fn belongs(block: &Block<'_>, at: usize) -> bool {
    static BELONGING: Words =
        Words::new(&["national", "nationals", "citizen", "citizens", "nationality", "citizenship", "descent", "origin"]);
    BELONGING.at(block, at) && block.tokens[at].gap == Gap::Blank && !block.tokens[at].is_capitalised()
}

/// Colours of people's skin.
static COLOURS: Words = Words::new(&["black", "white"]);

/// Whether a word in lower case follows, which a surname is seldom put before.
fn describes(block: &Block<'_>, at: usize) -> bool {
    let next = block.token(at + 1);
    let before = block.before(at).is_some_and(|before| before.is_capitalised() && block.tokens[at].gap == Gap::Blank);
    !before
        && next.is_some_and(|next| next.kind == Kind::Word && next.gap == Gap::Blank && !next.is_capitalised() && next.len() > 3)
}

/// `GREEK SMALL LETTER`, `Arabic-script`.
fn is_script(block: &Block<'_>, at: usize) -> bool {
    let next = at + 1 + usize::from(block.token(at + 1).is_some_and(|token| token.is_byte(b'-')));
    NO_PEOPLE.at(block, next)
}
