//! Reads pictures with the `tesseract` program, where it is installed.
//!
//! The picture goes in by a pipe and the words come back by one: no file is written. What was read is remembered by the
//! picture's hash, since the same logo is on every page and every written file is read again.

use std::collections::HashMap;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use sha2::{Digest, Sha256};
use subrosa_documents::ocr::{Ocr, Word};

/// Longest time for one picture.
const PATIENCE: Duration = Duration::from_mins(2);
/// Pictures remembered.
const REMEMBERED: usize = 4096;
/// Languages taken when installed and the user named none: those that detection knows words of.
const LANGUAGES: &[&str] = &["eng", "deu", "fra", "spa", "ita", "nld", "por", "pol"];

/// The `tesseract` program.
pub struct Tesseract {
    program: PathBuf,
    wanted: Option<String>,
    languages: OnceLock<Result<String, String>>,
    known: Mutex<HashMap<[u8; 32], Arc<Vec<Word>>>>,
}

impl Tesseract {
    /// The program, if it is on the path. `languages` as the program takes them, `deu+eng`.
    pub fn find(languages: Option<&str>) -> Option<Self> {
        #[allow(clippy::disallowed_methods, reason = "the command line looks for programs")]
        let path = std::env::var_os("PATH")?;
        let name = format!("tesseract{}", std::env::consts::EXE_SUFFIX);
        let program = std::env::split_paths(&path).map(|folder| folder.join(&name)).find(|program| program.is_file())?;
        let wanted = languages.map(str::to_owned);
        Some(Self { program, wanted, languages: OnceLock::new(), known: Mutex::default() })
    }

    fn languages(&self) -> Result<&str, String> {
        let languages = self.languages.get_or_init(|| match &self.wanted {
            Some(wanted) => Ok(wanted.clone()),
            None => installed(&self.program),
        });
        languages.as_deref().map_err(Clone::clone)
    }

    fn remember(&self, picture: [u8; 32], words: &Arc<Vec<Word>>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(picture, Arc::clone(words));
    }
}

impl Ocr for Tesseract {
    fn words(&self, png: &[u8]) -> Result<Vec<Word>, String> {
        let picture: [u8; 32] = Sha256::digest(png).into();
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&picture).cloned();
        if let Some(words) = known {
            return Ok(words.to_vec());
        }
        // Page segmentation 3: columns, blocks and lines are found by the program.
        let arguments = ["-", "-", "--psm", "3", "-l", self.languages()?, "tsv"];
        let table = run(&self.program, &arguments, png.to_vec())?;
        let words = Arc::new(parse(&table));
        self.remember(picture, &words);
        Ok(words.to_vec())
    }
}

/// The installed languages that fit.
fn installed(program: &Path) -> Result<String, String> {
    let list = run(program, &["--list-langs"], Vec::new())?;
    let installed: Vec<&str> = list.lines().skip(1).map(str::trim).collect();
    let fitting: Vec<&str> = LANGUAGES.iter().copied().filter(|language| installed.contains(language)).collect();
    if !fitting.is_empty() {
        return Ok(fitting.join("+"));
    }
    let any = installed.iter().find(|name| !matches!(**name, "osd" | "equ" | "snum" | "") && !name.contains('/'));
    any.map(|name| (*name).to_owned()).ok_or_else(|| "tesseract has no language installed".to_owned())
}

/// What the program prints when given `input`. It is ended when it takes too long.
fn run(program: &Path, arguments: &[&str], input: Vec<u8>) -> Result<String, String> {
    let mut command = Command::new(program);
    // One thread: documents are worked on in parallel already.
    command.args(arguments).env("OMP_THREAD_LIMIT", "1");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| format!("tesseract cannot be started: {}", error.kind()))?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let (sender, receiver) = channel();
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(&input)));
        scope.spawn(move || {
            let mut output = Vec::new();
            let read = stdout.map_or(Ok(0), |mut stdout| stdout.read_to_end(&mut output));
            drop(sender.send(read.map(|_| output)));
        });
        let output = receiver.recv_timeout(PATIENCE);
        if output.is_err() {
            drop(child.kill());
        }
        let ended = child.wait();
        match (output, ended) {
            (Ok(Ok(output)), Ok(status)) if status.success() => Ok(String::from_utf8_lossy(&output).into_owned()),
            (Err(RecvTimeoutError::Timeout), _) => Err("reading its text took too long".to_owned()),
            _ => Err("tesseract could not read it".to_owned()),
        }
    })
}

/// The words of a table as `tesseract` prints it: twelve columns, a word on each line of level 5.
fn parse(table: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let (mut line, mut last) = (0, None);
    let mut paragraph = (0, None);
    for row in table.lines().skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        let &["5", page, block, par, number, _, left, top, width, height, confidence, text] = columns.as_slice() else {
            continue;
        };
        let text = text.trim();
        let (Ok(left), Ok(top), Ok(width), Ok(height)) = (left.parse(), top.parse(), width.parse(), height.parse()) else {
            continue;
        };
        if text.is_empty() {
            continue;
        }
        if last.replace((page, block, par, number)) != Some((page, block, par, number)) {
            line += 1;
        }
        if paragraph.1.replace((page, block, par)) != Some((page, block, par)) {
            paragraph.0 += 1;
        }
        let confidence = confidence.parse::<f32>().unwrap_or(0.0).clamp(0.0, 100.0) as u8;
        words.push(Word { text: text.to_owned(), left, top, width, height, line, paragraph: paragraph.0, confidence });
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
        1\t1\t0\t0\t0\t0\t0\t0\t200\t80\t-1\t\n\
        5\t1\t1\t1\t1\t1\t10\t12\t60\t14\t96.5\tJane\n\
        5\t1\t1\t1\t1\t2\t80\t12\t60\t14\t91\tDoe\n\
        5\t1\t1\t1\t2\t1\t10\t40\t60\t14\t30\t555-0143\n\
        5\t1\t1\t1\t2\t2\t10\t40\t60\t14\t30\t \n\
        5\t1\t2\t1\t1\t1\t10\t60\t60\t14\t-1\tx\n\
        5\t1\t2\t1\t1\t1\t-3\t60\t60\t14\t-1\tx\n";

    #[test]
    fn words_are_numbered_by_line_and_paragraph() {
        let words = parse(TABLE);
        let places: Vec<_> = words.iter().map(|word| (word.text.as_str(), word.line, word.paragraph, word.confidence)).collect();
        assert_eq!(places, [("Jane", 1, 1, 96), ("Doe", 1, 1, 91), ("555-0143", 2, 1, 30), ("x", 3, 2, 0)]);
        assert_eq!((words[1].left, words[1].top, words[1].width, words[1].height), (80, 12, 60, 14));
    }

    #[test]
    fn what_is_no_table_has_no_words() {
        assert!(parse("").is_empty() && parse("a\tb\n5\t1\t1").is_empty());
    }
}
