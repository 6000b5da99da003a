import { availableParallelism } from "node:os";

/**
 * Tests of everything that needs no network, no root and no server: `npm test`.
 * Run with NODE_OPTIONS=--experimental-vm-modules: the product and several of its dependencies are ES modules.
 *
 * @type {import("jest").Config}
 */
export const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "\\.ts$": [
      "@swc/jest",
      {
        jsc: {
          parser: { syntax: "typescript" },
          target: "es2022",
          // `import … with { type: "json" }` is how Node loads the catalogue, and so must stay.
          experimental: { keepImportAttributes: true },
        },
        module: { type: "es6" },
        sourceMaps: "inline",
      },
    ],
  },
  // Sources name each other by the .js that Node asks for.
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": ["$1.ts", "$1.js"] },
};

/** @type {import("jest").Config} */
export default {
  ...shared,
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  // By default one processor is left to whoever waits: of two that is half of the time.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // Some tests start processes: a busy machine takes its time, and no test asserts how long.
  testTimeout: 60_000,
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/e2e/", "<rootDir>/test/bench/"],
};
