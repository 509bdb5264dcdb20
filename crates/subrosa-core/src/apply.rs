//! Findings and a policy in, edits out.
//!
//! One [`Applier`] serves one document, in one call or in pieces of it in order, so that a person keeps the number that the
//! first mention got. It decides nothing that the policy does not say, with one exception: a replacement that would still
//! hold the value (a mask of a value without letters, a label for the denied term "label") is made harmless.

pub mod people;

use std::collections::BTreeMap;

use crate::case::{self, CaseSheet, Consent};
use crate::edit::Edit;
use crate::entity::Entity;
use crate::finding::Finding;
use crate::fold::fold;
use crate::identity;
use crate::lists::DenyList;
use crate::operators::{self, Context, Outcome, keep, review};
use crate::policy::{Circumstances, Policy, Treatment};
use crate::secrets::Secrets;
use crate::segment::Segment;
use crate::span::Span;
use people::People;

/// Turns the findings of one document into edits.
pub struct Applier<'p> {
    policy: &'p Policy,
    denied: Option<&'p DenyList>,
    secrets: Secrets<'p>,
    case: Option<&'p CaseSheet>,
    consents: &'p [Consent],
    people: People,
    tally: Tally,
}

/// A value could not be treated as the policy says, so the document has to be refused. Holds no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{entity} by {operator}: {reason}")]
pub struct Untreated {
    /// What the value is.
    pub entity: Entity,
    /// The operator that could not.
    pub operator: &'static str,
    /// Why.
    pub reason: String,
}

/// How many findings of each entity each operator treated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Findings at or above the threshold, by entity; kept ones too.
    pub by_entity: BTreeMap<Entity, u64>,
    /// The same findings by the operator that treated them.
    pub by_operator: BTreeMap<&'static str, u64>,
    /// Findings that stay because a consent says so, by its ground.
    pub by_consent: BTreeMap<String, u64>,
    /// Of these, the ones that a person has still to decide about; they are labelled until then.
    pub undecided: BTreeMap<Entity, u64>,
    /// Findings below the threshold, which nothing was done about.
    pub below_threshold: u64,
}

impl Tally {
    /// Findings at or above the threshold.
    pub fn findings(&self) -> u64 {
        self.by_entity.values().sum()
    }

    fn count(&mut self, entity: &Entity, operator: &'static str) {
        *self.by_entity.entry(entity.clone()).or_default() += 1;
        *self.by_operator.entry(operator).or_default() += 1;
        if operator == review::ID {
            *self.undecided.entry(entity.clone()).or_default() += 1;
        }
    }
}

impl<'p> Applier<'p> {
    /// An applier for one document.
    pub fn new(policy: &'p Policy) -> Self {
        Self {
            policy,
            denied: None,
            secrets: Secrets::default(),
            case: None,
            consents: &[],
            people: People::default(),
            tally: Tally::default(),
        }
    }

    /// Tells who the people are, and what of theirs may stay. Before anything is applied.
    #[must_use]
    pub fn about(mut self, case: &'p CaseSheet, consents: &'p [Consent]) -> Self {
        self.people = People::of_case(case);
        self.case = Some(case);
        self.consents = consents;
        self
    }

    /// Gives operators the keys and the store that they may need.
    #[must_use]
    pub fn with(mut self, secrets: Secrets<'p>) -> Self {
        self.secrets = secrets;
        self
    }

    /// Lets no replacement hold a denied term either: `[DATE_TIME]` where `date` is denied.
    #[must_use]
    pub fn avoiding(mut self, denied: &'p DenyList) -> Self {
        self.denied = Some(denied);
        self
    }

    /// The edits of the next segments of the document: `result[i]` belongs to `segments[i]`, sorted and disjoint as
    /// `findings[i]` is. Segments without findings at the end may be left out of `findings`.
    ///
    /// Persons are numbered by their first mention. A surname alone joins the only full name that has it, wherever in these
    /// segments that stands; a name that only a later piece makes ambiguous keeps its number.
    ///
    /// # Errors
    /// [`Untreated`] when an operator has no key or its store fails. Policies whose operators need neither never fail.
    pub fn apply(&mut self, segments: &[Segment], findings: &[Vec<Finding>]) -> Result<Vec<Vec<Edit>>, Untreated> {
        self.number_people(segments, findings);
        segments
            .iter()
            .zip(findings)
            .map(|(segment, findings)| findings.iter().filter_map(|finding| self.edit(segment, finding).transpose()).collect())
            .collect()
    }

    /// `[text]` in the place of a value, or where that would still hold the value or a denied term something that does not.
    pub fn label(&self, value: &str, text: &str) -> String {
        self.without(value, format!("[{text}]"), "label")
    }

    /// What was done so far.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    fn number_people(&mut self, segments: &[Segment], findings: &[Vec<Finding>]) {
        for segment in segments {
            self.people.reserve_labels(&segment.text);
        }
        let policy = self.policy;
        let names = segments.iter().zip(findings).flat_map(|(segment, findings)| {
            findings
                .iter()
                .filter(|finding| finding.entity == Entity::PERSON && acts(policy, finding))
                .map(|finding| on_boundaries(&segment.text, finding.span).of(&segment.text))
        });
        self.people.learn(names);
    }

    fn edit(&mut self, segment: &Segment, finding: &Finding) -> Result<Option<Edit>, Untreated> {
        if !acts(self.policy, finding) {
            self.tally.below_threshold += 1;
            return Ok(None);
        }
        let text = segment.text.as_str();
        let entity = &finding.entity;
        let span = on_boundaries(text, finding.span);
        let value = span.of(text);
        let mention = self.mention(entity, value);
        if let Some(consent) = self.consents.iter().find(|consent| consent.covers(entity, mention.known)) {
            self.tally.count(entity, keep::ID);
            *self.tally.by_consent.entry(consent.ground.clone()).or_default() += 1;
            return Ok(None);
        }
        let circumstances = Circumstances {
            entity,
            confidence: finding.confidence,
            role: mention.owner.map(|owner| owner.role),
            minor: mention.owner.is_some_and(|owner| owner.minor),
            labels: &segment.labels,
        };
        let Treatment { operator, parameters, .. } = treatment(self.policy, &circumstances, value);
        let context = Context {
            entity,
            value,
            person: mention.number,
            identity: &mention.identity,
            word: mention.word.unwrap_or(entity.id()),
            parameters,
            mailbox_of: mention.mailbox_of.as_deref(),
            secrets: &self.secrets,
        };
        let operator_id = operator.id();
        self.tally.count(entity, operator_id);
        match operator.operate(&context) {
            Outcome::Keep => Ok(None),
            Outcome::Replace(replacement) => {
                let replacement = self.without(value, replacement, operator_id);
                Ok(Some(Edit { span, replacement, entity: entity.clone(), operator: operator_id }))
            }
            Outcome::Refuse(reason) => Err(Untreated { entity: entity.clone(), operator: operator_id, reason }),
        }
    }
}

/// What is known of a value beside what it is.
struct Mention<'p> {
    identity: String,
    /// The person whom a mail address or account names.
    mailbox_of: Option<String>,
    number: Option<u32>,
    /// Which of the case sheet's people it belongs to.
    known: Option<usize>,
    /// The same one, with what the sheet says of them.
    owner: Option<&'p case::Person>,
    /// What the case sheet calls a person.
    word: Option<&'p str>,
}

impl<'p> Applier<'p> {
    fn mention(&mut self, entity: &Entity, value: &str) -> Mention<'p> {
        let owner = self.case.and_then(|case| case.owner(value));
        let mailbox = || value.split('@').next().unwrap_or_default();
        let person = match entity.id() {
            "PERSON" => owner.and_then(|owner| self.people.known(owner)).or_else(|| self.people.find(value)),
            "EMAIL_ADDRESS" | "USERNAME" => {
                owner.and_then(|owner| self.people.known(owner)).or_else(|| self.people.of_mailbox(mailbox()))
            }
            _ => None,
        };
        let known = owner.or(person.as_ref().and_then(|person| person.known));
        let in_sheet = known.zip(self.case).and_then(|(known, case)| case.people().get(known));
        let is_name = *entity == Entity::PERSON;
        Mention {
            mailbox_of: person.as_ref().filter(|_| !is_name).map(|person| person.identity.clone()),
            identity: match &person {
                Some(person) if is_name => person.identity.clone(),
                _ => identity::of(value),
            },
            // The sheet counts its people by their words, which only names show.
            number: person.as_ref().filter(|_| is_name || known.is_none()).and_then(|person| person.number),
            known,
            owner: in_sheet,
            word: in_sheet.filter(|_| is_name).map(|person| person.word.as_str()),
        }
    }
}

/// What stands for a value when its own label cannot.
pub const PLAIN: &str = "[XXX]";

impl Applier<'_> {
    /// The replacement, or where it would still hold the value or a denied term something that does not.
    fn without(&self, value: &str, replacement: String, operator: &str) -> String {
        let sought = fold(value);
        let holds_value =
            |text: &str| !sought.is_empty() && fold(text).contains(&sought) && !operators::may_hold(operator, value, text);
        let holds_denied = |text: &str| self.denied.is_some_and(|denied| denied.is_in(text));
        [replacement, PLAIN.to_owned()].into_iter().find(|text| !holds_value(text) && !holds_denied(text)).unwrap_or_default()
    }
}

/// What the policy does with a finding. A place with a number in it (`12 Elm Street, Springfield`) is treated as the address
/// that it is, where the policy leaves less of addresses than of places.
fn treatment<'p>(policy: &'p Policy, circumstances: &Circumstances<'_>, value: &str) -> &'p Treatment {
    let of_place = policy.rule_for(circumstances);
    if *circumstances.entity == Entity::LOCATION && value.chars().any(char::is_numeric) {
        let of_address = policy.rule_for(&Circumstances { entity: &Entity::STREET_ADDRESS, ..*circumstances });
        if of_address.operator.leaves() < of_place.operator.leaves() {
            return of_address;
        }
    }
    of_place
}

fn acts(policy: &Policy, finding: &Finding) -> bool {
    finding.confidence >= policy.threshold(&finding.entity)
}

/// The span, widened to the text's character boundaries. A detector keeps to them; if one does not, more goes, not less.
fn on_boundaries(text: &str, span: Span) -> Span {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::confidence::Confidence;
    use crate::explanation::Explanation;

    fn finding(start: usize, end: usize, entity: Entity, thousandths: u16) -> Finding {
        let confidence = Confidence::new(thousandths);
        let explanation = Explanation { recognizer: "test", pattern: "test", base: confidence, steps: Vec::new() };
        Finding { span: Span::new(start, end), entity, confidence, explanation }
    }

    /// Segments in which `⟦ENTITY:value⟧` marks a finding.
    fn marked(texts: &[&str]) -> (Vec<Segment>, Vec<Vec<Finding>>) {
        texts
            .iter()
            .map(|marked| {
                let mut text = String::new();
                let mut findings = Vec::new();
                for (i, piece) in marked.split(['⟦', '⟧']).enumerate() {
                    if i % 2 == 0 {
                        text.push_str(piece);
                        continue;
                    }
                    let (entity, value) = piece.split_once(':').unwrap_or(("PERSON", piece));
                    let start = text.len();
                    text.push_str(value);
                    findings.push(finding(start, text.len(), Entity::parse(entity).unwrap(), 900));
                }
                (Segment::new(text), findings)
            })
            .unzip()
    }

    fn made(text: &str, edits: &[Edit]) -> String {
        let mut result = String::new();
        let mut done = 0;
        for edit in edits {
            result.push_str(&text[done..edit.span.start]);
            result.push_str(&edit.replacement);
            done = edit.span.end;
        }
        result + &text[done..]
    }

    fn redacted(applier: &mut Applier<'_>, texts: &[&str]) -> Vec<String> {
        let (segments, findings) = marked(texts);
        let edits = applier.apply(&segments, &findings).unwrap();
        segments.iter().zip(edits).map(|(segment, edits)| made(&segment.text, &edits)).collect()
    }

    #[track_caller]
    fn case(policy: &str, texts: &[&str], expected: &[&str]) {
        let policy = Policy::preset(policy).unwrap();
        assert_eq!(redacted(&mut Applier::new(&policy), texts), expected);
    }

    #[test]
    fn one_person_one_number() {
        case(
            "redact",
            &["⟦Smith⟧ called.", "Mr ⟦John Smith⟧, ⟦Smith, John⟧, ⟦JOHN SMITH⟧ and ⟦Jane Doe⟧", "⟦Mr Smith⟧ and ⟦Jane⟧"],
            &["[PERSON-1] called.", "Mr [PERSON-1], [PERSON-1], [PERSON-1] and [PERSON-2]", "[PERSON-1] and [PERSON-2]"],
        );
    }

    #[test]
    fn an_ambiguous_name_is_a_person_of_its_own() {
        case(
            "redact",
            &["⟦John Smith⟧ and ⟦Mary Smith⟧: ⟦Smith⟧ left, ⟦Mary⟧ stayed, ⟦Dr. Smith⟧ too"],
            &["[PERSON-1] and [PERSON-2]: [PERSON-3] left, [PERSON-2] stayed, [PERSON-3] too"],
        );
    }

    #[test]
    fn numbers_hold_over_pieces() {
        let policy = Policy::preset("redact").unwrap();
        let mut applier = Applier::new(&policy);
        assert_eq!(redacted(&mut applier, &["⟦Jane Doe⟧ and ⟦Poe⟧"]), ["[PERSON-1] and [PERSON-2]"]);
        assert_eq!(redacted(&mut applier, &["⟦Ada Poe⟧, ⟦Doe⟧, ⟦Max Roe⟧"]), ["[PERSON-2], [PERSON-1], [PERSON-3]"]);
        assert_eq!(redacted(&mut applier, &["⟦Poe⟧, ⟦Ada⟧"]), ["[PERSON-2], [PERSON-2]"]);
        assert_eq!(applier.tally().findings(), 7);
    }

    #[test]
    fn numbers_already_in_the_text_are_not_given_again() {
        case("redact", &["[PERSON-4] saw ⟦Jane Doe⟧"], &["[PERSON-4] saw [PERSON-5]"]);
    }

    #[test]
    fn other_entities_have_plain_labels_and_health_stays() {
        case("redact", &["call ⟦PHONE_NUMBER:555-0100⟧ about ⟦HEALTH_CONDITION:asthma⟧"], &["call [PHONE_NUMBER] about asthma"]);
    }

    #[test]
    fn safe_harbor_keeps_what_the_rule_lets_stay() {
        case(
            "safe-harbor",
            &["⟦AGE:45⟧ or ⟦AGE:92⟧, ⟦LOCATION:Ohio⟧, ⟦LOCATION:Columbus⟧, ⟦DATE_TIME:May 2020⟧, ⟦HEALTH_CONDITION:asthma⟧"],
            &["45 or [AGE_OVER-89], Ohio, [LOCATION], 2020, asthma"],
        );
    }

    #[test]
    fn a_place_with_a_number_is_an_address() {
        let policy = Policy::preset("glba").unwrap();
        let texts = ["⟦LOCATION:12 Elm Street, Springfield⟧ in ⟦LOCATION:Springfield⟧"];
        assert_eq!(redacted(&mut Applier::new(&policy), &texts), ["[LOCATION] in Springfield"]);
    }

    #[test]
    fn conditions_see_labels_and_confidence() {
        let source = "version = 1\nname = 'own'\n[default]\noperator = 'keep'\n\
            [groups]\npeople = { operator = 'label', when = [{ label = 'referred by', operator = 'keep' }] }\n\
            dates = { operator = 'remove', when = [{ confidence_below = 0.8, operator = 'review' }] }\n";
        let policy = Policy::parse(source, &[]).unwrap();
        let findings = [vec![finding(0, 3, Entity::PERSON, 900)]];
        let made_of = |segment| {
            let edits = Applier::new(&policy).apply(&[segment], &findings).unwrap();
            made("Ada", &edits[0])
        };
        assert_eq!(made_of(Segment::new("Ada")), "[PERSON-1]");
        assert_eq!(made_of(Segment::labelled("Ada", "referredBy")), "Ada");
        let mut applier = Applier::new(&policy);
        let dates = [vec![finding(0, 4, Entity::DATE_TIME, 900), finding(5, 9, Entity::DATE_TIME, 700)]];
        let edits = applier.apply(&[Segment::new("2019 2020")], &dates).unwrap();
        assert_eq!(made("2019 2020", &edits[0]), " [DATE_TIME]");
        assert_eq!(applier.tally().undecided, BTreeMap::from([(Entity::DATE_TIME, 1)]));
    }

    #[test]
    fn mask_shows_the_last_four_of_a_card() {
        case("mask", &["⟦CREDIT_CARD:4111 1111 1111 1111⟧ ⟦Ada⟧"], &["**** **** **** 1111 ***"]);
    }

    #[test]
    fn a_replacement_never_holds_the_value() {
        case("mask", &["⟦PERSON:***⟧ ⟦DENIED_TERM:term⟧ ⟦DENIED_TERM:red⟧"], &["[XXX] [XXX] [DENIED_TERM]"]);
        let policy = Policy::preset("redact").unwrap();
        let denied = DenyList::new(&["date".to_owned()]);
        let findings = [vec![finding(0, 4, Entity::DATE_TIME, 900)]];
        let edits = Applier::new(&policy).avoiding(&denied).apply(&[Segment::new("2019")], &findings).unwrap();
        assert_eq!(made("2019", &edits[0]), "[XXX]");
    }

    #[test]
    fn what_only_looks_like_the_value_may_stand() {
        let made = |operator: &str, marked: &str| {
            let source = format!("version = 1\nname = 'a'\n[default]\noperator = '{operator}'\n");
            let policy = Policy::parse(&source, &[]).unwrap();
            redacted(&mut Applier::new(&policy), &[marked]).concat()
        };
        assert_eq!(made("age-band", "⟦AGE:50⟧ and ⟦AGE:89⟧"), "[AGE_50-54] and [AGE_85-89]");
        assert_eq!(made("number-band", "⟦QUANTITY:1250⟧"), "[QUANTITY_1250-1259]");
        assert_eq!(made("year", "⟦DATE_TIME:2019⟧, ⟦DATE_TIME:3 May 2019⟧"), "2019, 2019");
        assert_eq!(made("state-or-country", "⟦LOCATION:Columbus, Ohio⟧"), "[LOCATION], Ohio");
        assert_eq!(made("initials", "⟦J.S.⟧ and ⟦John Smith⟧"), "J.S. and J.S.");
    }

    #[test]
    fn a_shifted_date_may_hold_the_digits_of_the_old() {
        assert!(operators::may_hold("date-shift", "1/2/2019", "11/2/2019"));
        assert!(!operators::may_hold("date-shift", "1/2/2019", "1/2/2019"));
        assert!(!operators::may_hold("pseudonym", "Jane Doe", "[Jane Doe-7WWCK7SP25]"));
        assert!(!operators::may_hold("label", "50", "[50]"));
    }

    #[test]
    fn below_the_threshold_nothing_happens() {
        let policy = Policy::preset("redact").unwrap();
        let mut applier = Applier::new(&policy);
        let segments = [Segment::new("Ada Poe")];
        let findings = [vec![finding(0, 3, Entity::PERSON, 499), finding(4, 7, Entity::DENIED_TERM, 0)]];
        let edits = applier.apply(&segments, &findings).unwrap();
        assert_eq!(made("Ada Poe", &edits[0]), "Ada [DENIED_TERM]");
        assert_eq!(applier.tally().below_threshold, 1);
        assert_eq!(applier.tally().by_operator, BTreeMap::from([("label", 1)]));
    }

    #[test]
    fn a_span_off_its_boundaries_takes_more_not_less() {
        assert_eq!(on_boundaries("aé", Span::new(2, 9)), Span::new(1, 3));
        assert_eq!(on_boundaries("", Span::new(5, 9)), Span::new(0, 0));
        assert_eq!(on_boundaries("é", Span::new(1, 1)), Span::new(0, 2));
    }
}
