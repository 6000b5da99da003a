import { k8s } from "cdk8s-plus-27";

/** Something that containers of a pod have in their file system. */
export interface Volume {
  readonly name: string;
  readonly source: Omit<k8s.Volume, "name">;
}

/** An empty folder that goes with the pod. @param size `64Mi`: a pod that writes more is ended */
export function scratchVolume(name: string, size: string): Volume {
  return { name, source: { emptyDir: { sizeLimit: k8s.Quantity.fromString(size) } } };
}
