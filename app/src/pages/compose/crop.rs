//! What is to be left of a photo: four numbers, and in the browser a rectangle on the photo that goes with them.

use super::Composer;
use crate::{
    context::use_lang,
    ui::{form::FormState, icon, states::problem_text},
};
use leptos::prelude::*;
use model::media::{Crop, Picture};
use texts::{Text, posts};

/// Left, top, width and height, in per mille.
type Region = [u32; 4];

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
    let stage = move || is_unfolded.get().then(|| stage::view(region, &picture));
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

/// Moved by so much, as far as there is room.
#[cfg(any(feature = "hydrate", test))]
fn moved([left, top, width, height]: Region, across: i32, down: i32) -> Region {
    let along =
        |start: u32, length: u32, by: i32| start.saturating_add_signed(by).min(Crop::WHOLE.saturating_sub(length));
    [along(left, width, across), along(top, height, down), width, height]
}

/// Its right and lower edges moved by so much.
#[cfg(any(feature = "hydrate", test))]
fn stretched([left, top, width, height]: Region, across: i32, down: i32) -> Region {
    let along = |start: u32, length: u32, by: i32| {
        length.saturating_add_signed(by).clamp(1, Crop::WHOLE.saturating_sub(start).max(1))
    };
    [left, top, along(left, width, across), along(top, height, down)]
}

/// The rectangle that has these two points for corners; what is outside of the picture is left out.
#[cfg(any(feature = "hydrate", test))]
fn between(one: (i32, i32), other: (i32, i32)) -> Region {
    let along = |a: i32, b: i32| {
        let inside = |at: i32| at.clamp(0, Crop::WHOLE as i32) as u32;
        (inside(a.min(b)), inside(a.max(b)) - inside(a.min(b)))
    };
    let ((left, width), (top, height)) = (along(one.0, other.0), along(one.1, other.1));
    [left, top, width, height]
}

#[cfg(not(feature = "hydrate"))]
mod stage {
    use super::Region;
    use leptos::prelude::*;
    use model::media::Picture;

    pub(super) fn view(_: RwSignal<Region>, _: &Picture) -> impl IntoView + use<> {}
}

#[cfg(feature = "hydrate")]
mod stage;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_stays_inside_of_the_picture() {
        let region = [100, 200, 300, 400];
        assert_eq!(moved(region, 50, -50), [150, 150, 300, 400]);
        assert_eq!(moved(region, 5_000, -5_000), [700, 0, 300, 400]);
        assert_eq!(stretched(region, 50, -50), [100, 200, 350, 350]);
        assert_eq!(stretched(region, 5_000, -5_000), [100, 200, 900, 1]);
        assert_eq!(between((900, 100), (400, 300)), [400, 100, 500, 200]);
        assert_eq!(between((-50, 500), (1_200, 500)), [0, 500, 1000, 0]);
    }
}
