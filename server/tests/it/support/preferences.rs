//! Answers about pictures as people in tests give them.

use super::{Client, NOW, Person, School, TestPortal};
use model::{
    AnswerId, ApiError, ChildId, GuardianshipId, MediaId, PostId, PurposeId,
    consent::ChildPreferences,
    roles::{Relation, Scope},
};

impl Client {
    pub async fn preferences(&self, child: ChildId) -> Result<ChildPreferences, ApiError> {
        self.ask("/api/preferences/find", &[("child", &child.to_string())]).await
    }

    /// Answers a question; which answer it became on record.
    pub async fn answers(&self, child: ChildId, purpose: PurposeId, word: &str) -> Result<AnswerId, ApiError> {
        let (child, purpose) = (child.to_string(), purpose.to_string());
        let values = [("child", child.as_str()), ("purpose", &purpose), ("answer", word)];
        let answer = self.call_raw("/api/preferences/answer", &values).await;
        let location = answer.location().to_owned();
        answer.result::<()>()?;
        let id = location.split("answered=").nth(1).and_then(|rest| rest.split('#').next());
        Ok(id.and_then(|id| id.parse().ok()).unwrap_or_else(|| panic!("no answer in {location}")))
    }

    /// Answers the first question, about pictures in the portal for the group.
    pub async fn says(&self, child: ChildId, word: &str) -> AnswerId {
        let purpose = self.preferences(child).await.expect("own child").rows[0].purpose;
        self.answers(child, purpose, word).await.expect("answered")
    }

    /// Says who is in a picture of one's own draft.
    pub async fn tags(&self, post: PostId, picture: MediaId, child: ChildId) {
        let (post, picture, child) = (post.to_string(), picture.to_string(), child.to_string());
        let values = [("post", post.as_str()), ("picture", &picture), ("children[0]", &child)];
        self.call::<()>("/api/pictures/tag", &values).await.expect("tagged");
    }
}

impl TestPortal {
    /// A post of the teacher for group 5, published with one picture that shows these children.
    pub async fn pictured(&self, school: &School, shade: u8, children: &[ChildId]) -> (PostId, MediaId) {
        let teacher = self.as_(&school.teacher5).await;
        let post = self.new_post_id();
        teacher.save(post, 0, &format!("Uitje {shade}"), "", &[school.group5]).await.expect("saved");
        let picture = teacher.upload(post, "1.jpg", &super::posts::photo(shade)).await.expect("taken");
        self.work().await;
        for child in children {
            teacher.tags(post, picture, *child).await;
        }
        teacher.nobody_is_pictured(post).await;
        teacher.publish(post).await.expect("published");
        (post, picture)
    }

    /// Pien de Vries in group 5, born on a day, of whom these people have custody.
    pub async fn add_pien(&self, school: &School, born_on: &str, guardians: &[&Person]) -> ChildId {
        let child: ChildId = self.portal.clock.new_id();
        let mut write = self.portal.store.write().await.expect("transaction");
        write.add_child(child, school.id, "Pien", "de Vries", Some(born_on), NOW).await.expect("added");
        write.enrol(school.id, child, school.group5, NOW).await.expect("enrolled");
        for person in guardians {
            let id: GuardianshipId = self.portal.clock.new_id();
            let (account, scope) = (person.account, Scope::Full);
            write.add_guardianship(id, school.id, child, account, scope, Relation::Parent, NOW).await.expect("added");
        }
        write.commit().await.expect("committed");
        child
    }
}
