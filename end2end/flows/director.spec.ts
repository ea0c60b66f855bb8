// What a director does: who comes in, and who does not.
import { randomUUID } from "node:crypto";
import { AccessPage, JoinPage, RequestPage } from "../pages/access.ts";
import { FeedPage } from "../pages/feed.ts";
import { PeoplePage } from "../pages/people.ts";
import { clear } from "../support/school.ts";
import { expect, ready, test } from "../support/test.ts";
import { text } from "../support/texts.ts";

test("who asks for access is let in, or not, and is told nothing before", { tag: "@plain" }, async ({ page, context, group, hasScript }) => {
  const word = randomUUID().slice(0, 8);
  const child = await group.child("Kees", `Kind${word}`);
  const form = new RequestPage(page);
  const ask = async (name: string, childName: string) => {
    await form.open();
    await ready(page, hasScript);
    await form.ask(name, `${randomUUID()}@end2end.example`, childName);
    await expect(form.sent).toBeVisible();
  };
  // A child that is there and one that is not get the same answer.
  await ask(`Eerste ${word}`, child.name);
  await ask(`Tweede ${word}`, child.name);
  await ask(`Vreemde ${word}`, "Niemand Nergens");

  await group.director.enter(context);
  const queue = new AccessPage(page);
  await queue.open();
  await ready(page, hasScript);
  await expect(queue.request(`Eerste ${word}`)).toContainText(text("access.exact"));
  await expect(queue.request(`Vreemde ${word}`)).toContainText(text("access.no_match"));
  // Two at once.
  await queue.pick(`Eerste ${word}`);
  await queue.pick(`Tweede ${word}`);
  await queue.approve();
  await expect(queue.notice).toBeVisible();
  await expect(queue.request(`Eerste ${word}`)).toHaveCount(0);
  await expect(queue.request(`Tweede ${word}`)).toHaveCount(0);

  // A refusal says why.
  await queue.pick(`Vreemde ${word}`);
  await queue.words.fill("Dit kind zit niet bij ons op school.");
  await queue.reject();
  await expect(queue.request(`Vreemde ${word}`)).toHaveCount(0);
  await expect(page.getByText("Dit kind zit niet bij ons op school.").first()).toBeVisible();
});

test("a refusal without a reason is not taken", { tag: "@plain" }, async ({ page, context, group, hasScript, watch }) => {
  watch.allow(/Failed to load resource: .* 422 /);
  const name = `Zonder reden ${randomUUID().slice(0, 8)}`;
  const form = new RequestPage(page);
  await form.open();
  await form.ask(name, `${randomUUID()}@end2end.example`, "Iemand Anders");
  await expect(form.sent).toBeVisible();
  await group.director.enter(context);
  const queue = new AccessPage(page);
  await queue.open();
  await ready(page, hasScript);
  await queue.pick(name);
  await queue.reject();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(queue.request(name)).toHaveCount(1);
  await expect(queue.words).toHaveAttribute("aria-invalid", "true");
});

test("a guardian is invited with a letter, and joins with its code", { tag: "@plain" }, async ({ page, context, group, hasScript, watch }) => {
  watch.allow(/Failed to load resource: .* 409 /);
  await group.child("Bo");
  const teacher = await group.teacher("Juf Test");
  await group.post(teacher, "Welkom in de groep");
  await group.director.enter(context);
  const people = new PeoplePage(page);
  await people.open();
  await ready(page, hasScript);
  await people.enterGroup(group.name);
  await people.addChild("Tess", "Nieuwkomer");
  await people.viewChild("Tess Nieuwkomer");
  await people.inviteGuardian("Oma van Tess");
  const code = await people.code.innerText();

  await clear(context);
  const join = new JoinPage(page);
  await join.enterCode(code.toLowerCase().replaceAll("-", " "));
  await expect(page.getByText("Tess")).toBeVisible();
  await join.makeAccount(`${randomUUID()}@end2end.example`, "vier woorden op rij");
  await expect(page).toHaveURL("/");
  await expect(new FeedPage(page).card("Welkom in de groep")).toBeVisible();

  // It opens once.
  await clear(context);
  await join.enterCode(code);
  await expect(page.getByRole("alert")).toBeVisible();
});
