//! The reading side: central directory, limits, inflation.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashSet;
use std::io::Read;
use std::ops::Range;

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use super::{CENTRAL, END, END64, LOCAL, LOCATOR64, UNIX, UTF8, dos};
use crate::limits::Limits;
use crate::refusal::Refusal;

/// How a member is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// As it is.
    Stored,
    /// RFC 1951.
    Deflated,
    /// By a method that is not read, with its number.
    Other(u16),
}

/// One file in the container.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// Path with `/`, as the directory gives it.
    pub(crate) name: String,
    /// How the data is stored.
    pub(crate) method: Method,
    /// Where its data lies in the container.
    pub(crate) data: Range<usize>,
    /// CRC-32 of the expanded data.
    pub(crate) crc: u32,
    /// Bytes when expanded.
    pub(crate) size: u64,
    /// Whether a password is needed; never in the container of an office format.
    pub(crate) encrypted: bool,
    /// Whether the name is certain: not when it is in an encoding that nobody told.
    pub(crate) named: bool,
    /// What Unix says of the file: its kind and who may do what.
    pub(crate) mode: Option<u32>,
}

/// What may stand in a container.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rules {
    /// What office programs write.
    Office,
    /// What anybody writes: members may be encrypted, compressed in other ways, named in an old encoding.
    Archive,
}

impl Member {
    /// Whether the entry is a folder, which holds nothing.
    pub(crate) fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }
}

/// What is left of [`Limits::expanded_bytes`] and [`Limits::expansion_ratio`] while a container is expanded.
#[derive(Clone, Debug)]
pub(crate) struct Budget {
    left: u64,
    /// Expanding this much is free of the ratio.
    ratio_left: u64,
}

/// Up to here the ratio is not looked at: small files of repeated text compress very well.
const FREE_OF_RATIO: u64 = 16 << 20;

impl Budget {
    /// The budget for an input of so many bytes.
    pub(crate) fn new(limits: &Limits, input: usize) -> Self {
        let by_ratio = limits.expansion_ratio.saturating_mul(input as u64).max(FREE_OF_RATIO);
        Self { left: limits.expanded_bytes, ratio_left: by_ratio }
    }

    /// How many bytes may still be expanded.
    pub(crate) fn left(&self) -> u64 {
        self.left.min(self.ratio_left)
    }

    fn take(&mut self, bytes: u64, part: &str) -> Result<(), Refusal> {
        if bytes > self.left {
            return Err(Refusal::Limit(format!("{part}: the parts expand to too many bytes")));
        }
        if bytes > self.ratio_left {
            return Err(Refusal::Limit(format!("{part}: the parts expand to far more bytes than the file has")));
        }
        self.left -= bytes;
        self.ratio_left -= bytes;
        Ok(())
    }

    /// Takes what a document inside the container was expanded to.
    ///
    /// # Errors
    /// [`Refusal::Limit`] when it is too much.
    pub(crate) fn charge(&mut self, bytes: u64, part: &str) -> Result<(), Refusal> {
        self.take(bytes, part)
    }

    /// Takes what is about to be expanded.
    ///
    /// # Errors
    /// [`Refusal::Limit`] when it is too much.
    pub(crate) fn spend(&mut self, bytes: u64, part: &str) -> Result<(), Refusal> {
        self.take(bytes, part)?;
        EXPANDED.set(EXPANDED.get().saturating_add(bytes));
        Ok(())
    }
}

std::thread_local! {
    /// What this thread has expanded so far. Only differences mean something: see [`metered`].
    static EXPANDED: Cell<u64> = const { Cell::new(0) };
}

/// Runs `read` and gives also how many bytes it expanded, in containers at any depth: a container charges its own budget
/// with it, so that many small bombs are no better than one.
pub(crate) fn metered<T>(read: impl FnOnce() -> T) -> (T, u64) {
    let before = EXPANDED.get();
    let result = read();
    (result, EXPANDED.get().saturating_sub(before))
}

/// A container, opened.
pub(crate) struct Package<'a> {
    bytes: &'a [u8],
    members: Vec<Member>,
}

impl<'a> Package<'a> {
    /// Reads the central directory.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] for anything that two programs could read differently, [`Refusal::Encrypted`] for encrypted
    /// members, [`Refusal::Limit`] for too many.
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
        Self::open_by(Rules::Office, bytes, limits)
    }

    /// As [`open`](Self::open), for an archive that no office program wrote: its members may also be encrypted, compressed
    /// in other ways and named in an old encoding, and say so.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub(crate) fn open_archive(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
        Self::open_by(Rules::Archive, bytes, limits)
    }

    fn open_by(rules: Rules, bytes: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
        let directory = Directory::find(bytes)?;
        if directory.entries > limits.parts as u64 {
            return Err(Refusal::Limit(format!("more than {} members", limits.parts)));
        }
        let mut members = Vec::new();
        let mut regions = Vec::new();
        let mut names = HashSet::new();
        let mut at = directory.start;
        for number in 0..directory.entries {
            let entry = Entry::read(bytes, at, directory.end)
                .ok_or_else(|| Refusal::damaged("central directory", format!("entry {} is cut off", number + 1)))?;
            at = entry.next;
            let (member, region) = entry.locate(rules, bytes, directory.start, number)?;
            // Office programs compare names without case.
            let (key, part) = match rules {
                Rules::Office => (member.name.to_ascii_lowercase(), member.name.clone()),
                Rules::Archive => (member.name.clone(), format!("member {}", number + 1)),
            };
            if !names.insert(key) {
                return Err(Refusal::damaged(part, "two members have this name"));
            }
            regions.push((region.start, region.end, members.len()));
            members.push(member);
        }
        regions.sort_unstable();
        for pair in regions.windows(2) {
            if let [(_, end, _), (start, _, second)] = pair
                && start < end
            {
                let member: &Member = &members[*second];
                let part = if rules == Rules::Office { member.name.clone() } else { format!("member {}", second + 1) };
                return Err(Refusal::damaged(part, "the member overlaps another one"));
            }
        }
        Ok(Self { bytes, members })
    }

    /// The members in the order of the directory.
    pub(crate) fn members(&self) -> &[Member] {
        &self.members
    }

    /// The member of this name; names differ in more than case.
    pub(crate) fn find(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name.eq_ignore_ascii_case(name))
    }

    /// The member's data, checked.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when the data is not what the directory says, [`Refusal::Limit`] when it is too much.
    pub(crate) fn expand(&self, member: &Member, budget: &mut Budget) -> Result<Vec<u8>, Refusal> {
        if member.encrypted {
            return Err(Refusal::Encrypted("the member needs a password".to_owned()));
        }
        budget.spend(member.size, &member.name)?;
        let raw = self.bytes.get(member.data.clone()).unwrap_or_default();
        let data = match member.method {
            Method::Stored => raw.to_vec(),
            Method::Deflated => inflate(raw, member)?,
            Method::Other(method) => return Err(unknown_method(&member.name, method)),
        };
        let mut crc = Crc::new();
        crc.update(&data);
        if data.len() as u64 != member.size || crc.sum() != member.crc {
            return Err(Refusal::damaged(&*member.name, "its length or checksum does not hold"));
        }
        Ok(data)
    }
}

fn unknown_method(name: &str, method: u16) -> Refusal {
    Refusal::uninspectable(name, format!("compression method {method} is not supported"))
}

fn inflate(raw: &[u8], member: &Member) -> Result<Vec<u8>, Refusal> {
    // One byte more than announced is enough to see that there is more.
    let mut decoder = DeflateDecoder::new(raw).take(member.size.saturating_add(1));
    // The announced size is a claim until it has been read: never reserve more than a cautious multiple of the input.
    let reserve = member.size.min((raw.len() as u64).saturating_mul(32)).min(1 << 30);
    let mut data = Vec::with_capacity(reserve as usize);
    decoder.read_to_end(&mut data).map_err(|_| Refusal::damaged(&*member.name, "its compressed data is broken"))?;
    if decoder.get_ref().total_in() != raw.len() as u64 {
        // A copied member would carry the bytes after the end of its data along.
        return Err(Refusal::damaged(&*member.name, "its compressed data has another length than announced"));
    }
    Ok(data)
}

/// Where the central directory lies.
struct Directory {
    start: usize,
    end: usize,
    entries: u64,
}

impl Directory {
    fn find(bytes: &[u8]) -> Result<Self, Refusal> {
        let missing = || Refusal::damaged("container", "its directory is missing; the file is cut off or no ZIP container");
        let end = find_end(bytes).ok_or_else(missing)?;
        let mut entries = u64::from(u16_at(bytes, end + 10).ok_or_else(missing)?);
        let mut size = u64::from(u32_at(bytes, end + 12).ok_or_else(missing)?);
        let mut start = u64::from(u32_at(bytes, end + 16).ok_or_else(missing)?);
        if u16_at(bytes, end + 4) != Some(0) && u16_at(bytes, end + 4) != Some(u16::MAX) {
            return Err(Refusal::Unsupported("split archive".to_owned()));
        }
        if (entries == u64::from(u16::MAX) || size == u64::from(u32::MAX) || start == u64::from(u32::MAX))
            && let Some(locator) = end.checked_sub(20).filter(|at| u32_at(bytes, *at) == Some(LOCATOR64))
        {
            let wide = u64_at(bytes, locator + 8).and_then(|at| usize::try_from(at).ok()).ok_or_else(missing)?;
            if u32_at(bytes, wide) != Some(END64) {
                return Err(missing());
            }
            let field = |offset| wide.checked_add(offset).and_then(|at| u64_at(bytes, at)).ok_or_else(missing);
            (entries, size, start) = (field(32)?, field(40)?, field(48)?);
        }
        let until = start.checked_add(size).filter(|until| *until <= end as u64).ok_or_else(missing)?;
        Ok(Self { start: start as usize, end: until as usize, entries })
    }
}

/// The end record: the last one whose comment reaches exactly to the end of the file, else the last one.
fn find_end(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(22)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    let candidates = || (first..=last).rev().filter(|at| u32_at(bytes, *at) == Some(END));
    let comment = |at: usize| u16_at(bytes, at + 20).map_or(0, usize::from);
    candidates().find(|at| at + 22 + comment(*at) == bytes.len()).or_else(|| candidates().next())
}

/// An entry of the central directory.
struct Entry {
    maker: u16,
    attributes: u32,
    unicode_name: Option<Range<usize>>,
    flags: u16,
    method: u16,
    crc: u32,
    packed: u64,
    size: u64,
    name: Range<usize>,
    header: u64,
    next: usize,
}

impl Entry {
    fn read(bytes: &[u8], at: usize, end: usize) -> Option<Self> {
        if u32_at(bytes, at)? != CENTRAL {
            return None;
        }
        let name_start = at.checked_add(46)?;
        let name = name_start..name_start + usize::from(u16_at(bytes, at + 28)?);
        let extra = name.end..name.end + usize::from(u16_at(bytes, at + 30)?);
        let next = extra.end + usize::from(u16_at(bytes, at + 32)?);
        if next > end {
            return None;
        }
        let mut entry = Self {
            maker: u16_at(bytes, at + 4)?,
            attributes: u32_at(bytes, at + 38)?,
            unicode_name: unicode_name(bytes, &name, &extra),
            flags: u16_at(bytes, at + 8)?,
            method: u16_at(bytes, at + 10)?,
            crc: u32_at(bytes, at + 16)?,
            packed: u64::from(u32_at(bytes, at + 20)?),
            size: u64::from(u32_at(bytes, at + 24)?),
            name,
            header: u64::from(u32_at(bytes, at + 42)?),
            next,
        };
        entry.widen(bytes.get(extra)?);
        Some(entry)
    }

    /// Takes 64-bit values from the extra field, in the order the specification gives, for those that did not fit.
    fn widen(&mut self, mut extra: &[u8]) {
        while let (Some(id), Some(length)) = (u16_at(extra, 0), u16_at(extra, 2)) {
            let end = 4 + usize::from(length);
            if id == 1 {
                let mut at = 4;
                for value in [&mut self.size, &mut self.packed, &mut self.header] {
                    if *value == u64::from(u32::MAX)
                        && at + 8 <= end
                        && let Some(wide) = u64_at(extra, at)
                    {
                        *value = wide;
                        at += 8;
                    }
                }
            }
            extra = extra.get(end..).unwrap_or_default();
        }
    }

    /// Checks the entry and finds its data; also gives the region of the file that the member takes.
    fn locate(self, rules: Rules, bytes: &[u8], directory: usize, number: u64) -> Result<(Member, Range<usize>), Refusal> {
        let nameless = || format!("member {}", number + 1);
        let (name, named) = self.read_name(rules, bytes).ok_or_else(|| Refusal::damaged(nameless(), "its name is not UTF-8"))?;
        let part = if rules == Rules::Office { name.to_string() } else { nameless() };
        if !is_safe(&name) {
            return Err(Refusal::damaged(nameless(), "its name leaves the container's folder"));
        }
        let encrypted = self.flags & 1 != 0;
        if encrypted && rules == Rules::Office {
            return Err(Refusal::Encrypted(format!("{part} is encrypted")));
        }
        let method = match self.method {
            0 => Method::Stored,
            8 => Method::Deflated,
            other if rules == Rules::Archive => Method::Other(other),
            other => return Err(unknown_method(&part, other)),
        };
        let broken = || Refusal::damaged(&*part, "its header is not where the directory says");
        let header = usize::try_from(self.header).ok().filter(|at| *at < directory).ok_or_else(broken)?;
        if u32_at(bytes, header) != Some(LOCAL) {
            return Err(broken());
        }
        let name_length = u16_at(bytes, header + 26).ok_or_else(broken)?;
        let extra_length = u16_at(bytes, header + 28).ok_or_else(broken)?;
        let start = header + 30 + usize::from(name_length) + usize::from(extra_length);
        let end = usize::try_from(self.packed).ok().and_then(|packed| start.checked_add(packed)).ok_or_else(broken)?;
        if end > directory {
            return Err(Refusal::damaged(&*part, "its data runs into the directory"));
        }
        if method == Method::Stored && self.packed != self.size && !encrypted {
            return Err(Refusal::damaged(&*part, "its two lengths differ"));
        }
        let (data, crc, size) = (start..end, self.crc, self.size);
        let mode = (self.maker >> 8 == UNIX).then_some(self.attributes >> 16);
        Ok((Member { name: name.into_owned(), method, data, crc, size, encrypted, named, mode }, header..end))
    }

    /// The name, and whether it is certain.
    fn read_name<'b>(&self, rules: Rules, bytes: &'b [u8]) -> Option<(Cow<'b, str>, bool)> {
        let range = self.unicode_name.as_ref().filter(|_| rules == Rules::Archive).unwrap_or(&self.name);
        let raw = bytes.get(range.clone())?;
        let utf8 = std::str::from_utf8(raw);
        if rules == Rules::Office {
            return Some((utf8.ok()?.into(), true));
        }
        let (name, named) = match utf8 {
            Ok(name) => (Cow::from(name), true),
            Err(_) if self.flags & UTF8 != 0 => return None,
            Err(_) => (dos::decode(raw).into(), dos::is_likely(raw)),
        };
        // Some programs of Windows write their own separator.
        let name = if name.contains('\\') { name.replace('\\', "/").into() } else { name };
        Some((name, named))
    }
}

/// Where the name in UTF-8 stands that Info-ZIP puts beside one in another encoding, when it belongs to that one.
fn unicode_name(bytes: &[u8], name: &Range<usize>, extra: &Range<usize>) -> Option<Range<usize>> {
    let mut at = extra.start;
    while let (Some(id), Some(length)) = (u16_at(bytes, at), u16_at(bytes, at + 2)) {
        let end = at + 4 + usize::from(length);
        if end > extra.end {
            break;
        }
        if id == 0x7075 && length > 5 {
            let mut crc = Crc::new();
            crc.update(bytes.get(name.clone())?);
            return (u32_at(bytes, at + 5)? == crc.sum()).then_some(at + 9..end);
        }
        at = end;
    }
    None
}

fn is_safe(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('/')
        && !name.contains(['\\', '\0'])
        && !name.chars().any(char::is_control)
        && name.split('/').all(|step| step != ".." && step != ".")
        && name.as_bytes().get(1) != Some(&b':')
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at.checked_add(8)?)?.try_into().ok().map(u64::from_le_bytes)
}
