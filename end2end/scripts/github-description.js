// Writes the part of GitHub's published description of its API that the tracker uses, in the form in which Prism checks
// all of it: node scripts/github-description.js OUT.json
//
// Nullable schemas are mended, because Prism would leave what they are in unchecked without a word (loud-prism.cjs gives
// it one). Examples only cost time, and discriminators name a property that not every answer has; both are left out.
// Events become paths of their own, `POST /events/NAME/ACTION`, so that the same proxy checks what is sent to a webhook.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const repository = "/repos/{owner}/{repo}";
const paths = [
  "/app/installations",
  "/app/installations/{installation_id}/access_tokens",
  "/rate_limit",
  "/user",
  repository,
  ...[
    "/branches",
    "/branches/{branch}",
    "/commits",
    "/commits/{ref}",
    "/compare/{basehead}",
    "/contents/{path}",
    "/git/blobs/{file_sha}",
    "/git/commits/{commit_sha}",
    "/git/matching-refs/{ref}",
    "/git/tags/{tag_sha}",
    "/git/trees/{tree_sha}",
    "/hooks/{hook_id}/deliveries",
    "/hooks/{hook_id}/deliveries/{delivery_id}",
    "/hooks/{hook_id}/deliveries/{delivery_id}/attempts",
    "/issues",
    "/issues/comments",
    "/issues/comments/{comment_id}",
    "/issues/{issue_number}",
    "/issues/{issue_number}/comments",
    "/issues/{issue_number}/labels",
    "/issues/{issue_number}/labels/{name}",
    "/issues/{issue_number}/timeline",
    "/pulls",
    "/pulls/{pull_number}",
    "/pulls/{pull_number}/commits",
    "/pulls/{pull_number}/files",
    "/pulls/{pull_number}/reviews",
    "/releases",
    "/tags",
  ].map((path) => repository + path),
];
const events = ["issues", "issue_comment", "pull_request", "pull_request_review", "push"];

const out = process.argv[2];
if (!out) throw new Error("usage: node scripts/github-description.js OUT.json");
const whole = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve("@octokit/openapi/generated/api.github.com.json"), "utf8"),
);

const kept = { openapi: whole.openapi, info: whole.info, servers: whole.servers, paths: {}, components: {} };
for (const path of paths) {
  if (!whole.paths[path]) throw new Error(`GitHub's description has no ${path}`);
  kept.paths[path] = whole.paths[path];
}
// Of whose installation it is, the list demands that it be a person and an enterprise at once; the schema says either.
kept.paths["/app/installations"].get.responses[200].content["application/json"].schema.items = {
  $ref: "#/components/schemas/installation",
};
for (const hook of Object.values(whole.webhooks ?? whole["x-webhooks"])) {
  const [, event, action] = hook.post.operationId.match(/^([^/]+)(?:\/(.+))?$/);
  const name = event.replaceAll("-", "_");
  if (!events.includes(name)) continue;
  const path = `/events/${name}/${(action ?? "none").replaceAll("-", "_")}`;
  const requestBody = { ...hook.post.requestBody, required: true };
  kept.paths[path] = { post: { requestBody, responses: { 404: { description: "Only the request is looked at." } } } };
}

// Whatever the kept paths refer to, and what that refers to.
kept.paths = mended(kept.paths);
const waiting = [kept.paths];
while (waiting.length) {
  for (const value of Object.values(waiting.pop())) {
    if (typeof value === "object" && value !== null) waiting.push(value);
    if (typeof value !== "string" || !value.startsWith("#/components/")) continue;
    const [, , kind, name] = value.split("/");
    if (kept.components[kind]?.[name]) continue;
    const referred = mended(whole.components[kind][name]);
    (kept.components[kind] ??= {})[name] = referred;
    waiting.push(referred);
  }
}

function mended(value, key) {
  if (Array.isArray(value)) return value.map((one) => mended(one));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .filter(([name]) => key === "properties" || !["example", "examples", "discriminator"].includes(name))
    .map(([name, inside]) => [name, mended(inside, name)]);
  const result = Object.fromEntries(entries);
  if (key === "properties" || result.nullable !== true) return result;
  // Prism adds null to the values of what is nullable, and takes no schema in which one stands twice.
  if (result.enum) result.enum = result.enum.filter((one) => one !== null);
  if (result.type) return result;
  const { nullable, ...schema } = result;
  return { anyOf: [schema, { type: "string", nullable, enum: [] }] };
}

writeFileSync(out, JSON.stringify(kept));
