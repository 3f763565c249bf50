// Files as evidence of an update: sent by a colleague at a private link, on a phone and without scripts; refused with the reason and without
// losing a word; opened by the reviewer; still there when the text was accepted and the letter was frozen.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch, shot, visitor } from "../lib/browser.mjs";
import { startDemo, withRole } from "../lib/samen.mjs";
import { signingIn } from "../lib/sign-in.mjs";
import { walk } from "../lib/walk.mjs";

const PHONE = { width: 390, height: 844 };
const WORDS = "Twaalf van de twintig gemeenten plaatsen nu op dezelfde manier.";
const PAPER = Buffer.from("%PDF-1.7\n% een verzonnen rapport\n%%EOF\n");

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

const manner = { pictures: "plan-evidence" };

function edition() {
  const now = new Date();
  return `${now.getFullYear()}-${now.getMonth() < 6 ? 1 : 2}`;
}

const fortnight = () => new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);

/** Puts files into the form, as a visitor chooses them. */
const choosing = (...files) => async (page) => page.locator('main input[type="file"]').setInputFiles(files);

const file = (name, mimeType, buffer) => ({ name, mimeType, buffer });

/** What a person gets who follows the link to a file; at a private link, whose secret goes on in forms only, it is a button. */
async function saved(page, words, how = "link") {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole(how, { name: words }).first().click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test("a file comes with the text, a wrong one is refused with its reason, and what came in stays", async () => {
  const office = await visitor(browser, demo.url);
  const { page } = office;
  await walk(page, signingIn(withRole(demo.accounts, "programme_office")), manner);
  await walk(page, [
    { name: "a round", go: "/work/rounds/new", fill: { edition: edition(), cutoff: fortnight() }, press: "primary" },
    { name: "open", at: /\/work\/rounds\/0/, see: [/De ronde is open/] },
  ], manner);
  const update = await page.locator('main table a[href^="/work/updates/"]').first().getAttribute("href");
  await walk(page, [
    { name: "a private link", go: `${update}/link`, fill: { whom: "Collega van beleid" }, press: "primary" },
    { name: "shown once", see: [/wordt niet nog eens getoond/] },
  ], manner);
  const link = (await page.locator("#link").innerText()).trim();

  const holder = await visitor(browser, demo.url, { script: false, size: PHONE });
  const kept = async (there) => {
    assert.equal(await there.locator('main [name="results"]').inputValue(), WORDS, "what was typed is still there");
    assert.equal(await there.locator('main [name="title"]').inputValue(), "Meting van november", "the title too");
  };
  await walk(holder.page, [
    { name: "the link", go: link, press: "primary" },
    {
      name: "too large", at: /^\/update$/, see: [/elk tot 10 MB/], picture: true, fill: { results: WORDS, title: "Meting van november" },
      and: choosing(file("rapport.pdf", "application/pdf", Buffer.concat([PAPER, Buffer.alloc(11 << 20, 0x20)]))), press: /^Bewaar, nog niet versturen$/,
    },
    {
      name: "too large is said", see: [/te groot/], picture: true,
      and: async (there) => {
        await kept(there);
        // A program that calls itself a report.
        await choosing(file("rapport.pdf", "application/pdf", Buffer.from("MZ\x90\x00\x03 a program", "latin1")))(there);
      },
      press: /^Bewaar, nog niet versturen$/,
    },
    {
      name: "a disguised program is said", see: [/Bestand 1 is geen foto, PDF/], picture: true,
      and: async (there) => {
        await kept(there);
        assert.equal(await there.locator('main a[href*="/files/"]').count(), 0, "nothing of it was kept");
        await choosing(file("meting-jansen.pdf", "application/pdf", PAPER))(there);
      },
      press: /^Verstuur$/,
    },
    { name: "sent with its paper", see: [/Meting van november/, /Twaalf van de twintig/], never: [/jansen/], picture: true },
  ], manner);

  await walk(page, [
    { name: "the reviewer", go: update, see: [/Meting van november/, /kan schadelijk zijn/], never: [/jansen/], picture: true },
  ], manner);
  const opened = await saved(page, /Meting van november/);
  assert.deepEqual(opened.bytes, PAPER);
  assert.doesNotMatch(opened.name, /jansen|meting/i, "the name of a saved file says nothing");
  await walk(page, [
    { name: "to be accepted", go: update, press: /^Neem over$/ },
    { name: "accepted", see: [/Overgenomen in het register/, /Meting van november/], picture: true },
  ], manner);

  // The letter of this edition is frozen: the paper behind it is still there.
  await page.goto("/work/letters");
  const drafts = await page.locator('main table a[href^="/work/letters/"]').evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  let frozen = 0;
  for (const letter of drafts) {
    await page.goto(letter);
    if (await page.getByRole("link", { name: "Bevries de brief" }).count()) {
      await page.getByRole("link", { name: "Bevries de brief" }).click();
      await page.locator("main button").first().click();
      await page.waitForLoadState("load");
      assert.match(await page.locator("main").innerText(), /bevroren/i);
      frozen += 1;
    }
  }
  assert.ok(frozen > 0, "the made-up country has a letter that can be frozen");
  await page.goto(update);
  assert.deepEqual((await saved(page, /Meting van november/)).bytes, PAPER);
  await walk(holder.page, [
    { name: "the holder afterwards", go: link, press: "primary" },
    { name: "at the link", see: [/Meting van november/] },
  ], manner);
  const own = await saved(holder.page, /Meting van november/, "button");
  assert.deepEqual(own.bytes, PAPER);
  await shot(holder.page, "plan-evidence-phone-afterwards");
  await holder.context.close();
  await office.close();
});
