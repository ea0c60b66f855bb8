//! The photo with the rectangle on it, moved by finger, mouse or arrow keys.

use super::{Region, between, moved, stretched};
use crate::context::use_lang;
use leptos::{ev, html, prelude::*};
use model::media::{Crop, Picture, Variant};
use texts::Text;

/// How far from a corner it is still taken by a finger, in pixels.
const NEAR: f64 = 28.0;
/// What an arrow key moves, in per mille.
const STEP: i32 = 10;
/// A rectangle smaller than this on a side was no rectangle but a touch, in per mille.
const TOUCH: u32 = 15;

/// What a finger on the photo does.
#[derive(Clone, Copy)]
enum Drag {
    /// Moves the rectangle; from here, where it was so.
    Move { from: (i32, i32), region: Region },
    /// Spans a rectangle from this corner.
    Span { corner: (i32, i32) },
}

/// `label`: what the rectangle is, for those who can't see it.
pub fn on_photo(region: RwSignal<Region>, picture: &Picture, label: Text) -> impl IntoView + use<> {
    let lang = use_lang();
    let stage = NodeRef::<html::Div>::new();
    // With what the rectangle was before.
    let drag = StoredValue::new(None::<(Drag, Region)>);
    let take = move |event: ev::PointerEvent| {
        let Some((place, scale)) = place_of(&event, stage) else { return };
        event.prevent_default();
        if let Some(stage) = stage.get_untracked() {
            // Without it, only what is outside of the photo is not heard of.
            let _ = stage.set_pointer_capture(event.pointer_id());
        }
        let before = region.get_untracked();
        drag.set_value(Some((drag_from(place, before, scale), before)));
    };
    let pull = move |event: ev::PointerEvent| {
        let (Some((drag, _)), Some((place, _))) = (drag.get_value(), place_of(&event, stage)) else { return };
        region.set(match drag {
            Drag::Move { from, region } => moved(region, place.0 - from.0, place.1 - from.1),
            Drag::Span { corner } => between(corner, place),
        });
    };
    let leave = move |_: ev::PointerEvent| {
        let before = drag.try_update_value(Option::take).flatten();
        let [_, _, width, height] = region.get_untracked();
        if let Some((_, before)) = before.filter(|_| width < TOUCH || height < TOUCH) {
            region.set(before);
        }
    };
    let press = move |event: ev::KeyboardEvent| {
        let (across, down) = match event.key().as_str() {
            "ArrowLeft" => (-STEP, 0),
            "ArrowRight" => (STEP, 0),
            "ArrowUp" => (0, -STEP),
            "ArrowDown" => (0, STEP),
            _ => return,
        };
        event.prevent_default();
        let change = if event.shift_key() { stretched } else { moved };
        region.update(|region| *region = change(*region, across, down));
    };
    let percent = move |field: usize| move || format!("{}%", f64::from(region.get()[field]) / 10.0);
    view! {
        <div
            class="crop-stage"
            node_ref=stage
            on:pointerdown=take
            on:pointermove=pull
            on:pointerup=leave
            on:pointercancel=leave
        >
            <img src=picture.url(Variant::Medium) width=picture.width height=picture.height alt="" draggable="false"/>
            <div
                class="crop-area"
                role="group"
                tabindex="0"
                aria-label=lang.get(label)
                on:keydown=press
                style:left=percent(0)
                style:top=percent(1)
                style:width=percent(2)
                style:height=percent(3)
            ></div>
        </div>
    }
}

/// Where a finger is on the photo, in per mille, and how many per mille are [`NEAR`].
fn place_of(event: &ev::PointerEvent, stage: NodeRef<html::Div>) -> Option<((i32, i32), (i32, i32))> {
    let bounds = stage.get_untracked()?.get_bounding_client_rect();
    let (width, height) = (bounds.width().max(1.0), bounds.height().max(1.0));
    let scaled = |pixels: f64, side: f64| (pixels / side * f64::from(Crop::WHOLE)).round() as i32;
    let across = scaled(f64::from(event.client_x()) - bounds.left(), width);
    let down = scaled(f64::from(event.client_y()) - bounds.top(), height);
    Some(((across, down), (scaled(NEAR, width), scaled(NEAR, height))))
}

/// A corner is pulled, the inside moved; elsewhere, and while nothing is cut off, a new rectangle begins.
fn drag_from(place: (i32, i32), region: Region, near: (i32, i32)) -> Drag {
    let [left, top, width, height] = region.map(|number| i32::try_from(number).unwrap_or_default());
    let (right, bottom) = (left + width, top + height);
    for (x, opposite_x) in [(left, right), (right, left)] {
        for (y, opposite_y) in [(top, bottom), (bottom, top)] {
            if (place.0 - x).abs() <= near.0 && (place.1 - y).abs() <= near.1 {
                return Drag::Span { corner: (opposite_x, opposite_y) };
            }
        }
    }
    let is_inside = (left..right).contains(&place.0) && (top..bottom).contains(&place.1);
    let is_whole = [width, height] == [Crop::WHOLE as i32; 2];
    if is_inside && !is_whole { Drag::Move { from: place, region } } else { Drag::Span { corner: place } }
}
