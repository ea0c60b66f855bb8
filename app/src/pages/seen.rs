//! Who saw my child: pictures in which a child is known to be, and who has seen each of them.

use crate::{
    api::consent::find_seen,
    context::{use_lang, use_list_of},
    fetched::Fetched,
    ui::{icon, post::image, states::loaded, time},
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::views::{PictureViewer, SeenPage as Page, SeenPicture};
use texts::{consent, seen};

#[component]
pub fn SeenPage() -> impl IntoView {
    let lang = use_lang();
    let page = Fetched::new(use_list_of(), |(child, before)| find_seen(child, before));
    view! {
        <Title text=lang.get(seen::TITLE)/>
        <div class="page">{loaded(page, content)}</div>
    }
}

fn content(page: Page) -> impl IntoView {
    let lang = use_lang();
    let child = page.child;
    let (back, words) = if page.is_guardians {
        (format!("/children/{}/preferences", child.id), lang.get(consent::TITLE).to_owned())
    } else {
        (format!("/people/child/{}", child.id), child.name.clone())
    };
    let is_empty = page.pictures.is_empty();
    let older = page.older.map(|last| {
        let href = format!("/children/{}/seen?before={last}", child.id);
        view! { <p class="older"><a class="button secondary" href=href>{lang.get(seen::OLDER)}</a></p> }
    });
    let pictures = page.pictures.into_iter().map(|seen| picture(&child.name, seen)).collect_view();
    let lead = lang.count(seen::LEAD, u64::from(page.kept_days), &[("name", &child.name)]);
    view! {
        <header class="page-head">
            <a class="back" href=back>{icon("arrow-left")} " " {words}</a>
            <h1>{lang.with(seen::HEADING, &[("name", &child.name)])}</h1>
            <p class="lead">{lead}</p>
        </header>
        {is_empty.then(|| view! { <p class="muted">{lang.get(seen::EMPTY)}</p> })}
        {pictures}
        {older}
    }
}

fn picture(child: &str, seen: SeenPicture) -> impl IntoView + use<> {
    let lang = use_lang();
    let heading = format!("s-{}", seen.id);
    let words = lang.with(seen::PICTURE, &[("day", &seen.day)]);
    let shown = match seen.shown {
        Some(at) => {
            let href = format!("/posts/{}?picture={}", at.post, at.place);
            let alt = if at.picture.alt.is_empty() {
                lang.with(seen::ALT, &[("name", child)])
            } else {
                at.picture.alt.clone()
            };
            view! { <a href=href>{image(&at.picture, alt, "(min-width: 640px) 200px, 46vw", false)}</a> }.into_any()
        }
        None => view! { <span class="picture-hidden">{icon("eye-off")}<span>{lang.get(seen::NOT_SHOWN)}</span></span> }
            .into_any(),
    };
    let nobody = seen.viewers.is_empty().then(|| view! { <p class="muted">{lang.get(seen::NOBODY)}</p> });
    let viewers = (!seen.viewers.is_empty()).then(|| {
        view! { <ul class="list">{seen.viewers.into_iter().map(viewer).collect_view()}</ul> }
    });
    view! {
        <section class="section" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{words}</h2>
            <ul class="gallery"><li>{shown}</li></ul>
            {nobody}
            {viewers}
        </section>
    }
}

fn viewer(line: PictureViewer) -> impl IntoView {
    let lang = use_lang();
    let seen = line.seen.map(|at| {
        let days = (line.days > 1).then(|| lang.count(seen::ON_DAYS, u64::from(line.days), &[]));
        view! { <span class="list-sub">{icon("eye")} " " {lang.get(seen::SEEN)} " " {time(&at)} " " {days}</span> }
    });
    let downloaded = line.downloaded.map(|at| {
        let times = (line.downloads > 1).then(|| lang.count(seen::TIMES, u64::from(line.downloads), &[]));
        view! { <span class="list-sub">{icon("download")} " " {lang.get(seen::DOWNLOADED)} " " {time(&at)} " " {times}</span> }
    });
    view! {
        <li class="list-row">
            <div>
                <span class="list-text">
                    <span class="list-title">
                        {line.name}
                        {line.is_staff.then(|| view! { " " <span class="badge" data-kind="quiet">{lang.get(seen::STAFF)}</span> })}
                    </span>
                    {seen}
                    {downloaded}
                </span>
            </div>
        </li>
    }
}
