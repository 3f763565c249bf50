// The published description keeps every rule, and every rule finds the fault that it is there for.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL("..", import.meta.url));
const published = fileURLToPath(new URL("../../../schemas/openapi.json", import.meta.url));
const spectral = join(here, "node_modules/.bin/spectral");

/** The description as it is published, and one spoiled copy for each fault: all are held against the rules in one run. */
let found;
before(async () => {
  const folder = await mkdtemp(join(tmpdir(), "samen-api-"));
  const text = await readFile(published, "utf8");
  const files = await Promise.all(
    FAULTS.map(async ([, spoil], at) => {
      const document = JSON.parse(text);
      spoil(document);
      const file = join(folder, `${at}.json`);
      await writeFile(file, JSON.stringify(document));
      return file;
    }),
  );
  found = await lint([published, ...files], join(folder, "found.json"));
  await rm(folder, { recursive: true, force: true });
});

/** The faults of these descriptions, a list for each. */
async function lint(files, out) {
  const words = ["lint", ...files, "--ruleset", join(here, "ruleset.yaml"), "--format", "json", "--output", out, "--quiet"];
  const told = await new Promise((done) => execFile(spectral, words, { maxBuffer: 1 << 26 }, (error, stdout, stderr) => done({ error, stdout, stderr })));
  const text = await readFile(out, "utf8").catch(() => assert.fail(`spectral wrote nothing: ${told.stderr}${told.stdout}`));
  const all = JSON.parse(text);
  return files.map((file) => all.filter((fault) => fault.source === file));
}

test("the published description keeps the rules", () => {
  const lines = found[0].map((fault) => `${fault.code} at ${fault.path.join("/")}: ${fault.message}`);
  assert.deepEqual(lines, []);
});

const response = { description: "x", headers: { "API-Version": { schema: { type: "string" } } }, content: { "application/json": { schema: { type: "object" } } } };
const get = () => ({ operationId: "x", tags: ["reports"], responses: { 200: structuredClone(response) } });
const report = (document) => document.paths["/reports"].post;

/** What is done to the description, and the rule that must find it. */
const FAULTS = [
  ["adr-doc-openapi", (d) => (d.openapi = "3.1")],
  ["adr-doc-openapi-contact", (d) => delete d.info.contact.email],
  ["adr-semver", (d) => (d.info.version = "1.0")],
  ["adr-uri-version", (d) => (d.servers[0].url = "/api")],
  ["adr-uri-version", (d) => (d.servers[0].url = "/api/v1.2")],
  ["adr-transport-tls", (d) => (d.servers[0].url = "http://samen.example/api/v1")],
  ["adr-no-trailing-slash", (d) => (d.paths["/things/"] = { get: get() })],
  ["adr-path-segments-kebab-case", (d) => (d.paths["/someThings"] = { get: get() })],
  ["adr-path-segments-kebab-case", (d) => (d.paths["/some_things"] = { get: get() })],
  ["adr-query-keys-camel-case", (d) => (d.paths["/things"] = { get: { ...get(), parameters: [{ name: "per_page", in: "query", schema: { type: "integer" } }] } })],
  ["adr-http-methods", (d) => (d.paths["/things"] = { trace: get() })],
  ["adr-version-header", (d) => (report(d).responses[201].headers = { Other: { schema: { type: "string" } } })],
  ["adr-version-header-there", (d) => delete report(d).responses[201].headers],
  ["adr-problem-details", (d) => (report(d).responses[409] = structuredClone(response))],
  ["adr-problem-details-there", (d) => (report(d).responses[409] = { description: "x", headers: response.headers })],
  ["adr-problem-details-members", (d) => delete d.components.schemas.Problem.properties.detail],
  ["adr-invalid-input", (d) => delete report(d).responses[400]],
  ["adr-invalid-input-parameters", (d) => (d.paths["/things"] = { get: { ...get(), parameters: [{ name: "page", in: "query", schema: { type: "integer" } }] } })],
  ["adr-invalid-input-not-422", (d) => (report(d).responses[422] = { $ref: "#/components/responses/Problem" })],
  ["adr-date-time-format", (d) => delete d.components.schemas.Receipt.properties.received_at.format],
  ["adr-date-time-offset", (d) => (d.components.schemas.Receipt.properties.received_at.format = "time")],
  ["adr-publish-openapi", (d) => delete d.paths["/openapi.json"]],
  ["adr-no-sensitive-uris", (d) => (d.paths["/things"] = { get: { ...get(), parameters: [{ name: "returnCode", in: "query", schema: { type: "string" } }] } })],
  ["samen-closed-input", (d) => delete d.components.schemas.Report.additionalProperties],
];

for (const [at, [rule, spoil]] of FAULTS.entries()) {
  test(`${rule} finds ${spoil.toString().slice(5, 70)}`, () => {
    const codes = found[at + 1].map((fault) => fault.code);
    assert.ok(codes.includes(rule), `found only: ${[...new Set(codes)].join(", ") || "nothing"}`);
  });
}

test("every rule of ours has a fault that it is tried on", async () => {
  const text = await readFile(join(here, "ruleset.yaml"), "utf8");
  const ours = [...text.matchAll(/^ {2}((?:adr|samen)-[a-z0-9-]+):$/gm)].map((found) => found[1]);
  const tried = new Set(FAULTS.map(([rule]) => rule));
  assert.ok(ours.length > 20);
  assert.deepEqual(ours.filter((rule) => !tried.has(rule)), []);
});
