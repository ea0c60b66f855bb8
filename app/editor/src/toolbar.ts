// The buttons above the text: one stop for the tab key, arrows go from button to button.
import type { Command, EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import * as commands from "./commands.ts";
import { schema } from "./schema.ts";
import { button, icon, make, type Words } from "./words.ts";

const { nodes, marks } = schema;

interface Tool {
  /** Name of its label among the words. */
  name: string;
  icon: string;
  keys?: string;
  /** What it does; or what it opens. */
  act: Command | "link" | "photo" | "mention";
  /** Whether it holds where the selection is; none for what does something once. */
  isOn?: (state: EditorState) => boolean;
}

const TOOLS: Tool[] = [
  { name: "bold", icon: "bold", keys: "Control+B", act: commands.bold, isOn: (state) => commands.hasMark(state, marks.strong!) },
  { name: "italic", icon: "italic", keys: "Control+I", act: commands.italic, isOn: (state) => commands.hasMark(state, marks.emphasis!) },
  { name: "heading", icon: "heading-2", keys: "Control+Alt+2", act: commands.heading(2), isOn: (state) => commands.isBlock(state, nodes.heading!, { level: 2 }) },
  { name: "subheading", icon: "heading-3", keys: "Control+Alt+3", act: commands.heading(3), isOn: (state) => commands.isBlock(state, nodes.heading!, { level: 3 }) },
  { name: "list", icon: "list", act: commands.list(false), isOn: (state) => commands.isInList(state, false) },
  { name: "numbers", icon: "list-ordered", act: commands.list(true), isOn: (state) => commands.isInList(state, true) },
  { name: "quote", icon: "quote", act: commands.quote, isOn: (state) => commands.isBlock(state, nodes.quote!) },
  { name: "link", icon: "link", keys: "Control+K", act: "link", isOn: (state) => commands.hasMark(state, marks.link!) },
  { name: "photo", icon: "image", act: "photo" },
  { name: "mention", icon: "at-sign", act: "mention" },
  { name: "undo", icon: "undo-2", keys: "Control+Z", act: commands.undo },
  { name: "redo", icon: "redo-2", keys: "Control+Shift+Z", act: commands.redo },
];

export class Toolbar {
  readonly dom: HTMLElement;
  private readonly buttons: [Tool, HTMLButtonElement][];

  constructor(
    words: Words,
    private readonly view: () => EditorView,
    open: (panel: "link" | "photo" | "mention") => void,
  ) {
    this.buttons = TOOLS.map((tool) => {
      const label = words(tool.name);
      const about: Record<string, string> = { class: "icon-button", title: label, tabindex: "-1" };
      if (tool.keys) about["aria-keyshortcuts"] = tool.keys;
      const act = (): void => {
        if (this.isOff(tool)) return;
        if (typeof tool.act === "string") return open(tool.act);
        const view = this.view();
        tool.act(view.state, view.dispatch, view);
        // The finger's keyboard stays, the keyboard's focus too.
        if (document.activeElement === view.dom || !this.dom.contains(document.activeElement)) view.focus();
      };
      return [tool, button(about, act, icon(tool.icon), make("span", { class: "visually-hidden" }, label))];
    });
    this.dom = make("div", { class: "toolbar", role: "toolbar", "aria-label": words("toolbar") }, ...this.buttons.map(([, made]) => made));
    this.buttons[0]![1].tabIndex = 0;
    this.dom.addEventListener("keydown", (event) => this.move(event));
    this.dom.addEventListener("focusin", (event) => this.stop(event.target));
  }

  /** Shows what holds where the selection is now. */
  update(state: EditorState): void {
    for (const [tool, made] of this.buttons) {
      if (tool.isOn) made.setAttribute("aria-pressed", String(tool.isOn(state)));
      made.toggleAttribute("aria-disabled", false);
      if (typeof tool.act === "function" && !tool.act(state)) made.setAttribute("aria-disabled", "true");
    }
  }

  focus(): void {
    this.buttons.find(([, made]) => made.tabIndex === 0)?.[1].focus();
  }

  private isOff(tool: Tool): boolean {
    return typeof tool.act === "function" && !tool.act(this.view().state);
  }

  private move(event: KeyboardEvent): void {
    const at = this.buttons.findIndex(([, made]) => made === document.activeElement);
    const ahead = getComputedStyle(this.dom).direction === "rtl" ? -1 : 1;
    const steps: Record<string, number> = { ArrowRight: at + ahead, ArrowLeft: at - ahead, Home: 0, End: this.buttons.length - 1 };
    const next = steps[event.key];
    if (event.key === "Escape") this.view().focus();
    else if (next === undefined) return;
    else this.buttons[(next + this.buttons.length) % this.buttons.length]![1].focus();
    event.preventDefault();
  }

  private stop(target: EventTarget | null): void {
    if (!this.buttons.some(([, made]) => made === target)) return;
    for (const [, made] of this.buttons) made.tabIndex = made === target ? 0 : -1;
  }
}
