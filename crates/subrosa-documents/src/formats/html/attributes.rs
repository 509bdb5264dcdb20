//! Attributes, addresses, scripts and style sheets.

use std::ops::Range;
use std::sync::Arc;

use super::base64::{self, extension};
use super::characters::{self, Manner, RAW, VALUE};
use super::code::Code;
use super::names::{self, Kind};
use super::reader::Reader;
use super::tokens::{Attribute, Tag};
use crate::mapped::{Inside, Mapped};
use crate::percent;

/// Finds the escapes in a text, and what they stand for.
type Escapes = fn(&str) -> Vec<(Range<usize>, String)>;

/// Least letters and digits of a foreign name that could be somebody's.
const LEAST_NAME: usize = 3;

/// An address that holds nothing.
const EMPTY: &str = "data:,";

/// Kinds of fonts: no text of a person's, and looked into by no reader.
const FONTS: &[&str] = &["font/", "application/font-", "application/x-font-", "application/vnd.ms-fontobject"];

impl Reader<'_> {
    /// The name of an element that is not the standard's, since a name may be anybody's.
    pub(crate) fn name(&mut self, range: Range<usize>, name: &str) {
        if !names::is_known_element(name) && name.bytes().filter(u8::is_ascii_alphanumeric).count() >= LEAST_NAME {
            let mapped = characters::mapped(self.text, range, Manner { code: Code::Name, ..RAW });
            self.builder.add_shared(mapped, None, true);
        }
    }

    /// The value of an attribute of a tag as it is written.
    fn raw_value(&self, tag: &Tag, wanted: &str) -> Option<String> {
        let attribute =
            tag.attributes.iter().find(|attribute| self.raw_text(attribute.name.clone()).eq_ignore_ascii_case(wanted))?;
        Some(characters::mapped(self.text, attribute.value.clone(), VALUE).text().to_owned()).filter(|value| !value.is_empty())
    }

    /// Registers a segment as the value of a form field, under the names its tag gives it.
    pub(crate) fn control(&mut self, segment: usize, tag: &Tag) {
        let mut labels: Vec<Arc<str>> = Vec::new();
        for name in ["aria-label", "placeholder", "title", "name"] {
            if let Some(value) = self.raw_value(tag, name).filter(|value| value.len() < 100) {
                let label = if name == "name" { names::in_words(&value) } else { value };
                labels.push(self.builder.label(&label));
            }
        }
        if let Some(segment) = self.builder.segments.get_mut(segment) {
            segment.labels.splice(0..0, labels);
        }
        let id = self.raw_value(tag, "id");
        self.controls.field(segment, id);
    }

    /// The name of an attribute that is not the standard's.
    pub(crate) fn attribute_name(&mut self, range: Range<usize>, name: &str) {
        if !names::is_known_attribute(name) && name.bytes().filter(u8::is_ascii_alphanumeric).count() >= LEAST_NAME {
            let mapped = characters::mapped(self.text, range, Manner { code: Code::Name, ..RAW });
            self.builder.add_shared(mapped, None, true);
        }
    }

    pub(crate) fn attributes(&mut self, element: &str, tag: &Tag) {
        for attribute in &tag.attributes {
            let raw_name = self.raw_text(attribute.name.clone());
            let name = raw_name.to_ascii_lowercase();
            self.attribute_name(attribute.name.clone(), &name);
            if !attribute.value.is_empty() {
                self.value(element, tag, attribute, raw_name, &name);
            }
        }
    }

    fn value(&mut self, element: &str, tag: &Tag, attribute: &Attribute, raw_name: &str, name: &str) {
        let raw = self.raw_text(attribute.value.clone());
        let mapped = characters::mapped(self.text, attribute.value.clone(), VALUE);
        if !mapped.text().chars().any(char::is_alphanumeric) {
            return;
        }
        let pair = |a: &[u8]| a.windows(2).any(|pair| pair.iter().all(u8::is_ascii_alphabetic));
        let drawing = matches!(name, "d" | "points" | "transform" | "viewbox" | "coords");
        match names::kind(name) {
            Kind::Measure if measure(raw) => {}
            Kind::Naming if drawing && (name == "transform" || !pair(raw.as_bytes())) && raw.is_ascii() => {}
            Kind::Naming | Kind::Measure => self.shared(mapped, None, true, attribute),
            Kind::Style => self.declarations(mapped, attribute),
            Kind::Script => {
                let escapes = characters::script_escapes(mapped.text());
                let mapped = if attribute.quoted { mapped.recoded(&escapes, Code::Script) } else { mapped };
                self.shared(mapped, None, false, attribute);
            }
            Kind::Document => {
                let code = if attribute.quoted { Code::Text } else { Code::Unquoted };
                let text = mapped.text().to_owned();
                let inside = Inside {
                    part: format!("attribute \"srcdoc\" of element {element}"),
                    name: "srcdoc.html",
                    bytes: text.as_bytes(),
                    raw: attribute.value.clone(),
                    code,
                    empty: "",
                };
                self.builder.inside(self.source, self.limits, inside);
            }
            Kind::Address => self.address(element, name, &mapped, attribute),
            Kind::Text
                if name == "value" && matches!(element, "input" | "option" | "button" | "param" | "data" | "li" | "meter") =>
            {
                let segment = if attribute.quoted {
                    self.builder.add(mapped, Vec::new(), false)
                } else {
                    self.builder.add_whole(mapped.text().to_owned(), Vec::new(), false, attribute.value.clone(), Code::Unquoted)
                };
                self.control(segment, tag);
            }
            Kind::Text if name == "content" && element == "meta" => {
                let named = ["name", "property", "itemprop", "http-equiv"].iter().find_map(|name| self.raw_value(tag, name));
                let technical = named.as_deref().is_some_and(names::is_technical_meta);
                let refresh = named.as_deref().is_some_and(|named| named.eq_ignore_ascii_case("refresh"));
                let escapes = if refresh { characters::percent_escapes(mapped.text()) } else { Vec::new() };
                let mapped = if escapes.is_empty() { mapped } else { mapped.recoded(&escapes, Code::Address) };
                let label = named.map(|named| self.builder.label(&names::in_words(&named)));
                self.shared(mapped, label.filter(|_| !technical), technical, attribute);
            }
            Kind::Text if name.starts_with("data-") && raw.bytes().all(|byte| byte.is_ascii_digit()) && raw.len() < 4 => {}
            Kind::Text => {
                // What a program keeps in `data-` is often JSON.
                let escapes = if name.starts_with("data-") && raw.contains("\\u") && attribute.quoted {
                    characters::script_escapes(mapped.text())
                } else {
                    Vec::new()
                };
                let mapped = if escapes.is_empty() { mapped } else { mapped.recoded(&escapes, Code::Script) };
                let label = names::in_words(raw_name);
                let label = self.builder.label(&label);
                self.shared(mapped, Some(label), false, attribute);
            }
        }
    }

    /// A value that may stand there many times.
    pub(crate) fn shared(&mut self, mapped: Mapped<Code>, label: Option<Arc<str>>, structural: bool, attribute: &Attribute) {
        if attribute.quoted {
            self.builder.add_shared(mapped, label, structural);
        } else {
            let text = mapped.text().to_owned();
            self.builder.add_shared_whole(text, label, structural, attribute.value.clone(), Code::Unquoted);
        }
    }

    /// The value of an attribute that is an address.
    pub(crate) fn address(&mut self, element: &str, name: &str, mapped: &Mapped<Code>, attribute: &Attribute) {
        let text = mapped.text().trim_start();
        if text.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
            && self.data(&format!("attribute \"{name}\" of element {element}"), text, &attribute.value.clone())
        {
            return;
        }
        let structural = text.starts_with('#');
        let escapes = characters::percent_escapes(mapped.text());
        let mapped = mapped.recoded(&escapes, if attribute.quoted { Code::Address } else { Code::BareAddress });
        let label = self.builder.label(name);
        self.builder.add_shared(mapped, Some(label).filter(|_| !structural), structural);
    }

    /// A `data:` address, decoded; false when it is none. `raw` is its place, up to white space before it.
    fn data(&mut self, part: &str, text: &str, raw: &Range<usize>) -> bool {
        let Some((head, data)) = text.get(5..).and_then(|rest| rest.split_once(',')) else { return false };
        let mut words = head.split(';').map(|word| word.trim().to_ascii_lowercase());
        let media = words.next().unwrap_or_default();
        let base64 = words.any(|word| word == "base64");
        if FONTS.iter().any(|font| media.starts_with(font)) && base64 {
            return true;
        }
        // The place of the data alone: behind the comma, which is in no reference.
        let written = self.raw_text(raw.clone());
        let Some(comma) = written.find(',').filter(|&comma| !written.get(..comma).unwrap_or_default().contains('&')) else {
            self.builder.unread(part.to_owned(), "its data: address is written in references", raw.clone(), Code::Text, EMPTY);
            return true;
        };
        let place = raw.start + comma + 1..raw.end;
        let bytes = percent::decode(data.as_bytes());
        let bytes = if base64 { base64::decode(&bytes) } else { Some(bytes) };
        let Some(bytes) = bytes else {
            self.builder.unread(part.to_owned(), "its data: address is no valid base64", raw.clone(), Code::Text, EMPTY);
            return true;
        };
        if bytes.is_empty() {
            return true;
        }
        let name = format!("data.{}", extension(&media));
        let code = if base64 { Code::Base64 } else { Code::Percent };
        let inside = Inside { part: part.to_owned(), name: &name, bytes: &bytes, raw: place, code, empty: "" };
        self.builder.inside(self.source, self.limits, inside);
        true
    }

    /// Style declarations: the format's own, but for what an author writes into them.
    fn declarations(&mut self, mapped: Mapped<Code>, attribute: &Attribute) {
        let raw = self.raw_text(attribute.value.clone());
        for range in data_addresses(raw) {
            let range = attribute.value.start + range.start..attribute.value.start + range.end;
            self.data("a style", self.raw_text(range.clone()), &range);
        }
        let text = mapped.text();
        let authored = ["url(", "/*", "content:"].iter().any(|mark| text.contains(mark));
        if attribute.quoted && data_addresses(raw).is_empty() {
            let escapes = characters::style_escapes(text);
            let mapped = mapped.recoded(&escapes, Code::Text);
            self.builder.add_shared(mapped, None, !authored);
        } else if data_addresses(raw).is_empty() {
            self.shared(mapped, None, !authored, attribute);
        } else {
            self.without_data(attribute.value.clone(), VALUE, characters::style_escapes, Code::Text);
        }
    }

    /// The text of a stretch but for the `data:` addresses in it, as one segment.
    fn without_data(&mut self, range: Range<usize>, manner: Manner, escapes: Escapes, code: Code) {
        let raw = self.raw_text(range.clone());
        let mut mapped = Mapped::default();
        let mut done = 0;
        for found in data_addresses(raw) {
            characters::push(self.text, range.start + done..range.start + found.start, manner, &mut mapped);
            done = found.end;
        }
        characters::push(self.text, range.start + done..range.end, manner, &mut mapped);
        if mapped.text().chars().any(char::is_alphanumeric) {
            let escapes = escapes(mapped.text());
            self.builder.add(mapped.recoded(&escapes, code), Vec::new(), false);
        }
    }

    /// The content of a script.
    pub(crate) fn script(&mut self, range: Range<usize>, tag: &Tag) {
        let raw = self.raw_text(range.clone());
        if !raw.chars().any(char::is_alphanumeric) {
            return;
        }
        let kind = self.raw_value(tag, "type").unwrap_or_default().trim().to_ascii_lowercase();
        let json = kind.ends_with("json") || matches!(kind.as_str(), "importmap" | "speculationrules");
        if json {
            let name = if kind.contains("fhir") { "script.fhir.json" } else { "script.json" };
            let inside = Inside {
                part: "script".to_owned(),
                name,
                bytes: raw.as_bytes(),
                raw: range.clone(),
                code: Code::Content,
                empty: "",
            };
            // What is no JSON after all is read like any other script.
            if self.builder.try_inside(self.source, self.limits, inside).is_ok() {
                return;
            }
        }
        let markup = ["text/html", "text/template", "text/x-template", "text/ng-template", "x-tmpl", "handlebars", "mustache"];
        if markup.iter().any(|known| kind.contains(known)) {
            self.run(range);
            return;
        }
        self.programme(range, characters::script_escapes, Code::Script);
    }

    /// The content of a style sheet.
    pub(crate) fn style(&mut self, range: Range<usize>) {
        self.programme(range, characters::style_escapes, Code::Raw);
    }

    fn programme(&mut self, range: Range<usize>, escapes: Escapes, code: Code) {
        let raw = self.raw_text(range.clone());
        for found in data_addresses(raw) {
            let place = range.start + found.start..range.start + found.end;
            self.data("a script or style sheet", self.raw_text(place.clone()), &place);
        }
        self.without_data(range, Manner { code, ..RAW }, escapes, code);
    }
}

/// Whether a value is a measure, a colour or a word for a side.
fn measure(value: &str) -> bool {
    let words = ["left", "right", "center", "middle", "top", "bottom", "justify", "baseline", "auto", "none", "all", "yes", "no"];
    let value = value.trim();
    let colour =
        value.strip_prefix('#').is_some_and(|digits| digits.len() <= 8 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let unit = value.trim_start_matches(|char: char| char.is_ascii_digit() || matches!(char, '.' | '-' | '+'));
    let digits = value.len() - unit.len();
    colour || words.iter().any(|word| value.eq_ignore_ascii_case(word)) || digits > 0 && digits < 6 && unit.len() <= 2
}

/// Where `data:` addresses in base64 stand in a script or style sheet.
fn data_addresses(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = memchr::memmem::find(bytes.get(from..).unwrap_or_default(), b"data:") {
        let start = from + at;
        from = start + 5;
        let rest = bytes.get(from..).unwrap_or_default();
        let head = rest.iter().take(200).take_while(|byte| byte.is_ascii_alphanumeric() || b"/+-.;=_".contains(byte)).count();
        let head_text = rest.get(..head).unwrap_or_default();
        if rest.get(head) != Some(&b',') || !head_text.ends_with(b";base64") || !head_text.contains(&b'/') {
            continue;
        }
        let data = rest.get(head + 1..).unwrap_or_default();
        let length = data.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"+/=%-_".contains(byte)).count();
        from += head + 1 + length;
        found.push(start..from);
    }
    found
}
