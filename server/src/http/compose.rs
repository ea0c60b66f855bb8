//! The compose form as browsers without JavaScript send it: text, photos and the pressed button in one. The text is saved
//! first, then the photos are taken, then the button does its work.

use super::{AppState, media, pages};
use app::{COMPOSE_FORM, FormFeedback, api::request::Asked};
use axum::{
    Extension,
    extract::{FromRequest as _, Multipart, Request, State},
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    Actor, Error, Portal,
    moments::Dates,
    posts::{Draft, Published},
};
use model::{ApiError, GroupId, PostId, error::Conflict, feed::PostState, media::Crop, options::PostOptions};

pub async fn handle(State(state): State<AppState>, Extension(asked): Extension<Asked>, request: Request) -> Response {
    let Some(actor) = asked.actor.clone() else { return pages::to_sign_in("/compose") };
    // The parts once more, for the page that may have to be shown again.
    let (parts, body) = request.into_parts();
    let again = parts.clone();
    let form = match Multipart::from_request(Request::from_parts(parts, body), &()).await {
        Ok(form) => form,
        Err(rejection) => return rejection.into_response(),
    };
    let mut sent = Sent::new(&state.portal, &actor, &asked);
    let outcome = sent.receive(form).await;
    let (path, error) = match outcome {
        Ok(Outcome::Go(path)) => return Redirect::to(&path).into_response(),
        Ok(Outcome::Stay) => (sent.page(), None),
        Err(error) => (sent.page(), Some(error.into_api())),
    };
    let feedback = FormFeedback { endpoint: COMPOSE_FORM.to_owned(), error, values: sent.fields };
    pages::render_again(&state, again, &path, feedback).await
}

/// Where it ends.
enum Outcome {
    Go(String),
    /// The same page again, as it was filled in.
    Stay,
}

/// What has come of the form so far.
struct Sent<'a> {
    portal: &'a Portal,
    actor: &'a Actor,
    dates: Dates,
    fields: Vec<(String, String)>,
    /// The post is there, and what was typed is safe.
    is_saved: bool,
    is_published: bool,
}

impl<'a> Sent<'a> {
    fn new(portal: &'a Portal, actor: &'a Actor, asked: &Asked) -> Sent<'a> {
        let dates = app::api::request::dates(portal, actor, asked.lang);
        Sent { portal, actor, dates, fields: Vec::new(), is_saved: false, is_published: false }
    }

    fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }

    /// The pressed button: what to do, and with which picture.
    fn pressed(&self) -> (&str, &str) {
        let pressed = self.value("do");
        pressed.split_once(':').unwrap_or((pressed, ""))
    }

    fn post(&self) -> Result<PostId, Error> {
        self.value("post").parse().map_err(|_| Error::not_found())
    }

    /// The page that the form stands on.
    fn page(&self) -> String {
        match self.post() {
            Ok(post) if self.is_published => format!("/posts/{post}/edit"),
            Ok(post) if self.is_saved || self.version() > 0 => format!("/compose?post={post}"),
            _ => "/compose".to_owned(),
        }
    }

    fn version(&self) -> i64 {
        self.value("version").parse().unwrap_or(0)
    }

    async fn receive(&mut self, mut form: Multipart) -> Result<Outcome, Error> {
        // The first thing that went wrong; the rest is still read, because a browser listens only after it has spoken.
        let mut refused: Option<Error> = None;
        while let Some(mut field) = form.next_field().await.map_err(media::broken)? {
            if field.file_name().is_none() {
                let name = field.name().unwrap_or_default().to_owned();
                let value = media::text(&mut field).await?;
                self.fields.push((name, value));
                continue;
            }
            if field.file_name() == Some("") {
                continue;
            }
            if !self.is_saved && refused.is_none() {
                refused = self.save().await.err();
            }
            if refused.as_ref().is_none_or(is_about_a_file) {
                match self.post() {
                    Ok(post) => {
                        let taken = media::take_file(self.portal, self.actor, post, &mut field).await;
                        refused = refused.or(taken.err());
                    }
                    Err(error) => refused = Some(error),
                }
            } else {
                while field.chunk().await.map_err(media::broken)?.is_some() {}
            }
        }
        if let Some(error) = refused {
            return Err(error);
        }
        if !self.is_saved {
            self.save().await?;
        }
        self.describe().await?;
        self.press().await
    }

    /// Saves a draft. A published post is only looked at: its text changes when the change is published.
    async fn save(&mut self) -> Result<(), Error> {
        let id = self.post()?;
        self.is_published = domain::posts::find_state(self.portal, self.actor, id).await? == Some(PostState::Published);
        if !self.is_published {
            let (groups, options) = (self.groups()?, self.options());
            let draft = Draft {
                id,
                version: self.version(),
                title: self.value("title"),
                body: self.value("body"),
                groups: &groups,
                options: &options,
            };
            let saved = domain::posts::save_draft(self.portal, self.actor, &draft, &self.dates).await?;
            // What comes back on the page goes on from here.
            self.fields.retain(|(name, _)| name != "version");
            self.fields.push(("version".to_owned(), saved.version.to_string()));
        }
        self.is_saved = true;
        Ok(())
    }

    fn groups(&self) -> Result<Vec<GroupId>, Error> {
        let groups = self.fields.iter().filter(|(name, _)| name == "groups");
        groups.map(|(_, value)| value.parse().map_err(|_| Error::not_found())).collect()
    }

    fn options(&self) -> PostOptions {
        PostOptions::of_form(|name| {
            let sent = self.fields.iter().filter(|(field, _)| field == name);
            sent.map(|(_, value)| value.clone()).collect()
        })
    }

    async fn describe(&self) -> Result<(), Error> {
        let post = self.post()?;
        let (verb, subject) = self.pressed();
        for (name, alt) in &self.fields {
            let Some(picture) = name.strip_prefix("alt:") else { continue };
            // One that is about to go needs no words.
            if verb == "remove" && subject == picture {
                continue;
            }
            let caption = self.value(&format!("caption:{picture}"));
            let picture = picture.parse().map_err(|_| Error::not_found())?;
            domain::media::describe_picture(self.portal, self.actor, post, picture, alt, caption).await?;
        }
        Ok(())
    }

    async fn press(&mut self) -> Result<Outcome, Error> {
        let post = self.post()?;
        let (verb, subject) = self.pressed();
        let picture = || subject.parse().map_err(|_| Error::not_found());
        match verb {
            "publish" => return self.publish(post).await,
            "remove" => domain::media::remove_picture(self.portal, self.actor, post, picture()?).await?,
            "turn" => domain::media::editing::turn_picture(self.portal, self.actor, post, picture()?).await?,
            "crop" => {
                let names = Crop::FIELDS.map(|field| format!("{field}:{subject}"));
                let crop = Crop::of_form(|field| self.value(&format!("{field}:{subject}")).to_owned());
                domain::media::editing::crop_picture(self.portal, self.actor, post, picture()?, &crop).await?;
                // They were about the picture as it was.
                self.fields.retain(|(name, _)| !names.contains(name));
            }
            "up" => domain::media::move_picture_up(self.portal, self.actor, post, picture()?).await?,
            _ => {}
        }
        // What was typed into a published post is nowhere yet but in the form.
        Ok(if self.is_published { Outcome::Stay } else { Outcome::Go(format!("/compose?post={post}")) })
    }

    async fn publish(&self, post: PostId) -> Result<Outcome, Error> {
        let done = if self.is_published {
            let (groups, options) = (self.groups()?, self.options());
            let draft = Draft {
                id: post,
                version: self.version(),
                title: self.value("title"),
                body: self.value("body"),
                groups: &groups,
                options: &options,
            };
            domain::posts::edit(self.portal, self.actor, &draft).await.map(|()| Published::Now)
        } else {
            domain::posts::publish(self.portal, self.actor, post, Some(self.version())).await
        };
        match done {
            Ok(Published::Now) => Ok(Outcome::Go(format!("/posts/{post}"))),
            Ok(Published::Later) => Ok(Outcome::Go("/drafts".to_owned())),
            Err(Error::Api(ApiError::Conflict {
                reason: Conflict::PictureCheckOpen | Conflict::PictureNotAllowed,
            })) => Ok(Outcome::Go(format!("/compose/check?post={post}"))),
            Err(error) => Err(error),
        }
    }
}

/// One file that can't be used does not keep the others out.
fn is_about_a_file(error: &Error) -> bool {
    matches!(error, Error::Api(ApiError::Invalid { fields }) if fields.iter().all(|field| field.field == "file"))
}
