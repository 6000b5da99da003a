import { describe, expect, it } from "@jest/globals";
import { architectureOf } from "../../src/config/instance-types.js";

/** Names of EC2, each with something that could mislead: letters and numbers before, behind and between. */
const types = {
  arm64: [
    "a1.xlarge",
    "t4g.medium",
    "m6g.metal",
    "m7g.xlarge",
    "m7gd.xlarge",
    "m8g.xlarge",
    "c6gn.xlarge",
    "c7gn.xlarge",
    "c8gb.xlarge",
    "r8g.xlarge",
    "r8gd.xlarge",
    "x2gd.xlarge",
    "x8g.xlarge",
    "im4gn.xlarge",
    "is4gen.xlarge",
    "i4g.xlarge",
    "i8ge.xlarge",
    "g5g.xlarge",
    "hpc7g.16xlarge",
    "p6e-gb200.36xlarge",
  ],
  x86_64: [
    "t3.medium",
    "t3a.medium",
    "m5zn.xlarge",
    "m6a.xlarge",
    "m7i.xlarge",
    "m7i-flex.xlarge",
    "m7i.metal-24xl",
    "c7i.xlarge",
    "r7iz.xlarge",
    "x2iedn.xlarge",
    "z1d.xlarge",
    "i3en.xlarge",
    "i4i.xlarge",
    "d3en.xlarge",
    "g4dn.xlarge",
    "g4ad.xlarge",
    "g5.xlarge",
    "g6.xlarge",
    "g6e.xlarge",
    "gr6.4xlarge",
    "p4de.24xlarge",
    "p5.48xlarge",
    "inf2.xlarge",
    "trn1n.32xlarge",
    "dl1.24xlarge",
    "vt1.3xlarge",
    "hpc7a.96xlarge",
    "u-6tb1.112xlarge",
    "u7in-16tb.224xlarge",
    "mac1.metal",
  ],
} as const;

describe("the processors of an EC2 instance type", () => {
  it.each(types.arm64)("of %s are Graviton", (type) => {
    expect(architectureOf(type)).toBe("arm64");
  });

  it.each(types.x86_64)("of %s are not Graviton", (type) => {
    expect(architectureOf(type)).toBe("x86_64");
  });
});
