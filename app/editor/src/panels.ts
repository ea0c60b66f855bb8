// What opens between the buttons and the text: the address of a link, the photos of this post.
import type { EditorView } from "prosemirror-view";
import { asAddress, insertImage, linkAround, removeLink, setLink } from "./commands.ts";
import { photosOf } from "./surroundings.ts";
import { button, make, type Words } from "./words.ts";

export class Panels {
  readonly dom: HTMLElement;

  constructor(
    private readonly words: Words,
    private readonly view: () => EditorView,
    private readonly id: string,
  ) {
    this.dom = make("div", { class: "editor-panel", role: "group", hidden: "" });
    this.dom.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.close();
    });
    // What is typed here is no part of the post yet.
    this.dom.addEventListener("input", (event) => event.stopPropagation());
  }

  close(): void {
    this.dom.hidden = true;
    this.dom.replaceChildren();
    this.view().focus();
  }

  private show(label: string, ...content: Node[]): void {
    this.dom.setAttribute("aria-label", this.words(label));
    this.dom.replaceChildren(...content);
    this.dom.hidden = false;
    this.dom.querySelector<HTMLElement>("input, button")?.focus();
  }

  private action(kind: string, label: string, act: () => void): HTMLButtonElement {
    return button({ class: `button small ${kind}`.trim() }, act, this.words(label));
  }

  openLink(): void {
    const around = linkAround(this.view().state);
    const id = `${this.id}-address`;
    const input = make("input", { id, type: "text", inputmode: "url", autocomplete: "off", autocapitalize: "none", spellcheck: "false", maxlength: "2000", "aria-describedby": `${id}-error` });
    input.value = around?.href.replace(/^mailto:/, "") ?? "";
    const error = make("p", { class: "error", id: `${id}-error`, role: "alert" });
    const apply = (): void => {
      const href = asAddress(input.value);
      error.textContent = href === null ? this.words("linkWrong") : "";
      input.toggleAttribute("aria-invalid", false);
      if (href === null) {
        input.setAttribute("aria-invalid", "true");
        return input.focus();
      }
      this.run(setLink(href));
    };
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      // The form around it is not meant.
      event.preventDefault();
      apply();
    });
    const field = make("div", { class: "field" }, make("label", { for: id }, this.words("linkAddress")), input, error);
    const actions = [this.action("", "apply", apply)];
    if (around !== null) actions.push(this.action("secondary", "linkRemove", () => this.run(removeLink)));
    actions.push(this.action("quiet", "cancel", () => this.close()));
    this.show("link", field, make("div", { class: "actions" }, ...actions));
  }

  openPhotos(): void {
    const photos = photosOf(this.dom);
    const choices = photos.map(({ media, source, label }) => {
      const picture = make("img", { src: source, width: "120", height: "90", alt: "" });
      const choose = button({ class: "editor-photo" }, () => this.run(insertImage(media)), picture, make("span", {}, label));
      return make("li", {}, choose);
    });
    const content = choices.length > 0 ? make("ul", { class: "editor-photos" }, ...choices) : make("p", { class: "hint" }, this.words("photoNone"));
    this.show("photo", content, make("div", { class: "actions" }, this.action("quiet", "cancel", () => this.close())));
  }

  private run(command: ReturnType<typeof setLink>): void {
    const view = this.view();
    command(view.state, view.dispatch, view);
    this.close();
  }
}
