import type { KubeObject, Labels } from "./kube-object.js";

export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: string | number;
  readonly protocol?: string;
}

export interface Service extends KubeObject {
  readonly spec: { readonly selector?: Labels; readonly ports?: readonly ServicePort[] };
}
