//! The log: appended to, never changed.

use server::{
    database::{DatabaseConfig, open},
    usecases::{Context, import::import_source},
};
use sqlx::Connection;

use crate::support::{
    TestApp, empty_database,
    fixtures::{cep, cep_path},
    owner_of, unchecked, url,
};

#[tokio::test]
async fn the_servers_role_appends_and_cannot_change() {
    let owner = empty_database().await;
    let mut conn = owner_of(&owner).await;
    let role = format!("server_of_{}", owner.get_database().unwrap());
    sqlx::raw_sql(&format!("drop role if exists {role}; create role {role} login")).execute(&mut conn).await.unwrap();
    let config = DatabaseConfig {
        database_url: Some(url(&owner.clone().username(&role))),
        database_owner_url: Some(url(&owner)),
        data: None,
    };
    let database = open(&config).await.unwrap();
    let clock = server::clock::Clock::fixed(crate::support::instant("2026-10-08T12:00:00Z"));
    let context = Context::new(database.pool.clone(), clock);
    let file = server::files::File {
        path: cep_path(1),
        content: cep(1, "One").into_bytes(),
        occurred_at: None,
        changed_at: None,
        proposed: false,
    };
    import_source(&context, "cep", &[file], &|_, _| {}).await.unwrap();
    for forbidden in [
        "update event set actor = 'x'",
        "delete from event",
        "truncate event",
        "delete from blob",
        "update calendar_event set actor = 'x'",
    ] {
        let error = sqlx::raw_sql(forbidden).execute(&database.pool).await.unwrap_err();
        assert!(error.to_string().contains("permission denied"), "{forbidden}: {error}");
    }
    let kept = unchecked("select count(*) from event").fetch_one(&mut conn).await.unwrap();
    assert_eq!(kept.0, 1);
    database.close().await;
    sqlx::raw_sql(&format!("drop owned by {role}; drop role {role}")).execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
}

#[tokio::test]
async fn opening_twice_migrates_once() {
    let app = TestApp::start().await;
    let config = DatabaseConfig { database_url: Some(url(&app.owner)), ..DatabaseConfig::default() };
    open(&config).await.unwrap().close().await;
}
