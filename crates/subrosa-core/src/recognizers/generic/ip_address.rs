//! Internet addresses, IPv4 and IPv6, with a prefix length (`192.0.2.0/24`) when there is one.
//!
//! *Misses by design*: IPv4 addresses in other than four decimal parts; short IPv6 forms such as `::1`, which code is full of.
//! *Confuses with*: version numbers of four parts, which a word such as `version` tells apart.
//! *References*: RFC 791, RFC 4291 section 2.2, RFC 5737 and 3849 (addresses for documentation).

use core::net::{Ipv4Addr, Ipv6Addr};

use crate::block::Block;
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::span::Span;
use crate::token::Kind;
use crate::verdict::Verdict;

/// Internet addresses.
pub static RECOGNIZER: IpAddress = IpAddress {
    info: Info {
        module: module_path!(),
        entity: Entity::new("IP_ADDRESS"),
        summary: "Internet address, IPv4 or IPv6.",
        context: &["ip", "address", "host", "server", "client", "ipv4", "ipv6", "login", "subnet"],
        negative_context: &["version", "release", "firmware", "section", "v", "build", "oid", "object identifier"],
        hits: &[
            "from ⟦192.0.2.17⟧:8080",
            "net ⟦192.0.2.0/24⟧",
            "client ⟦2001:db8::8a2e:370:7334⟧ connected",
            "[⟦2001:db8:0:0:0:0:0:1⟧]",
        ],
        misses: &[
            "version 10.1.2.3",
            "192.0.2.256",
            "1.2.3.4.5",
            "std::net, 10:20:30, dead::beef",
            "section 1.2.3.4",
            "Chrome/120.0.0.0 and 127.0.0.1",
            "object 2.5.29.15",
        ],
    },
};

/// The recognizer of the entity `IP_ADDRESS`.
pub struct IpAddress {
    info: Info,
}

impl Recognizer for IpAddress {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Digits { min: 4, max: 12 }, Trigger::Byte(b':')]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let (block, at) = (site.block, site.token);
        let found = match block.tokens[at].kind {
            Kind::Number => v4(block, at),
            Kind::Punctuation(b':') => v6(block, at),
            _ => None,
        };
        if let Some((span, base, pattern)) = found {
            proposals.push(Proposal { span, base: Confidence::new(base), pattern, verdict: Verdict::Unknown });
        }
    }
}

fn v4(block: &Block<'_>, at: usize) -> Option<(Span, u16, &'static str)> {
    let (text, start) = (block.text, block.tokens[at].start as usize);
    let bytes = text.as_bytes();
    // Quick: a point after at most three digits, and nothing joined before.
    let first = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    if first > 3 || bytes.get(start + first) != Some(&b'.') {
        return None;
    }
    if start > 0 && (bytes[start - 1].is_ascii_alphanumeric() || matches!(bytes[start - 1], b'.' | b'-' | b'_')) {
        return None;
    }
    // `Chrome/120.0.0.0` is a program's.
    if start > 1 && bytes[start - 1] == b'/' && bytes[start - 2].is_ascii_alphanumeric() {
        return None;
    }
    // `8:6.9.11.60` is a package's version.
    if start > 1 && bytes[start - 1] == b':' && bytes[start - 2].is_ascii_digit() {
        return None;
    }
    let len = bytes[start..].iter().take(16).take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
    let address = text[start..start + len].trim_end_matches('.');
    let parsed: Ipv4Addr = address.parse().ok()?;
    let mut end = start + address.len();
    if bytes.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'~'))
        || bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric)
    {
        return None;
    }
    end = with_prefix(bytes, end, 32);
    let [first, second, ..] = parsed.octets();
    // Everybody's own machine, nobody's, all machines, and masks.
    if parsed.is_loopback() || first == 0 || parsed.is_broadcast() || (first, second) == (255, 255) {
        return Some((Span::new(start, end), 40, "special"));
    }
    // Four small numbers are as often a version or a chapter, and what starts with 1 or 2 an object identifier.
    let small = parsed.octets().iter().all(|octet| *octet < 20) || first <= 2 && second < 40;
    Some((Span::new(start, end), if small { 350 } else { 650 }, "v4"))
}

/// The end with `/24` when it follows.
fn with_prefix(bytes: &[u8], end: usize, most: u32) -> usize {
    if bytes.get(end) != Some(&b'/') {
        return end;
    }
    let digits = bytes[end + 1..].iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
    let value = bytes[end + 1..end + 1 + digits].iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'));
    if (1..=3).contains(&digits) && value <= most { end + 1 + digits } else { end }
}

fn v6(block: &Block<'_>, colon: usize) -> Option<(Span, u16, &'static str)> {
    let (bytes, at) = (block.text.as_bytes(), block.tokens[colon].start as usize);
    if bytes[at] != b':' {
        return None;
    }
    let hexadecimal = |byte: &u8| byte.is_ascii_hexdigit();
    let first = bytes[..at].iter().rev().take(5).take_while(|byte| hexadecimal(byte)).count();
    // Documentation, global, local and link addresses start with three or four digits.
    if !(3..=4).contains(&first) {
        return None;
    }
    let start = at - first;
    if start > 0 && (bytes[start - 1].is_ascii_alphanumeric() || matches!(bytes[start - 1], b':' | b'.' | b'_')) {
        return None;
    }
    let len = bytes[start..].iter().take(46).take_while(|byte| hexadecimal(byte) || matches!(byte, b':' | b'.')).count();
    let candidate = block.text[start..start + len].trim_end_matches('.');
    let candidate = candidate.strip_suffix(':').filter(|rest| !rest.ends_with(':')).unwrap_or(candidate);
    let end = start + candidate.len();
    if bytes.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_') {
        return None;
    }
    candidate.parse::<Ipv6Addr>().ok()?;
    let groups = candidate.split(':').filter(|group| !group.is_empty()).count();
    let digits = candidate.bytes().filter(u8::is_ascii_digit).count();
    if groups < 3 && !candidate.starts_with("fe80") && !candidate.starts_with("2001") || digits < 2 {
        return None;
    }
    Some((Span::new(start, with_prefix(bytes, end, 128)), 750, "v6"))
}
