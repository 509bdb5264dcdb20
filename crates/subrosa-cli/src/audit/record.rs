//! What the log is told of a run.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::ensure;
use subrosa::plan::{Origin, PlanFile};
use subrosa_core::report::{FileReport, Report, Verdict};
use subrosa_vault::audit::{Hash, LONGEST, Record, Subject, Time};

/// Who does something, and on what ground.
pub struct Who {
    actor: String,
    reason: Option<String>,
}

impl Who {
    /// As given, or else the account's name.
    ///
    /// # Errors
    /// A name or a reason that the log cannot hold.
    pub fn new(actor: Option<&str>, reason: Option<String>) -> anyhow::Result<Self> {
        let plain = |text: &str| !text.is_empty() && !text.contains(char::is_control);
        let actor = actor.map_or_else(account, str::to_owned);
        ensure!(plain(&actor) && actor.chars().count() <= 200, "--actor: 1 to 200 characters, no control characters");
        if let Some(reason) = &reason {
            ensure!(plain(reason) && reason.chars().count() <= 2000, "--reason: 1 to 2000 characters, no control characters");
        }
        Ok(Self { actor, reason })
    }
}

/// The name that the system gives the user. Whoever runs the program can change it; the signature says whose key it was.
pub fn account() -> String {
    #[allow(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
    let name = ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| "unknown".to_owned())
}

/// The time.
pub fn now() -> Time {
    #[allow(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Time::from_unix(since.map_or(0, |since| since.as_secs()))
}

/// A run that made `report`, which stands at the path with these bytes.
pub fn of_run(who: &Who, action: &str, report: &Report, written: Option<(&Path, &[u8])>) -> Record {
    let mut counts = BTreeMap::new();
    for file in &report.files {
        *counts.entry(format!("files {}", word(file.verdict))).or_default() += 1;
        if file.verdict != Verdict::Refused {
            for (entity, count) in &file.findings.by_entity {
                *counts.entry(entity.clone()).or_default() += count;
            }
        }
    }
    let mut subjects = Vec::new();
    if let Some((path, bytes)) = written {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        subjects.push(Subject { sha256_out: Some(Hash::of(bytes)), ..named(&format!("report {name}")) });
    }
    // A report names its files and the log has the report's hash, so that of many files nothing is lost.
    let room: usize = report.files.iter().map(|file| file.path.len() * 2 + 300).sum();
    if room <= LONGEST / 2 || subjects.is_empty() {
        subjects.extend(report.files.iter().map(subject));
    }
    Record {
        time: now(),
        actor: who.actor.clone(),
        action: action.to_owned(),
        subjects,
        counts,
        reason: who.reason.clone(),
        policy: Some(report.policy.sha256.clone()),
    }
}

/// A plan of a document, for which a vault gave codes.
pub fn of_plan(who: &Who, plan: &PlanFile) -> Record {
    let mut counts = BTreeMap::new();
    for planned in plan.findings.iter().filter(|planned| planned.origin == Origin::Found) {
        *counts.entry(planned.entity.clone()).or_default() += 1;
    }
    let hash = Hash::try_from(plan.input.sha256.clone()).ok();
    Record {
        time: now(),
        actor: who.actor.clone(),
        action: "plan".to_owned(),
        subjects: vec![Subject { sha256_in: hash, outcome: Some("planned".to_owned()), ..named(&plan.input.name) }],
        counts,
        reason: who.reason.clone(),
        policy: Some(plan.policy.sha256.clone()),
    }
}

/// Something that was done to a vault: a role, a copy or nothing in particular, and how much of what.
pub fn of_vault(actor: &str, action: &str, subject: Option<&str>, counts: &[(&str, u64)], reason: Option<String>) -> Record {
    Record {
        time: now(),
        actor: actor.to_owned(),
        action: format!("vault {action}"),
        subjects: subject.into_iter().map(named).collect(),
        counts: counts.iter().map(|(what, count)| ((*what).to_owned(), *count)).collect(),
        reason,
        policy: None,
    }
}

fn subject(file: &FileReport) -> Subject {
    let hash = |hash: &Option<String>| hash.clone().and_then(|hash| Hash::try_from(hash).ok());
    Subject {
        outcome: Some(word(file.verdict).to_owned()),
        sha256_in: hash(&file.sha256_in),
        sha256_out: hash(&file.sha256_out),
        ..named(&file.path)
    }
}

fn named(name: &str) -> Subject {
    Subject { name: name.to_owned(), ..Subject::default() }
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Redacted => "redacted",
        Verdict::Clean => "clean",
        Verdict::Kept => "kept",
        Verdict::Refused => "refused",
    }
}
