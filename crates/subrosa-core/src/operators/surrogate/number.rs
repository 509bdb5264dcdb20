//! Stand-ins for numbers, all from ranges that nobody has.
//!
//! | what | range |
//! | --- | --- |
//! | telephone, North America | 555-0100 to 555-0199, with the area code 555 (North American Numbering Plan, numbers for fiction) |
//! | telephone, United Kingdom | 01632 960xxx, 07700 900xxx (Ofcom, numbers for drama) |
//! | telephone, France | 01 99 00 xx xx, 06 39 98 xx xx (ARCEP, numbers for audiovisual works) |
//! | telephone, Germany | 030 23125 xxx (Bundesnetzagentur, numbers for films) |
//! | `US_SSN` | area 666, never given out |
//! | `US_ITIN` | middle 93, never given out |
//! | `US_EIN` | prefix 00, never given out |
//! | `UK_NHS` | 999, for tests, with its check digit |
//! | `UK_NINO` | prefix QQ, never given out |
//! | `ZIP_CODE` | 000xx, never given out |
//! | `CREDIT_CARD` | the test numbers that payment services publish |
//! | `IP_ADDRESS` | 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24 (RFC 5737), 2001:db8::/32 (RFC 3849) |
//! | `MAC_ADDRESS` | 00-00-5E-00-53-xx (RFC 7042) |

use super::super::keyed::Draws;

/// The stand-in for a number of an entity, in the form of the value; nothing where no range is known.
pub(super) fn stand_in(entity: &str, value: &str, draws: &mut Draws) -> Option<String> {
    // The ranges are small: where the value is itself a stand-in, another is drawn.
    (0..64).find_map(|_| {
        let text = once(entity, value, draws)?;
        (text != value).then_some(text)
    })
}

fn once(entity: &str, value: &str, draws: &mut Draws) -> Option<String> {
    match entity {
        "IP_ADDRESS" => return ip_address(value, draws),
        "MAC_ADDRESS" => return mac_address(value, draws),
        _ => {}
    }
    let signs: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
    let foreign = value.chars().any(|sign| sign.is_alphanumeric() && !sign.is_ascii());
    let digits = signs.bytes().all(|sign| sign.is_ascii_digit());
    if foreign || signs.is_empty() {
        return None;
    }
    let new = match (entity, signs.len()) {
        ("PHONE_NUMBER" | "FAX_NUMBER", _) if digits => telephone(value, &signs, draws)?,
        ("US_SSN", 9) if digits => format!("666{:02}{:04}", 1 + draws.below(99), 1 + draws.below(9999)),
        ("US_ITIN", 9) if digits => format!("9{:02}93{:04}", draws.below(100), draws.below(10_000)),
        ("US_EIN", 9) if digits => format!("00{:07}", draws.below(10_000_000)),
        ("UK_NHS", 10) if digits => nhs(draws),
        ("UK_NINO", 8 | 9) => format!("QQ{:06}A", draws.below(1_000_000)),
        ("ZIP_CODE", 5 | 9) if digits => format!("000{:02}{:04}", draws.below(100), draws.below(10_000)),
        ("CREDIT_CARD", length) if digits => {
            let same: Vec<&str> = CARDS.iter().copied().filter(|card| card.len() == length).collect();
            let alike: Vec<&str> =
                same.iter().copied().filter(|card| card.as_bytes().first() == signs.as_bytes().first()).collect();
            let cards = if alike.iter().any(|card| **card != *signs) { alike } else { same };
            draws.one(&cards).to_owned()
        }
        _ => return None,
    };
    filled(value, &new)
}

/// Numbers that payment services publish for tests.
#[rustfmt::skip] // many a line
const CARDS: &[&str] = &[
    "4111111111111111", "4012888888881881", "4242424242424242", "5555555555554444", "5105105105105100", "2223003122003222",
    "6011111111111117", "6011000990139424", "3530111333300000", "3566002020360505", "378282246310005", "371449635398431",
    "378734493671000", "30569309025904", "38520000023237",
];

/// The value with other letters and digits in their places; nothing where they do not suffice.
fn filled(value: &str, new: &str) -> Option<String> {
    let mut new = new.chars();
    value.chars().map(|sign| if sign.is_ascii_alphanumeric() { new.next() } else { Some(sign) }).collect()
}

/// The digits of another telephone number of as many.
fn telephone(value: &str, digits: &str, draws: &mut Draws) -> Option<String> {
    let american = format!("555555{:04}", 100 + draws.below(100));
    let (country, national) = if value.trim_start().starts_with('+') {
        ("", digits)
    } else {
        digits.strip_prefix("00").map_or(("0", digits), |rest| ("00", rest))
    };
    if country == "0" {
        return match (digits.len(), digits.as_bytes().first()) {
            (7, Some(b'2'..=b'9')) => american.get(3..).map(str::to_owned),
            (10, Some(b'2'..=b'9')) => Some(american),
            (11, Some(b'1')) => Some(format!("1{american}")),
            (10, Some(b'0')) => Some(format!("0{}", french(&digits[1..], draws))),
            (11, Some(b'0')) => Some(format!("0{}", british(&digits[1..], draws))),
            _ => None,
        };
    }
    // The 0 that some write in brackets behind the country code stays.
    let (code, rest) = national.split_at_checked(if national.starts_with('1') { 1 } else { 2 })?;
    let (zero, rest) = rest.strip_prefix('0').map_or(("", rest), |rest| ("0", rest));
    let new = match (code, rest.len()) {
        ("1", 10) => american,
        ("44", 10) => british(rest, draws),
        ("33", 9) => french(rest, draws),
        ("49", 10) => format!("3023125{:03}", draws.below(1000)),
        _ => return None,
    };
    Some(format!("{country}{code}{zero}{new}"))
}

fn british(rest: &str, draws: &mut Draws) -> String {
    let range = if rest.starts_with('7') { "7700900" } else { "1632960" };
    format!("{range}{:03}", draws.below(1000))
}

fn french(rest: &str, draws: &mut Draws) -> String {
    let range = if rest.starts_with(['6', '7']) { "63998" } else { "19900" };
    format!("{range}{:04}", draws.below(10_000))
}

/// A number of the range for tests, with its check digit (modulo 11).
fn nhs(draws: &mut Draws) -> String {
    loop {
        let body = format!("999{:06}", draws.below(1_000_000));
        let sum: u32 = body.bytes().zip((2..=10).rev()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
        let check = (11 - sum % 11) % 11;
        if check < 10 {
            return format!("{body}{check}");
        }
    }
}

fn ip_address(value: &str, draws: &mut Draws) -> Option<String> {
    match value.parse().ok()? {
        std::net::IpAddr::V4(_) => {
            let network = draws.one(&["192.0.2", "198.51.100", "203.0.113"]);
            Some(format!("{network}.{}", 1 + draws.below(254)))
        }
        std::net::IpAddr::V6(_) => Some(format!("2001:db8::{:x}:{:x}", 1 + draws.below(0xfffe), 1 + draws.below(0xfffe))),
    }
}

fn mac_address(value: &str, draws: &mut Draws) -> Option<String> {
    let signs = value.chars().filter(char::is_ascii_hexdigit).count();
    if signs != 12 || value.chars().any(|sign| sign.is_alphanumeric() && !sign.is_ascii_hexdigit()) {
        return None;
    }
    let new = format!("00005e0053{:02x}", draws.below(256));
    filled(value, &if value.contains(|sign: char| sign.is_ascii_uppercase()) { new.to_uppercase() } else { new })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operators::testing::key;

    fn made(entity: &str, value: &str) -> Option<String> {
        stand_in(entity, value, &mut Draws::new(&key(), &[value.as_bytes()]))
    }

    #[track_caller]
    fn case(entity: &str, value: &str, form: &str) {
        let text = made(entity, value).unwrap_or_default();
        assert_eq!(text.len(), form.len(), "{text}");
        assert!(
            text.chars().zip(form.chars()).all(|(sign, form)| form == '#' && sign.is_ascii_digit() || sign == form),
            "{text}"
        );
        assert_ne!(text, value);
    }

    #[test]
    fn telephones_are_for_fiction() {
        case("PHONE_NUMBER", "(212) 555-0147", "(555) 555-01##");
        case("PHONE_NUMBER", "555-0147", "555-01##");
        case("FAX_NUMBER", "+1 212 555 0147", "+1 555 555 01##");
        case("PHONE_NUMBER", "1-212-555-0147", "1-555-555-01##");
        case("PHONE_NUMBER", "020 7946 0123", "016 3296 0###");
        case("PHONE_NUMBER", "+44 20 7946 0123", "+44 16 3296 0###");
        case("PHONE_NUMBER", "+44 (0)7700 900123", "+44 (0)7700 900###");
        case("PHONE_NUMBER", "06 39 98 12 34", "06 39 98 ## ##");
        case("PHONE_NUMBER", "+33 1 99 00 12 34", "+33 1 99 00 ## ##");
        case("PHONE_NUMBER", "+49 30 23125 123", "+49 30 23125 ###");
        for value in ["+34 600 000 000", "12345", "1-800-FLOWERS", "555-0100 x12", "", "+", "00", "+4", "٠١٢٣"] {
            assert_eq!(made("PHONE_NUMBER", value), None, "{value}");
        }
    }

    #[test]
    fn ids_are_from_ranges_never_given_out() {
        case("US_SSN", "000-12-3456", "666-##-####");
        case("US_ITIN", "900-70-0000", "9##-93-####");
        case("US_EIN", "12-3456789", "00-#######");
        case("UK_NHS", "999 000 0018", "999 ### ####");
        case("UK_NINO", "QQ 12 34 56 C", "QQ ## ## ## A");
        case("ZIP_CODE", "02139-4307", "000##-####");
        case("ZIP_CODE", "02139", "000##");
        assert_eq!(made("ES_NIF", "12345678Z"), None);
        assert_eq!(made("US_SSN", "123"), None);
    }

    #[test]
    fn cards_are_published_ones() {
        for value in ["4111 1111 1111 1111", "378282246310005", "5105105105105100", "38520000023237"] {
            let card: String = made("CREDIT_CARD", value).unwrap().chars().filter(char::is_ascii_digit).collect();
            assert!(CARDS.contains(&card.as_str()));
            assert_ne!(card, value.replace(' ', ""));
        }
        assert_eq!(made("CREDIT_CARD", "4222222222222"), None);
    }

    #[test]
    fn addresses_of_machines_are_for_documentation() {
        assert!(made("IP_ADDRESS", "10.1.2.3").is_some_and(|text| text.parse::<std::net::Ipv4Addr>().is_ok()));
        assert!(made("IP_ADDRESS", "fe80::1").is_some_and(|text| text.starts_with("2001:db8::")));
        assert_eq!(made("IP_ADDRESS", "10.0.0.0/8"), None);
        assert!(made("MAC_ADDRESS", "AA-BB-CC-DD-EE-FF").is_some_and(|text| text.starts_with("00-00-5E-00-53-")));
        assert!(made("MAC_ADDRESS", "aabb.ccdd.eeff").is_some_and(|text| text.starts_with("0000.5e00.53")));
    }

    #[test]
    fn check_digits_are_right() {
        for i in 0..50_u8 {
            let text = nhs(&mut Draws::new(&key(), &[&[i]]));
            let sum: u32 = text.bytes().zip((1..=10).rev()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
            assert_eq!(sum % 11, 0, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_value_can_be_asked(value in "\\PC{0,24}|[+0-9 ().-]{0,20}|[0-9A-Fa-f:.-]{0,20}", entity in 0_usize..10) {
            let entities = ["PHONE_NUMBER", "US_SSN", "US_ITIN", "US_EIN", "UK_NHS", "UK_NINO", "ZIP_CODE", "CREDIT_CARD", "IP_ADDRESS", "MAC_ADDRESS"];
            let text = made(entities[entity], &value);
            proptest::prop_assert_ne!(text.as_ref(), Some(&value));
        }
    }
}
