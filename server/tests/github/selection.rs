//! What a GraphQL query selects: of an answer only the fields that were asked for are given, as GitHub does, so that a
//! client that forgets one notices here. Left out on purpose: named fragments, directives, checking of types.

use serde_json::{Map, Value};

/// A part of what is selected.
#[derive(Debug)]
enum Selected {
    /// A field under a name of its own, and what is selected in it.
    Field(String, String, Vec<Selected>),
    /// What is selected if it is of that type.
    On(String, Vec<Selected>),
}

/// Of `whole`, what the query selects.
///
/// # Errors
/// The field that is not there.
pub fn select(query: &str, whole: &Value) -> Result<Value, String> {
    let tokens = tokens(query);
    let begin = tokens.iter().position(|token| token == "{").ok_or("there is nothing selected")?;
    let (selected, _) = read(&tokens, begin + 1);
    pick(&selected, whole)
}

fn pick(selected: &[Selected], whole: &Value) -> Result<Value, String> {
    match whole {
        Value::Array(rows) => {
            rows.iter().map(|row| pick(selected, row)).collect::<Result<Vec<_>, _>>().map(Value::Array)
        }
        Value::Object(fields) => {
            let mut picked = Map::new();
            into(&mut picked, selected, fields)?;
            Ok(Value::Object(picked))
        }
        other => Ok(other.clone()),
    }
}

fn into(picked: &mut Map<String, Value>, selected: &[Selected], fields: &Map<String, Value>) -> Result<(), String> {
    let of_type = fields.get("__typename").and_then(Value::as_str).unwrap_or_default();
    for one in selected {
        match one {
            // Types that several have in common end so.
            Selected::On(name, inside) if name == of_type || name.ends_with("Common") => into(picked, inside, fields)?,
            Selected::On(..) => {}
            Selected::Field(alias, name, inside) => {
                let value =
                    fields.get(name).ok_or_else(|| format!("Field '{name}' doesn't exist on type '{of_type}'"))?;
                if value.is_object() && inside.is_empty() {
                    return Err(format!("Field must have selections (field '{name}' has no selections)"));
                }
                picked.insert(alias.clone(), pick(inside, value)?);
            }
        }
    }
    Ok(())
}

/// What is selected from a place in the query to the brace that ends it, and where that is.
fn read(tokens: &[String], mut at: usize) -> (Vec<Selected>, usize) {
    let mut selected = Vec::new();
    while at < tokens.len() && tokens[at] != "}" {
        if tokens[at] == "..." {
            let (inside, end) = read(tokens, at + 4);
            selected.push(Selected::On(tokens[at + 2].clone(), inside));
            at = end + 1;
            continue;
        }
        let alias = tokens[at].clone();
        let mut name = alias.clone();
        at += 1;
        if tokens.get(at).is_some_and(|token| token == ":") {
            name.clone_from(&tokens[at + 1]);
            at += 2;
        }
        let mut inside = Vec::new();
        if tokens.get(at).is_some_and(|token| token == "{") {
            let (read, end) = read(tokens, at + 1);
            (inside, at) = (read, end + 1);
        }
        selected.push(Selected::Field(alias, name, inside));
    }
    (selected, at)
}

/// Names and signs; arguments are left out.
fn tokens(query: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut name = String::new();
    let mut depth = 0;
    for c in query.replace("...", " \u{2026} ").chars() {
        let in_name = depth == 0 && (c.is_ascii_alphanumeric() || c == '_');
        if !in_name && !name.is_empty() {
            tokens.push(std::mem::take(&mut name));
        }
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if in_name => name.push(c),
            '{' | '}' | ':' if depth == 0 => tokens.push(c.to_string()),
            '\u{2026}' if depth == 0 => tokens.push("...".to_owned()),
            _ => {}
        }
    }
    tokens
}
