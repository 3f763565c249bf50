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
  // While it is busy the page looks again by itself, without a script and without anybody pressing.
  await page.getByRole("heading", { name: /^Tien plekken meer/ }).waitFor({ timeout: 120_000 });
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

test("an area that is told while a room is held is looked at again by the officer, who keeps the room with a reason", async () => {
  const { page } = await at("placement_officer");
  const steps = (list) => walk(page, list, { pictures: "placing-no-more" });
  const rows = [];
  for (const list of ["/work/shelter", "/work/shelter?state=offered"]) {
    await page.goto(list);
    rows.push(...(await page.locator("main table a").evaluateAll((links) => links.map((link) => link.getAttribute("href")))));
  }
  let held;
  for (const row of rows) {
    await page.goto(row);
    const hold = page.getByRole("button", { name: /^Kamer vasthouden/ });
    if (await hold.count()) await hold.first().click();
    const text = await page.locator("main").innerText();
    if (/Vastgehouden/.test(text) && /Nog een onveilig gebied melden/.test(text) && !/past niet meer/.test(text)) {
      held = row;
      break;
    }
  }
  assert.ok(held, "the made-up country has somebody for whom a room fits");
  await steps([
    { name: "held", go: held, see: [/Vastgehouden/], never: [/past niet meer/], follow: /^Nog een onveilig gebied melden/ },
    { name: "nothing told", see: [/kijkt opnieuw of die veilig is/], press: "primary" },
    { name: "area", picture: true, fill: { avoid: "Schiermonnikoog", km: "1", because: "Haar broer woont daar." }, choose: { why: "family" }, press: "primary" },
    { name: "no more", see: [/Deze kamer past niet meer/, /kijk of deze kamer nog veilig is/], picture: true },
    { name: "list", go: "/work/shelter", see: [/Kamers die niet meer passen/], picture: true },
    { name: "decide", go: held, follow: /^Kamer toch houden, met reden/ },
    { name: "why", see: [/Uw naam, uw organisatie en de reden worden bewaard/], picture: true, fill: { because: "Het huis ligt ver van daar." }, press: "primary" },
    { name: "kept", see: [/Uw besluit is vastgelegd/, /Toch gehouden door .*Het huis ligt ver van daar/], never: [/past niet meer/], picture: true },
  ]);
});

test("a shelter's grid shows what is stale and what is closed, and is short on a phone", async () => {
  for (const account of demo.accounts.filter((one) => one.role === "shelter_staff")) {
    const { page, context } = await as(account);
    await page.goto("/work/rooms");
    const text = await page.locator("main").innerText();
    if (!/Klopt dit nog/.test(text) || !/Onderhoud|Te weinig personeel|Schade|Besmetting/.test(text)) {
      await context.close();
      continue;
    }
    await walk(page, [{ name: "grid", go: "/work/rooms", see: [/Klopt dit nog/], picture: true }], { pictures: "placing-rooms" });
    await page.setViewportSize({ width: 375, height: 740 });
    const rooms = await page.locator("table.samen-grid tbody tr").count();
    const high = await page.evaluate(() => document.documentElement.scrollHeight);
    assert.ok(high < 900 + rooms * 260, `${rooms} rooms take ${high} pixels on a phone`);
    assert.equal(await page.locator("table.samen-grid tbody td").first().getAttribute("data-label"), "Vandaag");
    const more = page.locator(".samen-grid__more summary").first();
    if (await more.count()) {
      await more.click();
      await page.locator(".samen-grid__run").first().waitFor();
    }
    await walk(page, [{ name: "phone", picture: true }], { pictures: "placing-rooms-phone" });
    return context.close();
  }
  assert.fail("no shelter with an account has a figure that is stale and a room that is closed");
});
