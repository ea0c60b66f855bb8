import { expect, type Locator, type Page } from "@playwright/test";
import { text } from "../support/texts.ts";

type File = { name: string; mimeType: string; buffer: Buffer };

export class ComposePage {
  readonly title: Locator;
  /** What the form sends of the text; hidden where the editor stands in its place. */
  readonly body: Locator;
  readonly editor: Locator;
  readonly files: Locator;
  readonly photos: Locator;
  readonly saved: Locator;
  readonly problem: Locator;

  constructor(
    readonly page: Page,
    private readonly hasScript: boolean,
  ) {
    this.title = page.getByLabel(text("posts.title"), { exact: true });
    this.body = page.locator('textarea[name="body"]');
    this.editor = page.locator("ikker-editor [contenteditable]");
    this.files = page.locator(`input[type="file"]`);
    this.photos = page.getByRole("list", { name: text("posts.photos") }).getByRole("listitem");
    this.saved = page.getByRole("status");
    this.problem = page.getByRole("alert");
  }

  async open(): Promise<void> {
    await this.page.goto("/compose");
  }

  async choose(group: string): Promise<void> {
    await this.page.getByRole("checkbox", { name: group, exact: true }).check();
  }

  async write(title: string, body: string): Promise<void> {
    await this.title.fill(title);
    await this.writeBody(body);
  }

  /** Markdown; where there is an editor, as code of the page would change the text. */
  async writeBody(body: string): Promise<void> {
    if (!this.hasScript) return this.body.fill(body);
    await this.body.evaluate((field: HTMLTextAreaElement, body) => {
      field.value = body;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }, body);
  }

  /** A button of the editor, by the key of its label. */
  tool(name: string): Locator {
    return this.page.getByRole("toolbar", { name: text("editor.toolbar") }).getByRole("button", { name: text(`editor.${name}`), exact: true });
  }

  /** Pastes as from another program. */
  async paste(html: string): Promise<void> {
    await this.editor.evaluate((editor, html) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/html", html);
      editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, html);
  }

  /** Unfolds the options. */
  async options(): Promise<void> {
    await this.page.getByText(text("options.options"), { exact: true }).first().click();
  }

  async tick(key: string): Promise<void> {
    await this.page.getByRole("checkbox", { name: text(key) }).check();
  }

  /** Fills a field of the options; a moment as `2026-11-16T10:00`. */
  async fill(key: string, value: string): Promise<void> {
    await this.page.getByLabel(text(key), { exact: false }).first().fill(value);
  }

  async choice(n: number, value: string): Promise<void> {
    await this.page.getByLabel(text("options.poll_choice").replace("{n}", String(n)), { exact: true }).fill(value);
  }

  /** Writes to the guardians of this child alone. */
  async chooseChild(name: string): Promise<void> {
    await this.page.getByText(text("options.for_children"), { exact: true }).first().click();
    await this.page.getByRole("checkbox", { name }).check();
  }

  /** Adds files; those that can be used stand among the photos afterwards. */
  async add(...files: File[]): Promise<void> {
    await this.files.setInputFiles(files);
    if (!this.hasScript) await this.page.getByRole("button", { name: text("posts.add_chosen") }).click();
  }

  /** Waits until this many photos are made. */
  async isReady(count: number): Promise<void> {
    const made = this.page.locator(`.tray-item[data-state="ready"]`);
    await expect(async () => {
      if (!this.hasScript) await this.page.goto(this.page.url());
      await expect(made).toHaveCount(count, { timeout: this.hasScript ? 10_000 : 300 });
    }).toPass({ timeout: 15_000 });
  }

  describe(index: number): Locator {
    return this.photos.nth(index).getByLabel(text("posts.photo_alt"));
  }

  async remove(name: string): Promise<void> {
    await this.page.getByRole("button", { name: `${text("posts.photo_remove")}: ${name}` }).click();
  }

  async saveDraft(): Promise<void> {
    await this.page.getByRole("button", { name: text("posts.save_draft") }).click();
  }

  async publish(): Promise<void> {
    await this.page.getByRole("button", { name: text("posts.publish"), exact: true }).click();
  }

  async publishEdit(): Promise<void> {
    await this.page.getByRole("button", { name: text("posts.publish_edit") }).click();
  }
}
