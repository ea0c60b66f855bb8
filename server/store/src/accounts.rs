//! Accounts.

use crate::{
    Read, Result, Write,
    sql::{execute, fetch_optional, queries},
};
use model::{AccountId, Time};
use uuid::Uuid;

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AccountRow {
    #[sqlx(try_from = "Uuid")]
    pub id: AccountId,
    pub email: String,
    pub name: String,
    /// PHC string; none until the account has a password.
    pub password_hash: Option<String>,
    pub language: Option<String>,
    pub disabled_at: Option<i64>,
}

queries! {
    BY_EMAIL = ("SELECT id, email, name, password_hash, language, disabled_at FROM accounts WHERE email = $1");
    BY_ID = ("SELECT id, email, name, password_hash, language, disabled_at FROM accounts WHERE id = $1");
    CREATE = ("INSERT INTO accounts (id, email, name, password_hash, language, created_at) VALUES ($1, $2, $3, $4, $5, $6)");
    SET_PASSWORD = ("UPDATE accounts SET password_hash = $2 WHERE id = $1");
    SET_LANGUAGE = ("UPDATE accounts SET language = $2 WHERE id = $1");
}

impl Read {
    /// `email` in lower case.
    pub async fn find_account_by_email(&mut self, email: &str) -> Result<Option<AccountRow>> {
        fetch_optional!(self, AccountRow, BY_EMAIL, email)
    }

    pub async fn find_account(&mut self, id: AccountId) -> Result<Option<AccountRow>> {
        fetch_optional!(self, AccountRow, BY_ID, id.0)
    }
}

impl Write {
    /// [`crate::Error::Duplicate`] if the e-mail address has an account.
    pub async fn create_account(
        &mut self,
        id: AccountId,
        email: &str,
        name: &str,
        password_hash: Option<&str>,
        language: Option<&str>,
        at: Time,
    ) -> Result<()> {
        execute!(self, CREATE, id.0, email, name, password_hash, language, at.0)?;
        Ok(())
    }

    pub async fn set_password(&mut self, id: AccountId, password_hash: &str) -> Result<()> {
        execute!(self, SET_PASSWORD, id.0, password_hash)?;
        Ok(())
    }

    pub async fn set_language(&mut self, id: AccountId, language: Option<&str>) -> Result<()> {
        execute!(self, SET_LANGUAGE, id.0, language)?;
        Ok(())
    }
}
