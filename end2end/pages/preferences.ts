import type { Locator, Page } from "@playwright/test";
import { text } from "../support/texts.ts";

export class PreferencesPage {
  readonly open: Locator;

  constructor(readonly page: Page) {
    this.open = page.locator(".consent-head .badge");
  }

  async goto(child: string): Promise<void> {
    await this.page.goto(`/children/${child}/preferences`);
  }

  /** The nth purpose that there is something to answer about, from 0. */
  purpose(nth: number): Locator {
    return this.page.getByRole("group").nth(nth);
  }

  yes(nth: number): Locator {
    return this.purpose(nth).getByRole("button", { name: text("consent.yes"), exact: true });
  }

  no(nth: number): Locator {
    return this.purpose(nth).getByRole("button", { name: text("consent.no"), exact: true });
  }
}
