import { Chart } from "cdk8s";
import type { Construct } from "constructs";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { Certificate, ClusterIssuer, Issuer } from "../crds/custom-resources.js";
import { ownerLabels } from "../shared/labels.js";
import { PLATFORM_ISSUER } from "./platform-issuer.js";
import { PlatformIssuerUse } from "./platform-issuer-use.js";

export interface IssuersChartProps {
  readonly config: ClusterConfig;
}

/** The authority's certificate, and the Secret with its key, which stands where cert-manager looks for those of ClusterIssuers. */
const AUTHORITY = "platform-ca";
const TEN_YEARS = "87600h";
const ONE_YEAR = "8760h";

/**
 * The authority of certificates between the platform's programs: it signs itself, and nobody outside the cluster knows it. A chart
 * of its own, because cert-manager's webhook has to answer before these are taken.
 */
export class IssuersChart extends Chart {
  constructor(scope: Construct, id: string, { config }: IssuersChartProps) {
    super(scope, id);
    new PlatformIssuerUse(this, "use");
    const labels = { ...ownerLabels };
    const root = new Issuer(this, "root", {
      metadata: { name: "platform-root", namespace: SYSTEM_NAMESPACE, labels },
      spec: { selfSigned: {} },
    });
    new Certificate(this, "authority", {
      metadata: { name: AUTHORITY, namespace: SYSTEM_NAMESPACE, labels },
      spec: {
        isCA: true,
        commonName: `${config.name} platform`,
        secretName: AUTHORITY,
        duration: TEN_YEARS,
        // What it has signed is renewed well before it ends itself.
        renewBefore: ONE_YEAR,
        privateKey: { algorithm: "ECDSA", size: 384, rotationPolicy: "Always" },
        issuerRef: { group: "cert-manager.io", kind: root.kind, name: root.name },
      },
    });
    new ClusterIssuer(this, "platform", {
      metadata: { name: PLATFORM_ISSUER.name, labels },
      spec: { ca: { secretName: AUTHORITY } },
    });
  }
}
