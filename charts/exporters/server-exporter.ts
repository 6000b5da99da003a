import { Construct } from "constructs";
import type { ClusterConfig } from "../../src/config/cluster-config.js";
import { imageOf } from "../../src/config/container-images.js";
import { SYSTEM_NAMESPACE } from "../../src/config/managed-namespaces.js";
import type { ImageName } from "../../src/versions/catalogue.js";
import type { ContainerProps, Resources } from "../shared/container.js";
import type { Relabeling } from "../shared/metrics.js";
import { httpProbe } from "../shared/probes.js";
import { Workload } from "../shared/workload.js";
import type { ExporterTarget } from "./exporter-target.js";

export interface ServerExporterProps extends Pick<ContainerProps, "args" | "environment"> {
  readonly config: ClusterConfig;
  readonly target: ExporterTarget;
  /** @default - the target's, with `-exporter` behind it */
  readonly name?: string;
  readonly image: ImageName;
  /** User id of the image. */
  readonly user: number;
  readonly port: number;
  readonly memory: Resources["memory"];
  /** It answers when the exporter does, whether or not its target does. */
  readonly healthPath: string;
  readonly relabelings?: readonly Relabeling[];
}

/** Gives the metrics of one server. One replica: two would count everything twice. */
export class ServerExporter extends Construct {
  constructor(scope: Construct, id: string, props: ServerExporterProps) {
    super(scope, id);
    const { config, target, image, port, healthPath, relabelings, args, environment } = props;
    const exporter = new Workload(this, "workload", {
      config,
      namespace: SYSTEM_NAMESPACE,
      name: props.name ?? `${target.workload.name}-exporter`,
      kind: { type: "Deployment", replicas: 1 },
      priority: "platform",
      user: props.user,
      containers: [
        {
          name: image,
          image: imageOf(image, config),
          ...(args !== undefined && { args }),
          ...(environment !== undefined && { environment }),
          ports: { metrics: port },
          resources: { cpu: { request: "10m", limit: "200m" }, memory: props.memory },
          probes: { readiness: httpProbe(healthPath, "metrics"), liveness: httpProbe(healthPath, "metrics") },
        },
      ],
      metrics: [{ port: "metrics", ...(relabelings !== undefined && { relabelings }) }],
    });
    exporter.connections.allowTo(target.workload, target.port);
  }
}
