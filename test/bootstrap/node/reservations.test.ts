import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { reservations } from "../../../src/bootstrap/node/reservations.js";

const reserved = (vcpus: number, ramGiB: number) => {
  const { cpu, memory } = reservations({ vcpus, ramGiB, diskGiB: 40 }).systemReserved;
  return { millicores: Number(cpu.replace(/m$/, "")), mebibytes: Number(memory.replace(/Mi$/, "")) };
};

const vcpus = fc.integer({ min: 1, max: 512 });
const ramGiB = fc.integer({ min: 1, max: 8192 });

describe("what a kubelet keeps from pods", () => {
  // The sums of the documented bands, such as 25 % of 4 GiB and 20 % of 4 more for a node of 8 GiB.
  it.each([
    [1, 1, "60m", "256Mi"],
    [2, 4, "70m", "1024Mi"],
    [4, 8, "80m", "1844Mi"],
    [8, 16, "90m", "2663Mi"],
    [16, 64, "110m", "5612Mi"],
    [64, 256, "230m", "12166Mi"],
  ])("is, of %d CPUs and %d GiB, %s and %s", (cpus, memory, cpuReserved, memoryReserved) => {
    expect(reservations({ vcpus: cpus, ramGiB: memory, diskGiB: 40 }).systemReserved).toMatchObject({
      cpu: cpuReserved,
      memory: memoryReserved,
    });
  });

  it("never shrinks on a larger node", () => {
    fc.assert(
      fc.property(vcpus, ramGiB, (cpus, memory) => {
        const [smaller, larger] = [reserved(cpus, memory), reserved(cpus + 1, memory + 1)];
        expect(larger.millicores).toBeGreaterThanOrEqual(smaller.millicores);
        expect(larger.mebibytes).toBeGreaterThanOrEqual(smaller.mebibytes);
      }),
    );
  });

  it("leaves most of a node to pods", () => {
    fc.assert(
      fc.property(vcpus, ramGiB, (cpus, memory) => {
        const { millicores, mebibytes } = reserved(cpus, memory);
        expect(millicores).toBeLessThanOrEqual(cpus * 60);
        expect(mebibytes).toBeLessThanOrEqual(memory * 256);
      }),
    );
  });

  it("is that of 4 CPUs and 8 GiB when the flavor is known by name alone", () => {
    expect(reservations("m1.large")).toEqual(reservations({ vcpus: 4, ramGiB: 8, diskGiB: 40 }));
  });
});
