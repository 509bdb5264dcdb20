//! What a policy says of the law it is written for, and the check that its rules keep to it.
//!
//! The check knows three things of a law: whether a code may be derived from the value it stands for, whether part of a value
//! may stay, and for the laws of [`limits`](super::limits) what may stay of each kind. It is about rules, not documents: it
//! cannot tell whether the detector finds everything, nor whether the law applies at all.

use std::collections::BTreeMap;

use super::limits::{Limit, List, Who};
use super::{Conditions, Policy, Rule, Treatment};
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::operators::Leaves;
use crate::registry;

/// Above this, a threshold lets findings stay that everybody else acts on.
const SURE: Confidence = Confidence::new(500);

/// What a policy says of its law.
#[derive(Clone, Debug)]
pub struct Law {
    /// What to read: sections and guidelines.
    pub basis: String,
    /// Whether a pseudonym may be derived from the value it stands for, given a key.
    pub derives: bool,
    /// Whether part of a value may stay.
    pub partial: Partial,
    /// What may stay of each kind, where the law lists it.
    pub list: Option<&'static List>,
    /// What the report says.
    pub report: Vec<String>,
    /// What the report says, too, where parameters have been given certain values. Empty once they are given.
    pub notices: Vec<Notice>,
    /// What the policy does not decide; the report says that, too.
    pub undecided: Vec<String>,
}

/// A statement that hangs on what was given.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Parameters of the policy that have been given these values.
    pub given: BTreeMap<String, String>,
    /// What is said then.
    pub text: String,
}

impl Law {
    /// Makes statements of the notices whose conditions hold.
    pub(super) fn settle(&mut self, given: &BTreeMap<String, String>) {
        for notice in std::mem::take(&mut self.notices) {
            if notice.given.iter().all(|(name, value)| given.get(name) == Some(value)) {
                self.report.push(notice.text);
            }
        }
    }
}

/// Whether part of a value may stay: its last four digits, initials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Partial {
    /// No.
    Forbidden,
    /// Yes.
    Allowed,
    /// Only in the form that the law names, and of other kinds whatever the policy likes.
    RequiredForm,
}

impl Partial {
    /// All, with the names that policies use.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("forbidden", Self::Forbidden), ("allowed", Self::Allowed), ("required-form", Self::RequiredForm)];

    /// The name that policies use.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, partial)| *partial == self).map_or("", |(name, _)| name)
    }
}

/// A rule breaks the law of its policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Breach {
    /// The entity whose rule it is; of the default rule one that it is for.
    pub entity: Entity,
    /// What the rule does, what the law says, and what would be right.
    pub reason: String,
}

impl Policy {
    /// What the policy says of its law; nothing when it is not written for one.
    pub fn law(&self) -> Option<&Law> {
        self.law.as_ref()
    }

    /// Checks the rules against the law of the policy.
    ///
    /// # Errors
    /// The first rule that breaks it, in the order of entities.
    pub fn lint(&self) -> Result<(), Breach> {
        let Some(law) = &self.law else { return Ok(()) };
        let known = registry::all().iter().map(|recognizer| &recognizer.info().entity);
        // What nobody has heard of stands for every recognizer that is still to come.
        let unheard_of = Entity::new("ANY_OTHER");
        for entity in known.chain(self.entities.keys()).chain([&unheard_of]) {
            self.lint_entity(law, entity).map_err(|reason| Breach { entity: entity.clone(), reason })?;
        }
        Ok(())
    }

    fn lint_entity(&self, law: &Law, entity: &Entity) -> Result<(), String> {
        let rule = self.rule(entity);
        let always = Conditions::default();
        let cases = rule.when.iter().map(|when| (&when.conditions, &when.treatment));
        let mut may_be_minor = true;
        for (conditions, treatment) in cases.chain([(&always, &rule.treatment)]) {
            let who =
                Who { role: conditions.role, may_be_minor: may_be_minor && conditions.minor != Some(false), given: &self.given };
            let limit = law.list.and_then(|list| (list.most)(entity, &who));
            law.objection(entity, treatment, limit.as_ref()).map_or(Ok(()), Err)?;
            if *conditions == (Conditions { minor: Some(true), ..Conditions::default() }) {
                may_be_minor = false;
            }
        }
        self.lint_threshold(law, entity, rule)
    }

    fn lint_threshold(&self, law: &Law, entity: &Entity, rule: &Rule) -> Result<(), String> {
        let who = Who { role: None, may_be_minor: true, given: &self.given };
        let Some(limit) = law.list.and_then(|list| (list.most)(entity, &who)) else { return Ok(()) };
        let threshold = rule.threshold.unwrap_or(self.threshold);
        if threshold <= SURE || *entity == Entity::DENIED_TERM {
            return Ok(());
        }
        Err(format!(
            "a threshold of {threshold} lets findings of {entity} stay, and {} lists them ({}); it may be at most {SURE}",
            law.basis, limit.clause
        ))
    }
}

impl Law {
    fn objection(&self, entity: &Entity, treatment: &Treatment, limit: Option<&Limit>) -> Option<String> {
        let operator = treatment.operator.id();
        let leaves = treatment.operator.leaves();
        if limit.is_some_and(|limit| (limit.permits)(treatment)) {
            return None;
        }
        let bound = limit.is_some() || self.list.is_none();
        let left = match leaves {
            Leaves::Derived if !self.derives && bound => "makes something from the value",
            Leaves::Part if bound && self.partial != Partial::Allowed => "leaves part of the value",
            Leaves::General if limit.is_some() => "leaves something that the value lies in",
            Leaves::Value if limit.is_some() => "leaves the value",
            Leaves::Nothing | Leaves::Code | Leaves::Derived | Leaves::Part | Leaves::General | Leaves::Value => return None,
        };
        let clause = limit.map(|limit| format!(" ({})", limit.clause)).unwrap_or_default();
        let forms = limit.map_or("", |limit| limit.forms);
        let forms = if forms.is_empty() { String::new() } else { format!(", or {forms}") };
        Some(format!(
            "`{operator}` for {entity} {left}, which {} does not allow{clause}; use an operator that leaves nothing, such as `label`{forms}",
            self.basis
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extended(base: &str, more: &str) -> Result<Policy, String> {
        let source = format!("version = 1\nname = 'own'\nextends = '{base}'\n{more}");
        Policy::parse(&source, &[]).map_err(|error| error.to_string())
    }

    #[track_caller]
    fn accepted(base: &str, more: &str) {
        if let Err(error) = extended(base, more) {
            panic!("{base} with {more:?}: {error}");
        }
    }

    #[track_caller]
    fn refused(base: &str, more: &str, expected: &[&str]) {
        let error = extended(base, more).map(|_| ()).expect_err(more);
        for part in expected {
            assert!(error.contains(part), "{error:?} does not say {part:?}");
        }
    }

    #[test]
    fn every_preset_keeps_to_its_own_law() {
        for preset in super::super::PRESETS {
            let policy = Policy::preset(preset.name).unwrap();
            assert_eq!(policy.lint(), Ok(()), "{}", preset.name);
        }
    }

    #[test]
    fn safe_harbor_lets_no_listed_value_stay() {
        accepted("safe-harbor", "[entities.PERSON]\noperator = 'remove'");
        refused(
            "safe-harbor",
            "[entities.US_SSN]\noperator = 'keep'",
            &[
                "line 4, column 11: `keep` for US_SSN leaves the value",
                "45 CFR 164.514(b)(2)",
                "(G, Social security numbers)",
                "`label`",
            ],
        );
        refused("safe-harbor", "[default]\noperator = 'keep'", &["line 4, column 1", "`keep` for"]);
        refused("safe-harbor", "[groups.emails]\noperator = 'keep'", &["line 4, column 9", "EMAIL_ADDRESS", "(F, "]);
    }

    #[test]
    fn safe_harbor_lets_no_part_stay() {
        refused(
            "safe-harbor",
            "[entities.US_SSN]\noperator = 'mask'\nkeep_last = 4",
            &["`mask` for US_SSN leaves part of the value"],
        );
        refused(
            "safe-harbor",
            "[[entities.US_SSN.when]]\nconfidence_below = 0.5\noperator = 'mask'",
            &["`mask` for US_SSN leaves part of the value"],
        );
    }

    #[test]
    fn safe_harbor_takes_random_codes_and_no_derived_ones() {
        accepted("safe-harbor", "[groups.people]\noperator = 'code'");
        for operator in ["pseudonym", "hmac", "encrypt", "fpe"] {
            let more = format!("[groups.people]\noperator = '{operator}'");
            refused("safe-harbor", &more, &["for PERSON makes something from the value", "(c) does not allow"]);
        }
        refused("safe-harbor", "[groups.dates]\noperator = 'date-shift'", &["for DATE_TIME makes something", "or `year`"]);
    }

    #[test]
    fn safe_harbor_knows_what_may_be_coarse() {
        accepted("safe-harbor", "[groups.births]\noperator = 'year'\nreference_year = 2020");
        accepted("safe-harbor", "[groups.ages]\noperator = 'age-band'");
        refused("safe-harbor", "[groups.ages]\noperator = 'age-band'\nlimit = 99", &["(C, "]);
        refused("safe-harbor", "[groups.births]\noperator = 'year'\nage_limit = 0", &["age limit of at most 89"]);
        refused(
            "safe-harbor",
            "[groups.addresses]\noperator = 'city-state'",
            &["(B, Geographic subdivisions smaller than a State)"],
        );
        refused("safe-harbor", "[groups.us-tax-ids]\noperator = 'last-four'", &["leaves part of the value"]);
        refused("safe-harbor", "[groups.people]\noperator = 'initials'", &["leaves part of the value"]);
        accepted("safe-harbor", "[entities.AGE]\noperator = 'age-cap'\nlimit = 64");
        refused("safe-harbor", "[entities.AGE]\noperator = 'age-cap'\nlimit = 95", &["AGE", "(C, ", "`age-cap` up to 89"]);
        refused("safe-harbor", "[entities.STREET_ADDRESS]\noperator = 'state-or-country'", &["lies in", "(B, "]);
    }

    #[test]
    fn safe_harbor_does_not_ask_for_names_of_providers() {
        accepted("safe-harbor", "[[entities.PERSON.when]]\nrole = 'clinician'\noperator = 'keep'");
        accepted("safe-harbor", "[[entities.PERSON.when]]\nrole = 'official'\noperator = 'keep'");
        refused("safe-harbor", "[[entities.PERSON.when]]\nrole = 'relative'\noperator = 'keep'", &["(A, Names)"]);
        refused("safe-harbor", "[[entities.PERSON.when]]\nlabel = 'doctor'\noperator = 'keep'", &["(A, Names)"]);
    }

    #[test]
    fn a_limited_data_set_keeps_dates_and_towns_but_no_street() {
        accepted("limited-data-set", "[entities.ZIP_CODE]\noperator = 'keep'\n[groups.medical-records]\noperator = 'pseudonym'");
        refused(
            "limited-data-set",
            "[groups.addresses]\noperator = 'keep'",
            &["Postal address other than town, State and ZIP code"],
        );
        refused("limited-data-set", "[groups.phones]\noperator = 'keep'", &["164.514(e)", "Fax numbers"]);
        refused("limited-data-set", "[groups.us-tax-ids]\noperator = 'last-four'", &["leaves part of the value"]);
    }

    #[test]
    fn the_form_that_courts_ask_for_is_the_most_that_may_stay() {
        accepted("court-filing", "[groups.us-tax-ids]\noperator = 'label'");
        accepted("court-filing", "[groups.people]\noperator = 'label'");
        accepted("court-filing", "[groups.addresses]\noperator = 'keep'");
        refused("court-filing", "[entities.US_SSN]\noperator = 'keep'", &["5.2(a)", "may include only the last four digits"]);
        refused("court-filing", "[entities.US_SSN]\noperator = 'mask'\nkeep_last = 8", &["leaves part", "or `last-four`"]);
        refused("court-filing", "[groups.births]\noperator = 'keep'", &["the year of birth"]);
        refused("court-filing", "[groups.people]\noperator = 'keep'", &["the initials of a minor"]);
        // A minor who is a relative would stay before anybody asks whether they are a minor.
        let relatives = "when = [{ role = 'relative', operator = 'keep' }, { minor = true, operator = 'initials' }]";
        refused(
            "court-filing",
            &format!("[groups]\npeople = {{ operator = 'keep', {relatives} }}"),
            &["the initials of a minor"],
        );
    }

    #[test]
    fn what_hangs_on_a_parameter_is_checked_once_it_is_given() {
        let policy = extended("court-filing", "[groups.addresses]\noperator = 'keep'").unwrap();
        let given = |court: &str| [("court".to_owned(), court.to_owned())].into();
        assert_eq!(policy.clone().with_parameters(&given("civil")).unwrap().lint(), Ok(()));
        let breach = policy.with_parameters(&given("criminal")).unwrap().lint().unwrap_err();
        assert!(breach.to_string().contains("city and State of a home address"), "{breach}");
    }

    #[test]
    fn of_a_card_at_most_six_and_four_digits_stay() {
        accepted("pci-display", "[groups.cards]\noperator = 'first-six-last-four'");
        accepted("pci-display", "[groups.cards]\noperator = 'remove'");
        refused("pci-display", "[groups.cards]\noperator = 'keep'", &["PCI DSS 4.0.1", "the last four digits of a card number"]);
        refused("pci-display", "[groups.cards]\noperator = 'mask'\nkeep_first = 8", &["leaves part of the value"]);
        refused("pci-display", "[groups.credentials]\noperator = 'keep'", &["no PIN after authorisation"]);
    }

    #[test]
    fn a_record_code_of_a_school_is_not_derived() {
        accepted("ferpa", "[groups.people]\noperator = 'code'");
        refused("ferpa", "[groups.people]\noperator = 'pseudonym'", &["34 CFR 99.3 and 99.31(b) does not allow"]);
        refused("ferpa", "[groups.us-tax-ids]\noperator = 'last-four'", &["leaves part of the value"]);
    }

    #[test]
    fn other_laws_take_codes_made_with_a_key() {
        for base in ["ccpa", "gdpr-pseudonymise", "glba", "pipeda", "therapy-notes"] {
            accepted(base, "[groups.people]\noperator = 'pseudonym'");
        }
    }

    #[test]
    fn a_threshold_cannot_do_what_keep_may_not() {
        refused("safe-harbor", "threshold = 0.9", &["threshold of 0.90", "at most 0.50"]);
        refused("safe-harbor", "[entities.US_SSN]\nthreshold = 1.0", &["line 4, column 11", "US_SSN"]);
        accepted("safe-harbor", "[entities.HEALTH_CONDITION]\nthreshold = 1.0");
        accepted("safe-harbor", "[entities.US_SSN]\nthreshold = 0.3");
    }

    #[test]
    fn a_law_without_a_list_binds_every_rule() {
        let own = |rules: &str| {
            let source = format!(
                "version = 1\nname = 'own'\n[law]\nbasis = 'Rule 7'\nderives = false\npartial = 'forbidden'\n\
                 [default]\noperator = 'label'\n{rules}"
            );
            Policy::parse(&source, &[]).map(|_| ()).map_err(|error| error.to_string())
        };
        assert_eq!(own("[entities.AGE]\noperator = 'keep'"), Ok(()));
        assert!(own("[entities.US_SSN]\noperator = 'mask'").unwrap_err().contains("Rule 7 does not allow"));
    }

    #[test]
    fn the_notice_of_part_2_goes_with_records_given_on_consent() {
        for preset in ["share-with-provider", "therapy-notes"] {
            let says = |part2: &str| {
                let policy = Policy::preset(preset).unwrap();
                let all = [("part2", part2), ("recipient", "Dr Roe"), ("purpose", "treatment")];
                let known = all.iter().filter(|(name, _)| policy.parameters().contains_key(*name));
                let given = known.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
                policy.with_parameters(&given).unwrap().law().unwrap().report.join("\n")
            };
            let notice = "42 CFR part 2 prohibits unauthorized use or disclosure of these records.";
            assert!(says("consent").contains(notice), "{preset}");
            assert!(!says("no").contains("42 CFR 2.32"), "{preset}");
        }
    }
}
