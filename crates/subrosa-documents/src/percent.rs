//! Percent-encoding: `%C3%BC`. A `%` that begins no escape is itself, as readers have it. Reference: RFC 3986, section 2.1.

/// The bytes that a text stands for.
pub(crate) fn decode(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let digit = |at: usize| text.get(at).and_then(|&byte| char::from(byte).to_digit(16));
        if let (b'%', Some(high), Some(low)) = (byte, digit(at + 1), digit(at + 2)) {
            out.push((high * 16 + low) as u8);
            at += 3;
        } else {
            out.push(byte);
            at += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn escapes_and_what_is_none() {
        assert_eq!(decode(b"J%C3%bcrgen %4a%+4%4%"), "J\u{fc}rgen J%+4%4%".as_bytes());
    }
}
