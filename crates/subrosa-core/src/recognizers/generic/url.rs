//! Web addresses: with a scheme (`https://example.com/jane`), with `www.`, or a bare domain of a common top-level domain.
//!
//! *Misses by design*: pages of documentation, code, standards and encyclopedias, which name nobody; bare domains under country codes that are words or file endings (`main.rs`); relative links.
//! *Confuses with*: names of programs and packages that look like domains (`node.js` is left alone, `asp.net` is not).
//! *References*: RFC 3986; IANA root zone database.

use crate::block::Block;
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::cue::Words;
use crate::span::Span;
use crate::token::{Gap, Kind};
use crate::verdict::Verdict;

mod public;

use public::is_public;

/// Web addresses.
pub static RECOGNIZER: Url = Url {
    info: Info {
        module: module_path!(),
        entity: Entity::new("URL"),
        summary: "Web address.",
        context: &["url", "link", "website", "web", "site", "homepage", "webpage", "visit", "portal"],
        negative_context: &[],
        hits: &[
            "See ⟦https://example.com/p/123?x=1#a⟧.",
            "(⟦http://www.example.org/a_(b)⟧)",
            "⟦www.example.com/jane⟧, and ⟦portal.example.org/jane⟧",
            "Website: ⟦example.net⟧",
            "<a href=\"⟦ftp://files.example.com/x⟧\">",
        ],
        misses: &[
            "main.rs and std::net",
            "jane@example.com",
            "e.g. this",
            "http://",
            "obj.com.foo()",
            "word://",
            "https://docs.rs/serde/latest/serde",
        ],
    },
};

/// Confidence of the address of a public work, so low that no word near lifts it to one half.
const PUBLIC: u16 = 40;
/// Longest address looked at, in bytes.
const LONGEST: usize = 2048;
static SCHEMES: Words =
    Words::new(&["http", "https", "ftp", "ftps", "sftp", "ssh", "file", "git", "ws", "wss", "hxxp", "hxxps", "ldap", "smb"]);
/// Top-level domains that are taken without scheme: those which are hardly ever anything else.
static COMMON: Words = Words::new(&[
    "com", "org", "net", "edu", "gov", "mil", "int", "biz", "io", "eu", "uk", "de", "fr", "es", "it", "nl", "ch", "ca", "au",
    "ie",
]);
/// Of those, the ones that are taken without path as well.
static PLAIN: Words = Words::new(&["com", "org", "net", "edu", "gov"]);

/// The recognizer of the entity `URL`.
pub struct Url {
    info: Info,
}

impl Recognizer for Url {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Byte(b':'), Trigger::Byte(b'.')]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let (block, at) = (site.block, site.token);
        let found = if block.tokens[at].is_byte(b':') { with_scheme(block, at) } else { without_scheme(block, at) };
        if let Some((span, base, pattern)) = found {
            // Not even after `website`.
            let (base, pattern) = if is_public(span.of(block.text)) || is_of_robot(block.text, span.start) {
                (PUBLIC, "public")
            } else {
                (base, pattern)
            };
            proposals.push(Proposal { span, base: Confidence::new(base), pattern, verdict: Verdict::Unknown });
        }
    }
}

/// `(+http://…)`, where programs that read the web name themselves.
fn is_of_robot(text: &str, start: usize) -> bool {
    text[..start].ends_with('+') && !text[..start].ends_with("++")
}

/// Whether byte `at` stands in the address of a public work.
pub(super) fn in_public(text: &str, at: usize) -> bool {
    let from = floor(text, at.saturating_sub(LONGEST / 8));
    let lead = text[from..at].rsplit(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '(')).next();
    lead.is_some_and(|lead| lead.contains("://") && is_public(lead))
}

fn touches(block: &Block<'_>, index: usize) -> bool {
    block.token(index).is_some_and(|token| token.gap == Gap::None)
}

fn with_scheme(block: &Block<'_>, colon: usize) -> Option<(Span, u16, &'static str)> {
    let slashes = touches(block, colon)
        && [1, 2].iter().all(|step| touches(block, colon + step) && block.tokens[colon + step].is_byte(b'/'));
    let scheme = colon.checked_sub(1)?;
    if !slashes || !SCHEMES.at(block, scheme) || !touches(block, colon + 3) {
        return None;
    }
    let host = block.tokens[colon + 3].start as usize;
    let start = block.tokens[scheme].start as usize;
    let end = end(block.text, start);
    (end > host).then_some((Span::new(start, end), 850, "scheme"))
}

/// `www.example.com`, `example.com/path`. The point at `dot` is the one before the top-level domain, or after `www`.
fn without_scheme(block: &Block<'_>, dot: usize) -> Option<(Span, u16, &'static str)> {
    if !touches(block, dot) || !touches(block, dot + 1) {
        return None;
    }
    let www = block.before(dot).is_some_and(|word| word.len() == 3) && block.str(dot - 1).eq_ignore_ascii_case("www");
    if !www && !COMMON.at(block, dot + 1) {
        return None;
    }
    let first = host_start(block, dot);
    if first == dot || is_inside(block, first) {
        return None;
    }
    let start = block.tokens[first].start as usize;
    let end = end(block.text, start);
    if www {
        return (end > block.tokens[dot + 1].start as usize).then_some((Span::new(start, end), 800, "www"));
    }
    let top_end = block.tokens[dot + 1].end as usize;
    let follows = block.text.as_bytes().get(top_end).copied();
    let inner = matches!(follows, Some(b'.' | b'-' | b'_' | b'@' | b'(' | b'['))
        && block.text.as_bytes().get(top_end + 1).is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b')' | b'_'))
        || matches!(follows, Some(b'(' | b'[' | b'_'));
    if inner || !block.str(first).bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let path = matches!(follows, Some(b'/' | b'?' | b'#')) && end > top_end + 1;
    let (base, pattern) = match (path, PLAIN.at(block, dot + 1)) {
        (true, _) => (650, "path"),
        (false, true) => (500, "domain"),
        (false, false) => (300, "domain"),
    };
    Some((Span::new(start, end), base, pattern))
}

/// The first token of the host name whose labels end at `dot`.
fn host_start(block: &Block<'_>, dot: usize) -> usize {
    let mut first = dot;
    while first > 0 && dot - first < 24 && touches(block, first) {
        let before = &block.tokens[first - 1];
        if !matches!(before.kind, Kind::Word | Kind::Number | Kind::Punctuation(b'-' | b'.')) {
            break;
        }
        first -= 1;
    }
    while first < dot && matches!(block.tokens[first].kind, Kind::Punctuation(_)) {
        first += 1;
    }
    first
}

/// Whether the host belongs to an address with a scheme, an email address or a path.
fn is_inside(block: &Block<'_>, first: usize) -> bool {
    touches(block, first)
        && block.before(first).is_some_and(|before| matches!(before.kind, Kind::Punctuation(b'/' | b'@' | b'\\' | b'_' | b'$')))
}

/// Where the address that starts at `start` ends: at a blank, a quotation mark or a bracket, without closing punctuation.
fn end(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let stops = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '<' | '>' | '"' | '`' | '“' | '”' | '„' | '|' | '\\' | '^' | '{' | '}' | '⟧' | '»')
    };
    let stop = rest.find(stops).unwrap_or(rest.len()).min(LONGEST);
    let mut url = &rest[..floor(rest, stop)];
    loop {
        let trimmed = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '*', '_']);
        let open = |open: char, close: char| trimmed.matches(open).count() < trimmed.matches(close).count();
        let unbalanced = trimmed.ends_with(')') && open('(', ')') || trimmed.ends_with(']') && open('[', ']');
        url = if unbalanced { &trimmed[..trimmed.len() - 1] } else { trimmed };
        if url.len() == trimmed.len() {
            break;
        }
    }
    // `example.com,example.org` is two.
    let url =
        url.split_once(',').map_or(url, |(first, rest)| if rest.contains("://") || rest.contains("www.") { first } else { url });
    start + url.len()
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
