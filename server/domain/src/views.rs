//! Who saw my child: what is noted when a picture of a child is given out, and who reads it.
//!
//! A guardian never learns here of another guardian of the own children, by name or by number.

use crate::{
    Actor, Error, Portal, Result,
    moments::Dates,
    policy::{self, Action, Target},
    posts::{Addressees, find_shown},
};
use model::{
    AccountId, ChildId, GroupId, MediaId, SchoolId, Time,
    account::SchoolSettings,
    consent::NamedChild,
    views::{PictureViewer, SEEN_PAGE, SeenPage, SeenPicture, ShownAt},
};
use std::collections::{BTreeMap, BTreeSet};
use store::{PictureViewsRow, Read};
use texts::Lang;
use uuid::Uuid;

/// Schools whose notes are swept together.
const CHUNK: i64 = 500;

/// Notes that the actor is given a picture, if a child is known to be in it; once a day.
pub(crate) async fn note(
    portal: &Portal,
    mut read: Read,
    actor: &Actor,
    school: SchoolId,
    media: MediaId,
) -> Result<()> {
    let now = portal.clock.now();
    let day = day_of(now);
    if read.list_children_in_pictures(&[media]).await?.is_empty()
        || read.is_view_noted(media, actor.account(), day).await?
    {
        return Ok(());
    }
    drop(read);
    let mut write = portal.store.write().await?;
    write.note_view(school, media, actor.account(), day, now).await?;
    write.commit().await?;
    Ok(())
}

/// Days since 1970, UTC.
fn day_of(at: Time) -> i64 {
    at.0.div_euclid(Time::DAY)
}

/// Forgets what is older than each school has set.
pub(crate) async fn sweep(portal: &Portal) -> Result<()> {
    let now = portal.clock.now();
    let mut after = SchoolId(Uuid::nil());
    loop {
        let mut write = portal.store.write().await?;
        let schools = write.list_schools_after(after, CHUNK).await?;
        for school in &schools {
            let settings: SchoolSettings = serde_json::from_str(&school.settings)?;
            let oldest = now.plus(-i64::from(settings.views_kept_days) * Time::DAY);
            write.forget_views(school.id, day_of(oldest), oldest).await?;
        }
        write.commit().await?;
        match schools.last() {
            Some(last) if schools.len() as i64 == CHUNK => after = last.id,
            _ => return Ok(()),
        }
    }
}

/// Pictures of a child, newest first, and who has seen each; `before`: the last one of an earlier page.
pub async fn find_seen(
    portal: &Portal,
    actor: &Actor,
    lang: Lang,
    child: ChildId,
    before: Option<MediaId>,
) -> Result<SeenPage> {
    let mut read = portal.store.read().await?;
    let child = read.find_child(child).await?.ok_or_else(Error::not_found)?;
    let target = Target::Child { school: child.school_id, child: child.id, group: child.group_id.map(GroupId) };
    policy::require(actor, Action::SeeViews, target)?;
    let school = actor.school(child.school_id).ok_or_else(Error::not_found)?;
    let before = before.unwrap_or(MediaId(Uuid::max()));
    let mut rows = read.list_pictures_of_child(child.id, before, SEEN_PAGE as i64 + 1).await?;
    let is_more = rows.len() > SEEN_PAGE;
    rows.truncate(SEEN_PAGE);
    let media: Vec<MediaId> = rows.iter().map(|(media, _)| *media).collect();
    let dates = Dates::new(lang, &school.time_zone, portal.clock.now());
    let mut shown = find_pictures(&mut read, actor, child.school_id, &media).await?;
    let mut viewers = find_viewers(&mut read, actor, child.school_id, child.id, &media, &dates).await?;
    let pictures = rows.iter().map(|(media, at)| SeenPicture {
        id: *media,
        day: dates.day(*at),
        shown: shown.remove(media),
        viewers: viewers.remove(media).unwrap_or_default(),
    });
    Ok(SeenPage {
        child: NamedChild { id: child.id, name: child.given_name.clone() },
        is_guardians: actor.is_guardian_of(child.id),
        kept_days: school.settings.views_kept_days,
        pictures: pictures.collect(),
        older: media.last().copied().filter(|_| is_more),
    })
}

/// Those of the pictures that the gate shows the actor, and where they stand.
async fn find_pictures(
    read: &mut Read,
    actor: &Actor,
    school: SchoolId,
    media: &[MediaId],
) -> Result<BTreeMap<MediaId, ShownAt>> {
    let posts = read.list_posts_with(media, actor.asked_at()).await?;
    let to = Addressees::readable(read, actor, &posts, |_| Some(school)).await?;
    let shown = find_shown(read, actor, &posts, &to, |_| Some(school)).await?;
    let mut found = BTreeMap::new();
    for (post, shown) in shown {
        for (place, picture) in (1..).zip(shown.visible).filter(|(_, picture)| media.contains(&picture.id)) {
            found.insert(picture.id, ShownAt { picture, post, place });
        }
    }
    Ok(found)
}

/// Who has seen or taken out these pictures, the last one first.
async fn find_viewers(
    read: &mut Read,
    actor: &Actor,
    school: SchoolId,
    child: ChildId,
    media: &[MediaId],
    dates: &Dates,
) -> Result<BTreeMap<MediaId, Vec<PictureViewer>>> {
    let hidden = hidden_from(read, actor, child).await?;
    let staff: BTreeSet<AccountId> = read.list_staff(school).await?.into_iter().map(|row| row.account_id).collect();
    let mut known: BTreeMap<(MediaId, AccountId), Known> = BTreeMap::new();
    for row in read.list_picture_views(media).await? {
        let of = known.entry((row.media_id, row.account_id)).or_default();
        of.views = Some(row);
    }
    for row in read.list_picture_downloads(media).await? {
        let of = known.entry((row.media_id, row.account_id)).or_default();
        of.downloads = Some(row);
    }
    let mut viewers: BTreeMap<MediaId, Vec<(Time, PictureViewer)>> = BTreeMap::new();
    for ((media, account), known) in known {
        if !hidden.contains(&account) {
            viewers.entry(media).or_default().push((known.last_at(), known.viewer(staff.contains(&account), dates)));
        }
    }
    let in_order = |mut viewers: Vec<(Time, PictureViewer)>| {
        viewers.sort_by(|(a, left), (b, right)| b.cmp(a).then_with(|| left.name.cmp(&right.name)));
        viewers.into_iter().map(|(_, viewer)| viewer).collect()
    };
    Ok(viewers.into_iter().map(|(media, viewers)| (media, in_order(viewers))).collect())
}

/// Whom the actor may not find there: where the actor is a guardian, in whatever scope, everybody else who is or was one of
/// the same children, whatever else they are.
async fn hidden_from(read: &mut Read, actor: &Actor, child: ChildId) -> Result<BTreeSet<AccountId>> {
    if !actor.has_guardianship_of(child) {
        return Ok(BTreeSet::new());
    }
    let children = actor.children_in_any_scope();
    let guardians = read.list_ever_guardians(&children).await?;
    Ok(guardians.into_iter().filter(|account| *account != actor.account()).collect())
}

/// What is noted of one person and one picture.
#[derive(Default)]
struct Known {
    views: Option<PictureViewsRow>,
    downloads: Option<PictureViewsRow>,
}

impl Known {
    fn rows(&self) -> impl Iterator<Item = &PictureViewsRow> {
        self.views.iter().chain(&self.downloads)
    }

    fn last_at(&self) -> Time {
        self.rows().map(|row| row.last_at).max().unwrap_or(Time(0))
    }

    fn viewer(&self, is_staff: bool, dates: &Dates) -> PictureViewer {
        let moment = |row: &Option<PictureViewsRow>| row.as_ref().map(|row| dates.moment(row.last_at));
        let times =
            |row: &Option<PictureViewsRow>| row.as_ref().map_or(0, |row| u32::try_from(row.times).unwrap_or(u32::MAX));
        PictureViewer {
            name: self.rows().next().map(|row| row.name.clone()).unwrap_or_default(),
            is_staff,
            seen: moment(&self.views),
            days: times(&self.views),
            downloaded: moment(&self.downloads),
            downloads: times(&self.downloads),
        }
    }
}
