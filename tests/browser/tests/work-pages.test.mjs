// Every page that the navigation of every role leads to: sound for axe, on a phone, without faults, marked as made up.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, visitor } from "../lib/browser.mjs";
import { startDemo, withRole } from "../lib/samen.mjs";
import { signingIn } from "../lib/sign-in.mjs";
import { walk } from "../lib/walk.mjs";

const ROLES = [
  "signal_desk", "investigator", "care_coordinator", "placement_officer", "shelter_staff", "registrar", "panel_secretary",
  "panel_member", "barrier_officer", "programme_office", "action_holder", "auditor", "privacy_officer", "people_admin", "system_admin",
];

let demo;
let browser;

before(async () => {
  demo = await startDemo(["--seed", "7", "--reports", "40"]);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

for (const role of ROLES) {
  test(`the pages of ${role}`, async () => {
    const colleague = await visitor(browser, demo.url);
    const { page } = colleague;
    const manner = { pictures: `work-${role}` };
    await walk(page, signingIn(withRole(demo.accounts, role)), manner);
    const paths = await inside(page, "nav a");
    assert.ok(paths.length > 0, `the navigation of ${role} is empty`);
    for (const path of fewOfEach(paths)) {
      await walk(page, [{ name: path, go: path, see: [/verzonnen/i], picture: true }], manner);
      // The first thing that a list leads to.
      const [first] = await inside(page, "main table a");
      if (first) await walk(page, [{ name: `${path} first`, go: first, picture: true }], manner);
    }
    await colleague.close();
  });
}

/** Of addresses that differ only in what they filter by, three: the rest is the same page with other rows. */
function fewOfEach(paths) {
  const seen = new Map();
  return paths.filter((path) => {
    const page = path.split("?")[0];
    seen.set(page, (seen.get(page) ?? 0) + 1);
    return seen.get(page) <= 3;
  });
}

/** The paths of links on the page that stay on our server, each once. */
async function inside(page, selector) {
  const links = await page.locator(selector).evaluateAll((found) => found.map((link) => link.href));
  const here = new URL(page.url()).origin;
  const ours = links.map((link) => new URL(link)).filter((link) => link.origin === here && !/sign-out|\.(pdf|csv|xlsx|json)$/.test(link.pathname));
  return [...new Set(ours.map((link) => link.pathname + link.search))];
}
