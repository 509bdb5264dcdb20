//! Builds Outlook messages with the `cfb` crate, which the writer under test does not use.

use std::io::{Cursor, Write};

use cfb::CompoundFile;

/// A property.
pub enum Property<'a> {
    Wide(u16, &'a str),
    Narrow(u16, &'a [u8]),
    Binary(u16, &'a [u8]),
    WideList(u16, &'a [&'a str]),
    Integer(u16, u32),
    Double(u16, f64),
    Time(u16, u64),
}

/// A message under construction.
pub struct Builder(CompoundFile<Cursor<Vec<u8>>>);

impl Builder {
    /// A message with properties, `names` for those from 0x8000 on, and so many recipients and attachments to come.
    pub fn new(properties: &[Property<'_>], names: &[&str], recipients: u32, attachments: u32) -> Self {
        let mut builder = Self(CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap());
        let mut header = vec![0; 32];
        for (at, count) in [(8, recipients), (12, attachments), (16, recipients), (20, attachments)] {
            header[at..at + 4].copy_from_slice(&count.to_le_bytes());
        }
        builder.object("/", &header, properties);
        builder.0.create_storage("/__nameid_version1.0").unwrap();
        let (mut entries, mut texts) = (Vec::new(), Vec::new());
        for (index, name) in names.iter().enumerate() {
            entries.extend_from_slice(&(texts.len() as u32).to_le_bytes());
            entries.extend_from_slice(&(2_u16 << 1 | 1).to_le_bytes());
            entries.extend_from_slice(&(index as u16).to_le_bytes());
            let wide = wide(name);
            texts.extend_from_slice(&(wide.len() as u32).to_le_bytes());
            texts.extend_from_slice(&wide);
            texts.resize(texts.len().next_multiple_of(4), 0);
        }
        builder.stream("/__nameid_version1.0/__substg1.0_00020102", &[]);
        builder.stream("/__nameid_version1.0/__substg1.0_00030102", &entries);
        builder.stream("/__nameid_version1.0/__substg1.0_00040102", &texts);
        builder
    }

    fn stream(&mut self, path: &str, data: &[u8]) {
        self.0.create_stream(path).unwrap().write_all(data).unwrap();
    }

    /// An object in a storage: its properties behind `header`.
    pub fn object(&mut self, path: &str, header: &[u8], properties: &[Property<'_>]) {
        if path != "/" {
            self.0.create_storage(path).unwrap();
        }
        let folder = path.trim_end_matches('/').to_owned();
        let mut entries = header.to_vec();
        let mut entry = |id: u16, kind: u16, value: [u8; 8]| {
            entries.extend_from_slice(&kind.to_le_bytes());
            entries.extend_from_slice(&id.to_le_bytes());
            entries.extend_from_slice(&6_u32.to_le_bytes());
            entries.extend_from_slice(&value);
        };
        let long = |number: u64| number.to_le_bytes();
        for property in properties {
            let name = |id: u16, kind: u16| format!("{folder}/__substg1.0_{id:04X}{kind:04X}");
            match *property {
                Property::Wide(id, text) => {
                    self.stream(&name(id, 0x1F), &wide(text));
                    entry(id, 0x1F, long(wide(text).len() as u64 + 2));
                }
                Property::Narrow(id, bytes) => {
                    self.stream(&name(id, 0x1E), bytes);
                    entry(id, 0x1E, long(bytes.len() as u64 + 1));
                }
                Property::Binary(id, bytes) => {
                    self.stream(&name(id, 0x102), bytes);
                    entry(id, 0x102, long(bytes.len() as u64));
                }
                Property::WideList(id, texts) => {
                    let ended = |text: &str| [wide(text), vec![0, 0]].concat();
                    let lengths: Vec<u8> = texts.iter().flat_map(|text| (ended(text).len() as u32).to_le_bytes()).collect();
                    self.stream(&name(id, 0x101F), &lengths);
                    for (index, text) in texts.iter().enumerate() {
                        self.stream(&format!("{}-{index:08X}", name(id, 0x101F)), &ended(text));
                    }
                    entry(id, 0x101F, long(lengths.len() as u64));
                }
                // The upper half is what was in memory.
                Property::Integer(id, value) => entry(id, 3, long(u64::from(value) | u64::from_le_bytes(*b"\0\0\0\0Jane"))),
                Property::Double(id, value) => entry(id, 5, value.to_le_bytes()),
                Property::Time(id, value) => entry(id, 0x40, long(value)),
            }
        }
        self.stream(&format!("{folder}/__properties_version1.0"), &entries);
    }

    pub fn finish(mut self) -> Vec<u8> {
        self.0.flush().unwrap();
        self.0.into_inner().into_inner()
    }
}

pub fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
