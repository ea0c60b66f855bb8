//! Who has read a post: told to the staff of a group, child by child.

use crate::support::{Client, School, TestPortal};
use axum::http::StatusCode;
use model::{
    ApiError, GuardianshipId, PostId,
    readers::ReadersPage,
    roles::{Relation, Scope},
};

impl Client {
    async fn readers(&self, post: PostId) -> Result<ReadersPage, ApiError> {
        self.ask("/api/readers/list", &[("post", &post.to_string())]).await
    }
}

/// `Sanne de Vries: Mama de Vries ✓, Papa de Vries` for each child.
fn lines(page: &ReadersPage) -> Vec<String> {
    let mark = |read: bool| if read { " ✓" } else { "" };
    page.children
        .iter()
        .map(|child| {
            let guardians: Vec<String> = child
                .guardians
                .iter()
                .map(|guardian| format!("{}{}", guardian.name, mark(guardian.read.is_some())))
                .collect();
            format!("{}: {}", child.name, guardians.join(", "))
        })
        .collect()
}

const SANNE: &str = "Sanne de Vries: Mama de Vries ✓, Papa de Vries";
const OTTO: &str = "Otto de Vries: Mama de Vries ✓, Papa de Vries";
const BRAM: &str = "Bram Bakker: Mama Bakker";

#[tokio::test]
async fn staff_see_who_has_read_in_their_own_group() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let director = test.as_(&school.director).await;
        let post = test.published(&director, "Titel", &[school.group5, school.group7]).await;
        test.as_(&school.mother).await.open(post).await.expect("read");
        let page = director.readers(post).await.expect("all groups");
        assert_eq!(lines(&page), [BRAM, SANNE, OTTO], "without guardians who have no custody");
        assert_eq!((page.reach.guardians, page.reach.read), (3, 1));
        let page = test.as_(&school.teacher5).await.readers(post).await.expect("own group");
        assert_eq!(lines(&page), [BRAM, SANNE]);
        let page = test.as_(&school.teacher7).await.readers(post).await.expect("own group");
        assert_eq!(lines(&page), [OTTO]);
        for person in [&school.mother, &school.specialist, &school.office, &school.bram_father] {
            let error = test.as_(person).await.readers(post).await.expect_err("not told");
            assert_eq!(error, ApiError::NotFound, "{}", person.name);
        }
        let page = director.get(&format!("/posts/{post}/readers")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("Nog niet gelezen: 1 kind"), "{}", page.text());
        let page = test.as_(&school.mother).await.get(&format!("/posts/{post}/readers")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        let own = test.published(&test.as_(&school.specialist).await, "Gym", &[school.group5]).await;
        assert_eq!(test.as_(&school.specialist).await.readers(own).await.expect("own post").children.len(), 2);
        let all = test.published(&director, "Iedereen", &[school.school_group]).await;
        assert_eq!(director.readers(all).await.expect("everybody").children.len(), 3);
    }
}

/// A director who is a guardian of the child does not learn here who the other guardians are.
#[tokio::test]
async fn a_colleague_does_not_see_the_other_guardian() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let director = test.as_(&school.director).await;
    let post = test.published(&director, "Titel", &[school.group5]).await;
    let mut write = test.portal.store.write().await.expect("transaction");
    let (id, now) = (test.portal.clock.new_id::<GuardianshipId>(), test.portal.clock.now());
    let (child, account) = (school.sanne, school.director.account);
    write.add_guardianship(id, school.id, child, account, Scope::OnRequest, Relation::Other, now).await.expect("added");
    write.commit().await.expect("committed");
    let page = test.as_(&school.director).await.readers(post).await.expect("still the director");
    assert_eq!(lines(&page), [BRAM]);
}
