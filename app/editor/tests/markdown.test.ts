import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { markdownOf, toDocument, toNode } from "../src/convert.ts";
import { safeLink } from "../src/document.ts";
import { read } from "../src/read.ts";
import { write } from "../src/write.ts";
import { randomDoc } from "./random.ts";
import { fileOf, samples } from "./samples.ts";

test("what people type is read as the server reads it", () => {
  for (const { markdown, document } of samples("typed.json")) assert.deepEqual(read(markdown), document, markdown);
});

test("what was read is written so that it reads the same", () => {
  for (const { document } of samples("typed.json")) assert.deepEqual(read(write(document)), document);
});

test("random documents are written as the file says that the server reads", () => {
  const written = Array.from({ length: 240 }, (_, seed) => {
    const document = toDocument(randomDoc(seed));
    return { markdown: write(document), document };
  });
  if (process.env.UPDATE_EXPECT) writeFileSync(fileOf("written.json"), `${JSON.stringify(written)}\n`);
  assert.deepEqual(written, samples("written.json"));
});

test("a document comes back from the editor as it went in", () => {
  for (const { markdown, document } of samples("written.json")) {
    assert.deepEqual(read(markdown), document, markdown);
    assert.deepEqual(toDocument(toNode(document)), document, markdown);
  }
});

test("nothing written is lost", () => {
  const words = (text: string): string => text.replace(/\s+/g, "");
  for (let seed = 1_000; seed < 2_000; seed += 1) {
    const doc = randomDoc(seed);
    const again = toNode(read(markdownOf(doc)));
    assert.equal(words(again.textBetween(0, again.content.size)), words(doc.textBetween(0, doc.content.size)));
  }
});

test("most emphasis can be written", () => {
  let kept = 0;
  let all = 0;
  for (let seed = 1_000; seed < 2_000; seed += 1) {
    const doc = randomDoc(seed);
    const count = (mark: string): number => JSON.stringify(toNode(toDocument(doc)).toJSON()).split(mark).length - 1;
    kept += count('"strong"') > 0 ? 1 : 0;
    all += JSON.stringify(doc.toJSON()).includes('"strong"') ? 1 : 0;
  }
  assert.ok(kept / all > 0.8, `${kept} of ${all}`);
});

test("links are only what they seem", () => {
  for (const good of ["https://school.example/a?b#c", "HTTP://x.example", "mailto:a@b.example", "tel:+31512"]) assert.ok(safeLink(good), good);
  for (const bad of ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//x.example", "/a", "http://", "https:x", "https://user@x.example", "java\nscript:x", "https://a b", "vbscript:x", "file:///etc/passwd", "https:\\\\x"]) {
    assert.equal(safeLink(bad), null, bad);
  }
});

test("a long or hostile text comes to an end", () => {
  const long = "Een **vet** en *schuin* woord met een [link](<https://x.example>) erin.\n\n".repeat(280);
  const doc = toNode(read(long));
  assert.equal(markdownOf(doc), long.trim());
  for (const hostile of ["*".repeat(20_000), "[".repeat(20_000), "![](".repeat(5_000), "`".repeat(1_000) + " `".repeat(5_000), "> ".repeat(300), "&".repeat(20_000), "<a ".repeat(6_000), "*a ".repeat(6_000)]) {
    read(hostile);
  }
});
