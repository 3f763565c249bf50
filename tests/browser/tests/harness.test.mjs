// The tools of these tests are tested too: a check that never fails would prove nothing.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { accessible, focusedAfterTabs, launch, visitor } from "../lib/browser.mjs";
import { code } from "../lib/totp.mjs";
import { walk } from "../lib/walk.mjs";

const HEAD = '<!doctype html><html lang="nl"><meta name="viewport" content="width=device-width"><title>Weer</title><link rel="icon" href="data:,">';
const PAGES = {
  "/": `${HEAD}<a href="/weg">Verlaat deze pagina</a><main><h1>Begin</h1><p>Goedendag.</p><a href="/vraag">Verder</a></main>`,
  "/vraag": `${HEAD}<main><h1>Vraag</h1><form method="post" action="/klaar"><label>Naam <input name="naam"></label>
    <fieldset><legend>Keus</legend><label><input type="radio" name="keus" value="ja"> ja</label><label><input type="radio" name="keus" value="nee"> nee</label></fieldset>
    <label>Taal <select name="taal"><option value="nl">Nederlands</option><option value="en">Engels</option></select></label><button>Verstuur</button></form></main>`,
  "/slecht": `${HEAD}<main><h1>Slecht</h1><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><input name="naamloos"><p style="color:#bbb;background:#fff">bleek</p></main>`,
  "/elders": `${HEAD}<main><h1>Elders</h1><img alt="" src="http://192.0.2.1/spoor.gif"></main>`,
  "/breed": `${HEAD}<main><h1>Breed</h1><p style="width:900px">breed</p></main>`,
  "/fout": `${HEAD}<main><h1>Fout</h1><script>throw new Error("kapot")</script></main>`,
};

let server;
let url;
let browser;

before(async () => {
  server = createServer(answer).listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  url = `http://127.0.0.1:${server.address().port}`;
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.close();
});

function answer(request, response) {
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.setHeader("Content-Security-Policy", "default-src 'self' data: 'unsafe-inline'; img-src * data:");
  if (request.method !== "POST") return void response.end(PAGES[request.url] ?? PAGES["/"]);
  let body = "";
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    const sent = [...new URLSearchParams(body)].map((pair) => pair.join(": ")).join(", ");
    response.end(`${HEAD}<main><h1>Klaar</h1><p>${sent}</p></main>`);
  });
}

test("a walk fills in, chooses, presses and sees, with and without the page's scripts", async () => {
  for (const script of [false, true]) {
    const guest = await visitor(browser, url, { script });
    await walk(guest.page, [
      { name: "begin", go: "/", at: /^\/$/, see: [/Goedendag/], follow: /Verder/ },
      { name: "vraag", at: /^\/vraag$/, fill: { naam: "An" }, choose: { keus: "ja", taal: "en" }, press: /Verstuur/ },
      { name: "klaar", at: /^\/klaar$/, see: [/naam: An, keus: ja, taal: en/] },
    ], { pictures: "harness", never: [/geheim/] });
    await guest.close();
  }
});

test("axe finds what is wrong, also where scripts are switched off", async () => {
  for (const script of [false, true]) {
    const guest = await visitor(browser, url, { script });
    await guest.page.goto("/slecht");
    const error = await accessible(guest.page, "slecht").catch((caught) => caught);
    for (const rule of ["image-alt", "label", "color-contrast"]) assert.match(String(error?.message), new RegExp(rule));
    await guest.close();
  }
});

test("a request to another place fails the visit", async () => {
  const guest = await visitor(browser, url, { script: false });
  await guest.page.goto("/elders");
  await assert.rejects(guest.close(), /asked another place/);
  assert.deepEqual(guest.foreign, ["http://192.0.2.1/spoor.gif"]);
});

test("a fault of a script fails the visit, and a page too wide for a phone fails the walk", async () => {
  const guest = await visitor(browser, url);
  await guest.page.goto("/fout");
  await assert.rejects(guest.close(), /had faults/);
  const phone = await visitor(browser, url);
  await assert.rejects(walk(phone.page, [{ name: "breed", go: "/breed" }], { pictures: "harness" }), /wide on a phone/);
  await phone.close();
});

test("a wrong page, a missing word and a telling title are seen", async () => {
  const guest = await visitor(browser, url, { script: false });
  const walked = (step, manner = {}) => walk(guest.page, [{ name: "stap", go: "/", ...step }], { pictures: "harness", ...manner });
  await assert.rejects(walked({ at: /^\/elders$/ }), /another page/);
  await assert.rejects(walked({ see: [/Goedenavond/] }), /does not say/);
  await assert.rejects(walked({ never: [/Goedendag/] }), /must not/);
  await assert.rejects(walked({}, { never: [/Weer/] }), /gives something away/);
  await guest.close();
});

test("the first stop of the Tab key is told", async () => {
  const guest = await visitor(browser, url, { script: false });
  await guest.page.goto("/");
  assert.equal(await focusedAfterTabs(guest.page, 1), "Verlaat deze pagina");
  await guest.close();
});

test("codes are those of the standard", () => {
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  for (const [seconds, expected] of [[59, "287082"], [1_111_111_109, "081804"], [20_000_000_000, "353130"]]) {
    assert.equal(code(secret, seconds), expected);
  }
});
