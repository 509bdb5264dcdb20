//! Check sums of cryptocurrency addresses: Base58Check, Bech32 and Bech32m, EIP-55.
//!
//! *References*: Bitcoin wiki "Base58Check encoding"; BIP 173 and BIP 350; EIP-55; XRP Ledger "Base58 encodings".

use sha2::{Digest, Sha256};

use crate::validators::keccak::keccak256;
use crate::verdict::Verdict;

/// Four bytes of check sum.
const BASE58_CHANCE: u32 = u32::MAX;
/// Six characters of five bits.
const BECH32_CHANCE: u32 = 1 << 30;
/// One bit for each letter, of which an address has about fifteen.
const EIP55_CHANCE: u32 = 1 << 15;

const BITCOIN: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const RIPPLE: &[u8; 58] = b"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

/// An address of any of the kinds; Unknown for one that carries no check sum (an Ethereum address in one case).
pub fn wallet(value: &str) -> Verdict {
    if let Some(hex) = value.strip_prefix("0x") {
        return eip55(hex);
    }
    if value.len() >= 14 && (value.is_ascii() && (bech32(value))) {
        return Verdict::Valid { chance: BECH32_CHANCE };
    }
    let alphabet = if value.starts_with('r') { RIPPLE } else { BITCOIN };
    if base58check(value, alphabet) { Verdict::Valid { chance: BASE58_CHANCE } } else { Verdict::Invalid }
}

/// Whether `value` decodes to a version, twenty bytes and their check sum.
fn base58check(value: &str, alphabet: &[u8; 58]) -> bool {
    if !(25..=36).contains(&value.len()) {
        return false;
    }
    // 21 bytes and four; a version of two bytes makes one more.
    let mut number = [0_u8; 26];
    for byte in value.bytes() {
        let Some(digit) = alphabet.iter().position(|letter| *letter == byte) else { return false };
        let mut carry = digit as u32;
        for place in number.iter_mut().rev() {
            carry += u32::from(*place) * 58;
            *place = carry as u8;
            carry >>= 8;
        }
        if carry != 0 {
            return false;
        }
    }
    let holds = |bytes: &[u8]| {
        let (payload, check) = bytes.split_at(bytes.len() - 4);
        Sha256::digest(Sha256::digest(payload))[..4] == *check
    };
    (number[0] == 0 && holds(&number[1..])) || holds(&number)
}

fn bech32(value: &str) -> bool {
    const LETTERS: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    let mixed = value.bytes().any(|byte| byte.is_ascii_lowercase()) && value.bytes().any(|byte| byte.is_ascii_uppercase());
    let lower = value.to_ascii_lowercase();
    let Some((prefix, data)) = lower.rsplit_once('1') else { return false };
    if mixed || prefix.is_empty() || data.len() < 12 || value.len() > 128 {
        return false;
    }
    let expanded = prefix.bytes().map(|byte| byte >> 5).chain([0]).chain(prefix.bytes().map(|byte| byte & 31));
    let mut sum = expanded.fold(1, polymod);
    for byte in data.bytes() {
        let Some(digit) = LETTERS.iter().position(|letter| *letter == byte) else { return false };
        sum = polymod(sum, digit as u8);
    }
    matches!(sum, 1 | 0x2bc8_30a3)
}

fn polymod(sum: u32, value: u8) -> u32 {
    const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    let top = sum >> 25;
    let next = (sum & 0x01ff_ffff) << 5 ^ u32::from(value);
    GENERATOR.iter().enumerate().fold(next, |next, (bit, term)| if top >> bit & 1 == 1 { next ^ term } else { next })
}

fn eip55(hex: &str) -> Verdict {
    if hex.len() != 40 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Verdict::Invalid;
    }
    let letters = || hex.bytes().filter(u8::is_ascii_alphabetic);
    if letters().all(|byte| byte.is_ascii_lowercase()) || letters().all(|byte| byte.is_ascii_uppercase()) {
        return Verdict::Unknown;
    }
    let digest = keccak256(hex.to_ascii_lowercase().as_bytes());
    let holds = hex.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_alphabetic()).all(|(place, byte)| {
        let nibble = digest[place / 2] >> (if place % 2 == 0 { 4 } else { 0 }) & 15;
        byte.is_ascii_uppercase() == (nibble >= 8)
    });
    if holds { Verdict::Valid { chance: EIP55_CHANCE } } else { Verdict::Invalid }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_addresses() {
        for valid in [
            "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
            "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh",
        ] {
            assert!(matches!(wallet(valid), Verdict::Valid { .. }), "{valid}");
        }
        for invalid in [
            "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
            "",
            "1",
        ] {
            assert_eq!(wallet(invalid), Verdict::Invalid, "{invalid}");
        }
        assert_eq!(wallet("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"), Verdict::Unknown);
    }
}
