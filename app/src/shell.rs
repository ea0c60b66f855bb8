//! The HTML document around every page.

use crate::{context::provide_lang, context::use_lang, routes::App};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

/// Addresses of the files that the build has made, each under a name that changes with its content.
#[derive(Clone, Debug)]
pub struct Assets {
    pub css: String,
    pub js: String,
    pub wasm: String,
    /// The editor of posts, which the compose page fetches.
    pub editor: String,
    /// False on a page that answers a form sent without JavaScript: its address is not the page's.
    pub scripts: bool,
}

pub fn shell(assets: Assets) -> impl IntoView {
    provide_lang();
    let lang = use_lang();
    let nonce = use_nonce();
    let start = format!(
        "import init, {{ hydrate }} from '{}'; init({{ module_or_path: '{}' }}).then(hydrate);",
        assets.js, assets.wasm
    );
    view! {
        <!DOCTYPE html>
        <html lang=lang.tag() dir="ltr">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" content="#f9f5ee" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#12171f" media="(prefers-color-scheme: dark)"/>
                <link rel="stylesheet" href=assets.css/>
                <link rel="preload" href="/fonts/atkinson-latin.woff2" r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                {assets.scripts.then(|| view! {
                    <link rel="modulepreload" href=assets.js.clone() nonce=nonce.clone()/>
                    <link rel="preload" href=assets.wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
                    <script type="module" nonce=nonce.clone()>{start}</script>
                    <meta name="editor" content=assets.editor/>
                })}
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
