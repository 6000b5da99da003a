import { z } from "zod";
import ipaddr from "ipaddr.js";
import { Cidr } from "../../lib/cidr.js";

/**
 * What a mistake at a field is answered with. Kept in the schema's metadata under `hint`, so that the report, the JSON
 * Schema and the generated documentation say the same.
 */
export interface FieldHint {
  /** Completes "expected: …". */
  readonly expected: string;
  /** Completes "remedy: …". */
  readonly remedy: string;
  /** True where a secret may stand by mistake: a refused value is not shown then. */
  readonly conceal?: boolean;
}

/**
 * A string that `test` accepts; any other value is reported with the hint.
 *
 * @param correct what the user may have meant by a refused value; suggested when `test` accepts it
 */
export function text(test: (value: string) => boolean, hint: FieldHint, correct?: (value: string) => string) {
  const hintFor = (value: string): FieldHint => {
    const suggestion = correct?.(value);
    return suggestion !== undefined && test(suggestion) ? { ...hint, remedy: `did you mean ${suggestion}?` } : hint;
  };
  return z
    .string()
    .superRefine((value, context) => {
      if (!test(value)) context.addIssue({ code: "custom", params: { ...hintFor(value) } });
    })
    .meta({ hint });
}

const LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

function isDnsName(value: string): boolean {
  return value.split(".").length >= 2 && value.split(".").every((label) => DNS_LABEL.test(label));
}

/** RFC 1123 label that starts with a letter: it becomes part of host names and of Terraform addresses. */
export function name(maxLength: number) {
  return text(
    (value) => value.length <= maxLength && LABEL.test(value),
    {
      expected: `at most ${maxLength} lower-case letters, digits and hyphens, starting with a letter`,
      remedy: "choose a name of that form",
    },
    (value) => value.toLowerCase().replace(/[ _.]/g, "-"),
  );
}

export const dnsName = text(
  isDnsName,
  {
    expected: "a domain name of two or more labels, lower case, without a dot at the end",
    remedy: "write it like mk8s.example.com",
  },
  (value) => value.toLowerCase().replace(/\.$/, ""),
);

/** Designate's form of a zone: fully qualified, with the dot at the end. */
export const dnsZone = text(
  (value) => value.endsWith(".") && isDnsName(value.slice(0, -1)),
  {
    expected: "a fully qualified zone name, lower case, with a dot at the end",
    remedy: "write it like mk8s.example.com.",
  },
  (value) => `${value.toLowerCase()}.`,
);

export const cidr = text(
  (value) => Cidr.tryParse(value) !== undefined,
  {
    expected: "an IPv4 network in CIDR notation without host bits",
    remedy: "write it like 10.0.0.0/22",
  },
  (value) => Cidr.around(value)?.toString() ?? value,
);

/** A list of networks that may be given no default, so that it says itself what it wants. */
export const cidrList = z.array(cidr).meta({
  hint: { expected: "a list of IPv4 networks", remedy: "write it like [198.51.100.0/24]" },
});

export const ipv4Address = text((value) => ipaddr.IPv4.isValidFourPartDecimal(value), {
  expected: "an IPv4 address",
  remedy: "write it like 192.0.2.53",
});

export const httpsUrl = text((value) => URL.canParse(value) && new URL(value).protocol === "https:", {
  expected: "an https:// address",
  remedy: "write it like https://auth.example.com",
});

export const httpUrl = text((value) => URL.canParse(value) && ["http:", "https:"].includes(new URL(value).protocol), {
  expected: "an http:// or https:// address",
  remedy: "write it like https://state.example.com/demo",
});

export const sshPublicKey = text(
  (value) =>
    /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-[a-z0-9@.-]+) [A-Za-z0-9+/]{40,}={0,3}( .*)?$/.test(value),
  {
    expected: "an OpenSSH public key on one line",
    remedy: "paste the content of a .pub file, for example ~/.ssh/id_ed25519.pub",
  },
);

/** Host, optional port and path of a container registry or repository; no scheme, no tag. */
export const imageRepository = text(
  (value) => /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/.test(value),
  { expected: "a registry or repository without scheme and tag", remedy: "write it like registry.example.com/kaas" },
  (value) => value.replace(/^https?:\/\//, "").replace(/\/$/, ""),
);

export const imageTag = text((value) => /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(value), {
  expected: "an image tag: letters, digits, _, . and -, at most 128",
  remedy: "use the tag's docker form, for example v1.36.3_rackspace.0 (+ is not allowed there)",
});

/** A name that a cloud gave to something of its own: any printable text. */
export const cloudName = text((value) => value.length <= 255 && /^\S(.*\S)?$/u.test(value), {
  expected: "a name of 1 to 255 characters without blanks at its ends",
  remedy: "copy the name as the cloud lists it",
});

export function wholeNumber(minimum: number, maximum: number, unit: string) {
  const hint: FieldHint = {
    expected: `a whole number from ${minimum} to ${maximum} (${unit})`,
    remedy: "choose a number in that range",
  };
  return z
    .number()
    .refine((value) => Number.isInteger(value) && value >= minimum && value <= maximum, { params: hint })
    .meta({ hint, minimum, maximum });
}

const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const LABEL_KEY = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

export const labelKey = text((value) => LABEL_KEY.test(value), {
  expected: "a Kubernetes label key: an optional DNS prefix and /, then at most 63 letters, digits, -, _ and .",
  remedy: "write it like example.com/team",
});

export const labelValue = text((value) => LABEL_VALUE.test(value), {
  expected: "a Kubernetes label value: at most 63 letters, digits, -, _ and .",
  remedy: "shorten it or replace other characters (quote numbers and true/false)",
});

/**
 * Names that every service takes as they are: Swift makes headers of them, which know neither case nor dots. `kaas` starts
 * the cluster's own tags.
 */
export const tagKey = text((value) => value.length <= 28 && LABEL.test(value) && !value.startsWith("kaas"), {
  expected: "at most 28 lower-case letters, digits and hyphens, starting with a letter, but not with kaas",
  remedy: "write it like cost-center",
});

/** Neither Neutron nor Nova takes a comma or a slash in a tag; Nova ends it at 60 characters. */
export const tagValue = text((value) => /^[A-Za-z0-9 _.:@+-]{1,28}$/.test(value), {
  expected: "1 to 28 letters, digits, blanks and _ . : @ + -",
  remedy: "shorten it or replace other characters (quote numbers and true/false)",
});

/** Where a secret is read from when it is needed; it never stands in bootstrap.yaml itself. */
export const secretReference = z
  .union([
    z.strictObject({
      env: text((value) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(value), {
        expected: "the name of an environment variable",
        remedy: "write it like REGISTRY_PASSWORD",
        conceal: true,
      }).describe("Environment variable that holds it."),
    }),
    z.strictObject({ file: z.string().min(1).describe("File that holds it, relative to bootstrap.yaml.") }),
  ])
  .meta({
    hint: {
      expected: "{env: NAME} or {file: path}",
      remedy: "name the environment variable or the file that holds the secret",
      conceal: true,
    },
  });
