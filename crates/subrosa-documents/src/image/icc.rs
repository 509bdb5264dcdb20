//! Colour profiles: their descriptions are blanked, their curves stay. Written to ICC.1:2022, clauses 7 and 10.

/// Types of tag that hold nothing but text.
const TEXTS: &[&[u8]] = &[b"desc", b"text", b"mluc", b"dict", b"ucmY"];

/// Overwrites the letters and digits of texts in a profile. A profile that breaks off is left as it is where it does.
pub(crate) fn blank_text(profile: &mut [u8]) {
    let long =
        |profile: &[u8], at: usize| Some(u32::from_be_bytes(profile.get(at..at.checked_add(4)?)?.try_into().ok()?) as usize);
    let Some(tags) = long(profile, 128) else { return };
    for tag in 0..tags.min(256) {
        let entry = 132 + 12 * tag;
        let (Some(start), Some(size)) = (long(profile, entry + 4), long(profile, entry + 8)) else { return };
        let Some(range) = start.checked_add(size).map(|end| start..end) else { continue };
        let Some(value) = profile.get_mut(range) else { continue };
        if !value.get(..4).is_some_and(|kind| TEXTS.contains(&kind)) {
            continue;
        }
        let from = match value.get(..4) {
            // Behind the table of languages.
            Some(b"mluc") => {
                let records = long(value, 8).unwrap_or(0).min(256);
                16_usize.saturating_add(records * 12)
            }
            Some(b"desc") => 12,
            _ => 8,
        };
        for byte in value.iter_mut().skip(from).filter(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii()) {
            *byte = b'x';
        }
    }
}
