// The words of the interface, which the page passes as attributes, and small parts made with them.

/** A text of the element: `data-bold` is the label of the button for bold. */
export type Words = (name: string) => string;

export const wordsOf = (element: HTMLElement): Words => (name) => element.dataset[name] ?? "";

const SVG = "http://www.w3.org/2000/svg";

export function icon(name: string): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string> = {},
  ...content: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...content);
  return element;
}

/** A button that sends no form and leaves the selection where it is. */
export function button(attributes: Record<string, string>, act: () => void, ...content: (Node | string)[]): HTMLButtonElement {
  const made = make("button", { type: "button", ...attributes }, ...content);
  made.addEventListener("mousedown", (event) => event.preventDefault());
  made.addEventListener("click", act);
  return made;
}
