//! User names: what follows `username:`, `login:` or `handle`, and `@name` after a word such as `Twitter`.
//!
//! *Misses by design*: names and handles that nothing announces, since decorators and mentions in code look the same.
//! *Confuses with*: words after `user:` in prose; so a word without digit or punctuation must end its line or field.
//! *References*: 45 CFR 164.514(b)(2)(i)(R).

use crate::block::Block;
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::cue::Cues;
use crate::span::Span;
use crate::token::{Gap, Kind};
use crate::verdict::Verdict;

/// User names.
pub static RECOGNIZER: Username = Username {
    info: Info {
        module: module_path!(),
        entity: Entity::new("USERNAME"),
        summary: "User name or handle, after a word that says so.",
        context: CUES,
        negative_context: &[],
        hits: &["Username: ⟦jane.doe42⟧", "login: ⟦jdoe⟧\nshell", "Twitter ⟦@jane_doe⟧", "screen name: ⟦xx-jane-xx⟧"],
        misses: &["@property def", "Login: please wait for the page", "username: ", "user @ host"],
    },
};

const CUES: &[&str] = &[
    "username",
    "user name",
    "login",
    "logon",
    "login name",
    "handle",
    "screen name",
    "nickname",
    "userid",
    "user id",
    "twitter",
    "instagram",
    "tiktok",
    "skype",
    "github",
    "mastodon",
    "telegram",
    "snapchat",
    "benutzername",
    "usuario",
    "utilisateur",
    "identifiant",
    "gebruikersnaam",
    "nome utente",
    "usuário",
    "facebook",
    "x handle",
];
static ANNOUNCED: Cues = Cues::new(CUES, &[]);

/// Longest name, in bytes.
const LONGEST: usize = 40;

/// The recognizer of the entity `USERNAME`.
pub struct Username {
    info: Info,
}

impl Recognizer for Username {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Label, Trigger::Byte(b'@')]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let (block, at) = (site.block, site.token);
        let Some(token) = block.token(at) else { return };
        let handle = token.is_byte(b'@');
        let in_email =
            handle && token.gap == Gap::None && block.before(at).is_some_and(|before| before.kind != Kind::Punctuation(b'('));
        if in_email || token.gap >= Gap::Line && at > 0 || ANNOUNCED.of(block, at).is_none() {
            return;
        }
        let start = token.start as usize;
        let name_start = start + usize::from(handle);
        let Some(end) = end(block.text, name_start) else { return };
        if handle || is_plainly_name(block, Span::new(start, end)) {
            let (span, base) = (Span::new(start, end), Confidence::new(550));
            proposals.push(Proposal { span, base, pattern: if handle { "handle" } else { "label" }, verdict: Verdict::Unknown });
        }
    }
}

/// Where the name that starts at byte `start` ends. At least three letters or digits.
fn end(text: &str, start: usize) -> Option<usize> {
    let name = text.get(start..)?;
    let len = name
        .bytes()
        .take(LONGEST + 1)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
        .count();
    let name = name[..len].trim_end_matches(['.', '-']);
    let letters = name.bytes().filter(u8::is_ascii_alphanumeric).count();
    let email = text.as_bytes().get(start + name.len()) == Some(&b'@');
    (letters >= 3 && name.len() <= LONGEST && !email).then_some(start + name.len())
}

/// Whether a digit or punctuation is in it, or it is alone on the rest of its line.
fn is_plainly_name(block: &Block<'_>, span: Span) -> bool {
    let value = span.of(block.text);
    let next = block.token(block.token_at(span.end));
    let ends = next.is_none_or(|next| next.gap >= Gap::Wide || matches!(next.kind, Kind::Punctuation(b',' | b';' | b')' | b'"')));
    value.bytes().any(|byte| !byte.is_ascii_alphabetic()) || ends
}
