//! The messages of a conversation.

use super::{icon, states::error_text, states::problem_text, time};
use leptos::prelude::*;
use model::{
    ApiError, MessageId,
    conversation::{MessageView, Piece, paragraphs},
};
use texts::{Lang, conversations};

/// A message on its way to the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    pub id: MessageId,
    pub text: String,
    pub state: OutgoingState,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutgoingState {
    Waiting,
    /// Stored; the page has yet to fetch it.
    Sent,
    Failed(ApiError),
}

/// Messages under the line of their day, and one line above what was new when the page was opened: everything after
/// message number `read_to` that others wrote.
pub fn message_lines(lang: Lang, messages: &[MessageView], read_to: i64) -> Vec<AnyView> {
    let mut lines = Vec::new();
    let mut day = "";
    let mut is_marked = false;
    for (index, message) in messages.iter().enumerate() {
        if message.day != day {
            day = &message.day;
            lines.push(view! { <li class="day-line">{message.day.clone()}</li> }.into_any());
        }
        if !is_marked && message.seq > read_to && !message.is_own {
            is_marked = true;
            lines.push(
                view! { <li class="unread-line" id="unread">{lang.get(conversations::NEW_LINE)}</li> }.into_any(),
            );
        }
        // Said once, under the last message that the same people have read.
        let next = messages[index + 1..].iter().find(|next| !next.read_by.is_empty());
        let says_readers = !message.read_by.is_empty() && next.is_none_or(|next| next.read_by != message.read_by);
        lines.push(message_line(lang, message, says_readers));
    }
    lines
}

fn message_line(lang: Lang, message: &MessageView, says_readers: bool) -> AnyView {
    let author = if message.is_own { lang.get(conversations::YOU).to_owned() } else { message.author.clone() };
    let readers = says_readers.then(|| {
        let names = message.read_by.join(", ");
        view! { <p class="message-state">{lang.with(conversations::READ_BY, &[("names", &names)])}</p> }
    });
    view! {
        <li class=if message.is_own { "message own" } else { "message" } id=format!("m{}", message.seq)>
            <p class="byline"><span class="author">{author}</span> " " {time(&message.at)}</p>
            {bubble(&message.text)}
            {readers}
        </li>
    }
    .into_any()
}

fn bubble(text: &str) -> impl IntoView + use<> {
    view! { <div class="bubble">{plain_text(text)}</div> }
}

/// Plain text: line breaks count, safe addresses are links, and each paragraph runs in the direction of its script.
pub fn plain_text(text: &str) -> impl IntoView + use<> {
    paragraphs(text)
        .into_iter()
        .map(|lines| {
            let lines = lines
                .into_iter()
                .enumerate()
                .map(|(index, pieces)| {
                    let pieces = pieces.into_iter().map(piece).collect_view();
                    view! { {(index > 0).then(|| view! { <br/> })} {pieces} }
                })
                .collect_view();
            view! { <p dir="auto">{lines}</p> }
        })
        .collect_view()
}

fn piece(piece: Piece<'_>) -> AnyView {
    match piece {
        Piece::Text(text) => text.to_owned().into_any(),
        Piece::Link(address) => {
            let href = address.to_owned();
            view! { <a href=href rel="noopener noreferrer">{address.to_owned()}</a> }.into_any()
        }
    }
}

/// A message on its way, or one that did not get there, with what can be done about it.
pub fn outgoing_line(
    lang: Lang,
    outgoing: &Outgoing,
    send_again: Callback<MessageId>,
    take_back: Callback<MessageId>,
) -> AnyView {
    let id = outgoing.id;
    let (state, end) = match &outgoing.state {
        OutgoingState::Waiting | OutgoingState::Sent => {
            ("sending", view! { <p class="message-state">{lang.get(conversations::SENDING)}</p> }.into_any())
        }
        OutgoingState::Failed(error) => {
            let why = match error.problem_of("body") {
                Some(problem) => problem_text(lang, problem),
                None => error_text(lang, error),
            };
            let end = view! {
                <p class="message-state" role="alert">{lang.get(conversations::FAILED)} " " {why}</p>
                <div class="row end">
                    <button type="button" class="button quiet small" on:click=move |_| take_back.run(id)>
                        {icon("pencil")} " " {lang.get(conversations::TAKE_BACK)}
                    </button>
                    <button type="button" class="button secondary small" on:click=move |_| send_again.run(id)>
                        {icon("rotate-ccw")} " " {lang.get(conversations::SEND_AGAIN)}
                    </button>
                </div>
            };
            ("failed", end.into_any())
        }
    };
    view! {
        <li class="message own" data-state=state>
            <p class="byline"><span class="author">{lang.get(conversations::YOU)}</span></p>
            {bubble(&outgoing.text)}
            {end}
        </li>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use model::{Moment, roles::Capacity};

    fn message(seq: i64, is_own: bool, text: &str, read_by: &[&str]) -> MessageView {
        let moment = Moment { machine: "x".into(), short: "10:12".into(), full: "x".into() };
        MessageView {
            id: MessageId::from_random([seq as u8; 16]),
            seq,
            author: "Anna".into(),
            capacity: Capacity::Guardian,
            is_own,
            text: text.into(),
            day: "vandaag".into(),
            at: moment,
            read_by: read_by.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    #[test]
    fn text_is_never_markup() {
        let html = bubble("<script>x</script>\nhttps://a.example/?b=\"c\" javascript:x").to_html();
        assert!(html.contains("&lt;script&gt;x"), "{html}");
        assert!(!html.contains("<script"), "{html}");
        assert!(!html.contains("href=\"javascript"), "{html}");
        assert!(html.contains("<br>"), "{html}");
    }

    #[test]
    fn new_messages_and_readers_are_marked_once() {
        let messages = [
            message(1, false, "a", &[]),
            message(2, true, "b", &["Mama"]),
            message(3, true, "c", &["Mama"]),
            message(4, false, "d", &[]),
            message(5, false, "e", &[]),
        ];
        let html = message_lines(Lang::Nl, &messages, 3).to_html();
        assert_eq!(html.matches("unread-line").count(), 1, "{html}");
        assert_eq!(html.matches("day-line").count(), 1, "{html}");
        assert_eq!(html.matches("message-state").count(), 1, "{html}");
        assert!(html.find("unread-line") < html.find("m4") && html.find("unread-line") > html.find("m3"), "{html}");
        assert!(html.find("message-state") > html.find("m3"), "under the last one that was read: {html}");
    }
}
