// Proves from tokens.css that every text and part has enough contrast in light and dark: node style/contrast.mjs
// Text needs 4.5:1, parts (edges, borders of controls, focus ring) 3:1 (WCAG 2.2, 1.4.3 and 1.4.11).
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const css = readFileSync(fileURLToPath(new URL("tokens.css", import.meta.url)), "utf8").replace(/\/\*.*?\*\//gs, "");

function tokens(pattern) {
  const block = css.match(pattern);
  if (!block) throw new Error(`no block ${pattern}`);
  return Object.fromEntries([...block[1].matchAll(/--([\w-]+):\s*([^;]+);/g)].map((m) => [m[1], m[2].trim()]));
}

const light = tokens(/^:root \{\n\s*color-scheme: light;(.*?)^\}/ms);
const darkByDevice = tokens(/:root:not\(\[data-theme="light"\]\) \{(.*?)\}/s);
const darkByChoice = tokens(/:root\[data-theme="dark"\] \{(.*?)\}/s);
const failures = [];
if (JSON.stringify(darkByDevice) !== JSON.stringify(darkByChoice)) failures.push("the two dark blocks differ");

// OKLCH to linear sRGB (Ottosson), clipped as browsers do.
function linear([l, c, h]) {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const L = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const M = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const S = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * L - 3.3077115913 * M + 0.2309699292 * S,
    -1.2684380046 * L + 2.6097574011 * M - 0.3413193965 * S,
    -0.0041960863 * L - 0.7034186147 * M + 1.707614701 * S,
  ];
}
const clip = (x) => Math.min(1, Math.max(0, x));
const gamma = (x) => (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055);
const hex = (rgb) => "#" + rgb.map((x) => Math.round(gamma(clip(x)) * 255).toString(16).padStart(2, "0")).join("");
const luminance = (rgb) => {
  const [r, g, b] = rgb.map(clip);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const angles = [0, 1, 2, 3, 4, 5, 6, 7];
const TEXT = 4.5;
const PART = 3;
const pairs = [];
const add = (need, fronts, backs) => fronts.forEach((f) => backs.forEach((b) => pairs.push([f, b, need])));

add(TEXT, ["ink", "ink-soft"], ["paper", "sheet", "sunk", "meadow-soft", "barley-soft", "sky-soft", "brick-soft", "own-bubble"]);
add(TEXT, ["meadow"], ["paper", "sheet", "sunk", "meadow-soft", "own-bubble"]);
add(TEXT, ["sky"], ["paper", "sheet", "sunk", "sky-soft"]);
add(TEXT, ["brick", "brick-strong"], ["paper", "sheet", "sunk", "brick-soft"]);
add(TEXT, ["barley-ink"], ["paper", "sheet", "sunk", "barley-soft"]);
add(TEXT, ["on-brick"], ["brick", "brick-strong"]);
add(PART, ["line-strong", "focus", "meadow", "brick", "sky"], ["paper", "sheet"]);
add(PART, ["line-strong", "focus"], ["sunk"]);
for (const p of ["own", ...angles]) {
  add(TEXT, ["on-primary"], [`primary@${p}`, `primary-strong@${p}`]);
  add(TEXT, [`primary@${p}`, `primary-strong@${p}`], ["paper", "sheet", "sunk", `primary-soft@${p}`, "own-bubble"]);
  add(TEXT, ["ink", "ink-soft"], [`primary-soft@${p}`]);
}
for (const n of angles) {
  add(TEXT, [`hue-ink@${n}`], [`hue-soft@${n}`, "sheet", "paper"]);
  add(TEXT, ["ink", "ink-soft"], [`hue-soft@${n}`]);
  add(PART, [`hue-edge@${n}`], ["sheet", "paper"]);
}

function colour(set, name) {
  const [token, which] = name.split("@");
  if (which !== undefined) {
    const angle = which === "own" ? set["primary-angle"] : set[`hue-${which}`];
    const pair = set[token] ?? set[`${token}-base`];
    return [...pair.split(/\s+/), angle].map(Number);
  }
  const found = set[token]?.match(/^oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)$/);
  if (!found) throw new Error(`--${token} is not a plain oklch colour`);
  return found.slice(1).map(Number);
}

const verbose = process.argv.includes("--all");
for (const [theme, set] of [["light", light], ["dark", { ...light, ...darkByChoice }]]) {
  const worst = { [TEXT]: [99, ""], [PART]: [99, ""] };
  const outside = new Set();
  for (const [front, back, need] of pairs) {
    const [f, b] = [front, back].map((name) => {
      const rgb = linear(colour(set, name));
      if (rgb.some((x) => x < -0.004 || x > 1.004)) outside.add(name);
      return rgb;
    });
    const [hi, lo] = [luminance(f), luminance(b)].sort((x, y) => y - x);
    const ratio = (hi + 0.05) / (lo + 0.05);
    const line = `${ratio.toFixed(2)}:1  ${front} ${hex(f)} on ${back} ${hex(b)}`;
    if (verbose) console.log(theme, line);
    if (ratio < need) failures.push(`${theme}: ${line}, needs ${need}:1`);
    if (ratio < worst[need][0]) worst[need] = [ratio, line];
  }
  console.log(`${theme}: paper ${hex(linear(colour(set, "paper")))}, lowest text ${worst[TEXT][1]}; lowest part ${worst[PART][1]}`);
  if (outside.size) console.log(`${theme}: outside sRGB, clipped: ${[...outside].join(", ")}`);
}
console.log(`${pairs.length} pairs in each theme, ${failures.length} failures`);
failures.forEach((f) => console.error(f));
process.exit(failures.length ? 1 : 0);
