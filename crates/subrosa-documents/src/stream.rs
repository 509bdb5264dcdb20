//! Text of any size, a piece at a time, with memory bounded by the piece.
//!
//! A format that can be cut between records says so by [`Format::stream`](crate::Format::stream). [`Pieces`] then cuts a
//! byte stream: never inside a table's row, even one with line breaks in quotes, nor inside a line of JSON Lines; plain text
//! preferably between paragraphs. Each [`Piece`] is a document of its own, read with what the beginning of the stream told:
//! encoding, delimiter, header. Written pieces, one behind the other, are the written file:
//!
//! ```
//! # use subrosa_documents::{Aids, Limits, Source, formats, stream::Pieces, verify};
//! # fn detect(segments: &[subrosa_core::segment::Segment]) -> Vec<Vec<subrosa_core::edit::Edit>> { vec![Vec::new(); segments.len()] }
//! let input = b"name,city\nJane,Springfield\nAnn,Shelbyville\n";
//! let format = formats::sniff(&Source::new(input, "a.csv"))?;
//! let mut output = Vec::new();
//! for piece in Pieces::new(&input[..], format.stream().expect("tables can be cut"), "csv", 1 << 20) {
//!     let (document, origin) = piece?.into_document(Aids::default(), &Limits::default())?;
//!     let edits = detect(&document.segments);
//!     let written = document.body.write(&edits)?;
//!     verify::compare(&document, &edits, &origin.read(&written, Aids::default(), &Limits::default())?, &[])?;
//!     output.extend_from_slice(&written);
//! }
//! assert_eq!(output, input);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What is lost against reading the whole: a value that one piece tells (a name) is not looked for in the others unless the
//! caller does, and an encoding is told from the first piece that is not plain ASCII.

use std::io::{self, Read};
use std::sync::Arc;

use crate::document::Document;
use crate::encoding::{self, Charset, Decoded};
use crate::formats::Aids;
use crate::formats::csv::Layout;
use crate::limits::Limits;
use crate::refusal::Refusal;

/// Bytes looked at before the first piece is cut, so that small pieces know as much as large ones.
const HEAD: usize = 256 * 1024;

/// Bytes that a record may have, unless the caller says otherwise.
const LONGEST_RECORD: usize = 16 << 20;

/// A format whose files can be cut into documents of the same format.
pub trait Streamable: Send + Sync {
    /// What the beginning of a file tells of all of it.
    fn prologue(&self, head: &str, extension: &str) -> Prologue;

    /// The whole records at the beginning of `text`, which ends at a line end; `None` when there are none.
    fn whole_records(&self, prologue: &Prologue, text: &str) -> Option<Cut>;

    /// Whether a record that is too long may be cut at a space.
    fn breakable(&self) -> bool;

    /// How files are cut whose parts have encodings of their own: as bytes, by this instead of `whole_records`. Their pieces
    /// come undecoded.
    fn raw(&self) -> Option<&dyn RawRecords> {
        None
    }

    /// Reads a piece whose first record has the number `first` in the whole.
    ///
    /// # Errors
    /// As [`Format::read`](crate::Format::read).
    fn read_piece(
        &self,
        piece: Decoded,
        prologue: &Prologue,
        first: u64,
        aids: Aids<'_>,
        limits: &Limits,
    ) -> Result<Document, Refusal>;
}

/// How bytes are cut.
pub trait RawRecords: Send + Sync {
    /// The whole records at the beginning of `bytes`, which end at a line end; `None` when there are none.
    fn whole_records(&self, bytes: &[u8]) -> Option<Cut>;

    /// Most bytes of a record, where a caller asks for fewer.
    fn longest_record(&self) -> usize;
}

/// What the beginning of a stream tells of all its pieces, besides the encoding.
#[derive(Clone, Default)]
pub struct Prologue {
    pub(crate) layout: Option<Arc<Layout>>,
}

/// Where a piece may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Bytes of text before it.
    pub length: usize,
    /// Records (lines, rows) before it.
    pub records: u64,
}

/// A piece of a stream.
pub struct Piece {
    decoded: Decoded,
    origin: Origin,
}

/// How a piece is read: what makes it a document though it is only a part of one.
#[derive(Clone)]
pub struct Origin {
    format: &'static dyn Streamable,
    prologue: Prologue,
    charset: Charset,
    mark: &'static [u8],
    first: u64,
}

impl Piece {
    /// The document of this piece, and what is needed to read it again once it is written.
    ///
    /// # Errors
    /// As [`Format::read`](crate::Format::read).
    pub fn into_document(self, aids: Aids<'_>, limits: &Limits) -> Result<(Document, Origin), Refusal> {
        let Self { decoded, origin } = self;
        let document = origin.format.read_piece(decoded, &origin.prologue, origin.first, aids, limits)?;
        Ok((document, origin))
    }
}

impl Origin {
    /// Reads bytes as this piece.
    ///
    /// # Errors
    /// As [`Format::read`](crate::Format::read).
    pub fn read(&self, bytes: &[u8], aids: Aids<'_>, limits: &Limits) -> Result<Document, Refusal> {
        if self.format.raw().is_some() {
            return self.format.read_piece(Decoded::raw(bytes.to_vec()), &self.prologue, self.first, aids, limits);
        }
        let decoded = encoding::decode_as(bytes, self.charset, self.mark)?;
        self.format.read_piece(decoded, &self.prologue, self.first, aids, limits)
    }
}

/// Why a stream ended early.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StreamError {
    /// The reader failed.
    #[error("cannot read: {0}")]
    Io(#[from] io::Error),
    /// A piece cannot be read as its format.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// Cuts a stream into pieces. After an error there are no more.
pub struct Pieces<R> {
    reader: R,
    format: &'static dyn Streamable,
    extension: String,
    size: usize,
    longest: usize,
    /// Read and not yet given.
    buffer: Vec<u8>,
    at_end: bool,
    done: bool,
    /// Nothing as long as all was ASCII.
    charset: Option<Charset>,
    mark: &'static [u8],
    prologue: Option<Prologue>,
    first: u64,
}

impl<R: Read> Pieces<R> {
    /// Pieces of about `size` bytes. `extension` is that of the file's name, or the format's id.
    pub fn new(reader: R, format: &'static dyn Streamable, extension: &str, size: usize) -> Self {
        Self {
            reader,
            format,
            extension: extension.to_owned(),
            size: size.max(16),
            longest: LONGEST_RECORD,
            buffer: Vec::new(),
            at_end: false,
            done: false,
            charset: None,
            mark: b"",
            prologue: None,
            first: 1,
        }
    }

    /// With another limit than 16 MiB for one record. A longer one is cut at a space where there is one and the format can
    /// bear it, else refused. No less than a piece.
    #[must_use]
    pub fn longest_record(mut self, bytes: usize) -> Self {
        self.longest = bytes;
        self
    }

    /// Reads on until the buffer holds `least` bytes or the stream ends.
    fn fill(&mut self, least: usize) -> io::Result<()> {
        while !self.at_end && self.buffer.len() < least {
            let missing = (least - self.buffer.len()) as u64;
            let read = self.reader.by_ref().take(missing).read_to_end(&mut self.buffer)?;
            self.at_end = (read as u64) < missing;
        }
        Ok(())
    }

    fn next_piece(&mut self) -> Result<Option<Piece>, StreamError> {
        if self.prologue.is_none() {
            self.fill(HEAD)?;
            self.begin()?;
        }
        let longest = self.longest.max(self.size).max(self.format.raw().map_or(0, RawRecords::longest_record));
        let mut window = self.size;
        loop {
            // One byte more than the window, to know whether the stream ends there.
            self.fill(window + 1)?;
            if self.buffer.is_empty() {
                return Ok(None);
            }
            let whole = self.at_end && self.buffer.len() <= window;
            let end = if whole { self.buffer.len() } else { self.line_end(window) };
            if end > 0
                && let Some(piece) = self.cut(end, whole)?
            {
                return Ok(Some(piece));
            }
            if window >= longest {
                return self.too_long(window).map(Some);
            }
            window = (window * 2).min(longest);
        }
    }

    /// Tells encoding and prologue from the beginning.
    fn begin(&mut self) -> Result<(), Refusal> {
        if self.format.raw().is_some() {
            self.prologue = Some(Prologue::default());
            return Ok(());
        }
        let (charset, mark) = encoding::detect(self.head())?;
        self.mark = mark;
        self.charset = (charset != Charset::Utf8 || !mark.is_empty() || !self.head().is_ascii()).then_some(charset);
        let text = encoding::decode_as(self.head(), charset, mark)?.text;
        self.prologue = Some(self.format.prologue(&text, &self.extension));
        Ok(())
    }

    /// The beginning as far as it is whole lines; or whole characters, when it has no line end.
    fn head(&self) -> &[u8] {
        let bytes = self.buffer.as_slice();
        let end = match self.charset {
            _ if self.at_end => bytes.len(),
            // Perhaps UTF-16 or UTF-32, which is not told yet.
            None if memchr::memchr(0, bytes).is_some() => bytes.len() - bytes.len() % 4,
            _ => match self.line_end(bytes.len()) {
                0 => character_end(bytes),
                end => end,
            },
        };
        bytes.get(..end).unwrap_or_default()
    }

    /// The byte behind the last line end of the first `window` bytes; 0 when there is none.
    fn line_end(&self, window: usize) -> usize {
        let window = self.buffer.get(..window).unwrap_or(&self.buffer);
        let unit = self.unit();
        if unit == 1 {
            let newline = memchr::memrchr(b'\n', window);
            // A carriage return alone, unless it is the first half of a line end that is cut here.
            let end = newline.or_else(|| memchr::memrchr(b'\r', window).filter(|&end| end + 1 < window.len()));
            return end.map_or(0, |end| end + 1);
        }
        let first = matches!(self.charset, Some(Charset::Utf16Be | Charset::Utf32Be));
        let newline = |character: &[u8]| {
            let (value, zeros) =
                if first { (character.last(), character.get(..unit - 1)) } else { (character.first(), character.get(1..)) };
            value == Some(&b'\n') && zeros.is_some_and(|zeros| zeros.iter().all(|&byte| byte == 0))
        };
        window.chunks_exact(unit).rposition(newline).map_or(0, |found| (found + 1) * unit)
    }

    fn unit(&self) -> usize {
        self.charset.map_or(1, Charset::unit)
    }

    /// A piece from the first `end` bytes: all of them at the end of the stream, else the whole records among them.
    fn cut(&mut self, end: usize, whole: bool) -> Result<Option<Piece>, Refusal> {
        if let Some(records) = self.format.raw() {
            let bytes = self.buffer.get(..end).unwrap_or(&self.buffer);
            let cut = if whole { Some(Cut { length: bytes.len(), records: 0 }) } else { records.whole_records(bytes) };
            let Some(cut) = cut.filter(|cut| cut.length > 0) else { return Ok(None) };
            let piece = Decoded::raw(bytes.get(..cut.length).unwrap_or(bytes).to_vec());
            return Ok(Some(self.give(piece, cut.records)));
        }
        let decoded = self.decode(end)?;
        let prologue = self.prologue.clone().unwrap_or_default();
        let cut = self.format.whole_records(&prologue, &decoded.text);
        let (piece, records) = match cut {
            _ if whole => (decoded, 0),
            Some(cut) if cut.length == decoded.text.len() => (decoded, cut.records),
            Some(cut) if cut.length > 0 => (decoded.truncated(cut.length)?, cut.records),
            _ => return Ok(None),
        };
        Ok(Some(self.give(piece, records)))
    }

    fn decode(&mut self, end: usize) -> Result<Decoded, Refusal> {
        let bytes = self.buffer.get(..end).unwrap_or_default();
        if self.charset.is_none() && !bytes.is_ascii() {
            self.charset = Some(encoding::detect(bytes)?.0);
        }
        encoding::decode_as(bytes, self.charset.unwrap_or(Charset::Utf8), self.mark)
    }

    fn give(&mut self, decoded: Decoded, records: u64) -> Piece {
        let origin = Origin {
            format: self.format,
            prologue: self.prologue.clone().unwrap_or_default(),
            charset: self.charset.unwrap_or(Charset::Utf8),
            mark: self.mark,
            first: self.first,
        };
        self.buffer.drain(..decoded.size().min(self.buffer.len()));
        self.mark = b"";
        self.first += records;
        Piece { decoded, origin }
    }

    /// A line without an end within the longest window: cut behind a space where the format can bear it.
    fn too_long(&mut self, window: usize) -> Result<Piece, StreamError> {
        if !self.format.breakable() {
            let reason = format!("record {} is longer than {window} bytes", self.first);
            return Err(Refusal::Limit(reason).into());
        }
        let bytes = self.buffer.get(..window).unwrap_or(&self.buffer);
        let unit = self.unit();
        // A word of that length is no text; cutting it could cut a value.
        let endless = || Refusal::Limit(format!("record {} holds a word of more than {window} bytes", self.first));
        let end = if unit == 1 {
            memchr::memrchr(b' ', bytes).ok_or_else(endless)? + 1
        } else {
            let blank = |character: &[u8]| character.contains(&b' ') && character.iter().all(|&byte| byte == 0 || byte == b' ');
            bytes.chunks_exact(unit).rposition(blank).map(|found| (found + 1) * unit).ok_or_else(endless)?
        };
        let decoded = self.decode(end)?;
        Ok(self.give(decoded, 0))
    }
}

impl<R: Read> Iterator for Pieces<R> {
    type Item = Result<Piece, StreamError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let piece = self.next_piece().transpose();
        self.done = !matches!(piece, Some(Ok(_)));
        piece
    }
}

/// The end of the last whole character, for bytes that may be UTF-8 and cut anywhere.
fn character_end(bytes: &[u8]) -> usize {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        _ => bytes.len(),
    }
}
