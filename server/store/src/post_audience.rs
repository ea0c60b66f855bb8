//! To whom posts go: groups, or the guardians of named children; and who that is now.

use crate::{
    Read, Result, Write,
    sql::{Ids, execute, fetch_all, fetch_one, queries},
};
use model::{AccountId, ChildId, GroupId, PostId, SchoolId, Time};
use uuid::Uuid;

/// One of those to whom a post goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Addressee {
    Group(GroupId),
    /// The guardians of a child.
    Child(ChildId),
    /// The staff of a group, beside the guardians of its children that are named.
    Team(GroupId),
}

/// The audience of a post, for finding and counting the people in it.
#[derive(Clone, Copy, Debug)]
pub struct Readers<'a> {
    pub school: SchoolId,
    pub groups: &'a [GroupId],
    pub children: &'a [ChildId],
    pub teams: &'a [GroupId],
    /// The school group is among the groups.
    pub whole_school: bool,
}

impl Readers<'_> {
    pub(crate) fn groups(&self) -> Ids {
        self.groups.iter().copied().collect()
    }

    pub(crate) fn children(&self) -> Ids {
        self.children.iter().copied().collect()
    }

    /// Groups whose staff reads the post.
    fn staff_groups(&self) -> Ids {
        self.groups.iter().chain(self.teams).copied().collect()
    }
}

queries! {
    ADDRESSEES = ("SELECT post_id, 'group' AS kind, group_id AS id FROM post_groups WHERE post_id IN ids($1) \
        UNION ALL SELECT post_id, 'child' AS kind, child_id AS id FROM post_children WHERE post_id IN ids($1) \
        UNION ALL SELECT post_id, 'team' AS kind, group_id AS id FROM post_teams WHERE post_id IN ids($1)");
    CLEAR_GROUPS = ("DELETE FROM post_groups WHERE post_id = $1");
    CLEAR_CHILDREN = ("DELETE FROM post_children WHERE post_id = $1");
    CLEAR_TEAMS = ("DELETE FROM post_teams WHERE post_id = $1");
    ADD_GROUP = ("INSERT INTO post_groups (school_id, post_id, group_id) VALUES ($1, $2, $3) ON CONFLICT (post_id, group_id) DO NOTHING");
    ADD_CHILD = ("INSERT INTO post_children (school_id, post_id, child_id) VALUES ($1, $2, $3) ON CONFLICT (post_id, child_id) DO NOTHING");
    ADD_TEAM = ("INSERT INTO post_teams (school_id, post_id, group_id) VALUES ($1, $2, $3) ON CONFLICT (post_id, group_id) DO NOTHING");
    REMOVE_GROUP = ("DELETE FROM post_groups WHERE post_id = $1 AND group_id = $2");
    REMOVE_CHILD = ("DELETE FROM post_children WHERE post_id = $1 AND child_id = $2");
    REMOVE_TEAM = ("DELETE FROM post_teams WHERE post_id = $1 AND group_id = $2");
    REACH = ("SELECT COUNT(DISTINCT w.account_id), COUNT(DISTINCT r.account_id) FROM guardianships w \
        JOIN children c ON c.id = w.child_id AND c.left_at IS NULL \
        JOIN accounts a ON a.id = w.account_id AND a.disabled_at IS NULL \
        LEFT JOIN post_reads r ON r.post_id = $4 AND r.account_id = w.account_id \
        WHERE w.school_id = $1 AND w.ended_at IS NULL AND w.scope = 'full' AND ($3 OR w.child_id IN ids($5) OR EXISTS (\
        SELECT 1 FROM enrolments e WHERE e.child_id = w.child_id AND e.ended_at IS NULL AND e.group_id IN ids($2)))");
    COUNT_CHILDREN = ("SELECT COUNT(*) FROM children c WHERE c.school_id = $1 AND c.left_at IS NULL AND ($3 OR c.id IN ids($4) OR EXISTS (\
        SELECT 1 FROM enrolments e JOIN groups g ON g.id = e.group_id AND g.ended_at IS NULL \
        WHERE e.child_id = c.id AND e.ended_at IS NULL AND e.group_id IN ids($2)))");
    READERS = ("SELECT account_id FROM (SELECT w.account_id FROM guardianships w JOIN children c ON c.id = w.child_id AND c.left_at IS NULL \
        WHERE w.school_id = $1 AND w.ended_at IS NULL AND w.scope = 'full' AND ($3 OR w.child_id IN ids($6) OR EXISTS (\
        SELECT 1 FROM enrolments e WHERE e.child_id = w.child_id AND e.ended_at IS NULL AND e.group_id IN ids($2))) \
        UNION SELECT s.account_id FROM staff s WHERE s.school_id = $1 AND s.ended_at IS NULL AND ($3 OR s.role = 'director' OR EXISTS (\
        SELECT 1 FROM group_staff gs WHERE gs.account_id = s.account_id AND gs.ended_at IS NULL AND gs.group_id IN ids($7)))) x \
        WHERE account_id > $4 ORDER BY account_id LIMIT $5");
    BUSIEST = ("SELECT g.name, COUNT(*) FROM post_groups pg JOIN groups g ON g.id = pg.group_id \
        WHERE pg.group_id IN ids($1) AND pg.published_at > $2 GROUP BY pg.group_id, g.name ORDER BY COUNT(*) DESC, g.name LIMIT 1");
}

impl Read {
    /// To whom each post goes, in no order.
    pub async fn list_addressees(&mut self, posts: &[PostId]) -> Result<Vec<(PostId, Addressee)>> {
        let ids: Ids = posts.iter().copied().collect();
        let rows = fetch_all!(self, (Uuid, String, Uuid), ADDRESSEES, ids)?;
        let addressee = |kind: &str, id: Uuid| match kind {
            "group" => Addressee::Group(GroupId(id)),
            "child" => Addressee::Child(ChildId(id)),
            _ => Addressee::Team(GroupId(id)),
        };
        Ok(rows.into_iter().map(|(post, kind, id)| (PostId(post), addressee(&kind, id))).collect())
    }

    /// Guardians with custody in the audience, and how many of them have read the post.
    pub async fn count_reach(&mut self, readers: Readers<'_>, post: PostId) -> Result<(i64, i64)> {
        let (groups, children) = (readers.groups(), readers.children());
        fetch_one!(self, (i64, i64), REACH, readers.school.0, groups, readers.whole_school, post.0, children)
    }

    /// Children in the audience.
    pub async fn count_addressed_children(&mut self, readers: Readers<'_>) -> Result<i64> {
        let (groups, children) = (readers.groups(), readers.children());
        Ok(fetch_one!(self, (i64,), COUNT_CHILDREN, readers.school.0, groups, readers.whole_school, children)?.0)
    }

    /// Accounts that may read a post of this audience, in the order of their ids, after one of them.
    pub async fn list_readers(&mut self, readers: Readers<'_>, after: AccountId, limit: i64) -> Result<Vec<AccountId>> {
        let (groups, children, teams) = (readers.groups(), readers.children(), readers.staff_groups());
        let rows = fetch_all!(
            self,
            (Uuid,),
            READERS,
            readers.school.0,
            groups,
            readers.whole_school,
            after.0,
            limit,
            children,
            teams
        )?;
        Ok(rows.into_iter().map(|(account,)| AccountId(account)).collect())
    }

    /// Name of the group that got most posts since a moment, and how many; none if none of them got any.
    pub async fn find_busiest_group(&mut self, groups: &[GroupId], since: Time) -> Result<Option<(String, i64)>> {
        let ids: Ids = groups.iter().copied().collect();
        Ok(fetch_all!(self, (String, i64), BUSIEST, ids, since.0)?.into_iter().next())
    }
}

impl Write {
    /// The draft's groups from now on.
    pub async fn set_draft_groups(&mut self, school: SchoolId, id: PostId, groups: &[GroupId]) -> Result<()> {
        execute!(self, CLEAR_GROUPS, id.0)?;
        for group in groups {
            execute!(self, ADD_GROUP, school.0, id.0, group.0)?;
        }
        Ok(())
    }

    /// The children whose guardians the draft is for from now on, and the groups whose staff reads along.
    pub async fn set_draft_children(
        &mut self,
        school: SchoolId,
        id: PostId,
        children: &[ChildId],
        teams: &[GroupId],
    ) -> Result<()> {
        execute!(self, CLEAR_CHILDREN, id.0)?;
        execute!(self, CLEAR_TEAMS, id.0)?;
        for child in children {
            execute!(self, ADD_CHILD, school.0, id.0, child.0)?;
        }
        for team in teams {
            execute!(self, ADD_TEAM, school.0, id.0, team.0)?;
        }
        Ok(())
    }

    /// Takes the post away from one of those to whom it goes.
    pub async fn remove_addressee(&mut self, id: PostId, addressee: Addressee) -> Result<()> {
        match addressee {
            Addressee::Group(group) => execute!(self, REMOVE_GROUP, id.0, group.0)?,
            Addressee::Child(child) => execute!(self, REMOVE_CHILD, id.0, child.0)?,
            Addressee::Team(group) => execute!(self, REMOVE_TEAM, id.0, group.0)?,
        };
        Ok(())
    }
}
