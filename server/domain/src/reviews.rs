//! After a withdrawal: staff look through the published pictures that may show the child, and decide about those that it hid.
//!
//! What is to be looked at is computed each time: pictures placed for people among whom the child was, about which nobody has
//! said whether the child is in them. So nothing is forgotten that was published while the answer changed.

use crate::{
    Actor, Error, Portal, Result,
    audit::{self, Entry},
    check::named,
    gate::{self, Audience, Candidate, InPicture, Placed},
    jobs::{self, Job},
    media::picture_of,
    moments::Dates,
    policy::Action,
    posts::{Addressees, announce, count, known_groups},
    search,
};
use model::{
    ApiError, ChildId, MediaId, PostId, ReviewId, SchoolId, Time,
    consent::Effective,
    error::Conflict,
    feed::{NamedChild, PostState},
    media::Picture,
    review::{Decision, HeldPicture, REVIEW_PAGE, ReviewLine, ReviewPage, ReviewPost, ReviewsPage},
};
use std::collections::{BTreeMap, BTreeSet};
use store::{CardRow, PostPictureRow, PostRow, Read, ReviewRow, ReviewedPicture, Write};

/// How long a review that is done stays in the list.
const SHOWN_AFTER: i64 = 30 * Time::DAY;

/// Everything that waits for the actor.
pub async fn find_reviews(portal: &Portal, actor: &Actor, dates: &Dates) -> Result<ReviewsPage> {
    let now = portal.clock.now();
    let mut read = portal.store.read().await?;
    let mut page = ReviewsPage::default();
    let mut is_staff = false;
    for school in actor.schools().iter().filter(|school| actor.is_staff(school.id)) {
        is_staff = true;
        for row in read.list_reviews(school.id, now.plus(-SHOWN_AFTER)).await? {
            let open = Open::find(&mut read, actor, &row).await?;
            // Who has nothing to look at learns of no withdrawal.
            if !open.own.is_empty() || may_follow(actor, school.id) {
                page.reviews.push(line(&mut read, &row, &open, dates).await?);
            }
        }
        page.held.extend(find_held(&mut read, actor, school.id, dates).await?);
    }
    if is_staff { Ok(page) } else { Err(Error::not_found()) }
}

/// Whether anything waits for the actor: a review with something of the actor's own, or a hidden picture to decide about.
pub(crate) async fn has_waiting(read: &mut Read, actor: &Actor) -> Result<bool> {
    for school in actor.schools().iter().filter(|school| actor.is_staff(school.id)) {
        let held = read.list_held_pictures(school.id).await?;
        if !reviewable(read, actor, held).await?.1.is_empty() {
            return Ok(true);
        }
        for row in read.list_open_reviews(school.id).await? {
            if !Open::find(read, actor, &row).await?.own.is_empty() {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Directors see how far all reviews are.
fn may_follow(actor: &Actor, school: SchoolId) -> bool {
    crate::policy::may(actor, Action::GovernSchool, crate::policy::Target::School(school))
}

/// What is left of a review, and the part of it that is the actor's.
struct Open {
    left: usize,
    own: Vec<ReviewedPicture>,
    cards: BTreeMap<PostId, CardRow>,
}

impl Open {
    async fn find(read: &mut Read, actor: &Actor, row: &ReviewRow) -> Result<Open> {
        let in_school_group = row.audience == Audience::School.as_str();
        let left = read.list_unanswered_pictures(row.school_id, row.child_id, in_school_group).await?;
        let (cards, own) = reviewable(read, actor, left.clone()).await?;
        Ok(Open { left: left.len(), own, cards })
    }
}

/// Those of the pictures about which the actor may decide, with their posts.
async fn reviewable(
    read: &mut Read,
    actor: &Actor,
    mut pictures: Vec<ReviewedPicture>,
) -> Result<(BTreeMap<PostId, CardRow>, Vec<ReviewedPicture>)> {
    let posts: BTreeSet<PostId> = pictures.iter().map(|picture| picture.post_id).collect();
    let posts: Vec<PostId> = posts.into_iter().collect();
    let to = Addressees::by_post(read, &posts).await?;
    let mut cards: BTreeMap<PostId, CardRow> = read
        .list_cards(&posts, actor.account(), actor.asked_at())
        .await?
        .into_iter()
        .map(|card| (card.id, card))
        .collect();
    cards.retain(|id, card| {
        to.get(id).is_some_and(|to| to.may(actor, Action::ReviewPictures, card.school_id, card.author_id))
    });
    pictures.retain(|picture| cards.contains_key(&picture.post_id));
    Ok((cards, pictures))
}

async fn line(read: &mut Read, row: &ReviewRow, open: &Open, dates: &Dates) -> Result<ReviewLine> {
    Ok(ReviewLine {
        id: row.id,
        child: child_of(read, row.school_id, row.child_id).await?,
        for_school: row.audience == Audience::School.as_str(),
        since: dates.moment(row.begun_at),
        pictures: count(row.pictures.max(open.left as i64)),
        left: count(open.left as i64),
        own: count(open.own.len() as i64),
    })
}

async fn child_of(read: &mut Read, school: SchoolId, child: ChildId) -> Result<NamedChild> {
    let rows = read.list_children(school, &[child]).await?;
    rows.first().map(named).ok_or_else(Error::not_found)
}

/// A review with the next posts to look at, newest first.
pub async fn find_review(portal: &Portal, actor: &Actor, id: ReviewId, dates: &Dates) -> Result<ReviewPage> {
    let mut read = portal.store.read().await?;
    let row = read.find_review(id).await?.filter(|row| actor.is_staff(row.school_id)).ok_or_else(Error::not_found)?;
    let open = Open::find(&mut read, actor, &row).await?;
    if open.own.is_empty() && !may_follow(actor, row.school_id) {
        return Err(Error::not_found());
    }
    let mut order: Vec<PostId> = open.own.iter().map(|picture| picture.post_id).collect();
    order.dedup();
    order.truncate(REVIEW_PAGE);
    let wanted: BTreeSet<MediaId> = open.own.iter().map(|picture| picture.media_id).collect();
    let mut shown = show(&mut read, actor, &order, &open.cards, Placed::Published, &wanted).await?;
    let review = line(&mut read, &row, &open, dates).await?;
    let posts = order.iter().filter_map(|id| {
        let card = open.cards.get(id)?;
        let pictures: Vec<Picture> = shown.remove(id)?.into_values().collect();
        let published = dates.moment(card.published_at);
        Some(ReviewPost { id: *id, title: card.title.clone(), published, pictures })
    });
    Ok(ReviewPage { review, posts: posts.collect() })
}

/// The pictures of these posts that the gate lets through, in their order.
async fn show(
    read: &mut Read,
    actor: &Actor,
    posts: &[PostId],
    cards: &BTreeMap<PostId, CardRow>,
    placed: Placed,
    wanted: &BTreeSet<MediaId>,
) -> Result<BTreeMap<PostId, BTreeMap<usize, Picture>>> {
    let to = Addressees::by_post(read, posts).await?;
    let mut rows = read.list_post_pictures(posts).await?;
    rows.retain(|row| row.is_shown() && !row.is_pending && wanted.contains(&row.media_id));
    let candidate = |row: &PostPictureRow| {
        let (card, to) = (cards.get(&row.post_id)?, to.get(&row.post_id)?);
        let audience = to.audience(known_groups(actor, card.school_id));
        Some(Candidate { school: card.school_id, media: row.media_id, only_for: row.only_for(), audience, placed })
    };
    rows.retain(|row| candidate(row).is_some());
    let candidates: Vec<Candidate> = rows.iter().filter_map(candidate).collect();
    let cleared = gate::pass(read, actor, &candidates).await?;
    let mut shown: BTreeMap<PostId, BTreeMap<usize, Picture>> = BTreeMap::new();
    for (place, (row, cleared)) in rows.iter().zip(cleared).enumerate() {
        if let Some(cleared) = cleared {
            shown.entry(row.post_id).or_default().insert(place, picture_of(row, cleared));
        }
    }
    Ok(shown)
}

/// Staff say in which of a post's pictures the child is; in all others of this review it is not. Answers whether the actor has
/// more to look at.
pub async fn answer(portal: &Portal, actor: &Actor, id: ReviewId, post: PostId, present: &[MediaId]) -> Result<bool> {
    let mut write = portal.store.write().await?;
    let row = write.find_review(id).await?.ok_or_else(Error::not_found)?;
    write.lock_child(row.child_id).await?;
    let in_school_group = row.audience == Audience::School.as_str();
    let left = write.list_unanswered_pictures(row.school_id, row.child_id, in_school_group).await?;
    let is_last = left.iter().all(|picture| picture.post_id == post);
    let (_, own) = reviewable(&mut write, actor, left).await?;
    let (of_post, more): (Vec<ReviewedPicture>, Vec<ReviewedPicture>) =
        own.into_iter().partition(|picture| picture.post_id == post);
    // Answered by a colleague meanwhile, or none of the actor's: nothing to say.
    if of_post.is_empty() || present.iter().any(|media| !of_post.iter().any(|picture| picture.media_id == *media)) {
        return Err(Error::not_found());
    }
    let now = portal.clock.now();
    for picture in &of_post {
        let is_in = present.contains(&picture.media_id);
        write.record_picture_check(row.school_id, picture.media_id, row.child_id, is_in, actor.account(), now).await?;
        if is_in {
            write.hold_picture(picture.media_id, row.child_id, now).await?;
        }
    }
    if !present.is_empty() {
        jobs::enqueue(&mut write, portal, &Job::PicturesChanged { school: row.school_id }, 0).await?;
    }
    if is_last {
        write.end_review(id, now).await?;
    }
    write.commit().await?;
    Ok(!more.is_empty())
}

/// Hidden pictures about which the actor decides.
async fn find_held(read: &mut Read, actor: &Actor, school: SchoolId, dates: &Dates) -> Result<Vec<HeldPicture>> {
    let held = read.list_held_pictures(school).await?;
    let (cards, held) = reviewable(read, actor, held).await?;
    let mut posts: Vec<PostId> = held.iter().map(|picture| picture.post_id).collect();
    posts.dedup();
    let media: BTreeSet<MediaId> = held.iter().map(|picture| picture.media_id).collect();
    let shown = show(read, actor, &posts, &cards, Placed::UnderReview, &media).await?;
    let mut found = Vec::with_capacity(held.len());
    for picture in held {
        let Some(card) = cards.get(&picture.post_id) else { continue };
        let in_picture = InHeld::find(read, actor, &picture, school).await?;
        let of_post = shown.get(&picture.post_id);
        found.push(HeldPicture {
            post: picture.post_id,
            title: card.title.clone(),
            published: dates.moment(card.published_at),
            media: picture.media_id,
            child: child_of(read, school, picture.child_id).await?,
            picture: of_post.and_then(|of_post| of_post.values().find(|shown| shown.id == picture.media_id)).cloned(),
            decisions: in_picture.decisions(),
        });
    }
    Ok(found)
}

/// Who is in a hidden picture, seen from one of them.
struct InHeld {
    own: Option<InPicture>,
    others: Vec<InPicture>,
}

impl InHeld {
    async fn find(read: &mut Read, actor: &Actor, picture: &ReviewedPicture, school: SchoolId) -> Result<InHeld> {
        let to = Addressees::find(read, picture.post_id).await?;
        let audience = to.audience(known_groups(actor, school));
        let shown = read.list_children_in_pictures(&[picture.media_id]).await?;
        let children: Vec<ChildId> = shown.iter().map(|shown| shown.child_id).collect();
        let now = actor.asked_at();
        let answers = gate::portal_answers(read, school, &BTreeSet::from([audience]), &children, now).await?;
        let in_picture = shown.iter().map(|shown| InPicture {
            child: shown.child_id,
            answer: answers.of(shown.child_id, audience),
            is_held: shown.is_held(),
        });
        let (own, others): (Vec<InPicture>, Vec<InPicture>) =
            in_picture.partition(|shown| shown.child == picture.child_id);
        Ok(InHeld { own: own.first().copied(), others })
    }

    fn is_held(&self) -> bool {
        self.own.is_some_and(|own| own.is_held)
    }

    /// What may be decided. Saying yes again shows nothing by itself, but it makes showing possible.
    fn decisions(&self) -> Vec<Decision> {
        let can_show = self.own.is_some_and(|own| own.answer == Effective::Yes);
        let is_alone = self.others.iter().all(|other| other.answer == Effective::Yes && !other.is_held);
        Decision::ALL
            .iter()
            .copied()
            .filter(|decision| match decision {
                Decision::Show => can_show,
                Decision::OnlyParents => is_alone,
                Decision::NotInIt | Decision::Remove => true,
            })
            .collect()
    }
}

/// Decides about a picture that a withdrawal hid.
pub async fn decide(
    portal: &Portal,
    actor: &Actor,
    post: PostId,
    media: MediaId,
    child: ChildId,
    decision: Decision,
) -> Result<()> {
    let mut write = portal.store.write().await?;
    let row = write.lock_post(post).await?.filter(|row| row.state == PostState::Published);
    let row = row.ok_or_else(Error::not_found)?;
    let to = Addressees::find(&mut write, post).await?;
    let has_it = write.list_post_pictures(&[post]).await?.iter().any(|picture| picture.media_id == media);
    if !has_it || !to.may(actor, Action::ReviewPictures, row.school_id, row.author_id) {
        return Err(Error::not_found());
    }
    // An answer that changes at this instant comes before this decision, or hides the picture again after it.
    write.lock_child(child).await?;
    let picture = ReviewedPicture { post_id: post, media_id: media, child_id: child };
    let in_picture = InHeld::find(&mut write, actor, &picture, row.school_id).await?;
    if !in_picture.is_held() {
        return Err(Error::not_found());
    }
    if !in_picture.decisions().contains(&decision) {
        return Err(ApiError::conflict(Conflict::PictureNotAllowed).into());
    }
    carry_out(&mut write, portal, actor, &row, &picture, decision).await?;
    let child = child_of(&mut write, row.school_id, child).await?;
    let detail = format!("{}: {decision}", child.name);
    let entry = Entry { action: "pictures.decide", subject: &row.title, detail: &detail };
    audit::record(&mut write, portal, row.school_id, Some(actor.account()), entry).await?;
    announce(&mut write, portal, &row, &to).await?;
    write.commit().await?;
    Ok(())
}

async fn carry_out(
    write: &mut Write,
    portal: &Portal,
    actor: &Actor,
    row: &PostRow,
    picture: &ReviewedPicture,
    decision: Decision,
) -> Result<()> {
    let ReviewedPicture { post_id, media_id, child_id } = *picture;
    let now = portal.clock.now();
    match decision {
        Decision::Show => write.lift_hold(media_id, child_id).await?,
        Decision::OnlyParents => {
            write.restrict_picture(post_id, media_id, Some(child_id)).await?;
            write.lift_hold(media_id, child_id).await?;
        }
        Decision::NotInIt => {
            write.record_picture_check(row.school_id, media_id, child_id, false, actor.account(), now).await?;
        }
        Decision::Remove => {
            write.remove_media(post_id, media_id, now).await?;
            jobs::enqueue(write, portal, &Job::EraseMedia, 0).await?;
            search::index_post(write, post_id).await?;
        }
    }
    Ok(())
}
