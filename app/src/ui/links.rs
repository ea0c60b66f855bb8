//! Cards of links: words only, so that nothing is asked of another site.

use super::icon;
use leptos::prelude::*;
use model::feed::LinkCard;

pub fn link_cards(cards: Vec<LinkCard>) -> Option<impl IntoView> {
    let card = |card: LinkCard| {
        view! {
            <li>
                <a class="link-card" href=card.url rel="noopener noreferrer">
                    <strong dir="auto">{card.title}</strong>
                    {(!card.summary.is_empty()).then(|| view! { <span class="link-summary" dir="auto">{card.summary}</span> })}
                    <small>{icon("link")} " " {card.host}</small>
                </a>
            </li>
        }
    };
    (!cards.is_empty()).then(|| view! { <ul class="link-cards">{cards.into_iter().map(card).collect_view()}</ul> })
}
