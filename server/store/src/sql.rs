//! SQL texts and how they run on both engines.

use sqlx::{
    Encode, Postgres, Sqlite, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgTypeInfo},
    sqlite::SqliteTypeInfo,
};
use std::sync::OnceLock;
use uuid::Uuid;

/// One query, in the words of both engines.
///
/// Written once, with two words of our own that [`Sql::sqlite`] and [`Sql::postgres`] replace: `ids($n)` is the list of
/// ids bound there as [`Ids`], and `greatest(` the engine's function for the larger of two values.
#[derive(Debug)]
pub struct Sql {
    pub name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
    for_sqlite: OnceLock<&'static str>,
    for_postgres: OnceLock<&'static str>,
}

impl Sql {
    /// The same text for both.
    pub const fn new(name: &'static str, text: &'static str) -> Sql {
        Sql::each(name, text, text)
    }

    /// A text for each, where the engines can't do it in one way.
    pub const fn each(name: &'static str, sqlite: &'static str, postgres: &'static str) -> Sql {
        Sql { name, sqlite, postgres, for_sqlite: OnceLock::new(), for_postgres: OnceLock::new() }
    }

    pub fn sqlite(&self) -> &'static str {
        self.for_sqlite.get_or_init(|| {
            let text = replace_call(self.sqlite, "ids", "(SELECT unhex(value) FROM json_each(", "))");
            kept(text.replace("greatest(", "max("))
        })
    }

    pub fn postgres(&self) -> &'static str {
        self.for_postgres.get_or_init(|| kept(replace_call(self.postgres, "ids", "(SELECT unnest(", "::uuid[]))")))
    }
}

/// Queries live as long as the program; each is kept once.
fn kept(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

/// Replaces `name(x)` by `before x after`.
fn replace_call(text: &str, name: &str, before: &str, after: &str) -> String {
    let call = format!(" {name}(");
    let mut parts = text.split(&call);
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (argument, rest) = part.split_once(')').unwrap_or((part, ""));
        result.push(' ');
        result.push_str(before);
        result.push_str(argument);
        result.push_str(after);
        result.push_str(rest);
    }
    result
}

/// A list of ids as one bound value, for `ids($n)`.
#[derive(Clone, Debug, Default)]
pub struct Ids(pub Vec<Uuid>);

impl<T: Into<Uuid> + Copy> FromIterator<T> for Ids {
    fn from_iter<I: IntoIterator<Item = T>>(ids: I) -> Ids {
        Ids(ids.into_iter().map(Into::into).collect())
    }
}

impl Type<Sqlite> for Ids {
    fn type_info() -> SqliteTypeInfo {
        <String as Type<Sqlite>>::type_info()
    }
}

impl Encode<'_, Sqlite> for Ids {
    fn encode_by_ref(
        &self,
        buffer: &mut <Sqlite as sqlx::Database>::ArgumentBuffer,
    ) -> std::result::Result<IsNull, BoxDynError> {
        let hex: Vec<String> = self.0.iter().map(|id| format!("\"{}\"", id.simple())).collect();
        <String as Encode<'_, Sqlite>>::encode(format!("[{}]", hex.join(",")), buffer)
    }
}

impl Type<Postgres> for Ids {
    fn type_info() -> PgTypeInfo {
        <Vec<Uuid> as Type<Postgres>>::type_info()
    }
}

impl Encode<'_, Postgres> for Ids {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> std::result::Result<IsNull, BoxDynError> {
        <Vec<Uuid> as Encode<'_, Postgres>>::encode_by_ref(&self.0, buffer)
    }
}

/// Declares queries and the list of them: `queries! { FIND = "SELECT …"; OTHER = { sqlite: "…", postgres: "…" }; }`.
macro_rules! queries {
    (@one $name:ident { sqlite: $sqlite:expr, postgres: $postgres:expr $(,)? }) => {
        static $name: crate::sql::Sql = crate::sql::Sql::each(concat!(module_path!(), "::", stringify!($name)), $sqlite, $postgres);
    };
    (@one $name:ident ($text:expr)) => {
        static $name: crate::sql::Sql = crate::sql::Sql::new(concat!(module_path!(), "::", stringify!($name)), $text);
    };
    ($($name:ident = $text:tt;)*) => {
        $(crate::sql::queries!(@one $name $text);)*
        pub(crate) static QUERIES: &[&crate::sql::Sql] = &[$(&$name),*];
    };
}

/// Runs a query on whichever engine the connection is of. The last word says what is wanted: rows affected, one row or
/// none, exactly one row, or all rows.
macro_rules! on_engine {
    ($db:expr, $sql:expr, [$($arg:expr),*], $build:ident $(::<$row:ty>)?, $run:ident) => {
        match $db.engine() {
            crate::backend::Engine::Sqlite(connection) => sqlx::$build::<sqlx::Sqlite $(, $row)?>($sql.sqlite())
                $(.bind($arg))* .$run(connection).await.map(Into::into),
            crate::backend::Engine::Postgres(connection) => sqlx::$build::<sqlx::Postgres $(, $row)?>($sql.postgres())
                $(.bind($arg))* .$run(connection).await.map(Into::into),
        }
    };
}

/// Executes; answers the number of rows affected.
macro_rules! execute {
    ($db:expr, $sql:expr $(, $arg:expr)* $(,)?) => {{
        let done: std::result::Result<crate::sql::Done, sqlx::Error> = crate::sql::on_engine!($db, $sql, [$($arg),*], query, execute);
        done.map(|done| done.0).map_err(crate::Error::from)
    }};
}

/// All rows.
macro_rules! fetch_all {
    ($db:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {{
        let rows: std::result::Result<Vec<$row>, sqlx::Error> =
            crate::sql::on_engine!($db, $sql, [$($arg),*], query_as::<$row>, fetch_all);
        rows.map_err(crate::Error::from)
    }};
}

/// One row or none.
macro_rules! fetch_optional {
    ($db:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {{
        let row: std::result::Result<Option<$row>, sqlx::Error> =
            crate::sql::on_engine!($db, $sql, [$($arg),*], query_as::<$row>, fetch_optional);
        row.map_err(crate::Error::from)
    }};
}

/// Exactly one row (counts and the like).
macro_rules! fetch_one {
    ($db:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {{
        let row: std::result::Result<$row, sqlx::Error> =
            crate::sql::on_engine!($db, $sql, [$($arg),*], query_as::<$row>, fetch_one);
        row.map_err(crate::Error::from)
    }};
}

pub(crate) use {execute, fetch_all, fetch_one, fetch_optional, on_engine, queries};

/// Rows affected, from either engine's result.
pub(crate) struct Done(pub u64);

impl From<sqlx::sqlite::SqliteQueryResult> for Done {
    fn from(result: sqlx::sqlite::SqliteQueryResult) -> Done {
        Done(result.rows_affected())
    }
}

impl From<sqlx::postgres::PgQueryResult> for Done {
    fn from(result: sqlx::postgres::PgQueryResult) -> Done {
        Done(result.rows_affected())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_ids_in_the_words_of_each_engine() {
        static SQL: Sql = Sql::new("x", "SELECT 1 WHERE a IN ids($2) AND b = greatest(1, 2)");
        assert_eq!(SQL.sqlite(), "SELECT 1 WHERE a IN (SELECT unhex(value) FROM json_each($2)) AND b = max(1, 2)");
        assert_eq!(SQL.postgres(), "SELECT 1 WHERE a IN (SELECT unnest($2::uuid[])) AND b = greatest(1, 2)");
    }
}
