import { Frame } from "../pages/frame.ts";
import { SignInPage } from "../pages/sign-in.ts";
import { account } from "../support/accounts.ts";
import { expect, hold, hydrated, test } from "../support/test.ts";
import { text } from "../support/texts.ts";

test("a guardian signs in and comes to the news", { tag: "@plain" }, async ({ page, hasScript }) => {
  const { email, password } = account("guardian");
  const door = new SignInPage(page);
  await door.open();
  if (hasScript) await hydrated(page);
  await door.signIn(email, password);
  await expect(page).toHaveURL("/");
  await expect(new Frame(page).menu).toBeVisible();
});

test("whoever wanted another page comes to it", { tag: "@plain" }, async ({ page }) => {
  const { email, password } = account("teacher");
  await page.goto("/settings");
  await expect(page).toHaveURL("/sign-in?next=/settings");
  await new SignInPage(page).signIn(email, password);
  await expect(page).toHaveURL("/settings");
});

test("nobody is led to another site", { tag: "@plain" }, async ({ page }) => {
  const { email, password } = account("office");
  const door = new SignInPage(page);
  await door.open("?next=//example.org/");
  await door.signIn(email, password);
  await expect(page).toHaveURL("/");
});

test("a wrong password says so and keeps the address", { tag: "@plain" }, async ({ page, hasScript, watch }) => {
  // The browser's console calls every refused request an error.
  watch.allow(/^console error: Failed to load resource: .* 4\d\d /);
  const { email } = account("guardian");
  const door = new SignInPage(page);
  await door.open();
  if (hasScript) await hydrated(page);
  await door.signIn(email, "not the password at all");
  await expect(door.problem).toBeVisible();
  await expect(door.email).toHaveValue(email);
  await expect(page.getByRole("heading", { name: text("account.sign_in") })).toBeVisible();
});

test("a wrong and an unknown address get the same answer", { tag: "@plain" }, async ({ page, watch }) => {
  watch.allow(/^console error: Failed to load resource: .* 4\d\d /);
  const door = new SignInPage(page);
  const answers: string[] = [];
  for (const email of [account("guardian", 1).email, "nobody@example.org"]) {
    await door.open();
    await door.signIn(email, "not the password at all");
    answers.push(await door.problem.innerText());
  }
  expect(answers[0]).toBe(answers[1]);
});

test("a page keeps its title while a part of it is on its way", async ({ page }) => {
  const part = await hold(page, "**/split_*.wasm");
  await page.goto("/join");
  await part.asked;
  const title = `${text("access.join_title")} · Ikker`;
  await hydrated(page);
  expect(await page.title()).toBe(title);
  part.letGo();
  await hydrated(page);
  expect(await page.title()).toBe(title);
});

test("the door speaks the chosen language", { tag: "@plain" }, async ({ page }) => {
  const door = new SignInPage(page);
  await door.open();
  await door.choose("English");
  await expect(page.getByRole("heading", { name: text("account.sign_in", "en") })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});
