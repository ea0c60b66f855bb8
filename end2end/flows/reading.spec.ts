// What readers do with posts.
import { Comments } from "../pages/comments.ts";
import { ComposePage } from "../pages/compose.ts";
import { FeedPage } from "../pages/feed.ts";
import { PostPage } from "../pages/post.ts";
import { picture } from "../support/pictures.ts";
import { expect, hydrated, noteHydration, ready, test, Watch } from "../support/test.ts";
import { text } from "../support/texts.ts";

test("parents and teacher talk under a post", { tag: "@plain" }, async ({ page, context, group, hasScript }) => {
  const mother = await group.guardian(await group.child("Lotte"), "Moeder van Lotte");
  const father = await group.guardian(await group.child("Teun"), "Vader van Teun");
  const teacher = await group.teacher("Juf Test");
  const id = await group.post(teacher, "Sinterklaas");
  const [post, comments] = [new PostPage(page), new Comments(page)];

  await mother.enter(context);
  await post.open(id);
  await ready(page, hasScript);
  await comments.say("Wat een leuk idee!");
  await expect(comments.comment("Wat een leuk idee!")).toBeVisible();
  await post.open(id);
  await ready(page, hasScript);
  await comments.change("Wat een leuk idee!", "Wat een goed idee!");
  await expect(comments.comment("Wat een goed idee!")).toContainText(text("comments.edited"));

  await father.enter(context);
  const feed = new FeedPage(page);
  await feed.open();
  await expect(feed.card("Sinterklaas").getByRole("link", { name: /^1 / })).toBeVisible();
  await feed.openPost("Sinterklaas");
  await ready(page, hasScript);
  await comments.answer("Wat een goed idee!", "Dat vinden wij ook.");
  await expect(comments.comment("Dat vinden wij ook.")).toBeVisible();

  // The teacher takes one away; its place says so.
  await teacher.enter(context);
  await post.open(id);
  await ready(page, hasScript);
  await comments.remove("Dat vinden wij ook.", "Dit hoort hier niet.");
  await expect(comments.comment(text("comments.removed"))).toBeVisible();
  await expect(comments.comment("Dat vinden wij ook.")).toBeHidden();
  await father.enter(context);
  await post.open(id);
  await expect(comments.comment(text("comments.removed"))).toContainText("Dit hoort hier niet.");
});

test("a comment appears on the other's screen, and what is being typed there stays", async ({ page, context, browser, baseURL, group }) => {
  const mother = await group.guardian(await group.child("Fenna"), "Moeder van Fenna");
  const teacher = await group.teacher("Juf Test");
  const id = await group.post(teacher, "Schaatsen");
  const elsewhere = await browser.newContext({ baseURL, locale: "nl-NL" });
  const watch = new Watch(true);
  watch.follow(elsewhere, new URL(baseURL ?? "").origin);
  await elsewhere.addInitScript(noteHydration);
  await teacher.enter(elsewhere);
  await mother.enter(context);
  const school = await elsewhere.newPage();
  await new PostPage(school).open(id);
  await hydrated(school);
  await new PostPage(page).open(id);
  await hydrated(page);
  const field = page.locator(".comments > form textarea");
  await field.fill("Ik zit nog te typen");
  await new Comments(school).say("Neem een muts mee.");
  await expect(new Comments(page).comment("Neem een muts mee.")).toBeVisible();
  await expect(field).toHaveValue("Ik zit nog te typen");
  expect(watch.problems).toEqual([]);
  await elsewhere.close();
});

test("a teacher sees who has read a post", { tag: "@plain" }, async ({ page, context, group, hasScript }) => {
  const mother = await group.guardian(await group.child("Isa"), "Moeder van Isa");
  await group.guardian(await group.child("Bas"), "Moeder van Bas");
  const teacher = await group.teacher("Juf Test");
  const id = await group.post(teacher, "Gelezen of niet");
  const post = new PostPage(page);
  await mother.enter(context);
  await post.open(id);
  await expect(post.title).toHaveText("Gelezen of niet");
  await teacher.enter(context);
  await post.open(id);
  await ready(page, hasScript);
  await page.getByRole("link", { name: text("readers.link") }).click();
  await expect(page).toHaveURL(`/posts/${id}/readers`);
  await expect(page.locator("[aria-labelledby=done]")).toContainText("Isa Testman");
  await expect(page.locator("[aria-labelledby=open]")).toContainText("Bas Testman");
});

test("a guardian looks through the album of a group", { tag: "@plain" }, async ({ page, signInAs, hasScript }) => {
  await signInAs("guardian", 1);
  await page.goto("/albums");
  await ready(page, hasScript);
  await page.locator(`.link-list a[href^="/albums?group="]`).last().click();
  const album = page.locator(".gallery");
  await expect(album.first().getByRole("link").first()).toBeVisible();
  await album.first().getByRole("link").first().click();
  const post = new PostPage(page);
  await expect(post.place).toHaveText(/^\d+ van \d+$/);
  await page.getByText(text("albums.keep"), { exact: true }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: text("albums.keep_sure") }).click();
  expect((await download).suggestedFilename()).toMatch(/^foto-.*\.webp$/);
});

test("pictures are swiped and paged with the keys", async ({ page, signInAs }) => {
  await signInAs("guardian", 1);
  await new FeedPage(page).open();
  await hydrated(page);
  await page.locator(".mosaic").first().getByRole("link").nth(1).click();
  const post = new PostPage(page);
  await expect(post.place).toHaveText(/^2 van /);
  await expect(page.locator("#picture-2")).toBeInViewport();
  await page.keyboard.press("ArrowRight");
  await expect(post.place).toHaveText(/^3 van /);
  await expect(page.locator("#picture-3")).toBeInViewport();
  await page.locator(".slides").evaluate((strip) => strip.scrollTo({ left: 0 }));
  await expect(post.place).toHaveText(/^1 van /);
  await expect(page).toHaveURL(/picture=1$/);
  await page.keyboard.press("Escape");
  await expect(post.pictures.first()).toBeVisible();
});

test("a picture that is brought nearer becomes finer", async ({ page, context, group }) => {
  const lot = await group.child("Lot");
  const lots = await group.guardian(lot, "Moeder van Lot");
  await lots.answerPictures(lot, "yes");
  await (await group.teacher("Juf Test")).enter(context);
  const compose = new ComposePage(page, true);
  await compose.begin(group.name, "Van dichtbij", "Kijk goed.");
  await compose.add(picture(20, "groot.png", [2000, 1500]));
  await compose.isReady(1);
  await compose.publish();
  const post = new PostPage(page);
  await expect(post.title).toHaveText("Van dichtbij");
  await page.goto(`${page.url()}?picture=1`);
  await hydrated(page);
  const file = (): Promise<string> => page.locator("#picture-1 img").evaluate((image: HTMLImageElement) => image.currentSrc);
  await expect.poll(file).toMatch(/\/medium$/);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setPageScaleFactor", { pageScaleFactor: 3 });
  expect(await page.evaluate(() => visualViewport?.scale)).toBeGreaterThan(2);
  await expect.poll(file).toMatch(/\/large$/);
});

test("a guardian finds an older post", { tag: "@plain" }, async ({ page, context, group, hasScript }) => {
  const mother = await group.guardian(await group.child("Pien"), "Moeder van Pien");
  const teacher = await group.teacher("Juf Test");
  await group.post(teacher, "Boerenkoolfeest");
  await mother.enter(context);
  await new FeedPage(page).open();
  await ready(page, hasScript);
  await page.getByRole("link", { name: text("search.title") }).click();
  await page.getByLabel(text("search.words")).fill("boerenk");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/search\?q=boerenk/);
  await expect(page.locator("mark").first()).toHaveText("Boerenkoolfeest");
  await page.getByRole("link", { name: /Boerenkoolfeest/ }).click();
  await expect(new PostPage(page).title).toHaveText("Boerenkoolfeest");
});

test("a post prints without what is only for the screen", { tag: "@plain" }, async ({ page, context, group }) => {
  const mother = await group.guardian(await group.child("Guus"), "Moeder van Guus");
  const id = await group.post(await group.teacher("Juf Test"), "Om op te hangen");
  await mother.enter(context);
  const post = new PostPage(page);
  await post.open(id);
  await page.emulateMedia({ media: "print" });
  await expect(post.title).toBeVisible();
  await expect(post.body).toBeVisible();
  for (const gone of [".mainnav", ".child-filter", ".footline", ".comments > form", ".back"]) {
    await expect(page.locator(gone).first()).toBeHidden();
  }
});
