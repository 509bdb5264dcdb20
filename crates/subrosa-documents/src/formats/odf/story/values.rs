//! What stands in attributes and in elements of their own: values of cells, targets of links, fields.

use super::{BRINGS_IN, COMPUTED, PRINTER, Story};
use crate::formats::odf::attributes::{Class, classify};
use crate::formats::odf::cells;
use crate::formats::odf::cells::{Link, Role};
use crate::formats::odf::references::Target;
use crate::package::part_name::{self, PICTURES};
use crate::xml::{Family, Kind, Odf, Slot, Splice, Tag, escape};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

impl<'a> Story<'a, '_> {
    /// Reads the attributes. `cell` says that they hold the value of a cell; gives the values that are to be compared with
    /// what it shows.
    pub(super) fn attributes(&mut self, tag: &Tag<'a>, cell: bool, labels: &[Arc<str>]) -> Vec<(Slot, Arc<str>, String)> {
        let mut values = Vec::new();
        for attribute in &tag.attributes {
            let Some(value) = escape::decode(&self.text[attribute.value.clone()]) else { continue };
            let role = match attribute.name.family {
                Family::Odf(Odf::Office | Odf::Table) if cell => cells::role(attribute.name.local),
                _ => None,
            };
            if let Some(role) = role {
                let slot = self.slot(&attribute.value, Kind::Attribute);
                self.links.push(Link { slot, tag: tag.range.start, role });
                if role == Role::Value && attribute.name.local != "currency" && attribute.name.local != "boolean-value" {
                    let label = labels.first().cloned().unwrap_or_else(|| self.collector.label("value"));
                    values.push((slot, label, value.into_owned()));
                    continue;
                }
                if role == Role::Value {
                    continue;
                }
            }
            match classify(&tag.name, &attribute.name, &value) {
                Class::Skip => {}
                Class::Content(label) => {
                    let slot = self.slot(&attribute.value, Kind::Attribute);
                    self.collector.value(slot, label, value.into_owned());
                }
                Class::Optional(label) => {
                    let slot = self.slot(&attribute.value, Kind::DateAttribute { from: attribute.range.start });
                    self.collector.value(slot, label, value.into_owned());
                }
                Class::Structural(label) => {
                    let slot = self.slot(&attribute.value, Kind::Attribute);
                    self.collector.structural(slot, label, value.into_owned());
                }
                Class::Target => self.target(tag, &attribute.range, &attribute.value, value),
            }
        }
        values
    }

    pub(super) fn target(&mut self, tag: &Tag<'a>, range: &Range<usize>, value_range: &Range<usize>, value: Cow<'_, str>) {
        match self.references.find(self.part, &value) {
            Target::Kept => {
                let picture = value.strip_prefix("./").unwrap_or(&value).starts_with(PICTURES);
                let stem = part_name::stem_in(self.text, value_range, &value).filter(|_| picture);
                if let Some(stem) = stem {
                    let text = self.text.get(stem.clone()).unwrap_or_default().to_owned();
                    self.collector.structural(self.slot(&stem, Kind::Name), "file name", text);
                }
            }
            Target::Dropped if BRINGS_IN.contains(&tag.name.local) => {
                if self.cutting.is_none() {
                    self.cutting = Some((self.frames.len(), tag.range.start));
                }
            }
            Target::Dropped => self.cuts.push(Splice { range: range.clone(), text: String::new() }),
            Target::Outside if value.starts_with("data:") => self.unread.push("it holds data inside an address"),
            Target::Outside => {
                let slot = self.slot(value_range, Kind::Uri);
                self.collector.value(slot, "link target", value.into_owned());
            }
        }
    }

    /// Gives the values of a cell to the collector, but for those that it shows as they are.
    pub(super) fn settle_values(&mut self, values: Vec<(Slot, Arc<str>, String)>, shown: &str) {
        let shown = shown.trim();
        for (slot, label, value) in values {
            let fraction = value.rsplit_once('.').map_or(0, |(_, fraction)| fraction.len());
            let is_date = value.contains('-') && value.contains('T');
            if value == shown || (fraction >= COMPUTED && !is_date && !shown.is_empty()) {
                continue;
            }
            self.collector.value(slot, &label, value);
        }
    }

    /// A text node that does not read on in a story.
    pub(super) fn leaf(&mut self, range: &Range<usize>, kind: Option<Kind>, text: String) {
        let Some(frame) = self.frames.last() else { return };
        let name = frame.name;
        let plain = kind.unwrap_or(Kind::Element { preserve: None });
        let (label, kind) = match (name.family, name.local) {
            (Family::Odf(Odf::Office), "binary-data") => {
                let mut around = self.frames.iter().rev().skip(1);
                let object = around.next().is_some_and(|frame| frame.name.local == "object-ole");
                let replaced = around.next().is_some_and(|frame| frame.shown_otherwise);
                self.binary.push((range.clone(), object || replaced));
                return;
            }
            (Family::Odf(Odf::Meta), "generator") => {
                let slot = self.slot(range, plain);
                self.collector.structural(slot, "program", text);
                return;
            }
            (Family::Odf(Odf::Meta), "editing-duration") => {
                let slot = self.slot(range, plain);
                self.collector.structural(slot, "editing duration", text);
                return;
            }
            (Family::Odf(Odf::Meta), "editing-cycles") => return,
            (Family::Odf(Odf::Number), _) => {
                let slot = self.slot(range, plain);
                self.collector.structural(slot, "number format", text);
                return;
            }
            (Family::Odf(Odf::Config), "config-item") => {
                if self.printer {
                    self.cuts.push(Splice { range: range.clone(), text: String::new() });
                    self.printer_removed = true;
                    return;
                }
                if matches!(text.trim(), "true" | "false") {
                    return;
                }
                let font = frame.field.as_ref().is_some_and(|(label, _)| label.contains("FontName"));
                if font || text.trim().parse::<f64>().is_ok() {
                    let slot = self.slot(range, plain);
                    self.collector.structural(slot, "setting", text);
                    return;
                }
                (frame.field.as_ref().map_or("setting", |(label, _)| label), plain)
            }
            (Family::Property, "date") | (Family::Odf(Odf::Meta), "creation-date" | "print-date" | "date-string") => {
                (name.local, if kind.is_some() { plain } else { Kind::DateElement })
            }
            (Family::Odf(Odf::Svg), "desc") => ("description", plain),
            (Family::Odf(Odf::Meta), "printed-by" | "initial-creator") => ("creator", plain),
            (_, "creator-initials" | "sender-initials") => ("initials", plain),
            _ => match &frame.field {
                Some((label, field)) => (label.as_str(), kind.unwrap_or(*field)),
                None => (name.local, plain),
            },
        };
        let label = label.to_owned();
        let slot = self.slot(range, kind);
        self.collector.value(slot, &label, text);
    }

    /// Label and kind of a field of the metadata or the settings.
    pub(super) fn field(&mut self, tag: &Tag<'a>) -> Option<(String, Kind)> {
        match (tag.name.family, tag.name.local) {
            (Family::Odf(Odf::Meta), "user-defined") => {
                let kind = match tag.raw("value-type") {
                    Some("float" | "percentage" | "currency") => Kind::NumberElement,
                    Some("date") => Kind::DateElement,
                    _ => Kind::Element { preserve: None },
                };
                Some((tag.value("name").unwrap_or_default(), kind))
            }
            (Family::Odf(Odf::Config), "config-item") => {
                let name = tag.value("name").unwrap_or_default();
                self.printer = PRINTER.contains(&name.as_str());
                Some((name, Kind::Element { preserve: None }))
            }
            _ => None,
        }
    }
}
