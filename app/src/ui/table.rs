//! A table that scrolls sideways by itself where the screen is narrow.

use crate::context::use_lang;
use leptos::prelude::*;
use texts::Text;

/// `rows` are `<tr>`s whose first cell is a `<th scope="row">`. `actions` names the last column for those who don't see it.
pub fn table(label: Text, columns: &[Text], actions: Option<Text>, rows: Vec<AnyView>) -> impl IntoView + use<> {
    let lang = use_lang();
    let columns = columns.iter().map(|column| view! { <th scope="col">{lang.get(*column)}</th> }).collect_view();
    let actions = actions.map(|actions| {
        view! { <th scope="col"><span class="visually-hidden">{lang.get(actions)}</span></th> }
    });
    view! {
        <div class="table-wrap" tabindex="0" role="group" aria-label=lang.get(label)>
            <table class="table">
                <thead>
                    <tr>{columns}{actions}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
