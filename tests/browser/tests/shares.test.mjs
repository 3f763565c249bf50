// A part of a file goes from one care coordinator to another: asked, looked at, offered, accepted, read, taken back, confirmed. Every page is
// judged by axe and by the width of a phone, and a picture of each is kept.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, visitor } from "../lib/browser.mjs";
import { startDemo } from "../lib/samen.mjs";
import { signingIn } from "../lib/sign-in.mjs";
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

async function somebody(role, organisation) {
  const account = demo.accounts.find((one) => one.role === role && one.organisation.includes(organisation));
  assert.ok(account, `nobody is ${role} at "${organisation}"`);
  const colleague = await visitor(browser, demo.url, { script: false });
  await walk(colleague.page, signingIn(account), { pictures: "shares" });
  return { ...colleague, account };
}

/** Chooses in a list by words of the choice. */
async function pick(page, name, words) {
  const list = page.locator(`main [name="${name}"]`);
  const option = list.locator("option", { hasText: words }).first();
  await list.selectOption(await option.getAttribute("value"));
}

/** Whatever one organisation sends another arrives by itself, within seconds. */
async function until(page, path, words) {
  for (let tries = 0; tries < 60; tries += 1) {
    await page.goto(path);
    if (words.test(await page.locator("main").innerText())) return;
    await page.waitForTimeout(250);
  }
  throw new Error(`${path} did not say ${words} within fifteen seconds`);
}

const question = {
  choose: { purpose: "care", data: ["language", "care_needs"] },
  and: async (page) => pick(page, "to", "Zorgcoördinatie IJsselland"),
  press: "primary",
};

test("a part of a file is shared, read, taken back and confirmed", async () => {
  const sender = await somebody("care_coordinator", "Haaglanden");
  const receiver = await somebody("care_coordinator", "IJsselland");
  const steps = (who, list) => walk(who.page, list, { pictures: `shares-${who === sender ? "sender" : "receiver"}`, never: [new RegExp(NAME), /rustige plek/] });

  const opened = await steps(sender, [
    {
      name: "own case",
      go: "/work/cases/new",
      fill: { alias: NAME, born: "1992-05-01", need: NEED },
      choose: { age: "certain", sex: "F", language: "ar" },
      press: "primary",
    },
    { name: "dossier", see: [/Delen met anderen/, /Er is nog niets uit dit dossier gedeeld/], and: async (page, kept) => (kept.case = new URL(page.url()).pathname), follow: /Een deel van dit dossier delen/ },
    { name: "what to share", see: [/Er gaat nog niets weg/], picture: true, press: "primary" },
    { name: "nothing chosen", see: [/Kies met welke organisatie/, /Kies minstens één soort/], picture: true, ...question },
    { name: "no without consent", see: [/Nee, zo mag het niet/, /Zo mag het wel/], never: [/rustige plek/], picture: true },
  ]);
  await steps(sender, [
    {
      name: "consent",
      go: `${opened.case}/consents/new`,
      choose: { giver: "self", purpose: "care", data: ["language", "care_needs"], free: "yes", form: "written", language: "ar" },
      fill: { how: "Met een tolk besproken." },
      and: async (page) => pick(page, "recipients", "Zorgcoördinatie IJsselland"),
      press: "primary",
    },
    { name: "asked again", go: `${opened.case}/share`, ...question },
    {
      name: "exactly what goes",
      see: [/Dit gaat, precies zoals het hier staat/, /rustige plek/, /Arabisch/],
      never: [new RegExp(NAME)],
      picture: true,
      fill: { why: "De hulp gaat in Zwolle verder." },
      and: async (page) => {
        for (const words of await page.locator('main label[for^="confirmed-"]').all()) await words.click();
      },
      press: "primary",
    },
    { name: "offered", see: [/Aangeboden\. U ziet hier/, /aangeboden/], picture: true },
  ]);

  await until(receiver.page, "/work/shares", /wacht op uw antwoord/);
  await steps(receiver, [
    { name: "list", picture: true, end: async (page) => page.locator("main table a").first().click() },
    { name: "kinds only", see: [/U ziet nu nog niets over een persoon/, /gaat in Zwolle verder/], never: [/rustige plek/, /Arabisch/, new RegExp(NAME)], picture: true, press: /^Ja, wij nemen dit aan/ },
  ]);
  const share = new URL(receiver.page.url()).pathname;
  await until(receiver.page, share, /te lezen/);
  await steps(receiver, [{ name: "content", see: [/rustige plek/, /Arabisch/, /Gebruik dit alleen voor het doel/], never: [new RegExp(NAME)], picture: true }]);

  await steps(sender, [
    { name: "where it stands", go: opened.case, follow: /IJsselland/ },
    { name: "shared", see: [/De ander heeft dit sinds/], picture: true, follow: /^Terughalen/ },
    { name: "take back", see: [/De ander ziet het meteen niet meer/], picture: true, press: "primary" },
    { name: "taken back", see: [/Teruggehaald/] },
  ]);
  await until(receiver.page, share, /bevestig het einde/);
  await steps(receiver, [
    { name: "ended", see: [/De afzender heeft het teruggehaald/], never: [/rustige plek/, /Arabisch/], picture: true, follow: /^Einde bevestigen/ },
    { name: "anything left", picture: true, choose: { left: "no" }, press: "primary" },
    { name: "finished", see: [/Bevestigd\. De afzender weet/] },
  ]);
  await until(sender.page, opened.case, /beëindigd/);
  await sender.close();
  await receiver.close();
});

test("the police are warned of acute danger, and see it after their yes", async () => {
  const sender = await somebody("care_coordinator", "Haaglanden");
  const police = await somebody("investigator", "Politie");
  const steps = (who, list) => walk(who.page, list, { pictures: `shares-${who === sender ? "warning" : "police"}`, never: [new RegExp(NAME), /rustige plek/] });

  const opened = await steps(sender, [
    { name: "own case", go: "/work/cases/new", fill: { alias: NAME, born: "1992-05-01", need: NEED }, choose: { age: "certain", sex: "F", language: "ar" }, press: "primary" },
    { name: "dossier", and: async (page, kept) => (kept.case = new URL(page.url()).pathname), follow: /Een deel van dit dossier delen/ },
    {
      name: "in danger",
      see: [/Bel eerst 112/],
      picture: true,
      choose: { purpose: "acute_danger", data: ["language", "care_needs"], so: ["acute_danger"] },
      and: async (page) => pick(page, "to", police.account.organisation),
      press: "primary",
    },
    {
      name: "what the police would get",
      see: [/Dit gaat, precies zoals het hier staat/, /Arabisch/],
      picture: true,
      fill: { why: "Hij staat nu voor de deur." },
      and: async (page) => {
        for (const words of await page.locator('main label[for^="confirmed-"]').all()) await words.click();
      },
      press: "primary",
    },
    { name: "warned", see: [/Aangeboden\. U ziet hier/] },
  ]);

  await until(police.page, "/work/service-shares", /wacht op uw antwoord/);
  await steps(police, [
    { name: "list", picture: true, end: async (page) => page.locator("main table a").first().click() },
    { name: "urgent", see: [/Iemand is nu in gevaar/, /staat nu voor de deur/], never: [/Arabisch/], picture: true, press: /^Ja, wij nemen dit aan/ },
  ]);
  const share = new URL(police.page.url()).pathname;
  await until(police.page, share, /te lezen/);
  await steps(police, [{ name: "content", see: [/Arabisch/], picture: true }]);
  await until(sender.page, opened.case, /gedeeld/);
  await sender.close();
  await police.close();
});
