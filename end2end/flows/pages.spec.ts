// Every page: comes to life without a word in the console, is accessible, fits the screen; and a picture of it.
import type { Role } from "../support/accounts.ts";
import { fits, isAccessible, shoot } from "../support/look.ts";
import { expect, hydrated, test } from "../support/test.ts";

interface Stop {
  name: string;
  path: string;
  as?: Role;
}

const stops: Stop[] = [
  { name: "sign-in", path: "/sign-in" },
  { name: "feed", path: "/", as: "guardian" },
  { name: "settings", path: "/settings", as: "guardian" },
  { name: "settings-of-staff", path: "/settings", as: "teacher" },
  { name: "not-found", path: "/there-is-nothing-here", as: "guardian" },
];

for (const { name, path, as } of stops) {
  test(`${name} is well made`, { tag: "@look" }, async ({ page, signInAs, watch }, info) => {
    if (name === "not-found") watch.allow(/Failed to load resource: .* 404 /);
    if (as) await signInAs(as);
    await page.goto(path);
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
