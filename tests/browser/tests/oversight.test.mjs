// Oversight as an auditor walks it: who looked at a case, a decoy that somebody opens, the finding, and its decision. Every page is judged
// by axe and by the width of a phone, and a picture of each is kept.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, visitor } from "../lib/browser.mjs";
import { startDemo, withRole } from "../lib/samen.mjs";
import { signingIn } from "../lib/sign-in.mjs";
import { walk } from "../lib/walk.mjs";

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

const manner = { pictures: "oversight" };

/** The first case in the list of a coordinator who has one. */
async function caseOf(accounts) {
  for (const account of accounts.filter((one) => one.role === "care_coordinator")) {
    const colleague = await visitor(browser, demo.url);
    await walk(colleague.page, signingIn(account), { pictures: "oversight-care" });
    await colleague.page.goto("/work/cases");
    const link = colleague.page.locator("main table a").first();
    if (await link.count()) return { ...colleague, account, path: new URL(await link.getAttribute("href"), demo.url).pathname };
    await colleague.close();
  }
  return assert.fail("no coordinator of the made-up country has a case");
}

test("an auditor asks who looked, and judges a finding", async () => {
  const coordinator = await caseOf(demo.accounts);
  const record = coordinator.path.split("/")[3];
  const auditor = await visitor(browser, demo.url);
  const { page } = auditor;
  const mark = { what: "decoy", store: "k3" };
  await walk(page, signingIn(withRole(demo.accounts, "auditor")), manner);
  await walk(page, [
    { name: "oversight", go: "/work/oversight", see: [/Toezicht/, /Wie heeft dit ingezien/, /Er zijn geen bevindingen/], picture: true },
    { name: "empty question", go: "/work/oversight/who", see: [/U zoekt in één deel tegelijk/] },
    { name: "who looked", go: `/work/oversight/who?store=k3&record=${record}`, see: [/Verklaring/], never: [/Geen naam/], picture: true },
    { name: "marks", go: "/work/oversight/marks", see: [/Er is nog niets vastgelegd/], picture: true, choose: mark, fill: { record, reason: "afgesproken met de zorgorganisatie" }, press: "primary" },
    { name: "marked", at: /\/work\/oversight\/marks/, see: [/Vastgelegd\./, /Lokzaak/], picture: true },
    { name: "wrong mark", go: "/work/oversight/marks", choose: mark, fill: { record: "geen-kenmerk", reason: "afgesproken" }, press: /^Leg vast$/ },
  ], manner);
  await walk(page, [{ name: "wrong mark named", see: [/Dit bestaat niet in dit deel/], picture: true }], manner);

  await coordinator.page.goto(coordinator.path);
  await coordinator.close();
  const told = JSON.parse((await demo.run("oversight", "watch")).trim().split("\n").at(-1));
  assert.ok(told.findings >= 1, JSON.stringify(told));
  await walk(page, [
    { name: "findings", go: "/work/oversight", see: [/Lokzaak geopend/], picture: true, follow: /Lokzaak geopend/ },
    {
      name: "finding", at: /\/work\/oversight\/findings\//, see: [/Dit is geen oordeel/, /Regels achter deze bevinding/], never: [new RegExp(record)],
      picture: true, choose: { verdict: "follow_up" }, fill: { reason: "gesprek gevraagd met de teamleider" }, press: "primary",
    },
    { name: "decided", see: [/Uw beoordeling is vastgelegd/, /Vraagt opvolging/, /gesprek gevraagd/], picture: true },
    { name: "behind", follow: /^Nr\. / },
    { name: "journal of its own part", at: /\/work\/journal/, see: [/Logboek/], picture: true },
  ], manner);
  await auditor.close();
});

test("an auditor has a decision about sharing taken again", async () => {
  const auditor = await visitor(browser, demo.url);
  const { page } = auditor;
  await walk(page, signingIn(withRole(demo.accounts, "auditor")), { pictures: "decisions" });
  await walk(page, [
    { name: "decisions", go: "/work/oversight/decisions?store=k3", see: [/Besluiten over delen/, /Zorg/], never: [/Er zijn hier geen/], picture: true },
  ], { pictures: "decisions" });
  await page.locator("main table a").first().click();
  await walk(page, [
    { name: "one decision", at: /\/work\/oversight\/decisions\/k3\//, see: [/Er komt hetzelfde uit/, /Het antwoord van toen/], picture: true },
  ], { pictures: "decisions" });
  await auditor.close();
});
