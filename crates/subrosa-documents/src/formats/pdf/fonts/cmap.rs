//! Character maps embedded in a file: ToUnicode tables and encodings of composite fonts.
//!
//! A map is PostScript, but producers write a fixed form of it, so reading its operators is enough (Adobe Technical Notes
//! 5014 and 5411). Predefined maps of Asian collections come from a data table instead.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::super::tokenizer::{Operand, Tokenizer};

/// Most codes that ranges are written out to.
const MAX_EXPANDED: usize = 1 << 18;

/// A parsed map.
#[derive(Default)]
pub(super) struct CMap {
    /// Byte length, least and greatest code.
    codespaces: Vec<(usize, u32, u32)>,
    unicode: HashMap<u32, String>,
    /// Byte length, first code, last code, first CID; sorted.
    cids: Vec<(usize, u32, u32, u32)>,
    pub vertical: bool,
    /// The name after which `usecmap` stands.
    pub base: Option<Vec<u8>>,
}

impl CMap {
    pub(super) fn parse(data: &[u8]) -> Self {
        let mut map = Self::default();
        let mut tokenizer = Tokenizer::new(data);
        while let Ok(Some(operation)) = tokenizer.next_operation() {
            let operands: Vec<&Operand> = operation.operands.iter().map(|(operand, _)| operand).collect();
            match operation.operator {
                b"endcodespacerange" => {
                    for pair in operands.chunks_exact(2) {
                        if let (Some((length, low)), Some((_, high))) = (code(pair[0]), code(pair[1])) {
                            map.codespaces.push((length, low, high));
                        }
                    }
                }
                b"endbfchar" => {
                    for pair in operands.chunks_exact(2) {
                        if let (Some((_, from)), Some(text)) = (code(pair[0]), target(pair[1])) {
                            map.unicode.insert(from, text);
                        }
                    }
                }
                b"endbfrange" => operands.chunks_exact(3).for_each(|triple| map.add_unicode_range(triple)),
                b"endcidchar" => {
                    for pair in operands.chunks_exact(2) {
                        if let (Some((length, from)), Some(cid)) = (code(pair[0]), pair[1].number()) {
                            map.cids.push((length, from, from, cid as u32));
                        }
                    }
                }
                b"endcidrange" => {
                    for triple in operands.chunks_exact(3) {
                        if let (Some((length, low)), Some((_, high)), Some(cid)) =
                            (code(triple[0]), code(triple[1]), triple[2].number())
                        {
                            map.cids.push((length, low, high, cid as u32));
                        }
                    }
                }
                b"usecmap" => map.base = operands.last().and_then(|operand| operand.name()).map(<[u8]>::to_vec),
                b"def" => {
                    if let [.., Operand::Name(key), Operand::Number(value)] = operands.as_slice()
                        && key == b"WMode"
                    {
                        map.vertical = *value > 0.5;
                    }
                }
                _ => {}
            }
        }
        map.cids.sort_unstable();
        map
    }

    fn add_unicode_range(&mut self, triple: &[&Operand]) {
        let (Some((_, low)), Some((_, high))) = (code(triple[0]), code(triple[1])) else {
            return;
        };
        let room = MAX_EXPANDED.saturating_sub(self.unicode.len());
        if let Operand::Array(targets) = triple[2] {
            for (from, (operand, _)) in (low..=high).zip(targets).take(room) {
                if let Some(text) = target(operand) {
                    self.unicode.insert(from, text);
                }
            }
        } else if let Some(text) = target(triple[2]) {
            let Some(last) = text.chars().last() else {
                return;
            };
            let head = &text[..text.len() - last.len_utf8()];
            for (step, from) in (low..=high).enumerate().take(room) {
                let Some(next) = u32::try_from(step).ok().and_then(|step| char::from_u32(u32::from(last).checked_add(step)?))
                else {
                    break;
                };
                self.unicode.insert(from, format!("{head}{next}"));
            }
        }
    }

    /// The map from codes to text as a file of its own, with the codes that are to stay. Nothing for codes of several lengths,
    /// and for a map that builds on another.
    pub(super) fn written(&self, keeps: &dyn Fn(u32) -> bool) -> Option<Vec<u8>> {
        let &(length, ..) = self.codespaces.first()?;
        if self.base.is_some() || self.codespaces.iter().any(|(other, ..)| *other != length) {
            return None;
        }
        let digits = length * 2;
        let mut out = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapType 2 def\n".to_owned();
        let _ = writeln!(out, "{} begincodespacerange", self.codespaces.len());
        for (_, low, high) in &self.codespaces {
            let _ = writeln!(out, "<{low:0digits$x}> <{high:0digits$x}>");
        }
        out.push_str("endcodespacerange\n");
        let mut kept: Vec<(u32, &str)> =
            self.unicode.iter().filter(|(code, _)| keeps(**code)).map(|(code, text)| (*code, text.as_str())).collect();
        kept.sort_unstable();
        for chunk in kept.chunks(100) {
            let _ = writeln!(out, "{} beginbfchar", chunk.len());
            for (code, text) in chunk {
                let _ = write!(out, "<{code:0digits$x}> <");
                text.encode_utf16().for_each(|unit| {
                    let _ = write!(out, "{unit:04x}");
                });
                out.push_str(">\n");
            }
            out.push_str("endbfchar\n");
        }
        out.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        Some(out.into_bytes())
    }

    /// The text of a code.
    pub(super) fn text(&self, code: u32) -> Option<&str> {
        self.unicode.get(&code).map(String::as_str)
    }

    /// The CID of a code.
    pub(super) fn cid(&self, length: usize, code: u32) -> Option<u32> {
        let after = self.cids.partition_point(|&(at, low, ..)| (at, low) <= (length, code));
        let found =
            self.cids[..after].iter().rev().take(8).find(|&&(at, low, high, _)| at == length && low <= code && code <= high)?;
        found.3.checked_add(code - found.1)
    }

    /// The bytes that the next code takes, where the map says so.
    pub(super) fn code_length(&self, bytes: &[u8]) -> Option<usize> {
        if self.codespaces.is_empty() {
            return None;
        }
        let fits = |length: usize| {
            bytes.get(..length).is_some_and(|code| {
                self.codespaces.iter().any(|&(at, low, high)| {
                    at == length
                        && code.iter().enumerate().all(|(index, &byte)| {
                            let shift = 8 * (length - 1 - index);
                            ((low >> shift) as u8..=(high >> shift) as u8).contains(&byte)
                        })
                })
            })
        };
        let shortest = self.codespaces.iter().map(|&(length, ..)| length).min().unwrap_or(1);
        Some((1..=4).find(|&length| fits(length)).unwrap_or(shortest))
    }

    pub(super) fn has_cids(&self) -> bool {
        !self.cids.is_empty()
    }
}

fn code(operand: &Operand) -> Option<(usize, u32)> {
    let bytes = operand.string()?;
    (1..=4).contains(&bytes.len()).then(|| (bytes.len(), bytes.iter().fold(0, |sum, &byte| sum << 8 | u32::from(byte))))
}

/// A target string: UTF-16BE, or one byte where a producer was careless; a glyph name is allowed too.
fn target(operand: &Operand) -> Option<String> {
    match operand {
        Operand::String(bytes) if bytes.len() == 1 => Some(char::from(bytes[0]).to_string()),
        Operand::String(bytes) => {
            let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            Some(char::decode_utf16(units).map(|one| one.unwrap_or('\u{fffd}')).collect())
        }
        Operand::Name(name) => super::names::text_of(name),
        _ => None,
    }
}
