import { Construct } from "constructs";
import { jobs } from "../../src/alerting/jobs.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import { Probe } from "../crds/custom-resources.js";
import { ownerLabels } from "../shared/labels.js";
import { BLACKBOX_ADDRESS, type BlackboxModule } from "./blackbox-exporter.js";

export interface HostProbeProps {
  /** What is asked: `kubernetes-api`. */
  readonly name: string;
  readonly url: string;
  readonly module: BlackboxModule;
  /**
   * Who is asked for the host of the URL, as `https://<service>.<namespace>.svc`: the way into the cluster, where clients outside
   * alone reach the host's own address. @default - the host itself
   */
  readonly by?: string;
}

/**
 * A host of the platform that Prometheus has the blackbox exporter ask. Who serves it allows the exporter to reach it.
 */
export class HostProbe extends Construct {
  constructor(scope: Construct, id: string, { name, url, module, by }: HostProbeProps) {
    super(scope, id);
    new Probe(this, "probe", {
      metadata: { name, namespace: SYSTEM_NAMESPACE, labels: { ...ownerLabels, "k8s-app": jobs.blackbox } },
      spec: {
        jobName: jobs.blackbox,
        interval: "60s",
        scrapeTimeout: "15s",
        module,
        prober: { url: BLACKBOX_ADDRESS, path: "/probe" },
        targets: {
          staticConfig: {
            static: [url],
            ...(by !== undefined && { relabelingConfigs: [...askedBy(by, url)] }),
          },
        },
      },
    });
  }
}

/** Alerts name the URL: `instance` is set before. */
function askedBy(by: string, url: string) {
  const { hostname, pathname } = new URL(url);
  return [
    { targetLabel: "__param_hostname", replacement: hostname },
    { targetLabel: "__param_target", replacement: `${by}${pathname}` },
  ];
}
