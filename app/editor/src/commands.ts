// What buttons and keys do.
import { baseKeymap, chainCommands, setBlockType, toggleMark } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import type { MarkType, Node, NodeType, ResolvedPos } from "prosemirror-model";
import { liftListItem, splitListItem } from "prosemirror-schema-list";
import { type Command, type EditorState, Selection, TextSelection } from "prosemirror-state";
import { safeLink } from "./document.ts";
import { schema } from "./schema.ts";

const { nodes, marks } = schema;

export const bold = toggleMark(marks.strong!);
export const italic = toggleMark(marks.emphasis!);
export { redo, undo };

/** A heading; or a paragraph again, where it is one. */
export const heading = (level: 2 | 3): Command => toggleBlock(nodes.heading!, { level });
export const quote: Command = (state, dispatch) => toggleBlock(nodes.quote!)(state, dispatch);
export const list = (ordered: boolean): Command => toggleList(ordered ? nodes.ordered_list! : nodes.bullet_list!);

function toggleBlock(type: NodeType, attrs: { level: number } | null = null): Command {
  return (state, dispatch) => {
    const target = isBlock(state, type, attrs) ? setBlockType(nodes.paragraph!) : setBlockType(type, attrs);
    return target(state, dispatch);
  };
}

/** Whether the selection begins in such a block. */
export function isBlock({ selection }: EditorState, type: NodeType, attrs: { level: number } | null = null): boolean {
  return selection.$from.parent.hasMarkup(type, attrs);
}

export function isInList(state: EditorState, ordered: boolean): boolean {
  return enclosingList(state)?.node.type === (ordered ? nodes.ordered_list : nodes.bullet_list);
}

function enclosingList({ selection }: EditorState): { node: Node; at: number } | null {
  const { $from } = selection;
  const depth = $from.depth - 2;
  if (depth < 1 || $from.node(depth + 1).type !== nodes.list_item) return null;
  return { node: $from.node(depth), at: $from.before(depth) };
}

function toggleList(type: NodeType): Command {
  return (state, dispatch) => {
    if (enclosingList(state)?.node.type === type) return liftListItem(nodes.list_item!)(state, dispatch);
    const { $from, $to } = state.selection;
    const blocks = state.doc.content.content.slice($from.index(0), $to.indexAfter(0));
    if (!blocks.every((block) => block.isTextblock || block.type === nodes.bullet_list || block.type === nodes.ordered_list)) return false;
    if (!dispatch) return true;
    const items = blocks.flatMap((block) => (block.isTextblock ? [asItem(block)] : block.content.content));
    const begin = $from.posAtIndex($from.index(0), 0);
    const tr = state.tr.replaceWith(begin, $to.posAtIndex($to.indexAfter(0), 0), type.create(null, items));
    // The selection stands in the same lines as before.
    const before = linesFrom(state.doc, begin);
    const after = linesFrom(tr.doc, begin);
    const moved = ($pos: ResolvedPos): number | undefined => {
      const start = after[before.indexOf($pos.start())];
      return start === undefined ? undefined : start + $pos.parentOffset;
    };
    const first = moved($from) ?? after[0] ?? begin;
    const last = moved($to) ?? begin + tr.doc.nodeAt(begin)!.nodeSize;
    dispatch(tr.setSelection(TextSelection.between(tr.doc.resolve(first), tr.doc.resolve(last))));
    return true;
  };
}

const asItem = (block: Node): Node => nodes.list_item!.create(null, nodes.paragraph!.create(null, block.content));

/** Where each line of text begins, from a place on. */
function linesFrom(doc: Node, begin: number): number[] {
  const starts: number[] = [];
  doc.nodesBetween(begin, doc.content.size, (node, at) => {
    if (node.isTextblock) starts.push(at + 1);
  });
  return starts;
}

export function hasMark({ selection, storedMarks, doc }: EditorState, type: MarkType): boolean {
  const { from, to, empty, $from } = selection;
  return empty ? type.isInSet(storedMarks ?? $from.marks()) !== undefined : doc.rangeHasMark(from, to, type);
}

/** Where the link is in which the selection begins: its ends and its address. */
export function linkAround({ selection }: EditorState): { from: number; to: number; href: string } | null {
  const { $from } = selection;
  const { parent, parentOffset } = $from;
  const beside = [parent.childAfter(parentOffset).node, parent.childBefore(parentOffset).node];
  const link = beside.map((node) => marks.link!.isInSet(node?.marks ?? [])).find((mark) => mark !== undefined);
  if (link === undefined) return null;
  const isLinked = (index: number): boolean => index >= 0 && index < parent.childCount && link.isInSet(parent.child(index).marks);
  let first = $from.index();
  if (!isLinked(first)) first -= 1;
  let last = first;
  while (isLinked(first - 1)) first -= 1;
  while (isLinked(last + 1)) last += 1;
  return { from: $from.posAtIndex(first), to: $from.posAtIndex(last + 1), href: link.attrs.href };
}

/** An address as people type it, made whole. */
export function asAddress(typed: string): string | null {
  const address = typed.trim();
  // Another scheme; after the name of a machine stands a number.
  if (/^[a-z][a-z0-9+.-]*:(?!\d)/i.test(address) && !/^(https?|mailto|tel):/i.test(address)) return null;
  if (/^[^\s/:@]+@[^\s/:@]+\.[^\s/:@]+$/.test(address)) return safeLink(`mailto:${address}`);
  return safeLink(/^(https?|mailto|tel):/i.test(address) ? address : `https://${address.replace(/^\/+/, "")}`);
}

/** Links the selection, or the link it stands in; with nothing selected, the address is written there. */
export const setLink = (href: string): Command => (state, dispatch) => {
  const around = linkAround(state);
  const mark = marks.link!.create({ href });
  const { from, to, empty } = state.selection;
  const tr = state.tr;
  if (empty && around === null) tr.replaceSelectionWith(schema.text(href.replace(/^(mailto|tel):/, ""), [mark]), false);
  else if (empty && around !== null) tr.removeMark(around.from, around.to, marks.link!).addMark(around.from, around.to, mark);
  else tr.removeMark(from, to, marks.link!).addMark(from, to, mark);
  dispatch?.(tr.scrollIntoView());
  return true;
};

export const removeLink: Command = (state, dispatch) => {
  const around = linkAround(state);
  const { from, to } = around ?? state.selection;
  dispatch?.(state.tr.removeMark(from, to, marks.link!));
  return true;
};

/** A photo after the block in which the selection is; instead of it where it is empty. */
export const insertImage = (media: string): Command => (state, dispatch) => {
  const { $from } = state.selection;
  const image = nodes.image!.create({ media });
  const isEmpty = $from.depth === 1 && $from.parent.content.size === 0;
  const at = isEmpty ? $from.before(1) : $from.depth > 0 ? $from.after(1) : state.selection.to;
  const tr = state.tr.replaceWith(at, isEmpty ? $from.after(1) : at, image);
  const after = at + image.nodeSize;
  // There is somewhere to write on.
  if (after === tr.doc.content.size) tr.insert(after, nodes.paragraph!.create());
  tr.setSelection(Selection.near(tr.doc.resolve(after), 1));
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** The text without these photos: they are gone, and undoing does not bring them back. */
export const removeImages = (media: readonly string[]): Command => (state, dispatch) => {
  const tr = state.tr;
  state.doc.forEach((node, at) => {
    if (node.type !== nodes.image || !media.includes(node.attrs.media)) return;
    const [from, to] = [tr.mapping.map(at), tr.mapping.map(at + node.nodeSize)];
    if (tr.doc.childCount === 1) tr.replaceWith(from, to, nodes.paragraph!.create());
    else tr.delete(from, to);
  });
  if (!tr.docChanged) return false;
  dispatch?.(tr.setMeta("addToHistory", false));
  return true;
};

const lineBreak: Command = (state, dispatch) => {
  if (state.selection.$from.parent.type === nodes.heading) return false;
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break!.create()).scrollIntoView());
  return true;
};

/** An empty quote or heading is left by the return key. */
const leaveEmpty: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const isEmpty = empty && $from.parent.content.size === 0;
  return isEmpty && $from.parent.type === nodes.quote && setBlockType(nodes.paragraph!)(state, dispatch);
};

/** At the beginning of a heading or quote, backspace makes it a paragraph. */
const plainAtStart: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const type = $from.parent.type;
  if (!empty || $from.parentOffset > 0 || (type !== nodes.heading && type !== nodes.quote)) return false;
  return setBlockType(nodes.paragraph!)(state, dispatch);
};

const liftAtStart: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  return empty && $from.parentOffset === 0 && liftListItem(nodes.list_item!)(state, dispatch);
};

export const keys: Record<string, Command> = {
  ...baseKeymap,
  "Mod-b": bold,
  "Mod-B": bold,
  "Mod-i": italic,
  "Mod-I": italic,
  "Mod-z": undo,
  "Shift-Mod-z": redo,
  "Mod-y": redo,
  "Mod-Alt-0": setBlockType(nodes.paragraph!),
  "Mod-Alt-2": heading(2),
  "Mod-Alt-3": heading(3),
  "Shift-Enter": lineBreak,
  Enter: chainCommands(splitListItem(nodes.list_item!), leaveEmpty, baseKeymap.Enter!),
  Backspace: chainCommands(plainAtStart, liftAtStart, baseKeymap.Backspace!),
};

const headingRule: InputRule = textblockTypeInputRule(/^(#{1,3})\s$/, nodes.heading!, (match) => ({ level: match[1]!.length === 3 ? 3 : 2 }));

/** What is typed as in Markdown at the beginning of a line. */
export const typedRules = inputRules({
  rules: [
    wrappingInputRule(/^\s*[-*+]\s$/, nodes.bullet_list!),
    wrappingInputRule(/^1[.)]\s$/, nodes.ordered_list!),
    textblockTypeInputRule(/^>\s$/, nodes.quote!),
    headingRule,
  ],
});
