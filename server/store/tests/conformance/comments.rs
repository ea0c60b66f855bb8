//! Comments on posts.

use crate::{
    posts::{SCHOOL, account, draft, post, school},
    support::{both_engines, id},
};
use model::{CommentId, Time};
use store::{Error, NewComment, Store, Write};

fn comment(n: u8) -> CommentId {
    CommentId(id(n))
}

async fn say(write: &mut Write, n: u8, of: u8, parent: Option<u8>, at: i64) -> store::Result<()> {
    let new = NewComment {
        id: comment(n),
        school: SCHOOL,
        post: post(of),
        parent: parent.map(comment),
        author: account(1),
        capacity: "teacher",
        body: "Tekst",
        at: Time(at),
    };
    write.add_comment(new).await
}

const NEWEST: (Time, CommentId) = (Time(i64::MAX), CommentId(uuid::Uuid::max()));

async fn threads_with_their_replies(store: Store) {
    school(&store).await;
    let mut write = store.write().await.expect("transaction");
    for n in [20, 21] {
        draft(&mut write, n, &[11]).await;
    }
    for (n, parent, at) in [(60, None, 5), (61, None, 5), (62, None, 6), (63, Some(60), 8), (64, Some(60), 7)] {
        say(&mut write, n, 20, parent, at).await.expect("added");
    }
    say(&mut write, 65, 21, None, 5).await.expect("added");
    write.commit().await.expect("committed");
    let mut write = store.write().await.expect("transaction");
    let again = say(&mut write, 60, 21, None, 9).await;
    assert!(matches!(again, Err(Error::Duplicate(_))), "{again:?}");
    drop(write);
    let mut read = store.read().await.expect("connection");
    let ids = |rows: Vec<store::CommentRow>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
    let newest = read.list_threads(post(20), NEWEST, 2).await.expect("asked");
    assert_eq!(ids(newest), [comment(62), comment(61)], "newest first, then by id");
    let earlier = read.list_threads(post(20), (Time(5), comment(61)), 2).await.expect("asked");
    assert_eq!(ids(earlier), [comment(60)]);
    let replies = read.list_replies(&[comment(60), comment(62)]).await.expect("asked");
    assert_eq!(ids(replies), [comment(64), comment(63)], "oldest first");
    for (n, count) in [(20, 5), (21, 1), (22, 0)] {
        assert_eq!(read.count_comments(post(n)).await.expect("asked"), count, "post {n}");
    }
}
both_engines!(threads_with_their_replies);

async fn what_is_taken_away_stays_so(store: Store) {
    school(&store).await;
    let mut write = store.write().await.expect("transaction");
    draft(&mut write, 20, &[11]).await;
    for n in [60, 61] {
        say(&mut write, n, 20, None, 5).await.expect("added");
    }
    assert!(write.edit_comment(comment(60), "Beter", Time(6)).await.expect("asked"));
    assert!(write.take_back_comment(comment(60), account(1), Time(7)).await.expect("asked"));
    assert!(!write.take_back_comment(comment(60), account(1), Time(8)).await.expect("asked"), "it was already");
    assert!(!write.edit_comment(comment(60), "Toch", Time(8)).await.expect("asked"));
    assert!(write.remove_comment(comment(61), account(2), "Reden", Time(7)).await.expect("asked"));
    assert!(!write.take_back_comment(comment(61), account(1), Time(8)).await.expect("asked"));
    let back = write.find_comment(comment(60)).await.expect("asked").expect("a row");
    assert_eq!((back.body.as_str(), back.removed_at, back.removal_reason), ("", Some(7), None));
    let removed = write.find_comment(comment(61)).await.expect("asked").expect("a row");
    assert_eq!((removed.body.as_str(), removed.removal_reason.as_deref()), ("Tekst", Some("Reden")), "on record");
    assert_eq!(write.count_comments(post(20)).await.expect("asked"), 0);
}
both_engines!(what_is_taken_away_stays_so);
