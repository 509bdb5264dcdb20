//! Dates with a month in letters, and years.
//!
//! Everything starts at a number, since numbers are what wakes a recognizer: the day of `3 March` and of `March 3`, the year of
//! `March 2019`. Names are looked for on the few tokens around it.

use super::Form;
use super::month::{Month, exists, month, named};
use super::number::digits;
use super::words;
use crate::block::Block;
use crate::token::{Gap, Kind};

/// First token, last token, form.
type Written = (usize, usize, Form);

/// The number of an all-digit token.
fn number(block: &Block<'_>, index: usize) -> Option<(u32, usize)> {
    let token = block.token(index)?;
    let (value, len, end) = digits(block.text, token.start as usize)?;
    (token.kind == Kind::Number && end == token.end as usize).then_some((value, len))
}

/// A day of the month and whether it is an ordinal: `3`, `03`, `3rd`, `1er`, `1º`.
fn day(block: &Block<'_>, index: usize) -> Option<(u32, bool)> {
    let token = block.token(index)?;
    if token.kind != Kind::Number || token.len() > 5 {
        return None;
    }
    let (value, len, end) = digits(block.text, token.start as usize)?;
    let suffix = &block.text[end..token.end as usize];
    let ordinal = ["st", "nd", "rd", "th", "er", "º", "ª", "e"].iter().any(|known| suffix.eq_ignore_ascii_case(known));
    (len <= 2 && (1..=31).contains(&value) && (suffix.is_empty() || ordinal)).then_some((value, ordinal))
}

fn touches(block: &Block<'_>, index: usize) -> bool {
    block.token(index).is_some_and(|token| token.gap == Gap::None)
}

fn near(block: &Block<'_>, index: usize) -> bool {
    block.token(index).is_some_and(|token| token.gap <= Gap::Line)
}

fn byte(block: &Block<'_>, index: usize, byte: u8) -> bool {
    block.token(index).is_some_and(|token| token.is_byte(byte))
}

/// `index`, or past a full stop that touches the token before.
fn past_stop(block: &Block<'_>, index: usize) -> usize {
    if byte(block, index, b'.') && touches(block, index) { index + 1 } else { index }
}

/// A date with a month in letters to which the number at `at` belongs.
pub(super) fn written(block: &Block<'_>, at: usize) -> Option<Written> {
    compact(block, at).or_else(|| day_first(block, at)).or_else(|| month_first(block, at)).or_else(|| month_year(block, at))
}

/// `17Feb2023`.
fn compact(block: &Block<'_>, at: usize) -> Option<Written> {
    let text = block.str(at);
    let (day, day_len, letters) = digits(text, 0)?;
    let name_len = text[letters..].bytes().take_while(u8::is_ascii_alphabetic).count();
    if day_len > 2 || name_len < 3 {
        return None;
    }
    let month = named(&text[letters..letters + name_len])?;
    let (year, year_len, end) = digits(text, letters + name_len)?;
    let is_year = year_len == 2 || year_len == 4 && (1700..2200).contains(&year);
    (end == text.len() && is_year && exists(None, month, day)).then_some((at, at, Form::Full))
}

/// `3 March 1980`, `3rd of March`, `3-5 March 1980`, `12, 13 and 14 March`, `17-Feb-2023`.
fn day_first(block: &Block<'_>, at: usize) -> Option<Written> {
    if touches(block, at) && at > 0 && matches!(block.tokens[at - 1].kind, Kind::Punctuation(b'.' | b',' | b'$' | b'/')) {
        return None;
    }
    let (value, ordinal) = day(block, at)?;
    let mut last_day = at;
    // Further days up to the month; only believed when it comes.
    for _ in 0..4 {
        let mut next = past_stop(block, last_day + 1);
        let comma = byte(block, next, b',') || byte(block, next, b'-') || byte(block, next, b'/') || byte(block, next, b'&');
        next += usize::from(comma);
        next += usize::from(words::RANGE.at(block, next));
        if next == last_day + 1 || !near(block, next) || day(block, next).is_none() {
            break;
        }
        last_day = next;
    }
    let mut next = past_stop(block, last_day + 1);
    // `… port 22.` ends its line.
    if next > last_day + 1 && block.token(next).is_some_and(|token| token.gap >= Gap::Line) {
        return None;
    }
    let mut connected = ordinal;
    if byte(block, next, b'-') || byte(block, next, b'/') {
        next += 1;
        connected = true;
    }
    if words::OF_MONTH.at(block, next) || block.token(next).is_some_and(|token| token.kind == Kind::Word && token.len() == 1) {
        next += 1; // `of`, `de`; the `d` of `d'août`
        next += usize::from(byte(block, next, b'\''));
        connected = true;
    }
    let found = month(block, next).filter(|_| near(block, next))?;
    if !exists(None, found.number, value) {
        return None;
    }
    let valid = |year| exists(year, found.number, value);
    let with_year = year_after(block, next, true).filter(|(_, year)| valid(*year));
    match with_year {
        Some((last, _)) => Some((at, last, Form::Full)),
        None => (!found.doubtful || connected).then_some((at, next, Form::Day)),
    }
}

/// `March 3rd, 1980`, `Mar. 3`, `March 3-5, 2019`.
fn month_first(block: &Block<'_>, at: usize) -> Option<Written> {
    let (value, ordinal) = day(block, at)?;
    if !near(block, at) {
        return None;
    }
    // `in May.\n10 people`: another sentence.
    if block.tokens[at].gap >= Gap::Line && byte(block, at.checked_sub(1)?, b'.') {
        return None;
    }
    let (first, found) = month_before(block, at)?;
    if !exists(None, found.number, value) || byte(block, at + 1, b'%') {
        return None;
    }
    // `March 3.5`, `May 10:30`
    if touches(block, at + 1)
        && matches!(block.tokens[at + 1].kind, Kind::Punctuation(b'.' | b':'))
        && touches(block, at + 2)
        && number(block, at + 2).is_some()
    {
        return None;
    }
    let mut last = at;
    for _ in 0..4 {
        let mut next = last + 1;
        let mark = byte(block, next, b',') || byte(block, next, b'-') || byte(block, next, b'&');
        next += usize::from(mark);
        next += usize::from(words::RANGE.at(block, next));
        // `March 3 and 4 other patients`: a further day is believed only when something ends or a year follows.
        let ends = block.token(next + 1).is_none_or(|after| !matches!(after.kind, Kind::Word) || after.gap >= Gap::Line);
        if next == last + 1 || day(block, next).is_none() || !near(block, next) || !ends || month(block, next + 1).is_some() {
            break;
        }
        last = next;
    }
    if let Some((last, year)) = year_after(block, last, false)
        && exists(year, found.number, value)
    {
        return Some((first, last, Form::Full));
    }
    (!found.doubtful || ordinal).then_some((first, last, Form::Day))
}

/// `March 2019`, `Mar '98`, `March of 2019`, `March-May 2019`, `spring 1998`.
fn month_year(block: &Block<'_>, at: usize) -> Option<Written> {
    let (value, len) = number(block, at)?;
    let apostrophe = byte(block, at.checked_sub(1)?, b'\'') && touches(block, at);
    let dash = (byte(block, at - 1, b'-') || byte(block, at - 1, b'/')) && touches(block, at);
    let four = len == 4 && (1700..2200).contains(&value);
    let two = len == 2 && (apostrophe || dash);
    if !(four || two) || !near(block, at) {
        return None;
    }
    let mut before = at - 1;
    before -= usize::from((apostrophe || dash || byte(block, before, b',')) && before > 0);
    // `septiembre del año 2000`
    before -= usize::from(words::YEAR_WORDS.at(block, before) && before > 0);
    before -= usize::from(words::OF.at(block, before) && before > 0);
    if (words::PARTS.at(block, before) || block.str(before) == "half") && four {
        return Some((before, at, Form::Month));
    }
    let (first, _) = month_before(block, before + 1)?;
    let first = earlier_month(block, first).unwrap_or(first);
    Some((first, at, if two { Form::MonthShort } else { Form::Month }))
}

/// The month of `March to` before the month at `first`.
fn earlier_month(block: &Block<'_>, first: usize) -> Option<usize> {
    let joint = first.checked_sub(1)?;
    if !(words::RANGE.at(block, joint) || byte(block, joint, b'-') || byte(block, joint, b'/')) {
        return None;
    }
    month_before(block, joint).map(|(first, _)| first)
}

/// The month whose name ends right before token `at`, with or without a full stop.
fn month_before(block: &Block<'_>, at: usize) -> Option<(usize, Month)> {
    let mut name = at.checked_sub(1)?;
    if byte(block, name, b'.') && touches(block, name) || words::ARTICLES.at(block, name) {
        name = name.checked_sub(1)?;
    }
    month(block, name).map(|month| (name, month))
}

/// The year after token `last`, past commas and `of`. Two digits count only when a mark says that they are a year.
pub(super) fn year_after(block: &Block<'_>, last: usize, after_month: bool) -> Option<(usize, Option<u32>)> {
    let mut at = past_stop(block, last + 1);
    let dash = (byte(block, at, b'-') || byte(block, at, b'/')) && touches(block, at);
    at += usize::from(dash || byte(block, at, b','));
    at += usize::from(words::OF.at(block, at));
    let apostrophe = byte(block, at, b'\'');
    at += usize::from(apostrophe);
    if !near(block, at) {
        return None;
    }
    let (value, len) = number(block, at)?;
    match len {
        4 if (1700..2200).contains(&value) => Some((at, Some(value))),
        2 if apostrophe || dash && after_month || after_month && value > 31 && at == last + 1 => Some((at, None)),
        _ => None,
    }
}

/// A year that words around it show to be one, or a decade: `in 1998`, `(1998)`, `1980s`.
pub(super) fn year(block: &Block<'_>, at: usize) -> Option<Written> {
    if let Some(decade) = decade(block, at) {
        return Some(decade);
    }
    let (value, len) = number(block, at)?;
    let before = at.checked_sub(1)?;
    let short = len == 2 && byte(block, before, b'\'') && touches(block, at) && before > 0;
    let mut cue = if short { before - 1 } else { before };
    // `c. 1818`
    cue -= usize::from(byte(block, cue, b'.') && cue > 0 && matches!(block.str(cue - 1), "c" | "ca"));
    let old = len == 4
        && (1500..1900).contains(&value)
        && (words::SURE_YEAR.at(block, cue)
            || byte(block, cue, b'(') && block.tokens[cue].gap != Gap::None
            || second_year(block, cue)
            || words::PARTS.at(block, cue));
    if !(short || old || len == 4 && (1900..2100).contains(&value)) {
        return None;
    }
    let close = block.tokens[if short { before } else { at }].gap <= Gap::Line;
    let announced = close && (words::YEAR.at(block, cue) || second_year(block, cue));
    // `the 2004 judgment`, `a 1973 film`; `since the 2004 ...`.
    let article = close && !short && words::ARTICLES.at(block, before);
    let described = article
        && block.token(at + 1).is_some_and(|next| next.kind == Kind::Word && next.gap <= Gap::Blank)
        && !words::LAWS.at(block, at + 1)
        || article && before > 0 && words::YEAR.at(block, before - 1);
    // `Hysterectomy, 1996.`
    let ends = block.token(at + 1).is_none_or(|next| next.gap >= Gap::Line || next.is_byte(b'.') || next.is_byte(b')'));
    let last = ends && byte(block, before, b',') && before > 0 && block.tokens[before - 1].kind == Kind::Word && !short;
    let closes = matches!(block.token(at + 1).map(|next| next.kind), Some(Kind::Punctuation(b')' | b',' | b';' | b'-')))
        || words::RANGE.at(block, at + 1);
    // `f(1998, 3)` is a call.
    let bracketed = byte(block, before, b'(') && closes && !short && block.tokens[before].gap != Gap::None;
    if !(announced || bracketed || described || last) || counts_things(block, at) {
        return None;
    }
    Some((if short { before } else { at }, at, Form::Year))
}

/// The `1980s`, the `'80s`, `1980's`.
fn decade(block: &Block<'_>, at: usize) -> Option<Written> {
    let text = block.str(at);
    let (value, len, end) = digits(text, 0)?;
    let apostrophe_s = end == text.len() && byte(block, at + 1, b'\'') && block.str(at + 2) == "s" && touches(block, at + 2);
    if !(text[end..].eq_ignore_ascii_case("s") || apostrophe_s) || !value.is_multiple_of(10) {
        return None;
    }
    let last = if apostrophe_s { at + 2 } else { at };
    if len == 4 && (1700..2100).contains(&value) {
        return Some((at, last, Form::Decade));
    }
    let short = len == 2 && at > 0 && byte(block, at - 1, b'\'') && touches(block, at);
    short.then(|| (at - 1, last, Form::Decade))
}

/// `1998 and`, `1998 to` after an announced year.
fn second_year(block: &Block<'_>, joint: usize) -> bool {
    let joined = words::RANGE.at(block, joint) || byte(block, joint, b',') || byte(block, joint, b'-');
    joined
        && joint > 0
        && number(block, joint - 1).is_some_and(|(value, len)| len == 4 && (1500..2100).contains(&value))
        && joint > 1
        && (words::YEAR.at(block, joint - 2) || byte(block, joint - 2, b'('))
}

/// Whether the number is an amount: `2000 patients`, `1,950`, `2000 mg`.
fn counts_things(block: &Block<'_>, at: usize) -> bool {
    let Some(next) = block.token(at + 1) else { return false };
    if next.gap == Gap::None {
        return match next.kind {
            Kind::Punctuation(b'%' | b'/' | b'_' | b'@' | b'=') => true,
            Kind::Punctuation(b',' | b'.' | b':' | b'-') => touches(block, at + 2) && number(block, at + 2).is_some(),
            _ => false,
        };
    }
    let unit = words::MEASURED.at(block, at + 1);
    let plural = next.kind == Kind::Word
        && next.gap <= Gap::Blank
        && !next.is_capitalised()
        && next.len() >= 4
        && block.str(at + 1).ends_with('s')
        && !words::AFTER_YEAR.at(block, at + 1);
    unit && block.str(at + 1) != "of" || plural
}

/// `on 4/12`: day and month in numbers, which only a cue tells from a fraction or score.
pub(super) fn day_slash_month(block: &Block<'_>, at: usize) -> Option<(usize, Form)> {
    let before = at.checked_sub(1)?;
    let cue = if byte(block, before, b':') { before.checked_sub(1)? } else { before };
    if !words::DAY.at(block, cue) || !byte(block, at + 1, b'/') || !touches(block, at + 1) || !touches(block, at + 2) {
        return None;
    }
    let ((a, a_len), (b, b_len)) = (number(block, at)?, number(block, at + 2)?);
    if a_len > 2 || b_len > 2 || !(exists(None, a, b) || exists(None, b, a)) {
        return None;
    }
    if touches(block, at + 3) && matches!(block.tokens[at + 3].kind, Kind::Punctuation(b'%' | b'/'))
        || words::MEASURED.at(block, at + 3)
    {
        return None;
    }
    // Halves, thirds and quarters of something.
    let next_word = block.token(at + 3).is_some_and(|next| next.kind == Kind::Word && next.gap <= Gap::Blank && next.len() > 3);
    if a < b && b <= 4 && next_word {
        return None;
    }
    Some((block.tokens[at + 2].end as usize, Form::NumericDay))
}
