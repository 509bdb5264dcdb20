//! Policies that extend a preset.

use super::reader::list;
use super::{Node, Result, parse};
use crate::policy::{Policy, Preset};

use super::reader::Reader;

impl Reader<'_> {
    /// The preset that a file extends, read with whatever it extends itself.
    pub(super) fn extended(&self, value: &Node<'_>, presets: &[Preset], chain: &[&str]) -> Result<Policy> {
        let name = self.text(value, "extends")?;
        let Some(preset) = presets.iter().find(|preset| preset.name == name) else {
            let names: Vec<_> = presets.iter().map(|preset| preset.name).collect();
            let name = super::printable(&name);
            return Err(self.at(value.span(), format!("there is no preset `{name}` to extend; there are {}", list(&names))));
        };
        if chain.contains(&preset.name) {
            let round = chain.join(" extends ");
            return Err(self.at(value.span(), format!("`extends` goes round in a circle: {round} extends {name}")));
        }
        let chain: Vec<&str> = chain.iter().copied().chain([preset.name]).collect();
        parse(preset.source, &[], presets, &chain).map_err(|error| {
            let message = format!("the preset `{name}` is wrong at {error}");
            self.at(value.span(), message)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;

    const CHAIN: &[Preset] = &[
        Preset {
            name: "a",
            source: "version = 1\nname = 'a'\nthreshold = 0.3\n[default]\noperator = 'label'\n[groups.phones]\noperator = 'keep'",
        },
        Preset { name: "b", source: "version = 1\nname = 'b'\nextends = 'a'\n[entities.AGE]\noperator = 'remove'" },
        Preset { name: "egg", source: "version = 1\nname = 'egg'\nextends = 'hen'" },
        Preset { name: "hen", source: "version = 1\nname = 'hen'\nextends = 'egg'" },
        Preset { name: "self", source: "version = 1\nname = 'self'\nextends = 'self'" },
    ];

    fn own(base: &str, more: &str) -> Result<Policy> {
        parse(&format!("version = 1\nname = 'own'\nextends = '{base}'\n{more}"), &[], CHAIN, &[])
    }

    #[test]
    fn only_what_is_named_is_overridden() {
        let policy = own("b", "on_unread = 'keep'\n[entities.FAX_NUMBER]\noperator = 'mask'").unwrap();
        let operator = |id| policy.rule(&Entity::new(id)).treatment.operator.id();
        assert_eq!(
            ["AGE", "PHONE_NUMBER", "FAX_NUMBER", "PERSON"].map(operator),
            ["remove", "keep", "mask", "label"],
            "from b, a, the file, and the default of a"
        );
        assert_eq!(policy.lowest_threshold(), crate::confidence::Confidence::new(300));
        assert_eq!(policy.name(), "own");
    }

    #[test]
    fn a_rule_without_an_operator_keeps_the_one_there_was() {
        let policy =
            own("b", "[entities.AGE]\nthreshold = 0.8\n[[entities.AGE.when]]\nminor = true\noperator = 'label'").unwrap();
        let rule = policy.rule(&Entity::AGE);
        assert_eq!((rule.treatment.operator.id(), rule.when.len()), ("remove", 1));
        assert_eq!(rule.threshold, Some(crate::confidence::Confidence::new(800)));
    }

    #[test]
    fn circles_and_unknown_presets_are_refused() {
        let refused = |base, expected: &str| assert_eq!(own(base, "").unwrap_err().to_string(), expected);
        refused("c", "line 3, column 11: there is no preset `c` to extend; there are a, b, egg, hen, self");
        refused(
            "hen",
            "line 3, column 11: the preset `hen` is wrong at line 3, column 11: the preset `egg` is wrong at line 3, column 11: \
             `extends` goes round in a circle: hen extends egg extends hen",
        );
        assert!(own("self", "").unwrap_err().to_string().ends_with("in a circle: self extends self"));
    }
}
