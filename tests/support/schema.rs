//! Checks a JSON value against one of the committed schemas, in the few words of JSON Schema that they use. Any other word
//! fails the test, so that nothing goes unchecked.

use serde_json::{Value, json};

/// The committed schema `docs/schemas/NAME`.
pub(crate) fn load(name: &str) -> Value {
    let path = format!("{}/../../docs/schemas/{name}", env!("CARGO_MANIFEST_DIR"));
    #[allow(clippy::disallowed_methods, reason = "a test reads the committed schema")]
    serde_json::from_slice(&std::fs::read(path).expect("the schema is committed")).expect("the schema is JSON")
}

/// Where the value is not as the schema says.
pub(crate) fn check(value: &Value, schema: &Value) -> Result<(), String> {
    valid(value, schema, schema, "")
}

/// `YYYY-MM-DD`.
fn is_day(text: &str) -> bool {
    let shape: String = text.chars().map(|sign| if sign.is_ascii_digit() { '9' } else { sign }).collect();
    shape == "9999-99-99"
}

fn valid(value: &Value, schema: &Value, root: &Value, place: &str) -> Result<(), String> {
    let words = schema.as_object().ok_or_else(|| format!("{place}: no schema"))?;
    let (first, then): (Vec<_>, Vec<_>) = words.iter().partition(|(word, _)| ["type", "$ref"].contains(&word.as_str()));
    for (word, rule) in first.into_iter().chain(then) {
        let holds = match word.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" => true,
            "$ref" => {
                let name = rule.as_str().and_then(|path| path.strip_prefix("#/$defs/")).expect("a local reference");
                valid(value, &root["$defs"][name], root, place)?;
                true
            }
            "type" => match rule.as_str().expect("one type") {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "integer" => value.is_u64(),
                "number" => value.is_number(),
                "boolean" => value.is_boolean(),
                other => panic!("{place}: type {other}"),
            },
            "const" => value == rule,
            "enum" => rule.as_array().expect("a list").contains(value),
            "minimum" => value.as_f64() >= rule.as_f64(),
            "maximum" => value.as_f64() <= rule.as_f64(),
            "maxLength" => value.as_str().is_some_and(|text| text.chars().count() as u64 <= rule.as_u64().unwrap()),
            "pattern" => regex::Regex::new(rule.as_str().unwrap()).unwrap().is_match(value.as_str().unwrap()),
            "minItems" => value.as_array().is_some_and(|items| items.len() as u64 >= rule.as_u64().unwrap()),
            "maxItems" => value.as_array().is_some_and(|items| items.len() as u64 <= rule.as_u64().unwrap()),
            "format" if rule == "date" => value.as_str().is_some_and(is_day),
            "required" => rule.as_array().unwrap().iter().all(|name| value.get(name.as_str().unwrap()).is_some()),
            "properties" => {
                for (name, of) in rule.as_object().unwrap() {
                    if let Some(field) = value.get(name) {
                        valid(field, of, root, &format!("{place}/{name}"))?;
                    }
                }
                true
            }
            "additionalProperties" if rule.is_boolean() => {
                let known = schema["properties"].as_object().unwrap();
                value.as_object().unwrap().keys().all(|name| known.contains_key(name))
            }
            "additionalProperties" => {
                for (name, field) in value.as_object().unwrap() {
                    valid(field, rule, root, &format!("{place}/{name}"))?;
                }
                true
            }
            "items" => {
                for (i, item) in value.as_array().unwrap().iter().enumerate() {
                    valid(item, rule, root, &format!("{place}/{i}"))?;
                }
                true
            }
            other => panic!("{place}: the test does not know the word {other}"),
        };
        if !holds {
            return Err(format!("{place}: {word}"));
        }
    }
    Ok(())
}

/// Field by field of `whole`, which follows the schema: none may be of another type, or joined by one nobody knows; none may be
/// missing but the `optional` ones, given by name or by pointer. Holds for the schema and for the program, which `reads` or does not. Objects whose pointer
/// ends in one of `maps` have any names.
#[allow(dead_code, reason = "not every test that checks a value checks a format")]
pub(crate) fn every_field_is_checked(
    whole: &Value,
    schema: &Value,
    optional: &[&str],
    maps: &[&str],
    reads: &dyn Fn(&Value) -> bool,
) {
    let mut fields = Vec::new();
    collect(whole, "", &mut fields);
    assert!(fields.len() > 10, "{}", fields.len());
    check(whole, schema).unwrap();
    assert!(reads(whole), "the program does not read its own example");
    for (pointer, name) in fields {
        let map = maps.iter().any(|map| pointer.ends_with(map));
        let mut wrong = whole.clone();
        wrong.pointer_mut(&pointer).unwrap()[&name] = json!([[]]);
        assert!(check(&wrong, schema).is_err(), "{pointer}/{name} may be a list of lists");
        assert!(!reads(&wrong), "{pointer}/{name} is read as a list of lists");
        if map {
            continue;
        }
        let mut more = whole.clone();
        more.pointer_mut(&pointer).unwrap()["unheard_of"] = json!(1);
        assert!(check(&more, schema).is_err(), "{pointer} may have a field nobody knows");
        assert!(!reads(&more), "{pointer} is read with a field nobody knows");
        let mut less = whole.clone();
        less.pointer_mut(&pointer).unwrap().as_object_mut().unwrap().remove(&name);
        let may = optional.contains(&name.as_str()) || optional.contains(&format!("{pointer}/{name}").as_str());
        assert_eq!(check(&less, schema).is_ok(), may, "{pointer} without {name}");
        assert_eq!(reads(&less), may, "{pointer} read without {name}");
    }
}

#[allow(dead_code, reason = "see above")]
fn collect(value: &Value, pointer: &str, fields: &mut Vec<(String, String)>) {
    if let Some(object) = value.as_object() {
        for (name, field) in object {
            fields.push((pointer.to_owned(), name.clone()));
            collect(field, &format!("{pointer}/{name}"), fields);
        }
    }
    for (i, item) in value.as_array().into_iter().flatten().enumerate() {
        collect(item, &format!("{pointer}/{i}"), fields);
    }
}
