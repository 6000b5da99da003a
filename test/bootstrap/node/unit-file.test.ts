import { describe, expect, it } from "@jest/globals";
import { unitFile } from "../../../src/bootstrap/node/unit-file.js";

describe("a systemd unit", () => {
  it("has its sections and settings in their order", () => {
    expect(unitFile({ Unit: { After: "a.service", StartLimitIntervalSec: 0 }, Service: { Type: "oneshot" } })).toBe(
      "[Unit]\nAfter=a.service\nStartLimitIntervalSec=0\n\n[Service]\nType=oneshot\n",
    );
  });

  it("repeats a setting that has several values", () => {
    expect(unitFile({ Service: { ExecStartPre: ["/bin/a", "/bin/b"] } })).toBe(
      "[Service]\nExecStartPre=/bin/a\nExecStartPre=/bin/b\n",
    );
  });
});
