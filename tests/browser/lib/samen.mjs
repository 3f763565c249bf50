// Starts the real program with its made-up country, as a visitor would find it, and stops it again.

import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const START_MS = 400_000;

/** The binary under test: SAMEN_BIN, or the development build. */
export function binary() {
  const target = process.env.CARGO_TARGET_DIR ? resolve(ROOT, process.env.CARGO_TARGET_DIR) : join(ROOT, "target");
  const path = process.env.SAMEN_BIN ?? join(target, "debug", "samen");
  if (!existsSync(path)) {
    throw new Error(`there is no binary at ${path}; run \`./check build\`, or set SAMEN_BIN`);
  }
  return path;
}

/**
 * Serves the made-up country on a free port, on a store of its own. Gives its address, the accounts, what it said so far, and a way to stop it.
 * @param {string[]} more further flags of `samen demo`
 */
export async function startDemo(more = []) {
  const folder = mkdtempSync(join(tmpdir(), "samen-browser-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const { kept, accounts } = await country(more);
    for (const part of ["data", "data.keys"]) cpSync(join(kept, part), join(folder, part), { recursive: true });
    const server = start(["serve", "--listen", "127.0.0.1:0", "--data", join(folder, "data")], folder);
    const stop = () => server.stop().finally(remove);
    const url = await server.said(addressIn).then(ready).catch((error) => stop().then(() => Promise.reject(error)));
    const run = (...words) => command([...words, "--data", join(folder, "data")], folder);
    const tell = (input, ...words) => command([...words, "--data", join(folder, "data")], folder, input);
    return { url, accounts, log: server.log, run, tell, stop };
  } catch (error) {
    remove();
    throw error;
  }
}

/**
 * A made-up country as `samen demo` leaves it, with its accounts. To live a year takes a minute and each test file wants a country of its own: the
 * first file of a run makes it, the others take a copy.
 */
async function country(flags) {
  const mine = join(tmpdir(), `samen-countries-${process.ppid}`);
  for (const other of readdirSync(tmpdir()).filter((name) => /^samen-countries-\d+$/.test(name))) {
    if (!existsSync(`/proc/${other.split("-").at(-1)}`)) rmSync(join(tmpdir(), other), { recursive: true, force: true });
  }
  const kept = join(mine, flags.join("").replace(/[^a-z0-9]+/g, "-"));
  const list = join(kept, "accounts.json");
  mkdirSync(mine, { recursive: true });
  try {
    mkdirSync(kept);
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    await made(kept, list);
    return { kept, accounts: JSON.parse(readFileSync(list, "utf8")) };
  }
  try {
    const flagsOfAll = ["demo", "--listen", "127.0.0.1:0", "--no-open", "--print-accounts", "json", "--data", join(kept, "data")];
    const demo = start([...flagsOfAll, ...flags], kept);
    const accounts = await demo.said(accountsIn).finally(demo.stop);
    writeFileSync(`${list}.new`, JSON.stringify(accounts));
    renameSync(`${list}.new`, list);
    return { kept, accounts };
  } catch (error) {
    rmSync(kept, { recursive: true, force: true });
    throw error;
  }
}

/** Waits until another test file has made the country. */
async function made(kept, list) {
  for (const end = Date.now() + START_MS; !existsSync(list); await new Promise((done) => setTimeout(done, 100))) {
    if (!existsSync(kept)) throw new Error("the country could not be made; another test file says why");
    if (Date.now() > end) throw new Error("the country was not made in time");
  }
}

/** What the program may know of its surroundings: nothing of ours. */
function surroundings() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("SAMEN_")));
}

/** Starts the program. `said` waits for a line in which `read` finds something; `stop` ends it and waits. */
function start(words, folder) {
  const child = spawn(binary(), words, { cwd: folder, env: surroundings(), stdio: ["ignore", "pipe", "pipe"] });
  const log = [];
  let ended = null;
  child.on("exit", (code, signal) => (ended = signal ?? code));
  const kill = () => child.kill("SIGKILL");
  process.on("exit", kill);
  const stop = async () => {
    process.off("exit", kill);
    if (ended !== null) return;
    const gone = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    const hard = setTimeout(kill, 20_000);
    await gone;
    clearTimeout(hard);
  };
  const heard = [];
  for (const stream of [child.stdout, child.stderr]) {
    lines(stream, (line) => {
      log.push(line);
      heard.forEach((hear) => hear(line));
    });
  }
  const said = (read) =>
    new Promise((done, failed) => {
      const fail = (why) => failed(new Error(`samen ${words[0]}: ${why}; it said:\n${log.join("\n")}`));
      const late = setTimeout(() => fail("it did not say in time what was waited for"), START_MS);
      const hear = (line) => {
        const found = read(line);
        if (!found) return;
        clearTimeout(late);
        done(found);
      };
      heard.push(hear);
      log.forEach(hear);
      child.on("error", (error) => fail(error.message));
      child.on("exit", () => {
        clearTimeout(late);
        fail(`it ended (${ended})`);
      });
    });
  return { said, stop, log: () => log.join("\n") };
}

/** Runs a command beside the demo, on its store, to its end, with this on standard input; gives what it wrote on standard output. */
function command(words, folder, input = "") {
  return new Promise((done, failed) => {
    const how = { cwd: folder, env: surroundings() };
    const child = execFile(binary(), words, how, (error, out, told) => (error ? failed(new Error(`samen ${words[0]}: ${told}`)) : done(out)));
    child.stdin.end(input);
  });
}

function lines(stream, read) {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (text) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop();
    parts.forEach(read);
  });
}

function accountsIn(line) {
  if (!line.startsWith("{")) return null;
  try {
    return JSON.parse(line).accounts ?? null;
  } catch {
    return null;
  }
}

function addressIn(line) {
  const port = /127\.0\.0\.1:(\d+)/.exec(line)?.[1];
  return port && port !== "0" ? `http://127.0.0.1:${port}` : null;
}

/** Waits until it is ready; gives the address again. */
async function ready(url) {
  const end = Date.now() + START_MS;
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.status === 200) return url;
    if (Date.now() > end) throw new Error("the demo did not become ready");
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** The account with this role; an error names the roles that are there. */
export function withRole(accounts, role) {
  const found = accounts.find((account) => account.role === role);
  if (!found) throw new Error(`nobody has the role ${role}; there are ${[...new Set(accounts.map((one) => one.role))].join(", ")}`);
  return found;
}
