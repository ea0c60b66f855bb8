// Bundles the style sheets that `main.css` imports into one: node style.mjs main.css app.css [--minify]
import { writeFileSync } from "node:fs";
import { bundle } from "lightningcss";

const [entry, target, option] = process.argv.slice(2);
const { code, warnings } = bundle({
  filename: entry,
  minify: option === "--minify",
  targets: { safari: (16 << 16) | (4 << 8) },
});
for (const { message, loc } of warnings) console.error(`${loc?.filename ?? entry}:${loc?.line ?? 0}: ${message}`);
if (warnings.length > 0) process.exit(1);
writeFileSync(target, code);
