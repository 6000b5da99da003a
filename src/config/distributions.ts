import type { Distribution, ObjectStorage } from "./cluster-config.js";

/** What a distribution of OpenStack brings, unless bootstrap.yaml says otherwise. */
export interface DistributionFacts {
  readonly title: string;
  readonly octavia: boolean;
  readonly designate: boolean;
  readonly objectStorage: ObjectStorage;
}

export const distributions: Readonly<Record<Distribution, DistributionFacts>> = {
  rpco: { title: "OpenStack (RPCO)", octavia: true, designate: true, objectStorage: "swift" },
  rhosp: { title: "Red Hat OpenStack Platform", octavia: false, designate: false, objectStorage: "rgw" },
};
