// Groups to choose from while somebody types @ and a name.
import { type EditorState, Plugin } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { schema } from "./schema.ts";
import { type Group, groupsOf } from "./surroundings.ts";
import { make } from "./words.ts";

const MOST = 6;
/** Height of what stands at the bottom of the window, in pixels. */
export const BAR = 80;

interface Typed {
  from: number;
  to: number;
  name: string;
}

/** The @ before the cursor and what has been typed of a name. */
export function typedMention({ selection }: EditorState): Typed | null {
  if (!selection.empty) return null;
  const { $from } = selection;
  if (!$from.parent.isTextblock) return null;
  const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 40), $from.parentOffset, null, "\ufffc");
  const name = /(?:^|[\s(\ufffc])@((?:[\p{L}\p{N}][\p{L}\p{N} ]{0,30})?)$/u.exec(before)?.[1];
  return name === undefined ? null : { from: $from.pos - name.length - 1, to: $from.pos, name };
}

export function matching(groups: Group[], name: string): Group[] {
  const wanted = name.trim().toLowerCase();
  return groups.filter((group) => group.name.toLowerCase().includes(wanted)).slice(0, MOST);
}

class Suggestions {
  readonly dom: HTMLElement;
  private found: Group[] = [];
  private typed: Typed | null = null;
  private chosen = 0;
  /** Where an @ stands that is to stay one. */
  private dismissed = -1;

  constructor(
    private readonly view: EditorView,
    label: string,
  ) {
    this.dom = make("ul", { class: "editor-groups", role: "listbox", id: `${view.dom.id}-groups`, "aria-label": label, hidden: "" });
    view.dom.parentElement?.append(this.dom);
  }

  update(): void {
    const typed = this.view.hasFocus() ? typedMention(this.view.state) : null;
    if (typed?.from !== this.typed?.from) this.chosen = 0;
    if (typed === null || typed.from !== this.dismissed) this.dismissed = -1;
    this.typed = typed;
    this.found = typed === null || this.dismissed >= 0 ? [] : matching(groupsOf(this.view.dom), typed.name);
    this.chosen = Math.min(this.chosen, Math.max(this.found.length - 1, 0));
    this.draw();
  }

  key(event: KeyboardEvent): boolean {
    if (this.found.length === 0 || event.isComposing) return false;
    const count = this.found.length;
    if (event.key === "ArrowDown") this.chosen = (this.chosen + 1) % count;
    else if (event.key === "ArrowUp") this.chosen = (this.chosen + count - 1) % count;
    else if (event.key === "Enter") return this.take(this.found[this.chosen]);
    else if (event.key === "Escape") this.dismiss();
    else return false;
    this.draw();
    return true;
  }

  private dismiss(): void {
    this.dismissed = this.typed?.from ?? -1;
    this.found = [];
  }

  private take(group: Group | undefined): boolean {
    if (group === undefined || this.typed === null) return false;
    const { from, to } = this.typed;
    const mention = schema.nodes.mention!.create(group);
    this.view.dispatch(this.view.state.tr.replaceWith(from, to, mention).insertText(" ", from + 1).scrollIntoView());
    return true;
  }

  private draw(): void {
    const { dom: editor } = this.view;
    this.dom.hidden = this.found.length === 0;
    if (this.typed === null || this.found.length === 0) {
      editor.removeAttribute("aria-activedescendant");
      editor.removeAttribute("aria-controls");
      return this.dom.replaceChildren();
    }
    const options = this.found.map((group, index) => {
      const isChosen = String(index === this.chosen);
      const option = make("li", { role: "option", id: `${this.dom.id}-${index}`, "aria-selected": isChosen }, group.name);
      option.addEventListener("mousedown", (event) => {
        event.preventDefault();
        this.take(group);
      });
      return option;
    });
    this.dom.replaceChildren(...options);
    editor.setAttribute("aria-controls", this.dom.id);
    editor.setAttribute("aria-activedescendant", `${this.dom.id}-${this.chosen}`);
    this.place(this.typed.from);
  }

  /** Below the @, or above it where the bar with the buttons would hide it; within the width of the text. */
  private place(at: number): void {
    const caret = this.view.coordsAtPos(at);
    const frame = this.dom.parentElement?.getBoundingClientRect();
    if (!frame) return;
    const room = frame.width - this.dom.offsetWidth;
    const height = this.dom.offsetHeight + 4;
    const isLow = caret.bottom + height > window.innerHeight - BAR && caret.top > height;
    this.dom.style.top = `${(isLow ? caret.top - height : caret.bottom + 4) - frame.top}px`;
    this.dom.style.left = `${Math.max(0, Math.min(caret.left - frame.left, room))}px`;
  }

  destroy(): void {
    this.dom.remove();
  }
}

export function mentions(label: string): Plugin {
  let suggestions: Suggestions | null = null;
  return new Plugin({
    view: (view) => (suggestions = new Suggestions(view, label)),
    props: {
      handleKeyDown: (_, event) => suggestions?.key(event) ?? false,
      handleDOMEvents: {
        blur: () => {
          suggestions?.update();
          return false;
        },
      },
    },
  });
}
