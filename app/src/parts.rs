//! Pages that a browser fetches when somebody first comes to them, in parts: those whom one page leads to another find it
//! there already. What is in none of them is loaded with the first page of all, also by a parent's telephone.

use crate::pages;
use leptos::{lazy, prelude::*};
use leptos_router::LazyRoute;

/// A part: the function that the bundler cuts off, its preloader (named by `lazy`), and a route for each of its pages.
macro_rules! part {
    ($(#[doc = $doc:literal])+ $part:ident, $preload:ident, $pages:ident: $($page:ident: $component:path,)+) => {
        $(#[doc = $doc])+
        #[lazy]
        fn $part(page: $pages) -> AnyView {
            match page {
                $($pages::$page => $component().into_any(),)+
            }
        }

        #[derive(Clone, Copy)]
        enum $pages {
            $($page,)+
        }

        $(
            pub struct $page;

            impl LazyRoute for $page {
                fn data() -> $page {
                    $page
                }

                async fn view(_: $page) -> AnyView {
                    $part($pages::$page).await
                }

                async fn preload() {
                    #[cfg(target_arch = "wasm32")]
                    $preload().await;
                }
            }
        )+
    };
}

part! {
    /// A post, its pictures, and what is said under it.
    read, __preload_read, ReadPages:
    Post: pages::post::PostPage,
}

part! {
    /// Ways to older posts and to pictures.
    find, __preload_find, FindPages:
    Albums: pages::albums::AlbumsPage,
    Search: pages::search::SearchPage,
}

part! {
    /// Conversations.
    talk, __preload_talk, TalkPages:
    Conversations: pages::conversations::ConversationsPage,
    Conversation: pages::conversation::ConversationPage,
    StartConversation: pages::start_conversation::StartConversationPage,
}

part! {
    /// What is one's own, and the ways in.
    own, __preload_own, OwnPages:
    Settings: pages::settings::SettingsPage,
    Join: pages::join::JoinPage,
    RequestAccess: pages::request_access::RequestAccessPage,
    Poll: pages::poll::PollPage,
}

part! {
    /// What guardians answer about pictures of a child, and what has become of it.
    answers, __preload_answers, AnswersPages:
    Preferences: pages::preferences::PreferencesPage,
    Answers: pages::answers::AnswersPage,
    Receipt: pages::receipt::ReceiptPage,
    Seen: pages::seen::SeenPage,
}

part! {
    /// Where staff write.
    write, __preload_write, WritePages:
    Compose: pages::compose::ComposePage,
    Names: pages::names::NamesPage,
    Drafts: pages::drafts::DraftsPage,
}

part! {
    /// Who is in pictures, what staff see of what they wrote, and whom they may picture.
    desk, __preload_desk, DeskPages:
    Check: pages::check::PictureCheckPage,
    Readers: pages::readers::ReadersPage,
    GroupPreferences: pages::group_preferences::GroupPreferencesPage,
    Reviews: pages::reviews::ReviewsPage,
    Review: pages::reviews::ReviewPage,
    PostStaff: pages::post_staff::PostStaffPage,
}

part! {
    /// Who comes in, and who is who.
    office, __preload_office, OfficePages:
    Access: pages::access::AccessPage,
    People: pages::people::PeoplePage,
    Child: pages::child::ChildPage,
    Former: pages::former::FormerPage,
    Staff: pages::staff::StaffPage,
    Letter: pages::letter::LetterPage,
}

part! {
    /// What directors decide for the school, and look back at.
    govern, __preload_govern, GovernPages:
    Audit: pages::audit::AuditPage,
    Coverage: pages::coverage::CoveragePage,
    Purposes: pages::purposes::PurposesPage,
    Purpose: pages::purpose::PurposePage,
    NewPurpose: pages::purpose::NewPurposePage,
}
