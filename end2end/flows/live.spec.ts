// What happens on one screen is seen on another, without anybody loading a page anew.
import { randomUUID } from "node:crypto";
import { Comments } from "../pages/comments.ts";
import { ConversationPage, ConversationsPage, NewConversationPage } from "../pages/conversation.ts";
import { FeedPage } from "../pages/feed.ts";
import { Frame } from "../pages/frame.ts";
import { PostPage } from "../pages/post.ts";
import { expect, hold, hydrated, test, Watch } from "../support/test.ts";

test("a message appears on the other's screen within a second", async ({ page, context, browser, baseURL, group }) => {
  const child = await group.child("Roos");
  const mother = await group.guardian(child, "Moeder van Roos");
  const teacher = await group.teacher("Juf Test");
  const elsewhere = await browser.newContext({ baseURL, locale: "nl-NL" });
  const watch = new Watch(true);
  watch.follow(elsewhere, new URL(baseURL ?? "").origin);
  await teacher.enter(elsewhere);
  await mother.enter(context);
  const hers = new FeedPage(page);
  await hers.open();
  await hydrated(page);
  const school = await elsewhere.newPage();

  // The teacher begins; the mother's menu counts.
  await school.goto(`/conversations/new?child=${child.id}`);
  await new NewConversationPage(school).begin("Vergeten jas", "De jas van Roos hangt nog op school.");
  const theirs = new ConversationPage(school);
  await expect(theirs.title).toContainText("Vergeten jas");
  await expect(new Frame(page).unread(1)).toBeVisible();

  // The mother opens it; from then on they talk.
  await new Frame(page).go("frame.conversations");
  await new ConversationsPage(page).enter("Vergeten jas");
  const conversation = new ConversationPage(page);
  await expect(conversation.message("De jas van Roos hangt nog op school.")).toBeVisible();
  await expect(new Frame(page).unread(1)).toBeHidden();
  const words = "Dank u, ik haal hem op.";
  await conversation.field.fill(words);
  const sent = Date.now();
  await conversation.field.press("Tab");
  await page.keyboard.press("Enter");
  await expect(theirs.message(words)).toBeVisible({ timeout: 1_000 });
  test.info().annotations.push({ type: "milliseconds to the other's screen", description: String(Date.now() - sent) });
  await theirs.send("Tot straks!");
  await expect(conversation.message("Tot straks!")).toBeVisible({ timeout: 1_000 });
  expect(watch.problems).toEqual([]);
  await elsewhere.close();
});

test("what happened while the connection was away is there afterwards", async ({ page, context, group, watch }) => {
  watch.allow(/Failed to load resource: .* 503 /);
  const child = await group.child("Sem");
  const mother = await group.guardian(child, "Moeder van Sem");
  const teacher = await group.teacher("Meester Test");
  await mother.enter(context);
  // As behind a proxy while the server restarts: the stream answers with an error, and the browser gives up on it.
  let isAway = true;
  await context.route("**/live?*", (route) => (isAway ? route.fulfill({ status: 503, body: "" }) : route.continue()));
  const feed = new FeedPage(page);
  const refused = page.waitForResponse((answer) => answer.url().includes("/live?") && answer.status() === 503);
  await feed.open();
  await hydrated(page);
  await refused;
  await group.post(teacher, "Intussen geplaatst");
  isAway = false;
  await expect(feed.fresh).toBeVisible({ timeout: 10_000 });
  await feed.showFresh();
  await expect(feed.card("Intussen geplaatst")).toBeVisible();
});

test("what happened before a page could listen is told to it", async ({ page, context, group }) => {
  const mother = await group.guardian(await group.child("Jip"), "Moeder van Jip");
  const teacher = await group.teacher("Meester Test");
  await mother.enter(context);
  const feed = new FeedPage(page);
  // The first page is shown, and its stream still on its way …
  const stream = await hold(page, "**/live?*");
  await feed.open();
  await hydrated(page);
  await group.post(teacher, "Voordat er geluisterd werd");
  stream.letGo();
  await feed.showFresh();
  await expect(feed.fresh).toBeHidden();
  // … and so with a second tab, which hears what the first one reads, while its program is still on its way.
  const second = await context.newPage();
  const program = await hold(second, "**/*.wasm");
  const other = new FeedPage(second);
  await second.goto("/", { waitUntil: "commit" });
  await expect(other.card("Voordat er geluisterd werd")).toBeVisible();
  await group.post(teacher, "Voor het tweede tabblad");
  await expect(feed.fresh).toBeVisible();
  program.letGo();
  await expect(other.fresh).toBeVisible();
  await other.showFresh();
  await expect(other.card("Voor het tweede tabblad")).toBeVisible();
});

test("what happened before a part of the page was fetched is told to it", async ({ page, context, group }) => {
  const mother = await group.guardian(await group.child("Liv"), "Moeder van Liv");
  const teacher = await group.teacher("Meester Test");
  const post = await group.post(teacher, "Wie komt er?");
  await mother.enter(context);
  const held = await hold(page, "**/split_*.wasm");
  await new PostPage(page).open(post);
  await held.asked;
  const words = "Ik kom ook.";
  await teacher.send("/api/comments/add", { post, id: randomUUID(), body: words });
  held.letGo();
  await expect(new Comments(page).comment(words)).toBeVisible();
});

test("a new post is announced, and moves nothing", async ({ page, context, group }) => {
  const mother = await group.guardian(await group.child("Daan"), "Moeder van Daan");
  const another = await group.child("Fien");
  const father = await group.guardian(another, "Vader van Fien");
  const teacher = await group.teacher("Meester Test");
  await group.post(teacher, "Van vorige week");
  await mother.enter(context);
  const feed = new FeedPage(page);
  await feed.open();
  await hydrated(page);
  await group.post(teacher, "Zojuist geplaatst");
  await expect(feed.fresh).toBeVisible();
  await expect(feed.card("Zojuist geplaatst")).toBeHidden();

  // Whoever answers about photos lets every page of the school look again.
  const again = await hold(page, "**/api/posts/feed?*");
  const answered = page.waitForResponse("**/api/posts/feed?*");
  await father.answerPictures(another, "yes");
  await again.asked;
  await expect(feed.card("Van vorige week")).toBeVisible();
  again.letGo();
  await answered;
  await hydrated(page);
  await expect(feed.card("Van vorige week")).toBeVisible();
  await expect(feed.card("Zojuist geplaatst")).toBeHidden();

  await feed.showFresh();
  await expect(feed.card("Zojuist geplaatst")).toBeVisible();
  await expect(feed.fresh).toBeHidden();
});
