//! Release boards, as a view exports them and as the API answers.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    super::{BoardError, BoardItem, BoardReading, BoardRow, MAX_BOARD_BYTES, read_board, read_board_page},
    codes,
};

const HEAD: &str = "Title\tURL\tStatus\tVEP Reviewer\tException phase\tPromotion phase\tTarget stage\n";

fn issue(number: u32) -> BoardItem {
    BoardItem::Issue { repository: "kubevirt/enhancements".to_owned(), number }
}

fn text(value: &str) -> Option<String> {
    Some(value.to_owned()).filter(|value| !value.is_empty())
}

fn one(head: &str, row: &str) -> BoardReading {
    read_board(format!("{head}\n{row}\n").as_bytes())
}

#[test]
fn every_value_of_a_row_is_read_as_written() {
    let row = "VEP #421: Faster lanes\thttps://github.com/kubevirt/enhancements/issues/421\t Tracked \t@rita\tNone\t\
               Net New\tAlpha\n";
    let reading = read_board(format!("{HEAD}{row}").as_bytes());
    let expected = BoardRow {
        line: 2,
        title: "VEP #421: Faster lanes".to_owned(),
        item: Some(issue(421)),
        status: text("Tracked"),
        reviewer: text("@rita"),
        exception: text("None"),
        promotion: text("Net New"),
        stage: text("Alpha"),
    };
    assert_eq!(reading, BoardReading { rows: vec![expected], diagnostics: Vec::new() });
}

#[test]
fn every_word_of_the_boards_is_kept() {
    for status in [
        "Proposed for consideration",
        "Tracked",
        "Unchanged",
        "At risk",
        "Exception Required",
        "Removed from Milestone",
        "Complete",
        "Deferred",
        "",
    ] {
        for exception in ["None", "Pending", "Accepted", "Rejected", "Completed", ""] {
            let row = format!("kubevirt/enhancements#1\t{exception}\t{status}");
            let reading = one("Title\tException phase\tStatus", &row);
            assert_eq!((&reading.rows[0].status, &reading.rows[0].exception), (&text(status), &text(exception)));
        }
    }
}

#[test]
fn columns_come_in_any_order_and_what_means_nothing_is_named() {
    let head = "Agent Urgency\tSTATUS\tAssignees\tvep-reviewer\tStatus\tIssue";
    let reading = one(head, "high\tAt risk\tolga\trita\tComplete\tkubevirt/enhancements#7");
    let row = &reading.rows[0];
    assert_eq!((&row.item, &row.status, &row.reviewer), (&Some(issue(7)), &text("At risk"), &text("rita")));
    let expected = [("duplicate-key", 1), ("column-missing", 1), ("unknown-key", 1)];
    assert_eq!(codes(&reading.diagnostics), expected);
    assert_eq!(reading.diagnostics[2].message, "Columns from which nothing follows: “Agent Urgency”, “Assignees”.");
}

#[test]
fn quoted_values_hold_tabs_quotes_and_line_breaks_and_lines_go_on_counting() {
    let rows = "\"VEP 1: \"\"Tab\there\"\"\r\nand a line\"\tkubevirt/enhancements#1\tTracked\t\t\t\t\r\n\
                VEP 2\tkubevirt/enhancements#2\tComplete\r\n";
    let reading = read_board(format!("\u{feff}{HEAD}{rows}").as_bytes());
    let found: Vec<_> = reading.rows.iter().map(|row| (row.line, row.title.as_str(), row.item.clone())).collect();
    assert_eq!(found, [(2, "VEP 1: \"Tab\there\"\nand a line", Some(issue(1))), (4, "VEP 2", Some(issue(2)))]);
    assert_eq!(reading.rows[1].status, text("Complete"));
    assert_eq!(codes(&reading.diagnostics), [("byte-order-mark", 1)]);
}

#[test]
fn a_row_is_named_by_its_address_else_by_its_number_else_by_its_title() {
    let titled = |noun: &str, number| Some(BoardItem::Titled { noun: noun.to_owned(), number });
    let pull = || Some(BoardItem::Pull { repository: "kubevirt/enhancements".to_owned(), number: 9 });
    for (title, url, repository, number, expected) in [
        ("VEP 181: x", "https://github.com/kubevirt/enhancements/issues/183", "", "", Some(issue(183))),
        ("VEP 181: x", "", "kubevirt/enhancements", "183", Some(issue(183))),
        ("x", "", "kubevirt/enhancements", "#183", Some(issue(183))),
        ("VEP 181: https://github.com/kubevirt/enhancements/issues/183", "", "", "", Some(issue(183))),
        ("VEP #371: x", "", "", "", titled("vep", 371)),
        ("VEP-12 and VEP-12", "", "", "", titled("vep", 12)),
        ("CEP 0012", "", "", "", titled("cep", 12)),
        ("VEP 1 and VEP 2", "", "", "", None),
        ("VEP NNNN: x", "", "", "", None),
        ("x", "https://github.com/kubevirt/enhancements/pull/9", "", "", pull()),
        ("x", "https://example.org/issues/9", "", "9", None),
        ("A note", "", "", "", None),
    ] {
        let row = format!("{title}\t{url}\t{repository}\t{number}\tTracked");
        let reading = one("Title\tURL\tRepository\tNumber\tStatus", &row);
        assert_eq!(reading.rows[0].item, expected, "{row}");
        let lost = reading.diagnostics.iter().any(|found| found.code == "row-lost" && found.line == 2);
        assert_eq!(lost, expected.is_none(), "{row}");
    }
}

#[test]
fn what_is_no_board_is_refused_in_words() {
    let code = |bytes: &[u8]| {
        let reading = read_board(bytes);
        (reading.rows.len(), codes(&reading.diagnostics)[0].0.to_owned())
    };
    assert_eq!(code(b""), (0, "empty-file".to_owned()));
    assert_eq!(code(b"Title,URL,Status\nVEP 1,kubevirt/enhancements#1,Tracked\n"), (0, "not-a-board".to_owned()));
    assert_eq!(code(b"- a: b\n- c: d\n"), (0, "not-a-board".to_owned()));
    assert_eq!(code(&vec![b'a'; MAX_BOARD_BYTES + 1]), (0, "too-large".to_owned()));
}

#[test]
fn a_quote_that_is_not_closed_is_pointed_out() {
    let reading =
        read_board(format!("{HEAD}\"VEP 1\tkubevirt/enhancements#1\tTracked\nVEP 2\tx\tTracked\n").as_bytes());
    assert!(codes(&reading.diagnostics).contains(&("odd-value", 0)), "{:?}", reading.diagnostics);
}

#[test]
fn short_long_and_blank_rows_do_no_harm() {
    let rows = "VEP 1\n\t\t\t\n\nVEP 2\tkubevirt/enhancements#2\tTracked\trita\tNone\tx\ty\tz\tmore\n";
    let reading = read_board(format!("{HEAD}{rows}").as_bytes());
    assert_eq!(reading.rows.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["VEP 1", "VEP 2"]);
    assert_eq!(reading.rows[0].status, None);
}

fn answer(nodes: &Value, next: Option<&str>) -> Value {
    let info = json!({ "hasNextPage": next.is_some(), "endCursor": next.unwrap_or("end") });
    let project = json!({ "items": { "nodes": nodes, "pageInfo": info } });
    json!({ "data": { "organization": { "projectV2": project } } })
}

#[test]
fn an_answer_of_the_api_gives_the_same_rows() {
    let choice = |field: &str, name: &str| json!({ "name": name, "field": { "name": field } });
    let users = json!({ "users": { "nodes": [{ "login": "rita" }, { "login": "rolf" }] }, "field": { "name": "VEP Reviewer" } });
    let content = json!({ "url": "https://github.com/kubevirt/enhancements/issues/421", "title": "VEP 421" });
    let values = json!({ "nodes": [
        choice("Status", "Tracked"), {}, users, json!({ "text": "Pending", "field": { "name": "Exception phase" } }),
        choice("Agent Urgency", "high"),
    ] });
    let nodes = json!([
        { "isArchived": false, "content": content, "fieldValues": values },
        { "isArchived": true, "content": content, "fieldValues": { "nodes": [] } },
        { "isArchived": false, "content": null, "fieldValues": { "nodes": [] } },
        { "isArchived": false, "content": { "title": "A note" }, "fieldValues": { "nodes": [] } },
    ]);
    let page = read_board_page(&answer(&nodes, Some("c1")), 100).unwrap();
    assert_eq!((page.items, page.next.as_deref()), (4, Some("c1")));
    let expected = BoardRow {
        line: 101,
        title: "VEP 421".to_owned(),
        item: Some(issue(421)),
        status: text("Tracked"),
        reviewer: text("@rita, @rolf"),
        exception: text("Pending"),
        ..BoardRow::default()
    };
    assert_eq!(page.reading.rows[0], expected);
    assert_eq!((page.reading.rows.len(), page.reading.rows[1].line), (2, 104));
    assert_eq!(codes(&page.reading.diagnostics), [("row-lost", 103), ("row-lost", 104)]);
    assert_eq!(read_board_page(&answer(&json!([]), None), 0).unwrap().next, None);
}

#[test]
fn a_refusal_says_what_is_missing() {
    let refused = |answer: Value| read_board_page(&answer, 0).unwrap_err();
    let error = |kind: &str| json!([{ "type": kind, "message": "In words." }]);
    let none = json!({ "organization": null });
    assert_eq!(refused(json!({ "data": none })), BoardError::NoScope);
    assert_eq!(refused(json!({ "data": none, "errors": error("INSUFFICIENT_SCOPES") })), BoardError::NoScope);
    assert_eq!(refused(json!({ "data": none, "errors": error("FORBIDDEN") })), BoardError::NoScope);
    assert!(BoardError::NoScope.to_string().contains("read:project"));
    let missing = BoardError::Missing("In words.".to_owned());
    assert_eq!(refused(json!({ "data": none, "errors": error("NOT_FOUND") })), missing);
    let board = json!({ "organization": { "projectV2": null } });
    assert_eq!(refused(json!({ "data": board, "errors": error("NOT_FOUND") })), missing);
    assert_eq!(refused(json!({ "errors": error("OTHER") })), BoardError::Refused("In words.".to_owned()));
    assert_eq!(refused(json!({ "data": {} })), BoardError::Odd);
    assert_eq!(refused(Value::Null), BoardError::Odd);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let lines = u32::try_from(bytes.split(|b| matches!(b, b'\n' | b'\r')).count()).unwrap();
        let headed = [HEAD.as_bytes(), &bytes].concat();
        for (bytes, lines) in [(bytes.as_slice(), lines), (headed.as_slice(), lines + 1)] {
            let reading = read_board(bytes);
            for found in &reading.diagnostics {
                prop_assert!(found.line <= lines && found.message.ends_with('.') && found.mend.ends_with('.'));
            }
            prop_assert!(reading.rows.iter().all(|row| (1..=lines).contains(&row.line)));
        }
    }

    #[test]
    fn no_table_makes_it_panic(cells in prop::collection::vec("[\t\n\"]|Title|URL|Status|VEP [0-9#]{1,3}|a/b#[0-9]", 0..60)) {
        let text = cells.join("");
        let reading = read_board(text.as_bytes());
        prop_assert!(reading.rows.iter().all(|row| row.line >= 1));
    }

    #[test]
    fn what_is_written_as_a_table_is_read_back(
        values in prop::collection::vec("[ -~\t\näß]{0,12}[a-z]", 3..=3),
        number in 1..=u32::MAX,
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(b'\t').from_writer(Vec::new());
        writer.write_record(["VEP Reviewer", "URL", "Status", "Exception phase"]).unwrap();
        let url = format!("https://github.com/kubevirt/enhancements/issues/{number}");
        writer.write_record([&values[0], &url, &values[1], &values[2]]).unwrap();
        let reading = read_board(&writer.into_inner().unwrap());
        let row = &reading.rows[0];
        let read = [&row.reviewer, &row.status, &row.exception].map(|value| value.clone().unwrap());
        let written: Vec<_> = values.iter().map(|value| value.trim().to_owned()).collect();
        prop_assert_eq!(read.to_vec(), written);
        prop_assert_eq!(&row.item, &Some(issue(number)));
    }
}
