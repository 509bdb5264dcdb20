//! The writing side: fresh headers, one fixed time, nothing between the members.

use std::io::Write;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

use super::{CENTRAL, END, END64, LOCAL, LOCATOR64, Member, Method, UNIX, UTF8};
use crate::refusal::Refusal;

/// 1980-01-01, the first day the format can say: when a document was saved is nobody's business.
const DATE: u16 = 0x0021;
/// How hard new data are packed: a tenth to a sixth larger than by the usual six, in a quarter of the time, which is most of
/// what writing takes.
pub(crate) const EFFORT: Compression = Compression::new(3);
/// Version 2.0: folders and deflate.
const VERSION: u16 = 20;

/// Writes a container member by member.
#[derive(Default)]
pub(crate) struct PackageWriter {
    out: Vec<u8>,
    directory: Vec<u8>,
    count: u64,
}

impl PackageWriter {
    /// A writer that expects about so many bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { out: Vec::with_capacity(bytes), ..Self::default() }
    }

    /// Copies a member of `source` as it is compressed there.
    pub(crate) fn copy(&mut self, member: &Member, source: &[u8]) -> Result<(), Refusal> {
        self.copy_as(&member.name, None, member, source)
    }

    /// As [`copy`](Self::copy), under another name.
    pub(crate) fn copy_as(&mut self, name: &str, mode: Option<u32>, member: &Member, source: &[u8]) -> Result<(), Refusal> {
        let data = source
            .get(member.data.clone())
            .ok_or_else(|| Refusal::Internal(format!("{} does not lie in the container", member.name)))?;
        self.put(name, mode, member.method, member.crc, member.size, data)
    }

    /// Compresses new data.
    pub(crate) fn add(&mut self, name: &str, data: &[u8], method: Method) -> Result<(), Refusal> {
        self.add_as(name, None, data, method)
    }

    /// As [`add`](Self::add), with what Unix says of the file.
    pub(crate) fn add_as(&mut self, name: &str, mode: Option<u32>, data: &[u8], method: Method) -> Result<(), Refusal> {
        let mut crc = Crc::new();
        crc.update(data);
        match method {
            Method::Stored => self.put(name, mode, method, crc.sum(), data.len() as u64, data),
            Method::Deflated | Method::Other(_) => {
                let mut encoder = DeflateEncoder::new(Vec::with_capacity(data.len() / 4), EFFORT);
                let packed = encoder
                    .write_all(data)
                    .and_then(|()| encoder.finish())
                    .map_err(|_| Refusal::Internal("deflate failed".to_owned()))?;
                self.put(name, mode, Method::Deflated, crc.sum(), data.len() as u64, &packed)
            }
        }
    }

    fn put(&mut self, name: &str, mode: Option<u32>, method: Method, crc: u32, size: u64, packed: &[u8]) -> Result<(), Refusal> {
        let too_large = |_| Refusal::Limit("the written container is over 4 GiB".to_owned());
        let offset = u32::try_from(self.out.len()).map_err(too_large)?;
        let size = u32::try_from(size).map_err(too_large)?;
        let packed_size = u32::try_from(packed.len()).map_err(too_large)?;
        let name_length = u16::try_from(name.len()).map_err(too_large)?;
        let flags = if name.is_ascii() { 0 } else { UTF8 };
        let mut common = Vec::with_capacity(26);
        let method = match method {
            Method::Stored => 0,
            Method::Deflated => 8,
            Method::Other(number) => number,
        };
        for half in [VERSION, flags, method, 0, DATE] {
            common.extend_from_slice(&half.to_le_bytes());
        }
        for word in [crc, packed_size, size] {
            common.extend_from_slice(&word.to_le_bytes());
        }
        common.extend_from_slice(&name_length.to_le_bytes());
        common.extend_from_slice(&[0, 0]); // no extra field

        self.out.extend_from_slice(&LOCAL.to_le_bytes());
        self.out.extend_from_slice(&common);
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(packed);

        self.directory.extend_from_slice(&CENTRAL.to_le_bytes());
        let maker = if mode.is_some() { UNIX << 8 | VERSION } else { VERSION };
        self.directory.extend_from_slice(&maker.to_le_bytes());
        self.directory.extend_from_slice(&common);
        self.directory.extend_from_slice(&[0; 6]); // no comment, first disk
        self.directory.extend_from_slice(&(mode.unwrap_or(0) << 16).to_le_bytes());
        self.directory.extend_from_slice(&offset.to_le_bytes());
        self.directory.extend_from_slice(name.as_bytes());
        self.count += 1;
        Ok(())
    }

    /// The whole container.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, Refusal> {
        let too_large = |_| Refusal::Limit("the written container is over 4 GiB".to_owned());
        let start = u32::try_from(self.out.len()).map_err(too_large)?;
        let size = u32::try_from(self.directory.len()).map_err(too_large)?;
        self.out.append(&mut self.directory);
        let count = u16::try_from(self.count).unwrap_or(u16::MAX);
        if count == u16::MAX {
            self.end64(size, start);
        }
        self.out.extend_from_slice(&END.to_le_bytes());
        self.out.extend_from_slice(&[0; 4]);
        self.out.extend_from_slice(&count.to_le_bytes());
        self.out.extend_from_slice(&count.to_le_bytes());
        self.out.extend_from_slice(&size.to_le_bytes());
        self.out.extend_from_slice(&start.to_le_bytes());
        self.out.extend_from_slice(&[0, 0]);
        Ok(self.out)
    }

    /// The end of the directory for more members than its usual end can count, and the pointer to it.
    fn end64(&mut self, size: u32, start: u32) {
        let at = self.out.len() as u64;
        self.out.extend_from_slice(&END64.to_le_bytes());
        self.out.extend_from_slice(&44_u64.to_le_bytes());
        for half in [VERSION, VERSION] {
            self.out.extend_from_slice(&half.to_le_bytes());
        }
        self.out.extend_from_slice(&[0; 8]);
        for word in [self.count, self.count, u64::from(size), u64::from(start)] {
            self.out.extend_from_slice(&word.to_le_bytes());
        }
        self.out.extend_from_slice(&LOCATOR64.to_le_bytes());
        self.out.extend_from_slice(&[0; 4]);
        self.out.extend_from_slice(&at.to_le_bytes());
        self.out.extend_from_slice(&1_u32.to_le_bytes());
    }
}
