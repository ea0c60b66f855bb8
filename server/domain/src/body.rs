//! What a post says: the form's title and text, and the photos and groups that the text refers to.

mod addresses;

use crate::{
    Actor, Result, markdown,
    posts::{Draft, known_groups},
};
use model::{
    GroupId, MediaId, PostId, SchoolId,
    check::{BODY_MAX, Checker, TITLE_MAX},
    document::{Block, Document, Inline, append},
};
use store::{Content, GroupRow, PostRow, Read};

/// Characters of a card's first lines.
const EXCERPT: usize = 300;

/// Title and text of a form, checked.
pub(crate) struct Typed {
    title: String,
    document: Document,
}

impl Typed {
    pub(crate) fn read(checker: &mut Checker, draft: &Draft<'_>, needs_title: bool) -> Typed {
        let title = if needs_title {
            checker.line("title", draft.title, TITLE_MAX)
        } else {
            checker.optional_line("title", draft.title, TITLE_MAX)
        };
        let mut document = markdown::read(&checker.optional_lines("body", draft.body, BODY_MAX));
        addresses::make_plain(&mut document);
        Typed { title, document }
    }

    /// The same with no more than the post's own photos and groups of its school.
    pub(crate) async fn keep(self, read: &mut Read, actor: &Actor, school: SchoolId, post: PostId) -> Result<Text> {
        let own: Vec<MediaId> = if self.document.images().next().is_some() {
            read.list_post_pictures(&[post]).await?.into_iter().map(|row| row.media_id).collect()
        } else {
            Vec::new()
        };
        let groups = known_groups(actor, school);
        let document =
            keep(self.document, |media| own.contains(&media), |group| groups.iter().find(|known| known.id == group));
        let (body, excerpt) = (serde_json::to_string(&document)?, document.excerpt(EXCERPT));
        Ok(Text { title: self.title, body, excerpt, document })
    }
}

/// Title and text as they are stored.
pub(crate) struct Text {
    pub(crate) document: Document,
    title: String,
    body: String,
    excerpt: String,
}

impl Text {
    pub(crate) fn content(&self) -> Content<'_> {
        Content { title: &self.title, body: &self.body, excerpt: &self.excerpt }
    }

    pub(crate) fn is(&self, row: &PostRow) -> bool {
        self.title == row.title && self.body == row.body
    }
}

/// Takes other photos than these out of a document. Mentions of these groups get their present name; of others only the
/// words are left.
pub(crate) fn keep<'a>(
    mut document: Document,
    is_shown: impl Fn(MediaId) -> bool,
    group: impl Fn(GroupId) -> Option<&'a GroupRow>,
) -> Document {
    document.blocks.retain(|block| !matches!(block, Block::Image { media, .. } if !is_shown(*media)));
    document.blocks.iter_mut().flat_map(Block::lines_mut).for_each(|line| keep_mentions(line, &group));
    document
}

fn keep_mentions<'a>(line: &mut Vec<Inline>, find: &impl Fn(GroupId) -> Option<&'a GroupRow>) {
    for mut inline in std::mem::take(line) {
        if let Some(content) = inline.content_mut() {
            keep_mentions(content, find);
        }
        if let Inline::Mention { group, name } = inline {
            inline = match find(group) {
                Some(known) => Inline::Mention { group, name: known.name.clone() },
                None => Inline::Text { text: name },
            };
        }
        append(line, inline);
    }
}
