import { describe, expect, it } from "@jest/globals";
import { isAtOrIn, parityReasons, reasonOf, type ParityReason } from "../../src/config/parity.js";
import { parityFields, providerParity, type ParityField } from "../../src/config/parity-table.js";
import { eksRefusals } from "../../src/config/rules/not-on-eks.js";
import { eks, load, merge, mistakes, openStack, smallestEks, smallestOpenStack } from "../support/bootstraps.js";

const fields = parityFields();

function lackedBy({ openstack, eks: onEks }: ParityField): ParityReason["on"] | undefined {
  if (openstack === undefined) return "openstack";
  return onEks === undefined ? "eks" : undefined;
}

const key = ({ on, field }: Pick<ParityReason, "on" | "field">) => `${on} ${field}`;
const reasonsThatAre = (standing: ParityReason["standing"]) => parityReasons.filter((it) => it.standing === standing);

describe("a field that one provider lacks", () => {
  const oneSided = fields.flatMap((field) => {
    const on = lackedBy(field);
    return on === undefined ? [] : [{ field: field.field, on }];
  });

  it.each(oneSided)("has a reason: $field on $on", ({ field, on }) => {
    expect(reasonOf(field)).toMatchObject({ on, standing: "absent" });
  });

  it.each(reasonsThatAre("absent"))("is meant by the reason for $field on $on, with all that is in it", (reason) => {
    const meant = fields.filter(({ field }) => isAtOrIn(field, reason.field));
    expect(meant.map(lackedBy)).toEqual(meant.map(() => reason.on));
    expect(meant.length).toBeGreaterThan(0);
  });
});

/** For each refused field a file that is sound without it. */
const written: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "eks access.sshKeys": { access: { sshKeys: [`ssh-ed25519 ${"A".repeat(68)}`] } },
  "eks access.oidc": { access: { oidc: { issuer: "https://login.example.com" } } },
  "eks auth.authorization": { auth: { mode: "hosted", authorization: true } },
  "eks auth.caCertificate": {
    auth: { mode: "external", url: "https://auth.example.org", caCertificate: { file: "ca.pem" } },
  },
  "eks services.nodeUpdates.rebootWindow": {
    services: { nodeUpdates: { rebootWindow: { start: "02:00", durationMinutes: 60 } } },
  },
  "eks containerImages.mirrorAuth": {
    containerImages: { mirror: "registry.example.com", mirrorAuth: { username: "robot", password: { env: "P" } } },
  },
  "eks terraform.providers.openstack": { terraform: { providers: { openstack: "3.4.0" } } },
  "openstack terraform.providers.aws": { terraform: { providers: { aws: "6.25.0" } } },
};

describe("the reasons", () => {
  it("stand for different fields: none is in another's", () => {
    const around = ({ field }: ParityReason) => parityReasons.filter((other) => isAtOrIn(field, other.field));
    for (const reason of parityReasons) expect(around(reason)).toEqual([reason]);
  });
});

describe("a field that one provider refuses", () => {
  const refused = reasonsThatAre("refused");

  it.each(refused)("is refused by a rule where the table says so, and there alone: $field on $on", (reason) => {
    const changes = written[key(reason)];
    const sound = reason.on === "eks" ? smallestEks : smallestOpenStack;
    expect(mistakes(load(merge(sound, changes ?? {})))).toContain(reason.field);
    const other = reason.on === "eks" ? smallestOpenStack : smallestEks;
    expect(mistakes(load(merge(other, changes ?? {})))).not.toContain(reason.field);
  });

  it.each(refused)("is a field of both providers' files: $field", ({ field }) => {
    expect(fields.find((other) => other.field === field)).toMatchObject({
      openstack: expect.any(String),
      eks: expect.any(String),
    });
  });

  it.each(eksRefusals.map(({ path }) => path.join(".")))("has a reason in the table: %s on eks", (field) => {
    expect(reasonOf(field)).toMatchObject({ on: "eks", standing: expect.stringMatching(/^(refused|different)$/) });
  });
});

describe("a field that one provider takes without effect, or as something else", () => {
  it.each([...reasonsThatAre("without effect"), ...reasonsThatAre("different")])(
    "is a field of both providers' files: $field",
    ({ field }) => {
      const known = fields.find((other) => other.field === field);
      expect(known === undefined ? "unknown" : lackedBy(known)).toBeUndefined();
    },
  );

  it("is taken by both", () => {
    const changes = {
      access: { adminRole: "ops" },
      services: { backup: { etcdSnapshotHours: 4 }, nodeUpdates: { enabled: false } },
      containerImages: { overrides: { coredns: { name: "registry.example.com/coredns", tag: "1" } } },
    };
    for (const config of [eks(changes), openStack(changes)]) expect(config).toMatchObject(changes);
  });
});

describe("docs/providers.md", () => {
  const rows = providerParity()
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => line.split(" | ").map((cell) => cell.replaceAll(/^\| |\|$/g, "").trim()));

  it("has one row a field", () => {
    expect(rows).toHaveLength(fields.length);
    expect(new Set(fields.map(({ field }) => field)).size).toBe(fields.length);
  });

  it.each([
    ["`vpcCidr`", "–", "`10.0.0.0/16`"],
    ["`region`", "yes", "required"],
    ["`sshKeys`", "`[]`", "refused"],
    ["`oidc.clientId`", "`kubernetes`", "refused"],
    ["`providers.aws`", "refused", "yes"],
    ["`backup.etcdSnapshotHours`", "`8`", "no effect"],
    ["`serviceCidr`", "`10.3.0.0/16`", "`172.20.0.0/16`"],
    ["`stacked`", "yes", "–"],
  ])("says of %s: %s on OpenStack, %s on EKS", (field, onOpenStack, onEks) => {
    expect(rows.find(([first]) => first === field)?.slice(1, 3)).toEqual([onOpenStack, onEks]);
  });

  it("gives every reason", () => {
    const text = providerParity();
    expect(parityReasons.filter(({ why }) => !text.includes(why))).toEqual([]);
  });
});
