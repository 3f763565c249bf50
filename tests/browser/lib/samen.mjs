// Starts the real program with its made-up country, as a visitor would find it, and stops it again.

import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const START_MS = 180_000;

/** The binary under test: SAMEN_BIN, or the development build. */
export function binary() {
  const target = process.env.CARGO_TARGET_DIR ? resolve(ROOT, process.env.CARGO_TARGET_DIR) : join(ROOT, "target");
  const path = process.env.SAMEN_BIN ?? join(target, "debug", "samen");
  if (!existsSync(path)) {
    throw new Error(`there is no binary at ${path}; run \`cargo build -p samen\`, or set SAMEN_BIN`);
  }
  return path;
}

/**
 * Runs `samen demo` on a free port. Gives its address, the accounts it printed, what it said so far, and a way to stop it.
 * @param {string[]} more further flags
 */
export async function startDemo(more = []) {
  const folder = mkdtempSync(join(tmpdir(), "samen-browser-"));
  const flags = ["demo", "--listen", "127.0.0.1:0", "--no-open", "--print-accounts", "json", "--data", join(folder, "data"), ...more];
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("SAMEN_")));
  const child = spawn(binary(), flags, { cwd: folder, env: environment, stdio: ["ignore", "pipe", "pipe"] });
  const log = [];
  let ended = null;
  child.on("exit", (code, signal) => (ended = signal ?? code));
  const kill = () => child.kill("SIGKILL");
  process.on("exit", kill);

  const stop = async () => {
    process.off("exit", kill);
    if (ended === null) {
      const gone = new Promise((done) => child.once("exit", done));
      child.kill("SIGTERM");
      const hard = setTimeout(kill, 20_000);
      await gone;
      clearTimeout(hard);
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const { url, accounts } = await heard(child, log, () => ended);
    await ready(url);
    const run = (...words) => command([...words, "--data", join(folder, "data")], environment, folder);
    const tell = (input, ...words) => command([...words, "--data", join(folder, "data")], environment, folder, input);
    return { url, accounts, log: () => log.join("\n"), run, tell, stop };
  } catch (error) {
    await stop();
    throw new Error(`${error.message}; it said:\n${log.join("\n")}`);
  }
}

/** Runs a command beside the demo, on its store, to its end, with this on standard input; gives what it wrote on standard output. */
function command(words, environment, folder, input = "") {
  return new Promise((done, failed) => {
    const how = { cwd: folder, env: environment };
    const child = execFile(binary(), words, how, (error, out, told) => (error ? failed(new Error(`samen ${words[0]}: ${told}`)) : done(out)));
    child.stdin.end(input);
  });
}

/** Waits until the program has named its address and its accounts. */
function heard(child, log, ended) {
  const found = { url: null, accounts: null };
  return new Promise((done, failed) => {
    const late = setTimeout(() => failed(new Error("the demo named no address and accounts in time")), START_MS);
    const finish = (act, value) => {
      clearTimeout(late);
      act(value);
    };
    const read = (line) => {
      log.push(line);
      found.accounts ??= accountsIn(line);
      const port = /127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (port && port !== "0") found.url ??= `http://127.0.0.1:${port}`;
      if (found.url && found.accounts) finish(done, found);
    };
    for (const stream of [child.stdout, child.stderr]) lines(stream, read);
    child.on("error", (error) => finish(failed, error));
    child.on("exit", () => finish(failed, new Error(`the demo ended (${ended()})`)));
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

async function ready(url) {
  const end = Date.now() + START_MS;
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.status === 200) return;
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
