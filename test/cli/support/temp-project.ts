import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach } from "@jest/globals";

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder that goes away after the test. */
export function tempFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "kaas-test-")));
  made.push(folder);
  return folder;
}

/** A project with one bootstrap.yaml for each environment. @returns its root */
export function tempProject(environments: Readonly<Record<string, string>>): string {
  const root = tempFolder();
  mkdirSync(join(root, "environments"));
  for (const [name, text] of Object.entries(environments)) {
    writeFile(join(root, "environments", name, "bootstrap.yaml"), text);
  }
  return root;
}

export function writeFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** The smallest sound cluster on OpenStack. */
export function openStackText(name: string, more = ""): string {
  return `apiVersion: kaas/v1
cluster: { name: ${name}, domain: example.com, profile: development }
provider: { type: openstack, cloud: demo, externalNetwork: public }
network: { apiAllowedCidrs: [198.51.100.0/24] }
etcd: { count: 3 }
${more}`;
}

/** The smallest sound cluster on Amazon EKS. */
export function eksText(name: string): string {
  return `apiVersion: kaas/v1
cluster: { name: ${name}, domain: example.com, profile: development }
provider:
  type: eks
  region: eu-central-1
  availabilityZones: [eu-central-1a, eu-central-1b]
  adminRoleArns: ["arn:aws:iam::123456789012:role/platform"]
`;
}

/** Two mistakes: the numbers of etcd members and of controllers. */
export function faultyText(name: string): string {
  return openStackText(name, "controlPlane: { count: 100 }\n").replace("count: 3", "count: three");
}
