// Walks through pages by a list of steps, so that a journey reads as a table: what one sees, fills in, chooses and presses.

import assert from "node:assert/strict";
import { accessible, fitsAPhone, shot } from "./browser.mjs";

/**
 * One step on one page. Every part may be left out; what is there is done in this order.
 * @typedef {object} Step
 * @property {string} name      the step, for messages and pictures
 * @property {string} [go]      open this path first
 * @property {RegExp} [at]      the path must fit
 * @property {RegExp[]} [see]   the words of the page must fit
 * @property {RegExp[]} [never] no words, title or address of the page may fit
 * @property {Object<string, string>} [fill]   texts, by the field's `name`
 * @property {Object<string, string | string[]>} [choose] radio buttons, tick boxes and lists, by the field's `name`: value or values
 * @property {RegExp} [follow]  follow the link with these words
 * @property {RegExp | string} [press] press the button with these words, with this `name=value`, or the page's `primary` one
 * @property {(page: import("playwright-core").Page, kept: object) => Promise<void>} [and] anything else; may keep things for later steps
 * @property {(page: import("playwright-core").Page) => Promise<void>} [end] leaves the page in a way of its own, after the picture
 * @property {boolean} [picture] keep a picture, before the form is sent
 */

/**
 * Takes the steps one after the other. On every page: axe, the width of a phone, a language, one heading, and the words that may never be there.
 * @param {Step[]} steps
 * @param {{ pictures: string, never?: RegExp[], phone?: boolean }} manner `pictures` begins the name of each picture
 * @returns {Promise<object>} what the steps kept
 */
export async function walk(page, steps, manner) {
  const kept = {};
  for (const [at, step] of steps.entries()) {
    try {
      await take(page, step, manner, at, kept);
    } catch (error) {
      const name = `${manner.pictures}-failed-${slug(step.name)}`;
      await shot(page, name).catch(() => {});
      const text = await page.locator("body").innerText().catch(() => "");
      throw new Error(`step "${step.name}" at ${page.url()}: ${error.message}\n--- the page said (picture: ${name}.png):\n${text.slice(0, 1500)}`, { cause: error });
    }
  }
  return kept;
}

async function take(page, step, manner, at, kept) {
  if (step.go) await page.goto(step.go);
  const path = new URL(page.url()).pathname;
  if (step.at) assert.match(path, step.at, "another page than expected");
  await sound(page, step, manner);
  for (const [name, text] of Object.entries(step.fill ?? {})) await page.locator(`main [name="${name}"]`).first().fill(text);
  for (const [name, value] of Object.entries(step.choose ?? {})) await choose(page, name, [value].flat());
  if (step.and) await step.and(page, kept);
  if (step.picture) await shot(page, `${manner.pictures}-${String(at + 1).padStart(2, "0")}-${slug(step.name)}`);
  if (step.follow) await page.getByRole("link", { name: step.follow }).first().click();
  if (step.press) await button(page, step.press).first().click();
  if (step.end) await step.end(page);
  await page.waitForLoadState("load");
}

async function sound(page, step, manner) {
  const text = await page.locator("body").innerText();
  for (const words of step.see ?? []) assert.match(text, words, "the page does not say what it should");
  const title = await page.title();
  for (const words of [...(manner.never ?? []), ...(step.never ?? [])]) {
    for (const place of [title, page.url()]) assert.doesNotMatch(place, words, "the title or address gives something away");
  }
  for (const words of step.never ?? []) assert.doesNotMatch(text, words, "the page says what it must not");
  assert.equal(await page.locator("h1").count(), 1, "a page has one heading");
  assert.ok(await page.locator("html[lang]").count(), "the page names no language");
  await accessible(page, step.name);
  if (manner.phone ?? true) await fitsAPhone(page, step.name);
}

function button(page, named) {
  if (named === "primary") return page.locator("main button.samen-button--primary-action, main button.samen-button--danger");
  if (named instanceof RegExp) return page.getByRole("button", { name: named });
  const [name, value] = named.split("=");
  return page.locator(`button[name="${name}"][value="${value}"]`);
}

async function choose(page, name, values) {
  const field = page.locator(`main [name="${name}"]`);
  const kind = await field.first().evaluate((element) => element.tagName.toLowerCase());
  if (kind === "select") return void (await field.first().selectOption(values));
  // Somebody touches the words, which cover the whole card, rather than the round or the square.
  for (const value of values) {
    const option = page.locator(`main [name="${name}"][value="${value}"]`);
    await option.evaluate((element) => element.closest("details:not([open])")?.querySelector("summary").click());
    const id = await option.getAttribute("id");
    const words = id ? page.locator(`label[for="${id}"]`) : option.locator("xpath=ancestor::label");
    if (!(await option.isChecked())) await words.click();
    assert.ok(await option.isChecked(), `"${value}" of "${name}" cannot be chosen`);
  }
}

function slug(name) {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}
