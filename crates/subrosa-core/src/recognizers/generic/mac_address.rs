//! Hardware addresses of network devices: `00:00:5E:00:53:01`, `00-00-5E-00-53-01`, `0000.5e00.5301`.
//!
//! *Misses by design*: twelve hexadecimal digits without separators; the broadcast address and zero, which name no device.
//! *Confuses with*: other bytes written in hexadecimal, such as fingerprints, which are longer.
//! *References*: IEEE 802-2014 section 8; RFC 7042 (addresses for documentation).

use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::span::Span;
use crate::token::Gap;
use crate::verdict::Verdict;

/// Hardware addresses.
pub static RECOGNIZER: MacAddress = MacAddress {
    info: Info {
        module: module_path!(),
        entity: Entity::new("MAC_ADDRESS"),
        summary: "Hardware address of a network device.",
        context: &["mac", "ethernet", "hwaddr", "bssid", "wifi", "device", "bluetooth"],
        negative_context: &["fingerprint"],
        hits: &["ether ⟦00:00:5e:00:53:01⟧", "⟦00-00-5E-00-53-AF⟧ joined", "mac ⟦0000.5e00.53af⟧"],
        misses: &["ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00", "10:20:30:40:50", "00:00:5e:00:53:01:02:03", "aa-bb-cc"],
    },
};

/// The recognizer of the entity `MAC_ADDRESS`.
pub struct MacAddress {
    info: Info,
}

impl Recognizer for MacAddress {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Byte(b':'), Trigger::Byte(b'-'), Trigger::Byte(b'.')]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let (block, at) = (site.block, site.token);
        let Some(first) = at.checked_sub(1) else { return };
        let width = if block.tokens[at].is_byte(b'.') { 4 } else { 2 };
        let separator = &block.tokens[at];
        if block.tokens[first].len() != width || separator.gap != Gap::None || separator.len() != 1 {
            return;
        }
        let (bytes, start) = (block.text.as_bytes(), block.tokens[first].start as usize);
        let end = start + if width == 4 { 14 } else { 17 };
        let Some(value) = bytes.get(start..end) else { return };
        let mark = value[width];
        let shaped = value
            .iter()
            .enumerate()
            .all(|(place, byte)| if place % (width + 1) == width { *byte == mark } else { byte.is_ascii_hexdigit() });
        let joins = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == mark || *byte == b'_');
        // A mark after it may end the sentence.
        let after = bytes.get(end..).unwrap_or_default();
        let goes_on = match after {
            [first, second, ..] if *first == mark => second.is_ascii_alphanumeric(),
            [first, ..] => joins(Some(first)) && *first != mark,
            [] => false,
        };
        let joined = goes_on || start > 0 && joins(bytes.get(start - 1));
        let names_device = |digit: &u8| !matches!(digit, b'0' | b'f' | b'F') && *digit != mark;
        if shaped && !joined && value.iter().any(names_device) {
            let span = Span::new(start, end);
            proposals.push(Proposal { span, base: Confidence::new(800), pattern: "bytes", verdict: Verdict::Unknown });
        }
    }
}
