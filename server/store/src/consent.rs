//! Image preferences: purposes, answers, and which children are in which pictures.

use crate::{
    Read, Result, Write,
    sql::{Ids, execute, fetch_all, fetch_one, fetch_optional, queries},
};
use model::{
    AccountId, ChildId, GroupId, MediaId, PostId, PurposeId, SchoolId, Time,
    consent::{AnsweredBy, LegalBasis, purpose},
};
use uuid::Uuid;

/// The current version of a purpose.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PurposeRow {
    #[sqlx(try_from = "Uuid")]
    pub id: PurposeId,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    pub key: String,
    pub version: i64,
    #[sqlx(try_from = "String")]
    pub basis: LegalBasis,
    /// JSON: `{"nl": {"title": …, "text": …}, …}`.
    pub texts: String,
    pub position: i64,
}

/// A guardian's latest answer to a version of a purpose. Only of guardians who have custody now.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AnswerRow {
    #[sqlx(try_from = "Uuid")]
    pub child_id: ChildId,
    #[sqlx(try_from = "Uuid")]
    pub purpose_id: PurposeId,
    #[sqlx(try_from = "Uuid")]
    pub account_id: AccountId,
    pub yes: bool,
    #[sqlx(try_from = "String")]
    pub how: AnsweredBy,
    #[sqlx(try_from = "i64")]
    pub answered_at: Time,
}

#[derive(Debug)]
pub struct NewAnswer {
    pub id: Uuid,
    pub school: SchoolId,
    pub child: ChildId,
    pub purpose: PurposeId,
    pub account: AccountId,
    pub yes: bool,
    pub how: AnsweredBy,
    pub recorded_by: Option<AccountId>,
    pub at: Time,
}

/// A child on the roster, with its group.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ChildRow {
    #[sqlx(try_from = "Uuid")]
    pub id: ChildId,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    pub given_name: String,
    pub family_name: String,
    pub group_id: Option<Uuid>,
    pub group_name: Option<String>,
}

impl ChildRow {
    /// Given and family name.
    pub fn name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name).trim().to_owned()
    }
}

/// What the picture check needs to know of a post.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CheckedPost {
    #[sqlx(try_from = "Uuid")]
    pub id: PostId,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    #[sqlx(try_from = "Uuid")]
    pub author_id: AccountId,
    pub state: String,
}

/// A picture of a post, as the picture check sees it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CheckedPicture {
    #[sqlx(try_from = "Uuid")]
    pub media_id: MediaId,
    pub only_for_child: Option<Uuid>,
    pub state: String,
    pub kind: String,
    pub alt: String,
    pub width: i64,
    pub height: i64,
    pub width_small: i64,
    pub width_medium: i64,
    pub width_large: i64,
    /// Of a film that is made, in milliseconds.
    pub duration_ms: Option<i64>,
    pub edition: Option<Uuid>,
}

queries! {
    PURPOSES = ("SELECT id, school_id, key, version, basis, texts, position FROM purposes \
        WHERE school_id = $1 AND superseded_at IS NULL ORDER BY position");
    PORTAL_PURPOSES = ("SELECT s.settings, p.key, p.id FROM purposes p JOIN schools s ON s.id = p.school_id \
        WHERE p.school_id = $1 AND p.superseded_at IS NULL AND p.key IN ($2, $3)");
    COUNT_OPEN = ("SELECT COUNT(*) FROM guardianships w \
        JOIN purposes p ON p.school_id = w.school_id AND p.superseded_at IS NULL AND p.basis = 'consent' \
        WHERE w.account_id = $1 AND w.ended_at IS NULL AND w.scope = 'full' AND NOT EXISTS (SELECT 1 FROM consent_answers a \
        WHERE a.child_id = w.child_id AND a.purpose_id = p.id AND a.account_id = w.account_id)");
    CREATE_PURPOSE = ("INSERT INTO purposes (id, school_id, key, version, basis, texts, position, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
    SUPERSEDE = ("UPDATE purposes SET superseded_at = $3 WHERE school_id = $1 AND key = $2 AND superseded_at IS NULL");
    // An answer counts for as long as its guardian has custody; what was answered before stays on record.
    ANSWERS = ("SELECT a.child_id, a.purpose_id, a.account_id, a.yes, a.how, a.answered_at FROM consent_answers a \
        JOIN guardianships w ON w.child_id = a.child_id AND w.account_id = a.account_id AND w.ended_at IS NULL AND w.scope = 'full' \
        WHERE a.child_id IN ids($1) AND a.purpose_id IN ids($2) AND NOT EXISTS (SELECT 1 FROM consent_answers b WHERE b.child_id = a.child_id \
        AND b.purpose_id = a.purpose_id AND b.account_id = a.account_id AND (b.answered_at, b.id) > (a.answered_at, a.id))");
    GUARDIANS = ("SELECT child_id, COUNT(*) FROM guardianships WHERE child_id IN ids($1) AND ended_at IS NULL AND scope = 'full' GROUP BY child_id");
    ADD_ANSWER = ("INSERT INTO consent_answers (id, school_id, child_id, purpose_id, account_id, yes, how, recorded_by, answered_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    LOCK_CHILD = { sqlite: "SELECT id FROM children WHERE id = $1", postgres: "SELECT id FROM children WHERE id = $1 FOR UPDATE" };
    CHILD = ("SELECT c.id, c.school_id, c.given_name, c.family_name, e.group_id, g.name AS group_name FROM children c \
        LEFT JOIN enrolments e ON e.child_id = c.id AND e.ended_at IS NULL LEFT JOIN groups g ON g.id = e.group_id \
        WHERE c.id = $1 AND c.left_at IS NULL");
    CHILDREN_OF_GROUPS = ("SELECT c.id, c.school_id, c.given_name, c.family_name, e.group_id, g.name AS group_name FROM enrolments e \
        JOIN children c ON c.id = e.child_id JOIN groups g ON g.id = e.group_id \
        WHERE e.group_id IN ids($2) AND e.ended_at IS NULL AND c.left_at IS NULL AND c.school_id = $1 \
        ORDER BY g.position, c.given_name, c.family_name, c.id");
    CHILDREN_OF_SCHOOL = ("SELECT c.id, c.school_id, c.given_name, c.family_name, e.group_id, g.name AS group_name FROM children c \
        LEFT JOIN enrolments e ON e.child_id = c.id AND e.ended_at IS NULL LEFT JOIN groups g ON g.id = e.group_id \
        WHERE c.school_id = $1 AND c.left_at IS NULL ORDER BY g.position, c.given_name, c.family_name, c.id");
    CHILDREN_BY_ID = ("SELECT c.id, c.school_id, c.given_name, c.family_name, e.group_id, g.name AS group_name FROM children c \
        LEFT JOIN enrolments e ON e.child_id = c.id AND e.ended_at IS NULL LEFT JOIN groups g ON g.id = e.group_id \
        WHERE c.school_id = $1 AND c.id IN ids($2) ORDER BY c.given_name, c.family_name, c.id");
    IN_PICTURES = ("SELECT media_id, child_id FROM media_children WHERE media_id IN ids($1) ORDER BY media_id, child_id");
    CHECKS = ("SELECT media_id, child_id, present FROM picture_checks WHERE media_id IN ids($1)");
    ADD_CHECK = ("INSERT INTO picture_checks (school_id, media_id, child_id, present, checked_by, checked_at) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (media_id, child_id) DO UPDATE SET present = excluded.present, checked_by = excluded.checked_by, checked_at = excluded.checked_at");
    ADD_IN_PICTURE = ("INSERT INTO media_children (school_id, media_id, child_id) VALUES ($1, $2, $3) ON CONFLICT (media_id, child_id) DO NOTHING");
    REMOVE_FROM_PICTURE = ("DELETE FROM media_children WHERE media_id = $1 AND child_id = $2");
    CHECKED_POST = ("SELECT id, school_id, author_id, state FROM posts WHERE id = $1 AND state <> 'deleted'");
    CHECKED_PICTURES = ("SELECT pm.media_id, pm.only_for_child, m.state, m.kind, m.alt, m.width, m.height, m.width_small, m.width_medium, m.width_large, \
        m.duration_ms, m.edition FROM post_media pm JOIN media m ON m.id = pm.media_id \
        WHERE pm.post_id = $1 AND m.deleted_at IS NULL AND m.kind <> 'document' ORDER BY pm.position, pm.media_id");
    RESTRICT = ("UPDATE post_media SET only_for_child = $3 WHERE post_id = $1 AND media_id = $2");
    // Pictures of published posts with this child in them, in class groups or for named children ($2 false) or in the school
    // group ($2 true).
    COUNT_PUBLISHED = ("SELECT COUNT(DISTINCT pm.media_id) FROM media_children mc JOIN post_media pm ON pm.media_id = mc.media_id \
        JOIN posts p ON p.id = pm.post_id AND p.state = 'published' \
        WHERE mc.child_id = $1 AND pm.only_for_child IS NULL AND (EXISTS (SELECT 1 FROM post_groups pg JOIN groups g ON g.id = pg.group_id \
        WHERE pg.post_id = p.id AND g.is_school = $2) OR (NOT $2 AND EXISTS (SELECT 1 FROM post_children pc WHERE pc.post_id = p.id)))");
    READERS_OF_SCHOOL = ("SELECT DISTINCT account_id FROM guardianships WHERE school_id = $1 AND ended_at IS NULL AND scope = 'full' \
        UNION SELECT account_id FROM staff WHERE school_id = $1 AND ended_at IS NULL");
}

impl Read {
    /// Current versions, in order.
    pub async fn list_purposes(&mut self, school: SchoolId) -> Result<Vec<PurposeRow>> {
        fetch_all!(self, PurposeRow, PURPOSES, school.0)
    }

    /// Settings of the school, and keys and current versions of the two purposes of the portal itself.
    pub async fn find_portal_purposes(
        &mut self,
        school: SchoolId,
    ) -> Result<Option<(String, Vec<(String, PurposeId)>)>> {
        let (group, whole) = (purpose::PORTAL_GROUP, purpose::PORTAL_SCHOOL);
        let mut rows = fetch_all!(self, (String, String, Uuid), PORTAL_PURPOSES, school.0, group, whole)?;
        let Some((settings, ..)) = rows.first_mut() else { return Ok(None) };
        let settings = std::mem::take(settings);
        Ok(Some((settings, rows.into_iter().map(|(_, key, id)| (key, PurposeId(id))).collect())))
    }

    /// Latest answers of guardians with custody to these versions of purposes.
    pub async fn list_answers(&mut self, children: &[ChildId], purposes: &[PurposeId]) -> Result<Vec<AnswerRow>> {
        let children: Ids = children.iter().copied().collect();
        let purposes: Ids = purposes.iter().copied().collect();
        fetch_all!(self, AnswerRow, ANSWERS, children, purposes)
    }

    /// Questions to a guardian without an answer, over all own children.
    pub async fn count_open_questions(&mut self, account: AccountId) -> Result<i64> {
        Ok(fetch_one!(self, (i64,), COUNT_OPEN, account.0)?.0)
    }

    /// Guardians with custody per child; children without any are not listed.
    pub async fn count_custody(&mut self, children: &[ChildId]) -> Result<Vec<(ChildId, i64)>> {
        let ids: Ids = children.iter().copied().collect();
        let rows = fetch_all!(self, (Uuid, i64), GUARDIANS, ids)?;
        Ok(rows.into_iter().map(|(child, count)| (ChildId(child), count)).collect())
    }

    /// A child that has not left.
    pub async fn find_child(&mut self, id: ChildId) -> Result<Option<ChildRow>> {
        fetch_optional!(self, ChildRow, CHILD, id.0)
    }

    /// Children of these groups, by group and name.
    pub async fn list_children_of_groups(&mut self, school: SchoolId, groups: &[GroupId]) -> Result<Vec<ChildRow>> {
        let ids: Ids = groups.iter().copied().collect();
        fetch_all!(self, ChildRow, CHILDREN_OF_GROUPS, school.0, ids)
    }

    pub async fn list_children_of_school(&mut self, school: SchoolId) -> Result<Vec<ChildRow>> {
        fetch_all!(self, ChildRow, CHILDREN_OF_SCHOOL, school.0)
    }

    /// These children of the school, also those that have left.
    pub async fn list_children(&mut self, school: SchoolId, children: &[ChildId]) -> Result<Vec<ChildRow>> {
        let ids: Ids = children.iter().copied().collect();
        fetch_all!(self, ChildRow, CHILDREN_BY_ID, school.0, ids)
    }

    /// Who is known to be in these pictures.
    pub async fn list_children_in_pictures(&mut self, media: &[MediaId]) -> Result<Vec<(MediaId, ChildId)>> {
        let ids: Ids = media.iter().copied().collect();
        let rows = fetch_all!(self, (Uuid, Uuid), IN_PICTURES, ids)?;
        Ok(rows.into_iter().map(|(media, child)| (MediaId(media), ChildId(child))).collect())
    }

    /// Answers of the picture check: picture, child, whether the child is in it.
    pub async fn list_picture_checks(&mut self, media: &[MediaId]) -> Result<Vec<(MediaId, ChildId, bool)>> {
        let ids: Ids = media.iter().copied().collect();
        let rows = fetch_all!(self, (Uuid, Uuid, bool), CHECKS, ids)?;
        Ok(rows.into_iter().map(|(media, child, present)| (MediaId(media), ChildId(child), present)).collect())
    }

    pub async fn find_checked_post(&mut self, id: PostId) -> Result<Option<CheckedPost>> {
        fetch_optional!(self, CheckedPost, CHECKED_POST, id.0)
    }

    /// A post's pictures, in order.
    pub async fn list_checked_pictures(&mut self, post: PostId) -> Result<Vec<CheckedPicture>> {
        fetch_all!(self, CheckedPicture, CHECKED_PICTURES, post.0)
    }

    /// Published pictures open to everybody in which the child is known to be: in groups, or in the school group.
    pub async fn count_published_pictures(&mut self, child: ChildId, in_school_group: bool) -> Result<i64> {
        Ok(fetch_one!(self, (i64,), COUNT_PUBLISHED, child.0, in_school_group)?.0)
    }

    /// Accounts that read anything of the school.
    pub async fn list_readers_of_school(&mut self, school: SchoolId) -> Result<Vec<AccountId>> {
        let rows = fetch_all!(self, (Uuid,), READERS_OF_SCHOOL, school.0)?;
        Ok(rows.into_iter().map(|(account,)| AccountId(account)).collect())
    }
}

impl Write {
    pub async fn create_purpose(&mut self, purpose: &PurposeRow, at: Time) -> Result<()> {
        execute!(
            self,
            CREATE_PURPOSE,
            purpose.id.0,
            purpose.school_id.0,
            &purpose.key,
            purpose.version,
            purpose.basis.as_str(),
            &purpose.texts,
            purpose.position,
            at.0
        )?;
        Ok(())
    }

    /// Ends the current version of a purpose; its answers stop counting.
    pub async fn supersede_purpose(&mut self, school: SchoolId, key: &str, at: Time) -> Result<()> {
        execute!(self, SUPERSEDE, school.0, key, at.0)?;
        Ok(())
    }

    pub async fn add_answer(&mut self, new: &NewAnswer) -> Result<()> {
        execute!(
            self,
            ADD_ANSWER,
            new.id,
            new.school.0,
            new.child.0,
            new.purpose.0,
            new.account.0,
            new.yes,
            new.how.as_str(),
            new.recorded_by.map(|account| account.0),
            new.at.0
        )?;
        Ok(())
    }

    /// Answers about one child, and publications that show it, take turns.
    pub async fn lock_child(&mut self, child: ChildId) -> Result<()> {
        fetch_optional!(self, (Uuid,), LOCK_CHILD, child.0)?;
        Ok(())
    }

    /// Records whether a child is in a picture; a later answer replaces the earlier one.
    pub async fn record_picture_check(
        &mut self,
        school: SchoolId,
        media: MediaId,
        child: ChildId,
        present: bool,
        by: AccountId,
        at: Time,
    ) -> Result<()> {
        execute!(self, ADD_CHECK, school.0, media.0, child.0, present, by.0, at.0)?;
        if present {
            execute!(self, ADD_IN_PICTURE, school.0, media.0, child.0)?;
        } else {
            execute!(self, REMOVE_FROM_PICTURE, media.0, child.0)?;
        }
        Ok(())
    }

    pub async fn tag_child(&mut self, school: SchoolId, media: MediaId, child: ChildId) -> Result<()> {
        execute!(self, ADD_IN_PICTURE, school.0, media.0, child.0)?;
        Ok(())
    }

    pub async fn untag_child(&mut self, media: MediaId, child: ChildId) -> Result<()> {
        execute!(self, REMOVE_FROM_PICTURE, media.0, child.0)?;
        Ok(())
    }

    /// Shows a picture of a post to this child's guardians and to staff only; none lifts it.
    pub async fn restrict_picture(&mut self, post: PostId, media: MediaId, only_for: Option<ChildId>) -> Result<bool> {
        Ok(execute!(self, RESTRICT, post.0, media.0, only_for.map(|child| child.0))? > 0)
    }
}
