// "May I share this?": the worried professional, with and without scripts, on a desk and on a phone. Every page is judged by axe and by the
// width of a phone, and a picture of each is kept.

import { after, before, test } from "node:test";
import { launch, visitor } from "../lib/browser.mjs";
import { startDemo, withRole } from "../lib/samen.mjs";
import { signingIn } from "../lib/sign-in.mjs";
import { walk } from "../lib/walk.mjs";

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

const FORM = "/work/may-i-share";
const asking = (name, choose, fill = {}) => ({ name, go: FORM, choose: { sure: "yes", ...choose }, fill: { age: "29", ...fill }, press: /^Vraag of het mag/ });
const ways = {
  desk: { role: "care_coordinator", script: true, size: { width: 1280, height: 900 } },
  phone: { role: "shelter_staff", script: false, size: { width: 390, height: 844 } },
};

for (const [way, how] of Object.entries(ways)) {
  test(`an answer on a ${way}`, async () => {
    const colleague = await visitor(browser, demo.url, { script: how.script, size: how.size });
    const steps = [
      ...signingIn(withRole(demo.accounts, how.role)),
      { name: "the form", go: FORM, see: [/Wie deelt met wie/, /Vul geen namen in/], picture: true },
      { name: "nothing chosen", go: FORM, press: /^Vraag of het mag/ },
      { name: "what is missing", see: [/Kies met wie u wilt delen/, /Kies minstens één soort gegevens/], picture: true },
      asking("acute danger", { from: "ZCO", to: "POL", purpose: "acute_danger", data: ["identity", "medical"], so: "acute_danger" }),
      { name: "yes in part", see: [/Ja, maar niet alles mag mee/, /Dit blijft bij u/, /Bel eerst 112/], picture: true },
      { name: "change the question", press: /^Vraag aanpassen/ },
      { name: "the form again", see: [/Wie deelt met wie/], never: [/Ja, maar/] },
      asking("a boy of sixteen", { from: "JZ", to: "POL", purpose: "investigation", data: "observations" }, { age: "16" }),
      { name: "no with ways", see: [/Nee, zo mag het niet/, /Waarom niet/, /Zo mag het wel/, /toestemming van de 16-jarige zelf/, /Veilig Thuis/], picture: true },
      asking("a suspected landlord", { from: "ZCO", to: "SUSPECTED", purpose: "care", data: "identity" }),
      { name: "never", see: [/wordt verdacht/], never: [/Zo mag het wel/], picture: true },
      asking("registration without consent", { from: "ZCO", to: "COM", purpose: "registration", data: "sector" }),
      { name: "unclear", see: [/Het recht is hier niet duidelijk/, /Wie beslist/, /anonieme telling/], picture: true },
    ];
    await walk(colleague.page, steps, { pictures: `sharing-${way}` });
    await colleague.close();
  });
}
