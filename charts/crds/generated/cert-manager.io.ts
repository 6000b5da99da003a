// Generated from the definitions of cert-manager 1.21.2 by `npm run crds -- types`: not to be edited.

export interface CertificateProps {
  readonly spec?: CertificateSpec;
}

export interface CertificateSpec {
  readonly additionalOutputFormats?: readonly AdditionalOutputFormat[];
  readonly commonName?: string;
  readonly dnsNames?: readonly string[];
  readonly duration?: string;
  readonly emailAddresses?: readonly string[];
  readonly encodeUsagesInRequest?: boolean;
  readonly ipAddresses?: readonly string[];
  readonly isCA?: boolean;
  readonly issuerRef: IssuerRef;
  readonly keystores?: Keystores;
  readonly literalSubject?: string;
  readonly nameConstraints?: NameConstraints;
  readonly otherNames?: readonly OtherName[];
  readonly privateKey?: PrivateKey;
  readonly renewBefore?: string;
  readonly renewBeforePercentage?: number;
  readonly renewal?: Renewal;
  readonly revisionHistoryLimit?: number;
  readonly secretName: string;
  readonly secretTemplate?: SecretTemplate;
  readonly signatureAlgorithm?: "SHA256WithRSA" | "SHA384WithRSA" | "SHA512WithRSA" | "ECDSAWithSHA256" | "ECDSAWithSHA384" | "ECDSAWithSHA512" | "PureEd25519";
  readonly subject?: Subject;
  readonly uris?: readonly string[];
  readonly usages?: readonly ("signing" | "digital signature" | "content commitment" | "key encipherment" | "key agreement" | "data encipherment" | "cert sign" | "crl sign" | "encipher only" | "decipher only" | "any" | "server auth" | "client auth" | "code signing" | "email protection" | "s/mime" | "ipsec end system" | "ipsec tunnel" | "ipsec user" | "timestamping" | "ocsp signing" | "microsoft sgc" | "netscape sgc")[];
}

export interface AdditionalOutputFormat {
  readonly type: "DER" | "CombinedPEM";
}

export interface IssuerRef {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
}

export interface Keystores {
  readonly jks?: Jks;
  readonly pkcs12?: Pkcs12;
}

export interface Jks {
  readonly alias?: string;
  readonly create: boolean;
  readonly password?: string;
  readonly passwordSecretRef?: PasswordSecretRef;
}

export interface PasswordSecretRef {
  readonly key?: string;
  readonly name: string;
}

export interface Pkcs12 {
  readonly create: boolean;
  readonly password?: string;
  readonly passwordSecretRef?: PasswordSecretRef;
  readonly profile?: "LegacyRC2" | "LegacyDES" | "Modern2023" | "Modern2026";
}

export interface NameConstraints {
  readonly critical?: boolean;
  readonly excluded?: Excluded;
  readonly permitted?: Excluded;
}

export interface Excluded {
  readonly dnsDomains?: readonly string[];
  readonly emailAddresses?: readonly string[];
  readonly ipRanges?: readonly string[];
  readonly uriDomains?: readonly string[];
}

export interface OtherName {
  readonly oid?: string;
  readonly utf8Value?: string;
}

export interface PrivateKey {
  readonly algorithm?: "RSA" | "ECDSA" | "Ed25519";
  readonly encoding?: "PKCS1" | "PKCS8";
  readonly rotationPolicy?: "Never" | "Always";
  readonly size?: number;
}

export interface Renewal {
  readonly policy?: "RenewBefore" | "Disabled";
  readonly windows?: readonly Window[];
}

export interface Window {
  readonly cron: string;
  readonly timezone?: string;
  readonly windowDuration: string;
}

export interface SecretTemplate {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface Subject {
  readonly countries?: readonly string[];
  readonly localities?: readonly string[];
  readonly organizationalUnits?: readonly string[];
  readonly organizations?: readonly string[];
  readonly postalCodes?: readonly string[];
  readonly provinces?: readonly string[];
  readonly serialNumber?: string;
  readonly streetAddresses?: readonly string[];
}

export interface IssuerProps {
  readonly spec: IssuerSpec;
}

export interface IssuerSpec {
  readonly acme?: Acme;
  readonly ca?: Ca;
  readonly selfSigned?: SelfSigned;
  readonly vault?: Vault;
  readonly venafi?: Venafi;
}

export interface Acme {
  readonly caBundle?: string;
  readonly disableAccountKeyGeneration?: boolean;
  readonly email?: string;
  readonly enableDurationFeature?: boolean;
  readonly externalAccountBinding?: ExternalAccountBinding;
  readonly preferredChain?: string;
  readonly privateKeySecretRef: PasswordSecretRef;
  readonly profile?: string;
  readonly server: string;
  readonly skipTLSVerify?: boolean;
  readonly solvers?: readonly Solver[];
}

export interface ExternalAccountBinding {
  readonly keyAlgorithm?: "HS256" | "HS384" | "HS512";
  readonly keyID: string;
  readonly keySecretRef: PasswordSecretRef;
}

export interface Solver {
  readonly dns01?: Dns01;
  readonly http01?: Http01;
  readonly selector?: Selector;
  readonly waitInsteadOfSelfCheck?: string;
}

export interface Dns01 {
  readonly acmeDNS?: AcmeDNS;
  readonly akamai?: Akamai;
  readonly azureDNS?: AzureDNS;
  readonly cloudDNS?: CloudDNS;
  readonly cloudflare?: Cloudflare;
  readonly cnameStrategy?: "None" | "Follow";
  readonly digitalocean?: Digitalocean;
  readonly rfc2136?: Rfc2136;
  readonly route53?: Route53;
  readonly webhook?: Webhook;
}

export interface AcmeDNS {
  readonly accountSecretRef: PasswordSecretRef;
  readonly host: string;
}

export interface Akamai {
  readonly accessTokenSecretRef: PasswordSecretRef;
  readonly clientSecretSecretRef: PasswordSecretRef;
  readonly clientTokenSecretRef: PasswordSecretRef;
  readonly serviceConsumerDomain: string;
}

export interface AzureDNS {
  readonly clientID?: string;
  readonly clientSecretSecretRef?: PasswordSecretRef;
  readonly environment?: "AzurePublicCloud" | "AzureChinaCloud" | "AzureGermanCloud" | "AzureUSGovernmentCloud";
  readonly hostedZoneName?: string;
  readonly managedIdentity?: ManagedIdentity;
  readonly resourceGroupName: string;
  readonly subscriptionID: string;
  readonly tenantID?: string;
  readonly zoneType?: "AzurePublicZone" | "AzurePrivateZone";
}

export interface ManagedIdentity {
  readonly clientID?: string;
  readonly resourceID?: string;
  readonly tenantID?: string;
}

export interface CloudDNS {
  readonly hostedZoneName?: string;
  readonly project: string;
  readonly serviceAccountSecretRef?: PasswordSecretRef;
}

export interface Cloudflare {
  readonly apiKeySecretRef?: PasswordSecretRef;
  readonly apiTokenSecretRef?: PasswordSecretRef;
  readonly email?: string;
}

export interface Digitalocean {
  readonly tokenSecretRef: PasswordSecretRef;
}

export interface Rfc2136 {
  readonly nameserver: string;
  readonly protocol?: "TCP" | "UDP";
  readonly tsigAlgorithm?: string;
  readonly tsigKeyName?: string;
  readonly tsigSecretSecretRef?: PasswordSecretRef;
}

export interface Route53 {
  readonly accessKeyID?: string;
  readonly accessKeyIDSecretRef?: PasswordSecretRef;
  readonly auth?: Auth;
  readonly hostedZoneID?: string;
  readonly region?: string;
  readonly role?: string;
  readonly secretAccessKeySecretRef?: PasswordSecretRef;
}

export interface Auth {
  readonly kubernetes: Kubernetes;
}

export interface Kubernetes {
  readonly serviceAccountRef: ServiceAccountRef;
}

export interface ServiceAccountRef {
  readonly audiences?: readonly string[];
  readonly name: string;
}

export interface Webhook {
  readonly config?: unknown;
  readonly groupName: string;
  readonly solverName: string;
}

export interface Http01 {
  readonly gatewayHTTPRoute?: GatewayHTTPRoute;
  readonly ingress?: Ingress;
}

export interface GatewayHTTPRoute {
  readonly labels?: Readonly<Record<string, string>>;
  readonly parentRefs?: readonly ParentRef[];
  readonly podTemplate?: PodTemplate;
  readonly serviceType?: string;
}

export interface ParentRef {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
  readonly sectionName?: string;
}

export interface PodTemplate {
  readonly metadata?: SecretTemplate;
  readonly spec?: Spec;
}

export interface Spec {
  readonly affinity?: Affinity;
  readonly imagePullSecrets?: readonly ImagePullSecret[];
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly priorityClassName?: string;
  readonly resources?: Resources;
  readonly securityContext?: SecurityContext;
  readonly serviceAccountName?: string;
  readonly tolerations?: readonly Toleration[];
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

export interface ImagePullSecret {
  readonly name?: string;
}

export interface Resources {
  readonly limits?: Readonly<Record<string, number | string>>;
  readonly requests?: Readonly<Record<string, number | string>>;
}

export interface SecurityContext {
  readonly fsGroup?: number;
  readonly fsGroupChangePolicy?: string;
  readonly runAsGroup?: number;
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly seLinuxOptions?: SeLinuxOptions;
  readonly seccompProfile?: SeccompProfile;
  readonly supplementalGroups?: readonly number[];
  readonly sysctls?: readonly Sysctl[];
}

export interface SeLinuxOptions {
  readonly level?: string;
  readonly role?: string;
  readonly type?: string;
  readonly user?: string;
}

export interface SeccompProfile {
  readonly localhostProfile?: string;
  readonly type: string;
}

export interface Sysctl {
  readonly name: string;
  readonly value: string;
}

export interface Toleration {
  readonly effect?: string;
  readonly key?: string;
  readonly operator?: string;
  readonly tolerationSeconds?: number;
  readonly value?: string;
}

export interface Ingress {
  readonly class?: string;
  readonly ingressClassName?: string;
  readonly ingressTemplate?: IngressTemplate;
  readonly name?: string;
  readonly podTemplate?: PodTemplate;
  readonly serviceType?: string;
}

export interface IngressTemplate {
  readonly metadata?: SecretTemplate;
}

export interface Selector {
  readonly dnsNames?: readonly string[];
  readonly dnsZones?: readonly string[];
  readonly matchLabels?: Readonly<Record<string, string>>;
}

export interface Ca {
  readonly crlDistributionPoints?: readonly string[];
  readonly issuingCertificateURLs?: readonly string[];
  readonly ocspServers?: readonly string[];
  readonly secretName: string;
}

export interface SelfSigned {
  readonly crlDistributionPoints?: readonly string[];
}

export interface Vault {
  readonly auth: VaultAuth;
  readonly caBundle?: string;
  readonly caBundleSecretRef?: PasswordSecretRef;
  readonly clientCertSecretRef?: PasswordSecretRef;
  readonly clientKeySecretRef?: PasswordSecretRef;
  readonly namespace?: string;
  readonly path: string;
  readonly server: string;
  readonly serverName?: string;
}

export interface VaultAuth {
  readonly appRole?: AppRole;
  readonly aws?: Aws;
  readonly clientCertificate?: ClientCertificate;
  readonly kubernetes?: VaultAuthKubernetes;
  readonly tokenSecretRef?: PasswordSecretRef;
}

export interface AppRole {
  readonly path: string;
  readonly roleId: string;
  readonly secretRef: PasswordSecretRef;
}

export interface Aws {
  readonly iamRoleArn?: string;
  readonly mountPath?: string;
  readonly region?: string;
  readonly role: string;
  readonly serviceAccountRef?: ServiceAccountRef;
  readonly vaultHeaderValue?: string;
}

export interface ClientCertificate {
  readonly mountPath?: string;
  readonly name?: string;
  readonly secretName?: string;
}

export interface VaultAuthKubernetes {
  readonly mountPath?: string;
  readonly role: string;
  readonly secretRef?: PasswordSecretRef;
  readonly serviceAccountRef?: ServiceAccountRef;
}

export interface Venafi {
  readonly cloud?: Cloud;
  readonly ngts?: Ngts;
  readonly tpp?: Tpp;
  readonly zone: string;
}

export interface Cloud {
  readonly apiTokenSecretRef: PasswordSecretRef;
  readonly url?: string;
}

export interface Ngts {
  readonly credentialsRef: CredentialsRef;
  readonly tokenEndpoint?: string;
  readonly tsgID: string;
  readonly url?: string;
}

export interface CredentialsRef {
  readonly name: string;
}

export interface Tpp {
  readonly caBundle?: string;
  readonly caBundleSecretRef?: PasswordSecretRef;
  readonly credentialsRef: CredentialsRef;
  readonly url: string;
}

export interface ClusterIssuerProps {
  readonly spec: IssuerSpec;
}
