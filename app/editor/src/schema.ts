// The document's types, as the editor shows them.
import { Schema } from "prosemirror-model";
import { idIn, safeLink } from "./document.ts";

const media = (element: HTMLElement) => {
  const media = idIn("media", `media:${element.dataset.media ?? ""}`);
  return media === null ? false : { media, alt: element.querySelector("img")?.alt ?? "" };
};

const mention = (element: HTMLElement) => {
  const group = idIn("group", `group:${element.dataset.group ?? ""}`);
  return group === null ? false : { group, name: element.textContent?.replace(/^@/, "").trim() ?? "" };
};

const heading = (level: number) => ({ tag: `h${level}`, attrs: { level: Math.min(Math.max(level, 2), 3) } });

export const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: { content: "inline*", group: "block", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
    heading: {
      attrs: { level: { validate: "number" } },
      content: "(text | mention)*",
      group: "block",
      defining: true,
      parseDOM: [1, 2, 3, 4, 5, 6].map(heading),
      toDOM: (node) => [`h${node.attrs.level}`, 0],
    },
    quote: {
      content: "inline*",
      group: "block",
      defining: true,
      parseDOM: [{ tag: "blockquote", contentElement: (element) => (element as HTMLElement).querySelector("p") ?? (element as HTMLElement) }],
      toDOM: () => ["blockquote", ["p", 0]],
    },
    bullet_list: { content: "list_item+", group: "block", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
    ordered_list: { content: "list_item+", group: "block", parseDOM: [{ tag: "ol" }], toDOM: () => ["ol", 0] },
    list_item: { content: "paragraph", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
    image: {
      attrs: { media: { validate: "string" }, alt: { default: "", validate: "string" } },
      group: "block",
      draggable: true,
      parseDOM: [{ tag: "figure[data-media]", getAttrs: media }],
      toDOM: ({ attrs }) => ["figure", { "data-media": attrs.media }, ["img", { src: `/media/${attrs.media}/medium`, alt: attrs.alt }]],
    },
    text: { group: "inline" },
    mention: {
      attrs: { group: { validate: "string" }, name: { validate: "string" } },
      inline: true,
      group: "inline",
      parseDOM: [{ tag: "span[data-group]", getAttrs: mention }],
      toDOM: ({ attrs }) => ["span", { "data-group": attrs.group }, attrs.name],
      leafText: ({ attrs }) => attrs.name,
    },
    hard_break: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"], leafText: () => "\n" },
  },
  marks: {
    link: {
      attrs: { href: { validate: "string" } },
      inclusive: false,
      parseDOM: [
        {
          tag: "a[href]",
          getAttrs: (element) => {
            const href = safeLink(element.getAttribute("href") ?? "");
            return href === null ? false : { href };
          },
        },
      ],
      toDOM: (mark) => ["a", { href: mark.attrs.href, rel: "noreferrer nofollow" }, 0],
    },
    emphasis: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
    strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
  },
});
