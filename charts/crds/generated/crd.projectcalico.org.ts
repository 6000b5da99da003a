// Generated from the definitions of calico 3.32.1 by `npm run crds -- types`: not to be edited.

export interface IPPoolProps {
  readonly spec?: IPPoolSpec;
}

export interface IPPoolSpec {
  readonly allowedUses?: readonly ("Workload" | "Tunnel" | "LoadBalancer")[];
  readonly assignmentMode?: "Automatic" | "Manual";
  readonly blockSize?: number;
  readonly cidr: string;
  readonly disableBGPExport?: boolean;
  readonly disabled?: boolean;
  readonly ipipMode?: "Never" | "Always" | "CrossSubnet";
  readonly namespaceSelector?: string;
  readonly natOutgoing?: boolean;
  readonly nodeSelector?: string;
  readonly vxlanMode?: "Never" | "Always" | "CrossSubnet";
}

export interface FelixConfigurationProps {
  readonly spec?: FelixConfigurationSpec;
}

export interface FelixConfigurationSpec {
  readonly allowIPIPPacketsFromWorkloads?: boolean;
  readonly allowVXLANPacketsFromWorkloads?: boolean;
  readonly awsSrcDstCheck?: "DoNothing" | "Enable" | "Disable";
  readonly bpfAttachType?: "TC" | "TCX";
  readonly bpfCTLBLogFilter?: string;
  readonly bpfConnectTimeLoadBalancing?: "TCP" | "Enabled" | "Disabled";
  readonly bpfConnectTimeLoadBalancingEnabled?: boolean;
  readonly bpfConntrackLogLevel?: "Off" | "Debug";
  readonly bpfConntrackMode?: "Auto" | "Userspace" | "BPFProgram";
  readonly bpfConntrackTimeouts?: BpfConntrackTimeouts;
  readonly bpfDSROptoutCIDRs?: readonly string[];
  readonly bpfDataIfacePattern?: string;
  readonly bpfDisableGROForIfaces?: string;
  readonly bpfDisableUnprivileged?: boolean;
  readonly bpfEnabled?: boolean;
  readonly bpfEnforceRPF?: string;
  readonly bpfExcludeCIDRsFromNAT?: readonly string[];
  readonly bpfExportBufferSizeMB?: number;
  readonly bpfExtToServiceConnmark?: number;
  readonly bpfExternalServiceMode?: string;
  readonly bpfForceTrackPacketsFromIfaces?: readonly string[];
  readonly bpfHostConntrackBypass?: boolean;
  readonly bpfHostNetworkedNATWithoutCTLB?: "Enabled" | "Disabled";
  readonly bpfJITHardening?: string;
  readonly bpfKubeProxyHealthzPort?: number;
  readonly bpfKubeProxyIptablesCleanupEnabled?: boolean;
  readonly bpfKubeProxyMinSyncPeriod?: string;
  readonly bpfL3IfacePattern?: string;
  readonly bpfLogFilters?: Readonly<Record<string, string>>;
  readonly bpfLogLevel?: string;
  readonly bpfMaglevMaxEndpointsPerService?: number;
  readonly bpfMaglevMaxServices?: number;
  readonly bpfMapSizeConntrack?: number;
  readonly bpfMapSizeConntrackCleanupQueue?: number;
  readonly bpfMapSizeConntrackScaling?: string;
  readonly bpfMapSizeIPSets?: number;
  readonly bpfMapSizeIfState?: number;
  readonly bpfMapSizeNATAffinity?: number;
  readonly bpfMapSizeNATBackend?: number;
  readonly bpfMapSizeNATFrontend?: number;
  readonly bpfMapSizePerCpuConntrack?: number;
  readonly bpfMapSizeRoute?: number;
  readonly bpfPSNATPorts?: number | string;
  readonly bpfPolicyDebugEnabled?: boolean;
  readonly bpfProfiling?: "Enabled" | "Disabled";
  readonly bpfRedirectToPeer?: "Enabled" | "Disabled";
  readonly cgroupV2Path?: string;
  readonly chainInsertMode?: string;
  readonly dataplaneDriver?: string;
  readonly dataplaneWatchdogTimeout?: string;
  readonly debugDisableLogDropping?: boolean;
  readonly debugHost?: string;
  readonly debugMemoryProfilePath?: string;
  readonly debugPort?: number;
  readonly debugSimulateCalcGraphHangAfter?: string;
  readonly debugSimulateDataplaneApplyDelay?: string;
  readonly debugSimulateDataplaneHangAfter?: string;
  readonly defaultEndpointToHostAction?: string;
  readonly deviceRouteProtocol?: number;
  readonly deviceRouteSourceAddress?: string;
  readonly deviceRouteSourceAddressIPv6?: string;
  readonly disableConntrackInvalidCheck?: boolean;
  readonly endpointReportingDelay?: string;
  readonly endpointReportingEnabled?: boolean;
  readonly endpointStatusPathPrefix?: string;
  readonly externalNodesList?: readonly string[];
  readonly failsafeInboundHostPorts?: readonly FailsafeInboundHostPort[];
  readonly failsafeOutboundHostPorts?: readonly FailsafeInboundHostPort[];
  readonly featureDetectOverride?: string;
  readonly featureGates?: string;
  readonly floatingIPs?: "Enabled" | "Disabled";
  readonly flowLogsCollectorDebugTrace?: boolean;
  readonly flowLogsFlushInterval?: string;
  readonly flowLogsGoldmaneServer?: string;
  readonly flowLogsLocalReporter?: "Disabled" | "Enabled";
  readonly flowLogsPolicyEvaluationMode?: "None" | "Continuous";
  readonly genericXDPEnabled?: boolean;
  readonly goGCThreshold?: number;
  readonly goMaxProcs?: number;
  readonly goMemoryLimitMB?: number;
  readonly healthEnabled?: boolean;
  readonly healthHost?: string;
  readonly healthPort?: number;
  readonly healthTimeoutOverrides?: readonly HealthTimeoutOverride[];
  readonly interfaceExclude?: string;
  readonly interfacePrefix?: string;
  readonly interfaceRefreshInterval?: string;
  readonly ipForwarding?: "Enabled" | "Disabled";
  readonly ipipEnabled?: boolean;
  readonly ipipMTU?: number;
  readonly ipsetsRefreshInterval?: string;
  readonly iptablesBackend?: "Legacy" | "NFT" | "Auto";
  readonly iptablesFilterAllowAction?: string;
  readonly iptablesFilterDenyAction?: string;
  readonly iptablesLockProbeInterval?: string;
  readonly iptablesMangleAllowAction?: string;
  readonly iptablesMarkMask?: number;
  readonly iptablesNATOutgoingInterfaceFilter?: string;
  readonly iptablesPostWriteCheckInterval?: string;
  readonly iptablesRefreshInterval?: string;
  readonly ipv4ElevatedRoutePriority?: number;
  readonly ipv4NormalRoutePriority?: number;
  readonly ipv6ElevatedRoutePriority?: number;
  readonly ipv6NormalRoutePriority?: number;
  readonly ipv6Support?: boolean;
  readonly istioAmbientMode?: "Enabled" | "Disabled";
  readonly istioDSCPMark?: number | string;
  readonly kubeNodePortRanges?: readonly (number | string)[];
  readonly liveMigrationRouteConvergenceTime?: string;
  readonly logActionRateLimit?: string;
  readonly logActionRateLimitBurst?: number;
  readonly logDebugFilenameRegex?: string;
  readonly logFilePath?: string;
  readonly logPrefix?: string;
  readonly logSeverityFile?: string;
  readonly logSeverityScreen?: string;
  readonly logSeveritySys?: string;
  readonly maxIpsetSize?: number;
  readonly metadataAddr?: string;
  readonly metadataPort?: number;
  readonly mtuIfacePattern?: string;
  readonly natOutgoingAddress?: string;
  readonly natOutgoingExclusions?: "IPPoolsOnly" | "IPPoolsAndHostIPs";
  readonly natPortRange?: number | string;
  readonly netlinkTimeout?: string;
  readonly nftablesFilterAllowAction?: string;
  readonly nftablesFilterDenyAction?: string;
  readonly nftablesMangleAllowAction?: string;
  readonly nftablesMarkMask?: number;
  readonly nftablesMode?: "Disabled" | "Enabled" | "Auto";
  readonly nftablesRefreshInterval?: string;
  readonly nodeSelector?: string;
  readonly openstackRegion?: string;
  readonly policySyncPathPrefix?: string;
  readonly programClusterRoutes?: "Enabled" | "Disabled";
  readonly prometheusGoMetricsEnabled?: boolean;
  readonly prometheusMetricsCAFile?: string;
  readonly prometheusMetricsCertFile?: string;
  readonly prometheusMetricsClientAuth?: string;
  readonly prometheusMetricsEnabled?: boolean;
  readonly prometheusMetricsHost?: string;
  readonly prometheusMetricsKeyFile?: string;
  readonly prometheusMetricsPort?: number;
  readonly prometheusProcessMetricsEnabled?: boolean;
  readonly prometheusWireGuardMetricsEnabled?: boolean;
  readonly removeExternalRoutes?: boolean;
  readonly reportingInterval?: string;
  readonly reportingTTL?: string;
  readonly requireMTUFile?: boolean;
  readonly routeRefreshInterval?: string;
  readonly routeSource?: string;
  readonly routeSyncDisabled?: boolean;
  readonly routeTableRange?: RouteTableRange;
  readonly routeTableRanges?: readonly RouteTableRange[];
  readonly serviceLoopPrevention?: string;
  readonly sidecarAccelerationEnabled?: boolean;
  readonly usageReportingEnabled?: boolean;
  readonly usageReportingInitialDelay?: string;
  readonly usageReportingInterval?: string;
  readonly useInternalDataplaneDriver?: boolean;
  readonly vxlanEnabled?: boolean;
  readonly vxlanMTU?: number;
  readonly vxlanMTUV6?: number;
  readonly vxlanPort?: number;
  readonly vxlanVNI?: number;
  readonly windowsManageFirewallRules?: "Enabled" | "Disabled";
  readonly wireguardEnabled?: boolean;
  readonly wireguardEnabledV6?: boolean;
  readonly wireguardHostEncryptionEnabled?: boolean;
  readonly wireguardInterfaceName?: string;
  readonly wireguardInterfaceNameV6?: string;
  readonly wireguardKeepAlive?: string;
  readonly wireguardListeningPort?: number;
  readonly wireguardListeningPortV6?: number;
  readonly wireguardMTU?: number;
  readonly wireguardMTUV6?: number;
  readonly wireguardRoutingRulePriority?: number;
  readonly wireguardThreadingEnabled?: boolean;
  readonly workloadSourceSpoofing?: string;
  readonly xdpEnabled?: boolean;
  readonly xdpRefreshInterval?: string;
}

export interface BpfConntrackTimeouts {
  readonly creationGracePeriod?: string;
  readonly genericTimeout?: string;
  readonly icmpTimeout?: string;
  readonly tcpEstablished?: string;
  readonly tcpFinsSeen?: string;
  readonly tcpResetSeen?: string;
  readonly tcpSynSent?: string;
  readonly udpTimeout?: string;
}

export interface FailsafeInboundHostPort {
  readonly net?: string;
  readonly port: number;
  readonly protocol?: string;
}

export interface HealthTimeoutOverride {
  readonly name: string;
  readonly timeout: string;
}

export interface RouteTableRange {
  readonly max: number;
  readonly min: number;
}

export interface KubeControllersConfigurationProps {
  readonly spec?: KubeControllersConfigurationSpec;
}

export interface KubeControllersConfigurationSpec {
  readonly controllers: Controllers;
  readonly debugProfilePort?: number;
  readonly etcdV3CompactionPeriod?: string;
  readonly healthChecks?: "Enabled" | "Disabled";
  readonly logSeverityScreen?: "None" | "Debug" | "Info" | "Warning" | "Error" | "Fatal" | "Panic";
  readonly prometheusMetricsPort?: number;
}

export interface Controllers {
  readonly loadBalancer?: LoadBalancer;
  readonly namespace?: Namespace;
  readonly node?: Node;
  readonly policy?: Namespace;
  readonly policyMigration?: PolicyMigration;
  readonly serviceAccount?: Namespace;
  readonly workloadEndpoint?: Namespace;
}

export interface LoadBalancer {
  readonly assignIPs?: "AllServices" | "RequestedServicesOnly";
}

export interface Namespace {
  readonly reconcilerPeriod?: string;
}

export interface Node {
  readonly hostEndpoint?: HostEndpoint;
  readonly leakGracePeriod?: string;
  readonly reconcilerPeriod?: string;
  readonly syncLabels?: "Enabled" | "Disabled";
}

export interface HostEndpoint {
  readonly autoCreate?: "Enabled" | "Disabled";
  readonly createDefaultHostEndpoint?: string;
  readonly templates?: readonly Template[];
}

export interface Template {
  readonly generateName?: string;
  readonly interfaceCIDRs?: readonly string[];
  readonly interfacePattern?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly nodeSelector?: string;
}

export interface PolicyMigration {
  readonly enabled?: "Disabled" | "Enabled";
}
