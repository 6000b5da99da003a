import { describe, expect, it } from "@jest/globals";
import { IgnitionBuilder } from "../../../src/bootstrap/ignition/builder.js";

describe("an Ignition document", () => {
  it("without anything has its version alone", () => {
    expect(new IgnitionBuilder().build()).toEqual({ ignition: { version: "3.3.0" } });
  });

  it("leaves out the sections in which there is nothing", () => {
    const document = new IgnitionBuilder();
    document.addLink("/etc/extensions/a.raw", "/opt/a.raw");
    expect(document.build()).toEqual({
      ignition: { version: "3.3.0" },
      storage: { links: [{ path: "/etc/extensions/a.raw", target: "/opt/a.raw", hard: false, overwrite: true }] },
    });
  });

  it("keeps what was added in its order", () => {
    const document = new IgnitionBuilder();
    for (const name of ["b.service", "a.service"]) document.addUnit({ name });
    expect(document.build().systemd?.units.map(({ name }) => name)).toEqual(["b.service", "a.service"]);
  });

  it("takes a file of the network with its hash", () => {
    const document = new IgnitionBuilder();
    const from = { source: "https://example.com/a.raw", verification: { hash: "sha256-00" } };
    document.addFile({ path: "/opt/a.raw", from });
    expect(document.build().storage?.files?.[0]?.contents).toEqual(from);
  });

  it("lets all read a file, and root alone change it, unless told otherwise", () => {
    const document = new IgnitionBuilder();
    document.addFile({ path: "/etc/a", text: "" });
    document.addFile({ path: "/etc/b", text: "", mode: 0o600 });
    expect(document.build().storage?.files?.map(({ mode }) => mode)).toEqual([0o644, 0o600]);
  });

  it.each<[string, (document: IgnitionBuilder) => void]>([
    [
      "/etc/a",
      (document) => {
        document.addFile({ path: "/etc/a", text: "" });
      },
    ],
    [
      "/etc/a",
      (document) => {
        document.addDirectory("/etc/a");
      },
    ],
    [
      "/etc/a",
      (document) => {
        document.addLink("/etc/a", "/etc/b");
      },
    ],
  ])("fails when a second part claims the path %s", (path, claim) => {
    const document = new IgnitionBuilder();
    document.addFile({ path, text: "first" });
    expect(() => {
      claim(document);
    }).toThrow("/etc/a is written twice");
  });

  it("fails when a second part claims a unit, a user or a device", () => {
    const document = new IgnitionBuilder();
    const unit = () => {
      document.addUnit({ name: "a.service" });
    };
    const user = () => {
      document.addUser("core", []);
    };
    const device = () => {
      document.addFilesystem({ device: "/dev/vdb", format: "ext4", wipeFilesystem: false });
    };
    for (const add of [unit, user, device]) {
      add();
      expect(add).toThrow("is written twice");
    }
  });
});
