//! Reads the elements of XML into segments.

use std::ops::Range;
use std::sync::Arc;

use crate::formats::Source;
use crate::formats::health::labels;
use crate::formats::html::base64::{self, Document as Encoded};
use crate::formats::html::characters::{self, KEPT, Manner, VALUE};
use crate::formats::html::code::Code;
use crate::formats::html::reader::Reader as Html;
use crate::formats::html::tokens::{Tag, Token, Tokens};
use crate::formats::html::{in_words, names, tables};
use crate::limits::Limits;
use crate::mapped::{Builder, Inside, Mapped};
use crate::refusal::Refusal;

/// Attributes of the vocabularies' own making.
const NAMING: &[&str] = &[
    "type",
    "typecode",
    "classcode",
    "moodcode",
    "codesystem",
    "codesystemname",
    "root",
    "unit",
    "nullflavor",
    "version",
    "encoding",
    "lang",
    "space",
    "base",
    "schemalocation",
    "nonamespaceschemalocation",
    "operator",
    "inversionind",
    "contextcontrolcode",
    "determinercode",
    "representation",
    "mediatype",
    "use",
    "qualifier",
    "xmlns",
];

/// Attributes that name what their element holds.
const NAMES: &[&str] = &["name", "key", "label", "field", "caption", "displayname", "propertyname", "attribute"];

/// Reads one file.
pub(super) struct Reader<'a> {
    /// Reads narrative, and holds the segments.
    html: Html<'a>,
    text: &'a str,
    tokens: Vec<Token>,
    /// For each token that is a start tag: whether text and elements are mixed in its element, and the token that ends it.
    elements: Vec<(bool, u32)>,
    limits: &'a Limits,
    source: &'a Source<'a>,
    open: Vec<Open<'a>>,
    /// The text of the key that stood before, as property lists have it.
    key: Option<Arc<str>>,
}

struct Open<'a> {
    name: &'a str,
    /// The token at which it began.
    start: usize,
    mapped: Mapped<Code>,
    /// The name that its tag gives its content.
    named: Option<Arc<str>>,
    /// The segments of values of its children that a sibling may name.
    values: Vec<usize>,
    /// What a child says of those values.
    system: Option<Arc<str>>,
    /// The media type that a child gives, and the data it speaks of.
    media: Option<String>,
    data: Option<Range<usize>>,
    /// Whether its tag says that its text is base64.
    encoded: bool,
    /// Whether its element flows in one around it.
    flows: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, source: &'a Source<'a>, limits: &'a Limits, builder: Builder<Code>) -> Self {
        let html = Html::new(text, source, limits, true, builder);
        Self { html, text, tokens: Vec::new(), elements: Vec::new(), limits, source, open: Vec::new(), key: None }
    }

    /// Reads everything.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] for declarations of entities, [`Refusal::Limit`] for elements that nest too deep.
    pub(super) fn read(mut self) -> Result<Builder<Code>, Refusal> {
        self.cut()?;
        let tokens = std::mem::take(&mut self.tokens);
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                Token::Text(range) => self.characters(range.clone(), KEPT),
                Token::Cdata(range) => self.characters(range.clone(), Manner { references: false, code: Code::Cdata, ..KEPT }),
                Token::Comment(range) => self.html.comment(range.clone()),
                Token::Bogus(range) => self.html.bogus(range.clone()),
                Token::Doctype(range) => self.html.doctype(range.clone()),
                Token::Start(tag) => {
                    let end = self.elements.get(at - 1).map_or(at, |&(_, end)| end as usize);
                    if self.narrative(tag, end > at) {
                        self.html.attributes("text", tag);
                        let (from, to) = (self.start_of(&tokens, at), self.start_of(&tokens, end));
                        self.html.run(from..to);
                        at = end + 1;
                    } else {
                        self.start(tag, at - 1);
                        if tag.closed {
                            self.end();
                        }
                    }
                }
                Token::End(tag) => {
                    let name = self.raw(&tag.name);
                    if self.open.iter().any(|open| open.name == name) {
                        while self.open.last().is_some_and(|open| open.name != name) {
                            self.end();
                        }
                        self.end();
                    }
                    self.html.name(tag.name.clone(), &name.to_ascii_lowercase());
                    self.html.attributes(name, tag);
                }
            }
        }
        while !self.open.is_empty() {
            self.end();
        }
        self.html.finish()
    }

    fn raw(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// Where a token begins in the text.
    fn start_of(&self, tokens: &[Token], at: usize) -> usize {
        let before = |start: usize, mark: &str| self.text.get(..start).and_then(|head| head.rfind(mark)).unwrap_or(start);
        match tokens.get(at) {
            None => self.text.len(),
            Some(Token::Text(range)) => range.start,
            Some(Token::Start(tag)) => tag.name.start.saturating_sub(1),
            Some(Token::End(tag)) => tag.name.start.saturating_sub(2),
            Some(Token::Comment(range) | Token::Bogus(range) | Token::Doctype(range) | Token::Cdata(range)) => {
                before(range.start, "<")
            }
        }
    }

    /// Cuts the text into tokens, and sees where elements end and which mix text and elements.
    fn cut(&mut self) -> Result<(), Refusal> {
        let mut tokens = Tokens::new(self.text, 0..self.text.len(), true);
        // Open elements: token, name, whether text, whether elements were seen in it.
        let mut open: Vec<(usize, &str, bool, bool)> = Vec::new();
        while let Some(token) = tokens.next(true) {
            let at = self.tokens.len();
            self.elements.push((false, at as u32));
            match &token {
                Token::Text(range) | Token::Cdata(range) => {
                    if let Some(top) = open.last_mut() {
                        top.2 |= !self.text.get(range.clone()).unwrap_or_default().trim().is_empty();
                    }
                }
                Token::Start(tag) => {
                    if let Some(top) = open.last_mut() {
                        top.3 = true;
                    }
                    if !tag.closed {
                        if open.len() >= self.limits.depth {
                            return Err(Refusal::Limit(format!("elements nest deeper than {}", self.limits.depth)));
                        }
                        open.push((at, self.text.get(tag.name.clone()).unwrap_or_default(), false, false));
                    }
                }
                Token::End(tag) => {
                    let name = self.text.get(tag.name.clone()).unwrap_or_default();
                    if let Some(found) = open.iter().rposition(|&(_, open, ..)| open == name) {
                        for (start, _, text, elements) in open.drain(found..) {
                            if let Some(element) = self.elements.get_mut(start) {
                                *element = (text && elements, at as u32);
                            }
                        }
                    }
                }
                _ => {}
            }
            self.tokens.push(token);
        }
        let end = self.tokens.len() as u32;
        for (start, _, text, elements) in open {
            if let Some(element) = self.elements.get_mut(start) {
                *element = (text && elements, end);
            }
        }
        Ok(())
    }

    /// Whether an element is narrative: the `text` of a CDA section, a `div` of FHIR.
    fn narrative(&self, tag: &Tag, holds: bool) -> bool {
        let name = self.raw(&tag.name);
        let parent = self.open.last().map_or("", |open| local(open.name));
        let encoded = || tag.attributes.iter().any(|attribute| self.raw(&attribute.name) == "representation");
        holds && (local(name) == "text" && parent == "section" && !encoded() || local(name) == "div" && parent == "text")
    }

    fn path(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.open.iter().map(|open| open.name)
    }

    fn characters(&mut self, range: Range<usize>, manner: Manner) {
        // The innermost element that does not flow in another.
        if let Some(open) = self.open.iter_mut().rfind(|open| !open.flows) {
            let flowing = self.elements.get(open.start).is_some_and(|&(mixed, _)| mixed);
            characters::push(self.text, range, Manner { flowing, ..manner }, &mut open.mapped);
        } else if !self.raw(&range).trim().is_empty() {
            let mapped = characters::mapped(self.text, range, manner);
            self.html.builder.add(mapped, Vec::new(), false);
        }
    }

    fn start(&mut self, tag: &Tag, at: usize) {
        let name = self.raw(&tag.name);
        let lower = local(name).to_ascii_lowercase();
        self.html.name(tag.name.clone(), &name.to_ascii_lowercase());
        let flows =
            self.open.last().is_some_and(|open| open.flows || self.elements.get(open.start).is_some_and(|&(mixed, _)| mixed));
        if flows
            && (names::is_block(&lower) || matches!(lower.as_str(), "br" | "para" | "paragraph" | "item" | "line" | "lb"))
            && let Some(open) = self.open.iter_mut().rfind(|open| !open.flows)
            && !open.mapped.text().is_empty()
            && !open.mapped.text().ends_with('\n')
        {
            open.mapped.gap("\n");
        }
        let mut named = None;
        for attribute in &tag.attributes {
            let attribute_name = local(self.raw(&attribute.name)).to_ascii_lowercase();
            if NAMES.contains(&attribute_name.as_str()) {
                let value = characters::mapped(self.text, attribute.value.clone(), VALUE);
                named = tables::label(value.text(), true).map(|label| self.html.builder.label(&in_words(&label)));
            }
        }
        self.open.push(Open {
            name,
            start: at,
            mapped: Mapped::default(),
            named,
            values: Vec::new(),
            system: None,
            media: None,
            data: None,
            encoded: false,
            flows,
        });
        self.attributes(tag);
    }

    /// The names of a value of the element that is open.
    fn labels(&mut self) -> Vec<Arc<str>> {
        let mut found: Vec<Arc<str>> = self.open.last().and_then(|open| open.named.clone()).into_iter().collect();
        let of_path = labels::of_path(self.path());
        found.extend(of_path.iter().map(|label| self.html.builder.label(label)));
        found
    }

    fn attributes(&mut self, tag: &Tag) {
        let element = tag.name.clone();
        let element = local(self.raw(&element)).to_owned();
        let attribute = |wanted: &str| {
            tag.attributes
                .iter()
                .find(|attribute| self.raw(&attribute.name) == wanted)
                .map(|attribute| characters::mapped(self.text, attribute.value.clone(), VALUE).text().to_owned())
        };
        let (root, value, media) = (attribute("root"), attribute("value"), attribute("mediaType"));
        let encoded = attribute("representation").is_some_and(|value| value.eq_ignore_ascii_case("b64"));
        if let Some(open) = self.open.last_mut() {
            (open.media, open.encoded) = (media, encoded);
        }
        for attribute in &tag.attributes {
            let raw_name = self.raw(&attribute.name);
            let name = local(raw_name).to_ascii_lowercase();
            self.html.attribute_name(attribute.name.clone(), &raw_name.to_ascii_lowercase());
            let mapped = characters::mapped(self.text, attribute.value.clone(), VALUE);
            if !mapped.text().chars().any(char::is_alphanumeric) {
                continue;
            }
            if raw_name.starts_with("xmlns")
                || raw_name.starts_with("xsi:")
                || NAMING.contains(&name.as_str())
                || labels::is_vocabulary(mapped.text())
            {
                self.html.shared(mapped, None, true, attribute);
                continue;
            }
            if element == "data" && name == "value" && self.encoded_value(attribute.value.clone()) {
                continue;
            }
            if matches!(name.as_str(), "href" | "src") {
                self.html.address(&element, &name, &mapped, attribute);
                continue;
            }
            let mut found = Vec::new();
            if matches!(name.as_str(), "value" | "extension" | "displayname") {
                let system =
                    root.as_deref().and_then(labels::of_system).or_else(|| labels::of_scheme(mapped.text()).map(str::to_owned));
                found.extend(system.map(|label| self.html.builder.label(&label)));
                found.extend(self.labels());
            } else {
                let words = in_words(local(raw_name));
                let path = labels::of_path([element.as_str(), words.as_str()].into_iter());
                found.extend(path.iter().map(|label| self.html.builder.label(label)));
            }
            // Values that a sibling may name are segments of their own.
            if element == "value" && name == "value" && attribute.quoted {
                let segment = self.html.builder.add(mapped, found, false);
                if let Some(parent) = self.parent() {
                    parent.values.push(segment);
                }
            } else if attribute.quoted {
                self.html.builder.add_labelled(mapped, found);
            } else {
                let text = mapped.text().to_owned();
                self.html.builder.add_whole(text, found, false, attribute.value.clone(), Code::Unquoted);
            }
        }
        let Some(value) = value else { return };
        let system = labels::of_system(&value)
            .filter(|_| matches!(element.as_str(), "system"))
            .map(|label| self.html.builder.label(&label));
        if let Some(parent) = self.parent() {
            if system.is_some() {
                parent.system = system;
            }
            if element == "contentType" {
                parent.media = Some(value);
            }
        }
    }

    fn parent(&mut self) -> Option<&mut Open<'a>> {
        let parent = self.open.len().checked_sub(2)?;
        self.open.get_mut(parent)
    }

    /// The data of a FHIR attachment, kept until its media type is known.
    fn encoded_value(&mut self, value: Range<usize>) -> bool {
        let raw = self.raw(&value);
        let encoded = base64::looks(raw);
        if encoded && let Some(parent) = self.parent() {
            parent.data = Some(value);
        }
        encoded
    }

    /// Ends the innermost element.
    fn end(&mut self) {
        let labels = self.labels();
        let Some(open) = self.open.pop() else { return };
        for segment in open.values {
            if let (Some(system), Some(segment)) = (&open.system, self.html.builder.segments.get_mut(segment)) {
                segment.labels.insert(0, Arc::clone(system));
            }
        }
        if let Some(data) = open.data {
            let media = open.media.clone().unwrap_or_default();
            self.inside(data, &media);
        }
        let text = open.mapped.text();
        if text.trim().is_empty() {
            return;
        }
        let name = local(open.name).to_ascii_lowercase();
        if name == "key" {
            self.key = tables::label(text, true).map(|label| self.html.builder.label(&in_words(&label)));
        }
        let range = open.mapped.place();
        if let Some(range) = range.filter(|range| base64::looks(self.raw(range)))
            && (open.encoded || base64::kind(self.raw(&range)).is_some())
        {
            self.inside(range, &open.media.unwrap_or_default());
            return;
        }
        let mut labels = labels;
        if name != "key"
            && let Some(key) = self.key.take()
        {
            labels.insert(0, key);
        }
        let label = labels::of_scheme(text.trim()).map(|label| self.html.builder.label(label));
        labels.splice(0..0, label);
        // White space at the edges is layout.
        let edges = text.len() - text.trim_start().len()..text.trim_end().len();
        let mapped = open.mapped.part(edges);
        self.html.builder.add(mapped, labels, false);
    }

    /// A document in base64.
    fn inside(&mut self, range: Range<usize>, media: &str) {
        let raw = self.raw(&range);
        let part = "a document in base64".to_owned();
        let Some(Encoded { bytes, name }) = base64::document(raw, media) else {
            self.html.builder.unread(part, "it is no valid base64", range, Code::Text, "");
            return;
        };
        let inside = Inside { part, name: &name, bytes: &bytes, raw: range, code: Code::Base64, empty: "" };
        self.html.builder.inside(self.source, self.limits, inside);
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}
