// What `cargo xtask bench` asks of a running server, one question a call: node measure.mjs QUESTION ARGUMENTS; answers JSON.
import { randomUUID } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { Agent, request } from "node:http";
import { basename } from "node:path";

const [question, ...rest] = process.argv.slice(2);
const questions = { "sign-in": signIn, page, "cold-load": coldLoad, unfinished, live, streams, upload, withdrawal };
const answer = JSON.stringify(await questions[question](...rest));
// Streams may still be open; but a long answer takes the pipe a while.
process.stdout.write(`${answer}\n`, () => process.exit(0));

/** One request; the body as it came over the wire. */
function ask(url, { method = "GET", headers = {}, body, agent } = {}) {
  return new Promise((done, fail) => {
    const sent = request(url, { method, headers, agent }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts), complete: answer.complete }));
      answer.on("error", fail);
    });
    sent.on("error", fail);
    sent.end(body);
  });
}

function form(url, cookie, values) {
  return ask(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      accept: "text/html",
      origin: new URL(url).origin,
      ...(cookie ? { cookie } : {}),
    },
    body: new URLSearchParams(values).toString(),
  });
}

/** The cookie of a new session. */
async function signIn(origin, email, password) {
  const answer = await form(`${origin}/api/account/sign-in`, "", { email, password });
  const cookies = (answer.headers["set-cookie"] ?? []).map((cookie) => cookie.split(";")[0]);
  const session = cookies.find((cookie) => cookie.startsWith("ikker="));
  if (!session) throw new Error(`${email} can't sign in: ${answer.status} ${answer.headers.location ?? ""}`);
  return session;
}

/** The page's text and how much of it is pictures. */
async function page(url, cookie) {
  const answer = await ask(url, { headers: { cookie } });
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status}`);
  const html = answer.body.toString();
  return { html, posts: html.split("<article").length - 1 };
}

/** What a browser loads to show and bring to life a page, without pictures; bytes in brotli. */
async function coldLoad(url, cookie) {
  const take = async (address) => {
    const answer = await ask(new URL(address, url), { headers: { cookie, "accept-encoding": "br, gzip" } });
    if (answer.status !== 200) throw new Error(`${address}: ${answer.status}`);
    return answer;
  };
  const plain = (await ask(url, { headers: { cookie } })).body.toString();
  const sizes = { [url]: (await take(url)).body.length };
  const wanted = new Set();
  for (const [tag] of plain.matchAll(/<(?:link|script)\b[^>]*>/g)) {
    const rel = tag.match(/\brel="?([\w-]+)/)?.[1];
    const address = tag.match(/\b(?:href|src)="?([^"\s>]+)/)?.[1];
    if (address && (tag.startsWith("<script") || ["stylesheet", "preload", "modulepreload"].includes(rel))) wanted.add(address);
  }
  for (const [, address] of plain.matchAll(/<use[^>]* href="?([^"#\s>]+)#/g)) wanted.add(address);
  for (const address of wanted) {
    const answer = await take(address);
    sizes[address] = answer.body.length;
    if (address.endsWith(".js")) {
      const text = (await ask(new URL(address, url), { headers: { cookie } })).body.toString();
      for (const [, imported] of text.matchAll(/\bfrom\s*"(\.[^"]+)"/g)) wanted.add(new URL(imported, new URL(address, url)).pathname);
    }
  }
  return { requests: Object.keys(sizes).length, bytes: Object.values(sizes).reduce((sum, size) => sum + size, 0), sizes };
}

function quantiles(times) {
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99) };
}

/** Asks for a page again and again on one connection; counts answers without an end. */
async function unfinished(url, cookie, count) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times = [];
  let broken = 0;
  for (let number = 0; number < Number(count); number += 1) {
    const begin = performance.now();
    try {
      const answer = await ask(url, { headers: { cookie }, agent });
      if (answer.status !== 200 || !answer.complete || !answer.body.includes("</html>")) broken += 1;
    } catch {
      broken += 1;
    }
    times.push(performance.now() - begin);
  }
  return { broken, count: Number(count), ...quantiles(times) };
}

/** An open event stream; calls back with each event but the greeting. */
function listen(url, cookie, heard) {
  return new Promise((done, fail) => {
    const sent = request(url, { headers: { accept: "text/event-stream", ...(cookie ? { cookie } : {}) } }, (answer) => {
      if (answer.statusCode !== 200) return fail(new Error(`${url}: ${answer.statusCode}`));
      let text = "";
      answer.on("data", (part) => {
        text += part;
        for (let end; (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) {
          const event = text.slice(0, end);
          if (!event.startsWith(":") && !event.includes("event: hello")) heard(event);
        }
      });
      done(sent);
    });
    sent.on("error", fail);
    sent.end();
  });
}

function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}

/**
 * A guardian takes a yes back while `count` pages are open: milliseconds from the click until the picture's bytes are refused, and
 * until the last open page has been told.
 */
async function withdrawal(origin, cookie, count) {
  const get = async (path) => (await ask(origin + path, { headers: { cookie } })).body.toString();
  const child = (await get("/settings")).match(/\/children\/([0-9a-f-]+)\/preferences/)?.[1];
  const picture = (await get(`/albums?child=${child}`)).match(/\/media\/[0-9a-f-]+\/small[^" ]*/)?.[0];
  const purpose = (await get(`/children/${child}/preferences`)).match(/name="purpose" value="([0-9a-f-]+)"/)?.[1];
  if (!picture || !purpose) throw new Error("this guardian's child is in no picture");
  const status = async () => (await ask(origin + picture, { headers: { cookie } })).status;
  if ((await status()) !== 200) throw new Error("the picture is not shown beforehand");
  let told = 0;
  let all;
  const everybody = new Promise((done) => (all = done));
  const heard = (event) => {
    if (event.includes("pictures") && (told += 1) === Number(count)) all(performance.now());
  };
  for (let number = 0; number < Number(count); number += 1) await listen(`${origin}/live`, cookie, heard);
  const begin = performance.now();
  await form(`${origin}/api/preferences/answer`, cookie, { child, purpose, answer: "no" });
  while ((await status()) === 200);
  const refused = performance.now() - begin;
  const last = await Promise.race([everybody, pause(10_000)]);
  if (last === undefined) throw new Error(`only ${told} of ${count} open pages were told within 10 seconds`);
  return { refused, told: last - begin };
}

/** Milliseconds from the start of a request that writes to the first event that others hear. */
async function latency(streams, write, count) {
  let wake;
  for (const [url, cookie] of streams) await listen(url, cookie, () => wake?.(performance.now()));
  await pause(300);
  const times = [];
  for (let number = 0; number < count; number += 1) {
    const heard = new Promise((done) => (wake = done));
    const begin = performance.now();
    const answered = write(number);
    const time = await Promise.race([heard, pause(5000)]);
    if (time === undefined) throw new Error("nobody heard of it within 5 seconds");
    times.push(time - begin);
    await answered;
    wake = undefined;
    // Later events of the same write are not the next one's.
    await pause(30);
  }
  return quantiles(times);
}

/** From a message in a conversation to the event in the browsers of others; or from `/send` to `/live` of the limit. */
async function live(kind, origin, count, ...people) {
  if (kind === "limit") {
    return latency([[`${origin}/live`, ""]], (number) => ask(`${origin}/send`, { method: "POST", body: `${number}` }), Number(count));
  }
  const cookies = people.map((one) => one.split(" ").at(-1));
  const writer = cookies[0];
  const list = (await page(`${origin}/conversations`, writer)).html;
  const path = list.match(/href="?(\/conversations\/[0-9a-f-]{36})/)?.[1];
  if (!path) throw new Error("the first person has no conversation");
  const { html } = await page(origin + path, writer);
  const sender = [...html.matchAll(/<form\b[^>]*action="?([^"\s>]*\/send)\b[\s\S]*?<\/form>/g)][0];
  if (!sender) throw new Error("the conversation has no form to send with");
  const hidden = [...sender[0].matchAll(/<input\b[^>]*type="?hidden[^>]*>/g)].map(([tag]) => [
    tag.match(/name="?([^"\s>]+)/)[1],
    tag.match(/value="?([^"\s>]*)/)?.[1] ?? "",
  ]);
  const field = sender[0].match(/<textarea\b[^>]*name="?([^"\s>]+)/)?.[1];
  const write = async (number) => {
    // The same id would be the same message, sent twice.
    const values = hidden.map(([name, value]) => [name, name === "id" ? randomUUID() : value]);
    const answer = await form(origin + sender[1], writer, [...values, [field, `Bericht ${number}`]]);
    if (answer.status >= 400) throw new Error(`${sender[1]}: ${answer.status}`);
  };
  return latency(cookies.slice(1).map((cookie) => [`${origin}/live`, cookie]), write, Number(count));
}

/** Opens many event streams and holds them for some seconds; says how many are open. */
async function streams(origin, cookie, count, seconds) {
  let open = 0;
  for (let number = 0; number < Number(count); number += 1) {
    await listen(`${origin}/live`, cookie, () => {}).then(() => (open += 1), () => {});
  }
  process.stderr.write("open\n");
  await pause(Number(seconds) * 1000);
  return { open };
}

/** Milliseconds to send a file: to the limit as it is, to a draft of the portal's by its way for resumable uploads. */
async function upload(kind, origin, file, cookie) {
  const length = statSync(file).size;
  const send = (url, method, headers) =>
    new Promise((done, fail) => {
      const sent = request(url, { method, headers: { "content-length": length, ...headers } }, (answer) => {
        answer.resume();
        answer.on("end", () => (answer.statusCode < 300 ? done() : fail(new Error(`${url}: ${answer.statusCode}`))));
      });
      sent.on("error", fail);
      createReadStream(file).pipe(sent);
    });
  if (kind === "limit") {
    const begin = performance.now();
    await send(`${origin}/upload`, "POST", {});
    return { milliseconds: performance.now() - begin, length };
  }
  const post = randomUUID();
  const saved = await form(`${origin}/api/posts/save`, cookie, { post, version: "0", title: "Meting", body: "" });
  if (saved.status >= 400) throw new Error(`no draft: ${saved.status}`);
  const tus = { "tus-resumable": "1.0.0", origin, cookie };
  const encoded = (text) => Buffer.from(text).toString("base64");
  const begin = performance.now();
  const made = await ask(`${origin}/api/media/uploads`, {
    method: "POST",
    headers: { ...tus, "upload-length": length, "upload-metadata": `filename ${encoded(basename(file))},post ${encoded(post)}` },
  });
  if (made.status !== 201) throw new Error(`no upload: ${made.status} ${made.body}`);
  await send(new URL(made.headers.location, origin), "PATCH", {
    ...tus,
    "content-type": "application/offset+octet-stream",
    "upload-offset": "0",
  });
  return { milliseconds: performance.now() - begin, length };
}
