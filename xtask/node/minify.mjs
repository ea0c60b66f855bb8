// Minifies scripts in place, each by itself: node minify.mjs FILES
import { readFileSync, writeFileSync } from "node:fs";
import { transformSync } from "esbuild";

for (const path of process.argv.slice(2)) {
  const { code } = transformSync(readFileSync(path, "utf8"), { minify: true, format: "esm", target: "es2022", legalComments: "none" });
  writeFileSync(path, code);
}
