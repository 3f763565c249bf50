// What an edition changed since the one before, and a correction of a frozen one: it changes nothing of what was compared, and is named.

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

const manner = { pictures: "letter-changes" };

test("the changes stand action by action, and a correction beside them", async () => {
  const office = await visitor(browser, demo.url, { script: false });
  const { page } = office;
  await walk(page, signingIn(withRole(demo.accounts, "programme_office")), manner);
  await page.goto("/work/letters");
  const letters = await page.locator('main table a[href^="/work/letters/"]').evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  assert.ok(letters.length >= 2, "the made-up country has a letter that was sent and one that is written");
  let draft;
  let sent;
  for (const letter of letters) {
    await page.goto(letter);
    if (await page.getByRole("link", { name: "Verbeter een fout" }).count()) sent ??= letter;
    else draft ??= letter;
  }
  // A holder told how an action stands since the letter before.
  await page.goto("/work/plan?status=loopt");
  const actions = await page.locator('main a[href^="/work/plan/0"]').evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  await walk(page, [
    { name: "an action", go: `${actions[0]}/update`, choose: { status: "vertraagd" }, fill: { results: "Vier regio's doen mee; de vijfde begint in het voorjaar.", why: "De vijfde regio zoekt nog mensen." }, press: "primary" },
    { name: "told", at: /^\/work\/plan\/0/, see: [/Vertraagd/] },
    { name: "changes", go: `${draft}/changes`, see: [/Wat veranderde er tot editie/, /Vergeleken met editie/, /hetzelfde gebleven/, /Vertraagd/, /Vier regio's doen mee/], picture: true },
  ], manner);
  const rows = await page.locator("main table").first().locator("tbody tr").count();
  assert.ok(rows >= 2, "the status and what was reached");
  await page.setViewportSize(PHONE);
  await shot(page, "letter-changes-phone");
  await page.setViewportSize({ width: 1280, height: 900 });

  const changed = await page.locator("main table").first().innerText();
  await walk(page, [
    {
      name: "a mistake in the letter that was sent", go: `${sent}/correct`, see: [/verandert niet/],
      fill: { place: "Actielijn 3, eerste alinea", wrong: "In alle regio's", right: "In acht van de tien regio's", reason: "Twee regio's zoeken nog." }, press: "primary",
    },
    { name: "stands beside the letter", see: [/In acht van de tien regio's/], picture: true },
    {
      name: "changes with the correction", go: `${draft}/changes`,
      see: [/Verbeteringen van editie/, /Actielijn 3, eerste alinea/, /In acht van de tien regio's/, /Twee regio's zoeken nog/], picture: true,
      and: async (there) => {
        const now = await there.locator("main table").first().innerText();
        assert.equal(now, changed, "the comparison is of the frozen texts");
      },
    },
  ], manner);
  await page.setViewportSize(PHONE);
  await shot(page, "letter-changes-correction-phone");
  await page.setViewportSize({ width: 1280, height: 900 });
  // The first edition of all has none before it.
  await walk(page, [{ name: "nothing before", go: `${sent}/changes`, see: [/geen eerdere editie|Vergeleken met editie/] }], manner);
  await office.close();
});
