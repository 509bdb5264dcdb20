//! What trained weights find in annotated text they have not seen.

use std::path::Path;

use subrosa_core::block::Block;
use subrosa_core::confidence::Confidence;
use subrosa_core::tagger::model::Model;
use subrosa_core::tagger::{LEANING, NameKind, Tagger};
use subrosa_core::token::tokenise;

use super::corpus;

const CORPORA: &[&str] =
    &["tab", "asq_phi", "synth_clinical", "presidio_synth", "gum", "uner_ewt", "wnut17", "litbank", "crossner", "meddocan_es"];

/// What counts as found.
const HALF: Confidence = Confidence::new(500);

/// Counts of one kind in one corpus.
#[derive(Clone, Copy, Default)]
struct Counts {
    found: u32,
    found_right: u32,
    gold: u32,
    gold_found: u32,
}

impl Counts {
    fn scores(self) -> (f64, f64, f64) {
        let share = |part: u32, of: u32| if of == 0 { 0.0 } else { 100.0 * f64::from(part) / f64::from(of) };
        let (precision, recall) = (share(self.found_right, self.found), share(self.gold_found, self.gold));
        (precision, recall, if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 })
    }
}

/// Prints precision, recall and F1 (right when it overlaps a name of the same kind), and how many letters of names are missed.
pub(super) fn print(model: Model<'_>, dev: &Path) -> anyhow::Result<()> {
    let mut means = [(0.0, 0.0); 3];
    println!(
        "{:16} {:>16} {:>18} {:>18}   letters missed of all kinds, marked of others",
        "", "PERSON", "LOCATION", "ORGANIZATION"
    );
    for corpus in CORPORA {
        let mut counts = [Counts::default(); 3];
        let (mut letters, mut missed, mut others, mut marked) = (0, 0, 0, 0);
        for record in corpus::records(&dev.join(format!("{corpus}.dev.jsonl")))? {
            let bytes = corpus::byte_offsets(&record.text);
            let gold: Vec<_> = record
                .spans
                .iter()
                .filter_map(|span| Some((corpus::kind(&span.label)?, bytes[span.start], bytes[span.end])))
                .collect();
            let found: Vec<_> = tag(model, &record.text);
            for (counts, kind) in counts.iter_mut().zip(NameKind::ALL) {
                let of = |spans: &[(NameKind, usize, usize)]| -> Vec<_> {
                    spans.iter().filter(|span| span.0 == kind).copied().collect()
                };
                let (gold, found) = (of(&gold), of(&found));
                let touches = |one: &(NameKind, usize, usize), all: &[(NameKind, usize, usize)]| {
                    all.iter().any(|other| one.1 < other.2 && other.1 < one.2)
                };
                counts.found += found.len() as u32;
                counts.gold += gold.len() as u32;
                counts.found_right += found.iter().filter(|one| touches(one, &gold)).count() as u32;
                counts.gold_found += gold.iter().filter(|one| touches(one, &found)).count() as u32;
            }
            let cover = |spans: &[(NameKind, usize, usize)]| {
                let mut covered = vec![false; record.text.len()];
                for span in spans {
                    covered[span.1..span.2].fill(true);
                }
                covered
            };
            let (in_gold, in_found) = (cover(&gold), cover(&found));
            for (at, _) in record.text.char_indices().filter(|(_, character)| !character.is_whitespace()) {
                letters += u32::from(in_gold[at]);
                missed += u32::from(in_gold[at] && !in_found[at]);
                others += u32::from(!in_gold[at]);
                marked += u32::from(!in_gold[at] && in_found[at]);
            }
        }
        print!("{corpus:16}");
        for (counts, mean) in counts.iter().zip(&mut means) {
            let (precision, recall, f1) = counts.scores();
            print!(" {precision:5.1} {recall:5.1} {f1:5.1} ");
            if counts.gold > 20 {
                mean.0 += f1;
                mean.1 += 1.0;
            }
        }
        println!(
            "   {:5.1} {:5.2}",
            100.0 * f64::from(missed) / f64::from(letters.max(1)),
            100.0 * f64::from(marked) / f64::from(others.max(1))
        );
    }
    println!("mean F1 {}", means.map(|(sum, count)| format!("{:.1}", sum / count)).join(" / "));
    Ok(())
}

/// Names and where they stand, at the operating point of the library.
pub(super) fn tag(model: Model<'_>, text: &str) -> Vec<(NameKind, usize, usize)> {
    let mut tokens = Vec::new();
    tokenise(text, &mut tokens);
    let mut tagger = Tagger::new(model, LEANING, text.len());
    tagger.read(&Block::new(text, &tokens, &[]), 0, |span| span);
    tagger
        .finish()
        .into_iter()
        .filter(|name| name.finding().confidence >= HALF)
        .map(|name| (name.kind, name.span.start, name.span.end))
        .collect()
}
