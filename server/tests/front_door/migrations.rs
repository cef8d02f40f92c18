//! Every migration is applied one by one over sample data, and the tables keep to the rule of keys.

use sqlx::{Connection, PgConnection, migrate::Migrate};

use crate::support::{TestApp, empty_database, owner_of};

/// Rows to be there when the migration after the one named runs: a migration that cannot live with them fails here.
const SAMPLES: [(&str, &str); 6] = [
    (
        "create log",
        "insert into blob values (repeat('a', 64), 'x');
         insert into event (source, number, payload, actor, recorded_at)
         values ('cep', 1, '{\"type\": \"repositories-read\"}', 'import', now());",
    ),
    ("create calendars and sources", "update source set target_label = 'target/{version}' where id = 'cep';"),
    ("create releases", "insert into release values ('kubevirt', 1, 10);"),
    (
        "create proposals",
        "insert into proposal values ('cep', 1, 'One', null, 1);
         insert into participation (source, number, major, minor, stages) values ('cep', 1, 1, 10, '{Alpha}');",
    ),
    (
        "create people",
        "insert into person (id, login, first_seen_at, seen_at) values (1, 'Ada', now(), now());
         insert into login (login, person, confirmed, seen_at) values ('ada', 1, true, now());
         insert into session values (repeat('a', 64), '{}', now());
         insert into token (person, name, sha256, created_at) values (1, 'ci', repeat('b', 64), now());",
    ),
    (
        "create outbox",
        "insert into outgoing (source, key, number, event, payload, next_attempt_at, created_at)
         values ('cep', 'exception/1/1/1', 1, 1, '{\"to\": \"a@example.org\", \"subject\": \"S\", \"body\": \"B\"}', now(), now());",
    ),
];

#[tokio::test]
async fn each_migration_runs_over_the_data_of_the_ones_before() {
    let database = empty_database().await;
    let mut conn = owner_of(&database).await;
    conn.ensure_migrations_table().await.unwrap();
    let mut seeded = 0;
    for migration in server::store::MIGRATIONS.iter() {
        conn.apply(migration).await.unwrap_or_else(|error| panic!("{}: {error}", migration.description));
        for (_, sample) in SAMPLES.iter().filter(|(name, _)| *name == migration.description) {
            sqlx::raw_sql(sample).execute(&mut conn).await.unwrap();
            seeded += 1;
        }
    }
    assert_eq!(seeded, SAMPLES.len(), "a sample names a migration that is not there");
    conn.close().await.unwrap();
}

/// Tables about proposals, distributed by their source should one machine not be enough.
const BY_SOURCE: [&str; 11] = [
    "event",
    "proposal",
    "document",
    "document_version",
    "alias",
    "sig_alias",
    "code_repository",
    "outgoing",
    "exception_draft",
    "candidate",
    "reminder",
];

/// Tables that every machine holds whole, or that one holds alone.
const ELSEWHERE: [&str; 33] = [
    "announcement_template",
    "asked_address",
    "blob",
    "calendar",
    "calendar_alias",
    "calendar_event",
    "github_branch",
    "github_comment",
    "github_file",
    "github_item",
    "github_landing",
    "github_link",
    "github_list",
    "github_page",
    "github_ref",
    "github_repository",
    "github_review",
    "import_run",
    "login",
    "meeting",
    "person",
    "release",
    "roster",
    "schedule_version",
    "session",
    "setting",
    "source",
    "stopped_address",
    "subscription",
    "sync_run",
    "token",
    "webhook_delivery",
    "_sqlx_migrations",
];

#[tokio::test]
async fn keys_of_tables_about_proposals_begin_with_the_source() {
    let app = TestApp::start().await;
    let mut conn = owner_of(&app.owner).await;
    for table in texts(
        &mut conn,
        "select relname::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
    )
    .await
    {
        assert!(
            BY_SOURCE.contains(&table.as_str()) || ELSEWHERE.contains(&table.as_str()),
            "{table}: say in this test whether it is about proposals"
        );
    }
    let unique = "select c.relname || ': ' || a.attname from pg_index i
                  join pg_class c on c.oid = i.indrelid
                  join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
                  where i.indisunique and c.relnamespace = 'public'::regnamespace";
    let firsts = texts(&mut conn, unique).await;
    for table in BY_SOURCE {
        let keys: Vec<_> = firsts.iter().filter(|key| key.starts_with(&format!("{table}: "))).collect();
        assert!(!keys.is_empty(), "{table} has no key");
        assert!(keys.iter().all(|key| key.ends_with(": source")), "{keys:?}");
    }
    let triggers = texts(&mut conn, "select tgname::text from pg_trigger where not tgisinternal").await;
    assert!(triggers.is_empty(), "{triggers:?}");
    conn.close().await.unwrap();
}

#[expect(clippy::disallowed_methods, reason = "questions to the catalogue are no queries of the product")]
async fn texts(conn: &mut PgConnection, sql: &str) -> Vec<String> {
    sqlx::query_scalar(sql).fetch_all(conn).await.unwrap()
}
