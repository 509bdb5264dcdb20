//! A plan as one page to decide on: text, findings and program in one file that needs nothing else and sends nothing anywhere.
//!
//! Its content security policy lets run the one script and the one style sheet in it, by their hashes, and nothing be fetched,
//! framed or sent. Text of the document comes into the page as JSON in a block that is not run, and from there as text only,
//! never as markup. What the page gives back is a plan, for `subrosa apply`.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use subrosa_core::span::Span;
use subrosa_documents::Document;

use crate::entities;
use crate::scan::html::escaped;
use subrosa::plan::PlanFile;

const BODY: &str = include_str!("page/page.html");
const STYLE: &str = include_str!("page/page.css");
const SCRIPTS: [&str; 3] = [include_str!("page/model.js"), include_str!("page/view.js"), include_str!("page/keys.js")];

/// A text of the document.
#[derive(Serialize)]
struct Passage<'a> {
    index: usize,
    place: String,
    labels: Vec<&'a str>,
    text: &'a str,
}

/// The page.
///
/// # Errors
/// Never, but the JSON writer could.
pub fn page(plan: &PlanFile, document: &Document) -> anyhow::Result<String> {
    let script = format!("\"use strict\";\n(() => {{\n{}}})();\n", SCRIPTS.concat());
    let name = escaped(&plan.input.name);
    let mut has_finding = vec![false; document.segments.len()];
    for planned in &plan.findings {
        has_finding.iter_mut().skip(planned.segment).take(1).for_each(|has| *has = true);
    }
    let passages: Vec<Passage<'_>> = document
        .segments
        .iter()
        .zip(has_finding)
        .enumerate()
        // Names of the format's own making are nothing to read.
        .filter(|(_, (segment, has_finding))| *has_finding || !segment.structural && !segment.text.trim().is_empty())
        .map(|(index, (segment, _))| Passage {
            index,
            place: document.body.place(index, Span::new(0, 0)),
            labels: segment.labels.iter().map(AsRef::as_ref).collect(),
            text: &segment.text,
        })
        .collect();
    let kinds: Vec<(&str, &str)> = entities::summaries().into_iter().collect();
    Ok(format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src '{}'; style-src '{}'; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>Review of {name}</title>\n<style>{STYLE}</style>\n{BODY}\
         {}{}{}<script>{script}</script>\n</html>\n",
        hash(&script),
        hash(STYLE),
        block("plan", plan)?,
        block("segments", &passages)?,
        block("kinds", &kinds)?,
    ))
}

/// A source as a content security policy names it.
fn hash(source: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(source)))
}

/// A block of JSON that is not run. Without `<` nothing in it can end it.
fn block(id: &str, data: &(impl Serialize + ?Sized)) -> anyhow::Result<String> {
    let json = serde_json::to_string(data)?.replace('<', "\\u003c");
    Ok(format!("<script type=\"application/json\" id=\"{id}\">{json}</script>\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_a_block() {
        let hostile = "</script><!--<script>&\u{2028}";
        let block = block("x", hostile).unwrap();
        assert_eq!(block.matches('<').count(), 2, "{block}");
        let json =
            block.strip_prefix("<script type=\"application/json\" id=\"x\">").and_then(|rest| rest.strip_suffix("</script>\n"));
        assert_eq!(serde_json::from_str::<String>(json.unwrap()).unwrap(), hostile);
    }

    #[test]
    fn the_page_fetches_nothing_and_takes_text_as_text() {
        let all = [BODY, STYLE, &SCRIPTS.concat()].concat();
        for word in [
            "http",
            "//cdn",
            "@import",
            "url(",
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "fetch(",
            "XMLHttpRequest",
            "sendBeacon",
            "WebSocket",
            "localStorage",
            "sessionStorage",
            "style=",
            " onclick",
        ] {
            assert!(!all.contains(word), "{word}");
        }
    }
}
