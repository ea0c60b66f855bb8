// How a page looks: pictures for people to see, and axe's rules.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page, TestInfo } from "@playwright/test";
import { expect } from "./test.ts";

/** Saves a picture of the whole page as `shots/{project}/{name}.png`. */
export async function shoot(page: Page, info: TestInfo, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({
    path: `${import.meta.dirname}/../shots/${info.project.name}/${name}.png`,
    fullPage: true,
    animations: "disabled",
  });
}

/** Fails at anything axe finds against WCAG 2.2 AA or its own good practice. */
export async function isAccessible(page: Page): Promise<void> {
  // On a screen as high as the page: what stays put on the screen covers nothing by chance.
  const width = page.viewportSize()?.width ?? 1280;
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height });
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${node.html}`).join("\n")}`);
  expect(found, "axe").toEqual([]);
}

/** Fails when the page is wider than the screen. */
export async function fits(page: Page): Promise<void> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider, "pixels that the page is wider than the screen").toBeLessThanOrEqual(0);
}
