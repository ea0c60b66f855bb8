import type { Locator, Page } from "@playwright/test";
import { text, type Language } from "../support/texts.ts";

export class SignInPage {
  readonly email: Locator;
  readonly password: Locator;
  readonly submit: Locator;
  readonly problem: Locator;

  constructor(
    readonly page: Page,
    language: Language = "nl",
  ) {
    this.email = page.getByLabel(text("account.email", language), { exact: true });
    this.password = page.getByLabel(text("account.password", language), { exact: true });
    this.submit = page.getByRole("button", { name: text("account.sign_in", language) });
    this.problem = page.getByRole("alert");
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`/sign-in${query}`);
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.email.fill(email);
    await this.password.fill(password);
    await this.submit.click();
  }

  async choose(language: string): Promise<void> {
    await this.page.getByRole("button", { name: language, exact: true }).click();
  }
}
