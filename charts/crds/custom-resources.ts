import { customResource } from "./custom-resource.js";
import type { CertificateProps, ClusterIssuerProps, IssuerProps } from "./generated/cert-manager.io.js";
import type {
  FelixConfigurationProps,
  IPPoolProps,
  KubeControllersConfigurationProps,
} from "./generated/crd.projectcalico.org.js";
import type { IngressClassParamsProps } from "./generated/elbv2.k8s.aws.js";
import type {
  AlertmanagerConfigProps,
  AlertmanagerProps,
  PodMonitorProps,
  ProbeProps,
  PrometheusProps,
  PrometheusRuleProps,
  ServiceMonitorProps,
} from "./generated/monitoring.coreos.com.js";
import type { VolumeSnapshotClassProps } from "./generated/snapshot.storage.k8s.io.js";
import type { BackupStorageLocationProps, ScheduleProps, VolumeSnapshotLocationProps } from "./generated/velero.io.js";

// Constructs of the custom resources that charts write. Their kinds stand in written-kinds.ts too, for the types.

const MONITORING = "monitoring.coreos.com/v1";
export class Prometheus extends customResource<PrometheusProps>(MONITORING, "Prometheus") {}
export class Alertmanager extends customResource<AlertmanagerProps>(MONITORING, "Alertmanager") {}
export class PrometheusRule extends customResource<PrometheusRuleProps>(MONITORING, "PrometheusRule") {}
export class ServiceMonitor extends customResource<ServiceMonitorProps>(MONITORING, "ServiceMonitor") {}
export class PodMonitor extends customResource<PodMonitorProps>(MONITORING, "PodMonitor") {}
export class Probe extends customResource<ProbeProps>(MONITORING, "Probe") {}
export class AlertmanagerConfig extends customResource<AlertmanagerConfigProps>(
  "monitoring.coreos.com/v1alpha1",
  "AlertmanagerConfig",
) {}

const CERT_MANAGER = "cert-manager.io/v1";
export class Certificate extends customResource<CertificateProps>(CERT_MANAGER, "Certificate") {}
export class Issuer extends customResource<IssuerProps>(CERT_MANAGER, "Issuer") {}
export class ClusterIssuer extends customResource<ClusterIssuerProps>(CERT_MANAGER, "ClusterIssuer") {}

export class VolumeSnapshotClass extends customResource<VolumeSnapshotClassProps>(
  "snapshot.storage.k8s.io/v1",
  "VolumeSnapshotClass",
) {}

const CALICO = "crd.projectcalico.org/v1";
export class IPPool extends customResource<IPPoolProps>(CALICO, "IPPool") {}
export class FelixConfiguration extends customResource<FelixConfigurationProps>(CALICO, "FelixConfiguration") {}
export class KubeControllersConfiguration extends customResource<KubeControllersConfigurationProps>(
  CALICO,
  "KubeControllersConfiguration",
) {}

export class IngressClassParams extends customResource<IngressClassParamsProps>(
  "elbv2.k8s.aws/v1beta1",
  "IngressClassParams",
) {}

const VELERO = "velero.io/v1";
export class Schedule extends customResource<ScheduleProps>(VELERO, "Schedule") {}
export class BackupStorageLocation extends customResource<BackupStorageLocationProps>(
  VELERO,
  "BackupStorageLocation",
) {}
export class VolumeSnapshotLocation extends customResource<VolumeSnapshotLocationProps>(
  VELERO,
  "VolumeSnapshotLocation",
) {}
