//! What is to be left of a photo: four numbers, and in the browser a rectangle on the photo that goes with them.

use super::Composer;
use crate::{
    context::use_lang,
    ui::{
        form::FormState,
        icon,
        region::{RegionFields, on_photo},
    },
};
use leptos::prelude::*;
use model::media::{Crop, Picture};
use texts::posts;

#[component]
pub(super) fn Cropping(form: FormState, composer: Composer, picture: Picture, name: String) -> impl IntoView {
    let lang = use_lang();
    let id = picture.id.to_string();
    let region = RwSignal::new([0, 0, Crop::WHOLE, Crop::WHOLE]);
    let form = {
        let id = id.clone();
        form.only_while(move || composer.cropped.with(|cropped| *cropped == id))
    };
    // Only the browser's code hears of it, and the larger picture is fetched by those alone who want to crop.
    let is_unfolded = RwSignal::new(false);
    let is_open = form.came_back();
    let stage = move || is_unfolded.get().then(|| on_photo(region, &picture, posts::CROP_AREA));
    view! {
        <details class="fold cropping" open=is_open on:toggle=move |_| is_unfolded.set(true)>
            <summary>{lang.get(posts::PHOTO_CROP)} <span class="visually-hidden">": " {name}</span></summary>
            <div class="stack tight">
                <p class="hint">{lang.get(posts::CROP_HINT)}</p>
                {stage}
                <RegionFields form region key=id.clone() suffix=format!(":{id}")/>
                <div class="actions">
                    <button class="button secondary small" name="do" value=format!("crop:{id}")>
                        {icon("crop")} " " {lang.get(posts::CROP_APPLY)}
                    </button>
                </div>
            </div>
        </details>
    }
}
