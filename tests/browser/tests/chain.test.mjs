// The thin path whole, as its people walk it, in Dutch, in a real Chromium: from a report on the public page to a safe room, an opinion, the
// end of the case with aftercare, and the letter. Every page is judged by axe and by the width of a phone, and a picture of each step is kept.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, visitor } from "../lib/browser.mjs";
import { startDemo } from "../lib/samen.mjs";
import { signingIn } from "../lib/sign-in.mjs";
import { freshCode } from "../lib/totp.mjs";
import { walk } from "../lib/walk.mjs";

const STORY = "In een huis in onze straat mag een vrouw nooit naar buiten. Een man komt elke dag geld halen.";
const STATEMENT = "Ik moest elke dag werken en mocht niet weg.";
/** Nothing of this may stand in a title or an address of a page. */
const SECRET = [/Blessing/, /In een huis in onze straat/, /\d{4} ?[A-Z]{2} [A-Z][a-z]/];

let demo;
let browser;
const people = new Map();

before(async () => {
  demo = await startDemo(["--seed", "7", "--reports", "1"]);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** Somebody at work, signed in once; the next call finds the same browser. */
async function at(role, organisation = "") {
  const account = demo.accounts.find((one) => one.role === role && one.organisation.includes(organisation));
  assert.ok(account, `nobody is ${role} at "${organisation}"`);
  return as(account);
}

async function as(account) {
  if (!people.has(account.user)) {
    const colleague = await visitor(browser, demo.url);
    await walk(colleague.page, signingIn(account), { pictures: `chain-${account.role}` });
    people.set(account.user, { ...colleague, account });
  }
  return people.get(account.user);
}

/** The steps of one person; `part` begins the names of the pictures. */
const steps = (page, part, list) => walk(page, list, { pictures: `chain-${part}`, never: SECRET });

/** Leads to the first thing in a list. */
const first = (name, go) => ({ name, go, picture: true, end: async (page) => page.locator("main table a").first().click() });

/** Chooses in a list by words of the choice. */
async function pick(page, name, words) {
  const list = page.locator(`main [name="${name}"]`);
  const option = list.locator("option", { hasText: words }).first();
  await list.selectOption(await option.getAttribute("value"));
}

/** Whatever one organisation sends another arrives by itself, within seconds. */
async function until(page, path, locator) {
  for (let tries = 0; tries < 60; tries += 1) {
    await page.goto(path);
    if (await page.locator(locator).count()) return;
    await page.waitForTimeout(250);
  }
  throw new Error(`${path} did not show ${locator} within fifteen seconds`);
}

test("a report becomes help, and the letter tells of it", { timeout: 600_000 }, async () => {
  await report();
  await triage();
  await investigation();
  const dossier = await care();
  const request = await shelter(dossier);
  await ownPage(dossier);
  await opinion(dossier);
  await ending(dossier);
  await programme();
  assert.ok(request, "there was a request for shelter");
  assert.ok(!demo.log().includes(STORY.slice(0, 25)), "the log holds the story");
  for (const one of people.values()) await one.close();
});

async function report() {
  const guest = await visitor(browser, demo.url, { script: false, size: { width: 390, height: 844 } });
  await steps(guest.page, "1-report", [
    { name: "front", go: "/", follow: /Ik wil iets melden/, picture: true },
    { name: "begin", press: "go=begin" },
    { name: "danger", choose: { danger: "no" }, press: "go=next" },
    { name: "story", fill: { story: STORY }, press: "go=next", picture: true },
    { name: "about", choose: { about: "other" }, press: "go=next" },
    { name: "age", choose: { age: "unknown" }, press: "go=next" },
    { name: "place", fill: { words: "Den Haag" }, press: "go=next" },
    { name: "situations", choose: { situation: ["watched", "forced_sex"] }, press: "go=next" },
    { name: "wish", choose: { wish: "contact" }, press: "go=next" },
    { name: "reach", choose: { reach: "mailbox" }, press: "go=next" },
    { name: "check", press: "go=send" },
    { name: "receipt", see: [/\d{4} \d{4} \d{4} \d{4}/], picture: true },
  ]);
  await guest.close();
}

async function triage() {
  const { page } = await at("signal_desk");
  await steps(page, "2-desk", [
    first("list", "/work/reports?state=received"),
    { name: "danger first", see: [/Is er nu acuut gevaar/], choose: { answer: "no" }, fill: { because: "De melder ziet geen geweld." }, press: /Leg het antwoord vast/, picture: true },
    { name: "accept", press: /Neem de melding aan/ },
    { name: "accepted", see: [/De termijn voor de uitkomst loopt/], follow: /Zet door/, picture: true },
    { name: "route", see: [/opsporingsdienst/], choose: { rule: "crime-police" }, press: "primary", picture: true },
    { name: "routed", see: [/Nog geen antwoord/], picture: true },
  ]);
}

async function investigation() {
  const { page } = await at("investigator", "Den Haag");
  await until(page, "/work/intakes?state=received", "main table a");
  await steps(page, "3-police", [
    first("list", "/work/intakes?state=received"),
    { name: "intake", see: [/Wie gemeld heeft, staat hier niet bij/], press: /Neem de intake aan/, picture: true },
    { name: "taken on", follow: /^Beoordeel$/ },
    {
      name: "assess",
      choose: { indication: "yes", leads: "yes", forms: "SU", minor: "no", stay: "third_country" },
      fill: { indication_reason: "Zij mag niet naar buiten.", leads_reason: "De straat is bekend." },
      press: "primary",
      picture: true,
    },
    { name: "assessed", follow: /Voeg een persoon toe/, picture: true },
    {
      name: "person",
      fill: { alias: "Blessing", born: "2003-05-01" },
      choose: { age_known: "certain", sex: "F", interpreter: "yes", phone_safe: "unknown", origin: "NG", residence: "zonder_verblijf", form: "SU", municipality: "GM0518", language: "en", authority: "unknown" },
      press: "primary",
    },
    { name: "person added", see: [/moet nog worden geregistreerd/], follow: /^Registreer$/, picture: true },
    { name: "register", see: [/CoMensha/], press: "primary", picture: true },
    { name: "registered", see: [/Besluit politiegegevens/], follow: /Bied bedenktijd aan/ },
    { name: "offer", choose: { capacity: "possible_victim", interpreter: "yes", language: "en" }, press: "primary", picture: true },
    { name: "offered", press: /De persoon aanvaardt/ },
    { name: "accepted", see: [/Geen uitzetting/], follow: /Laat de bedenktijd ingaan/, picture: true },
    { name: "start", press: "primary" },
    { name: "running", see: [/2027/], follow: /Draag over aan zorg/, picture: true },
    {
      name: "hand over",
      choose: { giver: "self", help_does_not_depend: "yes", interpreter: "yes", form: "written", language: "en", data: ["identity", "origin", "form", "entitlement"] },
      fill: { how: "In een gesprek met een tolk.", why_more: "Zij zoekt een veilige plek die bij haar past." },
      and: async (there) => pick(there, "to", "Haaglanden"),
      press: "primary",
      picture: true,
    },
    { name: "handed over", see: [/De persoon is overgedragen/] },
  ]);
}

async function care() {
  const { page } = await at("care_coordinator", "Haaglanden");
  await until(page, "/work/cases?state=waiting", "main table a");
  const seen = await steps(page, "4-care", [
    first("list", "/work/cases?state=waiting"),
    { name: "waiting", see: [/Wacht op antwoord/], press: /Neem aan/, picture: true },
    {
      name: "dossier",
      see: [/Bedenktijd/, /Een hulplijst, nooit een oordeel/],
      never: [/rechercheur/i],
      follow: /Vul de hulplijst in/,
      and: async (there, kept) => (kept.dossier = new URL(there.url()).pathname),
      picture: true,
    },
    { name: "checklist", see: [/nooit een oordeel/], choose: { law_means_dwang: "yes" }, press: "primary", picture: true },
    { name: "explained", see: [/Dwang/], follow: /Leg toestemming vast/, picture: true },
    {
      name: "consent",
      choose: { giver: "self", purpose: "opinion", data: ["statement", "observations", "form"], interpreter: "yes", free: "yes", form: "written", language: "en" },
      fill: { how: "In een gesprek met een tolk." },
      and: async (there) => pick(there, "recipients", "Commissie deskundigenbericht"),
      press: /Leg toestemming vast/,
      picture: true,
    },
    { name: "consent kept", see: [/Een deskundigenbericht geven/] },
  ]);
  return seen.dossier;
}

async function shelter(dossier) {
  const coordinator = await at("care_coordinator", "Haaglanden");
  const asked = await steps(coordinator.page, "5-shelter", [
    { name: "dossier", go: dossier, follow: /Vraag een veilige plek/ },
    {
      name: "ask",
      and: async (page) => {
        assert.equal(await page.locator('[name="p1_age"]').inputValue(), "23", "the age was told before and is not asked again");
        assert.equal(await page.locator('[name="form"]').inputValue(), "SU");
      },
      choose: { urgency: "5", residence: "bedenktijd", in_reflection: "yes", entitlement: "reflection_period" },
      fill: { found_in: "Den Haag" },
      press: "primary",
      picture: true,
    },
    { name: "asked", see: [/Zoekt een plek/], and: async (page, kept) => (kept.request = new URL(page.url()).pathname), picture: true },
  ]);
  const officer = await at("placement_officer");
  const kind = /COSM|Categorale|meerdere problemen/;
  await steps(officer.page, "5-shelter-officer", [
    first("queue", "/work/shelter?state=open"),
    {
      name: "rooms",
      see: [/De best passende kamers/, /Waarom de andere niet/],
      picture: true,
      end: async (page) => page.locator("article", { hasText: kind }).first().getByRole("button", { name: /Kamer vasthouden/ }).click(),
    },
    { name: "held", see: [/Vastgehouden/], picture: true },
  ]);
  const house = await houseOfHold();
  await steps(house.page, "5-shelter-house", [
    first("holds", "/work/holds"),
    { name: "who comes", see: [/U ziet geen naam/], never: [/Blessing/], press: /Wij nemen ze op/, picture: true },
    { name: "accepted", see: [/Geaccepteerd/] },
  ]);
  await steps(coordinator.page, "5-shelter-client", [
    { name: "client", go: asked.request, never: [/\d{4} [A-Z]{2}\b/], press: /Cliënt komt/, picture: true },
    { name: "agreed", see: [/Geaccepteerd|komt/] },
  ]);
  await steps(officer.page, "5-shelter-address", [
    {
      name: "open the address",
      go: asked.request,
      see: [/Elke keer wordt vastgelegd/],
      and: async (page) => {
        // Who signed in long ago shows the second factor again.
        const again = page.locator('main [name="totp"]');
        if (await again.count()) await again.fill(await freshCode(officer.account.totp_secret));
      },
      press: /Adres openen/,
      picture: true,
    },
    { name: "address", see: [/Dit adres is geheim/, /\d{4} [A-Z]{2}/], picture: true },
  ]);
  await steps(coordinator.page, "5-shelter-travel", [
    { name: "client travels", go: asked.request, press: "answer=travels" },
    { name: "on the way", see: [/Onderweg/] },
  ]);
  await steps(house.page, "5-shelter-arrival", [
    first("travelling", "/work/holds?state=travelling"),
    { name: "arrive", press: "primary", picture: true },
    { name: "arrived", see: [/Aangekomen/] },
  ]);
  return asked.request;
}

/** The shelter whose room is held, found as in life: it finds the request on its own list. */
async function houseOfHold() {
  const houses = demo.accounts.filter((one) => one.role === "shelter_staff");
  for (const house of houses.filter((one) => /multiproblematiek|Vlierhof|Lantaarnlicht|Overtocht/.test(one.organisation))) {
    const staff = await as(house);
    await staff.page.goto("/work/holds");
    if (await staff.page.locator("main table a").count()) return staff;
  }
  throw new Error("no shelter with an account has the room that was held");
}

/** The person reads her own page with a code that she got from her coordinator, and where she went. */
async function ownPage(dossier) {
  const coordinator = await at("care_coordinator", "Haaglanden");
  const { code } = await steps(coordinator.page, "6-own-page", [
    { name: "dossier", go: dossier, follow: /Maak een code/ },
    { name: "make a code", choose: { herself: "yes" }, press: "primary" },
    {
      name: "the code, once",
      picture: true,
      and: async (page, kept) => (kept.code = /\d{4} \d{4} \d{4} \d{4}/.exec(await page.locator("main").innerText())?.[0]),
    },
  ]);
  assert.ok(code, "the page shows no code");
  const herself = await visitor(browser, demo.url, { script: false, size: { width: 390, height: 844 } });
  await steps(herself.page, "6-herself", [
    { name: "enter", go: "/my", fill: { code }, press: "primary", picture: true },
    { name: "own page", see: [/Uw rechten/], press: /Laat zien waar/, picture: true },
    { name: "where", see: [/\d{4} [A-Z]{2}|opgehaald/], picture: true },
  ]);
  assert.deepEqual(await herself.context.cookies(), [], "her phone keeps a cookie");
  await herself.close();
}

async function opinion(dossier) {
  const coordinator = await at("care_coordinator", "Haaglanden");
  await steps(coordinator.page, "7-opinion", [
    { name: "dossier", go: dossier, follow: /deskundigenbericht/ },
    { name: "before", follow: /Vraag een deskundigenbericht/ },
    {
      name: "ask",
      fill: { statement1: STATEMENT },
      choose: { aangifte: "yes" },
      and: async (page) => page.locator('[name="consent"]').selectOption({ index: 1 }),
      press: "primary",
      picture: true,
    },
    { name: "asked", see: [/Het verzoek is naar het panel/] },
  ]);
  const secretary = await at("panel_secretary");
  await until(secretary.page, "/work/opinions?state=requested", "main table a");
  await steps(secretary.page, "7-opinion-secretary", [
    first("list", "/work/opinions?state=requested"),
    { name: "request", see: [/Het panel ziet alleen dit/, new RegExp(STATEMENT)], never: [/Blessing/], end: async (page) => page.locator('main a[href$="/admit"]').click(), picture: true },
    {
      name: "admit",
      picture: true,
      and: async (page) => {
        const exception = page.locator('[name="exception"]');
        if (await exception.count()) await exception.fill("De zaak is nog niet geëindigd.");
      },
      press: "primary",
    },
    { name: "admitted", see: [/Toegelaten/], picture: true, end: async (page) => page.locator('main a[href$="/panel"]').click() },
    {
      name: "panel",
      fill: { expertise1: "recht", expertise2: "psychologie", expertise3: "mensenhandel" },
      and: async (page) => {
        for (const seat of [1, 2, 3]) await page.locator(`main [name="member${seat}"]`).selectOption({ index: seat });
      },
      press: "primary",
      picture: true,
    },
    { name: "in the panel", see: [/Bij het panel/] },
  ]);
  const names = demo.accounts.filter((one) => one.role === "panel_member");
  const member = await memberOf(names);
  await steps(member.page, "7-opinion-panel", [
    first("list", "/work/opinions?state=in_panel"),
    { name: "file", see: [new RegExp(STATEMENT)], never: [/Blessing/], end: async (page) => page.locator('main a[href$="/give"]').click() },
    { name: "give", choose: { verdict: "aannemelijk" }, fill: { reasons: "De verklaring is gelijk gebleven en past bij wat de opvang zag." }, press: "primary", picture: true },
    { name: "given", see: [/Het advies bindt niemand/], picture: true },
  ]);
  await until(coordinator.page, dossier, "text=Uitgebracht");
}

/** A member of the panel who sees the request on the list. */
async function memberOf(accounts) {
  for (const account of accounts) {
    const member = await as(account);
    await member.page.goto("/work/opinions?state=in_panel");
    if (await member.page.locator("main table a").count()) return member;
  }
  throw new Error("no member of the panel sees the request");
}

async function ending(dossier) {
  const { page } = await at("care_coordinator", "Haaglanden");
  await steps(page, "8-ending", [
    { name: "dossier", go: dossier, follow: /Sluit de casus/, picture: true },
    {
      name: "close",
      choose: { reason: "doelen_bereikt", aftercare: "plan", close_anyway: "yes" },
      fill: { explanation: "Zij woont nu veilig.", channel: "telefoon", channel2: "telefoon", left_open_why: "De bedenktijd loopt door bij de politie." },
      picture: true,
      press: "primary",
    },
    { name: "closed", see: [/Nazorg/, /Leg het nazorgmoment vast/], picture: true },
  ]);
}

async function programme() {
  const { page } = await at("programme_office");
  await steps(page, "9-programme", [
    { name: "register", go: "/work/plan", see: [/Creëren van brede bewustwording/], picture: true },
    first("letters", "/work/letters?state=draft"),
    { name: "draft", follow: /Bekijk de brief/, picture: true },
    { name: "letter", see: [/Voortgang/], never: [/tweejaarlijks/i, /Blessing/], picture: true },
  ]);
  const address = page.url().replace(/\/preview$/, "/pdf");
  const pdf = await page.request.get(address);
  assert.equal(pdf.status(), 200);
  assert.equal((await pdf.body()).subarray(0, 5).toString(), "%PDF-");
}
