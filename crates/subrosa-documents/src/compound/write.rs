//! The writing side: version 3, everything in order and nothing between.
//!
//! Sectors in this order: directory, table of mini sectors, mini stream, large streams, allocation table, and the table of
//! its sectors where the header has no room for them.

use std::cmp::Ordering;

use super::{Storage, Stream};
use crate::ole::SIGNATURE;
use crate::refusal::Refusal;

const SECTOR: usize = 512;
const MINI: usize = 64;
/// Streams shorter than this lie in mini sectors.
const CUTOFF: usize = 4096;
/// Entries of a table in one sector.
const SLOTS: usize = SECTOR / 4;
/// Sectors of the allocation table that the header lists.
const LISTED: usize = 109;

const FREE: u32 = 0xFFFF_FFFF;
const END: u32 = 0xFFFF_FFFE;
const TABLE: u32 = 0xFFFF_FFFD;
const LIST: u32 = 0xFFFF_FFFC;
/// No entry of the directory.
const NONE: u32 = FREE;

/// Writes a compound file.
///
/// # Errors
/// [`Refusal::Limit`] above 2 GiB, [`Refusal::Internal`] for a name that is too long.
pub(crate) fn write(root: &Storage<'_>) -> Result<Vec<u8>, Refusal> {
    let mut directory = vec![Entry::new("Root Entry", Kind::Root, root.class, root.state)];
    let mut streams: Vec<(usize, &[u8])> = Vec::new();
    let child = list(root, &mut directory, &mut streams)?;
    directory[0].child = child;

    let (mini, large): (Vec<_>, Vec<_>) = streams.iter().filter(|(_, data)| !data.is_empty()).partition(|s| s.1.len() < CUTOFF);
    let mini_sectors: usize = mini.iter().map(|(_, data)| data.len().div_ceil(MINI)).sum();
    let directory_sectors = (directory.len() * ENTRY).div_ceil(SECTOR);
    let mini_table = mini_sectors.div_ceil(SLOTS);
    let mini_stream = (mini_sectors * MINI).div_ceil(SECTOR);
    let large_sectors: usize = large.iter().map(|(_, data)| data.len().div_ceil(SECTOR)).sum();
    let content = directory_sectors + mini_table + mini_stream + large_sectors;
    let (tables, lists) = tables(content);
    let sectors = content + tables + lists;
    if sectors >= 1 << 22 {
        return Err(Refusal::Limit("the written compound file is over 2 GiB".to_owned()));
    }

    let mut table: Vec<u32> = Vec::with_capacity(tables * SLOTS);
    chain(&mut table, directory_sectors);
    let mini_table_start = chain(&mut table, mini_table);
    let mini_stream_start = chain(&mut table, mini_stream);
    for &(entry, data) in &large {
        let start = chain(&mut table, data.len().div_ceil(SECTOR));
        directory[entry].place(start, data.len());
    }
    table.resize(content + tables, TABLE);
    table.resize(sectors, LIST);
    table.resize(tables * SLOTS, FREE);

    let mut minis: Vec<u32> = Vec::with_capacity(mini_table * SLOTS);
    for &(entry, data) in &mini {
        let start = chain(&mut minis, data.len().div_ceil(MINI));
        directory[entry].place(start, data.len());
    }
    minis.resize(mini_table * SLOTS, FREE);
    directory[0].place(mini_stream_start, mini_sectors * MINI);

    let mut out = Vec::with_capacity((sectors + 1) * SECTOR);
    header(&mut out, tables, content, mini_table_start, mini_table, lists);
    for entry in &directory {
        entry.write(&mut out);
    }
    while out.len() < (1 + directory_sectors) * SECTOR {
        Entry::unused().write(&mut out);
    }
    words(&mut out, &minis);
    for (_, data) in mini {
        out.extend_from_slice(data);
        pad(&mut out, MINI);
    }
    pad(&mut out, SECTOR);
    for (_, data) in large {
        out.extend_from_slice(data);
        pad(&mut out, SECTOR);
    }
    words(&mut out, &table);
    // Where the sectors of the allocation table lie, beyond those that the header lists.
    let further: Vec<u32> = (LISTED.min(tables)..tables).map(|number| (content + number) as u32).collect();
    for (number, part) in further.chunks(SLOTS - 1).enumerate() {
        let mut part = part.to_vec();
        part.resize(SLOTS - 1, FREE);
        let next = number + 1;
        part.push(if next < lists { (content + tables + next) as u32 } else { END });
        words(&mut out, &part);
    }
    Ok(out)
}

/// How many sectors the allocation table takes, and how many the list of them beyond the header.
fn tables(content: usize) -> (usize, usize) {
    let (mut tables, mut lists) = (1, 0);
    while tables * SLOTS < content + tables + lists {
        tables += 1;
        lists = tables.saturating_sub(LISTED).div_ceil(SLOTS - 1);
    }
    (tables, lists)
}

/// Adds a chain of so many sectors in a row; gives its first.
fn chain(table: &mut Vec<u32>, sectors: usize) -> u32 {
    let start = table.len() as u32;
    table.extend((1..sectors).map(|next| start + next as u32));
    if sectors == 0 {
        return END;
    }
    table.push(END);
    start
}

fn header(out: &mut Vec<u8>, tables: usize, content: usize, mini_table: u32, mini_sectors: usize, lists: usize) {
    out.extend_from_slice(&SIGNATURE);
    out.extend_from_slice(&[0; 16]);
    for half in [0x3E_u16, 3, 0xFFFE, 9, 6, 0, 0, 0] {
        out.extend_from_slice(&half.to_le_bytes());
    }
    let first_list = if lists == 0 { END } else { (content + tables) as u32 };
    let mini_start = if mini_sectors == 0 { END } else { mini_table };
    words(out, &[0, tables as u32, 0, 0, CUTOFF as u32, mini_start, mini_sectors as u32, first_list, lists as u32]);
    let listed = (0..LISTED).map(|number| if number < tables { (content + number) as u32 } else { FREE });
    words(out, &listed.collect::<Vec<_>>());
}

fn words(out: &mut Vec<u8>, words: &[u32]) {
    for word in words {
        out.extend_from_slice(&word.to_le_bytes());
    }
}

fn pad(out: &mut Vec<u8>, to: usize) {
    out.resize(out.len().next_multiple_of(to), 0);
}

/// Bytes of an entry of the directory.
const ENTRY: usize = 128;

#[derive(Clone, Copy)]
enum Kind {
    Unused = 0,
    Storage = 1,
    Stream = 2,
    Root = 5,
}

struct Entry {
    name: Vec<u16>,
    kind: Kind,
    black: bool,
    left: u32,
    right: u32,
    child: u32,
    class: [u8; 16],
    state: u32,
    start: u32,
    length: u32,
}

impl Entry {
    fn new(name: &str, kind: Kind, class: [u8; 16], state: u32) -> Self {
        let name = name.encode_utf16().collect();
        // A storage has no sectors; a stream has none while it is empty.
        let start = if matches!(kind, Kind::Stream | Kind::Root) { END } else { 0 };
        Self { name, kind, black: true, left: NONE, right: NONE, child: NONE, class, state, start, length: 0 }
    }

    fn unused() -> Self {
        Self { black: false, ..Self::new("", Kind::Unused, [0; 16], 0) }
    }

    fn place(&mut self, start: u32, length: usize) {
        self.start = start;
        self.length = length as u32;
    }

    fn write(&self, out: &mut Vec<u8>) {
        let end = out.len() + 64;
        for unit in &self.name {
            out.extend_from_slice(&unit.to_le_bytes());
        }
        out.resize(end, 0);
        let length = if self.name.is_empty() { 0 } else { self.name.len() as u16 * 2 + 2 };
        out.extend_from_slice(&length.to_le_bytes());
        out.extend_from_slice(&[self.kind as u8, u8::from(self.black)]);
        words(out, &[self.left, self.right, self.child]);
        out.extend_from_slice(&self.class);
        words(out, &[self.state, 0, 0, 0, 0, self.start, self.length, 0]);
    }
}

/// Adds the entries of a storage to the directory; gives the entry at the top of their tree.
fn list<'s>(storage: &'s Storage<'_>, directory: &mut Vec<Entry>, streams: &mut Vec<(usize, &'s [u8])>) -> Result<u32, Refusal> {
    let mut numbers = Vec::with_capacity(storage.storages.len() + storage.streams.len());
    for Stream { name, data } in &storage.streams {
        streams.push((directory.len(), data));
        numbers.push(directory.len());
        directory.push(Entry::new(name, Kind::Stream, [0; 16], 0));
    }
    for inner in &storage.storages {
        let number = directory.len();
        numbers.push(number);
        directory.push(Entry::new(&inner.name, Kind::Storage, inner.class, inner.state));
        let child = list(inner, directory, streams)?;
        directory[number].child = child;
    }
    if numbers.iter().any(|&number| directory[number].name.len() > 31) {
        return Err(Refusal::Internal("a name is too long for a compound file".to_owned()));
    }
    numbers.sort_by(|&a, &b| compare(&directory[a].name, &directory[b].name));
    let last = numbers.len().checked_ilog2().unwrap_or(0);
    let perfect = (numbers.len() + 1).is_power_of_two();
    Ok(tree(&numbers, directory, if perfect { u32::MAX } else { last }))
}

/// Links sorted entries to a balanced tree; gives its top. Those in the last, incomplete row are red, which makes every way
/// down hold as many black ones.
fn tree(numbers: &[usize], directory: &mut [Entry], red: u32) -> u32 {
    fn link(numbers: &[usize], directory: &mut [Entry], row: u32, red: u32) -> u32 {
        let middle = numbers.len() / 2;
        let Some(&top) = numbers.get(middle) else { return NONE };
        directory[top].left = link(&numbers[..middle], directory, row + 1, red);
        directory[top].right = link(&numbers[middle + 1..], directory, row + 1, red);
        directory[top].black = row != red;
        top as u32
    }
    link(numbers, directory, 0, red)
}

/// The order of names: by length, then in upper case.
fn compare(a: &[u16], b: &[u16]) -> Ordering {
    let upper = |name: &[u16]| String::from_utf16_lossy(name).to_uppercase();
    a.len().cmp(&b.len()).then_with(|| upper(a).cmp(&upper(b)))
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use crate::limits::Limits;

    fn stream(name: &str, length: usize) -> Stream<'static> {
        Stream { name: name.to_owned().into(), data: (0..length).map(|at| (at % 251) as u8).collect::<Vec<_>>().into() }
    }

    /// Every size at which something changes: none, mini, the cutoff, a sector more; tables of one sector and of many.
    #[test]
    fn what_is_written_is_read_again() {
        for count in [0, 1, 2, 3, 6, 7, 8, 100] {
            let lengths = [0, 1, 63, 64, 65, 4095, 4096, 4097, 70_000];
            let streams = (0..count).map(|number| stream(&format!("s{number}"), lengths[number % lengths.len()]));
            let inner = Storage { name: "inner".into(), class: [7; 16], streams: streams.collect(), ..Storage::default() };
            let root = Storage { storages: vec![inner], streams: vec![stream("b", 100)], ..Storage::default() };
            let written = write(&root).unwrap();
            cfb::CompoundFile::open_strict(std::io::Cursor::new(&written)).unwrap();
            let again = read(&written, &Limits::default()).unwrap();
            assert_eq!(again.storages[0].class, [7; 16]);
            let found = &again.storages[0].streams;
            assert_eq!(found.len(), count);
            for stream in &root.storages[0].streams {
                assert!(found.iter().any(|again| again.name == stream.name && again.data == stream.data));
            }
            assert_eq!(write(&again).unwrap(), write(&again).unwrap());
        }
    }

    /// More sectors than the header can list tables for.
    #[test]
    fn a_large_file_has_a_list_of_tables() {
        let root = Storage { streams: vec![stream("large", 8 << 20)], ..Storage::default() };
        let written = write(&root).unwrap();
        cfb::CompoundFile::open_strict(std::io::Cursor::new(&written)).unwrap();
        assert!(read(&written, &Limits::default()).unwrap().streams[0].data == root.streams[0].data);
    }
}
