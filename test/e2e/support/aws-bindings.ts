import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** Dotted path of an attribute or a block, without indices: `vpc_config.subnet_ids`. */
export type AttributePath = string;

/** `arguments` can be set; `results` the provider alone knows. */
export type AttributeKind = "argument" | "result";

/**
 * What @cdktf/provider-aws knows of one resource type or data source (`data.aws_ssm_parameter`), read from its compiled
 * source: every attribute stands there as a getter or as a child that is built by name.
 */
export function bindingAttributes(type: string): ReadonlyMap<AttributePath, AttributeKind> {
  const classes = classesOf(readFileSync(moduleOf(type), "utf8"));
  const root = [...classes.values()].find(({ isRoot }) => isRoot);
  if (root === undefined) throw new Error(`the bindings of ${type} hold no resource`);
  const found = new Map<AttributePath, AttributeKind>();
  collect(root, "", "argument", classes, found);
  return found;
}

interface BindingClass {
  readonly isRoot: boolean;
  readonly members: readonly BindingMember[];
}

interface BindingMember {
  readonly name: string;
  readonly kind: AttributeKind;
  /** Class of the value, where it has attributes of its own. */
  readonly child?: string;
}

/** `aws_vpc` is in the folder vpc, `data.aws_partition` in data-aws-partition. */
function moduleOf(type: string): string {
  const folder = type.replace(/^aws_/, "").replaceAll(/[._]/g, "-");
  return createRequire(import.meta.url).resolve(`@cdktf/provider-aws/lib/${folder}/index.js`);
}

function classesOf(source: string): ReadonlyMap<string, BindingClass> {
  const sections = source.split(/^class /m).slice(1);
  return new Map(
    sections.map((section) => {
      const [, name = "", parent = ""] = /^(\w+) extends cdktf\.(\w+)/.exec(section) ?? [];
      const isRoot = parent === "TerraformResource" || parent === "TerraformDataSource";
      return [name, { isRoot, members: membersOf(section) }] as const;
    }),
  );
}

const MEMBER =
  /(\/\/ \w+ - computed: true, optional: false, required: false\s+)?(?:get \w+\(\) \{\s+return [^;]*?\((?:'|")(\w+)(?:'|")\)|this\._\w+ = new ([\w.]+)\(this, "(\w+)")/g;

function membersOf(section: string): readonly BindingMember[] {
  return [...section.matchAll(MEMBER)].map(([, result, own, child, name]) => ({
    name: own ?? name ?? "",
    kind: result === undefined ? "argument" : "result",
    ...(child !== undefined && { child }),
  }));
}

function collect(
  { members }: BindingClass,
  prefix: string,
  outer: AttributeKind,
  classes: ReadonlyMap<string, BindingClass>,
  found: Map<AttributePath, AttributeKind>,
): void {
  for (const { name, kind, child } of members) {
    const path = `${prefix}${name}`;
    const own = outer === "result" ? outer : kind;
    found.set(path, own);
    // A list's class names its elements' one.
    const element = child === undefined ? undefined : classes.get(child.replace(/List$/, "OutputReference"));
    if (element !== undefined) collect(element, `${path}.`, own, classes, found);
  }
}
