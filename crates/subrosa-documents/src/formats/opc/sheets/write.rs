//! Edits of cells become edits of worksheets and shared strings.
//!
//! An edited number stays a number, an edited date a date, while it reads as one; otherwise the cell becomes an inline string.
//! An edit of a formula's result, literals or names takes the formula out of the cell and leaves the redacted result, also in
//! the cells that share the formula; only a formula that merely names a renamed sheet is kept, with the new name.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::atomic::Ordering;

use subrosa_core::edit::Edit;

use super::cells::{Book, Cell, Content};
use super::formula::{self, Formula, Renames};
use super::number;
use super::parsed::{Parsed, Value, prefix};
use super::rich::{self, Rich};
use crate::refusal::Refusal;
use crate::xml::slot::SlotEdit;
use crate::xml::{Kind, Slot, Splice, escape, splice};

use crate::flow::edits::distribute;

/// What of a workbook is called otherwise after the edits.
#[derive(Default)]
pub(crate) struct Renaming {
    /// Sheets.
    pub(crate) sheets: Renames,
    /// Names, tables and columns that are gone, in lower case: a formula that uses one cannot stay.
    pub(crate) gone: Vec<String>,
}

impl Renaming {
    fn is_empty(&self) -> bool {
        self.sheets.is_empty() && self.gone.is_empty()
    }
}

/// The edits of a package's parts, by part.
pub(crate) struct Parts<'p> {
    /// Edits of slots.
    pub(crate) slots: &'p mut Vec<Vec<(Slot, SlotEdit)>>,
    /// Elements that are written anew; edits of slots inside them are void.
    pub(crate) whole: &'p mut Vec<Vec<Splice>>,
}

impl Parts<'_> {
    /// Adds a splice to a part.
    pub(crate) fn put(&mut self, splice: Splice, part: usize) {
        if let Some(whole) = self.whole.get_mut(part) {
            whole.push(splice);
        }
    }

    fn replace(&mut self, part: usize, range: Range<usize>, text: String) {
        self.put(Splice { range, text }, part);
    }
}

/// What is to be done with one cell.
#[derive(Default)]
struct Job {
    /// The segment of its value.
    value: Option<usize>,
    /// The text that its value gets.
    text: Option<String>,
    freeze: bool,
    /// The new formula, and where it stands.
    formula: Option<(Range<usize>, String)>,
}

impl Book {
    /// Names of columns that change, in lower case: to be called before formulas are looked at.
    pub(crate) fn gone_columns<'s>(&self, source: &dyn Fn(usize) -> Option<&'s str>, edits: &[Vec<Edit>]) -> Vec<String> {
        let edited = |header: &&super::cells::Header| edits.get(header.segment).is_some_and(|edits| !edits.is_empty());
        let names = self.headers.iter().filter(edited).filter_map(|header| {
            source(header.slot.part)
                .and_then(|text| escape::decode(text.get(header.slot.start..header.slot.end)?).map(|name| name.to_lowercase()))
        });
        names.collect()
    }

    /// Puts the edits of cells into `parts`. `source` gives the markup of a part. True when a formula became a value.
    pub(crate) fn plan<'s>(
        &self,
        source: &dyn Fn(usize) -> Option<&'s str>,
        edits: &[Vec<Edit>],
        renaming: &Renaming,
        parts: &mut Parts<'_>,
    ) -> Result<bool, Refusal> {
        let edits = edits.get(..edits.len().min(self.cells.len())).unwrap_or_default();
        let mut jobs: BTreeMap<(u32, u32), Job> = BTreeMap::new();
        for (index, cell) in self.cells.iter().enumerate() {
            let own = edits.get(index).map(Vec::as_slice).unwrap_or_default();
            if own.is_empty() && (renaming.is_empty() || cell.content != Content::Code) {
                continue;
            }
            let key = (cell.sheet, cell.start);
            match cell.content {
                Content::Code => {
                    let parsed = self.parsed(*cell, source)?;
                    let text = parsed.formula.as_ref().map(|formula| formula.text.clone()).unwrap_or_default();
                    match fate(&text, own, renaming) {
                        Formulas::Same => {}
                        Formulas::Renamed(new) => {
                            let range = parsed.formula.map(|formula| formula.range).unwrap_or_default();
                            jobs.entry(key).or_default().formula = Some((range, new));
                        }
                        Formulas::Gone => jobs.entry(key).or_default().freeze = true,
                    }
                }
                Content::Literals => jobs.entry(key).or_default().freeze = true,
                Content::Shared(_) | Content::Text | Content::Number(_) => {
                    let job = jobs.entry(key).or_default();
                    job.value = Some(index);
                    job.freeze = true;
                }
            }
        }
        self.headers(source, edits, &mut jobs, parts)?;
        let frozen = self.freeze_groups(&mut jobs);
        let in_place = self.strings(source, edits, &jobs, parts)?;
        let mut count = 0;
        let ends: HashMap<(u32, u32), u32> = if jobs.is_empty() {
            HashMap::new()
        } else {
            let cells = self.cells.iter().map(|cell| ((cell.sheet, cell.start), cell.end));
            cells.chain(frozen).filter(|(key, _)| jobs.contains_key(key)).collect()
        };
        for (key, job) in &jobs {
            let Some(end) = ends.get(key) else { continue };
            let any = Cell { sheet: key.0, row: 0, column: 0, start: key.1, end: *end, content: Content::Text };
            count += usize::from(self.cell(any, job, source, edits, &in_place, parts)?);
        }
        self.frozen.store(count, Ordering::Relaxed);
        Ok(count > 0)
    }

    fn part_of(&self, cell: Cell) -> usize {
        self.sheets.get(cell.sheet as usize).map_or(usize::MAX, |sheet| sheet.part)
    }

    fn parsed<'s>(&self, cell: Cell, source: &dyn Fn(usize) -> Option<&'s str>) -> Result<Parsed<'s>, Refusal> {
        let part = self.part_of(cell);
        let missing = || Refusal::Internal("a cell that is not in its worksheet".to_owned());
        Parsed::read(part, source(part).ok_or_else(missing)?, cell.range())
    }

    /// The text of a cell's value, as its segment has it.
    fn shown<'s>(&self, cell: Cell, parsed: &Parsed<'_>, source: &dyn Fn(usize) -> Option<&'s str>) -> Result<String, Refusal> {
        match cell.content {
            Content::Shared(index) => Ok(self.rich(index, source)?.text),
            Content::Number(_) => Ok(number::show(&parsed.value, self.styles.display(parsed.style), self.since_1904)),
            _ => Ok(parsed.text()),
        }
    }

    fn rich<'s>(&self, index: u32, source: &dyn Fn(usize) -> Option<&'s str>) -> Result<Rich, Refusal> {
        let missing = || Refusal::Internal("a shared string that is not there".to_owned());
        let shared = self.strings.get(index as usize).ok_or_else(missing)?;
        let part = self.strings_part.ok_or_else(missing)?;
        rich::item(part, source(part).ok_or_else(missing)?, &shared.range).ok_or_else(missing)
    }

    /// Header cells of tables: the names of the columns follow, and stay unique.
    fn headers<'s>(
        &self,
        source: &dyn Fn(usize) -> Option<&'s str>,
        edits: &[Vec<Edit>],
        jobs: &mut BTreeMap<(u32, u32), Job>,
        parts: &mut Parts<'_>,
    ) -> Result<(), Refusal> {
        let edited_header = |header: &&super::cells::Header| edits.get(header.segment).is_some_and(|edits| !edits.is_empty());
        let going: BTreeSet<(usize, usize)> =
            self.headers.iter().filter(edited_header).map(|header| (header.slot.part, header.slot.start)).collect();
        let changed = |slot: &Slot| going.contains(&(slot.part, slot.start));
        let mut taken: BTreeSet<(usize, String)> = self
            .table_names
            .iter()
            .filter(|(_, _, slot)| !changed(slot))
            .map(|(table, name, _)| (*table, name.to_lowercase()))
            .collect();
        for header in &self.headers {
            let Some(own) = edits.get(header.segment).filter(|edits| !edits.is_empty()) else { continue };
            let Some(cell) = self.cells.get(header.segment) else { continue };
            let parsed = self.parsed(*cell, source)?;
            let name = edited(&self.shown(*cell, &parsed, source)?, own)?;
            let free = |name: &String| !taken.contains(&(header.table, name.to_lowercase()));
            let mut numbered = (2_u32..).map(|number| format!("{name} {number}"));
            let unique = if free(&name) { name.clone() } else { numbered.find(free).unwrap_or_default() };
            taken.insert((header.table, unique.to_lowercase()));
            let slot = header.slot;
            parts.replace(slot.part, slot.start..slot.end, escape::attribute(&unique));
            jobs.entry((cell.sheet, cell.start)).or_default().text = Some(unique);
        }
        Ok(())
    }

    /// When the cell that holds the formula of a group loses it, so do the others. Gives where those end.
    fn freeze_groups(&self, jobs: &mut BTreeMap<(u32, u32), Job>) -> Vec<((u32, u32), u32)> {
        let broken: BTreeSet<(u32, u32)> = self
            .groups
            .iter()
            .filter(|cell| cell.first && jobs.get(&(cell.sheet, cell.start)).is_some_and(|job| job.freeze))
            .map(|cell| (cell.sheet, cell.group))
            .collect();
        let mut ends = Vec::new();
        for cell in self.groups.iter().filter(|cell| broken.contains(&(cell.sheet, cell.group))) {
            jobs.entry((cell.sheet, cell.start)).or_default().freeze = true;
            ends.push(((cell.sheet, cell.start), cell.end));
        }
        ends
    }

    /// Edits shared strings whose uses are all edited alike, and empties those that no cell uses any more. Gives the former.
    fn strings<'s>(
        &self,
        source: &dyn Fn(usize) -> Option<&'s str>,
        edits: &[Vec<Edit>],
        jobs: &BTreeMap<(u32, u32), Job>,
        parts: &mut Parts<'_>,
    ) -> Result<BTreeSet<u32>, Refusal> {
        let mut in_place = BTreeSet::new();
        let Some(part) = self.strings_part else { return Ok(in_place) };
        let mut users: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (index, _) in edits.iter().enumerate().filter(|(_, edits)| !edits.is_empty()) {
            if let Some(Cell { content: Content::Shared(string), .. }) = self.cells.get(index) {
                users.entry(*string).or_default().push(index);
            }
        }
        for (string, users) in users {
            let Some(shared) = self.strings.get(string as usize) else { continue };
            if users.len() < shared.uses as usize {
                continue;
            }
            let first = users.first().and_then(|first| edits.get(*first));
            let own = |index: &usize| {
                let cell = self.cells.get(*index);
                cell.and_then(|cell| jobs.get(&(cell.sheet, cell.start))).is_some_and(|job| job.text.is_some())
            };
            let alike = users.iter().all(|user| edits.get(*user) == first) && !users.iter().any(own);
            let markup = source(part).unwrap_or_default();
            if alike {
                let rich = self.rich(string, source)?;
                distribute(&rich.pieces, first.map(Vec::as_slice).unwrap_or_default(), parts.slots);
                for aside in rich.aside {
                    parts.replace(part, aside, String::new());
                }
                in_place.insert(string);
            } else if let Some(item) = markup.get(shared.range.clone()) {
                let prefix = prefix(item);
                parts.replace(part, shared.range.clone(), format!("<{prefix}si><{prefix}t/></{prefix}si>"));
            }
        }
        Ok(in_place)
    }

    /// Writes one cell. True when it had a formula that it loses.
    fn cell<'s>(
        &self,
        cell: Cell,
        job: &Job,
        source: &dyn Fn(usize) -> Option<&'s str>,
        edits: &[Vec<Edit>],
        in_place: &BTreeSet<u32>,
        parts: &mut Parts<'_>,
    ) -> Result<bool, Refusal> {
        let part = self.part_of(cell);
        let parsed = self.parsed(cell, source)?;
        let had = parsed.formula.is_some();
        if !job.freeze {
            if let Some((range, new)) = &job.formula {
                parts.replace(part, range.clone(), escape::element(new));
            }
            return Ok(false);
        }
        let valued = job.value.and_then(|index| Some((index, *self.cells.get(index)?)));
        let value = match valued {
            None if !had => return Ok(false),
            None => parsed.kept(),
            Some((index, value)) => {
                let own = edits.get(index).map(Vec::as_slice).unwrap_or_default();
                match value.content {
                    Content::Shared(string) if in_place.contains(&string) => {
                        if !had {
                            return Ok(false);
                        }
                        parsed.kept()
                    }
                    Content::Shared(string) if job.text.is_none() => {
                        let strings = self.strings_part.and_then(source).unwrap_or_default();
                        let shared = self.strings.get(string as usize);
                        let markup = shared.and_then(|shared| strings.get(shared.range.clone())).unwrap_or_default();
                        let rich = self.rich(string, source)?;
                        let inside = shared.map(|shared| shared.inside.clone()).unwrap_or_default();
                        if prefix(markup).is_empty() && parsed.prefix.is_empty() && inside.len() > 2 {
                            Value { kind: "inlineStr", markup: format!("<is>{}</is>", copy(strings, &inside, &rich, own)) }
                        } else {
                            parsed.inline(&edited(&rich.text, own)?)
                        }
                    }
                    Content::Number(_) => {
                        let new = edited(&self.shown(value, &parsed, source)?, own)?;
                        match self.as_number(&new, &parsed) {
                            Some(number) => Value { kind: "", markup: format!("<{0}v>{number}</{0}v>", parsed.prefix) },
                            None => parsed.inline(&new),
                        }
                    }
                    _ => match &job.text {
                        Some(text) => parsed.inline(text),
                        None => parsed.inline(&edited(&self.shown(value, &parsed, source)?, own)?),
                    },
                }
            }
        };
        parts.replace(part, cell.range(), parsed.with(&value));
        Ok(had)
    }

    /// The edited text of a number as the number it still is.
    fn as_number(&self, text: &str, parsed: &Parsed<'_>) -> Option<String> {
        match self.styles.display(parsed.style) {
            number::Display::Date { day: true, .. } => number::serial(text, self.since_1904),
            number::Display::Plain => {
                let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
                (plain && text.parse::<f64>().is_ok_and(f64::is_finite)).then(|| text.to_owned())
            }
            _ => None,
        }
    }
}

/// What becomes of a formula.
pub(crate) enum Formulas {
    Same,
    Renamed(String),
    Gone,
}

/// What becomes of the formula `text`, whose code has these edits.
pub(crate) fn fate(text: &str, edits: &[Edit], renaming: &Renaming) -> Formulas {
    let code = Formula::of(text).code;
    if formula::uses(&code, &renaming.gone) {
        return Formulas::Gone;
    }
    let Some((_, named)) = formula::rename(&code, &renaming.sheets) else {
        return if edits.is_empty() { Formulas::Same } else { Formulas::Gone };
    };
    let explained = |edit: &Edit| named.iter().any(|range| range.start <= edit.span.start && edit.span.end <= range.end);
    match formula::rename(text, &renaming.sheets) {
        Some((new, _)) if edits.iter().all(explained) => Formulas::Renamed(new),
        _ => Formulas::Gone,
    }
}

/// A text with its edits made.
pub(crate) fn edited(text: &str, edits: &[Edit]) -> Result<String, Refusal> {
    let outside = || Refusal::Internal("an edit lies outside its segment".to_owned());
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.span.start).ok_or_else(outside)?);
        out.push_str(&edit.replacement);
        at = edit.span.end;
    }
    out.push_str(text.get(at..).ok_or_else(outside)?);
    Ok(out)
}

/// The inside of a shared string with edits made and without phonetic readings.
fn copy(strings: &str, inside: &Range<usize>, rich: &Rich, edits: &[Edit]) -> String {
    let mut splices: Vec<Splice> = Vec::new();
    for piece in &rich.pieces {
        let own: Vec<SlotEdit> = edits
            .iter()
            .filter(|edit| edit.span.start < piece.end && piece.start < edit.span.end)
            .map(|edit| SlotEdit {
                range: edit.span.start.max(piece.start) - piece.start..edit.span.end.min(piece.end) - piece.start,
                text: if edit.span.start >= piece.start { edit.replacement.clone() } else { String::new() },
            })
            .collect();
        if !own.is_empty() {
            splice(&piece.slot, strings, &own, &mut splices);
        }
    }
    splices.extend(rich.aside.iter().map(|range| Splice { range: range.clone(), text: String::new() }));
    splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
    let mut out = String::new();
    let mut at = inside.start;
    for splice in splices {
        out.push_str(strings.get(at..splice.range.start).unwrap_or_default());
        out.push_str(&splice.text);
        at = at.max(splice.range.end);
    }
    out.push_str(strings.get(at..inside.end).unwrap_or_default());
    out
}

/// Edits of a formula that is no cell's: nothing when it stays as it is.
pub(crate) fn elsewhere(text: &str, edits: &[Edit], renaming: &Renaming) -> Option<String> {
    match fate(text, edits, renaming) {
        Formulas::Same => None,
        Formulas::Renamed(new) => Some(new),
        Formulas::Gone => Some("#REF!".to_owned()),
    }
}

/// The slot kinds that a formula may stand in, for writing all of it.
pub(crate) fn whole(slot: &Slot, text: &str) -> Splice {
    let text = match slot.kind {
        Kind::Attribute => escape::attribute(text),
        Kind::Cdata => escape::cdata(text),
        _ => escape::element(text),
    };
    Splice { range: slot.start..slot.end, text }
}
