//! Confirmations and votes.

use super::{SCHOOL, account, draft, group, post, school};
use crate::support::{both_engines, id};
use model::{
    ChildId, ChoiceId, GuardianshipId, Time,
    roles::{Relation, Scope},
};
use store::{PollRow, Readers, Store, Write};

async fn children(write: &mut Write) {
    for (n, (child, guardian)) in [(30, 2), (30, 3), (31, 4)].into_iter().enumerate() {
        if n != 1 {
            write.add_child(ChildId(id(child)), SCHOOL, "Kind", "Kind", None, Time(0)).await.expect("added");
            write.enrol(SCHOOL, ChildId(id(child)), group(11), Time(0)).await.expect("enrolled");
        }
        let link = GuardianshipId(id(100 + n as u8));
        write
            .add_guardianship(
                link,
                SCHOOL,
                ChildId(id(child)),
                account(guardian),
                Scope::Full,
                Relation::Parent,
                Time(0),
            )
            .await
            .expect("added");
    }
}

async fn who_confirmed_and_who_is_missing(store: Store) {
    school(&store).await;
    let mut write = store.write().await.expect("transaction");
    children(&mut write).await;
    draft(&mut write, 20, &[11]).await;
    write.publish_post(post(20), Time(5)).await.expect("published");
    let class = [group(11)];
    let readers = Readers { school: SCHOOL, groups: &class, children: &[], teams: &[], whole_school: false };
    assert!(write.confirm_post(SCHOOL, post(20), account(2), Time(7)).await.expect("asked"));
    assert!(!write.confirm_post(SCHOOL, post(20), account(2), Time(8)).await.expect("asked"), "once an account");
    assert_eq!(write.find_confirmation(post(20), account(2)).await.expect("asked"), Some(Time(7)));
    for (n, confirmed) in [(2, true), (3, false)] {
        let cards = write.list_cards(&[post(20)], account(n), Time(8)).await.expect("asked");
        assert_eq!(cards.iter().map(|card| card.is_confirmed).collect::<Vec<_>>(), [confirmed], "account {n}");
    }
    let asked = write.list_guardian_readers(readers, post(20)).await.expect("asked");
    let lines: Vec<_> = asked.iter().map(|row| (row.child_id, row.confirmed_at)).collect();
    assert_eq!(lines, [(ChildId(id(30)), Some(7)), (ChildId(id(30)), None), (ChildId(id(31)), None)]);
    let missing = write.list_missing(readers, post(20)).await.expect("asked");
    assert_eq!(missing.iter().map(|row| row.account_id).collect::<Vec<_>>(), [account(3), account(4)]);
    assert!(write.note_reminder(post(20), Time(1_000), Time(500)).await.expect("asked"));
    assert!(!write.note_reminder(post(20), Time(1_100), Time(600)).await.expect("asked"), "too soon");
    assert!(write.note_reminder(post(20), Time(1_600), Time(1_100)).await.expect("asked"));
    write.commit().await.expect("committed");
}
both_engines!(who_confirmed_and_who_is_missing);

fn poll(is_anonymous: bool) -> PollRow {
    PollRow { question: "Mee?".into(), is_multiple: true, is_anonymous, closes_at: Time(900) }
}

async fn a_named_vote_replaces_the_one_before(store: Store) {
    school(&store).await;
    let mut write = store.write().await.expect("transaction");
    draft(&mut write, 20, &[11]).await;
    let choices = [(ChoiceId(id(70)), "ja".to_owned()), (ChoiceId(id(71)), "nee".to_owned())];
    write.set_poll(SCHOOL, post(20), Some((&poll(false), &choices))).await.expect("set");
    assert_eq!(write.find_poll(post(20)).await.expect("asked"), Some(poll(false)));
    write.vote(SCHOOL, post(20), account(2), &[choices[0].0]).await.expect("voted");
    write.vote(SCHOOL, post(20), account(3), &[choices[0].0, choices[1].0]).await.expect("voted");
    write.vote(SCHOOL, post(20), account(2), &[choices[1].0]).await.expect("changed");
    let counts = write.list_choices(post(20)).await.expect("asked");
    assert_eq!(counts.iter().map(|row| (row.text.as_str(), row.votes)).collect::<Vec<_>>(), [("ja", 1), ("nee", 2)]);
    assert_eq!(write.count_voters(post(20)).await.expect("asked"), 2);
    assert_eq!(write.list_own_votes(post(20), account(2)).await.expect("asked"), [choices[1].0]);
    assert_eq!(write.list_named_votes(post(20)).await.expect("asked").len(), 3);
    write.commit().await.expect("committed");
}
both_engines!(a_named_vote_replaces_the_one_before);

async fn of_an_anonymous_vote_only_the_count_is_kept(store: Store) {
    school(&store).await;
    let mut write = store.write().await.expect("transaction");
    draft(&mut write, 20, &[11]).await;
    let choices = [(ChoiceId(id(70)), "ja".to_owned()), (ChoiceId(id(71)), "nee".to_owned())];
    write.set_poll(SCHOOL, post(20), Some((&poll(true), &choices))).await.expect("set");
    assert!(write.vote_anonymously(SCHOOL, post(20), account(2), &[choices[1].0]).await.expect("voted"));
    assert!(!write.vote_anonymously(SCHOOL, post(20), account(2), &[choices[0].0]).await.expect("asked"), "once");
    assert!(write.vote_anonymously(SCHOOL, post(20), account(3), &[choices[1].0]).await.expect("voted"));
    let counts = write.list_choices(post(20)).await.expect("asked");
    assert_eq!(counts.iter().map(|row| row.votes).collect::<Vec<_>>(), [0, 2]);
    assert!(write.has_voted(post(20), account(2)).await.expect("asked"));
    assert!(write.list_own_votes(post(20), account(2)).await.expect("asked").is_empty());
    assert!(write.list_named_votes(post(20)).await.expect("asked").is_empty());
    write.commit().await.expect("committed");
}
both_engines!(of_an_anonymous_vote_only_the_count_is_kept);
