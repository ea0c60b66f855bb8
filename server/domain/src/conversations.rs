//! Conversations about one child, between guardians and the staff of the child's group.
//!
//! Who takes part is computed each time from what is true now (see the view `conversation_members`): guardians chosen at
//! the start for as long as they have custody, the team of the child's current group, and staff who started it or wrote
//! in it for as long as they are staff. Whoever does not take part gets the answer for an unknown id, directors included.

use crate::{
    Actor, Error, Portal, Result,
    actor::ActorSchool,
    live,
    moments::Dates,
    policy::{self, Action, Standing, Target},
};
use model::{
    AccountId, ApiError, ChildId, ConversationId, MessageId, Problem, SchoolId, Time,
    check::{Checker, MESSAGE_MAX, TITLE_MAX},
    conversation::{
        ConversationLine, ConversationList, ConversationPage, MessageView, Participant, StartChild, StartChosen,
        StartGuardian, StartPage,
    },
    error::Conflict,
    live::LiveEvent,
    roles::{Capacity, StaffRole},
};
use store::{ConversationChildRow, ConversationRow, MemberRow, MessageRow, NewConversation, NewMessage, Write};
use texts::Lang;
use uuid::Uuid;

/// Conversations on one page of the list.
const LIST_PAGE: usize = 50;
/// Messages on one page of a conversation.
const MESSAGES_PAGE: usize = 50;
/// Longest beginning of a message in the list, in characters.
const PREVIEW: usize = 120;
/// The capacity of a guardian, in the database.
const GUARDIAN: &str = "guardian";

/// The actor's conversations, newest first; `before` is the cursor of an earlier answer.
pub async fn list(portal: &Portal, actor: &Actor, lang: Lang, before: Option<&str>) -> Result<ConversationList> {
    let start = match before {
        None => (Time(i64::MAX), ConversationId(Uuid::nil())),
        Some(cursor) => read_cursor(cursor).ok_or_else(Error::not_found)?,
    };
    let dates = Dates::new(lang, actor.time_zone(), portal.clock.now());
    let mut read = portal.store.read().await?;
    let mut rows = read.list_conversations(actor.account(), start, LIST_PAGE as i64 + 1).await?;
    let older = (rows.len() > LIST_PAGE).then(|| {
        rows.truncate(LIST_PAGE);
        rows.last().map(|row| format!("{}.{}", row.last_at.0, row.id)).unwrap_or_default()
    });
    let ids: Vec<ConversationId> = rows.iter().map(|row| row.id).collect();
    let members = read.list_conversation_members(&ids).await?;
    drop(read);
    let lines = rows
        .into_iter()
        .filter_map(|row| {
            let members: Vec<&MemberRow> = members.iter().filter(|member| member.conversation_id == row.id).collect();
            let me = members.iter().find(|member| member.account_id == actor.account())?;
            Some(ConversationLine {
                id: row.id,
                child: child_name(me.is_staff, &row.given_name, &row.family_name),
                hue: row.hue.and_then(|hue| u8::try_from(hue).ok()),
                subject: row.subject,
                with: others(me, &members).into_iter().map(|member| member.name.clone()).collect(),
                last: preview(&row.last_body),
                last_author: (row.last_author_id != actor.account()).then_some(row.last_author),
                at: dates.moment(row.last_at),
                unread: u32::try_from(row.unread).unwrap_or(u32::MAX),
            })
        })
        .collect();
    let is_staff = actor.schools().iter().any(|school| actor.is_staff(school.id));
    Ok(ConversationList { lines, older, can_start: may_start_any(actor), is_staff })
}

fn read_cursor(cursor: &str) -> Option<(Time, ConversationId)> {
    let (at, id) = cursor.split_once('.')?;
    Some((Time(at.parse().ok()?), id.parse().ok()?))
}

/// Conversations in which somebody else has written something that the actor has not read.
pub async fn count_unread(portal: &Portal, actor: &Actor) -> Result<u32> {
    let count = portal.store.read().await?.count_unread_conversations(actor.account()).await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// What the actor needs to start a conversation; with a child chosen, also with whom.
pub async fn find_start_page(portal: &Portal, actor: &Actor, child: Option<ChildId>) -> Result<StartPage> {
    let mut read = portal.store.read().await?;
    let mut rows = Vec::new();
    for school in actor.schools() {
        if actor.is_staff(school.id) {
            rows.extend(read.list_conversation_children(school.id).await?);
        } else {
            for own in actor.children().filter(|fact| fact.school_id == school.id) {
                rows.extend(read.find_conversation_child(own.child_id).await?);
            }
        }
    }
    let mut children: Vec<(ConversationChildRow, Side)> = rows
        .into_iter()
        .filter_map(|row| {
            let side = side_towards(actor, &row)?;
            Some((row, side))
        })
        .collect();
    children.sort_by_key(|(row, _)| row.group_position.unwrap_or(i64::MAX));
    let chosen = match child {
        Some(child) => Some(children.iter().find(|(row, _)| row.id == child).ok_or_else(Error::not_found)?),
        None if children.len() == 1 => children.first(),
        None => None,
    };
    let chosen = match chosen {
        None => None,
        Some((row, side)) => {
            let guardians = match side {
                Side::Guardian => Vec::new(),
                Side::Staff => read.list_full_guardians(row.id).await?,
            };
            let team = read.list_child_team(row.id).await?;
            Some(StartChosen {
                child: start_child(row, *side),
                as_guardian: *side == Side::Guardian,
                guardians: guardians.into_iter().map(|(account, name)| StartGuardian { account, name }).collect(),
                team: names_but(team, actor.account()),
            })
        }
    };
    Ok(StartPage {
        id: portal.clock.new_id(),
        children: children.iter().map(|(row, side)| start_child(row, *side)).collect(),
        chosen,
    })
}

/// On which side of the table somebody sits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Guardian,
    Staff,
}

/// As what the actor may start a conversation about the child; none if not at all. Somebody who is a guardian of the
/// child is not its staff, so that one guardian never learns of the other by being a colleague.
fn side_towards(actor: &Actor, child: &ConversationChildRow) -> Option<Side> {
    let target = Target::Child { school: child.school_id, child: child.id, group: child.group() };
    if actor.has_guardianship_of(child.id) {
        policy::may_as(actor, Standing::Guardian, Action::StartConversation, target).then_some(Side::Guardian)
    } else {
        policy::may(actor, Action::StartConversation, target).then_some(Side::Staff)
    }
}

/// Whether there can be a child to start a conversation about.
fn may_start_any(actor: &Actor) -> bool {
    let may_in = |school: &ActorSchool| {
        actor.has_role(school.id, StaffRole::Director)
            || school.groups.iter().any(|group| actor.works_with(group.id))
            || (actor.is_guardian_at(school.id) && school.settings.guardians_start_conversations)
    };
    actor.schools().iter().any(may_in)
}

fn start_child(row: &ConversationChildRow, side: Side) -> StartChild {
    StartChild {
        id: row.id,
        name: child_name(side == Side::Staff, &row.given_name, &row.family_name),
        group: row.group_name.clone(),
    }
}

fn names_but(people: Vec<(AccountId, String)>, but: AccountId) -> Vec<String> {
    people.into_iter().filter(|(account, _)| *account != but).map(|(_, name)| name).collect()
}

/// A conversation about to be started, with its first message.
#[derive(Debug)]
pub struct Start<'a> {
    /// Made by the page: the same id again changes nothing.
    pub id: ConversationId,
    pub child: ChildId,
    /// Chosen by staff. A guardian chooses nobody: the team takes part.
    pub guardians: Vec<AccountId>,
    pub subject: &'a str,
    pub body: &'a str,
}

/// Starts a conversation.
pub async fn start(portal: &Portal, actor: &Actor, start: Start<'_>) -> Result<()> {
    let now = portal.clock.now();
    let mut write = portal.store.write().await?;
    let child = write.find_conversation_child(start.child).await?.ok_or_else(Error::not_found)?;
    let side = side_towards(actor, &child).ok_or_else(Error::not_found)?;
    let mut checker = Checker::default();
    let subject = checker.line("subject", start.subject, TITLE_MAX);
    let body = checker.lines("body", start.body, MESSAGE_MAX);
    let chosen = match side {
        Side::Guardian => {
            if write.list_child_team(child.id).await?.is_empty() {
                return Err(ApiError::conflict(Conflict::NobodyElse).into());
            }
            vec![actor.account()]
        }
        Side::Staff => {
            let guardians = write.list_full_guardians(child.id).await?;
            if start.guardians.is_empty() {
                checker.problem("guardians", Problem::Required);
            } else if !start.guardians.iter().all(|chosen| guardians.iter().any(|(account, _)| account == chosen)) {
                checker.problem("guardians", Problem::NotAChoice);
            }
            start.guardians.clone()
        }
    };
    checker.finish()?;
    let new = NewConversation {
        id: start.id,
        school: child.school_id,
        child: child.id,
        subject: &subject,
        by: actor.account(),
        at: now,
    };
    if !write.create_conversation(new).await? {
        let found = write.find_conversation(start.id).await?;
        let replayed = found.is_some_and(|row| row.created_by == actor.account() && row.child_id == child.id);
        return if replayed { Ok(()) } else { Err(Error::not_found()) };
    }
    for guardian in chosen {
        write.add_participant(child.school_id, start.id, guardian, false, now).await?;
    }
    if side == Side::Staff {
        write.add_participant(child.school_id, start.id, actor.account(), true, now).await?;
    }
    let place = Place::of_member(&mut write, actor, start.id).await?;
    // The first message has the conversation's own id: it too is stored once.
    place.say(&mut write, portal, MessageId(start.id.0), &body).await?;
    write.commit().await?;
    Ok(())
}

/// A conversation with its messages before `before`, or the newest ones.
pub async fn find(
    portal: &Portal,
    actor: &Actor,
    lang: Lang,
    id: ConversationId,
    before: Option<i64>,
) -> Result<ConversationPage> {
    let mut read = portal.store.read().await?;
    let place = Place::of_member(&mut read, actor, id).await?;
    let mut rows = read.list_messages(id, before.unwrap_or(i64::MAX), MESSAGES_PAGE as i64 + 1).await?;
    drop(read);
    let has_older = rows.len() > MESSAGES_PAGE;
    rows.truncate(MESSAGES_PAGE);
    rows.reverse();
    let dates = Dates::new(lang, place.time_zone(actor), portal.clock.now());
    let members: Vec<&MemberRow> = place.members.iter().collect();
    Ok(ConversationPage {
        id,
        child: child_name(place.me.is_staff, &place.row.given_name, &place.row.family_name),
        with: others(&place.me, &members)
            .into_iter()
            .map(|member| Participant { name: member.name.clone(), capacity: member_capacity(member) })
            .collect(),
        older: rows.first().filter(|_| has_older).map(|row| row.seq),
        is_newest: rows.last().is_none_or(|row| row.seq >= place.row.last_seq),
        messages: rows.into_iter().map(|row| place.view(&dates, row)).collect(),
        read_to: place.me.read_seq,
        can_write: place.has_other_side(),
        next_message: portal.clock.new_id(),
        subject: place.row.subject,
    })
}

/// Sends a message. `message` is made by the page: the same id again changes nothing. `seen` is the number of the last
/// message that stood on the page: the writer has read that far.
pub async fn send(
    portal: &Portal,
    actor: &Actor,
    id: ConversationId,
    message: MessageId,
    body: &str,
    seen: i64,
) -> Result<()> {
    let mut write = portal.store.write().await?;
    let place = Place::of_member(&mut write, actor, id).await?;
    let mut checker = Checker::default();
    let body = checker.lines("body", body, MESSAGE_MAX);
    checker.finish()?;
    if !place.has_other_side() {
        return Err(ApiError::conflict(Conflict::NobodyElse).into());
    }
    if !place.say(&mut write, portal, message, &body).await? {
        return Ok(());
    }
    place.mark_read(&mut write, portal, seen).await?;
    write.commit().await?;
    Ok(())
}

/// Remembers that the actor has read up to message number `seq`; it never goes back.
pub async fn mark_read(portal: &Portal, actor: &Actor, id: ConversationId, seq: i64) -> Result<()> {
    let mut write = portal.store.write().await?;
    let place = Place::of_member(&mut write, actor, id).await?;
    if !place.mark_read(&mut write, portal, seq).await? {
        return Ok(());
    }
    live::tell(&mut write, portal, &[place.me.account_id], LiveEvent::Counts).await?;
    if !place.me.is_staff {
        let staff: Vec<AccountId> =
            place.members.iter().filter(|member| member.is_staff).map(|member| member.account_id).collect();
        live::tell(&mut write, portal, &staff, LiveEvent::Conversation { id }).await?;
    }
    write.commit().await?;
    Ok(())
}

/// A conversation with everybody who takes part, one of whom is the actor.
struct Place {
    row: ConversationRow,
    me: MemberRow,
    /// The actor included.
    members: Vec<MemberRow>,
}

impl Place {
    /// Not found, unless the actor takes part now.
    async fn of_member(read: &mut store::Read, actor: &Actor, id: ConversationId) -> Result<Place> {
        let row = read.find_conversation(id).await?.ok_or_else(Error::not_found)?;
        let members = read.list_conversation_members(&[id]).await?;
        let me = members.iter().find(|member| member.account_id == actor.account()).cloned();
        Ok(Place { row, me: me.ok_or_else(Error::not_found)?, members })
    }

    /// Somebody takes part who sits on the other side of the table.
    fn has_other_side(&self) -> bool {
        self.members.iter().any(|member| member.is_staff != self.me.is_staff)
    }

    fn time_zone<'a>(&self, actor: &'a Actor) -> &'a str {
        let school: SchoolId = self.row.school_id;
        actor.school(school).map_or_else(|| actor.time_zone(), |school| school.time_zone.as_str())
    }

    /// Adds a message and tells everybody; false if it is there already.
    async fn say(&self, write: &mut Write, portal: &Portal, id: MessageId, body: &str) -> Result<bool> {
        let now = portal.clock.now();
        let conversation = self.row.id;
        // First the number: it makes a second sending of the same message wait for the first.
        let seq = write.take_message_seq(conversation, now).await?;
        match write.find_message(id).await? {
            Some(found) if found == (conversation, self.me.account_id) => return Ok(false),
            Some(_) => return Err(Error::not_found()),
            None => {}
        }
        let capacity = match member_capacity(&self.me) {
            Capacity::Staff(role) => role.as_str(),
            Capacity::Guardian => GUARDIAN,
        };
        let new = NewMessage {
            id,
            school: self.row.school_id,
            conversation,
            seq,
            author: self.me.account_id,
            capacity,
            body,
            at: now,
        };
        match write.add_message(new).await {
            // Taken in this very moment by another conversation.
            Err(store::Error::Duplicate(_)) => return Err(Error::not_found()),
            other => other?,
        }
        if self.me.is_staff {
            write.add_participant(self.row.school_id, conversation, self.me.account_id, true, now).await?;
        }
        let everybody: Vec<AccountId> = self.members.iter().map(|member| member.account_id).collect();
        live::tell(write, portal, &everybody, LiveEvent::Conversation { id: conversation }).await?;
        live::tell(write, portal, &everybody, LiveEvent::Counts).await?;
        Ok(true)
    }

    /// Up to `seq`, or the newest message there is; false if nothing changes.
    async fn mark_read(&self, write: &mut Write, portal: &Portal, seq: i64) -> Result<bool> {
        let seq = seq.min(self.row.last_seq);
        if seq <= self.me.read_seq {
            return Ok(false);
        }
        let now = portal.clock.now();
        Ok(write.mark_conversation_read(self.row.school_id, self.row.id, self.me.account_id, seq, now).await?)
    }

    fn view(&self, dates: &Dates, row: MessageRow) -> MessageView {
        let readers = self.members.iter().filter(|member| {
            self.me.is_staff && !member.is_staff && member.read_seq >= row.seq && member.account_id != row.author_id
        });
        MessageView {
            id: row.id,
            seq: row.seq,
            read_by: readers.map(|member| member.name.clone()).collect(),
            author: row.author,
            capacity: StaffRole::from_word(&row.capacity).map_or(Capacity::Guardian, Capacity::Staff),
            is_own: row.author_id == self.me.account_id,
            text: row.body,
            day: dates.day(row.sent_at),
            at: dates.time_of_day(row.sent_at),
        }
    }
}

fn member_capacity(member: &MemberRow) -> Capacity {
    let role = member.role.as_deref().and_then(StaffRole::from_word).filter(|_| member.is_staff);
    role.map_or(Capacity::Guardian, Capacity::Staff)
}

/// Everybody but the reader, first those on the other side of the table.
fn others<'a>(me: &MemberRow, members: &[&'a MemberRow]) -> Vec<&'a MemberRow> {
    let side = |near: bool| {
        members
            .iter()
            .copied()
            .filter(move |member| (member.is_staff == me.is_staff) == near && member.account_id != me.account_id)
    };
    side(false).chain(side(true)).collect()
}

/// Staff know several children by the same given name.
fn child_name(to_staff: bool, given: &str, family: &str) -> String {
    if to_staff { format!("{given} {family}") } else { given.to_owned() }
}

/// The beginning of a message, on one line.
fn preview(body: &str) -> String {
    let mut text: String = body.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((cut, _)) = text.char_indices().nth(PREVIEW) {
        text.truncate(cut);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn previews_are_one_short_line() {
        assert_eq!(preview("Dag,\n\nalles  goed? "), "Dag, alles goed?");
        assert_eq!(preview(&"é".repeat(200)), format!("{}…", "é".repeat(120)));
    }
}
