// The options of a post: what it asks of its readers, for whom it is, and when it is there.
import { ComposePage } from "../pages/compose.ts";
import { FeedPage } from "../pages/feed.ts";
import { PollPage } from "../pages/poll.ts";
import { PostPage } from "../pages/post.ts";
import { text } from "../support/texts.ts";
import { expect, ready, test } from "../support/test.ts";

/** So many days from now, as a field for a moment writes it. */
function inDays(days: number): string {
  return new Date(Date.now() + days * 24 * 3_600_000).toISOString().slice(0, 16);
}

test("a mother confirms what she is asked to, and the teacher sees it", { tag: "@plain" }, async ({ page, context, group, hasScript }) => {
  const child = await group.child("Mees");
  const mother = await group.guardian(child, "Moeder van Mees");
  const teacher = await group.teacher("Juf Test");
  await teacher.enter(context);
  const compose = new ComposePage(page, hasScript);
  await compose.begin(group.name, "Schoolreis", "Neem een **regenjas** mee.");
  await compose.options();
  await compose.tick("options.confirm");
  await compose.fill("options.confirm_by", inDays(3));
  await compose.publish();
  const post = new PostPage(page);
  await expect(post.title).toHaveText("Schoolreis");
  const id = new URL(page.url()).pathname.split("/").pop() ?? "";

  await mother.enter(context);
  await post.open(id);
  await ready(page, hasScript);
  await post.confirm.click();
  await expect(post.confirmed).toBeVisible();
  await expect(post.confirm).toBeHidden();

  await teacher.enter(context);
  await post.open(id);
  await post.readers();
  await expect(page.getByText(text("readers.all_confirmed"))).toBeVisible();
  await expect(page.getByText("Moeder van Mees")).toBeVisible();
});

test("a vote is cast and changed", { tag: "@plain" }, async ({ page, context, group, hasScript }) => {
  const child = await group.child("Guus");
  const father = await group.guardian(child, "Vader van Guus");
  const teacher = await group.teacher("Juf Test");
  await teacher.enter(context);
  const compose = new ComposePage(page, hasScript);
  await compose.begin(group.name, "Ouderavond", "Wanneer komt u?");
  await compose.options();
  await compose.fill("options.poll_question", "Welke avond?");
  await compose.choice(1, "dinsdag");
  await compose.choice(2, "woensdag");
  await compose.fill("options.poll_closes_at", inDays(3));
  await compose.publish();
  const post = new PostPage(page);
  await expect(post.title).toHaveText("Ouderavond");
  const id = new URL(page.url()).pathname.split("/").pop() ?? "";

  await father.enter(context);
  await post.open(id);
  await post.poll();
  await ready(page, hasScript);
  const poll = new PollPage(page);
  await poll.vote("dinsdag");
  await expect(poll.result("1 dinsdag")).toBeVisible();
  await ready(page, hasScript);
  await poll.change("woensdag");
  await expect(poll.result("1 woensdag")).toBeVisible();
});

test("a post for one child is not there for the others", { tag: "@plain" }, async ({ page, context, group, hasScript, watch }) => {
  watch.allow(/Failed to load resource: .* 404 /);
  const [bo, pim] = [await group.child("Bo"), await group.child("Pim")];
  const bos = await group.guardian(bo, "Moeder van Bo");
  const pims = await group.guardian(pim, "Moeder van Pim");
  await (await group.teacher("Juf Test")).enter(context);
  const compose = new ComposePage(page, hasScript);
  await compose.open();
  await ready(page, hasScript);
  const only = page.getByRole("checkbox", { name: group.name, exact: true });
  await only.uncheck();
  await compose.chooseChild(bo.name);
  await compose.write("De bril van Bo", "Die is gevonden.");
  await compose.publish();
  const post = new PostPage(page);
  await expect(post.title).toHaveText("De bril van Bo");
  const id = new URL(page.url()).pathname.split("/").pop() ?? "";

  await bos.enter(context);
  await post.open(id);
  await expect(post.title).toHaveText("De bril van Bo");
  await pims.enter(context);
  await post.open(id);
  await expect(page.getByText("De bril van Bo")).toBeHidden();
  const feed = new FeedPage(page);
  await feed.open();
  await expect(feed.card("De bril van Bo")).toBeHidden();
});

test("a post for later waits among the drafts", { tag: "@plain" }, async ({ page, context, group, hasScript }) => {
  await group.child("Fien");
  await (await group.teacher("Juf Test")).enter(context);
  const compose = new ComposePage(page, hasScript);
  await compose.begin(group.name, "Morgen vrij", "Tot overmorgen.");
  await compose.options();
  await compose.fill("options.publish_at", inDays(2));
  await compose.publish();
  await expect(page).toHaveURL("/drafts");
  await expect(page.getByText(text("options.scheduled_for"))).toBeVisible();
  await expect(page.getByRole("link", { name: "Morgen vrij" })).toBeVisible();
});
