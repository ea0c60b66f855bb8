// What a teacher does after school.
import { CheckPage } from "../pages/check.ts";
import { ComposePage } from "../pages/compose.ts";
import { FeedPage } from "../pages/feed.ts";
import { PostPage } from "../pages/post.ts";
import { PreferencesPage } from "../pages/preferences.ts";
import { picture } from "../support/pictures.ts";
import { expect, hold, ready, test } from "../support/test.ts";
import { text } from "../support/texts.ts";

test("a teacher posts photos, asked about the exceptions only", { tag: "@plain" }, async ({ page, context, group, hasScript, watch }) => {
  watch.allow(/Failed to load resource: .* 409 /);
  const [lot, pim] = [await group.child("Lot"), await group.child("Pim")];
  const lots = await group.guardian(lot, "Moeder van Lot");
  const pims = await group.guardian(pim, "Moeder van Pim");
  const teacher = await group.teacher("Juf Test");
  // For Lot everything may; nobody has answered for Pim.
  await lots.enter(context);
  const preferences = new PreferencesPage(page);
  await preferences.goto(lot.id);
  await ready(page, hasScript);
  await preferences.yes(0).click();
  await expect(preferences.yes(0)).toHaveAttribute("aria-pressed", "true");
  // Pressed it is at once; on record when the receipt says so.
  await expect(page.getByText(text("consent.saved"))).toBeVisible();

  await teacher.enter(context);
  const compose = new ComposePage(page, hasScript);
  await compose.begin(group.name, "In het bos", "Wat een **mooie** dag.\n\n- eikels\n- kastanjes");
  await compose.add(picture(1), picture(2));
  await compose.isReady(2);
  await compose.describe(0).fill("Een grote eik");
  await compose.caption(0, "Hier begint het bos");
  await compose.publish();

  const check = new CheckPage(page);
  await expect(check.question).toContainText("Pim");
  await check.isIn(2);
  await check.onlyForParentsOf(pim.name);
  await expect(page.getByRole("main")).not.toContainText("Lot");
  await check.publish();
  const post = new PostPage(page);
  await expect(post.title).toHaveText("In het bos");
  await expect(post.pictures).toHaveCount(2);
  const id = new URL(page.url()).pathname.split("/").pop() ?? "";

  await lots.enter(context);
  await post.open(id);
  await expect(post.pictures).toHaveCount(1);
  await expect(page.getByAltText("Een grote eik")).toBeVisible();
  await page.goto(`/posts/${id}?picture=1`);
  await expect(page.getByText("Hier begint het bos")).toBeVisible();
  await post.open(id);
  await expect(post.body.getByRole("listitem")).toHaveText(["eikels", "kastanjes"]);
  await pims.enter(context);
  await post.open(id);
  await expect(post.pictures).toHaveCount(2);
});

test("a draft is kept, and found again", { tag: "@plain" }, async ({ page, context, group, hasScript }) => {
  await group.child("Fien");
  await (await group.teacher("Juf Test")).enter(context);
  const compose = new ComposePage(page, hasScript);
  await compose.begin(group.name, "Half af", "Hier komt nog wat.");
  await compose.add(picture(3));
  await compose.isReady(1);
  await compose.saveDraft();
  await page.goto("/drafts");
  await page.getByRole("link", { name: "Half af" }).click();
  await expect(compose.title).toHaveValue("Half af");
  await expect(compose.body).toHaveValue("Hier komt nog wat.");
  await expect(compose.photos).toHaveCount(1);
  await ready(page, hasScript);
  await compose.remove("foto-3.png");
  await expect(compose.photos).toHaveCount(0);
  await compose.publish();
  await expect(new PostPage(page).title).toHaveText("Half af");
});

test("what was typed outlives the page", async ({ page, context, group }) => {
  await (await group.teacher("Juf Test")).enter(context);
  const compose = new ComposePage(page, true);
  // Before the pause after which it is saved, the page is closed …
  await compose.begin(group.name, "Net op tijd", "De tab ging dicht.");
  await page.close({ runBeforeUnload: true });
  const next = await context.newPage();
  await expect(async () => {
    await next.goto("/drafts");
    await expect(next.getByRole("link", { name: "Net op tijd" })).toBeVisible({ timeout: 500 });
  }).toPass();
  await next.getByRole("link", { name: "Net op tijd" }).click();
  const again = new ComposePage(next, true);
  await expect(again.body).toHaveValue("De tab ging dicht.");
  await ready(next, true);
  // … or left by a link.
  await again.title.fill("Net op tijd weg");
  await next.getByRole("link", { name: text("posts.drafts") }).first().click();
  await expect(next).toHaveURL(/\/drafts$/);
  await expect(async () => {
    await next.reload();
    await expect(next.getByRole("link", { name: "Net op tijd weg" })).toBeVisible({ timeout: 500 });
  }).toPass();
});

test("what was typed and chosen before the page came to life counts", async ({ page, context, group }) => {
  await (await group.teacher("Juf Snel")).enter(context);
  const compose = new ComposePage(page, true);
  const saved = text("posts.saved").split(" ")[0] ?? "";
  let program = await hold(page, "**/*.wasm");
  await page.goto("/compose", { waitUntil: "commit" });
  await compose.body.fill("Met de eerste sneeuw.");
  program.letGo();
  await expect(compose.saved).toContainText(saved);
  await expect(page).toHaveURL(/post=/);
  const draft = page.url();

  program = await hold(page, "**/*.wasm");
  await page.goto(draft, { waitUntil: "commit" });
  await expect(compose.body).toHaveValue("Met de eerste sneeuw.");
  await compose.files.setInputFiles([picture(33)]);
  await compose.camera.setInputFiles(picture(34));
  program.letGo();
  await compose.isReady(2);
});

test("what was typed without a connection is saved when it is back", async ({ page, context, group, watch }) => {
  watch.allow(/net::ERR_INTERNET_DISCONNECTED|request failed: .*/);
  await (await group.teacher("Juf Test")).enter(context);
  const compose = new ComposePage(page, true);
  await compose.begin(group.name, "In de trein", "Nog zonder tunnel.");
  await compose.saveDraft();
  const saved = text("posts.saved").split(" ")[0] ?? "";
  await expect(compose.saved).toContainText(saved);
  await context.setOffline(true);
  await compose.writeBody("Met tunnel.");
  await expect(compose.saved).toHaveAttribute("data-state", "failed");
  await context.setOffline(false);
  await expect(compose.saved).toContainText(saved);
  await expect(compose.problem).toBeHidden();
  await page.goto("/drafts");
  await page.getByRole("link", { name: "In de trein" }).click();
  await expect(compose.body).toHaveValue("Met tunnel.");
});

test("a file that is no photo is refused, and nothing that was typed is lost", { tag: "@plain" }, async ({ page, context, group, hasScript, watch }) => {
  watch.allow(/Failed to load resource: .* 422 /);
  await (await group.teacher("Juf Test")).enter(context);
  const compose = new ComposePage(page, hasScript);
  await compose.open();
  await ready(page, hasScript);
  await compose.write("Met een foto", "Deze tekst blijft staan.");
  const page_of_script = { name: "vakantie.jpg", mimeType: "image/jpeg", buffer: Buffer.from("<html><script>alert(1)</script>") };
  await compose.add(picture(4), page_of_script);
  await expect(page.getByText("geen foto")).toBeVisible();
  await expect(compose.title).toHaveValue("Met een foto");
  await expect(compose.body).toHaveValue("Deze tekst blijft staan.");
  await expect(compose.photos.filter({ hasText: "foto-4.png" })).toHaveCount(1);
});

test("a post without title or audience says what is missing", { tag: "@plain" }, async ({ page, context, group, hasScript, watch }) => {
  watch.allow(/Failed to load resource: .* 422 /);
  await (await group.teacher("Juf Test")).enter(context);
  const compose = new ComposePage(page, hasScript);
  await compose.open();
  await ready(page, hasScript);
  await compose.writeBody("Alleen tekst.");
  await compose.publish();
  await expect(compose.problem).toBeVisible();
  await expect(compose.title).toHaveAttribute("aria-invalid", "true");
  await expect(compose.body).toHaveValue("Alleen tekst.");
});

test("a post is changed, and taken away", { tag: "@plain" }, async ({ page, context, group, hasScript, watch }) => {
  watch.allow(/Failed to load resource: .* 404 /);
  const child = await group.child("Bo");
  const mother = await group.guardian(child, "Moeder van Bo");
  const teacher = await group.teacher("Juf Test");
  const id = await group.post(teacher, "Morgen gym");
  await teacher.enter(context);
  const post = new PostPage(page);
  await post.open(id);
  await ready(page, hasScript);
  await post.edit();
  const compose = new ComposePage(page, hasScript);
  await expect(compose.title).toHaveValue("Morgen gym");
  await compose.title.fill("Overmorgen gym");
  await compose.publishEdit();
  await expect(post.title).toHaveText("Overmorgen gym");

  await mother.enter(context);
  await post.open(id);
  await expect(post.title).toHaveText("Overmorgen gym");
  await teacher.enter(context);
  await post.open(id);
  await post.delete();
  await expect(page).toHaveURL("/");
  await mother.enter(context);
  await post.open(id);
  await expect(page.getByText("Overmorgen gym")).toBeHidden();
  await new FeedPage(page).open();
  await expect(new FeedPage(page).card("Overmorgen gym")).toBeHidden();
});
