// A real Chromium that may talk to one server only, with axe for the rules of WCAG that a machine can check.

import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import { chromium } from "playwright-core";

const SHOTS = fileURLToPath(new URL("../screenshots/", import.meta.url));
const PLACES = [process.env.SAMEN_TEST_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
/** What the law asks, EN 301 549 with WCAG 2.1 AA, and what we promise: 2.2 AA. */
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
// A browser that looks nothing up and reports to nobody.
const QUIET = [
  "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** The visitors whose browser runs no scripts. */
const scriptless = new WeakSet();
/** Their twins; see `accessible`. */
const twins = new WeakMap();

/** Starts Chromium. Root may not use its sandbox; everybody else does. */
export async function launch() {
  const path = PLACES.find((place) => place && existsSync(place));
  if (!path) {
    throw new Error("Chromium is needed and was not found. On Debian or Ubuntu: apt-get install chromium. Elsewhere: name it in SAMEN_TEST_CHROMIUM");
  }
  const root = process.getuid?.() === 0;
  return chromium.launch({ executablePath: path, headless: true, chromiumSandbox: !root, args: QUIET });
}

/**
 * A visitor: a fresh context whose every request is watched. `foreign` lists requests to any other place than `url`; `faults` lists errors
 * of scripts, refusals of the content policy, pages answered with 500 or more and parts of pages with 400 or more. Call `close` to have both asserted empty.
 * @param {{ script?: boolean, language?: string, size?: { width: number, height: number } }} how
 */
export async function visitor(browser, url, how = {}) {
  const context = await browser.newContext({
    baseURL: url,
    javaScriptEnabled: how.script ?? true,
    locale: how.language ?? "nl-NL",
    timezoneId: "Europe/Amsterdam",
    viewport: how.size ?? { width: 1280, height: 900 },
    acceptDownloads: true,
    serviceWorkers: "block",
    reducedMotion: "reduce",
  });
  // A limit for what hangs, not a measure of speed: machines of a check are crowded at times.
  context.setDefaultTimeout(60_000);
  if (how.script === false) scriptless.add(context);
  const foreign = [];
  const faults = [];
  await context.route("**/*", (route) => {
    const asked = route.request().url();
    if (isOurs(asked, url)) return route.continue();
    foreign.push(asked);
    return route.abort();
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  // That an answer was a refusal the browser tells too; whether it may be one is judged below, by its status.
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) faults.push(`console: ${message.text()}`);
  });
  page.on("response", (answer) => {
    const worst = answer.request().isNavigationRequest() ? 499 : 399;
    if (answer.status() > worst) faults.push(`${answer.status()} from ${answer.url()}`);
  });
  const close = async () => {
    await context.close();
    assert.deepEqual(foreign, [], "a page asked another place for something");
    assert.deepEqual(faults, [], "a page had faults");
  };
  return { page, context, foreign, faults, close };
}

function isOurs(asked, url) {
  const address = new URL(asked);
  return address.origin === new URL(url).origin || ["data:", "blob:", "about:"].includes(address.protocol);
}

/**
 * Asserts that axe finds nothing wrong on the page as it stands. Axe needs timers, which a browser without scripts does not have; there it
 * looks at a twin: the same document and styles in a scripted browser that is forbidden to run the page's own scripts.
 * @param {string} name the step, for the message
 */
export async function accessible(page, name) {
  if (!scriptless.has(page.context())) return judge(page, name);
  const twin = await twinOf(page.context());
  twin.url = page.url();
  twin.html = await page.content();
  await twin.page.setViewportSize(page.viewportSize());
  await twin.page.goto(twin.url);
  await judge(twin.page, name);
}

/** The scripted twin of a context without scripts; one for all of its pages, because making one takes a second. */
async function twinOf(context) {
  const known = twins.get(context);
  if (known) return known;
  const scripted = await context.browser().newContext({ serviceWorkers: "block" });
  const twin = { page: await scripted.newPage(), url: "", html: "" };
  await scripted.route("**/*", (route) => {
    const request = route.request();
    if (!request.isNavigationRequest()) return isOurs(request.url(), twin.url) ? route.continue() : route.abort();
    const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "script-src 'none'" };
    return route.fulfill({ status: 200, headers, body: twin.html });
  });
  twins.set(context, twin);
  context.once("close", () => scripted.close().catch(() => {}));
  return twin;
}

async function judge(page, name) {
  if ((await page.evaluate("typeof axe")) === "undefined") await page.evaluate(`(() => { ${axe.source} })()`);
  const options = { runOnly: { type: "tag", values: RULES }, resultTypes: ["violations"] };
  const { violations } = await page.evaluate((chosen) => window.axe.run(document, chosen), options);
  const said = violations.map((one) => `${one.id} (${one.impact}): ${one.help}\n    ${one.nodes.map((node) => node.html).join("\n    ")}`);
  assert.equal(said.length, 0, `axe on "${name}" at ${page.url()}:\n  ${said.join("\n  ")}`);
}

/** Keeps a picture of the whole page in tests/browser/screenshots. */
export async function shot(page, name) {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}${name}.png`, fullPage: true, animations: "disabled" });
}

/** Asserts that nothing is wider than a phone: no sideways scrolling at 320 CSS pixels (WCAG 1.4.10). */
export async function fitsAPhone(page, name) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const [wide, there] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  if (before) await page.setViewportSize(before);
  assert.ok(wide <= there, `"${name}" is ${wide} pixels wide on a phone of ${there}`);
}

/** The text of what has the focus after pressing Tab this many times from the top of the page. */
export async function focusedAfterTabs(page, times) {
  for (let pressed = 0; pressed < times; pressed += 1) await page.keyboard.press("Tab");
  return page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
}
