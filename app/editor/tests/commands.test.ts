import "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { history } from "prosemirror-history";
import { AllSelection, type Command, EditorState, TextSelection } from "prosemirror-state";
import * as commands from "../src/commands.ts";
import { markdownOf, nodeOf } from "../src/convert.ts";
import { matching, typedMention } from "../src/mentions.ts";

/** The state with the selection from the first | to the last one. */
function at(markdown: string): EditorState {
  let state = EditorState.create({ doc: nodeOf(markdown) });
  const places: number[] = [];
  for (let left = true; left; ) {
    left = false;
    state.doc.descendants((node, pos) => {
      const found = node.text?.indexOf("¦") ?? -1;
      if (found < 0 || left) return;
      left = true;
      places.push(pos + found);
      state = state.apply(state.tr.delete(pos + found, pos + found + 1));
    });
  }
  const [from = 1, to = from] = places;
  return state.apply(state.tr.setSelection(TextSelection.create(state.doc, from, to)));
}

function run(markdown: string, command: Command): string {
  let state = at(markdown);
  command(state, (tr) => (state = state.apply(tr)));
  return markdownOf(state.doc);
}

test("lists are made, changed and undone", () => {
  assert.equal(run("een ¦woord", commands.list(false)), "- een woord");
  assert.equal(run("- een ¦woord", commands.list(true)), "1. een woord");
  assert.equal(run("- a\n- ¦b", commands.list(false)), "- a\n\nb");
  assert.equal(run("## ¦kop", commands.list(false)), "- kop");
  assert.equal(run("a\n\n## ¦b\n\nc¦\n\nd", commands.list(true)), "a\n\n1. b\n2. c\n\nd");
});

test("everything at once becomes a list", () => {
  let state = EditorState.create({ doc: nodeOf("a\n\n## b\n\n1. c") });
  state = state.apply(state.tr.setSelection(new AllSelection(state.doc)));
  commands.list(false)(state, (tr) => (state = state.apply(tr)));
  assert.equal(markdownOf(state.doc), "- a\n- b\n- c");
});

test("headings and quotes go on and off", () => {
  assert.equal(run("¦kop", commands.heading(2)), "## kop");
  assert.equal(run("## ¦kop", commands.heading(3)), "### kop");
  assert.equal(run("### ¦kop", commands.heading(3)), "kop");
  assert.equal(run("¦citaat", commands.quote), "> citaat");
  assert.equal(run("> ¦citaat", commands.quote), "citaat");
});

test("backspace at the beginning makes it plain", () => {
  assert.equal(run("a\n\n## ¦kop", commands.keys.Backspace!), "a\n\nkop");
  assert.equal(run("- ¦a", commands.keys.Backspace!), "a");
});

test("a link is set, changed and taken away", () => {
  const link = commands.setLink("https://x.example");
  assert.equal(run("zie ¦hier¦ dus", link), "zie [hier](<https://x.example>) dus");
  assert.equal(run("zie ¦", link), "zie\u00a0".trim() + " [https://x.example](<https://x.example>)");
  assert.equal(run("zie [hi¦er](https://y.example) dus", link), "zie [hier](<https://x.example>) dus");
  assert.equal(run("zie [hi¦er **vet**](https://y.example) dus", commands.removeLink), "zie hier **vet** dus");
  assert.equal(commands.linkAround(at("zie ¦hier")), null);
});

test("addresses are made whole", () => {
  assert.equal(commands.asAddress(" school.example/a "), "https://school.example/a");
  assert.equal(commands.asAddress("juf@school.example"), "mailto:juf@school.example");
  assert.equal(commands.asAddress("tel:+31512"), "tel:+31512");
  for (const bad of ["", "javascript:alert(1)//@", "a b", "https://u@x.example"]) assert.equal(commands.asAddress(bad), null, bad);
});

test("a photo comes after the block, or instead of an empty one", () => {
  const id = "01980000-0000-7000-8000-000000000001";
  assert.equal(run("een ¦woord\n\ntwee", commands.insertImage(id)), `een woord\n\n![](media:${id})\n\ntwee`);
  assert.equal(run("", commands.insertImage(id)), `![](media:${id})`);
  assert.equal(run("- a\n- ¦b", commands.insertImage(id)), `- a\n- b\n\n![](media:${id})`);
});

test("a name after an @ is looked for", () => {
  assert.deepEqual(typedMention(at("Voor @groep 3¦"))?.name, "groep 3");
  assert.deepEqual(typedMention(at("@¦"))?.from, 1);
  assert.equal(typedMention(at("a@b¦")), null);
  const groups = ["Groep 3", "Groep 4", "Hele school"].map((name) => ({ group: name, name }));
  assert.deepEqual(matching(groups, "GROEP ").map(({ name }) => name), ["Groep 3", "Groep 4"]);
});

test("photos that are gone leave the text, and stay out of it", () => {
  const [one, two] = ["0198ffff-ffff-7fff-bfff-000000000001", "0198ffff-ffff-7fff-bfff-000000000002"];
  const [first, second] = [`![a](media:${one})`, `![b](media:${two})`];
  assert.equal(run(`Voor¦\n\n${first}\n\n${second}\n\n${first}\n\nNa`, commands.removeImages([one])), `Voor\n\n${second}\n\nNa`);
  assert.equal(run(`${first}\n\n${second}`, commands.removeImages([one, two])), "");
  assert.equal(commands.removeImages([two])(at(first)), false);
  let state = EditorState.create({ doc: nodeOf(`Tekst\n\n${first}`), plugins: [history()] });
  commands.removeImages([one])(state, (tr) => (state = state.apply(tr)));
  assert.equal(commands.undo(state), false);
});
