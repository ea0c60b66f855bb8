//! What waits for staff after a withdrawal: pictures to look through, and hidden pictures to decide about.

use crate::{
    api::reviews::{AnswerReview, DecidePicture, find_review, list_reviews},
    context::use_lang,
    fetched::Fetched,
    live::on_live,
    ui::{
        form::{FormError, FormState},
        icon,
        post::{image, player},
        states::loaded,
        time,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use model::{
    live::LiveEvent,
    media::Picture,
    review::{Decision, HeldPicture, ReviewLine, ReviewPage as Review, ReviewPost, ReviewsPage as Page},
};
use server_fn::ServerFn;
use texts::{Lang, check, review};

/// How wide a picture stands on these pages.
const SIZES: &str = "(min-width: 56.25em) 300px, 45vw";

#[component]
pub fn ReviewsPage() -> impl IntoView {
    let lang = use_lang();
    let page = Fetched::new(|| (), |()| list_reviews());
    on_live(move |event| {
        if matches!(event, LiveEvent::Pictures | LiveEvent::Resync) {
            page.refetch();
        }
    });
    view! {
        <Title text=lang.get(review::TITLE)/>
        <div class="page">
            <header class="page-head">
                <a class="back" href="/settings">{icon("arrow-left")} " " {lang.get(texts::frame::MORE)}</a>
                <h1>{lang.get(review::TITLE)}</h1>
            </header>
            {loaded(page, list)}
        </div>
    }
}

fn list(page: Page) -> AnyView {
    let lang = use_lang();
    if page.reviews.is_empty() && page.held.is_empty() {
        return view! {
            <div class="empty">
                <img src="/empty-pictures.svg" width="200" height="140" alt=""/>
                <h2>{lang.get(review::NOTHING)}</h2>
                <p>{lang.get(review::NOTHING_LEAD)}</p>
            </div>
        }
        .into_any();
    }
    let reviews = (!page.reviews.is_empty()).then(|| {
        view! {
            <section class="section" aria-labelledby="reviews">
                <h2 id="reviews">{lang.get(review::REVIEWS)}</h2>
                <p class="muted">{lang.get(review::LEAD)}</p>
                <ul class="list">{page.reviews.into_iter().map(|line| review_line(lang, line)).collect_view()}</ul>
            </section>
        }
    });
    let sent = FormState::sent::<DecidePicture>();
    let held = (!page.held.is_empty()).then(|| {
        view! {
            <section class="section" aria-labelledby="held">
                <h2 id="held">{lang.get(review::HELD)}</h2>
                <p class="muted">{lang.get(review::HELD_LEAD)}</p>
                <FormError form=sent/>
                {page.held.into_iter().map(|picture| held_picture(lang, picture)).collect_view()}
            </section>
        }
    });
    view! { {reviews} {held} }.into_any()
}

fn review_line(lang: Lang, line: ReviewLine) -> impl IntoView {
    let look = (line.own > 0).then(|| {
        let href = format!("/reviews/{}", line.id);
        view! { <a class="button secondary small" href=href>{lang.get(review::LOOK)}</a> }
    });
    view! {
        <li class="list-row">
            <div>
                {icon("image")}
                <span class="list-text">
                    <span class="list-title">{line.child.name.clone()}</span>
                    <span class="list-sub">{placed(lang, &line)} " · " {lang.get(review::SINCE)} " " {time(&line.since)}</span>
                    <span class="list-sub">{progress(lang, &line)}</span>
                    <progress max=line.pictures.to_string() value=(line.pictures - line.left).to_string()></progress>
                </span>
                {look}
            </div>
        </li>
    }
}

fn placed(lang: Lang, line: &ReviewLine) -> &'static str {
    lang.get(if line.for_school { review::FOR_SCHOOL } else { review::FOR_GROUP })
}

fn progress(lang: Lang, line: &ReviewLine) -> String {
    match line.left {
        0 => lang.get(review::DONE).to_owned(),
        left => lang.count(review::LEFT, u64::from(left), &[("all", &line.pictures.to_string())]),
    }
}

fn held_picture(lang: Lang, held: HeldPicture) -> impl IntoView {
    let shown = match &held.picture {
        Some(picture) => shown(lang, picture, 0),
        None => view! { <span class="picture-hidden">{icon("ban")} <span>{lang.get(review::HIDDEN)}</span></span> }
            .into_any(),
    };
    let name = held.child.name.clone();
    let buttons = held.decisions.iter().map(|decision| {
        let words = match decision {
            Decision::Show => lang.get(review::SHOW).to_owned(),
            Decision::OnlyParents => lang.with(review::ONLY_PARENTS, &[("name", &name)]),
            Decision::NotInIt => lang.with(review::NOT_IN_IT, &[("name", &name)]),
            Decision::Remove => lang.get(review::REMOVE).to_owned(),
        };
        let class = if *decision == Decision::Remove { "button danger" } else { "button secondary" };
        view! { <button class=class name="decision" value=decision.as_str()>{words}</button> }
    });
    view! {
        <article class="card stack">
            <h3>{held.child.name.clone()} " · " <a href=format!("/posts/{}", held.post)>{held.title.clone()}</a></h3>
            <p class="muted small">{time(&held.published)}</p>
            <ul class="gallery check-pictures"><li>{shown}</li></ul>
            <form class="form" method="post" action=DecidePicture::PATH>
                <input type="hidden" name="post" value=held.post.to_string()/>
                <input type="hidden" name="picture" value=held.media.to_string()/>
                <input type="hidden" name="child" value=held.child.id.to_string()/>
                <div class="actions">{buttons.collect_view()}</div>
            </form>
        </article>
    }
}

#[component]
pub fn ReviewPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let page = Fetched::new(move || id.get(), find_review);
    view! {
        <Title text=lang.get(review::TITLE)/>
        <div class="page">{loaded(page, look)}</div>
    }
}

fn look(page: Review) -> impl IntoView {
    let lang = use_lang();
    let Review { review: line, posts } = page;
    let sent = FormState::sent::<AnswerReview>();
    let rest = (posts.is_empty() && line.left > 0).then(|| view! { <p>{lang.get(review::OTHERS)}</p> });
    let mark = (!posts.is_empty()).then(|| lang.with(review::MARK, &[("name", &line.child.name)]));
    view! {
        <header class="page-head">
            <a class="back" href="/reviews">{icon("arrow-left")} " " {lang.get(review::BACK)}</a>
            <h1>{line.child.name.clone()}</h1>
            <p class="lead">{placed(lang, &line)} " · " {progress(lang, &line)}</p>
        </header>
        <FormError form=sent/>
        {mark.map(|mark| view! { <p>{mark}</p> })}
        {rest}
        {posts.into_iter().map(|post| post_form(lang, &line, post)).collect_view()}
    }
}

/// One form for each post: what is ticked shows the child, and the rest does not.
fn post_form(lang: Lang, line: &ReviewLine, post: ReviewPost) -> impl IntoView + use<> {
    let pictures = post.pictures.iter().enumerate().map(|(index, picture)| {
        view! {
            <li><label class="pick">
                <input type="checkbox" name="pictures[]" value=picture.id.to_string()/>
                {shown(lang, picture, index)}
            </label></li>
        }
    });
    let pictures = pictures.collect_view();
    view! {
        <form class="card stack" method="post" action=AnswerReview::PATH>
            <input type="hidden" name="review" value=line.id.to_string()/>
            <input type="hidden" name="post" value=post.id.to_string()/>
            <h2>{post.title.clone()}</h2>
            <p class="muted small">{time(&post.published)}</p>
            <ul class="gallery check-pictures">{pictures}</ul>
            <div class="actions"><button class="button">{lang.with(review::SAVE, &[("name", &line.child.name)])}</button></div>
        </form>
    }
}

/// A picture that nobody has described is told from the others by its number.
fn shown(lang: Lang, picture: &Picture, index: usize) -> AnyView {
    let alt = match picture.alt.as_str() {
        "" => lang.with(check::PICTURE, &[("n", &(index + 1).to_string())]),
        alt => alt.to_owned(),
    };
    match picture.film {
        Some(_) => player(picture, alt).into_any(),
        None => image(picture, alt, SIZES, index == 0).into_any(),
    }
}
