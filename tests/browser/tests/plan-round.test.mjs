// The update round as office, holder and a colleague with a private link walk it; the coverage map and the choice desk. Every page is
// judged by axe and by the width of a phone, and pictures are kept of a desktop and of a phone.

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
  demo = await startDemo(["--seed", "7", "--reports", "40"]);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

const manner = { pictures: "plan-round" };

/** A day as the form takes it, some days from now. */
function day(ahead) {
  return new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
}

/** The edition of today. */
function edition() {
  const now = new Date();
  return `${now.getFullYear()}-${now.getMonth() < 6 ? 1 : 2}`;
}

/** A holder that has an action in the round. */
async function holderIn(round) {
  for (const account of demo.accounts.filter((one) => one.role === "action_holder")) {
    const holder = await visitor(browser, demo.url);
    await walk(holder.page, signingIn(account), manner);
    await holder.page.goto(round);
    const link = holder.page.locator("main table a").first();
    if (await link.count()) return { ...holder, update: await link.getAttribute("href") };
    await holder.close();
  }
  return assert.fail("no holder of the made-up country has an action in the round");
}

test("the office asks, a holder tells, a colleague mends by a private link, the office accepts", async () => {
  const office = await visitor(browser, demo.url);
  const { page } = office;
  await walk(page, signingIn(withRole(demo.accounts, "programme_office")), manner);
  await walk(page, [
    { name: "no round yet", go: "/work/rounds", see: [/Updaterondes/, /Er is nog geen ronde/] },
    { name: "too soon", go: "/work/rounds/new", see: [/ligt vast wat is verstuurd/], fill: { edition: edition(), cutoff: day(-1) }, press: "primary" },
    { name: "too soon named", see: [/ten minste een dag vooruit/], fill: { cutoff: day(14) }, press: "primary" },
    { name: "a round", at: /\/work\/rounds\/0/, see: [/De ronde is open/, /Nog niet verstuurd/], picture: true, press: /Herinner/ },
    { name: "reminded", see: [/De herinnering staat bij de houders/] },
  ], manner);
  const round = new URL(page.url()).pathname;

  const holder = await holderIn(round);
  await walk(holder.page, [
    { name: "the holder's list", go: "/work/rounds", see: [/vraagt hoe uw acties staan/] },
    {
      name: "what the chamber will read", go: holder.update, see: [/Dit leest de Tweede Kamer/, /wacht op uw tekst/], picture: true,
      fill: { results: "Mevrouw Bedacht (17) kreeg een plek.", evidence: "https://voorbeeld.example/rapport" }, press: /^Verstuur$/,
    },
    {
      name: "a person in the text", see: [/Hier staat misschien een naam/, /Waarom mag de tekst blijven/], picture: true,
      fill: { results: "Drie regio's plaatsen nu op dezelfde manier." }, press: /^Verstuur$/,
    },
    { name: "sent", see: [/Verstuurd\./, /Drie regio's plaatsen/, /Wacht op beoordeling/], picture: true, follow: /Laat een collega schrijven/ },
    { name: "a colleague", see: [/U blijft actiehouder/], fill: { whom: "Collega van beleid" }, press: "primary" },
    { name: "the link, once", see: [/wordt niet nog eens getoond/], picture: true },
  ], manner);
  const link = (await holder.page.locator("#link").innerText()).trim();
  assert.match(link, new RegExp(`^${demo.url}/update/[0-9a-f]{64}$`));
  const secret = link.slice(-64);
  const letter = await holder.page.getByRole("link", { name: "Begin een mail met deze link" }).getAttribute("href");
  const begun = new URL(letter);
  assert.equal(begun.protocol, "mailto:");
  assert.deepEqual([...begun.searchParams.keys()], ["subject", "body"], "a letter to nobody yet");
  assert.ok(begun.searchParams.get("body").startsWith(`${link}\r\n`));

  await walk(page, [
    { name: "the reviewer", go: holder.update, see: [/Collega van beleid/, /Drie regio's/], never: [new RegExp(secret)], picture: true, follow: /^Stuur terug$/ },
    { name: "why back", fill: { why: "Noem de regio's." }, press: "primary" },
    { name: "sent back", see: [/De houder ziet uw reden/, /Noem de regio's/] },
  ], manner);

  // A colleague without an account, on a phone and without scripts.
  const colleague = await visitor(browser, demo.url, { script: false, size: PHONE });
  await walk(colleague.page, [
    { name: "the link opens nothing yet", go: link, see: [/Update van een actie/], press: "primary" },
    {
      name: "by the link", at: /^\/update$/, see: [/Noem de regio's/, /Dit leest de Tweede Kamer/], picture: true,
      fill: { results: "Den Haag, Zwolle en Utrecht plaatsen op dezelfde manier." }, press: /^Bewaar, nog niet versturen$/,
    },
    { name: "saved", see: [/Nog niet verstuurd/], press: /^Verstuur$/ },
    { name: "sent by the link", see: [/Het programmabureau kijkt ernaar/], picture: true },
  ], manner);
  await colleague.close();

  await walk(page, [
    { name: "to be accepted", go: holder.update, see: [/Den Haag, Zwolle en Utrecht/], press: /^Neem over$/ },
    { name: "accepted", see: [/Overgenomen in het register/], picture: true },
    { name: "the round goes on", go: round, see: [/Beantwoord/], picture: true },
  ], manner);
  await holder.close();
  await office.close();
});

test("the map has numbers and words, and a choice says what would be lost", async () => {
  const office = await visitor(browser, demo.url);
  const { page } = office;
  await walk(page, signingIn(withRole(demo.accounts, "programme_office")), { pictures: "coverage" });
  await walk(page, [
    { name: "forms and ages", go: "/work/coverage", see: [/Waar niets op gericht is/, /bewijst niet dat de actie dat deed/], picture: true },
    { name: "forms and regions", go: "/work/coverage?rows=region&columns=form", see: [/Acties: Regio/], picture: true },
    { name: "goals and lines", go: "/work/coverage?rows=line&columns=goal", see: [/Strategisch doel/], picture: true },
    { name: "the choice desk", go: "/work/coverage/choice", see: [/Dit is geen voorspelling/], picture: true },
  ], { pictures: "coverage" });
  for (const box of await page.locator('[name="stop"]').all()) await box.check();
  await page.locator('[name="double"]').first().check();
  await page.getByRole("button", { name: /Laat zien/ }).click();
  await walk(page, [{ name: "everything stops", see: [/Waar niets meer op gericht zou zijn/, /Seksuele uitbuiting/], picture: true }], { pictures: "coverage" });

  await page.setViewportSize(PHONE);
  await page.goto("/work/coverage");
  await shot(page, "coverage-phone");
  await page.goto("/work/pledges/new");
  await walk(page, [
    {
      name: "a motion", see: [/zoals u het vond/], choose: { kind: "motie" },
      fill: { reference: "28 638, nr. 248", resolved: "28638-249", who: "Lid Bedacht", on: "2024-04-23", text: "verzoekt het plan te herzien" }, press: "primary",
    },
    { name: "both numbers", see: [/geschreven als nummer 248, gevonden als nummer 249/], picture: true },
  ], { pictures: "pledges" });
  await office.close();
});
