//! Posts and photos as people in tests make them.

use super::{Answer, Client, TestPortal};
use axum::http::Method;
use model::{
    ApiError, ChildId, GroupId, MediaId, PostId,
    consent::ChildPreferences,
    feed::{FeedPage, PictureCheck, PostPage, Saved},
    media::{TrayPicture, Uploaded},
    search::{HitKind, SearchPage},
};
use serde::Deserialize;

const BOUNDARY: &str = "x-grens-x";

/// A part of a form with files: name, file name if it is a file, content.
pub type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);

/// A text field.
pub fn field<'a>(name: &'a str, value: &'a str) -> Part<'a> {
    (name, None, value.as_bytes())
}

fn form_data(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, content) in parts {
        let file = file.map(|file| format!("; filename=\"{file}\"\r\nContent-Type: image/jpeg")).unwrap_or_default();
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        body.extend(head.as_bytes());
        body.extend(*content);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

impl TestPortal {
    pub fn new_post_id(&self) -> PostId {
        self.portal.clock.new_id()
    }

    /// A published post with options, without pictures.
    pub async fn published_with(
        &self,
        author: &Client,
        title: &str,
        groups: &[GroupId],
        options: &[(&str, &str)],
    ) -> PostId {
        let post = self.new_post_id();
        author.save_with(post, 0, title, groups, options).await.expect("saved");
        author.publish(post).await.expect("published");
        post
    }

    /// A post by somebody, published to these groups, without pictures.
    pub async fn published(&self, author: &Client, title: &str, groups: &[GroupId]) -> PostId {
        let post = self.new_post_id();
        author.save(post, 0, title, "Tekst", groups).await.expect("saved");
        author.publish(post).await.expect("published");
        post
    }
}

impl Client {
    pub async fn save(
        &self,
        post: PostId,
        version: i64,
        title: &str,
        body: &str,
        groups: &[GroupId],
    ) -> Result<Saved, ApiError> {
        self.send_text("/api/posts/save", post, version, title, body, groups).await.result()
    }

    /// Saves a draft with options: fields of the form without `options[…]` around their names.
    pub async fn save_with(
        &self,
        post: PostId,
        version: i64,
        title: &str,
        groups: &[GroupId],
        options: &[(&str, &str)],
    ) -> Result<Saved, ApiError> {
        self.send_options("/api/posts/save", post, version, title, groups, options).await.result()
    }

    /// Changes a published post, with its options.
    pub async fn edit_with(
        &self,
        post: PostId,
        version: i64,
        title: &str,
        groups: &[GroupId],
        options: &[(&str, &str)],
    ) -> Result<(), ApiError> {
        self.send_options("/api/posts/edit", post, version, title, groups, options).await.result()
    }

    async fn send_options(
        &self,
        path: &str,
        post: PostId,
        version: i64,
        title: &str,
        groups: &[GroupId],
        options: &[(&str, &str)],
    ) -> Answer {
        let mut values = vec![
            ("post".to_owned(), post.to_string()),
            ("version".to_owned(), version.to_string()),
            ("title".to_owned(), title.to_owned()),
            ("body".to_owned(), "Tekst".to_owned()),
        ];
        values.extend(groups.iter().enumerate().map(|(n, group)| (format!("groups[{n}]"), group.to_string())));
        for (index, (name, value)) in options.iter().enumerate() {
            let list = matches!(*name, "children" | "poll_choices").then(|| format!("[{index}]")).unwrap_or_default();
            values.push((format!("options[{name}]{list}"), (*value).to_owned()));
        }
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.call_raw(path, &values).await
    }

    pub async fn edit(
        &self,
        post: PostId,
        version: i64,
        title: &str,
        body: &str,
        groups: &[GroupId],
    ) -> Result<(), ApiError> {
        self.send_text("/api/posts/edit", post, version, title, body, groups).await.result()
    }

    async fn send_text(
        &self,
        path: &str,
        post: PostId,
        version: i64,
        title: &str,
        body: &str,
        groups: &[GroupId],
    ) -> Answer {
        let (post, version) = (post.to_string(), version.to_string());
        let groups: Vec<(String, String)> =
            groups.iter().enumerate().map(|(n, group)| (format!("groups[{n}]"), group.to_string())).collect();
        let mut values = vec![("post", post.as_str()), ("version", &version), ("title", title), ("body", body)];
        values.extend(groups.iter().map(|(name, group)| (name.as_str(), group.as_str())));
        self.call_raw(path, &values).await
    }

    pub async fn publish(&self, post: PostId) -> Result<(), ApiError> {
        self.call("/api/posts/publish", &[("post", &post.to_string())]).await
    }

    pub async fn delete(&self, post: PostId) -> Result<(), ApiError> {
        self.call("/api/posts/delete", &[("post", &post.to_string())]).await
    }

    pub async fn feed(&self, values: &[(&str, &str)]) -> Result<FeedPage, ApiError> {
        self.ask("/api/posts/feed", values).await
    }

    pub async fn open(&self, post: PostId) -> Result<PostPage, ApiError> {
        self.call("/api/posts/open", &[("post", &post.to_string())]).await
    }

    pub async fn tray(&self, post: PostId) -> Result<Vec<TrayPicture>, ApiError> {
        self.ask("/api/posts/tray", &[("post", &post.to_string())]).await
    }

    /// A form with files, sent by our code; with `from`, by a browser without JavaScript that stands on that page.
    pub async fn send_form(&self, path: &str, from: Option<&str>, parts: &[Part<'_>]) -> Answer {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let referer = format!("http://localhost:3000{}", from.unwrap_or("/compose"));
        let accept = if from.is_some() { "text/html,application/xhtml+xml" } else { "application/json" };
        let headers = [("content-type", kind.as_str()), ("accept", accept), ("referer", &referer)];
        self.request(Method::POST, path, &headers, form_data(parts)).await
    }

    pub async fn upload(&self, post: PostId, name: &str, file: &[u8]) -> Result<MediaId, ApiError> {
        let post = post.to_string();
        let answer =
            self.send_form("/api/media/upload", None, &[field("post", &post), ("file", Some(name), file)]).await;
        let mut uploaded: Vec<Uploaded> = answer.result()?;
        assert_eq!(uploaded.len(), 1);
        Ok(uploaded.remove(0).id)
    }

    /// Says of every child that is asked about that it is in none of the pictures.
    pub async fn nobody_is_pictured(&self, post: PostId) {
        #[derive(Deserialize)]
        struct Page {
            check: PictureCheck,
        }
        let post = post.to_string();
        let page: Page = self.ask("/api/pictures/check", &[("post", &post)]).await.expect("the check");
        for question in page.check.questions {
            let child = question.child.id.to_string();
            self.call::<()>("/api/pictures/answer", &[("post", &post), ("child", &child)]).await.expect("answered");
        }
    }

    /// Answers whether the child may be in pictures for the group.
    pub async fn let_be_pictured(&self, child: ChildId, answer: &str) {
        let child = child.to_string();
        let page: ChildPreferences = self.ask("/api/preferences/find", &[("child", &child)]).await.expect("own child");
        let purpose = page.rows[0].purpose.to_string();
        let values = [("child", child.as_str()), ("purpose", &purpose), ("answer", answer)];
        self.call::<()>("/api/preferences/answer", &values).await.expect("answered");
    }

    /// What is found of a query, best first.
    pub async fn finds(&self, query: &str) -> Vec<(HitKind, PostId)> {
        let page: SearchPage = self.ask("/api/search/find", &[("q", query), ("page", "0")]).await.expect("an answer");
        page.hits.iter().map(|hit| (hit.kind, hit.post)).collect()
    }

    /// Status of a picture's file.
    pub async fn picture(&self, id: MediaId, variant: &str) -> Answer {
        self.request(Method::GET, &format!("/media/{id}/{variant}"), &[("accept", "image/webp,*/*")], Vec::new()).await
    }
}

/// A photo as a phone makes it: a JPEG that says where it was taken. `shade` makes it another picture.
pub fn photo(shade: u8) -> Vec<u8> {
    let pixels = image::RgbImage::from_fn(1200, 900, |x, y| image::Rgb([shade, (x / 5) as u8, (y / 4) as u8]));
    let mut jpeg = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut jpeg, image::ImageFormat::Jpeg).expect("encoded");
    let jpeg = jpeg.into_inner();
    // One directory that points to a second one, in which the latitude is north.
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0".to_vec();
    exif.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend([1, 0, 1, 0, 2, 0, 2, 0, 0, 0, b'N', 0, 0, 0, 0, 0, 0, 0]);
    let mut photo = jpeg[..2].to_vec();
    photo.extend([0xFF, 0xE1]);
    photo.extend((exif.len() as u16 + 2).to_be_bytes());
    photo.extend(exif);
    photo.extend(&jpeg[2..]);
    photo
}
