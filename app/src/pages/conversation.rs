//! One conversation: its messages, as they come, and the field to write in.

use crate::{
    api::{
        Failure,
        conversations::{MarkRead, SendMessage, find_conversation, mark_read, send_message},
    },
    browser,
    context::use_lang,
    fetched::Fetched,
    live::on_live,
    ui::{
        form::{FormError, FormState, field_error},
        icon,
        messages::{Outgoing, OutgoingState, message_lines, outgoing_line},
        raw_text,
        states::loaded,
    },
};
use leptos::{ev::SubmitEvent, html::Textarea, prelude::*, task::spawn_local};
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_params_map, use_query_map};
use model::{
    ApiError, ConversationId, MessageId,
    check::MESSAGE_MAX,
    conversation::{ConversationPage as Page, MessageView},
    live::LiveEvent,
};
use server_fn::ServerFn;
use texts::{Lang, conversations};

type PageResource = Fetched<Page>;

#[component]
pub fn ConversationPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let id = params.with(|params| params.get("id").unwrap_or_default());
        (id, query.with(|query| query.get("before").and_then(|before| before.parse::<i64>().ok())))
    });
    let page = Fetched::new(move || asked.get(), |(id, before)| find_conversation(id, before));
    view! { <div class="page">{loaded(page, move |value| content(value, page))}</div> }
}

fn content(page: Page, resource: PageResource) -> impl IntoView {
    let lang = use_lang();
    let talk = Talk::new(&page, resource);
    if page.is_newest {
        talk.follow();
    }
    let place = format!("/conversations/{}#latest", page.id);
    let title = format!("{}: {}", page.child, page.subject);
    let names: Vec<String> = page.with.iter().map(|participant| participant.name.clone()).collect();
    let with_reader = match names.join(", ") {
        nobody if nobody.is_empty() => lang.get(conversations::YOU).to_owned(),
        names => lang.with(conversations::WITH_YOU, &[("names", &names)]),
    };
    let older = page.older.map(|seq| format!("/conversations/{}?before={seq}", page.id));
    let opened_at = page.read_to;
    let newest = page.messages.last().map_or(0, |message| message.seq);
    let has_unread = page.is_newest && page.messages.iter().any(|message| message.seq > opened_at && !message.is_own);
    view! {
        <Title text=title.clone()/>
        <div class="conversation">
            <header class="conversation-head">
                <a class="icon-button" href="/conversations">
                    {icon("arrow-left")}<span class="visually-hidden">{lang.get(conversations::BACK)}</span>
                </a>
                <div><h1>{title}</h1><p class="participants">{with_reader}</p></div>
            </header>
            <ol class="messages" aria-live="polite">
                {older.map(|href| view! {
                    <li class="event-line"><a class="button quiet small" href=href>{icon("chevron-up")} " " {lang.get(conversations::OLDER)}</a></li>
                })}
                {move || talk.messages.with(|messages| message_lines(lang, messages, opened_at))}
                {move || talk.outgoing_lines(lang)}
                {has_unread.then(|| read_button(lang, talk, newest, place.clone()))}
                {(!page.is_newest).then(|| view! {
                    <li class="event-line"><a class="button quiet small" href=place.clone()>{icon("chevron-down")} " " {lang.get(conversations::TO_NEWEST)}</a></li>
                })}
            </ol>
            <p class="typing" id="latest"></p>
            {(page.is_newest && page.can_write).then(|| composer(lang, talk, page.next_message, place.clone()))}
            {(!page.can_write).then(|| view! {
                <div class="notice" data-kind="info">{icon("info")}<div><p>{lang.get(conversations::NOBODY_ELSE)}</p></div></div>
            })}
        </div>
    }
}

/// Says that the messages are read where no script says so by itself. It stays where it is afterwards: nothing moves.
fn read_button(lang: Lang, talk: Talk, newest: i64, place: String) -> impl IntoView {
    let is_read = move || talk.read_to.get() >= newest;
    let word = move || lang.get(if is_read() { conversations::READ } else { conversations::MARK_READ });
    view! {
        <li class="event-line">
            <form method="post" action=MarkRead::PATH>
                <input type="hidden" name="conversation" value=talk.id.to_string()/>
                <input type="hidden" name="seq" value=newest.to_string()/>
                <input type="hidden" name="next" value=place/>
                <button class="button quiet small" disabled=is_read>{icon("check")} " " {word}</button>
            </form>
        </li>
    }
}

fn composer(lang: Lang, talk: Talk, id: MessageId, place: String) -> impl IntoView {
    // Sent by hand below; the action stands for the form that comes back without JavaScript.
    let form = FormState::of(ServerAction::<SendMessage>::new());
    let field = talk.field;
    let seen = move || talk.messages.with(|messages| messages.last().map_or(0, |message| message.seq)).to_string();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(area) = field.get_untracked() else { return };
        let text = area.value();
        if !text.trim().is_empty() {
            area.set_value("");
            talk.send(text);
        }
    };
    view! {
        <form class="composer" method="post" action=SendMessage::PATH on:submit=submit>
            <FormError form=form.clone()/>
            <input type="hidden" name="conversation" value=talk.id.to_string()/>
            <input type="hidden" name="id" value=id.to_string()/>
            <input type="hidden" name="seen" value=seen/>
            <input type="hidden" name="next" value=place/>
            <label class="visually-hidden" for="body">{lang.get(conversations::YOUR_MESSAGE)}</label>
            {field_error(&form, "body", "body")}
            <div class="composer-row">
                <textarea id="body" name="body" rows="1" required maxlength=MESSAGE_MAX.to_string() aria-describedby="body-error" node_ref=field>
                    {raw_text(&form.value("body", ""))}
                </textarea>
                <button class="button">{icon("send")}<span class="composer-word">{lang.get(conversations::SEND)}</span></button>
            </div>
        </form>
    }
}

/// The state of an open conversation.
#[derive(Clone, Copy)]
struct Talk {
    id: ConversationId,
    page: PageResource,
    messages: RwSignal<Vec<MessageView>>,
    outgoing: RwSignal<Vec<Outgoing>>,
    /// How far the server has been told that the reader has read.
    read_to: RwSignal<i64>,
    field: NodeRef<Textarea>,
    is_sending: StoredValue<bool>,
    fetching: StoredValue<Fetching>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fetching {
    No,
    Yes,
    /// Something happened meanwhile: once more.
    Again,
}

impl Talk {
    fn new(page: &Page, resource: PageResource) -> Talk {
        Talk {
            id: page.id,
            page: resource,
            messages: RwSignal::new(page.messages.clone()),
            outgoing: RwSignal::new(Vec::new()),
            read_to: RwSignal::new(page.read_to),
            field: NodeRef::new(),
            is_sending: StoredValue::new(false),
            fetching: StoredValue::new(Fetching::No),
        }
    }

    /// Shows what is new, hears what comes, and says what has been read. Does nothing on the server.
    fn follow(self) {
        on_live(move |event| match event {
            LiveEvent::Conversation { id } if id == self.id => self.fetch(),
            LiveEvent::Resync => self.fetch(),
            _ => {}
        });
        let hash = use_location().hash;
        Effect::new(move |_| {
            let place = hash.get_untracked();
            // Reached by a link, the page stands only after this.
            request_animation_frame(move || {
                if browser::is_at_top() && !browser::scroll_to(place.trim_start_matches('#')) {
                    browser::scroll_to("latest");
                }
            });
        });
        // Counts the times that the page came to the front or went behind.
        let looked = RwSignal::new(0_u32);
        Effect::new(move |_| {
            let listener =
                window_event_listener_untyped("visibilitychange", move |_| looked.update(|count| *count += 1));
            on_cleanup(move || listener.remove());
        });
        Effect::new(move |_| {
            looked.track();
            let newest = self.messages.with(|messages| {
                messages.iter().rev().find(|message| !message.is_own).map_or(0, |message| message.seq)
            });
            let before = self.read_to.get_untracked();
            if newest <= before || browser::is_hidden() {
                return;
            }
            self.read_to.set(newest);
            spawn_local(async move {
                if mark_read(self.id.to_string(), newest, String::new()).await.is_err() {
                    let _ = self.read_to.try_update(|read_to| *read_to = before);
                }
            });
        });
    }

    /// Fetches the newest messages; once at a time, and once more if something happened meanwhile. Every access may find
    /// that the page is gone.
    fn fetch(self) {
        match self.fetching.try_get_value() {
            Some(Fetching::No) => {}
            Some(_) => return self.fetching.set_value(Fetching::Again),
            None => return,
        }
        self.fetching.set_value(Fetching::Yes);
        spawn_local(async move {
            loop {
                match find_conversation(self.id.to_string(), None).await {
                    Ok(page) => self.merge(page.messages),
                    // Nothing of it may be shown any longer.
                    Err(Failure(ApiError::NotFound | ApiError::SignedOut)) => self.page.refetch(),
                    Err(_) => {}
                }
                let again = self.fetching.try_get_value() == Some(Fetching::Again);
                let _ = self.fetching.try_set_value(if again { Fetching::Yes } else { Fetching::No });
                if !again {
                    return;
                }
            }
        });
    }

    /// Takes over the newest messages, and stays at the end if the reader is there.
    fn merge(self, newest: Vec<MessageView>) {
        let follows = browser::is_near_end();
        let _ = self.messages.try_update(|messages| {
            let first = newest.first().map_or(0, |message| message.seq);
            // More has been written than a page holds: what lies between is unknown.
            let is_gap = messages.last().is_some_and(|message| message.seq + 1 < first);
            messages.retain(|message| message.seq < first && !is_gap);
            messages.extend(newest);
        });
        let _ = self.outgoing.try_update(|outgoing| {
            let _ = self.messages.try_with_untracked(|messages| {
                outgoing.retain(|outgoing| !messages.iter().any(|message| message.id == outgoing.id));
            });
        });
        if follows {
            scroll_to_latest();
        }
    }

    /// Shows the message at once, and sends it after those before it.
    fn send(self, text: String) {
        let id = MessageId::from_random(browser::random_bytes());
        self.outgoing.update(|outgoing| outgoing.push(Outgoing { id, text, state: OutgoingState::Waiting }));
        scroll_to_latest();
        self.send_waiting();
    }

    fn send_waiting(self) {
        if self.is_sending.get_value() {
            return;
        }
        self.is_sending.set_value(true);
        spawn_local(async move {
            while let Some(next) = self.next_waiting() {
                let seen = self.messages.try_with_untracked(|messages| messages.last().map(|message| message.seq));
                let seen = seen.flatten().unwrap_or(0);
                let answer =
                    send_message(self.id.to_string(), next.id.to_string(), next.text, seen, String::new()).await;
                let state = match answer {
                    Ok(()) => OutgoingState::Sent,
                    Err(Failure(error)) => OutgoingState::Failed(error),
                };
                let is_sent = state == OutgoingState::Sent;
                self.set_state(next.id, state);
                if is_sent {
                    self.fetch();
                }
            }
            let _ = self.is_sending.try_set_value(false);
        });
    }

    fn next_waiting(self) -> Option<Outgoing> {
        self.outgoing.try_with_untracked(|outgoing| {
            outgoing.iter().find(|outgoing| outgoing.state == OutgoingState::Waiting).cloned()
        })?
    }

    fn set_state(self, id: MessageId, state: OutgoingState) {
        let _ = self.outgoing.try_update(|outgoing| {
            if let Some(outgoing) = outgoing.iter_mut().find(|outgoing| outgoing.id == id) {
                outgoing.state = state;
            }
        });
    }

    fn outgoing_lines(self, lang: Lang) -> Vec<AnyView> {
        let send_again = Callback::new(move |id| {
            self.set_state(id, OutgoingState::Waiting);
            self.send_waiting();
        });
        let take_back = Callback::new(move |id| {
            let Some(area) = self.field.get_untracked() else { return };
            self.outgoing.update(|outgoing| {
                if let Some(index) = outgoing.iter().position(|outgoing| outgoing.id == id) {
                    let text = outgoing.remove(index).text;
                    let typed = area.value();
                    area.set_value(&if typed.trim().is_empty() { text } else { format!("{text}\n{typed}") });
                }
            });
            let _ = area.focus();
        });
        let is_there =
            |id: MessageId| self.messages.with_untracked(|messages| messages.iter().any(|message| message.id == id));
        self.outgoing.with(|outgoing| {
            outgoing
                .iter()
                .filter(|outgoing| !is_there(outgoing.id))
                .map(|outgoing| outgoing_line(lang, outgoing, send_again, take_back))
                .collect()
        })
    }
}

/// Once what has just been added stands on the page.
fn scroll_to_latest() {
    request_animation_frame(|| {
        browser::scroll_to("latest");
    });
}
