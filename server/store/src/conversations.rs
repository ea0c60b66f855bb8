//! Conversations about one child. Who takes part is the view `conversation_members`; nothing here decides it another way.

use crate::{
    Read, Result, Write,
    sql::{Ids, execute, fetch_all, fetch_one, fetch_optional, queries},
};
use model::{AccountId, ChildId, ConversationId, GroupId, MessageId, SchoolId, Time};
use uuid::Uuid;

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ConversationRow {
    #[sqlx(try_from = "Uuid")]
    pub id: ConversationId,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    #[sqlx(try_from = "Uuid")]
    pub child_id: ChildId,
    pub given_name: String,
    pub family_name: String,
    pub subject: String,
    #[sqlx(try_from = "Uuid")]
    pub created_by: AccountId,
    /// Number of the newest message.
    pub last_seq: i64,
}

/// Somebody who takes part now.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct MemberRow {
    #[sqlx(try_from = "Uuid")]
    pub conversation_id: ConversationId,
    #[sqlx(try_from = "Uuid")]
    pub account_id: AccountId,
    pub name: String,
    pub is_staff: bool,
    /// Word of the staff role in which the account takes part: the one towards the child's group, else the most senior.
    pub role: Option<String>,
    /// Number of the last message that the account has read, 0 for none.
    pub read_seq: i64,
}

/// A conversation in somebody's list, with its newest message.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ConversationListRow {
    #[sqlx(try_from = "Uuid")]
    pub id: ConversationId,
    pub given_name: String,
    pub family_name: String,
    /// Of the child's group.
    pub hue: Option<i64>,
    pub subject: String,
    #[sqlx(try_from = "i64")]
    pub last_at: Time,
    pub last_body: String,
    #[sqlx(try_from = "Uuid")]
    pub last_author_id: AccountId,
    pub last_author: String,
    /// Messages of others that the account has not read.
    pub unread: i64,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct MessageRow {
    #[sqlx(try_from = "Uuid")]
    pub id: MessageId,
    pub seq: i64,
    #[sqlx(try_from = "Uuid")]
    pub author_id: AccountId,
    pub author: String,
    /// A staff role's word, or `guardian`.
    pub capacity: String,
    pub body: String,
    #[sqlx(try_from = "i64")]
    pub sent_at: Time,
}

/// A child of the school who has not left, with its group.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ConversationChildRow {
    #[sqlx(try_from = "Uuid")]
    pub id: ChildId,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    pub given_name: String,
    pub family_name: String,
    pub group_id: Option<Uuid>,
    pub group_name: Option<String>,
    pub group_position: Option<i64>,
}

impl ConversationChildRow {
    pub fn group(&self) -> Option<GroupId> {
        self.group_id.map(GroupId)
    }
}

#[derive(Debug)]
pub struct NewConversation<'a> {
    pub id: ConversationId,
    pub school: SchoolId,
    pub child: ChildId,
    pub subject: &'a str,
    pub by: AccountId,
    pub at: Time,
}

#[derive(Debug)]
pub struct NewMessage<'a> {
    pub id: MessageId,
    pub school: SchoolId,
    pub conversation: ConversationId,
    /// From [`Write::take_message_seq`] of the same transaction.
    pub seq: i64,
    pub author: AccountId,
    pub capacity: &'a str,
    pub body: &'a str,
    pub at: Time,
}

queries! {
    FIND = ("SELECT c.id, c.school_id, c.child_id, k.given_name, k.family_name, c.subject, c.created_by, c.last_seq \
        FROM conversations c JOIN children k ON k.id = c.child_id WHERE c.id = $1");
    MEMBERS = ("SELECT DISTINCT m.conversation_id, m.account_id, a.name, m.is_staff, COALESCE(r.read_seq, 0) AS read_seq, COALESCE(\
            (SELECT MAX(s.role) FROM group_staff gs \
                JOIN enrolments e ON e.group_id = gs.group_id AND e.child_id = c.child_id AND e.ended_at IS NULL \
                JOIN staff s ON s.school_id = gs.school_id AND s.account_id = gs.account_id AND s.ended_at IS NULL \
                WHERE gs.account_id = m.account_id AND gs.ended_at IS NULL AND s.role IN ('teacher', 'specialist')), \
            (SELECT MIN(s.role) FROM staff s \
                WHERE s.school_id = c.school_id AND s.account_id = m.account_id AND s.ended_at IS NULL)) AS role \
        FROM conversation_members m JOIN conversations c ON c.id = m.conversation_id \
        JOIN accounts a ON a.id = m.account_id AND a.disabled_at IS NULL \
        LEFT JOIN conversation_reads r ON r.conversation_id = m.conversation_id AND r.account_id = m.account_id \
        WHERE m.conversation_id IN ids($1) ORDER BY a.name, m.account_id");
    OF_ACCOUNT = ("SELECT c.id, k.given_name, k.family_name, g.hue, c.subject, c.last_at, x.body AS last_body, \
            x.author_id AS last_author_id, a.name AS last_author, \
            (SELECT COUNT(*) FROM messages u WHERE u.conversation_id = c.id AND u.seq > COALESCE(r.read_seq, 0) \
                AND u.author_id <> $1) AS unread \
        FROM conversations c JOIN children k ON k.id = c.child_id \
        JOIN messages x ON x.conversation_id = c.id AND x.seq = c.last_seq JOIN accounts a ON a.id = x.author_id \
        LEFT JOIN enrolments e ON e.child_id = c.child_id AND e.ended_at IS NULL LEFT JOIN groups g ON g.id = e.group_id \
        LEFT JOIN conversation_reads r ON r.conversation_id = c.id AND r.account_id = $1 \
        WHERE c.id IN (SELECT m.conversation_id FROM conversation_members m WHERE m.account_id = $1) \
        AND (c.last_at < $2 OR (c.last_at = $2 AND c.id < $3)) ORDER BY c.last_at DESC, c.id DESC LIMIT $4");
    COUNT_UNREAD = ("SELECT COUNT(DISTINCT c.id) FROM conversation_members m JOIN conversations c ON c.id = m.conversation_id \
        LEFT JOIN conversation_reads r ON r.conversation_id = c.id AND r.account_id = $1 \
        WHERE m.account_id = $1 AND c.last_seq > COALESCE(r.read_seq, 0) AND EXISTS (\
            SELECT 1 FROM messages u WHERE u.conversation_id = c.id AND u.seq > COALESCE(r.read_seq, 0) AND u.author_id <> $1)");
    MESSAGES = ("SELECT x.id, x.seq, x.author_id, a.name AS author, x.capacity, x.body, x.sent_at FROM messages x \
        JOIN accounts a ON a.id = x.author_id WHERE x.conversation_id = $1 AND x.seq < $2 ORDER BY x.seq DESC LIMIT $3");
    FIND_MESSAGE = ("SELECT conversation_id, author_id FROM messages WHERE id = $1");
    CREATE = ("INSERT INTO conversations (id, school_id, child_id, subject, created_by, created_at, last_seq, last_at) \
        VALUES ($1, $2, $3, $4, $5, $6, 0, $6) ON CONFLICT (id) DO NOTHING");
    ADD_PARTICIPANT = ("INSERT INTO participants (school_id, conversation_id, account_id, is_staff, joined_at) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (conversation_id, account_id) DO NOTHING");
    // Holds the conversation's row until the end of the transaction: others wait for their number.
    TAKE_SEQ = ("UPDATE conversations SET last_seq = last_seq + 1, last_at = greatest(last_at, $2) WHERE id = $1 RETURNING last_seq");
    ADD_MESSAGE = ("INSERT INTO messages (id, school_id, conversation_id, seq, author_id, capacity, body, sent_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
    MARK_READ = ("INSERT INTO conversation_reads (school_id, conversation_id, account_id, read_seq, read_at) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (conversation_id, account_id) \
        DO UPDATE SET read_seq = excluded.read_seq, read_at = excluded.read_at \
        WHERE conversation_reads.read_seq < excluded.read_seq");
    CHILDREN = ("SELECT k.id, k.school_id, k.given_name, k.family_name, g.id AS group_id, g.name AS group_name, g.position AS group_position \
        FROM children k LEFT JOIN enrolments e ON e.child_id = k.id AND e.ended_at IS NULL \
        LEFT JOIN groups g ON g.id = e.group_id AND g.ended_at IS NULL \
        WHERE k.school_id = $1 AND k.left_at IS NULL ORDER BY k.given_name, k.family_name, k.id");
    CHILD = ("SELECT k.id, k.school_id, k.given_name, k.family_name, g.id AS group_id, g.name AS group_name, g.position AS group_position \
        FROM children k LEFT JOIN enrolments e ON e.child_id = k.id AND e.ended_at IS NULL \
        LEFT JOIN groups g ON g.id = e.group_id AND g.ended_at IS NULL WHERE k.id = $1 AND k.left_at IS NULL");
    GUARDIANS = ("SELECT w.account_id, a.name FROM guardianships w \
        JOIN accounts a ON a.id = w.account_id AND a.disabled_at IS NULL \
        WHERE w.child_id = $1 AND w.scope = 'full' AND w.ended_at IS NULL ORDER BY a.name, w.account_id");
    TEAM = ("SELECT gs.account_id, a.name FROM enrolments e JOIN group_staff gs ON gs.group_id = e.group_id AND gs.ended_at IS NULL \
        JOIN groups g ON g.id = gs.group_id AND g.ended_at IS NULL \
        JOIN accounts a ON a.id = gs.account_id AND a.disabled_at IS NULL \
        WHERE e.child_id = $1 AND e.ended_at IS NULL AND EXISTS (SELECT 1 FROM staff s WHERE s.school_id = gs.school_id \
            AND s.account_id = gs.account_id AND s.role IN ('teacher', 'specialist') AND s.ended_at IS NULL) \
        AND NOT EXISTS (SELECT 1 FROM guardianships w \
            WHERE w.child_id = e.child_id AND w.account_id = gs.account_id AND w.ended_at IS NULL) \
        ORDER BY a.name, gs.account_id");
}

/// Id and name of somebody.
type Named = (Uuid, String);

fn named(rows: Vec<Named>) -> Vec<(AccountId, String)> {
    rows.into_iter().map(|(id, name)| (AccountId(id), name)).collect()
}

impl Read {
    /// Without looking at who asks: see [`Read::list_conversation_members`].
    pub async fn find_conversation(&mut self, id: ConversationId) -> Result<Option<ConversationRow>> {
        fetch_optional!(self, ConversationRow, FIND, id.0)
    }

    /// Who takes part now in any of these conversations, by name.
    pub async fn list_conversation_members(&mut self, ids: &[ConversationId]) -> Result<Vec<MemberRow>> {
        let ids: Ids = ids.iter().copied().collect();
        fetch_all!(self, MemberRow, MEMBERS, ids)
    }

    /// The account's conversations whose newest message is before `(at, id)`, newest first.
    pub async fn list_conversations(
        &mut self,
        account: AccountId,
        before: (Time, ConversationId),
        limit: i64,
    ) -> Result<Vec<ConversationListRow>> {
        fetch_all!(self, ConversationListRow, OF_ACCOUNT, account.0, before.0.0, before.1.0, limit)
    }

    /// Conversations in which somebody else has written something that the account has not read.
    pub async fn count_unread_conversations(&mut self, account: AccountId) -> Result<i64> {
        Ok(fetch_one!(self, (i64,), COUNT_UNREAD, account.0)?.0)
    }

    /// Messages with a number below `before`, newest first.
    pub async fn list_messages(
        &mut self,
        conversation: ConversationId,
        before: i64,
        limit: i64,
    ) -> Result<Vec<MessageRow>> {
        fetch_all!(self, MessageRow, MESSAGES, conversation.0, before, limit)
    }

    /// Conversation and author of a message.
    pub async fn find_message(&mut self, id: MessageId) -> Result<Option<(ConversationId, AccountId)>> {
        let row = fetch_optional!(self, (Uuid, Uuid), FIND_MESSAGE, id.0)?;
        Ok(row.map(|(conversation, author)| (ConversationId(conversation), AccountId(author))))
    }

    /// All children of the school, by name.
    pub async fn list_conversation_children(&mut self, school: SchoolId) -> Result<Vec<ConversationChildRow>> {
        fetch_all!(self, ConversationChildRow, CHILDREN, school.0)
    }

    pub async fn find_conversation_child(&mut self, child: ChildId) -> Result<Option<ConversationChildRow>> {
        fetch_optional!(self, ConversationChildRow, CHILD, child.0)
    }

    /// Guardians with custody of the child, by name.
    pub async fn list_full_guardians(&mut self, child: ChildId) -> Result<Vec<(AccountId, String)>> {
        Ok(named(fetch_all!(self, Named, GUARDIANS, child.0)?))
    }

    /// Teachers and specialists of the child's group who are no guardians of the child, by name.
    pub async fn list_child_team(&mut self, child: ChildId) -> Result<Vec<(AccountId, String)>> {
        Ok(named(fetch_all!(self, Named, TEAM, child.0)?))
    }
}

impl Write {
    /// A conversation without messages yet; false if the id is taken.
    pub async fn create_conversation(&mut self, new: NewConversation<'_>) -> Result<bool> {
        let count = execute!(self, CREATE, new.id.0, new.school.0, new.child.0, new.subject, new.by.0, new.at.0)?;
        Ok(count > 0)
    }

    /// Does nothing if the account is a participant already, in whatever way.
    pub async fn add_participant(
        &mut self,
        school: SchoolId,
        conversation: ConversationId,
        account: AccountId,
        is_staff: bool,
        at: Time,
    ) -> Result<()> {
        execute!(self, ADD_PARTICIPANT, school.0, conversation.0, account.0, is_staff, at.0)?;
        Ok(())
    }

    /// The number of the conversation's next message. Whoever else wants one waits until this transaction is over, and
    /// an undone transaction gives its number back: 1, 2, 3 … without gaps.
    pub async fn take_message_seq(&mut self, conversation: ConversationId, at: Time) -> Result<i64> {
        Ok(fetch_one!(self, (i64,), TAKE_SEQ, conversation.0, at.0)?.0)
    }

    /// [`crate::Error::Duplicate`] if the id is taken.
    pub async fn add_message(&mut self, new: NewMessage<'_>) -> Result<()> {
        execute!(
            self,
            ADD_MESSAGE,
            new.id.0,
            new.school.0,
            new.conversation.0,
            new.seq,
            new.author.0,
            new.capacity,
            new.body,
            new.at.0
        )?;
        Ok(())
    }

    /// Remembers that the account has read up to `seq`; false if it had read that far already.
    pub async fn mark_conversation_read(
        &mut self,
        school: SchoolId,
        conversation: ConversationId,
        account: AccountId,
        seq: i64,
        at: Time,
    ) -> Result<bool> {
        Ok(execute!(self, MARK_READ, school.0, conversation.0, account.0, seq, at.0)? > 0)
    }
}
