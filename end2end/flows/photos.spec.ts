// What is done to photos before anybody else sees them.
import { CheckPage } from "../pages/check.ts";
import { ComposePage } from "../pages/compose.ts";
import { PostPage } from "../pages/post.ts";
import { picture, widePicture } from "../support/pictures.ts";
import { expect, test } from "../support/test.ts";
import { text } from "../support/texts.ts";

test("a photo is turned, and cropped by numbers", { tag: "@plain" }, async ({ page, context, group, hasScript, watch }) => {
  watch.allow(/Failed to load resource: .* (409|422) /);
  await group.child("Bo");
  await (await group.teacher("Juf Test")).enter(context);
  const compose = new ComposePage(page, hasScript);
  await compose.begin(group.name, "Op zijn kant", "En te breed.");
  await compose.add(picture(5));
  await compose.isReady(1);
  expect(await compose.size(0)).toEqual([480, 360]);
  await compose.describe(0).fill("Een paal");
  await compose.turn("foto-5.png");
  await expect.poll(() => compose.size(0)).toEqual([360, 480]);
  await expect(compose.describe(0)).toHaveValue("Een paal");

  await compose.crop("foto-5.png", { left: 0, top: 250, width: 1001, height: 500 });
  await expect(compose.photos.first()).toContainText(text("errors.out_of_range").replace("{min}", "1").replace("{max}", "1000"));
  await compose.crop("foto-5.png", { left: 0, top: 250, width: 500, height: 500 });
  await expect.poll(() => compose.size(0)).toEqual([180, 240]);
  await compose.publish();
  const check = new CheckPage(page);
  await check.no();
  await check.publish();
  await expect(new PostPage(page).pictures).toHaveCount(1);
  await expect(page.getByAltText("Een paal")).toBeVisible();
});

test("a photo is cropped by keys and by a finger", async ({ page, context, group }) => {
  await (await group.teacher("Juf Test")).enter(context);
  const compose = new ComposePage(page, true);
  await compose.begin(group.name, "Bijgesneden", "Met de hand.");
  await compose.add(picture(6));
  await compose.isReady(1);
  const item = await compose.openCrop("foto-6.png");
  const area = item.getByRole("group", { name: text("posts.crop_area") });
  const [left, width] = [item.getByLabel(text("posts.crop_left")), item.getByLabel(text("posts.crop_width"))];
  await area.press("Shift+ArrowLeft");
  await expect(width).toHaveValue("990");
  await area.press("ArrowRight");
  await expect(left).toHaveValue("10");

  const stage = item.locator(".crop-stage");
  // Not under the buttons that stay at the lower edge.
  await stage.evaluate((stage) => stage.scrollIntoView({ block: "center" }));
  const box = await stage.boundingBox();
  if (!box) throw new Error("the photo is not there to be cropped");
  // The lower right corner (the photo's own is round, and nothing is there), to the middle.
  await page.mouse.move(box.x + box.width - 10, box.y + box.height - 10);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(width).toHaveValue(/^(48|49|50)\d$/);
  await item.getByRole("button", { name: text("posts.crop_apply") }).click();
  await expect.poll(async () => (await compose.size(0))[1]).toBeLessThan(190);
});

test("photos are put in order", { tag: "@plain" }, async ({ page, context, group, hasScript }) => {
  await (await group.teacher("Juf Test")).enter(context);
  const compose = new ComposePage(page, hasScript);
  await compose.begin(group.name, "Op volgorde", "Eerst het begin.");
  await compose.add(picture(7), picture(8), picture(9));
  await compose.isReady(3);
  await expect(compose.names).toHaveText(["foto-7.png", "foto-8.png", "foto-9.png"]);
  await compose.moveUp("foto-9.png");
  await expect(compose.names).toHaveText(["foto-7.png", "foto-9.png", "foto-8.png"]);
  if (hasScript) await compose.drag("foto-9.png", "foto-7.png");
  else await compose.moveUp("foto-9.png");
  await expect(compose.names).toHaveText(["foto-9.png", "foto-7.png", "foto-8.png"]);
  await compose.saveDraft();
  await expect(compose.saved).toContainText(text("posts.saved").split(" ")[0] ?? "");
  await page.goto(page.url());
  await expect(compose.names).toHaveText(["foto-9.png", "foto-7.png", "foto-8.png"]);
});

test("a phone's camera is a button away", { tag: "@plain" }, async ({ page, context, group, hasScript }) => {
  await (await group.teacher("Juf Test")).enter(context);
  const compose = new ComposePage(page, hasScript);
  await compose.begin(group.name, "Net gemaakt", "Vers van de camera.");
  await expect(page.getByText(text("posts.take_photo"))).toBeVisible();
  await expect(compose.camera).toHaveAttribute("capture", "environment");
  await compose.camera.setInputFiles(picture(10));
  if (!hasScript) await page.getByRole("button", { name: text("posts.add_chosen") }).click();
  await compose.isReady(1);
});

test("a photo of more pixels than anybody keeps is sent smaller", async ({ page, context, group }) => {
  await (await group.teacher("Juf Test")).enter(context);
  const compose = new ComposePage(page, true);
  await compose.begin(group.name, "Vergezicht", "Heel breed.");
  const wide = widePicture();
  const begun = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/api/media/uploads"));
  await compose.add(wide);
  expect(Number((await begun).headers()["upload-length"])).toBeLessThan(wide.buffer.length);
  await compose.isReady(1);
  await expect(compose.names).toHaveText(["breed.png"]);
  expect(await compose.size(0)).toEqual([480, 120]);
});
