import { SettingsPage } from "../pages/settings.ts";
import { SignInPage } from "../pages/sign-in.ts";
import { account } from "../support/accounts.ts";
import { expect, test } from "../support/test.ts";

// Whoever changes something here is nobody whom another test signs in as: tests run side by side.

test("the chosen language stays, on every device", { tag: "@plain" }, async ({ page, signInAs }) => {
  await signInAs("specialist");
  await new SettingsPage(page).open();
  await new SettingsPage(page).chooseLanguage("English");
  await expect(new SettingsPage(page, "en").heading).toBeVisible();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await new SettingsPage(page, "en").chooseLanguage("Nederlands");
  await expect(new SettingsPage(page).heading).toBeVisible();
});

test("signing out ends the session", { tag: "@plain" }, async ({ page }) => {
  const { email, password } = account("office");
  const door = new SignInPage(page);
  await door.open("?next=/settings");
  await door.signIn(email, password);
  const settings = new SettingsPage(page);
  await expect(settings.heading).toBeVisible();
  await settings.signOut.click();
  await expect(page).toHaveURL("/sign-in");
  await page.goto("/settings");
  await expect(page).toHaveURL("/sign-in?next=/settings");
});
