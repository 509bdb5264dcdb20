//! Blanks removed values in streams that are not shown but hold names: font programs and character maps.

/// Shortest value that is looked for: shorter ones occur in binary data by chance.
const SHORTEST: usize = 4;

/// Overwrites each value (lower case, ASCII) with `x`, whatever its case, as bytes and as UTF-16.
pub(super) fn blank_values(data: &mut [u8], values: &[String]) {
    for value in values.iter().filter(|value| value.len() >= SHORTEST && value.is_ascii()) {
        let narrow: Vec<Option<u8>> = value.bytes().map(Some).collect();
        let wide: Vec<Option<u8>> = value.bytes().flat_map(|byte| [Some(0), Some(byte)]).collect();
        for pattern in [narrow, wide] {
            blank(data, &pattern);
        }
    }
}

fn blank(data: &mut [u8], pattern: &[Option<u8>]) {
    let matches = |window: &[u8]| window.iter().zip(pattern).all(|(byte, wanted)| wanted.is_none_or(|wanted| byte.to_ascii_lowercase() == wanted));
    let mut at = 0;
    while let Some(window) = data.get(at..at + pattern.len()) {
        if matches(window) {
            for (byte, wanted) in data[at..at + pattern.len()].iter_mut().zip(pattern) {
                if *wanted != Some(0) {
                    *byte = b'x';
                }
            }
        }
        at += 1;
    }
}
