// The placing officer's desk: rooms that fit and why others don't, a proposal for everybody, taking one of its lines, working it out
// again; and the coordinator who asks less strictly. Every page is judged by axe and by the width of a phone, and a picture is kept.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, visitor } from "../lib/browser.mjs";
import { startDemo, withRole } from "../lib/samen.mjs";
import { signingIn } from "../lib/sign-in.mjs";
import { walk } from "../lib/walk.mjs";

let demo;
let browser;
let coordinator;

before(async () => {
  demo = await startDemo(["--seed", "7", "--reports", "40"]);
  browser = await launch();
  await twoWhoWait();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** One for whom rooms fit, and one of the same coordinator who asks for so much that none does. */
async function twoWhoWait() {
  const wishes = [
    { urgency: "5", security: "open" },
    { urgency: "4", security: "beveiligd", wheelchair: "yes", pets: "yes" },
  ];
  for (const account of demo.accounts.filter((one) => one.role === "care_coordinator")) {
    const { page, context } = await visitor(browser, demo.url, { script: false });
    await walk(page, signingIn(account), { pictures: "placing" });
    const doors = await casesThatMayAsk(page);
    if (doors.length >= wishes.length) {
      for (const [nth, wish] of wishes.entries()) await ask(page, doors[nth], wish);
      coordinator = account;
      return context.close();
    }
    await context.close();
  }
  throw new Error("no coordinator of the made-up country has two cases for which a place can be asked");
}

async function casesThatMayAsk(page) {
  await page.goto("/work/cases");
  const cases = await page.locator("main table a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  const doors = [];
  for (const one of cases) {
    await page.goto(one);
    const door = page.getByRole("link", { name: /^Vraag een veilige plek/ });
    if (await door.count()) doors.push(await door.first().getAttribute("href"));
  }
  return doors;
}

async function ask(page, door, wishes) {
  const choose = { ...wishes, p1_sex: "F", form: "SU", residence: "bedenktijd", in_reflection: "yes", entitlement: "reflection_period" };
  const steps = [
    { name: "ask", go: door, choose, fill: { p1_age: "25", found_in: "Utrecht" }, press: "primary" },
    { name: "asked", see: [/Zoekt een plek/] },
  ];
  await walk(page, steps, { pictures: "placing-ask" });
}

async function as(account) {
  const person = await visitor(browser, demo.url, { script: false });
  await walk(person.page, signingIn(account), { pictures: "placing" });
  return { ...person, account };
}

const at = (role) => as(withRole(demo.accounts, role));

test("a proposal for everybody is made, read, worked out again and taken line by line", async () => {
  const { page } = await at("placement_officer");
  const steps = (list) => walk(page, list, { pictures: "placing-officer" });
  await steps([
    { name: "who waits", go: "/work/shelter", see: [/Plaats in de rij/], picture: true, follow: /^Voorstel voor iedereen/ },
    { name: "proposals", see: [/Nog geen voorstellen/, /Er verandert niets door een voorstel/], picture: true, press: /^Maak een nieuw voorstel/ },
    { name: "proposal", at: /\/work\/shelter\/proposals\//, see: [/Het voorstel is gemaakt/, /Wie welke plek krijgt/, /Bewezen het beste|Beste tot nu toe/], picture: true },
  ]);
  const proposal = new URL(page.url()).pathname;
  await steps([
    { name: "again", go: proposal, press: /^Narekenen/ },
    { name: "the same", see: [/precies hetzelfde uit, tot op de letter/], picture: true },
  ]);
  await page.goto(proposal);
  const take = page.getByRole("button", { name: /^Houd vast/ });
  assert.ok((await take.count()) > 0, "the made-up country has somebody who can be placed");
  await take.first().click();
  await steps([
    { name: "held", at: /\/work\/shelter\/[0-9a-f-]+$/, see: [/Vastgehouden/], picture: true, press: /^Narekenen/ },
    { name: "why this room", see: [/precies hetzelfde uit/, /De kamers die toen zijn voorgesteld/], picture: true },
    { name: "what became of it", go: proposal, see: [/Al iets anders gebeurd/] },
  ]);
});

test("the country's view has numbers under its picture, and what would help is worked out while one waits", async () => {
  const { page } = await at("placement_officer");
  const steps = (list) => walk(page, list, { pictures: "placing-country" });
  await steps([
    { name: "who waits", go: "/work/shelter", follow: /^Opvang in het hele land/ },
    {
      name: "country",
      at: /\/work\/shelter\/country$/,
      see: [/Wie had geen passende plek/, /Nog geen verwachting|De verwachting is een kans/, /Tot de aankomst/, /Waarop dit berust/],
      picture: true,
      follow: /^Wat zou helpen/,
    },
    { name: "not asked yet", see: [/Er verandert niets door/], press: /^Reken het uit/ },
  ]);
  const look = page.getByRole("link", { name: /^Kijk of het klaar is/ });
  for (let times = 0; times < 60 && (await look.count()) > 0; times += 1) await look.click();
  await steps([{ name: "what would help", see: [/Tien plekken meer/, /Wat kosten de regels/, /Versie van de regels/], picture: true }]);
});

test("who waits without a place is told what would have to change, and is kept apart from others", async () => {
  const { page } = await at("placement_officer");
  const steps = (list) => walk(page, list, { pictures: "placing-request" });
  await steps([{ name: "who waits", go: "/work/shelter", end: async (page) => page.locator("main table a").last().click() }]);
  const request = new URL(page.url()).pathname;
  await steps([
    { name: "request", go: request, see: [/kamers passen nu/, /Waarom de andere niet/], picture: true, follow: /^Uit elkaar houden/ },
    { name: "nothing chosen", see: [/nooit in hetzelfde huis/], press: "primary" },
    {
      name: "from whom",
      picture: true,
      fill: { because: "Zij getuigen tegen elkaar." },
      and: async (page) => {
        const list = page.locator('main [name="from"]');
        await list.selectOption(await list.locator("option[value]:not([value=''])").first().getAttribute("value"));
      },
      press: "primary",
    },
    { name: "apart", see: [/Zij worden uit elkaar gehouden/, /getuigen tegen elkaar/], picture: true },
  ]);
});

test("the coordinator asks less strictly with a reason", async () => {
  const { page } = await as(coordinator);
  await page.goto("/work/shelter");
  const rows = await page.locator("main table a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  let found;
  for (const row of rows) {
    await page.goto(row);
    if (await page.getByRole("link", { name: /^Minder streng vragen/ }).count()) {
      found = row;
      break;
    }
  }
  assert.ok(found, "this coordinator has an own request that could be asked less strictly");
  await walk(
    page,
    [
      { name: "request", go: found, never: [/kamers passen nu/], picture: true, follow: /^Minder streng vragen/ },
      { name: "nothing chosen", see: [/Uw naam en de reden worden bewaard/], press: "primary" },
      {
        name: "what",
        picture: true,
        fill: { because: "Politie ziet geen gevaar meer; mevrouw wil het zelf." },
        and: async (page) => page.locator('main label[for="what"]').click(),
        press: "primary",
      },
      { name: "decided", see: [/Het besluit is vastgelegd/, /mevrouw wil het zelf/], picture: true },
    ],
    { pictures: "placing-coordinator" },
  );
});
