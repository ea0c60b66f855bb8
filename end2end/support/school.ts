// A group of its own for a test, in the demo school: made by the director as people make it, but without looking at pages.
import { randomUUID } from "node:crypto";
import { request, type APIRequestContext, type BrowserContext } from "@playwright/test";
import { account } from "./accounts.ts";

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

/** Somebody with a session of their own. */
export class Person {
  constructor(
    readonly name: string,
    private readonly client: APIRequestContext,
  ) {}

  static async nobody(name: string): Promise<Person> {
    const origin = process.env.IKKER_E2E_URL ?? "";
    const client = await request.newContext({ baseURL: origin, extraHTTPHeaders: { origin, accept: "text/html" } });
    return new Person(name, client);
  }

  /** Sends a form as a browser without JavaScript does; answers where it leads. */
  async send(path: string, fields: Record<string, string>): Promise<string> {
    return this.post(path, { form: fields });
  }

  /** The same for a form that could hold files. */
  async sendParts(path: string, fields: Record<string, string>): Promise<string> {
    return this.post(path, { multipart: fields });
  }

  private async post(path: string, body: Parameters<APIRequestContext["post"]>[1]): Promise<string> {
    const answer = await this.client.post(path, { ...body, maxRedirects: 0 });
    if (answer.status() !== 303) throw new Error(`${this.name}: ${path} answers ${answer.status()}`);
    return answer.headers().location ?? "";
  }

  async read(path: string): Promise<string> {
    const answer = await this.client.get(path);
    if (!answer.ok()) throw new Error(`${this.name}: ${path} answers ${answer.status()}`);
    return answer.text();
  }

  /** Sits down at a browser that somebody else may have used: their pages are gone before the session changes. */
  async enter(context: BrowserContext): Promise<void> {
    await clear(context);
    const { cookies } = await this.client.storageState();
    await context.addCookies(cookies as Cookies);
  }

  /** As programs other than browsers send the session. */
  async cookie(): Promise<string> {
    const { cookies } = await this.client.storageState();
    return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  }

  /** Answers about photos of a child for its group. */
  async answerPictures(child: Child, answer: "yes" | "no"): Promise<void> {
    const page = await this.read(`/children/${child.id}/preferences`);
    const purpose = /name="purpose" value="([0-9a-f-]{36})"/.exec(page)?.[1] ?? "";
    await this.send("/api/preferences/answer", { child: child.id, purpose, answer });
  }

  async leave(): Promise<void> {
    await this.client.dispose();
  }
}

/** Leaves every page of the browser, and its session: an open page would go on asking, with what the next one may see. */
export async function clear(context: BrowserContext): Promise<void> {
  await Promise.all(context.pages().map((page) => page.goto("about:blank")));
  await context.clearCookies();
}

export interface Child {
  id: string;
  name: string;
}

export class Group {
  private readonly people: Person[] = [];

  private constructor(
    readonly director: Person,
    readonly school: string,
    readonly id: string,
    readonly name: string,
  ) {
    this.people.push(director);
  }

  static async make(): Promise<Group> {
    const { email, password, name } = account("director");
    const director = await Person.nobody(name);
    await director.send("/api/account/sign-in", { email, password });
    const school = /name="school" value="([0-9a-f-]{36})"/.exec(await director.read("/people"))?.[1] ?? "";
    const id = randomUUID();
    const group = new Group(director, school, id, `Groep ${id.slice(0, 8)}`);
    await director.send("/api/people/add-group", { id, school, name: group.name, year: "2026-2027" });
    return group;
  }

  async child(given: string, family = "Testman"): Promise<Child> {
    const id = randomUUID();
    await this.director.send("/api/people/add-child", { id, group: this.id, given_name: given, family_name: family });
    return { id, name: `${given} ${family}` };
  }

  async guardian(child: Child, name: string): Promise<Person> {
    const form = { child: child.id, relation: "mother", scope: "full", name, email: "" };
    return this.join("/api/access/invite-guardian", name, form);
  }

  /** Somebody who has an account is a guardian of another child, too. */
  async alsoGuardian(person: Person, child: Child): Promise<void> {
    const form = { child: child.id, relation: "mother", scope: "full", name: person.name, email: "" };
    await person.send("/api/access/accept", { code: await this.code("/api/access/invite-guardian", form) });
  }

  async teacher(name: string): Promise<Person> {
    const form = { school: this.school, role: "teacher", group: this.id, name, email: "" };
    return this.join("/api/access/invite-staff", name, form);
  }

  /** Invited, and joined with the code of the letter. */
  private async join(path: string, name: string, form: Record<string, string>): Promise<Person> {
    const code = await this.code(path, form);
    const person = await Person.nobody(name);
    this.people.push(person);
    const email = `${randomUUID()}@end2end.example`;
    await person.send("/api/access/join", { code, name, email, password: "een lang genoeg wachtwoord" });
    return person;
  }

  /** The code of the letter of a new invitation. */
  private async code(path: string, form: Record<string, string>): Promise<string> {
    const letter = await this.director.send(path, { id: randomUUID(), ...form });
    const code = /class="code">([0-9A-Z-]+)</.exec(await this.director.read(letter))?.[1];
    if (!code) throw new Error(`no code on ${letter}`);
    return code;
  }

  /** A published post without pictures. */
  async post(author: Person, title: string): Promise<string> {
    const id = randomUUID();
    const fields = { post: id, version: "0", groups: this.id, title, body: "Een **korte** tekst.", do: "publish" };
    await author.sendParts("/api/posts/compose-form", fields);
    return id;
  }

  async leave(): Promise<void> {
    await Promise.all(this.people.map((person) => person.leave()));
  }
}
