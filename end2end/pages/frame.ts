import type { Locator, Page } from "@playwright/test";
import { text, type Language } from "../support/texts.ts";

/** What stands around every page of somebody who is signed in. */
export class Frame {
  readonly menu: Locator;

  constructor(
    readonly page: Page,
    readonly language: Language = "nl",
  ) {
    this.menu = page.getByRole("navigation", { name: text("frame.main_menu", language) });
  }

  /** The entry of the conversations, when this many are unread. */
  unread(count: number): Locator {
    const name = `${text("frame.conversations", this.language)} ${count} ${text("frame.unread", this.language)}`;
    return this.menu.getByRole("link", { name });
  }

  /** Follows an entry of the main menu, by the key of its text. */
  async go(key: string): Promise<void> {
    await this.menu.getByRole("link", { name: text(key, this.language) }).click();
  }
}
