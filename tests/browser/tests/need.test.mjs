// A case opens by assignment: the closed door and its ways, broken glass for an hour, what the coordinator is told, and the review. Every page is
// judged by axe and by the width of a phone, and a picture of each is kept.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, visitor } from "../lib/browser.mjs";
import { startDemo, withRole } from "../lib/samen.mjs";
import { signingIn } from "../lib/sign-in.mjs";
import { freshCode } from "../lib/totp.mjs";
import { walk } from "../lib/walk.mjs";

const NAME = "Marigold";
const NEED = "Een rustige plek voor mij en mijn dochter.";

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

async function enters(account) {
  const colleague = await visitor(browser, demo.url, { script: false });
  await walk(colleague.page, signingIn(account), { pictures: "need" });
  return { ...colleague, account };
}

/** Another coordinator of the same organisation. */
async function colleagueOf(account) {
  const password = "een lang wachtwoord voor de proef";
  const words = ["user", "add", "--user", "tweede", "--name", "Tweede Coördinator", "--org", account.organisation, "--role", account.role];
  const told = JSON.parse((await demo.tell(`${password}\n`, ...words)).trim().split("\n").at(-1));
  return { user: "tweede", password, totp_secret: told.totp_secret, role: account.role, organisation: account.organisation };
}

test("the door, the glass, the notice and the review", async () => {
  const account = demo.accounts.find((one) => one.role === "care_coordinator" && one.organisation.includes("Haaglanden"));
  assert.ok(account);
  const leads = await enters(account);
  const manner = (who) => ({ pictures: `need-${who}`, never: [new RegExp(NAME), /rustige plek/] });
  const opened = await walk(leads.page, [
    { name: "own case", go: "/work/cases/new", fill: { alias: NAME, born: "1992-05-01", need: NEED }, choose: { age: "certain", sex: "F", language: "ar" }, press: "primary" },
    { name: "dossier", see: [/Niemand naast de behandelaar/], and: async (page, kept) => (kept.case = new URL(page.url()).pathname) },
  ], manner("lead"));

  const second = await colleagueOf(account);
  const other = await enters(second);
  await walk(other.page, [
    { name: "closed door", go: opened.case, see: [/Wat u kunt doen/, /Noodinzage/, /De inhoud is alleen voor wie eraan werkt/], never: [/rustige plek/, new RegExp(NAME)], picture: true, end: async (page) => page.locator('main a[href$="/break-glass"]').click() },
    { name: "glass", see: [/60 minuten/, /adres van een opvang ziet u niet/], picture: true, press: /^Open voor 60 minuten/ },
    {
      name: "without reason",
      see: [/Er is iets niet goed ingevuld/],
      fill: { reason: "Zij belt en ik weet niet wat is afgesproken." },
      // Who signed in a moment ago has just shown a code.
      and: async (page) => {
        const code = page.locator('main [name="totp"]');
        if (await code.count()) await code.fill(await freshCode(second.totp_secret));
      },
      press: /^Open voor 60 minuten/,
    },
    { name: "behind the glass", see: [/U leest mee met een noodinzage/, /rustige plek/], picture: true },
    { name: "no work", go: `${opened.case}/person/core`, fill: { name: "Iemand" }, press: "primary" },
    { name: "looking is not working", see: [/niet erin werken/], picture: true },
  ], manner("other"));

  await walk(leads.page, [
    { name: "notice", go: "/work/notices", see: [/noodinzage/, /weet niet wat is afgesproken/], picture: true },
  ], manner("lead"));
  await walk(other.page, [
    { name: "seen enough", go: opened.case, press: /^Ik heb genoeg gezien/ },
    { name: "whole again", see: [/De noodinzage is gesloten/], never: [/rustige plek/] },
  ], manner("other"));
  const auditor = await enters(withRole(demo.accounts, "auditor"));
  await walk(auditor.page, [
    { name: "reviews", go: "/work/reviews", picture: true, end: async (page) => page.locator("main table a").first().click() },
    {
      name: "review",
      see: [/Wat is bekeken/, /weet niet wat is afgesproken/],
      never: [/rustige plek/, new RegExp(NAME)],
      picture: true,
      choose: { outcome: "in_order" },
      fill: { reason: "De reden klopt met wat is bekeken." },
      press: "primary",
    },
    { name: "reviewed", see: [/De beoordeling is vastgelegd/], picture: true },
  ], manner("auditor"));
  for (const who of [leads, other, auditor]) await who.close();
});

test("her own data: asked on a case, and the registers of oversight", async () => {
  const account = demo.accounts.find((one) => one.role === "care_coordinator" && one.organisation.includes("IJsselland"));
  const leads = await enters(account);
  const manner = { pictures: "own-data", never: [/Robin/] };
  await walk(leads.page, [
    { name: "own case", go: "/work/cases/new", fill: { alias: "Robin", born: "1990-05-01", need: NEED }, choose: { age: "certain", sex: "F", language: "ar" }, press: "primary" },
    { name: "dossier", end: async (page) => page.goto(`${new URL(page.url()).pathname}/own-data`) },
    { name: "own data", picture: true },
    { name: "requests", go: "/work/requests", picture: true },
  ], manner);
  const auditor = await enters(withRole(demo.accounts, "auditor"));
  const pages = ["/work/registers", "/work/registers/disclosures", "/work/registers/processing", "/work/registers/dpia", "/work/registers/retention", "/work/registers/year", "/work/breaches", "/work/breaches/search", "/work/breaches/new"];
  await walk(auditor.page, pages.map((go) => ({ name: go.split("/").at(-1), go, picture: true })), { pictures: "registers" });
  for (const who of [leads, auditor]) await who.close();
});
