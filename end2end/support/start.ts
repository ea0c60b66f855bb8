// Starts the release server with a fresh demo school, on a free port, and stops it at the end.
import { spawn, execFileSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

export default async function start(): Promise<(() => Promise<void>) | void> {
  // A server that runs already, with a file of accounts: for trying things out.
  if (process.env.IKKER_E2E_URL && process.env.IKKER_E2E_ACCOUNTS) return;

  const server = resolve(root, process.env.IKKER_E2E_SERVER ?? "target/release/ikker");
  const folder = mkdtempSync(join(tmpdir(), "ikker-e2e-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = join(folder, "log");
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    IKKER_DATA_DIR: join(folder, "data"),
    IKKER_SITE_DIR: process.env.IKKER_SITE_DIR ?? join(root, "target/site"),
    IKKER_LISTEN: `127.0.0.1:${port}`,
    IKKER_PUBLIC_URL: url,
  };
  if (process.env.IKKER_E2E_DATABASE_URL) environment.IKKER_DATABASE_URL = process.env.IKKER_E2E_DATABASE_URL;

  let child: ChildProcess | undefined;
  const stop = async () => {
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((done) => child?.once("exit", done));
      child.kill("SIGTERM");
      const late = setTimeout(() => child?.kill("SIGKILL"), 10_000);
      await ended;
      clearTimeout(late);
    }
    rmSync(folder, { recursive: true, force: true });
  };

  try {
    const demo = execFileSync(server, ["demo", "--json"], {
      env: environment,
      maxBuffer: 1 << 26,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const accounts = join(folder, "accounts.json");
    writeFileSync(accounts, demo);

    const output = openSync(log, "w");
    child = spawn(server, ["serve"], { env: environment, stdio: ["ignore", output, output] });
    await answers(url, child);
    process.env.IKKER_E2E_URL = url;
    process.env.IKKER_E2E_ACCOUNTS = accounts;
    process.env.IKKER_E2E_MAIL = join(folder, "data/mail");
    return stop;
  } catch (error) {
    try {
      process.stderr.write(readFileSync(log, "utf8"));
    } catch {
      // It never got as far as a log.
    }
    await stop();
    throw error;
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? done(address.port) : fail(new Error("no port"))));
    });
  });
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`ikker ended at its start (${child.exitCode})`);
    try {
      await fetch(`${url}/sign-in`);
      return;
    } catch {
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  throw new Error("ikker did not answer within 30 seconds");
}
