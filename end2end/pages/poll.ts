import type { Locator, Page } from "@playwright/test";
import { text } from "../support/texts.ts";

export class PollPage {
  constructor(readonly page: Page) {}

  async vote(answer: string): Promise<void> {
    await this.page.getByRole("radio", { name: answer }).check();
    await this.page.getByRole("button", { name: text("options.vote"), exact: true }).click();
  }

  async change(answer: string): Promise<void> {
    await this.page.getByRole("radio", { name: answer }).check();
    await this.page.getByRole("button", { name: text("options.vote_again") }).click();
  }

  /** The votes of an answer and its words, such as "1 ja". */
  result(line: string): Locator {
    return this.page.getByRole("region", { name: text("options.results") }).getByText(line, { exact: true });
  }
}
