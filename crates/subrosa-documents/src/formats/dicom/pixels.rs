//! The pixels of a DICOM file as pictures (PS3.3, C.7.6.3; PS3.5, chapter 8 and A.4).

use image::{DynamicImage, GrayImage, RgbImage};

use super::data::{self, Element, Value};
use crate::limits::Limits;
use crate::picture::codec::{self, Decoded};
use crate::picture::look::Area;
use crate::picture::{Kind, paint};

/// JPEG baseline.
const BASELINE: &str = "1.2.840.10008.1.2.4.50";
/// Plain pixels.
const PLAIN: &[&str] = &["1.2.840.10008.1.2", "1.2.840.10008.1.2.1"];
/// Most frames that are read.
const MOST_FRAMES: usize = 512;

/// Pixels that can be looked at.
pub(super) struct Pixels {
    rows: usize,
    columns: usize,
    samples: usize,
    /// Bytes of a sample.
    wide: usize,
    signed: bool,
    /// One plane a colour.
    planes: bool,
    frames: usize,
    limits: Limits,
    data: Data,
}

enum Data {
    Plain(Vec<u8>),
    /// A JPEG file a frame, after the table of offsets.
    Jpeg(Vec<Vec<u8>>),
}

impl Pixels {
    /// The pixels of a data set; nothing when it has none.
    ///
    /// # Errors
    /// Why they cannot be read.
    pub(super) fn find(elements: &[Element], syntax: &str, limits: &Limits) -> Result<Option<Self>, &'static str> {
        let has = |tag: u32| elements.iter().find(|element| element.tag == tag).map(|element| &element.value);
        if has(0x7FE0_0008).or(has(0x7FE0_0009)).is_some() {
            return Err("pixels in floating point are not read");
        }
        let Some(value) = has(data::PIXELS) else { return Ok(None) };
        let number = |tag: u32| match has(tag) {
            Some(Value::Plain(value)) => Some(usize::from(u16::from_le_bytes([*value.first()?, *value.get(1)?]))),
            _ => None,
        };
        let text = |tag: u32| match has(tag) {
            Some(Value::Plain(value)) => super::plain(value),
            _ => String::new(),
        };
        let (Some(rows), Some(columns)) = (number(0x0028_0010), number(0x0028_0011)) else {
            return Err("the size of its picture is not given");
        };
        let samples = number(0x0028_0002).unwrap_or(1);
        let bits = number(0x0028_0100).unwrap_or(8);
        let frames = text(0x0028_0008).trim().parse().unwrap_or(1).max(1);
        if frames > MOST_FRAMES {
            return Err("it has too many frames");
        }
        let colours = text(0x0028_0004);
        let known = match samples {
            1 => matches!(colours.as_str(), "MONOCHROME1" | "MONOCHROME2" | "PALETTE COLOR"),
            3 => matches!(colours.as_str(), "RGB" | "YBR_FULL" | "YBR_FULL_422"),
            _ => false,
        };
        let data = match value {
            Value::Plain(bytes) if PLAIN.contains(&syntax) && colours != "YBR_FULL_422" => Data::Plain(bytes.clone()),
            Value::Fragments(fragments) if syntax == BASELINE && fragments.len() == frames + 1 => {
                Data::Jpeg(fragments.get(1..).unwrap_or_default().to_vec())
            }
            _ => return Err("its kind of packed pixels is not read"),
        };
        if !known || !matches!(bits, 8 | 16) {
            return Err("its kind of pixels is not read");
        }
        let pixels = Self {
            rows,
            columns,
            samples,
            wide: bits / 8,
            signed: number(0x0028_0103) == Some(1),
            planes: number(0x0028_0006) == Some(1),
            frames,
            limits: *limits,
            data,
        };
        match &pixels.data {
            Data::Plain(bytes)
                if pixels.frame_bytes().and_then(|each| each.checked_mul(frames)).is_none_or(|all| all > bytes.len()) =>
            {
                Err("its pixels break off")
            }
            _ => Ok(Some(pixels)),
        }
    }

    pub(super) fn frames(&self) -> usize {
        self.frames
    }

    fn frame_bytes(&self) -> Option<usize> {
        self.rows.checked_mul(self.columns)?.checked_mul(self.samples)?.checked_mul(self.wide)
    }

    /// A frame as a picture, from its darkest to its brightest value.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) fn frame(&self, number: usize) -> Result<DynamicImage, String> {
        const BROKEN: &str = "its pixels cannot be decoded";
        let bytes = match &self.data {
            Data::Jpeg(files) => {
                let file = files.get(number).ok_or(BROKEN)?;
                let decoded = codec::decode(Kind::Jpeg, file, &self.limits)?;
                return decoded.frames.into_iter().next().map(|frame| frame.picture).ok_or_else(|| BROKEN.to_owned());
            }
            Data::Plain(bytes) => {
                let each = self.frame_bytes().ok_or(BROKEN)?;
                bytes.get(number * each..(number + 1) * each).ok_or(BROKEN)?
            }
        };
        let values: Vec<i32> = if self.wide == 1 {
            bytes.iter().map(|byte| if self.signed { i32::from(*byte as i8) } else { i32::from(*byte) }).collect()
        } else {
            let pairs = bytes.chunks_exact(2).map(|pair| [pair[0], pair[1]]);
            pairs
                .map(|pair| if self.signed { i32::from(i16::from_le_bytes(pair)) } else { i32::from(u16::from_le_bytes(pair)) })
                .collect()
        };
        let (least, most) = (values.iter().min().copied().unwrap_or(0), values.iter().max().copied().unwrap_or(0));
        let shade = |value: &i32| (i64::from(value - least) * 255 / i64::from((most - least).max(1))) as u8;
        let (width, height) = (self.columns as u32, self.rows as u32);
        let shades: Vec<u8> = values.iter().map(shade).collect();
        let picture = if self.samples == 1 {
            GrayImage::from_raw(width, height, shades).map(DynamicImage::ImageLuma8)
        } else if self.planes {
            let plane = self.rows * self.columns;
            let mixed = (0..plane).flat_map(|at| [at, at + plane, at + 2 * plane]);
            let mixed = mixed.map(|at| shades.get(at).copied().unwrap_or(0)).collect();
            RgbImage::from_raw(width, height, mixed).map(DynamicImage::ImageRgb8)
        } else {
            RgbImage::from_raw(width, height, shades).map(DynamicImage::ImageRgb8)
        };
        picture.ok_or_else(|| BROKEN.to_owned())
    }

    /// The pixels with these parts of frames filled, or all of them.
    ///
    /// # Errors
    /// Why they cannot be.
    pub(super) fn painted(&self, areas: &[(usize, Vec<Area>)], all: bool) -> Result<Value, &'static str> {
        match &self.data {
            Data::Plain(bytes) => {
                let mut bytes = bytes.clone();
                if all {
                    bytes.fill(0);
                }
                for (number, areas) in areas {
                    self.fill(&mut bytes, *number, areas);
                }
                Ok(Value::Plain(bytes))
            }
            Data::Jpeg(files) => {
                let mut fragments = vec![Vec::new()];
                for (number, file) in files.iter().enumerate() {
                    let areas: Vec<Area> =
                        areas.iter().filter(|(of, _)| *of == number).flat_map(|(_, areas)| areas.iter().copied()).collect();
                    if areas.is_empty() && !all {
                        fragments.push(file.clone());
                        continue;
                    }
                    let mut decoded: Decoded = codec::decode(Kind::Jpeg, file, &self.limits)?;
                    for frame in &mut decoded.frames {
                        if all { paint::all(&mut frame.picture) } else { paint::over(&mut frame.picture, &areas) }
                    }
                    fragments.push(codec::encode(Kind::Jpeg, &decoded, &[])?);
                }
                Ok(Value::Fragments(fragments))
            }
        }
    }

    fn fill(&self, bytes: &mut [u8], number: usize, areas: &[Area]) {
        let Some(each) = self.frame_bytes() else { return };
        let Some(frame) = bytes.get_mut(number * each..(number + 1) * each) else { return };
        let plane = self.rows * self.columns;
        for area in areas {
            for row in area.top as usize..(area.bottom as usize).min(self.rows) {
                for column in area.left as usize..(area.right as usize).min(self.columns) {
                    let pixel = row * self.columns + column;
                    for sample in 0..self.samples {
                        let at = if self.planes { sample * plane + pixel } else { pixel * self.samples + sample };
                        if let Some(value) = frame.get_mut(at * self.wide..(at + 1) * self.wide) {
                            value.fill(0);
                        }
                    }
                }
            }
        }
    }
}
