// What a parent does, on a phone first.
import { ConversationPage, ConversationsPage, NewConversationPage } from "../pages/conversation.ts";
import { FeedPage } from "../pages/feed.ts";
import { Frame } from "../pages/frame.ts";
import { PostPage } from "../pages/post.ts";
import { PreferencesPage } from "../pages/preferences.ts";
import { expect, hydrated, ready, test } from "../support/test.ts";
import { text } from "../support/texts.ts";

test("a guardian reads what is new about a child", { tag: "@plain" }, async ({ page, context, group, hasScript }) => {
  const [noor, sem] = [await group.child("Noor"), await group.child("Sem")];
  const mother = await group.guardian(noor, "Moeder van Noor");
  const teacher = await group.teacher("Juf Test");
  const other = await group.guardian(sem, "Moeder van Sem");
  await group.post(teacher, "Naar het zwembad");
  await mother.enter(context);

  const feed = new FeedPage(page);
  await feed.open();
  await ready(page, hasScript);
  await expect(feed.newMark("Naar het zwembad")).toBeVisible();
  await feed.ofChild("Noor");
  await expect(page).toHaveURL(/\?child=/);
  await feed.openPost("Naar het zwembad");
  const post = new PostPage(page);
  await expect(post.title).toHaveText("Naar het zwembad");
  await expect(post.body.locator("strong")).toHaveText("korte");
  await new Frame(page).go("frame.news");
  await expect(feed.card("Naar het zwembad")).toBeVisible();
  await expect(feed.newMark("Naar het zwembad")).toBeHidden();

  // For somebody else it is still new.
  await other.enter(context);
  await feed.open();
  await expect(feed.newMark("Naar het zwembad")).toBeVisible();
});

test("a guardian looks at pictures and at older news", { tag: "@plain" }, async ({ page, signInAs, hasScript }) => {
  await signInAs("guardian", 1);
  await new FeedPage(page).open();
  await ready(page, hasScript);
  const album = page.locator(".mosaic").first();
  await album.getByRole("link").nth(1).click();
  const post = new PostPage(page);
  await expect(post.place).toHaveText(/^2 van \d+$/);
  const loaded = page.locator("#picture-2 img");
  await expect(loaded).toHaveJSProperty("complete", true);
  await post.next();
  await expect(post.place).toHaveText(/^3 van \d+$/);
  await post.back();
  await expect(post.pictures.first()).toBeVisible();

  await new Frame(page).go("frame.news");
  const titles = page.getByRole("article");
  const newest = await titles.first().innerText();
  await page.getByRole("link", { name: text("posts.older") }).click();
  await expect(page).toHaveURL(/before=/);
  await expect(titles.first()).not.toHaveText(newest);
  await page.getByRole("link", { name: text("posts.newest") }).click();
  await expect(titles.first()).toBeVisible();
});

test("a guardian answers for each purpose, and changes an answer", { tag: "@plain" }, async ({ page, context, group, hasScript }) => {
  const child = await group.child("Mila");
  await (await group.guardian(child, "Vader van Mila")).enter(context);
  await page.goto("/settings");
  await ready(page, hasScript);
  await page.getByRole("link", { name: text("consent.title") }).click();
  const preferences = new PreferencesPage(page);
  await expect(page).toHaveURL(`/children/${child.id}/preferences`);
  await expect(preferences.open).toBeVisible();
  // Nothing is chosen beforehand.
  await expect(preferences.yes(0)).toHaveAttribute("aria-pressed", "false");
  await expect(preferences.no(0)).toHaveAttribute("aria-pressed", "false");

  await preferences.yes(0).click();
  await expect(preferences.yes(0)).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText(text("consent.effective_yes").replace("{name}", "Mila"))).toBeVisible();
  await preferences.no(1).click();
  await expect(preferences.no(1)).toHaveAttribute("aria-pressed", "true");
  await preferences.no(0).click();
  await expect(preferences.no(0)).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText(text("consent.effective_yes").replace("{name}", "Mila"))).toBeHidden();
  await page.reload();
  await expect(preferences.no(0)).toHaveAttribute("aria-pressed", "true");
  await expect(preferences.no(1)).toHaveAttribute("aria-pressed", "true");
});

test("a guardian asks the teacher something", { tag: "@plain" }, async ({ page, context, group, hasScript }) => {
  const child = await group.child("Jip");
  const father = await group.guardian(child, "Vader van Jip");
  const teacher = await group.teacher("Meester Test");
  await father.enter(context);
  const conversations = new ConversationsPage(page);
  await conversations.open();
  await ready(page, hasScript);
  await conversations.start();
  await new NewConversationPage(page).begin("Een wiebeltand", "Jip heeft een losse tand.");
  const conversation = new ConversationPage(page);
  await expect(conversation.title).toContainText("Een wiebeltand");
  await expect(conversation.message("Jip heeft een losse tand.")).toBeVisible();

  // The teacher sees that there is something, and answers.
  await teacher.enter(context);
  await conversations.open();
  await ready(page, hasScript);
  await expect(new Frame(page).unread(1)).toBeVisible();
  await conversations.enter("Een wiebeltand");
  await conversation.send("Dank u, ik let erop.");
  await expect(conversation.message("Dank u, ik let erop.")).toBeVisible();

  await father.enter(context);
  await conversations.open();
  await conversations.enter("Een wiebeltand");
  await expect(conversation.message("Dank u, ik let erop.")).toBeVisible();
});

test("a conversation opens at its latest message", async ({ page, context, group }) => {
  const child = await group.child("Abe");
  const teacher = await group.teacher("Juf Lang");
  const mother = await group.guardian(child, "Moeder van Abe");
  await teacher.enter(context);
  await page.goto(`/conversations/new?child=${child.id}`);
  await new NewConversationPage(page).begin("Een lang verhaal", "Regel.\n".repeat(60));
  const conversation = new ConversationPage(page);
  await expect(conversation.title).toContainText("Een lang verhaal");
  await conversation.send("Het laatste woord.");
  await expect(conversation.message("Het laatste woord.")).toBeVisible();
  const address = page.url();

  await mother.enter(context);
  await page.goto(address);
  await expect(conversation.message("Het laatste woord.")).toBeInViewport();
  const conversations = new ConversationsPage(page);
  await conversations.open();
  await hydrated(page);
  await conversations.enter("Een lang verhaal");
  await expect(conversation.message("Het laatste woord.")).toBeInViewport();
});
