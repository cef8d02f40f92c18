//! The page about the API, read off its description.

use app::{
    features::api::port::{ApiPort, ApiView, Choice, Field, Kind, Operation, Part, Reply, Shape, Word},
    port::Answer,
};
use serde_json::{Map, Value};

use super::Ports;
use crate::web::api::description;

impl ApiPort for Ports {
    fn api(&self) -> Answer<'_, ApiView> {
        let address = self.0.context.config.address().to_owned();
        Box::pin(async move { Ok(view(&serde_json::to_value(description()).unwrap_or_default(), &address)) })
    }
}

fn view(description: &Value, address: &str) -> ApiView {
    let operations: Vec<(&str, Operation)> = object(&description["paths"])
        .flat_map(|(path, item)| {
            let methods = object(item).filter(|(_, operation)| operation["responses"].is_object());
            methods.map(move |(method, operation)| (path, method, operation))
        })
        .map(|(path, method, operation)| (text(&operation["tags"][0]), read(path, method, operation, address)))
        .collect();
    let part = |tag: &Value| {
        let name = text(&tag["name"]);
        let own = operations.iter().filter(|(part, _)| *part == name).map(|(_, operation)| operation.clone());
        Part { name: name.to_owned(), about: text(&tag["description"]).to_owned(), operations: own.collect() }
    };
    ApiView {
        version: text(&description["info"]["version"]).to_owned(),
        about: text(&description["info"]["description"]).split("\n\n").map(str::to_owned).collect(),
        parts: list(&description["tags"]).map(part).collect(),
        shapes: object(&description["components"]["schemas"]).map(|(name, schema)| shape(name, schema)).collect(),
    }
}

fn read(path: &str, method: &str, operation: &Value, address: &str) -> Operation {
    let parameters: Vec<Field> = list(&operation["parameters"]).map(parameter).collect();
    let body = &operation["requestBody"]["content"]["application/json"]["schema"];
    let token = operation["security"].is_array();
    Operation {
        id: text(&operation["operationId"]).to_owned(),
        method: method.to_uppercase(),
        path: path.to_owned(),
        title: text(&operation["summary"]).to_owned(),
        about: text(&operation["description"]).replace('\n', " "),
        token,
        example: example(path, method, operation, (address, token)),
        parameters,
        body: (!body.is_null()).then(|| kind(body)),
        answers: object(&operation["responses"]).map(|(status, answer)| reply(status, answer)).collect(),
    }
}

fn parameter(parameter: &Value) -> Field {
    Field {
        name: text(&parameter["name"]).to_owned(),
        place: text(&parameter["in"]).to_owned(),
        kind: kind(&parameter["schema"]),
        about: text(&parameter["description"]).replace('\n', " "),
        required: parameter["required"] == true,
    }
}

fn reply(status: &str, answer: &Value) -> Reply {
    let content = object(&answer["content"]).next();
    Reply {
        status: status.to_owned(),
        about: text(&answer["description"]).replace('\n', " "),
        media: content.map(|(media, _)| media.to_owned()).unwrap_or_default(),
        kind: content.map(|(_, content)| kind(&content["schema"])).unwrap_or_default(),
    }
}

/// How a shell asks: the address with the examples of what it needs.
fn example(path: &str, method: &str, operation: &Value, (address, token): (&str, bool)) -> String {
    let mut path = path.to_owned();
    for parameter in list(&operation["parameters"]).filter(|parameter| parameter["in"] == "path") {
        let value = match &parameter["example"] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        path = path.replace(&format!("{{{}}}", text(&parameter["name"])), &value);
    }
    let token = if token { " \\\n  -H \"Authorization: Bearer $TOKEN\"" } else { "" };
    let body = if method == "post" {
        " \\\n  -H 'Content-Type: application/json' \\\n  -d '{\"proposal\": \"cep/4702\", \"decision\": {\"action\": \
         \"commit\", \"release\": \"v1.10\"}}'"
    } else {
        ""
    };
    format!("curl '{address}{path}'{token}{body}")
}

fn shape(name: &str, schema: &Value) -> Shape {
    let mut choices: Vec<Choice> = list(&schema["enum"]).map(|value| choice(&Kind(vec![quoted(value)]))).collect();
    for several in ["oneOf", "anyOf"] {
        choices.extend(list(&schema[several]).map(|one| Choice {
            about: sentence(one),
            fields: fields(one),
            kind: if fields(one).is_empty() { kind(one) } else { Kind::default() },
        }));
    }
    Shape { name: name.to_owned(), about: sentence(schema), fields: fields(schema), choices }
}

fn choice(kind: &Kind) -> Choice {
    Choice { kind: kind.clone(), about: String::new(), fields: Vec::new() }
}

fn sentence(schema: &Value) -> String {
    text(&schema["description"]).replace('\n', " ")
}

/// The fields of an object, those of the objects that it is put together from included.
fn fields(schema: &Value) -> Vec<Field> {
    let required: Vec<&str> = list(&schema["required"]).map(text).collect();
    let field = |(name, schema): (&str, &Value)| Field {
        name: name.to_owned(),
        place: String::new(),
        kind: kind(schema),
        about: sentence(schema),
        required: required.contains(&name),
    };
    let mut all: Vec<Field> = object(&schema["properties"]).map(field).collect();
    for part in list(&schema["allOf"]) {
        let whole = kind(part);
        if part["$ref"].is_string() {
            let about = "its fields stand among these".to_owned();
            all.push(Field { name: "…".to_owned(), place: String::new(), kind: whole, about, required: true });
        }
        all.extend(fields(part));
    }
    all
}

/// What a value is, in words.
fn kind(schema: &Value) -> Kind {
    Kind(words(schema))
}

fn words(schema: &Value) -> Vec<Word> {
    let plain = |text: &str| vec![Word::Text(text.to_owned())];
    if let Some(name) = schema["$ref"].as_str() {
        return vec![Word::Shape(name.rsplit('/').next().unwrap_or(name).to_owned())];
    }
    for several in ["oneOf", "anyOf", "allOf"] {
        let all: Vec<Vec<Word>> = list(&schema[several]).map(words).collect();
        if !all.is_empty() {
            return all.join(&Word::Text(if several == "allOf" { " with " } else { " or " }.to_owned()));
        }
    }
    let values: Vec<Vec<Word>> = list(&schema["enum"]).map(|value| vec![quoted(value)]).collect();
    if !values.is_empty() {
        return values.join(&Word::Text(" or ".to_owned()));
    }
    match &schema["type"] {
        Value::String(name) if name == "array" => {
            let inside = list(&schema["prefixItems"]).map(words).collect::<Vec<_>>();
            if inside.is_empty() {
                return [plain("list of "), words(&schema["items"])].concat();
            }
            [plain("pair of "), inside.join(&Word::Text(" and ".to_owned()))].concat()
        }
        Value::String(name) if name == "string" => plain(match text(&schema["format"]) {
            "date-time" => "instant",
            "date" => "day",
            _ => "text",
        }),
        Value::String(name) => plain(name),
        Value::Array(names) => {
            let rest: Vec<_> = names.iter().filter(|name| *name != "null").collect();
            let mut one = schema.clone();
            if let [only] = rest.as_slice() {
                one["type"] = (*only).clone();
                return [words(&one), plain(" or null")].concat();
            }
            plain(&names.iter().map(text).collect::<Vec<_>>().join(" or "))
        }
        _ => plain("anything"),
    }
}

fn quoted(value: &Value) -> Word {
    Word::Text(value.as_str().map_or_else(|| value.to_string(), |text| format!("`{text}`")))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn object(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flat_map(|object: &Map<String, Value>| object.iter()).map(|(k, v)| (k.as_str(), v))
}
