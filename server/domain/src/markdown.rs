//! Reads the small Markdown that people type into a [`Document`]. What the document has no type for becomes plain text;
//! HTML is never interpreted.

use model::{
    GroupId, MediaId,
    document::{BLOCKS_MAX, Block, Document, Inline, append, safe_link},
};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// Deepest nesting of emphasis and links; deeper is flattened.
const DEPTH_MAX: usize = 8;

/// The document of a Markdown text. Read again from [`Document::markdown`] it is the same: a block whose markup Markdown
/// has no way to write, such as emphasis of half a word beside a sign, keeps its words without it.
pub fn read(text: &str) -> Document {
    let mut document = parse(text);
    for block in &mut document.blocks {
        for span in [Inline::is_emphasis, Inline::is_markup] {
            let alone = Document { blocks: vec![block.clone()] };
            if parse(&alone.markdown()) == alone {
                break;
            }
            block.lines_mut().for_each(|line| flatten(line, span));
        }
    }
    document
}

/// Replaces the markup that `of` picks by its words.
fn flatten(line: &mut Vec<Inline>, of: fn(&Inline) -> bool) {
    for mut inline in std::mem::take(line) {
        if let Some(content) = inline.content_mut() {
            flatten(content, of);
            if of(&inline) {
                inline.content_mut().map(std::mem::take).into_iter().flatten().for_each(|inner| append(line, inner));
            } else {
                line.push(inline);
            }
        } else {
            match inline {
                Inline::Mention { ref name, .. } if of(&inline) => append(line, Inline::Text { text: name.clone() }),
                inline => append(line, inline),
            }
        }
    }
}

fn parse(text: &str) -> Document {
    let mut reader = Reader::default();
    for event in Parser::new_ext(text, Options::empty()) {
        if reader.blocks.len() >= BLOCKS_MAX {
            break;
        }
        reader.event(event);
    }
    reader.end_block(|text| Block::Paragraph { text });
    Document { blocks: reader.blocks }
}

enum Span {
    Strong,
    Emphasis,
    Link(String),
    Mention(GroupId),
    Image(MediaId),
    /// Markup without a type of its own: its content stays.
    Plain,
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// Finished content of the block, and of each open span.
    line: Vec<Inline>,
    open: Vec<(Span, Vec<Inline>)>,
    /// A photo that is all of the block so far.
    image: Option<(MediaId, String)>,
    /// Open lists: whether ordered, and the items so far. Inner lists become items of the outermost.
    lists: Vec<bool>,
    items: Vec<Vec<Inline>>,
    quote: usize,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => self.text(&text),
            Event::SoftBreak | Event::HardBreak => self.push(Inline::Break),
            Event::Rule => self.end_block(|text| Block::Paragraph { text }),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(start) => {
                if self.lists.is_empty() {
                    self.end_block(|text| Block::Paragraph { text });
                } else {
                    self.end_item();
                }
                self.lists.push(start.is_some());
            }
            Tag::Item | Tag::Paragraph if !self.lists.is_empty() && !self.line.is_empty() => self.push(Inline::Break),
            Tag::BlockQuote(_) => self.quote += 1,
            Tag::Strong => self.open_span(Span::Strong),
            Tag::Emphasis => self.open_span(Span::Emphasis),
            Tag::Link { dest_url, .. } => {
                let group = dest_url.strip_prefix("group:").and_then(|id| id.parse().ok());
                let link = || safe_link(&dest_url).map_or(Span::Plain, |href| Span::Link(href.to_owned()));
                self.open_span(group.map_or_else(link, Span::Mention));
            }
            Tag::Image { dest_url, .. } => {
                let media = dest_url.strip_prefix("media:").and_then(|id| id.parse().ok());
                self.open_span(media.map_or(Span::Plain, Span::Image));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock if self.lists.is_empty() => {
                let quoted = self.quote > 0;
                if let Some((media, alt)) = self.image.take_if(|_| !quoted) {
                    self.blocks.push(Block::Image { media, alt });
                }
                self.end_block(|text| if quoted { Block::Quote { text } } else { Block::Paragraph { text } });
            }
            TagEnd::Heading(level) if self.lists.is_empty() => {
                let level = if matches!(level, HeadingLevel::H1 | HeadingLevel::H2) { 2 } else { 3 };
                self.end_block(|mut text| {
                    join_lines(&mut text);
                    Block::Heading { level, text }
                });
            }
            TagEnd::Item => self.end_item(),
            TagEnd::List(_) => {
                self.end_item();
                let ordered = self.lists.pop().unwrap_or(false);
                if self.lists.is_empty() {
                    self.end_list(ordered);
                }
            }
            TagEnd::BlockQuote(_) => self.quote = self.quote.saturating_sub(1),
            TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link | TagEnd::Image => self.close_span(),
            _ => {}
        }
    }

    fn open_span(&mut self, span: Span) {
        let span = if self.open.len() >= DEPTH_MAX { Span::Plain } else { span };
        self.open.push((span, Vec::new()));
    }

    fn close_span(&mut self) {
        let Some((span, text)) = self.open.pop() else { return };
        match span {
            Span::Image(media) if self.open.is_empty() && self.line.is_empty() && self.image.is_none() => {
                self.image = Some((media, words_of(text)));
            }
            _ if text.is_empty() => {}
            Span::Strong => self.push(Inline::Strong { text }),
            Span::Emphasis => self.push(Inline::Emphasis { text }),
            Span::Link(href) => self.push(Inline::Link { href, text }),
            Span::Mention(group) => {
                let words = words_of(text);
                let name = words.strip_prefix('@').unwrap_or(&words).trim();
                if !name.is_empty() {
                    self.push(Inline::Mention { group, name: name.to_owned() });
                }
            }
            Span::Image(_) | Span::Plain => text.into_iter().for_each(|inline| self.push(inline)),
        }
    }

    fn text(&mut self, text: &str) {
        // Code and entities bring the ends of lines of other systems.
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        for (index, line) in text.trim_end_matches('\n').split('\n').enumerate() {
            if index > 0 {
                self.push(Inline::Break);
            }
            if line.is_empty() {
                continue;
            }
            self.push(Inline::Text { text: line.to_owned() });
        }
    }

    fn push(&mut self, inline: Inline) {
        self.describe_image();
        append(self.open.last_mut().map_or(&mut self.line, |(_, text)| text), inline);
    }

    /// A photo that does not stand alone leaves its words.
    fn describe_image(&mut self) {
        if let Some((_, alt)) = self.image.take().filter(|(_, alt)| !alt.is_empty()) {
            append(&mut self.line, Inline::Text { text: alt });
        }
    }

    fn take_line(&mut self) -> Option<Vec<Inline>> {
        self.describe_image();
        while !self.open.is_empty() {
            self.close_span();
        }
        let mut line = std::mem::take(&mut self.line);
        trim_starts(&mut line, &mut true);
        trim_ends(&mut line, &mut true);
        (!line.is_empty()).then_some(line)
    }

    fn end_block(&mut self, make: impl FnOnce(Vec<Inline>) -> Block) {
        if let Some(line) = self.take_line() {
            self.blocks.push(make(line));
        }
    }

    /// Two lists of a kind in a row are one: Markdown has no way to write them apart.
    fn end_list(&mut self, ordered: bool) {
        let mut items = std::mem::take(&mut self.items);
        match self.blocks.last_mut() {
            _ if items.is_empty() => {}
            Some(Block::List { ordered: same, items: before }) if *same == ordered => {
                items.truncate(BLOCKS_MAX.saturating_sub(before.len()));
                before.append(&mut items);
            }
            _ => self.blocks.push(Block::List { ordered, items }),
        }
    }

    fn end_item(&mut self) {
        if let Some(line) = self.take_line()
            && self.items.len() < BLOCKS_MAX
        {
            self.items.push(line);
        }
    }
}

/// Drops blanks where a line begins, and breaks where none has begun: Markdown would not give them back.
fn trim_starts(inlines: &mut Vec<Inline>, at_start: &mut bool) {
    inlines.retain_mut(|inline| match inline {
        Inline::Text { text } => {
            if *at_start {
                *text = text.trim_start().to_owned();
            }
            *at_start &= text.is_empty();
            !text.is_empty()
        }
        Inline::Mention { .. } => {
            *at_start = false;
            true
        }
        Inline::Break => !std::mem::replace(at_start, true),
        span => span.content_mut().is_some_and(|content| {
            trim_starts(content, at_start);
            !content.is_empty()
        }),
    });
}

/// The same where lines end.
fn trim_ends(inlines: &mut Vec<Inline>, at_end: &mut bool) {
    inlines.reverse();
    inlines.retain_mut(|inline| match inline {
        Inline::Text { text } => {
            if *at_end {
                *text = text.trim_end().to_owned();
            }
            *at_end &= text.is_empty();
            !text.is_empty()
        }
        Inline::Mention { .. } => {
            *at_end = false;
            true
        }
        Inline::Break => !std::mem::replace(at_end, true),
        span => span.content_mut().is_some_and(|content| {
            trim_ends(content, at_end);
            !content.is_empty()
        }),
    });
    inlines.reverse();
}

/// The words of a line without markup, on one line.
fn words_of(mut line: Vec<Inline>) -> String {
    join_lines(&mut line);
    flatten(&mut line, Inline::is_markup);
    let words = line.into_iter().map(|inline| if let Inline::Text { text } = inline { text } else { String::new() });
    words.collect::<String>().trim().to_owned()
}

/// Makes one line of several.
fn join_lines(line: &mut Vec<Inline>) {
    for mut inline in std::mem::take(line) {
        if let Some(content) = inline.content_mut() {
            join_lines(content);
        }
        append(line, if inline == Inline::Break { Inline::Text { text: " ".to_owned() } } else { inline });
    }
}

#[cfg(test)]
mod shared_with_the_editor;

#[cfg(test)]
mod tests;
