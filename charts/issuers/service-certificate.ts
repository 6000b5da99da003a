import { Construct } from "constructs";
import { Certificate } from "../crds/custom-resources.js";
import { ownerLabels } from "../shared/labels.js";
import { issuedVolume, type Volume } from "../shared/volumes.js";
import { PLATFORM_ISSUER } from "./platform-issuer.js";

export interface ServiceCertificateProps {
  readonly namespace: string;
  /** Of the Service that shows the certificate. */
  readonly service: string;
}

const NINETY_DAYS = "2160h";

/** By it a Service of the platform shows who it is. cert-manager renews it when two thirds of its time are over. */
export class ServiceCertificate extends Construct {
  /** For webhooks' configurations: the API server is told by it whom to trust. */
  readonly injection: Readonly<Record<string, string>>;
  /** `tls.crt`, `tls.key`, and `ca.crt`, whoever signed it. */
  readonly volume: Volume;

  constructor(scope: Construct, id: string, { namespace, service }: ServiceCertificateProps) {
    super(scope, id);
    const name = `${service}-tls`;
    const host = `${service}.${namespace}.svc`;
    new Certificate(this, "Default", {
      metadata: { name, namespace, labels: { ...ownerLabels } },
      spec: {
        secretName: name,
        dnsNames: [host, `${host}.cluster.local`],
        duration: NINETY_DAYS,
        privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
        usages: ["digital signature", "server auth"],
        issuerRef: PLATFORM_ISSUER,
      },
    });
    this.injection = { "cert-manager.io/inject-ca-from": `${namespace}/${name}` };
    this.volume = issuedVolume("certificate", name);
  }
}
