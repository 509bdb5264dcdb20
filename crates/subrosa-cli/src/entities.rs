//! The entities that the program knows, from its recognizers.

use anyhow::bail;
pub use subrosa::entities::{known, summaries};
use subrosa_core::entity::Entity;
use subrosa_core::policy::groups;

/// The entity a user named.
///
/// # Errors
/// The name is no entity; the error lists the known ones.
pub fn parse(id: &str) -> anyhow::Result<Entity> {
    let known = known();
    match Entity::parse(id) {
        Ok(entity) if known.contains(&entity.id()) => Ok(entity),
        _ => bail!("there is no entity `{}`; there are {}", crate::terminal::visible(id), known.join(", ")),
    }
}

/// The ids that names of entities and of their groups (as policies have them) stand for; `*` stays.
///
/// # Errors
/// A name that is neither.
pub fn expand(names: &[String]) -> anyhow::Result<Vec<String>> {
    let mut expanded = Vec::new();
    for name in names {
        if let Some(group) = groups::find(name) {
            expanded.extend(group.entities.iter().map(|id| (*id).to_owned()));
        } else if name == "*" || Entity::parse(name).is_ok() {
            expanded.push(name.clone());
        } else {
            bail!("`{}` is no entity and no group; groups are {}", crate::terminal::visible(name), group_names());
        }
    }
    Ok(expanded)
}

/// The names of all groups, for people.
pub fn group_names() -> String {
    groups::GROUPS.iter().map(|group| group.name).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_stand_for_their_entities() {
        let names = ["phones", "MY_KIND", "*"].map(str::to_owned);
        assert_eq!(expand(&names).unwrap(), ["FAX_NUMBER", "PHONE_NUMBER", "MY_KIND", "*"]);
        assert!(expand(&["phone".to_owned()]).unwrap_err().to_string().contains("accounts, "));
    }

    #[test]
    fn unknown_entities_are_refused_with_the_known_ones() {
        let error = parse("PERSN").unwrap_err().to_string();
        assert!(error.starts_with("there is no entity `PERSN`; there are "), "{error}");
        assert!(error.contains("DENIED_TERM"));
        assert!(parse("DENIED_TERM").is_ok());
    }
}
