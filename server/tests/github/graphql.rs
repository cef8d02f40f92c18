//! Project boards, the one thing that is asked by GraphQL.

use serde_json::{Value, json};

use super::{
    access::Token,
    ask::{Ask, Reply},
    selection::select,
    world::World,
};

/// A project board of an organisation.
#[derive(Debug, Clone)]
pub struct Board {
    /// The organisation's login.
    pub organization: String,
    /// Number of the board.
    pub number: u64,
    /// Title.
    pub title: String,
    /// What is on it.
    pub items: Vec<Item>,
}

/// A row of a board.
#[derive(Debug, Clone)]
pub struct Item {
    /// Repository and number of the issue; `None` for a note.
    pub issue: Option<(String, u64)>,
    /// Title of a note.
    pub title: String,
    /// Values by field.
    pub fields: Vec<(String, Field)>,
}

/// A value on a board.
#[derive(Debug, Clone)]
pub enum Field {
    /// Chosen from a list.
    Choice(String),
    /// Written.
    Text(String),
}

/// Answers a query for a board's items.
pub fn answer(world: &World, ask: &Ask, who: Option<&Token>) -> Reply {
    let Some(who) = who else { return Reply::error(401, "This endpoint requires you to be authenticated.") };
    let json = ask.json();
    let Some(query) = json["query"].as_str() else {
        return Reply::error(400, "A query attribute must be specified and must be a string.");
    };
    let argument = |field: &str, name: &str| argument(query, &json["variables"], field, name);
    let login = argument("organization", "login");
    let number = argument("projectV2", "number").as_u64();
    if !who.reads_projects {
        let message = "Your token has not been granted the required scopes to execute this query. \
                       The 'projectV2' field requires one of the following scopes: ['read:project'].";
        let error = json!({ "type": "INSUFFICIENT_SCOPES", "message": message, "path": ["organization", "projectV2"] });
        return Reply::ok(json!({ "data": { "organization": null }, "errors": [error] }));
    }
    let of = |board: &&Board| {
        login.as_str().is_some_and(|login| login.eq_ignore_ascii_case(&board.organization))
            && number == Some(board.number)
    };
    let Some(board) = world.boards.iter().find(of) else {
        let message = "Could not resolve to a ProjectV2 with that number.";
        let error = json!({ "type": "NOT_FOUND", "message": message, "path": ["organization", "projectV2"] });
        return Reply::ok(json!({ "data": { "organization": { "projectV2": null } }, "errors": [error] }));
    };
    let first = argument("items", "first").as_u64().and_then(|first| usize::try_from(first).ok()).unwrap_or(0);
    if !(1..=100).contains(&first) {
        let message = "You must provide a `first` value of 1 to 100 to properly paginate the `items` connection.";
        return Reply::ok(json!({ "errors": [{ "type": "MISSING_PAGINATION_BOUNDARIES", "message": message }] }));
    }
    let after = argument("items", "after");
    let from = after.as_str().and_then(|cursor| cursor.parse::<usize>().ok()).unwrap_or(0);
    let nodes: Vec<_> =
        board.items.iter().enumerate().skip(from).take(first).map(|(at, item)| node(at, item)).collect();
    let end = from + nodes.len();
    let page = json!({ "hasNextPage": end < board.items.len(), "endCursor": end.to_string() });
    let items = json!({ "totalCount": board.items.len(), "nodes": nodes, "pageInfo": page });
    let project = json!({ "title": board.title, "number": board.number, "items": items });
    let whole = json!({ "organization": { "login": board.organization, "projectV2": project } });
    match select(query, &whole) {
        Ok(data) => Reply::ok(json!({ "data": data })),
        Err(why) => Reply::ok(json!({ "errors": [{ "message": why }] })),
    }
}

fn node(at: usize, item: &Item) -> Value {
    let content = match &item.issue {
        Some((repository, number)) => json!({
            "__typename": "Issue", "number": number, "repository": { "nameWithOwner": repository },
            "title": item.title, "url": format!("https://github.com/{repository}/issues/{number}"),
        }),
        None => json!({ "__typename": "DraftIssue", "title": item.title }),
    };
    let value = |(field, value): &(String, Field)| match value {
        Field::Choice(name) => json!({
            "__typename": "ProjectV2ItemFieldSingleSelectValue", "name": name,
            "field": { "__typename": "ProjectV2SingleSelectField", "name": field },
        }),
        Field::Text(text) => json!({
            "__typename": "ProjectV2ItemFieldTextValue", "text": text,
            "field": { "__typename": "ProjectV2Field", "name": field },
        }),
    };
    let values: Vec<_> = item.fields.iter().map(value).collect();
    let page = json!({ "hasNextPage": false, "endCursor": null });
    let values = json!({ "nodes": values, "pageInfo": page });
    json!({ "id": format!("PVTI_{at}"), "isArchived": false, "content": content, "fieldValues": values })
}

/// The value of an argument in a query: written there, or a variable's.
fn argument(query: &str, variables: &Value, field: &str, name: &str) -> Value {
    let written = || {
        let (_, rest) = query.split_once(&format!("{field}("))?;
        let (arguments, _) = rest.split_once(')')?;
        let (_, rest) = arguments.split_once(&format!("{name}:"))?;
        Some(rest.split([',', '\n']).next()?.trim().to_owned())
    };
    let Some(written) = written() else { return Value::Null };
    match written.strip_prefix('$') {
        Some(variable) => variables[variable].clone(),
        None => serde_json::from_str(&written).unwrap_or_default(),
    }
}
