//! Weights from examples.

use subrosa_core::tagger::features::{MOST_AROUND, MOST_OF_WORD};
use subrosa_core::tagger::memory::{Memory, Recall};
use subrosa_core::tagger::model::{LANES, Model, ROWS, softmax};
use subrosa_core::tagger::{TAGS, Tag, Tagger};

use super::corpus::Document;

/// How far one example moves the weights, at first.
const RATE: f32 = 0.03;
/// Of how many sites one is read without its own word, so that the words around are learned too.
const WITHOUT_WORD: u64 = 4;
/// Of a hundred rows so many are left out at random, so that no feature is leant on alone.
const LEFT_OUT: u64 = 8;
/// What decides the orders and what is left out. One order alone swings by a point from one to the next.
const SEEDS: [u64; 3] = [42, 43, 44];
/// In how many moments of the last epoch the weights are taken for their mean.
const SHOTS: usize = 16;
/// Weights beyond this are cut to it.
const CLIP: f32 = 1.6;
/// Levels on either side of zero: five bits.
const LEVELS: f32 = 15.0;

/// Weights, [`LANES`] a row.
pub(super) type Weights = Vec<[f32; LANES]>;

/// Learns from the beginning once for each of [`SEEDS`], and takes the mean.
pub(super) fn learn(documents: &[Document], epochs: u32) -> Weights {
    let mut mean = Mean { sums: vec![[0.0; LANES]; ROWS], count: 0.0 };
    for seed in SEEDS {
        learn_once(documents, epochs, seed, &mut mean);
    }
    mean.weights()
}

/// Reads all documents `epochs` times, each time in another order.
fn learn_once(documents: &[Document], epochs: u32, seed: u64, mean: &mut Mean) {
    let mut learner =
        Learner { weights: vec![[0.0; LANES]; ROWS], squares: vec![[1e-4; LANES]; ROWS], random: Random::new(seed), rate: RATE };
    let mut order: Vec<usize> = (0..documents.len()).collect();
    for epoch in 0..epochs {
        for index in (1..order.len()).rev() {
            order.swap(index, learner.random.below(index as u64 + 1) as usize);
        }
        let mut loss = Loss::default();
        let shot_every = order.len().div_ceil(SHOTS);
        for (done, index) in order.iter().enumerate() {
            if epoch + 1 == epochs && done % shot_every == 0 {
                mean.add(&learner.weights);
            }
            learner.rate = RATE * (1.0 - 0.8 * (epoch as f32 + done as f32 / order.len() as f32) / epochs as f32);
            learner.document(&documents[*index], &mut loss);
        }
        println!("epoch {}: {:.4} a site, {} wrong of {}", epoch + 1, loss.sum / f64::from(loss.sites), loss.wrong, loss.sites);
    }
    mean.add(&learner.weights);
}

/// The mean of the weights at several times, which swings less from one text to the next than those at the end.
struct Mean {
    sums: Weights,
    count: f32,
}

impl Mean {
    fn add(&mut self, weights: &Weights) {
        self.count += 1.0;
        for (sums, row) in self.sums.iter_mut().zip(weights) {
            sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight);
        }
    }

    fn weights(self) -> Weights {
        self.sums.into_iter().map(|row| row.map(|sum| sum / self.count)).collect()
    }
}

/// Small integers.
pub(super) fn quantise(weights: &Weights) -> Vec<u8> {
    let small: Vec<i8> = weights
        .iter()
        .flat_map(|row| row.iter().map(|weight| (weight.clamp(-CLIP, CLIP) / CLIP * LEVELS).round() as i8))
        .collect();
    Model::write(&small, CLIP / LEVELS)
}

struct Learner {
    weights: Weights,
    squares: Weights,
    random: Random,
    rate: f32,
}

#[derive(Default)]
struct Loss {
    sum: f64,
    sites: u32,
    wrong: u32,
}

impl Learner {
    /// Both passes of the tagger, learning in each.
    fn document(&mut self, document: &Document, loss: &mut Loss) {
        let mut memory = Memory::default();
        let first: Vec<Tag> = self.pass(document, None, &[], &mut Loss::default());
        for (site, tag) in document.sites.iter().zip(&first) {
            if !site.connector {
                memory.note(site.moving.word, *tag);
            }
        }
        self.pass(document, Some(&memory), &first, loss);
    }

    fn pass(&mut self, document: &Document, memory: Option<&Memory>, own: &[Tag], loss: &mut Loss) -> Vec<Tag> {
        let mut tags = Vec::with_capacity(document.sites.len());
        let (mut before, mut before_that) = (Tag::OUTSIDE, Tag::OUTSIDE);
        // Half of the documents are read with the right tags as history, half with the model's own.
        let own_history = self.random.below(2) == 0;
        let mut rows = Vec::with_capacity(MOST_OF_WORD + MOST_AROUND * 2);
        for (at, site) in document.sites.iter().enumerate() {
            if !site.joined {
                (before, before_that) = (Tag::OUTSIDE, Tag::OUTSIDE);
            }
            if site.connector && before == Tag::OUTSIDE {
                tags.push(Tag::OUTSIDE);
                continue;
            }
            let recall = memory.map_or(Recall::UNKNOWN, |memory| memory.recall(site.moving.word, own.get(at).copied()));
            let recall_after = memory.map_or(Recall::UNKNOWN, |memory| memory.recall(site.moving.name_after, None));
            let fixed = &document.rows[site.rows.clone()];
            rows.clear();
            if self.random.below(WITHOUT_WORD) == 0 {
                rows.extend(fixed.iter().enumerate().filter(|(place, _)| site.own >> place & 1 == 0).map(|(_, row)| *row));
            } else {
                rows.extend_from_slice(fixed);
            }
            let random = &mut self.random;
            rows.retain(|_| random.below(100) >= LEFT_OUT);
            rows.extend_from_slice(site.moving.rows(before, before_that, recall, recall_after).as_slice());
            let mut logits = [0.0; TAGS];
            for row in &rows {
                logits.iter_mut().zip(&self.weights[*row as usize]).for_each(|(logit, weight)| *logit += weight);
            }
            let tag = Tagger::choose(&logits, before, site.connector);
            if let Some(gold) = site.gold {
                let probabilities = softmax(&logits);
                loss.sum -= f64::from(probabilities[gold.index()].max(1e-9).ln());
                loss.sites += 1;
                loss.wrong += u32::from(tag != gold);
                self.update(&rows, &probabilities, gold, document.weight);
            }
            tags.push(tag);
            let history = if own_history { tag } else { site.gold.unwrap_or(tag) };
            (before, before_that) = (history, before);
        }
        tags
    }

    fn update(&mut self, rows: &[u32], probabilities: &[f32; TAGS], gold: Tag, weight: f32) {
        let mut gradient = [0.0_f32; LANES];
        for (tag, probability) in probabilities.iter().enumerate() {
            gradient[tag] = weight * (probability - if tag == gold.index() { 1.0 } else { 0.0 });
        }
        if gradient.iter().all(|part| part.abs() < 0.005) {
            return;
        }
        for row in rows {
            let squares = &mut self.squares[*row as usize];
            let weights = &mut self.weights[*row as usize];
            for tag in 0..LANES {
                squares[tag] += gradient[tag] * gradient[tag];
                weights[tag] -= self.rate * gradient[tag] / squares[tag].sqrt();
            }
        }
    }
}

/// Numbers that look random: the SplitMix64 generator.
pub(super) struct Random(u64);

impl Random {
    /// Starts at `seed`.
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `limit`.
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ z >> 31) % limit
    }
}
