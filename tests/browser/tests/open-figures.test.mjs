// The open figures as anybody meets them: no account, no script, on a phone and on a desk, in two languages. Every page is judged by axe,
// and a picture of each is kept.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, fitsAPhone, launch, shot, visitor } from "../lib/browser.mjs";
import { startDemo } from "../lib/samen.mjs";

const PHONE = { width: 390, height: 844 };
const PAGES = ["/figures", "/figures/comensha_reports", "/figures/victims_by_year", "/figures/hidden_number", "/en/figures", "/en/figures/comensha_reports"];

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

test("every page of the open figures can be read by everybody, on a desk and on a phone", async () => {
  for (const path of PAGES) {
    const name = `open${path.replaceAll("/", "-")}`;
    const guest = await visitor(browser, demo.url, { script: false });
    await guest.page.goto(path);
    await accessible(guest.page, path);
    await shot(guest.page, name);
    assert.deepEqual(guest.faults, []);
    await guest.context.close();
    const phone = await visitor(browser, demo.url, { script: false, size: PHONE });
    await phone.page.goto(path);
    await fitsAPhone(phone.page, path);
    await phone.context.close();
  }
});

test("the picture says in words what it shows, and its table has every number", async () => {
  const guest = await visitor(browser, demo.url, { script: false });
  await guest.page.goto("/figures/comensha_reports");
  const picture = guest.page.getByRole("img", { name: /Aanmeldingen bij CoMensha/ });
  assert.equal(await picture.count(), 1);
  const rows = await guest.page.locator("main table tbody tr").count();
  const file = await (await fetch(`${demo.url}/figures/comensha_reports/data.csv`)).text();
  assert.equal(rows, file.trim().split("\n").length - 1);
  await guest.context.close();
});

test("what was not sent yet has no number anywhere", async () => {
  const guest = await visitor(browser, demo.url, { script: false });
  await guest.page.goto("/figures");
  await guest.page.getByRole("link", { name: "Tijd tot het eerste antwoord" }).click();
  assert.match(await guest.page.locator("main").innerText(), /Nog niet gepubliceerd/);
  assert.equal(await guest.page.locator("main table").count(), 0);
  assert.equal((await fetch(`${demo.url}/figures/first_answer/data.json`)).status, 404);
  await guest.context.close();
});
