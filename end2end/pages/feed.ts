import type { Locator, Page } from "@playwright/test";
import { text } from "../support/texts.ts";

export class FeedPage {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto("/");
  }

  /** The card of a post. */
  card(title: string): Locator {
    return this.page.getByRole("article", { name: title, exact: true });
  }

  newMark(title: string): Locator {
    return this.card(title).getByText(text("posts.new"), { exact: true });
  }

  async openPost(title: string): Promise<void> {
    await this.card(title).getByRole("link", { name: title, exact: true }).click();
  }

  /** The line that says that there is more. */
  get fresh(): Locator {
    return this.page.getByText(text("posts.fresh"));
  }

  async showFresh(): Promise<void> {
    await this.page.getByRole("status").getByRole("button", { name: text("posts.show_fresh") }).click();
  }

  async ofChild(name: string): Promise<void> {
    const children = this.page.getByRole("navigation", { name: text("frame.child"), exact: true });
    await children.getByRole("link", { name, exact: true }).click();
  }
}
