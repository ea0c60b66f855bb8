import type { Locator, Page } from "@playwright/test";
import { text } from "../support/texts.ts";

export class PeoplePage {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto("/people");
  }

  async enterGroup(name: string): Promise<void> {
    await this.page.getByRole("link", { name, exact: true }).click();
  }

  async addChild(given: string, family: string): Promise<void> {
    await this.page.getByText(text("people.new_child"), { exact: true }).click();
    await this.page.getByLabel(text("people.given_name"), { exact: true }).fill(given);
    await this.page.getByLabel(text("people.family_name"), { exact: true }).fill(family);
    await this.page.getByRole("button", { name: text("people.add"), exact: true }).click();
  }

  async viewChild(name: string): Promise<void> {
    await this.page.getByRole("row").filter({ hasText: name }).getByRole("link").click();
  }

  async inviteGuardian(name: string): Promise<void> {
    await this.page.getByText(text("people.invite_guardian"), { exact: true }).click();
    await this.page.getByLabel(text("people.name"), { exact: true }).fill(name);
    await this.page.getByRole("button", { name: text("people.invite"), exact: true }).click();
  }

  /** The code on the letter. */
  get code(): Locator {
    return this.page.locator(".letter-code .code");
  }
}
