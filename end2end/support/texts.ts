// The words on the pages, from the product's own locale files: a test names a text by its key.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

export type Language = "nl" | "en" | "fy";

const locales = resolve(import.meta.dirname, "../../app/locales");
const areas = new Map<string, Map<string, string>>();

function area(language: Language, name: string): Map<string, string> {
  const file = `${language}/${name}`;
  let texts = areas.get(file);
  if (!texts) {
    const lines = readFileSync(resolve(locales, `${file}.toml`), "utf8").matchAll(/^(\w+) = ("(?:[^"\\]|\\.)*")\s*$/gm);
    texts = new Map([...lines].map(([, key, value]) => [key, JSON.parse(value) as string]));
    areas.set(file, texts);
  }
  return texts;
}

/** The text of `area.key`. */
export function text(path: string, language: Language = "nl"): string {
  const [name, key] = path.split(".");
  const found = area(language, name).get(key);
  if (found === undefined) throw new Error(`${language}: no text ${path}`);
  return found;
}
