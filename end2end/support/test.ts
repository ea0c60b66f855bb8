// What every test stands on: a page that fails the test at any console message, script error or request to elsewhere.
import { expect, test as base, type BrowserContext, type Page } from "@playwright/test";
import { account, type Role } from "./accounts.ts";
import { Group } from "./school.ts";

/** Collects what went wrong on pages, without anybody looking. */
export class Watch {
  readonly problems: string[] = [];
  private readonly allowed: RegExp[] = [];

  constructor(private readonly hasScript: boolean) {}

  /** From now on, problems like this are expected: a refused form is an error to the browser's console. */
  allow(problem: RegExp): void {
    this.allowed.push(problem);
  }

  private note(problem: string): void {
    // Without JavaScript the program that was fetched beforehand is of no use.
    if (!this.hasScript && problem.includes("was preloaded using link preload but not used")) return;
    if (!this.allowed.some((allowed) => allowed.test(problem))) this.problems.push(problem);
  }

  follow(context: BrowserContext, origin: string): void {
    context.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) {
        this.note(`console ${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    context.on("weberror", (error) => this.note(`script error: ${error.error().stack ?? error.error().message}`));
    context.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith("http") && url.origin !== origin) this.note(`request to elsewhere: ${request.url()}`);
    });
    context.on("requestfailed", (request) => {
      // A page that is left drops what it still waited for.
      const why = request.failure()?.errorText ?? "";
      // Where JavaScript is switched off, the browser refuses to load it.
      if (why === "csp" && !this.hasScript && request.url().endsWith(".js")) return;
      if (why !== "net::ERR_ABORTED") this.note(`request failed: ${request.url()} ${why}`);
    });
  }
}

interface Fixtures {
  watch: Watch;
  /** Signs the page's browser in, without the sign-in page. */
  signInAs: (role: Role, nth?: number) => Promise<void>;
  hasScript: boolean;
  /** A group that no other test knows. */
  group: Group;
}

interface WorkerFixtures {
  /** Cookies of people who signed in before: the server limits how often somebody may. */
  cookies: Map<string, Awaited<ReturnType<BrowserContext["cookies"]>>>;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  baseURL: async ({}, use) => {
    await use(process.env.IKKER_E2E_URL);
  },
  hasScript: async ({ javaScriptEnabled }, use) => {
    await use(javaScriptEnabled !== false);
  },
  cookies: [async ({}, use) => use(new Map()), { scope: "worker" }],
  watch: [
    async ({ context, baseURL, hasScript }, use) => {
      const watch = new Watch(hasScript);
      watch.follow(context, new URL(baseURL ?? "").origin);
      await context.addInitScript(noteHydration);
      await use(watch);
      expect(watch.problems, "problems seen by the browser").toEqual([]);
    },
    { auto: true },
  ],
  group: async ({}, use) => {
    const group = await Group.make();
    await use(group);
    await group.leave();
  },
  signInAs: async ({ context, baseURL, cookies }, use) => {
    await use(async (role, nth = 0) => {
      const { email, password } = account(role, nth);
      const known = cookies.get(email);
      if (known) return context.addCookies(known);
      const answer = await context.request.post("/api/account/sign-in", {
        form: { email, password },
        headers: { origin: baseURL ?? "", accept: "text/html" },
        maxRedirects: 0,
      });
      expect(answer.status(), `${email} signs in`).toBe(303);
      expect(answer.headers().location, `${email} is let in`).toBe("/");
      cookies.set(email, await context.cookies());
    });
  },
});

export { expect };

/** What happens only when the page has come to life, is done then; without JavaScript a page is ready as it is. */
export async function ready(page: Page, hasScript: boolean): Promise<void> {
  if (hasScript) await hydrated(page);
}

declare global {
  interface Window {
    routerStarted?: boolean;
    isListening?: boolean;
  }
}

/** The router listens to the history as soon as the page comes to life; tabs tell each other once all of it has, also the parts
 * that are fetched. */
export function noteHydration(): void {
  const listen = window.addEventListener;
  window.addEventListener = function (this: Window, type: string, ...rest: unknown[]) {
    if (type === "popstate") window.routerStarted = true;
    return Reflect.apply(listen, this, [type, ...rest]);
  } as typeof window.addEventListener;
  window.BroadcastChannel = class extends BroadcastChannel {
    constructor(name: string) {
      super(name);
      window.isListening = true;
    }
  };
}

/** Waits until the page has come to life. Who is not signed in has no menu, and hears nothing. */
export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(() => window.routerStarted && (window.isListening || !document.querySelector(".mainnav")));
  await page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))),
  );
}

/** Keeps what a page asks for on its way until it is let go. */
export async function hold(page: Page, what: string): Promise<{ asked: Promise<void>; letGo: () => void }> {
  let reach = () => {};
  let letGo = () => {};
  const asked = new Promise<void>((done) => (reach = done));
  const gone = new Promise<void>((done) => (letGo = done));
  await page.route(what, async (route) => {
    reach();
    await gone;
    await route.continue();
  });
  return { asked, letGo };
}
