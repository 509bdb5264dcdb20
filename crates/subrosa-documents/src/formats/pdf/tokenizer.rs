//! Splits a content stream into operations, each with the bytes it stands on.
//!
//! The ranges are what makes true removal possible: an edit replaces the bytes of one operation and every other byte of
//! the stream stays as it was. ISO 32000-2, 7.2 (lexical conventions), 7.8.2 (content streams), 8.9.7 (inline images).
//! Broken syntax that viewers pass over is passed over too, so that text after it is seen.

use std::ops::Range;

/// Deepest nesting of arrays and dictionaries.
const MAX_DEPTH: usize = 64;

/// An operand.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operand {
    Number(f64),
    String(Vec<u8>),
    Name(Vec<u8>),
    Array(Vec<(Operand, Range<usize>)>),
    Dictionary(Vec<(Vec<u8>, Operand)>),
    Boolean(bool),
    /// `null`, or syntax without meaning.
    Other,
}

impl Operand {
    pub(super) fn number(&self) -> Option<f64> {
        if let Self::Number(value) = self { Some(*value) } else { None }
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }

    /// Whether it is a string, or a list of such.
    pub(super) fn holds_text(&self) -> bool {
        match self {
            Self::String(_) | Self::Dictionary(_) => true,
            Self::Array(items) => items.iter().any(|(item, _)| item.holds_text()),
            Self::Number(_) | Self::Name(_) | Self::Boolean(_) | Self::Other => false,
        }
    }

    pub(super) fn string(&self) -> Option<&[u8]> {
        if let Self::String(bytes) = self { Some(bytes) } else { None }
    }
}

/// An operator with its operands.
pub(super) struct Operation<'a> {
    pub operator: &'a [u8],
    pub operands: Vec<(Operand, Range<usize>)>,
    /// From the first operand to the end of the operator.
    pub range: Range<usize>,
}

/// What a lexer meets.
enum Token<'a> {
    Value(Operand),
    Word(&'a [u8]),
    ArrayEnd,
    DictionaryEnd,
    End,
}

/// Reads operations one after the other.
pub(super) struct Tokenizer<'a> {
    data: &'a [u8],
    position: usize,
    /// The ranges of comments met so far, and of entries of inline images that no image has: they hold text that no operator
    /// shows.
    pub comments: Vec<Range<usize>>,
    /// Where operands begin that the stream ends behind: what is added to it would be taken for more of them.
    pub loose_end: Option<usize>,
}

pub(super) fn is_white(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn is_regular(byte: u8) -> bool {
    !is_white(byte) && !is_delimiter(byte)
}

impl<'a> Tokenizer<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { data, position: 0, comments: Vec::new(), loose_end: None }
    }

    /// The next operation, or nothing at the end of the stream.
    ///
    /// # Errors
    /// A reason when nobody can say where the next operation begins: an inline image without an end, or with two.
    pub(super) fn next_operation(&mut self) -> Result<Option<Operation<'a>>, &'static str> {
        let mut operands = Vec::new();
        loop {
            self.skip_white();
            let start = self.position;
            match self.token(0)? {
                Token::Value(operand) => operands.push((operand, start..self.position)),
                Token::ArrayEnd | Token::DictionaryEnd => {}
                Token::End => {
                    // Operands of nothing.
                    self.loose_end = operands.first().map(|(_, range)| range.start);
                    let texts = operands.iter().filter(|(operand, _)| operand.holds_text());
                    self.comments.extend(texts.map(|(_, range): &(Operand, Range<usize>)| range.clone()));
                    return Ok(None);
                }
                Token::Word(operator) => {
                    if operator == b"BI" {
                        return self.inline_image(start).map(Some);
                    }
                    let first = operands.first().map_or(start, |(_, range): &(Operand, Range<usize>)| range.start);
                    return Ok(Some(Operation { operator, operands, range: first..self.position }));
                }
            }
        }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.data.get(self.position + ahead).copied()
    }

    fn skip_white(&mut self) {
        while let Some(byte) = self.peek(0) {
            if is_white(byte) {
                self.position += 1;
            } else if byte == b'%' {
                let start = self.position;
                let rest = &self.data[start..];
                self.position += memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
                self.comments.push(start..self.position);
            } else {
                break;
            }
        }
    }

    fn token(&mut self, depth: usize) -> Result<Token<'a>, &'static str> {
        if depth > MAX_DEPTH {
            return Err("arrays nested too deep");
        }
        self.skip_white();
        let Some(byte) = self.peek(0) else {
            return Ok(Token::End);
        };
        Ok(match byte {
            b'(' => Token::Value(Operand::String(self.literal_string())),
            b'<' if self.peek(1) == Some(b'<') => {
                self.position += 2;
                Token::Value(self.dictionary(depth)?)
            }
            b'<' => Token::Value(Operand::String(self.hex_string())),
            b'>' if self.peek(1) == Some(b'>') => {
                self.position += 2;
                Token::DictionaryEnd
            }
            b'/' => Token::Value(Operand::Name(self.name())),
            b'[' => {
                self.position += 1;
                Token::Value(self.array(depth)?)
            }
            b']' => {
                self.position += 1;
                Token::ArrayEnd
            }
            b'{' | b'}' | b')' | b'>' => {
                self.position += 1;
                Token::Value(Operand::Other)
            }
            b'+' | b'-' | b'.' | b'0'..=b'9' => Token::Value(self.number()),
            _ => {
                let start = self.position;
                while self.peek(0).is_some_and(is_regular) {
                    self.position += 1;
                }
                match &self.data[start..self.position] {
                    b"true" => Token::Value(Operand::Boolean(true)),
                    b"false" => Token::Value(Operand::Boolean(false)),
                    b"null" => Token::Value(Operand::Other),
                    word => Token::Word(word),
                }
            }
        })
    }

    fn array(&mut self, depth: usize) -> Result<Operand, &'static str> {
        let mut items = Vec::new();
        loop {
            self.skip_white();
            let start = self.position;
            match self.token(depth + 1)? {
                Token::Value(value) => items.push((value, start..self.position)),
                Token::ArrayEnd | Token::End => return Ok(Operand::Array(items)),
                // An operator inside an array: viewers ignore it.
                Token::Word(word) => {
                    if !is_operator(word) {
                        self.comments.push(start..self.position);
                    }
                }
                Token::DictionaryEnd => {}
            }
        }
    }

    fn dictionary(&mut self, depth: usize) -> Result<Operand, &'static str> {
        let mut entries = Vec::new();
        let mut key = None;
        loop {
            match self.token(depth + 1)? {
                Token::Value(value) => match key.take() {
                    Some(key) => entries.push((key, value)),
                    None => {
                        if let Operand::Name(name) = value {
                            key = Some(name);
                        }
                    }
                },
                Token::DictionaryEnd | Token::End => return Ok(Operand::Dictionary(entries)),
                Token::Word(_) | Token::ArrayEnd => {}
            }
        }
    }

    fn name(&mut self) -> Vec<u8> {
        self.position += 1;
        let mut name = Vec::new();
        while let Some(byte) = self.peek(0).filter(|&byte| is_regular(byte)) {
            let escaped = if byte == b'#' { hex_pair(self.peek(1), self.peek(2)) } else { None };
            name.push(escaped.unwrap_or(byte));
            self.position += if escaped.is_some() { 3 } else { 1 };
        }
        name
    }

    fn number(&mut self) -> Operand {
        let start = self.position;
        while self.peek(0).is_some_and(|byte| matches!(byte, b'+' | b'-' | b'.' | b'0'..=b'9')) {
            self.position += 1;
        }
        Operand::Number(parse_number(&self.data[start..self.position]))
    }

    fn hex_string(&mut self) -> Vec<u8> {
        self.position += 1;
        let mut bytes = Vec::new();
        let mut high = None;
        while let Some(byte) = self.peek(0) {
            self.position += 1;
            if byte == b'>' {
                break;
            }
            if let Some(digit) = (byte as char).to_digit(16) {
                match high.take() {
                    None => high = Some(digit as u8),
                    Some(first) => bytes.push(first << 4 | digit as u8),
                }
            }
        }
        bytes.extend(high.map(|first: u8| first << 4));
        bytes
    }

    fn literal_string(&mut self) -> Vec<u8> {
        self.position += 1;
        let mut bytes = Vec::new();
        let mut depth = 1_usize;
        while let Some(byte) = self.peek(0) {
            self.position += 1;
            match byte {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                b'\\' => {
                    self.escape(&mut bytes);
                    continue;
                }
                b'\r' => {
                    if self.peek(0) == Some(b'\n') {
                        self.position += 1;
                    }
                    bytes.push(b'\n');
                    continue;
                }
                _ => {}
            }
            bytes.push(byte);
        }
        bytes
    }

    fn escape(&mut self, bytes: &mut Vec<u8>) {
        let Some(byte) = self.peek(0) else { return };
        self.position += 1;
        match byte {
            b'n' => bytes.push(b'\n'),
            b'r' => bytes.push(b'\r'),
            b't' => bytes.push(b'\t'),
            b'b' => bytes.push(8),
            b'f' => bytes.push(12),
            b'\r' => {
                if self.peek(0) == Some(b'\n') {
                    self.position += 1;
                }
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek(0) else {
                        break;
                    };
                    value = value * 8 + u32::from(digit - b'0');
                    self.position += 1;
                }
                bytes.push(value as u8);
            }
            other => bytes.push(other),
        }
    }

    /// From just after `BI`: the dictionary, the data, `EI`. The operands are the dictionary and the data.
    fn inline_image(&mut self, start: usize) -> Result<Operation<'a>, &'static str> {
        let mut entries = Vec::new();
        let mut key: Option<(Vec<u8>, usize)> = None;
        loop {
            self.skip_white();
            let from = self.position;
            match self.token(1)? {
                Token::Value(value) => match (key.take(), value) {
                    (Some((key, from)), value) => {
                        if !is_of_images(&key) {
                            self.comments.push(from..self.position);
                        }
                        entries.push((key, value));
                    }
                    (None, Operand::Name(name)) => key = Some((name, from)),
                    (None, _) => self.comments.push(from..self.position),
                },
                Token::Word(b"ID") => break,
                Token::End => return Err("an inline image without data"),
                Token::Word(_) => self.comments.push(from..self.position),
                Token::ArrayEnd | Token::DictionaryEnd => {}
            }
        }
        let dict_end = self.position;
        let body = (self.position + 1).min(self.data.len());
        let found = self.end_of_image(body);
        self.position = match plain_length(&entries).and_then(|length| self.end_at(body.saturating_add(length))) {
            // Viewers differ in whether they count the pixels or look for the end: what one takes for pixels another shows.
            Some(counted) if found.is_some_and(|found| found < counted) => return Err("an inline image with two ends"),
            Some(counted) => counted,
            None => found.ok_or("an inline image without an end")?,
        };
        let data = body..self.position.saturating_sub(2).max(body);
        let operands = vec![(Operand::Dictionary(entries), start..dict_end), (Operand::Other, data)];
        Ok(Operation { operator: b"BI", operands, range: start..self.position })
    }

    /// The position after an `EI` that white space at most parts from `from`.
    fn end_at(&self, from: usize) -> Option<usize> {
        let rest = self.data.get(from..)?;
        let white = rest.iter().take_while(|&&byte| is_white(byte)).count();
        let after = rest.get(white..)?.strip_prefix(b"EI")?;
        after.first().is_none_or(|&byte| !is_regular(byte)).then_some(from + white + 2)
    }

    /// The position after the first `EI` that stands alone and is followed by something that looks like content.
    fn end_of_image(&self, from: usize) -> Option<usize> {
        let rest = self.data.get(from..)?;
        memchr::memmem::find_iter(rest, b"EI").map(|at| from + at).find_map(|at| {
            let before = at == from || self.data.get(at.wrapping_sub(1)).is_some_and(|&byte| is_white(byte));
            let after = &self.data[at + 2..];
            let alone = before && after.first().is_none_or(|&byte| is_white(byte) || is_delimiter(byte));
            let sample = &after[..after.len().min(24)];
            let printable = sample.iter().all(|&byte| is_white(byte) && byte != 0 || (32..127).contains(&byte));
            (alone && printable).then_some(at + 2)
        })
    }
}

fn hex_pair(high: Option<u8>, low: Option<u8>) -> Option<u8> {
    let digit = |byte: Option<u8>| byte.and_then(|byte| (byte as char).to_digit(16));
    Some((digit(high)? * 16 + digit(low)?) as u8)
}

/// A number as viewers read it: doubled signs count once, what follows a second point or an inner minus is dropped.
fn parse_number(text: &[u8]) -> f64 {
    let signs = text.iter().take_while(|byte| matches!(byte, b'+' | b'-')).count();
    let negative = text[..signs].contains(&b'-');
    let (mut value, mut scale, mut fraction) = (0.0_f64, 1.0_f64, false);
    for &byte in &text[signs..] {
        match byte {
            b'0'..=b'9' => {
                let digit = f64::from(byte - b'0');
                if fraction {
                    scale /= 10.0;
                    value += digit * scale;
                } else {
                    value = (value * 10.0 + digit).min(1e15);
                }
            }
            b'.' if !fraction => fraction = true,
            _ => break,
        }
    }
    if negative { -value } else { value }
}

/// Whether a word is an operator of content streams (ISO 32000-2, annex A).
pub(super) fn is_operator(word: &[u8]) -> bool {
    matches!(
        word,
        b"b" | b"B"
            | b"b*"
            | b"B*"
            | b"BDC"
            | b"BI"
            | b"BMC"
            | b"BT"
            | b"BX"
            | b"c"
            | b"cm"
            | b"CS"
            | b"cs"
            | b"d"
            | b"d0"
            | b"d1"
            | b"Do"
            | b"DP"
            | b"EI"
            | b"EMC"
            | b"ET"
            | b"EX"
            | b"f"
            | b"F"
            | b"f*"
            | b"G"
            | b"g"
            | b"gs"
            | b"h"
            | b"i"
            | b"ID"
            | b"j"
            | b"J"
            | b"K"
            | b"k"
            | b"l"
            | b"m"
            | b"M"
            | b"MP"
            | b"n"
            | b"q"
            | b"Q"
            | b"re"
            | b"RG"
            | b"rg"
            | b"ri"
            | b"s"
            | b"S"
            | b"SC"
            | b"sc"
            | b"SCN"
            | b"scn"
            | b"sh"
            | b"T*"
            | b"Tc"
            | b"Td"
            | b"TD"
            | b"Tf"
            | b"Tj"
            | b"TJ"
            | b"TL"
            | b"Tm"
            | b"Tr"
            | b"Ts"
            | b"Tw"
            | b"Tz"
            | b"v"
            | b"w"
            | b"W"
            | b"W*"
            | b"y"
            | b"'"
            | b"\""
    )
}

/// Whether a key is one of inline images (ISO 32000-2, table 91).
fn is_of_images(key: &[u8]) -> bool {
    matches!(
        key,
        b"BitsPerComponent"
            | b"BPC"
            | b"ColorSpace"
            | b"CS"
            | b"Decode"
            | b"D"
            | b"DecodeParms"
            | b"DP"
            | b"Filter"
            | b"F"
            | b"Height"
            | b"H"
            | b"ImageMask"
            | b"IM"
            | b"Intent"
            | b"Interpolate"
            | b"I"
            | b"Length"
            | b"L"
            | b"Width"
            | b"W"
    )
}

/// The bytes of an unfiltered inline image.
pub(super) fn plain_length(entries: &[(Vec<u8>, Operand)]) -> Option<usize> {
    let get = |long: &[u8], short: &[u8]| entries.iter().find(|(key, _)| key == long || key == short).map(|(_, value)| value);
    if get(b"Filter", b"F").is_some() {
        return None;
    }
    let whole = |long: &[u8], short: &[u8]| {
        get(long, short)?.number().filter(|value| (0.0..1e6).contains(value)).map(|value| value as usize)
    };
    let (width, height) = (whole(b"Width", b"W")?, whole(b"Height", b"H")?);
    let mask = matches!(get(b"ImageMask", b"IM"), Some(Operand::Boolean(true))) && whole(b"BitsPerComponent", b"BPC").is_none();
    let bits = if mask { 1 } else { whole(b"BitsPerComponent", b"BPC").unwrap_or(8) };
    let components = match get(b"ColorSpace", b"CS").and_then(Operand::name) {
        Some(b"DeviceRGB" | b"RGB" | b"CalRGB") => 3,
        Some(b"DeviceCMYK" | b"CMYK") => 4,
        Some(b"DeviceGray" | b"G" | b"CalGray") | None => 1,
        Some(_) => return None,
    };
    width.checked_mul(components)?.checked_mul(bits)?.div_ceil(8).checked_mul(height)
}
