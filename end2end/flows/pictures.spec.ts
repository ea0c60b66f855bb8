// Which child is in which picture: asked about exceptions only, covered, named, and taken back.
import { CheckPage } from "../pages/check.ts";
import { ComposePage } from "../pages/compose.ts";
import { PostPage } from "../pages/post.ts";
import { ReviewsPage } from "../pages/reviews.ts";
import { picture } from "../support/pictures.ts";
import type { Child } from "../support/school.ts";
import { expect, hydrated, test } from "../support/test.ts";
import { text } from "../support/texts.ts";

const EXCEPTIONS = ["Aal", "Bor", "Cas"];

test("thirty photos for a group of 28 with three exceptions take five taps", { tag: "@plain" }, async ({ page, context, group, hasScript, watch }) => {
  test.slow();
  watch.allow(/Failed to load resource: .* 409 /);
  for (const name of EXCEPTIONS) await group.child(name);
  const children: Child[] = [];
  for (let n = 0; n < 25; n += 1) children.push(await group.child(`Kind ${n}`));
  const [first, ...others] = children;
  if (!first) throw new Error("no children");
  const parent = await group.guardian(first, "Ouder van velen");
  for (const child of others) await group.alsoGuardian(parent, child);
  for (const child of children) await parent.answerPictures(child, "yes");
  await (await group.teacher("Juf Test")).enter(context);
  const compose = new ComposePage(page, hasScript);
  await compose.begin(group.name, "Herfst", "Dertig keer het bos.");
  await compose.add(...Array.from({ length: 30 }, (_, n) => picture(n)));
  await compose.isReady(30);

  let taps = 0;
  const check = new CheckPage(page);
  const tap = async (press: () => Promise<void>): Promise<void> => {
    taps += 1;
    await press();
  };
  await tap(() => compose.publish());
  for (const name of EXCEPTIONS) {
    await expect(check.question).toContainText(name);
    await tap(() => check.no());
  }
  await tap(() => check.publish());
  await expect(new PostPage(page).title).toHaveText("Herfst");
  expect(taps).toBeLessThanOrEqual(5);
});

test("a child is covered before anybody sees the photo", { tag: "@plain" }, async ({ page, context, group, hasScript, watch }) => {
  watch.allow(/Failed to load resource: .* 409 /);
  const pim = await group.child("Pim");
  await (await group.teacher("Juf Test")).enter(context);
  const compose = new ComposePage(page, hasScript);
  await compose.begin(group.name, "Op het plein", "Iedereen speelt.");
  await compose.add(picture(7));
  await compose.isReady(1);
  await compose.publish();
  const check = new CheckPage(page);
  await check.isIn(1);
  await check.unfoldCover(pim.name);
  if (hasScript) {
    const stage = page.locator(".crop-stage");
    await stage.locator("img").evaluate(async (image: HTMLImageElement) => image.decode());
    await stage.scrollIntoViewIfNeeded();
    const bounds = await stage.boundingBox();
    if (!bounds) throw new Error("no photo to draw on");
    const at = (x: number, y: number): [number, number] => [bounds.x + bounds.width * x, bounds.y + bounds.height * y];
    await page.mouse.move(...at(0.05, 0.05));
    await page.mouse.down();
    await page.mouse.move(...at(0.3, 0.3), { steps: 4 });
    await page.mouse.up();
    await expect(check.number("crop_width")).not.toHaveValue("300");
  }
  await check.number("crop_left").fill("100");
  await check.number("crop_top").fill("100");
  await check.number("crop_width").fill("500");
  await check.number("crop_height").fill("500");
  await check.cover(pim.name);
  await expect(check.question).toHaveText(text("check.settled"));
  await check.publish();
  const post = new PostPage(page);
  await expect(post.pictures).toHaveCount(1);
  if (hasScript) {
    const colour = await post.pictures.first().locator("img").evaluate(async (image: HTMLImageElement) => {
      await image.decode();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      const context = canvas.getContext("2d");
      context?.drawImage(image, 0, 0);
      return [...(context?.getImageData(canvas.width * 0.35, canvas.height * 0.35, 1, 1).data ?? [])].slice(0, 3);
    });
    for (const [n, wanted] of [0x7b, 0x80, 0x86].entries()) expect(Math.abs((colour[n] ?? 0) - wanted)).toBeLessThan(12);
  }
});

test("a yes that is taken back hides the photo on every open page, and staff look at the others", async ({ page, context, group, watch }) => {
  watch.allow(/Failed to load resource: .* 40[49] /);
  const [lot, sil] = [await group.child("Lot"), await group.child("Sil")];
  const [lots, sils] = [await group.guardian(lot, "Moeder van Lot"), await group.guardian(sil, "Vader van Sil")];
  await lots.answerPictures(lot, "yes");
  await sils.answerPictures(sil, "yes");
  const teacher = await group.teacher("Juf Test");
  await teacher.enter(context);
  const compose = new ComposePage(page, true);
  await compose.begin(group.name, "In het bos", "Twee foto's.");
  await compose.add(picture(1), picture(2));
  await compose.isReady(2);
  // Lot is named in the first.
  await page.getByRole("link", { name: text("names.link") }).click();
  await page.getByLabel(text("names.who")).first().fill("Lot Testman");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /Lot Testman/ })).toBeVisible();
  await page.getByRole("link", { name: text("check.back") }).click();
  await hydrated(page);
  await compose.publish();
  const post = new PostPage(page);
  await expect(post.pictures).toHaveCount(2);
  const id = new URL(page.url()).pathname.split("/").pop() ?? "";

  await sils.enter(context);
  await post.open(id);
  await hydrated(page);
  await expect(post.pictures).toHaveCount(2);
  await lots.answerPictures(lot, "no");
  await expect(post.pictures).toHaveCount(1, { timeout: 2_000 });

  await teacher.enter(context);
  const reviews = new ReviewsPage(page);
  await reviews.open();
  await hydrated(page);
  await expect(page.getByText(text("review.held"))).toBeVisible();
  await reviews.look();
  await reviews.isIn(1, "Lot Testman");
  await sils.enter(context);
  await post.open(id);
  await expect(post.pictures).toHaveCount(0);
});
