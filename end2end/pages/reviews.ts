import type { Page } from "@playwright/test";
import { text } from "../support/texts.ts";

/** Photos to look at after a withdrawal. */
export class ReviewsPage {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto("/reviews");
  }

  /** Opens the first review. */
  async look(): Promise<void> {
    await this.page.getByRole("link", { name: text("review.look"), exact: true }).first().click();
  }

  /** The child is in this photo of the first post, counted from 1, and in no other of it. */
  async isIn(place: number, name: string): Promise<void> {
    await this.page.getByRole("checkbox").nth(place - 1).check();
    await this.page.getByRole("button", { name: text("review.save").replace("{name}", name) }).first().click();
  }
}
