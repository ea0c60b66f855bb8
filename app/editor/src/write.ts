// The document as Markdown, letter for letter as the server writes it (app/model/src/document/markdown.rs).
import { type Block, type Document, type Inline, isAlphanumeric, isAsciiSign, isSpace } from "./document.ts";

export function write(document: Document): string {
  return document.blocks.map(writeBlock).join("\n\n");
}

export function writeBlock(block: Block): string {
  if ("paragraph" in block) return line(block.paragraph.text);
  if ("quote" in block) return `> ${line(block.quote.text).replaceAll("\n", "\n> ")}`;
  if ("image" in block) return `![${escape(block.image.alt, false)}](media:${block.image.media})`;
  if ("heading" in block) {
    // At the end of a heading it would be decoration.
    const inner = line(block.heading.text).replace(/(^|[^\\])((?:\\\\)*)#$/, "$1$2\\#");
    return `${block.heading.level <= 2 ? "##" : "###"} ${inner}`;
  }
  const { ordered, items } = block.list;
  const lines = items.map((item, index) => {
    const marker = ordered ? `${index + 1}. ` : "- ";
    return marker + line(item).replaceAll("\n", `\n${" ".repeat(marker.length)}`);
  });
  return lines.join("\n");
}

function line(inlines: Inline[]): string {
  const writer = new Writer();
  writer.inlines(inlines);
  return writer.out;
}

/** Writes the text of one block. */
class Writer {
  out = "";
  /**
   * Emphasis has just ended with a sign. Markdown takes that for its end only if no letter follows, so a letter is
   * written as a number.
   */
  private endedWithSign = false;

  inlines(inlines: Inline[]): void {
    for (const inline of inlines) {
      if (inline === "break") this.raw("\n");
      else if ("text" in inline) this.text(inline.text.text);
      else if ("strong" in inline) this.emphasis("**", inline.strong.text);
      else if ("emphasis" in inline) this.emphasis("*", inline.emphasis.text);
      else if ("mention" in inline) {
        this.openBracket();
        this.raw(`@${escape(inline.mention.name, false)}](group:${inline.mention.group})`);
      } else {
        this.openBracket();
        this.inlines(inline.link.text);
        this.raw(`](<${inline.link.href}>)`);
      }
    }
  }

  private raw(text: string): void {
    this.out += text;
    this.endedWithSign = false;
  }

  private text(text: string): void {
    const [first] = text;
    if (this.endedWithSign && first !== undefined && !partsWords(first)) {
      this.raw(asNumber(first));
      text = text.slice(first.length);
    }
    this.raw(escape(text, this.out === "" || this.out.endsWith("\n")));
  }

  private emphasis(marker: string, content: Inline[]): void {
    const start = this.out.length;
    this.raw(marker);
    this.inlines(content);
    const last = lastChar(this.out.replace(/\*+$/, ""));
    this.raw(marker);
    this.endedWithSign = last !== undefined && !isAlphanumeric(last);
    // The same where it begins: before a sign, Markdown wants no letter.
    const [first] = this.out.slice(start).replace(/^\*+/, "");
    const before = lastChar(this.out.slice(0, start));
    if (first !== undefined && !isAlphanumeric(first) && before !== undefined && !partsWords(before)) {
      this.out = this.out.slice(0, start - before.length) + asNumber(before) + this.out.slice(start);
    }
  }

  private openBracket(): void {
    // Together they would begin an image.
    if (this.out.endsWith("!")) this.out = `${this.out.slice(0, -1)}\\!`;
    this.raw("[");
  }
}

const asNumber = (char: string): string => `&#${char.codePointAt(0)};`;

const lastChar = (text: string): string | undefined => /.$/su.exec(text)?.[0];

/** What may stand outside beside emphasis that begins or ends with a sign. */
const partsWords = (char: string): boolean => isSpace(char) || isAsciiSign(char);

/** Escapes what Markdown would take for markup: always inside a line, and at its beginning what would start a block. */
function escape(text: string, atLineStart: boolean): string {
  const escaped = text.replace(/[\\*_[\]<>`&]/g, "\\$&");
  if (!atLineStart) return escaped;
  const [, lead = "", sign = "", rest = ""] = /^([0-9 ]*)(.?)(.*)$/s.exec(escaped) ?? [];
  const startsBlock = /[#\-+=~]/.test(sign) || (/[.)]/.test(sign) && /^[0-9]+$/.test(lead));
  return startsBlock ? `${lead}\\${sign}${rest}` : escaped;
}
