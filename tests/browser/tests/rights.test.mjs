// A person's rights as they look: a restriction on a file with its grounds, an erasure and a correction carried out, the page that is left of
// a file that is gone, what she takes along, and a hand-over for a vital interest. Every page is judged by axe, on a desk and on a phone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, shot, visitor } from "../lib/browser.mjs";
import { startDemo } from "../lib/samen.mjs";
import { signingIn } from "../lib/sign-in.mjs";
import { walk } from "../lib/walk.mjs";

const NAME = "Marigold";

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

/** The same page as a phone shows it. */
async function onAPhone(page, name) {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await shot(page, name);
  await page.setViewportSize(size);
}

async function somebody(role, organisation) {
  const account = demo.accounts.find((one) => one.role === role && one.organisation.includes(organisation));
  assert.ok(account, `nobody is ${role} at "${organisation}"`);
  const colleague = await visitor(browser, demo.url, { script: false });
  await walk(colleague.page, signingIn(account), { pictures: "rights" });
  return { ...colleague, account };
}

/** A case of one's own organisation with a request of hers that was settled; its pages. */
async function asked(care, right, words) {
  const pictures = { pictures: `rights-${right}`, never: [new RegExp(NAME)] };
  const steps = (list) => walk(care.page, list, pictures);
  const kept = await steps([
    {
      name: "own case",
      go: "/work/cases/new",
      fill: { alias: NAME, born: "1992-05-01", need: "Een rustige plek." },
      choose: { age: "certain", sex: "F", language: "ar" },
      press: "primary",
    },
    { name: "dossier", and: async (page, kept) => (kept.case = new URL(page.url()).pathname) },
  ]);
  await steps([
    { name: "request", go: `${kept.case}/own-data`, picture: right === "restriction", choose: { right }, fill: { words }, press: "primary" },
    { name: "settle", and: async (page, kept) => (kept.request = new URL(page.url()).pathname), choose: { how: "in_person" }, press: "primary" },
    { name: "settled", see: [/Vastgesteld/], and: async (page) => { kept.request = new URL(page.url()).pathname; } },
  ]);
  return kept;
}

/** Her private code, as her care worker writes it down for her. */
async function code(care, path) {
  await care.page.goto(`${path}/code`);
  await care.page.locator('main label[for="herself"]').click();
  await care.page.locator("main form button.samen-button--primary-action").click();
  await care.page.waitForLoadState("load");
  const text = await care.page.locator("main").innerText();
  const found = text.match(/\d{4}[- ]\d{4}[- ]\d{4}[- ]\d{4}/);
  assert.ok(found, text);
  return found[0];
}

test("a restriction stands on the file, and nothing goes without a ground", async () => {
  const care = await somebody("care_coordinator", "Haaglanden");
  const kept = await asked(care, "restriction", "Mijn leeftijd klopt niet.");
  const steps = (list) => walk(care.page, list, { pictures: "rights-restriction" });
  await steps([
    { name: "which ground", go: `${kept.request}/answer`, see: [/AVG 18\(1\)\(a\)/], picture: true, press: "primary" },
    { name: "nothing chosen", picture: true, choose: { outcome: "given", restriction: "contested" }, fill: { words: "Wij bewaren het." }, press: "primary" },
    { name: "granted", see: [/Uitgevoerd/], picture: true },
    { name: "on the file", go: kept.case, see: [/Alleen bewaren/], picture: true, follow: /^Bekijk de beperking/ },
    { name: "the restriction", see: [/Er is nog niets opgeschreven/], picture: true, and: async (page) => onAPhone(page, "rights-restriction-phone"), follow: /^Schrijf een grond op/ },
    { name: "a ground", picture: true, and: async (page) => onAPhone(page, "rights-restriction-ground-phone"), choose: { act: "disclose", despite: "consent" }, fill: { reason: "Zij wil dat haar advocaat dit krijgt." }, press: "primary" },
    { name: "written down", see: [/haar advocaat/], picture: true, follow: /^Laat de beperking ophouden/ },
    { name: "too early", fill: { last: "2026-01-01", reason: "Het is nagekeken." }, press: "primary" },
    { name: "says so", see: [/Dat is te vroeg/], picture: true, fill: { last: "2035-01-01" }, press: "primary" },
    { name: "ends", see: [/Laat de beperking toch staan/], picture: true },
  ]);
});

test("what was granted is carried out, and her page says so", async () => {
  const care = await somebody("care_coordinator", "Haaglanden");
  const kept = await asked(care, "correction", "Ik spreek Hongaars.");
  const steps = (list, pictures) => walk(care.page, list, { pictures });
  await steps([
    { name: "answer", go: `${kept.request}/answer`, choose: { outcome: "given", data: ["language"] }, fill: { words: "Dat doen wij." }, press: "primary" },
    { name: "to be carried out", see: [/Toegekend, nog uit te voeren/], picture: true },
    { name: "how", go: `${kept.request}/carry-out`, picture: true, press: "primary" },
    { name: "nothing chosen", picture: true, choose: { how: "note" }, fill: { words: "Ik spreek Hongaars.", reason: "De tolk hoorde iets anders." }, press: "primary" },
    { name: "noted", see: [/Uitgevoerd/], picture: true },
  ], "rights-correction");
  const gone = await asked(care, "erasure", "");
  const hers = await code(care, gone.case);
  await steps([
    { name: "answer", go: `${gone.request}/answer`, choose: { outcome: "given" }, fill: { words: "Wij vernietigen het." }, press: "primary" },
    { name: "what goes", go: `${gone.request}/carry-out`, see: [/Dit wordt vernietigd/], picture: true, and: async (page) => onAPhone(page, "rights-erasure-phone"), choose: { how: "erase" }, press: "primary" },
    { name: "gone", see: [/Uitgevoerd/], picture: true },
  ], "rights-erasure");
  const her = await visitor(browser, demo.url, { script: false });
  for (const [path, words] of [["/my", /Uw dossier is vernietigd/], ["/en/my", /Your file was destroyed/]]) {
    await walk(her.page, [
      { name: `enter ${path}`, go: path, fill: { code: hers }, press: "primary" },
      { name: `left of it ${path}`, see: [words], never: [new RegExp(NAME)], picture: true, and: async (page) => onAPhone(page, `rights-gone-phone-${path.length}`) },
    ], { pictures: "rights-gone" });
  }
});

test("taking along names the article of what stays, and her page asks for every right", async () => {
  const care = await somebody("care_coordinator", "Haaglanden");
  const kept = await asked(care, "portability", "");
  await walk(care.page, [
    { name: "what can go", go: `${kept.request}/answer`, see: [/AVG 20\(1\)\(a\), 20\(3\)/], picture: true },
  ], { pictures: "rights-portability" });
  const hers = await code(care, kept.case);
  const her = await visitor(browser, demo.url, { script: false });
  await walk(her.page, [
    { name: "enter", go: "/my", fill: { code: hers }, press: "primary" },
    { name: "her page", see: [/Ik wil mijn gegevens meenemen/, /Bewaar mijn gegevens/], picture: true, and: async (page) => onAPhone(page, "rights-hers-phone") },
  ], { pictures: "rights-hers" });
});

test("a hand-over for a vital interest: the form, what goes, and the decision", async () => {
  const service = await somebody("investigator", "olitie");
  const steps = (list) => walk(service.page, list, { pictures: "rights-vital", never: [new RegExp(NAME)] });
  const intake = await steps([
    { name: "found", go: "/work/intakes/new", fill: { story: "Zij lag bewusteloos in een loods.", found: "2026-03-01" }, press: "primary" },
    { name: "opened", and: async (page, kept) => (kept.path = new URL(page.url()).pathname) },
  ]);
  const person = await steps([
    {
      name: "person",
      go: `${intake.path}/people/new`,
      fill: { alias: NAME, born: "2003-05-01" },
      choose: { age_known: "certain", sex: "F", interpreter: "yes", phone_safe: "unknown", origin: "NG", residence: "zonder_verblijf", form: "SU", municipality: "GM0518", language: "en", authority: "unknown" },
      press: "primary",
    },
    { name: "person added", and: async (page, kept) => (kept.path = new URL(page.url()).pathname) },
  ]);
  const pick = async (page) => {
    const list = page.locator('main [name="to"]');
    const option = list.locator("option", { hasText: "Haaglanden" }).first();
    await list.selectOption(await option.getAttribute("value"));
  };
  await steps([
    { name: "the form", go: `${person.path}/hand-over-vital`, picture: true, press: "primary" },
    {
      name: "nothing filled in",
      picture: true,
      choose: { cannot: "unconscious", data: ["safety", "language"] },
      fill: { why: "Zij is buiten kennis.", danger: "Zonder medische hulp sterft zij." },
      and: pick,
      press: "primary",
    },
    {
      name: "what goes",
      picture: true,
      and: async (page) => {
        await onAPhone(page, "rights-vital-phone");
        for (const words of await page.locator('main label[for^="confirmed-"]').all()) await words.click();
      },
      press: "primary",
    },
    { name: "handed over", picture: true },
  ]);
});
