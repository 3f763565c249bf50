// Barriers as a barrier officer walks them: the steps of the offender, a new barrier whose words are warned for, planned, raised, what it yielded, its
// end; and another organisation that finds nothing. Every page is judged by axe and by the width of a phone, and a picture of each is kept.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, visitor } from "../lib/browser.mjs";
import { startDemo } from "../lib/samen.mjs";
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

const manner = { pictures: "barriers", never: [/Stationsstraat/] };
const account = (user) => demo.accounts.find((one) => one.user === user) ?? assert.fail(`there is no account ${user}`);
/** So many days before today, as a date field sends it. */
const ago = (days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

test("a barrier goes from thought to end", async () => {
  const officer = await visitor(browser, demo.url);
  const { page } = officer;
  await walk(page, signingIn(account("p-barriere")), manner);
  await walk(page, [
    { name: "list", go: "/work/barriers", see: [/De stappen van de dader/, /Staat nu/, /Barrières van uw organisatie/, /Huisvesten/], picture: true },
    { name: "one step", go: "/work/barriers?step=huisvesten", see: [/Afspraak met een bedrijf of branche/], never: [/Wie kan een barrière opwerpen/], picture: true },
    { name: "nothing here", go: "/work/barriers?step=werven", see: [/Geen barrières met deze stand bij deze stap/], picture: true },
    { name: "choose a step", go: "/work/barriers/new", see: [/Bij welke stap van de dader/, /Wie maakt het mogelijk/], picture: true },
    { name: "left open", go: "/work/barriers/new?step=huisvesten", see: [/verhuurders, hotels, vakantieparken/], picture: true, press: "primary" },
    {
      name: "what is missing", see: [/Kies een gemeente of een regio/], picture: true,
      choose: { instrument: ["sluiting"], target: ["hotel"], municipality: ["GM0193"], forms: ["SU"] },
      fill: { what: "Hotel aan de Stationsstraat 12, kamers per uur", action: "3.b" }, press: "primary",
    },
    { name: "confirm", see: [/Dit lijkt een naam of een adres/, /Ik heb het nagekeken/], picture: true, choose: { looked: ["yes"] }, press: "primary" },
    { name: "considered", at: /\/work\/barriers\/[0-9a-f-]+/, see: [/De barrière is opgeschreven/, /Stationsstraat 12/, /Overwogen/, /3\.b/], picture: true },
  ], manner);
  const path = new URL(page.url()).pathname;
  await walk(page, [
    { name: "plan", go: `${path}/plan`, picture: true, fill: { who: "Team vergunningen", until: ago(-30) }, press: "primary" },
    { name: "planned", see: [/De barrière is gepland/, /Team vergunningen/] },
    { name: "raise too early", go: `${path}/raise`, fill: { on: ago(-1) }, press: "primary" },
    { name: "a day to come", see: [/Deze dag moet nog komen/], picture: true, fill: { on: ago(3) }, press: "primary" },
    { name: "raised", see: [/De barrière is opgeworpen/] },
    { name: "a person", go: `${path}/result`, fill: { on: ago(2), what: "Bel 06-12345678 voor de sleutel" }, press: "primary" },
    { name: "no person", see: [/Dit lijken gegevens van een persoon/], picture: true, fill: { what: "Alle kamers waren leeg" }, press: "primary" },
    { name: "yield", see: [/Alle kamers waren leeg/] },
    { name: "end", go: `${path}/end`, picture: true, choose: { how: ["overturned"] }, fill: { on: ago(1), reason: "De rechter vond drie maanden te lang" }, press: "primary" },
    { name: "ended", see: [/Vernietigd door rechter of bezwaar/, /Geschiedenis/, /te lang/], picture: true },
    { name: "too late", go: `${path}/drop`, fill: { reason: "Toch niet" }, press: "primary" },
    { name: "told why", see: [/Deze stap kan nu niet/], picture: true },
  ], manner);
  await officer.close();

  const other = await visitor(browser, demo.url);
  await walk(other.page, signingIn(account("p-barriere-gem")), manner);
  await walk(other.page, [{ name: "own list", go: "/work/barriers", never: [/Hotel of pension/], see: [/Vakantiepark/] }], manner);
  const reply = await other.page.goto(path);
  assert.equal(reply.status(), 404);
  await other.close();
});
