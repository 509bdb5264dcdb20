//! What an OLE compound file holds, told by the names in its directory: enough to say why it is not read.
//!
//! Reads no stream. Written to [MS-CFB] 2.2 to 2.6.

use crate::refusal::Refusal;

/// First bytes of every compound file.
pub(crate) const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Most directory sectors looked at; the telling names are among the first.
const MOST_SECTORS: usize = 4096;

/// Why a compound file that no format claims is refused, or nothing when the bytes are no compound file.
pub(crate) fn refusal(bytes: &[u8]) -> Option<Refusal> {
    if !bytes.starts_with(&SIGNATURE) {
        return None;
    }
    let names = entry_names(bytes);
    let has = |name: &str| names.iter().any(|found| found == name);
    Some(if has("EncryptedPackage") || has("EncryptionInfo") {
        Refusal::Encrypted("an Office document that needs a password".to_owned())
    } else if has("WordDocument") {
        Refusal::Unsupported("legacy Word document (.doc); save it as .docx with Word or LibreOffice".to_owned())
    } else if has("Workbook") || has("Book") {
        Refusal::Unsupported("legacy Excel workbook (.xls); save it as .xlsx with Excel or LibreOffice".to_owned())
    } else if has("PowerPoint Document") {
        Refusal::Unsupported("legacy PowerPoint presentation (.ppt); save it as .pptx with PowerPoint or LibreOffice".to_owned())
    } else {
        Refusal::Unsupported("OLE compound file of an unknown program".to_owned())
    })
}

/// Whether a compound file has an entry of this name, in whichever of its folders.
pub(crate) fn has_entry(bytes: &[u8], name: &str) -> bool {
    bytes.starts_with(&SIGNATURE) && entry_names(bytes).iter().any(|found| found == name)
}

/// The names in the directory, as far as it can be followed.
fn entry_names(bytes: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let Some(shift) = u16_at(bytes, 30).filter(|shift| matches!(shift, 9 | 12)) else {
        return names;
    };
    let sector_size = 1_usize << shift;
    let offset = |sector: u32| (sector as usize).checked_add(1).and_then(|number| number.checked_mul(sector_size));
    let mut sector = u32_at(bytes, 48).unwrap_or(u32::MAX);
    for _ in 0..MOST_SECTORS {
        let Some(start) = offset(sector) else { break };
        let Some(data) = bytes.get(start..).map(|rest| &rest[..rest.len().min(sector_size)]) else {
            break;
        };
        for entry in data.chunks_exact(128) {
            let length = u16_at(entry, 64).map_or(0, usize::from).min(64);
            let units: Vec<u16> = entry[..length]
                .chunks_exact(2)
                .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
                .take_while(|unit| *unit != 0)
                .collect();
            names.push(String::from_utf16_lossy(&units));
        }
        // Only the first 109 sectors of the allocation table stand in the header; a directory lies there in practice.
        let table_entries = sector_size / 4;
        let (table, slot) = (sector as usize / table_entries, sector as usize % table_entries);
        if table >= 109 {
            break;
        }
        let next = u32_at(bytes, 76 + 4 * table).and_then(offset).and_then(|table| u32_at(bytes, table + 4 * slot));
        match next {
            Some(next) if next < 0xFFFF_FFFA => sector = next,
            _ => break,
        }
    }
    names
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}
