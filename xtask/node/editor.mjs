// Builds the editor of posts into one file: node editor.mjs editor.js
// Or its tests, for Node's runner: node editor.mjs --tests FOLDER
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const packages = join(root, "xtask/node_modules");
const editor = join(root, "app/editor");
const common = { bundle: true, format: "esm", nodePaths: [packages], legalComments: "none", logLevel: "warning" };
const [target, option] = process.argv.slice(2);

if (target === "--tests") {
  const tests = readdirSync(join(editor, "tests")).filter((name) => name.endsWith(".test.ts"));
  await build({
    ...common,
    entryPoints: tests.map((name) => join(editor, "tests", name)),
    outdir: option,
    outExtension: { ".js": ".mjs" },
    platform: "node",
    target: "node20",
    external: ["happy-dom"],
    define: { TESTS: JSON.stringify(join(editor, "tests")) },
  });
  mkdirSync(option, { recursive: true });
  const link = join(option, "node_modules");
  if (!existsSync(link)) symlinkSync(packages, link);
  writeFileSync(join(option, "package.json"), "{}");
} else {
  await build({
    ...common,
    entryPoints: [join(editor, "src/element.ts")],
    outfile: target,
    platform: "browser",
    target: ["es2022", "safari16.4"],
  });
}
