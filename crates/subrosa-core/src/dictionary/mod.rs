//! temporary
#![allow(missing_docs)]
pub mod hash {
    pub fn word_hash(s: &str) -> u64 {
        s.bytes().fold(7u64, |h, b| (h ^ u64::from(b.to_ascii_lowercase())).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }
    pub fn singular_hash(s: &str) -> Option<u64> {
        if s.len() > 3 && s.ends_with('s') { Some(word_hash(&s[..s.len() - 1])) } else { None }
    }
    pub fn phrase_hash(a: u64, b: u64) -> u64 {
        (a.rotate_left(23) ^ b).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}
pub struct NameInfo {
    pub given: u8,
    pub surname: u8,
    pub common_word: bool,
}
pub struct WordInfo {
    pub frequency: u8,
    pub mostly_lower_case: bool,
}
#[derive(Default)]
pub struct ClassInfo;
pub struct Names;
pub struct Words;
pub struct Classes;
impl Names {
    pub fn get(&self, _: u64) -> Option<NameInfo> {
        None
    }
}
impl Words {
    pub fn get(&self, _: u64) -> Option<WordInfo> {
        None
    }
}
impl Classes {
    pub fn get(&self, _: u64) -> Option<ClassInfo> {
        None
    }
}
pub fn names() -> Names {
    Names
}
pub fn words() -> Words {
    Words
}
pub fn classes() -> Classes {
    Classes
}
