import type { Diagnostic } from "../diagnostics.js";
import type { ParsedBootstrap } from "../parse.js";
import {
  addressesEndInTheirPath,
  addressesHoldNoCredentials,
  externalAuthIsElsewhere,
  oidcIssuerIsAnother,
} from "./addresses.js";
import { allowedCidrsAreNeeded } from "./allowed-cidrs.js";
import { eksEntriesDiffer, entriesDiffer, openStackEntriesDiffer } from "./distinct.js";
import {
  endpointIsOpenToSomebody,
  groupSizesAreInOrder,
  imagesReachNodesWithoutNat,
  issuerIsKubernetesAuth,
  rebootWindowIsFlatcars,
  servicesAreInAPrivateRange,
  zonesAreInTheRegion,
  zonesAreTwoOrThree,
} from "./eks.js";
import { controllersCarryKubeadm, serversHaveARootDisk } from "./flavors.js";
import {
  customBuildIsOfTheVersion,
  eksAsksNoAuthorizationWebhook,
  eksNodesPullByTheirRole,
  eksRunsItsOwnBuild,
  mirrorAuthHasAMirror,
  productionVerifiesTheNodesExtension,
} from "./images.js";
import { hostNamesFit, nameIsNoTenancy, zoneHoldsTheCluster, zoneIsManaged } from "./names.js";
import {
  dnsServersAreFew,
  networksAreApart,
  networksAreRoutable,
  networksAreWellSized,
  nodeNetworkHoldsTheNodes,
  podNetworkHoldsTheNodes,
} from "./networks.js";
import { controlPlaneHasMembers, etcdHasAQuorum, sizeIsSaidOnce } from "./node-sets.js";
import { certificatesEndBeforeTheirAuthority } from "./pki.js";
import {
  productionEnforcesNetworkPolicies,
  productionSurvivesALoss,
  productionUsesReleasedProviders,
} from "./profile.js";
import type { CommonRule, EksRule, OpenStackRule } from "./rule.js";
import { loggingHasAQuorum, objectsHaveAStore, replicasHaveNodes, servicesHaveWorkers } from "./services.js";
import { adminIsNotTheServiceAccount, quotasHoldTheCluster } from "./tenancy.js";
import { stateDirectoryIsRelative } from "./terraform-state.js";
import { octaviaIsThere, usersHaveOneName } from "./topology.js";
import { kubernetesIsInTheCatalogue, terraformProvidersAreTheCatalogues } from "./versions.js";
import { labelsAreTheKubeletsToSet, thereAreWorkers } from "./worker-groups.js";

export const commonRules: readonly CommonRule[] = [
  addressesEndInTheirPath,
  addressesHoldNoCredentials,
  allowedCidrsAreNeeded,
  entriesDiffer,
  externalAuthIsElsewhere,
  hostNamesFit,
  kubernetesIsInTheCatalogue,
  labelsAreTheKubeletsToSet,
  loggingHasAQuorum,
  mirrorAuthHasAMirror,
  nameIsNoTenancy,
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
  zoneHoldsTheCluster,
  zoneIsManaged,
];

export const eksRules: readonly EksRule[] = [
  eksAsksNoAuthorizationWebhook,
  eksEntriesDiffer,
  eksNodesPullByTheirRole,
  eksRunsItsOwnBuild,
  endpointIsOpenToSomebody,
  groupSizesAreInOrder,
  imagesReachNodesWithoutNat,
  issuerIsKubernetesAuth,
  rebootWindowIsFlatcars,
  servicesAreInAPrivateRange,
  zonesAreInTheRegion,
  zonesAreTwoOrThree,
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
