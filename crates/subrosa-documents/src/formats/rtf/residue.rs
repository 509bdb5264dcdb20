//! A written file as the residue search sees it. Knows no destination and no font, so that a mistake of the reader there cannot
//! hide here: all text of all groups in the order of the file, once by the code page of the document, and every long run of
//! hexadecimal digits as bytes.

use encoding_rs::WINDOWS_1252;

use super::charset;
use super::tokens::{Token, Tokens};
use crate::document::Part;
use crate::limits::Limits;
use crate::nested;
use crate::refusal::Refusal;

/// Digits from which on a run of them is data.
const DATA: usize = 64;

pub(super) fn raw_parts(bytes: &[u8], _: &Limits) -> Result<Vec<Part>, Refusal> {
    let start = super::start(bytes).unwrap_or(0);
    let mut tokens = Tokens::new(bytes.get(start..).unwrap_or_default());
    let mut text = String::new();
    let mut digits: Vec<u8> = Vec::new();
    let mut binary: Vec<Vec<u8>> = Vec::new();
    let mut pending: Vec<u8> = Vec::new();
    let mut encoding = WINDOWS_1252;
    let mut units: Vec<u16> = Vec::new();
    let mut skip = false;
    let damaged = |reason: &str| Refusal::damaged("document", reason);
    while let Some((token, _)) = tokens.next().map_err(damaged)? {
        if !matches!(token, Token::Hex(_)) && !pending.is_empty() {
            text.push_str(&charset::decode(encoding, &pending));
            pending.clear();
        }
        let follows = matches!(token, Token::Word("u" | "uc", _) | Token::Hex(_) | Token::Text(_));
        if !units.is_empty() && (!follows || matches!(token, Token::Text(_)) && !skip) {
            text.push_str(&String::from_utf16_lossy(&units));
            units.clear();
        }
        match token {
            Token::Word("u", Some(code)) => {
                units.push(code as u16);
                skip = true;
            }
            Token::Word("ansicpg", Some(page)) => encoding = charset::of_code_page(page).unwrap_or(encoding),
            Token::Word("par" | "line" | "cell" | "row" | "tab" | "sect" | "page" | "nestcell" | "nestrow", _) => text.push('\n'),
            Token::Word("uc", _) => {}
            Token::Word(..) | Token::Symbol(b'*') => skip = false,
            Token::Hex(_) if skip => skip = false,
            Token::Hex(byte) => {
                if !units.is_empty() {
                    text.push_str(&String::from_utf16_lossy(&units));
                    units.clear();
                }
                pending.push(byte);
            }
            Token::Symbol(b'~') => text.push(' '),
            Token::Symbol(symbol @ (b'\\' | b'{' | b'}')) => text.push(char::from(symbol)),
            Token::Text(run) => {
                let run = if skip { run.get(1..).unwrap_or_default() } else { run };
                skip = false;
                if !run.is_empty() && !units.is_empty() {
                    text.push_str(&String::from_utf16_lossy(&units));
                    units.clear();
                }
                if run.len() >= DATA && run.iter().all(u8::is_ascii_hexdigit)
                    || !digits.is_empty() && run.iter().all(u8::is_ascii_hexdigit)
                {
                    digits.extend_from_slice(run);
                } else {
                    text.push_str(&charset::decode(encoding, run));
                }
            }
            Token::Binary(data) => binary.push(data.to_vec()),
            Token::Open | Token::Close => {
                skip = false;
                if !digits.is_empty() {
                    binary.push(bytes_of(&std::mem::take(&mut digits)));
                }
            }
            Token::Symbol(_) => {}
        }
    }
    text.push_str(&String::from_utf16_lossy(&units));
    let mut parts = vec![Part { name: "all text".to_owned(), text }];
    for (number, data) in binary.into_iter().enumerate() {
        nested::views(&format!("data {}", number + 1), &data, &mut parts);
    }
    // What a program would find that looks for text behind the last brace.
    let rest = bytes.get(bytes.iter().rposition(|byte| *byte == b'}').map_or(0, |at| at + 1)..).unwrap_or_default();
    if !rest.is_empty() {
        parts.push(Part { name: "behind the end".to_owned(), text: String::from_utf8_lossy(rest).into_owned() });
    }
    Ok(parts)
}

fn bytes_of(digits: &[u8]) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).unwrap_or(0) as u8;
    digits.chunks_exact(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}
