import type { Locator, Page } from "@playwright/test";
import { text, type Language } from "../support/texts.ts";

export class SettingsPage {
  readonly heading: Locator;
  readonly signOut: Locator;
  readonly save: Locator;

  constructor(
    readonly page: Page,
    language: Language = "nl",
  ) {
    this.heading = page.getByRole("heading", { level: 1, name: text("account.settings", language) });
    // Devices have a button of the same name each; this one stands with the name and address.
    this.signOut = page.locator(`form[action="/api/account/sign-out"]`).getByRole("button");
    this.save = page.getByRole("button", { name: text("account.save", language), exact: true });
  }

  async open(): Promise<void> {
    await this.page.goto("/settings");
  }

  async chooseLanguage(name: string): Promise<void> {
    await this.page.getByRole("radio", { name, exact: true }).check();
    await this.save.click();
  }
}
