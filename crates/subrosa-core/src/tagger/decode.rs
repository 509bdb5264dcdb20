//! From sites to names: two passes over a document.

use crate::block::Block;
use crate::confidence::Confidence;
use crate::explanation::Explanation;
use crate::finding::Finding;
use crate::protect;
use crate::span::Span;

use super::features::{self, Moving, Rows};
use super::memory::{Memory, Recall};
use super::model::{LANES, Model, Sums, softmax};
use super::sites::{self, Site};
use super::{NameKind, TAGS, Tag};

/// What has to be read before a document can be tagged. Takes 80 bytes a site, about 30 sites a kilobyte of prose.
pub struct Tagger<'a> {
    model: Model<'a>,
    /// Added to the log odds of each tag: the operating point.
    bias: [f32; TAGS],
    noted: Vec<Noted>,
    sites: Vec<Site>,
}

/// A site with all that tagging needs, so that the text need not be kept.
struct Noted {
    segment: u32,
    start: u32,
    end: u32,
    connector: bool,
    joined: bool,
    /// Also counts when it stands last: a number, the second half of a hyphenated word.
    ending: bool,
    /// If a person's name, that of a disease, test or device.
    protected: bool,
    tag: Tag,
    sums: Sums,
    moving: Moving,
}

/// A name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tagged {
    /// Index of the segment.
    pub segment: usize,
    /// Where, in the segment.
    pub span: Span,
    /// What it names.
    pub kind: NameKind,
    /// Probability, 0 to 1, that it is a name of some kind: the mean over its words.
    pub name: f32,
    /// Probability that it is of this kind.
    pub this: f32,
}

impl Tagged {
    /// The name as a finding of its segment.
    pub fn finding(&self) -> Finding {
        // One in three is half sure: a missed name costs more than one too many. Square roots are exact everywhere.
        let root = f64::from(self.name).sqrt();
        let confidence = Confidence::from_unit(root * root.sqrt().sqrt());
        let entity = self.kind.entity();
        Finding {
            span: self.span,
            explanation: Explanation { recognizer: self.kind.id(), pattern: "tagger", base: confidence, steps: Vec::new() },
            entity,
            confidence,
        }
    }
}

impl<'a> Tagger<'a> {
    /// For one document.
    pub fn new(model: Model<'a>, bias: [f32; TAGS]) -> Self {
        Self { model, bias, noted: Vec::new(), sites: Vec::new() }
    }

    /// Reads a block of segment `segment`. `place` tells where in the segment a span of the block stands.
    pub fn read(&mut self, block: &Block<'_>, segment: usize, place: impl Fn(Span) -> Span) {
        self.sites.clear();
        sites::find(block, &mut self.sites);
        for (at, site) in self.sites.iter().enumerate() {
            let mut rows = Rows::new();
            let moving = features::fixed(block, &self.sites, at, &mut rows);
            let mut sums = [0; LANES];
            self.model.add(rows.as_slice(), &mut sums);
            let token = &block.tokens[site.token];
            let span = place(token.span());
            self.noted.push(Noted {
                segment: segment as u32,
                start: span.start as u32,
                end: span.end as u32,
                connector: site.connector,
                joined: site.joined,
                ending: token.is_digits()
                    || sites::is_second_half(block, site.token)
                    || site.connector && sites::is_small_surname(block, site.token),
                protected: !site.connector && may_be_person(&sums) && protect::is_protected(block, site.token, site.token),
                tag: Tag::OUTSIDE,
                sums,
                moving,
            });
        }
    }

    /// The names of the document, in order.
    pub fn finish(mut self) -> Vec<Tagged> {
        let mut memory = Memory::default();
        self.pass(None, |site, tag, _| {
            if !site.connector {
                memory.note(site.moving.word, tag);
            }
        });
        let mut names: Vec<Tagged> = Vec::new();
        let mut open = Open::default();
        self.pass(Some(&memory), |site, tag, logits| open.next(site, tag, logits, &mut names));
        open.close(&mut names);
        names
    }

    fn pass(&mut self, memory: Option<&Memory>, mut each: impl FnMut(&Noted, Tag, &[f32; TAGS])) {
        let (mut before, mut before_that) = (Tag::OUTSIDE, Tag::OUTSIDE);
        for site in &mut self.noted {
            if !site.joined {
                (before, before_that) = (Tag::OUTSIDE, Tag::OUTSIDE);
            }
            if site.connector && before == Tag::OUTSIDE {
                site.tag = Tag::OUTSIDE;
                continue;
            }
            let recall = memory.map_or(Recall::UNKNOWN, |memory| memory.recall(site.moving.word, Some(site.tag)));
            let recall_after = memory.map_or(Recall::UNKNOWN, |memory| memory.recall(site.moving.after, None));
            let mut sums = site.sums;
            self.model.add(site.moving.rows(before, before_that, recall, recall_after).as_slice(), &mut sums);
            let logits = self.model.logits(&sums);
            let mut leaning = logits;
            leaning.iter_mut().zip(self.bias).for_each(|(logit, bias)| *logit += bias);
            let tag = Self::choose(&leaning, before, site.connector);
            site.tag = tag;
            each(site, tag, &logits);
            (before, before_that) = (tag, before);
        }
    }

    /// The likeliest tag that can stand here.
    pub fn choose(logits: &[f32; TAGS], before: Tag, connector: bool) -> Tag {
        let mut best = (Tag::OUTSIDE, logits[0]);
        for (index, logit) in logits.iter().enumerate().skip(1) {
            let tag = Tag::from_index(index);
            if *logit > best.1 && tag.may_follow(before) && (tag.is_inside() || !connector) {
                best = (tag, *logit);
            }
        }
        best.0
    }
}

/// Whether the weights so far are not clearly against a person.
fn may_be_person(sums: &Sums) -> bool {
    sums[Tag::begin(NameKind::Person).index()].max(sums[Tag::inside(NameKind::Person).index()]) + 8 > sums[0]
}

/// A name that may go on.
#[derive(Default)]
struct Open {
    name: Option<(u32, Span, NameKind)>,
    /// The last word is no person's here.
    protected: bool,
    /// Sums over the words.
    outside: f32,
    this: f32,
    words: f32,
}

impl Open {
    fn next(&mut self, site: &Noted, tag: Tag, logits: &[f32; TAGS], names: &mut Vec<Tagged>) {
        let continues = tag.is_inside() && site.joined && self.name.is_some_and(|(segment, ..)| segment == site.segment);
        if !continues {
            self.close(names);
        }
        let Some(kind) = tag.kind() else { return };
        let span = Span::new(site.start as usize, site.end as usize);
        match &mut self.name {
            Some((_, whole, _)) => {
                if !site.connector || site.ending {
                    whole.end = span.end;
                }
            }
            empty => *empty = Some((site.segment, span, kind)),
        }
        if !site.connector {
            let probabilities = softmax(logits);
            self.protected = site.protected && kind == NameKind::Person;
            self.outside += probabilities[0];
            self.this += probabilities[Tag::begin(kind).index()] + probabilities[Tag::inside(kind).index()];
            self.words += 1.0;
        }
    }

    fn close(&mut self, names: &mut Vec<Tagged>) {
        if let Some((segment, span, kind)) = self.name.take()
            && self.words > 0.0
            && !self.protected
        {
            let name = 1.0 - self.outside / self.words;
            names.push(Tagged { segment: segment as usize, span, kind, name, this: self.this / self.words });
        }
        *self = Self::default();
    }
}
