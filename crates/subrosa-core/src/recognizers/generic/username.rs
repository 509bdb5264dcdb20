//! User names: what follows `username:`, `login:` or `handle`; `@name` after a word such as `Twitter`, `via` or `thanks`; the
//! name in the address of a profile (`linkedin.com/in/jane-doe`, `t.me/jane_doe`, `skype:jane.doe`); `u/name`; a name with digits
//! after `user` where a line tells of logging in; names for payments (`paypal.me/jane`, `Venmo @jane`, `Cash App $jane`).
//!
//! *Misses by design*: names and handles that nothing announces, since decorators and mentions in code look the same.
//! *Confuses with*: words after `user:` in prose; so a word without digit or punctuation must end its line or field.
//! *References*: 45 CFR 164.514(b)(2)(i)(R).

use crate::block::Block;
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::cue::{Cues, Words};
use crate::span::Span;
use crate::token::{Gap, Kind};
use crate::verdict::Verdict;

/// User names.
pub static RECOGNIZER: Username = Username {
    info: Info {
        module: module_path!(),
        entity: Entity::new("USERNAME"),
        summary: "User name or handle, after a word that says so or in the address of a profile.",
        context: CUES,
        negative_context: &[],
        hits: &[
            "Username: ⟦jane.doe42⟧",
            "login: ⟦jdoe⟧\nshell",
            "Twitter ⟦@jane_doe⟧",
            "screen name: ⟦xx-jane-xx⟧",
            "see linkedin.com/in/⟦jane-doe-4711⟧",
            "https://www.facebook.com/⟦jane.doe.9⟧/photos",
            "skype:⟦jane.doe⟧?call",
            "Skype: ⟦live:jane.doe_3⟧",
            "thanks ⟦@janedoe99⟧!",
            "RT ⟦@jane_doe⟧: yes",
            "posted by ⟦u/jane_doe⟧ today",
            "Telegram: ⟦t.me/jane_doe⟧",
            "Discord: ⟦quietfox#0042⟧, Venmo ⟦@Jane-Doe-5⟧, Cash App ⟦$janedoe99⟧, paypal.me/⟦janedoe⟧",
            "session opened for user ⟦jdoe92⟧ by root; login failed: user=⟦jroe07⟧",
            "https://mastodon.example.org/⟦@jane⟧",
        ],
        misses: &[
            "@property def",
            "Login: please wait for the page",
            "username: ",
            "user @ host",
            "from @types/node import x",
            "https://github.com/features/actions",
            "w/u/x and a/u/b",
            "https://www.facebook.com/",
            "username: __u32,",
            "the user group2 of the report, user v2 of the firmware",
            "Discord: topic#0042a, Cash App $20 and $200",
        ],
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
    "insta",
    "tiktok",
    "skype",
    "skype id",
    "skype name",
    "github",
    "mastodon",
    "bluesky",
    "discord",
    "telegram",
    "snapchat",
    "linkedin",
    "youtube",
    "twitch",
    "reddit",
    "wechat",
    "signal username",
    "gamertag",
    "steam id",
    "benutzername",
    "benutzer",
    "nutzername",
    "anmeldename",
    "usuario",
    "nombre de usuario",
    "utilisateur",
    "nom d'utilisateur",
    "pseudo",
    "identifiant",
    "gebruikersnaam",
    "nome utente",
    "usuário",
    "facebook",
    "x handle",
    "venmo",
    "cash app",
    "cashapp",
    "cashtag",
    "zelle",
    "paypal",
];
static ANNOUNCED: Cues = Cues::new(CUES, &[]);
/// Words before a handle in what people write to each other.
static ADDRESSED: Words = Words::new(&[
    "rt",
    "via",
    "follow",
    "following",
    "cc",
    "hi",
    "hey",
    "hello",
    "thanks",
    "thank",
    "you",
    "dm",
    "tweeted",
    "retweeted",
    "posted",
    "tag",
    "says",
    "wrote",
    "ping",
    "with",
    "mit",
    "con",
    "avec",
    "gracias",
    "danke",
    "merci",
    "hola",
    "hallo",
    "salut",
]);
/// Sites with people's pages, and what stands before the name in the path.
const PROFILES: &[(&str, &[&str])] = &[
    ("linkedin", &["in", "pub"]),
    ("facebook", &[""]),
    ("fb", &[""]),
    ("instagram", &[""]),
    ("twitter", &[""]),
    ("x", &[""]),
    ("tiktok", &["@"]),
    ("github", &[""]),
    ("gitlab", &[""]),
    ("reddit", &["user", "u"]),
    ("youtube", &["@", "user", "c"]),
    ("twitch", &[""]),
    ("snapchat", &["add"]),
    ("pinterest", &[""]),
    ("medium", &["@"]),
    ("t", &[""]),
    ("telegram", &[""]),
    ("vk", &[""]),
    ("xing", &["profile"]),
    ("researchgate", &["profile"]),
    ("orcid", &[""]),
    ("paypal", &[""]),
    ("venmo", &["u", ""]),
];
/// Words before the name of somebody who logs in.
static USERS: Words = Words::new(&["user", "account", "uid", "logname", "login", "usr"]);
/// What a line with such a name tells.
static LOGGING_IN: Words = Words::new(&[
    "logged",
    "login",
    "logon",
    "logout",
    "logins",
    "session",
    "sessions",
    "signed",
    "authenticated",
    "authentication",
    "auth",
    "password",
    "passwd",
    "ssh",
    "sshd",
    "sudo",
    "su",
    "pam",
    "locked",
    "unlocked",
    "ldap",
    "kerberos",
    "audit",
]);
/// Tokens around the name in which such a word is looked for.
const NEAR: usize = 12;
/// First parts of paths that are the site's own.
static OWN: Words = Words::new(&[
    "home",
    "about",
    "login",
    "signup",
    "help",
    "settings",
    "features",
    "explore",
    "search",
    "hashtag",
    "share",
    "sharer",
    "intent",
    "groups",
    "events",
    "pages",
    "watch",
    "marketplace",
    "orgs",
    "topics",
    "pricing",
    "security",
    "enterprise",
    "apps",
    "company",
    "jobs",
    "legal",
    "privacy",
    "policies",
    "terms",
    "docs",
    "blog",
    "support",
    "download",
    "i",
    "p",
    "reel",
    "stories",
    "dialog",
    "plugins",
    "tr",
    "developers",
    "business",
    "marketing",
    "sponsors",
    "profile",
    "joinchat",
]);

/// Longest name, in bytes.
const LONGEST: usize = 64;

/// The recognizer of the entity `USERNAME`.
pub struct Username {
    info: Info,
}

impl Recognizer for Username {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[
            Trigger::Label,
            Trigger::Byte(b'@'),
            Trigger::Byte(b'/'),
            Trigger::Byte(b':'),
            Trigger::Byte(b'$'),
            Trigger::Mixed { min: 4, max: 24 },
        ]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let (block, at) = (site.block, site.token);
        let Some(token) = block.token(at) else { return };
        let found = match token.kind {
            Kind::Punctuation(b'/') => on_page(block, at).or_else(|| forum(block, at)),
            Kind::Punctuation(b':') => skype(block, at),
            Kind::Punctuation(b'$') => cashtag(block, at),
            Kind::Word | Kind::Number => announced(block, at).or_else(|| logging_in(block, at)),
            Kind::Punctuation(_) => announced(block, at).or_else(|| addressed(block, at)),
        };
        if let Some((span, base, pattern)) = found {
            proposals.push(Proposal { span, base: Confidence::new(base), pattern, verdict: Verdict::Unknown });
        }
    }
}

/// The name or handle at token `at`, after a cue.
fn announced(block: &Block<'_>, at: usize) -> Option<(Span, u16, &'static str)> {
    let token = block.token(at)?;
    let handle = token.is_byte(b'@');
    let in_email =
        handle && token.gap == Gap::None && block.before(at).is_some_and(|before| before.kind != Kind::Punctuation(b'('));
    if in_email || token.gap >= Gap::Line && at > 0 {
        return None;
    }
    ANNOUNCED.of(block, at)?;
    // `username: String`: a type, or a variable.
    if block.is_source()
        && token.kind == Kind::Word
        && !block.before(at).is_some_and(|before| matches!(before.kind, Kind::Punctuation(b'"' | b'\'')))
    {
        return None;
    }
    let start = token.start as usize;
    let name_start = start + usize::from(handle);
    let rest = block.text.get(name_start..).filter(|rest| !rest.starts_with("__"))?;
    // Names that Skype gives, and pages of Telegram.
    let lead = ["live:.cid.", "live:", "t.me/"].iter().find(|lead| rest.starts_with(**lead)).map_or(0, |lead| lead.len());
    let end = end(block.text, name_start + lead)?;
    let end = end + discriminator(block.text.get(end..).unwrap_or_default());
    let span = Span::new(start, end);
    let pattern = if handle { "handle" } else { "label" };
    (handle || is_plainly_name(block, span) && !is_type(block, span)).then_some((span, 550, pattern))
}

/// The name that begins with token `at`, on a line that tells of logging in.
fn logging_in(block: &Block<'_>, at: usize) -> Option<(Span, u16, &'static str)> {
    let token = block.token(at).filter(|_| begins_small(block, at))?;
    let before = at.checked_sub(1)?;
    let sign = matches!(block.tokens[before].kind, Kind::Punctuation(b'=' | b'\'' | b'"' | b':'));
    let word = before.checked_sub(usize::from(sign))?;
    if token.gap > Gap::Blank || !USERS.at(block, word) || block.is_source() {
        return None;
    }
    let start = token.start as usize;
    let end = end(block.text, start)?;
    let value = block.text.get(start..end)?;
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let line = block.line_start(at);
    let near = at.saturating_sub(NEAR).max(line)..at + NEAR;
    let tells = |index: usize| block.token(index).is_some_and(|other| index < at || other.gap < Gap::Line);
    let told = near.take_while(|index| tells(*index)).any(|index| index != word && LOGGING_IN.at(block, index));
    (letters >= 3 && (1..=6).contains(&digits) && told).then_some((Span::new(start, end), 550, "log"))
}

/// The name after a dollar sign at token `sign`, after the word for the payment.
fn cashtag(block: &Block<'_>, sign: usize) -> Option<(Span, u16, &'static str)> {
    let touches = block.token(sign + 1).is_some_and(|next| next.gap == Gap::None);
    if !touches || !begins_small(block, sign + 1) || block.is_source() {
        return None;
    }
    ANNOUNCED.of(block, sign)?;
    let start = block.tokens[sign].start as usize;
    Some((Span::new(start, end(block.text, start + 1)?), 600, "handle"))
}

/// The handle whose at-sign is at token `sign`, after a word that people write before one.
fn addressed(block: &Block<'_>, sign: usize) -> Option<(Span, u16, &'static str)> {
    let token = block.token(sign).filter(|token| token.is_byte(b'@') && token.gap == Gap::Blank)?;
    let word = sign.checked_sub(1)?;
    if !ADDRESSED.at(block, word) {
        return None;
    }
    let start = token.start as usize;
    let end = end(block.text, start + 1)?;
    let path = block.text.as_bytes().get(end).is_some_and(|byte| matches!(byte, b'/' | b'(' | b'.')) && {
        block.text.as_bytes().get(end + 1).is_some_and(u8::is_ascii_alphanumeric)
    };
    (!path && block.text.as_bytes().get(end) != Some(&b'(')).then_some((Span::new(start, end), 600, "addressed"))
}

/// The name in the address of a profile: `slash` is the first of the path, after the top-level domain.
fn on_page(block: &Block<'_>, slash: usize) -> Option<(Span, u16, &'static str)> {
    let touches = |at: usize| block.token(at).is_some_and(|token| token.gap == Gap::None);
    let (dot, site) = (slash.checked_sub(2)?, slash.checked_sub(3)?);
    if !block.tokens[dot].is_byte(b'.') || !touches(slash) || !touches(dot) || !touches(slash - 1) {
        return None;
    }
    let start = block.tokens[slash].end as usize;
    let rest = block.text.get(start..)?;
    if rest.starts_with('@') {
        // A page under a handle, on any server.
        let end = end(block.text, start + 1)?;
        return Some((Span::new(start, end), 500, "profile"));
    }
    let host = block.str(site);
    let (_, leads) = PROFILES.iter().find(|(name, _)| host.eq_ignore_ascii_case(name))?;
    if host.len() == 1 && !matches!((host, block.str(slash - 1)), ("t", "me") | ("x" | "X", "com")) {
        return None;
    }
    // `t.me` and `x.com`, but no `next.me`: the name of the site is a whole label.
    let name = leads.iter().find_map(|lead| match *lead {
        "" => Some(start),
        lead => rest.get(..lead.len()).filter(|part| part.eq_ignore_ascii_case(lead)).and_then(|_| {
            let after = start + lead.len();
            (block.text.as_bytes().get(after) == Some(&b'/')).then_some(after + 1)
        }),
    })?;
    let end = end(block.text, name)?;
    let first = block.token_at(name);
    // A page of a project under the name is no profile.
    let deeper = block.text.as_bytes().get(end..end + 2).is_some_and(|next| next[0] == b'/' && next[1].is_ascii_alphanumeric());
    let project = deeper && matches!(host.to_ascii_lowercase().as_str(), "github" | "gitlab" | "medium");
    (!OWN.at(block, first) && !project).then_some((Span::new(name, end), 500, "profile"))
}

/// `u/name`, its slash at token `slash`.
fn forum(block: &Block<'_>, slash: usize) -> Option<(Span, u16, &'static str)> {
    let letter = slash.checked_sub(1)?;
    let start = block.tokens[letter].start as usize;
    let touching = |at: usize| block.token(at).is_some_and(|token| token.gap == Gap::None);
    if block.str(letter) != "u" || !touching(slash) || !touching(slash + 1) {
        return None;
    }
    let before = block.text[..start].bytes().next_back();
    let leading_slash =
        before == Some(b'/') && block.text[..start - 1].bytes().next_back().is_none_or(|byte| byte.is_ascii_whitespace());
    if !(leading_slash || before.is_none_or(|byte| byte.is_ascii_whitespace() || byte == b'(')) {
        return None;
    }
    let end = end(block.text, block.tokens[slash].end as usize)?;
    let goes_on = block.text.as_bytes().get(end) == Some(&b'/');
    (!goes_on).then_some((Span::new(start, end), 600, "forum"))
}

/// `skype:name`, without a blank.
fn skype(block: &Block<'_>, colon: usize) -> Option<(Span, u16, &'static str)> {
    let scheme = colon.checked_sub(1)?;
    let touches = [colon, colon + 1].iter().all(|at| block.token(*at).is_some_and(|token| token.gap == Gap::None));
    if !touches || !block.str(scheme).eq_ignore_ascii_case("skype") {
        return None;
    }
    let start = block.tokens[colon].end as usize;
    let end = end(block.text, start)?;
    Some((Span::new(start, end), 700, "scheme"))
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

fn begins_small(block: &Block<'_>, index: usize) -> bool {
    block.str(index).as_bytes().first().is_some_and(u8::is_ascii_lowercase)
}

/// Bytes of the four digits that Discord had behind each name: `#0042`.
fn discriminator(rest: &str) -> usize {
    let digits = rest.strip_prefix('#').unwrap_or_default().bytes().take_while(u8::is_ascii_alphanumeric);
    let digits: Vec<u8> = digits.collect();
    if digits.len() == 4 && digits.iter().all(u8::is_ascii_digit) { 5 } else { 0 }
}

/// Whether it is the name of a type, as in `handle: u32` or `handle: HANDLE,`.
fn is_type(block: &Block<'_>, span: Span) -> bool {
    let value = span.of(block.text);
    let sized = value.trim_end_matches(|c: char| c.is_ascii_digit());
    let capitals =
        value.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_') || matches!(sized, "ULONG" | "UINT" | "LONG");
    let code = matches!(block.text.as_bytes().get(span.end), Some(b',' | b';' | b'}' | b' ' | b')'));
    value.len() > sized.len() && matches!(sized, "u" | "i" | "f" | "int" | "uint")
        || value.ends_with("_t")
        || value.starts_with("c_")
        || code
            && (capitals || value.len() > sized.len() && sized.bytes().all(|byte| byte.is_ascii_uppercase()) && sized.len() > 3)
}

/// Whether a digit or punctuation is in it, or it is alone on the rest of its line.
fn is_plainly_name(block: &Block<'_>, span: Span) -> bool {
    let value = span.of(block.text);
    let next = block.token(block.token_at(span.end));
    let ends = next.is_none_or(|next| next.gap >= Gap::Wide || matches!(next.kind, Kind::Punctuation(b',' | b';' | b')' | b'"')));
    value.bytes().any(|byte| !byte.is_ascii_alphabetic()) || ends
}
