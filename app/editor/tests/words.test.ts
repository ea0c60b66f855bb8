import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileOf } from "./samples.ts";

const sources = readdirSync(fileOf("../src")).map((name) => readFileSync(fileOf(`../src/${name}`), "utf8")).join("\n");
const found = (pattern: RegExp): string[] => [...new Set([...sources.matchAll(pattern)].map((match) => match[1]!))];

test("the page passes every word that the editor asks for, and no other", () => {
  const page = readFileSync(fileOf("../../src/pages/compose.rs"), "utf8");
  const passed = [...page.matchAll(/data-([a-z-]+)=lang\.get\(editor::/g)].map((match) => match[1]!);
  const asked = found(/(?:words\(|\bname: |this\.(?:show|action)\((?:"[a-z]*", )?)"([A-Za-z]+)"/g);
  const kebab = asked.map((name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
  assert.deepEqual([...new Set(kebab)].sort(), passed.sort());
});

test("every icon is in the sprite", () => {
  const sprite = readFileSync(fileOf("../../../public/icons.svg"), "utf8");
  for (const name of found(/\bicon: "([a-z0-9-]+)"/g)) assert.ok(sprite.includes(`<symbol id="${name}"`), name);
});
