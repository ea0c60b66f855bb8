// How the text of a post is written where there is JavaScript: as it will look.
import { CheckPage } from "../pages/check.ts";
import { ComposePage } from "../pages/compose.ts";
import { PostPage } from "../pages/post.ts";
import { picture } from "../support/pictures.ts";
import { expect, ready, test } from "../support/test.ts";
import { text } from "../support/texts.ts";

test.beforeEach(async ({ page, context, group, hasScript }) => {
  await group.child("Bo");
  await (await group.teacher("Juf Test")).enter(context);
  const compose = new ComposePage(page, hasScript);
  await compose.open();
  await ready(page, hasScript);
  await expect(compose.editor).toBeVisible();
});

test("a post is written with the keyboard alone", async ({ page, group }) => {
  const compose = new ComposePage(page, true);
  const { keyboard } = page;
  await page.getByRole("checkbox", { name: group.name, exact: true }).focus();
  await keyboard.press("Space");
  await compose.title.focus();
  await keyboard.type("Naar het bos");
  await keyboard.press("Tab");
  await expect(compose.tool("bold")).toBeFocused();
  await keyboard.press("Tab");
  await expect(compose.editor).toBeFocused();

  await keyboard.type("Beste ");
  await keyboard.press("Control+b");
  await keyboard.type("ouders");
  await expect(compose.tool("bold")).toHaveAttribute("aria-pressed", "true");
  await keyboard.press("Control+b");
  await keyboard.type(", kijk op ");
  await keyboard.press("Control+k");
  await expect(page.getByLabel(text("editor.link_address"))).toBeFocused();
  await keyboard.type("javascript:alert(1)");
  await keyboard.press("Enter");
  await expect(page.getByText(text("editor.link_wrong"))).toBeVisible();
  await keyboard.press("Control+a");
  await keyboard.type("www.school.example");
  await keyboard.press("Enter");
  await expect(compose.editor).toBeFocused();
  await keyboard.press("Enter");
  await keyboard.type("- laarzen");
  await keyboard.press("Enter");
  await keyboard.type("regenjas");
  const written = "Beste **ouders**, kijk op [https://www.school.example](<https://www.school.example>)\n\n- laarzen\n- regenjas";
  await expect(compose.body).toHaveValue(written);

  await expect(async () => {
    await keyboard.press("Control+z");
    await expect(compose.body).toHaveValue("", { timeout: 100 });
  }).toPass();
  await expect(async () => {
    await keyboard.press("Control+Shift+z");
    await expect(compose.body).toHaveValue(written, { timeout: 100 });
  }).toPass();

  await expect(compose.tool("list")).toHaveAttribute("aria-pressed", "true");
  await keyboard.press("Enter");
  await keyboard.press("Enter");
  await keyboard.type("Meer");
  await keyboard.press("Alt+F10");
  await keyboard.press("Home");
  await keyboard.press("ArrowRight");
  await keyboard.press("ArrowRight");
  await expect(compose.tool("heading")).toBeFocused();
  await keyboard.press("Enter");
  await expect(compose.tool("heading")).toHaveAttribute("aria-pressed", "true");
  await keyboard.press("Escape");
  await expect(compose.editor).toBeFocused();
  await expect(compose.body).toHaveValue(`${written}\n\n## Meer`);

  await page.getByRole("button", { name: text("posts.publish"), exact: true }).focus();
  await keyboard.press("Enter");
  const post = new PostPage(page);
  await expect(post.title).toHaveText("Naar het bos");
  await expect(post.body.locator("strong")).toHaveText("ouders");
  await expect(post.body.getByRole("listitem")).toHaveText(["laarzen", "regenjas"]);
  await expect(post.body.getByRole("heading", { level: 2 })).toHaveText("Meer");
  await expect(post.body.getByRole("link")).toHaveAttribute("href", "https://www.school.example");
});

test("what is pasted from elsewhere is cleaned, and opened again as it was", async ({ page, group }) => {
  const compose = new ComposePage(page, true);
  await compose.choose(group.name);
  await compose.title.fill("Uit Word");
  await compose.editor.focus();
  await compose.paste(`<html><head><style>p { color: red }</style></head><body><!--StartFragment-->
    <p class=MsoNormal style='margin:0'><b>Meenemen<o:p></o:p></b></p>
    <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;</span></span>een bord</p>
    <p class=MsoNormal><a href="javascript:alert(1)">hier</a><script>alert(1)</script></p><!--EndFragment--></body></html>`);
  const written = "**Meenemen**\n\n- een bord\n\nhier";
  await expect(compose.body).toHaveValue(written);
  await compose.saveDraft();
  await expect(page).toHaveURL(/post=/);
  await page.reload();
  await expect(compose.editor.getByRole("listitem")).toHaveText("een bord");
  await expect(compose.body).toHaveValue(written);
});

test("a photo stands in the text, and a group is mentioned", async ({ page, group, watch }) => {
  watch.allow(/Failed to load resource: .* 409 /);
  const compose = new ComposePage(page, true);
  await compose.choose(group.name);
  await compose.title.fill("Met een foto");
  await compose.add(picture(11));
  await compose.isReady(1);
  await compose.describe(0).fill("Een grote eik");
  await compose.editor.focus();
  await page.keyboard.type("Kijk eens, ");
  await compose.tool("mention").click();
  await page.keyboard.type(group.name.slice(6, 12));
  await expect(page.getByRole("option", { name: group.name })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await compose.tool("photo").click();
  await page.getByRole("group", { name: text("editor.photo") }).getByRole("button", { name: "Een grote eik" }).click();
  await page.keyboard.type("Mooi!");
  await expect(compose.editor.locator("figure img")).toBeVisible();
  await compose.publish();
  const check = new CheckPage(page);
  await check.no();
  await check.publish();
  const post = new PostPage(page);
  await expect(post.title).toHaveText("Met een foto");
  await expect(post.body.locator("figure").getByRole("img", { name: "Een grote eik" })).toBeVisible();
  await expect(post.body.getByRole("link", { name: group.name })).toHaveAttribute("href", `/?group=${group.id}`);
  await expect(post.pictures).toHaveCount(0);
});

test("a photo that is taken out of the post leaves the text at once", async ({ page, group }) => {
  const compose = new ComposePage(page, true);
  await compose.choose(group.name);
  await compose.title.fill("Zonder foto");
  await compose.add(picture(12), picture(13));
  await compose.isReady(2);
  await compose.editor.focus();
  await page.keyboard.type("Kijk eens");
  for (const name of ["foto-12.png", "foto-13.png"]) {
    await compose.tool("photo").click();
    await page.getByRole("group", { name: text("editor.photo") }).getByRole("button", { name }).click();
  }
  await page.keyboard.type("Mooi!");
  const photos = compose.editor.locator("figure");
  await expect(photos).toHaveCount(2);
  const kept = await photos.last().getAttribute("data-media");
  await compose.remove("foto-12.png");
  await expect(photos).toHaveCount(1);
  await expect(compose.body).toHaveValue(`Kijk eens\n\n![](media:${kept})\n\nMooi!`);
  // A photo that looks otherwise is still the same.
  await compose.turn("foto-13.png");
  await expect.poll(() => compose.size(0)).toEqual([360, 480]);
  await expect(photos).toHaveCount(1);
  await compose.saveDraft();
  await expect(page).toHaveURL(/post=/);
  await page.reload();
  await expect(photos).toHaveCount(1);
});
