//! Who is in the pictures of a post: a name is two letters and a choice, and nobody has to be named.

use crate::{
    api::consent::{AddName, TagPicture, find_names},
    context::use_lang,
    fetched::Fetched,
    ui::{
        form::{FormError, FormState},
        icon,
        post::image,
        states::refreshed,
    },
};
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::{
    ChildId, PostId,
    feed::{NamedChild, NamedPicture, NamesPage as Page},
};
use texts::{check, names};

/// What the page sends; each change fetches it again.
#[derive(Clone, Copy)]
struct Naming {
    add: ServerAction<AddName>,
    tag: ServerAction<TagPicture>,
}

#[component]
pub fn NamesPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let post = Memo::new(move |_| query.with(|query| query.get("post").unwrap_or_default()));
    let naming = Naming { add: ServerAction::new(), tag: ServerAction::new() };
    let version = move || (naming.add.version().get(), naming.tag.version().get());
    let page = Fetched::new(move || (post.get(), version()), |(post, _)| find_names(post));
    view! {
        <Title text=lang.get(names::TITLE)/>
        <div class="page">
            <header class="page-head">
                <a class="back" href=move || format!("/compose?post={}", post.get())>{icon("arrow-left")} " " {lang.get(check::BACK)}</a>
                <h1>{lang.get(names::TITLE)}</h1>
                <p class="lead">{lang.get(names::LEAD)}</p>
            </header>
            <FormError form=FormState::of(naming.add)/>
            <FormError form=FormState::of(naming.tag)/>
            {refreshed(page, move |page| content(page, naming))}
        </div>
    }
}

fn content(page: Page, naming: Naming) -> impl IntoView {
    let options = page.names.into_iter().map(|name| view! { <option value=name></option> }).collect_view();
    let pictures = page.pictures.into_iter().enumerate();
    let pictures = pictures.map(|(index, named)| picture(page.post, index, named, naming)).collect_view();
    view! {
        <datalist id="names">{options}</datalist>
        {pictures}
    }
}

fn picture(post: PostId, index: usize, named: NamedPicture, naming: Naming) -> impl IntoView {
    let lang = use_lang();
    let id = named.picture.id.to_string();
    let alt = match named.picture.alt.as_str() {
        "" => lang.with(check::PICTURE, &[("n", &(index + 1).to_string())]),
        alt => alt.to_owned(),
    };
    let field = format!("name-{id}");
    let shown = image(&named.picture, alt, "(min-width: 640px) 600px, 92vw", index < 2);
    let typed = RwSignal::new(String::new());
    // A name that was taken leaves room for the next one.
    Effect::new(move |_| {
        if naming.add.value().with(|done| matches!(done, Some(Ok(_)))) {
            typed.set(String::new());
        }
    });
    let all: Vec<ChildId> = named.children.iter().map(|child| child.id).collect();
    let anchor = format!("p-{id}");
    let chips = named.children.iter().map(|child| chip(post, &id, child, &all, naming)).collect_view();
    view! {
        <article class="card naming" id=anchor>
            {shown}
            <div class="chip-set">{chips}</div>
            <ActionForm action=naming.add attr:class="name-form">
                <input type="hidden" name="post" value=post.to_string()/>
                <input type="hidden" name="picture" value=id/>
                <div class="field">
                    <label for=field.clone()>{lang.get(names::WHO)}</label>
                    <input id=field name="name" list="names" autocomplete="off" required
                        prop:value=move || typed.get()
                        on:input=move |event| typed.set(event_target_value(&event))
                    />
                </div>
                <div class="actions"><button class="button secondary">{lang.get(names::ADD)}</button></div>
            </ActionForm>
        </article>
    }
}

/// A name that can be taken away: what is sent is all the others.
fn chip(post: PostId, picture: &str, child: &NamedChild, all: &[ChildId], naming: Naming) -> impl IntoView + use<> {
    let lang = use_lang();
    let others = all.iter().filter(|other| **other != child.id);
    let others =
        others.map(|other| view! { <input type="hidden" name="children[]" value=other.to_string()/> }).collect_view();
    let (picture, name) = (picture.to_owned(), child.name.clone());
    let remove = lang.with(names::REMOVE, &[("name", &name)]);
    view! {
        <ActionForm action=naming.tag>
            <input type="hidden" name="post" value=post.to_string()/>
            <input type="hidden" name="picture" value=picture/>
            {others}
            <button class="button secondary small">
                {name} " " {icon("x")}
                <span class="visually-hidden">{remove}</span>
            </button>
        </ActionForm>
    }
}
