//! What a policy file says of its law and of the parameters that its user gives.

use std::collections::BTreeMap;

use super::reader::{Reader, list};
use super::{Node, Parameters, Places, Result};
use crate::policy::law::{Law, Notice, Partial};
use crate::policy::parameters::Declared;
use crate::policy::{Policy, limits};

impl Reader<'_> {
    /// The law that a file states or takes over.
    pub(super) fn law_of(
        &self,
        value: Option<&Node<'_>>,
        base: Option<&Policy>,
        declared: &Parameters,
        places: &mut Places,
    ) -> Result<Option<Law>> {
        let inherited = base.and_then(|base| base.law.clone());
        let Some(value) = value else { return Ok(inherited) };
        places.law = Some(value.span());
        if let (Some(_), Some(base)) = (inherited, base) {
            let message = format!("`{}` has a law of its own, which a policy that extends it keeps; leave `law` out", base.name);
            return Err(self.at(value.span(), message));
        }
        self.law(value, declared).map(Some)
    }

    fn law(&self, value: &Node<'_>, declared: &Parameters) -> Result<Law> {
        const KEYS: &[&str] = &["basis", "derives", "partial", "list", "report", "undecided", "notice"];
        let fields = self.fields(value, "law", KEYS)?;
        let needed =
            |name: &str| fields.get(name).copied().ok_or_else(|| self.at(value.span(), format!("`law` has no `{name}`")));
        let listed = match fields.get("list") {
            None => None,
            Some(value) => {
                let name = self.text(value, "list")?;
                let names: Vec<_> = limits::LISTS.iter().map(|list| list.name).collect();
                let found = limits::find(&name);
                Some(found.ok_or_else(|| self.at(value.span(), format!("`list` must be one of {}", list(&names))))?)
            }
        };
        let lines = |name: &str| fields.get(name).map(|value| self.texts(value, name)).transpose();
        Ok(Law {
            basis: self.line(needed("basis")?, "basis")?,
            derives: self.flag(needed("derives")?, "derives")?,
            partial: self.choice(needed("partial")?, "partial", Partial::ALL)?,
            list: listed,
            report: lines("report")?.unwrap_or_default(),
            notices: fields.get("notice").map(|value| self.notices(value, declared)).transpose()?.unwrap_or_default(),
            undecided: lines("undecided")?.unwrap_or_default(),
        })
    }

    /// Statements that hang on parameters.
    fn notices(&self, value: &Node<'_>, declared: &Parameters) -> Result<Vec<Notice>> {
        let notice = |value: &Node<'_>| {
            let fields = self.fields(value, "law.notice", &["given", "text"])?;
            let (Some(given), Some(text)) = (fields.get("given"), fields.get("text")) else {
                return Err(self.at(value.span(), "`law.notice` needs `given` and `text`"));
            };
            Ok(Notice { given: self.given(given, declared)?, text: self.line(text, "text")? })
        };
        self.array(value, "law.notice")?.iter().map(notice).collect()
    }

    /// The parameters that a file declares, with those it takes over.
    pub(super) fn declared(&self, value: Option<&Node<'_>>, base: Option<&Policy>) -> Result<Parameters> {
        let mut all = base.map(|base| base.parameters.clone()).unwrap_or_default();
        let Some(value) = value else { return Ok(all) };
        for (key, value) in self.table(value, "parameters")? {
            let name = key.get_ref().as_ref();
            let starts_well = name.bytes().next().is_some_and(|first| first.is_ascii_lowercase());
            if !starts_well || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_') {
                return Err(self.at(key.span(), "a parameter's name has only a-z, 0-9 and _, and starts with a letter"));
            }
            all.insert(name.to_owned(), self.parameter(value, name)?);
        }
        Ok(all)
    }

    fn parameter(&self, value: &Node<'_>, name: &str) -> Result<Declared> {
        const KEYS: &[&str] = &["description", "required", "default", "choices"];
        let place = format!("parameters.{name}");
        let fields = self.fields(value, &place, KEYS)?;
        let description = fields.get("description").map(|value| self.line(value, "description")).transpose()?;
        let description = description.filter(|text| !text.trim().is_empty());
        let declared = Declared {
            description: description.ok_or_else(|| self.at(value.span(), format!("`{place}` has no `description`")))?,
            required: fields.get("required").map(|value| self.flag(value, "required")).transpose()?.unwrap_or(false),
            choices: fields.get("choices").map(|value| self.texts(value, "choices")).transpose()?.unwrap_or_default(),
            default: fields.get("default").map(|value| self.line(value, "default")).transpose()?,
        };
        if let (Some(default), Some(value)) = (&declared.default, fields.get("default")) {
            if declared.required {
                return Err(self.at(value.span(), "a parameter that is required has no `default`; leave out one of the two"));
            }
            if let Some(objection) = declared.objection(default) {
                return Err(self.at(value.span(), format!("`default` {objection}")));
            }
        }
        Ok(declared)
    }

    /// The conditions on parameters: each must be declared, and take that value.
    pub(super) fn given(&self, value: &Node<'_>, declared: &Parameters) -> Result<BTreeMap<String, String>> {
        let mut given = BTreeMap::new();
        let known: Vec<&str> = declared.keys().map(String::as_str).collect();
        for (key, value) in self.table(value, "given")? {
            let Some(parameter) = declared.get(key.get_ref().as_ref()) else {
                return Err(self.unknown(key, "parameter of the policy", &known));
            };
            let wanted = self.text(value, key.get_ref())?;
            if let Some(objection) = parameter.objection(&wanted) {
                return Err(self.at(value.span(), format!("`{}` {objection}", key.get_ref())));
            }
            given.insert(key.get_ref().clone().into_owned(), wanted);
        }
        Ok(given)
    }
}
