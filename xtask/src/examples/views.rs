//! Every text that independent programs get out of a document.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::project::output;
use crate::tools::python;

/// A document's text as one program sees it, folded.
pub(crate) struct View {
    /// The program, and the part of the document.
    pub(crate) name: String,
    /// The folded text.
    pub(crate) text: String,
}

/// Small letters only, without blanks, line ends and hyphens: a value is found however it is broken over lines.
pub(crate) fn fold(text: &str) -> String {
    let kept = text.chars().filter(|sign| !sign.is_whitespace() && !matches!(sign, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}'));
    kept.flat_map(char::to_lowercase).collect()
}

/// All views of a file.
pub(crate) fn views(path: &Path) -> Result<Vec<View>> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut views = Vec::new();
    let mut add = |name: &str, text: &str| views.push(View { name: name.to_owned(), text: fold(text) });
    add("bytes", &String::from_utf8_lossy(&bytes));
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("docx") => zip(path, &mut add)?,
        Some("pdf") => pdf(path, &mut add)?,
        Some("json" | "jsonl") => {
            let script = "import json,sys\nfor part in ([open(sys.argv[1]).read()] if sys.argv[1].endswith('.json') else open(sys.argv[1])):\n print(json.dumps(json.loads(part), ensure_ascii=False))";
            let decoded = output(Command::new(python()).args(["-c", script]).arg(path), &[0])?;
            add("json", &String::from_utf8_lossy(&decoded));
        }
        _ => {}
    }
    Ok(views)
}

/// Each member: its XML text joined, with blanks for tags, and as it stands.
fn zip(path: &Path, add: &mut impl FnMut(&str, &str)) -> Result<()> {
    output(Command::new("unzip").args(["-tqq"]).arg(path), &[0])?;
    let names = output(Command::new("unzip").arg("-Z1").arg(path), &[0])?;
    let names = String::from_utf8(names).context("names of members are not UTF-8")?;
    ensure!(!names.is_empty(), "no members in {}", path.display());
    add("names", &names);
    for name in names.lines() {
        let literal = name.replace('[', "\\[");
        let member = output(Command::new("unzip").arg("-p").arg(path).arg(literal), &[0])?;
        let text = String::from_utf8_lossy(&member);
        add(name, &text);
        add(&format!("{name} without tags"), &unescape(&without_tags(&text)));
    }
    Ok(())
}

fn without_tags(xml: &str) -> String {
    let mut text = String::with_capacity(xml.len());
    let mut inside = false;
    for sign in xml.chars() {
        match sign {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(sign),
            _ => {}
        }
    }
    text
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}

const PYPDF: &str = "
import sys, pypdf
reader = pypdf.PdfReader(sys.argv[1])
print(reader.metadata, reader.outline, reader.get_fields(), reader.xmp_metadata)
for page in reader.pages:
    print(page.extract_text())
    for annotation in page.get('/Annots') or []:
        print(annotation.get_object())
        print((annotation.get_object().get('/A') or {}))
";

fn pdf(path: &Path, add: &mut impl FnMut(&str, &str)) -> Result<()> {
    // Programs differ in what they warn about; a warning is an exit code too.
    let mut see = |name: &str, command: &mut Command, ended_well: &[i32]| -> Result<()> {
        let text = output(command, ended_well)?;
        add(name, &String::from_utf8_lossy(&text));
        if name == "qpdf" {
            add("qpdf, UTF-16 strings", &utf16_strings(&text));
        }
        Ok(())
    };
    see("pdftotext", Command::new("pdftotext").arg(path).arg("-"), &[0])?;
    see("pdftotext -raw", Command::new("pdftotext").arg("-raw").arg(path).arg("-"), &[0])?;
    see("pdfinfo", Command::new("pdfinfo").arg(path), &[0])?;
    see("mutool", Command::new("mutool").args(["draw", "-q", "-F", "text"]).arg(path), &[0])?;
    see("qpdf", Command::new("qpdf").args(["--qdf", "--object-streams=disable"]).arg(path).arg("-"), &[0, 3])?;
    see("pypdf", Command::new(python()).args(["-c", PYPDF]).arg(path), &[0])
}

/// The hexadecimal strings that begin with the byte order mark of UTF-16.
fn utf16_strings(pdf: &[u8]) -> String {
    let mut text = String::new();
    for part in String::from_utf8_lossy(pdf).split('<').skip(1) {
        let Some((hex, _)) = part.split_once('>') else { continue };
        let hex: Vec<u32> = hex.chars().filter_map(|sign| sign.to_digit(16)).collect();
        let units: Vec<u16> =
            hex.chunks_exact(4).map(|four| four.iter().fold(0, |unit, digit| unit << 4 | digit) as u16).collect();
        if units.first() == Some(&0xfeff) {
            text.push_str(&String::from_utf16_lossy(&units[1..]));
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_values_are_found() {
        assert!(fold("Ada\nPoe-\nWinter").contains(&fold("ada poewinter")));
        assert_eq!(without_tags("<b>A</b>da &amp; <i x=\"1\"/>Poe"), "Ada &amp; Poe");
        assert_eq!(utf16_strings(b"/T <FEFF00410064 0061> /H <41>"), "Ada\n");
    }
}
