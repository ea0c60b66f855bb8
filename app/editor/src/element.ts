// <ikker-editor>: takes the place of the text area in it, which stays what the form sends.
import { history } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { keys, removeImages, typedRules } from "./commands.ts";
import { markdownOf, nodeOf } from "./convert.ts";
import { BODY_MAX } from "./document.ts";
import { BAR, mentions } from "./mentions.ts";
import { Panels } from "./panels.ts";
import { cleanHtml } from "./paste.ts";
import { addPhotos, onRemovedPhotos } from "./surroundings.ts";
import { Toolbar } from "./toolbar.ts";
import { make, wordsOf } from "./words.ts";

class Editor extends HTMLElement {
  private end: (() => void) | null = null;

  connectedCallback(): void {
    // Whoever puts it into the page may fill it only then.
    queueMicrotask(() => {
      const field = this.querySelector("textarea");
      if (field && this.isConnected && !this.end) this.end = start(this, field);
    });
  }

  disconnectedCallback(): void {
    this.end?.();
    this.end = null;
  }
}

/** Begins to edit; the answer ends it and leaves everything as it was. */
function start(host: HTMLElement, field: HTMLTextAreaElement): () => void {
  const words = wordsOf(host);
  const id = `${field.id}-editor`;
  const ends = new AbortController();
  const own = { signal: ends.signal };
  const help = make("p", { class: "visually-hidden", id: `${id}-help` }, words("help"));
  const place = make("div", { class: "editor-place" });
  const frame = make("div", { class: "editor" });
  const toolbar = new Toolbar(words, () => view, open);
  const panels = new Panels(words, () => view, id);
  frame.append(toolbar.dom, panels.dom, place, help);
  field.after(frame);

  function open(panel: "link" | "photo" | "mention"): boolean {
    if (panel === "link") panels.openLink();
    else if (panel === "photo") panels.openPhotos();
    else {
      const { $from } = view.state.selection;
      const joins = /[^\s(]$/.test($from.parent.textBetween(0, $from.parentOffset, null, " "));
      view.focus();
      view.dispatch(view.state.tr.insertText(joins ? " @" : "@"));
    }
    return true;
  }

  const stateOf = (markdown: string): EditorState =>
    EditorState.create({
      doc: nodeOf(markdown),
      plugins: [
        mentions(words("mention")),
        typedRules,
        history(),
        keymap({ ...keys, "Alt-F10": () => (toolbar.focus(), true), "Mod-k": () => open("link"), "Mod-K": () => open("link") }),
      ],
    });

  const attributes = (): Record<string, string> => ({
    id,
    role: "textbox",
    "aria-multiline": "true",
    "aria-label": labelOf(field),
    "aria-describedby": `${field.id}-error ${help.id}`,
    class: "document",
    ...(field.getAttribute("aria-invalid") === "true" ? { "aria-invalid": "true" } : {}),
  });

  const view = new EditorView(place, {
    state: stateOf(field.value),
    attributes: attributes(),
    // The cursor stays clear of the buttons above and the bar below.
    scrollMargin: { top: 120, bottom: BAR + 16, left: 0, right: 0 },
    scrollThreshold: { top: 120, bottom: BAR, left: 0, right: 0 },
    transformPastedHTML: cleanHtml,
    transformPastedText: (text) => text.slice(0, BODY_MAX),
    handleDOMEvents: {
      drop: (_, event) => addPhotos(host, event.dataTransfer?.files) && (event.preventDefault(), true),
      paste: (_, event) => {
        const data = event.clipboardData;
        const hasWords = data?.types.some((type) => type.startsWith("text/")) ?? false;
        return !hasWords && addPhotos(host, data?.files) && (event.preventDefault(), true);
      },
    },
    dispatchTransaction: (tr) => {
      view.updateState(view.state.apply(tr));
      toolbar.update(view.state);
      if (tr.docChanged) value.write(markdownOf(tr.doc));
    },
  });
  const value = follow(field, (markdown) => {
    view.updateState(stateOf(markdown));
    toolbar.update(view.state);
  });
  toolbar.update(view.state);

  const endPhotos = onRemovedPhotos(host, (media) => removeImages(media)(view.state, view.dispatch));
  const observer = new MutationObserver(() => view.setProps({ attributes: attributes() }));
  observer.observe(field, { attributes: true, attributeFilter: ["aria-invalid"] });
  const hint = document.getElementById(`${field.id}-hint`);
  for (const label of field.labels) label.addEventListener("click", (event) => (event.preventDefault(), view.focus()), own);
  field.form?.addEventListener("reset", () => setTimeout(() => value.read()), own);
  field.hidden = true;
  if (hint) hint.hidden = true;

  return () => {
    ends.abort();
    observer.disconnect();
    endPhotos();
    value.end();
    view.destroy();
    frame.remove();
    field.hidden = false;
    if (hint) hint.hidden = false;
  };
}

const labelOf = (field: HTMLTextAreaElement): string => field.labels[0]?.textContent?.replace(/\s+/g, " ").trim() ?? "";

/** Writes the text area's value, and tells when somebody else does. */
function follow(field: HTMLTextAreaElement, changed: (markdown: string) => void) {
  const native = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")!;
  const get = (): string => native.get!.call(field);
  let known = get();
  const read = (): void => {
    if (get() === known) return;
    known = get();
    changed(known);
  };
  // Code that sets a value makes no event.
  Object.defineProperty(field, "value", {
    configurable: true,
    get,
    set: (text: string) => {
      native.set!.call(field, text);
      read();
    },
  });
  field.addEventListener("input", read);
  return {
    read,
    write: (markdown: string): void => {
      if (markdown === known) return;
      native.set!.call(field, markdown);
      known = get();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    },
    end: (): void => {
      field.removeEventListener("input", read);
      Reflect.deleteProperty(field, "value");
    },
  };
}

customElements.define("ikker-editor", Editor);
