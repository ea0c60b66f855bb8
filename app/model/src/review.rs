//! What staff look at after a withdrawal: pictures that may show a child, and pictures that it hid.

use crate::{
    feed::NamedChild,
    ids::{MediaId, PostId, ReviewId},
    media::Picture,
    time::Moment,
    words,
};
use serde::{Deserialize, Serialize};

/// Posts shown at once on the page of a review.
pub const REVIEW_PAGE: usize = 10;

words! {
    /// What staff decide about a picture that a withdrawal hid.
    pub enum Decision {
        /// Everybody sees it again; only where the answer is yes by now.
        Show = "show",
        /// The child's guardians and staff see it.
        OnlyParents = "only_parents",
        /// The child is not in it.
        NotInIt = "not_in_it",
        /// It goes, for good.
        Remove = "remove",
    }
}

/// Everything that waits for the reader's decision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewsPage {
    pub reviews: Vec<ReviewLine>,
    pub held: Vec<HeldPicture>,
}

/// A review, as far as it is the reader's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewLine {
    pub id: ReviewId,
    pub child: NamedChild,
    /// About pictures for the whole school.
    pub for_school: bool,
    pub since: Moment,
    /// Pictures that there were to look at.
    pub pictures: u32,
    /// Pictures that nobody has looked at yet.
    pub left: u32,
    /// Of these, those that the reader may look at.
    pub own: u32,
}

/// A picture that stays hidden until somebody decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldPicture {
    pub post: PostId,
    pub title: String,
    pub published: Moment,
    pub media: MediaId,
    pub child: NamedChild,
    /// Shown to staff again once the answer is yes.
    pub picture: Option<Picture>,
    pub decisions: Vec<Decision>,
}

/// A review with the pictures of the next posts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewPage {
    pub review: ReviewLine,
    pub posts: Vec<ReviewPost>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewPost {
    pub id: PostId,
    pub title: String,
    pub published: Moment,
    pub pictures: Vec<Picture>,
}
