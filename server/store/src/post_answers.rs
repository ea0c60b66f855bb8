//! What readers answer to a post: confirmations and votes.

use crate::{
    Read, Readers, Result, Write,
    sql::{Ids, execute, fetch_all, fetch_one, fetch_optional, queries},
};
use model::{AccountId, ChoiceId, PostId, SchoolId, Time};
use uuid::Uuid;

/// A guardian who has not confirmed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct MissingRow {
    #[sqlx(try_from = "Uuid")]
    pub account_id: AccountId,
    pub name: String,
    pub email: String,
    pub language: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PollRow {
    pub question: String,
    pub is_multiple: bool,
    pub is_anonymous: bool,
    #[sqlx(try_from = "i64")]
    pub closes_at: Time,
}

/// A choice of a poll, with the votes it got.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ChoiceRow {
    #[sqlx(try_from = "Uuid")]
    pub id: ChoiceId,
    pub text: String,
    pub votes: i64,
}

queries! {
    CONFIRM = ("INSERT INTO post_confirmations (school_id, post_id, account_id, confirmed_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (post_id, account_id) DO NOTHING");
    CONFIRMED = ("SELECT confirmed_at FROM post_confirmations WHERE post_id = $1 AND account_id = $2");
    MISSING = ("SELECT DISTINCT a.id AS account_id, a.name, a.email, a.language FROM guardianships w \
        JOIN children c ON c.id = w.child_id AND c.left_at IS NULL JOIN accounts a ON a.id = w.account_id AND a.disabled_at IS NULL \
        WHERE w.school_id = $1 AND w.ended_at IS NULL AND w.scope = 'full' AND ($3 OR w.child_id IN ids($5) OR EXISTS (\
        SELECT 1 FROM enrolments e WHERE e.child_id = w.child_id AND e.ended_at IS NULL AND e.group_id IN ids($2))) \
        AND NOT EXISTS (SELECT 1 FROM post_confirmations k WHERE k.post_id = $4 AND k.account_id = w.account_id) ORDER BY a.id");
    POLL = ("SELECT question, is_multiple, is_anonymous, closes_at FROM polls WHERE post_id = $1");
    CHOICES = ("SELECT c.id, c.text, c.anonymous_votes + (SELECT COUNT(*) FROM poll_votes v WHERE v.choice_id = c.id) AS votes \
        FROM poll_choices c WHERE c.post_id = $1 ORDER BY c.position");
    CLEAR_CHOICES = ("DELETE FROM poll_choices WHERE post_id = $1");
    CLEAR_POLL = ("DELETE FROM polls WHERE post_id = $1");
    ADD_POLL = ("INSERT INTO polls (post_id, school_id, question, is_multiple, is_anonymous, closes_at) VALUES ($1, $2, $3, $4, $5, $6)");
    ADD_CHOICE = ("INSERT INTO poll_choices (id, school_id, post_id, position, text, anonymous_votes) VALUES ($1, $2, $3, $4, $5, 0)");
    VOTERS = ("SELECT COUNT(*) FROM poll_voters WHERE post_id = $1");
    VOTED = ("SELECT account_id FROM poll_voters WHERE post_id = $1 AND account_id = $2");
    OWN_VOTES = ("SELECT v.choice_id FROM poll_votes v JOIN poll_choices c ON c.id = v.choice_id WHERE c.post_id = $1 AND v.account_id = $2");
    NAMED_VOTES = ("SELECT v.choice_id, a.name FROM poll_votes v JOIN poll_choices c ON c.id = v.choice_id \
        JOIN accounts a ON a.id = v.account_id WHERE c.post_id = $1 ORDER BY a.name, a.id");
    ADD_VOTER = ("INSERT INTO poll_voters (school_id, post_id, account_id) VALUES ($1, $2, $3) ON CONFLICT (post_id, account_id) DO NOTHING");
    CLEAR_VOTES = ("DELETE FROM poll_votes WHERE account_id = $2 AND choice_id IN (SELECT id FROM poll_choices WHERE post_id = $1)");
    ADD_VOTE = ("INSERT INTO poll_votes (school_id, choice_id, account_id) VALUES ($1, $2, $3) ON CONFLICT (choice_id, account_id) DO NOTHING");
    // Writes every choice, chosen or not: see the table.
    COUNT_VOTE = ("UPDATE poll_choices SET anonymous_votes = anonymous_votes + CASE WHEN id IN ids($2) THEN 1 ELSE 0 END WHERE post_id = $1");
}

impl Read {
    /// When the account confirmed the post.
    pub async fn find_confirmation(&mut self, post: PostId, account: AccountId) -> Result<Option<Time>> {
        Ok(fetch_optional!(self, (i64,), CONFIRMED, post.0, account.0)?.map(|(at,)| Time(at)))
    }

    /// Guardians in the audience who have not confirmed.
    pub async fn list_missing(&mut self, readers: Readers<'_>, post: PostId) -> Result<Vec<MissingRow>> {
        let (groups, children) = (readers.groups(), readers.children());
        fetch_all!(self, MissingRow, MISSING, readers.school.0, groups, readers.whole_school, post.0, children)
    }

    pub async fn find_poll(&mut self, post: PostId) -> Result<Option<PollRow>> {
        fetch_optional!(self, PollRow, POLL, post.0)
    }

    /// In their order.
    pub async fn list_choices(&mut self, post: PostId) -> Result<Vec<ChoiceRow>> {
        fetch_all!(self, ChoiceRow, CHOICES, post.0)
    }

    pub async fn count_voters(&mut self, post: PostId) -> Result<i64> {
        Ok(fetch_one!(self, (i64,), VOTERS, post.0)?.0)
    }

    pub async fn has_voted(&mut self, post: PostId, account: AccountId) -> Result<bool> {
        Ok(fetch_optional!(self, (Uuid,), VOTED, post.0, account.0)?.is_some())
    }

    /// What the account has voted; always nothing in an anonymous poll.
    pub async fn list_own_votes(&mut self, post: PostId, account: AccountId) -> Result<Vec<ChoiceId>> {
        let rows = fetch_all!(self, (Uuid,), OWN_VOTES, post.0, account.0)?;
        Ok(rows.into_iter().map(|(choice,)| ChoiceId(choice)).collect())
    }

    /// Who voted what, by name; always nothing in an anonymous poll.
    pub async fn list_named_votes(&mut self, post: PostId) -> Result<Vec<(ChoiceId, String)>> {
        let rows = fetch_all!(self, (Uuid, String), NAMED_VOTES, post.0)?;
        Ok(rows.into_iter().map(|(choice, name)| (ChoiceId(choice), name)).collect())
    }
}

impl Write {
    /// False if the account had confirmed already.
    pub async fn confirm_post(&mut self, school: SchoolId, post: PostId, account: AccountId, at: Time) -> Result<bool> {
        Ok(execute!(self, CONFIRM, school.0, post.0, account.0, at.0)? > 0)
    }

    /// The poll of a draft, with the ids and texts of its choices in order; none takes it away.
    pub async fn set_poll(
        &mut self,
        school: SchoolId,
        post: PostId,
        poll: Option<(&PollRow, &[(ChoiceId, String)])>,
    ) -> Result<()> {
        execute!(self, CLEAR_CHOICES, post.0)?;
        execute!(self, CLEAR_POLL, post.0)?;
        let Some((poll, choices)) = poll else { return Ok(()) };
        execute!(
            self,
            ADD_POLL,
            post.0,
            school.0,
            &poll.question,
            poll.is_multiple,
            poll.is_anonymous,
            poll.closes_at.0
        )?;
        for (position, (id, text)) in (1_i64..).zip(choices) {
            execute!(self, ADD_CHOICE, id.0, school.0, post.0, position, text)?;
        }
        Ok(())
    }

    /// An account's vote in a poll that is not anonymous; replaces an earlier one.
    pub async fn vote(
        &mut self,
        school: SchoolId,
        post: PostId,
        account: AccountId,
        choices: &[ChoiceId],
    ) -> Result<()> {
        execute!(self, ADD_VOTER, school.0, post.0, account.0)?;
        execute!(self, CLEAR_VOTES, post.0, account.0)?;
        for choice in choices {
            execute!(self, ADD_VOTE, school.0, choice.0, account.0)?;
        }
        Ok(())
    }

    /// A vote of which nothing is kept but the count, and that the account has voted. False if it had already.
    pub async fn vote_anonymously(
        &mut self,
        school: SchoolId,
        post: PostId,
        account: AccountId,
        choices: &[ChoiceId],
    ) -> Result<bool> {
        if execute!(self, ADD_VOTER, school.0, post.0, account.0)? == 0 {
            return Ok(false);
        }
        let chosen: Ids = choices.iter().copied().collect();
        execute!(self, COUNT_VOTE, post.0, chosen)?;
        Ok(true)
    }
}
