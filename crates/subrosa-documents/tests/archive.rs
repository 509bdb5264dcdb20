//! Archives and compressed files.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "tests read files and run other programs"
)]

mod common;

use std::io::{Cursor, Read, Write};

use common::{open, read, refusal, replace_all, texts};
use flate2::write::GzEncoder;
use flate2::{Compression, GzBuilder};
use subrosa_core::policy::OnUnread;
use subrosa_core::span::Span;
use subrosa_documents::{Limits, Source, verify};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const STORED: SimpleFileOptions = SimpleFileOptions::DEFAULT.compression_method(CompressionMethod::Stored);
const DEFLATED: SimpleFileOptions = SimpleFileOptions::DEFAULT.compression_method(CompressionMethod::Deflated);

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in members {
        if name.ends_with('/') {
            writer.add_directory(*name, STORED).unwrap();
        } else {
            writer.start_file(*name, DEFLATED).unwrap();
            writer.write_all(data).unwrap();
        }
    }
    let _ = writer.set_comment("by Jane Roebuck");
    writer.finish().unwrap().into_inner()
}

fn unzip(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let member = |index| {
        let mut file = archive.by_index(index).unwrap();
        let mut data = Vec::new();
        file.read_to_end(&mut data).unwrap();
        (file.name().unwrap().into_owned(), data)
    };
    (0..ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(member).collect()
}

fn gzip(name: Option<&str>, data: &[u8]) -> Vec<u8> {
    let builder = name.map_or_else(GzBuilder::new, |name| GzBuilder::new().filename(name).comment("Jane Roebuck").mtime(99));
    let mut encoder: GzEncoder<Vec<u8>> = builder.write(Vec::new(), Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut data = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut data).unwrap();
    data
}

/// A tar member in the old dialect.
fn tar_member(path: &str, letter: u8, link: &str, data: &[u8]) -> Vec<u8> {
    let mut block = vec![0; 512];
    let mut put = |at: usize, text: &[u8]| block[at..at + text.len()].copy_from_slice(text);
    put(0, path.as_bytes());
    put(100, b"0000640\0");
    put(108, b"0001750\0");
    put(116, b"0001750\0");
    put(124, format!("{:011o}\0", data.len()).as_bytes());
    put(136, b"14000000000\0");
    put(148, b"        ");
    put(156, &[letter]);
    put(157, link.as_bytes());
    put(257, b"ustar\x0000");
    put(265, b"jroebuck\0");
    let sum: u64 = block.iter().map(|&byte| u64::from(byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block.extend_from_slice(data);
    block.resize(block.len().next_multiple_of(512), 0);
    block
}

fn tar(members: &[Vec<u8>]) -> Vec<u8> {
    [members.concat(), vec![0; 1024]].concat()
}

/// Replaces a value everywhere, verifies what was written and gives it.
fn redacted(name: &str, bytes: &[u8], value: &str, with: &str) -> Vec<u8> {
    let (format, document) = open(name, bytes).unwrap();
    assert!(document.unread.is_empty(), "{:?}", document.unread);
    let edits = replace_all(&document, value, with);
    assert!(edits.iter().any(|edits| !edits.is_empty()));
    let written = document.body.write(&edits).unwrap();
    verify::verify(format, &document, &edits, &Source::nameless(&written), &Limits::default()).unwrap();
    written
}

#[test]
fn members_and_their_names_are_edited() {
    let inner = zip(&[("Roebuck.csv", b"name,age\nJane Roebuck,93\n")]);
    let bytes = zip(&[
        ("Roebuck/", b""),
        ("Roebuck/letter to Roebuck.txt", b"Dear Jane Roebuck,\n"),
        ("Roebuck/kept.json", b"{\"a\": \"b\"}"),
        ("inner.zip", &inner),
        ("empty.txt", b""),
    ]);
    let document = read("a.zip", &bytes);
    assert!(texts(&document).contains(&"Roebuck/letter to Roebuck.txt"));
    let cell = document.segments.iter().position(|segment| segment.text == "Jane Roebuck").unwrap();
    assert_eq!(document.body.place(cell, Span::new(0, 4)), "member 4 (zip), member 1 (csv), row 2, column \"name\"");
    assert_eq!(document.body.place(0, Span::new(0, 4)), "member 1, its path");
    let written = redacted("a.zip", &bytes, "Roebuck", "[P]");
    let members = unzip(&written);
    let names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["[P]/", "[P]/letter to [P].txt", "[P]/kept.json", "inner.zip", "empty.txt"]);
    assert_eq!(members[1].1, b"Dear Jane [P],\n");
    assert_eq!(unzip(&members[3].1), [("[P].csv".to_owned(), b"name,age\nJane [P],93\n".to_vec())]);
    assert!(memchr::memmem::find(&written, b"Roebuck").is_none(), "the comment is gone");
}

#[test]
fn nothing_changes_without_edits() {
    let members: [(&str, &[u8]); 3] = [("a/", b""), ("a/b.txt", b"text of it"), ("a/c.csv", b"a,b\n1,2\n")];
    let bytes = zip(&members);
    let written = read("a.zip", &bytes).body.write(&[]).unwrap();
    assert_eq!(unzip(&written), unzip(&bytes));
    let again = read("a.zip", &written).body.write(&[]).unwrap();
    assert_eq!(written, again);
    let bytes = tar(&[tar_member("a/b.txt", b'0', "", b"text of it"), tar_member("l", b'2', "a/b.txt", b"")]);
    let written = read("a.tar", &bytes).body.write(&[]).unwrap();
    assert_eq!(read("a.tar", &written).body.write(&[]).unwrap(), written);
    let bytes = gzip(None, b"text of it");
    assert_eq!(gunzip(&read("a.txt.gz", &bytes).body.write(&[]).unwrap()), b"text of it");
}

#[test]
fn names_stay_different_and_keep_their_extension() {
    let bytes = zip(&[("Jane.txt", b"a1"), ("June.txt", b"b2"), ("[P].txt", b"c3"), ("x.Jane", b"d4")]);
    let document = read("a.zip", &bytes);
    let mut edits = replace_all(&document, "Jane", "[P]");
    for (own, more) in edits.iter_mut().zip(replace_all(&document, "June.txt", "[P]")) {
        own.extend(more);
    }
    let names: Vec<String> = unzip(&document.body.write(&edits).unwrap()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["[P] (2).txt", "[P] (3).txt", "[P].txt", "x.[P]"]);
}

#[test]
fn links_and_rights_stay() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("Jane.sh", DEFLATED.unix_permissions(0o755)).unwrap();
    writer.write_all(b"echo Jane\n").unwrap();
    writer.add_symlink("link", "../Jane.sh", STORED).unwrap();
    let bytes = writer.finish().unwrap().into_inner();
    let written = redacted("a.zip", &bytes, "Jane", "[P]");
    let mut archive = ZipArchive::new(Cursor::new(&written)).unwrap();
    assert_eq!(archive.by_index(0).unwrap().unix_mode(), Some(0o100_755));
    assert!(archive.by_index(1).unwrap().is_symlink());
    assert_eq!(unzip(&written)[1].1, b"../[P].sh");
}

#[test]
fn what_cannot_be_read_is_unread_and_can_go() {
    let bytes =
        zip(&[("a.txt", b"Jane"), ("b.bin", b"\x00\x01\x02\xff"), ("Jane.png", b"\x89PNG\r\n\x1a\nxx"), ("c.txt", b"x y")]);
    let (_, document) = open("a.zip", &bytes).unwrap();
    let parts: Vec<&str> = document.unread.iter().map(|unread| unread.part.as_str()).collect();
    assert_eq!(parts, ["member 2 (bin)", "member 3 (png)"]);
    for (on_unread, count, emptied) in [(OnUnread::Remove, 2, false), (OnUnread::Blank, 4, true), (OnUnread::Keep, 4, false)] {
        let (format, mut document) = open("a.zip", &bytes).unwrap();
        assert!(document.settle(on_unread).is_ok());
        let edits = replace_all(&document, "Jane", "[P]");
        let written = document.body.write(&edits).unwrap();
        verify::verify(format, &document, &edits, &Source::nameless(&written), &Limits::default()).unwrap();
        let members = unzip(&written);
        assert_eq!(members.len(), count);
        assert_eq!(members.iter().any(|(name, data)| name == "b.bin" && data.is_empty()), emptied);
        assert_eq!(members[0].1, b"[P]");
    }
    let (_, mut document) = open("a.zip", &bytes).unwrap();
    assert_eq!(document.settle(OnUnread::Fail).unwrap_err().kind(), "uninspectable");
}

/// Sets a field of the directory's entry of the only member.
fn patched(bytes: &[u8], field: usize, value: u16) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let at = memchr::memmem::rfind(&bytes, b"PK\x01\x02").unwrap();
    bytes[at + field..at + field + 2].copy_from_slice(&value.to_le_bytes());
    bytes
}

#[test]
fn passwords_and_other_compressions_are_unread() {
    let bytes = zip(&[("a.txt", b"Jane")]);
    let encrypted = patched(&bytes, 8, 1);
    let (_, mut document) = open("a.zip", &encrypted).unwrap();
    assert_eq!(document.unread[0].reason, "it needs a password");
    assert!(document.settle(OnUnread::Keep).is_err(), "it cannot be copied as it is");
    document.settle(OnUnread::Remove).unwrap();
    assert!(unzip(&document.body.write(&[]).unwrap()).is_empty());
    let other = patched(&bytes, 10, 14);
    let (_, mut document) = open("a.zip", &other).unwrap();
    assert_eq!(document.unread[0].reason, "compression method 14 is not supported");
    document.settle(OnUnread::Keep).unwrap();
    let kept = document.body.write(&[]).unwrap();
    assert_eq!(open("a.zip", &kept).unwrap().1.unread, document.unread);
}

#[test]
fn names_in_other_encodings() {
    let bytes = zip(&[("Zoe.txt", b"Jane")]);
    let named = |name: &[u8; 7]| {
        let mut bytes = bytes.clone();
        while let Some(at) = memchr::memmem::find(&bytes, b"Zoe.txt") {
            bytes[at..at + 7].copy_from_slice(name);
        }
        bytes
    };
    assert!(texts(&read("a.zip", &named(b"Zo\x89.txt"))).contains(&"Zoë.txt"));
    let (_, document) = open("a.zip", &named(b"\xe4\xff\xb9.txt")).unwrap();
    assert_eq!(document.unread[0].reason, "its name is in an unknown encoding");
    let backslash = named(b"a\\b.txt");
    assert!(texts(&read("a.zip", &backslash)).contains(&"a/b.txt"));
}

#[test]
fn archives_that_lie_are_refused() {
    let bytes = zip(&[("aa.txt", b"Jane"), ("bb.txt", b"Jane")]);
    let rename = |from: &[u8], to: &[u8]| {
        let mut bytes = bytes.clone();
        while let Some(at) = memchr::memmem::find(&bytes, from) {
            bytes[at..at + to.len()].copy_from_slice(to);
        }
        bytes
    };
    let reason = |bytes: &[u8]| refusal("a.zip", bytes).to_string();
    assert!(reason(&rename(b"bb.txt", b"aa.txt")).contains("member 2: two members have this name"));
    assert!(reason(&rename(b"bb.txt", b"../txt")).contains("leaves"));
    assert!(reason(&rename(b"bb.txt", b"/b.txt")).contains("leaves"));
    let path = |path: &str| refusal("a.tar", &tar(&[tar_member(path, b'0', "", b"x")])).to_string();
    assert!(path("../x").contains("leaves") && path("/x").contains("leaves"));
    let twice = tar(&[tar_member("x", b'0', "", b"x"), tar_member("x", b'0', "", b"y")]);
    assert!(refusal("a.tar", &twice).to_string().contains("same path"));
}

#[test]
fn more_members_than_two_bytes_count() {
    let names: Vec<String> = (0..66_000).map(|number| format!("{number:05}")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let bytes = zip(&members);
    let written = redacted("a.zip", &bytes, "65999", "[N]");
    let archive = ZipArchive::new(Cursor::new(&written)).unwrap();
    assert_eq!(archive.len(), 66_000);
    assert_eq!(archive.name_for_index(65_999).unwrap().unwrap(), "[N]");
}

#[test]
fn bombs_are_refused_soon() {
    let started = std::time::Instant::now();
    let zeros = vec![0; 100 << 20];
    assert_eq!(refusal("a.zip", &zip(&[("zeros", &zeros)])).kind(), "limit");
    assert_eq!(refusal("a.gz", &gzip(None, &zeros)).kind(), "limit");
    // Wide and deep: every archive holds sixteen like the one below it, the lowest small ones of 4 MiB.
    let mut bytes = zip(&[("zeros.txt", &vec![b' '; 4 << 20])]);
    for _ in 0..5 {
        let names: Vec<String> = (0..16).map(|number| format!("{number}.zip")).collect();
        bytes = zip(&names.iter().map(|name| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>());
    }
    assert_eq!(refusal("a.zip", &bytes).kind(), "limit");
    let mut bytes = b"Jane".to_vec();
    for _ in 0..300 {
        bytes = gzip(None, &bytes);
    }
    assert_eq!(refusal("a.gz", &bytes).kind(), "limit");
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn gzip_loses_its_names() {
    let bytes = gzip(Some("Roebuck.csv"), b"name,age\nJane Roebuck,93\n");
    let document = read("x.gz", &bytes);
    assert!(texts(&document).contains(&"Jane Roebuck"), "told by the name in the header");
    let written = redacted("x.gz", &bytes, "Roebuck", "[P]");
    assert_eq!(gunzip(&written), b"name,age\nJane [P],93\n");
    let untouched = read("x.gz", &bytes).body.write(&[]).unwrap();
    assert!(memchr::memmem::find(&untouched, b"Roebuck").is_none());
    assert_eq!(gunzip(&untouched), b"name,age\nJane Roebuck,93\n");
    let two = [gzip(None, b"Jane "), gzip(Some("x"), b"Roebuck")].concat();
    assert_eq!(gunzip(&redacted("a.txt.gz", &two, "Jane Roebuck", "[P]")), b"[P]");
    let behind = [bytes.as_slice(), b"Jane Roebuck"].concat();
    assert_eq!(refusal("x.gz", &behind).kind(), "damaged");
}

#[test]
fn tar_members_lose_their_owners() {
    let long = format!("{}Jane Roebuck.txt", "folder/".repeat(30));
    let pax = format!("{} path={long}\n", long.len() + 10);
    let bytes = tar(&[
        tar_member("pax", b'x', "", pax.as_bytes()),
        tar_member("short", b'0', "", b"Jane Roebuck"),
        tar_member("Roebuck/", b'5', "", b""),
        tar_member("link", b'2', "../Roebuck/é", b""),
        tar_member("rec.jsonl", b'0', "", b"{\"a\": \"Roebuck\"}\n"),
    ]);
    assert!(texts(&read("a.tar", &bytes)).contains(&long.as_str()));
    let written = redacted("a.tar", &bytes, "Roebuck", "[P]");
    for value in ["Roebuck", "roebuck", "14000000000", "0001750"] {
        assert!(memchr::memmem::find(&written, value.as_bytes()).is_none(), "{value}");
    }
    let document = read("a.tar", &written);
    let wanted = [long.replace("Roebuck", "[P]"), "Jane [P]".to_owned(), "[P]".to_owned(), "../[P]/é".to_owned()];
    assert!(wanted.iter().all(|wanted| texts(&document).contains(&wanted.as_str())), "{:?}", texts(&document));
    // The same, told by another program.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.tar");
    std::fs::write(&path, &written).unwrap();
    match std::process::Command::new("tar").arg("-tvf").arg(&path).output() {
        Ok(output) => {
            let listing = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(output.status.success() && listing.contains("Jane [P].txt") && listing.contains("0/0"), "{listing}");
        }
        Err(_) => eprintln!("skipped: there is no tar"),
    }
}

#[test]
fn a_compressed_tar_is_both() {
    let bytes = gzip(None, &tar(&[tar_member("Roebuck.txt", b'0', "", b"Jane Roebuck")]));
    for name in ["a.tar.gz", "a.tgz", "a"] {
        let document = read(name, &bytes);
        assert_eq!(texts(&document), ["Roebuck.txt", "Jane Roebuck"]);
        assert_eq!(document.body.place(1, Span::new(0, 1)), "compressed file, member 1 (txt), line 1");
    }
    redacted("a.tgz", &bytes, "Roebuck", "[P]");
}

/// No input may end the program, however it is broken.
#[test]
fn broken_archives_do_no_harm() {
    let inner = zip(&[("a.txt", b"Jane Roebuck")]);
    let zipped = zip(&[("Roebuck/a.txt", b"Jane Roebuck"), ("b.zip", &inner)]);
    let tarred = tar(&[tar_member("a.txt", b'0', "", b"Jane"), tar_member("pax", b'x', "", b"12 path=abc\n")]);
    for (name, bytes) in [("a.zip", zipped), ("a.tar", tarred.clone()), ("a.tgz", gzip(Some("x"), &tarred))] {
        let try_it = |bytes: &[u8]| {
            if let Ok((format, mut document)) = open(name, bytes) {
                let _ = document.settle(OnUnread::Remove);
                let edits = replace_all(&document, "Jane", "[P]");
                if let Ok(written) = document.body.write(&edits) {
                    let _ = format.raw_parts(&Source::nameless(&written), &Limits::default());
                }
            }
        };
        for length in 0..bytes.len().min(1200) {
            try_it(&bytes[..length]);
        }
        for at in 0..bytes.len().min(1200) {
            let mut bytes = bytes.clone();
            bytes[at] ^= 0xFF;
            try_it(&bytes);
            bytes[at] = 0x7F;
            try_it(&bytes);
        }
    }
}

/// Files of other programs: `printf 'name,age\nJane Roebuck,93\n' | bzip2 -9`, `| xz`, `| zstd`, in hexadecimal digits.
#[cfg(feature = "archives")]
const PACKED: &[(&str, &str)] = &[("a.csv.bz2", BZ2), ("a.csv.xz", XZ), ("a.csv.zst", ZST)];

#[cfg(feature = "archives")]
fn bytes_of(digits: &str) -> Vec<u8> {
    (0..digits.len() / 2).map(|at| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).unwrap()).collect()
}

#[cfg(feature = "archives")]
#[test]
fn other_compressions_are_read_and_written() {
    for (name, digits) in PACKED {
        let bytes = bytes_of(digits);
        let document = read(name, &bytes);
        assert_eq!(texts(&document), ["name", "age", "Jane Roebuck", "93"], "{name}");
        assert_eq!(common::labels(&document, "Jane Roebuck"), ["name"], "{name}");
        assert!(texts(&read(name, &document.body.write(&[]).unwrap())).contains(&"Jane Roebuck"));
        let written = redacted(name, &bytes, "Jane Roebuck", "[P]");
        assert_eq!(texts(&read(name, &written)), ["name", "age", "[P]", "93"], "{name}");
        let twice = [bytes.clone(), bytes.clone()].concat();
        assert_eq!(texts(&read(name, &twice)).len(), 8, "{name}: streams that follow each other are one file");
        for cut in [1, 4, bytes.len() / 2] {
            assert_eq!(refusal(name, &bytes[..bytes.len() - cut]).kind(), "damaged", "{name} without {cut} bytes");
        }
        assert_eq!(refusal(name, &[bytes.clone(), b"behind".to_vec()].concat()).kind(), "damaged", "{name} with more behind");
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x15;
            let _ = open(name, &flipped).map(|(_, document)| document.body.write(&[]));
        }
    }
    let skipped = [bytes_of(ZST), bytes_of("502a4d1807000000"), b"Roebuck".to_vec()].concat();
    let written = read("a.csv.zst", &skipped).body.write(&[]).unwrap();
    assert!(memchr::memmem::find(&written, b"\x50\x2a\x4d\x18").is_none(), "frames of programs are left out");
}

#[cfg(feature = "archives")]
#[test]
fn bombs_in_other_compressions_are_refused_soon() {
    let zeros = vec![0; 64 << 20];
    let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::best());
    bzip2.write_all(&zeros).unwrap();
    let mut xz = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(0)).unwrap();
    xz.write_all(&zeros).unwrap();
    let zstd = ruzstd::encoding::compress_to_vec(zeros.as_slice(), ruzstd::encoding::CompressionLevel::Fastest);
    for (name, bytes) in [("a.bz2", bzip2.finish().unwrap()), ("a.xz", xz.finish().unwrap()), ("a.zst", zstd)] {
        let start = std::time::Instant::now();
        assert_eq!(refusal(name, &bytes).kind(), "limit", "{name}");
        assert!(start.elapsed().as_secs() < 20, "{name}");
    }
}

#[cfg(feature = "archives")]
const BZ2: &str = concat!(
    "425a6839314159265359bac3b8e000000adf80001040040820001010003a8b82002000229ea34f5034cd42869a60038c1c138368d150d2",
    "a10e895f177245385090bac3b8e0",
);
#[cfg(feature = "archives")]
const XZ: &str = concat!(
    "fd377a585a000004e6d6b4460200210116000000742fe5a30100186e616d652c6167650a4a616e6520526f656275636b2c39330a000000",
    "00fdfdd7610f5c68b000013119591ab0821fb6f37d010000000004595a",
);
#[cfg(feature = "archives")]
const ZST: &str = "28b52ffd0458c900006e616d652c6167650a4a616e6520526f656275636b2c39330ac136c76c";
