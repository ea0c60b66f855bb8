//! A rectangle on a photo: four numbers, and in the browser something to pull at.

use super::form::{FormState, field_error};
use crate::context::use_lang;
use leptos::prelude::*;
use model::media::Crop;
use texts::posts;

/// Left, top, width and height, in per mille.
pub type Region = [u32; 4];

/// The four numbers of a region, with what is wrong with each.
#[component]
pub fn RegionFields(
    form: FormState,
    region: RwSignal<Region>,
    /// Tells the fields from those of other regions on the page.
    key: String,
    /// What follows the name a number is sent under.
    #[prop(optional, into)]
    suffix: String,
) -> impl IntoView {
    let lang = use_lang();
    let labels = [posts::CROP_LEFT, posts::CROP_TOP, posts::CROP_WIDTH, posts::CROP_HEIGHT];
    let fields = labels.into_iter().zip(Crop::FIELDS).enumerate().map(|(field, (label, name))| {
        let (id, sent_as) = (format!("{name}-{key}"), format!("{name}{suffix}"));
        let typed = form.value(&sent_as, &region.get_untracked()[field].to_string());
        // What can't be read stays as it is typed: the server says what is wrong with it.
        let read = move |typed: &str| {
            if let Ok(number) = typed.parse() {
                region.update(|region| region[field] = number);
            }
        };
        read(&typed);
        let error = form.error();
        let is_invalid =
            move || error.with(|error| error.as_ref().is_some_and(|error| error.problem_of(name).is_some()));
        view! {
            <div class="field">
                <label for=id.clone()>{lang.get(label)}</label>
                <input
                    id=id.clone()
                    name=sent_as
                    type="number"
                    inputmode="numeric"
                    min=if field < 2 { 0 } else { 1 }
                    max=Crop::WHOLE
                    value=typed
                    prop:value=move || region.get()[field].to_string()
                    on:input=move |event| read(&event_target_value(&event))
                    aria-describedby=format!("{id}-error")
                    aria-invalid=move || is_invalid().then_some("true")
                />
                {field_error(&form, name, &id)}
            </div>
        }
    });
    view! { <div class="crop-fields">{fields.collect_view()}</div> }
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
    use texts::Text;

    pub fn on_photo(_: RwSignal<Region>, _: &Picture, _: Text) -> impl IntoView + use<> {}
}

#[cfg(feature = "hydrate")]
mod stage;

pub use stage::on_photo;

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
