// Somebody who was a victim before, and becomes one again: what a coordinator is asked at a case, and at opening a closed case again. Every
// page is judged by axe and by the width of a phone, and a picture of each is kept. Without scripts.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, visitor } from "../lib/browser.mjs";
import { startDemo, withRole } from "../lib/samen.mjs";
import { signingIn } from "../lib/sign-in.mjs";
import { walk } from "../lib/walk.mjs";

let demo;
let browser;

before(async () => {
  demo = await startDemo(["--seed", "7", "--reports", "1"]);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("asked at the case, and asked again when it is opened again", async () => {
  const account = withRole(demo.accounts, "care_coordinator");
  const { page } = await visitor(browser, demo.url, { script: false });
  await walk(page, signingIn(account), { pictures: "repeated" });
  const manner = { pictures: "repeated" };
  await walk(page, [
    { name: "a new case", go: "/work/cases/new", see: [/Is de persoon al eerder uitgebuit, vóór deze keer\?/], picture: true, fill: { alias: "Noor" }, press: "primary" },
    { name: "not asked yet", see: [/Nog niet bekend: [^\n]*Eerder uitgebuit/], picture: true, end: async (at) => at.locator('main a[href$="/exploited"]').click() },
    { name: "the question", see: [/Vraag niet door/, /Of iemand hulp krijgt, hangt er niet van af/], picture: true, choose: { exploited: "yes" }, press: "primary" },
    { name: "the answer", see: [/Eerder uitgebuit\s+Ja/], end: async (at) => at.locator('main a[href$="/close"]').first().click() },
    { name: "closing", fill: { explanation: "Zij woont nu veilig.", channel: "via de app", channel2: "via de app", left_open_why: "Zij wil geen registratie." }, choose: { reason: "doelen_bereikt", aftercare: "plan", close_anyway: "yes" }, press: "primary" },
    { name: "closed", see: [/Eerder uitgebuit\s+Ja/], end: async (at) => at.locator('main a[href$="/reopen"]').click() },
    { name: "opening again without an answer", see: [/opnieuw uitgebuit sinds de casus gesloten was/], fill: { reason: "Zij belde: een oude bekende dwong haar weer te werken." }, press: "primary" },
    { name: "what is missing", see: [/Er is iets niet goed ingevuld/], picture: true, choose: { again: "yes" }, press: "primary" },
    { name: "open again", see: [/Opnieuw uitgebuit sinds de casus gesloten was\s+Ja/, /Eerder uitgebuit\s+Ja/], picture: true },
  ], manner);
  assert.equal(await page.locator("h1").count(), 1);
});
