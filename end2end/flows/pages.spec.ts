// Every page: comes to life without a word in the console, is accessible, fits the screen; and a picture of it.
import type { Role } from "../support/accounts.ts";
import { fits, isAccessible, shoot } from "../support/look.ts";
import { expect, hydrated, test } from "../support/test.ts";

interface Stop {
  name: string;
  path: string;
  as?: Role;
  nth?: number;
  /** What is followed from there: the address is not known beforehand. */
  link?: string;
}

const stops: Stop[] = [
  { name: "sign-in", path: "/sign-in" },
  { name: "join", path: "/join" },
  { name: "request-access", path: "/request-access" },
  { name: "feed", path: "/", as: "guardian" },
  { name: "post", path: "/", as: "guardian", link: ".post-title a" },
  { name: "picture", path: "/", as: "guardian", link: ".mosaic a" },
  { name: "preferences", path: "/settings", as: "guardian", link: `a[href^="/children/"]` },
  { name: "conversations", path: "/conversations", as: "guardian" },
  { name: "conversation", path: "/conversations", as: "guardian", link: ".list a" },
  { name: "new-conversation", path: "/conversations/new", as: "guardian" },
  { name: "settings", path: "/settings", as: "guardian" },
  { name: "feed-of-staff", path: "/", as: "teacher" },
  { name: "post-of-staff", path: "/", as: "teacher", link: ".post-title a" },
  { name: "compose", path: "/compose", as: "teacher" },
  { name: "drafts", path: "/drafts", as: "teacher", nth: 1 },
  { name: "draft", path: "/drafts", as: "teacher", nth: 1, link: ".list a" },
  { name: "group-preferences", path: "/settings", as: "teacher", link: `a[href^="/groups/"]` },
  { name: "settings-of-staff", path: "/settings", as: "teacher" },
  { name: "access", path: "/access", as: "director" },
  { name: "people", path: "/people", as: "director" },
  { name: "people-of-group", path: "/people", as: "director", link: ".tiles li:nth-child(3) a" },
  { name: "staff", path: "/people", as: "director", link: `a[href^="/people/staff/"]` },
  { name: "audit", path: "/people/audit", as: "director" },
  { name: "settings-of-director", path: "/settings", as: "director" },
  { name: "access-of-office", path: "/access", as: "office" },
  { name: "not-found", path: "/there-is-nothing-here", as: "guardian" },
];

for (const { name, path, as, nth, link } of stops) {
  test(`${name} is well made`, { tag: "@look" }, async ({ page, signInAs, watch }, info) => {
    if (name === "not-found") watch.allow(/Failed to load resource: .* 404 /);
    if (as) await signInAs(as, nth);
    await page.goto(path);
    if (link) await page.goto((await page.locator(link).first().getAttribute("href")) ?? "");
    await hydrated(page);
    await shoot(page, info, name);
    await fits(page);
    await isAccessible(page);
  });
}

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
