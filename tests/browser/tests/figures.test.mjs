// Figures from the registration to the letter: made and told once, withheld with the reason, on the dashboard and behind one figure; a plan
// file whose wrong rows say why; a footnote and a reading guide in the letter. Every page is judged by axe and by the width of a phone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, shot, visitor } from "../lib/browser.mjs";
import { startDemo, withRole } from "../lib/samen.mjs";
import { signingIn } from "../lib/sign-in.mjs";
import { walk } from "../lib/walk.mjs";

const PHONE = { width: 390, height: 844 };

let demo;
let browser;

before(async () => {
  demo = await startDemo(["--seed", "7", "--reports", "160"]);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function at(role, pictures) {
  const person = await visitor(browser, demo.url, { script: false });
  await walk(person.page, signingIn(withRole(demo.accounts, role)), { pictures });
  return person;
}

async function onAPhone(page, name) {
  await page.setViewportSize(PHONE);
  await shot(page, name);
  await page.setViewportSize({ width: 1280, height: 900 });
}

test("a year is told once, and what is withheld says why", async () => {
  const pictures = { pictures: "figures-registrar" };
  const { page, context } = await at("registrar", pictures.pictures);
  const before = String(new Date().getFullYear() - 1);
  // A made-up country has few people in some years: such a year is withheld, and was not told.
  const made = page.locator("main table tbody tr", { hasText: "tabellen verstuurd" }).first();
  await walk(page, [
    { name: "what was made", go: "/work/registrations/figures", see: [/Eerder gemaakte cijfers/, /tabellen verstuurd/], picture: true },
    { name: "no year", fill: { year: "" }, press: "primary" },
    { name: "asks for the year", see: [/Er is iets niet goed ingevuld/], fill: { year: before }, press: "primary" },
    { name: "one year", see: [/De cijfers zijn gemaakt|Er is niets verstuurd|Deze cijfers zijn er al/], picture: true },
  ], pictures);
  // What was told is told: asking for it again tells nothing new.
  const told = (await made.innerText()).match(/\d{4}/)[0];
  await walk(page, [
    { name: "the same again", go: "/work/registrations/figures", fill: { year: told }, press: "primary" },
    { name: "told before", see: [/Deze cijfers zijn er al/], picture: true },
  ], pictures);
  await onAPhone(page, "figures-registrar-phone");
  await context.close();
});

test("the dashboard, what stands behind a figure, and a file whose wrong rows say why", async () => {
  const pictures = { pictures: "figures-office" };
  const { page, context } = await at("programme_office", pictures.pictures);
  await walk(page, [{ name: "dashboard", go: "/work/figures/board", see: [/Tellingen/, /Geteld/], picture: true }], pictures);
  await onAPhone(page, "figures-dashboard-phone");
  await page.goto("/work/figures?state=usable");
  const links = await page.locator("main table a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  const figure = links.find((href) => /^\/work\/figures\/[0-9a-f-]{36}$/.test(href));
  assert.ok(figure, "the made-up country has a figure");
  await walk(page, [{ name: "one figure", go: figure, see: [/Wat is geteld/], picture: true }], pictures);
  const file = [
    "id,line,title,description,goal,holder,involved,forms,ages,result,start,end,status,status_date,budget_eur,indicators,links",
    "9.a,3,Een nieuwe actie,,,JENV,,SU,adult,,2026-01-01,2026-12-31,loopt,2026-10-01,1000,,",
    "9.b,3,Twee houders,,,JENV;VWS,,SU,adult,,2026-01-01,2026-12-31,loopt,2026-10-01,1000,,",
    "9.c,12,Geen lijn,,,JENV,,XX,oud,,2026-13-01,2026-12-31,klaar,2026-10-01,veel,,",
  ].join("\n");
  await page.goto("/work/plan-file");
  await page.locator("#file").setInputFiles({ name: "acties.csv", mimeType: "text/csv", buffer: Buffer.from(file) });
  await page.locator("main button").first().click();
  await walk(page, [{ name: "what would change", see: [/Verwacht/, /9\.a/, /Geweigerde regels\s+3/], never: [/expected/i], picture: true }], pictures);
  await onAPhone(page, "figures-plan-file-phone");
  await context.close();
});

test("a footnote and a reading guide in the letter", async () => {
  const pictures = { pictures: "figures-letter" };
  const { page, context } = await at("programme_office", pictures.pictures);
  await page.goto("/work/letters/new");
  await page.locator("main form button").first().click();
  await page.goto("/work/letters");
  const drafts = await page.locator('main table a[href^="/work/letters/"]').evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  let draft;
  for (const one of drafts) {
    const answer = await page.goto(`${one}/texts`);
    if (answer.status() === 200) {
      draft = one;
      break;
    }
  }
  assert.ok(draft, "an edition of the made-up country can still be written");
  const words = page.locator('main textarea').first();
  const name = await words.getAttribute("name");
  await walk(page, [
    { name: "texts", go: `${draft}/texts`, fill: { [name]: "Geachte voorzitter.^[Kamerstuk 28638-251.]\n\nDit is de stand." }, picture: true, press: "primary" },
    { name: "kept", go: `${draft}/preview`, see: [/Kamerstuk 28638-251/], picture: true },
  ], { ...pictures, phone: false });
  await context.close();
});
