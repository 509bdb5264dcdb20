//! Dates without a number: weekdays, months alone, the third of March, last Friday, holidays, eras.

use super::{Date, Form, holidays, words, written};
use crate::block::Block;
use crate::keyword::{Classes, Keyword, classes};
use crate::span::Span;
use crate::token::{Gap, Kind};

/// Calls `found` with each date in words of the block.
pub fn phrases(block: &Block<'_>, mut found: impl FnMut(Date)) {
    for keyword in block.keywords(Classes::WEEKDAY.and(Classes::MONTH).and(Classes::RELATIVE)) {
        if let Some((first, last, form)) = phrase(block, keyword) {
            found(Date { span: block.span(first, last), form });
        }
    }
    holidays::holidays(block, found);
}

fn phrase(block: &Block<'_>, keyword: Keyword) -> Option<(usize, usize, Form)> {
    let at = keyword.token;
    if keyword.classes.any(Classes::RELATIVE) {
        return relative(block, at);
    }
    if keyword.classes.any(Classes::MONTH) {
        return day_in_words(block, at).or_else(|| month(block, at));
    }
    weekday(block, at)
}

fn is(block: &Block<'_>, index: usize, class: Classes) -> bool {
    block.token(index).is_some_and(|token| token.gap <= Gap::Line && classes(token).any(class))
}

/// Whether the word at `index` is part of something joined or of a name: `Sunday-school`, `Black Friday`.
fn is_joined(block: &Block<'_>, index: usize) -> bool {
    let joins = |token: &crate::token::Token| matches!(token.kind, Kind::Punctuation(b'-' | b'/' | b'_' | b'@' | b'.' | b'='));
    let next = block.token(index + 1).filter(|next| next.gap == Gap::None && joins(next));
    let after = block.token(index + 2).is_some_and(|after| after.gap == Gap::None);
    let before = block.tokens[index].gap == Gap::None && block.before(index).is_some_and(joins);
    next.is_some() && after || before
}

/// `Tuesday`, `lunes`: written out, in the case of its language.
fn weekday(block: &Block<'_>, at: usize) -> Option<(usize, usize, Form)> {
    if is_joined(block, at) {
        return None;
    }
    let token = &block.tokens[at];
    let english = token.span().of(block.text).to_ascii_lowercase();
    let english = english.ends_with("day") || english.ends_with("days");
    // Romance and Dutch weekdays are written small; with a capital they are surnames as well.
    let german = ["tag", "woch", "abend"].iter().any(|end| block.str(at).ends_with(end)) || block.str(at) == "Mittwoch";
    let form = match (english, token.is_capitalised()) {
        (true, _) => Form::Weekday,
        (false, true) if german => Form::WeekdayLoose,
        (false, false) if !german => Form::WeekdayLoose,
        _ => return None,
    };
    // `Good Friday`, `Friday Harbor`: names of other things.
    let named = |index: Option<usize>| {
        index
            .and_then(|index| block.token(index))
            .is_some_and(|token| token.is_capitalised() && !classes(token).any(Classes::WEEKDAY.and(Classes::MONTH)))
    };
    let after = named(Some(at + 1)) && block.tokens[at + 1].gap == Gap::Blank && !words::DAY_PARTS.at(block, at + 1);
    if english
        && (after && block.str(at + 1).len() > 3
            || at > 0 && named(at.checked_sub(1)) && token.gap == Gap::Blank && !block.begins_sentence(at - 1))
    {
        return None;
    }
    // `los lunes` says how often, not when.
    if at > 0 && matches!(block.str(at - 1), "los" | "every" | "les" | "jeden") {
        return None;
    }
    Some((at, at, form))
}

/// `in March`, `since October`, `en junio`, `im Mai`: a month alone after a word that asks for a time.
fn month(block: &Block<'_>, at: usize) -> Option<(usize, usize, Form)> {
    if is_joined(block, at) || block.token(at + 1).is_some_and(|next| next.kind == Kind::Number && next.gap <= Gap::Blank) {
        return None;
    }
    let english_case = block.tokens[at].is_capitalised();
    let mut before = at.checked_sub(1)?;
    let mut first = at;
    while words::PARTS.at(block, before)
        || matches!(block.str(before), "of" | "-" | "de") && before > 0 && words::PARTS.at(block, before - 1)
    {
        first = before;
        before = before.checked_sub(1)?;
    }
    // `mes de abril`
    let named = matches!(block.str(before), "de" | "d" | "of") && before > 0 && words::MONTH_WORDS.at(block, before - 1);
    if named {
        first = before - 1;
    }
    let cue = named || words::MONTH_CUES.at(block, before) && block.tokens[first].gap <= Gap::Line;
    // `may`, `march`, `mars`, `marzo` as words and names want their capital or a preposition of their own language.
    let found = super::month::month(block, at)?;
    if !cue && first == at || found.doubtful && !named {
        return None;
    }
    // `in March Madness`, `in May Street`
    let name = block.token(at + 1).is_some_and(|next| next.is_capitalised() && next.gap == Gap::Blank && english_case);
    (!name).then_some((first, at, Form::MonthName))
}

/// `third of March`, `March third, 2019`, `tres de marzo de 2019`, `dritten März`.
fn day_in_words(block: &Block<'_>, month: usize) -> Option<(usize, usize, Form)> {
    let day = Classes::ORDINAL.and(Classes::NUMBER);
    let mut first = None;
    let mut before = month.checked_sub(1)?;
    if block.tokens[month].gap > Gap::Line {
        return None;
    }
    let of = words::OF_MONTH.at(block, before);
    before = before.checked_sub(usize::from(of))?;
    let ordinal = is(block, before, Classes::ORDINAL);
    if ordinal || of && is(block, before, Classes::NUMBER) {
        // `twenty-first of March`, `treinta y uno de marzo`
        let tens = before.checked_sub(2).filter(|tens| {
            is(block, *tens, Classes::NUMBER) && (block.tokens[before - 1].is_byte(b'-') || block.str(before - 1) == "y")
        });
        first = Some(tens.unwrap_or(before));
    }
    let mut last = month;
    if first.is_none() && is(block, month + 1, Classes::ORDINAL) && block.tokens[month].is_capitalised() {
        first = Some(month);
        last = month + 1;
        if block.token(last + 1).is_some_and(|dash| dash.is_byte(b'-')) && is(block, last + 2, day) {
            last += 2;
        }
    }
    let first = first?;
    // `one of May's`, `the first March`
    if !of && last == month && !block.tokens[month].is_capitalised() {
        return None;
    }
    match written::year_after(block, last, true) {
        Some((year, Some(_))) => Some((first, year, Form::Full)),
        _ => Some((first, last, Form::Day)),
    }
}

/// `last Friday`, `next July`, `last week`, `la semana pasada`, `letzten Montag`, `yesterday`.
fn relative(block: &Block<'_>, at: usize) -> Option<(usize, usize, Form)> {
    if words::YESTERDAY.at(block, at) {
        return Some((at, at, Form::Relative));
    }
    let day = Classes::WEEKDAY.and(Classes::MONTH);
    let unit = |index: usize| words::RELATIVE_UNITS.at(block, index) && block.tokens[index].gap <= Gap::Line;
    // The word may follow what it points at: `lunes pasado`, `la semaine dernière`.
    if words::POINTERS_AFTER.at(block, at) {
        let before = at.checked_sub(1).filter(|_| block.tokens[at].gap <= Gap::Line)?;
        if is(block, before, day) || classes(&block.tokens[before]).any(day) {
            return Some((before, at, Form::RelativeDay));
        }
        return (words::RELATIVE_UNITS.at(block, before)).then_some((before, at, Form::Relative));
    }
    if !words::POINTERS.at(block, at) {
        return None;
    }
    let next = at + 1;
    if is(block, next, day) {
        let month = is(block, next, Classes::MONTH) && !is(block, next, Classes::WEEKDAY);
        let doubtful = month && !block.tokens[next].is_capitalised() && matches!(block.str(at), "last" | "next");
        return (!doubtful).then_some((at, next, Form::RelativeDay));
    }
    unit(next).then_some((at, next, Form::Relative))
}

/// `508 BC`, `394 AD`, `AD 395`: a year of an era, at the number.
pub(super) fn era(block: &Block<'_>, at: usize) -> Option<(usize, usize, Form)> {
    let token = block.token(at)?;
    if !token.is_digits() || token.len() > 4 {
        return None;
    }
    let era = |index: usize| matches!(block.str(index), "BC" | "BCE" | "CE" | "AD");
    if era(at + 1) && block.tokens[at + 1].gap <= Gap::Blank {
        return Some((at, at + 1, Form::Year));
    }
    let before = at.checked_sub(1)?;
    (block.str(before) == "AD" && token.gap == Gap::Blank).then_some((before, at, Form::Year))
}

/// The span of `año 2009`, `year 2001` from the word on, for the languages that say it so.
pub(super) fn with_year_word(block: &Block<'_>, span: Span) -> Span {
    let first = block.token_at(span.start);
    let word = first.checked_sub(1).filter(|word| words::YEAR_WORDS.at(block, *word) && block.tokens[first].gap == Gap::Blank);
    word.map_or(span, |word| Span::new(block.tokens[word].start as usize, span.end))
}
