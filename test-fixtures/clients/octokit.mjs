// Drives GitHub's fake with GitHub's client, and holds every answer to the schemas that GitHub publishes.
// Reads {"base": …, "keys": {role: token}} from standard input; ends with 1 where client, schema and fake disagree.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Octokit } from "@octokit/rest";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const { base, keys } = JSON.parse(readFileSync(0, "utf8"));
const description = createRequire(import.meta.url)("@octokit/openapi").schemas["api.github.com"];
const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
addFormats(ajv);
ajv.addSchema({ $id: "api", components: description.components });

/// The schema of an answer's body, or null where the answer has none; throws where the status is not documented.
function schemaOf(method, path, status) {
  let answer = description.paths[path][method.toLowerCase()].responses[status];
  if (!answer) throw new Error(`${method} ${path} documents no ${status}`);
  if (answer.$ref) answer = description.components.responses[answer.$ref.split("/").pop()];
  return answer.content?.["application/json"]?.schema ?? null;
}

function relinked(schema) {
  return JSON.parse(JSON.stringify(schema), (name, value) => (name === "$ref" ? value.replace(/^#/, "api#") : value));
}

function check(what, schema, value) {
  const validate = ajv.compile(relinked(schema));
  if (!validate(value)) {
    throw new Error(`${what}: ${validate.errors.slice(0, 8).map((e) => `${e.instancePath} ${e.message}`).join("; ")}`);
  }
}

/// Makes a call, and holds what is sent and what comes back to the description.
async function call(role, method, path, body) {
  const octokit = new Octokit({ auth: role && keys[role], baseUrl: base, log: { debug() {}, info() {}, warn() {}, error() {} } });
  const documented = description.paths[path][method.toLowerCase()].requestBody?.content["application/json"].schema;
  if (body) check(`the request of ${method} ${path}`, documented, body);
  let answer;
  try {
    answer = await octokit.request(`${method} ${path}`, body ?? {});
  } catch (fault) {
    if (!fault.response) throw fault;
    answer = { status: fault.status, data: fault.response.data };
  }
  const schema = schemaOf(method, path, answer.status);
  if (schema) check(`${answer.status} of ${method} ${path}`, schema, answer.data);
  return answer;
}

function expect(what, actual, wanted) {
  if (actual !== wanted) throw new Error(`${what} is ${actual}, not ${wanted}`);
}

const live = await call("live", "GET", "/user");
expect("a live token", live.status, 200);
expect("its scopes", live.headers["x-oauth-scopes"], "repo, read:org");
expect("a revoked token", (await call("revoked", "GET", "/user")).status, 401);
const repositories = await call("live-installation", "GET", "/installation/repositories");
expect("an installation's token", repositories.status, 200);
const credentials = ["live", "live-fine-grained", "live-oauth", "live-app-user"].map((role) => keys[role]);
expect("a revocation", (await call(null, "POST", "/credentials/revoke", { credentials })).status, 202);
expect("too many at once", (await call(null, "POST", "/credentials/revoke", { credentials: [] }).catch(() => ({ status: 422 }))).status, 422);
for (const role of ["live", "live-fine-grained", "live-oauth", "live-app-user"]) {
  expect(`${role} afterwards`, (await call(role, "GET", "/user")).status, 401);
}
expect("an installation's own end", (await call("live-installation", "DELETE", "/installation/token")).status, 204);
expect("its token afterwards", (await call("live-installation", "GET", "/installation/repositories")).status, 401);
