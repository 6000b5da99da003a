import type { Check, ClusterOutput } from "./cluster-output.js";
import { ofKind, titleOf, type KubeObject } from "./kube-object.js";

interface Binding extends KubeObject {
  readonly roleRef: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly { readonly kind: string; readonly name: string; readonly namespace?: string }[];
}

/** Every account that pods run as exists; every binding binds a role that exists to accounts that exist. */
export const accounts: Check = (output) => [
  ...output.pods.flatMap(({ title, namespace, spec: { serviceAccountName = "default" } }) =>
    serviceAccountName === "default" || output.has("ServiceAccount", namespace, serviceAccountName)
      ? []
      : [`${title}: there is no ServiceAccount ${serviceAccountName}`],
  ),
  ...(ofKind(output.objects, "RoleBinding", "ClusterRoleBinding") as readonly Binding[]).flatMap((binding) => [
    ...checkRole(binding, output),
    ...checkSubjects(binding, output),
  ]),
];

function checkRole({ roleRef, ...binding }: Binding, output: ClusterOutput): readonly string[] {
  const namespace = roleRef.kind === "Role" ? binding.metadata.namespace : undefined;
  if (output.has(roleRef.kind, namespace, roleRef.name)) return [];
  return [`${titleOf(binding)}: there is no ${roleRef.kind} ${roleRef.name}`];
}

/** Users and groups are nobody's objects. */
function checkSubjects({ subjects = [], ...binding }: Binding, output: ClusterOutput): readonly string[] {
  if (subjects.length === 0) return [`${titleOf(binding)} binds nobody`];
  return subjects
    .filter(({ kind, namespace, name }) => kind === "ServiceAccount" && !output.has(kind, namespace, name))
    .map(({ namespace = "", name }) => `${titleOf(binding)}: there is no ServiceAccount ${namespace}/${name}`);
}
