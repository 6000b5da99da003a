import { catalogue, type KubernetesRelease } from "../../versions/catalogue.js";
import { defineCommand } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import type { Style } from "../style.js";
import { formatFields, formatTable } from "../table.js";
import { VERSION } from "../version.js";

const MILLISECONDS_PER_DAY = 86_400_000;
/** Time for an upgrade, after Amazon's own notices. */
const WARNING_DAYS = 90;

export const versions = defineCommand({
  path: ["versions"],
  summary: "list the versions that this release supports",
  description: [
    "Lists kaasctl's own version, the Kubernetes versions that a bootstrap.yaml may ask for, and what comes with " +
      "them: the operating system of nodes, Terraform and its providers.",
  ],
  arguments: {},
  options: {},
  examples: [
    { line: "kaasctl versions", says: "the catalogue" },
    { line: "kaasctl versions --output json", says: "the same for programs: the catalogue's own form" },
  ],
  jsonFields: {
    kaasctl: "its version",
    kubernetes:
      "`default`, and `versions`, each with `version`, `extensionSha256` (of the nodes' systemd-sysext image; null when " +
      "nobody has verified it) and `eksSupportEnds` (a date; absent before EKS offers it)",
    flatcar: "`channel`, `version` and `extensions` (where its systemd-sysext images are)",
    images: "container images by component, each with `name` and `tag`",
    imagesByMinor: "the same of what goes with a version of Kubernetes, with `tags` by its minor version",
    terraform: "`constraint` on the version of Terraform or OpenTofu",
    providers: "Terraform providers by name, each with `source` and `version`",
  },
  run(_input, { io, style, columns }) {
    const { kubernetes, flatcar, images, imagesByMinor, terraform, providers } = catalogue;
    const rows = kubernetes.versions.map((release) => [
      release.version,
      release.version === kubernetes.default ? style.green("default") : "",
      release.eksSupportEnds ?? "not offered",
      remaining(release, io.now(), style),
    ]);
    const fields = [
      ["Flatcar Container Linux", `${flatcar.version} (${flatcar.channel})`],
      ["Terraform or OpenTofu", terraform.constraint],
      ...Object.entries(images).map(
        ([component, { name, tag }]) => [`image of ${component}`, `${name}:${tag}`] as const,
      ),
      ...Object.entries(imagesByMinor).flatMap(([component, { name, tags }]) =>
        Object.entries(tags).map(([minor, tag]) => [`image of ${component}, ${minor}`, `${name}:${tag}`] as const),
      ),
      ...Object.values(providers).map(({ source, version }) => [`provider ${source}`, version] as const),
    ] as const;
    const titles = [{ title: "KUBERNETES" }, { title: "" }, { title: "EKS SUPPORT UNTIL" }, { title: "" }];
    return {
      exitCode: exitCodes.ok,
      text: `kaasctl ${VERSION}\n\n${formatTable(titles, rows, style)}\n${formatFields(fields, "", columns)}`,
      json: { kaasctl: VERSION, kubernetes, flatcar, images, imagesByMinor, terraform, providers },
    };
  },
});

/** Standard support of Amazon EKS goes on through its last day. */
function remaining({ eksSupportEnds }: KubernetesRelease, now: Date, style: Style): string {
  if (eksSupportEnds === undefined) return "";
  const days = Math.ceil((Date.parse(eksSupportEnds) - now.getTime()) / MILLISECONDS_PER_DAY);
  if (days < 0) return style.red("ended");
  return days > WARNING_DAYS ? "" : style.yellow(days === 1 ? "1 day left" : `${days} days left`);
}
