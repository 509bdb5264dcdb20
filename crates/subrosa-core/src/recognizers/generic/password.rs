//! Passwords, passphrases and PINs: what follows a word that says so in text, forms and configuration
//! (`password: hunter2`, `DB_PASSWORD="…"`, `PIN 4821`), and the one in an address (`https://user:pass@example.com`).
//!
//! *Misses by design*: passwords that nothing announces; a single everyday word without quotation marks, since `password:
//! required` and `password: String` are everywhere; calls, variables and placeholders in code.
//! *Confuses with*: default values and examples in documentation.
//! *References*: RFC 3986 section 3.2.1 (user information); 45 CFR 164.514(b)(2)(i)(R).

use crate::block::Block;
use crate::confidence::Confidence;
use crate::dictionary::{self, word_hash};
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::cue::Words;
use crate::recognizers::keywords::Keywords;
use crate::recognizers::secret;
use crate::span::Span;
use crate::token::{Gap, Kind};
use crate::verdict::Verdict;

/// Passwords.
pub static RECOGNIZER: Password = Password {
    info: Info {
        module: module_path!(),
        entity: Entity::new("PASSWORD"),
        summary: "Password, passphrase or PIN, after a word that says so or in an address.",
        context: &[],
        negative_context: &[],
        hits: &[
            "Password: ⟦hunter2⟧",
            "password = \"⟦S3cret-Pa55!⟧\"",
            "Her PIN is ⟦4821⟧.",
            "PIN: ⟦0042⟧, card in hand",
            "DB_PASSWORD=⟦xK9#mQ2v⟧",
            "\"passphrase\": \"⟦correct horse battery staple⟧\"",
            "postgres://app:⟦s3cr3t⟧@db.example.com:5432/x",
            "Server=db;Pwd=⟦Tr0ub4dor⟧;Port=1",
            "Das Passwort lautet: ⟦Sommer2024!⟧",
            "the password is ⟦blue42sky⟧.",
            "leaked: ada@example.com / ⟦W1nter!24⟧",
            "logged in with password '⟦WinterIsComing!$⟧'",
            "its password '⟦Blue Sky2024!⟧' was",
        ],
        misses: &[
            "password: String",
            "password = os.environ[\"DB_PASSWORD\"]",
            "password: required, at least 8 characters",
            "if password == other_password2 {",
            "type=\"password\" name=\"login\"",
            "PIN code entry takes 30 seconds",
            "a pin of 12 mm",
            "see http://example.com:80/a@b",
            "password = \"${DB_PASSWORD}\"",
            "\"password\": \"at least 8 characters\"",
            "ada@example.com / Tel. 312-555-0142",
            "ssh://git@example.com:8022/x",
            "pub const PASSWORD_TYPE: i32 = 2i32;",
            "pw_passwd: *mut c_char,",
            "/etc/passwd          r,",
            "forgot your password? Call 555-0142",
        ],
    },
};

/// Words before a password.
pub(in crate::recognizers) static WORDS: Keywords = Keywords::new(&[
    "password",
    "passwords",
    "passwort",
    "kennwort",
    "passwd",
    "pwd",
    "passphrase",
    "passcode",
    "contraseña",
    "clave",
    "motdepasse",
    "passe",
    "senha",
    "wachtwoord",
    "pw",
    "pass",
    "userpassword",
    "passwordhash",
    "pin",
    "puk",
    "cvv",
    "cvc",
    "otp",
    "pincode",
]);
/// Of those, the ones before digits.
const PINS: &[&str] = &["pin", "puk", "cvv", "cvc", "otp", "pincode", "passcode"];
/// Of those, the ones that are other words as well, so that a colon or equals sign has to follow.
const WEAK: &[&str] = &["pass", "clave", "passe", "pw", "otp"];
/// What stands in the place of a password.
const EMPTY: &[&str] = &[
    "none",
    "null",
    "nil",
    "true",
    "false",
    "string",
    "str",
    "required",
    "optional",
    "undefined",
    "password",
    "passwort",
    "hidden",
    "redacted",
    "n/a",
    "text",
    "bytes",
    "secret",
    "empty",
    "username",
    "unknown",
];

/// The recognizer of the entity `PASSWORD`.
pub struct Password {
    info: Info,
}

impl Recognizer for Password {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Block, Trigger::Byte(b'@')]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let block = site.block;
        let mut push = |span: Span, base: u16, pattern| {
            proposals.push(Proposal { span, base: Confidence::new(base), pattern, verdict: Verdict::Unknown });
        };
        if block.token(site.token).is_some_and(|token| token.is_byte(b'@')) {
            if let Some(span) = in_address(block, site.token) {
                push(span, 900, "address");
            } else if let Some(span) = after_address(block, site.token) {
                push(span, 600, "credentials");
            }
        }
        if site.token != 0 {
            return;
        }
        for word in WORDS.find(block) {
            if let Some((span, pattern)) = announced(block, word) {
                push(span, 750, pattern);
            }
        }
        if block.labels.iter().any(|label| label.words.iter().any(|word| is_label(*word)))
            && let (Some(first), Some(last)) = (block.tokens.first(), block.tokens.last())
        {
            let span = Span::new(first.start as usize, last.end as usize);
            if is_field(span.of(block.text)) {
                push(span, 750, "field");
            }
        }
    }
}

/// Whether a value can be that of a field for passwords: no blanks, nothing of paths and calls, more than letters.
fn is_field(value: &str) -> bool {
    let foreign = |c: char| c.is_whitespace() || matches!(c, '/' | '(' | ')' | '<' | '>' | '"');
    (4..=64).contains(&value.len())
        && !value.contains(foreign)
        && !value.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !is_empty(value)
}

/// Whether a word of a field's name says that it holds a password.
fn is_label(word: u64) -> bool {
    static LABELS: Words =
        Words::new(&["password", "passwort", "kennwort", "passwd", "pwd", "passphrase", "passcode", "contraseña", "pin"]);
    LABELS.has_hash(word)
}

/// `user:pass` between `://` and the at-sign at token `sign`.
fn in_address(block: &Block<'_>, sign: usize) -> Option<Span> {
    let end = block.tokens.get(sign)?.start as usize;
    let start = end.saturating_sub(256);
    let start = block.text.ceil_char_boundary(start);
    let before = block.text.get(start..end)?;
    let scheme = before.rfind("://")?;
    let user = &before[scheme + 3..];
    let (name, password) = user.split_once(':')?;
    let plain = |part: &str| !part.contains(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '<' | '>' | '\''));
    let host = block.text[end + 1..].bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'[');
    let value = !password.is_empty() && plain(password) && plain(name) && host && !password.contains(['$', '{', '(']);
    value.then(|| Span::new(end - password.len(), end))
}

/// The password that the word at token `word` announces.
fn announced(block: &Block<'_>, word: usize) -> Option<(Span, &'static str)> {
    let is = |list: &[&str]| list.iter().any(|name| block.str(word).eq_ignore_ascii_case(name));
    let value = secret::after(block, word)?;
    let text = value.span.of(block.text);
    if is_empty(text) || is(WEAK) && !value.assigned && !value.quoted {
        return None;
    }
    if is(PINS) {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let said = value.assigned || (word + 1..word + 3).any(|at| matches!(block.str(at), "is" | "ist" | "es" | "est"));
        let next = block.token(block.token_at(value.span.end));
        let alone = next.is_none_or(|next| {
            next.gap >= Gap::Line
                || matches!(next.kind, Kind::Punctuation(_))
                || next.gap == Gap::Blank && next.kind == Kind::Word && next.len() > 3
        });
        if (3..=8).contains(&digits) && digits == text.len() && said && alone {
            return Some((value.span, "pin"));
        }
        if block.str(word).len() <= 4 {
            return None;
        }
    }
    if value.quoted {
        let named = block.str(word).to_ascii_lowercase().starts_with("passphrase");
        let good = if text.contains(' ') {
            text.len() <= 128 && (named || text.split(' ').count() <= 3 && text.split(' ').any(is_mixed))
        } else {
            (4..=128).contains(&text.len()) && !is_word(text)
        };
        let code = text.len() < 40 && (text.contains(['{', '<']) || text.starts_with('%'));
        let more_than_letters = text.bytes().any(|byte| !byte.is_ascii_alphabetic() && byte != b' ');
        return (good && !code && (value.assigned || more_than_letters)).then_some((value.span, "quoted"));
    }
    let has = |test: fn(&u8) -> bool| text.bytes().any(|byte| test(&byte));
    let letters = has(u8::is_ascii_alphabetic);
    let mixed = letters
        && (has(u8::is_ascii_digit) || has(|byte| matches!(byte, b'!' | b'#' | b'@' | b'%' | b'^' | b'&' | b'*' | b'?' | b'+')));
    // A name with underscores or points is a variable.
    let variable = text.contains("::")
        || is_figure(text)
        || text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.')) && text.contains(['_', '.']);
    let long_enough = (4..=64).contains(&text.len());
    let figures = value.assigned && text.len() >= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    (long_enough && value.ends && !variable && (mixed || figures)).then_some((value.span, "label"))
}

/// Whether the value is a number of a programming language: `1i32`, `0x1F`, `256u32`.
fn is_figure(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '_');
    rest.len() < text.len()
        && matches!(rest, "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" | "isize" | "usize" | "L" | "UL")
        || text.strip_prefix("0x").is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Whether letters and digits stand in one word.
fn is_mixed(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit()) && word.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// The password after an e-mail address and a slash, colon or bar: `ada@example.com / W1nter!24`. The at-sign is at token `sign`.
fn after_address(block: &Block<'_>, sign: usize) -> Option<Span> {
    let start = block.tokens.get(sign)?.end as usize;
    let rest = block.text.get(start..)?;
    let domain = rest.bytes().take(128).take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')).count();
    let after = &rest[domain..];
    let parted = after.trim_start_matches([' ', '"', '\'']);
    let value = parted.strip_prefix([':', '/', '|', ';'])?.trim_start_matches([' ', '"', '\'']);
    let at = rest.len() - value.len();
    let len = value.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | ';' | '<' | '>')).unwrap_or(value.len());
    let value = value[..len].trim_end_matches(['.', ')']);
    let has = |test: fn(&u8) -> bool| value.bytes().any(|byte| test(&byte));
    let (upper, lower, digit) = (has(u8::is_ascii_uppercase), has(u8::is_ascii_lowercase), has(u8::is_ascii_digit));
    let symbol = value.contains(['!', '#', '$', '%', '^', '&', '*', '?', '+', '@']);
    let holds = domain > 3
        && (6..=40).contains(&value.len())
        && at - domain < 8
        && !value.contains(['/', '(', '.'])
        && digit
        && (lower && upper || symbol && (lower || upper));
    holds.then(|| Span::new(start + at, start + at + value.len()))
}

/// Whether the value stands for there being none.
fn is_empty(text: &str) -> bool {
    EMPTY.iter().any(|empty| text.eq_ignore_ascii_case(empty)) || !secret::is_varied(text.as_bytes(), 2)
}

/// Whether the value is one everyday word, or the name of something in code.
fn is_word(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-' | b'.' | b':'));
    plain && (text.contains(['_', '-', '.', ':']) || dictionary::common_words().get(word_hash(text)).is_some())
}
