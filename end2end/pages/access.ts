import type { Locator, Page } from "@playwright/test";
import { text } from "../support/texts.ts";

export class RequestPage {
  readonly sent: Locator;

  constructor(readonly page: Page) {
    this.sent = page.getByRole("heading", { name: text("access.sent_title") });
  }

  async open(): Promise<void> {
    await this.page.goto("/request-access");
  }

  async ask(name: string, email: string, child: string): Promise<void> {
    await this.page.getByLabel(text("access.your_name"), { exact: true }).fill(name);
    await this.page.getByLabel(text("access.email"), { exact: true }).fill(email);
    await this.page.getByLabel(text("access.child_name"), { exact: true }).fill(child);
    await this.page.getByLabel(text("access.relation"), { exact: true }).selectOption("mother");
    await this.page.getByRole("button", { name: text("access.send_request") }).click();
  }
}

/** The director's queue. */
export class AccessPage {
  readonly words: Locator;
  readonly notice: Locator;

  constructor(readonly page: Page) {
    this.words = page.getByLabel(text("access.question_or_reason"));
    this.notice = page.getByRole("status");
  }

  async open(): Promise<void> {
    await this.page.goto("/access");
  }

  request(name: string): Locator {
    return this.page.getByRole("row").filter({ hasText: name });
  }

  async pick(name: string): Promise<void> {
    await this.page.getByRole("checkbox", { name: text("access.pick_request").replace("{name}", name) }).check();
  }

  async approve(): Promise<void> {
    await this.page.getByRole("button", { name: text("access.approve"), exact: true }).click();
  }

  async reject(): Promise<void> {
    await this.page.getByRole("button", { name: text("access.reject"), exact: true }).click();
  }

  async undo(): Promise<void> {
    await this.notice.locator("..").getByRole("button", { name: text("access.undo") }).first().click();
  }
}

export class JoinPage {
  constructor(readonly page: Page) {}

  async enterCode(code: string): Promise<void> {
    await this.page.goto("/join");
    await this.page.getByLabel(text("access.code"), { exact: true }).fill(code);
    await this.page.getByRole("button", { name: text("access.next"), exact: true }).click();
  }

  async makeAccount(email: string, password: string): Promise<void> {
    await this.page.getByLabel(text("access.email"), { exact: true }).fill(email);
    await this.page.getByLabel(text("access.password"), { exact: true }).fill(password);
    await this.page.getByRole("button", { name: text("access.make_account") }).click();
  }
}
