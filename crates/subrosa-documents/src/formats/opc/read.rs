//! Reads a package into a document.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use subrosa_core::segment::Segment;

use super::body::{CalcChain, PackageBody, Pictures, Place};
use super::fate::{Fate, Role, XmlPart};
use super::relations::{self, CONTENT_TYPES, ContentTypes, Relation};
use super::sheets::{self, Book, SheetReader, Table};
use super::story::Story;
use crate::document::{Document, UnreadPart};
use crate::flow::{Carrier, Collector, Entry, Piece, drawn};
use crate::formats::Source;
use crate::image::{self, metafile};
use crate::limits::Limits;
use crate::nested;
use crate::package::{Budget, Member, Package, part_name};
use crate::refusal::Refusal;
use crate::xml::{Kind, Slot, Splice, XmlText, escape, scan};

/// Whether the bytes are a package whose main part has one of these content types (in lower case); for one that cannot be
/// opened the extension counts.
pub(crate) fn claims(source: &Source<'_>, types: &[&str], extensions: &[&str]) -> bool {
    if !source.bytes.starts_with(b"PK\x03\x04") {
        return false;
    }
    match main_type(source.bytes, &Limits::default()) {
        Some(kind) => {
            let kind = kind.to_ascii_lowercase();
            types.iter().any(|main| kind.contains(main))
        }
        None => extensions.contains(&source.extension().as_str()),
    }
}

/// The content type of the package's main part, when the bytes are a package that can be opened.
fn main_type(bytes: &[u8], limits: &Limits) -> Option<String> {
    let package = Package::open(bytes, limits).ok()?;
    let mut budget = Budget::new(limits, bytes.len());
    let mut text = |name: &str| {
        let member = package.find(name)?;
        Some(XmlText::decode(name, package.expand(member, &mut budget).ok()?).ok()?.text)
    };
    let types = ContentTypes::read(&text(CONTENT_TYPES)?, limits).ok()?;
    let relations = text("_rels/.rels")?;
    let names = names(package.members());
    let relations = relations::read(0, "_rels/.rels", &relations, &names, limits).ok()?;
    let main = relations.iter().find(|relation| relation.kind == "officeDocument")?.target?;
    Some(types.of(&package.members().get(main)?.name).to_owned())
}

fn names(members: &[Member]) -> HashMap<String, usize> {
    members.iter().enumerate().map(|(index, member)| (member.name.to_ascii_lowercase(), index)).collect()
}

/// Reads a package of any office format.
///
/// # Errors
/// A [`Refusal`] for containers and markup that cannot be read for certain.
pub(crate) fn read<'l>(source: &Source<'l>, limits: &'l Limits) -> Result<Document, Refusal> {
    let (segments, unread, body) = read_parts(source, limits)?;
    Ok(Document { segments, unread, body: Box::new(body) })
}

/// As [`read`], for a document that is compared and never written: its markup and its labels are let go.
pub(super) fn read_to_compare<'l>(source: &Source<'l>, limits: &'l Limits) -> Result<Document, Refusal> {
    let (mut segments, unread, mut body) = read_parts(source, limits)?;
    for segment in &mut segments {
        segment.labels = Vec::new();
    }
    body.bytes = Vec::new();
    for (_, fate) in &mut body.parts {
        if let Fate::Xml(xml) = fate {
            xml.text.text = String::new();
        }
    }
    Ok(Document { segments, unread, body: Box::new(body) })
}

type Read = (Vec<Segment>, Vec<UnreadPart>, PackageBody);

fn read_parts<'l>(source: &Source<'l>, limits: &'l Limits) -> Result<Read, Refusal> {
    let package = Package::open(source.bytes, limits)?;
    let mut reader = Reader {
        source: *source,
        limits,
        budget: Budget::new(limits, source.bytes.len()),
        members: package.members().to_vec(),
        texts: Vec::new(),
        others: Vec::new(),
        fates: Vec::new(),
        relations: Vec::new(),
        unread: Vec::new(),
        notes: Vec::new(),
        unseen: Vec::new(),
        unread_pictures: Vec::new(),
        drawn: Vec::new(),
        nested: Vec::new(),
    };
    reader.expand(&package)?;
    let types = reader.types()?;
    reader.relate()?;
    let main = reader.main()?;
    reader.decide(&types);
    reader.document(source.bytes, main, &types)
}

/// A package being read.
struct Reader<'l> {
    source: Source<'l>,
    limits: &'l Limits,
    budget: Budget,
    members: Vec<Member>,
    /// The markup of the parts that are markup.
    texts: Vec<Option<XmlText>>,
    /// The data of the others.
    others: Vec<Vec<u8>>,
    fates: Vec<Option<Fate>>,
    relations: Vec<Relation>,
    unread: Vec<UnreadPart>,
    notes: Vec<String>,
    /// Pictures that nobody looked into, and those that count as unread.
    unseen: Vec<usize>,
    unread_pictures: Vec<usize>,
    /// Texts in pictures, with their part.
    drawn: Vec<(usize, Segment, Vec<Piece>)>,
    /// Segments of documents in this one, with their part, and whether they hold only naming.
    nested: Vec<(usize, Vec<Segment>)>,
}

impl Reader<'_> {
    fn expand(&mut self, package: &Package<'_>) -> Result<(), Refusal> {
        for member in package.members() {
            if member.name.to_ascii_lowercase().ends_with(".piece") {
                return Err(Refusal::uninspectable(&*member.name, "parts in interleaved pieces are not supported"));
            }
            let data = if member.is_folder() { Vec::new() } else { package.expand(member, &mut self.budget)? };
            if looks_like_markup(&data) && !declared_otherwise(&member.name) {
                self.texts.push(Some(XmlText::decode(&member.name, data)?));
                self.others.push(Vec::new());
            } else {
                self.texts.push(None);
                self.others.push(data);
            }
        }
        self.fates.resize_with(self.members.len(), || None);
        Ok(())
    }

    fn types(&self) -> Result<ContentTypes, Refusal> {
        let missing = || Refusal::damaged(CONTENT_TYPES, "it is missing");
        let index = self.members.iter().position(|member| member.name.eq_ignore_ascii_case(CONTENT_TYPES)).ok_or_else(missing)?;
        let text = self.texts.get(index).and_then(Option::as_ref).ok_or_else(missing)?;
        ContentTypes::read(&text.text, self.limits)
    }

    fn relate(&mut self) -> Result<(), Refusal> {
        let names = names(&self.members);
        for (index, (member, text)) in self.members.iter().zip(&self.texts).enumerate() {
            if relations::source_name(&member.name).is_none() {
                continue;
            }
            let text = text.as_ref().ok_or_else(|| Refusal::damaged(&*member.name, "it is no XML"))?;
            self.relations.extend(relations::read(index, &member.name, &text.text, &names, self.limits)?);
        }
        Ok(())
    }

    fn main(&self) -> Result<usize, Refusal> {
        let main = self.relations.iter().find(|relation| relation.source.is_none() && relation.kind == "officeDocument");
        main.and_then(|relation| relation.target)
            .filter(|main| self.texts.get(*main).is_some_and(Option::is_some))
            .ok_or_else(|| Refusal::damaged("_rels/.rels", "the main part is missing"))
    }

    /// Decides what becomes of the parts that are not plain markup.
    fn decide(&mut self, types: &ContentTypes) {
        let mut roles: Vec<Vec<Role>> = vec![Vec::new(); self.members.len()];
        for relation in &self.relations {
            if let Some(target) = relation.target {
                roles[target].push(Role::of(&relation.kind));
            }
        }
        for (index, roles) in roles.iter().enumerate() {
            let name = self.members[index].name.clone();
            let rels = relations::source_name(&name).is_some();
            if rels || name.eq_ignore_ascii_case(CONTENT_TYPES) {
                continue;
            }
            let fate = if self.members[index].is_folder() {
                Some(Fate::Drop)
            } else if let Some(what) =
                roles.iter().find_map(|role| if let Role::Removed(what) = role { Some(*what) } else { None })
            {
                self.notes.push(format!("{name}: removed: {what}"));
                Some(Fate::Drop)
            } else if roles.contains(&Role::Included) {
                self.included(index, types.of(&name))
            } else if roles.contains(&Role::Embedded) {
                Some(self.embedded(index))
            } else if self.texts[index].is_some() {
                None
            } else if roles.is_empty() {
                self.notes.push(format!("{name}: removed: nothing in the package refers to it"));
                Some(Fate::Drop)
            } else if roles.contains(&Role::Font) {
                Some(Fate::Keep)
            } else if roles.contains(&Role::Picture) {
                Some(self.picture(index))
            } else {
                self.unread(index, "its kind of content is not known");
                Some(Fate::Keep)
            };
            self.fates[index] = fate;
        }
    }

    fn unread(&mut self, index: usize, reason: &str) {
        self.unread.push(UnreadPart { part: self.members[index].name.clone(), reason: reason.to_owned() });
    }

    /// A document of another kind that is shown as part of this one.
    fn included(&mut self, index: usize, content_type: &str) -> Option<Fate> {
        if self.texts[index].is_some() && content_type.ends_with("+xml") && !content_type.contains("xhtml") {
            // A flat or foreign XML vocabulary reads like any other part.
            return None;
        }
        let name = match content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
            "text/html" => "x.html".to_owned(),
            "application/xhtml+xml" => "x.xhtml".to_owned(),
            "application/rtf" | "text/rtf" => "x.rtf".to_owned(),
            "message/rfc822" | "application/x-mimearchive" => "x.mht".to_owned(),
            "text/plain" => "x.txt".to_owned(),
            _ => self.members[index].name.clone(),
        };
        match self.nested(index, &name) {
            Ok(fate) => Some(fate),
            Err(reason) => {
                self.unread(index, &format!("an included document that could not be read: {reason}"));
                Some(Fate::Keep)
            }
        }
    }

    /// An embedded object: read when a format can, else dropped.
    fn embedded(&mut self, index: usize) -> Fate {
        let name = self.members[index].name.clone();
        if let Ok(fate) = self.nested(index, &name) {
            return fate;
        }
        self.notes.push(format!("{name}: removed: embedded object that cannot be inspected; its picture stays"));
        Fate::Drop
    }

    /// Reads a part as a document of its own, by this name. The reason when no format can read all of it.
    fn nested(&mut self, index: usize, name: &str) -> Result<Fate, String> {
        let data = match &self.texts[index] {
            Some(text) => text.encode(&text.text),
            None => std::mem::take(&mut self.others[index]),
        };
        // Compound files may hold more than the format that knows one of their streams reads.
        if data.starts_with(&crate::ole::SIGNATURE) {
            return Err("a compound file".to_owned());
        }
        let document = nested::read(&self.source, name, &data, self.limits, self.budget.left());
        let document = document.map_err(|refusal| refusal.to_string())?;
        if let Some(unread) = document.unread.first() {
            return Err(format!("{}: {}", unread.part, unread.reason));
        }
        let Document { segments, body, .. } = document;
        for note in body.notes() {
            self.notes.push(format!("{}: {note}", self.members[index].name));
        }
        self.nested.push((index, segments));
        Ok(Fate::Nested(body))
    }

    fn picture(&mut self, index: usize) -> Fate {
        if metafile::is_metafile(&self.others[index]) {
            return self.metafile(index);
        }
        if let Some(fate) = self.looked_into(index) {
            return fate;
        }
        match image::without_metadata(&self.others[index]) {
            Ok(cleaned) => {
                self.unseen.push(index);
                match cleaned {
                    Some(data) => Fate::Clean(data),
                    None => Fate::Keep,
                }
            }
            Err(reason) => {
                self.unread(index, reason);
                self.unread_pictures.push(index);
                Fate::Keep
            }
        }
    }

    /// A picture as a document of its own, when its text can be read.
    fn looked_into(&mut self, index: usize) -> Option<Fate> {
        let (data, name) = (self.others.get(index)?, &self.members.get(index)?.name);
        let document = nested::picture(&self.source, name, data, self.limits, self.budget.left())?;
        let Document { segments, body, .. } = document;
        self.notes.extend(body.notes().into_iter().map(|note| format!("{name}: {note}")));
        self.nested.push((index, segments));
        Some(Fate::Nested(body))
    }

    /// A metafile: its texts are segments, one line each, and once more with the texts of a line joined.
    fn metafile(&mut self, index: usize) -> Fate {
        let mut data = std::mem::take(&mut self.others[index]);
        let Some(read) = metafile::read(&data) else {
            self.unread(index, "a metafile whose records cannot be followed");
            self.unread_pictures.push(index);
            return Fate::Keep;
        };
        self.notes.push(format!("{}: picture, only its text records were looked into", self.members[index].name));
        data.truncate(read.end);
        for range in read.blank {
            if let Some(blank) = data.get_mut(range) {
                blank.fill(0);
            }
        }
        self.drawn.extend(drawn(index, &read.texts, &data).into_iter().map(|(text, pieces)| (index, text, pieces)));
        Fate::Metafile(data)
    }

    /// Reads the markup and puts everything together.
    fn document(mut self, bytes: &[u8], main: usize, types: &ContentTypes) -> Result<Read, Refusal> {
        let mut dropped: Vec<HashSet<String>> = vec![HashSet::new(); self.members.len()];
        let gone = |fates: &[Option<Fate>], index: usize| matches!(fates.get(index), Some(Some(Fate::Drop)));
        for relation in &self.relations {
            if let (Some(source), Some(target)) = (relation.source, relation.target)
                && gone(&self.fates, target)
            {
                dropped[source].insert(relation.id.clone());
            }
        }
        let mut order: Vec<usize> =
            (0..self.members.len()).filter(|index| self.texts[*index].is_some() && self.fates[*index].is_none()).collect();
        order.sort_by_key(|index| (rank(&self.members[*index].name, *index == main), *index));

        let mut book = Book::default();
        let mut tables: Vec<(Option<usize>, Table)> = Vec::new();
        let main_name = self.members.get(main).map_or("", |member| member.name.as_str());
        let mut sheets: Vec<usize> = Vec::new();
        if is_workbook(types.of(main_name)) {
            (book, sheets) = self.workbook(main)?;
            tables = self.tables()?;
        }
        book.set_table_names(tables.iter().enumerate().map(|(number, (_, table))| (number, table)));
        let mut segments: Vec<Segment> = Vec::new();
        // Worksheets first: their cells say which attributes of tables follow them.
        order.sort_by_key(|index| !sheets.contains(index));
        let mut collector = Collector::default();
        let mut cuts: Vec<Vec<Splice>> = vec![Vec::new(); self.members.len()];
        for index in order {
            let name = self.members[index].name.clone();
            let Some(text) = self.texts[index].as_ref() else {
                continue;
            };
            if name.eq_ignore_ascii_case(CONTENT_TYPES) || relations::source_name(&name).is_some() {
                continue;
            }
            if book.is_strings(index) {
                continue;
            }
            let mut story = Story::new(index, &text.text, &mut collector, &dropped[index]);
            if let Some(number) = sheets.iter().position(|sheet| *sheet == index) {
                let place = (index, name.as_str(), text.text.as_str());
                let mut reader = SheetReader::new(story, place, number + 1, &mut book, &mut segments);
                scan(&name, &text.text, self.limits, &mut reader)?;
                let own = tables.iter().enumerate().filter(|(_, (sheet, _))| *sheet == Some(index));
                let own: Vec<(usize, &Table)> = own.map(|(number, (_, table))| (number, table)).collect();
                story = reader.finish(&own);
            } else {
                scan(&name, &text.text, self.limits, &mut story)?;
            }
            cuts[index] = std::mem::take(&mut story.cuts);
            let needed = std::mem::take(&mut story.needed);
            if story.data_cut {
                self.notes.push(format!("{name}: removed: data that programs keep behind fields and shapes"));
            }
            story.finish();
            if !needed.is_empty() {
                self.unread(index, "it needs a part that cannot be inspected");
            }
        }
        book.rest(&self.texts, &mut collector);
        for (part, text, pieces) in std::mem::take(&mut self.drawn) {
            collector.run(part, "drawn text".to_owned(), text, pieces);
        }
        for relation in &self.relations {
            if let Some(value) = &relation.external
                && let Some(text) = self.texts[relation.file].as_ref()
                && let Some(decoded) = escape::decode(&text.text[value.clone()])
            {
                let slot = Slot { part: relation.file, start: value.start, end: value.end, kind: Kind::Uri };
                collector.value(slot, "link target", decoded.into_owned());
            }
            if relation.target.is_some_and(|target| gone(&self.fates, target)) {
                cuts[relation.file].push(Splice { range: relation.range.clone(), text: String::new() });
            }
        }
        self.part_names(types, &mut collector);
        self.remove_traces(types, &mut cuts);
        let calc_chain = self.calc_chain(types);
        Ok(self.assemble(bytes, (book, segments), calc_chain, collector, cuts))
    }

    /// The file names of pictures and other parts that come from a user's own files. One with relationships of its own keeps its
    /// name, as theirs follows from it.
    fn part_names(&self, types: &ContentTypes, collector: &mut Collector) {
        let list = self.members.iter().position(|member| member.name.eq_ignore_ascii_case(CONTENT_TYPES));
        for (index, member) in self.members.iter().enumerate() {
            let named: Vec<&Relation> = self.relations.iter().filter(|relation| relation.target == Some(index)).collect();
            let own_file = |relation: &&Relation| {
                matches!(Role::of(&relation.kind), Role::Picture | Role::Embedded | Role::Included | Role::Font)
                    || matches!(relation.kind.as_str(), "audio" | "video" | "media")
            };
            let has_own = self.relations.iter().any(|relation| relation.source == Some(index));
            if !named.iter().all(own_file)
                || named.is_empty()
                || has_own
                || matches!(self.fates.get(index), Some(Some(Fate::Drop)))
            {
                continue;
            }
            let (_, stem, _) = part_name::cut(&member.name);
            let mut places: Vec<(usize, Range<usize>)> =
                named.iter().filter_map(|relation| Some((relation.file, relation.internal.clone()?))).collect();
            if let (Some(list), Some(value)) = (list, types.named(&member.name)) {
                places.push((list, value));
            }
            let slot = |(file, value): &(usize, Range<usize>)| {
                let text = self.texts.get(*file)?.as_ref()?;
                let stem = part_name::stem_in(&text.text, value, &member.name)?;
                Some(Slot { part: *file, start: stem.start, end: stem.end, kind: Kind::Name })
            };
            let slots: Vec<Slot> = places.iter().filter_map(slot).collect();
            // Where it is referred to in another writing, the name stays, and the search for residue refuses what it holds.
            if slots.len() == places.len() {
                collector.part_name(index, slots, stem.to_owned());
            }
        }
    }

    /// Takes dropped parts out of the content types, and their relationships with them.
    fn remove_traces(&mut self, types: &ContentTypes, cuts: &mut [Vec<Splice>]) {
        let names = names(&self.members);
        let Some(list) = names.get(&CONTENT_TYPES.to_ascii_lowercase()).copied() else {
            return;
        };
        for index in 0..self.members.len() {
            let name = &self.members[index].name;
            if let Some(source) = relations::source_name(name)
                && let Some(source) = names.get(&source)
                && matches!(self.fates[*source], Some(Fate::Drop))
            {
                self.fates[index] = Some(Fate::Drop);
            }
            if matches!(self.fates[index], Some(Fate::Drop))
                && let Some(range) = types.entry(&self.members[index].name)
            {
                cuts[list].push(Splice { range, text: String::new() });
            }
        }
    }

    /// The shared strings, styles and settings of a workbook, and its sheets in order.
    fn workbook(&self, main: usize) -> Result<(Book, Vec<usize>), Refusal> {
        let part = |index: usize| Some((self.members.get(index)?.name.as_str(), self.texts.get(index)?.as_ref()?.text.as_str()));
        let own = |relation: &&Relation| relation.source == Some(main);
        let first = |kind: &str| self.relations.iter().filter(own).find(|relation| relation.kind == kind)?.target;
        let strings = first("sharedStrings").and_then(|index| part(index).map(|(name, text)| (index, name, text)));
        let (name, text) = part(main).unwrap_or_default();
        let settings = sheets::Settings::read(name, text, self.limits)?;
        let book = Book::read(strings, first("styles").and_then(part), settings.since_1904, self.limits)?;
        let mut sheets: Vec<usize> = Vec::new();
        let related = settings
            .sheets
            .iter()
            .filter_map(|id| self.relations.iter().find(|relation| relation.source == Some(main) && relation.id == *id)?.target);
        // A worksheet that the workbook does not name is read all the same.
        let others = ["worksheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"];
        let others = self.relations.iter().filter(|relation| others.contains(&relation.kind.as_str()));
        for index in related.chain(others.filter_map(|relation| relation.target)) {
            if !sheets.contains(&index) && index != main && self.texts.get(index).is_some_and(Option::is_some) {
                sheets.push(index);
            }
        }
        Ok((book, sheets))
    }

    /// The tables, each with the worksheet it stands in.
    fn tables(&self) -> Result<Vec<(Option<usize>, Table)>, Refusal> {
        let mut tables = Vec::new();
        for relation in self.relations.iter().filter(|relation| relation.kind == "table") {
            if let Some(index) = relation.target
                && let (Some(member), Some(Some(text))) = (self.members.get(index), self.texts.get(index))
            {
                tables.push((relation.source, Table::read(index, &member.name, &text.text, self.limits)?));
            }
        }
        Ok(tables)
    }

    /// The part that lists formulas in the order of their calculation, and all that names it.
    fn calc_chain(&self, types: &ContentTypes) -> Option<CalcChain> {
        let part = self.relations.iter().find(|relation| relation.kind == "calcChain")?.target?;
        let named = self.relations.iter().filter(|relation| relation.target == Some(part));
        let cut = |range| Splice { range, text: String::new() };
        let mut traces: Vec<(usize, Splice)> = named.map(|relation| (relation.file, cut(relation.range.clone()))).collect();
        let list = self.members.iter().position(|member| member.name.eq_ignore_ascii_case(CONTENT_TYPES));
        if let (Some(list), Some(range)) = (list, types.entry(&self.members.get(part)?.name)) {
            traces.push((list, cut(range)));
        }
        Some(CalcChain { part, traces })
    }

    fn assemble(
        self,
        bytes: &[u8],
        (book, mut segments): (Book, Vec<Segment>),
        calc_chain: Option<CalcChain>,
        collector: Collector,
        cuts: Vec<Vec<Splice>>,
    ) -> Read {
        let Collector { runs: mut entries, values, structural, .. } = collector;
        let mut naming = structural;
        for (part, segments) in self.nested {
            for (index, segment) in segments.into_iter().enumerate() {
                let entry = Entry { segment, part, place: String::new(), carrier: Carrier::Nested { part, index } };
                if entry.segment.structural { naming.push(entry) } else { entries.push(entry) }
            }
        }
        entries.extend(values);
        entries.extend(naming);

        segments.reserve_exact(entries.len());
        let mut places = Vec::with_capacity(entries.len());
        for Entry { segment, part, place, carrier } in entries {
            let lines = match &carrier {
                Carrier::Run(_) => memchr::memchr_iter(b'\n', segment.text.as_bytes()).collect(),
                _ => Vec::new(),
            };
            places.push(Place { part, detail: place, carrier, lines });
            segments.push(segment);
        }
        let parts = self
            .members
            .into_iter()
            .zip(self.texts)
            .zip(self.fates)
            .zip(cuts)
            .map(|(((member, text), fate), cuts)| {
                let fate = match (fate, text) {
                    (Some(fate), _) => fate,
                    (None, Some(text)) => Fate::Xml(Box::new(XmlPart { text, cuts })),
                    (None, None) => Fate::Keep,
                };
                (member, fate)
            })
            .collect();
        let pictures = Pictures {
            other_unread: self.unread.len() > self.unread_pictures.len(),
            unseen: self.unseen,
            unread: self.unread_pictures,
            blank: false,
            limits: *self.limits,
        };
        let body = PackageBody { bytes: bytes.to_vec(), parts, book, calc_chain, places, pictures, notes: self.notes };
        (segments, self.unread, body)
    }
}

/// Whether a content type is a workbook's.
fn is_workbook(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    kind.contains("spreadsheetml") || kind.contains("ms-excel")
}

/// Whether the bytes begin like markup, in any encoding XML allows.
fn looks_like_markup(data: &[u8]) -> bool {
    let data = data.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(data);
    match data {
        [0xFF, 0xFE, b'<', 0, ..] | [0xFE, 0xFF, 0, b'<', ..] | [b'<', 0, ..] | [0, b'<', ..] => true,
        _ => data.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<'),
    }
}

/// Markup that is no XML part.
fn declared_otherwise(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".html", ".htm", ".mht", ".xhtml"].iter().any(|extension| name.ends_with(extension))
}

/// The order of parts in a document: the text, what belongs to it, data, properties.
fn rank(name: &str, main: bool) -> u8 {
    let name = name.to_ascii_lowercase();
    match name.split('/').next().unwrap_or_default() {
        _ if main => 0,
        "docprops" => 4,
        "customxml" => 3,
        _ if name.contains("styles") || name.contains("settings") || name.contains("theme") || name.contains("font") => 2,
        _ => 1,
    }
}
