// Generated from the definitions of prometheus-operator 0.93.1 by `npm run crds -- types`: not to be edited.

export interface PrometheusProps {
  readonly spec: PrometheusSpec;
}

export interface PrometheusSpec {
  readonly additionalAlertManagerConfigs?: AdditionalAlertManagerConfigs;
  readonly additionalAlertRelabelConfigs?: AdditionalAlertManagerConfigs;
  readonly additionalArgs?: readonly AdditionalArg[];
  readonly additionalScrapeConfigs?: AdditionalAlertManagerConfigs;
  readonly affinity?: Affinity;
  readonly alerting?: Alerting;
  readonly allowOverlappingBlocks?: boolean;
  readonly apiserverConfig?: ApiserverConfig;
  readonly arbitraryFSAccessThroughSMs?: ArbitraryFSAccessThroughSMs;
  readonly automountServiceAccountToken?: boolean;
  readonly baseImage?: string;
  readonly bodySizeLimit?: string;
  readonly configMaps?: readonly string[];
  readonly containers?: readonly Container[];
  readonly convertClassicHistogramsToNHCB?: boolean;
  readonly disableCompaction?: boolean;
  readonly dnsConfig?: DnsConfig;
  readonly dnsPolicy?: "ClusterFirstWithHostNet" | "ClusterFirst" | "Default" | "None";
  readonly enableAdminAPI?: boolean;
  readonly enableFeatures?: readonly string[];
  readonly enableOTLPReceiver?: boolean;
  readonly enableRemoteWriteReceiver?: boolean;
  readonly enableServiceLinks?: boolean;
  readonly enforcedBodySizeLimit?: string;
  readonly enforcedKeepDroppedTargets?: number;
  readonly enforcedLabelLimit?: number;
  readonly enforcedLabelNameLengthLimit?: number;
  readonly enforcedLabelValueLengthLimit?: number;
  readonly enforcedNamespaceLabel?: string;
  readonly enforcedSampleLimit?: number;
  readonly enforcedTargetLimit?: number;
  readonly evaluationInterval?: string;
  readonly excludedFromEnforcement?: readonly ExcludedFromEnforcement[];
  readonly exemplars?: Exemplars;
  readonly externalLabels?: Readonly<Record<string, string>>;
  readonly externalUrl?: string;
  readonly hostAliases?: readonly HostAlias[];
  readonly hostNetwork?: boolean;
  readonly hostUsers?: boolean;
  readonly ignoreNamespaceSelectors?: boolean;
  readonly image?: string;
  readonly imagePullPolicy?: "" | "Always" | "Never" | "IfNotPresent";
  readonly imagePullSecrets?: readonly ImagePullSecret[];
  readonly initContainers?: readonly Container[];
  readonly keepDroppedTargets?: number;
  readonly labelLimit?: number;
  readonly labelNameLengthLimit?: number;
  readonly labelValueLengthLimit?: number;
  readonly listenLocal?: boolean;
  readonly logFormat?: "" | "logfmt" | "json";
  readonly logLevel?: "" | "debug" | "info" | "warn" | "error";
  readonly maximumStartupDurationSeconds?: number;
  readonly minReadySeconds?: number;
  readonly nameEscapingScheme?: "AllowUTF8" | "Underscores" | "Dots" | "Values";
  readonly nameValidationScheme?: "UTF8" | "Legacy";
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly otlp?: Otlp;
  readonly overrideHonorLabels?: boolean;
  readonly overrideHonorTimestamps?: boolean;
  readonly paused?: boolean;
  readonly persistentVolumeClaimRetentionPolicy?: PersistentVolumeClaimRetentionPolicy;
  readonly podManagementPolicy?: "OrderedReady" | "Parallel";
  readonly podMetadata?: PodMetadata;
  readonly podMonitorNamespaceSelector?: LabelSelector;
  readonly podMonitorSelector?: LabelSelector;
  readonly podTargetLabels?: readonly string[];
  readonly portName?: string;
  readonly priorityClassName?: string;
  readonly probeNamespaceSelector?: LabelSelector;
  readonly probeSelector?: LabelSelector;
  readonly prometheusExternalLabelName?: string;
  readonly prometheusRulesExcludedFromEnforce?: readonly PrometheusRulesExcludedFromEnforce[];
  readonly query?: Query;
  readonly queryLogFile?: string;
  readonly reloadStrategy?: "HTTP" | "ProcessSignal";
  readonly remoteRead?: readonly RemoteRead[];
  readonly remoteWrite?: readonly RemoteWrite[];
  readonly remoteWriteReceiverMessageVersions?: readonly ("V1.0" | "V2.0")[];
  readonly replicaExternalLabelName?: string;
  readonly replicas?: number;
  readonly resources?: Resources;
  readonly retention?: string;
  readonly retentionSize?: string;
  readonly routePrefix?: string;
  readonly ruleNamespaceSelector?: LabelSelector;
  readonly ruleQueryOffset?: string;
  readonly ruleSelector?: LabelSelector;
  readonly rules?: Rules;
  readonly runtime?: Runtime;
  readonly sampleLimit?: number;
  readonly schedulerName?: string;
  readonly scrapeClasses?: readonly ScrapeClass[];
  readonly scrapeClassicHistograms?: boolean;
  readonly scrapeConfigNamespaceSelector?: LabelSelector;
  readonly scrapeConfigSelector?: LabelSelector;
  readonly scrapeFailureLogFile?: string;
  readonly scrapeInterval?: string;
  readonly scrapeNativeHistograms?: boolean;
  readonly scrapeProtocols?: readonly ("PrometheusProto" | "OpenMetricsText0.0.1" | "OpenMetricsText1.0.0" | "PrometheusText0.0.4" | "PrometheusText1.0.0")[];
  readonly scrapeTimeout?: string;
  readonly secrets?: readonly string[];
  readonly securityContext?: PrometheusSpecSecurityContext;
  readonly serviceAccountName?: string;
  readonly serviceDiscoveryRole?: "Endpoints" | "EndpointSlice";
  readonly serviceMonitorNamespaceSelector?: LabelSelector;
  readonly serviceMonitorSelector?: LabelSelector;
  readonly serviceName?: string;
  readonly sha?: string;
  readonly shardRetentionPolicy?: ShardRetentionPolicy;
  readonly shardingStrategy?: ShardingStrategy;
  readonly shards?: number;
  readonly storage?: Storage;
  readonly tag?: string;
  readonly targetLimit?: number;
  readonly terminationGracePeriodSeconds?: number;
  readonly thanos?: Thanos;
  readonly tolerations?: readonly Toleration[];
  readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[];
  readonly tracingConfig?: TracingConfig;
  readonly tsdb?: Tsdb;
  readonly updateStrategy?: UpdateStrategy;
  readonly version?: string;
  readonly volumeMounts?: readonly VolumeMount[];
  readonly volumes?: readonly Volume[];
  readonly walCompression?: boolean;
  readonly web?: Web;
}

export interface AdditionalAlertManagerConfigs {
  readonly key: string;
  readonly name?: string;
  readonly optional?: boolean;
}

export interface AdditionalArg {
  readonly name: string;
  readonly value?: string;
}

export interface Affinity {
  readonly nodeAffinity?: NodeAffinity;
  readonly podAffinity?: PodAffinity;
  readonly podAntiAffinity?: PodAffinity;
}

export interface NodeAffinity {
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly PreferredDuringSchedulingIgnoredDuringExecution[];
  readonly requiredDuringSchedulingIgnoredDuringExecution?: RequiredDuringSchedulingIgnoredDuringExecution;
}

export interface PreferredDuringSchedulingIgnoredDuringExecution {
  readonly preference: Preference;
  readonly weight: number;
}

export interface Preference {
  readonly matchExpressions?: readonly MatchExpression[];
  readonly matchFields?: readonly MatchExpression[];
}

export interface MatchExpression {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

export interface RequiredDuringSchedulingIgnoredDuringExecution {
  readonly nodeSelectorTerms: readonly Preference[];
}

export interface PodAffinity {
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityPreferredDuringSchedulingIgnoredDuringExecution[];
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[];
}

export interface PodAffinityPreferredDuringSchedulingIgnoredDuringExecution {
  readonly podAffinityTerm: PodAffinityTerm;
  readonly weight: number;
}

export interface PodAffinityTerm {
  readonly labelSelector?: LabelSelector;
  readonly matchLabelKeys?: readonly string[];
  readonly mismatchLabelKeys?: readonly string[];
  readonly namespaceSelector?: LabelSelector;
  readonly namespaces?: readonly string[];
  readonly topologyKey: string;
}

export interface LabelSelector {
  readonly matchExpressions?: readonly MatchExpression[];
  readonly matchLabels?: Readonly<Record<string, string>>;
}

export interface Alerting {
  readonly alertmanagers: readonly Alertmanager[];
}

export interface Alertmanager {
  readonly alertRelabelings?: readonly AlertRelabeling[];
  readonly apiVersion?: "v1" | "V1" | "v2" | "V2";
  readonly authorization?: Authorization;
  readonly basicAuth?: BasicAuth;
  readonly bearerTokenFile?: string;
  readonly enableHttp2?: boolean;
  readonly name: string;
  readonly namespace?: string;
  readonly noProxy?: string;
  readonly pathPrefix?: string;
  readonly port: number | string;
  readonly proxyConnectHeader?: Readonly<Record<string, readonly AdditionalAlertManagerConfigs[]>>;
  readonly proxyFromEnvironment?: boolean;
  readonly proxyUrl?: string;
  readonly relabelings?: readonly AlertRelabeling[];
  readonly scheme?: "http" | "https" | "HTTP" | "HTTPS";
  readonly sigv4?: Sigv4;
  readonly timeout?: string;
  readonly tlsConfig?: TlsConfig;
}

export interface AlertRelabeling {
  readonly action?: "replace" | "Replace" | "keep" | "Keep" | "drop" | "Drop" | "hashmod" | "HashMod" | "labelmap" | "LabelMap" | "labeldrop" | "LabelDrop" | "labelkeep" | "LabelKeep" | "lowercase" | "Lowercase" | "uppercase" | "Uppercase" | "keepequal" | "KeepEqual" | "dropequal" | "DropEqual";
  readonly modulus?: number;
  readonly regex?: string;
  readonly replacement?: string;
  readonly separator?: string;
  readonly sourceLabels?: readonly string[];
  readonly targetLabel?: string;
}

export interface Authorization {
  readonly credentials?: AdditionalAlertManagerConfigs;
  readonly type?: string;
}

export interface BasicAuth {
  readonly password?: AdditionalAlertManagerConfigs;
  readonly username?: AdditionalAlertManagerConfigs;
}

export interface Sigv4 {
  readonly accessKey?: AdditionalAlertManagerConfigs;
  readonly externalId?: string;
  readonly profile?: string;
  readonly region?: string;
  readonly roleArn?: string;
  readonly secretKey?: AdditionalAlertManagerConfigs;
  readonly useFIPSSTSEndpoint?: boolean;
}

export interface TlsConfig {
  readonly ca?: Ca;
  readonly caFile?: string;
  readonly cert?: Ca;
  readonly certFile?: string;
  readonly insecureSkipVerify?: boolean;
  readonly keyFile?: string;
  readonly keySecret?: AdditionalAlertManagerConfigs;
  readonly maxVersion?: "TLS10" | "TLS11" | "TLS12" | "TLS13";
  readonly minVersion?: "TLS10" | "TLS11" | "TLS12" | "TLS13";
  readonly serverName?: string;
}

export interface Ca {
  readonly configMap?: AdditionalAlertManagerConfigs;
  readonly secret?: AdditionalAlertManagerConfigs;
}

export interface ApiserverConfig {
  readonly authorization?: ApiserverConfigAuthorization;
  readonly basicAuth?: BasicAuth;
  readonly bearerToken?: string;
  readonly bearerTokenFile?: string;
  readonly host: string;
  readonly noProxy?: string;
  readonly proxyConnectHeader?: Readonly<Record<string, readonly AdditionalAlertManagerConfigs[]>>;
  readonly proxyFromEnvironment?: boolean;
  readonly proxyUrl?: string;
  readonly tlsConfig?: TlsConfig;
}

export interface ApiserverConfigAuthorization {
  readonly credentials?: AdditionalAlertManagerConfigs;
  readonly credentialsFile?: string;
  readonly type?: string;
}

export interface ArbitraryFSAccessThroughSMs {
  readonly deny?: boolean;
}

export interface Container {
  readonly args?: readonly string[];
  readonly command?: readonly string[];
  readonly env?: readonly Env[];
  readonly envFrom?: readonly EnvFrom[];
  readonly image?: string;
  readonly imagePullPolicy?: string;
  readonly lifecycle?: Lifecycle;
  readonly livenessProbe?: LivenessProbe;
  readonly name: string;
  readonly ports?: readonly Port[];
  readonly readinessProbe?: LivenessProbe;
  readonly resizePolicy?: readonly ResizePolicy[];
  readonly resources?: Resources;
  readonly restartPolicy?: string;
  readonly restartPolicyRules?: readonly RestartPolicyRule[];
  readonly securityContext?: SecurityContext;
  readonly startupProbe?: LivenessProbe;
  readonly stdin?: boolean;
  readonly stdinOnce?: boolean;
  readonly terminationMessagePath?: string;
  readonly terminationMessagePolicy?: string;
  readonly tty?: boolean;
  readonly volumeDevices?: readonly VolumeDevice[];
  readonly volumeMounts?: readonly VolumeMount[];
  readonly workingDir?: string;
}

export interface Env {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: ValueFrom;
}

export interface ValueFrom {
  readonly configMapKeyRef?: AdditionalAlertManagerConfigs;
  readonly fieldRef?: FieldRef;
  readonly fileKeyRef?: FileKeyRef;
  readonly resourceFieldRef?: ResourceFieldRef;
  readonly secretKeyRef?: AdditionalAlertManagerConfigs;
}

export interface FieldRef {
  readonly apiVersion?: string;
  readonly fieldPath: string;
}

export interface FileKeyRef {
  readonly key: string;
  readonly optional?: boolean;
  readonly path: string;
  readonly volumeName: string;
}

export interface ResourceFieldRef {
  readonly containerName?: string;
  readonly divisor?: number | string;
  readonly resource: string;
}

export interface EnvFrom {
  readonly configMapRef?: ConfigMapRef;
  readonly prefix?: string;
  readonly secretRef?: ConfigMapRef;
}

export interface ConfigMapRef {
  readonly name?: string;
  readonly optional?: boolean;
}

export interface Lifecycle {
  readonly postStart?: PostStart;
  readonly preStop?: PostStart;
  readonly stopSignal?: string;
}

export interface PostStart {
  readonly exec?: Exec;
  readonly httpGet?: HttpGet;
  readonly sleep?: Sleep;
  readonly tcpSocket?: TcpSocket;
}

export interface Exec {
  readonly command?: readonly string[];
}

export interface HttpGet {
  readonly host?: string;
  readonly httpHeaders?: readonly HttpHeader[];
  readonly path?: string;
  readonly port: number | string;
  readonly scheme?: string;
}

export interface HttpHeader {
  readonly name: string;
  readonly value: string;
}

export interface Sleep {
  readonly seconds: number;
}

export interface TcpSocket {
  readonly host?: string;
  readonly port: number | string;
}

export interface LivenessProbe {
  readonly exec?: Exec;
  readonly failureThreshold?: number;
  readonly grpc?: Grpc;
  readonly httpGet?: HttpGet;
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly successThreshold?: number;
  readonly tcpSocket?: TcpSocket;
  readonly terminationGracePeriodSeconds?: number;
  readonly timeoutSeconds?: number;
}

export interface Grpc {
  readonly port: number;
  readonly service?: string;
}

export interface Port {
  readonly containerPort: number;
  readonly hostIP?: string;
  readonly hostPort?: number;
  readonly name?: string;
  readonly protocol?: string;
}

export interface ResizePolicy {
  readonly resourceName: string;
  readonly restartPolicy: string;
}

export interface Resources {
  readonly claims?: readonly Claim[];
  readonly limits?: Readonly<Record<string, number | string>>;
  readonly requests?: Readonly<Record<string, number | string>>;
}

export interface Claim {
  readonly name: string;
  readonly request?: string;
}

export interface RestartPolicyRule {
  readonly action: string;
  readonly exitCodes?: ExitCodes;
}

export interface ExitCodes {
  readonly operator: string;
  readonly values?: readonly number[];
}

export interface SecurityContext {
  readonly allowPrivilegeEscalation?: boolean;
  readonly appArmorProfile?: AppArmorProfile;
  readonly capabilities?: Capabilities;
  readonly privileged?: boolean;
  readonly procMount?: string;
  readonly readOnlyRootFilesystem?: boolean;
  readonly runAsGroup?: number;
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly seLinuxOptions?: SeLinuxOptions;
  readonly seccompProfile?: AppArmorProfile;
  readonly windowsOptions?: WindowsOptions;
}

export interface AppArmorProfile {
  readonly localhostProfile?: string;
  readonly type: string;
}

export interface Capabilities {
  readonly add?: readonly string[];
  readonly drop?: readonly string[];
}

export interface SeLinuxOptions {
  readonly level?: string;
  readonly role?: string;
  readonly type?: string;
  readonly user?: string;
}

export interface WindowsOptions {
  readonly gmsaCredentialSpec?: string;
  readonly gmsaCredentialSpecName?: string;
  readonly hostProcess?: boolean;
  readonly runAsUserName?: string;
}

export interface VolumeDevice {
  readonly devicePath: string;
  readonly name: string;
}

export interface VolumeMount {
  readonly mountPath: string;
  readonly mountPropagation?: string;
  readonly name: string;
  readonly readOnly?: boolean;
  readonly recursiveReadOnly?: string;
  readonly subPath?: string;
  readonly subPathExpr?: string;
}

export interface DnsConfig {
  readonly nameservers?: readonly string[];
  readonly options?: readonly AdditionalArg[];
  readonly searches?: readonly string[];
}

export interface ExcludedFromEnforcement {
  readonly group?: "monitoring.coreos.com";
  readonly name?: string;
  readonly namespace: string;
  readonly resource: "prometheusrules" | "servicemonitors" | "podmonitors" | "probes" | "scrapeconfigs";
}

export interface Exemplars {
  readonly maxSize?: number;
}

export interface HostAlias {
  readonly hostnames: readonly string[];
  readonly ip: string;
}

export interface ImagePullSecret {
  readonly name?: string;
}

export interface Otlp {
  readonly convertHistogramsToNHCB?: boolean;
  readonly ignoreResourceAttributes?: readonly string[];
  readonly keepIdentifyingResourceAttributes?: boolean;
  readonly labelNamePreserveMultipleUnderscores?: boolean;
  readonly labelNameUnderscoreSanitization?: boolean;
  readonly promoteAllResourceAttributes?: boolean;
  readonly promoteResourceAttributes?: readonly string[];
  readonly promoteScopeMetadata?: boolean;
  readonly translationStrategy?: "NoUTF8EscapingWithSuffixes" | "UnderscoreEscapingWithSuffixes" | "NoTranslation" | "UnderscoreEscapingWithoutSuffixes";
}

export interface PersistentVolumeClaimRetentionPolicy {
  readonly whenDeleted?: string;
  readonly whenScaled?: string;
}

export interface PodMetadata {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly name?: string;
}

export interface PrometheusRulesExcludedFromEnforce {
  readonly ruleName: string;
  readonly ruleNamespace: string;
}

export interface Query {
  readonly lookbackDelta?: string;
  readonly maxConcurrency?: number;
  readonly maxSamples?: number;
  readonly timeout?: string;
}

export interface RemoteRead {
  readonly authorization?: ApiserverConfigAuthorization;
  readonly basicAuth?: BasicAuth;
  readonly bearerToken?: string;
  readonly bearerTokenFile?: string;
  readonly filterExternalLabels?: boolean;
  readonly followRedirects?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly noProxy?: string;
  readonly oauth2?: Oauth2;
  readonly proxyConnectHeader?: Readonly<Record<string, readonly AdditionalAlertManagerConfigs[]>>;
  readonly proxyFromEnvironment?: boolean;
  readonly proxyUrl?: string;
  readonly readRecent?: boolean;
  readonly remoteTimeout?: string;
  readonly requiredMatchers?: Readonly<Record<string, string>>;
  readonly tlsConfig?: TlsConfig;
  readonly url: string;
}

export interface Oauth2 {
  readonly clientId: Ca;
  readonly clientSecret: AdditionalAlertManagerConfigs;
  readonly endpointParams?: Readonly<Record<string, string>>;
  readonly noProxy?: string;
  readonly proxyConnectHeader?: Readonly<Record<string, readonly AdditionalAlertManagerConfigs[]>>;
  readonly proxyFromEnvironment?: boolean;
  readonly proxyUrl?: string;
  readonly scopes?: readonly string[];
  readonly tlsConfig?: Oauth2TlsConfig;
  readonly tokenUrl: string;
}

export interface Oauth2TlsConfig {
  readonly ca?: Ca;
  readonly cert?: Ca;
  readonly insecureSkipVerify?: boolean;
  readonly keySecret?: AdditionalAlertManagerConfigs;
  readonly maxVersion?: "TLS10" | "TLS11" | "TLS12" | "TLS13";
  readonly minVersion?: "TLS10" | "TLS11" | "TLS12" | "TLS13";
  readonly serverName?: string;
}

export interface RemoteWrite {
  readonly authorization?: ApiserverConfigAuthorization;
  readonly azureAd?: AzureAd;
  readonly basicAuth?: BasicAuth;
  readonly bearerToken?: string;
  readonly bearerTokenFile?: string;
  readonly enableHTTP2?: boolean;
  readonly followRedirects?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly messageVersion?: "V1.0" | "V2.0";
  readonly metadataConfig?: MetadataConfig;
  readonly name?: string;
  readonly noProxy?: string;
  readonly oauth2?: Oauth2;
  readonly proxyConnectHeader?: Readonly<Record<string, readonly AdditionalAlertManagerConfigs[]>>;
  readonly proxyFromEnvironment?: boolean;
  readonly proxyUrl?: string;
  readonly queueConfig?: QueueConfig;
  readonly remoteTimeout?: string;
  readonly roundRobinDNS?: boolean;
  readonly sendExemplars?: boolean;
  readonly sendNativeHistograms?: boolean;
  readonly sigv4?: Sigv4;
  readonly tlsConfig?: TlsConfig;
  readonly url: string;
  readonly writeRelabelConfigs?: readonly AlertRelabeling[];
}

export interface AzureAd {
  readonly cloud?: "AzureChina" | "AzureGovernment" | "AzurePublic";
  readonly managedIdentity?: ManagedIdentity;
  readonly oauth?: Oauth;
  readonly scope?: string;
  readonly sdk?: Sdk;
  readonly workloadIdentity?: WorkloadIdentity;
}

export interface ManagedIdentity {
  readonly clientId?: string;
}

export interface Oauth {
  readonly clientId: string;
  readonly clientSecret: AdditionalAlertManagerConfigs;
  readonly tenantId: string;
}

export interface Sdk {
  readonly tenantId?: string;
}

export interface WorkloadIdentity {
  readonly clientId: string;
  readonly tenantId: string;
}

export interface MetadataConfig {
  readonly maxSamplesPerSend?: number;
  readonly send?: boolean;
  readonly sendInterval?: string;
}

export interface QueueConfig {
  readonly batchSendDeadline?: string;
  readonly capacity?: number;
  readonly maxBackoff?: string;
  readonly maxRetries?: number;
  readonly maxSamplesPerSend?: number;
  readonly maxShards?: number;
  readonly minBackoff?: string;
  readonly minShards?: number;
  readonly retryOnRateLimit?: boolean;
  readonly sampleAgeLimit?: string;
}

export interface Rules {
  readonly alert?: Alert;
}

export interface Alert {
  readonly forGracePeriod?: string;
  readonly forOutageTolerance?: string;
  readonly resendDelay?: string;
}

export interface Runtime {
  readonly goGC?: number;
}

export interface ScrapeClass {
  readonly attachMetadata?: AttachMetadata;
  readonly authorization?: ApiserverConfigAuthorization;
  readonly default?: boolean;
  readonly fallbackScrapeProtocol?: "PrometheusProto" | "OpenMetricsText0.0.1" | "OpenMetricsText1.0.0" | "PrometheusText0.0.4" | "PrometheusText1.0.0";
  readonly metricRelabelings?: readonly AlertRelabeling[];
  readonly name: string;
  readonly relabelings?: readonly AlertRelabeling[];
  readonly tlsConfig?: TlsConfig;
}

export interface AttachMetadata {
  readonly node?: boolean;
}

export interface PrometheusSpecSecurityContext {
  readonly appArmorProfile?: AppArmorProfile;
  readonly fsGroup?: number;
  readonly fsGroupChangePolicy?: string;
  readonly runAsGroup?: number;
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly seLinuxChangePolicy?: string;
  readonly seLinuxOptions?: SeLinuxOptions;
  readonly seccompProfile?: AppArmorProfile;
  readonly supplementalGroups?: readonly number[];
  readonly supplementalGroupsPolicy?: string;
  readonly sysctls?: readonly HttpHeader[];
  readonly windowsOptions?: WindowsOptions;
}

export interface ShardRetentionPolicy {
  readonly retain?: Retain;
  readonly whenScaled?: "Retain" | "Delete";
}

export interface Retain {
  readonly retentionPeriod: string;
}

export interface ShardingStrategy {
  readonly mode?: "Address" | "Topology";
  readonly topology?: Topology;
}

export interface Topology {
  readonly externalLabelName?: string;
  readonly values?: readonly string[];
}

export interface Storage {
  readonly disableMountSubPath?: boolean;
  readonly emptyDir?: EmptyDir;
  readonly ephemeral?: Ephemeral;
  readonly volumeClaimTemplate?: StorageVolumeClaimTemplate;
}

export interface EmptyDir {
  readonly medium?: string;
  readonly sizeLimit?: number | string;
}

export interface Ephemeral {
  readonly volumeClaimTemplate?: VolumeClaimTemplate;
}

export interface VolumeClaimTemplate {
  readonly metadata?: Readonly<Record<string, never>>;
  readonly spec: Spec;
}

export interface Spec {
  readonly accessModes?: readonly string[];
  readonly dataSource?: DataSource;
  readonly dataSourceRef?: DataSourceRef;
  readonly resources?: SpecResources;
  readonly selector?: LabelSelector;
  readonly storageClassName?: string;
  readonly volumeAttributesClassName?: string;
  readonly volumeMode?: string;
  readonly volumeName?: string;
}

export interface DataSource {
  readonly apiGroup?: string;
  readonly kind: string;
  readonly name: string;
}

export interface DataSourceRef {
  readonly apiGroup?: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

export interface SpecResources {
  readonly limits?: Readonly<Record<string, number | string>>;
  readonly requests?: Readonly<Record<string, number | string>>;
}

export interface StorageVolumeClaimTemplate {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: PodMetadata;
  readonly spec?: Spec;
  readonly status?: Status;
}

export interface Status {
  readonly accessModes?: readonly string[];
  readonly allocatedResourceStatuses?: Readonly<Record<string, string>>;
  readonly allocatedResources?: Readonly<Record<string, number | string>>;
  readonly capacity?: Readonly<Record<string, number | string>>;
  readonly conditions?: readonly Condition[];
  readonly currentVolumeAttributesClassName?: string;
  readonly modifyVolumeStatus?: ModifyVolumeStatus;
  readonly phase?: string;
}

export interface Condition {
  readonly lastProbeTime?: string;
  readonly lastTransitionTime?: string;
  readonly message?: string;
  readonly reason?: string;
  readonly status: string;
  readonly type: string;
}

export interface ModifyVolumeStatus {
  readonly status: string;
  readonly targetVolumeAttributesClassName?: string;
}

export interface Thanos {
  readonly additionalArgs?: readonly AdditionalArg[];
  readonly baseImage?: string;
  readonly blockSize?: string;
  readonly getConfigInterval?: string;
  readonly getConfigTimeout?: string;
  readonly grpcListenLocal?: boolean;
  readonly grpcServerTlsConfig?: GrpcServerTlsConfig;
  readonly httpListenLocal?: boolean;
  readonly image?: string;
  readonly listenLocal?: boolean;
  readonly logFormat?: "" | "logfmt" | "json";
  readonly logLevel?: "" | "debug" | "info" | "warn" | "error";
  readonly minTime?: string;
  readonly objectStorageConfig?: AdditionalAlertManagerConfigs;
  readonly objectStorageConfigFile?: string;
  readonly readyTimeout?: string;
  readonly resources?: Resources;
  readonly sha?: string;
  readonly tag?: string;
  readonly tracingConfig?: AdditionalAlertManagerConfigs;
  readonly tracingConfigFile?: string;
  readonly version?: string;
  readonly volumeMounts?: readonly VolumeMount[];
}

export interface GrpcServerTlsConfig {
  readonly ca?: Ca;
  readonly caFile?: string;
  readonly cert?: Ca;
  readonly certFile?: string;
  readonly cipherSuites?: readonly string[];
  readonly curves?: readonly string[];
  readonly insecureSkipVerify?: boolean;
  readonly keyFile?: string;
  readonly keySecret?: AdditionalAlertManagerConfigs;
  readonly maxVersion?: "TLS10" | "TLS11" | "TLS12" | "TLS13";
  readonly minVersion?: "TLS10" | "TLS11" | "TLS12" | "TLS13";
  readonly serverName?: string;
}

export interface Toleration {
  readonly effect?: string;
  readonly key?: string;
  readonly operator?: string;
  readonly tolerationSeconds?: number;
  readonly value?: string;
}

export interface TopologySpreadConstraint {
  readonly additionalLabelSelectors?: "OnResource" | "OnShard";
  readonly labelSelector?: LabelSelector;
  readonly matchLabelKeys?: readonly string[];
  readonly maxSkew: number;
  readonly minDomains?: number;
  readonly nodeAffinityPolicy?: string;
  readonly nodeTaintsPolicy?: string;
  readonly topologyKey: string;
  readonly whenUnsatisfiable: string;
}

export interface TracingConfig {
  readonly clientType?: "http" | "grpc" | "HTTP" | "GRPC";
  readonly compression?: "gzip" | "Gzip";
  readonly endpoint: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly insecure?: boolean;
  readonly samplingFraction?: number | string;
  readonly timeout?: string;
  readonly tlsConfig?: TlsConfig;
}

export interface Tsdb {
  readonly chunkEncoding?: ChunkEncoding;
  readonly outOfOrderTimeWindow?: string;
  readonly staleSeriesCompactionThreshold?: number | string;
}

export interface ChunkEncoding {
  readonly floats?: "Xor" | "Xor2";
}

export interface UpdateStrategy {
  readonly rollingUpdate?: RollingUpdate;
  readonly type: "OnDelete" | "RollingUpdate";
}

export interface RollingUpdate {
  readonly maxUnavailable?: number | string;
}

export interface Volume {
  readonly awsElasticBlockStore?: AwsElasticBlockStore;
  readonly azureDisk?: AzureDisk;
  readonly azureFile?: AzureFile;
  readonly cephfs?: Cephfs;
  readonly cinder?: Cinder;
  readonly configMap?: ConfigMap;
  readonly csi?: Csi;
  readonly downwardAPI?: DownwardAPI;
  readonly emptyDir?: EmptyDir;
  readonly ephemeral?: Ephemeral;
  readonly fc?: Fc;
  readonly flexVolume?: FlexVolume;
  readonly flocker?: Flocker;
  readonly gcePersistentDisk?: GcePersistentDisk;
  readonly gitRepo?: GitRepo;
  readonly glusterfs?: Glusterfs;
  readonly hostPath?: HostPath;
  readonly image?: Image;
  readonly iscsi?: Iscsi;
  readonly name: string;
  readonly nfs?: Nfs;
  readonly persistentVolumeClaim?: PersistentVolumeClaim;
  readonly photonPersistentDisk?: PhotonPersistentDisk;
  readonly portworxVolume?: PortworxVolume;
  readonly projected?: Projected;
  readonly quobyte?: Quobyte;
  readonly rbd?: Rbd;
  readonly scaleIO?: ScaleIO;
  readonly secret?: Secret;
  readonly storageos?: Storageos;
  readonly vsphereVolume?: VsphereVolume;
}

export interface AwsElasticBlockStore {
  readonly fsType?: string;
  readonly partition?: number;
  readonly readOnly?: boolean;
  readonly volumeID: string;
}

export interface AzureDisk {
  readonly cachingMode?: string;
  readonly diskName: string;
  readonly diskURI: string;
  readonly fsType?: string;
  readonly kind?: string;
  readonly readOnly?: boolean;
}

export interface AzureFile {
  readonly readOnly?: boolean;
  readonly secretName: string;
  readonly shareName: string;
}

export interface Cephfs {
  readonly monitors: readonly string[];
  readonly path?: string;
  readonly readOnly?: boolean;
  readonly secretFile?: string;
  readonly secretRef?: ImagePullSecret;
  readonly user?: string;
}

export interface Cinder {
  readonly fsType?: string;
  readonly readOnly?: boolean;
  readonly secretRef?: ImagePullSecret;
  readonly volumeID: string;
}

export interface ConfigMap {
  readonly defaultMode?: number;
  readonly items?: readonly Item[];
  readonly name?: string;
  readonly optional?: boolean;
}

export interface Item {
  readonly key: string;
  readonly mode?: number;
  readonly path: string;
}

export interface Csi {
  readonly driver: string;
  readonly fsType?: string;
  readonly nodePublishSecretRef?: ImagePullSecret;
  readonly readOnly?: boolean;
  readonly volumeAttributes?: Readonly<Record<string, string>>;
}

export interface DownwardAPI {
  readonly defaultMode?: number;
  readonly items?: readonly DownwardAPIItem[];
}

export interface DownwardAPIItem {
  readonly fieldRef?: FieldRef;
  readonly mode?: number;
  readonly path: string;
  readonly resourceFieldRef?: ResourceFieldRef;
}

export interface Fc {
  readonly fsType?: string;
  readonly lun?: number;
  readonly readOnly?: boolean;
  readonly targetWWNs?: readonly string[];
  readonly wwids?: readonly string[];
}

export interface FlexVolume {
  readonly driver: string;
  readonly fsType?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly readOnly?: boolean;
  readonly secretRef?: ImagePullSecret;
}

export interface Flocker {
  readonly datasetName?: string;
  readonly datasetUUID?: string;
}

export interface GcePersistentDisk {
  readonly fsType?: string;
  readonly partition?: number;
  readonly pdName: string;
  readonly readOnly?: boolean;
}

export interface GitRepo {
  readonly directory?: string;
  readonly repository: string;
  readonly revision?: string;
}

export interface Glusterfs {
  readonly endpoints: string;
  readonly path: string;
  readonly readOnly?: boolean;
}

export interface HostPath {
  readonly path: string;
  readonly type?: string;
}

export interface Image {
  readonly pullPolicy?: string;
  readonly reference?: string;
}

export interface Iscsi {
  readonly chapAuthDiscovery?: boolean;
  readonly chapAuthSession?: boolean;
  readonly fsType?: string;
  readonly initiatorName?: string;
  readonly iqn: string;
  readonly iscsiInterface?: string;
  readonly lun: number;
  readonly portals?: readonly string[];
  readonly readOnly?: boolean;
  readonly secretRef?: ImagePullSecret;
  readonly targetPortal: string;
}

export interface Nfs {
  readonly path: string;
  readonly readOnly?: boolean;
  readonly server: string;
}

export interface PersistentVolumeClaim {
  readonly claimName: string;
  readonly readOnly?: boolean;
}

export interface PhotonPersistentDisk {
  readonly fsType?: string;
  readonly pdID: string;
}

export interface PortworxVolume {
  readonly fsType?: string;
  readonly readOnly?: boolean;
  readonly volumeID: string;
}

export interface Projected {
  readonly defaultMode?: number;
  readonly sources?: readonly Source[];
}

export interface Source {
  readonly clusterTrustBundle?: ClusterTrustBundle;
  readonly configMap?: SourceConfigMap;
  readonly downwardAPI?: SourceDownwardAPI;
  readonly podCertificate?: PodCertificate;
  readonly secret?: SourceConfigMap;
  readonly serviceAccountToken?: ServiceAccountToken;
}

export interface ClusterTrustBundle {
  readonly labelSelector?: LabelSelector;
  readonly name?: string;
  readonly optional?: boolean;
  readonly path: string;
  readonly signerName?: string;
}

export interface SourceConfigMap {
  readonly items?: readonly Item[];
  readonly name?: string;
  readonly optional?: boolean;
}

export interface SourceDownwardAPI {
  readonly items?: readonly DownwardAPIItem[];
}

export interface PodCertificate {
  readonly certificateChainPath?: string;
  readonly credentialBundlePath?: string;
  readonly keyPath?: string;
  readonly keyType: string;
  readonly maxExpirationSeconds?: number;
  readonly signerName: string;
  readonly userAnnotations?: Readonly<Record<string, string>>;
}

export interface ServiceAccountToken {
  readonly audience?: string;
  readonly expirationSeconds?: number;
  readonly path: string;
}

export interface Quobyte {
  readonly group?: string;
  readonly readOnly?: boolean;
  readonly registry: string;
  readonly tenant?: string;
  readonly user?: string;
  readonly volume: string;
}

export interface Rbd {
  readonly fsType?: string;
  readonly image: string;
  readonly keyring?: string;
  readonly monitors: readonly string[];
  readonly pool?: string;
  readonly readOnly?: boolean;
  readonly secretRef?: ImagePullSecret;
  readonly user?: string;
}

export interface ScaleIO {
  readonly fsType?: string;
  readonly gateway: string;
  readonly protectionDomain?: string;
  readonly readOnly?: boolean;
  readonly secretRef: ImagePullSecret;
  readonly sslEnabled?: boolean;
  readonly storageMode?: string;
  readonly storagePool?: string;
  readonly system: string;
  readonly volumeName?: string;
}

export interface Secret {
  readonly defaultMode?: number;
  readonly items?: readonly Item[];
  readonly optional?: boolean;
  readonly secretName?: string;
}

export interface Storageos {
  readonly fsType?: string;
  readonly readOnly?: boolean;
  readonly secretRef?: ImagePullSecret;
  readonly volumeName?: string;
  readonly volumeNamespace?: string;
}

export interface VsphereVolume {
  readonly fsType?: string;
  readonly storagePolicyID?: string;
  readonly storagePolicyName?: string;
  readonly volumePath: string;
}

export interface Web {
  readonly httpConfig?: HttpConfig;
  readonly maxConnections?: number;
  readonly pageTitle?: string;
  readonly tlsConfig?: WebTlsConfig;
}

export interface HttpConfig {
  readonly headers?: Headers;
  readonly http2?: boolean;
}

export interface Headers {
  readonly contentSecurityPolicy?: string;
  readonly strictTransportSecurity?: string;
  readonly xContentTypeOptions?: "" | "NoSniff";
  readonly xFrameOptions?: "" | "Deny" | "SameOrigin";
  readonly xXSSProtection?: string;
}

export interface WebTlsConfig {
  readonly cert?: Ca;
  readonly certFile?: string;
  readonly cipherSuites?: readonly string[];
  readonly client_ca?: Ca;
  readonly clientAuthType?: string;
  readonly clientCAFile?: string;
  readonly curvePreferences?: readonly string[];
  readonly keyFile?: string;
  readonly keySecret?: AdditionalAlertManagerConfigs;
  readonly maxVersion?: string;
  readonly minVersion?: string;
  readonly preferServerCipherSuites?: boolean;
}

export interface AlertmanagerProps {
  readonly spec: AlertmanagerSpec;
}

export interface AlertmanagerSpec {
  readonly additionalArgs?: readonly AdditionalArg[];
  readonly additionalPeers?: readonly string[];
  readonly affinity?: Affinity;
  readonly alertmanagerConfigMatcherStrategy?: AlertmanagerConfigMatcherStrategy;
  readonly alertmanagerConfigNamespaceSelector?: LabelSelector;
  readonly alertmanagerConfigSelector?: LabelSelector;
  readonly alertmanagerConfiguration?: AlertmanagerConfiguration;
  readonly automountServiceAccountToken?: boolean;
  readonly baseImage?: string;
  readonly clusterAdvertiseAddress?: string;
  readonly clusterGossipInterval?: string;
  readonly clusterLabel?: string;
  readonly clusterPeerTimeout?: string;
  readonly clusterPushpullInterval?: string;
  readonly clusterTLS?: ClusterTLS;
  readonly configMaps?: readonly string[];
  readonly configSecret?: string;
  readonly containers?: readonly Container[];
  readonly dnsConfig?: DnsConfig;
  readonly dnsPolicy?: "ClusterFirstWithHostNet" | "ClusterFirst" | "Default" | "None";
  readonly enableFeatures?: readonly string[];
  readonly enableServiceLinks?: boolean;
  readonly externalUrl?: string;
  readonly forceEnableClusterMode?: boolean;
  readonly hostAliases?: readonly HostAlias[];
  readonly hostNetwork?: boolean;
  readonly hostUsers?: boolean;
  readonly image?: string;
  readonly imagePullPolicy?: "" | "Always" | "Never" | "IfNotPresent";
  readonly imagePullSecrets?: readonly ImagePullSecret[];
  readonly initContainers?: readonly Container[];
  readonly limits?: Limits;
  readonly listenLocal?: boolean;
  readonly logFormat?: "" | "logfmt" | "json";
  readonly logLevel?: "" | "debug" | "info" | "warn" | "error";
  readonly minReadySeconds?: number;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly paused?: boolean;
  readonly persistentVolumeClaimRetentionPolicy?: PersistentVolumeClaimRetentionPolicy;
  readonly podManagementPolicy?: "OrderedReady" | "Parallel";
  readonly podMetadata?: PodMetadata;
  readonly portName?: string;
  readonly priorityClassName?: string;
  readonly replicas?: number;
  readonly resources?: Resources;
  readonly retention?: string;
  readonly routePrefix?: string;
  readonly schedulerName?: string;
  readonly secrets?: readonly string[];
  readonly securityContext?: PrometheusSpecSecurityContext;
  readonly serviceAccountName?: string;
  readonly serviceName?: string;
  readonly sha?: string;
  readonly storage?: Storage;
  readonly tag?: string;
  readonly terminationGracePeriodSeconds?: number;
  readonly tolerations?: readonly Toleration[];
  readonly topologySpreadConstraints?: readonly AlertmanagerSpecTopologySpreadConstraint[];
  readonly updateStrategy?: UpdateStrategy;
  readonly version?: string;
  readonly volumeMounts?: readonly VolumeMount[];
  readonly volumes?: readonly Volume[];
  readonly web?: AlertmanagerSpecWeb;
}

export interface AlertmanagerConfigMatcherStrategy {
  readonly type?: "OnNamespace" | "OnNamespaceExceptForAlertmanagerNamespace" | "None";
}

export interface AlertmanagerConfiguration {
  readonly global?: Global;
  readonly name?: string;
  readonly templates?: readonly Ca[];
}

export interface Global {
  readonly httpConfig?: GlobalHttpConfig;
  readonly jira?: Jira;
  readonly mattermost?: Mattermost;
  readonly opsGenieApiKey?: AdditionalAlertManagerConfigs;
  readonly opsGenieApiUrl?: AdditionalAlertManagerConfigs;
  readonly pagerdutyUrl?: string;
  readonly resolveTimeout?: string;
  readonly rocketChat?: RocketChat;
  readonly slackApiUrl?: AdditionalAlertManagerConfigs;
  readonly smtp?: Smtp;
  readonly telegram?: Jira;
  readonly victorops?: Victorops;
  readonly webex?: Jira;
  readonly wechat?: Wechat;
}

export interface GlobalHttpConfig {
  readonly authorization?: Authorization;
  readonly basicAuth?: BasicAuth;
  readonly bearerTokenSecret?: AdditionalAlertManagerConfigs;
  readonly enableHttp2?: boolean;
  readonly followRedirects?: boolean;
  readonly noProxy?: string;
  readonly oauth2?: Oauth2;
  readonly proxyConnectHeader?: Readonly<Record<string, readonly AdditionalAlertManagerConfigs[]>>;
  readonly proxyFromEnvironment?: boolean;
  readonly proxyUrl?: string;
  readonly tlsConfig?: Oauth2TlsConfig;
}

export interface Jira {
  readonly apiURL?: string;
}

export interface Mattermost {
  readonly webhookURL?: AdditionalAlertManagerConfigs;
}

export interface RocketChat {
  readonly apiURL?: string;
  readonly token?: AdditionalAlertManagerConfigs;
  readonly tokenID?: AdditionalAlertManagerConfigs;
}

export interface Smtp {
  readonly authIdentity?: string;
  readonly authPassword?: AdditionalAlertManagerConfigs;
  readonly authSecret?: AdditionalAlertManagerConfigs;
  readonly authUsername?: string;
  readonly forceImplicitTLS?: boolean;
  readonly from?: string;
  readonly hello?: string;
  readonly requireTLS?: boolean;
  readonly smartHost?: SmartHost;
  readonly tlsConfig?: Oauth2TlsConfig;
}

export interface SmartHost {
  readonly host: string;
  readonly port: string;
}

export interface Victorops {
  readonly apiKey?: AdditionalAlertManagerConfigs;
  readonly apiURL?: string;
}

export interface Wechat {
  readonly apiCorpID?: string;
  readonly apiSecret?: AdditionalAlertManagerConfigs;
  readonly apiURL?: string;
}

export interface ClusterTLS {
  readonly client: Oauth2TlsConfig;
  readonly server: WebTlsConfig;
}

export interface Limits {
  readonly maxPerSilenceBytes?: string;
  readonly maxSilences?: number;
}

export interface AlertmanagerSpecTopologySpreadConstraint {
  readonly labelSelector?: LabelSelector;
  readonly matchLabelKeys?: readonly string[];
  readonly maxSkew: number;
  readonly minDomains?: number;
  readonly nodeAffinityPolicy?: string;
  readonly nodeTaintsPolicy?: string;
  readonly topologyKey: string;
  readonly whenUnsatisfiable: string;
}

export interface AlertmanagerSpecWeb {
  readonly getConcurrency?: number;
  readonly httpConfig?: HttpConfig;
  readonly timeout?: number;
  readonly tlsConfig?: WebTlsConfig;
}

export interface PrometheusRuleProps {
  readonly spec: PrometheusRuleSpec;
}

export interface PrometheusRuleSpec {
  readonly groups?: readonly Group[];
}

export interface Group {
  readonly interval?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly limit?: number;
  readonly name: string;
  readonly partial_response_strategy?: string;
  readonly query_offset?: string;
  readonly rules?: readonly Rule[];
}

export interface Rule {
  readonly alert?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly expr: number | string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly record?: string;
}

export interface ServiceMonitorProps {
  readonly spec: ServiceMonitorSpec;
}

export interface ServiceMonitorSpec {
  readonly attachMetadata?: AttachMetadata;
  readonly bodySizeLimit?: string;
  readonly convertClassicHistogramsToNHCB?: boolean;
  readonly endpoints: readonly Endpoint[];
  readonly fallbackScrapeProtocol?: "PrometheusProto" | "OpenMetricsText0.0.1" | "OpenMetricsText1.0.0" | "PrometheusText0.0.4" | "PrometheusText1.0.0";
  readonly jobLabel?: string;
  readonly keepDroppedTargets?: number;
  readonly labelLimit?: number;
  readonly labelNameLengthLimit?: number;
  readonly labelValueLengthLimit?: number;
  readonly namespaceSelector?: NamespaceSelector;
  readonly nativeHistogramBucketLimit?: number;
  readonly nativeHistogramMinBucketFactor?: number | string;
  readonly podTargetLabels?: readonly string[];
  readonly sampleLimit?: number;
  readonly scrapeClass?: string;
  readonly scrapeClassicHistograms?: boolean;
  readonly scrapeNativeHistograms?: boolean;
  readonly scrapeProtocols?: readonly ("PrometheusProto" | "OpenMetricsText0.0.1" | "OpenMetricsText1.0.0" | "PrometheusText0.0.4" | "PrometheusText1.0.0")[];
  readonly selector: LabelSelector;
  readonly selectorMechanism?: "RelabelConfig" | "RoleSelector";
  readonly serviceDiscoveryRole?: "Endpoints" | "EndpointSlice";
  readonly targetLabels?: readonly string[];
  readonly targetLimit?: number;
}

export interface Endpoint {
  readonly authorization?: Authorization;
  readonly basicAuth?: BasicAuth;
  readonly bearerTokenFile?: string;
  readonly bearerTokenSecret?: AdditionalAlertManagerConfigs;
  readonly enableHttp2?: boolean;
  readonly filterRunning?: boolean;
  readonly followRedirects?: boolean;
  readonly honorLabels?: boolean;
  readonly honorTimestamps?: boolean;
  readonly interval?: string;
  readonly metricRelabelings?: readonly AlertRelabeling[];
  readonly noProxy?: string;
  readonly oauth2?: Oauth2;
  readonly params?: Readonly<Record<string, readonly string[]>>;
  readonly path?: string;
  readonly port?: string;
  readonly proxyConnectHeader?: Readonly<Record<string, readonly AdditionalAlertManagerConfigs[]>>;
  readonly proxyFromEnvironment?: boolean;
  readonly proxyUrl?: string;
  readonly relabelings?: readonly AlertRelabeling[];
  readonly scheme?: "http" | "https" | "HTTP" | "HTTPS";
  readonly scrapeTimeout?: string;
  readonly targetPort?: number | string;
  readonly tlsConfig?: TlsConfig;
  readonly trackTimestampsStaleness?: boolean;
}

export interface NamespaceSelector {
  readonly any?: boolean;
  readonly matchNames?: readonly string[];
}

export interface PodMonitorProps {
  readonly spec: PodMonitorSpec;
}

export interface PodMonitorSpec {
  readonly attachMetadata?: AttachMetadata;
  readonly bodySizeLimit?: string;
  readonly convertClassicHistogramsToNHCB?: boolean;
  readonly fallbackScrapeProtocol?: "PrometheusProto" | "OpenMetricsText0.0.1" | "OpenMetricsText1.0.0" | "PrometheusText0.0.4" | "PrometheusText1.0.0";
  readonly jobLabel?: string;
  readonly keepDroppedTargets?: number;
  readonly labelLimit?: number;
  readonly labelNameLengthLimit?: number;
  readonly labelValueLengthLimit?: number;
  readonly namespaceSelector?: NamespaceSelector;
  readonly nativeHistogramBucketLimit?: number;
  readonly nativeHistogramMinBucketFactor?: number | string;
  readonly podMetricsEndpoints?: readonly PodMetricsEndpoint[];
  readonly podTargetLabels?: readonly string[];
  readonly sampleLimit?: number;
  readonly scrapeClass?: string;
  readonly scrapeClassicHistograms?: boolean;
  readonly scrapeNativeHistograms?: boolean;
  readonly scrapeProtocols?: readonly ("PrometheusProto" | "OpenMetricsText0.0.1" | "OpenMetricsText1.0.0" | "PrometheusText0.0.4" | "PrometheusText1.0.0")[];
  readonly selector: LabelSelector;
  readonly selectorMechanism?: "RelabelConfig" | "RoleSelector";
  readonly targetLimit?: number;
}

export interface PodMetricsEndpoint {
  readonly authorization?: Authorization;
  readonly basicAuth?: BasicAuth;
  readonly bearerTokenSecret?: AdditionalAlertManagerConfigs;
  readonly enableHttp2?: boolean;
  readonly filterRunning?: boolean;
  readonly followRedirects?: boolean;
  readonly honorLabels?: boolean;
  readonly honorTimestamps?: boolean;
  readonly interval?: string;
  readonly metricRelabelings?: readonly AlertRelabeling[];
  readonly noProxy?: string;
  readonly oauth2?: Oauth2;
  readonly params?: Readonly<Record<string, readonly string[]>>;
  readonly path?: string;
  readonly port?: string;
  readonly portNumber?: number;
  readonly proxyConnectHeader?: Readonly<Record<string, readonly AdditionalAlertManagerConfigs[]>>;
  readonly proxyFromEnvironment?: boolean;
  readonly proxyUrl?: string;
  readonly relabelings?: readonly AlertRelabeling[];
  readonly scheme?: "http" | "https" | "HTTP" | "HTTPS";
  readonly scrapeTimeout?: string;
  readonly targetPort?: number | string;
  readonly tlsConfig?: Oauth2TlsConfig;
  readonly trackTimestampsStaleness?: boolean;
}

export interface ProbeProps {
  readonly spec: ProbeSpec;
}

export interface ProbeSpec {
  readonly authorization?: Authorization;
  readonly basicAuth?: BasicAuth;
  readonly bearerTokenSecret?: AdditionalAlertManagerConfigs;
  readonly convertClassicHistogramsToNHCB?: boolean;
  readonly enableHttp2?: boolean;
  readonly fallbackScrapeProtocol?: "PrometheusProto" | "OpenMetricsText0.0.1" | "OpenMetricsText1.0.0" | "PrometheusText0.0.4" | "PrometheusText1.0.0";
  readonly followRedirects?: boolean;
  readonly interval?: string;
  readonly jobName?: string;
  readonly keepDroppedTargets?: number;
  readonly labelLimit?: number;
  readonly labelNameLengthLimit?: number;
  readonly labelValueLengthLimit?: number;
  readonly metricRelabelings?: readonly AlertRelabeling[];
  readonly module?: string;
  readonly nativeHistogramBucketLimit?: number;
  readonly nativeHistogramMinBucketFactor?: number | string;
  readonly oauth2?: Oauth2;
  readonly params?: readonly Param[];
  readonly prober?: Prober;
  readonly sampleLimit?: number;
  readonly scrapeClass?: string;
  readonly scrapeClassicHistograms?: boolean;
  readonly scrapeNativeHistograms?: boolean;
  readonly scrapeProtocols?: readonly ("PrometheusProto" | "OpenMetricsText0.0.1" | "OpenMetricsText1.0.0" | "PrometheusText0.0.4" | "PrometheusText1.0.0")[];
  readonly scrapeTimeout?: string;
  readonly targetLimit?: number;
  readonly targets?: Targets;
  readonly tlsConfig?: Oauth2TlsConfig;
}

export interface Param {
  readonly name: string;
  readonly values?: readonly string[];
}

export interface Prober {
  readonly noProxy?: string;
  readonly path?: string;
  readonly proxyConnectHeader?: Readonly<Record<string, readonly AdditionalAlertManagerConfigs[]>>;
  readonly proxyFromEnvironment?: boolean;
  readonly proxyUrl?: string;
  readonly scheme?: "http" | "https" | "HTTP" | "HTTPS";
  readonly url: string;
}

export interface Targets {
  readonly ingress?: Ingress;
  readonly staticConfig?: StaticConfig;
}

export interface Ingress {
  readonly namespaceSelector?: NamespaceSelector;
  readonly relabelingConfigs?: readonly AlertRelabeling[];
  readonly selector?: LabelSelector;
}

export interface StaticConfig {
  readonly labels?: Readonly<Record<string, string>>;
  readonly relabelingConfigs?: readonly AlertRelabeling[];
  readonly static?: readonly string[];
}

export interface AlertmanagerConfigProps {
  readonly spec: AlertmanagerConfigSpec;
}

export interface AlertmanagerConfigSpec {
  readonly inhibitRules?: readonly InhibitRule[];
  readonly muteTimeIntervals?: readonly MuteTimeInterval[];
  readonly receivers?: readonly Receiver[];
  readonly route?: Route;
}

export interface InhibitRule {
  readonly equal?: readonly string[];
  readonly sourceMatch?: readonly SourceMatch[];
  readonly targetMatch?: readonly SourceMatch[];
}

export interface SourceMatch {
  readonly matchType?: "!=" | "=" | "=~" | "!~";
  readonly name: string;
  readonly regex?: boolean;
  readonly value?: string;
}

export interface MuteTimeInterval {
  readonly name: string;
  readonly timeIntervals?: readonly TimeInterval[];
}

export interface TimeInterval {
  readonly daysOfMonth?: readonly DaysOfMonth[];
  readonly months?: readonly string[];
  readonly times?: readonly Time[];
  readonly weekdays?: readonly string[];
  readonly years?: readonly string[];
}

export interface DaysOfMonth {
  readonly end?: number;
  readonly start?: number;
}

export interface Time {
  readonly endTime?: string;
  readonly startTime?: string;
}

export interface Receiver {
  readonly discordConfigs?: readonly DiscordConfig[];
  readonly emailConfigs?: readonly EmailConfig[];
  readonly msteamsConfigs?: readonly MsteamsConfig[];
  readonly msteamsv2Configs?: readonly Msteamsv2Config[];
  readonly name: string;
  readonly opsgenieConfigs?: readonly OpsgenieConfig[];
  readonly pagerdutyConfigs?: readonly PagerdutyConfig[];
  readonly pushoverConfigs?: readonly PushoverConfig[];
  readonly rocketchatConfigs?: readonly RocketchatConfig[];
  readonly slackConfigs?: readonly SlackConfig[];
  readonly snsConfigs?: readonly SnsConfig[];
  readonly telegramConfigs?: readonly TelegramConfig[];
  readonly victoropsConfigs?: readonly VictoropsConfig[];
  readonly webexConfigs?: readonly WebexConfig[];
  readonly webhookConfigs?: readonly WebhookConfig[];
  readonly wechatConfigs?: readonly WechatConfig[];
}

export interface DiscordConfig {
  readonly apiURL: AdditionalAlertManagerConfigs;
  readonly avatarURL?: string;
  readonly content?: string;
  readonly httpConfig?: DiscordConfigHttpConfig;
  readonly message?: string;
  readonly sendResolved?: boolean;
  readonly title?: string;
  readonly username?: string;
}

export interface DiscordConfigHttpConfig {
  readonly authorization?: Authorization;
  readonly basicAuth?: BasicAuth;
  readonly bearerTokenSecret?: AdditionalAlertManagerConfigs;
  readonly enableHttp2?: boolean;
  readonly followRedirects?: boolean;
  readonly noProxy?: string;
  readonly oauth2?: Oauth2;
  readonly proxyConnectHeader?: Readonly<Record<string, readonly AdditionalAlertManagerConfigs[]>>;
  readonly proxyFromEnvironment?: boolean;
  readonly proxyURL?: string;
  readonly proxyUrl?: string;
  readonly tlsConfig?: Oauth2TlsConfig;
}

export interface EmailConfig {
  readonly authIdentity?: string;
  readonly authPassword?: AdditionalAlertManagerConfigs;
  readonly authSecret?: AdditionalAlertManagerConfigs;
  readonly authUsername?: string;
  readonly forceImplicitTLS?: boolean;
  readonly from?: string;
  readonly headers?: readonly Header[];
  readonly hello?: string;
  readonly html?: string;
  readonly requireTLS?: boolean;
  readonly sendResolved?: boolean;
  readonly smarthost?: string;
  readonly text?: string;
  readonly threading?: Threading;
  readonly tlsConfig?: Oauth2TlsConfig;
  readonly to?: string;
}

export interface Header {
  readonly key: string;
  readonly value: string;
}

export interface Threading {
  readonly threadByDate: "Daily" | "None";
}

export interface MsteamsConfig {
  readonly httpConfig?: DiscordConfigHttpConfig;
  readonly sendResolved?: boolean;
  readonly summary?: string;
  readonly text?: string;
  readonly title?: string;
  readonly webhookUrl: AdditionalAlertManagerConfigs;
}

export interface Msteamsv2Config {
  readonly httpConfig?: DiscordConfigHttpConfig;
  readonly sendResolved?: boolean;
  readonly text?: string;
  readonly title?: string;
  readonly webhookURL?: AdditionalAlertManagerConfigs;
}

export interface OpsgenieConfig {
  readonly actions?: string;
  readonly apiKey?: AdditionalAlertManagerConfigs;
  readonly apiURL?: string;
  readonly description?: string;
  readonly details?: readonly Header[];
  readonly entity?: string;
  readonly httpConfig?: DiscordConfigHttpConfig;
  readonly message?: string;
  readonly note?: string;
  readonly priority?: string;
  readonly responders?: readonly Responder[];
  readonly sendResolved?: boolean;
  readonly source?: string;
  readonly tags?: string;
  readonly updateAlerts?: boolean;
}

export interface Responder {
  readonly id?: string;
  readonly name?: string;
  readonly type: "team" | "teams" | "user" | "escalation" | "schedule";
  readonly username?: string;
}

export interface PagerdutyConfig {
  readonly class?: string;
  readonly client?: string;
  readonly clientURL?: string;
  readonly component?: string;
  readonly description?: string;
  readonly details?: readonly Header[];
  readonly group?: string;
  readonly httpConfig?: DiscordConfigHttpConfig;
  readonly pagerDutyImageConfigs?: readonly PagerDutyImageConfig[];
  readonly pagerDutyLinkConfigs?: readonly PagerDutyLinkConfig[];
  readonly routingKey?: AdditionalAlertManagerConfigs;
  readonly sendResolved?: boolean;
  readonly serviceKey?: AdditionalAlertManagerConfigs;
  readonly severity?: string;
  readonly source?: string;
  readonly timeout?: string;
  readonly url?: string;
}

export interface PagerDutyImageConfig {
  readonly alt?: string;
  readonly href?: string;
  readonly src?: string;
}

export interface PagerDutyLinkConfig {
  readonly alt?: string;
  readonly href?: string;
}

export interface PushoverConfig {
  readonly device?: string;
  readonly expire?: string;
  readonly html?: boolean;
  readonly httpConfig?: DiscordConfigHttpConfig;
  readonly message?: string;
  readonly monospace?: boolean;
  readonly priority?: string;
  readonly retry?: string;
  readonly sendResolved?: boolean;
  readonly sound?: string;
  readonly title?: string;
  readonly token?: AdditionalAlertManagerConfigs;
  readonly tokenFile?: string;
  readonly ttl?: string;
  readonly url?: string;
  readonly urlTitle?: string;
  readonly userKey?: AdditionalAlertManagerConfigs;
  readonly userKeyFile?: string;
}

export interface RocketchatConfig {
  readonly actions?: readonly Action[];
  readonly apiURL?: string;
  readonly channel?: string;
  readonly color?: string;
  readonly emoji?: string;
  readonly fields?: readonly Field[];
  readonly httpConfig?: DiscordConfigHttpConfig;
  readonly iconURL?: string;
  readonly imageURL?: string;
  readonly linkNames?: boolean;
  readonly sendResolved?: boolean;
  readonly shortFields?: boolean;
  readonly text?: string;
  readonly thumbURL?: string;
  readonly title?: string;
  readonly titleLink?: string;
  readonly token: AdditionalAlertManagerConfigs;
  readonly tokenID: AdditionalAlertManagerConfigs;
}

export interface Action {
  readonly msg?: string;
  readonly text?: string;
  readonly url?: string;
}

export interface Field {
  readonly short?: boolean;
  readonly title?: string;
  readonly value?: string;
}

export interface SlackConfig {
  readonly actions?: readonly SlackConfigAction[];
  readonly apiURL?: AdditionalAlertManagerConfigs;
  readonly callbackId?: string;
  readonly channel?: string;
  readonly color?: string;
  readonly fallback?: string;
  readonly fields?: readonly SlackConfigField[];
  readonly footer?: string;
  readonly httpConfig?: DiscordConfigHttpConfig;
  readonly iconEmoji?: string;
  readonly iconURL?: string;
  readonly imageURL?: string;
  readonly linkNames?: boolean;
  readonly messageText?: string;
  readonly mrkdwnIn?: readonly string[];
  readonly pretext?: string;
  readonly sendResolved?: boolean;
  readonly shortFields?: boolean;
  readonly text?: string;
  readonly thumbURL?: string;
  readonly timeout?: string;
  readonly title?: string;
  readonly titleLink?: string;
  readonly updateMessage?: boolean;
  readonly username?: string;
}

export interface SlackConfigAction {
  readonly confirm?: Confirm;
  readonly name?: string;
  readonly style?: string;
  readonly text: string;
  readonly type: string;
  readonly url?: string;
  readonly value?: string;
}

export interface Confirm {
  readonly dismissText?: string;
  readonly okText?: string;
  readonly text: string;
  readonly title?: string;
}

export interface SlackConfigField {
  readonly short?: boolean;
  readonly title: string;
  readonly value: string;
}

export interface SnsConfig {
  readonly apiURL?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly httpConfig?: DiscordConfigHttpConfig;
  readonly message?: string;
  readonly phoneNumber?: string;
  readonly sendResolved?: boolean;
  readonly sigv4?: Sigv4;
  readonly subject?: string;
  readonly targetARN?: string;
  readonly topicARN?: string;
  readonly useAWSHTTPClient?: boolean;
}

export interface TelegramConfig {
  readonly apiURL?: string;
  readonly botToken?: AdditionalAlertManagerConfigs;
  readonly botTokenFile?: string;
  readonly chatID: number;
  readonly disableNotifications?: boolean;
  readonly httpConfig?: DiscordConfigHttpConfig;
  readonly message?: string;
  readonly messageThreadID?: number;
  readonly parseMode?: "MarkdownV2" | "Markdown" | "HTML";
  readonly sendResolved?: boolean;
}

export interface VictoropsConfig {
  readonly apiKey?: AdditionalAlertManagerConfigs;
  readonly apiUrl?: string;
  readonly customFields?: readonly Header[];
  readonly entityDisplayName?: string;
  readonly httpConfig?: DiscordConfigHttpConfig;
  readonly messageType?: string;
  readonly monitoringTool?: string;
  readonly routingKey: string;
  readonly sendResolved?: boolean;
  readonly stateMessage?: string;
}

export interface WebexConfig {
  readonly apiURL?: string;
  readonly httpConfig?: DiscordConfigHttpConfig;
  readonly message?: string;
  readonly roomID: string;
  readonly sendResolved?: boolean;
}

export interface WebhookConfig {
  readonly httpConfig?: DiscordConfigHttpConfig;
  readonly maxAlerts?: number;
  readonly payload?: string;
  readonly sendResolved?: boolean;
  readonly timeout?: string;
  readonly url?: string;
  readonly urlSecret?: AdditionalAlertManagerConfigs;
}

export interface WechatConfig {
  readonly agentID?: string;
  readonly apiSecret?: AdditionalAlertManagerConfigs;
  readonly apiURL?: string;
  readonly corpID?: string;
  readonly httpConfig?: DiscordConfigHttpConfig;
  readonly message?: string;
  readonly messageType?: string;
  readonly sendResolved?: boolean;
  readonly toParty?: string;
  readonly toTag?: string;
  readonly toUser?: string;
}

export interface Route {
  readonly activeTimeIntervals?: readonly string[];
  readonly continue?: boolean;
  readonly groupBy?: readonly string[];
  readonly groupInterval?: string;
  readonly groupWait?: string;
  readonly matchers?: readonly SourceMatch[];
  readonly muteTimeIntervals?: readonly string[];
  readonly receiver?: string;
  readonly repeatInterval?: string;
  readonly routes?: readonly unknown[];
}
