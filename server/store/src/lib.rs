//! All SQL of Ikker, for SQLite and PostgreSQL.
//!
//! One SQL text serves both engines (`$1` placeholders); what differs is in [`sql`]. The rules are not here: this crate
//! stores and finds what `domain` tells it to. Reads happen on a [`Read`], changes on a [`Write`], which is one
//! transaction that disappears unless it is committed.

mod access;
mod accounts;
mod albums;
mod asking;
mod audit;
pub mod backend;
mod children;
mod comments;
mod consent;
mod conversations;
mod error;
mod jobs;
mod links;
mod live;
mod media;
mod membership;
mod people;
mod pictures;
mod post_answers;
mod post_audience;
mod post_options;
mod posts;
mod preference_prints;
mod purposes;
mod readers;
mod schools;
mod search;
mod sessions;
pub mod sql;
mod tries;
mod uploads;
mod views;

pub use access::{Decided, InvitationRow, Invited, NewInvitation, NewRequest, RequestRow};
pub use accounts::AccountRow;
pub use asking::{AskedRow, CurrentPurposeRow, ReminderRow};
pub use audit::{AuditRow, NewAudit};
pub use backend::{Backend, Read, Store, Wake, Write, create_postgres_database};
pub use children::{ChildRow, FormerChildRow};
pub use comments::{CommentRow, NewComment};
pub use consent::{
    AnswerRow, ChainHead, ErasureRow, NamedFormRow, OwnAnswerRow, PaperFormRow, RecordedAnswer, SaidRow,
};
pub use conversations::{
    ConversationChildRow, ConversationListRow, ConversationRow, MemberRow, MessageRow, NewConversation, NewMessage,
};
pub use error::{Error, Result};
pub use jobs::{JobRow, Lane, NewJob};
pub use links::LinkCardRow;
pub use live::LiveRow;
pub use media::{MediaRow, MediaSizes, MediaUseRow, NewDocument, NewMedia, PostPictureRow};
pub use membership::{GroupRow, GuardianshipFact, StaffFact, StaffGroupFact};
pub use people::{GroupStaffRow, GuardianRow, StaffRow};
pub use pictures::{ReviewRow, ReviewedPicture, ShownChild};
pub use post_answers::{ChoiceRow, MissingRow, PollRow};
pub use post_audience::{Addressee, Readers};
pub use post_options::{NewPostOptions, PostOptionsRow, PostVersionRow};
pub use posts::{CardRow, Content, DraftRow, NewDraft, Place, PostRow, Sources};
pub use preference_prints::{NewPrint, PrintRow};
pub use purposes::{PortalPurposes, PurposeRow};
pub use readers::ReaderRow;
pub use schools::SchoolRow;
pub use search::{FoundRow, NewEntry, Search};
pub use sessions::{NewSession, OpenSession, SessionRow};
pub use sql::Ids;
pub use uploads::UploadRow;
pub use views::PictureViewsRow;

/// Every SQL text, for the test that prepares each on both engines.
pub fn all_queries() -> Vec<&'static sql::Sql> {
    [
        backend::QUERIES,
        access::QUERIES,
        comments::QUERIES,
        children::QUERIES,
        consent::QUERIES,
        accounts::QUERIES,
        albums::QUERIES,
        asking::QUERIES,
        audit::QUERIES,
        conversations::QUERIES,
        jobs::QUERIES,
        links::QUERIES,
        live::QUERIES,
        media::QUERIES,
        membership::QUERIES,
        posts::QUERIES,
        post_answers::QUERIES,
        post_audience::QUERIES,
        post_options::QUERIES,
        people::QUERIES,
        pictures::QUERIES,
        preference_prints::QUERIES,
        purposes::QUERIES,
        readers::QUERIES,
        schools::QUERIES,
        search::QUERIES,
        sessions::QUERIES,
        tries::QUERIES,
        uploads::QUERIES,
        views::QUERIES,
    ]
    .concat()
}
