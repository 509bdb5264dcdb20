//! The State of the United States, or the district or territory, that an address tells.

/// Codes and names, by code.
#[rustfmt::skip]
const STATES: &[(&str, &str)] = &[
    ("AK", "Alaska"), ("AL", "Alabama"), ("AR", "Arkansas"), ("AZ", "Arizona"), ("CA", "California"), ("CO", "Colorado"),
    ("CT", "Connecticut"), ("DC", "District of Columbia"), ("DE", "Delaware"), ("FL", "Florida"), ("GA", "Georgia"),
    ("GU", "Guam"), ("HI", "Hawaii"), ("IA", "Iowa"), ("ID", "Idaho"), ("IL", "Illinois"), ("IN", "Indiana"), ("KS", "Kansas"),
    ("KY", "Kentucky"), ("LA", "Louisiana"), ("MA", "Massachusetts"), ("MD", "Maryland"), ("ME", "Maine"), ("MI", "Michigan"),
    ("MN", "Minnesota"), ("MO", "Missouri"), ("MS", "Mississippi"), ("MT", "Montana"), ("NC", "North Carolina"),
    ("ND", "North Dakota"), ("NE", "Nebraska"), ("NH", "New Hampshire"), ("NJ", "New Jersey"), ("NM", "New Mexico"),
    ("NV", "Nevada"), ("NY", "New York"), ("OH", "Ohio"), ("OK", "Oklahoma"), ("OR", "Oregon"), ("PA", "Pennsylvania"),
    ("PR", "Puerto Rico"), ("RI", "Rhode Island"), ("SC", "South Carolina"), ("SD", "South Dakota"), ("TN", "Tennessee"),
    ("TX", "Texas"), ("UT", "Utah"), ("VA", "Virginia"), ("VI", "Virgin Islands"), ("VT", "Vermont"), ("WA", "Washington"),
    ("WI", "Wisconsin"), ("WV", "West Virginia"), ("WY", "Wyoming"),
];

/// The State that a field for States holds: its code or its name.
pub fn of_field(text: &str) -> Option<&'static str> {
    let text = text.trim();
    STATES.iter().find(|(code, name)| text.eq_ignore_ascii_case(code) || text.eq_ignore_ascii_case(name)).map(|(code, _)| *code)
}

/// The State that an address tells: a code before a postal code or at the end of a line behind a comma (`Springfield, IL 62701`),
/// a name behind a comma (`Columbus, Ohio`). Codes count in capitals only, for `in` and `or` are words.
pub fn of_address(text: &str) -> Option<&'static str> {
    let pieces: Vec<&str> = text.split([',', '\n', ';']).map(str::trim).collect();
    pieces.iter().enumerate().skip(1).rev().find_map(|(_, piece)| of_piece(piece)).or_else(|| with_zip(text))
}

/// A piece between commas: `IL`, `IL 62701`, `Ohio 43004`.
fn of_piece(piece: &str) -> Option<&'static str> {
    let bare = piece.trim_end_matches(|sign: char| sign.is_ascii_digit() || matches!(sign, '-' | ' ' | '.'));
    STATES.iter().find(|(code, name)| bare == *code || bare.eq_ignore_ascii_case(name)).map(|(code, _)| *code)
}

/// A code in capitals right before a postal code of five digits.
fn with_zip(text: &str) -> Option<&'static str> {
    let words: Vec<&str> = text.split(|sign: char| sign.is_whitespace() || sign == ',').filter(|word| !word.is_empty()).collect();
    words.array_windows().rev().find_map(|[code, zip]| {
        let digits = zip.get(..5)?.bytes().all(|byte| byte.is_ascii_digit()) && zip.len() <= 10;
        STATES.iter().find(|(known, _)| digits && known == code).map(|(code, _)| *code)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_of_addresses() {
        for (address, expected) in [
            ("12 Elm Street, Springfield, IL 62701", Some("IL")),
            ("12 Elm Street, Columbus, Ohio", Some("OH")),
            ("12 Elm Street\nColumbus OH 43004-1234", Some("OH")),
            ("12 Elm Street, Columbus, Ohio 43004, USA", Some("OH")),
            ("19 Pemberton Close, Harrowdale", None),
            ("come in 12345 or", None),
            ("New York", None),
            ("1 Main St, New York, NY", Some("NY")),
            ("", None),
        ] {
            assert_eq!(of_address(address), expected, "{address}");
        }
        assert_eq!(of_field(" ohio "), Some("OH"));
        assert_eq!(of_field("tx"), Some("TX"));
        assert_eq!(of_field("Bavaria"), None);
    }
}
