//! The reader's own account: who they are, devices, settings.

use crate::{
    ids::{ChildId, GroupId, SchoolId, SessionId},
    roles::StaffRole,
    time::Moment,
};
use serde::{Deserialize, Serialize};

/// Who is signed in, for the frame of every page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    pub name: String,
    pub email: String,
    /// The school whose name stands on top; the first one of several.
    pub school: SchoolName,
    /// Children whose posts the reader gets as a guardian, by given name.
    pub children: Vec<ChildChip>,
    /// Groups the reader may post to; empty for a guardian.
    pub post_groups: Vec<GroupChip>,
    /// Groups whose posts the reader sees.
    pub groups: Vec<GroupChip>,
    pub roles: Vec<StaffRole>,
    /// Conversations with something unread.
    pub unread_conversations: u32,
    /// Access requests waiting for this director.
    pub pending_requests: u32,
    /// Image preferences still open over all children.
    pub open_preferences: u32,
    /// The first child about whom something is open; none if the reader has put that off.
    pub ask_about: Option<ChildId>,
    /// Number of the newest event there was before anything of the page was looked up: where its event stream begins.
    pub heard: i64,
}

impl Viewer {
    pub fn is_staff(&self) -> bool {
        !self.roles.is_empty()
    }

    pub fn is_director(&self) -> bool {
        self.roles.contains(&StaffRole::Director)
    }

    /// Directors approve; the office prepares.
    pub fn has_people_pages(&self) -> bool {
        self.roles.iter().any(|role| matches!(role, StaffRole::Director | StaffRole::Office))
    }

    pub fn can_post(&self) -> bool {
        !self.post_groups.is_empty()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolName {
    pub id: SchoolId,
    pub name: String,
}

/// A child's given name and the group it is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChildChip {
    pub id: ChildId,
    pub name: String,
    pub group: Option<GroupId>,
}

/// A group's name and colour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupChip {
    pub id: GroupId,
    pub name: String,
    /// One of eight hues, 0 to 7; the school group has none.
    pub hue: Option<u8>,
    pub is_school: bool,
}

/// A device that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    pub id: SessionId,
    /// Browser and system in words, such as "Firefox, Android".
    pub name: String,
    pub since: Moment,
    pub seen: Moment,
    pub is_this: bool,
}

/// The settings page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    pub name: String,
    pub email: String,
    /// Tag of the chosen language; none follows the browser.
    pub language: Option<String>,
    pub devices: Vec<Device>,
    /// Schools of which the reader is a director.
    pub governed: Vec<GovernedSchool>,
}

/// A school and its settings, for its director.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GovernedSchool {
    pub school: SchoolName,
    pub settings: SchoolSettings,
    pub space: Space,
}

/// What a school's files take on the server, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Space {
    /// With what is on its way.
    pub taken: u64,
    /// None: as much as there is.
    pub all: Option<u64>,
}

/// What a director decides for the school. Stored as JSON; a setting that an older row lacks has its default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SchoolSettings {
    /// Teachers may post to the school group.
    pub teachers_post_to_school: bool,
    pub specialists_post_to_school: bool,
    pub office_posts_to_school: bool,
    /// Guardians may start a conversation.
    pub guardians_start_conversations: bool,
    /// *Yes* needs every guardian with custody instead of one.
    pub all_must_agree: bool,
    /// Once a year every guardian is asked to look at the image preferences again.
    pub yearly_reminder: bool,
    /// Links in posts have a card; the server asks the page that they lead to.
    pub link_cards: bool,
    /// For how many days it is kept who has seen and taken out pictures of a child.
    pub views_kept_days: u32,
}

impl SchoolSettings {
    /// What [`SchoolSettings::views_kept_days`] may be.
    pub const VIEWS_KEPT_DAYS: std::ops::RangeInclusive<u32> = 30..=1095;
}

impl Default for SchoolSettings {
    fn default() -> Self {
        SchoolSettings {
            teachers_post_to_school: true,
            specialists_post_to_school: false,
            office_posts_to_school: true,
            guardians_start_conversations: true,
            all_must_agree: false,
            yearly_reminder: false,
            link_cards: true,
            views_kept_days: 365,
        }
    }
}
