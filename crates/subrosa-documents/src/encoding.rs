//! Bytes to text and back, with an exact map from every place in the text to its place in the bytes.
//!
//! What is told for certain is a byte order mark, UTF-8 (bytes that are valid UTF-8 by accident and hold other than ASCII
//! are vanishingly rare) and UTF-16 whose zero bytes stand on one side. Everything else is a guess by `chardetng`, the
//! detector of a web browser, and only taken when the whole file decodes without an error into text without control
//! characters. A wrong guess between kindred code pages misreads some letters; it cannot damage the file, since bytes
//! outside the edits are copied, never encoded anew.
//!
//! Refused rather than guessed: zero bytes (binary, or a log that two programs wrote in two encodings), UTF-8 with some
//! invalid bytes, ISO-2022-JP (its state makes a byte's meaning depend on all bytes before it), an odd byte or half a
//! surrogate pair in UTF-16. UTF-7 and HZ cannot be told from ASCII and are read as such.
//!
//! References: Unicode 16, chapter 2.6 and 3.10; WHATWG Encoding Standard.

use std::ops::Range;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding};

use crate::refusal::Refusal;

/// How the characters of a file are written as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// UTF-8, plain ASCII included.
    Utf8,
    /// UTF-16, least significant byte first.
    Utf16Le,
    /// UTF-16, most significant byte first.
    Utf16Be,
    /// UTF-32, least significant byte first.
    Utf32Le,
    /// UTF-32, most significant byte first.
    Utf32Be,
    /// A legacy code page, guessed.
    Legacy(&'static Encoding),
}

impl Charset {
    /// The name by which the encoding is known: `UTF-8`, `windows-1252`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Utf32Le => "UTF-32LE",
            Self::Utf32Be => "UTF-32BE",
            Self::Legacy(encoding) => encoding.name(),
        }
    }

    /// Bytes of a code unit: what a piece of a file must be a multiple of.
    pub fn unit(self) -> usize {
        match self {
            Self::Utf8 | Self::Legacy(_) => 1,
            Self::Utf16Le | Self::Utf16Be => 2,
            Self::Utf32Le | Self::Utf32Be => 4,
        }
    }
}

/// The byte order marks. UTF-32 comes before UTF-16, whose little-endian mark it begins with.
const MARKS: [(&[u8], Charset); 5] = [
    (b"\xEF\xBB\xBF", Charset::Utf8),
    (b"\xFF\xFE\0\0", Charset::Utf32Le),
    (b"\0\0\xFE\xFF", Charset::Utf32Be),
    (b"\xFF\xFE", Charset::Utf16Le),
    (b"\xFE\xFF", Charset::Utf16Be),
];

/// Text bytes between two checkpoints of the map, at least.
const CHECKPOINT: usize = 4096;

/// Bytes that the detector looks at before its guess is tried on the whole file.
const SAMPLE: usize = 256 * 1024;

/// One control character in this many bytes is still text (form feeds apart, which are no rarity).
const BYTES_PER_CONTROL: usize = 64;

/// The text of a file, and how to get back to its bytes.
#[derive(Clone)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    charset: Charset,
    mark: &'static [u8],
    /// The bytes and the map into them; nothing for UTF-8, whose text is its bytes.
    foreign: Option<Foreign>,
}

#[derive(Clone)]
struct Foreign {
    bytes: Vec<u8>,
    checkpoints: Vec<Checkpoint>,
}

/// A place that is a character boundary in both, with the decoder in its first state.
#[derive(Clone, Copy)]
struct Checkpoint {
    text: usize,
    bytes: usize,
}

/// A change of the text: what goes and what comes.
#[derive(Clone, PartialEq, Eq)]
pub struct Splice {
    /// Byte range in [`Decoded::text`].
    pub range: Range<usize>,
    /// What comes in its place.
    pub text: String,
}

/// Decodes a whole file.
///
/// # Errors
/// [`Refusal::UnknownEncoding`] when the encoding cannot be told, [`Refusal::Limit`] above 4 GiB.
pub fn decode(bytes: &[u8]) -> Result<Decoded, Refusal> {
    let (charset, mark) = detect(bytes)?;
    decode_as(bytes, charset, mark)
}

/// Tells the encoding of a file, and the byte order mark it begins with.
///
/// # Errors
/// [`Refusal::UnknownEncoding`] when nobody can say.
pub fn detect(bytes: &[u8]) -> Result<(Charset, &'static [u8]), Refusal> {
    if let Some(&(mark, charset)) = MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Ok((charset, mark));
    }
    let none: &'static [u8] = b"";
    if memchr::memchr(0, bytes).is_some() {
        return utf16_without_mark(bytes).map(|charset| (charset, none)).ok_or_else(zero_bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => Ok((Charset::Utf8, none)),
        Err(error) => guess(bytes, error.valid_up_to()).map(|encoding| (Charset::Legacy(encoding), none)),
    }
}

/// Decodes bytes whose encoding is known. `mark` is what [`detect`] gave, empty for a piece from the middle of a file.
///
/// # Errors
/// [`Refusal::UnknownEncoding`] when the bytes are not valid in it, or what comes out is no text.
pub fn decode_as(bytes: &[u8], charset: Charset, mark: &'static [u8]) -> Result<Decoded, Refusal> {
    if u32::try_from(bytes.len()).is_err() {
        return Err(Refusal::Limit("text of 4 GiB or more in one piece".to_owned()));
    }
    let content = bytes.strip_prefix(mark).unwrap_or(bytes);
    let mark = if content.len() == bytes.len() { b"" } else { mark };
    let decoded = if charset == Charset::Utf8 {
        let text = std::str::from_utf8(content).map_err(|_| invalid(charset))?;
        Decoded { text: text.to_owned(), charset, mark, foreign: None }
    } else {
        let mut map = MapBuilder { text: String::with_capacity(content.len()), checkpoints: Vec::new() };
        match charset {
            Charset::Legacy(encoding) => decode_legacy(content, encoding, &mut map),
            _ => decode_wide(content, charset, &mut map),
        }
        .ok_or_else(|| invalid(charset))?;
        let foreign = Foreign { bytes: content.to_vec(), checkpoints: map.checkpoints };
        Decoded { text: map.text, charset, mark, foreign: Some(foreign) }
    };
    if u32::try_from(decoded.text.len()).is_err() {
        return Err(Refusal::Limit("text of 4 GiB or more in one piece".to_owned()));
    }
    plausible(&decoded.text, charset)?;
    Ok(decoded)
}

impl Decoded {
    /// Bytes that are not decoded, of a file whose parts have encodings of their own.
    pub(crate) fn raw(bytes: Vec<u8>) -> Self {
        let foreign = Some(Foreign { bytes, checkpoints: Vec::new() });
        Self { text: String::new(), charset: Charset::Utf8, mark: b"", foreign }
    }

    /// The bytes of [`Decoded::raw`].
    pub(crate) fn into_raw(self) -> Vec<u8> {
        self.foreign.map_or_else(|| self.text.into_bytes(), |foreign| foreign.bytes)
    }

    /// The encoding.
    pub fn charset(&self) -> Charset {
        self.charset
    }

    /// Bytes of the file, its mark included.
    pub fn size(&self) -> usize {
        self.mark.len() + self.foreign.as_ref().map_or(self.text.len(), |foreign| foreign.bytes.len())
    }

    /// The first `length` bytes of the text.
    ///
    /// # Errors
    /// [`Refusal::Internal`] when no character begins there.
    pub fn truncated(mut self, length: usize) -> Result<Self, Refusal> {
        if !self.text.is_char_boundary(length) {
            return Err(Refusal::Internal("a piece would cut a character".to_owned()));
        }
        let place = self.place(length)?;
        self.text.truncate(length);
        if let Some(foreign) = &mut self.foreign {
            foreign.bytes.truncate(place);
        }
        Ok(self)
    }

    /// The file with the changes made and every other byte as it was. `splices` are sorted and disjoint.
    ///
    /// # Errors
    /// [`Refusal::Uninspectable`] when a character of a replacement cannot be written in the file's encoding, or a change
    /// would cut a character of it; [`Refusal::Internal`] when a range does not lie in the text.
    pub fn splice(&self, splices: &[Splice]) -> Result<Vec<u8>, Refusal> {
        let source = self.foreign.as_ref().map_or(self.text.as_bytes(), |foreign| &foreign.bytes);
        let growth: usize = splices.iter().map(|splice| splice.text.len() * self.charset.unit()).sum();
        let mut out = Vec::with_capacity(self.mark.len() + source.len() + growth);
        out.extend_from_slice(self.mark);
        let mut done = 0;
        let mut done_text = 0;
        for splice in splices {
            let Range { start, end } = splice.range;
            if start < done_text || end < start || !self.text.is_char_boundary(start) || !self.text.is_char_boundary(end) {
                return Err(Refusal::Internal("an edit lies outside the text".to_owned()));
            }
            let (from, to) = (self.place(start)?, self.place(end)?);
            let kept = source.get(done..from).ok_or_else(|| Refusal::Internal("the map of the text is broken".to_owned()))?;
            out.extend_from_slice(kept);
            encode(&splice.text, self.charset, &mut out)?;
            (done, done_text) = (to, end);
        }
        out.extend_from_slice(source.get(done..).unwrap_or_default());
        Ok(out)
    }

    /// The byte (after the mark) at which the character at `offset` of the text begins.
    fn place(&self, offset: usize) -> Result<usize, Refusal> {
        let Some(foreign) = &self.foreign else { return Ok(offset) };
        let index = foreign.checkpoints.partition_point(|checkpoint| checkpoint.text <= offset);
        let from = index.checked_sub(1).and_then(|index| foreign.checkpoints.get(index)).copied();
        let from = from.unwrap_or(Checkpoint { text: 0, bytes: 0 });
        let between = self.text.get(from.text..offset).unwrap_or_default();
        let length = match self.charset {
            Charset::Utf8 => between.len(),
            Charset::Utf16Le | Charset::Utf16Be => between.chars().map(char::len_utf16).sum::<usize>() * 2,
            Charset::Utf32Le | Charset::Utf32Be => between.chars().count() * 4,
            Charset::Legacy(encoding) if encoding.is_single_byte() => between.chars().count(),
            Charset::Legacy(encoding) => {
                let rest = foreign.bytes.get(from.bytes..).unwrap_or_default();
                bytes_behind(rest, encoding, between.len())
                    .ok_or_else(|| Refusal::uninspectable("text", "an edit would cut a character of the file's encoding"))?
            }
        };
        Ok(from.bytes + length)
    }
}

struct MapBuilder {
    text: String,
    checkpoints: Vec<Checkpoint>,
}

impl MapBuilder {
    fn mark(&mut self, bytes: usize) {
        self.checkpoints.push(Checkpoint { text: self.text.len(), bytes });
    }
}

fn decode_wide(content: &[u8], charset: Charset, map: &mut MapBuilder) -> Option<()> {
    if !content.len().is_multiple_of(charset.unit()) {
        return None;
    }
    if charset.unit() == 4 {
        let units = content.as_chunks::<4>().0;
        for (block, units) in units.chunks(CHECKPOINT).enumerate() {
            map.mark(block * CHECKPOINT * 4);
            for &unit in units {
                let code = if charset == Charset::Utf32Le { u32::from_le_bytes(unit) } else { u32::from_be_bytes(unit) };
                map.text.push(char::from_u32(code)?);
            }
        }
        return Some(());
    }
    let little = charset == Charset::Utf16Le;
    let units = content.as_chunks::<2>().0.iter();
    let units = units.map(|&unit| if little { u16::from_le_bytes(unit) } else { u16::from_be_bytes(unit) });
    let (mut bytes, mut due) = (0, 0);
    for decoded in char::decode_utf16(units) {
        let decoded = decoded.ok()?;
        if bytes >= due {
            map.mark(bytes);
            due = bytes + CHECKPOINT;
        }
        map.text.push(decoded);
        bytes += decoded.len_utf16() * 2;
    }
    Some(())
}

/// Decodes in blocks that end behind a byte below 0x30, which is never a later byte of a character in any multi-byte code
/// page of the standard, so that every block begins at a character and in the decoder's first state.
fn decode_legacy(content: &[u8], encoding: &'static Encoding, map: &mut MapBuilder) -> Option<()> {
    let mut start = 0;
    while start < content.len() {
        let least = (start + CHECKPOINT).min(content.len());
        let rest = content.get(least..)?;
        let end = rest.iter().position(|&byte| byte < 0x30).map_or(content.len(), |at| least + at + 1);
        map.mark(start);
        let block = content.get(start..end)?;
        map.text.push_str(&encoding.decode_without_bom_handling_and_without_replacement(block)?);
        start = end;
    }
    Some(())
}

/// How many bytes decode to the first `length` bytes of text; nothing when that is inside a character.
fn bytes_behind(bytes: &[u8], encoding: &'static Encoding, length: usize) -> Option<usize> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut buffer = [0; 64];
    let (mut written, mut read) = (0, 0);
    while written < length {
        let byte = bytes.get(read..=read)?;
        let (result, _, more) = decoder.decode_to_utf8_without_replacement(byte, &mut buffer, false);
        if result != DecoderResult::InputEmpty {
            return None;
        }
        written += more;
        read += 1;
    }
    (written == length).then_some(read)
}

fn encode(text: &str, charset: Charset, out: &mut Vec<u8>) -> Result<(), Refusal> {
    match charset {
        Charset::Utf8 => out.extend_from_slice(text.as_bytes()),
        Charset::Utf16Le => text.encode_utf16().for_each(|unit| out.extend_from_slice(&unit.to_le_bytes())),
        Charset::Utf16Be => text.encode_utf16().for_each(|unit| out.extend_from_slice(&unit.to_be_bytes())),
        Charset::Utf32Le => text.chars().for_each(|char| out.extend_from_slice(&u32::from(char).to_le_bytes())),
        Charset::Utf32Be => text.chars().for_each(|char| out.extend_from_slice(&u32::from(char).to_be_bytes())),
        Charset::Legacy(encoding) => {
            let (bytes, used, unmappable) = encoding.encode(text);
            if unmappable || used != encoding {
                let reason = format!("a replacement has a character that {} cannot write", encoding.name());
                return Err(Refusal::uninspectable("text", reason));
            }
            out.extend_from_slice(&bytes);
        }
    }
    Ok(())
}

/// UTF-16 without a mark: at least a quarter of the characters have their zero byte on one side, next to none on the other
/// (as U+0100 has), and no two bytes are ASCII together, as they would be where a file goes over from one encoding to another.
fn utf16_without_mark(bytes: &[u8]) -> Option<Charset> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let printable = |byte: &u8| matches!(byte, b' '..=b'~');
    if !odd.is_empty() || pairs.iter().any(|pair| pair.iter().all(printable)) {
        return None;
    }
    let first = pairs.iter().filter(|pair| pair[0] == 0).count();
    let second = pairs.iter().filter(|pair| pair[1] == 0).count();
    let (many, few) = (pairs.len().div_ceil(4), pairs.len() / 16);
    match () {
        () if second >= many && first <= few => Some(Charset::Utf16Le),
        () if first >= many && second <= few => Some(Charset::Utf16Be),
        () => None,
    }
}

fn guess(bytes: &[u8], first_invalid: usize) -> Result<&'static Encoding, Refusal> {
    if mostly_utf8(bytes) {
        return Err(Refusal::UnknownEncoding(format!("UTF-8 with invalid bytes, the first at byte {first_invalid}")));
    }
    let from = first_invalid.saturating_sub(64);
    let tail = bytes.get(from..).unwrap_or(bytes);
    for sample in [tail.get(..SAMPLE).unwrap_or(tail), bytes] {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(sample, sample.len() == bytes.len());
        let encoding = detector.guess(None, Utf8Detection::Deny);
        if encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some() {
            return Ok(encoding);
        }
    }
    Err(Refusal::UnknownEncoding("neither Unicode nor a code page that all bytes are valid in".to_owned()))
}

/// Whether more of what is not ASCII is valid UTF-8 than is not. A legacy text has next to no valid sequence by accident.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|&byte| byte >= 0xC0).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    valid > invalid
}

/// Whether the text can be one: no zero characters, few controls, and of those above ASCII none in a guessed encoding.
fn plausible(text: &str, charset: Charset) -> Result<(), Refusal> {
    let control = |byte: u8| (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1B)) || byte == 0x7F;
    if memchr::memchr(0, text.as_bytes()).is_some() {
        return Err(zero_bytes());
    }
    if text.bytes().filter(|&byte| control(byte)).count() > text.len() / BYTES_PER_CONTROL {
        return Err(Refusal::UnknownEncoding("too many control characters for a text".to_owned()));
    }
    let escapes = ["\x1b$B", "\x1b$@", "\x1b(J", "\x1b(I", "\x1b$)"];
    if memchr::memchr(0x1b, text.as_bytes()).is_some() && escapes.iter().any(|escape| text.contains(escape)) {
        return Err(Refusal::UnknownEncoding("looks like ISO-2022, whose bytes have no fixed meaning".to_owned()));
    }
    if matches!(charset, Charset::Legacy(_)) && text.chars().any(|char| matches!(char, '\u{80}'..='\u{9F}')) {
        return Err(Refusal::UnknownEncoding("no code page gives text without control characters".to_owned()));
    }
    Ok(())
}

fn zero_bytes() -> Refusal {
    Refusal::UnknownEncoding("holds zero bytes, so it is binary or of several encodings".to_owned())
}

fn invalid(charset: Charset) -> Refusal {
    Refusal::UnknownEncoding(format!("bytes that are not valid {}", charset.name()))
}
