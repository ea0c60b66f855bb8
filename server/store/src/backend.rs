//! Connections: which engine, how it is set up, reads and transactions.

use crate::{Error, Result, sql::execute};
use sqlx::{
    Acquire as _, PgConnection, Postgres, Sqlite, SqliteConnection, Transaction,
    pool::PoolConnection,
    postgres::{PgListener, PgPool, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    ops::{Deref, DerefMut},
    path::Path,
    str::FromStr as _,
    time::Duration,
};
use tokio::sync::watch;

static SQLITE: sqlx::migrate::Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: sqlx::migrate::Migrator = sqlx::migrate!("migrations/postgres");

/// Longest wait for a connection or a lock before the answer is [`Error::Busy`].
const PATIENCE: Duration = Duration::from_secs(5);

/// The engine behind the store.
#[derive(Clone, Debug)]
pub enum Backend {
    /// One writer at a time, on a connection of its own; readers never wait for it (WAL).
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
    },
    Postgres(PgPool),
}

/// What a commit may wake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// Streams of open pages.
    Live,
    /// The worker of the outbox.
    Jobs,
}

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    backend: Backend,
    live: watch::Sender<u64>,
    jobs: watch::Sender<u64>,
}

impl Store {
    /// Connects to `sqlite:{file}` or `postgres://…`. Nothing is created or migrated but an SQLite file.
    pub async fn connect(url: &str) -> Result<Store> {
        let (scheme, rest) = url.split_once(':').unwrap_or((url, ""));
        let backend = match scheme {
            "sqlite" => {
                let file = rest.strip_prefix("//").unwrap_or(rest);
                Self::connect_sqlite(Path::new(file)).await?
            }
            "postgres" | "postgresql" => {
                let options = sqlx::postgres::PgConnectOptions::from_str(url)
                    .map_err(|error| Error::Address(format!("the database address can't be read: {error}")))?;
                let pool = PgPoolOptions::new()
                    .max_connections(16)
                    .acquire_timeout(PATIENCE)
                    .connect_with(options)
                    .await
                    .map_err(|error| Error::Address(format!("PostgreSQL does not answer: {error}")))?;
                Backend::Postgres(pool)
            }
            other => {
                return Err(Error::Address(format!(
                    "unknown kind of database `{other}`: use sqlite:FILE or postgres://…"
                )));
            }
        };
        Ok(Store { backend, live: watch::Sender::new(0), jobs: watch::Sender::new(0) })
    }

    async fn connect_sqlite(file: &Path) -> Result<Backend> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // Acknowledged means stored, also when the power fails.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .pragma("cache_size", "-16000")
            .pragma("temp_store", "memory")
            // The connection's thread hands over the rows of a whole page at once, without waiting for each fifty to be taken.
            .row_buffer_size(1_000);
        let unusable = |error: sqlx::Error| Error::Address(format!("{} can't be opened: {error}", file.display()));
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(PATIENCE)
            .connect_with(options.clone())
            .await
            .map_err(unusable)?;
        let read = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(PATIENCE)
            .connect_with(options.read_only(true).create_if_missing(false))
            .await
            .map_err(unusable)?;
        Ok(Backend::Sqlite { read, write })
    }

    /// Brings the tables up to this version; refuses a database of a newer one.
    pub async fn migrate(&self) -> Result<()> {
        match &self.backend {
            Backend::Sqlite { write, .. } => SQLITE.run(write).await?,
            Backend::Postgres(pool) => POSTGRES.run(pool).await?,
        }
        Ok(())
    }

    /// How many steps the tables lack to be those of this version; [`Error::Version`] if they are a newer version's.
    pub async fn missing_migrations(&self) -> Result<usize> {
        const APPLIED: &str = "SELECT version FROM _sqlx_migrations WHERE success";
        let (migrator, applied) = match &self.backend {
            Backend::Sqlite { read, .. } => (&SQLITE, sqlx::query_as::<_, (i64,)>(APPLIED).fetch_all(read).await),
            Backend::Postgres(pool) => (&POSTGRES, sqlx::query_as::<_, (i64,)>(APPLIED).fetch_all(pool).await),
        };
        let applied = match applied {
            Ok(applied) => applied,
            // No table of migrations: none has been made.
            Err(sqlx::Error::Database(_)) => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        let ours: Vec<i64> = migrator.iter().map(|migration| migration.version).collect();
        if let Some((newer,)) = applied.iter().find(|(version,)| !ours.contains(version)) {
            return Err(Error::Version(format!("it has step {newer}, which this version does not know")));
        }
        Ok(ours.len() - applied.len())
    }

    /// A connection for reading.
    pub async fn read(&self) -> Result<Read> {
        Ok(Read(match &self.backend {
            Backend::Sqlite { read, .. } => Held::SqliteRead(read.acquire().await?),
            Backend::Postgres(pool) => Held::PostgresRead(pool.acquire().await?),
        }))
    }

    /// A transaction. On SQLite it holds the write lock from the start, so it can't fail half-way for another's sake.
    pub async fn write(&self) -> Result<Write> {
        let held = match &self.backend {
            Backend::Sqlite { write, .. } => Held::SqliteWrite(write.begin_with("BEGIN IMMEDIATE").await?),
            Backend::Postgres(pool) => Held::PostgresWrite(pool.begin().await?),
        };
        Ok(Write { read: Read(held), store: self.clone(), wakes: Vec::new() })
    }

    /// Counts up whenever a commit of any node woke `wake`.
    pub fn watch(&self, wake: Wake) -> watch::Receiver<u64> {
        self.sender(wake).subscribe()
    }

    fn sender(&self, wake: Wake) -> &watch::Sender<u64> {
        match wake {
            Wake::Live => &self.live,
            Wake::Jobs => &self.jobs,
        }
    }

    fn wake(&self, wake: Wake) {
        self.sender(wake).send_modify(|count| *count += 1);
    }

    /// Hears what other nodes on the same PostgreSQL commit, until dropped. On SQLite there are no other nodes.
    pub async fn listen(&self) -> Result<()> {
        let Backend::Postgres(pool) = &self.backend else { return std::future::pending().await };
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen_all(["ikker_live", "ikker_jobs"]).await?;
        // Whatever was missed until the line stood, everybody looks once.
        self.wake(Wake::Live);
        self.wake(Wake::Jobs);
        loop {
            match listener.try_recv().await? {
                Some(notice) if notice.channel() == "ikker_live" => self.wake(Wake::Live),
                Some(_) => self.wake(Wake::Jobs),
                // The connection was lost and is back: the same.
                None => {
                    self.wake(Wake::Live);
                    self.wake(Wake::Jobs);
                }
            }
        }
    }

    /// Short words for the log and `ikker doctor`.
    pub fn engine_name(&self) -> &'static str {
        match self.backend {
            Backend::Sqlite { .. } => "SQLite",
            Backend::Postgres(_) => "PostgreSQL",
        }
    }

    pub fn backend(&self) -> &Backend {
        &self.backend
    }

    /// Waits for running queries and closes all connections.
    pub async fn close(&self) {
        match &self.backend {
            Backend::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Backend::Postgres(pool) => pool.close().await,
        }
    }
}

#[derive(Debug)]
enum Held {
    SqliteRead(PoolConnection<Sqlite>),
    SqliteWrite(Transaction<'static, Sqlite>),
    PostgresRead(PoolConnection<Postgres>),
    PostgresWrite(Transaction<'static, Postgres>),
}

/// The connection of a [`Read`] or [`Write`], for the macros of [`crate::sql`].
pub(crate) enum Engine<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

/// A connection for reading. The methods are in the files of their aggregates.
#[derive(Debug)]
pub struct Read(Held);

impl Read {
    pub(crate) fn engine(&mut self) -> Engine<'_> {
        match &mut self.0 {
            Held::SqliteRead(connection) => Engine::Sqlite(connection),
            Held::SqliteWrite(transaction) => Engine::Sqlite(transaction),
            Held::PostgresRead(connection) => Engine::Postgres(connection),
            Held::PostgresWrite(transaction) => Engine::Postgres(transaction),
        }
    }

    /// Proves that the database answers.
    pub async fn ping(&mut self) -> Result<()> {
        match self.engine() {
            Engine::Sqlite(connection) => sqlx::query("SELECT 1").execute(connection).await.map(drop)?,
            Engine::Postgres(connection) => sqlx::query("SELECT 1").execute(connection).await.map(drop)?,
        }
        Ok(())
    }
}

/// A transaction: reads as well as writes, and undone unless committed.
#[derive(Debug)]
pub struct Write {
    read: Read,
    store: Store,
    wakes: Vec<Wake>,
}

impl Deref for Write {
    type Target = Read;
    fn deref(&self) -> &Read {
        &self.read
    }
}

impl DerefMut for Write {
    fn deref_mut(&mut self) -> &mut Read {
        &mut self.read
    }
}

crate::sql::queries! {
    NOTIFY = { sqlite: "SELECT $1", postgres: "SELECT pg_notify($1, '')" };
}

impl Write {
    /// Wakes streams or the worker, here and on other nodes, once this is committed.
    pub(crate) fn wake(&mut self, wake: Wake) {
        if !self.wakes.contains(&wake) {
            self.wakes.push(wake);
        }
    }

    /// Makes everything done on this transaction true, or nothing.
    pub async fn commit(mut self) -> Result<()> {
        if matches!(self.read.0, Held::PostgresWrite(_)) {
            for wake in self.wakes.clone() {
                let channel = match wake {
                    Wake::Live => "ikker_live",
                    Wake::Jobs => "ikker_jobs",
                };
                execute!(self, NOTIFY, channel)?;
            }
        }
        match self.read.0 {
            Held::SqliteWrite(transaction) => transaction.commit().await?,
            Held::PostgresWrite(transaction) => transaction.commit().await?,
            Held::SqliteRead(_) | Held::PostgresRead(_) => {}
        }
        for wake in self.wakes {
            self.store.wake(wake);
        }
        Ok(())
    }
}

/// Makes a database on a PostgreSQL server, for tests and set-up; `name` must be lower-case letters and digits.
pub async fn create_postgres_database(server: &str, name: &str) -> Result<()> {
    use sqlx::{Connection as _, Executor as _};
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()) {
        return Err(Error::Address(format!("`{name}` is no name for a database")));
    }
    let mut admin = PgConnection::connect(&format!("{server}/postgres")).await?;
    admin.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await?;
    Ok(())
}

/// Prepares a query without running it; for the test over all queries.
pub async fn prepare(read: &mut Read, sql: &'static crate::sql::Sql) -> Result<()> {
    use sqlx::{Executor as _, SqlSafeStr as _};
    match read.engine() {
        Engine::Sqlite(connection) => {
            connection.acquire().await?.prepare(sql.sqlite().into_sql_str()).await?;
        }
        Engine::Postgres(connection) => {
            connection.acquire().await?.prepare(sql.postgres().into_sql_str()).await?;
        }
    }
    Ok(())
}
