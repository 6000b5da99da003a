import type { Check } from "./cluster-output.js";
import { titleOf } from "./kube-object.js";

/** No object is written twice. */
export const uniqueObjects: Check = ({ objects }) => {
  const seen = new Set<string>();
  return objects.flatMap((object) => {
    const title = `${object.apiVersion.split("/").slice(0, -1).join("/")} ${titleOf(object)}`;
    if (seen.has(title)) return [`${titleOf(object)} is written twice`];
    seen.add(title);
    return [];
  });
};

/** Every object stands in a namespace that exists when its turn comes. */
export const namespacesOfObjects: Check = (output) =>
  output.objects.flatMap((object, index) => {
    const { namespace } = object.metadata;
    if (namespace === undefined) return [];
    const own = output.objects.findIndex(({ kind, metadata }) => kind === "Namespace" && metadata.name === namespace);
    if (own === -1) {
      return output.has("Namespace", undefined, namespace) ? [] : [`${titleOf(object)}: its namespace does not exist`];
    }
    return own < index ? [] : [`${titleOf(object)} comes before its namespace`];
  });
