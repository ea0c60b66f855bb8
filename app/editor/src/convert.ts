// Between the document and what the editor holds: nested emphasis there, marks on each piece of text here.
import { Fragment, type Mark, Node } from "prosemirror-model";
import { append, type Block, type Document, type Inline, contentOf, text, withContent, withoutStrange } from "./document.ts";
import { read, settle, trim } from "./read.ts";
import { schema } from "./schema.ts";
import { write } from "./write.ts";

const { nodes, marks } = schema;

export const nodeOf = (markdown: string): Node => toNode(read(markdown));
export const markdownOf = (doc: Node): string => write(toDocument(doc));

export function toNode(document: Document): Node {
  const blocks = document.blocks.map(blockNode);
  return nodes.doc!.create(null, blocks.length > 0 ? blocks : nodes.paragraph!.create());
}

function blockNode(block: Block): Node {
  if ("paragraph" in block) return nodes.paragraph!.create(null, pieces(block.paragraph.text, []));
  if ("heading" in block) return nodes.heading!.create({ level: block.heading.level <= 2 ? 2 : 3 }, pieces(block.heading.text, []));
  if ("quote" in block) return nodes.quote!.create(null, pieces(block.quote.text, []));
  if ("image" in block) return nodes.image!.create(block.image);
  const items = block.list.items.map((item) => nodes.list_item!.create(null, nodes.paragraph!.create(null, pieces(item, []))));
  return (block.list.ordered ? nodes.ordered_list! : nodes.bullet_list!).create(null, items);
}

function pieces(line: Inline[], on: readonly Mark[]): Node[] {
  return line.flatMap((inline) => {
    if (inline === "break") return [nodes.hard_break!.create(null, null, on)];
    if ("text" in inline) return inline.text.text === "" ? [] : [schema.text(inline.text.text, on)];
    if ("mention" in inline) return [nodes.mention!.create(inline.mention, null, on)];
    const mark = "link" in inline ? marks.link!.create({ href: inline.link.href }) : (("strong" in inline ? marks.strong : marks.emphasis)!).create();
    return pieces(contentOf(inline) ?? [], mark.addToSet(on));
  });
}

export function toDocument(doc: Node): Document {
  const blocks: Block[] = [];
  doc.forEach((node) => {
    const block = settled(node);
    const last = blocks.at(-1);
    if (block === null) return;
    // Two lists of a kind in a row are one: Markdown has no way to write them apart.
    if ("list" in block && last !== undefined && "list" in last && last.list.ordered === block.list.ordered) {
      blocks[blocks.length - 1] = { list: { ordered: block.list.ordered, items: [...last.list.items, ...block.list.items] } };
    } else {
      blocks.push(block);
    }
  });
  return { blocks };
}

/** Blocks by the nodes they were made of: nodes never change, and a key changes only one. */
const known = new WeakMap<Node, Block | null>();

function settled(node: Node): Block | null {
  const before = known.get(node);
  if (before !== undefined) return before;
  const made = blockOf(node);
  const block = made && settle(made);
  known.set(node, block);
  return block;
}

function blockOf(node: Node): Block | null {
  if (node.type === nodes.image) return { image: { media: node.attrs.media, alt: clean(node.attrs.alt).trim() } };
  if (node.type === nodes.bullet_list || node.type === nodes.ordered_list) {
    const items: Inline[][] = [];
    node.forEach((item) => items.push(lineOf(item.firstChild?.content ?? Fragment.empty)));
    const full = items.filter((item) => item.length > 0);
    return full.length > 0 ? { list: { ordered: node.type === nodes.ordered_list, items: full } } : null;
  }
  const line = lineOf(node.content);
  if (line.length === 0) return null;
  if (node.type === nodes.heading) return { heading: { level: node.attrs.level, text: line } };
  return node.type === nodes.quote ? { quote: { text: line } } : { paragraph: { text: line } };
}

/** A piece of a line with the marks on it. */
interface Leaf {
  inline: Inline;
  on: readonly Mark[];
}

const clean = (words: string): string => withoutStrange(words).replace(/[ \t]*\n\s*/g, " ");

function lineOf(content: Fragment): Inline[] {
  const leaves: Leaf[] = [];
  content.forEach((node) => {
    if (node.isText) {
      // Blanks by themselves, so that emphasis can begin and end at words.
      for (const words of clean(node.text ?? "").match(/\s+|\S+/g) ?? []) leaves.push({ inline: text(words), on: node.marks });
    } else if (node.type === nodes.mention) {
      // No links in links.
      const on = node.marks.filter((mark) => mark.type !== marks.link);
      leaves.push({ inline: { mention: { group: node.attrs.group, name: clean(node.attrs.name).trim() } }, on });
    } else {
      leaves.push({ inline: "break", on: node.marks });
    }
  });
  return trim(nest(aroundWords(leaves)));
}

/** Marks begin and end at words: Markdown can't write emphasis that begins or ends with a blank. */
function aroundWords(leaves: Leaf[]): Leaf[] {
  const isBlank = ({ inline }: Leaf): boolean => inline === "break" || ("text" in inline && inline.text.text.trim() === "");
  const reaches = (from: number, step: number, mark: Mark): boolean => {
    for (let at = from; leaves[at] !== undefined && mark.isInSet(leaves[at]!.on); at += step) {
      if (!isBlank(leaves[at]!)) return true;
    }
    return false;
  };
  return leaves.map((leaf, at) => {
    const holds = (mark: Mark): boolean => reaches(at, -1, mark) && reaches(at, 1, mark);
    return isBlank(leaf) ? { ...leaf, on: leaf.on.filter(holds) } : leaf;
  });
}

/** The mark that goes on for longest is outermost; of equals the link, then emphasis. */
function nest(leaves: Leaf[]): Inline[] {
  const line: Inline[] = [];
  for (let at = 0; at < leaves.length; ) {
    const leaf = leaves[at]!;
    const reach = (mark: Mark): number => {
      let end = at;
      while (leaves[end] !== undefined && mark.isInSet(leaves[end]!.on)) end += 1;
      return end;
    };
    const outer = leaf.on.reduce<Mark | null>((best, mark) => (best === null || reach(mark) > reach(best) ? mark : best), null);
    if (outer === null) {
      append(line, leaf.inline);
      at += 1;
      continue;
    }
    const end = reach(outer);
    const inner = leaves.slice(at, end).map(({ inline, on }) => ({ inline, on: outer.removeFromSet(on) }));
    line.push(wrap(outer, nest(inner)));
    at = end;
  }
  return line;
}

function wrap(mark: Mark, content: Inline[]): Inline {
  if (mark.type === marks.link) return { link: { href: mark.attrs.href, text: content } };
  return withContent(mark.type === marks.strong ? { strong: { text: [] } } : { emphasis: { text: [] } }, content);
}
