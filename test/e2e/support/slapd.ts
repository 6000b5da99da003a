import { type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, HOST, startServer, stopServer, untilListening } from "./loopback-server.js";
import { runCommand } from "./process.js";
import { serverCertificate } from "./server-certificate.js";

export const LDAP_SUFFIX = "dc=example,dc=com";
const ROOT_DN = `cn=root,${LDAP_SUFFIX}`;
const ROOT_PASSWORD = "root-pass";
/** May search, as its password and the rules of the directory allow. */
export const LDAP_SERVICE = { dn: `cn=kubernetes-auth,${LDAP_SUFFIX}`, password: "service-pass" } as const;

const configuration = (folder: string) => `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
# As Active Directory has it, whose own schema is not one that slapd searches by.
attributetype ( 1.2.840.113556.1.4.2 NAME 'objectGUID' EQUALITY octetStringMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )
objectclass ( 1.3.6.1.4.1.4203.666.3.999 NAME 'withGuid' SUP top AUXILIARY MAY objectGUID )
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload memberof
moduleload argon2
TLSCACertificateFile ${folder}/ca.pem
TLSCertificateFile ${folder}/server.pem
TLSCertificateKeyFile ${folder}/server.key
pidfile ${folder}/slapd.pid
database mdb
suffix "${LDAP_SUFFIX}"
rootdn "${ROOT_DN}"
rootpw ${ROOT_PASSWORD}
directory ${folder}/data
overlay memberof
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="${LDAP_SERVICE.dn}" read by * none
`;

const first = `
dn: ${LDAP_SUFFIX}
objectClass: dcObject
objectClass: organization
o: Example

dn: ou=people,${LDAP_SUFFIX}
objectClass: organizationalUnit

dn: ou=groups,${LDAP_SUFFIX}
objectClass: organizationalUnit

dn: ou=others,${LDAP_SUFFIX}
objectClass: organizationalUnit

dn: ${LDAP_SERVICE.dn}
objectClass: applicationProcess
objectClass: simpleSecurityObject
userPassword: ${LDAP_SERVICE.password}
`;

/** OpenLDAP's server on loopback, with StartTLS and TLS from the first byte, people and groups. */
export class Slapd {
  private process: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    /** PEM text. */
    readonly caCertificate: string,
    private readonly ports: { readonly plain: number; readonly tls: number },
  ) {}

  /** @param certifiedAddress of its certificate. @default - where it listens */
  static async start(certifiedAddress: string = HOST): Promise<Slapd> {
    const folder = mkdtempSync(join(tmpdir(), "kaas-slapd-"));
    mkdirSync(join(folder, "data"));
    const { authority, certificate, key } = await serverCertificate([certifiedAddress]);
    const files = { "ca.pem": authority, "server.pem": certificate, "server.key": key, "first.ldif": first };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 });
    writeFileSync(join(folder, "slapd.conf"), configuration(folder));
    const options = { cwd: folder, environment: {} };
    await runCommand("slapadd", "/usr/sbin/slapadd", ["-q", "-f", "slapd.conf", "-l", "first.ldif"], options);
    const slapd = new Slapd(folder, authority, { plain: await freePort(), tls: await freePort() });
    await slapd.resume();
    return slapd;
  }

  get url(): string {
    return `ldap://${HOST}:${this.ports.plain}`;
  }

  get tlsUrl(): string {
    return `ldaps://${HOST}:${this.ports.tls}`;
  }

  /** Applies changes in LDIF as the directory's root. */
  async change(ldif: string): Promise<void> {
    const file = join(this.folder, "change.ldif");
    writeFileSync(file, ldif);
    const args = ["-x", "-H", this.url, "-D", ROOT_DN, "-w", ROOT_PASSWORD, "-f", file];
    await runCommand("ldapmodify", "/usr/bin/ldapmodify", args, { cwd: this.folder, environment: {} });
  }

  /** Takes connections and answers nothing, until it is resumed. */
  pause(): Promise<void> {
    this.process?.kill("SIGSTOP");
    return Promise.resolve();
  }

  /** Goes on after a pause, and starts again after a kill. */
  async resume(): Promise<void> {
    this.process?.kill("SIGCONT");
    if (this.process !== undefined) return;
    const { plain, tls } = this.ports;
    const urls = `ldap://${HOST}:${plain} ldaps://${HOST}:${tls}`;
    // With -d it stays in the foreground.
    this.process = startServer("/usr/sbin/slapd", ["-d", "0", "-f", join(this.folder, "slapd.conf"), "-h", urls]);
    await untilListening(plain);
  }

  async kill(): Promise<void> {
    if (this.process === undefined) return;
    await stopServer(this.process);
    this.process = undefined;
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
