//! Short names for kinds of values: `accounts` stands for the entities that the Safe Harbor list has under letter J.

use subrosa_core::entity::Entity;
use subrosa_core::policy::safe_harbor;

use crate::entities;

/// The names, with the letters that they stand for.
pub const GROUPS: &[(&str, char)] = &[
    ("names", 'A'),
    ("places", 'B'),
    ("dates", 'C'),
    ("phones", 'D'),
    ("faxes", 'E'),
    ("emails", 'F'),
    ("national-ids", 'G'),
    ("records", 'H'),
    ("health-plans", 'I'),
    ("accounts", 'J'),
    ("licences", 'K'),
    ("vehicles", 'L'),
    ("devices", 'M'),
    ("urls", 'N'),
    ("ips", 'O'),
    ("other-ids", 'R'),
];

/// The entities that names of groups and entities stand for; `*` stays.
///
/// # Errors
/// A name that is neither.
pub fn expand(names: &[String]) -> anyhow::Result<Vec<String>> {
    let mut expanded = Vec::new();
    for name in names {
        if let Some((_, letter)) = GROUPS.iter().find(|(group, _)| group == name) {
            let under = |id: &&str| Entity::parse(id).is_ok_and(|entity| safe_harbor::letter(&entity) == Some(*letter));
            expanded.extend(entities::known().into_iter().filter(under).map(str::to_owned));
        } else if name == "*" || Entity::parse(name).is_ok() {
            expanded.push(name.clone());
        } else {
            let groups: Vec<&str> = GROUPS.iter().map(|(group, _)| *group).collect();
            anyhow::bail!("`{}` is no entity and no group; groups are {}", crate::terminal::visible(name), groups.join(", "));
        }
    }
    Ok(expanded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_has_entities_and_a_letter() {
        for (group, letter) in GROUPS {
            assert!(!expand(&[(*group).to_owned()]).unwrap().is_empty(), "{group}");
            assert!(safe_harbor::LETTERS.iter().any(|(known, ..)| known == letter));
        }
        assert_eq!(expand(&["phones".to_owned(), "MY_KIND".to_owned()]).unwrap(), ["PHONE_NUMBER", "MY_KIND"]);
        assert!(expand(&["phone".to_owned()]).is_err());
    }
}
