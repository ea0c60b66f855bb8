// Files arrive whole, whatever the connection does.
import { randomUUID } from "node:crypto";
import { stat, writeFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { Upload } from "tus-js-client";
import { ComposePage } from "../pages/compose.ts";
import { largeFilm } from "../support/films.ts";
import { largePicture } from "../support/pictures.ts";
import { expect, hydrated, test } from "../support/test.ts";
import { unsteady } from "../support/unsteady.ts";

const MEGABYTE = 1_000_000;

test("a photo goes on where the connection broke", async ({ page, context, group, baseURL, watch }) => {
  const connection = await unsteady(baseURL ?? "", 3 * MEGABYTE);
  // The same server by another address; and that requests fail is the point.
  watch.allow(new RegExp(`request to elsewhere: ${connection.url}`));
  watch.allow(/request failed: .*\/(api\/media\/uploads|live)/);
  watch.allow(/Failed to load resource: (net::|.* 409 )/);
  await (await group.teacher("Juf Trein")).enter(context);
  const compose = new ComposePage(page, true);
  await page.goto(`${connection.url}/compose`);
  await hydrated(page);
  await compose.choose(group.name);
  await compose.write("Onderweg", "Vanuit de trein.");
  await compose.add(largePicture());
  await compose.isReady(1);
  expect(connection.breaks()).toBeGreaterThan(2);
  await connection.close();
});

test("a file chosen again goes on where the page was closed", async ({ page, context, group, baseURL, watch }, info) => {
  const connection = await unsteady(baseURL ?? "", 3 * MEGABYTE);
  watch.allow(new RegExp(`request to elsewhere: ${connection.url}`));
  watch.allow(/request failed: .*\/(api\/media\/uploads|live)/);
  watch.allow(/Failed to load resource: (net::|.* (404|409) )/);
  await (await group.teacher("Juf Trein")).enter(context);
  // On disk: a file is known again by when it was changed last.
  const file = info.outputPath("groot.png");
  await writeFile(file, largePicture().buffer);
  const compose = new ComposePage(page, true);
  await page.goto(`${connection.url}/compose`);
  await hydrated(page);
  await compose.choose(group.name);
  await compose.write("Onderweg", "Vanuit de trein.");
  await compose.files.setInputFiles(file);
  await expect.poll(() => connection.breaks(), { intervals: [20] }).toBeGreaterThan(0);
  const draft = page.url();
  expect(draft).toContain("post=");
  await page.close();

  const reopened = await context.newPage();
  const sent: string[] = [];
  reopened.on("request", (request) => {
    if (!request.url().includes("/api/media/uploads") || request.method() === "HEAD") return;
    sent.push(`${request.method()} ${request.headers()["upload-offset"] ?? ""}`);
  });
  await reopened.goto(draft);
  await hydrated(reopened);
  const again = new ComposePage(reopened, true);
  await again.files.setInputFiles(file);
  await again.isReady(1);
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.filter((request) => !/^PATCH [1-9]/.test(request))).toEqual([]);
  const kept = () => reopened.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("upload:")));
  await expect.poll(kept).toEqual([]);

  // What the server knows nothing of begins anew.
  await again.remove("groot.png");
  await expect(again.photos).toHaveCount(0);
  sent.length = 0;
  await reopened.evaluate((entry) => localStorage.setItem(...entry), await entryOf(reopened, file));
  await again.files.setInputFiles(file);
  await again.isReady(1);
  expect(sent[0]).toBe("POST ");
  await expect.poll(kept).toEqual([]);
  await connection.close();
});

/** What the browser keeps of an upload of this file that the server has forgotten. */
async function entryOf(page: Page, file: string): Promise<[string, string]> {
  const { size, mtimeMs } = await stat(file);
  const post = new URL(page.url()).searchParams.get("post");
  const name = `upload:${post}:${size}:${Math.floor(mtimeMs)}:groot.png`;
  return [name, `${Date.now() + 60_000} /api/media/uploads/${randomUUID()}`];
}

test("a client of the protocol's makers gets a film of 200 MB in", async ({ group, baseURL }) => {
  const connection = await unsteady(baseURL ?? "", 15 * MEGABYTE);
  const teacher = await group.teacher("Meester Tus");
  const post = randomUUID();
  await teacher.sendParts("/api/posts/compose-form", {
    post,
    version: "0",
    groups: group.id,
    title: "Met tus",
    body: "Tekst",
    do: "save",
  });
  const { buffer } = largeFilm("musical.mp4");
  const cookie = await teacher.cookie();
  await new Promise<void>((done, fail) => {
    const upload = new Upload(buffer, {
      endpoint: `${connection.url}/api/media/uploads`,
      headers: { cookie },
      metadata: { filename: "musical.mp4", post },
      retryDelays: Array<number>(20).fill(50),
      onError: fail,
      onSuccess: () => done(),
    });
    upload.start();
  });
  expect(connection.breaks()).toBeGreaterThan(10);
  const page = () => teacher.read(`/compose?post=${post}`);
  expect(await page()).toContain("musical.mp4");
  await expect.poll(page, { timeout: 30_000 }).toContain('data-state="ready"');
  await connection.close();
});
