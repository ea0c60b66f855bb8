// Every page: comes to life without a word in the console, is accessible, fits the screen; and a picture of it.
import { CheckPage } from "../pages/check.ts";
import { ComposePage } from "../pages/compose.ts";
import { PeoplePage } from "../pages/people.ts";
import { PostPage } from "../pages/post.ts";
import type { Role } from "../support/accounts.ts";
import { isWellMade } from "../support/look.ts";
import { picture } from "../support/pictures.ts";
import { expect, hydrated, test } from "../support/test.ts";
import { text } from "../support/texts.ts";

interface Stop {
  name: string;
  path: string;
  as?: Role;
  nth?: number;
  /** What is followed from there, one after another: the addresses are not known beforehand. */
  links?: string[];
}

const stops: Stop[] = [
  { name: "sign-in", path: "/sign-in" },
  { name: "join", path: "/join" },
  { name: "request-access", path: "/request-access" },
  { name: "feed", path: "/", as: "guardian" },
  { name: "post", path: "/", as: "guardian", links: [".post-title a"] },
  { name: "picture", path: "/", as: "guardian", links: [".mosaic a"] },
  { name: "albums", path: "/albums", as: "guardian" },
  { name: "album", path: "/albums", as: "guardian", links: [`a[href^="/albums?group="]`] },
  { name: "search", path: "/search?q=de", as: "guardian" },
  { name: "preferences", path: "/settings", as: "guardian", links: [`a[href^="/children/"]`] },
  { name: "conversations", path: "/conversations", as: "guardian" },
  { name: "conversation", path: "/conversations", as: "guardian", links: [".list a"] },
  { name: "new-conversation", path: "/conversations/new", as: "guardian" },
  { name: "settings", path: "/settings", as: "guardian" },
  { name: "feed-of-staff", path: "/", as: "teacher" },
  { name: "post-of-staff", path: "/", as: "teacher", links: [".post-title a"] },
  { name: "readers", path: "/", as: "director", links: [".post-title a", `a[href$="/readers"]`] },
  { name: "confirmations", path: "/search?q=Waddenstrand", as: "teacher", nth: 1, links: [`main a[href^="/posts/"]`, `a[href$="/readers"]`] },
  { name: "post-for-staff", path: "/", as: "director", links: [".post-title a", `a[href$="/staff"]`] },
  { name: "poll", path: "/search?q=koffie+bakken", as: "teacher", nth: 1, links: [`main a[href^="/posts/"]`, `a[href$="/poll"]`] },
  { name: "compose", path: "/compose", as: "teacher" },
  { name: "drafts", path: "/drafts", as: "teacher", nth: 1 },
  { name: "draft", path: "/drafts", as: "teacher", nth: 1, links: [".list a"] },
  { name: "group-preferences", path: "/settings", as: "teacher", links: [`a[href^="/groups/"]`] },
  { name: "settings-of-staff", path: "/settings", as: "teacher" },
  { name: "reviews", path: "/reviews", as: "director" },
  { name: "coverage", path: "/preferences", as: "director" },
  { name: "purposes", path: "/purposes", as: "director" },
  { name: "purpose", path: "/purposes", as: "director", links: [`main a[href^="/purposes/"]`] },
  { name: "new-purpose", path: "/purposes/new", as: "director" },
  { name: "former-children", path: "/people/former", as: "director" },
  { name: "own-answers", path: "/settings", as: "guardian", links: [`a[href^="/children/"]`, `a[href$="/history"]`] },
  { name: "access", path: "/access", as: "director" },
  { name: "people", path: "/people", as: "director" },
  { name: "people-of-group", path: "/people", as: "director", links: [".tiles li:nth-child(3) a"] },
  { name: "child", path: "/people", as: "director", links: [".tiles li:nth-child(3) a", `a[href^="/people/child/"]`] },
  { name: "staff", path: "/people", as: "director", links: [`a[href^="/people/staff/"]`] },
  { name: "audit", path: "/people/audit", as: "director" },
  { name: "settings-of-director", path: "/settings", as: "director" },
  { name: "access-of-office", path: "/access", as: "office" },
  { name: "not-found", path: "/there-is-nothing-here", as: "guardian" },
];

for (const { name, path, as, nth, links } of stops) {
  test(`${name} is well made`, { tag: "@look" }, async ({ page, signInAs, watch }, info) => {
    if (name === "not-found") watch.allow(/Failed to load resource: .* 404 /);
    if (as) await signInAs(as, nth);
    await page.goto(path);
    for (const link of links ?? []) await page.goto((await page.locator(link).first().getAttribute("href")) ?? "");
    await isWellMade(page, info, name);
  });
}

test("the letter of an invitation is well made", { tag: "@look" }, async ({ page, context, group }, info) => {
  const child = await group.child("Bo", "Briefkind");
  await group.director.enter(context);
  await page.goto(`/people/child/${child.id}`);
  const people = new PeoplePage(page);
  await people.inviteGuardian("Vader van Bo");
  await expect(people.code).toBeVisible();
  await isWellMade(page, info, "letter");
});

test("the picture check is well made", { tag: "@look" }, async ({ page, context, group, watch }, info) => {
  watch.allow(/Failed to load resource: .* 409 /);
  await group.child("Fenna");
  await group.child("Guus");
  await (await group.teacher("Juf Test")).enter(context);
  const compose = new ComposePage(page, true);
  await compose.begin(group.name, "Op de foto", "Kijk eens.");
  await compose.add(picture(1), picture(2), picture(3));
  await compose.isReady(3);
  await compose.publish();
  const check = new CheckPage(page);
  await expect(check.question).toContainText("Fenna");
  await isWellMade(page, info, "check");
  await page.getByRole("link", { name: text("check.yes_show") }).click();
  await expect(page.getByRole("checkbox")).toHaveCount(3);
  await isWellMade(page, info, "check-pictures");
  await page.getByRole("checkbox").first().check();
  await page.getByRole("button", { name: text("check.marked") }).click();
  await check.unfoldCover("Fenna Testman");
  await expect(page.locator(".crop-stage img")).toBeVisible();
  await isWellMade(page, info, "check-blocked");
});

test("names in pictures, and what waits after a withdrawal, are well made", { tag: "@look" }, async ({ page, context, group }, info) => {
  const [noor, teun] = [await group.child("Noor"), await group.child("Teun")];
  const parents = await group.guardian(noor, "Moeder van Noor");
  await group.alsoGuardian(parents, teun);
  for (const child of [noor, teun]) await parents.answerPictures(child, "yes");
  await (await group.teacher("Juf Test")).enter(context);
  const compose = new ComposePage(page, true);
  await compose.begin(group.name, "Sportdag", "Wie is het snelst?");
  await compose.add(picture(1), picture(2), picture(3));
  await compose.isReady(3);
  await page.getByRole("link", { name: text("names.link") }).click();
  for (const child of [noor, teun]) {
    await page.getByLabel(text("names.who")).first().fill(child.name);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: child.name })).toBeVisible();
    await expect(page.getByLabel(text("names.who")).first()).toHaveValue("");
  }
  await isWellMade(page, info, "names");
  await page.getByRole("link", { name: text("check.back") }).click();
  await hydrated(page);
  await compose.publish();
  await expect(new PostPage(page).title).toHaveText("Sportdag");
  await parents.answerPictures(noor, "no");
  await page.goto("/");
  await isWellMade(page, info, "feed-with-reviews");
  await page.getByRole("link", { name: text("review.look"), exact: true }).click();
  await expect(page.getByText(text("review.held"))).toBeVisible();
  await isWellMade(page, info, "reviews-open");
  await page.getByRole("link", { name: text("review.look"), exact: true }).click();
  await expect(page.getByRole("checkbox")).toHaveCount(2);
  await isWellMade(page, info, "review");
});

test("the menu leads from page to page without loading anew", async ({ page, signInAs }) => {
  await signInAs("guardian");
  await page.goto("/");
  await hydrated(page);
  await page.evaluate(() => document.documentElement.setAttribute("data-same-document", ""));
  await page.locator(`.mainnav a[href="/settings"]`).click();
  await expect(page).toHaveURL("/settings");
  await expect(page.locator("h1")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-same-document", "");
  await page.goBack();
  await expect(page).toHaveURL("/");
});
