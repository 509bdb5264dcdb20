//! From the findings of one document to its people and what belongs to whom.
//!
//! In a record (a row, an object, a card) everything belongs to its person, the first whose name fills a cell and whose field
//! name does not speak of somebody else; a field of somebody else (`guardian phone`) belongs to the name under the same word.
//! In running text, and in cells of running text, a value belongs to the person named last before it in the paragraph, within
//! [`BEFORE`] bytes, else to the first behind it on the line, within [`BEHIND`]: a guess, and marked as one. A record that
//! names nobody but holds somebody's number is a person without a name.

use std::collections::BTreeMap;

use subrosa_core::apply::people::{Mentioned, People};
use subrosa_core::case::CaseSheet;
use subrosa_core::entity::Entity;
use subrosa_core::finding::Finding;
use subrosa_core::identity;
use subrosa_core::segment::Segment;
use subrosa_documents::Document;

use super::columns::Quasi;
use super::facts::{Facts, How, Part};
use super::kinds::stands_for_a_person;
use super::rows::{Labels, Row, Rows};
use super::states;
use super::tables::Table;

/// How far before a value the name of its person may stand.
const BEFORE: usize = 240;
/// How far behind it, on the same line.
const BEHIND: usize = 80;

/// Gathers the facts of one document, which may come in pieces.
pub struct Gather<'c> {
    case: Option<&'c CaseSheet>,
    show_values: bool,
    people: People,
    /// People of running text, by who they are.
    known: BTreeMap<Who, usize>,
    labels: Labels,
    tables: BTreeMap<String, Table>,
    facts: Facts,
}

/// A person of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Known(usize),
    Number(u32),
}

/// A name in a text.
struct Named {
    start: usize,
    end: usize,
    part: usize,
}

/// A name that fills a cell, or the cells of a row that make it.
struct Holder {
    part: usize,
    /// The words that say it is about somebody else.
    others: Vec<String>,
}

/// The segments and findings of the piece at hand.
#[derive(Clone, Copy)]
struct Piece<'a> {
    segments: &'a [Segment],
    findings: &'a [Vec<Finding>],
}

impl<'a> Piece<'a> {
    fn text(&self, segment: usize) -> &'a str {
        self.segments.get(segment).map_or("", |segment| segment.text.as_str())
    }

    fn findings(&self, segment: usize) -> &'a [Finding] {
        self.findings.get(segment).map(Vec::as_slice).unwrap_or_default()
    }

    fn value(&self, segment: usize, finding: &Finding) -> &'a str {
        self.text(segment).get(finding.span.range()).unwrap_or_default()
    }
}

impl<'c> Gather<'c> {
    /// For one document.
    pub fn new(case: Option<&'c CaseSheet>, show_values: bool) -> Self {
        Self {
            case,
            show_values,
            people: case.map(People::of_case).unwrap_or_default(),
            known: BTreeMap::new(),
            labels: Labels::default(),
            tables: BTreeMap::new(),
            facts: Facts::default(),
        }
    }

    /// Takes the document, or its next piece.
    pub fn add(&mut self, document: &Document, findings: &[Vec<Finding>]) {
        let piece = Piece { segments: &document.segments, findings };
        let rows = Rows::of(document, &mut self.labels);
        self.learn(piece, &rows);
        for row in rows.rows() {
            self.row(piece, row);
        }
        for segment in (0..piece.segments.len()).filter(|segment| !rows.is_in_row(*segment)) {
            let named = self.named(piece, segment);
            for finding in piece.findings(segment).iter().filter(|finding| finding.entity != Entity::PERSON) {
                self.running(piece, segment, finding, &named, None);
            }
        }
        rows.tables(piece.segments, findings, &mut self.tables);
    }

    /// Everything that was gathered.
    pub fn finish(mut self) -> Facts {
        self.facts.tables = self.tables.iter().filter_map(|(name, table)| table.anonymity(name)).collect();
        self.facts
    }

    fn learn(&mut self, piece: Piece<'_>, rows: &Rows) {
        let mut names: Vec<String> =
            rows.rows().flat_map(|row| row.composed(piece.segments, piece.findings)).map(|(name, ..)| name).collect();
        for (segment, findings) in piece.findings.iter().enumerate() {
            let persons = findings.iter().filter(|finding| finding.entity == Entity::PERSON);
            // Part of a name that several cells make is nobody by itself.
            if !rows.is_part_of_name(segment) {
                names.extend(persons.map(|finding| piece.value(segment, finding).to_owned()));
            }
        }
        self.people.learn(names.iter().map(String::as_str));
    }

    /// Counts a value for the file.
    fn count(&mut self, entity: &Entity, identity: &str) {
        if !self.facts.counts.contains_key(entity) {
            self.facts.counts.insert(entity.clone(), Default::default());
        }
        let Some(count) = self.facts.counts.get_mut(entity) else { return };
        count.mentions += 1;
        if !count.values.contains(identity) {
            count.values.insert(identity.into());
        }
    }

    fn new_part(&mut self, person: &Mentioned) -> usize {
        self.facts.parts.push(Part { name: person.identity.clone(), known: person.known, ..Part::default() });
        self.facts.parts.len() - 1
    }

    /// Adds a mention of a name to a person; the name itself is a value of theirs.
    fn mention(&mut self, part: usize, person: &Mentioned, written: &str) {
        self.count(&Entity::PERSON, &person.identity);
        let Some(of) = self.facts.parts.get_mut(part) else { return };
        let how = if person.known.is_some() { How::CaseSheet } else { How::Name };
        if self.show_values && of.shown.as_ref().is_none_or(|shown| shown.len() < written.len()) {
            of.shown = Some(written.into());
        }
        of.give(&Entity::PERSON, &person.identity, self.show_values.then_some(written), how);
    }

    fn find(&mut self, name: &str) -> Option<(Who, Mentioned)> {
        let owner = self.case.and_then(|case| case.owner(name)).and_then(|owner| self.people.known(owner));
        let person = owner.or_else(|| self.people.find(name))?;
        Some((who(&person)?, person))
    }

    /// The person of running text.
    fn anywhere(&mut self, who: Who, person: &Mentioned) -> usize {
        if let Some(part) = self.known.get(&who) {
            return *part;
        }
        let part = self.new_part(person);
        self.known.insert(who, part);
        part
    }

    /// The names in a segment of running text.
    fn named(&mut self, piece: Piece<'_>, segment: usize) -> Vec<Named> {
        let mut named = Vec::new();
        for finding in piece.findings(segment).iter().filter(|finding| finding.entity == Entity::PERSON) {
            let written = piece.value(segment, finding);
            let Some((who, person)) = self.find(written) else { continue };
            let part = self.anywhere(who, &person);
            self.mention(part, &person, written);
            named.push(Named { start: finding.span.start, end: finding.span.end, part });
        }
        named
    }

    /// Gives a value of running text to somebody: `subject`, when it is a cell of theirs and nobody is named near.
    fn running(&mut self, piece: Piece<'_>, segment: usize, finding: &Finding, named: &[Named], subject: Option<usize>) {
        let text = piece.text(segment);
        let value = piece.value(segment, finding);
        let identity = identity::of(value);
        self.count(&finding.entity, &identity);
        let owner = self.owner(&finding.entity, value);
        let near = || nearest(text, finding, named).map(|part| (part, How::Near));
        let whose = owner.or_else(near).or_else(|| subject.map(|part| (part, How::Record)));
        self.give(whose, finding, &identity, value, text);
    }

    /// Whose a value is by itself: the case sheet says so, or a mail address holds the name.
    fn owner(&mut self, entity: &Entity, value: &str) -> Option<(usize, How)> {
        if let Some(owner) = self.case.and_then(|case| case.owner(value)) {
            let person = self.people.known(owner)?;
            return Some((self.anywhere(Who::Known(owner), &person), How::CaseSheet));
        }
        if !["EMAIL_ADDRESS", "USERNAME"].contains(&entity.id()) {
            return None;
        }
        let person = self.people.of_mailbox(value.split('@').next().unwrap_or_default())?;
        let who = who(&person)?;
        Some((self.anywhere(who, &person), How::Name))
    }

    fn give(&mut self, whose: Option<(usize, How)>, finding: &Finding, identity: &str, value: &str, text: &str) {
        let part = whose.and_then(|(part, how)| Some((self.facts.parts.get_mut(part)?, how)));
        let Some((part, how)) = part else {
            *self.facts.unassigned.entry(finding.entity.clone()).or_default() += 1;
            return;
        };
        part.give(&finding.entity, identity, self.show_values.then_some(value), how);
        part.quasi.extend(Quasi::of_entity(&finding.entity));
        if part.state.is_none() && tells_a_state(&finding.entity, value) {
            part.state = states::of_address(around(text, finding));
        }
    }

    fn row(&mut self, piece: Piece<'_>, row: &Row) {
        let mut by_who: BTreeMap<Who, usize> = BTreeMap::new();
        let mut holders: Vec<Holder> = Vec::new();
        let composed = row.composed(piece.segments, piece.findings);
        for (name, others, _) in &composed {
            let Some((who, person)) = self.find(name) else { continue };
            let part = *by_who.entry(who).or_insert_with(|| self.new_part(&person));
            self.mention(part, &person, name);
            holders.push(Holder { part, others: others.clone() });
        }
        for cell in row.cells().iter().filter(|cell| !row.is_part_of_name(cell.segment)) {
            let persons = piece.findings(cell.segment).iter().filter(|finding| finding.entity == Entity::PERSON);
            for finding in persons.filter(|finding| fills(piece.text(cell.segment), finding)) {
                let written = piece.value(cell.segment, finding);
                let Some((who, person)) = self.find(written) else { continue };
                let part = *by_who.entry(who).or_insert_with(|| self.new_part(&person));
                self.mention(part, &person, written);
                holders.push(Holder { part, others: cell.label.others.clone() });
            }
        }
        let named_subject = holders.iter().find(|holder| holder.others.is_empty()).or(holders.first()).map(|holder| holder.part);
        let subject = named_subject.or_else(|| self.nameless(piece, row));
        for cell in row.cells() {
            let text = piece.text(cell.segment);
            let own = cell.label.others.is_empty();
            if let (Some(part), true) = (subject.and_then(|subject| self.facts.parts.get_mut(subject)), own) {
                part.quasi.extend(cell.label.quasi);
                if cell.label.state && part.state.is_none() {
                    part.state = states::of_field(text);
                }
            }
            let named = self.named_in_cell(piece, row, cell.segment, &by_who);
            let holder = if own {
                subject
            } else {
                let same = |holder: &&Holder| holder.others.iter().any(|word| cell.label.others.contains(word));
                holders.iter().find(same).map(|holder| holder.part)
            };
            for finding in piece.findings(cell.segment).iter().filter(|finding| finding.entity != Entity::PERSON) {
                if fills(text, finding) {
                    let value = piece.value(cell.segment, finding);
                    let identity = identity::of(value);
                    self.count(&finding.entity, &identity);
                    let whose = holder.map(|part| (part, How::Record));
                    self.give(whose, finding, &identity, value, text);
                } else {
                    self.running(piece, cell.segment, finding, &named, holder);
                }
            }
        }
    }

    /// The names in a cell of running text.
    fn named_in_cell(&mut self, piece: Piece<'_>, row: &Row, segment: usize, by_who: &BTreeMap<Who, usize>) -> Vec<Named> {
        let mut named = Vec::new();
        if row.is_part_of_name(segment) {
            return named;
        }
        let persons = piece.findings(segment).iter().filter(|finding| finding.entity == Entity::PERSON);
        for finding in persons.filter(|finding| !fills(piece.text(segment), finding)) {
            let written = piece.value(segment, finding);
            let Some((who, person)) = self.find(written) else { continue };
            let part = by_who.get(&who).copied().unwrap_or_else(|| self.anywhere(who, &person));
            self.mention(part, &person, written);
            named.push(Named { start: finding.span.start, end: finding.span.end, part });
        }
        named
    }

    /// A person without a name, for a record that holds somebody's number.
    fn nameless(&mut self, piece: Piece<'_>, row: &Row) -> Option<usize> {
        let own = row.cells().iter().filter(|cell| cell.label.others.is_empty());
        let mut findings = own.flat_map(|cell| piece.findings(cell.segment).iter().map(|finding| (cell.segment, finding)));
        let is_person =
            findings.any(|(segment, finding)| stands_for_a_person(&finding.entity) && fills(piece.text(segment), finding));
        is_person.then(|| {
            self.facts.parts.push(Part::default());
            self.facts.parts.len() - 1
        })
    }
}

fn who(person: &Mentioned) -> Option<Who> {
    person.known.map(Who::Known).or(person.number.map(Who::Number))
}

/// Whether a finding is what its cell is there for.
fn fills(text: &str, finding: &Finding) -> bool {
    finding.span.range().len() * 10 >= text.trim().len() * 6
}

/// The person named nearest to a value.
fn nearest(text: &str, finding: &Finding, named: &[Named]) -> Option<usize> {
    let within = |start: usize, end: usize| text.as_bytes().get(start..end);
    let before = named.iter().rev().find(|name| name.end <= finding.span.start);
    let before = before.filter(|name| {
        let between = within(name.end, finding.span.start);
        between.is_some_and(|between| between.len() <= BEFORE && memchr_blank(between).is_none())
    });
    let behind = named.iter().find(|name| name.start >= finding.span.end);
    let behind = behind.filter(|name| {
        let between = within(finding.span.end, name.start);
        between.is_some_and(|between| between.len() <= BEHIND && !between.contains(&b'\n'))
    });
    before.or(behind).map(|name| name.part)
}

/// A blank line.
fn memchr_blank(text: &[u8]) -> Option<usize> {
    text.array_windows().position(|pair| pair == b"\n\n")
}

/// Whether a State beside it is that of an address. A place alone may be anywhere.
fn tells_a_state(entity: &Entity, value: &str) -> bool {
    let address = *entity == Entity::LOCATION && value.bytes().any(|byte| byte.is_ascii_digit());
    address || [Entity::STREET_ADDRESS, Entity::ZIP_CODE].contains(entity)
}

/// A value with what stands around it on its line and the next, for the State of an address.
fn around<'t>(text: &'t str, finding: &Finding) -> &'t str {
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = if finding.entity == Entity::ZIP_CODE { finding.span.start.saturating_sub(32) } else { finding.span.start };
    let end = if finding.entity == Entity::ZIP_CODE { finding.span.end } else { (finding.span.end + 48).min(text.len()) };
    text.get(boundary(start)..boundary(end)).unwrap_or_default()
}
