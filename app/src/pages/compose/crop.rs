//! What is to be left of a photo: four numbers, and in the browser a rectangle on the photo that goes with them.

use super::Composer;
use crate::{
    context::use_lang,
    ui::{
        form::FormState,
        icon,
        region::{Region, on_photo},
        states::problem_text,
    },
};
use leptos::prelude::*;
use model::media::{Crop, Picture};
use texts::{Text, posts};

#[component]
pub(super) fn Cropping(form: FormState, composer: Composer, picture: Picture, name: String) -> impl IntoView {
    let lang = use_lang();
    let id = picture.id.to_string();
    let typed = |field: usize| {
        let whole = if field < 2 { "0" } else { "1000" };
        form.value(&format!("{}:{id}", Crop::FIELDS[field]), whole)
    };
    let region = RwSignal::new([0, 1, 2, 3].map(|field| typed(field).parse().unwrap_or_default()));
    let labels = [posts::CROP_LEFT, posts::CROP_TOP, posts::CROP_WIDTH, posts::CROP_HEIGHT];
    let fields: Vec<AnyView> = labels
        .into_iter()
        .enumerate()
        .map(|(field, label)| number(composer, &id, field, label, typed(field), region))
        .collect();
    // Only the browser's code hears of it, and the larger picture is fetched by those alone who want to crop.
    let is_unfolded = RwSignal::new(false);
    let is_open = form.came_back() && composer.cropped.get_untracked() == id;
    let stage = move || is_unfolded.get().then(|| on_photo(region, &picture, posts::CROP_AREA));
    view! {
        <details class="fold cropping" open=is_open on:toggle=move |_| is_unfolded.set(true)>
            <summary>{lang.get(posts::PHOTO_CROP)} <span class="visually-hidden">": " {name}</span></summary>
            <div class="stack tight">
                <p class="hint">{lang.get(posts::CROP_HINT)}</p>
                {stage}
                <div class="crop-fields">{fields}</div>
                <div class="actions">
                    <button class="button secondary small" name="do" value=format!("crop:{id}")>
                        {icon("crop")} " " {lang.get(posts::CROP_APPLY)}
                    </button>
                </div>
            </div>
        </details>
    }
}

/// One of the four numbers, with what is wrong with it.
fn number(
    composer: Composer,
    picture: &str,
    field: usize,
    label: Text,
    typed: String,
    region: RwSignal<Region>,
) -> AnyView {
    let lang = use_lang();
    let name = Crop::FIELDS[field];
    let (id, picture) = (format!("{name}-{picture}"), picture.to_owned());
    let (sent_as, error_id) = (format!("{name}:{picture}"), format!("{id}-error"));
    let problem = Memo::new(move |_| {
        let error = composer.error.get().filter(|_| composer.cropped.with(|cropped| *cropped == picture))?;
        error.problem_of(name).map(|problem| problem_text(lang, problem))
    });
    let wrong = {
        let id = error_id.clone();
        move || {
            problem.get().map(|words| view! { <p class="error" id=id.clone()>{icon("circle-alert")} " " {words}</p> })
        }
    };
    // What can't be read stays as it is typed: the server says what is wrong with it.
    let read = move |event| {
        if let Ok(number) = event_target_value(&event).parse() {
            region.update(|region| region[field] = number);
        }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{lang.get(label)}</label>
            <input
                id=id
                name=sent_as
                type="number"
                inputmode="numeric"
                min=if field < 2 { 0 } else { 1 }
                max=Crop::WHOLE
                value=typed
                prop:value=move || region.get()[field].to_string()
                on:input=read
                aria-describedby=error_id
                aria-invalid=move || problem.get().is_some().then_some("true")
            />
            {wrong}
        </div>
    }
    .into_any()
}
