//! Invitations and requests: what can happen once happens once.

use crate::support::{both_engines, id};
use model::{
    AccountId, ChildId, InvitationId, RequestId, SchoolId, Time,
    access::RequestState,
    roles::{Relation, Scope},
};
use store::{Decided, Invited, NewInvitation, NewRequest, SchoolRow, Store};

const SCHOOL: SchoolId = SchoolId(uuid::Uuid::from_u128(7));

/// A school with one account and one child.
async fn school(store: &Store) -> (AccountId, ChildId) {
    let (account, child) = (AccountId(id(1)), ChildId(id(2)));
    let row = SchoolRow {
        id: SCHOOL,
        slug: "s".into(),
        name: "S".into(),
        time_zone: "UTC".into(),
        language: "nl".into(),
        settings: "{}".into(),
    };
    let mut write = store.write().await.expect("transaction");
    write.create_school(&row, Time(0)).await.expect("created");
    write.create_account(account, "a@b.example", "A", None, None, Time(0)).await.expect("created");
    write.add_child(child, SCHOOL, "Sanne", "de Vries", None, Time(0)).await.expect("added");
    write.commit().await.expect("committed");
    (account, child)
}

fn invitation(n: u8, hash: &[u8], child: ChildId) -> NewInvitation<'_> {
    NewInvitation {
        id: InvitationId(id(n)),
        school: SCHOOL,
        code_hash: hash,
        invited: Invited::Guardian { child, scope: Scope::Full, relation: Relation::Mother },
        name: "M",
        email: None,
        by: None,
        at: Time(0),
        expires: Time(100),
    }
}

async fn an_invitation_is_used_once(store: Store) {
    let (account, child) = school(&store).await;
    let mut write = store.write().await.expect("transaction");
    for n in 10..14 {
        assert!(write.create_invitation(&invitation(n, &[n; 32], child)).await.expect("created"));
    }
    assert!(!write.create_invitation(&invitation(10, &[99; 32], child)).await.expect("asked"), "the id is there");
    let (used, late, revoked, renewed) =
        (InvitationId(id(10)), InvitationId(id(11)), InvitationId(id(12)), InvitationId(id(13)));
    assert!(write.use_invitation(used, account, Time(50)).await.expect("used"));
    assert!(!write.use_invitation(used, account, Time(51)).await.expect("asked"), "used");
    assert!(!write.use_invitation(late, account, Time(100)).await.expect("asked"), "expired");
    assert!(write.revoke_invitation(SCHOOL, revoked, Time(50)).await.expect("revoked"));
    assert!(!write.use_invitation(revoked, account, Time(51)).await.expect("asked"), "revoked");
    assert!(!write.revoke_invitation(SCHOOL, used, Time(51)).await.expect("asked"), "used already");
    assert!(
        !write.renew_invitation(SchoolId(id(9)), renewed, &[50; 32], Time(200)).await.expect("asked"),
        "not theirs"
    );
    assert!(write.renew_invitation(SCHOOL, renewed, &[50; 32], Time(200)).await.expect("renewed"));
    assert!(write.find_invitation_by_code(&[13; 32]).await.expect("asked").is_none(), "the old code is gone");
    let row = write.find_invitation_by_code(&[50; 32]).await.expect("asked").expect("the new one opens");
    assert!(row.is_open(Time(199)) && !row.is_open(Time(200)));
    assert_eq!((row.given_name.as_deref(), row.scope()), (Some("Sanne"), Some(Scope::Full)));
    write.revoke_invitations_for_child(SCHOOL, child, Time(60)).await.expect("revoked");
    assert!(write.list_unused_invitations(SCHOOL).await.expect("asked").is_empty());
    write.commit().await.expect("committed");
}
both_engines!(an_invitation_is_used_once);

async fn a_request_is_decided_once_and_reopened(store: Store) {
    let (account, child) = school(&store).await;
    let request = RequestId(id(20));
    let new = NewRequest {
        id: request,
        school: SCHOOL,
        name: "F",
        email: "f@b.example",
        child_name: "Sanne",
        relation: Relation::Mother,
        message: "",
        language: "fy",
        at: Time(1),
    };
    let schools = [SCHOOL].into_iter().collect();
    let mut write = store.write().await.expect("transaction");
    assert!(write.add_access_request(&new).await.expect("added"));
    assert!(!write.add_access_request(&new).await.expect("asked"), "the id is there");
    assert_eq!(write.count_pending_requests(&schools).await.expect("counted"), 1);
    let decided = |state| Decided {
        state,
        reason: None,
        by: account,
        at: Time(5),
        child: Some(child),
        invitation: None,
        job: Some(id(30)),
    };
    assert!(write.decide_access_request(SCHOOL, request, &decided(RequestState::Asked)).await.expect("asked"));
    assert_eq!(write.count_pending_requests(&schools).await.expect("counted"), 0);
    assert_eq!(write.list_open_requests(&schools).await.expect("listed").len(), 1, "waits for an answer");
    assert!(write.decide_access_request(SCHOOL, request, &decided(RequestState::Approved)).await.expect("approved"));
    assert!(!write.decide_access_request(SCHOOL, request, &decided(RequestState::Rejected)).await.expect("asked"));
    let row = write.list_decided_requests(&schools, 9).await.expect("listed").remove(0);
    assert_eq!((row.state, row.decider.as_deref(), row.job_id), (RequestState::Approved, Some("A"), Some(id(30))));
    assert!(!write.reopen_access_request(SCHOOL, request, 4).await.expect("asked"), "another decision");
    assert!(write.reopen_access_request(SCHOOL, request, 5).await.expect("reopened"));
    let row = write.find_access_request(request).await.expect("asked").expect("there");
    assert_eq!((row.state, row.decided_at, row.job_id), (RequestState::Pending, None, None));
    write.commit().await.expect("committed");
}
both_engines!(a_request_is_decided_once_and_reopened);

/// Two connections, one invitation: the second waits for the first and then finds it used.
async fn of_two_transactions_one_uses_the_invitation(store: Store) {
    let (account, child) = school(&store).await;
    let mut write = store.write().await.expect("transaction");
    write.create_invitation(&invitation(10, &[1; 32], child)).await.expect("created");
    write.commit().await.expect("committed");
    let try_it = || async {
        let mut write = store.write().await.expect("transaction");
        let used = write.use_invitation(InvitationId(id(10)), account, Time(50)).await.expect("asked");
        write.commit().await.expect("committed");
        used
    };
    let (a, b) = tokio::join!(try_it(), try_it());
    assert!(a != b);
}
both_engines!(of_two_transactions_one_uses_the_invitation);

async fn the_tables_know_whether_they_are_up_to_date(store: Store) {
    assert_eq!(store.missing_migrations().await.expect("asked"), 0);
}
both_engines!(the_tables_know_whether_they_are_up_to_date);
