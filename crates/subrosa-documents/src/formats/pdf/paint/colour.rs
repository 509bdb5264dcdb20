//! Colour spaces, as far as the eye's impression needs them: no profiles, tints by their functions where these are simple.
//! ISO 32000-2, 8.6.

use std::rc::Rc;

use lopdf::{Dictionary, Object};

use super::Ink;
use crate::formats::pdf::filters::{self, Decoded};
use crate::formats::pdf::store::{Store, as_number};

/// Deepest nesting of a colour space in another.
const MAX_DEPTH: usize = 4;
/// Largest table or sampled function that is read.
const MAX_TABLE: usize = 1 << 16;

/// A colour space.
#[derive(Clone)]
pub(super) enum Space {
    Gray,
    Rgb,
    Cmyk,
    Lab,
    /// The space of the table's entries, and their bytes.
    Indexed(Rc<(Space, Vec<u8>)>),
    Tint(Rc<Tint>),
    Pattern,
    Unknown,
}

/// A space of inks with other names than the printer's: a function to another space.
pub(super) struct Tint {
    components: usize,
    kind: Colorant,
    base: Space,
    map: Map,
}

#[derive(PartialEq)]
enum Colorant {
    Black,
    /// Paints nothing.
    None,
    Other,
}

enum Map {
    /// Between two colours, with an exponent.
    Power(Vec<f64>, Vec<f64>, f64),
    /// Colours at equal steps of one tint.
    Samples(Vec<Vec<f64>>),
    Unknown,
}

impl Space {
    /// The space of a name: a device space, or one of the resources.
    pub(super) fn named(store: &Store, resources: Option<&Dictionary>, name: &[u8]) -> Self {
        let spaces = resources.and_then(|found| store.dict(found, b"ColorSpace"));
        match spaces.and_then(|spaces| spaces.get(name).ok()) {
            Some(object) => Self::read(store, resources, object, 0),
            None => Self::device(name),
        }
    }

    fn device(name: &[u8]) -> Self {
        match name {
            b"DeviceGray" | b"G" | b"CalGray" => Self::Gray,
            b"DeviceRGB" | b"RGB" | b"CalRGB" => Self::Rgb,
            b"DeviceCMYK" | b"CMYK" => Self::Cmyk,
            b"Pattern" => Self::Pattern,
            _ => Self::Unknown,
        }
    }

    pub(super) fn read(store: &Store, resources: Option<&Dictionary>, object: &Object, depth: usize) -> Self {
        if depth > MAX_DEPTH {
            return Self::Unknown;
        }
        let items = match store.resolve(object) {
            Object::Name(name) if depth == 0 => {
                let device = Self::device(name);
                return if matches!(device, Self::Unknown) && resources.is_some() {
                    let spaces = resources.and_then(|found| store.dict(found, b"ColorSpace"));
                    let found = spaces.and_then(|spaces| spaces.get(name).ok());
                    found.map_or(Self::Unknown, |object| Self::read(store, None, object, depth + 1))
                } else {
                    device
                };
            }
            Object::Name(name) => return Self::device(name),
            Object::Array(items) => items,
            _ => return Self::Unknown,
        };
        let entry = |index: usize| items.get(index).map(|item| store.resolve(item));
        let inner = |index: usize| items.get(index).map_or(Self::Unknown, |item| Self::read(store, resources, item, depth + 1));
        let Some(Object::Name(family)) = entry(0) else { return Self::Unknown };
        match family.as_slice() {
            b"CalGray" => Self::Gray,
            b"CalRGB" => Self::Rgb,
            b"Lab" => Self::Lab,
            b"Pattern" => Self::Pattern,
            b"ICCBased" => match entry(1).and_then(|object| object.as_stream().ok()) {
                Some(profile) => match store.number(&profile.dict, b"N").map(|count| count as i64) {
                    Some(1) => Self::Gray,
                    Some(3) => Self::Rgb,
                    Some(4) => Self::Cmyk,
                    _ => Self::Unknown,
                },
                None => Self::Unknown,
            },
            b"Indexed" | b"I" => {
                let table = match entry(3) {
                    Some(Object::String(bytes, _)) => bytes.clone(),
                    Some(Object::Stream(stream)) => match filters::decode(store, stream, MAX_TABLE) {
                        Ok(Decoded::Bytes(bytes)) => bytes,
                        _ => return Self::Unknown,
                    },
                    _ => return Self::Unknown,
                };
                Self::Indexed(Rc::new((inner(1), table)))
            }
            b"Separation" | b"DeviceN" => {
                let (components, kind) = match entry(1) {
                    Some(Object::Name(name)) => (
                        1,
                        match name.as_slice() {
                            b"Black" | b"All" => Colorant::Black,
                            b"None" => Colorant::None,
                            _ => Colorant::Other,
                        },
                    ),
                    Some(Object::Array(names)) => (names.len(), Colorant::Other),
                    _ => return Self::Unknown,
                };
                let map = items.get(3).map_or(Map::Unknown, |function| Map::read(store, function));
                Self::Tint(Rc::new(Tint { components, kind, base: inner(2), map }))
            }
            name => Self::device(name),
        }
    }

    /// How many numbers make a colour.
    fn components(&self) -> usize {
        match self {
            Self::Gray | Self::Indexed(_) => 1,
            Self::Rgb | Self::Lab => 3,
            Self::Cmyk => 4,
            Self::Tint(tint) => tint.components,
            Self::Pattern | Self::Unknown => 0,
        }
    }

    /// How many numbers make a pixel of an image.
    pub(super) fn width(&self) -> usize {
        self.components()
    }

    /// A number of a pixel of eight bits as [`Space::ink`] takes it.
    pub(super) fn value(&self, byte: u8) -> f64 {
        match self {
            Self::Indexed(_) => f64::from(byte),
            _ => f64::from(byte) / 255.0,
        }
    }

    /// The colour that holds until one is set.
    pub(super) fn initial(&self) -> Ink {
        match self {
            Self::Cmyk => Ink::BLACK,
            Self::Tint(tint) => self.ink(&vec![1.0; tint.components]),
            Self::Pattern => Ink::Nothing,
            _ => self.ink(&vec![0.0; self.components()]),
        }
    }

    /// The colour of some numbers.
    pub(super) fn ink(&self, values: &[f64]) -> Ink {
        let channel = |value: f64| (value.clamp(0.0, 1.0) * 255.0).round() as u8;
        match (self, values) {
            (Self::Gray, [gray, ..]) => Ink::Rgb([channel(*gray); 3]),
            (Self::Rgb, [red, green, blue, ..]) => Ink::Rgb([channel(*red), channel(*green), channel(*blue)]),
            (Self::Cmyk, [cyan, magenta, yellow, black, ..]) => {
                let mix = |ink: f64| channel((1.0 - ink.clamp(0.0, 1.0)) * (1.0 - black.clamp(0.0, 1.0)));
                Ink::Rgb([mix(*cyan), mix(*magenta), mix(*yellow)])
            }
            // Only white and black are of interest here.
            (Self::Lab, [lightness, a, b]) if a.abs() < 3.0 && b.abs() < 3.0 => Ink::Rgb([channel(lightness / 100.0); 3]),
            (Self::Indexed(entries), [index, ..]) => {
                let (base, table) = entries.as_ref();
                let count = base.components();
                let start = (index.max(0.0) as usize).saturating_mul(count);
                match table.get(start..start.saturating_add(count)) {
                    Some(bytes) if count > 0 => base.ink(&bytes.iter().map(|byte| f64::from(*byte) / 255.0).collect::<Vec<_>>()),
                    _ => Ink::Unknown,
                }
            }
            (Self::Tint(tint), values) => tint.ink(values),
            _ => Ink::Unknown,
        }
    }
}

impl Tint {
    fn ink(&self, values: &[f64]) -> Ink {
        if self.kind == Colorant::None {
            return Ink::Nothing;
        }
        let [tint] = values else {
            return if values.iter().all(|value| *value == 0.0) { Ink::Rgb([255; 3]) } else { Ink::Unknown };
        };
        match &self.map {
            Map::Power(from, to, exponent) => {
                let part = tint.clamp(0.0, 1.0).powf(*exponent);
                self.base.ink(&from.iter().zip(to).map(|(from, to)| from + part * (to - from)).collect::<Vec<_>>())
            }
            Map::Samples(samples) => {
                let at = (tint.clamp(0.0, 1.0) * samples.len().saturating_sub(1) as f64).round() as usize;
                samples.get(at).map_or(Ink::Unknown, |values| self.base.ink(values))
            }
            Map::Unknown if self.kind == Colorant::Black => Space::Gray.ink(&[1.0 - tint]),
            Map::Unknown if *tint == 0.0 => Ink::Rgb([255; 3]),
            Map::Unknown => Ink::Unknown,
        }
    }
}

impl Map {
    fn read(store: &Store, object: &Object) -> Self {
        let object = store.resolve(object);
        let dict = match object {
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &stream.dict,
            _ => return Self::Unknown,
        };
        let whole = |key: &[u8]| {
            store.array(dict, key).map(|items| items.iter().filter_map(|item| as_number(store.resolve(item))).collect::<Vec<_>>())
        };
        match (store.number(dict, b"FunctionType").map(|kind| kind as i64), object) {
            (Some(2), _) => Self::Power(
                whole(b"C0").unwrap_or_else(|| vec![0.0]),
                whole(b"C1").unwrap_or_else(|| vec![1.0]),
                store.number(dict, b"N").unwrap_or(1.0),
            ),
            (Some(0), Object::Stream(stream)) => {
                let (Some(size), Some(range)) = (whole(b"Size"), whole(b"Range")) else { return Self::Unknown };
                let (outputs, bytes) = (range.len() / 2, filters::decode(store, stream, MAX_TABLE));
                let (Ok(Decoded::Bytes(bytes)), [_], Some(8.0)) = (bytes, size.as_slice(), store.number(dict, b"BitsPerSample"))
                else {
                    return Self::Unknown;
                };
                if outputs == 0 {
                    return Self::Unknown;
                }
                let scaled = |(byte, range): (&u8, &[f64])| match range {
                    [low, high] => low + f64::from(*byte) / 255.0 * (high - low),
                    _ => 0.0,
                };
                let one = |entry: &[u8]| entry.iter().zip(range.chunks_exact(2)).map(scaled).collect();
                Self::Samples(bytes.chunks_exact(outputs).map(one).collect())
            }
            _ => Self::Unknown,
        }
    }
}
