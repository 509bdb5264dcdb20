//! From sites to names: two passes over a document.

use crate::block::Block;
use crate::confidence::Confidence;
use crate::dictionary::Recent;
use crate::explanation::Explanation;
use crate::finding::Finding;
use crate::protect;
use crate::recognizers::cue::Words;
use crate::span::Span;
use crate::token::{Gap, Token};

use super::acronym;
use super::features::{self, Moving, Rows, Stand, Views};
use super::memory::{Memory, Recall};
use super::model::{Model, Sums, softmax};
use super::sites::{self, Site};
use super::{NameKind, TAGS, Tag};

/// What has to be read before a document can be tagged. Takes 112 bytes a site, about 30 sites a kilobyte of prose.
pub struct Tagger<'a> {
    model: Model<'a>,
    /// Added to the log odds of each tag: the operating point.
    bias: [f32; TAGS],
    noted: Vec<Noted>,
    sites: Vec<Site>,
    /// The sums of [`features::of_word`] of the words met last.
    words: Recent<Sums>,
    /// Abbreviations of common words.
    explained: Vec<u64>,
}

/// A site with all that tagging needs, so that the text need not be kept.
struct Noted {
    segment: u32,
    start: u32,
    end: u32,
    /// Where the name ends if this is its last word: behind the full stop of an initial or abbreviation.
    stop: u32,
    connector: bool,
    joined: bool,
    /// Also counts when it stands last: a number, the second half of a hyphenated word.
    ending: bool,
    /// If a person's name, that of a disease, test or device.
    protected: bool,
    /// Never part of a name as it stands here.
    never: bool,
    /// A given name with a capital: `Hope Andersen`.
    given: bool,
    tag: Tag,
    /// Of the rows that depend on the text alone.
    fixed: Sums,
    /// Of all rows, as last looked at.
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
        // Half sure is what is one in six a person or place, one in three a body: a missed name costs more than one too many.
        // Square roots are exact everywhere.
        let half = f64::from(self.name).sqrt();
        let (quarter, eighth) = (half.sqrt(), half.sqrt().sqrt());
        let power = if self.kind == NameKind::Organization { half * eighth } else { quarter * eighth };
        let confidence = Confidence::from_unit(power);
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
    /// For one document of so many bytes.
    pub fn new(model: Model<'a>, bias: [f32; TAGS], bytes: usize) -> Self {
        Self {
            model,
            bias,
            noted: Vec::new(),
            sites: Vec::new(),
            words: Recent::new((bytes / 64).min(1 << 12)),
            explained: Vec::new(),
        }
    }

    /// Reads a block of segment `segment`. `place` tells where in the segment a span of the block stands.
    pub fn read(&mut self, block: &Block<'_>, segment: usize, place: impl Fn(Span) -> Span) {
        self.sites.clear();
        sites::find(block, &mut self.sites);
        let mut views = Views::new();
        let mut rows = Rows::new();
        for (at, site) in self.sites.iter().enumerate() {
            let token = &block.tokens[site.token];
            let stand = Stand::of(block, site.token, &mut views);
            let of_word = || {
                let (mut rows, mut sums) = (Rows::new(), Sums::default());
                features::of_word(block.str(site.token), &stand, &mut rows);
                self.model.add(rows.as_slice(), &mut sums);
                sums
            };
            let mut fixed = stand.key(token).map_or_else(of_word, |key| self.words.get(key, of_word));
            let moving = features::around(block, &self.sites, at, &stand, &mut views, &mut rows);
            self.model.add(rows.as_slice(), &mut fixed);
            acronym::note(block, site.token, &mut self.explained);
            let goes_on = site.joined && self.noted.last().is_some_and(|before| before.protected);
            let span = place(token.span());
            let stop = stop_after(block, site.token).map_or(span.end, |stop| place(block.tokens[stop].span()).end);
            self.noted.push(Noted {
                segment: segment as u32,
                start: span.start as u32,
                end: span.end as u32,
                stop: stop as u32,
                connector: site.connector,
                joined: site.joined,
                ending: token.is_digits()
                    || sites::is_second_half(block, site.token)
                    || site.connector && sites::is_small_surname(block, site.token),
                protected: !site.connector && (may_be_person(&fixed) || goes_on) && is_protected(block, &self.sites, at),
                never: is_no_name(block, site.token),
                given: block.lexeme(site.token).name.given >= 2,
                tag: Tag::OUTSIDE,
                fixed,
                sums: fixed,
                moving,
            });
        }
    }

    /// The names of the document, in order.
    pub fn finish(mut self) -> Vec<Tagged> {
        self.explained.sort_unstable();
        for site in &mut self.noted {
            site.never |= self.explained.binary_search(&site.moving.word).is_ok();
        }
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

    /// Tags every site; in the second pass only those are looked at anew for which something changed.
    fn pass(&mut self, memory: Option<&Memory>, mut each: impl FnMut(&Noted, Tag, &[f32; TAGS])) {
        let (mut before, mut before_that) = (Tag::OUTSIDE, Tag::OUTSIDE);
        // The same of the pass before.
        let (mut was_before, mut was_before_that) = (Tag::OUTSIDE, Tag::OUTSIDE);
        for site in &mut self.noted {
            if !site.joined {
                (before, before_that) = (Tag::OUTSIDE, Tag::OUTSIDE);
                (was_before, was_before_that) = (Tag::OUTSIDE, Tag::OUTSIDE);
            }
            let was = site.tag;
            let same = memory.is_some() && (before, before_that) == (was_before, was_before_that);
            let begins_nothing = |before: Tag| site.connector && before == Tag::OUTSIDE;
            if !begins_nothing(was_before) {
                (was_before, was_before_that) = (was, was_before);
            }
            if begins_nothing(before) {
                site.tag = Tag::OUTSIDE;
                continue;
            }
            let recall = memory.map_or(Recall::UNKNOWN, |memory| memory.recall(site.moving.word, Some(was)));
            let recall_after = memory.map_or(Recall::UNKNOWN, |memory| memory.recall(site.moving.name_after, None));
            if !same || recall.says() || recall_after.says() {
                site.sums = site.fixed;
                self.model.add(site.moving.rows(before, before_that, recall, recall_after).as_slice(), &mut site.sums);
            }
            let logits = self.model.logits(&site.sums);
            let mut leaning = logits;
            leaning.iter_mut().zip(self.bias).for_each(|(logit, bias)| *logit += bias);
            let tag = if site.never { Tag::OUTSIDE } else { Self::choose(&leaning, before, site.connector) };
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

/// `née` before a maiden name, and an article without a name behind it.
fn is_no_name(block: &Block<'_>, index: usize) -> bool {
    static BORN: Words = Words::new(&["né", "née", "nee"]);
    static ARTICLES: Words = Words::new(&["das", "der", "die", "el", "la", "las", "le", "les", "los", "the"]);
    BORN.at(block, index) && !block.tokens[index].is_capitalised()
        || ARTICLES.at(block, index) && !block.token(index + 1).is_some_and(Token::is_capitalised)
}

/// The full stop that belongs to the word at `index`: behind an abbreviation, and the last of initials such as `A.F.`.
fn stop_after(block: &Block<'_>, index: usize) -> Option<usize> {
    let touching = |index: usize| block.token(index).filter(|token| token.gap == Gap::None);
    let is_stop = |index: usize| touching(index).is_some_and(|stop| stop.is_byte(b'.'));
    let mut stop = Some(index + 1).filter(|stop| is_stop(*stop) && block.is_abbreviation(*stop))?;
    let initial = |token: &Token| token.is_one_letter() && token.is_capitalised();
    while initial(&block.tokens[stop - 1]) && touching(stop + 1).is_some_and(initial) && is_stop(stop + 2) {
        stop += 2;
    }
    Some(stop)
}

/// Whether the word is no person's, alone or together with the one before: `Holter`, `Holter Monitor`.
fn is_protected(block: &Block<'_>, sites: &[Site], at: usize) -> bool {
    let last = sites[at].token;
    let before = at.checked_sub(1).map(|before| &sites[before]).filter(|before| sites[at].joined && !before.connector);
    protect::is_protected(block, last, last) || before.is_some_and(|before| protect::is_protected(block, before.token, last))
}

/// Whether the weights so far are not clearly against a person.
fn may_be_person(sums: &Sums) -> bool {
    sums.of(Tag::begin(NameKind::Person).index()).max(sums.of(Tag::inside(NameKind::Person).index())) + 8 > sums.of(0)
}

/// A name that may go on.
#[derive(Default)]
struct Open {
    name: Option<(u32, Span, NameKind)>,
    /// Where the given name before begins, when it was taken for an everyday word: behind it a surname shows what it is.
    lead: Option<Span>,
    /// The last word is no person's here.
    protected: bool,
    /// Sums over the words.
    outside: f32,
    this: f32,
    words: f32,
}

impl Open {
    fn next(&mut self, site: &Noted, tag: Tag, logits: &[f32; TAGS], names: &mut Vec<Tagged>) {
        let lead = self.lead.take().filter(|lead| site.joined && !site.connector && lead.end + 1 == site.start as usize);
        let continues = tag.is_inside() && site.joined && self.name.is_some_and(|(segment, ..)| segment == site.segment);
        if !continues {
            self.close(names);
        }
        let Some(kind) = tag.kind() else {
            self.lead = (site.given && !site.never).then(|| Span::new(site.start as usize, site.end as usize));
            return;
        };
        let span = Span::new(site.start as usize, site.end as usize);
        match &mut self.name {
            Some((_, whole, _)) => {
                if !site.connector || site.ending {
                    whole.end = site.stop as usize;
                }
            }
            empty => {
                let start = lead.filter(|_| kind == NameKind::Person).map_or(span.start, |lead| lead.start);
                *empty = Some((site.segment, Span::new(start, site.stop as usize), kind));
            }
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
