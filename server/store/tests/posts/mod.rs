//! Posts and pictures.

mod answers;
mod films;
mod options;

use crate::support::{both_engines, id};
use model::{
    AccountId, ChildId, EditionId, GroupId, GuardianshipId, MediaId, PostId, SchoolId, Time,
    feed::PostState,
    media::{MediaKind, MediaState},
    roles::{Relation, Scope, StaffRole},
};
use store::{
    Addressee, Content, Error, GroupRow, MediaSizes, NewDraft, NewMedia, Place, Readers, SchoolRow, Sources, Store,
    Write,
};

pub const SCHOOL: SchoolId = SchoolId(uuid::Uuid::from_u128(1));
const TEXT: Content<'static> = Content { title: "Titel", body: "{\"blocks\":[]}", excerpt: "Begin" };

pub fn account(n: u8) -> AccountId {
    AccountId(id(n))
}

/// The school group is group 10, the classes are 11 and 12; account 1 teaches group 11.
pub fn group(n: u8) -> GroupId {
    GroupId(id(n))
}

pub fn post(n: u8) -> PostId {
    PostId(id(n))
}

fn media(n: u8) -> MediaId {
    MediaId(id(n))
}

pub async fn school(store: &Store) {
    let mut write = store.write().await.expect("transaction");
    let row = SchoolRow {
        id: SCHOOL,
        slug: "s".into(),
        name: "School".into(),
        time_zone: "Europe/Amsterdam".into(),
        language: "nl".into(),
        settings: "{}".into(),
    };
    write.create_school(&row, Time(0)).await.expect("created");
    for n in 10..=12 {
        let row = GroupRow {
            id: group(n),
            school_id: SCHOOL,
            is_school: n == 10,
            name: format!("Groep {n}"),
            school_year: "2026-2027".into(),
            hue: None,
            position: i64::from(n),
        };
        write.create_group(&row).await.expect("created");
    }
    for n in 1..=6 {
        write.create_account(account(n), &format!("{n}@b.example"), "A", None, None, Time(0)).await.expect("created");
    }
    write.add_staff(SCHOOL, account(1), StaffRole::Teacher, Time(0)).await.expect("added");
    write.add_group_staff(SCHOOL, group(11), account(1), Time(0)).await.expect("added");
    write.commit().await.expect("committed");
}

pub async fn draft(write: &mut Write, n: u8, groups: &[u8]) {
    let new = NewDraft {
        id: post(n),
        school: SCHOOL,
        author: account(1),
        role: StaffRole::Teacher,
        content: TEXT,
        at: Time(1),
    };
    write.create_draft(new).await.expect("created");
    let groups: Vec<GroupId> = groups.iter().map(|n| group(*n)).collect();
    write.set_draft_groups(SCHOOL, post(n), &groups).await.expect("set");
}

async fn picture(write: &mut Write, n: u8, of: u8, is_pending: bool) {
    let new = NewMedia {
        id: media(n),
        school: SCHOOL,
        owner: account(1),
        file_name: "a.jpg",
        source_hash: &[n; 32],
        at: Time(10),
        bytes: 1000,
        kind: MediaKind::Photo,
        document: None,
    };
    write.add_media(new).await.expect("added");
    write.attach_media(SCHOOL, post(of), media(n), is_pending).await.expect("attached");
}

/// Walking down the feed sees each post once, also where many have the same time and go to several groups.
async fn newest_first_in_ranges(store: Store) {
    school(&store).await;
    let mut write = store.write().await.expect("transaction");
    for n in 20..50 {
        draft(&mut write, n, if n % 3 == 0 { &[11, 12] } else { &[11] }).await;
        write.publish_post(post(n), Time(100 + i64::from(n / 10))).await.expect("published");
    }
    draft(&mut write, 50, &[11]).await;
    draft(&mut write, 51, &[10]).await;
    write.publish_post(post(51), Time(101)).await.expect("published");
    write.commit().await.expect("committed");
    let mut read = store.read().await.expect("connection");
    let both = [group(11), group(12)];
    let both = Sources { groups: &both, ..Sources::default() };
    let (mut seen, mut below) = (Vec::new(), Place::TOP);
    loop {
        let places = read.list_newest(both, below, 7).await.expect("asked");
        assert!(places.len() <= 7);
        let Some(last) = places.last() else { break };
        below = *last;
        seen.extend(places);
    }
    let expected: Vec<PostId> = (20..50).rev().map(post).collect();
    assert_eq!(seen.iter().map(|place| place.post).collect::<Vec<_>>(), expected);
    let cards = read.list_cards(&[post(20), post(50)], account(2), Time(200)).await.expect("asked");
    assert_eq!(cards.iter().map(|card| card.id).collect::<Vec<_>>(), [post(20)], "a draft has no card");
    assert!(read.list_newest(Sources::default(), Place::TOP, 7).await.expect("asked").is_empty());
}
both_engines!(newest_first_in_ranges);

async fn a_post_from_draft_to_deletion(store: Store) {
    school(&store).await;
    let mut write = store.write().await.expect("transaction");
    draft(&mut write, 20, &[11, 12]).await;
    let text = Content { title: "Beter", ..TEXT };
    assert!(write.save_draft(post(20), 1, SCHOOL, text, Time(2)).await.expect("asked"));
    assert!(!write.save_draft(post(20), 1, SCHOOL, text, Time(3)).await.expect("asked"), "an old version");
    assert!(!write.edit_post(post(20), 2, text, account(1), Time(3)).await.expect("asked"), "no published post");
    assert_eq!(write.list_drafts(account(1), Time(4)).await.expect("asked").len(), 1);
    assert!(write.publish_post(post(20), Time(5)).await.expect("asked"));
    assert!(!write.publish_post(post(20), Time(6)).await.expect("asked"), "published already");
    assert!(!write.save_draft(post(20), 3, SCHOOL, text, Time(6)).await.expect("asked"), "no draft any more");
    write.commit().await.expect("committed");
    let mut write = store.write().await.expect("transaction");
    assert!(write.edit_post(post(20), 3, TEXT, account(1), Time(7)).await.expect("asked"));
    write.remove_addressee(post(20), Addressee::Group(group(12))).await.expect("removed");
    write.commit().await.expect("committed");
    let mut write = store.write().await.expect("transaction");
    let row = write.lock_post(post(20)).await.expect("asked").expect("there");
    assert_eq!((row.state, row.version, row.title.as_str()), (PostState::Published, 4, "Titel"));
    assert_eq!((row.published_at, row.edited_at), (Some(5), Some(7)));
    assert_eq!(write.list_addressees(&[post(20)]).await.expect("asked"), [(post(20), Addressee::Group(group(11)))]);
    write.mark_post_read(SCHOOL, post(20), account(2), Time(8)).await.expect("marked");
    write.mark_post_read(SCHOOL, post(20), account(2), Time(9)).await.expect("marked again");
    assert!(write.has_read_post(account(2), post(20)).await.expect("asked"));
    assert!(!write.has_read_post(account(1), post(20)).await.expect("asked"), "somebody else");
    for (n, is_read) in [(2, true), (1, false)] {
        let cards = write.list_cards(&[post(20)], account(n), Time(9)).await.expect("asked");
        let seen: Vec<_> = cards.iter().map(|card| (card.is_read, card.comments)).collect();
        assert_eq!(seen, [(is_read, 0)], "account {n}");
    }
    assert!(write.delete_post(post(20), Time(9)).await.expect("asked"));
    assert!(!write.delete_post(post(20), Time(9)).await.expect("asked"), "deleted already");
    let only = [group(11)];
    let only = Sources { groups: &only, ..Sources::default() };
    assert!(write.list_newest(only, Place::TOP, 5).await.expect("asked").is_empty());
    write.commit().await.expect("committed");
    let mut write = store.write().await.expect("transaction");
    let new = NewDraft {
        id: post(20),
        school: SCHOOL,
        author: account(1),
        role: StaffRole::Teacher,
        content: TEXT,
        at: Time(1),
    };
    assert!(matches!(write.create_draft(new).await, Err(Error::Duplicate(_))), "an id is used once");
}
both_engines!(a_post_from_draft_to_deletion);

async fn readers_are_guardians_with_custody_and_the_groups_staff(store: Store) {
    school(&store).await;
    let mut write = store.write().await.expect("transaction");
    for (n, class) in [(30, 11), (31, 11), (32, 12)] {
        write.add_child(ChildId(id(n)), SCHOOL, "Kind", "Kind", None, Time(0)).await.expect("added");
        write.enrol(SCHOOL, ChildId(id(n)), group(class), Time(0)).await.expect("enrolled");
    }
    // Account 2 has two children in group 11; 3 has no custody; 4 is barred; 5 has a child in group 12.
    for (n, (child, guardian, scope)) in [
        (30, 2, Scope::Full),
        (31, 2, Scope::Full),
        (30, 3, Scope::OnRequest),
        (31, 4, Scope::None),
        (32, 5, Scope::Full),
    ]
    .into_iter()
    .enumerate()
    {
        let new = GuardianshipId(id(100 + n as u8));
        write
            .add_guardianship(new, SCHOOL, ChildId(id(child)), account(guardian), scope, Relation::Parent, Time(0))
            .await
            .expect("added");
    }
    write.add_staff(SCHOOL, account(6), StaffRole::Office, Time(0)).await.expect("added");
    draft(&mut write, 20, &[11]).await;
    write.publish_post(post(20), Time(5)).await.expect("published");
    for reader in [1, 2] {
        write.mark_post_read(SCHOOL, post(20), account(reader), Time(8)).await.expect("marked");
    }
    write.commit().await.expect("committed");
    let mut read = store.read().await.expect("connection");
    let class = [group(11)];
    let whole = [group(10)];
    let class = Readers { school: SCHOOL, groups: &class, children: &[], teams: &[], whole_school: false };
    let whole = Readers { school: SCHOOL, groups: &whole, children: &[], teams: &[], whole_school: true };
    assert_eq!(read.count_reach(class, post(20)).await.expect("asked"), (1, 1), "one guardian, however many children");
    assert_eq!(read.count_reach(whole, post(20)).await.expect("asked"), (2, 1));
    let nobody = AccountId(uuid::Uuid::nil());
    assert_eq!(read.list_readers(class, nobody, 9).await.expect("asked"), [account(1), account(2)]);
    assert_eq!(read.list_readers(whole, nobody, 2).await.expect("asked"), [account(1), account(2)]);
    assert_eq!(read.list_readers(whole, account(2), 9).await.expect("asked"), [account(5), account(6)]);
}
both_engines!(readers_are_guardians_with_custody_and_the_groups_staff);

async fn a_picture_from_upload_to_erasure(store: Store) {
    school(&store).await;
    let sizes = MediaSizes { width: 40, height: 30, widths: [40, 40, 40], bytes: 900 };
    let mut write = store.write().await.expect("transaction");
    draft(&mut write, 20, &[11]).await;
    for n in 60..=62 {
        picture(&mut write, n, 20, n == 62).await;
    }
    assert_eq!(write.count_working_media().await.expect("asked"), 3);
    assert!(write.set_media_ready(media(60), sizes, &[1]).await.expect("asked"));
    assert!(!write.set_media_failed(media(60), "broken").await.expect("asked"), "finished already");
    assert!(write.set_media_failed(media(61), "broken").await.expect("asked"));
    let turned = MediaSizes { width: 3, height: 4, widths: [1, 2, 3], bytes: 900 };
    write.set_media_edition(media(60), EditionId(id(90)), turned, &[2]).await.expect("noted");
    write.order_media(post(20), &[media(62), media(60), media(61)]).await.expect("ordered");
    let rows = write.list_post_pictures(&[post(20)]).await.expect("asked");
    let states: Vec<_> = rows.iter().map(|row| (row.media_id, row.state, row.is_pending)).collect();
    assert_eq!(
        states,
        [
            (media(62), MediaState::Working, true),
            (media(60), MediaState::Ready, false),
            (media(61), MediaState::Failed, false)
        ]
    );
    assert_eq!(rows[2].error.as_deref(), Some("broken"));
    assert_eq!((rows[1].edition(), rows[1].width, rows[1].height), (Some(EditionId(id(90))), 3, 4));
    assert_eq!(write.list_kept_media(&[media(60)]).await.expect("asked"), [(media(60), Some(EditionId(id(90))))]);
    assert_eq!(write.find_same_file(post(20), &[60; 32]).await.expect("asked"), Some(media(60)));
    assert_eq!(write.find_same_file(post(20), &[61; 32]).await.expect("asked"), None, "one that failed may come again");
    assert_eq!(write.release_pictures(post(20)).await.expect("released"), 1);
    let uses = write.list_media_uses(media(60)).await.expect("asked");
    assert_eq!(uses.len(), 1);
    assert_eq!((uses[0].post_state, uses[0].expires_at), (PostState::Draft, None));
    assert!(write.remove_media(post(20), media(60), Time(20)).await.expect("removed"));
    assert!(!write.remove_media(post(20), media(60), Time(20)).await.expect("asked"), "gone already");
    assert!(!write.set_media_ready(media(60), sizes, &[1]).await.expect("asked"));
    assert!(write.list_media_uses(media(60)).await.expect("asked").is_empty());
    write.commit().await.expect("committed");
    let mut write = store.write().await.expect("transaction");
    assert_eq!(write.delete_media_of_post(post(20), Time(21)).await.expect("deleted"), 2);
    assert_eq!(write.count_working_media().await.expect("asked"), 0);
    assert_eq!(write.list_media_to_erase(9).await.expect("asked")[0], media(60), "the oldest first");
    write.mark_media_erased(media(60), Time(22)).await.expect("marked");
    assert_eq!(write.list_media_to_erase(9).await.expect("asked").len(), 2);
    let all = [media(60), media(61), media(62), media(63)];
    let mut kept = write.list_kept_media(&all).await.expect("asked");
    kept.sort();
    assert_eq!(kept, [(media(61), None), (media(62), None)]);
    assert!(write.list_working_media(&all).await.expect("asked").is_empty());
    assert_eq!(write.delete_loose_media(Time(50), Time(60)).await.expect("asked"), 0, "none is without a post");
    write.commit().await.expect("committed");
}
both_engines!(a_picture_from_upload_to_erasure);
