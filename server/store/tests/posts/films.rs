//! Films and documents beside the photos.

use super::{account, draft, media, picture, post, school};
use crate::support::{both_engines, id};
use model::{Time, media::MediaKind};
use store::{Lane, MediaSizes, NewDocument, NewJob, NewMedia, Store};

async fn what_is_known_of_films_and_documents(store: Store) {
    school(&store).await;
    let mut write = store.write().await.expect("transaction");
    draft(&mut write, 20, &[11]).await;
    picture(&mut write, 60, 20, false).await;
    let document = NewDocument { media_type: "application/pdf", size: 84_000, author: Some("Juf Anna") };
    for (n, kind, document) in [(61, MediaKind::Film, None), (62, MediaKind::Document, Some(document))] {
        let new = NewMedia {
            id: media(n),
            school: super::SCHOOL,
            owner: account(1),
            file_name: "a",
            source_hash: &[n; 32],
            at: Time(10),
            kind,
            bytes: 1000,
            document,
        };
        write.add_media(new).await.expect("added");
        write.attach_media(super::SCHOOL, post(20), media(n), false).await.expect("attached");
    }
    write.set_media_duration(media(61), 90_500).await.expect("noted");
    assert!(write.set_media_ready(media(61), MediaSizes::default(), &[]).await.expect("asked"));
    let rows = write.list_post_pictures(&[post(20)]).await.expect("asked");
    let known: Vec<_> = rows.iter().map(|row| (row.kind, row.duration_ms, row.document_size)).collect();
    assert_eq!(
        known,
        [
            (MediaKind::Photo, None, None),
            (MediaKind::Film, Some(90_500), None),
            (MediaKind::Document, None, Some(84_000))
        ]
    );
    assert_eq!(rows[2].document_author.as_deref(), Some("Juf Anna"));
    assert!(rows[1].is_shown() && !rows[0].is_shown() && !rows[2].is_checked());
    write.remove_media(post(20), media(62), Time(20)).await.expect("removed");
    write.mark_media_erased(media(62), Time(21)).await.expect("marked");
    let row = write.find_media(media(62)).await.expect("asked").expect("kept as proof");
    assert_eq!((row.kind, row.file_name.as_str()), (MediaKind::Document, ""));
}
both_engines!(what_is_known_of_films_and_documents);

async fn each_lane_has_its_own_work_and_long_work_is_held(store: Store) {
    let mut write = store.write().await.expect("transaction");
    for (n, kind) in [(1, "mail"), (2, "photo"), (3, "film")] {
        let job = NewJob { id: id(n), kind, payload: "{}", run_at: Time(100), at: Time(0) };
        write.add_job(job).await.expect("added");
    }
    for (n, lane) in (1..).zip(Lane::ALL) {
        assert_eq!(write.next_job_at(lane).await.expect("asked"), Some(Time(100)));
        let job = write.take_job(lane, Time(100), Time(500)).await.expect("asked").expect("due");
        assert_eq!(job.id, id(n));
        assert!(write.take_job(lane, Time(100), Time(500)).await.expect("asked").is_none());
    }
    write.hold_job(id(3), Time(900)).await.expect("held");
    assert!(write.take_job(Lane::Films, Time(600), Time(999)).await.expect("asked").is_none(), "its worker works on");
    assert!(write.take_job(Lane::Photos, Time(600), Time(999)).await.expect("asked").is_some(), "its worker has died");
    write.finish_job(id(3), Time(700)).await.expect("finished");
    write.hold_job(id(3), Time(2_000)).await.expect("too late");
    assert_eq!(write.next_job_at(Lane::Films).await.expect("asked"), None);
}
both_engines!(each_lane_has_its_own_work_and_long_work_is_held);
