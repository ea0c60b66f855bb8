// Real and hostile files from outside, through the browser, where there are any: `IKKER_FIXTURES`, or a folder beside the project.
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { ComposePage } from "../pages/compose.ts";
import { expect, test } from "../support/test.ts";

const folder = process.env.IKKER_FIXTURES ?? join(import.meta.dirname, "../../../shared/fixtures");
/** Files of one post; a few less than it may hold. */
const AT_ONCE = 25;

function files(kind: string): string[] {
  const within = join(folder, kind);
  if (!existsSync(within)) return [];
  const entries = readdirSync(within, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath, entry.name)).sort();
}

const stem = (name: string): string => name.replace(/\.[^.]*$/, "");

/** What must not be taken, whatever else comes. */
const REFUSED = /^(audio_only|html_named|zip_named|zero_bytes|svg_|testWORD_macros|testExternalRefs|testDdeLink|testPDF_js|zip_slip)/;

for (const kind of ["photos", "videos", "documents", "hostile"]) {
  const all = files(kind);
  if (all.length === 0) continue;
  test(`${kind} from outside are made or refused with a reason`, { tag: "@once" }, async ({ page, context, group, watch }) => {
    // Films take as long as they take.
    test.setTimeout(400_000);
    watch.allow(/Failed to load resource: .* 422 /);
    await (await group.teacher("Juf Test")).enter(context);
    const compose = new ComposePage(page, true);
    for (let at = 0; at < all.length; at += AT_ONCE) {
      const chosen = all.slice(at, at + AT_ONCE);
      await compose.begin(group.name, `Van buiten: ${kind}`, "Wat er zoal komt.");
      await compose.files.setInputFiles(chosen);
      await expect(compose.photos.first()).toBeVisible();
      await expect(compose.unfinished).toHaveCount(0, { timeout: 300_000 });
      const ends = await compose.ends();
      for (const name of chosen.map((path) => basename(path))) {
        // A document ends as what it is, not as it was called.
        const end = ends.find((end) => end.name === name) ?? ends.find((end) => stem(end.name) === stem(name));
        expect(end, name).toBeDefined();
        if (end?.state === "failed") expect(end.words.length, name).toBeGreaterThan(10);
        if (REFUSED.test(name)) expect(end?.state, name).toBe("failed");
        else if (kind !== "hostile") expect(end?.state, `${name}: ${end?.words}`).toBe("ready");
      }
    }
  });
}
