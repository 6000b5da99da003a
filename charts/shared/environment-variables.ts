import type { k8s } from "cdk8s-plus-27";
import type { RequiredSecret } from "./required-secret.js";

/** Value of an environment variable: itself, a key of a Secret, or a field of the pod, such as `status.podIP`. */
export type EnvironmentValue =
  string | { readonly secret: RequiredSecret; readonly key: string } | { readonly field: string };

export function environmentVariables(values: Readonly<Record<string, EnvironmentValue>>): k8s.EnvVar[] {
  return Object.entries(values).map(([name, value]) => {
    if (typeof value === "string") return { name, value };
    if ("field" in value) return { name, valueFrom: { fieldRef: { fieldPath: value.field } } };
    const { secret, key } = value;
    if (!(key in secret.keys)) throw new Error(`the Secret ${secret.name} is not said to have the key ${key}`);
    return { name, valueFrom: { secretKeyRef: { name: secret.name, key } } };
  });
}
