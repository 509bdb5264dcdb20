//! Names of members in the encoding of DOS, which the format takes for granted where nothing else is told.

/// Code page 437 from 0x80 on.
const LETTERS: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// Decodes code page 437.
pub(super) fn decode(bytes: &[u8]) -> String {
    let upper: Vec<char> = LETTERS.chars().collect();
    let char = |byte: u8| usize::from(byte).checked_sub(0x80).and_then(|at| upper.get(at)).copied().unwrap_or(char::from(byte));
    bytes.iter().map(|&byte| char(byte)).collect()
}

/// Whether bytes are likely to be code page 437: nothing but its letters. Names in other encodings use other bytes, too.
pub(super) fn is_likely(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| matches!(byte, 0..=0xA5 | 0xE1) && *byte != 0x7F)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_their_places() {
        assert_eq!(LETTERS.chars().count(), 128);
        assert_eq!(decode(b"Zo\x89 M\x81ller.txt"), "Zoë Müller.txt");
        assert!(is_likely(b"Zo\x89") && !is_likely("имя".as_bytes()));
    }
}
