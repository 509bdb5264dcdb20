//! Makes `docs/policies.md` from the presets: what each is for, what it does, and what it leaves to others.

use std::fmt::Write as _;

use anyhow::{Context as _, Result, ensure};
use subrosa_core::policy::groups::GROUPS;
use subrosa_core::policy::parameters::Declared;
use subrosa_core::policy::{PRESETS, Policy, describe};

use crate::project::root;

const INTRODUCTION: &str = "\
# Policies

Made by `cargo xtask gen` from `crates/subrosa-core/src/policies`. A policy says what becomes of each kind of value. It does not
make a document lawful: whether a law applies, and whether what is left may be shared, is for a person to decide. Nothing here is
legal advice.

`subrosa policy list|show|check|diff|explain` says the same of any policy, also of one's own.
";

const LANGUAGE: &str = r#"
## A policy of one's own

```toml
version = 1
name = "our clinic"
extends = "safe-harbor"                  # only what is named here is changed

[groups]                                 # all entities of a group; see below
occupations = { operator = "label" }

[entities.PERSON]                        # an entity goes before its group
operator = "label"

[[entities.PERSON.when]]                 # the first whose conditions hold is taken
role = "clinician"                       # client, relative, clinician, official, employer, third-party: from the case sheet
operator = "keep"

[entities.DATE_TIME]
threshold = 0.3                          # no operator: the one of the preset stays
```

Other conditions: `minor = true`, `confidence_below = 0.6`, `label = "employer"` (words that the name of a field or column
holds), `given = { court = "criminal" }` (a parameter). All conditions of one `when` have to hold.

`[parameters.NAME]` declares what the user has to say: `description`, and `required`, `choices` or `default`. `--param NAME=VALUE`
gives it, a rule uses it as `limit = "$NAME"`, and the report prints it: no place for personal data.

`[law]` says what a policy is written for: `basis`; `derives`, whether a code may be made from the value it stands for; `partial`,
whether part of a value may stay (`forbidden`, `allowed`, `required-form`); `list`, what may stay of each kind where the law
lists it; lines for the `report`, and what is `undecided`. A policy that extends one with a law keeps that law, and a rule that
breaks it is refused with its line and the clause: `keep` or the last four digits of a social security number under `safe-harbor`,
a code made with a key there, the whole date of birth under `court-filing`. So is a threshold that lets listed values stay.

The operator `review` leaves the decision to a person: the value is labelled, the report counts it as undecided, and `redact`
exits with 1.

A place with a number in it (`12 Elm Street, Springfield`) is treated as an address where a policy leaves less of addresses than
of places.
"#;

/// Writes the page; with `check`, only compares it with the one on disk.
pub(crate) fn run(check: bool) -> Result<()> {
    let path = root().join("docs/policies.md");
    let text = page()?;
    if check {
        let current = std::fs::read_to_string(&path).unwrap_or_default();
        ensure!(current == text, "not current, run `cargo xtask gen`: docs/policies.md");
        return Ok(());
    }
    std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn page() -> Result<String> {
    let mut page = INTRODUCTION.to_owned();
    page.push_str(
        "\n| policy | written for | codes made from values | parts of values | asks for |\n| --- | --- | --- | --- | --- |\n",
    );
    let policies = PRESETS.iter().map(|preset| Policy::preset(preset.name).context(preset.name)).collect::<Result<Vec<_>>>()?;
    for policy in &policies {
        let (basis, derives, partial) = match policy.law() {
            Some(law) => (law.basis.as_str(), if law.derives { "allowed" } else { "forbidden" }, law.partial.name()),
            None => ("", "", ""),
        };
        let asked: Vec<String> = policy.parameters().iter().map(|(name, declared)| asked(name, declared)).collect();
        let name = policy.name();
        let _ = writeln!(page, "| [`{name}`](#{name}) | {basis} | {derives} | {partial} | {} |", asked.join(", "));
    }
    page.push_str("\nParameters in bold are required.\n");
    page.push_str(LANGUAGE);
    page.push_str("\n| group | entities |\n| --- | --- |\n");
    for group in GROUPS {
        let _ = writeln!(page, "| `{}` | {}: {} |", group.name, group.summary, group.entities.join(", "));
    }
    for policy in &policies {
        section(policy, &mut page);
    }
    Ok(page)
}

fn asked(name: &str, declared: &Declared) -> String {
    if declared.required { format!("**{name}**") } else { name.to_owned() }
}

fn section(policy: &Policy, page: &mut String) {
    let _ = writeln!(page, "\n## {}\n\n{}", policy.name(), policy.description());
    if !policy.parameters().is_empty() {
        page.push('\n');
    }
    for (name, declared) in policy.parameters() {
        let choices: Vec<String> = declared.choices.iter().map(|choice| format!("`{choice}`")).collect();
        let choices = if choices.is_empty() { String::new() } else { format!(" ({})", choices.join(", ")) };
        let default = declared.default.as_ref().map(|default| format!(" `{default}` where nothing is said.")).unwrap_or_default();
        let _ = writeln!(page, "- {}{choices}: {}{default}", asked(name, declared), declared.description);
    }
    let _ = writeln!(page, "\nFrom confidence {}.\n\n| what | becomes |\n| --- | --- |", policy.base_threshold());
    for (entities, rule) in describe::by_group(&[policy], |entity| Some(describe::rule(policy.rule(entity)))) {
        let _ = writeln!(page, "| {entities} | {rule} |");
    }
    let _ = writeln!(page, "| everything else | {} |", describe::rule(policy.default_rule()));
    let Some(law) = policy.law() else { return };
    for (head, lines) in [("The report says", &law.report), ("Not decided", &law.undecided)] {
        if !lines.is_empty() {
            let _ = writeln!(page, "\n{head}:\n");
        }
        for line in lines {
            let _ = writeln!(page, "- {line}");
        }
    }
}
