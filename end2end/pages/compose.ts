import { expect, type Locator, type Page } from "@playwright/test";
import { sizeOf } from "../support/pictures.ts";
import { ready } from "../support/test.ts";
import { text } from "../support/texts.ts";

type File = { name: string; mimeType: string; buffer: Buffer };

export class ComposePage {
  readonly title: Locator;
  /** What the form sends of the text; hidden where the editor stands in its place. */
  readonly body: Locator;
  readonly editor: Locator;
  readonly files: Locator;
  /** What opens the camera of a phone. */
  readonly camera: Locator;
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
    this.files = page.getByLabel(text("posts.add_photos"));
    this.camera = page.getByLabel(text("posts.take_photo"));
    this.photos = page.getByRole("list", { name: text("posts.photos") }).getByRole("listitem");
    this.saved = page.getByRole("status");
    this.problem = page.getByRole("alert");
  }

  async open(): Promise<void> {
    await this.page.goto("/compose");
  }

  /** A new post to a group, ready for what else goes into it. */
  async begin(group: string, title: string, body: string): Promise<void> {
    await this.open();
    await ready(this.page, this.hasScript);
    await this.choose(group);
    await this.write(title, body);
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

  /** Waits until this many photos are made: each takes its time, on a busy machine a second. */
  async isReady(count: number): Promise<void> {
    const timeout = 15_000 + count * 1_500;
    const made = this.page.locator(`.tray-item[data-state="ready"]`);
    await expect(async () => {
      if (!this.hasScript) await this.page.goto(this.page.url());
      await expect(made).toHaveCount(count, { timeout: this.hasScript ? timeout : 300 });
    }).toPass({ timeout });
  }

  /** Files that are on their way or in work. */
  get unfinished(): Locator {
    return this.page.locator('.tray-item:not([data-state="ready"]):not([data-state="failed"])');
  }

  /** What has become of each file. */
  async ends(): Promise<{ name: string; state: string; words: string }[]> {
    return this.page.locator(".tray-item").evaluateAll((items) =>
      items.map((item) => ({
        name: item.querySelector(".tray-name")?.textContent?.trim() ?? "",
        state: item.getAttribute("data-state") ?? "",
        words: item.querySelector(".tray-state")?.textContent?.trim() ?? "",
      })),
    );
  }

  describe(index: number): Locator {
    return this.photos.nth(index).getByLabel(text("posts.photo_alt"));
  }

  /** Writes what stands under a photo. */
  async caption(index: number, words: string): Promise<void> {
    const item = this.photos.nth(index);
    await this.unfold(item, "posts.photo_caption");
    await item.getByRole("textbox", { name: text("posts.photo_caption") }).fill(words);
  }

  /** Width and height of the file behind a photo's thumbnail, in pixels. */
  async size(index: number): Promise<[number, number]> {
    const address = await this.photos.nth(index).locator("img").first().getAttribute("src");
    const answer = await this.page.request.get(address ?? "");
    // While a photo is turned its address is on the way to be another.
    return answer.ok() ? sizeOf(await answer.body()) : [0, 0];
  }

  async turn(name: string): Promise<void> {
    await this.page.getByRole("button", { name: `${text("posts.photo_turn")}: ${name}` }).click();
  }

  /** Unfolds what there is to crop a photo. */
  async openCrop(name: string): Promise<Locator> {
    const item = this.photos.filter({ hasText: name });
    await this.unfold(item, "posts.photo_crop");
    return item;
  }

  /** Until it is open: a photo that has just been turned is shown anew, with its folds closed. */
  private async unfold(item: Locator, summary: string): Promise<void> {
    const fold = item.locator("details").filter({ has: this.page.locator("summary", { hasText: text(summary) }) });
    await expect(async () => {
      if (!(await fold.evaluate((details: HTMLDetailsElement) => details.open))) await fold.locator("summary").click();
      await expect(fold).toHaveAttribute("open", { timeout: 300 });
    }).toPass({ timeout: 10_000 });
  }

  /** Leaves this of a photo, in per mille. */
  async crop(name: string, numbers: { left: number; top: number; width: number; height: number }): Promise<void> {
    const item = this.photos.filter({ hasText: name });
    await expect(async () => {
      await this.openCrop(name);
      for (const [field, number] of Object.entries(numbers)) {
        await item.getByLabel(text(`posts.crop_${field}`), { exact: true }).fill(String(number), { timeout: 500 });
      }
    }).toPass({ timeout: 20_000 });
    await item.getByRole("button", { name: text("posts.crop_apply") }).click();
  }

  async moveUp(name: string): Promise<void> {
    await this.page.getByRole("button", { name: `${text("posts.photo_up")}: ${name}` }).click();
  }

  /** Names of the files, in their order. */
  get names(): Locator {
    return this.photos.locator(".tray-name");
  }

  /** Takes a photo by its grip to before another. */
  async drag(name: string, before: string): Promise<void> {
    const grip = this.photos.filter({ hasText: name }).locator(".tray-grip");
    const target = this.photos.filter({ hasText: before });
    await grip.hover();
    await this.page.mouse.down();
    // Near the edge of the window the page moves along, with each step.
    await expect(async () => {
      const box = await target.boundingBox();
      if (!box) throw new Error(`${before} is not there`);
      await this.page.mouse.move(box.x + box.width / 2, Math.max(5, box.y + 4), { steps: 12 });
      await expect(target).toHaveAttribute("data-drop", "before", { timeout: 200 });
    }).toPass({ timeout: 10_000 });
    await this.page.mouse.up();
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
