//! Runs content streams for their text: which codes are shown, where, and by which bytes.
//!
//! Everything that shows text counts, seen or not: invisible render modes, clipped or white text, text off the page and in
//! hidden layers. Colours, clipping and blending are passed over, unless painting is recorded for the audit. ISO 32000-2, 8.4 and 9.3 to 9.4.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::budget::Budget;
use super::filters::{self, Decoded};
use super::fonts::Font;
use super::geometry::{Matrix, Point};
use super::paint::Look;
use super::paint::layers::Layers;
use super::paint::record::{self, Trace};
use super::splice::LABEL_FONT;
use super::store::{Store, as_number};
use super::strings;
use super::tokenizer::{Operand, Operation, Tokenizer, is_operator};
use super::unit::{Element, Glyph, InlineImage, Item, Marked, Move, MoveKind, Place, Show, ShowKind, Unit};
use crate::refusal::Refusal;

/// Deepest nesting of forms in forms.
const MAX_FORM_DEPTH: usize = 24;

/// Interprets streams, each once.
pub(super) struct Interpreter<'a> {
    pub(super) store: &'a Store,
    budget: &'a Budget,
    pub units: Vec<Unit>,
    /// Whether painting is recorded, too, and which layers are off.
    pub(super) recording: Option<Layers>,
    /// The resources that streams without their own used.
    pub borrowed: HashMap<ObjectId, Dictionary>,
    by_stream: HashMap<ObjectId, usize>,
    running: Vec<ObjectId>,
    fonts: HashMap<FontKey, Rc<Font>>,
}

/// A font dictionary's identity: its object, or the address of a dictionary that stands directly in the resources.
#[derive(PartialEq, Eq, Hash)]
enum FontKey {
    Object(ObjectId),
    Direct(usize),
}

#[derive(Clone)]
pub(super) struct State {
    pub(super) ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    character_spacing: f64,
    word_spacing: f64,
    /// The operation that set it.
    spaced_by: Option<usize>,
    scale: f64,
    leading: f64,
    rise: f64,
    /// The font is the one that our own labels are set in.
    label: bool,
    /// Changes only while painting is recorded.
    pub(super) look: Rc<Look>,
}

impl State {
    fn new() -> Self {
        Self {
            ctm: Matrix::IDENTITY,
            font: None,
            size: 0.0,
            character_spacing: 0.0,
            word_spacing: 0.0,
            spaced_by: None,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            label: false,
            look: Rc::default(),
        }
    }
}

/// One run over one stream.
pub(super) struct Run<'r> {
    pub(super) unit: Unit,
    pub(super) resources: Option<&'r Dictionary>,
    pub(super) state: State,
    pub(super) trace: Trace,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    /// Open marked-content sequences: the entry in `unit.marked`, where there is one.
    open_marks: Vec<Option<usize>>,
    last_move: Option<usize>,
    depth: i64,
}

impl<'a> Interpreter<'a> {
    pub(super) fn new(store: &'a Store, budget: &'a Budget) -> Self {
        Self {
            store,
            budget,
            units: Vec::new(),
            recording: None,
            borrowed: HashMap::new(),
            by_stream: HashMap::new(),
            running: Vec::new(),
            fonts: HashMap::new(),
        }
    }

    /// Whether a stream has been interpreted.
    pub(super) fn knows(&self, id: ObjectId) -> bool {
        self.by_stream.contains_key(&id)
    }

    /// Interprets the joined contents of a page; gives the index of its unit.
    pub(super) fn page(&mut self, index: usize, bytes: Vec<u8>, resources: Option<&'a Dictionary>) -> Result<usize, Refusal> {
        self.run(Place::Page(index), bytes, resources, State::new())
    }

    /// Interprets a stream that is content of its own; gives the index of its unit.
    pub(super) fn stream(
        &mut self,
        id: ObjectId,
        stream: &'a Stream,
        resources: Option<&'a Dictionary>,
    ) -> Result<usize, Refusal> {
        self.nested(id, stream, resources, State::new())
    }

    fn nested(
        &mut self,
        id: ObjectId,
        stream: &'a Stream,
        inherited: Option<&'a Dictionary>,
        state: State,
    ) -> Result<usize, Refusal> {
        if let Some(&known) = self.by_stream.get(&id) {
            return Ok(known);
        }
        if self.running.contains(&id) || self.running.len() >= MAX_FORM_DEPTH {
            return Err(Refusal::damaged(object_name(id), "content streams that use each other in a circle, or too deep"));
        }
        let bytes = match filters::decode(self.store, stream, self.budget.stream_limit()) {
            Ok(Decoded::Bytes(bytes)) => bytes,
            Ok(Decoded::Image) => {
                return Err(Refusal::damaged(object_name(id), "an image filter on a content stream"));
            }
            Err(reason) => return Err(Refusal::damaged(object_name(id), reason)),
        };
        self.budget.expand(bytes.len())?;
        let own = self.store.dict(&stream.dict, b"Resources");
        if let (None, Some(inherited)) = (own, inherited) {
            self.borrowed.insert(id, inherited.clone());
        }
        let resources = own.or(inherited);
        self.running.push(id);
        let state = State { ctm: Matrix::IDENTITY, ..state };
        let result = self.run(Place::Stream(id), bytes, resources, state);
        self.running.pop();
        let index = result?;
        self.by_stream.insert(id, index);
        Ok(index)
    }

    fn run(&mut self, place: Place, bytes: Vec<u8>, resources: Option<&'a Dictionary>, state: State) -> Result<usize, Refusal> {
        let mut run = Run {
            unit: Unit::new(place, Vec::new()),
            resources,
            state,
            trace: Trace::default(),
            saved: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            open_marks: Vec::new(),
            last_move: None,
            depth: 0,
        };
        let mut tokenizer = Tokenizer::new(&bytes);
        loop {
            let next = tokenizer.next_operation().map_err(|reason| Refusal::damaged(place_name(place), reason))?;
            let Some(operation) = next else { break };
            self.budget.operation()?;
            if self.recording.is_some() {
                self.paint(&mut run, &operation)?;
            }
            run.note_loose(&operation);
            self.execute(&mut run, &operation)?;
        }
        let end = run.unit.glyphs.len();
        for mark in run.open_marks.drain(..).flatten() {
            if let Some(marked) = run.unit.marked.get_mut(mark) {
                marked.glyphs.end = end;
            }
        }
        run.unit.comments.append(&mut tokenizer.comments);
        run.unit.comments.sort_by_key(|range| (range.start, range.end));
        run.unit.loose_end = tokenizer.loose_end;
        run.unit.open_states = run.depth;
        run.unit.bytes = bytes;
        self.units.push(run.unit);
        Ok(self.units.len() - 1)
    }

    fn execute(&mut self, run: &mut Run<'a>, operation: &Operation<'_>) -> Result<(), Refusal> {
        let number = |index: usize| operation.operands.get(index).and_then(|(operand, _)| operand.number());
        let last = || operation.operands.last().and_then(|(operand, _)| operand.number());
        let matrix = || {
            let count = operation.operands.len();
            let values: Vec<f64> =
                operation.operands[count.saturating_sub(6)..].iter().filter_map(|(operand, _)| operand.number()).collect();
            <[f64; 6]>::try_from(values).ok().map(Matrix)
        };
        match operation.operator {
            b"q" => {
                run.depth += 1;
                if run.saved.len() < 4096 {
                    run.saved.push(run.state.clone());
                }
            }
            b"Q" => {
                run.depth -= 1;
                run.unit.underflow = run.unit.underflow.max(usize::try_from(-run.depth).unwrap_or(0));
                if let Some(state) = run.saved.pop() {
                    run.state = state;
                }
            }
            b"cm" => {
                if let Some(change) = matrix() {
                    run.state.ctm = change.then(run.state.ctm);
                }
            }
            b"BT" => {
                run.unit.open_text = true;
                run.set_line(Matrix::IDENTITY, MoveKind::Begin, &operation.range);
            }
            b"ET" => run.unit.open_text = false,
            b"Td" | b"TD" => {
                let (x, y) = (number(0).unwrap_or(0.0), number(1).unwrap_or(0.0));
                let kind = if operation.operator == b"TD" { MoveKind::RelativeLeading } else { MoveKind::Relative };
                if kind == MoveKind::RelativeLeading {
                    run.state.leading = -y;
                }
                run.set_line(Matrix::translation(x, y).then(run.line), kind, &operation.range);
            }
            b"Tm" => {
                if let Some(line) = matrix() {
                    run.set_line(line, MoveKind::Absolute, &operation.range);
                }
            }
            b"T*" => run.next_line(MoveKind::Relative, &operation.range),
            b"Tc" => run.state.character_spacing = last().unwrap_or(0.0),
            b"Tw" => {
                run.state.word_spacing = last().unwrap_or(0.0);
                run.state.spaced_by = Some(run.unit.word_spacings.len());
                run.unit.word_spacings.push(operation.range.clone());
            }
            b"Tz" => run.state.scale = last().unwrap_or(100.0) / 100.0,
            b"TL" => run.state.leading = last().unwrap_or(0.0),
            b"Ts" => run.state.rise = last().unwrap_or(0.0),
            b"Tf" => {
                if let [(Operand::Name(name), _), .., (Operand::Number(size), _)] = operation.operands.as_slice() {
                    run.state.size = *size;
                    run.state.label = name.as_slice() == LABEL_FONT.as_bytes();
                    run.state.font = Some(self.font(run.resources, name));
                }
            }
            b"gs" => self.graphics_state(run, operation),
            b"Tj" | b"TJ" => self.show(run, operation, ShowKind::Plain)?,
            b"'" => {
                run.next_line(MoveKind::Implied, &operation.range);
                self.show(run, operation, ShowKind::NextLine)?;
            }
            b"\"" => {
                let (word, character) = (number(0).unwrap_or(0.0), number(1).unwrap_or(0.0));
                run.state.word_spacing = word;
                run.state.spaced_by = None;
                run.state.character_spacing = character;
                run.next_line(MoveKind::Implied, &operation.range);
                self.show(run, operation, ShowKind::NextLineSpaced(word, character))?;
            }
            b"Do" => self.draw(run, operation)?,
            b"BI" => run.inline_image(operation),
            b"d0" | b"d1" => run.unit.glyph = true,
            b"c" | b"v" | b"y" | b"l" => run.unit.painted += 1,
            b"BDC" | b"DP" => run.mark(operation),
            b"MP" => run.tag(operation),
            b"BMC" => {
                run.tag(operation);
                run.open_marks.push(None);
            }
            b"EMC" => {
                let end = run.unit.glyphs.len();
                if let Some(Some(mark)) = run.open_marks.pop()
                    && let Some(marked) = run.unit.marked.get_mut(mark)
                {
                    marked.glyphs.end = end;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// A font of the resources. A name without a font gets the default font, as in viewers.
    fn font(&mut self, resources: Option<&'a Dictionary>, name: &[u8]) -> Rc<Font> {
        static EMPTY: std::sync::LazyLock<Dictionary> = std::sync::LazyLock::new(Dictionary::new);
        let entry = resources.and_then(|found| self.store.dict(found, b"Font")).and_then(|fonts| fonts.get(name).ok());
        self.load_font(entry, &EMPTY)
    }

    fn load_font(&mut self, entry: Option<&'a Object>, default: &'a Dictionary) -> Rc<Font> {
        let (id, object) = entry.map_or((None, &Object::Null), |entry| self.store.resolve_with_id(entry));
        let dict = object.as_dict().unwrap_or(default);
        let key = id.map_or_else(|| FontKey::Direct(std::ptr::from_ref(dict).addr()), FontKey::Object);
        let (store, limit) = (self.store, self.budget.stream_limit());
        Rc::clone(self.fonts.entry(key).or_insert_with(|| Rc::new(Font::load(store, dict, id, limit))))
    }

    fn graphics_state(&mut self, run: &mut Run<'a>, operation: &Operation<'_>) {
        static EMPTY: std::sync::LazyLock<Dictionary> = std::sync::LazyLock::new(Dictionary::new);
        let Some((Operand::Name(name), _)) = operation.operands.last() else {
            return;
        };
        let states = run.resources.and_then(|found| self.store.dict(found, b"ExtGState"));
        let Some(state) = states.and_then(|states| self.store.dict(states, name)) else {
            return;
        };
        if let Some([font, size]) = self.store.array(state, b"Font") {
            run.state.size = as_number(self.store.resolve(size)).unwrap_or(0.0);
            run.state.font = Some(self.load_font(Some(font), &EMPTY));
        }
    }

    fn draw(&mut self, run: &mut Run<'a>, operation: &Operation<'_>) -> Result<(), Refusal> {
        let Some((Operand::Name(name), _)) = operation.operands.last() else {
            return Ok(());
        };
        let objects = run.resources.and_then(|found| self.store.dict(found, b"XObject"));
        let Some(entry) = objects.and_then(|objects| objects.get(name).ok()) else {
            return Ok(());
        };
        let (Some(id), Object::Stream(stream)) = self.store.resolve_with_id(entry) else {
            return Ok(());
        };
        match self.store.name(&stream.dict, b"Subtype") {
            Some(b"Image") => {
                if self.recording.is_some() {
                    self.paint_image(run, stream);
                }
                run.unit.items.push(Item::Image(run.state.ctm));
            }
            Some(b"Form") => {
                let mut state = run.state.clone();
                let matrix = self.store.matrix(&stream.dict, b"Matrix").unwrap_or(Matrix::IDENTITY);
                if self.recording.is_some() {
                    state.look = record::inside(&state.look);
                }
                let inner = self.nested(id, stream, run.resources, state)?;
                if self.recording.is_some() {
                    self.paint_group(run, &stream.dict, matrix);
                }
                run.unit.items.push(Item::Use(inner, matrix.then(run.state.ctm)));
            }
            _ => {}
        }
        Ok(())
    }

    fn show(&mut self, run: &mut Run<'a>, operation: &Operation<'_>, kind: ShowKind) -> Result<(), Refusal> {
        static EMPTY: std::sync::LazyLock<Dictionary> = std::sync::LazyLock::new(Dictionary::new);
        let font = match &run.state.font {
            Some(font) => Rc::clone(font),
            None => self.load_font(None, &EMPTY),
        };
        let state = &run.state;
        let em = Matrix([state.size * state.scale, 0.0, 0.0, state.size, 0.0, state.rise]).then(run.text).then(state.ctm);
        if !em.is_finite() {
            return Err(Refusal::damaged(place_name(run.unit.place), "text at a place that is no number"));
        }
        let first = run.unit.glyphs.len();
        let mut elements = Vec::new();
        let start = run.pen();
        for (operand, _) in &operation.operands {
            match operand {
                Operand::String(bytes) => run.show_string(&font, bytes, &mut elements),
                Operand::Array(items) => {
                    for (item, range) in items {
                        match item {
                            Operand::String(bytes) => run.show_string(&font, bytes, &mut elements),
                            Operand::Number(value) => {
                                run.advance(&font, -value / 1000.0 * run.state.size);
                                elements.push(Element::Kern(range.clone()));
                            }
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        self.budget.glyphs(run.unit.glyphs.len() - first)?;
        let glyphs = first..run.unit.glyphs.len();
        run.unit.items.push(Item::Show(run.unit.shows.len()));
        let end = run.pen();
        let after_move = run.last_move;
        run.unit.shows.push(Show {
            kind,
            range: operation.range.clone(),
            elements,
            glyphs,
            start,
            end,
            em,
            vertical: font.vertical,
            word_spacing: Some(run.state.word_spacing / run.state.size).filter(|spacing| spacing.is_finite()).unwrap_or(0.0),
            spaced_by: run.state.spaced_by,
            font: font.id,
            after_move,
            label: run.state.label,
            look: self.recording.as_ref().map(|_| Box::new(record::text_look(&run.state.look, &run.trace))),
        });
        Ok(())
    }
}

impl Run<'_> {
    fn set_line(&mut self, line: Matrix, kind: MoveKind, range: &Range<usize>) {
        self.line = line;
        self.text = line;
        self.last_move = Some(self.unit.moves.len());
        let (ctm, leading) = (self.state.ctm, self.state.leading);
        self.unit.moves.push(Move { range: range.clone(), kind, line_matrix: line, ctm, leading });
    }

    fn next_line(&mut self, kind: MoveKind, range: &Range<usize>) {
        let line = Matrix::translation(0.0, -self.state.leading).then(self.line);
        self.set_line(line, kind, range);
    }

    /// Where the next glyph's origin would be.
    fn pen(&self) -> Point {
        let at = self.text.apply(0.0, self.state.rise);
        self.state.ctm.apply(at.x, at.y)
    }

    /// Moves the pen by a distance in unscaled text space.
    fn advance(&mut self, font: &Font, distance: f64) {
        let step = if font.vertical {
            Matrix::translation(0.0, distance)
        } else {
            Matrix::translation(distance * self.state.scale, 0.0)
        };
        self.text = step.then(self.text);
    }

    fn show_string(&mut self, font: &Rc<Font>, bytes: &[u8], elements: &mut Vec<Element>) {
        let first = self.unit.glyphs.len();
        let show = self.unit.shows.len() as u32;
        let size = self.text.then(self.state.ctm).apply_vector(0.0, self.state.size).length();
        font.decode(bytes, &mut |code| {
            let origin = self.pen();
            let own = code.advance * self.state.size;
            let saved = self.text;
            self.advance(font, own);
            let end = self.pen();
            self.text = saved;
            let word = if code.word_space { self.state.word_spacing } else { 0.0 };
            self.advance(font, own + self.state.character_spacing + word);
            let next = self.pen();
            let mut stored = [0; 4];
            let source = &bytes[code.bytes];
            let code_length = source.len().min(4);
            stored[..code_length].copy_from_slice(&source[..code_length]);
            self.unit.glyphs.push(Glyph {
                reading: code.reading,
                other: code.other,
                show,
                code: stored,
                code_length: code_length as u8,
                origin,
                end,
                next,
                size,
            });
        });
        elements.push(Element::Glyphs(first..self.unit.glyphs.len()));
    }

    /// Notes text that an operation has and does not show.
    fn note_loose(&mut self, operation: &Operation<'_>) {
        if !is_operator(operation.operator) {
            self.unit.comments.push(operation.range.clone());
            return;
        }
        let shows = matches!(operation.operator, b"Tj" | b"TJ" | b"'" | b"\"");
        if shows || matches!(operation.operator, b"BDC" | b"DP" | b"BI") {
            // What is shown is a string, or in a list of strings and numbers.
            let hidden = |operand: &Operand| !matches!(operand, Operand::String(_)) && operand.holds_text();
            for (operand, _) in operation.operands.iter().filter(|_| shows) {
                if let Operand::Array(items) = operand {
                    let items = items.iter().filter(|(item, _)| hidden(item));
                    self.unit.comments.extend(items.map(|(_, range)| range.clone()));
                }
            }
            return;
        }
        let texts = operation.operands.iter().filter(|(operand, _)| operand.holds_text());
        self.unit.comments.extend(texts.map(|(_, range)| range.clone()));
    }

    fn inline_image(&mut self, operation: &Operation<'_>) {
        self.unit.items.push(Item::Image(self.state.ctm));
        if let [(Operand::Dictionary(entries), _), (_, data)] = operation.operands.as_slice() {
            let (range, entries, data) = (operation.range.clone(), entries.clone(), data.clone());
            self.unit.images.push(InlineImage { range, entries, data });
        }
    }

    fn tag(&mut self, operation: &Operation<'_>) {
        if let Some((Operand::Name(tag), range)) = operation.operands.first() {
            if let Some(places) = self.unit.tags.get_mut(tag) {
                places.push(range.clone());
            } else {
                self.unit.tags.insert(tag.clone(), vec![range.clone()]);
            }
        }
    }

    fn mark(&mut self, operation: &Operation<'_>) {
        self.tag(operation);
        let opens = operation.operator == b"BDC";
        let glyph = self.unit.glyphs.len();
        let mut entry = None;
        if let Some((list @ Operand::Dictionary(_), range)) = operation.operands.last() {
            let mut found = Vec::new();
            collect_strings(b"", list, &mut found);
            if !found.is_empty() {
                entry = Some(self.unit.marked.len());
                self.unit.marked.push(Marked { range: range.clone(), strings: found, glyphs: glyph..glyph });
            }
        }
        if opens {
            self.open_marks.push(entry);
        }
    }
}

/// The strings of a property list at any depth, in the order in which they stand, each with its outermost key.
fn collect_strings(key: &[u8], value: &Operand, found: &mut Vec<(Vec<u8>, String)>) {
    match value {
        Operand::String(bytes) => found.push((key.to_vec(), strings::decode(bytes))),
        Operand::Dictionary(entries) => {
            for (inner, value) in entries {
                collect_strings(if key.is_empty() { inner } else { key }, value, found);
            }
        }
        Operand::Array(items) => items.iter().for_each(|(item, _)| collect_strings(key, item, found)),
        _ => {}
    }
}

pub(super) fn object_name(id: ObjectId) -> String {
    format!("object {}", id.0)
}

pub(super) fn place_name(place: Place) -> String {
    match place {
        Place::Page(index) => format!("page {}", index + 1),
        Place::Stream(id) => object_name(id),
    }
}
