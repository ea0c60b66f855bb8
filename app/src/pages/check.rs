//! The picture check: one question a step, about children whose answer is not yes.

use crate::{
    api::consent::{AnswerCheck, CheckPage, CoverChild, RestrictPicture, find_check},
    api::posts::{PublishPost, RemovePicture},
    context::use_lang,
    fetched::Fetched,
    ui::{
        form::{FormError, FormState},
        icon,
        post::player,
        region::{RegionFields, on_photo},
        states::loaded,
    },
};
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::{
    MediaId,
    feed::PictureQuestion,
    media::{Picture, Variant},
};
use texts::{Lang, check, posts};

/// The actions of the steps; a step that is done fetches the next one.
#[derive(Clone, Copy)]
struct Steps {
    answer: ServerAction<AnswerCheck>,
    restrict: ServerAction<RestrictPicture>,
    cover: ServerAction<CoverChild>,
    /// The picture that was covered last, or was to be.
    covered: RwSignal<String>,
    remove: ServerAction<RemovePicture>,
    publish: ServerAction<PublishPost>,
}

#[component]
pub fn PictureCheckPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let post = Memo::new(move |_| query.with(|query| query.get("post").unwrap_or_default()));
    let picking = Memo::new(move |_| query.with(|query| query.get("pick")));
    let cover = ServerAction::new();
    let steps = Steps {
        answer: ServerAction::new(),
        restrict: ServerAction::new(),
        cover,
        covered: RwSignal::new(FormState::of(cover).value("picture", "")),
        remove: ServerAction::new(),
        publish: ServerAction::new(),
    };
    let version = move || {
        let Steps { answer, restrict, cover, remove, .. } = steps;
        (answer.version().get(), restrict.version().get(), cover.version().get(), remove.version().get())
    };
    let page = Fetched::new(move || (post.get(), version()), |(post, _)| find_check(post));
    view! {
        <Title text=lang.get(check::TITLE)/>
        <div class="page">
            <FormError form=FormState::of(steps.answer)/>
            <FormError form=FormState::of(steps.restrict)/>
            <FormError form=FormState::of(steps.cover)/>
            <FormError form=FormState::of(steps.publish)/>
            {loaded(page, move |page| step(page, post.get_untracked(), picking.get(), steps))}
        </div>
    }
}

/// The first question that is not settled, or the end.
fn step(page: CheckPage, post: String, picking: Option<String>, steps: Steps) -> AnyView {
    let total = page.check.questions.len();
    let unsettled =
        page.check.questions.iter().position(|question| !question.open.is_empty() || !question.blocked.is_empty());
    let Some(at) = unsettled else { return settled(post, total, steps).into_any() };
    let question = page.check.questions[at].clone();
    if question.open.is_empty() {
        blocked(page, post, question, steps).into_any()
    } else {
        let picking = picking.as_deref() == Some(question.child.id.to_string().as_str());
        ask(page.pictures, post, question, (at + 1, total), picking, steps).into_any()
    }
}

fn ask(
    pictures: Vec<Picture>,
    post: String,
    question: PictureQuestion,
    step: (usize, usize),
    picking: bool,
    steps: Steps,
) -> impl IntoView {
    let lang = use_lang();
    let (at, total) = step;
    let name = question.child.name.clone();
    let given = name.split(' ').next().unwrap_or_default().to_owned();
    let child = question.child.id.to_string();
    let count = pictures.len();
    let known: Vec<MediaId> = question.blocked.iter().chain(&question.restricted).copied().collect();
    let where_it_is = lang.with(check::STEP, &[("at", &at.to_string()), ("total", &total.to_string())]);
    let why = lang.with(check::WHY, &[("name", &name)]);
    let asked = lang.count(check::QUESTION, count as u64, &[("name", &given)]);
    let pick_href = format!("/compose/check?post={post}&pick={child}");
    view! {
        <ActionForm action=steps.answer attr:class="check">
            <input type="hidden" name="post" value=post/>
            <input type="hidden" name="child" value=child/>
            <p class="check-step">{where_it_is}</p>
            <progress class="check-progress" max=total.to_string() value=at.to_string()></progress>
            <h1 class="check-question">{asked}</h1>
            <p class="muted">{why}</p>
            <ul class="gallery check-pictures">
                {pictures
                    .into_iter()
                    .enumerate()
                    .map(|(index, picture)| {
                        let image = thumbnail(lang, &picture, index);
                        let id = picture.id;
                        if picking {
                            view! {
                                <li><label class="pick">
                                    <input type="checkbox" name="pictures[]" value=id.to_string() checked=known.contains(&id)/>
                                    {image}
                                </label></li>
                            }.into_any()
                        } else {
                            view! { <li>{image}</li> }.into_any()
                        }
                    })
                    .collect_view()}
            </ul>
            <div class="answers">
                {if picking {
                    view! { <button class="button">{lang.get(check::MARKED)}</button> }.into_any()
                } else {
                    view! {
                        <button class="button secondary">{lang.get(check::NO)}</button>
                        <a class="button secondary" href=pick_href>{lang.get(check::YES_SHOW)}</a>
                    }.into_any()
                }}
            </div>
        </ActionForm>
    }
}

/// Pictures that show a child and can't go out like that.
fn blocked(page: CheckPage, post: String, question: PictureQuestion, steps: Steps) -> impl IntoView {
    let lang = use_lang();
    let shown = lang.count(check::BLOCKED, question.blocked.len() as u64, &[("name", &question.child.name)]);
    view! {
        <div class="check">
            <h1 class="check-question">{shown}</h1>
            <p class="muted">{lang.get(check::BLOCKED_WHY)}</p>
            <ul class="gallery blocked-pictures">
                {page
                    .pictures
                    .iter()
                    .enumerate()
                    .filter(|(_, picture)| question.blocked.contains(&picture.id))
                    .map(|(index, picture)| blocked_picture(picture, index, &post, &question, steps))
                    .collect_view()}
            </ul>
        </div>
    }
}

/// One such picture, with what can be done about it.
fn blocked_picture(
    picture: &Picture,
    index: usize,
    post: &str,
    question: &PictureQuestion,
    steps: Steps,
) -> impl IntoView + use<> {
    let lang = use_lang();
    let post = post.to_owned();
    let id = picture.id.to_string();
    let restrict = question.can_restrict.contains(&picture.id).then(|| {
        let (post, id, child) = (post.clone(), id.clone(), question.child.id.to_string());
        let words = lang.with(check::ONLY_PARENTS, &[("name", &question.child.name)]);
        view! {
            <ActionForm action=steps.restrict>
                <input type="hidden" name="post" value=post/>
                <input type="hidden" name="picture" value=id/>
                <input type="hidden" name="child" value=child/>
                <button class="button secondary block">{words}</button>
            </ActionForm>
        }
    });
    let cover = picture.film.is_none().then(|| cover(picture, &post, question, steps));
    view! {
        <li class="stack tight">
            {thumbnail(lang, picture, index)}
            {restrict}
            {cover}
            <ActionForm action=steps.remove>
                <input type="hidden" name="post" value=post/>
                <input type="hidden" name="picture" value=id/>
                <button class="button secondary block">{icon("trash-2")} " " {lang.get(check::REMOVE)}</button>
            </ActionForm>
        </li>
    }
}

/// Where the child is in the photo: what is there then is gone.
fn cover(picture: &Picture, post: &str, question: &PictureQuestion, steps: Steps) -> impl IntoView + use<> {
    let lang = use_lang();
    let (post, id, child) = (post.to_owned(), picture.id.to_string(), question.child.id.to_string());
    let words = lang.with(check::COVER, &[("name", &question.child.name)]);
    let region = RwSignal::new([350, 350, 300, 300]);
    let form = {
        let id = id.clone();
        FormState::of(steps.cover).only_while(move || steps.covered.with(|covered| *covered == id))
    };
    let is_open = form.came_back();
    // Only the browser's code hears of it, and the larger picture is fetched by those alone who want to cover.
    let is_unfolded = RwSignal::new(false);
    let shown = picture.clone();
    let stage = move || is_unfolded.get().then(|| on_photo(region, &shown, check::COVER_AREA));
    let sent = {
        let id = id.clone();
        move |_| steps.covered.set(id.clone())
    };
    view! {
        <details class="fold cropping" open=is_open on:toggle=move |_| is_unfolded.set(true)>
            <summary>{words.clone()}</summary>
            <ActionForm action=steps.cover attr:class="stack tight" on:submit=sent>
                <input type="hidden" name="post" value=post/>
                <input type="hidden" name="picture" value=id.clone()/>
                <input type="hidden" name="child" value=child/>
                <p class="hint">{lang.get(check::COVER_HINT)}</p>
                {stage}
                <RegionFields form region key=id/>
                <button class="button secondary block">{words}</button>
            </ActionForm>
        </details>
    }
}

fn settled(post: String, asked: usize, steps: Steps) -> impl IntoView {
    let lang = use_lang();
    let back = format!("/compose?post={post}");
    view! {
        <div class="check">
            <h1 class="check-question">{lang.get(check::SETTLED)}</h1>
            <p class="muted">{lang.count(check::SETTLED_LEAD, asked as u64, &[])}</p>
            <ActionForm action=steps.publish attr:class="form">
                <input type="hidden" name="post" value=post/>
                <div class="answers">
                    <a class="button secondary" href=back>{lang.get(check::BACK)}</a>
                    <button class="button">{icon("send")} " " {lang.get(check::PUBLISH)}</button>
                </div>
            </ActionForm>
        </div>
    }
}

/// A picture that nobody has described is told from the others by its number: it is the label of its box. A film can be
/// played while its author answers; one that is not made yet is only named.
fn thumbnail(lang: Lang, picture: &Picture, index: usize) -> AnyView {
    let alt = match picture.alt.as_str() {
        "" => lang.with(check::PICTURE, &[("n", &(index + 1).to_string())]),
        alt => alt.to_owned(),
    };
    if picture.film.is_some() && picture.width == 0 {
        return view! {
            <span class="picture-hidden">{icon("film")} <span>{lang.count(posts::FILMS_TO_COME, 1, &[])}</span></span>
        }
        .into_any();
    }
    if picture.film.is_some() {
        return player(picture, alt).into_any();
    }
    view! {
        <img
            src=picture.url(Variant::Small)
            srcset=picture.srcset()
            sizes="(min-width: 56.25em) 300px, 45vw"
            width=picture.width.to_string()
            height=picture.height.to_string()
            alt=alt
            decoding="async"
        />
    }
    .into_any()
}
