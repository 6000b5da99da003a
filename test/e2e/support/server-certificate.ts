import { issueAuthority, issueCertificate } from "../../../src/pki/issuer.js";
import { HOST } from "./loopback-server.js";

export interface ServerCertificate {
  /** PEM text of the authority. */
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

/** A certificate of a server on loopback, from an authority of its own. */
export async function serverCertificate(ipAddresses: readonly string[] = [HOST]): Promise<ServerCertificate> {
  const now = new Date();
  const authority = await issueAuthority("test authority", 2, now);
  const { certificate, key } = await issueCertificate(
    {
      path: ["authServer"],
      issuer: "auth",
      commonName: "test server",
      dnsNames: [],
      ipAddresses,
      usages: ["serverAuth"],
      life: "renewable",
    },
    authority,
    1,
    now,
  );
  return { authority: authority.certificate, certificate, key };
}
