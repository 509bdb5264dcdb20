//! Is there text that nobody sees: white on white, tiny, off the page, invisible, in hidden layers, marked as hidden?

use super::answers::{Answers, counted};
use super::kind::{Kind, Severity};
use super::subject::{Office, Subject};
use super::{Question, office, plain};
use crate::formats::pdf::Why;

static PAGE_COLOUR: Kind = Kind {
    id: "text-in-page-colour",
    severity: Severity::High,
    title: "Text in the colour of the page",
    why: "White text on white is not removed: selecting the page or searching it shows the words.",
    advice: "Delete the text instead of colouring it.",
};
static INVISIBLE: Kind = Kind {
    id: "invisible-text",
    severity: Severity::Medium,
    title: "Invisible text",
    why: "The text is drawn without ink or marked as hidden; programs read it all the same.",
    advice: "Delete the text, or export the document without hidden text.",
};
static LAYER: Kind = Kind {
    id: "hidden-layer-text",
    severity: Severity::Medium,
    title: "Text in a layer that is switched off",
    why: "Anybody can switch the layer on.",
    advice: "Delete the layer, or flatten the file without it.",
};
static OFF_PAGE: Kind = Kind {
    id: "off-page-text",
    severity: Severity::Medium,
    title: "Text outside the page",
    why: "Cropping hides the margin, it does not cut it off.",
    advice: "Print the visible part to a new file, or delete what lies outside.",
};
static CLIPPED: Kind = Kind {
    id: "clipped-text",
    severity: Severity::Medium,
    title: "Text cut off by a frame",
    why: "The frame shows a part only; the file holds all of the text.",
    advice: "Shorten the text to what is meant to be seen.",
};
static TINY: Kind = Kind {
    id: "tiny-text",
    severity: Severity::Medium,
    title: "Text too small to be read",
    why: "Zooming in or copying the page shows it.",
    advice: "Delete the text.",
};
static SCAN: Kind = Kind {
    id: "scan-text-layer",
    severity: Severity::Low,
    title: "A text layer behind a scanned page",
    why: "Text recognition was run: if it ran before the picture was redacted, the layer still says what the picture hides.",
    advice: "Compare the layer with the picture, or remove it and run text recognition anew after redacting.",
};

/// The question.
pub(super) static QUESTION: Question =
    Question { kinds: &[&PAGE_COLOUR, &INVISIBLE, &LAYER, &OFF_PAGE, &CLIPPED, &TINY, &SCAN], ask };

/// An annotation's kind for people.
pub(super) fn plain_name(subtype: &str) -> &'static str {
    match subtype {
        "Square" => "rectangle",
        "Circle" => "ellipse",
        "Highlight" => "highlight",
        "FreeText" => "text box",
        "Redact" => "redaction mark",
        "Line" | "PolyLine" => "line",
        "Polygon" => "polygon",
        "Ink" => "drawing",
        "Stamp" => "stamp",
        "Widget" => "form field",
        "Text" => "note",
        "Underline" | "StrikeOut" | "Squiggly" => "text mark",
        "FileAttachment" => "attached file",
        _ => "other",
    }
}

fn ask(subject: &Subject<'_>, answers: &mut Answers) {
    if let Some(pdf) = subject.pdf() {
        for (index, page) in pdf.pages.iter().enumerate() {
            let number = index + 1;
            let mut scan_letters = 0;
            for run in &page.hidden {
                let (kind, how) = match &run.why {
                    Why::PageColour => (&PAGE_COLOUR, "in the colour of the page"),
                    Why::Invisible => (&INVISIBLE, "drawn without ink"),
                    Why::Layer => (&LAYER, "in a layer that is off"),
                    Why::OffPage => (&OFF_PAGE, "outside the visible page"),
                    Why::Clipped => (&CLIPPED, "outside the frame that clips it"),
                    Why::Tiny => (&TINY, "smaller than 2 points"),
                    Why::ScanLayer => {
                        scan_letters += run.letters;
                        continue;
                    }
                    _ => continue,
                };
                let detail = format!("{} {how}", counted(run.letters, "character"));
                let seen = answers.see(kind, format!("page {number}"), detail);
                (seen.page, seen.area, seen.value) = (Some(number), Some(run.area), Some(run.text.trim().to_owned()));
            }
            if scan_letters > 0 {
                let detail = format!("{} behind the picture of the page", counted(scan_letters, "character"));
                answers.see(&SCAN, format!("page {number}"), detail).page = Some(number);
            }
        }
    }
    for kind in [Office::Word, Office::Workbook, Office::Slides, Office::OpenDocument] {
        let Some(parts) = subject.office(kind) else { continue };
        for found in office::hidden_runs(parts, subject.limits) {
            let (kind, how) = match found.what {
                "white" => (&PAGE_COLOUR, "in white without a background"),
                "tiny" => (&TINY, "smaller than 2 points"),
                _ => (&INVISIBLE, "marked as hidden"),
            };
            let detail = format!("{} {how}", counted(found.letters, "character"));
            answers.see(kind, found.place, detail).value = Some(found.text);
        }
    }
    if let Some(text) = subject.html() {
        html(text, answers);
    }
    if let Some(text) = subject.rtf() {
        // `\v` hides what follows, `\v0` ends it; style tables name it without text.
        let hidden = plain::controls(text).filter(|one| one.word == "v" && one.number != Some(0));
        let shown = hidden.filter(|one| plain::following(text, one).chars().any(char::is_alphanumeric)).count();
        if shown > 0 {
            answers.see_many(&INVISIBLE, "whole file", counted(shown, "run") + " of hidden text", shown);
        }
    }
}

/// Elements that HTML hides by its own attributes or by a style of their own. Style sheets are not applied.
fn html(text: &str, answers: &mut Answers) {
    let lower = text.to_ascii_lowercase();
    for (number, line) in lower.lines().enumerate() {
        let mut hidden = 0;
        for tag in line.split('<').skip(1) {
            let Some((tag, _)) = tag.split_once('>') else { continue };
            let compact: String = tag.chars().filter(|sign| !sign.is_whitespace()).collect();
            let styled = ["display:none", "visibility:hidden", "font-size:0", "opacity:0;", "opacity:0\""];
            let by_style = compact.contains("style=") && styled.iter().any(|style| compact.contains(style));
            let by_attribute = tag.split_ascii_whitespace().skip(1).any(|word| word == "hidden" || word.starts_with("hidden="));
            hidden += usize::from(by_style || by_attribute);
        }
        if hidden > 0 {
            answers.see_many(&INVISIBLE, format!("line {}", number + 1), counted(hidden, "hidden element"), hidden);
        }
    }
    let comments = lower.matches("<!--").count();
    if comments > 0 {
        answers.see_many(&INVISIBLE, "whole file", counted(comments, "comment") + " in the source", comments);
        let bodies = text.split("<!--").skip(1).filter_map(|rest| rest.split_once("-->"));
        bodies.for_each(|(body, _)| answers.text("comment in the source", None, body));
    }
}
