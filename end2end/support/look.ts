// How a page looks: pictures for people to see, and axe's rules.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page, TestInfo } from "@playwright/test";
import { expect, hydrated } from "./test.ts";

/** What axe says of colours, which alone are others in the dark. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

/** Saves a picture of the whole page, and fails at what is not well made of it, in the light and in the dark. */
export async function isWellMade(page: Page, info: TestInfo, name: string): Promise<void> {
  await hydrated(page);
  // Fetched by itself, after everything else.
  for (const editor of await page.locator("ikker-editor").all()) await expect(editor.locator("[contenteditable]")).toBeVisible();
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await shoot(page, info.project.name, name);
  await inTheDark(page, () => shoot(page, `${info.project.name}-dark`, name));
  await fits(page);
  await asHighAsThePage(page, async () => {
    const rules = new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]);
    expect(await found(rules), "axe").toEqual([]);
    await inTheDark(page, async () => {
      expect(await found(new AxeBuilder({ page }).withRules(OF_COLOURS)), "axe in the dark").toEqual([]);
    });
  });
}

async function shoot(page: Page, folder: string, name: string): Promise<void> {
  const path = `${import.meta.dirname}/../shots/${folder}/${name}.png`;
  await page.screenshot({ path, fullPage: true, animations: "disabled" });
}

async function inTheDark(page: Page, look: () => Promise<void>): Promise<void> {
  await inColours(page, "dark");
  await look();
  await inColours(page, "light");
}

/** Without one colour going over into the other: what is looked at then is neither. */
async function inColours(page: Page, colorScheme: "dark" | "light"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(() => document.getAnimations().forEach((each) => each instanceof CSSTransition && each.finish()));
}

/** On a screen as high as the page what stays put on the screen covers nothing by chance. */
async function asHighAsThePage(page: Page, look: () => Promise<void>): Promise<void> {
  const screen = page.viewportSize() ?? { width: 1280, height: 800 };
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: screen.width, height: Math.max(height, screen.height) });
  await look();
  await page.setViewportSize(screen);
}

async function found(rules: AxeBuilder): Promise<string[]> {
  const { violations } = await rules.analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${node.html}`).join("\n")}`);
}

/** Fails when the page is wider than the screen. */
async function fits(page: Page): Promise<void> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider, "pixels that the page is wider than the screen").toBeLessThanOrEqual(0);
}
