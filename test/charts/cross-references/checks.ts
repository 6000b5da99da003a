import { accounts } from "./accounts.js";
import type { Check } from "./cluster-output.js";
import { customResources } from "./custom-resources.js";
import { flows } from "./flows.js";
import { images } from "./images.js";
import { monitors } from "./monitors.js";
import { namespacesOfObjects, uniqueObjects } from "./objects.js";
import { plainSecrets } from "./plain-secrets.js";
import { podSelectors } from "./pod-selectors.js";
import { priorities } from "./priorities.js";
import { references } from "./references.js";
import { services } from "./services.js";
import { webhooks } from "./webhooks.js";

/** What must hold between the objects of a cluster, by what it is about. */
export const checks = {
  "objects are written once": uniqueObjects,
  "namespaces exist before what is in them": namespacesOfObjects,
  "services select pods that listen": services,
  "monitors find what they watch": monitors,
  "Secrets, ConfigMaps and their keys exist": references,
  "accounts, roles and subjects exist": accounts,
  "priority classes exist": priorities,
  "policies and disruption budgets select pods": podSelectors,
  "flows have both policies": flows,
  "webhooks and aggregated APIs are served": webhooks,
  "custom resources refer to what exists": customResources,
  "images are the catalogue's": images,
  "nothing secret is written": plainSecrets,
} as const satisfies Readonly<Record<string, Check>>;

export type CheckName = keyof typeof checks;
