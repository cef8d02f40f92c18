//! Documents and addresses of people who mean harm.

use crate::support::{TestApp, fixtures::cep_path};

#[tokio::test]
async fn hostile_documents_are_shown_inert_or_refused() {
    let app = TestApp::start().await;
    let deep = "> ".repeat(50_000) + "x\n";
    let lists = (0..3_000).map(|n| "  ".repeat(n % 400) + "- x\n").collect::<String>();
    let table =
        format!("|{}|\n|{}|\n{}", "a|".repeat(500), "-|".repeat(500), format!("|{}|\n", "b|".repeat(500)).repeat(200));
    let script =
        "# CEP #5: </title><script>alert(1)</script>\n\n<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n\
                  [x](javascript:alert(1))\n\n<p style=\"position:fixed\">x</p>\n"
            .to_owned();
    let line = format!("# CEP #6: long\n\n{}\n", "x".repeat(5_000_000));
    let texts = [
        script,
        line,
        deep,
        lists,
        table,
        "[".repeat(100_000),
        "# CEP #11: a\u{0}b\n\n- Owner: @x\u{0}y\n\u{1}\u{fffd}\u{0}".to_owned(),
    ];
    for (n, text) in texts.into_iter().enumerate() {
        let number = u32::try_from(n).unwrap() + 5;
        let path = cep_path(number);
        app.import("cep", &[(&path, &text)]).await;
        let page = app.get(&format!("/cep/{number}")).await;
        assert_eq!(page.status, 200, "document {n}");
        for bad in ["<script>alert", "onerror=", "javascript:", " style="] {
            assert!(!page.body.contains(bad), "document {n} left {bad}");
        }
        assert!(page.body.len() < 4_000_000, "document {n}: {} bytes", page.body.len());
    }
    assert_eq!(app.get("/proposals").await.status, 200);
}

#[tokio::test]
async fn bytes_that_are_no_text_are_read_and_reported() {
    let app = TestApp::start().await;
    let file = server::files::File {
        path: cep_path(9),
        content: b"# CEP #9: \xff\xfe\n\xc3\x28".to_vec(),
        occurred_at: None,
        changed_at: None,
        proposed: false,
    };
    let summary = server::usecases::import::import_source(&app.context, "cep", &[file], &|_, _| {}).await.unwrap();
    assert!(!summary.run.diagnostics.is_empty());
    assert_eq!(app.get("/cep/9").await.status, 200);
}

#[tokio::test]
async fn odd_addresses_never_break_a_page() {
    let app = TestApp::start().await;
    for address in [
        "/proposals?q=%00&page=99999999999&sort=x&at=yesterday&status=%ff",
        "/proposals?page=4294967295",
        "/releases/v1.10?at=+262142-12-31",
        "/?at=0001-01-01",
        "/cep/4294967296",
        "/cep/-1",
        "/%ff/1",
        "/cep/1/2/3",
    ] {
        let status = app.get(address).await.status.as_u16();
        assert!(matches!(status, 200 | 400 | 404), "{address}: {status}");
    }
}
