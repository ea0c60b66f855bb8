//! Who has read and confirmed a post and who has not, child by child.

use crate::{
    api::{post_answers::RemindOfPost, readers::list_readers},
    context::use_lang,
    fetched::Fetched,
    live::on_live,
    ui::{
        form::{FormError, FormState},
        icon,
        states::loaded,
        time,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use model::{
    PostId,
    live::LiveEvent,
    readers::{Confirming, ReadersChild, ReadersPage as Page},
};
use server_fn::ServerFn;
use texts::{Lang, posts, readers};

#[component]
pub fn ReadersPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let page = Fetched::new(move || id.get(), list_readers);
    on_live(move |event| match event {
        LiveEvent::Post { id: changed } if changed.to_string() == id.get_untracked() => page.refetch(),
        LiveEvent::Resync => page.refetch(),
        _ => {}
    });
    view! {
        <Title text=lang.get(readers::TITLE)/>
        <div class="page">{loaded(page, content)}</div>
    }
}

fn content(page: Page) -> impl IntoView {
    let lang = use_lang();
    let share = lang.count(posts::READERS, u64::from(page.reach.guardians), &[("read", &page.reach.read.to_string())]);
    let asks = page.confirming.is_some();
    let is_done = |child: &ReadersChild| if asks { child.is_confirmed() } else { child.is_reached() };
    let (done, open): (Vec<_>, Vec<_>) = page.children.into_iter().partition(is_done);
    let (open_title, done_title) =
        if asks { (readers::UNCONFIRMED, readers::CONFIRMED) } else { (readers::MISSED, readers::REACHED) };
    view! {
        <header class="page-head">
            <a class="back" href=format!("/posts/{}", page.post)>{icon("arrow-left")} " " {lang.get(posts::BACK_TO_POST)}</a>
            <h1>{lang.get(readers::TITLE)}</h1>
            <p class="lead">{page.title}</p>
        </header>
        <p>{icon("eye")} " " <strong>{share}</strong> " " {lang.get(posts::READ)}</p>
        {page.confirming.map(|confirming| how_far(lang, page.post, confirming))}
        {section(lang, asks, "open", lang.count(open_title, open.len() as u64, &[]), open)}
        {section(lang, asks, "done", lang.count(done_title, done.len() as u64, &[]), done)}
    }
}

fn how_far(lang: Lang, post: PostId, confirming: Confirming) -> impl IntoView {
    let missing = match confirming.missing {
        0 => lang.get(readers::ALL_CONFIRMED).to_owned(),
        missing => lang.count(readers::MISSING, u64::from(missing), &[]),
    };
    let sent = FormState::sent::<RemindOfPost>();
    let remind = confirming.can_remind.then(|| {
        view! {
            <form class="form" method="post" action=RemindOfPost::PATH>
                <FormError form=sent.clone()/>
                <input type="hidden" name="post" value=post.to_string()/>
                <div class="actions"><button class="button secondary">{icon("bell")} " " {lang.get(readers::REMIND)}</button></div>
            </form>
        }
    });
    view! {
        <p>{icon("circle-check")} " " {missing} " " {lang.get(readers::DEADLINE)} " " {time(&confirming.by)}</p>
        {remind}
    }
}

fn section(
    lang: Lang,
    asks: bool,
    id: &'static str,
    title: String,
    children: Vec<ReadersChild>,
) -> Option<impl IntoView> {
    if children.is_empty() {
        return None;
    }
    let rows = children.into_iter().map(|child| row(lang, asks, child)).collect_view();
    Some(view! {
        <section class="section" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{lang.get(readers::CHILD)}</th>
                        <th scope="col">{lang.get(readers::GROUP)}</th>
                        <th scope="col">{lang.get(readers::GUARDIANS)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    })
}

fn row(lang: Lang, asks: bool, child: ReadersChild) -> impl IntoView {
    let nobody =
        child.guardians.is_empty().then(|| view! { <span class="muted">{lang.get(readers::NO_ACCOUNT)}</span> });
    let guardians = child.guardians.into_iter().map(|guardian| {
        let when = match (asks, &guardian.confirmed, &guardian.read) {
            (true, Some(at), _) => view! { {lang.get(readers::DID_CONFIRM)} " " {time(at)} }.into_any(),
            (_, _, Some(at)) => view! { {lang.get(readers::DID_READ)} " " {time(at)} }.into_any(),
            _ => view! { <span class="muted">{lang.get(readers::NOT_YET)}</span> }.into_any(),
        };
        view! { <li>{guardian.name} " · " {when}</li> }
    });
    view! {
        <tr>
            <th scope="row" class="cell-title">{child.name}</th>
            <td data-label=lang.get(readers::GROUP)>{child.group}</td>
            <td data-label=lang.get(readers::GUARDIANS)>{nobody} <ul>{guardians.collect_view()}</ul></td>
        </tr>
    }
}
