// Cleans what comes from Word, Google Docs and web pages to the document's types.
import { DOMSerializer, Fragment, type Mark, type Node as Piece } from "prosemirror-model";
import { BODY_MAX, safeLink, withoutStrange } from "./document.ts";
import { schema } from "./schema.ts";

const { nodes, marks } = schema;
/** Most blocks taken over. */
const BLOCKS_MAX = 2_000;
/** What is copied from an editor is clean; longer than this, it is no post. */
const OWN_MAX = 200_000;

const SKIPPED = /^(SCRIPT|STYLE|TEMPLATE|META|LINK|TITLE|HEAD|NOSCRIPT|IFRAME|OBJECT|EMBED|SVG|MATH|BUTTON|INPUT|SELECT|TEXTAREA|VIDEO|AUDIO|CANVAS|IMG)$/i;
const BLOCK = /^(P|DIV|SECTION|ARTICLE|ASIDE|HEADER|FOOTER|MAIN|NAV|FIGURE|FIGCAPTION|ADDRESS|DL|DT|DD|FORM|FIELDSET|DETAILS|SUMMARY|PRE|CENTER|TABLE|TBODY|THEAD|TFOOT|CAPTION|TR)$/;

/** Markup from the clipboard, as markup that holds nothing but the document's types. */
export function cleanHtml(html: string): string {
  if (html.includes("data-pm-slice") && html.length <= OWN_MAX) return html;
  const page = document.implementation.createHTMLDocument();
  const holder = page.createElement("div");
  holder.append(DOMSerializer.fromSchema(schema).serializeFragment(Fragment.from(blocksOf(html)), { document: page }));
  return holder.innerHTML;
}

export function blocksOf(html: string): Piece[] {
  // Styles are read as text: the content security policy lets no page apply them, and says so in the console.
  const unstyled = html.replace(/([\s"'])style\s*=/gi, "$1data-css=").replace(/<(\/?)style\b/gi, "<$1template");
  const inert = new DOMParser().parseFromString(unstyled, "text/html");
  const cleaner = new Cleaner();
  cleaner.children(inert.body, { on: [], block: "paragraph", keepsLines: false });
  cleaner.end();
  return cleaner.blocks;
}

type Kind = "paragraph" | "quote" | "heading2" | "heading3" | "bullet" | "number";

/** What holds for everything within an element. */
interface Context {
  on: readonly Mark[];
  block: Kind;
  /** White space stands as it is written. */
  keepsLines: boolean;
}

class Cleaner {
  blocks: Piece[] = [];
  private line: Piece[] = [];
  private kind: Kind = "paragraph";
  private left = BODY_MAX;

  children(element: Element, context: Context): void {
    for (const child of element.childNodes) {
      if (this.left <= 0 || this.blocks.length >= BLOCKS_MAX) return;
      if (child.nodeType === 3) this.words(child.nodeValue ?? "", context);
      else if (child.nodeType === 1) this.element(child as HTMLElement, context);
    }
  }

  private element(element: HTMLElement, context: Context): void {
    const name = element.tagName.toUpperCase();
    const css = styleOf(element);
    if (SKIPPED.test(name) || css.get("display") === "none" || css.get("mso-hide") === "all") return;
    // The bullet or number itself, which Word writes as text.
    if (css.get("mso-list") === "ignore") return;
    const inside = { ...context, on: marksOf(name, element, css, context.on) };
    if (name === "BR") return this.lineBreak(element, context);
    if (name === "HR") return this.end();
    if (name === "TD" || name === "TH") return this.cell(element, inside);
    const kind = kindOf(name, element, css, context.block);
    const isBlock = kind !== context.block || BLOCK.test(name) || /^(H[1-6]|LI|UL|OL|BLOCKQUOTE)$/.test(name);
    if (!isBlock) return this.children(element, inside);
    this.end();
    this.kind = kind;
    this.children(element, { ...inside, block: kind, keepsLines: context.keepsLines || name === "PRE" });
    this.end();
    this.kind = context.block;
  }

  /** Cells of a row stand in one line. */
  private cell(element: HTMLElement, context: Context): void {
    const row = this.line;
    const before = this.blocks.length;
    this.line = [];
    this.children(element, context);
    this.end();
    const cells = this.blocks.splice(before).flatMap((block, index) => {
      const line: Piece[] = [];
      block.descendants((node) => {
        if (node.isInline) line.push(node);
      });
      return index > 0 ? [schema.text(" "), ...line] : line;
    });
    this.line = row.length > 0 && cells.length > 0 ? [...row, schema.text(" | "), ...cells] : [...row, ...cells];
  }

  private lineBreak(element: HTMLElement, context: Context): void {
    if (element.className === "Apple-interchange-newline") return;
    if (context.block.startsWith("heading")) this.words(" ", context);
    else this.line.push(nodes.hard_break!.create());
  }

  private words(source: string, context: Context): void {
    if (context.keepsLines) {
      source.split("\n").forEach((words, index) => {
        if (index > 0) this.line.push(nodes.hard_break!.create());
        this.text(words, context);
      });
    } else {
      const words = source.replace(/[ \t\r\n\f]+/g, " ");
      const last = this.line.at(-1);
      const begins = last === undefined || last.type === nodes.hard_break || last.text?.endsWith(" ");
      this.text(begins ? words.replace(/^ /, "") : words, context);
    }
  }

  private text(source: string, { on }: Context): void {
    const words = withoutStrange(source).slice(0, this.left);
    // With what its markup takes.
    this.left -= words.length + 4 * on.length;
    if (words !== "") this.line.push(schema.text(words, on));
  }

  /** The line so far becomes a block. */
  end(): void {
    const line = trimmed(this.line);
    this.line = [];
    if (line.length === 0) return;
    this.left -= 4;
    if (this.kind === "bullet" || this.kind === "number") return this.item(line);
    const level = this.kind === "heading2" ? 2 : 3;
    // A heading is heavy by itself.
    const plain = line.filter((piece) => piece.type !== nodes.hard_break).map((piece) => piece.mark(marks.strong!.removeFromSet(piece.marks)));
    if (this.kind.startsWith("heading")) this.blocks.push(nodes.heading!.create({ level }, Fragment.from(plain)));
    else this.blocks.push(nodes[this.kind]!.create(null, Fragment.fromArray(line)));
  }

  private item(line: Piece[]): void {
    const type = (this.kind === "number" ? nodes.ordered_list : nodes.bullet_list)!;
    const item = nodes.list_item!.create(null, nodes.paragraph!.create(null, Fragment.fromArray(line)));
    const last = this.blocks.at(-1);
    if (last?.type === type) this.blocks[this.blocks.length - 1] = last.copy(last.content.addToEnd(item));
    else this.blocks.push(type.create(null, item));
  }
}

function trimmed(line: Piece[]): Piece[] {
  const isBlank = (piece: Piece): boolean => piece.type === nodes.hard_break || (piece.text ?? "x").trim() === "";
  let [from, to] = [0, line.length];
  while (from < to && isBlank(line[from]!)) from += 1;
  while (to > from && isBlank(line[to - 1]!)) to -= 1;
  return line.slice(from, to);
}

function styleOf(element: HTMLElement): Map<string, string> {
  const rules = (element.getAttribute("data-css") ?? "").slice(0, 2_000).split(";");
  const pairs = rules.map((rule): [string, string] => {
    const [name = "", ...value] = rule.split(":");
    return [name.trim().toLowerCase(), value.join(":").trim().toLowerCase()];
  });
  return new Map(pairs);
}

function marksOf(name: string, element: HTMLElement, css: Map<string, string>, on: readonly Mark[]): readonly Mark[] {
  let now = on;
  const set = (mark: Mark, isOn: boolean): void => {
    now = isOn ? mark.addToSet(now) : mark.removeFromSet(now);
  };
  if (name === "B" || name === "STRONG") set(marks.strong!.create(), true);
  if (name === "I" || name === "EM" || name === "CITE") set(marks.emphasis!.create(), true);
  const weight = css.get("font-weight");
  // Google wraps everything in bold that is not.
  if (weight) set(marks.strong!.create(), weight.startsWith("bold") || Number.parseInt(weight, 10) >= 600);
  const slant = css.get("font-style");
  if (slant) set(marks.emphasis!.create(), slant !== "normal");
  const href = name === "A" ? safeLink(element.getAttribute("href") ?? "") : null;
  if (href !== null) set(marks.link!.create({ href }), true);
  return now;
}

function kindOf(name: string, element: HTMLElement, css: Map<string, string>, outer: Kind): Kind {
  const inList = outer === "bullet" || outer === "number";
  if (name === "UL") return inList ? outer : "bullet";
  if (name === "OL") return inList ? outer : "number";
  if (name === "LI") return inList ? outer : "bullet";
  if (inList) return outer;
  if (/^H[12]$/.test(name) || element.classList.contains("MsoTitle")) return "heading2";
  if (/^H[3-6]$/.test(name)) return "heading3";
  if (name === "BLOCKQUOTE") return "quote";
  return css.has("mso-list") || /\bMsoListParagraph/.test(element.className) ? wordList(element) : outer;
}

/** Word's list items are paragraphs that begin with their bullet or number. */
function wordList(element: HTMLElement): Kind {
  const marker = [...element.querySelectorAll("[data-css]")].find((inner) => /mso-list:\s*ignore/i.test(inner.getAttribute("data-css") ?? ""));
  return /^\s*\(?(\d+|[a-z]|[ivxlc]+)[.)]/i.test(marker?.textContent ?? "") ? "number" : "bullet";
}
