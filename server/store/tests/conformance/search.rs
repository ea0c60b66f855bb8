//! What is found, and what the index holds after changes.

use crate::{
    posts::{SCHOOL, draft, group, post, school},
    support::{both_engines, id},
};
use model::{SchoolId, Time, search::HitKind};
use store::{NewEntry, Search, Sources, Store};

/// Ids that are found by these words, best first, by somebody who reads these groups.
async fn found(store: &Store, words: &[&str], groups: &[u8], is_staff: bool) -> Vec<uuid::Uuid> {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let groups: Vec<_> = groups.iter().map(|n| group(*n)).collect();
    let staff_of: &[SchoolId] = if is_staff { &[SCHOOL] } else { &[] };
    let search = Search {
        words: &words,
        sources: Sources { groups: &groups, ..Sources::default() },
        schools: &[SCHOOL],
        staff_of,
        now: Time(0),
    };
    let rows = store.read().await.expect("connection").search(search, 10, 0).await.expect("asked");
    rows.into_iter().map(|row| row.entry_id).collect()
}

async fn what_the_index_finds(store: Store) {
    school(&store).await;
    let mut write = store.write().await.expect("transaction");
    for (n, of) in [(20, 11), (21, 12), (22, 11)] {
        draft(&mut write, n, &[of]).await;
    }
    write.publish_post(post(20), Time(5)).await.expect("published");
    write.publish_post(post(21), Time(6)).await.expect("published");
    for (n, of, kind, title, body) in [
        (20, 20, HitKind::Post, "Zwemmen", "Neem een \u{e9}\u{e9}nvoudige tas mee"),
        (60, 20, HitKind::Comment, "", "Wij zwemmen graag"),
        (70, 20, HitKind::Picture, "", "zwemmen_sanne.jpg"),
        (21, 21, HitKind::Post, "Zwemmen", "Elders"),
        // Not published.
        (22, 22, HitKind::Post, "Zwemmen", ""),
    ] {
        let new = NewEntry { id: id(n), school: SCHOOL, post: post(of), kind, title, body };
        write.add_search_entry(new).await.expect("added");
    }
    write.commit().await.expect("committed");
    assert_eq!(found(&store, &["zwemmen"], &[11], false).await, [id(20), id(60)], "the title counts for more");
    let mut all = found(&store, &["zwem"], &[11, 12], true).await;
    all.sort();
    assert_eq!(all, [id(20), id(21), id(60), id(70)]);
    assert_eq!(found(&store, &["sanne"], &[11], true).await, [id(70)]);
    assert!(found(&store, &["sanne"], &[11], false).await.is_empty());
    assert_eq!(found(&store, &["eenvoudige", "zwemmen"], &[11], false).await, [id(20)]);
    assert!(found(&store, &["zwemmen"], &[], true).await.is_empty());

    let mut write = store.write().await.expect("transaction");
    let new = NewEntry { id: id(20), school: SCHOOL, post: post(20), kind: HitKind::Post, title: "Lopen", body: "" };
    write.add_search_entry(new).await.expect("replaced");
    write.commit().await.expect("committed");
    assert_eq!(found(&store, &["zwemmen"], &[11], false).await, [id(60)]);
    assert_eq!(found(&store, &["lopen"], &[11], false).await, [id(20)]);
    let mut write = store.write().await.expect("transaction");
    write.forget_search_of_text(post(20)).await.expect("forgotten");
    assert_eq!(write.list_unindexed_posts(10).await.expect("asked"), [post(20)]);
    write.commit().await.expect("committed");
    assert_eq!(found(&store, &["zwemmen"], &[11], true).await, [id(60)], "what is said stays");
    let mut write = store.write().await.expect("transaction");
    write.forget_search_of_post(post(20)).await.expect("forgotten");
    write.commit().await.expect("committed");
    assert!(found(&store, &["zwemmen"], &[11], true).await.is_empty());
}
both_engines!(what_the_index_finds);
