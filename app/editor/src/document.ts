// The body of a post, as the server keeps it (app/model/src/document.rs).

export type Inline =
  | { text: { text: string } }
  | { strong: { text: Inline[] } }
  | { emphasis: { text: Inline[] } }
  | { link: { href: string; text: Inline[] } }
  | { mention: { group: string; name: string } }
  | "break";

export type Block =
  | { paragraph: { text: Inline[] } }
  | { heading: { level: number; text: Inline[] } }
  | { list: { ordered: boolean; items: Inline[][] } }
  | { quote: { text: Inline[] } }
  | { image: { media: string; alt: string } };

export interface Document {
  blocks: Block[];
}

/** Longest text of a post as Markdown, in characters: the server refuses more. */
export const BODY_MAX = 20_000;

export const text = (text: string): Inline => ({ text: { text } });

/** Letters and digits, as Rust's `char::is_alphanumeric`. */
export const isAlphanumeric = (char: string): boolean => /^[\p{Alphabetic}\p{N}]$/u.test(char);
export const isSpace = (char: string): boolean => /^\p{White_Space}$/u.test(char);
export const isAsciiSign = (char: string): boolean => /^[!-/:-@[-`{-~]$/.test(char);

/** Characters that the server refuses: controls, and signs that turn the direction of the text around. */
const STRANGE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufeff]/g;

export const withoutStrange = (text: string): string => text.replace(STRANGE, "");

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The id in `media:…` or `group:…`. */
export function idIn(scheme: "media" | "group", address: string): string | null {
  const id = address.startsWith(`${scheme}:`) ? address.slice(scheme.length + 1) : "";
  return UUID.test(id) ? id.toLowerCase() : null;
}

/** The address if it may stand in a link: http, https, mailto or tel, without user name, blanks or controls. */
export function safeLink(address: string): string | null {
  const href = address.trim();
  const [, scheme, rest] = /^([^:]*):(.+)$/s.exec(href) ?? [];
  if (rest === undefined || scheme === undefined || href.length > 2_000) return null;
  if (/[\s\u0000-\u001f\u007f-\u009f\\]/u.test(href)) return null;
  switch (scheme.toLowerCase()) {
    case "http":
    case "https": {
      const authority = /^\/\/([^/?#]*)/.exec(rest)?.[1];
      return authority && !authority.includes("@") ? href : null;
    }
    case "mailto":
    case "tel":
      return href;
    default:
      return null;
  }
}

/** What is inside; null for what holds no other. */
export function contentOf(inline: Inline): Inline[] | null {
  if (inline === "break") return null;
  if ("strong" in inline) return inline.strong.text;
  if ("emphasis" in inline) return inline.emphasis.text;
  return "link" in inline ? inline.link.text : null;
}

/** The same with other content. */
export function withContent(inline: Inline, content: Inline[]): Inline {
  if (inline === "break") return inline;
  if ("strong" in inline) return { strong: { text: content } };
  if ("emphasis" in inline) return { emphasis: { text: content } };
  return "link" in inline ? { link: { href: inline.link.href, text: content } } : inline;
}

export const isEmphasis = (inline: Inline): boolean =>
  inline !== "break" && ("strong" in inline || "emphasis" in inline);

/** Anything but words and breaks. */
export const isMarkup = (inline: Inline): boolean => inline !== "break" && !("text" in inline);

/** Adds to a line; text that follows text becomes one with it. */
export function append(line: Inline[], inline: Inline): void {
  const last = line.at(-1);
  if (last !== undefined && last !== "break" && "text" in last && inline !== "break" && "text" in inline) {
    line[line.length - 1] = text(last.text.text + inline.text.text);
  } else {
    line.push(inline);
  }
}

/** The line with the markup that `of` picks replaced by its words. */
export function flatten(line: Inline[], of: (inline: Inline) => boolean): Inline[] {
  const flat: Inline[] = [];
  for (const inline of line) {
    const content = contentOf(inline);
    if (content !== null) {
      const inner = flatten(content, of);
      if (of(inline)) inner.forEach((part) => append(flat, part));
      else flat.push(withContent(inline, inner));
    } else if (inline !== "break" && "mention" in inline && of(inline)) {
      append(flat, text(inline.mention.name));
    } else {
      append(flat, inline);
    }
  }
  return flat;
}

/** The block with its lines changed. */
export function mapLines(block: Block, change: (line: Inline[]) => Inline[]): Block {
  if ("paragraph" in block) return { paragraph: { text: change(block.paragraph.text) } };
  if ("heading" in block) return { heading: { level: block.heading.level, text: change(block.heading.text) } };
  if ("quote" in block) return { quote: { text: change(block.quote.text) } };
  if ("list" in block) return { list: { ordered: block.list.ordered, items: block.list.items.map(change) } };
  return block;
}
