//! Keys and tokens of services: by the prefix that the service publishes (`AKIA…`, `ghp_…`, `xoxb-…`, `sk_live_…`), signed
//! tokens (`eyJ….….…`), and values that look random after a word such as `api key`, `client secret` or `bearer`.
//!
//! *Misses by design*: random values that nothing announces, since hashes and identifiers of programs look the same; values
//! without digits after a word; placeholders of few different signs (`ghp_xxxx…`).
//! *Confuses with*: checksums and commit hashes after a word such as `token`.
//! *References*: the providers' documentation of their token formats; RFC 7519 (JWT); RFC 6750 (bearer tokens).

use crate::block::Block;
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::notable::LONG;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::keywords::Keywords;
use crate::recognizers::secret::{self, Charset};
use crate::span::Span;
use crate::token::Kind;
use crate::verdict::Verdict;

/// Keys and tokens.
pub static RECOGNIZER: ApiKey = ApiKey {
    info: Info {
        module: module_path!(),
        entity: Entity::new("API_KEY"),
        summary: "Key or token of a service, by its prefix or after a word that says so.",
        context: &[],
        negative_context: &[],
        hits: &[
            "aws_access_key_id = ⟦AKIAIOSFODNN7EXAMPLE⟧",
            "aws_secret_access_key=\"⟦wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY⟧\"",
            "git clone with ⟦ghp_0a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R⟧.",
            "Stripe: ⟦sk_test_4eC39HqLyjWDarjtT1zdp7dc⟧",
            "Authorization: Bearer ⟦eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U⟧",
            "api key: ⟦7f3a9c1e5b8d2046a9c3⟧",
            "\"client_secret\": \"⟦q8Z~3kdP0w.Lx91mVt5Rb2yN7cH4sG6a⟧\"",
            "account ⟦AC0123456789abcdef0123456789abcdef⟧",
        ],
        misses: &[
            "token = tokens.next_token()",
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "a risk-based and task-oriented plan",
            "the secret of 1984 was kept by 200 people",
            "checksum = 7f3a9c1e5b8d2046a9c37f3a9c1e5b8d2046a9c3",
            "private_key = ed25519.Ed25519PrivateKey\n",
            "let access_token = parse_access_token_from_header2(request);",
        ],
    },
};

/// A published form: what follows the prefix.
struct Form {
    prefix: &'static str,
    rest: Charset,
    min: usize,
    max: usize,
}

const fn form(prefix: &'static str, rest: Charset, min: usize, max: usize) -> Form {
    Form { prefix, rest, min, max }
}

use Charset::{Base64, Hex, Letters, Upper, Word};

#[rustfmt::skip] // one provider a line
static FORMS: &[Form] = &[
    form("AKIA", Upper, 16, 16), form("ASIA", Upper, 16, 16), form("AROA", Upper, 16, 17), form("AIDA", Upper, 16, 17),
    form("ghp_", Letters, 36, 251), form("gho_", Letters, 36, 251), form("ghu_", Letters, 36, 251), form("ghs_", Letters, 36, 251), form("ghr_", Letters, 36, 251), form("github_pat_", Word, 40, 251),
    form("glpat-", Word, 20, 300), form("gldt-", Word, 20, 300), form("glrt-", Word, 20, 300), form("glcbt-", Word, 20, 300), form("glptt-", Word, 40, 300),
    form("xoxb-", Word, 24, 300), form("xoxp-", Word, 24, 300), form("xoxa-", Word, 24, 300), form("xoxr-", Word, 24, 300), form("xoxs-", Word, 24, 300), form("xapp-", Word, 24, 300), form("hooks.slack.com/services/", Base64, 20, 200),
    form("sk_live_", Letters, 16, 250), form("sk_test_", Letters, 16, 250), form("rk_live_", Letters, 16, 250), form("rk_test_", Letters, 16, 250), form("pk_live_", Letters, 16, 250), form("whsec_", Base64, 24, 100),
    form("AIza", Word, 35, 35), form("GOCSPX-", Word, 24, 40), form("ya29.", Word, 30, 500),
    form("sk-proj-", Word, 20, 300), form("sk-ant-", Word, 20, 300), form("sk-svcacct-", Word, 20, 300), form("sk-or-v1-", Hex, 64, 64), form("sk-", Letters, 40, 64), form("gsk_", Letters, 40, 80), form("hf_", Letters, 34, 40), form("pplx-", Letters, 40, 64),
    form("npm_", Letters, 36, 36), form("pypi-", Word, 50, 500), form("rubygems_", Hex, 48, 48), form("dckr_pat_", Word, 24, 40),
    form("SG.", Secret3, 50, 90), form("xkeysib-", Word, 64, 100), form("key-", Hex, 32, 32),
    form("AccountKey=", Base64, 40, 120), form("SharedAccessKey=", Base64, 30, 120),
    form("dop_v1_", Hex, 64, 64), form("doo_v1_", Hex, 64, 64), form("shpat_", Hex, 32, 32), form("shpss_", Hex, 32, 32), form("shpca_", Hex, 32, 32),
    form("sq0atp-", Word, 22, 60), form("sq0csp-", Word, 40, 60), form("dapi", Hex, 32, 34), form("hvs.", Word, 24, 200), form("glsa_", Word, 32, 60), form("glc_", Base64, 32, 400),
    form("lin_api_", Letters, 32, 60), form("ntn_", Letters, 40, 60), form("PMAK-", Word, 40, 70), form("NRAK-", Upper, 27, 27), form("ATATT3", Base64, 100, 300), form("figd_", Word, 36, 60), form("sbp_", Hex, 40, 40), form("LTAI", Letters, 16, 24),
];
use Charset::Dotted as Secret3;

/// The beginning of a signed token: `{"` in base 64.
const SIGNED: &[u8] = b"eyJ";

/// The words that prefixes without digits start with.
pub(in crate::recognizers) static PREFIXES: Keywords = Keywords::new(&[
    "ghp",
    "gho",
    "ghu",
    "ghs",
    "ghr",
    "github",
    "glpat",
    "gldt",
    "glrt",
    "glcbt",
    "glptt",
    "xoxb",
    "xoxp",
    "xoxa",
    "xoxr",
    "xoxs",
    "xapp",
    "hooks",
    "sk",
    "rk",
    "pk",
    "whsec",
    "gocspx",
    "gsk",
    "hf",
    "pplx",
    "npm",
    "pypi",
    "rubygems",
    "dckr",
    "sg",
    "xkeysib",
    "key",
    "accountkey",
    "sharedaccesskey",
    "dop",
    "doo",
    "shpat",
    "shpss",
    "shpca",
    "hvs",
    "glsa",
    "glc",
    "lin",
    "ntn",
    "pmak",
    "nrak",
    "figd",
    "sbp",
]);

/// Words before a value that looks random.
pub(in crate::recognizers) static WORDS: Keywords =
    Keywords::new(&["key", "secret", "token", "bearer", "apikey", "credential", "credentials", "schlüssel", "clave"]);
/// What has to stand before `key` to make it one of a service.
const KEYS: &[&str] =
    &["api", "access", "secret", "account", "auth", "private", "shared", "encryption", "signing", "master", "license"];

/// Fewest signs of a value that a word announces.
const RANDOM: usize = 16;

/// The recognizer of the entity `API_KEY`.
pub struct ApiKey {
    info: Info,
}

impl Recognizer for ApiKey {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Block]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let block = site.block;
        let mut push = |span: Span, base: u16, pattern| {
            proposals.push(Proposal { span, base: Confidence::new(base), pattern, verdict: Verdict::Unknown });
        };
        prefixed(block, &mut push);
        for word in WORDS.find(block) {
            if let Some(span) = announced(block, word) {
                push(span, 650, "label");
            }
        }
    }
}

/// `AC` or `SK` and 32 hexadecimal digits.
fn is_account(value: &str) -> bool {
    let hex = value.strip_prefix("AC").or_else(|| value.strip_prefix("SK"));
    hex.is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f')))
}

/// Proposes what starts with a published prefix, and signed tokens. Each starts with a long token, one with digits, or a word
/// of its own.
fn prefixed(block: &Block<'_>, push: &mut impl FnMut(Span, u16, &'static str)) {
    let bytes = block.text.as_bytes();
    let mut done = 0;
    for token in block.notable().tokens.iter().filter_map(|index| block.token(*index as usize)) {
        let start = token.start as usize;
        let inside = start > 0 && matches!(bytes[start - 1], b'-' | b'_' | b'.');
        let may_start = token.kind == Kind::Number || token.len() >= LONG || PREFIXES.has(token.hash);
        if start < done || inside || !may_start {
            continue;
        }
        let rest = &bytes[start..];
        let found = if rest.starts_with(SIGNED) {
            signed(block.text, start).map(|end| (end, 900, "signed"))
        } else if let Some(form) = FORMS.iter().find(|form| rest.starts_with(form.prefix.as_bytes())) {
            let value = &rest[form.prefix.len()..];
            let len = form.rest.len(value, form.max + 1);
            let holds = (form.min..=form.max).contains(&len) && secret::is_varied(&value[..len], 8);
            holds.then_some((start + form.prefix.len() + len, 900, "prefix"))
        } else {
            (token.len() == 34 && is_account(token.span().of(block.text))).then_some((token.end as usize, 700, "account"))
        };
        if let Some((end, base, pattern)) = found {
            push(Span::new(start, end), base, pattern);
            done = end;
        }
    }
}

/// Most bytes of each part of a signed token.
const SIGNED_PART: usize = 8 << 10;

/// The end of the signed token at `start`: three parts of base 64, the last may be empty.
fn signed(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let header = Word.len(&bytes[start..], SIGNED_PART);
    let payload_at = start + header + 1;
    if header < 12 || bytes.get(payload_at - 1) != Some(&b'.') {
        return None;
    }
    let payload = Word.len(&bytes[payload_at..], SIGNED_PART);
    let signature_at = payload_at + payload + 1;
    if payload < 8 {
        return None;
    }
    if bytes.get(signature_at - 1) != Some(&b'.') {
        return Some(payload_at + payload);
    }
    Some(signature_at + Word.len(&bytes[signature_at..], SIGNED_PART)).map(|end| if end == signature_at { end - 1 } else { end })
}

/// The random value that the word at token `word` announces.
fn announced(block: &Block<'_>, word: usize) -> Option<Span> {
    let of_service = || {
        let before = (1..=2).filter_map(|step| word.checked_sub(step)).map(|before| block.str(before));
        before.into_iter().any(|before| KEYS.iter().any(|key| before.eq_ignore_ascii_case(key)))
    };
    if block.str(word).eq_ignore_ascii_case("key") && !of_service() {
        return None;
    }
    let value = secret::after(block, word)?;
    let text = value.span.of(block.text);
    let random = text.len() >= RANDOM && secret::is_random(text) && (value.quoted || value.ends && !text.contains('.'));
    random.then_some(value.span)
}
