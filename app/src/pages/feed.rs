//! The front page: news of one's children's groups.

use crate::{
    api::{consent::PostponePreferences, posts::find_feed},
    context::{use_lang, use_reader},
    fetched::Fetched,
    live::on_live,
    ui::{icon, post::post_card, states::loaded},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::{
    ChildId, PostId,
    account::Viewer,
    feed::{FeedCard, FeedMonth, FeedPage as Page},
    live::LiveEvent,
};
use server_fn::ServerFn;
use texts::{Lang, consent, frame, posts, review, search};

/// What the address asks for; empty where it doesn't.
#[derive(Clone, Default, PartialEq)]
struct Asked {
    child: String,
    group: String,
    pictures: bool,
    before: String,
}

impl Asked {
    /// Where this is.
    fn address(&self) -> String {
        let values = [
            ("child", &*self.child),
            ("group", &self.group),
            ("pictures", self.pictures_value()),
            ("before", &self.before),
        ];
        let values = values.into_iter().filter(|(_, value)| !value.is_empty());
        let query = values.map(|(name, value)| format!("{name}={value}&")).collect::<String>();
        format!("/?{query}").trim_end_matches(['&', '?']).to_owned()
    }

    /// The same from another place on.
    fn at(&self, before: String) -> Asked {
        Asked { before, ..self.clone() }
    }

    fn pictures_value(&self) -> &'static str {
        if self.pictures { "true" } else { "" }
    }
}

#[component]
pub fn FeedPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let asked: Memo<Asked> = Memo::new(move |_| {
        query.with(|query| {
            let value = |name| query.get(name).unwrap_or_default();
            Asked {
                child: value("child"),
                group: value("group"),
                pictures: value("pictures") == "true",
                before: value("before"),
            }
        })
    });
    let page = Fetched::new(
        move || asked.get(),
        |Asked { child, group, pictures, before }| find_feed(child, group, pictures, before),
    );
    let fresh = RwSignal::new(false);
    let shown: StoredValue<Option<(Asked, Vec<PostId>)>> = StoredValue::new(None);
    on_live(move |event| match event {
        // Nothing moves under the reader's thumb: a line says that there is more.
        LiveEvent::Post { .. } => fresh.set(true),
        LiveEvent::Pictures | LiveEvent::Resync => page.refetch(),
        _ => {}
    });
    let show_fresh = move |_| {
        fresh.set(false);
        shown.set_value(None);
        page.refetch();
    };
    view! {
        <Title text=lang.get(frame::NEWS)/>
        <div class="page">
            <h1 class="visually-hidden">{lang.get(frame::NEWS)}</h1>
            <Waiting/>
            <GroupFilter asked/>
            <KindFilter asked/>
            <div role="status">
                {move || fresh.get().then(|| view! {
                    <div class="notice" data-kind="info">
                        {icon("newspaper")}
                        <div><p>{lang.get(posts::FRESH)}</p></div>
                        <button class="button quiet small" type="button" on:click=show_fresh>{lang.get(posts::SHOW_FRESH)}</button>
                    </div>
                })}
            </div>
            {loaded(page, move |mut page| {
                let asked = asked.get_untracked();
                shown.update_value(|shown| {
                    if let Some((of, shown)) = shown && *of == asked && hold_back(&mut page.cards, shown) {
                        fresh.set(true);
                    }
                    *shown = Some((asked.clone(), page.cards.iter().map(|card| card.id).collect()));
                });
                view! {
                    {page.has_reviews.then(reviews)}
                    {feed(page, asked)}
                }
            })}
        </div>
    }
}

/// Leaves out what came among these since they were shown, which would push them down; answers whether there was anything.
fn hold_back(cards: &mut Vec<FeedCard>, shown: &[PostId]) -> bool {
    let Some(last) = cards.iter().rposition(|card| shown.contains(&card.id)) else { return false };
    let all = cards.len();
    let rest = cards.split_off(last);
    cards.retain(|card| shown.contains(&card.id));
    cards.extend(rest);
    cards.len() < all
}

/// What waits for the reader: questions about own children, until they are answered or put off. The news stands under it as
/// always.
#[component]
fn Waiting() -> impl IntoView {
    let reader = use_reader();
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                let viewer = reader.await.ok().flatten()?;
                viewer.ask_about.map(|child| open_preferences(child, viewer.open_preferences))
            })}
        </Suspense>
    }
}

fn reviews() -> impl IntoView {
    let lang = use_lang();
    view! {
        <aside class="notice no-print" data-kind="info" aria-label=lang.get(review::TITLE)>
            {icon("eye-off")}
            <div><p><strong>{lang.get(review::TITLE)}</strong> " " {lang.get(review::WAITING)}</p></div>
            <a class="button secondary small" href="/reviews">{lang.get(review::LOOK)}</a>
        </aside>
    }
}

fn open_preferences(child: ChildId, open: u32) -> impl IntoView {
    let lang = use_lang();
    view! {
        <aside class="notice no-print" data-kind="info" aria-label=lang.get(consent::TITLE)>
            {icon("shield")}
            <div><p><strong>{lang.get(consent::TITLE)}</strong> " " {lang.count(consent::ASK, u64::from(open), &[])}</p></div>
            <a class="button secondary small" href=format!("/children/{child}/preferences")>{lang.get(consent::ASK_NOW)}</a>
            <form method="post" action=PostponePreferences::PATH>
                <button class="button quiet small">{lang.get(consent::ASK_LATER)}</button>
            </form>
        </aside>
    }
}

fn feed(page: Page, asked: Asked) -> impl IntoView {
    let lang = use_lang();
    let is_first = asked.before.is_empty();
    if page.cards.is_empty() && is_first && page.older.is_none() {
        return view! {
            <div class="empty">
                <img src="/empty-news.svg" width="200" height="140" alt=""/>
                <h2>{lang.get(posts::EMPTY_TITLE)}</h2>
                <p>{lang.get(posts::EMPTY_TEXT)}</p>
            </div>
        }
        .into_any();
    }
    let unread = unread_link(lang, &page, &asked);
    let end = match page.older {
        Some(cursor) => view! {
            <p class="older"><a class="button secondary" href=asked.at(cursor).address()>{lang.get(posts::OLDER)}</a></p>
        }
        .into_any(),
        None => view! { <p class="the-end">{lang.get(posts::THE_END)}</p> }.into_any(),
    };
    let newest = (!is_first).then(|| {
        view! { <p><a href=asked.at(String::new()).address()>{icon("arrow-left")} " " {lang.get(posts::NEWEST)}</a></p> }
    });
    view! {
        {newest}
        {unread}
        <section class="feed" aria-label=lang.get(frame::NEWS)>
            {page.cards.into_iter().enumerate().map(|(index, card)| post_card(card, index == 0 && is_first)).collect_view()}
        </section>
        {end}
        {(!page.months.is_empty()).then(|| month_form(page.months, asked))}
    }
    .into_any()
}

/// The way to the first post that is unread, here or on the page that begins with it. The top needs none.
fn unread_link(lang: Lang, page: &Page, asked: &Asked) -> Option<impl IntoView + use<>> {
    // The browser goes to a place on the page, the router to another page.
    let (href, kind) = match (page.cards.iter().position(|card| card.unread), &page.unread) {
        (Some(0), _) | (None, None) => return None,
        (Some(index), _) => (format!("#t-{}", page.cards[index].id), Some("external")),
        (None, Some(before)) => (asked.at(before.clone()).address(), None),
    };
    Some(view! { <p><a href=href rel=kind>{icon("chevron-down")} " " {lang.get(posts::TO_UNREAD)}</a></p> })
}

/// Goes to the news of a month: a plain form, which adds its choice to the address.
fn month_form(months: Vec<FeedMonth>, asked: Asked) -> impl IntoView {
    let lang = use_lang();
    let hidden = [("pictures", asked.pictures_value().to_owned()), ("child", asked.child), ("group", asked.group)]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    let options = months
        .into_iter()
        .map(|month| {
            let selected = month.before == asked.before;
            view! { <option value=month.before selected=selected>{month.name}</option> }
        })
        .collect_view();
    view! {
        <form class="row center no-print" method="get" action="/">
            {hidden}
            <label for="month">{lang.get(posts::MONTH)}</label>
            <select id="month" name="before">{options}</select>
            <button class="button quiet small">{lang.get(posts::SHOW_FRESH)}</button>
        </form>
    }
}

/// Everything, or only what has pictures.
#[component]
fn KindFilter(asked: Memo<Asked>) -> impl IntoView {
    let lang = use_lang();
    let chip = move |pictures: bool, words| {
        let address = move || asked.with(|asked| Asked { pictures, ..asked.at(String::new()) }.address());
        let is_chosen = move || asked.with(|asked| asked.pictures == pictures).then_some("true");
        view! { <a class="chip" href=address aria-current=is_chosen>{lang.get(words)}</a> }
    };
    view! {
        <nav class="row no-print" aria-label=lang.get(posts::KIND)>
            {chip(false, posts::ALL_NEWS)}
            {chip(true, posts::WITH_PHOTOS)}
            <a class="chip" href="/search">{icon("search")} " " {lang.get(search::TITLE)}</a>
        </nav>
    }
}

/// Staff choose among their groups; guardians have their children on top of every page.
#[component]
fn GroupFilter(asked: Memo<Asked>) -> impl IntoView {
    let reader = use_reader();
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                match reader.await {
                    Ok(Some(viewer)) if viewer.is_staff() && viewer.groups.len() > 1 => Some(group_filter(viewer, asked)),
                    _ => None,
                }
            })}
        </Suspense>
    }
}

fn group_filter(viewer: Viewer, asked: Memo<Asked>) -> impl IntoView {
    let lang = use_lang();
    let chosen = move |id: &str| {
        let is_chosen = asked.with(|asked| asked.child.is_empty() && asked.group == id);
        is_chosen.then_some("true")
    };
    view! {
        <nav class="row" aria-label=lang.get(posts::GROUPS)>
            <a class="chip" href="/" aria-current=move || chosen("")>{lang.get(posts::ALL_GROUPS)}</a>
            {viewer
                .groups
                .into_iter()
                .map(|group| {
                    let id = group.id.to_string();
                    view! {
                        <a class="chip" data-hue=group.hue href=format!("/?group={id}") aria-current=move || chosen(&id)>{group.name}</a>
                    }
                })
                .collect_view()}
        </nav>
    }
}
