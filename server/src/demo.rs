//! Fills an empty portal with the demo school: the plan of crate `demo`, put into the store as it would have grown.

use ::demo::{
    DEMO_PASSWORD, How, LoginRole, Person, PictureSize, Plan, Post, RequestState as PlannedState, SCHOOL_GROUP,
    Scope as PlannedScope, StaffRole as PlannedRole, picture, picture_description,
};
use anyhow::{Context as _, Result};
use domain::{Portal, check, gate::Audience, markdown, posts::Addressees, preferences, secrets};
use model::{
    AccountId, ChildId, ChoiceId, CommentId, ConversationId, GroupId, GuardianshipId, InvitationId, MediaId, MessageId,
    PostId, RequestId, SchoolId, Time,
    access::RequestState,
    account::SchoolSettings,
    consent::AnsweredBy,
    media::MediaKind,
    roles::{Relation, Scope, StaffRole},
};
use sha2::{Digest as _, Sha256};
use std::{collections::BTreeMap, io::Write as _};
use store::{
    Content, Decided, GroupRow, Invited, NewComment, NewConversation, NewDraft, NewInvitation, NewMedia, NewMessage,
    NewPostOptions, NewRequest, PollRow, PurposeRow, SchoolRow, Write,
};
use uuid::Uuid;

/// The demo school that screenshots and tests know.
pub const SEED: u64 = 2018;
/// Pictures at the full size of a phone's camera; the others are smaller.
const TWELVE_MEGAPIXELS: usize = 3;
/// Characters of a card's excerpt, as for posts that people write.
const EXCERPT: usize = 240;

/// An account of the demo school that anybody may sign in with.
#[derive(Debug, serde::Serialize)]
pub struct Account {
    pub role: &'static str,
    pub name: String,
    pub email: String,
    pub password: String,
    #[serde(skip)]
    pub note: String,
}

/// The log-ins; the same for every filling.
pub fn accounts(plan: &Plan) -> Vec<Account> {
    plan.logins
        .iter()
        .map(|login| Account {
            role: match login.role {
                LoginRole::Guardian => "guardian",
                LoginRole::Teacher => "teacher",
                LoginRole::Specialist => "specialist",
                LoginRole::Office => "office",
                LoginRole::Director => "director",
            },
            name: login.name.clone(),
            email: login.email.clone(),
            password: login.password.clone(),
            note: login.note.clone(),
        })
        .collect()
}

/// Fills an empty portal; false if there is a school already.
pub async fn fill(portal: &Portal, plan: &Plan) -> Result<bool> {
    if portal.store.read().await?.count_schools().await? > 0 {
        return Ok(false);
    }
    let pictures = make_pictures(portal, plan).await?;
    let mut filler = Filler::new(portal, plan, pictures).await?;
    let mut write = portal.store.write().await?;
    filler.people(&mut write).await.context("people")?;
    filler.answers(&mut write).await.context("image preferences")?;
    filler.posts(&mut write).await.context("posts")?;
    filler.conversations(&mut write).await.context("conversations")?;
    filler.access(&mut write).await.context("access requests")?;
    write.commit().await?;
    Ok(true)
}

/// A finished picture of the demo, used by several posts.
struct Made {
    photo: media::Photo,
    hash: Vec<u8>,
}

/// Draws every picture that is used and sends it through the pipeline, as if a phone had taken it.
async fn make_pictures(portal: &Portal, plan: &Plan) -> Result<BTreeMap<usize, Made>> {
    let used: std::collections::BTreeSet<usize> =
        plan.posts.iter().flat_map(|post| &post.pictures).map(|picture| picture.picture).collect();
    let total = used.len();
    let mut work = tokio::task::JoinSet::new();
    let mut waiting = used.into_iter().enumerate();
    let mut made = BTreeMap::new();
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    loop {
        while work.len() < cores
            && let Some((place, index)) = waiting.next()
        {
            let (seed, limits, folder) = (plan.seed, portal.media_limits.photo.clone(), portal.scratch.clone());
            work.spawn_blocking(move || -> Result<(usize, Made)> {
                let size = if place < TWELVE_MEGAPIXELS { PictureSize::TwelveMegapixels } else { PictureSize::Small };
                let bytes = picture(seed, index, size);
                let mut file = tempfile::NamedTempFile::new_in(folder)?;
                file.write_all(&bytes)?;
                let photo = media::make_photo(file.path(), &limits).with_context(|| format!("picture {index}"))?;
                Ok((index, Made { photo, hash: Sha256::digest(&bytes).to_vec() }))
            });
        }
        let Some(done) = work.join_next().await else { break };
        let (index, picture) = done??;
        made.insert(index, picture);
        if made.len() % 10 == 0 || made.len() == total {
            eprintln!("pictures: {} of {total}", made.len());
        }
    }
    Ok(made)
}

struct Filler<'a> {
    portal: &'a Portal,
    plan: &'a Plan,
    pictures: BTreeMap<usize, Made>,
    school: SchoolId,
    groups: Vec<GroupId>,
    staff: Vec<AccountId>,
    /// None for a guardian who has not joined.
    guardians: Vec<Option<AccountId>>,
    children: Vec<ChildId>,
    purposes: BTreeMap<String, PurposeRow>,
    password_hash: String,
}

impl<'a> Filler<'a> {
    async fn new(portal: &'a Portal, plan: &'a Plan, pictures: BTreeMap<usize, Made>) -> Result<Filler<'a>> {
        let start = school_start(plan);
        // One hash for all: everybody in the demo has the same password.
        let password_hash = portal.passwords.hash(DEMO_PASSWORD).await?;
        let id = |kind: &str, index: usize| id(plan.seed, kind, index, start);
        Ok(Filler {
            portal,
            plan,
            pictures,
            school: SchoolId(id("school", 0)),
            groups: (0..plan.groups.len()).map(|n| GroupId(id("group", n))).collect(),
            staff: (0..plan.staff.len()).map(|n| AccountId(id("staff", n))).collect(),
            guardians: Vec::new(),
            children: (0..plan.children.len()).map(|n| ChildId(id("child", n))).collect(),
            purposes: BTreeMap::new(),
            password_hash,
        })
    }

    fn id(&self, kind: &str, index: usize, at: i64) -> Uuid {
        id(self.plan.seed, kind, index, at)
    }

    async fn people(&mut self, write: &mut Write) -> Result<()> {
        let plan = self.plan;
        let start = Time(school_start(plan));
        let school = SchoolRow {
            id: self.school,
            slug: plan.school.slug.clone(),
            name: plan.school.name.clone(),
            time_zone: plan.school.timezone.clone(),
            language: plan.school.language.code().to_owned(),
            settings: serde_json::to_string(&SchoolSettings::default())?,
        };
        write.create_school(&school, start).await?;
        for row in preferences::create_shipped_purposes(write, self.portal, self.school, start).await? {
            self.purposes.insert(row.key.clone(), row);
        }
        for (n, group) in plan.groups.iter().enumerate() {
            let is_school = n == SCHOOL_GROUP;
            let row = GroupRow {
                id: self.groups[n],
                school_id: self.school,
                is_school,
                name: group.name.clone(),
                school_year: group.year.clone(),
                hue: (!is_school).then_some(i64::from(group.hue)),
                position: i64::try_from(n)?,
            };
            write.create_group(&row).await?;
        }
        for (n, person) in plan.staff.iter().enumerate() {
            let account = self.staff[n];
            write
                .create_account(account, &person.email, &person.name(), Some(&self.password_hash), None, start)
                .await?;
            write.add_staff(self.school, account, role(person.role), start).await?;
            for group in &person.groups {
                write.add_group_staff(self.school, self.groups[*group], account, start).await?;
            }
        }
        for (n, child) in plan.children.iter().enumerate() {
            let family = if child.particle.is_empty() {
                child.family_name.clone()
            } else {
                child.name().strip_prefix(&child.given_name).unwrap_or(&child.family_name).trim().to_owned()
            };
            write
                .add_child(self.children[n], self.school, &child.given_name, &family, Some(&child.born_on), start)
                .await?;
            write.enrol(self.school, self.children[n], self.groups[child.group], start).await?;
        }
        for (n, person) in plan.guardians.iter().enumerate() {
            let account = match (person.staff, person.joined_at_micros) {
                (Some(staff), _) => Some(self.staff[staff]),
                (None, None) => None,
                (None, Some(at)) => {
                    let account = AccountId(self.id("guardian", n, at));
                    let lang = person.language.code();
                    write
                        .create_account(
                            account,
                            &person.email,
                            &person.name(),
                            Some(&self.password_hash),
                            Some(lang),
                            Time(at),
                        )
                        .await?;
                    Some(account)
                }
            };
            self.guardians.push(account);
        }
        for (n, link) in plan.guardianships.iter().enumerate() {
            let Some(account) = self.guardians[link.guardian] else { continue };
            let scope = match link.scope {
                PlannedScope::Full => Scope::Full,
                PlannedScope::OnRequest => Scope::OnRequest,
                PlannedScope::None => Scope::None,
            };
            let id = GuardianshipId(self.id("guardianship", n, start.0));
            write
                .add_guardianship(
                    id,
                    self.school,
                    self.children[link.child],
                    account,
                    scope,
                    relation(&link.relation),
                    start,
                )
                .await?;
        }
        Ok(())
    }

    async fn answers(&mut self, write: &mut Write) -> Result<()> {
        for (n, answer) in self.plan.answers.iter().enumerate() {
            let key = &self.plan.purposes[answer.purpose].key;
            let (Some(account), Some(purpose)) = (self.guardians[answer.guardian], self.purposes.get(key)) else {
                continue;
            };
            let (how, recorded_by) = match answer.how {
                How::SelfService => (AnsweredBy::Guardian, None),
                How::PaperForm { recorded_by } => (AnsweredBy::PaperForm, Some(self.staff[recorded_by])),
            };
            let new = preferences::NewAnswer {
                id: self.id("answer", n, answer.at_micros),
                school: self.school,
                child: self.children[answer.child],
                purpose,
                account: Some(account),
                yes: answer.yes,
                how,
                recorded_by,
                form: None,
                at: Time(answer.at_micros),
                hidden: 0,
                to_review: 0,
            };
            preferences::append(write, new).await?;
        }
        Ok(())
    }

    async fn posts(&mut self, write: &mut Write) -> Result<()> {
        let mut media = 0;
        for (n, post) in self.plan.posts.iter().enumerate() {
            let at = Time(post.at_micros);
            let id = PostId(self.id("post", n, post.at_micros));
            let author = self.staff[post.author];
            let body = markdown::read(&post.body);
            let content =
                Content { title: &post.title, body: &serde_json::to_string(&body)?, excerpt: &body.excerpt(EXCERPT) };
            let role = role(self.plan.staff[post.author].role);
            write.create_draft(NewDraft { id, school: self.school, author, role, content, at }).await?;
            let groups: Vec<GroupId> = post.groups.iter().map(|group| self.groups[*group]).collect();
            write.set_draft_groups(self.school, id, &groups).await?;
            let mut placed = Vec::new();
            for picture in &post.pictures {
                let media_id = MediaId(self.id("media", media, post.at_micros));
                media += 1;
                self.picture(write, media_id, id, author, picture.picture, at).await?;
                for child in &picture.tagged {
                    write.tag_child(self.school, media_id, self.children[*child]).await?;
                }
                placed.push(media_id);
            }
            if post.draft {
                continue;
            }
            // The author answered the questions before the post went out: nobody without a yes is in these drawings.
            let whole_school = post.groups.contains(&SCHOOL_GROUP);
            let audience = if whole_school { Audience::School } else { Audience::Group };
            let to = Addressees::of_groups(&groups);
            let asked = check::questions(write, self.school, &to, audience, &placed, &[], at).await?;
            for question in asked.questions {
                for media_id in question.open {
                    write.record_picture_check(self.school, media_id, question.child.id, false, author, at).await?;
                }
            }
            let options = NewPostOptions {
                expires_at: None,
                is_pinned: post.pinned,
                comments_open: post.comments_open,
                urgent_reason: None,
                confirm_by: post.confirm_by_micros.map(Time),
            };
            write.set_post_options(id, options).await?;
            self.poll(write, id, post).await?;
            write.publish_post(id, at).await?;
            self.reads(write, n, id, whole_school).await?;
            self.comments(write, id, post).await?;
        }
        Ok(())
    }

    async fn poll(&self, write: &mut Write, id: PostId, post: &Post) -> Result<()> {
        let Some(poll) = &post.poll else { return Ok(()) };
        let choices: Vec<(ChoiceId, String)> =
            (0..).zip(&poll.choices).map(|(n, choice)| (ChoiceId(Uuid::new_v5(&id.0, &[n])), choice.clone())).collect();
        let row = PollRow {
            question: poll.question.clone(),
            is_multiple: false,
            is_anonymous: false,
            closes_at: Time(poll.closes_at_micros),
        };
        Ok(write.set_poll(self.school, id, Some((&row, &choices))).await?)
    }

    async fn comments(&self, write: &mut Write, post: PostId, planned: &Post) -> Result<()> {
        for (n, comment) in planned.comments.iter().enumerate() {
            let Some(author) = self.account(comment.by) else { continue };
            let id = CommentId(Uuid::new_v5(&post.0, &n.to_be_bytes()));
            let (school, at, body) = (self.school, Time(comment.at_micros), comment.text.as_str());
            let capacity = self.capacity(comment.by);
            write.add_comment(NewComment { id, school, post, parent: None, author, capacity, body, at }).await?;
        }
        Ok(())
    }

    /// As what somebody speaks, in the words of the database.
    fn capacity(&self, person: Person) -> &'static str {
        match person {
            Person::Staff(staff) => role(self.plan.staff[staff].role).as_str(),
            Person::Guardian(_) => "guardian",
        }
    }

    async fn picture(
        &self,
        write: &mut Write,
        id: MediaId,
        post: PostId,
        owner: AccountId,
        index: usize,
        at: Time,
    ) -> Result<()> {
        let made = self.pictures.get(&index).with_context(|| format!("picture {index} was not made"))?;
        let file_name = format!("IMG_{:04}.jpg", 2000 + index);
        write
            .add_media(NewMedia {
                id,
                school: self.school,
                owner,
                file_name: &file_name,
                source_hash: &made.hash,
                at,
                bytes: 1000,
                kind: MediaKind::Photo,
                document: None,
            })
            .await?;
        let sizes = domain::media::put_variants(self.portal, id, None, &made.photo).await?;
        write.set_media_ready(id, sizes, &made.photo.placeholder).await?;
        write.describe_media(id, picture_description(index), "").await?;
        write.attach_media(self.school, post, id, false).await?;
        Ok(())
    }

    /// The part of the audience that the plan says has opened the post; which ones is decided by their ids.
    async fn reads(&self, write: &mut Write, n: usize, post: PostId, whole_school: bool) -> Result<()> {
        let planned = &self.plan.posts[n];
        let mut seen = std::collections::BTreeSet::new();
        for link in &self.plan.guardianships {
            let in_audience = whole_school || planned.groups.contains(&self.plan.children[link.child].group);
            let (Some(account), true) =
                (self.guardians[link.guardian], in_audience && link.scope == PlannedScope::Full)
            else {
                continue;
            };
            let luck = f32::from(Sha256::digest([post.0.into_bytes(), account.0.into_bytes()].concat())[0]) / 256.0;
            if luck < planned.read_fraction && seen.insert(account.0) {
                let at = planned.at_micros + (luck * 30.0 * Time::HOUR as f32) as i64;
                let at = Time(at.min(self.plan.now_micros));
                write.mark_post_read(self.school, post, account, at).await?;
                self.answer(write, post, planned, account, luck / planned.read_fraction, at).await?;
            }
        }
        Ok(())
    }

    /// What a reader answers to a post that asks something; `luck`, from 0 to 1, decides whether and what.
    async fn answer(
        &self,
        write: &mut Write,
        post: PostId,
        planned: &Post,
        account: AccountId,
        luck: f32,
        at: Time,
    ) -> Result<()> {
        if planned.confirm_by_micros.is_some() && luck < 0.8 {
            write.confirm_post(self.school, post, account, at).await?;
        }
        if let Some(poll) = planned.poll.as_ref().filter(|_| luck < 0.6) {
            // The first choices are chosen more often.
            let choice = ((luck / 0.6).powi(2) * poll.choices.len() as f32) as u8;
            write.vote(self.school, post, account, &[ChoiceId(Uuid::new_v5(&post.0, &[choice]))]).await?;
        }
        Ok(())
    }

    async fn conversations(&mut self, write: &mut Write) -> Result<()> {
        let mut message = 0;
        for (n, planned) in self.plan.conversations.iter().enumerate() {
            let Some(first) = planned.messages.first() else { continue };
            let at = Time(first.at_micros);
            let id = ConversationId(self.id("conversation", n, first.at_micros));
            let Some(by) = self.account(first.from) else { continue };
            let child = self.children[planned.child];
            write
                .create_conversation(NewConversation {
                    id,
                    school: self.school,
                    child,
                    subject: &planned.subject,
                    by,
                    at,
                })
                .await?;
            for guardian in planned.guardians.iter().filter_map(|guardian| self.guardians[*guardian]) {
                write.add_participant(self.school, id, guardian, false, at).await?;
            }
            for staff in &planned.staff {
                write.add_participant(self.school, id, self.staff[*staff], true, at).await?;
            }
            let mut last = 0;
            for said in &planned.messages {
                let Some(author) = self.account(said.from) else { continue };
                let at = Time(said.at_micros);
                last = write.take_message_seq(id, at).await?;
                let capacity = self.capacity(said.from);
                let new = NewMessage {
                    id: MessageId(self.id("message", message, said.at_micros)),
                    school: self.school,
                    conversation: id,
                    seq: last,
                    author,
                    capacity,
                    body: &said.text,
                    at,
                };
                message += 1;
                write.add_message(new).await?;
            }
            let now = Time(self.plan.now_micros);
            let read = |unread: usize| last - i64::try_from(unread).unwrap_or(0);
            for guardian in planned.guardians.iter().filter_map(|guardian| self.guardians[*guardian]) {
                write.mark_conversation_read(self.school, id, guardian, read(planned.unread_by_guardians), now).await?;
            }
            for staff in &planned.staff {
                write
                    .mark_conversation_read(self.school, id, self.staff[*staff], read(planned.unread_by_staff), now)
                    .await?;
            }
        }
        Ok(())
    }

    async fn access(&mut self, write: &mut Write) -> Result<()> {
        for (n, planned) in self.plan.requests.iter().enumerate() {
            let id = RequestId(self.id("request", n, planned.at_micros));
            write
                .add_access_request(&NewRequest {
                    id,
                    school: self.school,
                    name: &planned.name,
                    email: &planned.email,
                    child_name: &planned.child_name,
                    relation: relation(&planned.relation),
                    message: &planned.message,
                    language: planned.language.code(),
                    at: Time(planned.at_micros),
                })
                .await?;
            let child = planned.child.map(|child| self.children[child]);
            let (state, reason, by, at) = match &planned.state {
                PlannedState::Pending => continue,
                PlannedState::Approved { by, at_micros } => (RequestState::Approved, None, *by, *at_micros),
                PlannedState::Rejected { by, at_micros, reason } => {
                    (RequestState::Rejected, Some(reason.as_str()), *by, *at_micros)
                }
            };
            let decided =
                Decided { state, reason, by: self.staff[by], at: Time(at), child, invitation: None, job: None };
            write.decide_access_request(self.school, id, &decided).await?;
        }
        for (n, planned) in self.plan.invitations.iter().enumerate() {
            let guardian = &self.plan.guardians[planned.guardian];
            let link = self
                .plan
                .guardianships
                .iter()
                .find(|link| link.guardian == planned.guardian && link.child == planned.child);
            write
                .create_invitation(&NewInvitation {
                    id: InvitationId(self.id("invitation", n, planned.sent_at_micros)),
                    school: self.school,
                    code_hash: &secrets::hash(&secrets::new_code()),
                    invited: Invited::Guardian {
                        child: self.children[planned.child],
                        scope: Scope::Full,
                        relation: relation(link.map_or("", |link| link.relation.as_str())),
                    },
                    name: &guardian.name(),
                    email: Some(&guardian.email),
                    by: Some(self.staff[planned.invited_by]),
                    at: Time(planned.sent_at_micros),
                    expires: Time(planned.expires_at_micros),
                })
                .await?;
        }
        Ok(())
    }

    fn account(&self, person: Person) -> Option<AccountId> {
        match person {
            Person::Staff(staff) => Some(self.staff[staff]),
            Person::Guardian(guardian) => self.guardians[guardian],
        }
    }
}

/// The first day of the demo school's memory: before its first answer and post.
fn school_start(plan: &Plan) -> i64 {
    let first =
        plan.answers.iter().map(|answer| answer.at_micros).chain(plan.posts.iter().map(|post| post.at_micros)).min();
    first.unwrap_or(plan.now_micros) - Time::DAY
}

/// A UUID v7 of that moment whose other bits follow from the seed, so that a filling can be repeated.
fn id(seed: u64, kind: &str, index: usize, at: i64) -> Uuid {
    let hash = Sha256::digest(format!("{seed} {kind} {index}").as_bytes());
    let millis = u64::try_from(at / 1_000).unwrap_or(0);
    let mut random = [0; 10];
    random.copy_from_slice(&hash[..10]);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

fn role(role: PlannedRole) -> StaffRole {
    match role {
        PlannedRole::Director => StaffRole::Director,
        PlannedRole::Teacher => StaffRole::Teacher,
        PlannedRole::Specialist => StaffRole::Specialist,
        PlannedRole::Office => StaffRole::Office,
    }
}

fn relation(word: &str) -> Relation {
    match word {
        "moeder" => Relation::Mother,
        "vader" => Relation::Father,
        word if word.contains("voogd") || word.contains("pleeg") => Relation::Carer,
        "" | "ouder" => Relation::Parent,
        _ => Relation::Other,
    }
}
