//! Posts: the feed, the reading page, composing.

use crate::{
    account::GroupChip,
    document::Document,
    ids::{ChildId, GroupId, MediaId, PostId},
    media::{Document as File, Picture, TrayPicture},
    options::{Held, PostOptions, PreviewedReach},
    roles::Capacity,
    time::Moment,
    words,
};
use serde::{Deserialize, Serialize};

/// Posts on one page of the feed.
pub const FEED_PAGE: usize = 20;

words! {
    /// How far a post is.
    pub enum PostState {
        /// For its author alone.
        Draft = "draft",
        Published = "published",
        /// Taken away from everybody; kept on record.
        Deleted = "deleted",
    }
}

/// Which part of the feed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedQuery {
    /// Only the groups of this child (and the school group).
    pub child: Option<ChildId>,
    /// Only this group.
    pub group: Option<GroupId>,
    /// Only posts with pictures that the reader may see.
    pub pictures: bool,
    /// Posts older than this cursor.
    pub before: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedPage {
    pub cards: Vec<FeedCard>,
    /// Cursor of the next, older page; none at the end.
    pub older: Option<String>,
    /// Months to go to, newest first; none where everything stands on one page.
    pub months: Vec<FeedMonth>,
    /// Where nothing on this page is unread: cursor of the page that begins with the next older post that is.
    pub unread: Option<String>,
    /// Whether published pictures wait for this reader to look through or decide about; said on the first page alone.
    pub has_reviews: bool,
}

/// A month of the feed, and the cursor of the page that begins with its last post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedMonth {
    pub name: String,
    pub before: String,
}

/// One post in the feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedCard {
    pub id: PostId,
    pub groups: Vec<GroupChip>,
    pub author: Author,
    pub published: Moment,
    pub title: String,
    /// The first lines as plain text.
    pub excerpt: String,
    /// The first pictures that the reader may see, at most four.
    pub pictures: Vec<Picture>,
    /// All pictures that the reader may see.
    pub picture_count: u32,
    /// Comments that stand under it.
    pub comments: u32,
    pub unread: bool,
    pub urgent: bool,
    /// The reader is asked to confirm it, and has not.
    pub to_confirm: bool,
    /// Stands above the others until it is unpinned.
    pub pinned: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    pub name: String,
    pub capacity: Capacity,
}

/// A post on its own page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostPage {
    pub id: PostId,
    pub groups: Vec<GroupChip>,
    pub author: Author,
    pub published: Moment,
    /// Set when the published post was changed.
    pub edited: Option<Moment>,
    pub title: String,
    pub body: Document,
    /// What the first links in it lead to.
    pub cards: Vec<LinkCard>,
    pub pictures: Vec<Picture>,
    pub files: Vec<File>,
    /// Films that are still being worked on.
    pub films_to_come: u32,
    /// Films that could not be used; told to those who may change the post.
    pub films_failed: u32,
    /// Pictures withheld from everybody because of image preferences; told to staff only.
    pub hidden_pictures: u32,
    /// For staff who may see it: how many of the guardians have read it.
    pub reach: Option<Reach>,
    pub urgent: bool,
    /// What the post asks of its readers.
    pub asks: Asks,
    pub can_edit: bool,
    pub can_delete: bool,
}

/// What the page behind a link says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkCard {
    pub url: String,
    /// Where it was in the end, as it is spelled in the network.
    pub host: String,
    pub title: String,
    /// May be empty.
    pub summary: String,
}

/// What a post asks of its readers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asks {
    /// Guardians are asked to confirm by then.
    pub confirm_by: Option<Moment>,
    /// When this reader confirmed.
    pub confirmed: Option<Moment>,
    /// The reader is one of those who are asked.
    pub can_confirm: bool,
    /// The question of the poll.
    pub poll: Option<String>,
}

/// How many guardians a post goes to and how many have opened it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    pub guardians: u32,
    pub read: u32,
}

/// A draft, or a published post opened for editing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComposePage {
    /// Of a post that was never saved too, so that saving it twice makes one post.
    pub id: PostId,
    pub is_published: bool,
    /// Counts up with each save; a save names the version it started from. 0: never saved.
    pub version: i64,
    pub title: String,
    /// The body as Markdown text.
    pub body: String,
    pub chosen: Vec<GroupId>,
    /// Groups the author may post to.
    pub groups: Vec<GroupChip>,
    pub pictures: Vec<TrayPicture>,
    pub reach: PreviewedReach,
    pub options: PostOptions,
    /// When it is published by itself; none if it is not scheduled.
    pub scheduled: Option<Moment>,
    pub held: Option<Held>,
    /// Children whose guardians the post can be for alone.
    pub children: Vec<NamedChild>,
    /// What is still open in the picture check.
    pub check: PictureCheck,
    pub saved: Option<Moment>,
}

/// What a save answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    pub version: i64,
    pub at: Moment,
    pub reach: PreviewedReach,
}

/// A child as staff see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedChild {
    pub id: ChildId,
    pub name: String,
    pub group: Option<String>,
}

/// The exception-first check: the children of the audience whose effective answer is not yes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureCheck {
    pub questions: Vec<PictureQuestion>,
}

impl PictureCheck {
    /// Every question is answered and no picture is in the way.
    pub fn is_settled(&self) -> bool {
        self.questions.iter().all(|question| question.open.is_empty() && question.blocked.is_empty())
    }
}

/// "Is Sanne in one of these pictures?"
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureQuestion {
    pub child: NamedChild,
    /// Pictures without an answer.
    pub open: Vec<MediaId>,
    /// Pictures answered "she is in it" that may not go out like that: remove, or show to her guardians only.
    pub blocked: Vec<MediaId>,
    /// Pictures of `blocked` that may be shown to her guardians only (no other such child is in them).
    pub can_restrict: Vec<MediaId>,
    /// Pictures answered "she is in it" and shown to her guardians only.
    pub restricted: Vec<MediaId>,
    /// Pictures answered "she is not in it".
    pub clear: Vec<MediaId>,
}

/// Who is in the pictures of a post, as far as its author says: for the albums of children. Nobody has to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamesPage {
    pub post: PostId,
    pub title: String,
    pub pictures: Vec<NamedPicture>,
    /// Names that can be given.
    pub names: Vec<String>,
}

/// A picture with the children that are named in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedPicture {
    pub picture: Picture,
    pub children: Vec<NamedChild>,
}

/// A line of the list of drafts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftLine {
    pub id: PostId,
    pub title: String,
    pub groups: Vec<GroupChip>,
    pub pictures: u32,
    pub saved: Moment,
    /// When it is published by itself.
    pub scheduled: Option<Moment>,
    /// Why it was not.
    pub held: Option<Held>,
    /// Published, and gone from the feed since.
    pub expired: Option<Moment>,
}
