// Builds public/icons.svg, one sprite with the icons named below, from the npm package lucide-static (ISC).
//
//   npm install --no-save --prefix /some/dir lucide-static@1.62.0
//   node style/build-icons.mjs /some/dir/node_modules/lucide-static
//
// Its licence is copied to public/icons.LICENSE. Names are Lucide's own.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const names = `
archive arrow-left arrow-right at-sign ban bell bell-off bold book-open calendar-days calendar-plus camera check
chevron-down chevron-left chevron-right chevron-up circle-alert circle-check circle-dashed circle-help
circle-x clock copy crop download ellipsis external-link eye eye-off file-text film flag globe grip-vertical heading heading-2 heading-3
heart-handshake history house image image-off image-plus info italic key-round languages lightbulb link list
list-ordered lock log-in log-out mail map-pin menu message-circle messages-square monitor moon newspaper
paperclip pencil phone pin plus printer qr-code quote redo-2 refresh-cw rotate-ccw rotate-cw school search send settings shield
shield-check sliders-horizontal smartphone star sun tablet trash-2 triangle-alert undo-2 upload user
user-check user-plus users wifi-off x
`.trim().split(/\s+/);

const source = process.argv[2];
if (!source) {
  console.error("usage: node style/build-icons.mjs <directory of the package lucide-static>");
  process.exit(2);
}
const target = join(dirname(fileURLToPath(import.meta.url)), "..", "public");

const symbols = names.map((name) => {
  const svg = readFileSync(join(source, "icons", `${name}.svg`), "utf8");
  const shapes = svg.replace(/<!--.*?-->/gs, "").match(/<svg[^>]*>(.*)<\/svg>/s)[1];
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>")}</symbol>`;
});

// Stroke, colour and width are inherited from `.icon` in the page.
writeFileSync(
  join(target, "icons.svg"),
  `<!-- Lucide icons, ISC licence: see icons.LICENSE. Built by style/build-icons.mjs -->\n<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`,
);
writeFileSync(join(target, "icons.LICENSE"), readFileSync(join(source, "LICENSE"), "utf8"));
console.log(`${names.length} icons`);
