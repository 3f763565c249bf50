// Reports that name the same plate: what somebody of the signal desk sees of them, side by side, and what she finds. Every page is judged by axe
// and by the width of a phone, and a picture of each is kept. Without scripts.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, visitor } from "../lib/browser.mjs";
import { startDemo, withRole } from "../lib/samen.mjs";
import { signingIn } from "../lib/sign-in.mjs";
import { walk } from "../lib/walk.mjs";

const PHONE = { width: 390, height: 844 };
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

const rest = { acute: "no", channel: "telefoon", reporter: "burger", language: "nl", form: "SU", minors: "no", parent: "no", help: "not_asked", police: "not_asked" };

/** Takes a report down and keeps its address under a name. */
function takenDown(name, municipality, story, plate) {
  return [
    { name: `taking down ${name}`, go: "/work/reports/new", fill: { story, plate }, choose: { ...rest, municipality }, press: "primary" },
    {
      name: `${name} is there`,
      see: [/De melding is opgenomen/],
      and: async (page, kept) => { kept[name] = await page.locator('main a[href^="/work/reports/"]:not([href$="/new"])').first().getAttribute("href"); },
      end: (page) => page.locator('main a[href^="/work/reports/"]:not([href$="/new"])').first().click(),
    },
  ];
}

const van = "64-QTN-2";
const journey = [
  ...takenDown("tilburg", "GM0855", "Receptie ziet wisselende bezoekers op één kamer, contant betaald. Een grijze bus wacht buiten.", van),
  ...takenDown("zwolle", "GM0193", "Dezelfde bus drie avonden bij het hotel. De chauffeur haalt steeds een andere vrouw op.", van),
  ...takenDown("utrecht", "GM0344", "Een bus met dit kenteken brengt elke ochtend pakketten.", van),
];

test("found by the program, judged by somebody, seen on both", async () => {
  const { page } = await visitor(browser, demo.url, { script: false });
  await walk(page, signingIn(withRole(demo.accounts, "signal_desk")), { pictures: "links" });
  const manner = { pictures: "links" };
  const kept = await walk(page, [
    ...journey,
    { name: "two reports name the same", see: [/Verbanden met andere meldingen/, /Nog niet beoordeeld/, /Hetzelfde: kenteken/], picture: true },
  ], manner);
  const id = (name) => kept[name].split("/").pop();
  await walk(page, [
    { name: "side by side", go: `${kept.tilburg}/links/${id("zwolle")}`, see: [/Horen deze meldingen bij elkaar\?/, /wisselende bezoekers/, /drie avonden bij het hotel/, /beslist niets over een persoon/], picture: true, press: "primary" },
    { name: "an answer and a reason are missing", see: [/Kies of de meldingen bij elkaar horen/, /Schrijf op waarom/], picture: true, choose: { finding: "together" }, fill: { because: "Zelfde bus, zelfde soort hotel, zelfde avonden. Geen toeval." }, press: "primary" },
    { name: "together", see: [/Het staat bij beide meldingen/, /Ze horen bij elkaar/, /Geen toeval/] },
    { name: "another one by its address", go: `${kept.tilburg}/links/new`, see: [/Welke melding\?/], picture: true, fill: { other: "geen nummer" }, press: "primary" },
    { name: "no number of a report", see: [/geen nummer van een melding/], fill: { other: `${demo.url}${kept.utrecht}?done=entered` }, press: "primary" },
    { name: "chance", see: [/brengt elke ochtend pakketten/], choose: { finding: "apart" }, fill: { because: "Een bezorger die overal komt." }, press: "primary" },
    { name: "one together and one behind a fold", see: [/Ze horen bij elkaar/, /Wat niet bij elkaar hoort/], and: (at) => at.locator("details.samen-details summary", { hasText: "Wat niet bij elkaar hoort" }).click(), picture: true },
    { name: "seen on the other one too", go: kept.zwolle, see: [/Ze horen bij elkaar/, /Nog niet beoordeeld/] },
    { name: "found anew", go: `${kept.zwolle}/links/${id("tilburg")}`, see: [/Wat eerder is vastgesteld/, /Geen toeval/], picture: true, choose: { finding: "together" }, fill: { because: "Nog eens." }, press: "primary" },
    { name: "it stands already", see: [/Dit is al vastgesteld en staat nog/] },
  ], manner);
  await page.setViewportSize(PHONE);
  await walk(page, [
    { name: "side by side on a phone", go: `${kept.zwolle}/links/${id("tilburg")}`, picture: true },
    { name: "the report on a phone", go: kept.zwolle, picture: true },
  ], manner);
  assert.equal(await page.locator("h1").count(), 1);
});
