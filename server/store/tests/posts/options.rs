//! What the options of a post do to its place in the feed, and to when it is published.

use super::{SCHOOL, account, draft, group, post, school};
use crate::support::{both_engines, id};
use model::{
    AccountId, ChildId, GuardianshipId, PostId, Time,
    roles::{Relation, Scope},
};
use store::{Addressee, NewPostOptions, Place, Read, Readers, Sources, Store};

const PLAIN: NewPostOptions<'static> =
    NewPostOptions { expires_at: None, is_pinned: false, comments_open: true, urgent_reason: None, confirm_by: None };

async fn feed(read: &mut Read, sources: Sources<'_>) -> Vec<PostId> {
    let places = read.list_newest(sources, Place::TOP, 9).await.expect("asked");
    places.into_iter().map(|place| place.post).collect()
}

async fn pinned_posts_stand_first_and_expired_ones_nowhere(store: Store) {
    school(&store).await;
    let mut write = store.write().await.expect("transaction");
    for n in 20..=22 {
        draft(&mut write, n, &[11]).await;
        write.publish_post(post(n), Time(100 + i64::from(n))).await.expect("published");
    }
    let class = [group(11)];
    let class = Sources { groups: &class, ..Sources::default() };
    assert_eq!(feed(&mut write, class).await, [post(22), post(21), post(20)]);
    assert!(write.pin_post(post(20), true).await.expect("asked"));
    assert!(!write.pin_post(post(20), true).await.expect("asked"), "pinned already");
    write.place_post(post(20), Time(200)).await.expect("placed");
    assert_eq!(feed(&mut write, class).await, [post(20), post(22), post(21)]);
    assert!(write.pin_post(post(20), false).await.expect("asked"));
    write.place_post(post(20), Time(200)).await.expect("placed");
    write.set_post_options(post(22), NewPostOptions { expires_at: Some(Time(300)), ..PLAIN }).await.expect("set");
    write.place_post(post(22), Time(299)).await.expect("placed");
    assert_eq!(feed(&mut write, class).await, [post(22), post(21), post(20)]);
    let cards =
        async |read: &mut Read, now| read.list_cards(&[post(22)], account(2), Time(now)).await.expect("asked").len();
    assert_eq!((cards(&mut write, 299).await, cards(&mut write, 300).await), (1, 0), "to the moment");
    write.place_post(post(22), Time(300)).await.expect("placed");
    assert_eq!(feed(&mut write, class).await, [post(21), post(20)]);
    let drafts = write.list_drafts(account(1), Time(300)).await.expect("asked");
    assert_eq!(drafts.iter().map(|row| (row.id, row.expired_at)).collect::<Vec<_>>(), [(post(22), Some(300))]);
    let busiest = write.find_busiest_group(class.groups, Time(121)).await.expect("asked");
    assert_eq!(busiest, Some(("Groep 11".to_owned(), 1)), "after the moment, where it stands or not");
    write.commit().await.expect("committed");
}
both_engines!(pinned_posts_stand_first_and_expired_ones_nowhere);

async fn a_schedule_is_of_one_version(store: Store) {
    school(&store).await;
    let mut write = store.write().await.expect("transaction");
    draft(&mut write, 20, &[11]).await;
    assert!(!write.schedule_post(post(20), 2, Time(50)).await.expect("asked"), "another version");
    assert!(write.schedule_post(post(20), 1, Time(50)).await.expect("asked"));
    let line = write.list_drafts(account(1), Time(10)).await.expect("asked").remove(0);
    assert_eq!((line.scheduled_at, line.held), (Some(50), None));
    assert!(!write.hold_post(post(20), 2, "pictures").await.expect("asked"));
    assert!(write.hold_post(post(20), 1, "pictures").await.expect("asked"));
    let line = write.list_drafts(account(1), Time(10)).await.expect("asked").remove(0);
    assert_eq!((line.scheduled_at, line.held.as_deref()), (None, Some("pictures")));
    assert!(write.schedule_post(post(20), 1, Time(50)).await.expect("asked"), "again");
    assert!(write.save_draft(post(20), 1, SCHOOL, super::TEXT, Time(11)).await.expect("asked"));
    let line = write.list_drafts(account(1), Time(12)).await.expect("asked").remove(0);
    assert_eq!((line.scheduled_at, line.held), (None, None), "what is changed is a plain draft again");
    write.commit().await.expect("committed");
}
both_engines!(a_schedule_is_of_one_version);

async fn named_children_are_an_audience_of_their_own(store: Store) {
    school(&store).await;
    let mut write = store.write().await.expect("transaction");
    for (n, guardian) in [(30, 2), (31, 3)] {
        let (child, link) = (ChildId(id(n)), GuardianshipId(id(100 + n)));
        write.add_child(child, SCHOOL, "Kind", "Kind", None, Time(0)).await.expect("added");
        write.enrol(SCHOOL, child, group(11), Time(0)).await.expect("enrolled");
        write
            .add_guardianship(link, SCHOOL, child, account(guardian), Scope::Full, Relation::Parent, Time(0))
            .await
            .expect("added");
    }
    draft(&mut write, 20, &[]).await;
    let (children, teams) = ([ChildId(id(30))], [group(11)]);
    write.set_draft_children(SCHOOL, post(20), &children, &teams).await.expect("set");
    write.publish_post(post(20), Time(5)).await.expect("published");
    let named = Sources { children: &children, ..Sources::default() };
    let other = [ChildId(id(31))];
    assert_eq!(feed(&mut write, named).await, [post(20)]);
    assert_eq!(feed(&mut write, Sources { teams: &teams, ..Sources::default() }).await, [post(20)]);
    for shut in [Sources { children: &other, ..Sources::default() }, Sources { groups: &teams, ..Sources::default() }] {
        assert!(feed(&mut write, shut).await.is_empty(), "{shut:?}");
    }
    let readers = Readers { school: SCHOOL, groups: &[], children: &children, teams: &teams, whole_school: false };
    assert_eq!(write.count_reach(readers, post(20)).await.expect("asked"), (1, 0));
    assert_eq!(write.count_addressed_children(readers).await.expect("asked"), 1);
    let all = write.list_readers(readers, AccountId(uuid::Uuid::nil()), 9).await.expect("asked");
    assert_eq!(all, [account(1), account(2)], "the teacher and the one guardian");
    let mut to = write.list_addressees(&[post(20)]).await.expect("asked");
    to.sort();
    assert_eq!(to, [(post(20), Addressee::Child(children[0])), (post(20), Addressee::Team(group(11)))]);
    write.remove_addressee(post(20), Addressee::Child(children[0])).await.expect("removed");
    assert!(feed(&mut write, named).await.is_empty());
    write.commit().await.expect("committed");
}
both_engines!(named_children_are_an_audience_of_their_own);
