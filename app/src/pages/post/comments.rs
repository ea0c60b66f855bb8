//! What is said under a post, as it comes, and the forms to say something.

use crate::{
    api::{
        Failure,
        comments::{AddComment, DeleteComment, EditComment, RemoveComment, add_comment, list_comments},
    },
    browser,
    context::use_lang,
    fetched::Fetched,
    live::on_live,
    order::Order,
    ui::{
        form::{FormError, FormState, TextField, field_error},
        icon, initials,
        messages::plain_text,
        post::role_text,
        raw_text,
        states::ErrorNotice,
        time,
    },
};
use leptos::{ev::SubmitEvent, html::Textarea, prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;
use model::{
    ApiError, CommentId,
    check::{COMMENT_MAX, REASON_MAX},
    comment::{Comment, CommentsPage, Said, Thread},
    live::LiveEvent,
};
use server_fn::ServerFn;
use texts::{Lang, account, comments, posts};

/// The comments on the post with this id. What is wrong with the post itself, the page says.
#[component]
pub fn Comments(post: Memo<String>) -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| (post.get(), query.with(|query| query.get("earlier").unwrap_or_default())));
    let page = Fetched::new(move || asked.get(), |(post, before)| list_comments(post, before));
    view! {
        <Suspense fallback=|| ()>
            {move || {
                let (post, before) = asked.get_untracked();
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => section(post, before, page).into_any(),
                        Err(Failure(ApiError::NotFound | ApiError::SignedOut)) => ().into_any(),
                        Err(Failure(error)) => view! { <ErrorNotice error/> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

/// The comments on the page.
#[derive(Clone, Copy)]
struct Place {
    post: StoredValue<String>,
    before: StoredValue<String>,
    shown: RwSignal<CommentsPage>,
    order: Order,
}

impl Place {
    /// Whether these are the comments on this post; not once the page is gone.
    fn is_of(self, post: &str) -> bool {
        self.post.try_with_value(|own| own == post).unwrap_or(false)
    }

    /// Fetches again. What is typed into a form stays: nothing is drawn anew but what has changed.
    fn fetch(self) {
        let (Some(post), Some(before)) = (self.post.try_get_value(), self.before.try_get_value()) else { return };
        let number = self.order.ask();
        spawn_local(async move {
            match list_comments(post, before).await {
                Ok(page) if self.order.may_show(number) => drop(self.shown.try_set(page)),
                // Nothing of it may be shown any longer.
                Err(Failure(ApiError::NotFound | ApiError::SignedOut)) if self.order.may_show(number) => {
                    drop(self.shown.try_set(CommentsPage::default()));
                }
                // What is there stays; the next event tries again.
                _ => {}
            }
        });
    }
}

fn section(post: String, before: String, page: CommentsPage) -> impl IntoView {
    let lang = use_lang();
    let next = page.next.filter(|_| before.is_empty());
    let newest = (!before.is_empty()).then(|| format!("/posts/{post}#comments"));
    let address = format!("/posts/{post}");
    let place = Place {
        post: StoredValue::new(post),
        before: StoredValue::new(before),
        shown: RwSignal::new(page),
        order: Order::default(),
    };
    on_live(move |event| match event {
        LiveEvent::Comments { post } if place.is_of(&post.to_string()) => place.fetch(),
        LiveEvent::Resync => place.fetch(),
        _ => {}
    });
    let shown = place.shown;
    let heading = move || match shown.with(|page| page.count) {
        0 => lang.get(comments::TITLE).to_owned(),
        count => lang.count(comments::COUNT, u64::from(count), &[]),
    };
    let earlier = move || {
        shown.with(|page| page.earlier.clone()).map(|cursor| {
            let href = format!("{address}?earlier={cursor}#comments");
            view! { <p class="older"><a class="button quiet small" href=href>{icon("chevron-up")} " " {lang.get(comments::EARLIER)}</a></p> }
        })
    };
    let is_nothing = Memo::new(move |_| shown.with(|page| page.threads.is_empty() && page.next.is_none()));
    view! {
        <section class="comments" aria-labelledby="comments" hidden=move || is_nothing.get()>
            <h2 id="comments">{heading}</h2>
            {earlier}
            <ol class="comment-list" aria-live="polite">
                <For
                    each=move || shown.with(|page| page.threads.clone())
                    key=|thread| thread.comment.id
                    children=move |thread| thread_item(lang, place, thread)
                />
            </ol>
            {newest.map(|href| view! {
                <p class="older"><a class="button quiet small" href=href>{icon("chevron-down")} " " {lang.get(comments::NEWEST)}</a></p>
            })}
            {next.map(|next| comment_form(lang, place, None, next))}
        </section>
    }
}

/// A comment with what was answered to it. The form for an answer is drawn once, and kept.
fn thread_item(lang: Lang, place: Place, thread: Thread) -> impl IntoView {
    let id = thread.comment.id;
    let now = move |page: &CommentsPage| page.threads.iter().find(|thread| thread.comment.id == id).cloned();
    let comment = Memo::new(move |_| place.shown.with(now).map(|thread| thread.comment));
    let replies = move || place.shown.with(now).map(|thread| thread.replies).unwrap_or_default();
    let answer = thread.next.map(|next| {
        let came_back = FormState::sent_with::<AddComment>("parent", &id.to_string()).came_back();
        view! {
            <details class="fold no-print" open=came_back>
                <summary>{lang.get(comments::ANSWER)}</summary>
                {comment_form(lang, place, Some(id), next)}
            </details>
        }
    });
    view! {
        <li class="thread">
            {move || comment.get().map(|comment| comment_view(lang, &comment))}
            <ol class="comment-list">
                <For
                    each=replies
                    key=|reply| (reply.id, reply.said.clone())
                    children=move |reply| view! { <li>{comment_view(lang, &reply)}</li> }
                />
            </ol>
            {answer}
        </li>
    }
}

fn comment_view(lang: Lang, comment: &Comment) -> AnyView {
    let id = format!("c{}", comment.id);
    let Said::Text { text, is_edited, can_edit, can_remove } = &comment.said else {
        return gone(lang, id, &comment.said);
    };
    let role = role_text(comment.capacity).map(|role| view! { <span class="role">{lang.get(role)}</span> " " });
    let edited = is_edited.then(|| view! { " · " {lang.get(comments::EDITED)} });
    view! {
        <div class="comment" id=id>
            <span class="avatar small" aria-hidden="true">{initials(&comment.author)}</span>
            <div>
                <p class="byline"><span class="author">{comment.author.clone()}</span> " " {role} {time(&comment.at)} {edited}</p>
                {plain_text(text)}
                {can_edit.then(|| edit_form(lang, comment.id, text))}
                {comment.is_own.then(|| delete_form(lang, comment.id))}
                {can_remove.then(|| remove_form(lang, comment.id))}
            </div>
        </div>
    }
    .into_any()
}

/// The place of a comment that was taken away.
fn gone(lang: Lang, id: String, said: &Said) -> AnyView {
    let (words, reason) = match said {
        Said::Removed { reason } => (comments::REMOVED, reason.clone()),
        _ => (comments::TAKEN_BACK, None),
    };
    view! {
        <div class="comment" id=id>
            <div class="muted">
                <p>{lang.get(words)}</p>
                {reason.map(|reason| view! { <p>{lang.get(comments::REASON)} ": " {reason}</p> })}
            </div>
        </div>
    }
    .into_any()
}

fn comment_form(lang: Lang, place: Place, parent: Option<CommentId>, next: CommentId) -> impl IntoView {
    let parent = parent.map(|parent| parent.to_string()).unwrap_or_default();
    let error = RwSignal::new(None);
    let form = FormState::sent_with::<AddComment>("parent", &parent).or(error);
    let id = RwSignal::new(form.value("id", &next.to_string()));
    let field = NodeRef::<Textarea>::new();
    let sending = RwSignal::new(false);
    let post = place.post.get_value();
    let field_id = format!("comment-{parent}");
    let (is_answer, problem) = (!parent.is_empty(), format!("{field_id}-error"));
    let hidden = parent.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(area) = field.get_untracked() else { return };
        let text = area.value();
        if sending.get_untracked() || text.trim().is_empty() {
            return;
        }
        sending.set(true);
        let (post, parent) = (place.post.get_value(), parent.clone());
        spawn_local(async move {
            // Sent again after a failure it is the same comment still.
            let answer = add_comment(post, parent, id.get_untracked(), text, true).await;
            if answer.is_ok() {
                area.set_value("");
                let _ = id.try_set(CommentId::from_random(browser::random_bytes()).to_string());
                place.fetch();
            }
            let _ = error.try_set(answer.err().map(|failure| failure.0));
            let _ = sending.try_set(false);
        });
    };
    view! {
        <form class="form" method="post" action=AddComment::PATH on:submit=submit>
            <FormError form=form.clone()/>
            <input type="hidden" name="post" value=post/>
            <input type="hidden" name="parent" value=hidden/>
            <input type="hidden" name="id" value=id/>
            <div class="field">
                <label for=field_id.clone()>{lang.get(comments::WRITE)}</label>
                {(!is_answer).then(|| view! { <p class="hint">{lang.get(comments::HINT)}</p> })}
                <textarea id=field_id.clone() name="body" rows="3" required maxlength=COMMENT_MAX.to_string() aria-describedby=problem node_ref=field>
                    {raw_text(&form.value("body", ""))}
                </textarea>
                {field_error(&form, "body", &field_id)}
            </div>
            <div class="actions">
                <button class="button small" aria-busy=move || sending.get().then_some("true")>{lang.get(comments::SEND)}</button>
            </div>
        </form>
    }
}

fn edit_form(lang: Lang, id: CommentId, text: &str) -> impl IntoView + use<> {
    let id = id.to_string();
    let form = FormState::sent_with::<EditComment>("comment", &id);
    let field_id = format!("edit-{id}");
    let text = text.to_owned();
    view! {
        <details class="fold no-print" open=form.came_back()>
            <summary>{lang.get(posts::EDIT)}</summary>
            <form class="form" method="post" action=EditComment::PATH>
                <FormError form=form.clone()/>
                <input type="hidden" name="comment" value=id/>
                <TextField form=form.clone() name="body" label=comments::WRITE value=text rows=3 required=true maxlength=COMMENT_MAX id=field_id/>
                <div class="actions"><button class="button small">{lang.get(account::SAVE)}</button></div>
            </form>
        </details>
    }
}

fn delete_form(lang: Lang, id: CommentId) -> impl IntoView {
    view! {
        <details class="fold no-print">
            <summary>{lang.get(posts::DELETE)}</summary>
            <form class="form" method="post" action=DeleteComment::PATH>
                <p>{lang.get(comments::DELETE_LEAD)}</p>
                <input type="hidden" name="comment" value=id.to_string()/>
                <div class="actions"><button class="button danger small">{icon("trash-2")} " " {lang.get(posts::DELETE_SURE)}</button></div>
            </form>
        </details>
    }
}

fn remove_form(lang: Lang, id: CommentId) -> impl IntoView {
    let id = id.to_string();
    let form = FormState::sent_with::<RemoveComment>("comment", &id);
    let field_id = format!("remove-{id}");
    view! {
        <details class="fold no-print" open=form.came_back()>
            <summary>{lang.get(comments::REMOVE)}</summary>
            <form class="form" method="post" action=RemoveComment::PATH>
                <FormError form=form.clone()/>
                <p>{lang.get(comments::REMOVE_LEAD)}</p>
                <input type="hidden" name="comment" value=id/>
                <TextField form=form.clone() name="reason" label=comments::REASON rows=2 required=true maxlength=REASON_MAX id=field_id/>
                <div class="actions"><button class="button danger small">{icon("trash-2")} " " {lang.get(comments::REMOVE)}</button></div>
            </form>
        </details>
    }
}
