//! Email addresses: `jane.doe@example.com`, in any script.
//!
//! *Misses by design*: quoted local parts, addresses written to fool programs (`jane at example dot com`).
//! *Confuses with*: user and host of remote shells and repositories (`git@example.com:x`), which name people as often.
//! *References*: RFC 5321 section 4.1.2, RFC 6531.

use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::span::Span;
use crate::verdict::Verdict;

/// Email addresses.
pub static RECOGNIZER: EmailAddress = EmailAddress {
    info: Info {
        module: module_path!(),
        entity: Entity::EMAIL_ADDRESS,
        summary: "Email address.",
        context: &["email", "e mail", "mail", "mailto", "correo", "courriel", "contact"],
        negative_context: &[],
        hits: &[
            "Write to ⟦jane.doe+x@example.com⟧.",
            "<⟦jane_doe@mail.example.co.uk⟧>",
            "mailto:⟦JANE@EXAMPLE.COM⟧?subject=x",
            "E-mail: ⟦jane@intranet⟧",
            "⟦jürgen@example.com⟧, ⟦o'neil@example.com⟧",
        ],
        misses: &["@property", "user @ home", "a@b", "price @ 3.50", "x@1.5"],
    },
};

/// Longest local part and domain, in bytes.
const LONGEST: usize = 254;

/// The recognizer of the entity `EMAIL_ADDRESS`.
pub struct EmailAddress {
    info: Info,
}

impl Recognizer for EmailAddress {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Byte(b'@')]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let Some(at) = site.block.token(site.token) else { return };
        let text = site.block.text;
        let (sign, after) = (at.start as usize, at.end as usize);
        let local = local_part(&text[..sign]);
        let domain = domain(&text[after..]);
        if local.is_empty() || domain.is_empty() {
            return;
        }
        let (base, pattern) = match top_level(domain) {
            Some(name) if name.len() >= 2 && name.chars().all(char::is_alphabetic) => (900, "address"),
            Some(name) if name.starts_with("xn--") => (900, "address"),
            None if domain.len() >= 3 && domain.chars().any(char::is_alphabetic) => (250, "host"),
            _ => return,
        };
        let span = Span::new(sign - local.len(), after + domain.len());
        proposals.push(Proposal { span, base: Confidence::new(base), pattern, verdict: Verdict::Unknown });
    }
}

/// The longest local part that `before` ends with.
fn local_part(before: &str) -> &str {
    let in_local = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'' | '’' | '!' | '&' | '~' | '=');
    let mut start = before.len();
    for (index, character) in before.char_indices().rev() {
        if !in_local(character) || before.len() - index > LONGEST {
            break;
        }
        start = index;
    }
    let mut local = &before[start..];
    // A query's `to=` or a quotation mark is not part of it.
    if let Some(equals) = local.rfind('=') {
        local = &local[equals + 1..];
    }
    local.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '_')
}

/// The longest domain that `after` starts with.
fn domain(after: &str) -> &str {
    let in_domain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let mut end = 0;
    let mut previous = '.';
    for (index, character) in after.char_indices() {
        if !in_domain(character) || character == '.' && previous == '.' || index > LONGEST {
            break;
        }
        end = index + character.len_utf8();
        previous = character;
    }
    after[..end].trim_end_matches(['.', '-'])
}

fn top_level(domain: &str) -> Option<&str> {
    domain.rsplit_once('.').map(|(_, name)| name)
}
