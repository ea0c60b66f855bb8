//! A fresh database per test, on either engine.

use store::{Backend, Store};
use uuid::Uuid;

/// A database of its own for one test; gone when dropped.
pub struct TestStore {
    pub store: Store,
    _folder: Option<tempfile::TempDir>,
}

pub const fn id(n: u8) -> Uuid {
    Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0000 + n as u128)
}

pub async fn sqlite() -> TestStore {
    let folder = tempfile::tempdir().expect("temporary folder");
    let store = Store::connect(&format!("sqlite:{}", folder.path().join("test.db").display())).await.expect("opened");
    store.migrate().await.expect("migrated");
    TestStore { store, _folder: Some(folder) }
}

/// A database of its own on the throw-away server that `cargo xtask test` starts.
pub async fn postgres() -> TestStore {
    let server = std::env::var("IKKER_TEST_POSTGRES").expect(
        "IKKER_TEST_POSTGRES names no server: run through `cargo xtask test` or `cargo xtask postgres -- COMMAND`",
    );
    let name = format!("t{}", Uuid::now_v7().simple());
    store::create_postgres_database(&server, &name).await.expect("created");
    let store = Store::connect(&format!("{server}/{name}")).await.expect("opened");
    store.migrate().await.expect("migrated");
    TestStore { store, _folder: None }
}

/// Makes a test of it on each engine.
macro_rules! both_engines {
    ($name:ident) => {
        mod $name {
            #[tokio::test]
            async fn on_sqlite() {
                let test = crate::support::sqlite().await;
                super::$name(test.store.clone()).await;
            }
            #[tokio::test]
            async fn on_postgres() {
                let test = crate::support::postgres().await;
                super::$name(test.store.clone()).await;
            }
        }
    };
}
pub(crate) use both_engines;

/// `table.column null?` of every column, sorted.
pub async fn columns(store: &Store) -> Vec<String> {
    let mut rows: Vec<(String, String, bool)> = match store.backend() {
        Backend::Sqlite { read, .. } => sqlx::query_as(
            "SELECT t.name, c.name, c.\"notnull\" = 0 AND c.pk = 0 FROM sqlite_schema t, pragma_table_info(t.name) c \
             WHERE t.type IN ('table', 'view') AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '_sqlx%' \
             AND t.name NOT LIKE 'search_index%'",
        )
        .fetch_all(read)
        .await
        .expect("asked"),
        Backend::Postgres(pool) => sqlx::query_as(
            "SELECT table_name::text, column_name::text, is_nullable = 'YES' FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%'",
        )
        .fetch_all(pool)
        .await
        .expect("asked"),
    };
    rows.sort();
    rows.into_iter().map(|(table, column, null)| format!("{table}.{column}{}", if null { "?" } else { "" })).collect()
}

/// Runs SQL that the store has no method for.
pub async fn run_sql(store: &Store, sql: &'static str) -> Result<(), sqlx::Error> {
    match store.backend() {
        Backend::Sqlite { write, .. } => sqlx::query(sql).execute(write).await.map(drop),
        Backend::Postgres(pool) => sqlx::query(sql).execute(pool).await.map(drop),
    }
}

/// A school with one child whose guardian has said yes to one purpose.
pub async fn add_one_answer(store: &Store) {
    use model::{
        AccountId, ChildId, PurposeId, SchoolId, Time,
        consent::{AnsweredBy, LegalBasis},
    };
    let (school, account, child, purpose) = (SchoolId(id(1)), AccountId(id(2)), ChildId(id(3)), PurposeId(id(4)));
    let mut write = store.write().await.expect("transaction");
    let row = store::SchoolRow {
        id: school,
        slug: "s".into(),
        name: "S".into(),
        time_zone: "UTC".into(),
        language: "nl".into(),
        settings: "{}".into(),
    };
    write.create_school(&row, Time(0)).await.expect("created");
    write.create_account(account, "a@b.example", "A", None, None, Time(0)).await.expect("created");
    write.add_child(child, school, "Sanne", "de Vries", None, Time(0)).await.expect("added");
    let row = store::PurposeRow {
        id: purpose,
        school_id: school,
        key: "k".into(),
        version: 1,
        basis: LegalBasis::Consent,
        texts: "{}".into(),
        position: 0,
    };
    write.create_purpose(&row, Time(0)).await.expect("created");
    let answer = store::RecordedAnswer {
        id: id(5),
        school_id: school,
        child_id: child,
        seq: 1,
        purpose_id: purpose,
        account_id: Some(account.0),
        yes: true,
        how: AnsweredBy::Guardian,
        recorded_by: None,
        form_id: None,
        answered_at: Time(1),
        hidden: 0,
        to_review: 0,
        text_hash: None,
        previous_hash: None,
        hash: None,
    };
    write.add_answer(&answer).await.expect("added");
    write.commit().await.expect("committed");
}

/// Query and step of SQLite's plan for every query whose name begins so.
pub async fn plans(store: &Store, prefix: &str) -> Vec<(&'static str, String)> {
    let Backend::Sqlite { read, .. } = store.backend() else { return Vec::new() };
    let mut plans = Vec::new();
    for sql in store::all_queries().into_iter().filter(|sql| sql.name.starts_with(prefix)) {
        let text = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", sql.sqlite()));
        let steps: Vec<(i64, i64, i64, String)> = sqlx::query_as(text).fetch_all(read).await.expect(sql.name);
        plans.extend(steps.into_iter().map(|(.., step)| (sql.name, step)));
    }
    plans
}
