//! What becomes of each element: the basic application level confidentiality profile of PS3.15, annex E, on the safe side.
//!
//! The profile lists attributes to remove. Here it is turned round: of the attributes that can hold text, dates or
//! identifiers, those stay that are listed as harmless, and all others go, listed or private or not known. Where the standard
//! wants an attribute to be there, it stays empty; identifiers of instances get new ones, the same for the same old one, so
//! that the images of a series stay together.

use sha2::{Digest as _, Sha256};

use super::data::{Element, Kinds, Value};

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Keep,
    /// Stays, with its value looked through.
    Text,
    Remove,
    Empty,
    /// A new identifier instead.
    Rename,
}

/// Attributes that must be there (types 1 and 2) and so stay empty.
const EMPTY: &[u32] = &[
    0x0008_0020,
    0x0008_0023,
    0x0008_0030,
    0x0008_0033,
    0x0008_0050,
    0x0008_0090,
    0x0010_0010,
    0x0010_0020,
    0x0010_0030,
    0x0010_0040,
    0x0020_0010,
    0x0008_0022,
    0x0008_002A,
    0x0018_1012,
    0x0040_2016,
    0x0040_2017,
    0x0070_0084,
];

/// Attributes with text that tells of machines and methods, not of people: they stay and are looked through.
const TEXT: &[u32] = &[
    0x0008_0060,
    0x0008_0070,
    0x0008_0100,
    0x0008_0102,
    0x0008_0103,
    0x0008_0104,
    0x0008_1090,
    0x0018_0015,
    0x0018_0024,
    0x0018_1020,
    0x0018_1160,
    0x0018_1210,
    0x0018_1261,
    0x0020_1040,
    0x0028_1055,
    0x0028_3003,
    0x0018_9005,
];

/// Attributes of coded strings and numbers that go all the same: marks of persons and places.
const REMOVED: &[u32] = &[
    0x0008_1084,
    0x0018_1078,
    0x0018_1079,
    0x0020_9158,
    0x0032_4000,
    0x0088_0200,
    0x0040_0275,
    0x0040_A730,
    0x0040_A027,
    0x0008_0092,
    0x0008_0096,
    0x0008_1049,
    0x0008_1052,
    0x0008_1062,
    0x0008_1072,
    0x0008_1110,
    0x0008_1111,
    0x0008_1120,
    0x0400_0402,
    0x0400_0403,
    0x0400_0550,
    0x0400_0561,
    0x0400_0500,
    0xFFFA_FFFA,
    0xFFFC_FFFC,
];

/// Attributes of dates, times and numbers of machines, where the kind of a value is not written.
const IMPLIED_REMOVED: &[u32] = &[0x0018_1012, 0x0018_1014, 0x0018_1200, 0x0018_1201, 0x0018_1000, 0x0018_1010, 0x0018_1202];

/// What becomes of an element at this depth.
pub(super) fn action(element: &Element, kinds: Kinds) -> Action {
    let tag = element.tag;
    let (group, number) = (tag >> 16, tag & 0xFFFF);
    // Private groups, lengths of groups, curves, overlays, trials, records of persons.
    if group % 2 == 1 || number == 0 || matches!(group & 0xFF00, 0x5000 | 0x6000) {
        return Action::Remove;
    }
    if EMPTY.contains(&tag) {
        return Action::Empty;
    }
    if REMOVED.contains(&tag) || matches!(group, 0x0010 | 0x0012 | 0x0032 | 0x0038 | 0x4008 | 0x0400 | 0x4000) {
        return Action::Remove;
    }
    if TEXT.contains(&tag) {
        return Action::Text;
    }
    match (&element.value, &element.kind) {
        (Value::Fragments(_), _) => Action::Keep,
        (Value::Items(_), _) => Action::Keep,
        (Value::Plain(_), b"CS" | b"DS" | b"IS") => Action::Text,
        (Value::Plain(value), b"UI") => uid(value),
        (Value::Plain(_), b"AT" | b"FD" | b"FL" | b"SL" | b"SS" | b"SV" | b"UL" | b"US" | b"UV" | b"OD" | b"OF" | b"OL") => {
            Action::Keep
        }
        // Tables of colours and pixels; other bytes may be anything, such as an enclosed document.
        (Value::Plain(_), b"OB" | b"OV" | b"OW") if matches!(group, 0x0028 | 0x7FE0) => Action::Keep,
        (Value::Plain(value), b"  ") if kinds == Kinds::Implied => implied(tag, value),
        _ => Action::Remove,
    }
}

/// The identifiers of the standard's own classes stay.
fn uid(value: &[u8]) -> Action {
    let own = value.starts_with(b"1.2.840.10008.");
    if own && value.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | 0 | b' ')) {
        Action::Keep
    } else {
        Action::Rename
    }
}

/// An element whose kind is not written: identifiers by their look, numbers and codes of the image by their group.
fn implied(tag: u32, value: &[u8]) -> Action {
    let text = value.trim_ascii_end();
    let text = text.strip_suffix(&[0]).unwrap_or(text);
    let group = tag >> 16;
    if tag == super::data::PIXELS || tag == 0x0008_0008 || tag == 0x0008_0005 {
        return Action::Keep;
    }
    let numbers =
        text.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'E' | b'e' | b'\\' | b' '));
    if matches!(group, 0x0008 | 0x0020 | 0x0040 | 0x0088) && numbers && text.iter().filter(|byte| **byte == b'.').count() > 4 {
        return uid(value);
    }
    let date = text.len() == 8 && text.iter().all(u8::is_ascii_digit);
    match group {
        0x0028 => Action::Keep,
        0x0018 | 0x0020 | 0x0054 if numbers && !date && !IMPLIED_REMOVED.contains(&tag) => Action::Text,
        0x0018 | 0x0020 if text.len() <= 16 && text.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_') => Action::Text,
        _ => Action::Remove,
    }
}

/// The new identifier for an old one: of the branch for identifiers without an owner (PS3.5, B.2).
pub(super) fn renamed(old: &[u8]) -> String {
    let old = old.trim_ascii_end();
    let old = old.strip_suffix(&[0]).unwrap_or(old);
    let digest: [u8; 32] = Sha256::digest([b"subrosa uid ", old].concat()).into();
    let number = digest.iter().take(15).fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
    format!("2.25.{number}")
}

/// The names of attributes that hold personal data most often, as labels. Others are labelled by their number.
pub(super) fn name(tag: u32) -> &'static str {
    match tag {
        0x0010_0010 => "Patient Name",
        0x0010_0020 | 0x0010_1000 | 0x0010_1002 => "Patient ID",
        0x0010_0030 | 0x0010_0032 => "Patient Birth Date",
        0x0010_0040 => "Patient Sex",
        0x0010_1001 => "Other Patient Names",
        0x0010_1005 => "Patient Birth Name",
        0x0010_1010 => "Patient Age",
        0x0010_1040 => "Patient Address",
        0x0010_1060 => "Patient Mother Birth Name",
        0x0010_2154 => "Patient Telephone Numbers",
        0x0010_2180 => "Occupation",
        0x0010_21B0 => "Additional Patient History",
        0x0010_4000 => "Patient Comments",
        0x0008_0050 => "Accession Number",
        0x0008_0080 => "Institution Name",
        0x0008_0081 => "Institution Address",
        0x0008_0090 => "Referring Physician Name",
        0x0008_0020 => "Study Date",
        0x0008_0021 => "Series Date",
        0x0008_0022 => "Acquisition Date",
        0x0008_0023 => "Content Date",
        0x0008_1010 => "Station Name",
        0x0008_1030 => "Study Description",
        0x0008_103E => "Series Description",
        0x0008_1040 => "Institutional Department Name",
        0x0008_1048 => "Physician Of Record",
        0x0008_1050 => "Performing Physician Name",
        0x0008_1060 => "Name Of Physician Reading Study",
        0x0008_1070 => "Operators Name",
        0x0018_1000 => "Device Serial Number",
        0x0020_0010 => "Study ID",
        0x0020_4000 => "Image Comments",
        0x0032_1032 => "Requesting Physician",
        0x0038_0010 => "Admission ID",
        0x0040_0006 => "Scheduled Performing Physician Name",
        0x0040_A123 => "Person Name",
        0x0040_A160 => "Text Value",
        _ => "",
    }
}
