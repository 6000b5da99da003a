/** Which place may import which: the table of docs/architecture.md, enforced. */

/** Places below src/, and what each may import beside itself. */
const layers = {
  "src/lib": [],
  "src/versions": ["src/lib"],
  "src/config": ["src/lib", "src/versions"],
  "src/pki": ["src/lib", "src/config"],
  "src/bootstrap": ["src/lib", "src/versions", "src/config"],
  "src/alerting": ["src/lib", "src/config", "src/api"],
  "src/openstack": ["src/lib", "src/config", "src/bootstrap", "packages"],
  "src/eks": ["src/lib", "src/config", "src/bootstrap", "packages"],
  "src/preflight": ["src/lib", "src/versions", "src/config"],
  "src/api": ["src/lib"],
  "src/services/auth": ["src/lib", "src/api", "package.json"],
  "src/panel": ["src/api"],
  // kaasctl runs stacks and charts, by dynamic import only: see "kaasctl-starts-without-cdktf".
  "src/cli": [
    "src/lib",
    "src/versions",
    "src/config",
    "src/pki",
    "src/preflight",
    "src/api",
    "stacks",
    "charts",
    "package.json",
  ],
  stacks: ["src/lib", "src/versions", "src/config", "src/openstack", "src/eks", "src/bootstrap", "packages"],
  charts: ["src/lib", "src/config", "src/versions", "src/alerting", "src/api", "src/services/auth/settings.ts"],
};

const ours = "^(src|stacks|charts|images|packages|environments|test|package\\.json)(/|$)";
const anyOf = (paths) => `^(${paths.map((path) => path.replaceAll(".", "\\.")).join("|")})(/|$)`;

const layerRules = Object.entries(layers).map(([place, allowed]) => ({
  name: `layer-${place.replaceAll("/", "-")}`,
  comment: `${place} may import ${allowed.length === 0 ? "nothing" : allowed.join(", ")} beside itself.`,
  severity: "error",
  from: { path: anyOf([place]) },
  to: { path: ours, pathNot: anyOf([place, ...allowed]) },
}));

/** Libraries that one part of the product knows, so that the others need not. */
const npm = (names) => `node_modules/(${names})(/|$)`;
const CDKTF = "cdktf|@cdktf/[^/]+";
const confined = [
  { name: "cdktf", packages: CDKTF, to: ["stacks", "src/openstack", "src/eks"] },
  { name: "cdk8s", packages: "cdk8s|cdk8s-plus-[0-9]+", to: ["charts"] },
  { name: "constructs", packages: "constructs", to: ["stacks", "src/openstack", "src/eks", "charts"] },
  { name: "commander", packages: "commander", to: ["src/cli"] },
  {
    name: "certificates",
    packages: "@peculiar/[^/]+|reflect-metadata|age-encryption",
    to: ["src/pki"],
  },
  {
    name: "http-framework",
    packages: "fastify|fastify-[^/]+|@fastify/[^/]+",
    to: ["src/services/auth/server.ts", "src/services/auth/main.ts", "src/services/auth/routes"],
  },
  { name: "openid-connect", packages: "oidc-provider", to: ["src/services/auth/oidc"] },
  { name: "sql", packages: "pg|@photostructure/sqlite", to: ["src/services/auth/store"] },
  { name: "aws-sdk", packages: "@aws-sdk/[^/]+|@smithy/[^/]+", to: ["src/preflight/aws"] },
].map(({ name, packages, to }) => ({
  name: `${name}-in-its-place`,
  comment: `${name} is known only to ${to.join(", ")}.`,
  severity: "error",
  from: { path: "^(src|stacks|charts)/", pathNot: anyOf(to) },
  to: { path: npm(packages) },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    ...confined,
    {
      name: "bindings-in-their-place",
      comment: "The provider's bindings are known only to stacks, src/openstack and src/eks.",
      severity: "error",
      from: { path: "^(src|charts)/", pathNot: anyOf(["src/openstack", "src/eks"]) },
      to: { path: "^packages/" },
    },
    {
      name: "kaasctl-starts-without-cdktf",
      comment: "A command imports the stacks when it runs: `kaasctl validate` must not wait for cdktf.",
      severity: "error",
      from: { path: "^src/cli/" },
      to: { path: "^(stacks|charts)/", dependencyTypesNot: ["dynamic-import", "type-only"] },
    },
    {
      name: "kaasctl-starts-without-the-aws-sdk",
      comment: "The SDK is loaded for EKS with --online: nobody else waits for it.",
      severity: "error",
      from: { path: "^src/(cli|preflight)/", pathNot: "^src/preflight/aws/" },
      to: { path: "^src/preflight/aws/", dependencyTypesNot: ["dynamic-import", "type-only"] },
    },
    {
      name: "kubernetes-auth-starts-without-its-issuer",
      comment:
        "The library, routes and pages are loaded when the configuration has an issuer: nobody else waits for them.",
      severity: "error",
      from: { path: "^src/services/auth/", pathNot: "^src/services/auth/oidc/" },
      to: {
        path: "^src/services/auth/(oidc/issuer|routes/(oidc|signing-key)-routes)\\.ts$",
        dependencyTypesNot: ["dynamic-import", "type-only"],
      },
    },
    {
      name: "aws-bindings-by-submodule",
      comment: "The package's index loads 600 MB.",
      severity: "error",
      from: {},
      to: { path: npm("@cdktf/provider-aws/(lib/)?index\\.js") },
    },
    {
      name: "no-cycles",
      comment: "Two files that need each other are one file, or three.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphans",
      comment: "A module that nothing imports is dead, or an entry point that is missing here.",
      severity: "error",
      from: { orphan: true, path: "^(src|stacks|charts)/", pathNot: "/(main|generate-[^/]+|[^/]+-thread)\\.[jt]s$" },
      to: {},
    },
    {
      name: "product-without-tests",
      comment: "Nothing that ships imports a test.",
      severity: "error",
      from: { path: "^(src|stacks|charts|bin|images)/" },
      to: { path: "^test/" },
    },
    {
      name: "declared-dependencies",
      comment: "Only what package.json names: the rest is there by accident.",
      severity: "error",
      from: { path: "^(src|stacks|charts|bin)/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown", "npm-dev", "unknown"] },
    },
    {
      name: "resolvable",
      comment: "An import that leads nowhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: "specify",
    doNotFollow: { path: "node_modules|^packages/" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
};
