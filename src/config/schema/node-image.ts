import { z } from "zod";
import { httpUrl, text } from "./primitives.js";

const sha256 = text((value) => /^[0-9a-f]{64}$/.test(value), {
  expected: "a SHA-256 in 64 lower-case hexadecimal digits",
  remedy: "paste what sha256sum prints of the file that you verified",
});

export const nodesSchema = z
  .strictObject({
    kubernetesExtension: z
      .strictObject({
        url: httpUrl.optional().describe("Where nodes fetch it from. Default: Flatcar's extensions, of the version."),
        sha256: sha256.optional().describe("Hash of the file. Default: the catalogue's, if somebody verified it."),
      })
      .prefault({})
      .describe("The systemd-sysext image with kubelet, kubeadm and kubectl."),
  })
  .prefault({});
