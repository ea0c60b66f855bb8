// Documents as nobody would write them, the same at each run.
import { type Mark, Node } from "prosemirror-model";
import { schema } from "../src/schema.ts";

const { nodes, marks } = schema;
const ID = "01980000-0000-7000-8000-00000000000";
const WORDS = [
  "a", "b1", "é", "👩‍👧", " ", "  ", ".", "(", ")", "!", "*", "**", "_", "[", "]", "\\", "`", "<", ">", "&", "&amp;", "#", "-", "+", "=", "~", "1.", "2)", "x", "ij", ":",
  "\"", "'", "|", "@", "snake_case", "https://x.example", "مرحبا", "€", "—",
];

/** Mulberry32: numbers from 0 to 1. */
function random(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function randomDoc(seed: number): Node {
  const next = random(seed);
  const below = (n: number): number => Math.floor(next() * n);
  const pick = <T>(all: readonly T[]): T => all[below(all.length)]!;
  const words = (): string => Array.from({ length: 1 + below(4) }, () => pick(WORDS)).join("");
  const on = (): Mark[] => {
    const all: Mark[] = [];
    if (below(3) === 0) all.push(marks.strong!.create());
    if (below(3) === 0) all.push(marks.emphasis!.create());
    if (below(6) === 0) all.push(marks.link!.create({ href: pick(["https://x.example/a_b?c=*d*", "mailto:a@b.example"]) }));
    return all.reduce<readonly Mark[]>((set, mark) => mark.addToSet(set), []) as Mark[];
  };
  const line = (breaks: boolean): Node[] =>
    Array.from({ length: below(6) }, () => {
      const kind = below(12);
      if (kind === 0 && breaks) return nodes.hard_break!.create();
      if (kind === 1) return nodes.mention!.create({ group: ID + below(9), name: words().trim() || "Groep" }, null, on());
      return schema.text(words(), on());
    });
  const block = (): Node => {
    switch (below(8)) {
      case 0:
        return nodes.heading!.create({ level: 2 + below(2) }, line(false));
      case 1:
        return nodes.quote!.create(null, line(true));
      case 2:
      case 3: {
        const items = Array.from({ length: 1 + below(3) }, () => nodes.list_item!.create(null, nodes.paragraph!.create(null, line(true))));
        return pick([nodes.bullet_list!, nodes.ordered_list!]).create(null, items);
      }
      case 4:
        return nodes.image!.create({ media: ID + below(9), alt: below(2) ? words() : "" });
      default:
        return nodes.paragraph!.create(null, line(true));
    }
  };
  return nodes.doc!.create(null, Array.from({ length: 1 + below(3) }, block));
}
