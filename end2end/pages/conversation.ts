import type { Locator, Page } from "@playwright/test";
import { text } from "../support/texts.ts";

export class ConversationsPage {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto("/conversations");
  }

  async start(): Promise<void> {
    await this.page.getByRole("link", { name: text("conversations.new") }).click();
  }

  line(subject: string): Locator {
    return this.page.getByRole("listitem").filter({ hasText: subject });
  }

  async enter(subject: string): Promise<void> {
    await this.line(subject).getByRole("link").click();
  }
}

export class NewConversationPage {
  constructor(readonly page: Page) {}

  async begin(subject: string, body: string): Promise<void> {
    await this.page.getByLabel(text("conversations.subject"), { exact: true }).fill(subject);
    await this.page.getByLabel(text("conversations.first_message"), { exact: true }).fill(body);
    await this.page.getByRole("button", { name: text("conversations.start") }).click();
  }
}

export class ConversationPage {
  readonly field: Locator;
  readonly title: Locator;

  constructor(readonly page: Page) {
    this.field = page.getByLabel(text("conversations.your_message"));
    this.title = page.getByRole("heading", { level: 1 });
  }

  /** One that has arrived: what is still on its way does not count. */
  message(words: string): Locator {
    return this.page.locator(".message:not([data-state])").getByText(words, { exact: true });
  }

  async send(words: string): Promise<void> {
    await this.field.fill(words);
    await this.page.getByRole("button", { name: text("conversations.send"), exact: true }).click();
  }
}
