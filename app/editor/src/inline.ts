// Reads the text of one block: CommonMark's emphasis, links and escapes.
import { append, idIn, isAsciiSign, isMarkup, isSpace, flatten, type Inline, safeLink, text } from "./document.ts";

/** What has been read so far: finished parts, runs of signs that may become emphasis, and open brackets. */
type Part =
  | { kind: "inline"; inline: Inline }
  | { kind: "run"; sign: string; count: number; length: number; opens: boolean; closes: boolean }
  | { kind: "bracket"; image: boolean; active: boolean };

/** A photo that may turn out to be all of the block. */
export interface Found {
  line: Inline[];
  /** Set when the line is nothing but this photo. */
  image: { media: string; alt: string } | null;
}

const NAMED: Record<string, string> = {
  amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0", euro: "€", hellip: "…", ndash: "–", mdash: "—",
  eacute: "é", egrave: "è", euml: "ë", iuml: "ï", ouml: "ö", uuml: "ü", ecirc: "ê", ocirc: "ô", ucirc: "û",
};
const ENTITY = /^&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]*));/;
const AUTOLINK = /^<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>/;
const MAIL = /^<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)>/;
const TAG = /^<(?:!--[\s\S]*?-->|\/[A-Za-z][A-Za-z0-9-]*\s*>|[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*\/?>)/;
const TARGET = /^\(\s*(?:<((?:\\.|[^<>\\\n])*)>|((?:\\.|[^\s()\\<]|\((?:\\.|[^\s()\\])*\))(?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*\))*)?)?(?:\s+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\)))?\s*\)/;

export function readInline(source: string): Found {
  const reader = new Reader(source);
  const line = reader.read();
  return { line, image: reader.image };
}

class Reader {
  image: Found["image"] = null;
  private at = 0;
  private parts: Part[] = [];

  constructor(private readonly source: string) {}

  read(): Inline[] {
    while (this.at < this.source.length) this.step();
    for (const part of this.parts) if (part.kind === "bracket") replaceBracket(this.parts, part);
    return emphasise(this.parts);
  }

  private step(): void {
    const rest = this.source.slice(this.at, this.at + 4_096);
    const char = rest[0]!;
    const plain = /^[^\\`&<!\[\]*_\n ]+/.exec(rest)?.[0];
    if (plain) return this.take(plain.length, plain);
    switch (char) {
      case "\\":
        return this.escape(rest);
      case "`":
        return this.code(rest);
      case "&":
        return this.entity(rest);
      case "<":
        return this.angle(rest);
      case "*":
      case "_":
        return this.run(char);
      case "!":
      case "[":
        return this.open(rest);
      case "]":
        return this.close();
      default:
        return this.blanks(rest);
    }
  }

  private take(length: number, words: string): void {
    this.at += length;
    this.push(text(words));
  }

  private push(inline: Inline): void {
    this.parts.push({ kind: "inline", inline });
  }

  private escape(rest: string): void {
    if (rest[1] === "\n") {
      this.at += 1;
      return this.blanks(rest.slice(1));
    }
    const escaped = rest[1] !== undefined && isAsciiSign(rest[1]);
    this.take(escaped ? 2 : 1, escaped ? rest[1]! : "\\");
  }

  private code(rest: string): void {
    const fence = /^`+/.exec(rest)![0];
    const end = new RegExp(`(?<!\`)${fence}(?!\`)`).exec(this.source.slice(this.at + fence.length));
    if (end === null) return this.take(fence.length, fence);
    const inside = this.source.slice(this.at + fence.length, this.at + fence.length + end.index).replaceAll("\n", " ");
    const stripped = /^ .*[^ ].* $|^ [^ ] $/.test(inside) ? inside.slice(1, -1) : inside;
    this.take(fence.length * 2 + end.index, stripped);
  }

  private entity(rest: string): void {
    const [whole, decimal, hex, name] = ENTITY.exec(rest) ?? [];
    if (whole === undefined) return this.take(1, "&");
    const code = decimal !== undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex ?? "", 16);
    const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    const named = name === undefined ? undefined : NAMED[name];
    const meant = name === undefined ? (valid ? String.fromCodePoint(code) : "\ufffd") : named;
    if (meant === undefined) return this.take(1, "&");
    this.take(whole.length, meant);
  }

  private angle(rest: string): void {
    const address = (AUTOLINK.exec(rest) ?? MAIL.exec(rest))?.[1];
    if (address === undefined) {
      const tag = TAG.exec(rest)?.[0] ?? "<";
      return this.take(tag.length, tag);
    }
    const href = safeLink(address);
    this.at += address.length + 2;
    this.push(href === null ? text(address) : { link: { href, text: [text(address)] } });
  }

  private blanks(rest: string): void {
    const lineEnd = /^ *\n */.exec(rest)?.[0];
    if (lineEnd === undefined) {
      const blanks = /^ +/.exec(rest)?.[0] ?? rest[0]!;
      return this.take(blanks.length, blanks);
    }
    this.at += lineEnd.length;
    this.push("break");
  }

  /** Whether signs begin or end emphasis depends on what stands on either side of them. */
  private run(sign: string): void {
    const run = new RegExp(`^\\${sign}+`).exec(this.source.slice(this.at))![0];
    const before = /.$/su.exec(this.source.slice(0, this.at))?.[0] ?? "\n";
    const after = /^./su.exec(this.source.slice(this.at + run.length))?.[0] ?? "\n";
    const left = !isSpace(after) && (!isSign(after) || isSpace(before) || isSign(before));
    const right = !isSpace(before) && (!isSign(before) || isSpace(after) || isSign(after));
    const inWords = sign === "_";
    const opens = left && (!inWords || !right || isSign(before));
    const closes = right && (!inWords || !left || isSign(after));
    this.parts.push({ kind: "run", sign, count: run.length, length: run.length, opens, closes });
    this.at += run.length;
  }

  private open(rest: string): void {
    const image = rest.startsWith("![");
    if (!image && rest[0] === "!") return this.take(1, "!");
    this.parts.push({ kind: "bracket", image, active: true });
    this.at += image ? 2 : 1;
  }

  private close(): void {
    const start = this.parts.findLastIndex((part) => part.kind === "bracket");
    const bracket = this.parts[start];
    if (bracket === undefined || bracket.kind !== "bracket") return this.take(1, "]");
    const target = bracket.active ? TARGET.exec(this.source.slice(this.at + 1, this.at + 4_097)) : null;
    if (target === null) {
      replaceBracket(this.parts, bracket);
      return this.take(1, "]");
    }
    const address = unescape(target[1] ?? target[2] ?? "");
    const content = emphasise(this.parts.splice(start).slice(1));
    this.at += 1 + target[0].length;
    if (bracket.image) return this.picture(address, content);
    // No links in links.
    for (const part of this.parts) if (part.kind === "bracket" && !part.image) part.active = false;
    this.link(address, content);
  }

  private link(address: string, content: Inline[]): void {
    const group = idIn("group", address);
    const href = safeLink(address);
    if (content.length === 0) return;
    if (group !== null) {
      const name = wordsOf(content).replace(/^@/, "").trim();
      if (name !== "") this.push({ mention: { group, name } });
    } else if (href !== null) {
      this.push({ link: { href, text: content } });
    } else {
      content.forEach((inline) => this.push(inline));
    }
  }

  private picture(address: string, content: Inline[]): void {
    const media = idIn("media", address);
    if (media !== null && this.parts.length === 0 && this.source.slice(this.at).trim() === "") {
      this.image = { media, alt: wordsOf(content) };
      return;
    }
    const words = media === null ? content : wordsOf(content) === "" ? [] : [text(wordsOf(content))];
    words.forEach((inline) => this.push(inline));
  }
}

/** The words of a line without markup, on one line. */
export function wordsOf(line: Inline[]): string {
  const flat = flatten(line, isMarkup).map((inline) => (inline !== "break" && "text" in inline ? inline.text.text : " "));
  return flat.join("").trim();
}

const isSign = (char: string): boolean => isAsciiSign(char) || /^[\p{P}\p{S}]$/u.test(char);

function unescape(address: string): string {
  const plain = address.replace(/\\([!-/:-@[-`{-~])/g, "$1");
  return plain.replace(/&amp;/g, "&");
}

function replaceBracket(parts: Part[], bracket: Part): void {
  if (bracket.kind !== "bracket") return;
  parts[parts.indexOf(bracket)] = { kind: "inline", inline: text(bracket.image ? "![" : "[") };
}

/** Makes emphasis of the runs of signs, as CommonMark's "process emphasis" does; what is left of them is text. */
function emphasise(parts: Part[]): Inline[] {
  for (let closer = 0; closer < parts.length; closer += 1) {
    const end = parts[closer]!;
    if (end.kind !== "run" || !end.closes || end.count === 0) continue;
    const opener = parts.findLastIndex((part, index) => index < closer && part.kind === "run" && fits(part, end));
    const begin = parts[opener];
    if (begin === undefined || begin.kind !== "run") continue;
    const isStrong = begin.count >= 2 && end.count >= 2;
    const content = parts.splice(opener + 1, closer - opener - 1).flatMap(asInlines);
    const line: Inline[] = [];
    content.forEach((inline) => append(line, inline));
    const inline: Inline = isStrong ? { strong: { text: line } } : { emphasis: { text: line } };
    parts.splice(opener + 1, 0, { kind: "inline", inline });
    begin.count -= isStrong ? 2 : 1;
    end.count -= isStrong ? 2 : 1;
    // The same run may end something further out as well.
    closer = opener + 1;
  }
  const line: Inline[] = [];
  parts.flatMap(asInlines).forEach((inline) => append(line, inline));
  return line;
}

type Run = Extract<Part, { kind: "run" }>;

function fits(begin: Part, end: Run): boolean {
  if (begin.kind !== "run" || begin.sign !== end.sign || !begin.opens || begin.count === 0) return false;
  const both = begin.closes || end.opens;
  return !both || (begin.length + end.length) % 3 !== 0 || (begin.length % 3 === 0 && end.length % 3 === 0);
}

function asInlines(part: Part): Inline[] {
  if (part.kind === "inline") return [part.inline];
  if (part.kind === "run") return part.count > 0 ? [text(part.sign.repeat(part.count))] : [];
  return [text(part.image ? "![" : "[")];
}
