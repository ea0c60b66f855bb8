// Films and documents beside the photos.
import { CheckPage } from "../pages/check.ts";
import { ComposePage } from "../pages/compose.ts";
import { PostPage } from "../pages/post.ts";
import { film, pdf, subtitles } from "../support/films.ts";
import { expect, test } from "../support/test.ts";

test("a film and a document reach the parents", { tag: "@plain" }, async ({ page, context, group, hasScript, watch }) => {
  watch.allow(/Failed to load resource: .* 409 /);
  const child = await group.child("Fem");
  const mother = await group.guardian(child, "Moeder van Fem");
  const teacher = await group.teacher("Juf Test");
  await teacher.enter(context);
  const compose = new ComposePage(page, hasScript);
  await compose.begin(group.name, "De musical", "Kijk maar.");
  await compose.add(film("musical.mp4"), subtitles("musical.srt", "Daar komt de wolf!"), pdf("programma.pdf", "Juf Anna"));
  await compose.isReady(2);
  await expect(page.getByText("de naam Juf Anna")).toBeVisible();
  await compose.publish();
  const check = new CheckPage(page);
  await expect(check.question).toContainText("Fem");
  await expect(check.film).toHaveCount(1);
  await check.no();
  await check.publish();

  const post = new PostPage(page);
  await expect(post.title).toHaveText("De musical");
  const id = new URL(page.url()).pathname.split("/").pop() ?? "";
  await mother.enter(context);
  await page.goto("/");
  await expect(page.getByText("0:02")).toBeVisible();
  await post.open(id);
  await expect(post.film).toHaveAttribute("preload", "none");
  if (hasScript) {
    const asked = page.waitForRequest((request) => request.resourceType() === "media");
    await post.play();
    await expect.poll(() => post.seconds()).toBeGreaterThan(0);
    expect(await (await asked).allHeaders()).toHaveProperty("range");
    await post.seek(1.5);
    await expect.poll(() => post.seconds()).toBeGreaterThanOrEqual(1.5);
    await expect.poll(() => post.shownFrame()).toBe("320x240");
  }
  const source = (await post.film.getAttribute("src")) ?? "";
  const part = await page.request.get(source, { headers: { Range: "bytes=4-7" } });
  expect([part.status(), await part.text()]).toEqual([206, "ftyp"]);
  const track = (await post.film.locator("track").getAttribute("src")) ?? "";
  expect(await (await page.request.get(track)).text()).toContain("Daar komt de wolf!");
  const download = page.waitForEvent("download");
  await post.document("programma.pdf").click();
  expect((await download).suggestedFilename()).toBe("programma.pdf");
});
