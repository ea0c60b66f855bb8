// Files arrive whole, whatever the connection does.
import { randomUUID } from "node:crypto";
import { Upload } from "tus-js-client";
import { ComposePage } from "../pages/compose.ts";
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

test("a client of the protocol's makers gets its file in", async ({ group, baseURL }) => {
  const connection = await unsteady(baseURL ?? "", 2 * MEGABYTE);
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
  const { buffer } = largePicture();
  const cookie = await teacher.cookie();
  await new Promise<void>((done, fail) => {
    const upload = new Upload(buffer, {
      endpoint: `${connection.url}/api/media/uploads`,
      headers: { cookie },
      metadata: { filename: "tus.png", post },
      retryDelays: Array<number>(20).fill(50),
      onError: fail,
      onSuccess: () => done(),
    });
    upload.start();
  });
  expect(connection.breaks()).toBeGreaterThan(3);
  expect(await teacher.read(`/compose?post=${post}`)).toContain("tus.png");
  await connection.close();
});
