import { shared } from "./jest.config.mjs";

/**
 * Tests against real software on loopback, one after the other: `npm run test:e2e`.
 *
 * @type {import("jest").Config}
 */
export default {
  ...shared,
  testMatch: ["<rootDir>/test/e2e/**/*.e2e.ts"],
  maxWorkers: 1,
  // What a failed suite leaves open must not keep the run from ending.
  forceExit: true,
  testTimeout: 30 * 60 * 1000,
};
