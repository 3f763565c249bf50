// The public pages as a frightened person meets them: no scripts, a phone, somebody who may look over the shoulder.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, focusedAfterTabs, launch, shot, visitor } from "../lib/browser.mjs";
import { startDemo } from "../lib/samen.mjs";
import { walk } from "../lib/walk.mjs";

/** Words that no title, address or history entry may show. */
const TELLING = [/mensenhandel|uitbuiting|slachtoffer|melding|traffick|exploit|victim|report/i, /\d{4}[ +%-]?\d{4}[ +%-]?\d{4}/];
const PHONE = { width: 390, height: 844 };
const STORY = "Bij ons in de loods slapen acht mensen. Hun paspoorten liggen bij de baas.";
const WORDS = {
  nl: { root: "", report: /Ik wil iets melden/, leave: /Verlaat deze pagina/, messages: /Mijn berichten/, received: /Ontvangen/, none: /nog geen berichten/, open: /Open/, story: /Wat gebeurt er\?/, call: /Bel eerst 112/ },
  en: { root: "/en", report: /I want to report something/, leave: /Leave this page/, messages: /My messages/, received: /Received/, none: /no messages/i, open: /Open/, story: /Tell what is happening/, call: /Call 112 first/ },
};

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

/** From the front page to the first question. */
const toTheQuestions = (words) => [
  { name: "front", go: `${words.root}/`, see: [/112/, words.leave], follow: words.report, picture: true },
  { name: "before the first question", at: new RegExp(`^${words.root}/start$`), press: "go=begin", picture: true },
];

/** One question a page; what is asked for contact is left to the mailbox. */
const questions = (words) => [
  { name: "danger", choose: { danger: "no" }, press: "go=next", picture: true },
  { name: "story", fill: { story: STORY }, press: "go=next", picture: true },
  { name: "about", choose: { about: "other" }, press: "go=next" },
  { name: "age", choose: { age: "unknown" }, press: "go=next" },
  { name: "place", fill: { words: "Rotterdam" }, press: "go=next" },
  { name: "situations", choose: { situation: ["papers_taken", "bad_housing"] }, press: "go=next", picture: true },
  { name: "wish", choose: { wish: "help" }, press: "go=next" },
  { name: "reach", choose: { reach: "mailbox" }, press: "go=next" },
  { name: "check", see: [new RegExp(STORY.slice(0, 30)), /Rotterdam/], press: "go=send", picture: true },
  {
    name: "receipt",
    never: [new RegExp(STORY.slice(0, 30))],
    and: async (page, kept) => {
      kept.code = /\d{4} \d{4} \d{4} \d{4}/.exec(await page.locator("main").innerText())?.[0];
      assert.ok(kept.code, "the receipt shows no code of four groups of four digits");
    },
    follow: words.messages,
    picture: true,
  },
];

/** Back with the code, and a message of one's own. */
const mailbox = (words) => [
  {
    name: "code",
    at: new RegExp(`^${words.root}/messages$`),
    and: async (page, kept) => {
      await page.locator('[name="code"]').fill(kept.code.replaceAll(" ", ""));
      await page.locator('form:has([name="code"]) button[type="submit"]').last().click();
    },
  },
  { name: "mailbox", at: new RegExp(`^${words.root}/messages$`), see: [words.received, words.none], fill: { text: "Er zijn er nu negen." }, press: "primary", picture: true },
  { name: "mailbox with a message", see: [/Er zijn er nu negen/], never: [new RegExp(STORY.slice(0, 30))] },
];

for (const [language, words] of Object.entries(WORDS)) {
  test(`a report and its mailbox in ${language}, on a phone, without scripts`, async () => {
    const guest = await visitor(browser, demo.url, { script: false, language: `${language}-NL`, size: PHONE });
    const steps = [...toTheQuestions(words), ...questions(words), ...mailbox(words)];
    const { code } = await walk(guest.page, steps, { pictures: `public-${language}`, never: TELLING });
    assert.deepEqual(await guest.context.cookies(), [], "the phone keeps a cookie");
    assert.ok(!demo.log().includes(code) && !demo.log().includes(code.replaceAll(" ", "")), "the log holds the code");
    assert.ok(!demo.log().includes(STORY.slice(0, 30)), "the log holds the story");
    await guest.close();
  });
}

test("somebody in danger is told to call first and can still go on", async () => {
  const guest = await visitor(browser, demo.url, { script: false, size: PHONE });
  await walk(guest.page, [
    ...toTheQuestions(WORDS.nl),
    { name: "danger now", choose: { danger: "yes" }, press: "go=next" },
    { name: "call first", see: [WORDS.nl.call], press: "go=next", picture: true },
    { name: "story after all", see: [WORDS.nl.story], press: "go=back" },
    { name: "back at the call", see: [WORDS.nl.call] },
  ], { pictures: "public-danger", never: TELLING });
  await guest.close();
});

test("a question left open says what is missing, and keeps what was said", async () => {
  const guest = await visitor(browser, demo.url, { script: false, size: PHONE });
  await walk(guest.page, [
    ...toTheQuestions(WORDS.nl),
    { name: "danger unknown", choose: { danger: "unknown" }, press: "go=next" },
    { name: "no story yet", see: [WORDS.nl.story], press: "go=next" },
    { name: "the story is missing", see: [/Er is iets niet goed ingevuld/], fill: { story: STORY }, press: "go=next", picture: true },
    { name: "about", press: "go=back" },
    { name: "story again", and: async (page) => assert.equal(await page.locator('[name="story"]').inputValue(), STORY) },
  ], { pictures: "public-missing", never: TELLING });
  await guest.close();
});

test("an unknown code is refused in words, without a trace of it in the address", async () => {
  const guest = await visitor(browser, demo.url, { script: false });
  await walk(guest.page, [
    {
      name: "a code that nobody has",
      go: "/messages",
      and: async (page) => {
        await page.locator('[name="code"]').fill("0000 0000 0000 0000");
        await page.locator('form:has([name="code"]) button[type="submit"]').last().click();
      },
    },
    { name: "unknown code", at: /^\/messages$/, see: [/kennen wij niet/], picture: true },
  ], { pictures: "public-unknown-code", never: TELLING });
  await guest.close();
});

test("the way out is the first stop of the Tab key on every public page, and works without scripts", async () => {
  for (const path of ["/", "/start", "/start/1", "/messages", "/tips", "/privacy", "/accessibility"]) {
    const guest = await visitor(browser, demo.url, { script: false, size: PHONE });
    await guest.page.goto(path);
    await accessible(guest.page, path);
    assert.match(await focusedAfterTabs(guest.page, 1), WORDS.nl.leave, `the first stop on ${path}`);
    await guest.page.keyboard.press("Enter");
    const away = await waitFor(() => guest.foreign[0]);
    assert.match(away, /^https:\/\//, `the way out of ${path}`);
    assert.doesNotMatch(away, /127\.0\.0\.1/);
    assert.deepEqual(guest.faults, []);
    await guest.context.close();
  }
});

test("a report can be made with the keyboard alone", async () => {
  const guest = await visitor(browser, demo.url, { script: false });
  const { page } = guest;
  await page.goto("/start");
  await page.locator('button[name="go"][value="begin"]').focus();
  await page.keyboard.press("Enter");
  await page.locator('[name="danger"][value="no"]').focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await page.locator('[name="story"]').waitFor({ timeout: 5000 });
  await page.locator('[name="story"]').focus();
  await page.keyboard.type("Getypt.");
  await page.locator('button[value="next"]').focus();
  const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).boxShadow);
  assert.notEqual(ring, "nonenone", "the focus cannot be seen");
  await page.keyboard.press("Enter");
  await page.locator('[name="about"]').first().waitFor({ timeout: 5000 });
  await shot(page, "public-keyboard");
  await guest.close();
});

async function waitFor(value) {
  for (let tries = 0; tries < 500; tries += 1) {
    const found = value();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error("nothing happened within ten seconds");
}
