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

  /** Lets the film run, without its sound. */
  async play(): Promise<void> {
    await this.film.evaluate(async (film: HTMLVideoElement) => {
      film.muted = true;
      await film.play();
    });
  }

  /** Goes to a moment of the film, in seconds from its beginning, and waits until it is shown. */
  async seek(seconds: number): Promise<void> {
    await this.film.evaluate(async (film: HTMLVideoElement, seconds) => {
      const there = new Promise((done) => film.addEventListener("seeked", done, { once: true }));
      film.currentTime = seconds;
      await there;
    }, seconds);
  }

  async seconds(): Promise<number> {
    return this.film.evaluate((film: HTMLVideoElement) => film.currentTime);
  }

  /** Size of what is decoded, as `320x240`. */
  async shownFrame(): Promise<string> {
    return this.film.evaluate((film: HTMLVideoElement) => `${film.videoWidth}x${film.videoHeight}`);
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
