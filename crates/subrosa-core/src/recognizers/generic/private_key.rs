//! Private keys as text: PEM and OpenPGP blocks, PuTTY key files, age identities.
//!
//! *Misses by design*: public keys and certificates, which are made to be shown; keys in binary form.
//! *Confuses with*: nothing; a cut-off key is taken to where its lines end.
//! *References*: RFC 7468 (PEM); RFC 9580 section 6.2 (OpenPGP armor); OpenSSH PROTOCOL.key.

use memchr::memmem;

use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::keywords::Keywords;
use crate::span::Span;
use crate::verdict::Verdict;

/// Private keys.
pub static RECOGNIZER: PrivateKey = PrivateKey {
    info: Info {
        module: module_path!(),
        entity: Entity::new("PRIVATE_KEY"),
        summary: "Private key in PEM, OpenSSH, OpenPGP, PuTTY or age form.",
        context: &[],
        negative_context: &[],
        hits: &[
            "x ⟦-----BEGIN RSA PRIVATE KEY-----\nMIIBOgIBAAJBAKj34GkxFhD9\n0vcNLYLInFEX6Ppy1tPf9Cnz\n-----END RSA PRIVATE KEY-----⟧ y",
            "{\"key\": \"⟦-----BEGIN PRIVATE KEY-----\\nMIIBVAIBADANBgkqhkiG9w0B\\n-----END PRIVATE KEY-----⟧\\n\"}",
            "⟦-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAA\nAAABAAAAMwAAAAtzc2gtZWQyNTUxOQ⟧\n\nnext",
            "age: ⟦AGE-SECRET-KEY-1QQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L0Q9PZRY8X3GF2TVDW0S3JN54K⟧",
        ],
        misses: &[
            "-----BEGIN PUBLIC KEY-----\nMFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKj34GkxFhD9\n-----END PUBLIC KEY-----",
            "a line of -----BEGIN PRIVATE KEY----- in prose",
            "AGE-SECRET-KEY-1",
        ],
    },
};

/// A word of every one of them: `PRIVATE KEY`, `Private-Lines`, `AGE-SECRET-KEY`.
pub(in crate::recognizers) static WORDS: Keywords = Keywords::new(&["private", "secret"]);

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
/// Longest name of a block.
const NAME: usize = 64;
/// Fewest bytes of a key.
const FEWEST: usize = 16;

/// The recognizer of the entity `PRIVATE_KEY`.
pub struct PrivateKey {
    info: Info,
}

impl Recognizer for PrivateKey {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Block]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        if WORDS.find(site.block).next().is_none() {
            return;
        }
        let bytes = site.block.text.as_bytes();
        let mut push = |start, end, pattern| {
            let span = Span::new(start, end);
            proposals.push(Proposal { span, base: Confidence::new(950), pattern, verdict: Verdict::Unknown });
        };
        let mut starts = memmem::find_iter(bytes, BEGIN).peekable();
        while let Some(start) = starts.next() {
            let limit = starts.peek().copied().unwrap_or(bytes.len());
            if let Some(end) = armored(&bytes[start..limit]) {
                push(start, start + end, "armor");
            }
        }
        for start in memmem::find_iter(bytes, b"AGE-SECRET-KEY-1") {
            let len = bytes[start..].iter().take(80).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
            if len >= 60 {
                push(start, start + len, "age");
            }
        }
        for start in memmem::find_iter(bytes, b"Private-Lines:") {
            let end = start + memchr::memchr(b'\n', &bytes[start..]).unwrap_or(0);
            let body = body(&bytes[end..]);
            if body >= FEWEST {
                push(start, end + body, "putty");
            }
        }
    }
}

/// Where the key that `bytes` start with ends.
fn armored(bytes: &[u8]) -> Option<usize> {
    let name_end = memmem::find(bytes.get(BEGIN.len()..bytes.len().min(NAME + BEGIN.len()))?, b"-----")? + BEGIN.len();
    memmem::find(&bytes[..name_end], b"PRIVATE KEY")?;
    let head = name_end + 5;
    if let Some(at) = memmem::find(&bytes[head..], END) {
        let tail = head + at + END.len();
        let close = memmem::find(&bytes[tail..bytes.len().min(tail + NAME)], b"-----")?;
        return (at >= FEWEST).then_some(tail + close + 5);
    }
    // Cut off: as far as its lines go.
    let body = body(&bytes[head..]);
    (body >= FEWEST).then_some(head + body)
}

/// How far lines of base 64 and headers go.
fn body(bytes: &[u8]) -> usize {
    let mut end = 0;
    let mut at = 0;
    for line in bytes.split(|byte| *byte == b'\n') {
        let text = line.strip_suffix(b"\r").unwrap_or(line);
        let base64 = text.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'\\'));
        if at > 0 && text.is_empty() || !(base64 || text.contains(&b':') && text.len() < 80) {
            break;
        }
        at += line.len() + 1;
        if !text.is_empty() {
            end = at - 1 - (line.len() - text.len());
        }
    }
    end
}
