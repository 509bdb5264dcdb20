//! Times of day.

use super::Form;
use super::number::digits;
use super::words;
use crate::block::Block;

/// The time that starts at byte `start`: its end, and [`Form::Time`] when it says that it is one (`am`, `Uhr`, `Z`, seconds).
pub fn time(text: &str, start: usize) -> Option<(usize, Form)> {
    let (hour, hour_len, mut end) = digits(text, start)?;
    if hour_len > 2 || hour > 24 {
        return None;
    }
    let bytes = text.as_bytes();
    let mut form = Form::BareTime;
    let mut minutes = false;
    if let Some(b':' | b'h' | b'H') = bytes.get(end)
        && let Some((minute, 2, minute_end)) = digits(text, end + 1)
        && minute < 60
    {
        minutes = true;
        if bytes[end] != b':' {
            form = Form::Time;
        }
        end = minute_end;
        if bytes.get(end) == Some(&b':')
            && let Some((second, 2, second_end)) = digits(text, end + 1)
            && second <= 60
        {
            end = second_end;
            if let Some(b'.' | b',') = bytes.get(end)
                && let Some((_, _, fraction_end)) = digits(text, end + 1)
            {
                end = fraction_end;
            }
        }
        if let Some(zone_end) = zone(text, end) {
            form = Form::Time;
            end = zone_end;
        }
    }
    if let Some(suffix_end) = suffix(text, end, minutes) {
        return (hour <= 24).then_some((suffix_end, Form::Time));
    }
    let stands_alone = bytes.get(end).is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b':');
    (minutes && stands_alone).then_some((end, form))
}

/// `Z`, `+01:00`, ` UTC`.
fn zone(text: &str, at: usize) -> Option<usize> {
    let rest = text.as_bytes().get(at..)?;
    match rest {
        [b'Z' | b'z', ..] if !rest.get(1).is_some_and(u8::is_ascii_alphanumeric) => Some(at + 1),
        [b'+' | b'-', b'0'..=b'1', b'0'..=b'9', b':', b'0'..=b'5', b'0'..=b'9', ..] => Some(at + 6),
        [b'+' | b'-', b'0'..=b'1', b'0'..=b'9', b'0'..=b'5', b'0'..=b'9', ..] => Some(at + 5),
        _ => [" UTC", " GMT"].iter().find(|zone| rest.starts_with(zone.as_bytes())).map(|zone| at + zone.len()),
    }
}

/// `am`, `p.m.`, `hrs`, `Uhr`, `o'clock`, perhaps after a blank.
fn suffix(text: &str, at: usize, minutes: bool) -> Option<usize> {
    const SUFFIXES: &[&str] = &["a.m.", "p.m.", "am", "pm", "uhr", "o'clock", "o’clock", "hrs"];
    let rest = text.get(at..)?;
    let rest = rest.strip_prefix([' ', '\u{a0}', '\u{202f}']).unwrap_or(rest);
    let from = text.len() - rest.len();
    // `8 hrs` is a duration, `08:00 hrs` a time.
    let known = if minutes { SUFFIXES } else { &SUFFIXES[..SUFFIXES.len() - 1] };
    known.iter().find_map(|suffix| {
        let found = rest.get(..suffix.len()).is_some_and(|start| start.eq_ignore_ascii_case(suffix));
        let after = rest.as_bytes().get(suffix.len());
        (found && after.is_none_or(|byte| !byte.is_ascii_alphanumeric())).then_some(from + suffix.len())
    })
}

/// A time at token `number` that no date goes before.
pub(super) fn alone(block: &Block<'_>, number: usize) -> Option<(usize, Form)> {
    let start = block.tokens[number].start as usize;
    let before = start.checked_sub(1).and_then(|before| block.text.as_bytes().get(before)).copied();
    if matches!(before, Some(b':' | b'.' | b'-' | b'/' | b',' | b'_' | b'$')) && number > 0 {
        return None;
    }
    let (end, form) = time(block.text, start)?;
    // `a mass at the 2 o'clock position` is no time.
    let next = block.token_at(end);
    if (next..next + 2).any(|index| matches!(block.str(index), "position" | "positions" | "meridian" | "radial"))
        || block.str(next) == "and" && block.text[start..end].contains("clock")
    {
        return None;
    }
    let cue = number > 0 && words::CLOCK.at(block, number - 1);
    Some((end, if cue { Form::Time } else { form }))
}
