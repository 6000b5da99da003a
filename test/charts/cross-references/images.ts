import { imageOf, minorImageOf } from "../../../src/config/container-images.js";
import { catalogue, type ImageName, type MinorImageName } from "../../../src/versions/catalogue.js";
import type { Check, ClusterOutput } from "./cluster-output.js";
import { everyField, titleOf } from "./kube-object.js";

/** An image that a program is told of by an argument: `--prometheus-config-reloader=quay.io/…/prometheus-config-reloader:v0.1.0`. */
const IMAGE_ARGUMENT = /^--?[a-z-]+=(?<image>[a-z0-9.:-]+\/[a-z0-9./_-]+:v?\d[\w.-]*(@sha256:[0-9a-f]+)?)$/;

/** Every image is one of the catalogue's, or what bootstrap.yaml names instead, by way of the mirror when there is one. */
export const images: Check = (output) => {
  const known = knownImages(output);
  return output.objects.flatMap((object) =>
    [...everyField(object)]
      .flatMap(([field, value]) => imageIn(field, value))
      .filter((image) => !known.has(image))
      .map((image) => `${titleOf(object)}: the catalogue does not have ${image}`),
  );
};

function imageIn(field: string, value: unknown): readonly string[] {
  if (typeof value !== "string") return [];
  if (field === "image") return [value];
  const named = IMAGE_ARGUMENT.exec(value)?.groups?.["image"];
  return named === undefined ? [] : [named];
}

function knownImages({ config }: ClusterOutput): ReadonlySet<string> {
  const components = Object.keys(catalogue.images) as ImageName[];
  const minors = Object.keys(catalogue.imagesByMinor) as MinorImageName[];
  return new Set([
    ...components.map((component) => imageOf(component, config)),
    ...minors.map((component) => minorImageOf(component, config)),
  ]);
}
