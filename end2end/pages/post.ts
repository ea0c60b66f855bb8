import type { Locator, Page } from "@playwright/test";
import { text } from "../support/texts.ts";

export class PostPage {
  readonly title: Locator;
  readonly pictures: Locator;
  readonly body: Locator;
  readonly film: Locator;
  /** "2 van 3", while one picture is shown. */
  readonly place: Locator;

  constructor(readonly page: Page) {
    this.title = page.getByRole("heading", { level: 1 });
    this.pictures = page.getByRole("list", { name: text("posts.photos") }).getByRole("link");
    this.body = page.locator(".document");
    this.film = page.locator("video");
    this.place = page.getByRole("navigation", { name: text("posts.photos") }).locator("span").last();
  }

  /** The button that a post has which asks to confirm. */
  get confirm(): Locator {
    return this.page.getByRole("button", { name: text("posts.confirm"), exact: true });
  }

  get confirmed(): Locator {
    return this.page.getByText(text("posts.confirmed"));
  }

  async readers(): Promise<void> {
    await this.page.getByRole("link", { name: text("readers.link") }).click();
  }

  async poll(): Promise<void> {
    await this.page.getByRole("link", { name: text("posts.to_the_poll") }).click();
  }

  async open(id: string): Promise<void> {
    await this.page.goto(`/posts/${id}`);
  }

  document(name: string): Locator {
    return this.page.getByRole("list", { name: text("posts.documents") }).getByRole("link", { name });
  }

  async next(): Promise<void> {
    await this.page.getByRole("link", { name: text("posts.next") }).click();
  }

  async back(): Promise<void> {
    await this.page.getByRole("link", { name: text("posts.back_to_post") }).click();
  }

  async edit(): Promise<void> {
    await this.page.getByRole("link", { name: text("posts.edit"), exact: true }).click();
  }

  async delete(): Promise<void> {
    await this.page.getByText(text("posts.delete"), { exact: true }).click();
    await this.page.getByRole("button", { name: text("posts.delete_sure") }).click();
  }
}
