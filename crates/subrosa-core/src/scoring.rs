//! The only place where confidence is reckoned.
//!
//! A check digit is evidence, not certainty: one random number in ten passes Luhn. So a valid check gains in proportion to
//! how seldom chance passes it, and a label or context word decides the rest.

use crate::confidence::Confidence;
use crate::context::Surroundings;
use crate::explanation::Step;
use crate::validators::Check;
use crate::verdict::Verdict;

/// A field's label names the entity.
const LABEL: i16 = 450;
/// A field's label names the entity and the value passes its check: nothing is left to doubt.
const LABEL_AND_CHECK: i16 = 900;
/// A context word stands near.
const NEAR: i16 = 350;
/// A word that speaks against it stands near.
const AGAINST: i16 = -400;

/// What a passed check adds when one random value in `chance` passes it.
const fn valid(chance: u32) -> i16 {
    match chance {
        0..=1 => 0,
        2..20 => 150,
        20..80 => 250,
        80..1000 => 350,
        _ => 450,
    }
}

/// The most that a candidate comes to with nothing around it.
pub fn alone(base: Confidence, check: Option<&Check>) -> Confidence {
    base.shifted(check.map_or(0, |check| valid(check.chance)))
}

/// The confidence of a candidate, and the steps that led there. `None` when its check says that it cannot be.
pub fn score(base: Confidence, verdict: Verdict, around: Surroundings) -> Option<(Confidence, Vec<Step>)> {
    let mut steps = Vec::new();
    let mut confidence = base;
    match verdict {
        Verdict::Invalid => return None,
        Verdict::Unknown => {}
        Verdict::Valid { chance } => {
            confidence = confidence.shifted(valid(chance));
            steps.push(Step::Valid { chance });
        }
    }
    if let Some(word) = around.label {
        let gain = if matches!(verdict, Verdict::Valid { .. }) { LABEL_AND_CHECK } else { LABEL };
        confidence = confidence.shifted(gain);
        steps.push(Step::Label { word, gain });
    } else if let Some(word) = around.near {
        confidence = confidence.shifted(NEAR);
        steps.push(Step::Context { word, gain: NEAR });
    }
    // A label that names the entity outweighs a stray word beside it.
    if let (Some(word), None) = (around.against, around.label) {
        confidence = confidence.shifted(AGAINST);
        steps.push(Step::NegativeContext { word, loss: AGAINST });
    }
    Some((confidence, steps))
}
