import { k8s } from "cdk8s-plus-27";
import { Construct } from "constructs";
import { ownerLabels } from "./labels.js";
import { podTemplate, type PodAccount, type PodTemplate, type PodTemplateProps } from "./pod-template.js";
import type { VolumeClaim, WorkloadKind } from "./workload-kind.js";
import { peersServiceName } from "./workload-services.js";

export interface WorkloadPodsProps {
  readonly kind: WorkloadKind;
  readonly metadata: k8s.ObjectMeta & { readonly name: string };
  readonly selector: Readonly<Record<string, string>>;
  readonly account: PodAccount;
  readonly template: PodTemplateProps;
}

/** Earlier states of a workload, and runs of a job, that are kept to look at. */
const REVISIONS = 5;
const RUNS = 3;
const RETRIES = 2;

/** The pods of a workload, of whichever kind, and how many of them may be missing at a time. */
export class WorkloadPods extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: WorkloadPodsProps,
  ) {
    super(scope, id);
    const { kind, metadata, selector } = props;
    const common = { selector: { matchLabels: { ...selector } }, revisionHistoryLimit: REVISIONS };
    switch (kind.type) {
      case "Deployment":
        this.addDisruptionBudget();
        new k8s.KubeDeployment(this, "deployment", {
          metadata,
          spec: {
            ...common,
            replicas: kind.replicas,
            ...(kind.recreate === true && { strategy: { type: "Recreate" } }),
            template: this.spreadTemplate(),
          },
        });
        return;
      case "StatefulSet":
        this.addDisruptionBudget();
        new k8s.KubeStatefulSet(this, "stateful-set", {
          metadata,
          spec: {
            ...common,
            replicas: kind.replicas,
            serviceName: peersServiceName(metadata.name),
            podManagementPolicy: kind.ordered === false ? "Parallel" : "OrderedReady",
            template: this.spreadTemplate((kind.volumeClaims ?? []).map(({ name }) => name)),
            volumeClaimTemplates: (kind.volumeClaims ?? []).map(claimTemplate),
          },
        });
        return;
      case "DaemonSet":
        new k8s.KubeDaemonSet(this, "daemon-set", {
          metadata,
          spec: {
            ...common,
            updateStrategy: {
              type: "RollingUpdate",
              rollingUpdate: { maxUnavailable: amount(kind.maxUnavailable ?? 1) },
            },
            template: this.template(),
          },
        });
        return;
      case "CronJob":
        this.addCronJob(kind);
        return;
    }
  }

  private addCronJob({ schedule, deadlineSeconds }: Extract<WorkloadKind, { type: "CronJob" }>): void {
    const { metadata, spec } = this.template();
    new k8s.KubeCronJob(this, "cron-job", {
      metadata: this.props.metadata,
      spec: {
        schedule,
        timeZone: "Etc/UTC",
        concurrencyPolicy: "Forbid",
        successfulJobsHistoryLimit: RUNS,
        failedJobsHistoryLimit: RUNS,
        jobTemplate: {
          metadata: { labels: { ...ownerLabels, ...this.props.selector } },
          spec: {
            activeDeadlineSeconds: deadlineSeconds,
            backoffLimit: RETRIES,
            template: { metadata, spec: { ...spec, restartPolicy: "Never" } },
          },
        },
      },
    });
  }

  private addDisruptionBudget(): void {
    const { metadata, selector } = this.props;
    new k8s.KubePodDisruptionBudget(this, "disruption-budget", {
      metadata,
      spec: { selector: { matchLabels: { ...selector } }, maxUnavailable: amount(1) },
    });
  }

  /** Over zones and nodes, as far as there are any. */
  private spreadTemplate(claimed: readonly string[] = []): PodTemplate {
    const { metadata, spec } = this.template(claimed);
    const topologySpreadConstraints = ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
      topologyKey,
      maxSkew: 1,
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: { ...this.props.selector } },
    }));
    return { metadata, spec: { ...spec, topologySpreadConstraints } };
  }

  private template(claimed: readonly string[] = []): PodTemplate {
    return podTemplate(this.props.template, this.props.selector, this.props.account, claimed);
  }
}

function claimTemplate({ name, sizeGiB, storageClass }: VolumeClaim): k8s.KubePersistentVolumeClaimProps {
  return {
    metadata: { name, labels: ownerLabels },
    spec: {
      accessModes: ["ReadWriteOnce"],
      ...(storageClass !== undefined && { storageClassName: storageClass }),
      resources: { requests: { storage: k8s.Quantity.fromString(`${sizeGiB}Gi`) } },
    },
  };
}

function amount(value: number | string): k8s.IntOrString {
  return typeof value === "number" ? k8s.IntOrString.fromNumber(value) : k8s.IntOrString.fromString(value);
}
