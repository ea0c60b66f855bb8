// Reads Markdown into a document, as the server does (server/domain/src/markdown.rs).
import {
  append, type Block, type Document, flatten, type Inline, contentOf, isEmphasis, isMarkup, mapLines, text, withContent,
} from "./document.ts";
import { type Found, readInline } from "./inline.ts";
import { writeBlock } from "./write.ts";

export function read(markdown: string): Document {
  return { blocks: parse(markdown).map(settle) };
}

/** A block whose markup Markdown has no way to write keeps its words without it. */
export function settle(block: Block): Block {
  for (const of of [isEmphasis, isMarkup]) {
    const again = parse(writeBlock(block));
    if (again.length === 1 && JSON.stringify(again[0]) === JSON.stringify(block)) break;
    block = mapLines(block, (line) => flatten(line, of));
  }
  return block;
}

function parse(markdown: string): Block[] {
  const lines = markdown.replace(/\r\n?/g, "\n").split("\n").map((line) => line.replace(/^[ \t]+/, (lead) => lead.replaceAll("\t", "    ")));
  const blocks = new Blocks();
  blocks.read(lines, false);
  return blocks.all;
}

const SETEXT = /^ {0,3}(=+|-+)[ \t]*$/;
const RULE = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^( {0,3})([-+*]|(\d{1,9})[.)])(?:( {1,4})(?! )(?=\S)|( +)(?=\S)|[ \t]*$)/;
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;

/** True where a line begins something of its own, and so does not go on with the paragraph above it. */
function begins(line: string): boolean {
  const item = ITEM.exec(line);
  const interrupts = item !== null && item[0].length < line.length && (item[3] === undefined || item[3] === "1");
  return HEADING.test(line) || QUOTE.test(line) || RULE.test(line) || FENCE.test(line) || interrupts;
}

class Blocks {
  all: Block[] = [];
  private paragraph: string[] = [];

  read(lines: string[], quoted: boolean): void {
    for (let at = 0; at < lines.length; at += 1) {
      const line = lines[at]!;
      const heading = HEADING.exec(line);
      if (line.trim() === "") this.end(quoted);
      else if (this.paragraph.length > 0 && SETEXT.test(line)) this.underline(line);
      else if (RULE.test(line)) this.end(quoted);
      else if (heading) {
        this.end(quoted);
        this.heading(heading[1]!.length, heading[2] ?? "");
      } else if (FENCE.test(line)) {
        this.end(quoted);
        at = this.fence(lines, at, quoted);
      } else if (QUOTE.test(line)) {
        this.end(quoted);
        const [inner, last] = take(lines, at, QUOTE);
        this.read(inner, true);
        this.end(true);
        at = last;
      } else if (ITEM.test(line) && (this.paragraph.length === 0 || begins(line))) {
        this.end(quoted);
        at = this.list(lines, at);
      } else if (this.paragraph.length === 0 && /^ {4}/.test(line)) {
        this.literal([line.slice(4)], quoted);
      } else this.paragraph.push(line);
    }
    this.end(quoted);
  }

  private push(make: (line: Inline[]) => Block, line: Inline[]): void {
    const trimmed = trim(line);
    if (trimmed.length > 0) this.all.push(make(trimmed));
  }

  private end(quoted: boolean): void {
    const found = inlineOf(this.paragraph);
    this.paragraph = [];
    if (found.image && !quoted) this.all.push({ image: found.image });
    else this.push((line) => (quoted ? { quote: { text: line } } : { paragraph: { text: line } }), withWords(found));
  }

  private heading(depth: number, source: string): void {
    const line = withWords(inlineOf([source]));
    this.push((line) => ({ heading: { level: Math.min(Math.max(depth, 2), 3), text: joinLines(line) } }), line);
  }

  private underline(line: string): void {
    const source = this.paragraph.join("\n");
    this.paragraph = [];
    this.heading(line.includes("=") ? 1 : 2, source);
  }

  private fence(lines: string[], at: number, quoted: boolean): number {
    const fence = FENCE.exec(lines[at]!)![1]!;
    const end = new RegExp(`^ {0,3}\\${fence[0]}{${fence.length},}[ \\t]*$`);
    let last = at + 1;
    while (last < lines.length && !end.test(lines[last]!)) last += 1;
    this.literal(lines.slice(at + 1, last), quoted);
    return last;
  }

  /** Lines as they stand. */
  private literal(lines: string[], quoted: boolean): void {
    const line: Inline[] = lines.flatMap((words, index): Inline[] => (index > 0 ? ["break", text(words)] : [text(words)]));
    this.push((line) => (quoted ? { quote: { text: line } } : { paragraph: { text: line } }), line);
  }

  private list(lines: string[], at: number): number {
    const ordered = ITEM.exec(lines[at]!)![3] !== undefined;
    const items: Inline[][] = [];
    let last = at;
    for (let next = at; next < lines.length; ) {
      const item = ITEM.exec(lines[next]!);
      if (item === null || (item[3] !== undefined) !== ordered || RULE.test(lines[next]!)) break;
      const content = itemContent(lines, next, item);
      items.push(...itemLines(content.lines));
      last = content.last;
      next = last + 1;
      while (next < lines.length && lines[next]!.trim() === "") next += 1;
    }
    const before = this.all.at(-1);
    // Two lists of a kind in a row are one: Markdown has no way to write them apart.
    if (before !== undefined && "list" in before && before.list.ordered === ordered) before.list.items.push(...items);
    else if (items.length > 0) this.all.push({ list: { ordered, items } });
    return last;
  }
}

/** The lines of a container, and those that go lazily on with its last paragraph. */
function take(lines: string[], at: number, marker: RegExp): [string[], number] {
  const inner: string[] = [];
  let last = at;
  for (; last < lines.length; last += 1) {
    const line = lines[last]!;
    const isLazy = line.trim() !== "" && !begins(line) && inner.at(-1)?.trim() !== "" && !HEADING.test(inner.at(-1) ?? "");
    if (marker.test(line)) inner.push(line.replace(marker, ""));
    else if (isLazy) inner.push(line.trimStart());
    else break;
  }
  return [inner, last - 1];
}

function itemContent(lines: string[], at: number, item: RegExpExecArray): { lines: string[]; last: number } {
  const blanks = item[4] ?? (item[5] === undefined ? "" : " ");
  const indent = item[1]!.length + item[2]!.length + Math.max(blanks.length, 1);
  const content = [lines[at]!.slice(indent)];
  let last = at;
  for (let next = at + 1; next < lines.length; next += 1) {
    const line = lines[next]!;
    if (line.trim() === "") {
      // An item that begins with an empty line ends with a second one.
      if (content.length === 1 && content[0]!.trim() === "") break;
      content.push("");
    } else if (line.startsWith(" ".repeat(indent))) {
      content.push(line.slice(indent));
      last = next;
    } else if (content.at(-1)!.trim() !== "" && !begins(line) && !ITEM.test(line)) {
      content.push(line.trimStart());
      last = next;
    } else break;
  }
  return { lines: content, last };
}

/** An item's lines: its paragraphs follow each other, and inner lists become items of the same list. */
function itemLines(lines: string[]): Inline[][] {
  const inner = new Blocks();
  inner.read(lines, false);
  const items: Inline[][] = [];
  let line: Inline[] = [];
  for (const block of inner.all) {
    if ("list" in block) {
      items.push(line, ...block.list.items);
      line = [];
      continue;
    }
    if (line.length > 0) line.push("break");
    if ("image" in block) append(line, text(block.image.alt));
    else if ("paragraph" in block) block.paragraph.text.forEach((inline) => append(line, inline));
    else if ("heading" in block) block.heading.text.forEach((inline) => append(line, inline));
    else block.quote.text.forEach((inline) => append(line, inline));
  }
  items.push(line);
  return items.map(trim).filter((item) => item.length > 0);
}

function inlineOf(lines: string[]): Found {
  return readInline(lines.map((line) => line.trimStart()).join("\n").replace(/[ \t]+$/, ""));
}

/** A photo that does not stand alone leaves its words. */
function withWords(found: Found): Inline[] {
  return found.image && found.image.alt !== "" ? [text(found.image.alt)] : found.line;
}

/** Without blanks where lines begin and end, and breaks where none has begun: Markdown would not give them back. */
export function trim(line: Inline[]): Inline[] {
  const fromEnd = (line: Inline[]): Inline[] =>
    [...line].reverse().map((inline) => {
      const content = contentOf(inline);
      return content === null ? inline : withContent(inline, fromEnd(content));
    });
  const starts = trimStarts(line, { atStart: true }, (words) => words.trimStart());
  return fromEnd(trimStarts(fromEnd(starts), { atStart: true }, (words) => words.trimEnd()));
}

function trimStarts(line: Inline[], state: { atStart: boolean }, cut: (words: string) => string): Inline[] {
  const kept: Inline[] = [];
  for (const inline of line) {
    const content = contentOf(inline);
    if (inline === "break") {
      if (!state.atStart) kept.push(inline);
      state.atStart = true;
    } else if (content !== null) {
      const inner = trimStarts(content, state, cut);
      if (inner.length > 0) kept.push(withContent(inline, inner));
    } else if ("text" in inline) {
      const words = state.atStart ? cut(inline.text.text) : inline.text.text;
      state.atStart &&= words === "";
      if (words !== "") append(kept, text(words));
    } else {
      state.atStart = false;
      kept.push(inline);
    }
  }
  return kept;
}

/** One line of several. */
function joinLines(line: Inline[]): Inline[] {
  const joined: Inline[] = [];
  for (const inline of line) {
    const content = contentOf(inline);
    if (inline === "break") append(joined, text(" "));
    else if (content !== null) joined.push(withContent(inline, joinLines(content)));
    else append(joined, inline);
  }
  return joined;
}
