/** A tag as EC2 and IAM write it. */
interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export function tagsByKey(tags: readonly Tag[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}
