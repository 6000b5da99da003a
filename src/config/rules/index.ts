import type { Diagnostic } from "../diagnostics.js";
import type { ParsedBootstrap } from "../parse.js";
import {
  addressesEndInTheirPath,
  addressesHoldNoCredentials,
  externalAuthIsElsewhere,
  oidcIssuerIsAnother,
} from "./addresses.js";
import { allowedCidrsAreNeeded } from "./allowed-cidrs.js";
import { zonesAreInTheRegion, zonesAreTwoOrThree, zonesHaveSubnets } from "./availability-zones.js";
import { eksEntriesDiffer, entriesDiffer, openStackEntriesDiffer } from "./distinct.js";
import { zoneHoldsTheCluster, zoneIsManaged } from "./dns.js";
import {
  endpointIsOpenToSomebody,
  imagesReachNodesWithoutNat,
  servicesAreInAPrivateRange,
  somebodyAdministersTheCluster,
} from "./eks.js";
import { nameIsNotAmazons, networksAreWithinAmazonsLimits } from "./eks-limits.js";
import { controllersCarryKubeadm, serversHaveARootDisk } from "./flavors.js";
import { customBuildIsOfTheVersion, mirrorAuthHasAMirror, productionVerifiesTheNodesExtension } from "./images.js";
import { hostNamesFit, nameIsNoOtherStacks } from "./names.js";
import {
  dnsServersAreFew,
  networksAreApart,
  networksAreRoutable,
  networksAreWellSized,
  nodeNetworkHoldsTheNodes,
  podNetworkHoldsTheNodes,
} from "./networks.js";
import {
  groupSizesAreInOrder,
  releaseIsOfAnAmazonImage,
  releaseIsOfTheVersion,
  typesShareAnArchitecture,
} from "./node-groups.js";
import { controlPlaneHasMembers, etcdHasAQuorum, sizeIsSaidOnce } from "./node-sets.js";
import { fieldsAreForEks } from "./not-on-eks.js";
import { certificatesEndBeforeTheirAuthority } from "./pki.js";
import {
  productionEnforcesNetworkPolicies,
  productionKeepsServicesOffSpot,
  productionSurvivesALoss,
  productionUsesReleasedProviders,
} from "./profile.js";
import type { CommonRule, EksRule, OpenStackRule } from "./rule.js";
import {
  criticalAlertsReachSomebody,
  loggingHasAQuorum,
  objectsHaveAStore,
  replicasHaveNodes,
  servicesHaveWorkers,
} from "./services.js";
import { adminIsNotTheServiceAccount, quotasHoldTheCluster } from "./tenancy.js";
import { stateDirectoryIsRelative } from "./terraform-state.js";
import { octaviaIsThere, usersHaveOneName } from "./topology.js";
import { kubernetesIsInTheCatalogue, terraformProvidersAreTheCatalogues } from "./versions.js";
import { vpcHoldsTheNodes } from "./vpc.js";
import { labelsAreTheKubeletsToSet, thereAreWorkers } from "./worker-groups.js";

export const commonRules: readonly CommonRule[] = [
  addressesEndInTheirPath,
  addressesHoldNoCredentials,
  allowedCidrsAreNeeded,
  criticalAlertsReachSomebody,
  entriesDiffer,
  externalAuthIsElsewhere,
  hostNamesFit,
  kubernetesIsInTheCatalogue,
  labelsAreTheKubeletsToSet,
  loggingHasAQuorum,
  mirrorAuthHasAMirror,
  nameIsNoOtherStacks,
  networksAreApart,
  networksAreRoutable,
  networksAreWellSized,
  oidcIssuerIsAnother,
  productionUsesReleasedProviders,
  replicasHaveNodes,
  servicesHaveWorkers,
  stateDirectoryIsRelative,
  terraformProvidersAreTheCatalogues,
  thereAreWorkers,
  zoneHoldsTheCluster,
  zoneIsManaged,
];

export const openStackRules: readonly OpenStackRule[] = [
  adminIsNotTheServiceAccount,
  certificatesEndBeforeTheirAuthority,
  controlPlaneHasMembers,
  controllersCarryKubeadm,
  customBuildIsOfTheVersion,
  dnsServersAreFew,
  etcdHasAQuorum,
  nodeNetworkHoldsTheNodes,
  objectsHaveAStore,
  octaviaIsThere,
  openStackEntriesDiffer,
  podNetworkHoldsTheNodes,
  productionEnforcesNetworkPolicies,
  productionSurvivesALoss,
  productionVerifiesTheNodesExtension,
  quotasHoldTheCluster,
  serversHaveARootDisk,
  sizeIsSaidOnce,
  usersHaveOneName,
];

export const eksRules: readonly EksRule[] = [
  eksEntriesDiffer,
  endpointIsOpenToSomebody,
  fieldsAreForEks,
  groupSizesAreInOrder,
  imagesReachNodesWithoutNat,
  nameIsNotAmazons,
  networksAreWithinAmazonsLimits,
  productionKeepsServicesOffSpot,
  releaseIsOfAnAmazonImage,
  releaseIsOfTheVersion,
  servicesAreInAPrivateRange,
  somebodyAdministersTheCluster,
  typesShareAnArchitecture,
  vpcHoldsTheNodes,
  zonesAreInTheRegion,
  zonesAreTwoOrThree,
  zonesHaveSubnets,
];

/** What the schema cannot say: the rules between fields. */
export function checkRules(bootstrap: ParsedBootstrap): readonly Diagnostic[] {
  const common = commonRules.flatMap((rule) => rule(bootstrap.sections));
  switch (bootstrap.type) {
    case "openstack": {
      const { sections } = bootstrap;
      return [...common, ...openStackRules.flatMap((rule) => rule(sections))];
    }
    case "eks": {
      const { sections } = bootstrap;
      return [...common, ...eksRules.flatMap((rule) => rule(sections))];
    }
  }
}
