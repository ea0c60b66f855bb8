import type { Locator, Page } from "@playwright/test";
import { text } from "../support/texts.ts";

/** Who is in the pictures? */
export class CheckPage {
  readonly question: Locator;
  readonly film: Locator;

  constructor(readonly page: Page) {
    this.question = page.getByRole("heading", { level: 1 });
    this.film = page.locator("video");
  }

  async no(): Promise<void> {
    await this.page.getByRole("button", { name: text("check.no"), exact: true }).click();
  }

  /** The child is in these pictures, counted from 1. */
  async isIn(...places: number[]): Promise<void> {
    await this.page.getByRole("link", { name: text("check.yes_show") }).click();
    for (const place of places) await this.page.getByRole("checkbox").nth(place - 1).check();
    await this.page.getByRole("button", { name: text("check.marked") }).click();
  }

  async onlyForParentsOf(name: string): Promise<void> {
    await this.page.getByRole("button", { name: text("check.only_parents").replace("{name}", name) }).click();
  }

  /** Opens what covers a child in the first photo. */
  async unfoldCover(name: string): Promise<void> {
    await this.page.locator("summary", { hasText: text("check.cover").replace("{name}", name) }).first().click();
  }

  /** A number of the region, by the key of its label. */
  number(key: string): Locator {
    return this.page.getByLabel(text(`posts.${key}`)).first();
  }

  async cover(name: string): Promise<void> {
    await this.page.getByRole("button", { name: text("check.cover").replace("{name}", name) }).first().click();
  }

  async publish(): Promise<void> {
    await this.page.getByRole("button", { name: text("check.publish"), exact: true }).click();
  }
}
