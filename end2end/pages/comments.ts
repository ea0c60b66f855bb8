import type { Locator, Page } from "@playwright/test";
import { text } from "../support/texts.ts";

/** The comments under a post. */
export class Comments {
  readonly section: Locator;

  constructor(readonly page: Page) {
    this.section = page.locator(".comments");
  }

  /** A comment, by what it says. */
  comment(words: string): Locator {
    return this.section.locator(".comment").filter({ hasText: words });
  }

  private thread(words: string): Locator {
    return this.section.locator(".thread").filter({ hasText: words });
  }

  async say(words: string): Promise<void> {
    const form = this.section.locator(`> form`);
    await form.getByLabel(text("comments.write")).fill(words);
    await form.getByRole("button", { name: text("comments.send") }).click();
  }

  async answer(to: string, words: string): Promise<void> {
    const thread = this.thread(to);
    await thread.getByText(text("comments.answer"), { exact: true }).click();
    await thread.getByLabel(text("comments.write")).last().fill(words);
    await thread.getByRole("button", { name: text("comments.send") }).click();
  }

  async change(from: string, to: string): Promise<void> {
    const comment = this.comment(from);
    await comment.getByText(text("posts.edit"), { exact: true }).click();
    await comment.getByLabel(text("comments.write")).fill(to);
    await comment.getByRole("button", { name: text("account.save") }).click();
  }

  async remove(words: string, reason: string): Promise<void> {
    const comment = this.comment(words);
    await comment.getByText(text("comments.remove"), { exact: true }).first().click();
    await comment.getByLabel(text("comments.reason")).fill(reason);
    await comment.getByRole("button", { name: text("comments.remove") }).click();
  }
}
