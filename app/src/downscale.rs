//! Photos made smaller before they are sent: the server keeps no more than 1920 pixels, and a phone's connection is slow.

use js_sys::{Array, Promise, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, File, FilePropertyBag, HtmlCanvasElement, ImageBitmap, ImageBitmapOptions,
    ImageOrientation,
};

/// Pixels of the longer side; room for the server to make its own from.
const SIDE: u32 = 2560;
const QUALITY: f64 = 0.9;
/// What every browser reads, one picture each. The moving ones among WebP are a still picture to the server as well.
const KINDS: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];
const MADE: &str = "image/jpeg";

/// The same photo in fewer pixels, if that makes the file smaller. What is no such photo, or can't be read here, is as it was.
pub async fn smaller(file: File) -> File {
    if !KINDS.contains(&file.type_().as_str()) {
        return file;
    }
    match shrunk(&file).await {
        Ok(Some(made)) if made.size() < file.size() => made,
        _ => file,
    }
}

async fn shrunk(file: &File) -> Result<Option<File>, JsValue> {
    let options = ImageBitmapOptions::new();
    options.set_image_orientation(ImageOrientation::FromImage);
    let read = window().create_image_bitmap_with_blob_and_image_bitmap_options(file, &options)?;
    let picture: ImageBitmap = JsFuture::from(read).await?.unchecked_into();
    let longer = picture.width().max(picture.height());
    if longer <= SIDE {
        picture.close();
        return Ok(None);
    }
    let scaled = |side: u32| (f64::from(side) * f64::from(SIDE) / f64::from(longer)).round().max(1.0);
    let drawn = draw(&picture, scaled(picture.width()), scaled(picture.height()));
    // A photo of twelve megapixels takes fifty megabytes until it is let go of.
    picture.close();
    let Some(blob) = encode(&drawn?).await? else { return Ok(None) };
    let properties = FilePropertyBag::new();
    properties.set_type(MADE);
    // Chosen again, it is known again.
    properties.set_last_modified(file.last_modified());
    let parts = Array::of1(&blob);
    File::new_with_blob_sequence_and_options(&parts, &file.name(), &properties).map(Some)
}

fn draw(picture: &ImageBitmap, width: f64, height: f64) -> Result<HtmlCanvasElement, JsValue> {
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.unchecked_into::<CanvasRenderingContext2d>();
    // As the server does: what is transparent lies on white.
    context.set_fill_style_str("white");
    context.fill_rect(0.0, 0.0, width, height);
    Reflect::set(&context, &"imageSmoothingQuality".into(), &"high".into())?;
    context.draw_image_with_image_bitmap_and_dw_and_dh(picture, 0.0, 0.0, width, height)?;
    Ok(canvas)
}

/// None where the browser can't.
async fn encode(canvas: &HtmlCanvasElement) -> Result<Option<Blob>, JsValue> {
    let mut begun = Ok(());
    let made = Promise::new(&mut |resolve, reject| {
        begun = canvas.to_blob_with_type_and_encoder_options(&resolve, MADE, &QUALITY.into());
        if begun.is_err() {
            let _ = reject.call0(&JsValue::NULL);
        }
    });
    let made = JsFuture::from(made).await?;
    begun?;
    // Some make another kind than they were asked for.
    Ok(made.dyn_into::<Blob>().ok().filter(|blob| blob.type_() == MADE))
}
