import { describe, expect, it } from "@jest/globals";
import { eksCluster } from "../support/clusters.js";
import { clusterStack, resource, resourcesOf } from "../support/synthesized.js";

const stackOf = (repositories: readonly string[], profile = "production") =>
  clusterStack(eksCluster({ cluster: { profile }, provider: { repositories } }));
const repositoriesOf = (repositories: readonly string[]) => resourcesOf(stackOf(repositories), "aws_ecr_repository");

describe("repositories", () => {
  it("are none unless asked for", () => {
    expect(repositoriesOf([])).toEqual({});
  });

  it("are named below their cluster, and told to those who push", () => {
    const stack = stackOf(["platform/kubernetes-auth", "tools"]);
    expect(
      Object.values(resourcesOf(stack, "aws_ecr_repository"))
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["demo/platform/kubernetes-auth", "demo/tools"]);
    const { value } = stack.output["repositories"] as { value: Readonly<Record<string, string>> };
    expect(Object.keys(value)).toEqual(["platform/kubernetes-auth", "tools"]);
    expect(value["tools"]).toBe("${aws_ecr_repository.registry_tools.repository_url}");
  });

  it("never move a tag, look into what is pushed, and are encrypted with the cluster's key of data", () => {
    expect(resource(stackOf(["tools"]), "aws_ecr_repository", "registry_tools")).toMatchObject({
      image_tag_mutability: "IMMUTABLE",
      image_scanning_configuration: { scan_on_push: true },
      encryption_configuration: [{ encryption_type: "KMS", kms_key: "${aws_kms_key.data-key.arn}" }],
    });
  });

  it("let images end that no tag names, and no other", () => {
    const lifecycle = resource(stackOf(["tools"]), "aws_ecr_lifecycle_policy", "registry_tools_lifecycle");
    expect(lifecycle["repository"]).toBe("${aws_ecr_repository.registry_tools.name}");
    const { rules } = JSON.parse(String(lifecycle["policy"])) as { rules: readonly unknown[] };
    expect(rules).toMatchObject([
      {
        selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 14 },
        action: { type: "expire" },
      },
    ]);
    expect(rules).toHaveLength(1);
  });

  it.each([
    ["production", false],
    ["development", true],
  ])("go with their images in profile %s: %s", (profile, force_delete) => {
    expect(resource(stackOf(["tools"], profile), "aws_ecr_repository", "registry_tools")).toMatchObject({
      force_delete,
    });
  });

  it("are told apart where their names differ by a slash or a dot alone", () => {
    expect(Object.keys(repositoriesOf(["a/b", "a-b", "a.b", "a_b"]))).toHaveLength(4);
  });

  it("keep their addresses when the list is reordered, or another comes", () => {
    const names = ["a/b", "tools", "web"];
    expect(repositoriesOf([...names].reverse())).toEqual(repositoriesOf(names));
    expect(repositoriesOf(["first", ...names])).toMatchObject(repositoriesOf(names));
  });
});
